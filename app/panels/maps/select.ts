// Hexadecimal keys and values of maps as people read them. Pure.

export function spaced(hex: string): string {
	return (hex.match(/../g) ?? []).join(" ");
}

/** What is wrong with typed bytes; undefined when they fit. Spaces are ignored. */
export function faultOf(typed: string, size: number): string | undefined {
	const hex = typed.replace(/\s+/g, "");
	if (/[^\da-f]/i.test(hex)) return "hexadecimal digits only";
	if (hex.length !== 2 * size)
		return `${size} byte${size === 1 ? "" : "s"} expected, ${hex.length / 2} given`;
	return undefined;
}

/** Scenario entries with one set or, without a value, removed. */
export function withEntry(
	entries: readonly { readonly key: string; readonly value: string }[],
	key: string,
	value: string | undefined,
): readonly { readonly key: string; readonly value: string }[] {
	const at = entries.findIndex((e) => e.key === key);
	if (value === undefined) return entries.filter((_, i) => i !== at);
	if (at < 0) return [...entries, { key, value }];
	return entries.map((e, i) => (i === at ? { key, value } : e));
}

/** How a key or value is read beside its bytes. */
export type Format = "number" | "network" | "text";

export const formats: readonly { readonly value: Format; readonly title: string }[] = [
	{ value: "number", title: "Numbers" },
	{ value: "network", title: "Network" },
	{ value: "text", title: "Text" },
];

/** Bytes read as a format: one number of up to 8 bytes, several of 8 or 4 each, or text; empty where it says nothing. */
export function readAs(hex: string, format: Format): string {
	const bytes = hex.match(/../g) ?? [];
	if (format === "text") return textOf(bytes);
	const size = bytes.length <= 8 ? bytes.length : bytes.length % 8 === 0 ? 8 : 4;
	if (size === 0 || bytes.length % size !== 0) return "";
	const words: string[] = [];
	for (let at = 0; at < bytes.length; at += size) {
		const word = bytes.slice(at, at + size);
		words.push(BigInt(`0x${(format === "network" ? word : word.reverse()).join("")}`).toString());
	}
	return words.join(", ");
}

/** Printable characters up to the zeros at the end; empty when most are not printable. */
function textOf(bytes: readonly string[]): string {
	const codes = bytes.map((b) => Number.parseInt(b, 16));
	while (codes.at(-1) === 0) codes.pop();
	const odd = codes.filter((c) => c < 0x20 || c > 0x7e).length;
	if (codes.length === 0 || odd * 2 > codes.length) return "";
	return `“${codes.map((c) => (c < 0x20 || c > 0x7e ? "." : String.fromCharCode(c))).join("")}”`;
}

/**
 * Bytes of what was typed: hexadecimal digits of the whole size, or a number after `=`, in the byte order of the format.
 */
export function bytesOf(typed: string, size: number, format: Format): string | undefined {
	const number = /^=\s*(-?(?:0x[\da-f]+|\d+))$/i.exec(typed.trim())?.[1];
	if (number === undefined)
		return faultOf(typed, size) ? undefined : typed.replace(/\s+/g, "").toLowerCase();
	const bits = BigInt(8 * size);
	const negative = number.startsWith("-");
	const value = BigInt(negative ? number.slice(1) : number);
	if (value > (negative ? 1n << (bits - 1n) : (1n << bits) - 1n)) return undefined;
	const whole = BigInt.asUintN(8 * size, negative ? -value : value);
	const bytes =
		whole
			.toString(16)
			.padStart(2 * size, "0")
			.match(/../g) ?? [];
	return (format === "network" ? bytes : bytes.reverse()).join("");
}

/** What is wrong with typed bytes or a typed number; undefined when they fit. */
export function typedFault(typed: string, size: number, format: Format): string | undefined {
	if (bytesOf(typed, size, format) !== undefined) return undefined;
	if (!typed.trim().startsWith("=")) return faultOf(typed, size);
	return `a number of ${size} byte${size === 1 ? "" : "s"} expected`;
}

/** A map's contents as a start, and how many entries could not be kept because their CPUs differ. */
export interface Kept {
	readonly entries: readonly { readonly key: string; readonly value: string }[];
	readonly differ: number;
}

/** What a scenario needs to start with these entries; zeroed entries of arrays are there anyway. */
export function asStart(
	entries: readonly { readonly key: string; readonly values: readonly string[] }[],
	isArray: boolean,
): Kept {
	const alike = entries.filter((e) => e.values.every((v) => v === e.values[0]));
	const kept = alike
		.map(({ key, values }) => ({ key, value: values[0] ?? "" }))
		.filter((e) => !(isArray && /^0*$/.test(e.value)));
	return { entries: kept, differ: entries.length - alike.length };
}
