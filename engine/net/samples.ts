// The captures that examples come with, made on demand: no binary files, the same bytes every time.
import { mustBuild } from "./build.ts";
import { type Capture, type CapturedPacket, captureOf } from "./capture.ts";
import {
	ethernetBetween,
	frame,
	type Host,
	host,
	ipv4Between,
	ipv6Between,
	letters,
	synOptions,
} from "./host.ts";
import type { LayerSpec } from "./spec.ts";
import { type TrafficKind, traffic } from "./traffic.ts";

/** A capture to run an example on. */
export interface Sample {
	/** Stable, for project files: the name before `.pcap`. */
	readonly id: string;
	readonly title: string;
	/** What a person finds in it. */
	readonly description: string;
	readonly capture: () => Capture;
}

const client = host(21);
const server = host(1);

/** The packets a millisecond apart, with a comment each. */
function commented(list: readonly (readonly [string, Uint8Array])[]): Capture {
	const packets = list.map(
		([comment, bytes], i): CapturedPacket => ({
			timestamp: { sec: 1_700_000_000, nsec: i * 1_000_000 },
			bytes,
			originalLength: bytes.length,
			comment,
		}),
	);
	return captureOf(packets);
}

function over4(from: Host, to: Host): readonly LayerSpec[] {
	return [ethernetBetween(from, to), ipv4Between(from, to)];
}

function firstPackets(): Capture {
	const out = over4(client, server);
	return commented([
		[
			"a TCP connection to port 443 opens",
			frame(...out, { ...synOptions(1), srcPort: 49812, dstPort: 443, seq: 1 }),
		],
		[
			"a TCP connection to port 22 opens",
			frame(...out, { ...synOptions(2), srcPort: 49813, dstPort: 22, seq: 1 }),
		],
		["a ping", frame(...out, { layer: "icmp", ident: 1, seq: 1 }, letters(56))],
		[
			"a DNS query",
			frame(
				...out,
				{ layer: "udp", srcPort: 5353, dstPort: 53 },
				{ layer: "dns", ident: 1, questions: [{ name: "example.com" }] },
			),
		],
		[
			"a datagram to port 9",
			frame(...out, { layer: "udp", srcPort: 4000, dstPort: 9 }, letters(32)),
		],
		[
			"an ARP request",
			frame(
				{ layer: "eth", src: client.mac, dst: "ff:ff:ff:ff:ff:ff" },
				{ layer: "arp", senderMac: client.mac, senderIp: client.ipv4, targetIp: server.ipv4 },
			),
		],
		[
			"a ping over IPv6",
			frame(
				ethernetBetween(client, server),
				ipv6Between(client, server),
				{ layer: "icmpv6", ident: 1, seq: 1 },
				letters(56),
			),
		],
	]);
}

const request = "GET / HTTP/1.1\r\nHost: example.com\r\nUser-Agent: skep\r\nAccept: */*\r\n\r\n";
const answer = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nHello\n";

function webRequest(): Capture {
	const one = (out: boolean, flags: string, seq: number, ackSeq: number, text = "") =>
		frame(
			...(out ? over4(client, server) : over4(server, client)),
			{
				layer: "tcp",
				srcPort: out ? 49812 : 80,
				dstPort: out ? 80 : 49812,
				seq,
				ackSeq,
				flags,
				window: 502,
			},
			...(text === "" ? [] : [{ layer: "data", text } as const]),
		);
	const asked = 1001 + request.length;
	const told = 5001 + answer.length;
	return commented([
		["the client asks for a connection", one(true, "SYN", 1000, 0)],
		["the server accepts", one(false, "SYN ACK", 5000, 1001)],
		["the client confirms", one(true, "ACK", 1001, 5001)],
		["the request", one(true, "PSH ACK", 1001, 5001, request)],
		["the server confirms", one(false, "ACK", 5001, asked)],
		["the answer", one(false, "PSH ACK", 5001, asked, answer)],
		["the client closes", one(true, "FIN ACK", asked, told)],
		["the server closes", one(false, "FIN ACK", told, asked + 1)],
		["the last word", one(true, "ACK", asked + 1, told + 1)],
	]);
}

