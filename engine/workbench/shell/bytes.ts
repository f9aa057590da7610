// Bytes as bpftool prints and reads them, and the texts of error numbers in the C library's words.

import { errnoName } from "../../abi/index.ts";
import { ShellError } from "./host.ts";

/** `01 02 …`, a wider gap in the middle of each line of sixteen. */
export function hexText(bytes: Uint8Array): string {
	let out = "";
	bytes.forEach((byte, i) => {
		if (i > 0) out += i % 16 === 0 ? "\n" : i % 8 === 0 ? "  " : " ";
		out += byte.toString(16).padStart(2, "0");
	});
	return out;
}

/** `0x01` and so on: a byte array in JSON. */
export function hexList(bytes: Uint8Array): string[] {
	return [...bytes].map((byte) => `0x${byte.toString(16).padStart(2, "0")}`);
}

/**
 * Takes `size` numbers from the front of `words`, each one byte: decimal, 0x…, 0… octal, or hexadecimal after the word
 * `hex`. Larger numbers are cut to a byte, as bpftool does.
 */
export function takeBytes(words: string[], name: string, size: number): Uint8Array {
	const hex = words[0] === "hex";
	if (hex) words.shift();
	const bytes = new Uint8Array(size);
	let count = 0;
	for (; count < size && words.length > 0; count++) {
		const word = words[0] ?? "";
		const value = cNumber(word, hex);
		if (value === undefined) throw new ShellError(`error parsing byte: ${word}`);
		bytes[count] = Number(BigInt.asUintN(8, value));
		words.shift();
	}
	if (count !== size) throw new ShellError(`${name} expected ${size} bytes got ${count}`);
	return bytes;
}

/** A number as strtoul reads it with base 0 (or 16); undefined when there is more than a number. */
function cNumber(word: string, hex: boolean): bigint | undefined {
	const found = /^([-+]?)(0[xX])?([0-9a-fA-F]+)$/.exec(word);
	if (!found) return undefined;
	const [, sign, prefix, digits = ""] = found;
	const base = hex || prefix ? 16 : digits.length > 1 && digits.startsWith("0") ? 8 : 10;
	if (base === 10 && !/^\d+$/.test(digits)) return undefined;
	if (base === 8 && !/^[0-7]+$/.test(digits)) return undefined;
	const literal = base === 16 ? `0x${digits}` : base === 8 ? `0o${digits}` : digits;
	const value = BigInt(literal);
	return sign === "-" ? -value : value;
}

/** What strerror says. */
export function errorText(number: number): string {
	return texts[errnoName(number) ?? ""] ?? `Unknown error ${number}`;
}

const texts: Readonly<Record<string, string>> = {
	EPERM: "Operation not permitted",
	ENOENT: "No such file or directory",
	E2BIG: "Argument list too long",
	EBADF: "Bad file descriptor",
	EAGAIN: "Resource temporarily unavailable",
	ENOMEM: "Cannot allocate memory",
	EACCES: "Permission denied",
	EFAULT: "Bad address",
	EBUSY: "Device or resource busy",
	EEXIST: "File exists",
	ENODEV: "No such device",
	EINVAL: "Invalid argument",
	ENOSPC: "No space left on device",
	ERANGE: "Numerical result out of range",
	EOPNOTSUPP: "Operation not supported",
	EOVERFLOW: "Value too large for defined data type",
	ENXIO: "No such device or address",
};
