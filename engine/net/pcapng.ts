// The block capture format (draft-ietf-opsawg-pcapng): sections of either byte order, interfaces, packets; other blocks
// are skipped. Sections of one file share one list of interfaces here.
import { concatBytes, type Diagnostic, fromUtf8, type Outcome, utf8, view } from "../base/index.ts";
import {
	type Capture,
	type CapturedPacket,
	type CaptureInterface,
	type CaptureLimits,
	captureError,
	defaultMaxPackets,
	noCapture,
	packetLimit,
	type Timestamp,
} from "./capture.ts";
import { LinkType } from "./names.ts";

const Block = { section: 0x0a0d0d0a, interface: 1, packet: 2, simple: 3, enhanced: 6 } as const;
const byteOrder = 0x1a2b3c4d;
const Option = { end: 0, comment: 1, name: 2, resolution: 9, timeOffset: 14 } as const;

/** Whether the first bytes announce a pcapng file. */
export function isPcapng(bytes: Uint8Array): boolean {
	return bytes.length >= 4 && view(bytes).getUint32(0) === Block.section;
}

interface Clock {
	/** Ticks a second. */
	readonly rate: bigint;
	readonly offset: bigint;
}

interface Reader {
	readonly bytes: Uint8Array;
	readonly data: DataView;
	little: boolean;
	/** Index of the section's first interface in `interfaces`. */
	base: number;
	readonly interfaces: CaptureInterface[];
	readonly clocks: Clock[];
	readonly packets: CapturedPacket[];
	readonly diagnostics: Diagnostic[];
}

/**
 * Reads a pcapng file. A file cut inside a block gives the packets before it and a warning; errors (`net/capture`) name
 * the offset and what was expected there.
 */
export function readPcapng(bytes: Uint8Array, limits: CaptureLimits = {}): Outcome<Capture> {
	if (!isPcapng(bytes)) return noCapture(0, "the block type 0a0d0d0a of a pcapng section header");
	const reader: Reader = {
		bytes,
		data: view(bytes),
		little: true,
		base: 0,
		interfaces: [],
		clocks: [],
		packets: [],
		diagnostics: [],
	};
	const most = limits.maxPackets ?? defaultMaxPackets;
	let at: number | undefined = 0;
	while (at !== undefined && at < bytes.length) {
		if (reader.packets.length >= most) {
			const what = `at most ${most} packets; the rest was left out`;
			reader.diagnostics.push(captureError(at, what, "warning"));
			break;
		}
		at = readBlock(reader, at);
	}
	const { interfaces, packets, diagnostics } = reader;
	if (diagnostics.some((d) => d.severity === "error")) return { diagnostics };
	const linkType = interfaces[0]?.linkType ?? LinkType.ethernet;
	return { value: { linkType, interfaces, packets }, diagnostics };
}

function stop(
	r: Reader,
	at: number,
	expected: string,
	severity: "error" | "warning" = "error",
): undefined {
	r.diagnostics.push(captureError(at, expected, severity));
}

/** Reads the block at `at`; gives where the next one starts, or undefined to stop. */
function readBlock(r: Reader, at: number): number | undefined {
	const { data, bytes } = r;
	if (at + 12 > bytes.length) return stop(r, at, "12 bytes of block header", "warning");
	const section = data.getUint32(at) === Block.section;
	if (section) {
		const order = data.getUint32(at + 8, true);
		const big = data.getUint32(at + 8) === byteOrder;
		if (order !== byteOrder && !big) return stop(r, at + 8, "the byte-order magic 1a2b3c4d");
		r.little = !big;
		r.base = r.interfaces.length;
	}
	const length = data.getUint32(at + 4, r.little);
	if (length < 12 || length % 4 !== 0)
		return stop(r, at + 4, `a block length of at least 12 and a multiple of 4, found ${length}`);
	if (at + length > bytes.length)
		return stop(r, at, `a block of ${length} bytes, found ${bytes.length - at}`, "warning");
	const again = data.getUint32(at + length - 4, r.little);
	if (again !== length)
		return stop(r, at + length - 4, `the block length ${length} again, found ${again}`);
	const type = section ? Block.section : data.getUint32(at, r.little);
	return readBody(r, type, at + 8, at + length - 4) ? at + length : undefined;
}

