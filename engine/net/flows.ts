// Makers of traffic, one a kind: each call gives the packets of one small exchange. Random choices come from the seed.
import type { Random } from "../base/index.ts";
import { mustBuild } from "./build.ts";
import { fragmentIpv4, fragmentIpv6 } from "./fragment.ts";
import {
	ephemeralPort,
	ethernetBetween,
	frame,
	type Host,
	host,
	ipv4Between,
	ipv6Between,
	letters,
	pick,
	someClient,
	synOptions,
} from "./host.ts";
import type { LayerSpec } from "./spec.ts";

/** Gives the packets of exchange number `round`, at least one. */
export type Maker = (round: number) => readonly Uint8Array[];

const server = host(1);
const resolver = host(2);
const attacker = host(66);
const names = ["example.com", "www.example.org", "mail.example.net", "cdn.example.com"] as const;

function arpExchange(asker: Host, target: Host): Uint8Array[] {
	const broadcast = "ff:ff:ff:ff:ff:ff";
	const addresses = { senderIp: asker.ipv4, senderMac: asker.mac, targetIp: target.ipv4 } as const;
	return [
		frame({ layer: "eth", src: asker.mac, dst: broadcast }, { layer: "arp", ...addresses }),
		frame(ethernetBetween(target, asker), {
			layer: "arp",
			operation: 2,
			senderMac: target.mac,
			senderIp: target.ipv4,
			targetMac: asker.mac,
			targetIp: asker.ipv4,
		}),
	];
}

interface Exchange {
	readonly from: Host;
	readonly to: Host;
	/** Layers under TCP, UDP and so on, from the sender to the receiver. */
	readonly below: (from: Host, to: Host) => readonly LayerSpec[];
}

function plain(from: Host, to: Host): Exchange {
	return { from, to, below: (a, b) => [ethernetBetween(a, b), ipv4Between(a, b)] };
}

function plain6(from: Host, to: Host): Exchange {
	return { from, to, below: (a, b) => [ethernetBetween(a, b), ipv6Between(a, b)] };
}

/** Handshake, one request, one answer, and the end. */
function tcpExchange(
	random: Random,
	{ from, to, below }: Exchange,
	dstPort: number,
	answer: number,
): Uint8Array[] {
	const port = ephemeralPort(random);
	const mine = random.u32();
	const theirs = random.u32();
	const clock = random.u32();
	const one = (out: boolean, seq: number, ack: number, flags: string, size = 0) =>
		frame(
			...(out ? below(from, to) : below(to, from)),
			{
				layer: "tcp",
				srcPort: out ? port : dstPort,
				dstPort: out ? dstPort : port,
				seq: (out ? mine + seq : theirs + seq) >>> 0,
				ackSeq: (out ? theirs + ack : mine + ack) >>> 0,
				flags,
				window: 502,
				options: [
					{ kind: "noOperation" },
					{ kind: "noOperation" },
					{ kind: "timestamps", value: clock, echo: clock },
				],
			},
			...(size > 0 ? [letters(size)] : []),
		);
	const opening = { ...synOptions(clock), srcPort: port, dstPort, seq: mine };
	const accepting = { ...synOptions(clock), flags: "SYN ACK", srcPort: dstPort, dstPort: port };
	return [
		frame(...below(from, to), opening),
		frame(...below(to, from), { ...accepting, seq: theirs, ackSeq: (mine + 1) >>> 0 }),
		one(true, 1, 1, "ACK"),
		one(true, 1, 1, "PSH ACK", 120),
		one(false, 1, 121, "PSH ACK", answer),
		one(true, 121, 1 + answer, "FIN ACK"),
		one(false, 1 + answer, 122, "FIN ACK"),
		one(true, 122, 2 + answer, "ACK"),
	];
}

function dnsExchange(random: Random, { from, to, below }: Exchange): Uint8Array[] {
	const srcPort = ephemeralPort(random);
	const ident = random.below(65536);
	const type = pick(random, [1, 1, 1, 28]);
	const missing = random.below(8) === 0;
	const name = missing ? `host${random.below(1000)}.example.invalid` : pick(random, names);
	const questions = [{ name, type }];
	const data = type === 28 ? "2001:db8::5" : `192.0.2.${1 + random.below(254)}`;
	return [
		frame(
			...below(from, to),
			{ layer: "udp", srcPort, dstPort: 53 },
			{ layer: "dns", ident, questions },
		),
		frame(
			...below(to, from),
			{ layer: "udp", srcPort: 53, dstPort: srcPort },
			{
				layer: "dns",
				ident,
				response: 1,
				recursionAvailable: 1,
				code: missing ? 3 : 0,
				questions,
				answers: missing ? [] : [{ name, type, ttl: 300, data }],
			},
		),
	];
}

