// `.BTF` bytes → type graph. Takes bytes of any origin: every count and offset is checked before it is used. It knows
// nothing of ELF.

import { type Diagnostic, fromUtf8, type Outcome, view } from "../base/index.ts";
import type { Btf, BtfType, FuncLinkage } from "./types.ts";

const MAGIC = 0xeb9f;
const HEADER = 24;

/** Decodes `.BTF` bytes of either byte order; `base` is the BTF that split BTF continues. Diagnostics name the offset. */
export function decodeBtf(bytes: Uint8Array, base?: Btf): Outcome<Btf> {
	const reader = open(bytes);
	if ("problem" in reader) return failed(reader.problem);
	const types: BtfType[] = base ? [...base.types] : [{ kind: "void" }];
	const firstId = types.length;
	const baseStrings = base?.stringLength ?? 0;
	const own = reader.strings;
	const string = (offset: number) =>
		offset < baseStrings && base ? base.string(offset) : text(own, offset - baseStrings);
	const cursor: Cursor = { data: reader.types, little: reader.little, at: 0, string };
	while (cursor.at < cursor.data.byteLength) {
		const at = cursor.at;
		const type = next(cursor);
		if (typeof type === "string")
			return failed(`type ${types.length} at offset ${at} of the type section: ${type}`);
		types.push(type);
	}
	const loose = danglingReference(types, firstId);
	if (loose) return failed(loose);
	const stringLength = baseStrings + own.length;
	const named = finder(types);
	return { value: { types, firstId, string, stringLength, named }, diagnostics: [] };
}

/** Finds types by their names; the index is made when it is first asked for. */
function finder(types: readonly BtfType[]): (name: string) => readonly number[] {
	let index: Map<string, number[]> | undefined;
	return (name) => {
		index ??= indexOf(types);
		return index.get(name) ?? [];
	};
}

function indexOf(types: readonly BtfType[]): Map<string, number[]> {
	const index = new Map<string, number[]>();
	for (const [id, type] of types.entries()) {
		if (!("name" in type)) continue;
		const known = index.get(type.name);
		if (known) known.push(id);
		else index.set(type.name, [id]);
	}
	return index;
}

interface Cursor {
	readonly data: DataView;
	readonly little: boolean;
	at: number;
	readonly string: (offset: number) => string;
}

function failed(message: string): { diagnostics: Diagnostic[] } {
	return { diagnostics: [{ severity: "error", id: "btf/malformed", message: `BTF: ${message}` }] };
}

function open(
	bytes: Uint8Array,
): { types: DataView; strings: Uint8Array; little: boolean } | { problem: string } {
	if (bytes.length < HEADER)
		return { problem: `header needs ${HEADER} bytes, there are ${bytes.length}` };
	const data = view(bytes);
	const little = data.getUint16(0, true) === MAGIC;
	if (!little && data.getUint16(0, false) !== MAGIC)
		return { problem: "no magic number 0xeb9f at offset 0" };
	const [headerLength, typeOff, typeLength, stringOff, stringLen] = [4, 8, 12, 16, 20].map((o) =>
		data.getUint32(o, little),
	) as [number, number, number, number, number];
	if (headerLength < HEADER || headerLength > bytes.length)
		return { problem: `header length ${headerLength}` };
	const typesAt = headerLength + typeOff;
	const stringsAt = headerLength + stringOff;
	if (typesAt + typeLength > bytes.length) return { problem: "type section reaches past the end" };
	if (stringsAt + stringLen > bytes.length)
		return { problem: "string section reaches past the end" };
	if (typeLength % 4 !== 0 || typesAt % 4 !== 0)
		return { problem: "type section is not aligned to 4 bytes" };
	return {
		types: new DataView(bytes.buffer, bytes.byteOffset + typesAt, typeLength),
		strings: bytes.subarray(stringsAt, stringsAt + stringLen),
		little,
	};
}

function text(strings: Uint8Array, offset: number): string {
	if (offset < 0 || offset >= strings.length) return "";
	const end = strings.indexOf(0, offset);
	return fromUtf8(strings.subarray(offset, end < 0 ? strings.length : end));
}

function u32(c: Cursor): number {
	const v = c.data.getUint32(c.at, c.little);
	c.at += 4;
	return v;
}

/** How many 32-bit words follow the three words of each kind, per element and fixed. */
const sizes: readonly { each: number; fixed: number }[] = [
	{ each: 0, fixed: 0 }, // 0 is not a kind
	{ each: 0, fixed: 1 }, // int
	{ each: 0, fixed: 0 }, // ptr
	{ each: 0, fixed: 3 }, // array
	{ each: 3, fixed: 0 }, // struct
	{ each: 3, fixed: 0 }, // union
	{ each: 2, fixed: 0 }, // enum
	{ each: 0, fixed: 0 }, // fwd
	{ each: 0, fixed: 0 }, // typedef
	{ each: 0, fixed: 0 }, // volatile
	{ each: 0, fixed: 0 }, // const
	{ each: 0, fixed: 0 }, // restrict
	{ each: 0, fixed: 0 }, // func
	{ each: 2, fixed: 0 }, // func_proto
	{ each: 0, fixed: 1 }, // var
	{ each: 3, fixed: 0 }, // datasec
	{ each: 0, fixed: 0 }, // float
	{ each: 0, fixed: 1 }, // decl_tag
	{ each: 0, fixed: 0 }, // type_tag
	{ each: 3, fixed: 0 }, // enum64
];

