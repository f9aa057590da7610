// Words of a command line → options.

import { expect, test } from "vitest";
import { compile, type Flags, optionsOf, readFlags } from "./index.ts";

function flagsOf(...words: string[]): Flags {
	const read = readFlags(words);
	if ("problem" in read) return expect.fail(read.problem);
	return read.flags;
}

test.each([
	[["a.c"], { level: 2, cpu: 3, debug: false, warnings: true, inputs: ["a.c"] }],
	[["-O1", "-g", "-mcpu=v4", "-w", "a.c"], { level: 1, cpu: 4, debug: true, warnings: false }],
	[["-g", "-g0", "-Wall", "-Werror", "a.c"], { debug: false, groups: ["all", "error"] }],
	[["-S", "-o", "x.s", "-"], { action: "assembly", output: "x.s", inputs: ["-"] }],
	[
		["-Ione", "-isystem", "two", "-idirafter", "three", "-nostdinc", "a.c"],
		{ user: ["one"], system: ["two"], after: ["three"], bare: true },
	],
	[
		["-DA", "-D", "B=2=3", "-UC", "-include", "f.h", "-Wno-unused", "a.c"],
		{
			defines: [
				{ name: "A", value: "1" },
				{ name: "B", value: "2=3" },
			],
			undefines: ["C"],
			forced: ["f.h"],
			groups: ["no-unused"],
		},
	],
] as const)("%j", (words, expected) => {
	expect(flagsOf(...words)).toMatchObject(expected);
});

test.each([
	[[], "a file is missing"],
	[["-o"], "-o needs a value"],
	[["a.c", "-march=native", "-nope"], "unknown option -march=native"],
	[["a.c", "-mcpu=v9"], "-mcpu=v9: v1, v2, v3 or v4 was expected"],
	[["a.c", "--target=x86_64"], "target x86_64: only bpf is compiled for"],
	[
		["a.c", "-target", "bpfeb"],
		"target bpfeb: code for big-endian machines is not supported by Skep",
	],
	[["a.cc", "-x", "c++"], "-x c++: only C is compiled"],
] as const)("%j is refused", (words, problem) => {
	expect(readFlags(words)).toEqual({ problem });
});

test("options keep the files that they were given", () => {
	const files = { read: () => "int a;", builtin: () => undefined };
	const options = optionsOf(flagsOf("-O1", "-Ihere", "a.c"), files);
	expect(options).toMatchObject({ ...files, level: 1, search: { user: ["here"] } });
});

test.each([
	[[], ["error", "error"]],
	[["-w"], ["error", "error"]],
	[["-Wno-everything"], []],
	[["-Wno-implicit-function-declaration"], ["error"]],
	[["-Wno-error=int-conversion", "-Wno-implicit-function-declaration"], ["warning"]],
] as const)("errors that are warnings to %j", (words, expected) => {
	const text = "int f(int *p) { p = 5; memcpy(p, p + 2, 6); return *p; }\n";
	const files = { read: () => undefined, builtin: () => undefined };
	const options = optionsOf(flagsOf(...words, "a.c"), files);
	const { value, diagnostics } = compile({ name: "a.c", text }, options);
	expect(diagnostics.map((d) => d.severity)).toEqual(expected);
	expect(value !== undefined).toBe(!expected.some((s) => s === "error"));
});