/** Packets that a program must check bounds and lengths for. */
function oddPackets(): Capture {
	const link = ethernetBetween(client, server);
	const ip4 = (wrong: Parameters<typeof ipv4Between>[2]) => ipv4Between(client, server, wrong);
	const ip = ip4({});
	const udp = { layer: "udp", srcPort: 4000, dstPort: 9 } as const;
	const whole = mustBuild([link, ip, { ...synOptions(1), dstPort: 80 }]);
	return commented([
		["ends inside the Ethernet header", whole.slice(0, 10)],
		["ends after the Ethernet header", whole.slice(0, 14)],
		["ends inside the IPv4 header", whole.slice(0, 30)],
		["ends inside the TCP header", whole.slice(0, 44)],
		["ends inside the TCP options", whole.slice(0, 60)],
		["an IPv4 header length of 16 bytes", mustBuild([link, ip4({ headerLength: 16 }), udp])],
		[
			"an IPv4 header length of 60 bytes, past the end",
			mustBuild([link, ip4({ headerLength: 60 }), udp]),
		],
		[
			"IPv4 options before UDP",
			mustBuild([link, ip4({ options: [{ kind: 148, data: "0000" }] }), udp, letters(16)]),
		],
		["a total length beyond the frame", mustBuild([link, ip4({ length: 1500 }), udp])],
		["a UDP length of 4", mustBuild([link, ip, { ...udp, length: 4 }])],
		["a wrong IPv4 checksum", mustBuild([link, ip4({ checksum: 0xbad }), udp])],
		["version 5 with the ethertype of IPv4", mustBuild([link, ip4({ version: 5 }), udp])],
		["all TCP flags", mustBuild([link, ip, { layer: "tcp", flags: 0x1ff }])],
		["no TCP flags", mustBuild([link, ip, { layer: "tcp", flags: 0 }])],
		["from an address to itself", mustBuild([link, ip4({ src: server.ipv4 }), { layer: "tcp" }])],
		["an ethertype for experiments", mustBuild([link, letters(46)])],
	]);
}

/** ICMP errors that quote the packet they are about. */
function icmpErrors(): Capture {
	const back = over4(server, client);
	const cause = [
		ipv4Between(client, server),
		{ layer: "udp", srcPort: 4000, dstPort: 33434 },
		letters(8),
	] as const;
	const cause6 = [
		ipv6Between(client, server),
		{ layer: "udp", srcPort: 4000, dstPort: 33434 },
		letters(8),
	] as const;
	const back6 = [ethernetBetween(server, client), ipv6Between(server, client)];
	return commented([
		["port unreachable", frame(...back, { layer: "icmp", type: 3, code: 3 }, ...cause)],
		[
			"fragmentation needed: the next link takes 1400 bytes",
			frame(...back, { layer: "icmp", type: 3, code: 4, mtu: 1400 }, ...cause),
		],
		["time exceeded, as traceroute sees it", frame(...back, { layer: "icmp", type: 11 }, ...cause)],
		["IPv6: packet too big", frame(...back6, { layer: "icmpv6", type: 2, mtu: 1400 }, ...cause6)],
		["IPv6: port unreachable", frame(...back6, { layer: "icmpv6", type: 1, code: 4 }, ...cause6)],
	]);
}

function generated(kind: TrafficKind, count: number): () => Capture {
	return () => captureOf(traffic(kind, count, 1));
}

/** Every sample, the simplest first. */
export const samples: readonly Sample[] = [
	{
		id: "first-packets",
		title: "First packets",
		description: "Seven packets of as many kinds: TCP, ping, DNS, UDP, ARP and IPv6.",
		capture: firstPackets,
	},
	{
		id: "web-request",
		title: "A web request",
		description: "One HTTP request and its answer, from SYN to the last ACK.",
		capture: webRequest,
	},
	{
		id: "odd-packets",
		title: "Odd packets",
		description: "Cut, malformed and unusual packets: what a parser must check for.",
		capture: oddPackets,
	},
	{
		id: "icmp-errors",
		title: "ICMP errors",
		description: "Unreachable, too big, time exceeded; each quotes its cause.",
		capture: icmpErrors,
	},
	{
		id: "lan",
		title: "A local network",
		description: "200 packets of ARP, DNS, TCP, UDP and ping among 40 hosts.",
		capture: generated("lan", 200),
	},
	{
		id: "dns",
		title: "DNS lookups",
		description: "60 queries and answers, some for names that do not exist.",
		capture: generated("dns", 60),
	},
	{
		id: "ping",
		title: "Pings",
		description: "Ten echo requests with their replies.",
		capture: generated("ping", 20),
	},
	{
		id: "port-scan",
		title: "A port scan",
		description: "One host tries 300 ports of another.",
		capture: generated("port-scan", 300),
	},
	{
		id: "syn-flood",
		title: "A SYN flood",
		description: "1000 connection attempts from as many addresses.",
		capture: generated("syn-flood", 1000),
	},
	{
		id: "elephant",
		title: "One large flow",
		description: "300 packets, nearly all of one TCP connection.",
		capture: generated("elephant", 300),
	},
	{
		id: "fragments",
		title: "Fragments",
		description: "Large datagrams in pieces, over IPv4 and IPv6.",
		capture: generated("fragments", 60),
	},
	{
		id: "trunk",
		title: "A VLAN trunk",
		description: "Tagged frames of VLANs 10, 20 and 30, some tagged twice.",
		capture: generated("trunk", 100),
	},
	{
		id: "ipv6",
		title: "IPv6",
		description: "Neighbor and router discovery, extension headers, TCP and UDP.",
		capture: generated("ipv6", 100),
	},
	{
		id: "tunnels",
		title: "Tunnels",
		description: "Packets inside GRE, IP in IP, 6in4 and VXLAN.",
		capture: generated("tunnels", 100),
	},
];