//   info word: bit 31 kind_flag, bits 28..24 kind, bits 15..0 vlen
function next(c: Cursor): BtfType | string {
	if (c.at + 12 > c.data.byteLength) return "cut short";
	const name = c.string(u32(c));
	const info = u32(c);
	const value = u32(c);
	const kind = (info >>> 24) & 0x1f;
	const vlen = info & 0xffff;
	const size = sizes[kind];
	if (!size || kind === 0) return `unknown kind ${kind}`;
	if (c.at + 4 * (size.fixed + size.each * vlen) > c.data.byteLength) return "cut short";
	return build(c, { kind, vlen, flag: info >>> 31 !== 0, name, value });
}

interface Head {
	readonly kind: number;
	readonly vlen: number;
	readonly flag: boolean;
	readonly name: string;
	/** The third word: a size or a type id. */
	readonly value: number;
}

const modifiers: Record<number, "volatile" | "const" | "restrict"> = {
	9: "volatile",
	10: "const",
	11: "restrict",
};
const linkages: readonly FuncLinkage[] = ["static", "global", "extern"];

function build(c: Cursor, h: Head): BtfType | string {
	const { name, value, flag } = h;
	const modifier = modifiers[h.kind];
	if (modifier) return { kind: modifier, type: value };
	switch (h.kind) {
		case 1:
			return int(name, value, u32(c));
		case 2:
			return { kind: "ptr", type: value };
		case 3:
			return { kind: "array", type: u32(c), index: u32(c), length: u32(c) };
		case 4:
		case 5:
			return { kind: h.kind === 4 ? "struct" : "union", name, size: value, members: members(c, h) };
		case 6:
		case 19:
			return {
				kind: h.kind === 6 ? "enum" : "enum64",
				name,
				size: value,
				signed: flag,
				values: values(c, h),
			};
		case 7:
			return { kind: "fwd", name, union: flag };
		case 8:
			return { kind: "typedef", name, type: value };
		case 12:
			return { kind: "func", name, type: value, linkage: linkages[h.vlen] ?? "extern" };
		case 13:
			return {
				kind: "func_proto",
				returns: value,
				params: list(h, () => ({ name: c.string(u32(c)), type: u32(c) })),
			};
		case 14:
			return { kind: "var", name, type: value, linkage: u32(c) };
		case 15:
			return {
				kind: "datasec",
				name,
				size: value,
				vars: list(h, () => ({ type: u32(c), offset: u32(c), size: u32(c) })),
			};
		case 16:
			return { kind: "float", name, size: value };
		case 17:
			return { kind: "decl_tag", name, type: value, component: u32(c) | 0, attribute: flag };
		case 18:
			return { kind: "type_tag", name, type: value, attribute: flag };
		default:
			return `unknown kind ${h.kind}`;
	}
}

function list<T>(h: Head, one: () => T): T[] {
	return Array.from({ length: h.vlen }, one);
}

//   int word: bits 27..24 encoding (1 signed, 2 char, 4 bool), 23..16 bit offset, 7..0 bits
function int(name: string, size: number, word: number): BtfType {
	const encoding = (word >>> 24) & 15;
	return {
		kind: "int",
		name,
		size,
		bits: word & 0xff,
		bitOffset: (word >>> 16) & 0xff,
		signed: (encoding & 1) !== 0,
		char: (encoding & 2) !== 0,
		bool: (encoding & 4) !== 0,
	};
}

function members(c: Cursor, h: Head) {
	return list(h, () => {
		const name = c.string(u32(c));
		const type = u32(c);
		const offset = u32(c);
		return h.flag
			? { name, type, bitOffset: offset & 0xffffff, bitSize: offset >>> 24 }
			: { name, type, bitOffset: offset, bitSize: 0 };
	});
}

function values(c: Cursor, h: Head) {
	return list(h, () => {
		const name = c.string(u32(c));
		const low = BigInt(u32(c));
		if (h.kind === 6) return { name, value: h.flag ? BigInt.asIntN(32, low) : low };
		const all = low | (BigInt(u32(c)) << 32n);
		return { name, value: h.flag ? BigInt.asIntN(64, all) : all };
	});
}

function danglingReference(types: readonly BtfType[], firstId: number): string | undefined {
	for (let id = firstId; id < types.length; id++) {
		const type = types[id];
		if (!type) continue;
		for (const target of references(type))
			if (target >= types.length)
				return `type ${id} refers to type ${target}, the last one is ${types.length - 1}`;
	}
	return undefined;
}

/** Ids that a type refers to. */
export function references(type: BtfType): number[] {
	switch (type.kind) {
		case "array":
			return [type.type, type.index];
		case "struct":
		case "union":
			return type.members.map((m) => m.type);
		case "func_proto":
			return [type.returns, ...type.params.map((p) => p.type)];
		case "datasec":
			return type.vars.map((v) => v.type);
		default:
			return "type" in type ? [type.type] : [];
	}
}
