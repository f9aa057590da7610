// Initialisers: random types with random braces and designators; the bytes against those of clang's object.

import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { Random } from "../../base/index.ts";
import { type Initializer, numberOf, sizeOf } from "../ast/index.ts";
import { parseText } from "./testing.ts";

const found = (tool: string) => spawnSync(tool, ["--version"]).status === 0;
const able = found("clang-22");

type Shape =
	| { kind: "scalar"; text: string }
	| { kind: "chars"; length: number }
	| { kind: "array"; of: Shape; length: number }
	| { kind: "record"; union: boolean; members: { name: string; shape: Shape; bits: number }[] };

class Programs {
	readonly #random: Random;
	#names = 0;

	constructor(seed: number) {
		this.#random = new Random(seed);
	}

	#below(n: number): number {
		return this.#random.below(n);
	}

	shape(depth: number): Shape {
		const roll = this.#below(depth > 0 ? 6 : 2);
		if (roll >= 4) {
			const count = 1 + this.#below(4);
			const members = Array.from({ length: count }, () => {
				const shape = this.shape(depth - 1);
				const bits =
					shape.kind === "scalar" && shape.text === "int" && this.#below(3) === 0
						? 1 + this.#below(20)
						: 0;
				const anonymous = shape.kind === "record" && this.#below(3) === 0;
				return { name: anonymous ? "" : `m${this.#names++}`, shape, bits };
			});
			return { kind: "record", union: this.#below(5) === 0, members };
		}
		if (roll === 3) return { kind: "array", of: this.shape(depth - 1), length: 1 + this.#below(3) };
		if (roll === 2) return { kind: "chars", length: 1 + this.#below(6) };
		const text = ["char", "short", "int", "long", "unsigned char"][this.#below(5)] ?? "int";
		return { kind: "scalar", text };
	}

	declare(shape: Shape, name: string): string {
		switch (shape.kind) {
			case "scalar":
				return `${shape.text} ${name}`;
			case "chars":
				return `char ${name}[${shape.length}]`;
			case "array":
				return this.declare(shape.of, `${name}[${shape.length}]`);
			case "record": {
				const members = shape.members.map(
					(m) => `${this.declare(m.shape, m.name)}${m.bits > 0 ? ` : ${m.bits}` : ""};`,
				);
				return `${shape.union ? "union" : "struct"} { ${members.join(" ")} } ${name}`;
			}
		}
	}

	#number(): string {
		return `${this.#below(200)}`;
	}

	value(shape: Shape): string {
		if (shape.kind === "scalar")
			return this.#below(8) === 0 ? `{ ${this.#number()} }` : this.#number();
		if (shape.kind === "chars" && this.#below(2) === 0)
			return `"${"abcdefgh".slice(0, this.#below(shape.length + 1))}"`;
		const items: string[] = [];
		const count = this.#below(4);
		for (let i = 0; i < count; i++) {
			const designated = this.#below(3) > 0 ? this.#designator(shape, 2) : undefined;
			if (designated) items.push(`${designated.text} = ${this.value(designated.shape)}`);
			else items.push(this.#number());
		}
		return `{ ${items.join(", ")} }`;
	}

	#designator(shape: Shape, depth: number): { text: string; shape: Shape } | undefined {
		let step: { text: string; shape: Shape } | undefined;
		if (shape.kind === "chars")
			step = { text: `[${this.#below(shape.length)}]`, shape: { kind: "scalar", text: "char" } };
		else if (shape.kind === "array") {
			const low = this.#below(shape.length);
			const high = low + this.#below(shape.length - low);
			step = { text: high > low ? `[${low} ... ${high}]` : `[${low}]`, shape: shape.of };
		} else if (shape.kind === "record") {
			const m = shape.members[this.#below(shape.members.length)];
			if (m && m.name !== "") step = { text: `.${m.name}`, shape: m.shape };
		}
		if (!step) return undefined;
		const more =
			depth > 0 && this.#below(2) === 0 ? this.#designator(step.shape, depth - 1) : undefined;
		return more ? { text: step.text + more.text, shape: more.shape } : step;
	}
}

function bytesOf(init: Initializer | undefined, size: number): Uint8Array {
	const out = new Uint8Array(size);
	for (const { offset, member, value } of init?.entries ?? []) {
		if (value.kind === "string") {
			out.set(value.bytes, offset);
			continue;
		}
		const number = numberOf(value) ?? 0n;
		const first =
			offset * 8 + (member?.bitOffset === undefined ? 0 : member.bitOffset - member.offset * 8);
		const width = member?.bitSize ?? sizeOf(value.type) * 8;
		for (let i = 0; i < width; i++) {
			const bit = Number((number >> BigInt(i)) & 1n);
			const at = (first + i) >> 3;
			out[at] = ((out[at] ?? 0) & ~(1 << ((first + i) & 7))) | (bit << ((first + i) & 7));
		}
	}
	return out;
}

function clangBytes(source: string, names: readonly string[]): Map<string, string> {
	const flags = ["-target", "bpf", "-O0", "-w", "-xc", "-std=gnu11", "-c", "-o", "-", "-"];
	const marked = source.replace(/^(.*) (v\d+) = /gm, '__attribute__((section(".$2"))) $1 $2 = ');
	const { stdout, stderr, status } = spawnSync("clang-22", flags, {
		input: marked,
		maxBuffer: 1 << 28,
	});
	expect(stderr.toString()).toBe("");
	expect(status).toBe(0);
	return sections(stdout, names);
}

/** Contents of ELF64 sections as hex. */
function sections(file: Buffer, names: readonly string[]): Map<string, string> {
	const table = Number(file.readBigUInt64LE(40));
	const count = file.readUInt16LE(60);
	const strings = file.readUInt16LE(62);
	const header = (i: number) => {
		const at = table + i * 64;
		return {
			name: file.readUInt32LE(at),
			type: file.readUInt32LE(at + 4),
			start: Number(file.readBigUInt64LE(at + 24)),
			size: Number(file.readBigUInt64LE(at + 32)),
		};
	};
	const base = header(strings).start;
	const out = new Map<string, string>();
	for (let i = 0; i < count; i++) {
		const h = header(i);
		const end = file.indexOf(0, base + h.name);
		const name = file.toString("latin1", base + h.name, end);
		if (names.includes(name.slice(1)))
			out.set(
				name.slice(1),
				h.type === 8 ? "00".repeat(h.size) : file.toString("hex", h.start, h.start + h.size),
			);
	}
	return out;
}

test.skipIf(!able)("random initialisers make clang's bytes", () => {
	const programs = new Programs(3);
	const lines: string[] = [];
	const names: string[] = [];
	for (let i = 0; i < 400; i++) {
		const shape = programs.shape(3);
		if (shape.kind === "scalar") continue;
		names.push(`v${i}`);
		lines.push(
			`typedef ${programs.declare(shape, `t${i}`)};`,
			`t${i} v${i} = ${programs.value(shape)};`,
		);
	}
	const source = lines.join("\n");
	const theirs = clangBytes(source, names);
	const { unit, diagnostics } = parseText(source);
	expect(diagnostics.filter((d) => d.severity === "error")).toEqual([]);
	let compared = 0;
	for (const v of unit.variables) {
		const text = lines.filter((l) => new RegExp(`\\b[tv]${v.name.slice(1)}\\b`).test(l)).join("\n");
		const hex = Buffer.from(bytesOf(v.init, sizeOf(v.type))).toString("hex");
		expect(`${text}\n${hex}`).toBe(`${text}\n${theirs.get(v.name) ?? ""}`);
		compared++;
	}
	expect(compared).toBeGreaterThan(200);
});
