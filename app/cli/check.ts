// `skep check`: builds or reads each file and verifies each program.

import { readFileSync } from "node:fs";
import {
	type Attachment,
	type Judgement,
	judge,
	type MinimumKernel,
	neededKernel,
	programTypeNumber,
	type Target,
	whyRejected,
	whyText,
} from "../../engine/workbench/index.ts";
import { numberOption, parseArguments, UsageError } from "./arguments.ts";
import { kernelFor, kernelOptions, load } from "./files.ts";
import { targetFiles, targetProgram } from "./target.ts";

const accepts = {
	flags: ["--json", "--min-kernel", "--explain"],
	options: ["--prog", "--type", "--log-level", "--target", "--target-function", ...kernelOptions],
	words: [1, 100_000],
} as const;

export async function check(args: readonly string[]): Promise<number> {
	const { words, flags, options } = parseArguments(args, accepts);
	const kernel = await kernelFor(options, [...words, ...targetFiles(options["--target"])]);
	const attachment = attachmentOf(options, kernel);
	const level = numberOption(options["--log-level"] ?? "1", "--log-level", 0, 15);
	const type = options["--type"] === undefined ? undefined : programType(options["--type"]);
	let status = 0;
	for (const path of words) {
		const built = load(path, kernel, attachment ? "elf/no-target" : undefined);
		const programs = built.object?.programs.filter(
			(p) => !options["--prog"] || p.name === options["--prog"],
		);
		if (!built.object || !programs?.length) {
			status = 2;
			if (built.object)
				process.stderr.write(`skep: ${path}: no program ${options["--prog"] ?? ""}\n`);
			else if (flags.has("--json"))
				print({ file: path, ok: false, ...unreadable(built.diagnostics) });
			continue;
		}
		const kernelTypes = kernel ? { kernel: kernel.btf } : {};
		for (const program of programs) {
			const answer = judge(built.object, program, {
				logLevel: level,
				...(type === undefined ? {} : { type }),
				...kernelTypes,
				...(attachment ? { attachment } : {}),
			});
			const why = flags.has("--explain")
				? whyRejected(built.object, program, answer, { ...kernelTypes, source: sourceOf })
				: undefined;
			const needed = flags.has("--min-kernel")
				? neededKernel(built.object, program, answer)
				: undefined;
			const more = {
				...(why ? { explanation: why } : {}),
				...(needed ? { min_kernel: needed } : {}),
			};
			if (flags.has("--json")) print({ ...jsonLine(path, program, answer), ...more });
			else {
				process.stdout.write(text(path, program.name, answer));
				if (why) process.stdout.write(whyText(why));
				if (needed) process.stdout.write(needs(needed));
			}
			status = Math.max(status, exitStatus(answer));
		}
	}
	return status;
}

/** What `--target` and `--target-function` say. */
function attachmentOf(
	options: Readonly<Record<string, string>>,
	kernel: Target | undefined,
): Attachment | undefined {
	const target = targetProgram(options["--target"], kernel);
	const functionName = options["--target-function"];
	if (!target) {
		if (functionName !== undefined) throw new UsageError("--target-function needs --target");
		return undefined;
	}
	return { target, ...(functionName === undefined ? {} : { functionName }) };
}

/** A program type by its kernel name or number. */
export function programType(text: string): number {
	const number = programTypeNumber(text);
	if (number === undefined) throw new UsageError(`--type: unknown program type ${text}`);
	return number;
}

function unreadable(diagnostics: readonly { message: string; unsupported?: string }[]) {
	const first = diagnostics[0];
	return {
		message: first?.message ?? "",
		...(first?.unsupported ? { unsupported: first.unsupported } : {}),
	};
}

function exitStatus(answer: Judgement): number {
	if (answer.unsupported !== undefined) return 2;
	return answer.ok ? 0 : 1;
}

/** The fields of one program's JSON line, in their order. */
function jsonLine(file: string, program: { name: string; section: string }, answer: Judgement) {
	const {
		ok,
		errno,
		err,
		insnsProcessed,
		totalStates,
		peakStates,
		timeUs,
		message,
		log,
		unsupported,
	} = answer;
	return {
		file,
		prog: program.name,
		section: program.section,
		type: answer.typeName,
		ok,
		errno,
		err,
		insns_processed: insnsProcessed,
		total_states: totalStates,
		peak_states: peakStates,
		time_us: timeUs,
		message,
		log,
		...(unsupported === undefined ? {} : { unsupported }),
	};
}

function print(value: unknown): void {
	process.stdout.write(`${JSON.stringify(value)}\n`);
}

function text(file: string, name: string, answer: Judgement): string {
	const head = `${file}: ${name}:`;
	if (answer.unsupported !== undefined)
		return `${head} not supported by Skep: ${answer.unsupported}\n`;
	const verdict = answer.ok ? "accepted" : `rejected (${answer.err}): ${answer.message}`;
	return `${head} ${verdict}\n${answer.log}`;
}

/** The text of a source file that an object's line information names, where it is to be found. */
function sourceOf(path: string): string | undefined {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return undefined;
	}
}

/** The oldest kernel that has what the program uses, a line a feature. */
function needs({ since, features }: MinimumKernel): string {
	const lines = features.map(({ since: first, what, pc, file, line, optional }) => {
		const insn = pc === undefined ? "" : `, insn ${pc}`;
		const place = line === undefined ? "" : ` (${file}:${line})`;
		const left = optional ? ", left out on older kernels" : "";
		return `  ${first.padEnd(5)} ${what}${insn}${place}${left}\n`;
	});
	return `needs Linux ${since} or newer (modelled)\n${lines.join("")}`;
}
