// `skep check`, `run`, `asm` and `disasm` on the project's files, with the texts of the command line.

import { listing } from "../../asm/index.ts";
import { fromHex, renderDiagnostic, toHex } from "../../base/index.ts";
import { INSN_SIZE } from "../../isa/index.ts";
import { readCapture } from "../../net/index.ts";
import type { ObjectFile, ProgramSpec } from "../../object/index.ts";
import { buildFile } from "../build.ts";
import { projectFiles } from "../buildc.ts";
import { type Judgement, judge, programTypeNumber } from "../judge.ts";
import { type FileRunAnswer, runFile } from "../runfile.ts";
import { skepBtf } from "./btf.ts";
import { readFile } from "./files.ts";
import { skepGen } from "./gen.ts";
import { ShellError, type TerminalHost } from "./host.ts";

export const skepCommands: readonly string[] = ["check", "run", "asm", "disasm", "btf", "gen"];

const HELP = `skep check [FILE...] [--prog NAME] [--type T] [--log-level 0|1|2|4] [--json]
skep run [FILE] [--prog NAME] [--type T] [--packet HEX | --pcap FILE] [--ctx HEX] [--repeat N] [--engine jit|vm]
skep asm [FILE] [--prog NAME]
skep disasm [FILE] [--prog NAME] [--syntax llvm|kernel|ubpf]
skep btf dump FILE [format c|raw]
skep gen skeleton FILE [name NAME] [--ts]
FILE is a file of the project: C, assembly or an object; without it the one that is built.
`;

export function skep(host: TerminalHost, words: readonly string[]): string {
	const [command = "help", ...rest] = words;
	const run = { check, run: runCommand, asm, disasm, btf: skepBtf, gen: skepGen }[command];
	if (run) return run(host, rest);
	if (command === "help") return HELP;
	throw new ShellError(
		["serve", "cc", "link", "bpftool"].includes(command)
			? `skep ${command} is not supported by the terminal`
			: `unknown command skep ${command}\n${HELP}`,
	);
}

interface Words {
	readonly files: readonly string[];
	readonly options: Readonly<Record<string, string>>;
	readonly json: boolean;
}

function parse(host: TerminalHost, words: readonly string[], known: readonly string[]): Words {
	const files: string[] = [];
	const options: Record<string, string> = {};
	let json = false;
	for (let i = 0; i < words.length; i++) {
		const word = words[i] ?? "";
		const [name = "", ...value] = word.startsWith("--") ? word.split("=") : [word];
		if (name === "--json") json = true;
		else if (known.includes(name)) {
			const given = value.length ? value.join("=") : words[++i];
			if (given === undefined) throw new ShellError(`${name} needs a value`);
			options[name] = given;
		} else if (word.startsWith("-")) throw new ShellError(`unknown option ${name}`);
		else files.push(word);
	}
	const entry = host.project()?.entry;
	if (files.length === 0 && entry !== undefined) files.push(entry);
	if (files.length === 0) throw new ShellError("there is no file to look at");
	return { files, options, json };
}

/** The object of a file, and the problems of building it as text. */
function build(host: TerminalHost, path: string): { object?: ObjectFile; problems: string } {
	const headers = projectFiles(host.project()?.files ?? []);
	const bytes = readFile(host, path);
	const { object, diagnostics, source } = buildFile(path, bytes, host.target?.(), headers);
	const problems = diagnostics.map((d) => `${renderDiagnostic(d, source)}\n`).join("");
	return { problems, ...(object ? { object } : {}) };
}

function typeOf(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const type = programTypeNumber(text);
	if (type === undefined) throw new ShellError(`--type: unknown program type ${text}`);
	return type;
}

function programs(object: ObjectFile, path: string, name: string | undefined): ProgramSpec[] {
	const found = object.programs.filter((p) => name === undefined || p.name === name);
	if (found.length === 0) throw new ShellError(`${path}: no program ${name ?? ""}`);
	return found;
}

function check(host: TerminalHost, words: readonly string[]): string {
	const { files, options, json } = parse(host, words, ["--prog", "--type", "--log-level"]);
	const logLevel = Number(options["--log-level"] ?? "1");
	if (!(Number.isInteger(logLevel) && logLevel >= 0 && logLevel <= 15))
		throw new ShellError("--log-level: a number from 0 to 15 was expected");
	const type = typeOf(options["--type"] ?? host.project()?.type);
	const kernel = host.target?.()?.btf;
	let out = "";
	for (const path of files) {
		const { object, problems } = build(host, path);
		out += problems;
		if (!object) continue;
		for (const program of programs(object, path, options["--prog"])) {
			const chosen = options["--type"] === undefined ? (program.type ?? type) : type;
			const answer = judge(object, program, {
				logLevel,
				...(kernel ? { kernel } : {}),
				...(chosen === undefined ? {} : { type: chosen }),
			});
			out += json ? verdictJson(path, program, answer) : verdictText(path, program.name, answer);
		}
	}
	return out;
}

/** A verdict as `skep check` prints it. */
export function verdictText(file: string, program: string, answer: Judgement): string {
	const head = `${file}: ${program}:`;
	if (answer.unsupported !== undefined)
		return `${head} not supported by Skep: ${answer.unsupported}\n`;
	const verdict = answer.ok ? "accepted" : `rejected (${answer.err}): ${answer.message}`;
	return `${head} ${verdict}\n${answer.log}`;
}

