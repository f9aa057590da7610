import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeBtf, findTypes, sizeOf } from "../btf/index.ts";
import { loadRequest } from "../object/index.ts";
import { readObject } from "./index.ts";

const bytes = new Uint8Array(readFileSync(join(import.meta.dirname, "../testdata/elf/firewall.o")));
const { value: object, diagnostics } = readObject(bytes, "firewall");

test("programs with type, licence and appended subprogram", () => {
	expect(diagnostics).toEqual([]);
	expect(object?.license).toBe("GPL");
	expect(
		object?.programs.map((p) => [p.name, p.section, p.type, p.functions.map((f) => f.name)]),
	).toEqual([
		["firewall", "xdp", 6, ["firewall", "apply"]],
		["pass", "tc", 3, ["pass"]],
	]);
});

test("maps from BTF, and global data as libbpf makes it", () => {
	expect(
		object?.maps.map((m) => [
			m.name,
			m.type,
			m.keySize,
			m.valueSize,
			m.maxEntries,
			m.flags,
			m.frozen,
		]),
	).toEqual(
		[
			["firewall.data", 2, 4, 4, 1, 1024, undefined],
			["rules", 1, 2, 16, 256, 0, undefined],
			["firewall.rodata", 2, 4, 4, 1, 1024 | 128, true],
			["firewall.bss", 2, 4, 8, 1, 1024, undefined],
		].sort((a, b) => order(a[0]) - order(b[0])),
	);
	const rodata = object?.maps.find((m) => m.name === "firewall.rodata");
	expect([...(rodata?.init?.[0]?.value ?? [])]).toEqual([2, 0, 0, 0]);
});

function order(name: unknown): number {
	return object?.maps.findIndex((m) => m.name === name) ?? -1;
}

test("map references become indexes, calls reach the subprogram", () => {
	const program = object?.programs[0];
	if (!object || !program) return expect.unreachable();
	const { code } = loadRequest(object, program);
	const maps = program.relocations.map((r) => [
		object.maps[r.map]?.name,
		code.src[r.insn],
		code.imm[r.insn] === r.map,
	]);
	expect(new Set(maps.map((m) => m[0]))).toEqual(
		new Set(["rules", "firewall.rodata", "firewall.bss", "firewall.data"]),
	);
	expect(maps.every((m) => m[2])).toBe(true);
	const call = [...code.opcode].findIndex((o, pc) => o === 0x85 && code.src[pc] === 1);
	expect(call + 1 + (code.imm[call] ?? 0)).toBe(program.functions[1]?.insn);
});

test("lines point into the source text that BTF carries", () => {
	const { value: btf } = decodeBtf(object?.btf ?? new Uint8Array());
	const lines = object?.programs[0]?.lines ?? [];
	expect(lines.length).toBeGreaterThan(5);
	expect(lines.map((l) => btf?.string(l.lineOff).trim())).toContain(
		"port = *(__u16 *)(data + 36);",
	);
	const [rule] = btf ? findTypes(btf, "rule", "struct") : [];
	expect(btf && rule && sizeOf(btf, rule)).toBe(16);
});

test("a hostile file gives an error or an object, never a throw", () => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 24 }),
			fc.nat(bytes.length),
			(changes, cut) => {
				const mutated = bytes.slice(0, cut % 3 === 0 ? cut : bytes.length);
				for (const [at, value] of changes) if (at < mutated.length) mutated[at] = value;
				const { value, diagnostics: faults } = readObject(mutated, "x");
				expect(value !== undefined || faults.length > 0).toBe(true);
			},
		),
		{ numRuns: 3000 },
	);
});
