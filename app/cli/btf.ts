// `skep btf dump`: the types of an object, of raw BTF or of a vmlinux, with bpftool's output.

import { type Btf, decodeBtf, dumpC, rawRows } from "../../engine/btf/index.ts";
import { targetOf } from "../../engine/workbench/index.ts";
import { parseArguments, UsageError } from "./arguments.ts";
import { readBytes } from "./files.ts";

const CHUNK = 1 << 16;

export function btf(args: readonly string[]): number {
	const { words, options } = parseArguments(args, { options: ["-B", "--base-btf"], words: [2, 5] });
	const rest = [...words];
	if (rest.shift() !== "dump") throw new UsageError("btf: dump FILE [format c|raw] [-B BASE]");
	if (rest[0] === "file" && rest[1] !== undefined && rest[1] !== "format") rest.shift();
	const [file = "", word, format = "raw", ...more] = rest;
	if (more.length > 0 || (word !== undefined && word !== "format"))
		throw new UsageError(`unexpected ${more[0] ?? word}`);
	if (format !== "c" && format !== "raw")
		throw new UsageError(`format: c or raw was expected, not ${format}`);
	const base = options["-B"] ?? options["--base-btf"];
	const types = typesOf(file, base === undefined ? undefined : typesOf(base));
	if (format === "raw") {
		write(rawRows(types).map((r) => r.text));
		return 0;
	}
	const c = dumpC(types, base === undefined ? undefined : own(types));
	if (c.value === undefined) {
		process.stderr.write(`${file}: ${c.diagnostics[0]?.message ?? ""}\n`);
		return 2;
	}
	process.stdout.write(c.value);
	return 0;
}

/** The types of a file: raw BTF, which may go on from a base, or an ELF file with it. */
function typesOf(file: string, base?: Btf): Btf {
	const bytes = readBytes(file);
	const { value, diagnostics } = base ? decodeBtf(bytes, base) : targetOf(bytes);
	if (!value) throw new UsageError(`${file}: ${diagnostics[0]?.message ?? "cannot be read"}`);
	return "btf" in value ? value.btf : value;
}

function own(types: Btf): number[] {
	return types.types.map((_, id) => id).slice(types.firstId);
}

function write(rows: readonly string[]): void {
	for (let at = 0; at < rows.length; at += CHUNK)
		process.stdout.write(rows.slice(at, at + CHUNK).join(""));
}
