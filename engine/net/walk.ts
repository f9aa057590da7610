// The state of one dissection and the steps all protocols share: open a layer, read its table rows, judge a checksum.
import { internetChecksum, onesSum } from "./checksum.ts";
import type { FieldKind, FieldLayout } from "./headers.ts";
import type { ChecksumStatus, Field } from "./layer.ts";
import type { Names } from "./names.ts";
import { type LayerId, partAfter, protocolOf } from "./protocol.ts";
import { decodeValue, valueText } from "./value.ts";

/** A layer being filled. */
export interface Draft {
	readonly id: LayerId;
	title: string;
	readonly offset: number;
	length: number;
	summary: string;
	readonly fields: Field[];
	quoted?: true;
	truncated?: true;
	problem?: string;
}

export interface Walk {
	readonly bytes: Uint8Array;
	readonly layers: Draft[];
	/** Addresses of the innermost IP header, for pseudo headers. */
	source: Uint8Array;
	destination: Uint8Array;
	quoted: boolean;
	/** Where the outermost network layer says the packet ends; padding follows. */
	end: number | undefined;
}

/** The layer that follows, its first byte, and where the lengths read so far say it ends (past the bytes if cut). */
export interface Next {
	readonly id: LayerId;
	readonly at: number;
	readonly end: number;
}

export type Dissector = (walk: Walk, at: number, end: number) => Next | undefined;

export function openLayer(walk: Walk, id: LayerId, at: number): Draft {
	const { title } = protocolOf(id);
	const layer: Draft = { id, title, offset: at, length: 0, summary: title, fields: [] };
	if (walk.quoted) layer.quoted = true;
	walk.layers.push(layer);
	return layer;
}

interface Placed {
	readonly id: string;
	readonly label: string;
	readonly kind: FieldKind;
	readonly offset: number;
	readonly length: number;
	readonly names?: Names;
	readonly value?: number | string;
	readonly text?: string;
}

/** Adds a field of whole bytes; leaves it out when the capture does not have all of them. */
export function addField(walk: Walk, layer: Draft, f: Placed): number | string | undefined {
	if (f.offset + f.length > walk.bytes.length) {
		layer.truncated = true;
		return undefined;
	}
	const shape = { kind: f.kind, bits: f.length * 8, ...(f.names ? { names: f.names } : {}) };
	const value = f.value ?? decodeValue(shape, walk.bytes, f.offset * 8);
	layer.fields.push({
		id: f.id,
		label: f.label,
		kind: f.kind,
		offset: f.offset,
		length: f.length,
		value,
		text: f.text ?? valueText(shape, value),
	});
	return value;
}

function addRow(walk: Walk, layer: Draft, row: FieldLayout, base: number): number | string {
	const value = decodeValue(row, walk.bytes, base * 8 + row.at);
	const first = row.at >> 3;
	const length = ((row.at + row.bits - 1) >> 3) - first + 1;
	const whole = row.bits === length * 8;
	layer.fields.push({
		id: row.id,
		label: row.label,
		kind: row.kind,
		offset: base + first,
		length,
		...(whole ? {} : { bitOffset: row.at & 7, bitLength: row.bits }),
		value,
		text: valueText(row, value),
		...(row.scale ? { scale: row.scale } : {}),
	});
	return value;
}

export interface Parts {
	/** By the names of the header table. */
	readonly values: Readonly<Record<string, number | string>>;
	/** The byte after the last part read. */
	readonly at: number;
	/** All parts were there in full. */
	readonly whole: boolean;
}

/** Reads the fixed parts of the layer, field by field, as far as the bytes go. */
export function readParts(walk: Walk, layer: Draft, end: number): Parts {
	const values: Record<string, number | string> = {};
	const limit = Math.min(end, walk.bytes.length);
	let at = layer.offset;
	for (let count = 0; ; count++) {
		const part = partAfter(layer.id, count, values);
		if (!part) break;
		for (const row of part.fields) {
			if (at + ((row.at + row.bits + 7) >> 3) > limit) continue;
			values[row.name] = addRow(walk, layer, row, at);
		}
		for (const row of part.views)
			if (at + ((row.at + row.bits + 7) >> 3) <= limit) addRow(walk, layer, row, at);
		if (at + part.size > limit) {
			layer.length = limit - layer.offset;
			layer.truncated = true;
			return { values, at: limit, whole: false };
		}
		at += part.size;
	}
	layer.length = at - layer.offset;
	return { values, at, whole: true };
}

export interface Extent {
	/** The byte after the header, or after as much of it as there is. */
	readonly stop: number;
	readonly whole: boolean;
}

/** Settles a layer's length where the header states it: cut by the capture, or a problem when its container ends first. */
export function settleLength(walk: Walk, layer: Draft, length: number, end: number): Extent {
	const limit = Math.min(end, walk.bytes.length);
	const whole = layer.offset + length <= limit;
	const stop = Math.min(layer.offset + length, limit);
	layer.length = stop - layer.offset;
	if (!whole && end < walk.bytes.length)
		layer.problem = `a header of ${length} bytes goes past the packet's end`;
	else if (!whole) layer.truncated = true;
	return { stop, whole };
}

/** The number a part holds; zero when the capture ends before it. */
export function numberIn(parts: Parts, name: string): number {
	const value = parts.values[name];
	return typeof value === "number" ? value : 0;
}

/** The text a part holds; empty when the capture ends before it. */
export function textIn(parts: Parts, name: string): string {
	const value = parts.values[name];
	return typeof value === "string" ? value : "";
}

function mark(layer: Draft, id: string, valid: ChecksumStatus, expected?: number): void {
	const i = layer.fields.findIndex((f) => f.id === id);
	const field = layer.fields[i];
	if (field) layer.fields[i] = { ...field, valid, ...(expected === undefined ? {} : { expected }) };
}

interface Covered {
	readonly id: string;
	/** Offset of the checksum. */
	readonly at: number;
	/** The range it covers. */
	readonly start: number;
	readonly end: number;
	/** The pseudo header's sum. */
	readonly initial?: number;
	/** UDP: zero means none, and a sum of zero is sent as 0xffff. */
	readonly optional?: "absent" | "forbidden";
}

/** Judges a checksum and notes the verdict on its field. */
export function judgeChecksum(walk: Walk, layer: Draft, c: Covered): void {
	const { bytes } = walk;
	const actual = ((bytes[c.at] ?? 0) << 8) | (bytes[c.at + 1] ?? 0);
	if (c.optional === "absent" && actual === 0) mark(layer, c.id, "absent");
	else if (c.end > bytes.length || c.at + 2 > c.end) mark(layer, c.id, "unverified");
	else {
		const before = onesSum(bytes, c.start, c.at, c.initial ?? 0);
		const computed = internetChecksum(bytes, c.at + 2, c.end, before);
		const expected = c.optional && computed === 0 ? 0xffff : computed;
		const zero = c.optional === "forbidden" && actual === 0;
		const correct = !zero && onesSum(bytes, c.at, c.end, before) === 0xffff;
		mark(layer, c.id, correct ? "correct" : "wrong", expected);
	}
}

/** Leaves a checksum unjudged. */
export function leaveChecksum(layer: Draft, id: string): void {
	mark(layer, id, "unverified");
}
