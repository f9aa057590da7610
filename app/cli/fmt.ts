// `skep fmt`: C and assembly in their usual style, to standard output or in place.

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { format } from "../../engine/asm/index.ts";
import { fromUtf8, renderDiagnostic, utf8 } from "../../engine/base/index.ts";
import { formatSource } from "../../engine/cc/index.ts";
import { parseArguments, UsageError } from "./arguments.ts";
import { readBytes, writeBytes } from "./files.ts";

const sources = /\.(?:c|h|s|asm|bpf)$/i;

/** Exit status 1: `--check`, and a file is not as it would be formatted. */
export function fmt(args: readonly string[]): number {
	const { words, flags } = parseArguments(args, {
		flags: ["-w", "--check"],
		words: [1, Number.POSITIVE_INFINITY],
	});
	let status = 0;
	for (const path of words.flatMap(filesOf)) {
		const before = fromUtf8(readBytes(path));
		const after = formatted(path, before);
		if (flags.has("--check")) {
			if (after === before) continue;
			process.stdout.write(`${path}\n`);
			status = 1;
		} else if (!flags.has("-w")) writeBytes("-", utf8(after));
		else if (after !== before) writeBytes(path, utf8(after));
	}
	return status;
}

/** The file, or the sources in a folder and those below it. */
function filesOf(path: string): string[] {
	if (path !== "-" && statSync(path, { throwIfNoEntry: false })?.isDirectory())
		return readdirSync(path, { recursive: true, encoding: "utf8" })
			.filter((f) => sources.test(f))
			.sort()
			.map((f) => join(path, f));
	if (path !== "-" && !sources.test(path))
		throw new UsageError(`${path}: C (.c, .h) or assembly (.s, .asm, .bpf) was expected`);
	return [path];
}

/** Standard input is C. */
function formatted(path: string, text: string): string {
	if (/\.(?:s|asm|bpf)$/i.test(path)) return format(text);
	const { text: made, diagnostics } = formatSource(text, path === "-" ? "<stdin>" : path);
	for (const d of diagnostics) process.stderr.write(`${renderDiagnostic(d, text)}\n`);
	return made;
}
