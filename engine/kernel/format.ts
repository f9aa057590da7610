// The kernel's printf as bpf_trace_printk, bpf_trace_vprintk and bpf_snprintf allow it: which conversions there are, which
// arguments they take. Reads guest memory for %s; gives text or a negated errno. Slow path, so BigInt is fine here.

import { errno } from "../abi/index.ts";
import { toBigInt, toSignedBigInt } from "../base/index.ts";
import type { GuestMemory } from "../machine/index.ts";

/** An argument as two signed 32-bit halves. */
export interface FormatArgument {
	readonly lo: number;
	readonly hi: number;
}

/** A conversion after its `%`: flags and width, then what it prints. */
const CONVERSION =
	/^([0 +-]*)((?:[1-9]\d*)?)(?:(c)|(s)(?![^\s!-/:-@[-`{-~])|p(?:([ku]s)(?![^\s!-/:-@[-`{-~])|([KxsSB]|[iI][46])[a-zA-Z0-9]*|(?![^\s!-/:-@[-`{-~]))|(ll|l)?([diuxX]))/;
const LONGEST_STRING = 512;

/** Latin-1 text of the formatted message, or a negated errno. `text` has no NUL in it. */
export function formatMessage(
	memory: GuestMemory,
	text: string,
	args: readonly FormatArgument[],
): string | number {
	let out = "";
	let next = 0;
	for (let i = 0; i < text.length; i++) {
		const char = text.charAt(i);
		const code = text.charCodeAt(i);
		if ((code < 0x20 && !(code >= 9 && code <= 13)) || code === 0x7f) return -errno.EINVAL;
		if (char !== "%") {
			out += char;
			continue;
		}
		if (text.charAt(i + 1) === "%") {
			out += "%";
			i++;
			continue;
		}
		const match = CONVERSION.exec(text.slice(i + 1));
		const argument = args[next];
		if (!match || !argument) return -errno.EINVAL;
		out += convert(memory, match, argument);
		next++;
		i += match[0].length;
	}
	return out;
}

function convert(
	memory: GuestMemory,
	[, flags = "", width = "", char, string, pointed, pointer, long, kind]: RegExpExecArray,
	{ lo, hi }: FormatArgument,
): string {
	const minimum = Number(width);
	const fill = (text: string) => pad(text, flags.replaceAll("0", ""), minimum);
	if (char) return fill(String.fromCharCode(lo & 0xff));
	if (string) return fill(readString(memory, lo, hi));
	if (pointed) return readString(memory, lo, hi);
	if (kind) return pad(integer(kind, long !== undefined, lo, hi, flags), flags, minimum);
	const address = toBigInt(hi, lo).toString(16);
	if (pointer === "s" || pointer === "S" || pointer === "B") return fill(`0x${address}`);
	if (pointer === "i4" || pointer === "I4") return ipv4(memory, lo >>> 0, pointer === "I4");
	if (pointer === "i6" || pointer === "I6") return ipv6(memory, lo >>> 0, pointer === "I6");
	return width === "" ? address.padStart(16, "0") : pad(address, flags, minimum);
}

function integer(kind: string, long: boolean, lo: number, hi: number, flags: string): string {
	const value = long
		? kind === "d" || kind === "i"
			? toSignedBigInt(hi, lo)
			: toBigInt(hi, lo)
		: kind === "d" || kind === "i"
			? BigInt(lo)
			: BigInt(lo >>> 0);
	if (kind === "x") return value.toString(16);
	if (kind === "X") return value.toString(16).toUpperCase();
	if (value < 0n || kind === "u") return `${value}`;
	return `${flags.includes("+") ? "+" : flags.includes(" ") ? " " : ""}${value}`;
}

function pad(text: string, flags: string, width: number): string {
	if (flags.includes("-")) return text.padEnd(width);
	if (!flags.includes("0")) return text.padStart(width);
	const sign = /^[-+ ]/.exec(text)?.[0] ?? "";
	return sign + text.slice(sign.length).padStart(width - sign.length, "0");
}

/** The string at a guest address; empty when it cannot be read, as the kernel prints it. */
function readString(memory: GuestMemory, lo: number, hi: number): string {
	const region = hi === 0 ? memory.find(lo >>> 0) : undefined;
	if (!region) return "";
	let out = "";
	const end = Math.min(region.start + region.length, (lo >>> 0) + LONGEST_STRING - 1);
	for (let at = lo >>> 0; at < end; at++) {
		const byte = memory.u8[at] as number;
		if (byte === 0) break;
		out += String.fromCharCode(byte);
	}
	return out;
}

function ipv4(memory: GuestMemory, at: number, plain: boolean): string {
	const parts = [...memory.u8.subarray(at, at + 4)];
	return parts.map((part) => String(part).padStart(plain ? 1 : 3, "0")).join(".");
}

function ipv6(memory: GuestMemory, at: number, colons: boolean): string {
	const groups: string[] = [];
	for (let i = 0; i < 16; i += 2)
		groups.push(
			memory.data
				.getUint16(at + i)
				.toString(16)
				.padStart(4, "0"),
		);
	return groups.join(colons ? ":" : "");
}
