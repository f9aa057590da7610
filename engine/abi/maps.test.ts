// Map types: complete and described; creation and use as the running kernel has them.

import { afterAll, describe, expect, test } from "vitest";
import { decode } from "../isa/index.ts";
import { Linux } from "../testing/index.ts";
import type { Arg, MapAttributes } from "./index.ts";
import {
	allowed,
	errno,
	helpers,
	helperTakesMap,
	mapCreateError,
	mapType,
	mapTypes,
	programTypes,
	protoFor,
} from "./index.ts";

const opened = await Linux.open();
const closed = "reason" in opened ? opened.reason : "";
if (closed) console.warn(`skipped, the kernel cannot be asked: ${closed}`);
const linux = "linux" in opened ? opened.linux : undefined;
afterAll(() => linux?.end());

const rows = mapTypes.filter((type) => type !== undefined);

describe("map type rows", () => {
	test("ids are 1 to 33 without a gap, all described", () => {
		expect(rows.map((type) => type.id)).toEqual(Array.from({ length: 33 }, (_, i) => i + 1));
		for (const type of rows) {
			expect(mapType(type.name)).toBe(type);
			expect(mapType(type.id)).toBe(type);
			expect(type.doc.length, type.name).toBeGreaterThan(30);
		}
		expect(mapType(34)).toBeUndefined();
	});
});

/** BTF with `int` (1), `u64` (2). */
function smallBtf(): Uint8Array {
	const strings = new TextEncoder().encode("\0int\0u64\0");
	const types = Uint32Array.from([1, 1 << 24, 4, (1 << 24) | 32, 5, 1 << 24, 8, 64]);
	const bytes = new Uint8Array(24 + types.byteLength + strings.length);
	const data = new DataView(bytes.buffer);
	data.setUint16(0, 0xeb9f, true);
	bytes[2] = 1;
	for (const [i, value] of [24, 0, types.byteLength, types.byteLength, strings.length].entries())
		data.setUint32(4 + 4 * i, value, true);
	bytes.set(new Uint8Array(types.buffer), 24);
	bytes.set(strings, 24 + types.byteLength);
	return bytes;
}

/** A map of this type that can be made. */
function plain(id: number): MapAttributes {
	const type = mapType(id);
	if (!type) throw new Error(`map type ${id}`);
	const size = (rule: typeof type.keySize, usual: number) =>
		rule.pages ? 4096 : rule.only && !rule.only.includes(usual) ? (rule.only[0] ?? 0) : usual;
	return {
		type: id,
		keySize: type.name === "lpm_trie" ? 8 : size(type.keySize, 4),
		valueSize: size(type.valueSize, 8),
		maxEntries: size(type.maxEntries, 4),
		flags: type.mustFlags ?? 0,
		extra: 0,
	};
}

const inner = { name: "inner", type: 2, keySize: 4, valueSize: 8, maxEntries: 1, flags: 0 };

function spec(map: MapAttributes) {
	const row = mapType(map.type);
	return {
		name: "m",
		...map,
		...(row?.needsInner ? { inner } : {}),
		...(row?.needsBtf ? { btfKeyTypeId: 1, btfValueTypeId: map.valueSize === 4 ? 1 : 2 } : {}),
	};
}

const return0 = decode(new Uint8Array([0xb7, 0, 0, 0, 0, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0]));

async function create(map: MapAttributes): Promise<number> {
	if (!linux) throw new Error("no kernel");
	const load = await linux.load({
		code: return0,
		type: 1,
		maps: [spec(map)],
		license: "GPL",
		...(mapType(map.type)?.needsBtf ? { btf: smallBtf() } : {}),
	});
	if (load.ok) await linux.close(load);
	return load.errno;
}

