// `skep cc`: C for eBPF → ELF object, assembly, preprocessed text or SSA. Takes clang's flags.

import { basename } from "node:path";
import { listing } from "../../engine/asm/index.ts";
import { type Diagnostic, fromUtf8, renderDiagnostic, utf8 } from "../../engine/base/index.ts";
import {
	type CompileOptions,
	checkSource,
	compileSource,
	compileToSsa,
	type Flags,
	groupText,
	optionsOf,
	preprocessText,
	readFlags,
	type SourceText,
} from "../../engine/cc/index.ts";
import { readObject, writeRelocatable } from "../../engine/elf/index.ts";
import { print } from "../../engine/ssa/index.ts";
import { UsageError } from "./arguments.ts";
import { filesOnDisk, readBytes, writeBytes } from "./files.ts";

export function cc(args: readonly string[]): number {
	const read = readFlags(args);
	if ("problem" in read) throw new UsageError(read.problem);
	const { flags } = read;
	if (flags.output !== undefined && flags.inputs.length > 1)
		throw new UsageError("-o with several files");
	let status = 0;
	for (const input of flags.inputs) status = Math.max(status, one(input, flags));
	return status;
}

function one(input: string, flags: Flags): number {
	const main: SourceText = {
		name: input === "-" ? "<stdin>" : input,
		text: fromUtf8(readBytes(input)),
	};
	const options = optionsOf(flags, filesOnDisk());
	switch (flags.action) {
		case "check": {
			const { diagnostics, ok } = checkSource(main, options);
			return report(diagnostics, main, options) || !ok ? 1 : 0;
		}
		case "preprocess": {
			const { text, diagnostics } = preprocessText(main, options);
			if (report(diagnostics, main, options)) return 1;
			writeBytes(flags.output ?? "-", utf8(text));
			return 0;
		}
		case "ssa": {
			const { value, diagnostics } = compileToSsa(main, options);
			if (report(diagnostics, main, options) || !value) return 1;
			writeBytes(flags.output ?? "-", utf8(print(value.module)));
			return 0;
		}
		default:
			return object(input, main, flags, options);
	}
}

function object(input: string, main: SourceText, flags: Flags, options: CompileOptions): number {
	const { value, diagnostics } = compileSource(main, options);
	if (report(diagnostics, main, options) || !value) return 1;
	const bytes = writeRelocatable(value.object);
	const stem = basename(input).replace(/\.[^.]*$/, "");
	if (flags.action === "assembly") {
		const { value: read } = readObject(bytes, stem);
		if (!read) return 1;
		writeBytes(flags.output ?? `${stem}.s`, utf8(listing(read, { dialect: "llvm" })));
		return 0;
	}
	writeBytes(flags.output ?? `${stem}.o`, bytes);
	return 0;
}

/** Prints problems; whether one of them is an error. */
function report(
	diagnostics: readonly Diagnostic[],
	main: SourceText,
	options: CompileOptions,
): boolean {
	for (const d of diagnostics) {
		const file = d.span?.file;
		const source = file === undefined || file === main.name ? main.text : options.read(file);
		const told = { ...d, message: `${d.message}${groupText(d)}` };
		process.stderr.write(`${renderDiagnostic(told, source)}\n`);
	}
	const errors = diagnostics.filter((d) => d.severity === "error").length;
	const warnings = diagnostics.filter((d) => d.severity === "warning").length;
	const count = (n: number, what: string) => (n === 0 ? [] : [`${n} ${what}${n === 1 ? "" : "s"}`]);
	const both = [...count(warnings, "warning"), ...count(errors, "error")].join(" and ");
	if (both) process.stderr.write(`${both} generated.\n`);
	return errors > 0;
}
