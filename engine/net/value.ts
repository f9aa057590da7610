// The value of one field: bytes to value, value to text for people, and a person's value back to bytes.
import { fromHex, toHex } from "../base/index.ts";
import { formatIpv4, formatIpv6, formatMac, parseIpv4, parseIpv6, parseMac } from "./address.ts";
import { bigEndian, readBits } from "./bits.ts";
import type { FieldKind } from "./headers.ts";
import type { Names } from "./names.ts";

/** How many bytes of a long byte field its value shows; offset and length always cover all. */
const shownBytes = 64;

interface Shape {
	readonly kind: FieldKind;
	readonly bits: number;
	readonly scale?: number;
	readonly names?: Names;
}

const flagNames: readonly string[] = "FIN SYN RST PSH ACK URG ECE CWR AE".split(" ");

/** `SYN ACK` of the low nine bits of the flags. */
export function tcpFlagText(flags: number): string {
	return flagNames.filter((_, i) => (flags >> i) & 1).join(" ");
}

/** The bits of `SYN ACK` (any case, separated by spaces, commas or `|`); undefined when a name is unknown. */
export function tcpFlagBits(text: string): number | undefined {
	let bits = 0;
	for (const word of text.toUpperCase().split(/[\s,|]+/)) {
		if (word === "") continue;
		const i = flagNames.indexOf(word);
		if (i < 0) return undefined;
		bits |= 1 << i;
	}
	return bits;
}

/** The value of the `bits` bits from bit `at` on. Numbers are scaled; addresses are text; bytes are hexadecimal. */
export function decodeValue(shape: Shape, bytes: Uint8Array, at: number): number | string {
	const byte = at >> 3;
	switch (shape.kind) {
		case "mac":
			return formatMac(bytes, byte);
		case "ipv4":
			return formatIpv4(bytes, byte);
		case "ipv6":
			return formatIpv6(bytes, byte);
		case "bytes":
		case "name":
			return toHex(bytes.subarray(byte, byte + Math.min(shape.bits >> 3, shownBytes)));
		default:
			return readBits(bytes, at, shape.bits) * (shape.scale ?? 1);
	}
}

/** The value for people: names where the number has one. */
export function valueText(shape: Shape, value: number | string): string {
	if (typeof value === "string") {
		const whole = shape.bits >> 3;
		return shape.kind === "bytes" && whole > shownBytes ? `${value}… (${whole} bytes)` : value;
	}
	const name = shape.names?.[value];
	switch (shape.kind) {
		case "flag":
			return value ? "set" : "not set";
		case "tcpFlags":
			return `${tcpFlagText(value) || "none"} (0x${value.toString(16).padStart(3, "0")})`;
		case "hex": {
			const hex = `0x${value.toString(16).padStart(Math.ceil(shape.bits / 4), "0")}`;
			return name ? `${name} (${hex})` : hex;
		}
		default:
			return name ? `${name} (${value})` : String(value);
	}
}

const addressParsers = { mac: parseMac, ipv4: parseIpv4, ipv6: parseIpv6 } as const;

/** The bits of a value as a number or as bytes, or why it does not fit the field. */
export function encodeValue(
	shape: Shape,
	value: number | string | boolean,
): { readonly number: number } | { readonly bytes: Uint8Array } | { readonly problem: string } {
	const { kind } = shape;
	if (kind === "mac" || kind === "ipv4" || kind === "ipv6") {
		const parsed = addressParsers[kind](String(value));
		if (parsed.value) return { bytes: parsed.value };
		return { problem: parsed.diagnostics[0]?.message ?? "not an address" };
	}
	if (kind === "bytes") return encodeBytes(shape, value);
	if (kind === "name") return { problem: "a name cannot be edited in place" };
	return encodeNumber(shape, value);
}

function encodeBytes(shape: Shape, value: number | string | boolean) {
	const bytes = typeof value === "string" ? fromHex(value) : undefined;
	const want = shape.bits / 8;
	if (!bytes) return { problem: `expected hexadecimal bytes, found ${JSON.stringify(value)}` };
	if (bytes.length !== want) return { problem: `expected ${want} bytes, found ${bytes.length}` };
	return { bytes };
}

function numberOf(kind: FieldKind, value: number | string | boolean): number | undefined {
	if (typeof value !== "string") return Number(value);
	const text = value.trim();
	if (/^(0x[0-9a-fA-F]+|0b[01]+|[0-9]+)$/.test(text)) return Number(text);
	if (kind === "tcpFlags") return tcpFlagBits(text);
	if (kind === "flag" && /^(true|set|false|not set)$/.test(text))
		return text === "true" || text === "set" ? 1 : 0;
	return undefined;
}

function encodeNumber(shape: Shape, value: number | string | boolean) {
	const number = numberOf(shape.kind, value);
	const scale = shape.scale ?? 1;
	const top = (2 ** shape.bits - 1) * scale;
	if (number === undefined || !Number.isInteger(number) || number < 0 || number > top)
		return { problem: `expected a number from 0 to ${top}, found ${JSON.stringify(value)}` };
	if (number % scale !== 0) return { problem: `expected a multiple of ${scale}, found ${number}` };
	return { number: number / scale };
}

/** Bytes of an encoded value of whole bytes. */
export function valueBytes(
	encoded: { readonly number: number } | { readonly bytes: Uint8Array },
	bits: number,
): Uint8Array {
	return "bytes" in encoded ? encoded.bytes : bigEndian(encoded.number, Math.ceil(bits / 8));
}
