// Packets out of pasted text: plain hexadecimal, and the dumps of xxd, hexdump -C, tcpdump -x/-X and Wireshark.
import type { Diagnostic, Outcome, Span } from "../base/index.ts";

/** No packet is longer than this. */
const sizeLimit = 262_144;

interface Line {
	readonly text: string;
	/** Offset of the line in the whole text. */
	readonly start: number;
	/** 1-based. */
	readonly number: number;
}

interface DumpLine {
	readonly offset: number;
	readonly bytes: readonly number[];
	readonly line: Line;
}

function linesOf(text: string): Line[] {
	let start = 0;
	return text.split("\n").map((line, i) => {
		const out = { text: line.replace(/\r$/, ""), start, number: i + 1 };
		start += line.length + 1;
		return out;
	});
}

function problem(
	line: Line,
	file: string,
	column: number,
	length: number,
	message: string,
): Diagnostic {
	const at = line.start + column;
	const span: Span = { file, start: at, end: at + length, line: line.number, column: column + 1 };
	return { severity: "error", id: "net/hex", message, span };
}

const dumpLine = /^\s*(?:0x)?([0-9a-fA-F]{3,8})(:\s*|\s{1,})(.*)$/;

/** The bytes of a dump line's hexadecimal columns; the text column after them is left out. */
function dumpBytes(rest: string): number[] {
	const out: number[] = [];
	let i = 0;
	for (;;) {
		const token = /^[0-9a-fA-F]+/.exec(rest.slice(i))?.[0];
		if (token === undefined || token.length % 2 !== 0) break;
		const after = rest[i + token.length];
		if (after !== undefined && after !== " " && after !== "\t") break;
		for (const pair of token.match(/../g) ?? []) out.push(Number.parseInt(pair, 16));
		i += token.length;
		const gap = /^\s*/.exec(rest.slice(i))?.[0].length ?? 0;
		// Two spaces end the columns, but for the gap that some dumps have after eight bytes of two digits.
		if (gap > 1 && !(out.length === 8 && gap === 2 && token.length === 2)) break;
		if (gap === 0) break;
		i += gap;
	}
	return out;
}

/** The lines that look like a dump: offsets that start at zero and count on by the bytes shown. */
function dumpLines(lines: readonly Line[]): DumpLine[] {
	const out: DumpLine[] = [];
	for (const line of lines) {
		const match = dumpLine.exec(line.text);
		if (!match) continue;
		out.push({
			offset: Number.parseInt(match[1] ?? "", 16),
			bytes: dumpBytes(match[3] ?? ""),
			line,
		});
	}
	return out;
}

function isDump(lines: readonly DumpLine[]): boolean {
	const [first, second] = lines;
	if (first?.offset !== 0 || first.bytes.length === 0) return false;
	if (/^\s*(0x)?[0-9a-fA-F]{4,8}:\s/.test(first.line.text)) return true;
	if (second)
		return second.offset === 0 || (second.offset <= first.bytes.length && second.offset % 2 === 0);
	return /^\s*(0x)?0{3,8}(\s{2}|\s([0-9a-fA-F]{2}\s|[0-9a-fA-F]{2}$))/.test(first.line.text);
}

function readDump(lines: readonly DumpLine[], file: string): Outcome<Uint8Array[]> {
	const packets: number[][] = [];
	for (const [i, { offset, bytes, line }] of lines.entries()) {
		if (offset === 0) packets.push([]);
		const packet = packets.at(-1) ?? [];
		if (offset !== packet.length) {
			const expected = packet.length.toString(16).padStart(4, "0");
			const message = `expected offset ${expected} or 0000 for a new packet`;
			return { diagnostics: [problem(line, file, 0, line.text.length, message)] };
		}
		// A text column of hexadecimal digits may look like more bytes: the next offset tells.
		const next = lines[i + 1]?.offset ?? 0;
		const count = next > offset ? Math.min(bytes.length, next - offset) : bytes.length;
		packet.push(...bytes.slice(0, count));
	}
	return { value: packets.map((p) => Uint8Array.from(p)), diagnostics: [] };
}

/** Plain digits: packets are separated by empty lines; `#` and `//` start comments. */
function readPlain(lines: readonly Line[], file: string): Outcome<Uint8Array[]> {
	const packets: number[][] = [[]];
	for (const line of lines) {
		const text = line.text.replace(/(#|\/\/).*$/, "");
		if (text.trim() === "") {
			if (packets.at(-1)?.length !== 0) packets.push([]);
			continue;
		}
		for (const match of text.matchAll(/[^\s,;:{}"'[\]()-]+/g)) {
			const digits = match[0].replace(/^0x|^\\x|\\x/gi, "");
			if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]+$/.test(digits)) {
				const message = `expected whole bytes of two hexadecimal digits, found "${match[0]}"`;
				return { diagnostics: [problem(line, file, match.index, match[0].length, message)] };
			}
			for (const pair of digits.match(/../g) ?? []) packets.at(-1)?.push(Number.parseInt(pair, 16));
		}
	}
	const full = packets.filter((p) => p.length > 0);
	return { value: full.map((p) => Uint8Array.from(p)), diagnostics: [] };
}

/**
 * Reads packets from text: hexadecimal in any grouping (`0x..`, `\x..`, commas and colons allowed), or dumps whose lines
 * start with an offset; an offset of zero starts the next packet, and other lines of a dump (tcpdump's headings) are
 * skipped. Errors (`net/hex`) have spans in `file`.
 */
export function parseHexDump(text: string, file = "packet"): Outcome<Uint8Array[]> {
	const lines = linesOf(text);
	const dump = dumpLines(lines);
	const read = isDump(dump) ? readDump(dump, file) : readPlain(lines, file);
	const [first] = lines;
	if (!read.value || !first) return read;
	if (read.value.length === 0)
		return {
			diagnostics: [problem(first, file, 0, 0, "expected bytes in hexadecimal, found none")],
		};
	const long = read.value.find((p) => p.length > sizeLimit);
	if (!long) return read;
	return {
		diagnostics: [
			problem(first, file, 0, 0, `a packet has ${long.length} bytes, over ${sizeLimit}`),
		],
	};
}

/** The dump of Wireshark and `hexdump -C` alike: offset, sixteen bytes a line, printable characters. */
export function formatHexDump(bytes: Uint8Array): string {
	const out: string[] = [];
	for (let at = 0; at < bytes.length; at += 16) {
		const row = [...bytes.subarray(at, at + 16)];
		const hex = row.map((b) => b.toString(16).padStart(2, "0")).join(" ");
		const text = row.map((b) => (b >= 32 && b < 127 ? String.fromCharCode(b) : ".")).join("");
		out.push(`${at.toString(16).padStart(4, "0")}  ${hex.padEnd(47)}   ${text}`);
	}
	return out.join("\n");
}
