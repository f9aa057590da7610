// Packets that came out of a run, as a capture.

import { captureOf, writePcap } from "../net/index.ts";

export interface PacketOut {
	/** Nanoseconds since the start of the scenario. */
	readonly time: number;
	readonly bytes: Uint8Array;
	readonly device: string;
}

export function captureOut(packets: readonly PacketOut[]): Uint8Array {
	return writePcap(
		captureOf(
			packets.map(({ time, bytes }) => ({
				timestamp: { sec: Math.floor(time / 1e9), nsec: time % 1e9 },
				bytes,
				originalLength: bytes.length,
			})),
		),
	);
}
