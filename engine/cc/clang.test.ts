// Small programs and what clang 22 says of each for bpf with -Wall: Skep says the same, at the same places, in the same groups. A case is
// `== name flags`, the program, `-- clang`, then clang's lines.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { builtinHeaders, checkSource, groupText, optionsOf, readFlags } from "./index.ts";

const folder = join(import.meta.dirname, "../testdata/cc/clang");
const files = { read: () => undefined, builtin: builtinHeaders() };

function casesOf(name: string) {
	return readFileSync(join(folder, name), "utf8")
		.split(/^== /m)
		.slice(1)
		.map((part) => {
			const [head = "", said = ""] = part.split("\n-- clang\n");
			const [title = "", ...lines] = head.split("\n");
			const [id = "", ...flags] = title.split(" ");
			return { id, flags, text: `${lines.join("\n")}\n`, said: said.trim() };
		});
}

function told(text: string, words: readonly string[]): string {
	const read = readFlags(["-Wall", ...words, "a.c"]);
	if ("problem" in read) return read.problem;
	const { diagnostics } = checkSource({ name: "a.c", text }, optionsOf(read.flags, files));
	return diagnostics
		.flatMap((d) => [
			`${d.span?.line}:${d.span?.column}: ${d.severity}: ${d.message}${groupText(d)}`,
			...(d.notes ?? []).map((n) => `${n.span?.line}:${n.span?.column}: note: ${n.message}`),
		])
		.join("\n");
}

const sorted = (text: string) => text.split("\n").sort();

describe.each(["warnings.txt", "syntax.txt"])("%s", (name) => {
	const cases = casesOf(name);
	test("there are many", () => expect(cases.length).toBeGreaterThan(50));
	test.each(cases)("$id", ({ text, flags, said }) => {
		expect(sorted(told(text, flags))).toEqual(sorted(said));
	});
});

const noisy = "int f(int a) { int x; char c = 300; return a == a; }\n";

test.each([
	[[], ["unused-variable", "constant-conversion", "tautological-compare"]],
	[["-Wno-unused"], ["constant-conversion", "tautological-compare"]],
	[
		["-Wno-unused", "-Wunused-variable"],
		["unused-variable", "constant-conversion"],
	],
	[["-Werror"], ["Werror,-Wunused-variable", "Werror,-Wconstant-conversion"]],
	[["-Werror=constant-conversion"], ["Wunused-variable", "Werror,-Wconstant-conversion"]],
	[
		["-Werror", "-Wno-error=unused"],
		["-Wunused-variable]", "Werror,-Wtautological-compare"],
	],
	[["-Wno-everything"], []],
	[["-w"], []],
] as const)("%j", (words, parts) => {
	const text = told(noisy, words);
	for (const part of parts) expect(text).toContain(part);
	if (parts.length === 0) expect(text).toBe("");
	if (words.some((w) => w === "-Wno-unused") && words.length === 1)
		expect(text).not.toContain("unused");
	if (words.some((w) => w === "-Wno-error=unused"))
		expect(text).toContain("warning: unused variable 'x'");
});

test("pragmas choose groups of the preprocessor's warnings", () => {
	const text = `#define A 1
#pragma clang diagnostic ignored "-Wmacro-redefined"
#define A 2
#pragma clang diagnostic error "-Wmacro-redefined"
#define A 3
`;
	expect(told(text, []).split("\n")[0]).toBe(
		"5:9: error: 'A' macro redefined [-Werror,-Wmacro-redefined]",
	);
});

test("pragmas choose groups too", () => {
	const text = `#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wunused"
int f(void) { int x; return 0; }
#pragma clang diagnostic pop
#pragma clang diagnostic error "-Wunused-variable"
int g(void) { int y; return 0; }
`;
	expect(told(text, [])).toBe("6:19: error: unused variable 'y' [-Werror,-Wunused-variable]");
});
