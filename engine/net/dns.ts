// DNS messages (RFC 1035): header, questions and records, with bounded following of compression pointers.
import { concatBytes, toHex, utf8 } from "../base/index.ts";
import { formatIpv4, formatIpv6, parseIpv4, parseIpv6 } from "./address.ts";
import { bigEndian, u8, u16, u32 } from "./bits.ts";
import { dnsClasses, dnsCodes, dnsTypes } from "./names.ts";
import {
	addField,
	type Draft,
	type Next,
	numberIn,
	openLayer,
	readParts,
	type Walk,
} from "./walk.ts";

/** Records beyond this many are not shown. */
const recordLimit = 256;

export interface DnsName {
	/** Without the last dot; the root is `.`. */
	readonly text: string;
	/** The byte after the name where it stands. */
	readonly end: number;
	/** Written without compression pointers. */
	readonly plain: boolean;
}

/** Reads the name at `at` of the message `bytes[start..end)`; undefined when it is cut, loops or breaks the limits. */
export function readDnsName(
	bytes: Uint8Array,
	at: number,
	start: number,
	end: number,
): DnsName | undefined {
	const labels: string[] = [];
	let i = at;
	let after: number | undefined;
	let lowest = at;
	let size = 0;
	while (i < end) {
		const length = u8(bytes, i);
		if (length === 0)
			return { text: labels.join(".") || ".", end: after ?? i + 1, plain: after === undefined };
		if (length >= 0xc0) {
			const target = start + (u16(bytes, i) & 0x3fff);
			if (i + 2 > end || target >= lowest) return undefined;
			after ??= i + 2;
			lowest = target;
			i = target;
			continue;
		}
		size += length + 1;
		if (length > 63 || size > 254 || i + 1 + length > end) return undefined;
		labels.push(labelText(bytes, i + 1, length));
		i += length + 1;
	}
	return undefined;
}

function labelText(bytes: Uint8Array, at: number, length: number): string {
	let out = "";
	for (let i = at; i < at + length; i++) {
		const byte = u8(bytes, i);
		const char = String.fromCharCode(byte);
		if (byte <= 32 || byte >= 127) out += `\\${String(byte).padStart(3, "0")}`;
		else out += char === "." || char === "\\" ? `\\${char}` : char;
	}
	return out;
}

/** The uncompressed bytes of a name; undefined when a label or the whole is empty or too long. */
export function dnsNameBytes(text: string): Uint8Array | undefined {
	const name = text.endsWith(".") ? text.slice(0, -1) : text;
	if (name === "") return Uint8Array.of(0);
	const parts: Uint8Array[] = [];
	for (const label of name.match(/(?:\\.|[^.\\])+|(?<=\.)(?=\.)/g) ?? []) {
		const plain = label.replace(/\\(\d{3})|\\(.)/g, (_, code?: string, char?: string) =>
			code === undefined ? (char ?? "") : String.fromCharCode(Number(code)),
		);
		const bytes = /^[\0-\xff]*$/.test(plain)
			? Uint8Array.from(plain, (c) => c.charCodeAt(0))
			: utf8(plain);
		if (bytes.length === 0 || bytes.length > 63) return undefined;
		parts.push(Uint8Array.of(bytes.length), bytes);
	}
	const out = concatBytes([...parts, Uint8Array.of(0)]);
	return out.length > 255 || out.length === 1 ? undefined : out;
}

/** A question or, with `ttl` and `data`, a record of a DNS message in a spec. */
export interface DnsEntry {
	readonly name: string;
	/** The record type as a number; A (1) when left out. */
	readonly type?: number;
	readonly class?: number;
	readonly ttl?: number;
	/** An address for A and AAAA, a name for CNAME, NS and PTR, hexadecimal for all else. */
	readonly data?: string;
}

/** The bytes of a question (`withData` false) or a record; a message when it cannot be written. */
export function dnsEntryBytes(entry: DnsEntry, withData: boolean): Uint8Array | string {
	const name = dnsNameBytes(entry.name);
	if (!name) return `"${entry.name}" is no domain name`;
	const type = entry.type ?? 1;
	const head = [name, bigEndian(type, 2), bigEndian(entry.class ?? 1, 2)];
	if (!withData) return concatBytes(head);
	const data = recordData(type, entry.data ?? "");
	if (typeof data === "string") return data;
	return concatBytes([...head, bigEndian(entry.ttl ?? 60, 4), bigEndian(data.length, 2), data]);
}

