// Where the members of a struct or union lie: the Linux ABI's rules as clang applies them for bpf, with `packed`, `aligned`,
// `#pragma pack` and bit-fields. Sizes in bytes at the edges, in bits inside.

import type { Location } from "../token.ts";
import { alignOf, sizeOf } from "./query.ts";
import type { CType, Member } from "./type.ts";

/** A member as declared. */
export interface Field {
	readonly name: string;
	readonly type: CType;
	/** Width of a bit-field. */
	readonly bits?: number;
	readonly packed: boolean;
	/** Of `aligned` on the member, in bytes; 0 without. */
	readonly aligned: number;
	readonly declTags: readonly string[];
	readonly at: Location;
}

export interface LayoutOptions {
	readonly union: boolean;
	readonly packed: boolean;
	/** Of `aligned` on the record, in bytes; 0 without. */
	readonly aligned: number;
	/** Of `#pragma pack`, in bytes; 0 without. */
	readonly pack: number;
}

export interface Layout {
	readonly members: Member[];
	readonly size: number;
	readonly align: number;
}

interface State {
	/** Bits used so far; whole bytes but for the end of a bit-field. */
	used: number;
	/** Largest size so far, in bits. */
	size: number;
	/** Bytes. */
	align: number;
}

/** Places the members of a record. */
export function layout(fields: readonly Field[], options: LayoutOptions): Layout {
	const state: State = { used: 0, size: 0, align: Math.max(1, options.aligned) };
	const members: Member[] = [];
	for (const field of fields) {
		const start =
			field.bits === undefined
				? placeField(state, field, options)
				: placeBits(state, field, field.bits, options);
		members.push(memberOf(field, start, members.length));
	}
	const bytes = Math.ceil(state.size / 8);
	return { members, size: roundUp(bytes, state.align), align: state.align };
}

function placeField(state: State, field: Field, options: LayoutOptions): number {
	const packed = options.packed || field.packed;
	let align = packed ? 1 : alignOf(field.type);
	align = Math.max(align, field.aligned);
	if (options.pack > 0) align = Math.min(align, options.pack);
	const start = options.union ? 0 : roundUp(Math.ceil(state.used / 8), align) * 8;
	const end = start + sizeOf(field.type) * 8;
	state.used = options.union ? 0 : end;
	state.size = Math.max(state.size, end);
	state.align = Math.max(state.align, align);
	return start;
}

function placeBits(state: State, field: Field, bits: number, options: LayoutOptions): number {
	const packed = options.packed || field.packed;
	const unit = sizeOf(field.type) * 8;
	const explicit = field.aligned * 8;
	const pack = options.pack * 8;
	let align = packed && bits !== 0 ? 1 : alignOf(field.type) * 8;
	let unpacked = Math.max(alignOf(field.type) * 8, explicit);
	align = Math.max(align, explicit);
	if (pack > 0 && bits !== 0) {
		unpacked = Math.min(unpacked, pack);
		align = packed ? unpacked : Math.min(align, pack);
	}
	let start = options.union ? 0 : state.used;
	const crosses = pack === 0 && (start & (align - 1)) + bits > unit;
	if (bits === 0 || crosses) start = roundUp(start, align);
	else if (explicit > 0 && (pack === 0 || explicit <= pack)) start = roundUp(start, explicit);
	const end = start + bits;
	state.used = options.union ? 0 : end;
	state.size = Math.max(state.size, roundUp(end, 8));
	if (field.name !== "") state.align = Math.max(state.align, align / 8);
	return start;
}

function memberOf(field: Field, start: number, index: number): Member {
	const { name, type, declTags, at } = field;
	if (field.bits === undefined) return { name, type, offset: start / 8, index, declTags, at };
	const size = sizeOf(type);
	const offset = Math.floor(start / (size * 8)) * size;
	return { name, type, offset, bitOffset: start, bitSize: field.bits, index, declTags, at };
}

function roundUp(value: number, unit: number): number {
	return Math.ceil(value / unit) * unit;
}
