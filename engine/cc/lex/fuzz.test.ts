// Whatever the text: no throw, no hang, the last token is the end, every place lies in a file.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Locations } from "../location.ts";
import { Kind, Names } from "../token.ts";
import { Lexer, preprocess } from "./index.ts";

const folder = join(import.meta.dirname, "../../testdata/cc/lex");
const seeds = readdirSync(folder)
	.filter((f) => f.endsWith(".txt"))
	.flatMap((f) => readFileSync(join(folder, f), "utf8").split(/^(?:====|@@@@).*\n/m))
	.filter((part) => part.trim() !== "" && !part.includes("A5 A5"));
const pieces = [
	..."\n # ## ( ) , ... \\ \" ' /* */ // define F F(x) x if else endif __VA_OPT__( __VA_ARGS__ defined 1 ? :".split(
		" ",
	),
	"\\\n",
	"\n#",
	"\n#if ",
	"\n#define X ",
	'_Pragma("unroll")',
	"\n#include <a.h>\n",
	"__LINE__",
	"\0",
	"é",
	"\ud800",
];

function survives(text: string): void {
	const locations = new Locations();
	const include = () => ({ name: "a.h", text: "int a;\n#define A 1\n", system: true });
	const options = { locations, names: new Names(), include, target: { cpu: 4 } as const };
	const { tokens, diagnostics } = preprocess({ name: "main.c", text }, options);
	expect(tokens.kind[tokens.length - 1]).toBe(Kind.end);
	for (let i = 0; i < tokens.length; i++) {
		const at = tokens.at[i] ?? 0;
		const { file } = locations.position(at);
		const offset = locations.used(at) - file.base;
		if (offset < 0 || offset > file.text.length) throw new Error(`token ${i} stands nowhere`);
	}
	for (const d of diagnostics) expect(d.span?.line).toBeGreaterThan(0);
}

test("random pieces", () => {
	const text = fc.array(
		fc.oneof(fc.constantFrom(...pieces), fc.constantFrom("a", "b", " ", "F", "X")),
		{ maxLength: 40 },
	);
	fc.assert(
		fc.property(text, (parts) => survives(parts.join(""))),
		{ numRuns: 1500 },
	);
});

test("mutated cases", () => {
	const edit = fc.record({
		at: fc.nat(),
		remove: fc.nat({ max: 6 }),
		insert: fc.constantFrom("", ...pieces),
	});
	const edits = fc.array(edit, { minLength: 1, maxLength: 5 });
	fc.assert(
		fc.property(fc.constantFrom(...seeds), edits, (seed, list) => {
			let text = seed;
			for (const { at, remove, insert } of list) {
				const place = text.length === 0 ? 0 : at % text.length;
				text = text.slice(0, place) + insert + text.slice(place + remove);
			}
			survives(text);
		}),
		{ numRuns: 3000 },
	);
});

test("tokens that cannot be cut are spelled by the slice of the text where they stand", () => {
	const word = fc.constantFrom(
		"int",
		"x1",
		"0x1f",
		"'a'",
		'"s"',
		"+=",
		"(",
		")",
		"->",
		"/* c */",
		"\n",
		"\t",
	);
	fc.assert(
		fc.property(fc.array(word), (words) => {
			const text = words.join(" ");
			const names = new Names();
			const { length, text: ids, offset } = new Lexer(names).lex(text);
			for (let i = 0; i < length; i++) {
				const spelling = names.text(ids[i] ?? 0);
				const at = offset[i] ?? 0;
				expect(text.slice(at, at + spelling.length)).toBe(spelling);
			}
			const plain = words.filter((w) => !/^(?:\/\*|\s)/.test(w));
			expect(Array.from(ids.subarray(0, length), (id) => names.text(id))).toEqual(plain);
		}),
	);
});

test("deep nesting ends with a message", () => {
	survives(`#define F(x) x\n${"F(".repeat(3000)}${")".repeat(3000)}`);
	survives(`#if ${"(".repeat(100000)}1\n#endif`);
	survives(`#if ${"!".repeat(100000)}1\n#endif`);
	survives(`${"#if 1\n".repeat(5000)}`);
	survives(`#if ${"1?".repeat(100000)}1\n#endif`);
	survives(`#define A ${"(".repeat(10000)}\nA`);
});
