// `skep asm` and `skep disasm`: text ⇄ instructions.

import { listing } from "../../engine/asm/index.ts";
import { renderDiagnostic } from "../../engine/base/index.ts";
import { writeObject } from "../../engine/elf/index.ts";

import { parseArguments, UsageError } from "./arguments.ts";
import { load, writeBytes } from "./files.ts";

export function asm(args: readonly string[]): number {
	const { words, options } = parseArguments(args, { options: ["-o", "--prog"], words: [1, 1] });
	const out = options["-o"];
	if (out === undefined) throw new UsageError("asm needs -o OUT");
	const built = load(words[0] ?? "");
	if (
		built.object &&
		out.endsWith(".o") &&
		!built.diagnostics.some((d) => d.severity === "error")
	) {
		const file = (words[0] ?? "").replace(/^.*[/\\]/, "");
		const { value, diagnostics } = writeObject(built.object, {
			sources: { [file]: built.source ?? "" },
		});
		for (const d of diagnostics) process.stderr.write(`${renderDiagnostic(d)}\n`);
		if (value) writeBytes(out, value);
		return value ? 0 : 2;
	}
	const program = pick(built.object?.programs, options["--prog"]);
	if (!program || built.diagnostics.some((d) => d.severity === "error")) return 2;
	writeBytes(out, program.insns);
	return 0;
}

export function disasm(args: readonly string[]): number {
	const { words, options } = parseArguments(args, {
		options: ["--syntax", "--prog"],
		words: [1, 1],
	});
	const syntax = options["--syntax"] ?? "llvm";
	if (syntax !== "llvm" && syntax !== "kernel" && syntax !== "ubpf")
		throw new UsageError(`--syntax: llvm, kernel or ubpf was expected, not ${syntax}`);
	const { object } = load(words[0] ?? "");
	if (!object) return 2;
	const programs = object.programs.filter(
		(p) => !options["--prog"] || p.name === options["--prog"],
	);
	if (!programs.length)
		throw new UsageError(`no program ${options["--prog"] ?? ""} in ${words[0]}`);
	process.stdout.write(listing({ ...object, programs }, { dialect: syntax }));
	return 0;
}

/** The program that is named, or the only one. */
export function pick<T extends { readonly name: string }>(
	programs: readonly T[] | undefined,
	name: string | undefined,
): T | undefined {
	if (!programs) return undefined;
	if (name !== undefined) {
		const found = programs.find((p) => p.name === name);
		if (!found)
			throw new UsageError(
				`no program ${name}; there are ${programs.map((p) => p.name).join(", ")}`,
			);
		return found;
	}
	if (programs.length > 1)
		throw new UsageError(`--prog is needed: ${programs.map((p) => p.name).join(", ")}`);
	return programs[0];
}
