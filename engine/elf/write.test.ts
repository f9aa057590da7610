import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { assemble } from "../asm/index.ts";
import { decodeBtf } from "../btf/index.ts";
import { loadRequest, type ObjectFile } from "../object/index.ts";
import { readObject, writeObject } from "./index.ts";

const source = `
	.map counts, type=hash, key=4, value=8, max_entries=16
	.map jumps, type=prog_array, key=4, value=4, max_entries=4
	.slot jumps, 2, other
	.section .rodata
limit:	.long 7
	.section xdp
	.globl main
main:
	r1 = limit ll
	r6 = *(u32 *)(r1 + 0)
	*(u32 *)(r10 - 4) = r6
	r2 = r10
	r2 += -4
	r1 = counts ll
	call bpf_map_lookup_elem
	call twice
	exit
	.section tc
	.globl other
other:
	r1 = 3
	call twice
	exit
	.text
twice:
	r0 = 1
	exit
`;

function built(text: string): ObjectFile {
	const { value, diagnostics } = assemble(text, "case.s");
	if (!value) throw new Error(diagnostics[0]?.message);
	return value;
}

function written(object: ObjectFile): ObjectFile {
	const { value } = readObject(writeObject(object).value ?? new Uint8Array(), "case");
	if (!value) throw new Error("what was written cannot be read");
	return value;
}

test("what is written is read back: programs, maps, slots, data, licence", () => {
	const before = built(source);
	const after = written(before);
	expect(after.license).toBe(before.license);
	for (const program of before.programs) {
		const twin = after.programs.find((p) => p.name === program.name);
		expect([twin?.section, twin?.type, twin?.insns.length]).toEqual([
			program.section,
			program.type,
			program.insns.length,
		]);
		expect(names(after, twin?.relocations)).toEqual(names(before, program.relocations));
		if (twin)
			expect(loadRequest(after, twin).code.opcode).toEqual(
				loadRequest(before, program).code.opcode,
			);
	}
	for (const map of before.maps) {
		const twin = after.maps.find((m) => m.name === map.name);
		const facts = ({
			type,
			keySize,
			valueSize,
			maxEntries,
			flags,
			slots = [],
			init = [],
		}: typeof map) => ({ type, keySize, valueSize, maxEntries, flags, slots, init });
		expect(twin && facts(twin)).toEqual(facts(map));
	}
});

function names(
	object: ObjectFile,
	relocations: ObjectFile["programs"][number]["relocations"] = [],
) {
	return relocations.map((r) => [r.insn, r.kind, object.maps[r.map]?.name]);
}

test("start contents of maps are named as lost", () => {
	const { diagnostics } = writeObject({
		...built("\t.section xdp\nmain:\n\tr0 = 2\n\texit\n"),
		maps: [
			{
				name: "m",
				type: 1,
				keySize: 4,
				valueSize: 4,
				maxEntries: 1,
				flags: 0,
				init: [{ key: new Uint8Array(4), value: new Uint8Array(4) }],
			},
		],
	});
	expect(diagnostics.map((d) => d.message)).toEqual([
		"start contents of map m cannot be written to an object",
	]);
});

test("the BTF that is written describes the maps", () => {
	const after = written(built(source));
	const { value: btf } = decodeBtf(after.btf ?? new Uint8Array());
	const section = btf?.types.find((t) => t.kind === "datasec" && t.name === ".maps");
	expect(section?.kind === "datasec" && section.vars.length).toBe(2);
});

test("an object of clang's keeps its instructions through writing and reading", () => {
	const bytes = new Uint8Array(
		readFileSync(join(import.meta.dirname, "../testdata/elf/firewall.o")),
	);
	const { value: object } = readObject(bytes, "firewall");
	if (!object) return expect.unreachable();
	const after = written({ ...object, name: "firewall" });
	for (const program of object.programs) {
		const twin = after.programs.find((p) => p.name === program.name);
		expect(twin && loadRequest(after, twin).code.opcode).toEqual(
			loadRequest(object, program).code.opcode,
		);
	}
});
