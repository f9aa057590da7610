// The words after `skep cc`, which are clang's → options. What clang takes and has no meaning here is let pass; what would change
// the program and is not understood is an error.

import type { CompileOptions, Cpu } from "../../engine/cc/index.ts";
import { UsageError } from "./arguments.ts";

export interface CcFlags {
	readonly inputs: readonly string[];
	readonly output: string | undefined;
	readonly action: "object" | "assembly" | "preprocess" | "ssa" | "check";
	readonly cpu: Cpu;
	readonly level: 0 | 1 | 2;
	readonly debug: boolean;
	readonly warnings: boolean;
	readonly strict: boolean;
	readonly user: readonly string[];
	readonly system: readonly string[];
	readonly after: readonly string[];
	readonly bare: boolean;
	readonly defines: NonNullable<CompileOptions["defines"]>;
	readonly undefines: readonly string[];
	readonly forced: readonly string[];
	readonly ignored: readonly string[];
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
const actions: Readonly<Record<string, CcFlags["action"]>> = {
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
	action: CcFlags["action"] = "object";
	cpu: Cpu = 3;
	level: 0 | 1 | 2 = 0;
	debug = false;
	warnings = true;
	strict = false;
	user: string[] = [];
	system: string[] = [];
	after: string[] = [];
	bare = false;
	defines: { name: string; value: string }[] = [];
	undefines: string[] = [];
	forced: string[] = [];
	ignored: string[] = [];
	leveled = false;
}

export function readFlags(args: readonly string[]): CcFlags {
	const out = new Reading();
	const words = [...args];
	for (;;) {
		const word = words.shift();
		if (word === undefined) break;
		const option = valued.find((v) => (v.length > 2 ? word === v : word.startsWith(v)));
		if (option) {
			const value = word === option ? words.shift() : word.slice(option.length);
			if (value === undefined) throw new UsageError(`${option} needs a value`);
			withValue(out, option, value);
		} else if (word === "-" || !word.startsWith("-")) out.inputs.push(word);
		else if (word === "-mllvm" || word === "-MF" || word === "-MT" || word === "-Xclang")
			words.shift();
		else plain(out, word);
	}
	if (out.inputs.length === 0) throw new UsageError("a file is missing");
	if (!out.leveled) out.level = 2;
	return out;
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
			target(value);
			break;
		default:
			if (value !== "c") throw new UsageError(`-x ${value}: only C is compiled`);
	}
}

function target(value: string): void {
	if (!targets.test(value)) throw new UsageError(`target ${value}: only bpf is compiled for`);
	if (/eb|be/.test(value))
		throw new UsageError("target bpfeb: code for big-endian machines is not supported by Skep");
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
		if (!cpu) throw new UsageError(`${word}: v1, v2, v3 or v4 was expected`);
		out.cpu = cpu;
	} else if (word.startsWith("--target=")) target(word.slice(9));
	else if (word === "-g" || /^-g[123]$/.test(word)) out.debug = true;
	else if (word === "-g0") out.debug = false;
	else if (word === "-w") out.warnings = false;
	else if (word === "-Werror") out.strict = true;
	else if (word.startsWith("-Wno-")) out.ignored.push(word.slice(5));
	else if (word === "-nostdinc") out.bare = true;
	else if (word === "-mbig-endian") target("bpfeb");
	else if (!harmless.test(word)) throw new UsageError(`unknown option ${word}`);
}
