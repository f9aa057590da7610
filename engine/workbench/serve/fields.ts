// The fields of one object of a request, checked as they are read: what is wrong is said with the field's name. Fields that
// are not listed are refused, so that a misspelt option does not pass unseen.

import { type Json, RequestFault } from "./json.ts";

const U32 = 0xffffffff;

export class Fields {
	readonly #fields: ReadonlyMap<string, Json>;

	/** `what` names the object in a fault; `allowed` are the names that it may have. */
	constructor(value: Json | undefined, what: string, allowed?: readonly string[]) {
		if (!(value instanceof Map)) throw new RequestFault(`${what} is an object`);
		this.#fields = value;
		if (!allowed) return;
		for (const name of value.keys())
			if (!allowed.includes(name)) throw new RequestFault(`unknown field "${name}"`);
	}

	/** The same object under another list of names. */
	only(allowed: readonly string[]): Fields {
		return new Fields(this.#fields, "the request", allowed);
	}

	/** The value; null counts as absent. */
	get(name: string): Json | undefined {
		return this.#fields.get(name) ?? undefined;
	}

	has(name: string): boolean {
		return this.get(name) !== undefined;
	}

	text(name: string, absent?: string): string {
		const value = this.get(name) ?? absent;
		if (value === undefined) throw new RequestFault(`"${name}" is missing`);
		if (typeof value !== "string") throw new RequestFault(`"${name}": a text is needed`);
		return value;
	}

	/** A whole number from 0 to `most`, also as a text in decimal or 0x…; over 2^53 the nearest double. */
	number(name: string, absent: number, most = U32): number {
		const value = this.get(name);
		return value === undefined ? absent : Number(wholeNumber(value, name, BigInt(most)));
	}

	/** As `number`, undefined when absent. */
	maybe(name: string, most = U32): number | undefined {
		return this.has(name) ? this.number(name, 0, most) : undefined;
	}

	flag(name: string): boolean {
		return this.number(name, 0, 1) === 1;
	}

	hex(name: string, most: number): Uint8Array | undefined {
		const value = this.get(name);
		return value === undefined ? undefined : hexBytes(value, name, most);
	}

	/** The values of a list; none when absent. */
	list(name: string): readonly Json[] {
		const value = this.get(name);
		if (value === undefined) return [];
		if (!Array.isArray(value)) throw new RequestFault(`"${name}": a list is needed`);
		return value;
	}
}

/** A whole number with all its 64 bits. */
export function wholeNumber(value: Json, name: string, most = 2n ** 64n - 1n): bigint {
	const number = exact(value, name);
	if (number < 0n) throw new RequestFault(`"${name}": an integer from 0 to ${most} is needed`);
	if (number > most) throw new RequestFault(`"${name}": ${number} is over the limit ${most}`);
	return number;
}

function exact(value: Json, name: string): bigint {
	if (typeof value === "bigint") return value;
	if (typeof value === "boolean") return value ? 1n : 0n;
	if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : -1n;
	if (typeof value === "string" && /^(?:\d+|0x[0-9a-fA-F]+)$/.test(value)) {
		const number = BigInt(value);
		if (number < 2n ** 64n) return number;
	}
	throw new RequestFault(`"${name}": a number is needed`);
}

/** Pairs of hexadecimal digits without anything between them. */
export function hexBytes(value: Json, name: string, most: number): Uint8Array {
	if (typeof value !== "string" || value.length % 2 !== 0)
		throw new RequestFault(`"${name}": a text of pairs of hexadecimal digits is needed`);
	if (value.length / 2 > most) throw new RequestFault(`"${name}": more than ${most} bytes`);
	const bytes = new Uint8Array(value.length / 2);
	for (let i = 0; i < value.length; i++) {
		const digit = digitOf(value.charCodeAt(i));
		if (digit < 0) throw new RequestFault(`"${name}": not a hexadecimal digit at ${i}`);
		bytes[i >> 1] = ((bytes[i >> 1] ?? 0) << 4) | digit;
	}
	return bytes;
}

function digitOf(code: number): number {
	if (code >= 48 && code <= 57) return code - 48;
	const letter = code | 32;
	return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
