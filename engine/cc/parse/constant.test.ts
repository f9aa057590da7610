// Constant expressions: random ones, the value and the type that come out are asserted before clang.

import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { Random } from "../../base/index.ts";
import { numberOf, typeText } from "../ast/index.ts";
import { parseText } from "./testing.ts";

const clang = ["clang-22", "clang"].find((c) => spawnSync(c, ["--version"]).status === 0);
const types = [
	"char",
	"unsigned char",
	"short",
	"unsigned short",
	"int",
	"unsigned int",
	"long",
	"unsigned long",
	"long long",
	"unsigned long long",
	"_Bool",
	"__int128",
	"unsigned __int128",
];
const leaves = [
	"0",
	"1",
	"7",
	"-1",
	"'a'",
	"'\\xff'",
	"255u",
	"0x7fffffff",
	"0x80000000",
	"2147483648",
	"0xffffffffffffffff",
	"3l",
	"9ull",
	"sizeof(int)",
	"e1",
	"e2",
	"01777",
	"0b101",
];
const binary = [
	"+",
	"-",
	"*",
	"/",
	"%",
	"&",
	"|",
	"^",
	"==",
	"!=",
	"<",
	"<=",
	">",
	">=",
	"&&",
	"||",
	">>",
];

function expression(random: Random, depth: number): string {
	const pick = (list: readonly string[]) => list[random.below(list.length)] ?? "0";
	const inner = () => expression(random, depth - 1);
	if (depth === 0) return pick(leaves);
	switch (random.below(8)) {
		case 0:
			return `(${pick(types)})(${inner()})`;
		case 1:
			return `${pick(["-", "~", "!", "+"])}(${inner()})`;
		case 2:
			return `((${inner()}) ? (${inner()}) : (${inner()}))`;
		case 3:
			return `((${pick(types.filter((t) => t.startsWith("unsigned")))})(${inner()}) << ${random.below(8)})`;
		case 4:
			return pick(leaves);
		default: {
			const op = pick(binary);
			return op === ">>"
				? `((${inner()}) >> ${random.below(8)})`
				: `((${inner()}) ${op} (${inner()}))`;
		}
	}
}

const head = "enum e { e1 = 5, e2 = -3 };\n";

test.skipIf(clang === undefined)("constants have clang's values and types", () => {
	const random = new Random(7);
	const texts = Array.from({ length: 1500 }, () => expression(random, 3));
	const source = head + texts.map((t, i) => `__auto_type v${i} = ${t};`).join("\n");
	const { unit, diagnostics } = parseText(source);
	const doubtful = new Set(diagnostics.map((d) => d.span?.line));
	const asserts: string[] = [];
	for (const [i, text] of texts.entries()) {
		const value = unit.variables.find((v) => v.name === `v${i}`)?.init?.entries[0]?.value;
		const number = value && numberOf(value);
		if (doubtful.has(i + 2) || number === undefined || !value) continue;
		const type = typeText(value.type);
		if (type.includes("__int128")) continue;
		const same =
			number < 0n ? `(${text}) + ${-(number + 1n)}ll == -1` : `(${text}) == ${number}ull`;
		asserts.push(`_Static_assert(__builtin_types_compatible_p(typeof(${text}), ${type}), "type");`);
		asserts.push(`_Static_assert(${same}, "value ${number}");`);
	}
	expect(asserts.length).toBeGreaterThan(1000);
	const { stderr } = spawnSync(
		clang ?? "",
		["-target", "bpf", "-xc", "-std=gnu11", "-fsyntax-only", "-w", "-ferror-limit=5", "-"],
		{ input: head + asserts.join("\n"), encoding: "utf8" },
	);
	expect(stderr).toBe("");
});
