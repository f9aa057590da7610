// Addresses: text to bytes and back for MAC, IPv4 and IPv6, and prefixes (CIDR). Knows nothing of packets.
import type { Diagnostic, Outcome } from "../base/index.ts";

/** An address block: the address as written, 4 or 16 bytes, and the number of leading bits that count. */
export interface Cidr {
	readonly address: Uint8Array;
	readonly prefix: number;
}

function bad(id: string, message: string): { readonly diagnostics: readonly Diagnostic[] } {
	return { diagnostics: [{ severity: "error", id: `net/${id}`, message }] };
}

/** Reads `02:00:00:00:00:01` (or with `-`, or without separators). Six bytes. */
export function parseMac(text: string): Outcome<Uint8Array> {
	const trimmed = text.trim();
	const parts = /^[0-9a-fA-F]{12}$/.test(trimmed)
		? (trimmed.match(/../g) ?? [])
		: trimmed.split(trimmed.includes("-") ? "-" : ":");
	if (parts.length !== 6)
		return bad(
			"mac-address",
			`"${text}" is no MAC address: expected six bytes, as in 02:00:00:00:00:01`,
		);
	const out = new Uint8Array(6);
	for (const [i, part] of parts.entries()) {
		if (!/^[0-9a-fA-F]{1,2}$/.test(part))
			return bad(
				"mac-address",
				`"${text}" is no MAC address: "${part}" is not one byte in hexadecimal`,
			);
		out[i] = Number.parseInt(part, 16);
	}
	return { value: out, diagnostics: [] };
}

/** `02:00:00:00:00:01` of the six bytes at `at`. */
export function formatMac(bytes: Uint8Array, at = 0): string {
	let out = "";
	for (let i = 0; i < 6; i++) {
		if (i > 0) out += ":";
		out += (bytes[at + i] ?? 0).toString(16).padStart(2, "0");
	}
	return out;
}

/** Reads a dotted quad: four decimal numbers from 0 to 255, without leading zeros. Four bytes. */
export function parseIpv4(text: string): Outcome<Uint8Array> {
	const parts = text.trim().split(".");
	if (parts.length !== 4)
		return bad(
			"ipv4-address",
			`"${text}" is no IPv4 address: expected four numbers, as in 10.0.0.1`,
		);
	const out = new Uint8Array(4);
	for (const [i, part] of parts.entries()) {
		if (!/^(0|[1-9][0-9]{0,2})$/.test(part) || Number(part) > 255)
			return bad(
				"ipv4-address",
				`"${text}" is no IPv4 address: "${part}" is not a number from 0 to 255`,
			);
		out[i] = Number(part);
	}
	return { value: out, diagnostics: [] };
}

/** `10.0.0.1` of the four bytes at `at`. */
export function formatIpv4(bytes: Uint8Array, at = 0): string {
	return `${bytes[at] ?? 0}.${bytes[at + 1] ?? 0}.${bytes[at + 2] ?? 0}.${bytes[at + 3] ?? 0}`;
}

/** Reads the text forms of RFC 4291 section 2.2, with `::` and with a dotted quad at the end. Sixteen bytes. */
export function parseIpv6(text: string): Outcome<Uint8Array> {
	const wrong = (why: string) => bad("ipv6-address", `"${text}" is no IPv6 address: ${why}`);
	const halves = text.trim().split("::");
	if (halves.length > 2) return wrong('"::" may stand only once');
	const groups: number[][] = [];
	for (const [i, half] of halves.entries()) {
		const list: number[] = [];
		const parts = half === "" ? [] : half.split(":");
		for (const [j, part] of parts.entries()) {
			const last = i === halves.length - 1 && j === parts.length - 1;
			if (last && part.includes(".")) {
				const quad = parseIpv4(part).value;
				if (!quad) return wrong(`"${part}" is no IPv4 address`);
				list.push(((quad[0] ?? 0) << 8) | (quad[1] ?? 0), ((quad[2] ?? 0) << 8) | (quad[3] ?? 0));
			} else if (/^[0-9a-fA-F]{1,4}$/.test(part)) list.push(Number.parseInt(part, 16));
			else return wrong(`"${part}" is not one to four hexadecimal digits`);
		}
		groups.push(list);
	}
	const head = groups[0] ?? [];
	const tail = groups[1] ?? [];
	const count = head.length + tail.length;
	if (halves.length === 1 ? count !== 8 : count > 7)
		return wrong(
			`expected eight groups${halves.length === 2 ? ' or fewer with "::"' : ""}, found ${count}`,
		);
	const words = [...head, ...new Array<number>(8 - count).fill(0), ...tail];
	return { value: Uint8Array.from(words.flatMap((w) => [w >> 8, w & 0xff])), diagnostics: [] };
}

/** The canonical text (RFC 5952) of the sixteen bytes at `at`; IPv4-mapped addresses end in a dotted quad. */
export function formatIpv6(bytes: Uint8Array, at = 0): string {
	const words: number[] = [];
	for (let i = 0; i < 16; i += 2)
		words.push(((bytes[at + i] ?? 0) << 8) | (bytes[at + i + 1] ?? 0));
	if (words[5] === 0xffff && words.slice(0, 5).every((w) => w === 0))
		return `::ffff:${formatIpv4(bytes, at + 12)}`;
	let best = 0;
	let length = 0;
	for (let i = 0; i < 8; i++) {
		let end = i;
		while (words[end] === 0) end++;
		if (end - i > length) [best, length] = [i, end - i];
		i = Math.max(i, end - 1);
	}
	const text = (list: readonly number[]) => list.map((w) => w.toString(16)).join(":");
	if (length < 2) return text(words);
	return `${text(words.slice(0, best))}::${text(words.slice(best + length))}`;
}

/** Reads an IPv4 or IPv6 address, told apart by the colon. Four or sixteen bytes. */
export function parseIp(text: string): Outcome<Uint8Array> {
	return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
}

/** The text of a 4-byte or 16-byte address. */
export function formatIp(address: Uint8Array): string {
	return address.length === 4 ? formatIpv4(address) : formatIpv6(address);
}

/** Reads `10.0.0.0/8` or `2001:db8::/32`; without a slash the prefix is the whole address. Host bits are kept. */
export function parseCidr(text: string): Outcome<Cidr> {
	const slash = text.indexOf("/");
	const parsed = parseIp(slash < 0 ? text : text.slice(0, slash));
	if (!parsed.value) return { diagnostics: parsed.diagnostics };
	const bits = parsed.value.length * 8;
	const digits = slash < 0 ? String(bits) : text.slice(slash + 1).trim();
	if (!/^(0|[1-9][0-9]{0,2})$/.test(digits) || Number(digits) > bits)
		return bad(
			"prefix-length",
			`"${text}" is no prefix: expected a length from 0 to ${bits} after "/"`,
		);
	return { value: { address: parsed.value, prefix: Number(digits) }, diagnostics: [] };
}

/** `10.0.0.0/8`. */
export function formatCidr(cidr: Cidr): string {
	return `${formatIp(cidr.address)}/${cidr.prefix}`;
}

/** Whether `address` lies in the block; addresses of the other family do not. */
export function cidrContains(cidr: Cidr, address: Uint8Array): boolean {
	if (address.length !== cidr.address.length) return false;
	for (let bit = 0; bit < cidr.prefix; bit += 8) {
		const i = bit >> 3;
		const mask = (0xff << Math.max(0, 8 - (cidr.prefix - bit))) & 0xff;
		if ((((address[i] ?? 0) ^ (cidr.address[i] ?? 0)) & mask) !== 0) return false;
	}
	return true;
}