function recordData(type: number, text: string): Uint8Array | string {
	if (type === 1 || type === 28) {
		const parsed = type === 1 ? parseIpv4(text) : parseIpv6(text);
		return parsed.value ?? parsed.diagnostics[0]?.message ?? "no address";
	}
	if (type === 2 || type === 5 || type === 12)
		return dnsNameBytes(text) ?? `"${text}" is no domain name`;
	if (!/^([0-9a-fA-F]{2})*$/.test(text)) return `"${text}" is not hexadecimal`;
	return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export interface DnsBody {
	readonly questions: readonly DnsEntry[];
	readonly answers: readonly DnsEntry[];
}

/** Questions and answers in the form that `dnsEntryBytes` writes; undefined when something in between is unreadable. */
export function readDnsBody(
	bytes: Uint8Array,
	start: number,
	end: number,
	questionCount: number,
	answerCount: number,
): DnsBody | undefined {
	const questions: DnsEntry[] = [];
	const answers: DnsEntry[] = [];
	let at = start + 12;
	if (questionCount + answerCount > recordLimit) return undefined;
	for (let i = 0; i < questionCount + answerCount; i++) {
		const name = readDnsName(bytes, at, start, end);
		const fixed = i < questionCount ? 4 : 10;
		if (!name?.plain || name.end + fixed > end) return undefined;
		const entry = { name: name.text, type: u16(bytes, name.end), class: u16(bytes, name.end + 2) };
		at = name.end + fixed;
		if (i < questionCount) {
			questions.push(entry);
			continue;
		}
		const length = u16(bytes, name.end + 8);
		if (at + length > end) return undefined;
		const data = dataText(bytes, at, length, entry.type, start, end);
		answers.push({ ...entry, ttl: u32(bytes, name.end + 4), data });
		at += length;
	}
	return at === end ? { questions, answers } : undefined;
}

function dataText(
	bytes: Uint8Array,
	at: number,
	length: number,
	type: number,
	start: number,
	end: number,
): string {
	if (type === 1 && length === 4) return formatIpv4(bytes, at);
	if (type === 28 && length === 16) return formatIpv6(bytes, at);
	if (type === 2 || type === 5 || type === 12)
		return readDnsName(bytes, at, start, end)?.text ?? "";
	return toHex(bytes.subarray(at, at + length));
}

export function dns(walk: Walk, at: number, end: number): Next | undefined {
	const layer = openLayer(walk, "dns", at);
	const parts = readParts(walk, layer, end);
	const response = numberIn(parts, "response") === 1;
	layer.summary = response ? "response" : "query";
	if (!parts.whole) return undefined;
	const limit = Math.min(end, walk.bytes.length);
	const message: Message = { walk, layer, start: at, end: limit };
	const texts: string[] = [];
	let i: number | undefined = parts.at;
	for (let n = numberIn(parts, "questionCount"); n > 0 && i !== undefined; n--)
		i = question(message, i, texts);
	const records =
		numberIn(parts, "answerCount") +
		numberIn(parts, "authorityCount") +
		numberIn(parts, "additionalCount");
	for (let n = 0; n < records && i !== undefined; n++) i = record(message, i, texts);
	layer.length = limit - at;
	if (end > limit) layer.truncated = true;
	const code = numberIn(parts, "code");
	const outcome = response && code !== 0 ? ` ${dnsCodes[code] ?? `code ${code}`}` : "";
	layer.summary = `${layer.summary} ${texts.slice(0, 4).join(" ")}`.trimEnd() + outcome;
	return undefined;
}

interface Message {
	readonly walk: Walk;
	readonly layer: Draft;
	readonly start: number;
	readonly end: number;
}

function entryName(m: Message, at: number, id: string, fixed: number): DnsName | undefined {
	if (m.layer.fields.length > recordLimit * 6) {
		m.layer.problem = "more records than are shown";
		return undefined;
	}
	const name = readDnsName(m.walk.bytes, at, m.start, m.end);
	if (!name || name.end + fixed > m.end) {
		if (m.end < m.walk.bytes.length || !m.layer.truncated)
			m.layer.problem = "a name or record is cut";
		return undefined;
	}
	addField(m.walk, m.layer, {
		id,
		label: "Name",
		kind: "name",
		offset: at,
		length: name.end - at,
		value: name.text,
		text: name.text,
	});
	return name;
}

function question(m: Message, at: number, texts: string[]): number | undefined {
	const name = entryName(m, at, "dns.qry.name", 4);
	if (!name) return undefined;
	const field = { label: "Type", kind: "dec", offset: name.end, length: 2 } as const;
	addField(m.walk, m.layer, { ...field, id: "dns.qry.type", names: dnsTypes });
	addField(m.walk, m.layer, {
		...field,
		id: "dns.qry.class",
		label: "Class",
		kind: "hex",
		offset: name.end + 2,
		names: dnsClasses,
	});
	const type = u16(m.walk.bytes, name.end);
	texts.push(`${dnsTypes[type] ?? `type ${type}`} ${name.text}`);
	return name.end + 4;
}

function record(m: Message, at: number, texts: string[]): number | undefined {
	const name = entryName(m, at, "dns.resp.name", 10);
	if (!name) return undefined;
	const { walk, layer } = m;
	const add = (id: string, label: string, kind: "dec" | "hex", skip: number, length: number) =>
		addField(walk, layer, { id: `dns.resp.${id}`, label, kind, offset: name.end + skip, length });
	const type = u16(walk.bytes, name.end);
	addField(walk, layer, {
		id: "dns.resp.type",
		label: "Type",
		kind: "dec",
		offset: name.end,
		length: 2,
		names: dnsTypes,
	});
	if (type !== 41) {
		add("class", "Class", "hex", 2, 2);
		add("ttl", "Time to live (s)", "dec", 4, 4);
	}
	add("len", "Data length", "dec", 8, 2);
	const data = name.end + 10;
	const length = u16(walk.bytes, name.end + 8);
	if (data + length > m.end) {
		layer.problem = "a record's data is cut";
		return undefined;
	}
	const target = [2, 5, 12].includes(type)
		? readDnsName(walk.bytes, data, m.start, m.end)?.text
		: undefined;
	if (type === 1 && length === 4)
		addField(walk, layer, { id: "dns.a", label: "Address", kind: "ipv4", offset: data, length });
	else if (type === 28 && length === 16)
		addField(walk, layer, { id: "dns.aaaa", label: "Address", kind: "ipv6", offset: data, length });
	else if (target !== undefined) {
		const id = type === 2 ? "dns.ns" : type === 5 ? "dns.cname" : "dns.ptr.domain_name";
		addField(walk, layer, {
			id,
			label: "Target",
			kind: "name",
			offset: data,
			length,
			value: target,
			text: target,
		});
	}
	texts.push(
		dnsTypes[type] ?? `type ${type}`,
		dataText(walk.bytes, data, length, type, m.start, m.end),
	);
	return data + length;
}
