// What CO-RE says of one field (enum bpf_core_relo_kind of linux/bpf.h, kinds 0 to 5), by the local types.

import type { CType, Member } from "../ast/type.ts";
import { isSigned, sizeOf } from "./types.ts";

/** The bytes that a bit-field is read from: a unit of the record's alignment, as LLVM counts. */
export function storageOf(member: Member, recordAlign: number): { offset: number; size: number } {
	const bits = 8 * Math.min(recordAlign, 8);
	const first = member.bitOffset ?? 0;
	const start = Math.floor(first / bits) * bits;
	const end = Math.ceil((first + (member.bitSize ?? 0)) / bits) * bits;
	return { offset: start / 8, size: (end - start) / 8 };
}

/** The value of a field relocation. `offset` is the byte offset of the field (a bit-field's storage unit) from the root. */
export function fieldInfo(
	kind: number,
	type: CType,
	offset: number,
	bits: Member | undefined,
	recordAlign: number,
): number {
	const storage = bits ? storageOf(bits, recordAlign) : { offset: 0, size: sizeOf(type) };
	switch (kind) {
		case 0:
			return bits ? offset - bits.offset + storage.offset : offset;
		case 1:
			return storage.size;
		case 2:
			return 1;
		case 3:
			return isSigned(type) ? 1 : 0;
		case 4:
			if (!bits) return 64 - 8 * storage.size;
			return 64 - ((bits.bitOffset ?? 0) + (bits.bitSize ?? 0) - 8 * storage.offset);
		default:
			return bits ? 64 - (bits.bitSize ?? 0) : 64 - 8 * storage.size;
	}
}
