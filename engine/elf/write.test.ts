import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { assemble } from "../asm/index.ts";
import { toHex } from "../base/index.ts";
import { decodeBtf } from "../btf/index.ts";
import { loadRequest, type ObjectFile } from "../object/index.ts";
import { askLibbpf } from "../testing/index.ts";
import { readObject, readRelocatable, simulatedKernel, targetOf, writeObject } from "./index.ts";

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

const folder = join(import.meta.dirname, "../testdata/elf");
const objects = ["firewall", "globals", "maps", "core", "externs", "ops"];
const target = targetOf(new Uint8Array(readFileSync(join(folder, "kernel.o")))).value;

function clang(name: string): ObjectFile {
	const bytes = new Uint8Array(readFileSync(join(folder, `${name}.o`)));
	const kernel = { ...simulatedKernel, config: anyOption, symbols: { kernel_address: 1n } };
	const { value } = readObject(bytes, name, { kernel, ...(target ? { target } : {}) });
	if (!value) throw new Error(`${name}.o cannot be read`);
	return value;
}

const anyOption = {
	CONFIG_BOOL: "y",
	CONFIG_TRISTATE: "y",
	CONFIG_CHAR: "y",
	CONFIG_NUMBER: "1",
	CONFIG_SHORT: "2",
	CONFIG_TEXT: '"x"',
};

/** A program with everything that loading gives it: maps by name, types and lines by their texts. */
function shown(object: ObjectFile, program: ObjectFile["programs"][number]) {
	const btf = decodeBtf(object.btf ?? new Uint8Array()).value;
	const text = (offset: number) => btf?.string(offset);
	const { insns, functions, lines, type, expectedAttachType, attachBtfId } = program;
	//   options of the kernel come back as read-only data
	const name = (index: number) => object.maps[index]?.name.replace(/^.*kconfig$/, "kconfig");
	const code = insns.slice();
	for (const r of program.relocations) code.fill(0, r.insn * 8 + 4, r.insn * 8 + 8);
	return {
		insns: toHex(code),
		functions: functions.map((f) => [f.insn, f.name, f.typeId]),
		lines: lines.map((l) => [l.insn, text(l.fileNameOff), text(l.lineOff), l.lineCol]),
		places: [type, expectedAttachType, attachBtfId],
		maps: program.relocations.map((r) => [
			r.insn,
			name(r.map),
			r.kind === "map-value" ? r.offset : "",
		]),
	};
}

test.each(objects)("%s: reading, writing and reading again gives the same programs", (name) => {
	const before = clang(name);
	const written = writeObject(before);
	expect(written.diagnostics).toEqual([]);
	const options = target ? { target } : {};
	const after = readObject(written.value ?? new Uint8Array(), name, options).value;
	expect(after?.programs.length).toBe(before.programs.length);
	for (const program of before.programs) {
		const twin = after?.programs.find((p) => p.name === program.name);
		expect(after && twin && shown(after, twin)).toEqual(shown(before, program));
	}
	for (const map of before.maps) {
		const twin = after?.maps.find((m) => m.name === map.name);
		if (!map.name.endsWith(".kconfig"))
			expect({ ...twin, init: undefined }).toEqual({ ...map, init: undefined });
		if (twin) expect(twin.init).toEqual(map.init);
	}
});

const texts = { "case.s": source };

test("assembly gets lines and types of its functions", () => {
	const { value } = writeObject(built(source), { sources: texts });
	const object = readObject(value ?? new Uint8Array(), "case").value;
	const main = object?.programs.find((p) => p.name === "main");
	const btf = decodeBtf(object?.btf ?? new Uint8Array()).value;
	const lines = main?.lines.map((l) => [l.insn, btf?.string(l.lineOff), l.lineCol >>> 10]);
	expect(lines?.[0]).toEqual([0, "r1 = limit ll", 10]);
	expect(lines?.[1]).toEqual([2, "r6 = *(u32 *)(r1 + 0)", 11]);
	const types = main?.functions.map((f) => {
		const type = btf?.types[f.typeId];
		return type?.kind === "func" && [type.name, type.linkage];
	});
	expect(types).toEqual([
		["main", "global"],
		["twice", "static"],
	]);
});

const place = mkdtempSync(join(tmpdir(), "skep-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

function asked() {
	const btf = join(place, "kernel.btf");
	const types = readRelocatable(new Uint8Array(readFileSync(join(folder, "kernel.o")))).value?.btf;
	writeFileSync(btf, types ?? new Uint8Array());
	const kernel = {
		btf,
		config: join(folder, "kernel.config"),
		symbols: join(folder, "kernel.symbols"),
	};
	const files = objects.slice(0, 4).map((name) => {
		const copy = join(place, `${name}.o`);
		writeFileSync(copy, writeObject(clang(name)).value ?? new Uint8Array());
		return [join(folder, `${name}.o`), copy] as const;
	});
	const assembled = join(place, "case.o");
	const { value } = writeObject(built(source), { sources: texts });
	writeFileSync(assembled, value ?? new Uint8Array());
	return askLibbpf([...files.flat(), assembled], kernel);
}

const answer = asked();
const why = "reason" in answer ? ` (skipped: ${answer.reason})` : ` (${answer.rows[0]?.libbpf})`;

test.skipIf("reason" in answer)(
	`libbpf takes a written object as it takes the first one${why}`,
	() => {
		if (!("rows" in answer)) return;
		const of = (file: string) =>
			answer.rows.filter(
				(r) => r.file === file && (r.prog || r.map) && !r.map?.startsWith("libbpf_"),
			);
		for (const name of objects.slice(0, 4)) {
			const facts = (file: string) =>
				of(file).map(({ prog, map, insns, func_info, type, flags, max, btf_key, section }) =>
					JSON.stringify({ prog, map, insns, func_info, type, flags, max, btf_key, section }),
				);
			const [first, second] = [facts(join(folder, `${name}.o`)), facts(join(place, `${name}.o`))];
			expect(new Set(second)).toEqual(new Set(first));
			expect(first.length).toBeGreaterThan(2);
		}
		const rows = of(join(place, "case.o"));
		expect(rows.filter((r) => r.fail !== undefined)).toEqual([]);
		expect(rows.filter((r) => r.prog).map((r) => [r.prog, (r.line_info?.length ?? 0) > 0])).toEqual(
			[
				["main", true],
				["other", true],
			],
		);
	},
);
