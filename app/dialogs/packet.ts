// Packets as they are made: typed or pasted bytes, templates, layers put in and taken out, generated traffic. Pure.

import { type Outcome, toHex } from "../../engine/base/index.ts";
import {
	build,
	type Field,
	type LayerId,
	type LayerSpec,
	parseHexDump,
	specOf,
	type TrafficKind,
	tcpFlagBits,
	traffic,
} from "../../engine/net/index.ts";
import type { PacketInput } from "../../engine/workbench/project.ts";

const largest = 65_536;

export type ReadBytes =
	| { readonly bytes: Uint8Array; readonly error?: undefined }
	| { readonly bytes?: undefined; readonly error: string };

export function readBytes(typed: string): ReadBytes {
	const bytes = parseHexDump(typed).value?.[0];
	if (!bytes) return { error: "expected whole bytes in hexadecimal, or a dump with offsets" };
	if (bytes.length === 0) return { error: "a packet has at least one byte" };
	if (bytes.length > largest) return { error: `a packet has at most ${largest} bytes` };
	return { bytes };
}

export interface Template {
	readonly id: string;
	readonly title: string;
	readonly layers: readonly LayerSpec[];
}

const eth: LayerSpec = { layer: "eth" };
const ip: LayerSpec = { layer: "ip", src: "10.0.0.21", dst: "10.0.0.1" };
const ipv6: LayerSpec = { layer: "ipv6" };
const https: LayerSpec = { layer: "tcp", srcPort: 49812, dstPort: 443 };
const letters: LayerSpec = { layer: "data", text: "abcdefghijklmnop" };
const question: readonly LayerSpec[] = [
	{ layer: "udp", srcPort: 5300, dstPort: 53 },
	{ layer: "dns", ident: 1, questions: [{ name: "skep.example", type: 1 }] },
];

/** Packets to begin with; every field that is left out gets a usual value. */
export const templates: readonly Template[] = [
	{ id: "tcp", title: "TCP SYN", layers: [eth, ip, https] },
	{ id: "udp", title: "UDP with data", layers: [eth, ip, { layer: "udp", dstPort: 9 }, letters] },
	{ id: "dns", title: "DNS query", layers: [eth, ip, ...question] },
	{ id: "ping", title: "Ping", layers: [eth, ip, { layer: "icmp" }, letters] },
	{
		id: "arp",
		title: "ARP request",
		layers: [
			{ layer: "eth", dst: "ff:ff:ff:ff:ff:ff" },
			{ layer: "arp", senderIp: "10.0.0.21", targetIp: "10.0.0.1" },
		],
	},
	{ id: "tcp6", title: "TCP SYN over IPv6", layers: [eth, ipv6, https] },
	{ id: "ping6", title: "Ping over IPv6", layers: [eth, ipv6, { layer: "icmpv6" }, letters] },
	{
		id: "vlan",
		title: "TCP SYN in VLAN 100",
		layers: [eth, { layer: "vlan", id: 100 }, ip, https],
	},
	{ id: "gre", title: "TCP SYN through GRE", layers: [eth, ip, { layer: "gre" }, ip, https] },
	{
		id: "vxlan",
		title: "TCP SYN through VXLAN",
		layers: [eth, ip, { layer: "udp" }, { layer: "vxlan" }, eth, ip, https],
	},
];

/** Layers that can be put into a packet. */
export const addable: readonly { readonly id: LayerId; readonly title: string }[] = [
	{ id: "vlan", title: "802.1Q VLAN" },
	{ id: "ieee8021ad", title: "802.1ad service VLAN" },
	{ id: "mpls", title: "MPLS" },
	{ id: "arp", title: "ARP" },
	{ id: "ip", title: "IPv4" },
	{ id: "ipv6", title: "IPv6" },
	{ id: "tcp", title: "TCP" },
	{ id: "udp", title: "UDP" },
	{ id: "icmp", title: "ICMP" },
	{ id: "icmpv6", title: "ICMPv6" },
	{ id: "gre", title: "GRE" },
	{ id: "vxlan", title: "VXLAN" },
	{ id: "eth", title: "Ethernet" },
	{ id: "data", title: "Data" },
];

const bare: Readonly<Partial<Record<LayerId, LayerSpec>>> = { data: letters };

/** The layers that a packet can be taken apart into, outermost first. */
export function layersOf(bytes: Uint8Array): readonly LayerSpec[] {
	return specOf(bytes).layers;
}

/** The packet with another layer at `at`; lengths, checksums and what names the next layer follow. */
export function withLayer(bytes: Uint8Array, at: number, id: LayerId): Outcome<Uint8Array> {
	const spec = specOf(bytes);
	const layer = bare[id] ?? ({ layer: id } as LayerSpec);
	return build({ ...spec, layers: [...spec.layers.slice(0, at), layer, ...spec.layers.slice(at)] });
}

/** The packet without the layer at `at`. */
export function withoutLayer(bytes: Uint8Array, at: number): Outcome<Uint8Array> {
	const spec = specOf(bytes);
	return build({ ...spec, layers: spec.layers.filter((_, i) => i !== at) });
}

/** A whole number from `least` to `most`; undefined for anything else. */
export function wholeNumber(typed: string, least: number, most: number): number | undefined {
	if (!/^\s*\d+\s*$/.test(typed)) return undefined;
	const n = Number(typed);
	return n >= least && n <= most ? n : undefined;
}

export const mostPackets = 10_000;

export interface Generated {
	readonly bytes: Uint8Array;
	readonly packet: PacketInput;
}

/** Traffic as packets of a scenario, the first at `start` nanoseconds. */
export function generated(
	kind: TrafficKind,
	count: number,
	seed: number,
	start: number,
): readonly Generated[] {
	const made = traffic(kind, count, seed);
	const first = made[0]?.timestamp ?? { sec: 0, nsec: 0 };
	return made.map(({ bytes, timestamp: t }) => ({
		bytes,
		packet: {
			data: toHex(bytes),
			time: start + (t.sec - first.sec) * 1e9 + (t.nsec - first.nsec),
		},
	}));
}

/** The bytes of a template. */
export function begin(id: string): Uint8Array {
	const layers = templates.find((t) => t.id === id)?.layers ?? [];
	return build({ layers }).value ?? new Uint8Array();
}

/** A typed value as `setField` takes it: numbers as numbers, everything else as text. */
export function typedValue(typed: string): number | string {
	return /^(0x[\da-f]+|\d+)$/i.test(typed) ? Number(typed) : typed;
}

/** Hexadecimal in lines of sixteen bytes. */
export function spaced(hex: string): string {
	return (hex.match(/.{1,32}/g) ?? []).map((l) => (l.match(/../g) ?? []).join(" ")).join("\n");
}

/** A field's value as it is typed: hexadecimal and flags as people write them. */
export function shownValue({ kind, value, text }: Field): string {
	if (kind === "hex" && typeof value === "number") return `0x${value.toString(16)}`;
	return kind === "tcpFlags" && tcpFlagBits(text) === value ? text : String(value);
}
