// Whether a member of a struct or union lies within it: by the kind of its type, with and without bit-fields.

import {
	bitOffset,
	bitSize,
	intOf,
	isModifier,
	isRegularInt,
	isStruct,
	KIND,
	type RawBtf,
	type RawMember,
	type RawType,
} from "./raw.ts";
import type { BtfLog } from "./text.ts";

type SizeOf = (id: number) => { readonly id: number; readonly size: number } | undefined;

const WIDEST = 128;
const U32 = 2 ** 32 - 1;
const INT_BITS = 32;

export function checkMember(
	btf: RawBtf,
	log: BtfLog,
	sizeOf: SizeOf,
	struct: RawType,
	m: RawMember,
): void {
	const type = btf.types[m.type];
	if (!type) return;
	if (isModifier(type)) {
		const sized = sizeOf(m.type);
		if (!sized) log.failMember(struct, m, "Invalid member");
		checkMember(btf, log, sizeOf, struct, { ...m, type: sized.id });
		return;
	}
	const within = new Member(btf, log, struct, m);
	if (type.kind === KIND.INT) within.int(type);
	else if (type.kind === KIND.ENUM || type.kind === KIND.ENUM64) within.enumeration(type);
	else {
		if (bitSize(struct, m) !== 0) within.fail("Invalid member bitfield_size");
		if (type.kind === KIND.FLOAT) within.float(type);
		else if (isStruct(type)) within.whole(type.size);
		else within.whole(sizeOf(m.type)?.size ?? 0);
	}
}

class Member {
	readonly #btf: RawBtf;
	readonly #log: BtfLog;
	readonly #struct: RawType;
	readonly #m: RawMember;
	readonly #offset: number;

	constructor(btf: RawBtf, log: BtfLog, struct: RawType, m: RawMember) {
		this.#btf = btf;
		this.#log = log;
		this.#struct = struct;
		this.#m = m;
		this.#offset = bitOffset(struct, m);
	}

	fail(note: string): never {
		return this.#log.failMember(this.#struct, this.#m, note);
	}

	/** Something of whole bytes. */
	whole(size: number): void {
		if (this.#offset % 8 !== 0) this.fail("Member is not byte aligned");
		if (this.#struct.size - this.#offset / 8 < size) this.fail("Member exceeds struct_size");
	}

	float(type: RawType): void {
		if (this.#offset % (8 * Math.min(8, type.size)) !== 0)
			this.fail("Member is not properly aligned");
		if (Math.floor(this.#offset / 8) + type.size > this.#struct.size)
			this.fail("Member exceeds struct_size");
	}

	int(type: RawType): void {
		const { offset, bits } = intOf(this.#btf, type);
		if (!this.#struct.kflag) {
			if (this.#offset + offset > U32) this.fail("bits_offset exceeds U32_MAX");
			this.#bits(this.#offset + offset, bits);
			return;
		}
		if (!isRegularInt(this.#btf, type)) this.fail("Invalid member base type");
		const width = bitSize(this.#struct, this.#m);
		if (width === 0 && this.#offset % 8 !== 0) this.fail("Invalid member offset");
		if (width > bits) this.fail("Invalid member bitfield_size");
		this.#bits(this.#offset, width || bits);
	}

	#bits(offset: number, count: number): void {
		const copied = count + (offset % 8);
		if (copied > WIDEST) this.fail("nr_copy_bits exceeds 128");
		if (this.#struct.size - Math.floor(offset / 8) < Math.ceil(copied / 8))
			this.fail("Member exceeds struct_size");
	}

	enumeration(type: RawType): void {
		if (!this.#struct.kflag) {
			this.whole(type.size);
			return;
		}
		const width = bitSize(this.#struct, this.#m);
		if (width === 0 && this.#offset % 8 !== 0) this.fail("Member is not byte aligned");
		if (width > INT_BITS) this.fail("Invalid member bitfield_size");
		if (this.#struct.size < Math.ceil((this.#offset + (width || INT_BITS)) / 8))
			this.fail("Member exceeds struct_size");
	}
}
