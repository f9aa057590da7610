// The packets that large C programs are run on: generated captures, and by hand what those lack (TLS, QUIC, GUE, Geneve, names that
// loop, headers cut at every length). For tests only.

import { concatBytes, fromHex, toHex, utf8 } from "../base/index.ts";
import { build, type LayerSpec, samples } from "../net/index.ts";

/** How many packets of each capture. */
const SHARES: Readonly<Record<string, number>> = {
	"first-packets": 20,
	"odd-packets": 40,
	"web-request": 12,
	"icmp-errors": 12,
	lan: 40,
	dns: 24,
	ping: 4,
	"syn-flood": 10,
	fragments: 12,
	trunk: 16,
	ipv6: 40,
	tunnels: 40,
};

const ethernet: LayerSpec = { layer: "eth", src: "02:00:00:00:00:15", dst: "02:00:00:00:00:01" };
const internet: LayerSpec = { layer: "ip", src: "10.0.0.21", dst: "10.0.0.1" };
const internet6: LayerSpec = { layer: "ipv6", src: "fd00::15", dst: "fd00::1" };

function made(...layers: readonly LayerSpec[]): Uint8Array {
	const { value, diagnostics } = build({ layers });
	if (!value) throw new Error(diagnostics[0]?.message ?? "a packet cannot be built");
	return value;
}

const word = (value: number, bytes: number) => value.toString(16).padStart(bytes * 2, "0");
const hex = (text: string) => toHex(utf8(text));

/** A length of `bytes` bytes, then the content in hexadecimal. */
const sized = (content: string, bytes: number) => word(content.length / 2, bytes) + content;

/** A TLS record with a ClientHello; the name is its server name, with an extension before it. */
export function clientHello(name: string): Uint8Array {
	const entry = `00${sized(hex(name), 2)}`;
	const padding = `0015${sized("00".repeat(7), 2)}`;
	const extensions = `${padding}0000${sized(sized(entry, 2), 2)}002b${sized("020304", 2)}`;
	const body = `0303${"5a".repeat(32)}${sized("11".repeat(32), 1)}${sized("130113021303", 2)}0100${sized(extensions, 2)}`;
	return fromHex(`160301${sized(`01${sized(body, 3)}`, 2)}`) ?? new Uint8Array();
}

const tcp = (srcPort: number, dstPort: number, flags: string, payload: Uint8Array) =>
	made(
		ethernet,
		internet,
		{ layer: "tcp", srcPort, dstPort, flags, seq: 1000, ackSeq: 1 },
		{ layer: "data", hex: toHex(payload) },
	);

const udp = (dstPort: number, payload: string, net: LayerSpec = internet) =>
	made(ethernet, net, { layer: "udp", srcPort: 40000, dstPort }, { layer: "data", hex: payload });

const inner = toHex(
	made(
		{ layer: "eth", src: "02:00:00:00:01:01", dst: "02:00:00:00:01:02" },
		{ layer: "ip", src: "192.168.7.1", dst: "192.168.7.2" },
		{ layer: "udp", srcPort: 1111, dstPort: 2222 },
		{ layer: "data", text: "inside" },
	),
);

const header = "12340100000100000000";
const names: readonly string[] = [
	`${header}00000770726976617465076578616d706c6503636f6d0000010001`,
	`${header}0000c00c00010001`,
	`${header}0000c00ec00c00010001`,
	`${header}00003f${"61".repeat(63)}3f${"62".repeat(63)}3f${"63".repeat(63)}3f${"64".repeat(63)}3f${"65".repeat(63)}0000010001`,
	`${header}0000ff41`,
	`${header}00000377777708736b65702d64657603`,
	`${header}0000000000ff0001`,
	`1234858000010001000000000377777703746573740000010001c00c00010001000000780004cb007109`,
];

function special(): Uint8Array[] {
	const hello = clientHello("skep.example");
	const quic = `c300000001${"08"}1122334455667788${"00"}${"00"}${word(0x4000 + 100, 2)}${"ab".repeat(100)}`;
	return [
		tcp(50001, 443, "PSH, ACK", hello),
		tcp(50002, 443, "PSH, ACK", clientHello("a.very.long.name.under.blocked.example.net")),
		tcp(50003, 443, "PSH, ACK", hello.subarray(0, 90)),
		tcp(50004, 443, "PSH, ACK", concatBytes([hello.subarray(0, 40), new Uint8Array(60).fill(255)])),
		tcp(50005, 8443, "PSH, ACK", utf8("GET / HTTP/1.1\r\nHost: skep.example\r\n\r\n")),
		tcp(50006, 80, "ACK", new Uint8Array()),
		tcp(50006, 80, "RST", new Uint8Array()),
		tcp(50007, 80, "FIN, SYN", new Uint8Array()),
		udp(443, quic),
		udp(443, `4${"0".repeat(61)}`),
		udp(443, "c3000000"),
		...names.map((n) => udp(53, n)),
		...names.slice(0, 3).map((n) => udp(53, n, internet6)),
		udp(6081, `0000655800004d00${inner}`),
		udp(6081, `0240655800004d00010280010000000a${inner}`),
		udp(6081, `3f00655800004d00${inner}`),
		udp(6080, `0004000045${inner.slice(30)}`),
		udp(4789, `0800000000002a00${inner}`),
		udp(4789, `0000000000002a00${inner}`),
		udp(4789, "08000000"),
		udp(9000, "00".repeat(8)),
		made(
			ethernet,
			{ layer: "ip", src: "198.51.100.7", dst: "203.0.113.1" },
			{ layer: "tcp", srcPort: 443, dstPort: 1024, flags: "SYN, ACK", ackSeq: 77 },
		),
		made(ethernet, internet, { layer: "icmp", type: 8, ident: 7, seq: 9 }),
	];
}

/** Cut at every length up to 80, in steps of five. */
function cut(bytes: Uint8Array): Uint8Array[] {
	const lengths = Array.from({ length: 14 }, (_, i) => 14 + 5 * i);
	return lengths.filter((n) => n < bytes.length).map((n) => bytes.slice(0, n));
}

/** All packets, in an order that never changes. */
export function largePackets(): Uint8Array[] {
	const generated = samples.flatMap(({ id, capture }) =>
		capture()
			.packets.slice(0, SHARES[id] ?? 0)
			.map((p) => p.bytes),
	);
	const own = special();
	const first = own[0];
	const dns = own[11];
	return [
		...generated,
		...own,
		...(first ? cut(first) : []),
		...(dns ? cut(dns) : []),
		new Uint8Array(64),
		new Uint8Array(64).fill(0xff),
	];
}
