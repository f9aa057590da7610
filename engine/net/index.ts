// Packets and captures as pure functions over bytes.
export type { Cidr } from "./address.ts";
export {
	cidrContains,
	formatCidr,
	formatIp,
	formatIpv4,
	formatIpv6,
	formatMac,
	parseCidr,
	parseIp,
	parseIpv4,
	parseIpv6,
	parseMac,
} from "./address.ts";
export { build } from "./build.ts";
export type {
	Capture,
	CapturedPacket,
	CaptureInterface,
	CaptureLimits,
	Timestamp,
} from "./capture.ts";
export { captureOf } from "./capture.ts";
export {
	foldSum,
	internetChecksum,
	onesSum,
	pseudoHeaderSum,
	updateChecksum,
	updateChecksumBytes,
} from "./checksum.ts";
export type { ByteRange, Change } from "./diff.ts";
export { changedRanges } from "./diff.ts";
export { dissect } from "./dissect.ts";
export type { DnsEntry } from "./dns.ts";
export type { ChecksumVerdict, EditOptions, EditTarget, FixOptions } from "./edit.ts";
export { checksums, fixChecksums, setField } from "./edit.ts";
export { readCapture } from "./file.ts";
export type { FieldKind, FieldLayout, HeaderLayout } from "./headers.ts";
export { headers } from "./headers.ts";
export { formatHexDump, parseHexDump } from "./hexdump.ts";
export { specOf } from "./inverse.ts";
export type { ChecksumStatus, Dissection, Field, Layer, Summary } from "./layer.ts";
export { LinkType, linkTypes } from "./names.ts";
export type { PcapOptions } from "./pcap.ts";
export { captureFromBytes, readPcap, writePcap } from "./pcap.ts";
export type { PcapngOptions } from "./pcapng.ts";
export { readPcapng, writePcapng } from "./pcapng.ts";
export type { LayerId } from "./protocol.ts";
export type { Sample } from "./samples.ts";
export { samples } from "./samples.ts";
export type { LayerSpec, OptionSpec, PacketSpec, TcpOptionSpec } from "./spec.ts";
export { summaryLine } from "./summary.ts";
export type { TrafficKind } from "./traffic.ts";
export { traffic, trafficKinds } from "./traffic.ts";
export { tcpFlagBits, tcpFlagText } from "./value.ts";
