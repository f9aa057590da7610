// Type graph → `.BTF` bytes (Documentation/bpf/btf.rst). Takes well-formed types of every kind; the strings are gathered on the
// way. It knows nothing of ELF.

import { assert } from "../base/index.ts";
import { BtfStrings } from "./strings.ts";
import type { Btf, BtfType } from "./types.ts";

const MAGIC = 0xeb9f;
const HEADER = 24;
const MOST = 0xffff;

/** The kinds that can be written: all but void, which is id 0 of its own. */
export type EncodableType = Exclude<BtfType, { kind: "void" }>;

export interface BtfEncoding {
	/** The BTF that this one continues: ids and string offsets go on from its last ones. */
	readonly base?: Btf;
	readonly bigEndian?: boolean;
}

/** Encodes the types with ids 1 and up (`types[0]` is id 1, or the first id after those of the base). */
export function encodeBtf(types: readonly EncodableType[], options: BtfEncoding = {}): Uint8Array {
	const builder = new BtfBuilder(options);
	for (const type of types) builder.add(type);
	return builder.bytes();
}

/** Types and strings that grow one by one; `.BTF.ext` made with `encodeBtfExt` shares the strings. */
export class BtfBuilder {
	readonly #types: EncodableType[] = [];
	readonly #firstId: number;
	readonly #bigEndian: boolean;
	readonly strings: BtfStrings;

	constructor(options: BtfEncoding = {}) {
		this.#firstId = options.base?.types.length ?? 1;
		this.#bigEndian = options.bigEndian ?? false;
		this.strings = new BtfStrings(options.base?.stringLength ?? 0);
	}

	/** Adds a type and gives its id. References may point ahead. */
	add(type: EncodableType): number {
		return this.#firstId + this.#types.push(type) - 1;
	}

	/** Puts another type in place of one that `add` gave the id of. */
	replace(id: number, type: EncodableType): void {
		assert(id >= this.#firstId && id < this.nextId, "replace: a type that was added");
		this.#types[id - this.#firstId] = type;
	}

	/** The id that the next `add` gives. */
	get nextId(): number {
		return this.#firstId + this.#types.length;
	}

	/** Offset of a text in the string section. */
	string(text: string): number {
		return this.strings.offset(text);
	}

	/** The `.BTF` section: the types and strings added so far, so `encodeBtfExt` comes before. */
	bytes(): Uint8Array {
		const words: number[] = [];
		for (const type of this.#types) encodeType(type, this.strings, words);
		const text = this.strings.bytes();
		const out = new Uint8Array(HEADER + words.length * 4 + text.length);
		const data = new DataView(out.buffer);
		const little = !this.#bigEndian;
		data.setUint16(0, MAGIC, little);
		data.setUint8(2, 1);
		[HEADER, 0, words.length * 4, words.length * 4, text.length].forEach((v, i) => {
			data.setUint32(4 + 4 * i, v, little);
		});
		for (let i = 0; i < words.length; i++)
			data.setUint32(HEADER + 4 * i, (words[i] ?? 0) >>> 0, little);
		out.set(text, HEADER + words.length * 4);
		return out;
	}
}

const kinds: Record<EncodableType["kind"], number> = {
	int: 1,
	ptr: 2,
	array: 3,
	struct: 4,
	union: 5,
	enum: 6,
	fwd: 7,
	typedef: 8,
	volatile: 9,
	const: 10,
	restrict: 11,
	func: 12,
	func_proto: 13,
	var: 14,
	datasec: 15,
	float: 16,
	decl_tag: 17,
	type_tag: 18,
	enum64: 19,
};
const linkages = { static: 0, global: 1, extern: 2 };

//   info word: bit 31 kind_flag, bits 28..24 kind, bits 15..0 vlen
function info(type: EncodableType): number {
	return (flagOf(type) ? 0x80000000 : 0) | (kinds[type.kind] << 24) | lengthOf(type);
}

function flagOf(type: EncodableType): boolean {
	switch (type.kind) {
		case "struct":
		case "union":
			return type.members.some((m) => m.bitSize > 0);
		case "enum":
		case "enum64":
			return type.signed;
		case "fwd":
			return type.union;
		case "decl_tag":
		case "type_tag":
			return type.attribute;
		default:
			return false;
	}
}

function lengthOf(type: EncodableType): number {
	const length = rows(type);
	assert(length <= MOST, `BTF: ${type.kind} with ${length} elements`);
	return length;
}

function rows(type: EncodableType): number {
	switch (type.kind) {
		case "struct":
		case "union":
			return type.members.length;
		case "enum":
		case "enum64":
			return type.values.length;
		case "func":
			return linkages[type.linkage];
		case "func_proto":
			return type.params.length;
		case "datasec":
			return type.vars.length;
		default:
			return 0;
	}
}

/** What every type begins with besides its kind and name, as the kernel's `struct btf_type` has it. */
export function headOf(type: BtfType): { readonly sizeOrType: number; readonly vlen: number } {
	return type.kind === "void"
		? { sizeOrType: 0, vlen: 0 }
		: { sizeOrType: thirdWord(type), vlen: rows(type) };
}

/** The third word: a size or a type id. */
function thirdWord(type: EncodableType): number {
	if (type.kind === "func_proto") return type.returns;
	if (type.kind === "array") return 0;
	if ("size" in type) return type.size;
	return "type" in type ? type.type : 0;
}

function encodeType(type: EncodableType, strings: BtfStrings, out: number[]): void {
	out.push(strings.offset("name" in type ? type.name : ""), info(type), thirdWord(type));
	switch (type.kind) {
		case "int": {
			const encoding = (type.signed ? 1 : 0) | (type.char ? 2 : 0) | (type.bool ? 4 : 0);
			out.push((encoding << 24) | (type.bitOffset << 16) | type.bits);
			return;
		}
		case "array":
			out.push(type.type, type.index, type.length);
			return;
		case "struct":
		case "union":
			members(type, strings, out);
			return;
		case "enum":
			for (const v of type.values)
				out.push(strings.offset(v.name), Number(BigInt.asUintN(32, v.value)));
			return;
		case "enum64":
			for (const { name, value } of type.values)
				out.push(
					strings.offset(name),
					Number(BigInt.asUintN(32, value)),
					Number(BigInt.asUintN(32, value >> 32n)),
				);
			return;
		case "func_proto":
			for (const p of type.params) out.push(strings.offset(p.name), p.type);
			return;
		case "var":
			out.push(type.linkage);
			return;
		case "datasec":
			for (const v of type.vars) out.push(v.type, v.offset, v.size);
			return;
		case "decl_tag":
			out.push(type.component);
	}
}

//   offset word of a member with kind_flag: bits 31..24 width of the bit-field, 23..0 offset in bits
function members(
	type: EncodableType & { kind: "struct" | "union" },
	strings: BtfStrings,
	out: number[],
): void {
	const flag = flagOf(type);
	for (const m of type.members) {
		assert(!flag || m.bitOffset <= 0xffffff, "BTF: bit-field too far in its struct");
		out.push(strings.offset(m.name), m.type, flag ? (m.bitSize << 24) | m.bitOffset : m.bitOffset);
	}
}
