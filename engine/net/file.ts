// Capture files of any known format, told apart by their first bytes.
import type { Outcome } from "../base/index.ts";
import { type Capture, type CaptureLimits, noCapture } from "./capture.ts";
import { pcapFormat, readPcap } from "./pcap.ts";
import { isPcapng, readPcapng } from "./pcapng.ts";

/** Reads a pcap or pcapng file. */
export function readCapture(bytes: Uint8Array, limits: CaptureLimits = {}): Outcome<Capture> {
	if (isPcapng(bytes)) return readPcapng(bytes, limits);
	if (pcapFormat(bytes)) return readPcap(bytes, limits);
	return noCapture(0, "the first bytes of a pcap or pcapng file");
}
