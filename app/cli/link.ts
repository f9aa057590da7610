// `skep link`: several objects to one.

import { renderDiagnostic } from "../../engine/base/index.ts";
import { readRelocatable, writeRelocatable } from "../../engine/elf/index.ts";
import { type LinkInput, linkObjects } from "../../engine/link/index.ts";
import { parseArguments, UsageError } from "./arguments.ts";
import { readBytes, writeBytes } from "./files.ts";

const MOST_FILES = 1000;

export function link(args: readonly string[]): number {
	const { words, options } = parseArguments(args, { options: ["-o"], words: [1, MOST_FILES] });
	const out = options["-o"];
	if (out === undefined) throw new UsageError("link needs -o OUT.o");
	const inputs: LinkInput[] = [];
	for (const name of words) {
		const { value, diagnostics } = readRelocatable(readBytes(name));
		if (!value) throw new UsageError(`${name}: ${diagnostics[0]?.message ?? "cannot be read"}`);
		inputs.push({ name, object: value });
	}
	const { value, diagnostics } = linkObjects(inputs);
	for (const d of diagnostics) process.stderr.write(`skep: ${renderDiagnostic(d)}\n`);
	if (!value) return 1;
	writeBytes(out, writeRelocatable(value));
	return 0;
}
