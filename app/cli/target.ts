// `--target FILE[:PROGRAM]`: the program that the judged ones are attached to. It is built and judged first, as it would have to
// be loaded first. `A:P,B:Q` is P of A, which itself is attached to Q of B.

import type { AttachTarget, ObjectFile, ProgramSpec } from "../../engine/object/index.ts";
import { judge, type Target, targetOfJudgement } from "../../engine/workbench/index.ts";
import { UsageError } from "./arguments.ts";
import { load } from "./files.ts";

/** The files that the option names. */
export function targetFiles(option: string | undefined): string[] {
	return (option?.split(",") ?? []).map((part) => split(part).file);
}

function split(part: string): { readonly file: string; readonly program?: string } {
	const colon = part.lastIndexOf(":");
	if (colon <= 0) return { file: part };
	return { file: part.slice(0, colon), program: part.slice(colon + 1) };
}

/** The loaded target, undefined when the option is absent. A target that is not accepted is a wrong use of the option. */
export function targetProgram(
	option: string | undefined,
	kernel: Target | undefined,
): AttachTarget | undefined {
	let target: AttachTarget | undefined;
	for (const part of (option?.split(",") ?? []).reverse()) {
		const { file, program } = split(part);
		const { object } = load(file, kernel);
		if (!object) throw new UsageError(`--target: ${file} cannot be built`);
		target = loaded(object, chosen(object, file, program), file, kernel, target);
	}
	return target;
}

function chosen(object: ObjectFile, file: string, name: string | undefined): ProgramSpec {
	const found = object.programs.filter((p) => name === undefined || p.name === name);
	const [first] = found;
	if (!first) throw new UsageError(`--target: ${file}: no program ${name ?? ""}`);
	if (found.length > 1) {
		const names = object.programs.map((p) => p.name).join(", ");
		throw new UsageError(`--target: ${file} has several programs, choose with :NAME (${names})`);
	}
	return first;
}

function loaded(
	object: ObjectFile,
	program: ProgramSpec,
	file: string,
	kernel: Target | undefined,
	under: AttachTarget | undefined,
): AttachTarget {
	const type = program.type ?? program.typeGuess;
	const answer = judge(object, program, {
		logLevel: 0,
		...(type === undefined ? {} : { type }),
		...(kernel ? { kernel: kernel.btf } : {}),
		...(under ? { attachment: { target: under } } : {}),
	});
	const target = targetOfJudgement(answer);
	if (target) return target;
	const why =
		answer.unsupported ?? `rejected${answer.err ? ` (${answer.err})` : ""}: ${answer.message}`;
	throw new UsageError(`--target: ${file}: ${program.name}: ${why}`);
}
