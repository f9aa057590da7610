// Any text: no throw, no hang, and what is too deep is said.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Random } from "../../base/index.ts";
import { textParser } from "./testing.ts";

const parseText = textParser();

const folder = join(import.meta.dirname, "../../testdata/cc/parse");
const seeds = readdirSync(folder)
	.filter((f) => f.endsWith(".txt"))
	.flatMap((f) =>
		readFileSync(join(folder, f), "utf8")
			.split(/^== .*\n/m)
			.slice(1),
	)
	.map((part) => part.split(/^--\n/m)[0] ?? "");

const words =
	'int char long struct union enum { } ( ) [ ] ; , . -> = == + - * / & && | ? : if else while for do switch case default break goto return sizeof typeof __attribute__((packed)) static const extern typedef x s a f 0 1 2ul "s" ... __auto_type _Generic _Static_assert __builtin_offsetof ({ }) asm volatile __label__ [[ ]] void inline _Atomic : #'.split(
		" ",
	);

function mutated(random: Random): string {
	const pick = (list: readonly string[]) => list[random.below(list.length)] ?? "";
	const pieces = (text: string) => text.match(/\w+|\s+|"[^"]*"|[^\w\s]/g) ?? [];
	const out = pieces(pick(seeds));
	for (let n = 1 + random.below(5); n > 0; n--) {
		const at = random.below(out.length + 1);
		const other = pieces(pick(seeds));
		const from = random.below(other.length + 1);
		if (random.below(3) === 0) out.splice(at, 1 + random.below(3));
		else if (random.below(2) === 0) out.splice(at, random.below(2), ` ${pick(words)} `);
		else out.splice(at, 0, ...other.slice(from, from + random.below(15)));
	}
	return out.join("");
}

test("mutated programs", () => {
	const random = new Random(11);
	let failed = 0;
	for (let i = 0; i < 400; i++) {
		const { diagnostics } = parseText(mutated(random));
		if (diagnostics.some((d) => d.severity === "error")) failed++;
	}
	expect(failed).toBeGreaterThan(100);
});

const many = (text: string, count = 20_000) => text.repeat(count);
const inBody = (text: string) => `int f(int a) { ${text} }`;

test.each([
	["brackets", inBody(`return ${many("(")}1${many(")")};`)],
	["open brackets", inBody(`return ${many("(")}`)],
	["blocks", inBody(many("{"))],
	["subscripts", inBody(`return ${many("a[")}1`)],
	["unary operators", inBody(`return ${many("- ")}1;`)],
	["casts", inBody(`return ${many("(int)")}1;`)],
	["conditionals", inBody(`return ${many("a ? a : ")}a;`)],
	["assignments", inBody(`${many("a = ")}a;`)],
	["else ifs", inBody(many("if (a) a = 1; else ", 5000))],
	["dimensions", `int a${many("[1]")};`],
	["functions of functions", `int f${many("(int)")};`],
	["pointers", `int ${many("*")}p;`],
	["declarators", `int ${many("(*")}p;`],
	["structs", many("struct s { ", 5000)],
	["calls", inBody(`return ${many("f(")}1`)],
	["labels", inBody(many("l: ", 5000))],
	["braces", `int a[] = ${many("{")}1`],
	["members", inBody(`return a${many(".x")};`)],
	["parameters", `int g(${many("int (*)(", 5000)}`],
	["statement expressions", inBody(`return ${many("({", 5000)}`)],
	["attributes", `int x ${many("__attribute__((", 5000)}`],
])("too many %s", (_, text) => {
	const { diagnostics } = parseText(text);
	expect(diagnostics.some((d) => d.severity === "error")).toBe(true);
});

test.each([
	["sums", inBody(`return a${many(" + a")};`)],
	["commas", inBody(`return a${many(", a++")};`)],
	["conditions", inBody(`return a${many(" && a + 1")};`)],
	["else ifs", inBody(`${many("if (a) a = 1; else ", 5000)} a = 2;`)],
	["converted operands", inBody(`long b = 1; return a${many(" + b == a")};`)],
])("many %s are not too many", (_, text) => {
	const { diagnostics } = parseText(text);
	expect(diagnostics.filter((d) => d.severity === "error")).toEqual([]);
});

test("many case labels are not too deep", () => {
	const labels = Array.from({ length: 600 }, (_, i) => `case ${i}:`).join(" ");
	expect(parseText(inBody(`switch (a) { ${labels} return 1; } return 0;`)).diagnostics).toEqual([]);
});

test("long literals and lists are not too long", () => {
	const text = `asm("${many("x", 300_000)}"); char s[] = "${many("y", 300_000)}";`;
	expect(parseText(text).diagnostics).toEqual([]);
	expect(parseText('asm("\\xffffffff \\U0010ffff");').diagnostics).toEqual([]);
	const list = Array.from({ length: 20_000 }, (_, i) => `[${i}] = { ${i}, 1 }`).join(", ");
	expect(parseText(`struct { int a, b; } t[] = { ${list} };`).diagnostics).toEqual([]);
	expect(parseText("int t[] = (int[]){ [0 ... 199999] = 1, [5] = 2 };").diagnostics).toEqual([]);
});
