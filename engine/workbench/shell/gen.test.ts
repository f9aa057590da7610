// Types and generated code of an object of the project, as the terminal shows them.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { execute, type TerminalHost, validateProject } from "../index.ts";

const folder = join(import.meta.dirname, "../../testdata/btf");
const bytes = (name: string) => readFileSync(join(folder, name));
const text = (name: string) => readFileSync(join(folder, name), "utf8");

function host(): TerminalHost {
	const files = ["shapes.o", "globals.o"].map((path) => ({
		path,
		base64: bytes(path).toString("base64url"),
	}));
	const main = { path: "main.s", text: "r0 = 0\nexit\n" };
	const { value: project } = validateProject({
		version: 1,
		name: "types",
		files: [main, ...files],
		entry: "main.s",
		scenario: { packets: [] },
	});
	return {
		project: () => project,
		object: () => undefined,
		installation: () => "nothing is built",
		verdict: (what) => ({ kind: "unsupported", what }),
		packetsOut: () => [],
		run: () => Promise.reject(new Error("nothing runs here")),
		reset: () => undefined,
	};
}

const outputs: readonly [string, string][] = [
	["skep btf dump shapes.o", "shapes.txt"],
	["skep btf dump shapes.o format c", "shapes.h"],
	["skep gen skeleton globals.o", "globals.skel.h"],
];

test.each(outputs)("%s", async (line, file) => {
	expect(await execute(line, host())).toBe(text(file));
});

const parts: readonly [string, string][] = [
	["skep gen skeleton globals.o --ts", 'new TypedMap(maps, "counts"'],
	["skep gen skeleton globals.o name other", "struct other__bss {"],
	["skep gen skeleton missing.o", "missing.o: No such file"],
	["skep gen object globals.o", "skep gen skeleton FILE"],
	["skep btf dump shapes.o format x", "unrecognized format specifier: 'x'"],
	["skep btf list", "skep btf dump FILE"],
];

test.each(parts)("%s says", async (line, part) => {
	expect(await execute(line, host())).toContain(part);
});
