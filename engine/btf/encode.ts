// Type graph → `.BTF` bytes, little-endian. Takes well-formed types; the strings are gathered on the way.

import { utf8 } from "../base/index.ts";
import type { BtfType } from "./types.ts";

const MAGIC = 0xeb9f;
const HEADER = 24;

/** Encodes the types with ids 1 and up; `types[0]` is id 1. Kinds that Skep does not write itself are refused by the type. */
export function encodeBtf(types: readonly EncodableType[]): Uint8Array {
	const strings = new Strings();
	const words = types.flatMap((type) => encodeType(type, strings));
	const text = strings.bytes();
	const out = new Uint8Array(HEADER + words.length * 4 + text.length);
	const data = new DataView(out.buffer);
	data.setUint16(0, MAGIC, true);
	data.setUint8(2, 1);
	[HEADER, 0, words.length * 4, words.length * 4, text.length].forEach((v, i) => {
		data.setUint32(4 + 4 * i, v, true);
	});
	words.forEach((word, i) => {
		data.setUint32(HEADER + 4 * i, word >>> 0, true);
	});
	out.set(text, HEADER + words.length * 4);
	return out;
}

/** The kinds that `encodeBtf` writes. */
export type EncodableType =
	| Extract<BtfType, { kind: "int" | "ptr" | "array" | "var" | "datasec" | "func_proto" }>
	| (Extract<BtfType, { kind: "struct" | "union" }> & { readonly kind: "struct" });

class Strings {
	readonly #offsets = new Map<string, number>([["", 0]]);
	readonly #parts: Uint8Array[] = [new Uint8Array(1)];
	#length = 1;

	offset(text: string): number {
		const known = this.#offsets.get(text);
		if (known !== undefined) return known;
		const at = this.#length;
		const part = utf8(`${text}\0`);
		this.#offsets.set(text, at);
		this.#parts.push(part);
		this.#length += part.length;
		return at;
	}

	bytes(): Uint8Array {
		const out = new Uint8Array(this.#length);
		let at = 0;
		for (const part of this.#parts) {
			out.set(part, at);
			at += part.length;
		}
		return out;
	}
}

const head = (name: number, kind: number, vlen: number, value: number) => [
	name,
	(kind << 24) | vlen,
	value,
];

function encodeType(type: EncodableType, strings: Strings): number[] {
	switch (type.kind) {
		case "int": {
			const encoding = (type.signed ? 1 : 0) | (type.char ? 2 : 0) | (type.bool ? 4 : 0);
			const word = (encoding << 24) | (type.bitOffset << 16) | type.bits;
			return [...head(strings.offset(type.name), 1, 0, type.size), word];
		}
		case "ptr":
			return head(0, 2, 0, type.type);
		case "array":
			return [...head(0, 3, 0, 0), type.type, type.index, type.length];
		case "struct":
			return [
				...head(strings.offset(type.name), 4, type.members.length, type.size),
				...type.members.flatMap((m) => [strings.offset(m.name), m.type, m.bitOffset]),
			];
		case "func_proto":
			return [
				...head(0, 13, type.params.length, type.returns),
				...type.params.flatMap((p) => [strings.offset(p.name), p.type]),
			];
		case "var":
			return [...head(strings.offset(type.name), 14, 0, type.type), type.linkage];
		case "datasec":
			return [
				...head(strings.offset(type.name), 15, type.vars.length, type.size),
				...type.vars.flatMap((v) => [v.type, v.offset, v.size]),
			];
	}
}
