// Bytes of a map's key or value by their BTF type, as the JSON that bpftool prints: members by name, enumerators by name,
// character arrays as text, bit-fields and pointers in hexadecimal.

import { view } from "../../base/index.ts";
import { type Btf, type BtfMember, resolveType, sizeOf } from "../../btf/index.ts";
import { Raw, type Value } from "./json.ts";

const DEPTH = 32;

/** `plain` is for people: hexadecimal numbers without quotes. Undefined when the type does not fit the bytes. */
export function typedValue(
	btf: Btf,
	id: number,
	bytes: Uint8Array,
	plain: boolean,
): Value | undefined {
	const size = sizeOf(btf, id);
	if (size === undefined || size > bytes.length) return undefined;
	return new Typed(btf, plain).value(id, bytes, 0);
}

class Typed {
	readonly #btf: Btf;
	readonly #plain: boolean;

	constructor(btf: Btf, plain: boolean) {
		this.#btf = btf;
		this.#plain = plain;
	}

	value(id: number, bytes: Uint8Array, depth: number): Value {
		const type = resolveType(this.#btf, id)?.type;
		if (!type || depth > DEPTH) return null;
		switch (type.kind) {
			case "int": {
				if (type.bits !== type.size * 8 || type.bitOffset !== 0)
					return this.#hex(bits(bytes, type.bitOffset, type.bits));
				const whole = integer(bytes, type.size, type.signed);
				if (type.bool) return whole !== 0n;
				if (type.char) return this.#character(Number(whole));
				return new Raw(`${whole}`);
			}
			case "enum":
			case "enum64": {
				const whole = integer(bytes, type.size, type.signed);
				return type.values.find((v) => v.value === whole)?.name ?? new Raw(`${whole}`);
			}
			case "ptr": {
				const address = integer(bytes, 8, false);
				return new Raw(this.#plain ? `0x${address.toString(16)}` : `${address}`);
			}
			case "array":
				return this.#array(type.type, type.length, bytes, depth);
			case "struct":
			case "union":
				return this.#members(type.members, bytes, depth);
			case "datasec":
				return this.#section(type, bytes, depth);
			case "float":
				return type.size === 4 ? view(bytes).getFloat32(0, true) : view(bytes).getFloat64(0, true);
			default:
				return null;
		}
	}

	#members(members: readonly BtfMember[], bytes: Uint8Array, depth: number): Value {
		const fields: Record<string, Value> = {};
		for (const { name, type, bitOffset, bitSize } of members)
			fields[name] = bitSize
				? this.#hex(bits(bytes, bitOffset, bitSize))
				: this.value(type, bytes.subarray(bitOffset / 8), depth + 1);
		return fields;
	}

	#array(element: number, length: number, bytes: Uint8Array, depth: number): Value {
		const text = this.#text(element, bytes.subarray(0, length));
		if (text !== undefined) return text;
		const size = sizeOf(this.#btf, element) ?? 0;
		return Array.from({ length }, (_, i) =>
			this.value(element, bytes.subarray(i * size), depth + 1),
		);
	}

	/** The text of a zero-terminated array of `char`; typedefs of char do not count. */
	#text(element: number, bytes: Uint8Array): string | undefined {
		let type = this.#btf.types[element];
		while (type?.kind === "const" || type?.kind === "volatile" || type?.kind === "restrict")
			type = this.#btf.types[type.type];
		if (type?.kind !== "int" || type.size !== 1 || !(type.char || type.name === "char"))
			return undefined;
		const end = bytes.indexOf(0);
		const text = bytes.subarray(0, Math.max(end, 0));
		if (end < 0 || text.some((c) => c < 0x20 || c >= 0x7f)) return undefined;
		return String.fromCharCode(...text);
	}

	#section(
		section: { readonly name: string; readonly vars: readonly { type: number; offset: number }[] },
		bytes: Uint8Array,
		depth: number,
	): Value {
		const variables = section.vars.map(({ type, offset }) => {
			const variable = this.#btf.types[type];
			if (variable?.kind !== "var") return null;
			return { [variable.name]: this.value(variable.type, bytes.subarray(offset), depth + 1) };
		});
		return { [section.name]: variables };
	}

	#character(code: number): Value {
		const byte = code & 255;
		return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : new Raw(`${code}`);
	}

	#hex(value: bigint): Value {
		const text = `0x${value.toString(16)}`;
		return this.#plain ? new Raw(text) : text;
	}
}

function integer(bytes: Uint8Array, size: number, signed: boolean): bigint {
	let value = 0n;
	for (let i = size - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
	return signed ? BigInt.asIntN(8 * size, value) : value;
}

function bits(bytes: Uint8Array, offset: number, count: number): bigint {
	const from = bytes.subarray(offset >> 3);
	const whole = integer(from, Math.ceil(((offset & 7) + count) / 8), false);
	return BigInt.asUintN(count, whole >> BigInt(offset & 7));
}
