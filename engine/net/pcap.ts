// The classic capture format (draft-ietf-opsawg-pcap): one link type, micro- or nanoseconds, either byte order.
import { concatBytes, type Diagnostic, type Outcome, view } from "../base/index.ts";
import {
	type Capture,
	type CapturedPacket,
	type CaptureLimits,
	captureError,
	captureOf,
	defaultMaxPackets,
	noCapture,
	packetLimit,
} from "./capture.ts";

const micro = 0xa1b2c3d4;
const nano = 0xa1b23c4d;

interface Format {
	readonly little: boolean;
	readonly nanoseconds: boolean;
}

/** The format that the first four bytes announce; undefined when they announce no pcap file. */
export function pcapFormat(bytes: Uint8Array): Format | undefined {
	if (bytes.length < 4) return undefined;
	for (const little of [true, false]) {
		const magic = view(bytes).getUint32(0, little);
		if (magic === micro || magic === nano) return { little, nanoseconds: magic === nano };
	}
	return undefined;
}

/**
 * Reads a pcap file. A file cut inside a packet gives the packets before it and a warning; errors (`net/capture`) name
 * the offset and what was expected there.
 */
export function readPcap(bytes: Uint8Array, limits: CaptureLimits = {}): Outcome<Capture> {
	const format = pcapFormat(bytes);
	if (!format) return noCapture(0, "the magic number a1b2c3d4 or a1b23c4d of a pcap file");
	if (bytes.length < 24) return noCapture(bytes.length, "24 bytes of file header");
	const data = view(bytes);
	const { little } = format;
	const major = data.getUint16(4, little);
	if (major !== 2) return noCapture(4, `format version 2, found ${major}`);
	const linkType = data.getUint32(20, little) & 0xffff;
	const snapLength = data.getUint32(16, little);
	const { packets, diagnostics } = readRecords(
		bytes,
		format,
		limits.maxPackets ?? defaultMaxPackets,
	);
	if (diagnostics.some((d) => d.severity === "error")) return { diagnostics };
	return { value: { linkType, interfaces: [{ linkType, snapLength }], packets }, diagnostics };
}

function readRecords(bytes: Uint8Array, format: Format, maxPackets: number) {
	const data = view(bytes);
	const { little, nanoseconds } = format;
	const packets: CapturedPacket[] = [];
	const stop = (d: Diagnostic) => ({ packets, diagnostics: [d] });
	let at = 24;
	while (at < bytes.length) {
		if (packets.length >= maxPackets)
			return stop(
				captureError(at, `at most ${maxPackets} packets; the rest was left out`, "warning"),
			);
		if (at + 16 > bytes.length)
			return stop(captureError(at, "16 bytes of packet header", "warning"));
		const fraction = data.getUint32(at + 4, little);
		const length = data.getUint32(at + 8, little);
		const originalLength = data.getUint32(at + 12, little);
		if (length > packetLimit)
			return stop(captureError(at + 8, `a length up to ${packetLimit}, found ${length}`));
		const start = at + 16;
		if (start + length > bytes.length)
			return stop(
				captureError(start, `${length} bytes of packet, found ${bytes.length - start}`, "warning"),
			);
		const nsec = nanoseconds ? fraction : fraction * 1000;
		const sec = data.getUint32(at, little) + Math.floor(nsec / 1e9);
		packets.push({
			timestamp: { sec, nsec: nsec % 1e9 },
			bytes: bytes.slice(start, start + length),
			originalLength: Math.max(originalLength, length),
		});
		at = start + length;
	}
	return { packets, diagnostics: [] };
}

export interface PcapOptions {
	/** Nanoseconds instead of microseconds (which cut the last three digits). */
	readonly nanoseconds?: boolean;
	readonly bigEndian?: boolean;
}

/** Writes a pcap file of all packets; the format holds one link type, that of the capture. */
export function writePcap(
	capture: Pick<Capture, "linkType" | "packets">,
	options: PcapOptions = {},
): Uint8Array {
	const little = !options.bigEndian;
	const head = new Uint8Array(24);
	const data = view(head);
	data.setUint32(0, options.nanoseconds ? nano : micro, little);
	data.setUint16(4, 2, little);
	data.setUint16(6, 4, little);
	data.setUint32(16, packetLimit, little);
	data.setUint32(20, capture.linkType, little);
	const parts: Uint8Array[] = [head];
	for (const packet of capture.packets) {
		const record = new Uint8Array(16);
		const fields = view(record);
		const { sec, nsec } = packet.timestamp;
		fields.setUint32(0, sec, little);
		fields.setUint32(4, options.nanoseconds ? nsec : Math.floor(nsec / 1000), little);
		fields.setUint32(8, packet.bytes.length, little);
		fields.setUint32(12, packet.originalLength, little);
		parts.push(record, packet.bytes);
	}
	return concatBytes(parts);
}

/** An Ethernet capture from bare packets, a microsecond apart. */
export function captureFromBytes(packets: readonly Uint8Array[], linkType = 1): Capture {
	return captureOf(
		packets.map((bytes, i) => ({
			timestamp: { sec: Math.floor(i / 1e6), nsec: (i % 1e6) * 1000 },
			bytes,
			originalLength: bytes.length,
		})),
		linkType,
	);
}
