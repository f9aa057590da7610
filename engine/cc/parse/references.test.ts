// What editors ask for: each use of a name with what it means, and names that nobody uses.

import { expect, test } from "vitest";
import { Shown } from "../groups.ts";
import { preprocess } from "../lex/index.ts";
import { Locations } from "../location.ts";
import { Names } from "../token.ts";
import { parse, type Target } from "./index.ts";

function read(text: string) {
	const locations = new Locations();
	const names = new Names();
	const options = { locations, names, include: () => undefined, target: { cpu: 3 } } as const;
	const { tokens } = preprocess({ name: "t.c", text }, options);
	const references: { at: number; target: Target }[] = [];
	const parsed = parse(tokens, {
		locations,
		names,
		cpu: "v3",
		references,
		shown: new Shown(["all"]),
	});
	return { ...parsed, references, locations };
}

/** Every reference as `offset->offset of the declaration`. */
function edges(text: string): string[] {
	const { references, locations } = read(text);
	return references.map((r) => `${locations.used(r.at)}->${locations.used(r.target.at)}`);
}

test("uses lead to declarations", () => {
	const text = "struct s { int a; }; int g; int f(struct s *p) { l: g = p->a; goto l; }";
	const at = (what: string, from = 0) => text.indexOf(what, from);
	const body = at("{ l:");
	const found = edges(text);
	expect(found).toContain(`${at("g =")}->${at("g;")}`);
	expect(found).toContain(`${at("p->")}->${at("p)")}`);
	expect(found).toContain(`${at("a;", body)}->${at("a;")}`);
	expect(found).toContain(`${at("s *p")}->${at("s {")}`);
	expect(found).toContain(`${at("f(")}->${at("f(")}`);
});

test("typedefs, enumerators, designators and offsetof are uses too", () => {
	const text =
		"enum { one }; typedef struct { int m; } t; t v = { .m = one }; int o = __builtin_offsetof(t, m);";
	const found = edges(text);
	const at = (what: string, from = 0) => text.indexOf(what, from);
	expect(found).toContain(`${at("one }", 10)}->${at("one")}`);
	expect(found).toContain(`${at("m = one")}->${at("m;")}`);
	expect(found).toContain(`${at("m);")}->${at("m;")}`);
	expect(found).toContain(`${at("t v")}->${at("t;")}`);
});

test("locals that nobody uses are told on demand", () => {
	const text =
		"int f(int n) { int used = n, idle = 2, quiet __attribute__((unused)); return used; }";
	expect(read(text).diagnostics.map((d) => d.message)).toEqual(["unused variable 'idle'"]);
});