function pingExchange({ from, to, below }: Exchange, ident: number, seq: number): Uint8Array[] {
	const one = (a: Host, b: Host, reply: boolean): Uint8Array => {
		const layers = below(a, b);
		const six = layers.some((l) => l.layer === "ipv6");
		const echo: LayerSpec = six
			? { layer: "icmpv6", type: reply ? 129 : 128, ident, seq }
			: { layer: "icmp", type: reply ? 0 : 8, ident, seq };
		return frame(...layers, echo, letters(56));
	};
	return [one(from, to, false), one(to, from, true)];
}

function udpBurst(random: Random, { from, to, below }: Exchange): Uint8Array[] {
	const ports = { srcPort: ephemeralPort(random), dstPort: pick(random, [443, 5060, 8125, 27015]) };
	return Array.from({ length: 1 + random.below(3) }, () =>
		frame(...below(from, to), { layer: "udp", ...ports }, letters(20 + random.below(600))),
	);
}

/** An exchange of everyday traffic over whatever lies below. */
function everyday(random: Random, exchange: Exchange, round: number): Uint8Array[] {
	switch (random.below(5)) {
		case 0:
			return dnsExchange(random, { ...exchange, to: resolver });
		case 1:
			return pingExchange(exchange, exchange.from.ipv4.length, round);
		case 2:
			return udpBurst(random, exchange);
		default:
			return tcpExchange(
				random,
				exchange,
				pick(random, [80, 443, 443, 22]),
				200 + random.below(1200),
			);
	}
}

export function lan(random: Random): Maker {
	return (round) => {
		const client = someClient(random);
		if (round % 5 === 0) return arpExchange(client, pick(random, [server, resolver]));
		return everyday(random, plain(client, server), round);
	};
}

export function portScan(random: Random): Maker {
	const first = random.below(1024);
	return (round) => [
		frame(
			ethernetBetween(attacker, server),
			ipv4Between(attacker, server, { ident: round & 0xffff }),
			{
				layer: "tcp",
				srcPort: 54321,
				// 421 and 1024 have no common divisor: every port once, in no plain order.
				dstPort: 1 + ((first + round * 421) % 1024),
				seq: random.u32(),
				flags: "SYN",
				window: 1024,
				options: [{ kind: "mss", size: 1460 }],
			},
		),
	];
}

export function synFlood(random: Random): Maker {
	const gateway = host(254);
	return () => {
		const src = `${1 + random.below(223)}.${random.below(256)}.${random.below(256)}.${1 + random.below(254)}`;
		return [
			frame(
				ethernetBetween(gateway, server),
				{
					layer: "ip",
					src,
					dst: server.ipv4,
					ttl: 40 + random.below(200),
					ident: random.below(65536),
				},
				{
					layer: "tcp",
					srcPort: 1024 + random.below(64512),
					dstPort: 80,
					seq: random.u32(),
					flags: "SYN",
					options: [{ kind: "mss", size: 1460 }],
				},
			),
		];
	};
}

export function dnsQueries(random: Random): Maker {
	return () => dnsExchange(random, plain(someClient(random), resolver));
}

export function pings(random: Random): Maker {
	const client = someClient(random);
	const ident = random.below(65536);
	return (round) => pingExchange(plain(client, server), ident, (round + 1) & 0xffff);
}

/** Large datagrams cut for an MTU of 1500 bytes, every fourth one over IPv6. */
export function fragments(random: Random): Maker {
	return (round) => {
		const client = someClient(random);
		const six = round % 4 === 3;
		const below = six
			? ipv6Between(client, server)
			: ipv4Between(client, server, { dontFragment: 0, ident: (round + 1) & 0xffff });
		const ports = { srcPort: ephemeralPort(random), dstPort: 2049 } as const;
		const size = 1600 + random.below(4000);
		const whole = mustBuild([
			ethernetBetween(client, server),
			below,
			{ layer: "udp", ...ports },
			letters(size),
		]);
		return six ? fragmentIpv6(whole, 1500, round + 1) : fragmentIpv4(whole, 1500);
	};
}

/** Tagged traffic of three VLANs; every fourth exchange carries a service tag too. */
export function trunk(random: Random): Maker {
	return (round) => {
		const client = someClient(random);
		const id = pick(random, [10, 20, 30]);
		const priority = id === 30 ? 5 : 0;
		const tags: LayerSpec[] = [{ layer: "vlan", id, priority }];
		if (round % 4 === 3) tags.unshift({ layer: "ieee8021ad", id: 100 });
		const below = (a: Host, b: Host) => [ethernetBetween(a, b), ...tags, ipv4Between(a, b)];
		return everyday(random, { from: client, to: server, below }, round);
	};
}

function neighborExchange(asker: Host, target: Host): Uint8Array[] {
	const last = target.ipv6.slice(6).padStart(2, "0");
	const option = (kind: number, of: Host) => [{ kind, data: of.mac.replaceAll(":", "") }];
	return [
		frame(
			{ layer: "eth", src: asker.mac, dst: `33:33:ff:00:00:${last}` },
			{ layer: "ipv6", src: asker.ipv6, dst: `ff02::1:ff00:${last}`, hopLimit: 255 },
			{ layer: "icmpv6", type: 135, target: target.ipv6, options: option(1, asker) },
		),
		frame(
			ethernetBetween(target, asker),
			{ layer: "ipv6", src: target.ipv6, dst: asker.ipv6, hopLimit: 255 },
			{
				layer: "icmpv6",
				type: 136,
				solicited: 1,
				override: 1,
				target: target.ipv6,
				options: option(2, target),
			},
		),
	];
}

