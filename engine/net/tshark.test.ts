// Every field of generated packets, compared with what Wireshark's dissectors say about the same bytes.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { toHex } from "../base/index.ts";
import {
	build,
	type Capture,
	captureFromBytes,
	captureOf,
	dissect,
	type Field,
	fixChecksums,
	type LayerSpec,
	LinkType,
	specOf,
	traffic,
	trafficKinds,
	writePcap,
	writePcapng,
} from "./index.ts";

const absent = spawnSync("tshark", ["--version"]).status !== 0;
const folder = mkdtempSync(join(tmpdir(), "skep-net-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Shown {
	readonly name: string;
	readonly pos: number;
	readonly size: number;
	readonly show: string;
	readonly value: string;
}

function attribute(tag: string, name: string): string {
	const text = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
	return text
		.replace(/&lt;/g, "<")
		.replace(/&gt;/g, ">")
		.replace(/&quot;/g, '"')
		.replace(/&amp;/g, "&");
}

/** Protocols above those of Skep would hide payloads. */
const above = ["http", "ssh", "tls", "quic", "sip", "rpc"];
const only = above.flatMap((p) => ["--disable-protocol", p]);

/** The fields that tshark shows, packet by packet. */
function shownBy(file: Uint8Array, name: string): Shown[][] {
	const path = join(folder, name);
	writeFileSync(path, file);
	const on = ["ip", "tcp", "udp"].flatMap((p) => ["-o", `${p}.check_checksum:TRUE`]);
	const args = [
		"-n",
		"-r",
		path,
		"-T",
		"pdml",
		...on,
		"-o",
		"tcp.relative_sequence_numbers:FALSE",
		...only,
	];
	const pdml = execFileSync("tshark", args, {
		maxBuffer: 1 << 28,
		stdio: ["ignore", "pipe", "ignore"],
	}).toString();
	return pdml
		.split("<packet>")
		.slice(1)
		.map((packet) =>
			[...packet.matchAll(/<(?:field|proto) [^>]*>/g)].map(([tag]) => ({
				name: attribute(tag, "name"),
				pos: Number(attribute(tag, "pos")),
				size: Number(attribute(tag, "size")),
				show: attribute(tag, "show"),
				value: attribute(tag, "value"),
			})),
		);
}

function sameValue(f: Field, s: Shown): boolean {
	if (f.kind === "bytes") return s.value === "" || s.value.startsWith(String(f.value));
	if (typeof f.value === "string") return s.show.toLowerCase() === f.value.toLowerCase();
	// Some are shown in other units or as yes and no: then the bits must be the same.
	if (/^(0x[0-9a-f]+|\d+)$/.test(s.show) && Number(s.show) === f.value) return true;
	return Number.parseInt(s.value, 16) * (f.scale ?? 1) === f.value;
}

function covers(s: Shown, f: Field): boolean {
	return s.pos <= f.offset && f.offset + f.length <= s.pos + s.size;
}

/** Fields that Skep names and tshark has no field for. */
const ownIds = ["ip.opt.data", "icmpv6.opt.data"];
/** Fields that tshark leaves out of DNS queries. */
const answersOnly = ["authoritative", "recavail", "authenticated", "rcode"].map(
	(f) => `dns.flags.${f}`,
);

const statusNames: Readonly<Record<string, string>> = {
	"0": "wrong",
	"1": "correct",
	"2": "unverified",
	"3": "absent",
};

/** Whether tshark shows the packet's data as something else: a reassembled datagram, or a multicast report. */
function isElsewhere(shown: readonly Shown[]): boolean {
	const report = shown.some((s) => s.name === "icmpv6.type" && s.show === "143");
	return report || shown.some((s) => /^ip(v6)?\.fragments?$/.test(s.name));
}

/** What differs between the two dissections of one packet, in words. */
function differences(
	bytes: Uint8Array,
	linkType: number,
	shown: readonly Shown[],
	seen: Set<string>,
): string[] {
	const { layers } = dissect(bytes, linkType);
	const out: string[] = [];
	const query = layers.some((l) =>
		l.fields.some((f) => f.id === "dns.flags.response" && f.value === 0),
	);
	for (const f of layers.flatMap((l) => l.fields)) {
		seen.add(f.id);
		if (ownIds.includes(f.id) || (query && answersOnly.includes(f.id))) continue;
		if (f.id === "data.data" && isElsewhere(shown)) continue;
		const same = shown.filter((s) => s.name === f.id && covers(s, f));
		if (same.length === 0)
			out.push(`${f.id} at ${f.offset}+${f.length} (${f.value}): tshark has none there`);
		else if (!same.some((s) => sameValue(f, s)))
			out.push(
				`${f.id} at ${f.offset}: ${f.value}, tshark ${same.map((s) => `${s.show} ${s.value}`).join(" or ")}`,
			);
		const status = shown.find((s) => s.name === `${f.id}.status` && s.pos === f.offset);
		if (f.valid && status && statusNames[status.show] !== f.valid)
			out.push(`${f.id} at ${f.offset}: ${f.valid}, tshark ${statusNames[status.show]}`);
	}
	return out;
}

/** Fields that tshark shows, of those Skep knows, where Skep has none. */
function missing(
	bytes: Uint8Array,
	linkType: number,
	shown: readonly Shown[],
	known: ReadonlySet<string>,
): string[] {
	const fields = dissect(bytes, linkType).layers.flatMap((l) => l.fields);
	return (
		shown
			// The version of an IPv6 header is there as one of IPv4 too.
			.filter((s) => s.name !== "ip.version" || s.show === "4")
			.filter(
				(s) =>
					s.size > 0 && known.has(s.name) && !fields.some((f) => f.id === s.name && covers(s, f)),
			)
			.map((s) => `${s.name} at ${s.pos}+${s.size} (${s.show}): only tshark has it`)
	);
}

function compare(capture: Capture, name: string): Set<string> {
	const shown = shownBy(writePcap(capture, { nanoseconds: true }), `${name}.pcap`);
	expect(shown.length).toBe(capture.packets.length);
	const seen = new Set<string>();
	const found: Record<string, string[]> = {};
	for (const [i, { bytes }] of capture.packets.entries()) {
		const list = differences(bytes, capture.linkType, shown[i] ?? [], seen);
		if (list.length > 0) found[`${i}: ${toHex(bytes.subarray(0, 80))}`] = list;
	}
	for (const [i, { bytes }] of capture.packets.entries()) {
		// Reassembly shows headers of the whole datagram with its last fragment.
		if (isElsewhere(shown[i] ?? [])) continue;
		const list = missing(bytes, capture.linkType, shown[i] ?? [], seen);
		if (list.length > 0) found[`${i}: ${toHex(bytes.subarray(0, 80))} `] = list;
	}
	expect(found).toEqual({});
	return seen;
}

const eth: LayerSpec = { layer: "eth" };
const ip: LayerSpec = { layer: "ip" };
const ipv6: LayerSpec = { layer: "ipv6" };
const udp: LayerSpec = { layer: "udp", srcPort: 5001, dstPort: 5002 };
const text: LayerSpec = { layer: "data", text: "Skep keeps bees." };
const quoted: LayerSpec = {
	layer: "data",
	hex: "45000024000100004011669c0a0000020a00000111d61f9000100000",
};
const mac = "020000000009";

const icmpTypes: readonly LayerSpec[] = [
	{ layer: "icmp", type: 3, code: 4, mtu: 1280 },
	{ layer: "icmp", type: 3, code: 1 },
	{ layer: "icmp", type: 5, code: 1, gateway: "10.0.0.254" },
	{ layer: "icmp", type: 11 },
	{ layer: "icmp", type: 12, pointer: 9 },
];

/** Packets that everyday traffic does not have, by what they show. */
const specimens: Readonly<Record<string, readonly LayerSpec[]>> = {
	"IPv4 options": [
		eth,
		{
			layer: "ip",
			dscp: 46,
			ecn: 1,
			options: [{ kind: 148, data: "0000" }, { kind: 1 }, { kind: 0 }],
		},
		udp,
		text,
	],
	"record route": [
		eth,
		{ layer: "ip", options: [{ kind: 7, data: "040a00000100000000" }] },
		udp,
		text,
	],
	"TCP options": [
		eth,
		ip,
		{
			layer: "tcp",
			flags: "SYN ECE CWR URG",
			urgent: 4,
			options: [
				{ kind: "mss", size: 536 },
				{ kind: "windowScale", shift: 9 },
				{ kind: "sackPermitted" },
				{ kind: "fastOpen", cookie: "0102030405060708" },
				{ kind: "endOfList" },
			],
		},
	],
	"SACK blocks": [
		eth,
		ip,
		{
			layer: "tcp",
			flags: "ACK",
			ackSeq: 100,
			options: [
				{ kind: "noOperation" },
				{ kind: "noOperation" },
				{ kind: "sack", edges: [200, 300, 400, 500] },
			],
		},
	],
	"all TCP flags": [eth, ip, { layer: "tcp", srcPort: 7001, dstPort: 7002, flags: 0xffb }, text],
	"UDP without checksum": [
		eth,
		ip,
		{ layer: "udp", srcPort: 5001, dstPort: 5002, checksum: 0 },
		text,
	],
	"wrong checksums": [
		eth,
		{ layer: "ip", checksum: 1 },
		{ layer: "udp", srcPort: 5001, dstPort: 5002, checksum: 1 },
		text,
	],
	"802.3 with SNAP": [eth, { layer: "llc", oui: 0, type: 0x0800 }, ip, udp, text],
	MPLS: [
		eth,
		{ layer: "mpls", label: 1000, exp: 3 },
		{ layer: "mpls", label: 2000, ttl: 3 },
		ip,
		udp,
		text,
	],
	"MPLS with IPv6": [eth, { layer: "mpls", label: 77 }, ipv6, udp, text],
	"GRE with all fields": [
		eth,
		ip,
		{ layer: "gre", offset: 0, key: 5, sequence: 6 },
		ipv6,
		udp,
		text,
	],
	"GRE of Ethernet": [eth, ip, { layer: "gre" }, eth, ip, udp, text],
	"VXLAN over IPv6": [
		eth,
		ipv6,
		{ layer: "udp" },
		{ layer: "vxlan", vni: 99, reserved: 3 },
		eth,
		ip,
		udp,
		text,
	],
	"6in4": [eth, ip, ipv6, { layer: "tcp", flags: "RST" }],
	"4in6": [eth, ipv6, ip, { layer: "tcp", flags: "RST" }],
	"destination options": [
		eth,
		ipv6,
		{
			layer: "ipv6.dstopts",
			options: [
				{ kind: 4, data: "05" },
				{ kind: 0x3f, data: "010203" },
			],
		},
		udp,
		text,
	],
	"home address": [
		eth,
		ipv6,
		{
			layer: "ipv6.dstopts",
			options: [
				{ kind: 1, data: "0000" },
				{ kind: 201, data: "20010db8000000000000000000000077" },
			],
		},
		udp,
		text,
	],
	"source route": [
		eth,
		ipv6,
		{ layer: "ipv6.routing", type: 0, segmentsLeft: 2, addresses: ["2001:db8::3", "2001:db8::4"] },
		udp,
		text,
	],
	"mobile route": [
		eth,
		ipv6,
		{ layer: "ipv6.routing", type: 2, segmentsLeft: 1, addresses: ["2001:db8::3"] },
		udp,
		text,
	],
	segments: [
		eth,
		ipv6,
		{
			layer: "ipv6.routing",
			segmentsLeft: 2,
			tag: 7,
			addresses: ["2001:db8::5", "2001:db8::4", "2001:db8::2"],
		},
		udp,
		text,
	],
	"unknown routing": [eth, ipv6, { layer: "ipv6.routing", type: 77, tail: "00000000" }, udp, text],
	"atomic fragment": [eth, ipv6, { layer: "ipv6.fraghdr", ident: 0xabcdef }, udp, text],
	AH: [
		eth,
		ip,
		{ layer: "ah", spi: 0x100, sequence: 9, tail: "000102030405060708090a0b" },
		udp,
		text,
	],
	"AH over IPv6": [
		eth,
		ipv6,
		{ layer: "ah", spi: 0x100, sequence: 9, tail: "000102030405060708090a0b" },
		udp,
		text,
	],
	mobility: [eth, ipv6, { layer: "mip6", type: 0 }],
	"no next header": [eth, ipv6],
	"hop-by-hop and unknown": [
		eth,
		ipv6,
		{ layer: "ipv6.hopopts", options: [{ kind: 5, data: "0001" }] },
		text,
	],
	"unknown protocol": [eth, { layer: "ip", protocol: 253 }, text],
	"unknown ethertype": [eth, text],
	"ARP for another link": [
		eth,
		{ layer: "arp", operation: 1, senderIp: "10.0.0.3", targetIp: "10.0.0.3" },
	],
	"ICMP timestamp": [
		eth,
		ip,
		{ layer: "icmp", type: 13, ident: 3, seq: 4, originate: 5, receive: 6, transmit: 7 },
	],
	"ICMPv6 too big": [eth, ipv6, { layer: "icmpv6", type: 2, mtu: 1300 }, ipv6, udp, text],
	"ICMPv6 unreachable": [eth, ipv6, { layer: "icmpv6", type: 1, code: 4 }, ipv6, udp, text],
	"ICMPv6 problem": [eth, ipv6, { layer: "icmpv6", type: 4, pointer: 40 }, ipv6, udp, text],
	"router advertisement": [
		eth,
		ipv6,
		{
			layer: "icmpv6",
			type: 134,
			managed: 1,
			preference: 1,
			reachable: 1000,
			options: [
				{
					kind: 25,
					data: "0000000004b020010db800000000000000000000005320010db8000000000000000000000054",
				},
				{ kind: 14, data: "010203040506" },
			],
		},
	],
	redirect: [eth, ipv6, { layer: "icmpv6", type: 137, options: [{ kind: 2, data: mac }] }],
	"DNS with every record": [
		eth,
		ip,
		{ layer: "udp", srcPort: 53, dstPort: 4000 },
		{
			layer: "dns",
			response: 1,
			authoritative: 1,
			questions: [{ name: "a.example" }],
			answers: [
				{ name: "a.example", type: 5, data: "b.example" },
				{ name: "b.example", type: 28, data: "2001:db8::9" },
				{ name: "example", type: 2, data: "ns.example" },
				{ name: "1.0.0.10.in-addr.arpa", type: 12, data: "a.example" },
				{ name: "a.example", type: 16, data: "0568656c6c6f" },
			],
		},
	],
	"DNS with pointers": [
		eth,
		ip,
		{ layer: "udp", srcPort: 53, dstPort: 4000 },
		{
			layer: "data",
			hex: "0007818000010001000000000377777707657861 6d706c6500 0001 0001 c00c 0001 0001 0000003c 0004 c0000201".replaceAll(
				" ",
				"",
			),
		},
	],
	"Ethernet trailer": [
		eth,
		ip,
		{ layer: "udp", srcPort: 5001, dstPort: 5002 },
		{ layer: "data", text: "x".repeat(60) },
	],
	...Object.fromEntries(icmpTypes.map((spec) => [JSON.stringify(spec), [eth, ip, spec, quoted]])),
};

function bytesOf(layers: readonly LayerSpec[], trailer = ""): Uint8Array {
	const { value, diagnostics } = build({ layers, trailer });
	expect(diagnostics).toEqual([]);
	return value ?? new Uint8Array(0);
}

describe.skipIf(absent)("tshark says the same", () => {
	const known = new Set<string>();

	test.each(trafficKinds)("about $kind", ({ kind }) => {
		for (const id of compare(captureOf(traffic(kind, 120, 5)), kind)) known.add(id);
		expect(known.size).toBeGreaterThan(10);
	});

	test.each(Object.entries(specimens))("about %s", (name, layers) => {
		const bytes = bytesOf(layers, name === "Ethernet trailer" ? "010203" : "");
		compare(captureFromBytes([bytes]), "specimen");
		expect(toHex(build(specOf(bytes)).value ?? new Uint8Array(0))).toBe(toHex(bytes));
	});

	test.each([
		["RAW IPv4", LinkType.raw, [ip, udp, text]],
		["RAW IPv6", LinkType.raw, [ipv6, udp, text]],
		["Linux cooked", LinkType.linuxSll, [{ layer: "sll", packetType: 4 }, ip, udp, text]],
		["loopback, little-endian", LinkType.null, [{ layer: "null" }, ip, udp, text]],
		["loopback, big-endian", LinkType.null, [{ layer: "null", bigEndian: true }, ipv6, udp, text]],
	] satisfies [string, number, LayerSpec[]][])("about %s", (_, linkType, layers) => {
		const bytes = bytesOf(layers);
		compare(captureFromBytes([bytes], linkType), "link");
		expect(toHex(build(specOf(bytes, linkType)).value ?? new Uint8Array(0))).toBe(toHex(bytes));
	});

	test("about checksums that fixChecksums set", () => {
		const broken = traffic("tunnels", 40, 9).map(({ bytes }) => {
			const out = bytes.slice();
			for (const at of [24, 40, 50, 60]) out[at] = (out[at] ?? 0) ^ 0x55;
			return fixChecksums(out);
		});
		compare(captureFromBytes(broken), "fixed");
	});

	test("about packets that the capture cut", () => {
		// tshark dissects a first fragment when the capture cut it, Skep never does.
		const kinds = trafficKinds.filter(({ kind }) => kind !== "fragments");
		// A seed each: tshark would take the same stream in two kinds for a retransmission.
		const cut = kinds.flatMap(({ kind }, i) =>
			traffic(kind, 60, 6 + i).map((p) => ({
				...p,
				bytes: p.bytes.slice(0, Math.max(74, p.bytes.length - 9)),
			})),
		);
		const packets = cut.filter((p) => p.originalLength > p.bytes.length && p.bytes.length > 100);
		const shown = shownBy(writePcap(captureOf(packets)), "cut.pcap");
		const found = packets.flatMap((p, i) =>
			differences(p.bytes, LinkType.ethernet, shown[i] ?? [], new Set()).map((d) => `${i}: ${d}`),
		);
		// tshark shows a record of DNS only whole.
		expect(found.filter((d) => !d.includes(": dns.resp."))).toEqual([]);
		expect(packets.length).toBeGreaterThan(100);
		expect(packets.every((p) => dissect(p.bytes).truncated)).toBe(true);
	});

	test.each([
		["pcap", (c: Capture) => writePcap(c)],
		["pcap-be", (c: Capture) => writePcap(c, { bigEndian: true, nanoseconds: true })],
		["pcapng", (c: Capture) => writePcapng(c)],
		["pcapng-be", (c: Capture) => writePcapng(c, { bigEndian: true })],
	] as const)("about times, lengths and comments in %s", (name, write) => {
		const capture: Capture = {
			linkType: 1,
			interfaces: [{ linkType: 1, snapLength: 0, name: "veth0" }],
			packets: traffic("lan", 9, 2).map((p, i) => ({
				...p,
				originalLength: p.originalLength + i,
				comment: `packet ${i}`,
			})),
		};
		const shown = shownBy(write(capture), name);
		const value = (i: number, id: string) => shown[i]?.find((s) => s.name === id)?.show;
		for (const [i, p] of capture.packets.entries()) {
			const digits = name === "pcap" ? 6 : 9;
			const fraction = String(p.timestamp.nsec).padStart(9, "0").slice(0, digits).padEnd(9, "0");
			expect(value(i, "frame.time_epoch")).toBe(`${p.timestamp.sec}.${fraction}`);
			expect(value(i, "frame.len")).toBe(String(p.originalLength));
			if (name.startsWith("pcapng")) {
				expect(value(i, "frame.comment")).toBe(p.comment);
				expect(value(i, "frame.interface_name")).toBe("veth0");
			}
		}
	});
});
