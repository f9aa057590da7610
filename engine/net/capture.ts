// What a capture file holds, whichever format it is in; limits and little helpers that both readers share.
import type { Diagnostic, Outcome } from "../base/index.ts";

/** Seconds since 1970 UTC and nanoseconds below 10^9. */
export interface Timestamp {
	readonly sec: number;
	readonly nsec: number;
}

/** One packet of a capture. */
export interface CapturedPacket {
	readonly timestamp: Timestamp;
	readonly bytes: Uint8Array;
	/** Bytes the packet had on the wire; more than `bytes` when the capture cut it. */
	readonly originalLength: number;
	/** Index into the capture's interfaces; 0 when left out. */
	readonly interface?: number;
	readonly comment?: string;
}

/** Where packets were captured. */
export interface CaptureInterface {
	readonly linkType: number;
	readonly name?: string;
	/** Bytes kept of each packet; 0 for no limit. */
	readonly snapLength: number;
}

/** A capture file as data. */
export interface Capture {
	/** Of the first interface; Ethernet in a capture without any. */
	readonly linkType: number;
	readonly interfaces: readonly CaptureInterface[];
	readonly packets: readonly CapturedPacket[];
}

/** No packet is longer; a greater length means a damaged file. */
export const packetLimit = 262_144;

/** Where reading stops, with a warning. */
export interface CaptureLimits {
	/** 1,000,000 unless given. */
	readonly maxPackets?: number;
}

export const defaultMaxPackets = 1_000_000;

export function captureError(
	offset: number,
	expected: string,
	severity: "error" | "warning" = "error",
): Diagnostic {
	return {
		severity,
		id: "net/capture",
		message: `capture file, offset ${offset}: expected ${expected}`,
	};
}

export function noCapture(offset: number, expected: string): Outcome<Capture> {
	return { diagnostics: [captureError(offset, expected)] };
}

/** An Ethernet capture of these packets, or of the link type given. */
export function captureOf(packets: readonly CapturedPacket[], linkType = 1): Capture {
	return { linkType, interfaces: [{ linkType, snapLength: packetLimit }], packets };
}