describe.skipIf(!linux)(`maps against the running kernel ${closed}`, { timeout: 120_000 }, () => {
	const makable = rows.filter((type) => type.name !== "struct_ops");

	test("creation: sizes, counts, flags", async () => {
		const faults: string[] = [];
		let asked = 0;
		for (const { id, name, needsBtf } of makable) {
			const base = plain(id);
			const variants: MapAttributes[] = [base];
			for (const keySize of [0, 1, 2, 3, 4, 5, 8, 9, 16, 20, 64, 256, 260, 261, 512, 513])
				variants.push({ ...base, keySize });
			// The sizes of BTF types must agree, so only two can be asked where BTF is needed.
			const values = needsBtf
				? [4, 8]
				: [0, 1, 3, 4, 5, 8, 9, 16, 24, 127 * 8, 128 * 8, 4096, 32768, 32769, 65407, 65408, 65528];
			for (const valueSize of values) variants.push({ ...base, valueSize });
			for (const maxEntries of [0, 1, 2, 3, 64, 256, 257, 4095, 4096, 4097, 8192, 12288])
				variants.push({ ...base, maxEntries });
			for (let bit = 0; bit < 20; bit++)
				// BPF_F_TOKEN_FD and BPF_F_VTYPE_BTF_OBJ_FD refer to descriptors that are not given here.
				if (bit < 13 || bit > 16) variants.push({ ...base, flags: base.flags ^ (1 << bit) });
			for (const flags of [0x18, 0x180, 0x6, 0x3, 0x44])
				variants.push({ ...base, flags: base.flags | flags });
			if (name !== "arena") for (const extra of [1, 15, 16]) variants.push({ ...base, extra });
			for (const variant of variants) {
				asked++;
				const error = mapCreateError(variant);
				const ours = error ? errno[error] : 0;
				const kernel = await create(variant);
				if (kernel !== ours)
					faults.push(`${name} ${JSON.stringify(variant)}: kernel ${kernel}, ours ${ours}`);
			}
		}
		expect(faults).toEqual([]);
		expect(asked).toBeGreaterThan(1500);
	});

	test("which helper takes which map", async () => {
		if (!linux) return;
		const faults: string[] = [];
		let decided = 0;
		const askedHelpers = new Set<string>();
		for (const helper of helpers) {
			for (const { id: progType, attachBtf, attachTypes, needs } of programTypes) {
				if (progType === 0 || attachBtf || needs || !helperHasMap(helper.id, progType)) continue;
				const attach = attachTypes?.[0] ?? 0;
				if (!allowed(helper.id, progType, attach)) continue;
				const args = protoFor(helper.id, progType, attach)?.args ?? [];
				const slots = callWith(helper.id, args);
				if (!slots) continue;
				for (const { id } of makable) {
					if (id === 33) continue;
					const load = await linux.load(
						{
							code: decode(slots),
							type: progType,
							maps: [spec(plain(id))],
							license: "GPL",
							expectedAttachType: attach,
							flags: programTypes[progType]?.sleepable === "must" ? 16 : 0,
							...(mapType(id)?.needsBtf ? { btf: smallBtf() } : {}),
						},
						{ logLevel: 1, logSize: 1 << 14 },
					);
					if (load.ok) await linux.close(load);
					const refused = /cannot pass map_type/.test(load.log);
					if (!load.ok && !refused && !/R0|Unreleased|At program exit/.test(load.log)) continue;
					decided++;
					askedHelpers.add(helper.name);
					if (helperTakesMap(helper.id, id, progType, attach) === refused)
						faults.push(
							`${helper.name} in type ${progType}, map ${id}, kernel refused: ${refused}`,
						);
				}
			}
		}
		expect(faults).toEqual([]);
		expect(decided).toBeGreaterThan(1000);
		expect(askedHelpers.size).toBeGreaterThan(20);
	});

	test("which maps sleepable programs may use, and which have addressable values", async () => {
		if (!linux) return;
		for (const type of makable) {
			// An arena is usable once user space has mapped it.
			if (type.name === "arena") continue;
			for (const source of [1, 2]) {
				const code = new Uint8Array(4 * 8);
				code.set([0x18, (source << 4) | 1], 0);
				code.set([0xb7], 16);
				code.set([0x95], 24);
				const request = {
					code: decode(code),
					maps: [spec(plain(type.id))],
					license: "GPL",
					...(type.needsBtf ? { btf: smallBtf() } : {}),
				};
				// Addresses of values need a map of one element.
				if (source === 2 && type.maxEntries.min === 1)
					request.maps = [spec({ ...plain(type.id), maxEntries: 1 })];
				const load = await linux.load(
					{ ...request, type: source === 1 ? 31 : 1, flags: source === 1 ? 16 : 0 },
					{ logLevel: 1, logSize: 1 << 14 },
				);
				if (load.ok) await linux.close(load);
				if (source === 1) expect(load.ok, `${type.name} sleepable`).toBe(type.sleepable ?? false);
				else expect(load.ok, `${type.name} address`).toBe(type.directValue ?? false);
			}
		}
	});
});

function helperHasMap(helperId: number, progType: number): boolean {
	return (
		protoFor(helperId, progType)?.args.some((arg) => arg.kind === "ARG_CONST_MAP_PTR") ?? false
	);
}

