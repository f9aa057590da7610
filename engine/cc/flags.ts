// Words of a command line, which are clang's → options. What clang takes and has no meaning here is let pass; what would change the
// program and is not understood is a problem. Reads no files.

import type { CompileOptions, Cpu } from "./compile.ts";
import type { Files } from "./include.ts";

/** What the words ask for. */
export interface Flags {
	readonly inputs: readonly string[];
	readonly output: string | undefined;
	readonly action: "object" | "assembly" | "preprocess" | "ssa" | "check";
	readonly cpu: Cpu;
	readonly level: 0 | 1 | 2;
	/** -std=c23 and gnu23. */
	readonly modern: boolean;
	readonly debug: boolean;
	readonly warnings: boolean;
	readonly user: readonly string[];
	readonly system: readonly string[];
	readonly after: readonly string[];
	readonly bare: boolean;
	readonly defines: NonNullable<CompileOptions["defines"]>;
	readonly undefines: readonly string[];
	readonly forced: readonly string[];
	/** The words behind `-W`, in their order. */
	readonly groups: readonly string[];
}

/** Options with a value, joined or as the next word. */
const valued = [
	"-I",
	"-D",
	"-U",
	"-o",
	"-isystem",
	"-idirafter",
	"-iquote",
	"-include",
	"-x",
	"-target",
];

const cpus: Readonly<Record<string, Cpu>> = { v1: 1, v2: 2, v3: 3, v4: 4, generic: 3, probe: 4 };
const levels: Readonly<Record<string, 0 | 1 | 2>> = {
	"-O0": 0,
	"-O1": 1,
	"-Og": 1,
	"-O": 1,
	"-Os": 2,
	"-Oz": 2,
	"-O2": 2,
	"-O3": 2,
};
const actions: Readonly<Record<string, Flags["action"]>> = {
	"-c": "object",
	"-S": "assembly",
	"-E": "preprocess",
	"-emit-ssa": "ssa",
	"-fsyntax-only": "check",
};
const targets = /^(bpf|bpfel|bpf_le|bpfeb|bpf_be)$/;
const harmless =
	/^(-W|-f|-std|-m(little-endian|llvm)|-n|-pipe|-v$|-pedantic|-ansi|-x|-Q|-P$|-MD$|-MMD$|-MP$|-ggdb|-gdwarf|-gno|-print|--sysroot|-resource-dir)/;

class Reading {
	inputs: string[] = [];
	output: string | undefined;
	action: Flags["action"] = "object";
	cpu: Cpu = 3;
	modern = false;
	level: 0 | 1 | 2 = 0;
	debug = false;
	warnings = true;
	user: string[] = [];
	system: string[] = [];
	after: string[] = [];
	bare = false;
	defines: { name: string; value: string }[] = [];
	undefines: string[] = [];
	forced: string[] = [];
	groups: string[] = [];
	leveled = false;
	/** The first thing that was not understood. */
	problem: string | undefined;

	refuse(problem: string): void {
		this.problem ??= problem;
	}
}

/** Reads clang's words, file names among them; `problem` says, for the user, which word was not understood. */
export function readFlags(
	args: readonly string[],
): { readonly flags: Flags } | { readonly problem: string } {
	const out = new Reading();
	const words = [...args];
	for (;;) {
		const word = words.shift();
		if (word === undefined) break;
		const option = valued.find((v) => (v.length > 2 ? word === v : word.startsWith(v)));
		if (option) {
			const value = word === option ? words.shift() : word.slice(option.length);
			if (value === undefined) out.refuse(`${option} needs a value`);
			else withValue(out, option, value);
		} else if (word === "-" || !word.startsWith("-")) out.inputs.push(word);
		else if (word === "-mllvm" || word === "-MF" || word === "-MT" || word === "-Xclang")
			words.shift();
		else plain(out, word);
	}
	if (out.inputs.length === 0) out.refuse("a file is missing");
	if (!out.leveled) out.level = 2;
	return out.problem === undefined ? { flags: out } : { problem: out.problem };
}

function withValue(out: Reading, option: string, value: string): void {
	switch (option) {
		case "-I":
		case "-iquote":
			out.user.push(value);
			break;
		case "-isystem":
			out.system.push(value);
			break;
		case "-idirafter":
			out.after.push(value);
			break;
		case "-D": {
			const at = value.indexOf("=");
			if (at < 0) out.defines.push({ name: value, value: "1" });
			else out.defines.push({ name: value.slice(0, at), value: value.slice(at + 1) });
			break;
		}
		case "-U":
			out.undefines.push(value);
			break;
		case "-include":
			out.forced.push(value);
			break;
		case "-o":
			out.output = value;
			break;
		case "-target":
			target(out, value);
			break;
		default:
			if (value !== "c") out.refuse(`-x ${value}: only C is compiled`);
	}
}

function target(out: Reading, value: string): void {
	if (!targets.test(value)) out.refuse(`target ${value}: only bpf is compiled for`);
	else if (/eb|be/.test(value))
		out.refuse("target bpfeb: code for big-endian machines is not supported by Skep");
}

function plain(out: Reading, word: string): void {
	const action = actions[word];
	const level = levels[word];
	if (action) out.action = action;
	else if (level !== undefined) {
		out.level = level;
		out.leveled = true;
	} else if (word.startsWith("-mcpu=")) {
		const cpu = cpus[word.slice(6)];
		if (cpu) out.cpu = cpu;
		else out.refuse(`${word}: v1, v2, v3 or v4 was expected`);
	} else if (word.startsWith("--target=")) target(out, word.slice(9));
	else if (word === "-g" || /^-g[123]$/.test(word)) out.debug = true;
	else if (word === "-g0") out.debug = false;
	else if (word === "-w") out.warnings = false;
	else if (/^-W[a-z#]/.test(word)) out.groups.push(word.slice(2));
	else if (word.startsWith("-std=")) out.modern = /^-std=(c|gnu)2[3xy]$/.test(word);
	else if (word === "-nostdinc") out.bare = true;
	else if (word === "-mbig-endian") target(out, "bpfeb");
	else if (!harmless.test(word)) out.refuse(`unknown option ${word}`);
}

/** What the flags mean to the compiler, which finds headers among `files`. */
export function optionsOf(flags: Flags, files: Files): CompileOptions {
	return {
		...files,
		cpu: flags.cpu,
		modern: flags.modern,
		level: flags.level,
		debug: flags.debug,
		warnings: flags.warnings,
		search: { user: flags.user, system: flags.system, after: flags.after, bare: flags.bare },
		defines: flags.defines,
		undefines: flags.undefines,
		forced: flags.forced,
		groups: flags.groups,
	};
}
