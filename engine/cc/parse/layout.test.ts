// Struct layouts: random structs with bit-fields, `packed`, `aligned`, `#pragma pack`, against what clang places.

import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { Random } from "../../base/index.ts";
import type { RecordTag } from "../ast/index.ts";
import { parseText } from "./testing.ts";

const clang = ["clang-22", "clang"].find((c) => spawnSync(c, ["--version"]).status === 0);

const scalars = [
	"char",
	"unsigned char",
	"short",
	"int",
	"unsigned int",
	"long",
	"unsigned long long",
	"_Bool",
	"void *",
	"__int128",
	"enum e",
	"aligned_t",
	"low_t",
];
const bitTypes: readonly (readonly [string, number])[] = [
	["char", 8],
	["unsigned short", 16],
	["int", 32],
	["unsigned int", 32],
	["long", 64],
	["unsigned long long", 64],
	["_Bool", 1],
	["enum e", 32],
];

class Structs {
	readonly #random: Random;
	#names = 0;

	constructor(seed: number) {
		this.#random = new Random(seed);
	}

	#below(n: number): number {
		return this.#random.below(n);
	}

	#pick<T>(list: readonly T[]): T {
		const value = list[this.#below(list.length)];
		if (value === undefined) throw new Error("empty list");
		return value;
	}

	#attribute(): string {
		const roll = this.#below(12);
		if (roll === 0) return " __attribute__((packed))";
		if (roll === 1) return ` __attribute__((aligned(${1 << this.#below(5)})))`;
		return "";
	}

	#member(depth: number): string {
		const name = `m${this.#names++}`;
		const roll = this.#below(10);
		if (roll < 4) {
			const [type, width] = this.#pick(bitTypes);
			const unnamed = this.#below(6) === 0;
			const bits = unnamed && this.#below(2) === 0 ? 0 : 1 + this.#below(width);
			return `${type}${unnamed ? "" : ` ${name}`} : ${bits}${this.#attribute()};`;
		}
		if (roll === 4 && depth > 0)
			return `${this.body(depth - 1)} ${this.#below(2) === 0 ? name : ""};`;
		if (roll === 5)
			return `${this.#pick(scalars.filter((t) => t !== "aligned_t"))} ${name}[${this.#below(4)}]${this.#attribute()};`;
		return `${this.#pick(scalars)} ${name}${this.#attribute()};`;
	}

	body(depth: number, tag = ""): string {
		const count = this.#below(7);
		const members = Array.from({ length: count }, () => this.#member(depth));
		const packed = this.#below(5) === 0 ? " __attribute__((packed))" : "";
		const aligned = this.#below(8) === 0 ? ` __attribute__((aligned(${1 << this.#below(6)})))` : "";
		const word = this.#below(4) === 0 ? "union" : "struct";
		return `${word} ${tag} { ${members.join(" ")} }${packed}${aligned}`;
	}

	unit(count: number): string {
		const lines = [
			"enum e { e0, e1 = 7 };",
			"typedef int aligned_t __attribute__((aligned(16)));",
			"typedef long low_t __attribute__((aligned(2)));",
		];
		for (let i = 0; i < count; i++) {
			const pack = this.#below(5) === 0 ? 1 << this.#below(5) : 0;
			if (pack > 0) lines.push(`#pragma pack(push, ${pack})`);
			lines.push(`${this.body(2, `s${i}`)} v${i}; enum { z${i} = sizeof v${i} };`);
			if (pack > 0) lines.push("#pragma pack(pop)");
		}
		return lines.join("\n");
	}
}

interface Laid {
	readonly size: number;
	readonly align: number;
	readonly offsets: string;
}

function askClang(source: string): Map<string, Laid> {
	const args = [
		"-target",
		"bpf",
		"-xc",
		"-",
		"-fsyntax-only",
		"-w",
		"-Xclang",
		"-fdump-record-layouts-simple",
	];
	const { stdout, stderr, status } = spawnSync(clang ?? "", args, {
		input: source,
		encoding: "utf8",
		maxBuffer: 1 << 26,
	});
	expect(stderr).toBe("");
	expect(status).toBe(0);
	const out = new Map<string, Laid>();
	const shape =
		/Type: (?:struct|union) (s\d+)\s+Layout: <ASTRecordLayout\s+Size:(\d+)\s+(?:DataSize:\d+\s+)?Alignment:(\d+)\s+(?:PreferredAlignment:\d+\s+)?(?:[A-Z]\w*:\d+\s+)*FieldOffsets: \[([^\]]*)\]/g;
	for (const [, name, size, align, offsets] of stdout.matchAll(shape))
		out.set(name ?? "", {
			size: Number(size) / 8,
			align: Number(align) / 8,
			offsets: offsets ?? "",
		});
	return out;
}

function ours(tag: RecordTag): Laid {
	const offsets = tag.members.map((m) => m.bitOffset ?? m.offset * 8).join(", ");
	return { size: tag.size, align: tag.align, offsets };
}

test.skipIf(clang === undefined)("random records lie as clang lays them", () => {
	let compared = 0;
	for (let seed = 1; seed <= 6; seed++) {
		const source = new Structs(seed).unit(250);
		const theirs = askClang(source);
		const { unit, diagnostics } = parseText(source);
		expect(diagnostics.filter((d) => d.severity === "error")).toEqual([]);
		for (const tag of unit.records) {
			const expected = theirs.get(tag.name);
			if (!expected) continue;
			const text = source.split("\n").find((l) => l.includes(` ${tag.name} {`)) ?? "";
			expect({ text, ...ours(tag) }).toEqual({ text, ...expected });
			compared++;
		}
	}
	expect(compared).toBeGreaterThan(1000);
});
