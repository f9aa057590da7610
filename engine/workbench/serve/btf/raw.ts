// `.BTF` bytes as BPF_BTF_LOAD looks at them: every word as it stands, nothing trusted. Documentation/bpf/btf.rst.

export const KIND = {
	UNKNOWN: 0,
	INT: 1,
	PTR: 2,
	ARRAY: 3,
	STRUCT: 4,
	UNION: 5,
	ENUM: 6,
	FWD: 7,
	TYPEDEF: 8,
	VOLATILE: 9,
	CONST: 10,
	RESTRICT: 11,
	FUNC: 12,
	FUNC_PROTO: 13,
	VAR: 14,
	DATASEC: 15,
	FLOAT: 16,
	DECL_TAG: 17,
	TYPE_TAG: 18,
	ENUM64: 19,
} as const;

export const KIND_NAMES: readonly string[] = Object.keys(KIND);

/** A type's three words, and where what follows them begins. */
export interface RawType {
	readonly kind: number;
	readonly vlen: number;
	readonly kflag: boolean;
	readonly name: number;
	/** Third word: the size, or the type that it refers to. */
	readonly size: number;
	/** Offset of the words after the three. */
	readonly body: number;
}

/** Three words after the head of a struct or union: one member. */
export interface RawMember {
	readonly name: number;
	readonly type: number;
	/** Bits from the start of the struct; with kind_flag the upper byte is the width of a bit-field. */
	readonly offset: number;
}

const MODIFIERS: ReadonlySet<number> = new Set([
	KIND.TYPEDEF,
	KIND.VOLATILE,
	KIND.CONST,
	KIND.RESTRICT,
	KIND.TYPE_TAG,
]);
const SIZED: ReadonlySet<number> = new Set([
	KIND.INT,
	KIND.STRUCT,
	KIND.UNION,
	KIND.ENUM,
	KIND.DATASEC,
	KIND.FLOAT,
	KIND.ENUM64,
]);
const SIZELESS: ReadonlySet<number> = new Set([
	KIND.UNKNOWN,
	KIND.FWD,
	KIND.FUNC,
	KIND.FUNC_PROTO,
	KIND.DECL_TAG,
]);
const SOURCES: ReadonlySet<number> = new Set([KIND.VAR, KIND.DECL_TAG, KIND.DATASEC]);

export const isModifier = (t: RawType) => MODIFIERS.has(t.kind);
export const isStruct = (t: RawType) => t.kind === KIND.STRUCT || t.kind === KIND.UNION;
/** Its third word is its size. */
export const isSized = (t: RawType) => SIZED.has(t.kind);
/** Void, a forward declaration, a function and the like, or no type at all. */
export const isSizeless = (t: RawType | undefined): boolean => !t || SIZELESS.has(t.kind);
/** Nothing may refer to it but through its own kind of list. */
export const isSourceOnly = (t: RawType) => SOURCES.has(t.kind);
/** It refers to other types that must be looked at. */
export const needsResolving = (t: RawType) =>
	isModifier(t) ||
	isStruct(t) ||
	SOURCES.has(t.kind) ||
	t.kind === KIND.PTR ||
	t.kind === KIND.ARRAY ||
	t.kind === KIND.FUNC;

export const VOID: RawType = { kind: 0, vlen: 0, kflag: false, name: 0, size: 0, body: 0 };

const LONGEST_NAME = 512;
export const LAST_NAME_OFFSET = 0xffffff;
export const LAST_TYPE = 0xfffff;

/** The bytes with their strings. */
export class RawBtf {
	readonly data: DataView;
	readonly #strings: Uint8Array;
	/** By id; void first. */
	readonly types: RawType[] = [VOID];

	constructor(bytes: Uint8Array, strings: Uint8Array) {
		this.data = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
		this.#strings = strings;
	}

	u32(at: number): number {
		return this.data.getUint32(at, true);
	}

	member(t: RawType, index: number): RawMember {
		const at = t.body + 12 * index;
		return { name: this.u32(at), type: this.u32(at + 4), offset: this.u32(at + 8) };
	}

	nameExists(offset: number): boolean {
		return offset <= LAST_NAME_OFFSET && offset < this.#strings.length;
	}

	/** Bytes of a name up to its zero. */
	name(offset: number): Uint8Array {
		const end = this.#strings.indexOf(0, offset);
		return this.#strings.subarray(offset, end < 0 ? undefined : end);
	}

	/** A name as the log has it. */
	nameText(offset: number): string {
		if (offset === 0) return "(anon)";
		if (offset >= this.#strings.length) return "(invalid-name-offset)";
		return new TextDecoder("latin1").decode(this.name(offset));
	}

	isIdentifier(offset: number): boolean {
		const name = this.name(offset);
		if (name.length === 0 || name.length > LONGEST_NAME) return false;
		return name.every((c, i) => isLetter(c) || c === 95 || c === 46 || (i > 0 && isDigit(c)));
	}

	isSectionName(offset: number): boolean {
		const name = this.name(offset);
		if (name.length === 0 || name.length > LONGEST_NAME) return false;
		return name.every((c) => (c >= 32 && c < 127) || c >= 160);
	}
}

/** The kernel's letters: ASCII and those of Latin-1. */
function isLetter(c: number): boolean {
	const lower = c | 32;
	return (lower >= 97 && lower <= 122 && c < 128) || (c >= 192 && c !== 215 && c !== 247);
}

function isDigit(c: number): boolean {
	return c >= 48 && c <= 57;
}

/** Fields of the word that describes an integer. */
export function intOf(btf: RawBtf, t: RawType): { encoding: number; offset: number; bits: number } {
	const word = btf.u32(t.body);
	return { encoding: (word >>> 24) & 15, offset: (word >>> 16) & 255, bits: word & 255 };
}

/** One of 8, 16, 32, 64 and 128 bits from the first on. */
export function isRegularInt(btf: RawBtf, t: RawType): boolean {
	const { offset, bits } = intOf(btf, t);
	return offset === 0 && [8, 16, 32, 64, 128].includes(bits);
}

export function bitOffset(t: RawType, m: RawMember): number {
	return t.kflag ? m.offset & 0xffffff : m.offset;
}

export function bitSize(t: RawType, m: RawMember): number {
	return t.kflag ? m.offset >>> 24 : 0;
}
