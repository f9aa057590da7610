// `skep btf`, `link` and `gen`: what they print and write, and how they end.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { decodeBtf, encodeBtf } from "../../engine/btf/index.ts";
import { readRelocatable } from "../../engine/elf/index.ts";
import { UsageError } from "./arguments.ts";
import { btf } from "./btf.ts";
import { gen } from "./gen.ts";
import { link } from "./link.ts";

const testdata = join(import.meta.dirname, "../../engine/testdata");
const file = (name: string) => join(testdata, name);
const text = (name: string) => readFileSync(file(name), "utf8");

let dir = "";
beforeAll(() => {
	dir = mkdtempSync(join(tmpdir(), "skep-cli-"));
});
afterAll(() => rmSync(dir, { recursive: true }));

/** Exit status and both outputs of a command. */
function run(command: (args: readonly string[]) => number, ...args: string[]) {
	const out: string[] = [];
	const err: string[] = [];
	const spies = [
		vi.spyOn(process.stdout, "write").mockImplementation((t) => out.push(String(t)) > 0),
		vi.spyOn(process.stderr, "write").mockImplementation((t) => err.push(String(t)) > 0),
	];
	try {
		return { status: command(args), out: out.join(""), err: err.join("") };
	} finally {
		for (const spy of spies) spy.mockRestore();
	}
}

test("btf dump prints rows or C, as bpftool does", () => {
	const shapes = file("btf/shapes.o");
	expect(run(btf, "dump", shapes)).toMatchObject({ status: 0, out: text("btf/shapes.txt") });
	expect(run(btf, "dump", "file", shapes, "format", "raw").out).toBe(text("btf/shapes.txt"));
	expect(run(btf, "dump", shapes, "format", "c").out).toBe(text("btf/shapes.h"));
});

test("btf dump of split BTF shows what it adds to its base", () => {
	const base = encodeBtf([{ kind: "float", name: "double", size: 8 }]);
	const more = { kind: "typedef", name: "real", type: 1 } as const;
	writeFileSync(join(dir, "base"), base);
	const whole = decodeBtf(base).value;
	writeFileSync(join(dir, "split"), encodeBtf([more], whole ? { base: whole } : {}));
	const args = ["dump", join(dir, "split"), "-B", join(dir, "base")];
	expect(run(btf, ...args).out).toBe("[2] TYPEDEF 'real' type_id=1\n");
	expect(run(btf, ...args, "format", "c").out).toContain("typedef double real;");
});

test("link writes an object that has both; a clash ends with status 1 and writes nothing", () => {
	const out = join(dir, "both.o");
	const parts = [file("link/one.o"), file("link/two.o")];
	expect(run(link, ...parts, "-o", out)).toEqual({ status: 0, out: "", err: "" });
	const names = readRelocatable(new Uint8Array(readFileSync(out))).value?.symbols.map(
		(s) => s.name,
	);
	expect(names).toEqual(expect.arrayContaining(["first", "second", "weigh"]));
	const clash = run(link, file("link/one.o"), file("link/one.o"), "-o", join(dir, "none.o"));
	expect(clash.status).toBe(1);
	expect(clash.err).toContain("is defined in");
	expect(() => readFileSync(join(dir, "none.o"))).toThrow();
});

test("gen skeleton prints the header or the module", () => {
	const globals = file("btf/globals.o");
	expect(run(gen, "skeleton", globals).out).toBe(text("btf/globals.skel.h"));
	expect(run(gen, "skeleton", globals, "name", "other").out).toContain("__OTHER_SKEL_H__");
	expect(run(gen, "skeleton", globals, "--ts").out).toContain("export class TypedMap");
});

const wrong: readonly [string, () => unknown, string][] = [
	["no such format", () => run(btf, "dump", file("btf/shapes.o"), "format", "x"), "c or raw"],
	["no such command", () => run(btf, "show", "x"), "btf: dump FILE"],
	["not a file with types", () => run(btf, "dump", file("btf/shapes.c")), "no magic number"],
	["no output", () => run(link, file("link/one.o")), "-o OUT.o"],
	["not an object", () => run(link, file("link/one.c"), "-o", "x"), "one.c: ELF"],
	["nothing to generate", () => run(gen, "object", "x"), "skeleton FILE"],
];

test.each(wrong)("%s is said in one line", (_, use, message) => {
	expect(use).toThrow(UsageError);
	expect(use).toThrow(message);
});