function readBody(r: Reader, type: number, at: number, end: number): boolean {
	const least: Readonly<Record<number, number>> = {
		[Block.section]: 16,
		[Block.interface]: 8,
		[Block.packet]: 20,
		[Block.simple]: 4,
		[Block.enhanced]: 20,
	};
	const need = least[type];
	if (need === undefined) return true;
	if (end - at < need) {
		stop(r, at, `${need} bytes of block body, found ${end - at}`);
		return false;
	}
	switch (type) {
		case Block.interface:
			return readInterface(r, at, end);
		case Block.simple:
			return readSimple(r, at, end);
		case Block.enhanced:
			return readPacket(r, at, end, r.data.getUint32(at, r.little));
		case Block.packet:
			return readPacket(r, at, end, r.data.getUint16(at, r.little));
		default:
			return readSection(r, at);
	}
}

function readSection(r: Reader, at: number): boolean {
	const major = r.data.getUint16(at + 4, r.little);
	if (major !== 1) stop(r, at + 4, `format version 1, found ${major}`);
	return major === 1;
}

interface OptionValue {
	readonly code: number;
	readonly at: number;
	readonly length: number;
}

function readOptions(r: Reader, at: number, end: number): OptionValue[] {
	const out: OptionValue[] = [];
	let i = at;
	while (i + 4 <= end) {
		const code = r.data.getUint16(i, r.little);
		const length = r.data.getUint16(i + 2, r.little);
		if (code === Option.end || i + 4 + length > end) break;
		out.push({ code, at: i + 4, length });
		i += 4 + length + ((4 - (length % 4)) % 4);
	}
	return out;
}

function textOf(r: Reader, options: readonly OptionValue[], code: number): string | undefined {
	const option = options.find((o) => o.code === code);
	return option && fromUtf8(r.bytes.slice(option.at, option.at + option.length));
}

function readInterface(r: Reader, at: number, end: number): boolean {
	const options = readOptions(r, at + 8, end);
	const name = textOf(r, options, Option.name);
	r.interfaces.push({
		linkType: r.data.getUint16(at, r.little),
		snapLength: r.data.getUint32(at + 4, r.little),
		...(name === undefined ? {} : { name }),
	});
	const resolution = options.find((o) => o.code === Option.resolution && o.length >= 1);
	const power = resolution ? r.data.getUint8(resolution.at) : 6;
	const rate = power & 0x80 ? 2n ** BigInt(power & 0x7f) : 10n ** BigInt(power);
	const shift = options.find((o) => o.code === Option.timeOffset && o.length === 8);
	r.clocks.push({ rate, offset: shift ? r.data.getBigInt64(shift.at, r.little) : 0n });
	return true;
}

function timestampOf(high: number, low: number, clock: Clock): Timestamp {
	const ticks = (BigInt(high) << 32n) | BigInt(low);
	const sec = ticks / clock.rate + clock.offset;
	return { sec: Number(sec), nsec: Number(((ticks % clock.rate) * 1_000_000_000n) / clock.rate) };
}

/** Enhanced packet blocks, and the older packet blocks that differ in the width of the interface number. */
function readPacket(r: Reader, at: number, end: number, number: number): boolean {
	const index = r.base + number;
	const clock = r.clocks[index];
	if (!clock) {
		stop(r, at, `an interface that was described, found number ${number}`);
		return false;
	}
	const length = r.data.getUint32(at + 12, r.little);
	const start = at + 20;
	if (length > packetLimit || start + length > end) {
		stop(r, at + 12, `a length up to ${Math.min(packetLimit, end - start)}, found ${length}`);
		return false;
	}
	const options = readOptions(r, start + length + ((4 - (length % 4)) % 4), end);
	const comment = textOf(r, options, Option.comment);
	r.packets.push({
		timestamp: timestampOf(
			r.data.getUint32(at + 4, r.little),
			r.data.getUint32(at + 8, r.little),
			clock,
		),
		bytes: r.bytes.slice(start, start + length),
		originalLength: Math.max(length, r.data.getUint32(at + 16, r.little)),
		interface: index,
		...(comment === undefined ? {} : { comment }),
	});
	return true;
}

