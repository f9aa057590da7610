// Taking up an earlier parse gives what reading everything anew gives.

import { expect, test } from "vitest";
import { Random } from "../../base/index.ts";
import { dumpUnit } from "../ast/index.ts";
import { preprocess } from "../lex/index.ts";
import { Locations } from "../location.ts";
import { Names } from "../token.ts";
import { type Parsed, parse, type Resume } from "./index.ts";

const header = [
	"struct later; enum kind { one, two };",
	"extern int counter; static int helper(int a); extern int list[];",
	"static long (*const call)(int) = (void *)1;",
	...Array.from(
		{ length: 300 },
		(_, i) => `struct s${i} { int a; struct s${i} *next; char b[${i + 1}]; };`,
	),
].join("\n");
const second = "typedef struct later later_t; static inline int twice(int x) { return 2 * x; }\n";

function read(text: string, names: Names, earlier?: Resume): Parsed {
	const locations = new Locations();
	const made = preprocess(
		{ name: "t.c", text },
		{
			locations,
			names,
			include: (name) => ({ name, text: name === "h.h" ? header : second, system: false }),
			target: { cpu: 3 },
		},
	);
	return parse(made.tokens, { locations, names, cpu: "v3" }, earlier);
}

/** Bodies of one length, so that places stay; each changes something that the header began. */
const bodies = [
	"struct later { int z; };",
	"int counter = 4;",
	"int list[] = { 1, 2, 3 };",
	"static int helper(int a) { return a + counter; }",
	"int use(struct s7 *p) { return p->b[1] + call(2); }",
	"int bad(void) { return missing; }",
	"int list[5]; int counter;",
	"static int helper(int a) __attribute__((unused));",
	"enum kind pick = two; later_t *lp;",
	"long counter;",
];

function program(random: Random): string {
	const lines = ['#include "h.h"', "int first;", '#include "two.h"'];
	for (let i = 0; i < 3; i++) lines.push(bodies[random.below(bodies.length)] ?? "");
	const text = lines.join("\n");
	return text + " ".repeat(400 - text.length);
}

function shown(parsed: Parsed): unknown {
	return [parsed.diagnostics, dumpUnit(parsed.unit)];
}

test("a resumed parse equals a fresh one", () => {
	const random = new Random(5);
	const names = new Names();
	let earlier: Resume | undefined;
	for (let i = 0; i < 40; i++) {
		const text = program(random);
		const resumed = read(text, names, earlier);
		expect(shown(resumed)).toEqual(shown(read(text, names)));
		earlier = resumed.resume;
	}
});

test("headers are not read again", () => {
	const names = new Names();
	const text = program(new Random(1));
	const first = read(text, names);
	const tag = first.unit.records.find((r) => r.name === "s9");
	const again = read(text.replace("int first", "int third"), names, first.resume);
	expect(again.unit.records.find((r) => r.name === "s9")).toBe(tag);
	const other = read(text, new Names(), again.resume);
	expect(other.unit.records.find((r) => r.name === "s9")).not.toBe(tag);
});
