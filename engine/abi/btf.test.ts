// The tables against the running kernel's BTF: numbers of helpers, types and attach points, layouts of structs, constants.

import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Btf, BtfMember } from "../btf/index.ts";
import { decodeBtf, resolveType, sizeOf } from "../btf/index.ts";
import {
	attachType,
	constant,
	constants,
	helpers,
	loadFlags,
	mapFlags,
	mapTypes,
	progNames,
	programTypes,
	structField,
	structNamed,
	structs,
	updateFlags,
} from "./index.ts";

const path = "/sys/kernel/btf/vmlinux";
const there = existsSync(path);
if (!there) console.warn("skipped, the kernel has no BTF");

let kernel: Btf | undefined;
function btf(): Btf {
	if (kernel) return kernel;
	const { value, diagnostics } = decodeBtf(new Uint8Array(readFileSync(path)));
	if (!value) throw new Error(diagnostics[0]?.message);
	kernel = value;
	return value;
}

/** All enum values by name. */
function enumValues(): Map<string, Set<number>> {
	const values = new Map<string, Set<number>>();
	for (const type of btf().types)
		if (type.kind === "enum" || type.kind === "enum64")
			for (const { name, value } of type.values)
				values.set(name, (values.get(name) ?? new Set()).add(Number(value)));
	return values;
}

function enumNamed(name: string): [string, number][] {
	for (const type of btf().types)
		if (type.kind === "enum" && type.name === name)
			return type.values.map((value) => [value.name, Number(value.value)]);
	return [];
}

test.skipIf(!there)("helper ids and names", () => {
	const rows = enumNamed("bpf_func_id").filter(([name]) => !/unspec|MAX_ID/.test(name));
	expect(helpers.map((h) => [h.name.replace("bpf_", "BPF_FUNC_"), h.id])).toEqual(rows);
});

test.skipIf(!there)("program, map and attach types", () => {
	const known = (name: string) => !name.startsWith("__MAX");
	expect(programTypes.map((type) => [`BPF_PROG_TYPE_${type.name.toUpperCase()}`, type.id])).toEqual(
		enumNamed("bpf_prog_type").filter(([name]) => known(name)),
	);
	expect(progNames.length).toBe(programTypes.length);
	expect(Object.entries(attachType)).toEqual(
		enumNamed("bpf_attach_type").filter(([name]) => known(name)),
	);
	expect(
		mapTypes.map((type) => [
			`BPF_MAP_TYPE_${(type?.name ?? "unspec").toUpperCase()}`,
			type?.id ?? 0,
		]),
	).toEqual(enumNamed("bpf_map_type").filter(([name]) => known(name) && !/DEPRECATED/.test(name)));
});

test.skipIf(!there)("constants that BTF knows have its values", () => {
	const values = enumValues();
	let found = 0;
	for (const { name, value } of constants) {
		const kernelValues = values.get(name);
		if (!kernelValues) continue;
		found++;
		expect(
			[...kernelValues].map((v) => v | 0),
			name,
		).toContain(value | 0);
	}
	expect(found).toBeGreaterThan(300);
	expect(new Set(constants.map((c) => c.name)).size).toBe(constants.length);
	expect(constant("XDP_TX")?.value).toBe(3);
});

/** Members with those of anonymous structs and unions lifted, as [name, first bit]. */
function members(list: readonly BtfMember[], base = 0): [string, number, number][] {
	return list.flatMap((member): [string, number, number][] => {
		const bit = base + member.bitOffset;
		const inner = resolveType(btf(), member.type)?.type;
		if (member.name !== "") return [[member.name, bit, sizeOf(btf(), member.type) ?? 0]];
		return inner?.kind === "struct" || inner?.kind === "union" ? members(inner.members, bit) : [];
	});
}

test.skipIf(!there)("struct layouts", () => {
	for (const struct of structs) {
		const type = btf().types.find((t) => t.kind === "struct" && t.name === struct.name);
		if (type?.kind !== "struct") throw new Error(`${struct.name} is not in BTF`);
		expect(struct.size, struct.name).toBe(type.size);
		expect(
			struct.fields.map((f) => [f.name, f.bits?.[0] ?? 8 * f.offset, f.size]),
			struct.name,
		).toEqual(members(type.members));
	}
});

test("context fields lie where the struct has them", () => {
	for (const { name, context } of programTypes) {
		const struct = structNamed(context.struct);
		if (!struct || context.struct === "bpf_perf_event_data") continue;
		for (const field of context.fields) {
			const member = struct.fields.find((f) => f.name === field.name);
			expect(member?.offset, `${name}.${field.name}`).toBe(field.offset);
		}
	}
});

test("program types are described; flags are also constants", () => {
	for (const type of programTypes) {
		expect(type.doc.length, type.name).toBeGreaterThan(30);
		expect(type.since, type.name).toMatch(/^[3-6]\.\d+$/);
	}
	for (const [name, value] of Object.entries({ ...mapFlags, ...updateFlags, ...loadFlags }))
		expect(constant(name)?.value, name).toBe(value);
});

test("fields by path", () => {
	expect(structField("xdp_md.data_end")).toMatchObject({ offset: 4, size: 4, type: "__u32" });
	expect(structField("__sk_buff.cb[1]")).toMatchObject({ offset: 52, size: 4, type: "__u32" });
	expect(structField("__sk_buff.cb[5]")).toBeUndefined();
	expect(structField("xdp_md.nothing")).toBeUndefined();
	expect(structField("iphdr.protocol")).toMatchObject({ offset: 9, size: 1 });
});