/** A simple packet block has no time and no captured length: the snap length and the block bound it. */
function readSimple(r: Reader, at: number, end: number): boolean {
	const described = r.interfaces[r.base];
	if (!described) {
		stop(r, at, "an interface description before the packet");
		return false;
	}
	const originalLength = r.data.getUint32(at, r.little);
	const snap = described.snapLength === 0 ? originalLength : described.snapLength;
	const length = Math.min(originalLength, snap);
	if (length > packetLimit || at + 4 + length > end) {
		stop(r, at, `a length up to ${Math.min(packetLimit, end - at - 4)}, found ${length}`);
		return false;
	}
	r.packets.push({
		timestamp: { sec: 0, nsec: 0 },
		bytes: r.bytes.slice(at + 4, at + 4 + length),
		originalLength,
		interface: r.base,
	});
	return true;
}

export interface PcapngOptions {
	readonly bigEndian?: boolean;
}

/** Writes a pcapng file with nanosecond timestamps, names of interfaces and comments. */
export function writePcapng(capture: Capture, options: PcapngOptions = {}): Uint8Array {
	const little = !options.bigEndian;
	const parts: Uint8Array[] = [sectionBlock(little)];
	const interfaces: readonly CaptureInterface[] =
		capture.interfaces.length > 0
			? capture.interfaces
			: [{ linkType: capture.linkType, snapLength: packetLimit }];
	for (const described of interfaces) parts.push(interfaceBlock(described, little));
	for (const packet of capture.packets) parts.push(packetBlock(packet, little));
	return concatBytes(parts);
}

function block(type: number, body: Uint8Array, little: boolean): Uint8Array {
	const out = new Uint8Array(12 + body.length);
	const data = view(out);
	data.setUint32(0, type, little);
	data.setUint32(4, out.length, little);
	out.set(body, 8);
	data.setUint32(out.length - 4, out.length, little);
	return out;
}

function sectionBlock(little: boolean): Uint8Array {
	const body = new Uint8Array(16);
	const data = view(body);
	data.setUint32(0, byteOrder, little);
	data.setUint16(4, 1, little);
	// The section's length is not stated: all ones.
	body.fill(0xff, 8);
	return block(Block.section, body, little);
}

function option(code: number, value: Uint8Array, little: boolean): Uint8Array {
	const out = new Uint8Array(4 + Math.ceil(value.length / 4) * 4);
	view(out).setUint16(0, code, little);
	view(out).setUint16(2, value.length, little);
	out.set(value, 4);
	return out;
}

function interfaceBlock(described: CaptureInterface, little: boolean): Uint8Array {
	const body = new Uint8Array(8);
	view(body).setUint16(0, described.linkType, little);
	view(body).setUint32(4, described.snapLength, little);
	const parts: Uint8Array[] = [body];
	if (described.name !== undefined)
		parts.push(option(Option.name, shortUtf8(described.name), little));
	parts.push(option(Option.resolution, Uint8Array.of(9), little), new Uint8Array(4));
	return block(Block.interface, concatBytes(parts), little);
}

/** Option values have 16-bit lengths. */
function shortUtf8(text: string): Uint8Array {
	const bytes = utf8(text);
	return bytes.length <= 0xffff
		? bytes
		: utf8(fromUtf8(bytes.slice(0, 65_532)).replace(/\ufffd+$/, ""));
}

function packetBlock(packet: CapturedPacket, little: boolean): Uint8Array {
	const { bytes, timestamp } = packet;
	const body = new Uint8Array(20 + Math.ceil(bytes.length / 4) * 4);
	const data = view(body);
	const ticks = BigInt(timestamp.sec) * 1_000_000_000n + BigInt(timestamp.nsec);
	data.setUint32(0, packet.interface ?? 0, little);
	data.setUint32(4, Number((ticks >> 32n) & 0xffffffffn), little);
	data.setUint32(8, Number(ticks & 0xffffffffn), little);
	data.setUint32(12, bytes.length, little);
	data.setUint32(16, packet.originalLength, little);
	body.set(bytes, 20);
	if (packet.comment === undefined) return block(Block.enhanced, body, little);
	const comment = option(Option.comment, shortUtf8(packet.comment), little);
	return block(Block.enhanced, concatBytes([body, comment, new Uint8Array(4)]), little);
}
