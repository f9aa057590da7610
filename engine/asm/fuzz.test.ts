// Any text at all: the assembler, the formatter and the editor's questions give an answer and never throw.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { toHex } from "../base/index.ts";
import { assemble, completions, definition, format, hover, listing, tokenize } from "./index.ts";

const folder = join(import.meta.dirname, "../testdata/asm");
const sources = readdirSync(folder)
	.filter((f) => f.endsWith(".txt"))
	.map(
		(f) =>
			/=== source\n([\s\S]*?)=== expected/.exec(readFileSync(join(folder, f), "utf8"))?.[1] ?? "",
	);

/** Pieces of real sources, in any order and cut anywhere. */
const pieces = fc
	.array(
		fc.oneof(
			fc.constantFrom(...sources.flatMap((s) => s.split(/(?<=\s)|(?=[()[\],;])/))),
			fc.constantFrom(
				"\n",
				" ",
				";",
				"/*",
				"*/",
				'"',
				"'",
				"#",
				"(",
				"-",
				"~",
				"?",
				":",
				"0x",
				"<<",
			),
			fc.string({ maxLength: 4 }),
		),
		{ maxLength: 60 },
	)
	.map((parts) => parts.join(""));

const damaged = fc
	.tuple(fc.constantFrom(...sources), fc.nat(), fc.nat(40), fc.string({ maxLength: 5 }))
	.map(([s, at, cut, text]) => {
		const i = at % (s.length + 1);
		return s.slice(0, i) + text + s.slice(i + cut);
	});

test("never throws, and every span lies in the text", { timeout: 60_000 }, () => {
	fc.assert(
		fc.property(
			fc.oneof(pieces, damaged, fc.string({ unit: "binary" })),
			fc.nat(),
			(source, at) => {
				const { value, diagnostics } = assemble(source, "f.s");
				for (const { span } of diagnostics) {
					expect(span).toBeDefined();
					if (!span) continue;
					expect(span.start).toBeLessThanOrEqual(span.end);
					expect(span.end).toBeLessThanOrEqual(source.length);
					const before = source.slice(0, span.start);
					expect(span.line).toBe(before.split("\n").length);
					expect(span.column).toBe(span.start - before.lastIndexOf("\n"));
				}
				expect(value === undefined).toBe(diagnostics.some((d) => d.severity === "error"));
				const offset = at % (source.length + 1);
				completions(source, offset);
				hover(source, offset);
				definition(source, offset);
				let state = false;
				for (const line of source.split("\n")) state = tokenize(line, state).state;
			},
		),
		{ numRuns: 800 },
	);
});

function bytes(source: string): string[] {
	return (assemble(source, "f.s").value?.programs ?? []).map((p) => `${p.name} ${toHex(p.insns)}`);
}

test("formatting changes no byte and is stable", { timeout: 60_000 }, () => {
	fc.assert(
		fc.property(fc.oneof(fc.constantFrom(...sources), damaged, pieces), (source) => {
			const formatted = format(source);
			expect(bytes(formatted)).toEqual(bytes(source));
			expect(format(formatted)).toBe(formatted);
			expect(formatted.split("\n").length).toBe(source.split("\n").length);
		}),
		{ numRuns: 500 },
	);
});

test("an object's listing assembles to the same programs in every dialect", () => {
	let programs = 0;
	for (const source of sources) {
		const object = assemble(source, "f.s").value;
		if (!object) continue;
		for (const dialect of ["llvm", "kernel", "ubpf"] as const) {
			const text = listing(object, { dialect });
			const again = assemble(text, "f.s");
			expect(again.diagnostics, text).toEqual([]);
			const plain = (o: typeof object | undefined) => [
				o?.programs.map((p) => [p.section, toHex(p.insns), p.relocations]),
				o?.maps,
				o?.license,
			];
			expect(plain(again.value)).toEqual(plain(object));
			programs += object.programs.length;
		}
	}
	expect(programs).toBeGreaterThan(30);
});

test.each<[string, string]>([
	["a long sum", `r0 = ${"1+".repeat(100_000)}1`],
	["deep brackets", `r0 = ${"(".repeat(100_000)}`],
	["deep choices", `r0 = ${"1?".repeat(50_000)}`],
	["many semicolons", "r0 = 0;".repeat(50_000)],
	["semicolons alone", ";".repeat(100_000)],
	[
		"constants that double",
		Array.from({ length: 60 }, (_, i) => `.equ a${i + 1}, a${i} + a${i}`).join("\n") +
			"\n.equ a0, 1\nr0 = a60",
	],
	["a constant of itself", ".equ a, a + a\nr0 = a"],
	["a long number", `r0 = ${"9".repeat(20_000)}`],
	["many unknown words", "frobnicate r0\n".repeat(5_000)],
	["much data", ".data\n.zero 1 << 60\n.zero 1 << 24\n.zero 1"],
	[
		"many labels",
		Array.from({ length: 20_000 }, (_, i) => `l${i}: goto l${19_999 - i}`).join("\n"),
	],
])("%s ends in an answer", (_, source) => {
	const { value, diagnostics } = assemble(source, "f.s");
	expect(value !== undefined || diagnostics.length > 0).toBe(true);
});
