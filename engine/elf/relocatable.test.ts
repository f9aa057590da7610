import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Relocatable, SectionData, SymbolData } from "../object/index.ts";
import { readRelocatable, writeRelocatable } from "./index.ts";

const folder = join(import.meta.dirname, "../testdata/elf");
const file = (name: string) => new Uint8Array(readFileSync(join(folder, name)));

test("an object of clang's: sections, symbols, relocations, types; no debug sections", () => {
	const { value: r, diagnostics } = readRelocatable(file("firewall.o"));
	expect(diagnostics).toEqual([]);
	expect(r?.sections.map((s) => [s.name, s.kind])).toContainEqual(["xdp", "code"]);
	expect(r?.sections.some((s) => s.name.startsWith(".debug"))).toBe(false);
	const program = r?.symbols.find((s) => s.name === "firewall");
	expect([program?.kind, program?.binding]).toEqual(["function", "global"]);
	expect(r?.btf?.length).toBeGreaterThan(100);
	const code = r?.sections.find((s) => s.name === "xdp");
	const names = code?.relocations.map((x) => r?.symbols[x.symbol]?.name);
	expect(names).toContain("rules");
});

test("what is written is read back the same", () => {
	const { value: r } = readRelocatable(file("firewall.o"));
	if (!r) return expect.unreachable();
	expect(readRelocatable(writeRelocatable(r)).value).toEqual(r);
});

const word = fc.stringMatching(/^[a-z_][a-z0-9_.]{0,12}$/);

function section(symbols: number): fc.Arbitrary<SectionData> {
	return fc
		.record({
			name: word,
			kind: fc.constantFrom("code" as const, "data" as const, "readonly" as const, "bss" as const),
			align: fc.constantFrom(1, 4, 8, 16),
			length: fc.integer({ min: 8, max: 64 }),
			places: fc.array(fc.tuple(fc.nat(4), fc.constantFrom(1, 2, 3, 10), fc.nat(symbols - 1))),
		})
		.map(({ name, kind, align, length, places }) => ({
			name,
			kind,
			align,
			bytes: new Uint8Array(length).fill(kind === "bss" ? 0 : length),
			relocations:
				kind === "bss"
					? []
					: places
							.map(([offset, type, symbol]) => ({ offset, type, symbol }))
							.sort((a, b) => a.offset - b.offset),
		}));
}

const symbol: fc.Arbitrary<SymbolData> = fc
	.record({
		name: word,
		place: fc.option(fc.nat(1)),
		value: fc.nat(64),
		size: fc.nat(64),
		kind: fc.constantFrom("function" as const, "object" as const, "none" as const),
		hidden: fc.boolean(),
	})
	.map(({ place, hidden, ...rest }) => ({
		...rest,
		binding: "global" as const,
		...(place === null ? {} : { section: place }),
		...(hidden ? { hidden: true } : {}),
	}));

test("any object of either byte order survives writing and reading", () => {
	const object: fc.Arbitrary<Relocatable> = fc
		.record({
			sections: fc.tuple(section(3), section(3)),
			symbols: fc.tuple(symbol, symbol, symbol),
			big: fc.boolean(),
			btf: fc.option(fc.uint8Array({ minLength: 1, maxLength: 40 })),
		})
		.map(({ big, btf, ...rest }) => ({
			...rest,
			...(btf ? { btf } : {}),
			...(big ? { bigEndian: true } : {}),
		}));
	fc.assert(
		fc.property(object, (r) => {
			expect(readRelocatable(writeRelocatable(r)).value).toEqual(r);
		}),
	);
});

test("faults name the section and the place", () => {
	const bytes = file("firewall.o");
	const cases: [string, (b: Uint8Array) => Uint8Array, RegExp][] = [
		["cut", (b) => b.subarray(0, 40), /header needs 64 bytes/],
		["class", (b) => changed(b, 4, 1), /64-bit/],
		["machine", (b) => changed(b, 18, 62), /machine 62/],
		["headers", (b) => b.subarray(0, b.length - 64), /section headers at offset \d+ reach past/],
	];
	for (const [, change, message] of cases)
		expect(readRelocatable(change(bytes)).diagnostics[0]?.message).toMatch(message);
});

function changed(bytes: Uint8Array, at: number, value: number): Uint8Array {
	const copy = bytes.slice();
	copy[at] = value;
	return copy;
}