function verdictJson(file: string, program: ProgramSpec, answer: Judgement): string {
	const { ok, errno, err, message, log, unsupported } = answer;
	const counters = {
		insns_processed: answer.insnsProcessed,
		total_states: answer.totalStates,
		peak_states: answer.peakStates,
		time_us: answer.timeUs,
	};
	const { name: prog, section } = program;
	const fields = {
		file,
		prog,
		section,
		type: answer.typeName,
		ok,
		errno,
		err,
		...counters,
		message,
		log,
	};
	return `${JSON.stringify({ ...fields, ...(unsupported === undefined ? {} : { unsupported }) })}\n`;
}

const RUN_OPTIONS = ["--prog", "--type", "--packet", "--pcap", "--ctx", "--repeat", "--engine"];

function runCommand(host: TerminalHost, words: readonly string[]): string {
	const { files, options } = parse(host, words, RUN_OPTIONS);
	const [path = ""] = files;
	const engine = options["--engine"] ?? "jit";
	if (engine !== "jit" && engine !== "vm") throw new ShellError("--engine: jit or vm was expected");
	const { object, problems } = build(host, path);
	if (!object) return problems;
	const name = options["--prog"] ?? host.project()?.program;
	const [program, second] = programs(object, path, name);
	if (!program || second)
		throw new ShellError(`--prog is needed: ${object.programs.map((p) => p.name).join(", ")}`);
	const type = typeOf(options["--type"]) ?? program.type ?? typeOf(host.project()?.type);
	if (type === undefined)
		throw new ShellError(`--type is needed: section ${program.section} names no program type`);
	const verdict = judge(object, program, { type, logLevel: 1 });
	if (!verdict.ok) return verdictText(path, program.name, verdict);
	const repeat = Number(options["--repeat"] ?? "1");
	if (!(Number.isInteger(repeat) && repeat >= 1 && repeat <= 10_000_000))
		throw new ShellError("--repeat: a number from 1 to 10000000 was expected");
	const context = options["--ctx"] === undefined ? {} : { context: hex(options["--ctx"], "--ctx") };
	const packets = packetsOf(host, options);
	const run = { program: program.name, type, engine, packets, repeat, ...context } as const;
	const answer = runFile(object, run);
	return "message" in answer ? `skep run: ${answer.message}\n` : runText(answer);
}

function hex(digits: string, option: string): Uint8Array {
	const bytes = fromHex(digits);
	if (!bytes) throw new ShellError(`${option}: hexadecimal bytes were expected`);
	return bytes;
}

function packetsOf(host: TerminalHost, options: Readonly<Record<string, string>>): Uint8Array[] {
	const { "--packet": packet, "--pcap": pcap } = options;
	if (packet !== undefined) return [hex(packet, "--packet")];
	if (pcap === undefined) return [new Uint8Array(options["--ctx"] === undefined ? 64 : 0)];
	const { value, diagnostics } = readCapture(readFile(host, pcap));
	if (!value) throw new ShellError(`${pcap}: ${diagnostics[0]?.message ?? "cannot be read"}`);
	return value.packets.map((p) => p.bytes);
}

/** The outcome of a run as `skep run` prints it. */
export function runText(answer: FileRunAnswer): string {
	const packets = answer.packets.map((p, i) => {
		const head = `packet ${i + 1}: `;
		if (p.trap?.unsupported !== undefined)
			return `${head}not supported by Skep: ${p.trap.unsupported}\n`;
		if (p.trap) return `${head}trap at insn ${p.trap.pc}: ${p.trap.message}\n`;
		if (p.error !== undefined) return `${head}${p.error}\n`;
		return `${head}${p.action ?? p.retval}, ${p.data.length} bytes, ${p.nsPerRun} ns\n  ${toHex(p.data)}\n`;
	});
	const maps = answer.maps.map(
		(m) => `map ${m.map}: ${toHex(m.key)} ${m.value ? `= ${toHex(m.value)}` : "is gone"}\n`,
	);
	return [...packets, ...maps].join("");
}

/** Instructions in hexadecimal, one slot a line: there is no file to write to. */
function asm(host: TerminalHost, words: readonly string[]): string {
	const { files, options } = parse(host, words, ["--prog"]);
	const [path = ""] = files;
	const { object, problems } = build(host, path);
	if (!object) return problems;
	const found = programs(object, path, options["--prog"]);
	return found
		.map(({ name, insns }) => {
			const slots = Array.from({ length: insns.length / INSN_SIZE }, (_, i) =>
				toHex(insns.subarray(i * INSN_SIZE, (i + 1) * INSN_SIZE)),
			);
			return `${found.length > 1 ? `${name}:\n` : ""}${slots.join("\n")}\n`;
		})
		.join("");
}

function disasm(host: TerminalHost, words: readonly string[]): string {
	const { files, options } = parse(host, words, ["--prog", "--syntax"]);
	const [path = ""] = files;
	const dialect = options["--syntax"] ?? "llvm";
	if (dialect !== "llvm" && dialect !== "kernel" && dialect !== "ubpf")
		throw new ShellError(`--syntax: llvm, kernel or ubpf was expected, not ${dialect}`);
	const { object, problems } = build(host, path);
	if (!object) return problems;
	return listing({ ...object, programs: programs(object, path, options["--prog"]) }, { dialect });
}