function routerExchange(asker: Host): Uint8Array[] {
	const prefix = "40c0000151800000384000000000fd000000000000000000000000000000";
	return [
		frame(
			{ layer: "eth", src: asker.mac, dst: "33:33:00:00:00:02" },
			{ layer: "ipv6", src: "fe80::1", dst: "ff02::2", hopLimit: 255 },
			{ layer: "icmpv6", type: 133, options: [{ kind: 1, data: asker.mac.replaceAll(":", "") }] },
		),
		frame(
			{ layer: "eth", src: server.mac, dst: "33:33:00:00:00:01" },
			{ layer: "ipv6", src: "fe80::ff", dst: "ff02::1", hopLimit: 255 },
			{
				layer: "icmpv6",
				type: 134,
				other: 1,
				options: [
					{ kind: 1, data: server.mac.replaceAll(":", "") },
					{ kind: 5, data: "0000000005dc" },
					{ kind: 3, data: prefix },
				],
			},
		),
	];
}

/** A multicast report behind a router alert, and a packet steered by segments. */
function extensionExchange(random: Random, client: Host): Uint8Array[] {
	return [
		frame(
			{ layer: "eth", src: client.mac, dst: "33:33:00:00:00:16" },
			{ layer: "ipv6", src: "fe80::1", dst: "ff02::16", hopLimit: 1 },
			{ layer: "ipv6.hopopts", options: [{ kind: 5, data: "0000" }] },
			{ layer: "icmpv6", type: 143 },
			{ layer: "data", hex: "0000000104000000ff0200000000000000000001ff000001" },
		),
		frame(
			ethernetBetween(client, server),
			{ layer: "ipv6", src: client.ipv6, dst: "fd00:1::1" },
			{ layer: "ipv6.routing", segmentsLeft: 1, addresses: [server.ipv6, "fd00:1::1"] },
			{ layer: "udp", srcPort: ephemeralPort(random), dstPort: 8125 },
			letters(32),
		),
	];
}

export function ipv6Mix(random: Random): Maker {
	return (round) => {
		const client = someClient(random);
		switch (round % 6) {
			case 0:
				return neighborExchange(client, server);
			case 2:
				return extensionExchange(random, client);
			case 4:
				return routerExchange(client);
			default:
				return everyday(random, plain6(client, server), round);
		}
	};
}

/** One flow of full segments, an acknowledgment for every second one, and now and then another client. */
export function elephant(random: Random): Maker {
	const big = someClient(random);
	const start = random.u32();
	const port = ephemeralPort(random);
	return (round) => {
		if (round % 16 === 15) return everyday(random, plain(someClient(random), server), round);
		const seq = (start + round * 2896) >>> 0;
		const segment = (skip: number) =>
			frame(
				...plain(big, server).below(big, server),
				{
					layer: "tcp",
					srcPort: port,
					dstPort: 9000,
					seq: (seq + skip) >>> 0,
					ackSeq: 1,
					flags: "ACK",
				},
				letters(1448),
			);
		const answer: LayerSpec = {
			layer: "tcp",
			srcPort: 9000,
			dstPort: port,
			seq: 1,
			ackSeq: (seq + 2896) >>> 0,
			flags: "ACK",
		};
		return [segment(0), segment(1448), frame(...plain(server, big).below(server, big), answer)];
	};
}

/** Everyday traffic inside GRE, IP in IP, 6in4 and VXLAN, one after the other. */
export function tunnels(random: Random): Maker {
	return (round) => {
		const client = someClient(random);
		const outer = (a: Host, b: Host) => [
			ethernetBetween(a, b),
			ipv4Between(a, b, {
				src: a.ipv4.replace("10.0.0", "192.0.2"),
				dst: b.ipv4.replace("10.0.0", "192.0.2"),
			}),
		];
		const kinds: readonly [Exchange["below"], ...Exchange["below"][]] = [
			(a, b) => [...outer(a, b), { layer: "gre", key: 7, sequence: round }, ipv4Between(a, b)],
			(a, b) => [...outer(a, b), ipv4Between(a, b)],
			(a, b) => [...outer(a, b), ipv6Between(a, b)],
			(a, b) => [
				...outer(a, b),
				{ layer: "udp", srcPort: 50000 },
				{ layer: "vxlan", vni: 42 },
				ethernetBetween(a, b),
				ipv4Between(a, b),
			],
		];
		const below = kinds[round % kinds.length] ?? kinds[0];
		return everyday(random, { from: client, to: server, below }, round);
	};
}