/** A program that calls the helper with map 0 and plain arguments; undefined where an argument is too special. */
function callWith(helperId: number, args: readonly Arg[]): Uint8Array | undefined {
	const slots: number[][] = [[0xbf, 6, 1, 0, 0]];
	for (const [i, arg] of args.entries()) {
		const reg = i + 1;
		switch (arg.kind) {
			case "ARG_CONST_MAP_PTR":
				slots.push([0x18, reg, 1, 0, 0], [0, 0, 0, 0, 0]);
				break;
			case "ARG_PTR_TO_CTX":
				slots.push([0xbf, reg, 6, 0, 0]);
				break;
			case "ARG_PTR_TO_MAP_KEY":
			case "ARG_PTR_TO_MAP_VALUE":
			case "ARG_PTR_TO_MEM":
				slots.push([0xbf, reg, 10, 0, 0], [0x07, reg, 0, 0, -64]);
				break;
			case "ARG_CONST_SIZE":
			case "ARG_CONST_SIZE_OR_ZERO":
			case "ARG_CONST_ALLOC_SIZE_OR_ZERO":
				slots.push([0xb7, reg, 0, 0, 8]);
				break;
			case "ARG_ANYTHING":
				slots.push([0xb7, reg, 0, 0, 0]);
				break;
			default:
				return undefined;
		}
	}
	slots.push([0x85, 0, 0, 0, helperId], [0xb7, 0, 0, 0, 1], [0x95, 0, 0, 0, 0]);
	const bytes = new Uint8Array(8 * slots.length);
	const data = new DataView(bytes.buffer);
	for (const [i, [opcode = 0, dst = 0, src = 0, off = 0, imm = 0]] of slots.entries()) {
		bytes[8 * i] = opcode;
		bytes[8 * i + 1] = (src << 4) | dst;
		data.setInt16(8 * i + 2, off, true);
		data.setInt32(8 * i + 4, imm, true);
	}
	return bytes;
}

/** BTF of a value with one struct of this name and size, which the kernel gives a meaning to. */
function valueBtf(special: string, size: number): Uint8Array {
	const names = ["int", "u64", special, "value", "f"];
	const strings = new TextEncoder().encode(`\0${names.join("\0")}\0`);
	const at = (name: string) =>
		1 +
		`${names.slice(0, names.indexOf(name)).join("\0")}`.length +
		(names.indexOf(name) > 0 ? 1 : 0);
	const words = Math.ceil(size / 8);
	const types = Uint32Array.from([
		// 1: int; 2: u64; 3: u64[words]; 4: the special struct; 5: the value
		...[at("int"), 1 << 24, 4, (1 << 24) | 32],
		...[at("u64"), 1 << 24, 8, 64],
		...[0, 3 << 24, 0, size === 4 ? 1 : 2, 1, size === 4 ? 1 : words],
		...[at(special), (4 << 24) | 1, size, at("f"), 3, 0],
		...[at("value"), (4 << 24) | 1, size, at("f"), 4, 0],
	]);
	const bytes = new Uint8Array(24 + types.byteLength + strings.length);
	const data = new DataView(bytes.buffer);
	data.setUint16(0, 0xeb9f, true);
	bytes[2] = 1;
	for (const [i, value] of [24, 0, types.byteLength, types.byteLength, strings.length].entries())
		data.setUint32(4 + 4 * i, value, true);
	bytes.set(new Uint8Array(types.buffer), 24);
	bytes.set(strings, 24 + types.byteLength);
	return bytes;
}

test.skipIf(!linux)("special fields that values may have", async () => {
	if (!linux) return;
	const sizes = {
		bpf_spin_lock: 4,
		bpf_res_spin_lock: 4,
		bpf_timer: 16,
		bpf_wq: 16,
		bpf_task_work: 8,
	};
	const faults: string[] = [];
	for (const type of rows) {
		// BTF of values is for maps whose values are the program's own; keys must be an int here.
		const plainKey = type.keySize.only ? type.keySize.only.includes(4) : type.name !== "lpm_trie";
		if (type.name === "struct_ops" || type.needsInner || !plainKey) continue;
		for (const [special, size] of Object.entries(sizes)) {
			const load = await linux.load(
				{
					code: return0,
					type: 1,
					maps: [
						{ ...spec({ ...plain(type.id), valueSize: size }), btfKeyTypeId: 1, btfValueTypeId: 5 },
					],
					license: "GPL",
					btf: valueBtf(special, size),
				},
				{ typed: true },
			);
			if (load.ok) await linux.close(load);
			// Socket filters may not use locks, so the map is what counts.
			const kernel = load.ok || load.stage === "prog";
			const ours = type.special?.some((field) => field === special) ?? false;
			if (kernel !== ours) faults.push(`${type.name} ${special}: kernel ${kernel} (${load.errno})`);
		}
	}
	expect(faults).toEqual([]);
});
