// A run that goes on from an earlier one gives what a fresh one gives, whatever was changed between them.
import fc from "fast-check";
import { expect, test } from "vitest";
import { Locations } from "../location.ts";
import { Names } from "../token.ts";
import { Checkpoints, Lexer, preprocess } from "./index.ts";

interface Project {
	readonly main: readonly string[];
	readonly headers: Readonly<Record<string, readonly string[]>>;
}

const line = fc.constantFrom(
	"#include <a.h>",
	"#include <b.h>",
	'#include "c.h"',
	"#include <lost.h>",
	"#define N 1",
	"#define N 2",
	"#define F(x) x + N",
	"#undef N",
	"#ifdef N",
	"#if __has_include(<c.h>)",
	"#else",
	"#endif",
	"#pragma once",
	'#pragma push_macro("N")',
	'#pragma pop_macro("N")',
	"#line 7",
	"int a = N; int b = F(3);",
	"F",
	"(4) __COUNTER__ __LINE__ __FILE__",
	"/* open",
	"*/ int c;",
	"int d; \\",
);
const lines = fc.array(line, { maxLength: 12 });
const project = fc.record({
	main: lines,
	headers: fc.record({ "a.h": lines, "b.h": lines, "c.h": lines }, { requiredKeys: ["a.h"] }),
});

function outcome({ main, headers }: Project, lexer: Lexer, checkpoints?: Checkpoints) {
	const locations = new Locations();
	const made = preprocess(
		{ name: "main.c", text: main.join("\n") },
		{
			locations,
			names: lexer.names,
			lexer,
			target: { cpu: 3 },
			include(name) {
				const text = headers[name]?.join("\n");
				return text === undefined ? undefined : { name, text, system: name === "b.h" };
			},
			...(checkpoints ? { checkpoints } : {}),
		},
	);
	const { tokens } = made;
	return {
		tokens: Array.from({ length: tokens.length }, (_, i) => {
			const { file, line, column } = locations.position(tokens.at[i] ?? 0);
			return `${tokens.kind[i]} ${lexer.names.text(tokens.text[i] ?? 0)} ${file.name}:${line}:${column}`;
		}),
		problems: made.diagnostics,
		included: made.included,
		macros: [...made.macros].map(([name, m]) => [name, m.at]),
		fatal: made.fatal,
	};
}

test("changes of the file and of its headers, one after the other", () => {
	const edits = fc.array(fc.tuple(project, fc.nat(11), fc.boolean()), { maxLength: 6 });
	fc.assert(
		fc.property(project, edits, (first, changes) => {
			const lexer = new Lexer(new Names());
			const checkpoints = new Checkpoints();
			let now: Project = first;
			for (const [next, from, same] of [[first, 0, true] as const, ...changes]) {
				const main = [...now.main.slice(0, from), ...next.main.slice(from)];
				now = { main, headers: same ? now.headers : next.headers };
				expect(outcome(now, lexer, checkpoints)).toEqual(outcome(now, lexer));
			}
		}),
		{ numRuns: 120 },
	);
});

test("what precedes a change is not read again", () => {
	const lexer = new Lexer(new Names());
	const checkpoints = new Checkpoints();
	const headers = { "a.h": ["#define A 1", "int a;"], "b.h": ["int b;"] };
	const main = (last: string) => ["#include <a.h>", "#include <b.h>", last];
	outcome({ main: main("int c;"), headers }, lexer, checkpoints);
	const before = checkpoints.list;
	expect(before.length).toBe(3);
	outcome({ main: main("int d = A;"), headers }, lexer, checkpoints);
	expect(checkpoints.list).toEqual(before);
	outcome(
		{ main: main("int d = A;"), headers: { ...headers, "b.h": ["int e;"] } },
		lexer,
		checkpoints,
	);
	expect(checkpoints.list[1]).toBe(before[1]);
	expect(checkpoints.list[2]).not.toBe(before[2]);
});

test("a run that was stopped leaves what the next one goes on from", () => {
	const lexer = new Lexer(new Names());
	const checkpoints = new Checkpoints();
	const headers = { "a.h": ["int a;"], "b.h": ['#include "c.h"'], "c.h": ['#include "c.h"'] };
	const endless = { main: ["#include <a.h>", "#include <b.h>"], headers };
	expect(outcome(endless, lexer, checkpoints).fatal).toBe(true);
	const mended = { main: ["#include <a.h>"], headers };
	const { tokens } = outcome(mended, lexer, checkpoints);
	expect(tokens[0]).toMatch(/int a\.h:1:1$/);
	expect(tokens).toEqual(outcome(mended, lexer).tokens);
});
