import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { equalBytes, fromHex, toHex } from "../base/index.ts";
import {
	build,
	checksums,
	dissect,
	type LayerSpec,
	LinkType,
	type PacketSpec,
	specOf,
	traffic,
	trafficKinds,
} from "./index.ts";

function bytesOf(spec: PacketSpec): Uint8Array {
	const { value, diagnostics } = build(spec);
	expect(diagnostics).toEqual([]);
	return value ?? new Uint8Array(0);
}

function summaryOf(layers: readonly LayerSpec[]) {
	return dissect(bytesOf({ layers })).summary;
}

describe("build", () => {
	test("writes a TCP SYN byte for byte", () => {
		const bytes = bytesOf({
			layers: [
				{ layer: "eth", dst: "02:00:00:00:00:02", src: "02:00:00:00:00:01" },
				{ layer: "ip", src: "10.0.0.1", dst: "10.0.0.2", ident: 0x1234, dontFragment: 1 },
				{
					layer: "tcp",
					srcPort: 40000,
					dstPort: 443,
					seq: 1,
					flags: "SYN",
					options: [{ kind: "mss", size: 1460 }],
				},
			],
		});
		expect(toHex(bytes)).toBe(
			"0200000000020200000000010800" +
				"4500002c12344000400614960a0000010a000002" +
				"9c4001bb00000001000000006002faf0eb360000020405b4",
		);
	});

	test("keeps explicit values even when they are wrong", () => {
		const bytes = bytesOf({
			layers: [
				{ layer: "eth", type: 0x0800 },
				{ layer: "ip", length: 9, checksum: 0xdead, protocol: 99 },
				{ layer: "udp", length: 3, checksum: 1 },
			],
		});
		const ip = dissect(bytes).layers[1];
		const value = (id: string) => ip?.fields.find((f) => f.id === id)?.value;
		expect([value("ip.len"), value("ip.checksum"), value("ip.proto")]).toEqual([9, 0xdead, 99]);
		expect(toHex(bytes.slice(38, 42))).toBe("00030001");
	});

	test.each([
		[{ layers: [{ layer: "ip", src: "10.0.0.300" }] }, "layers[0].src"],
		[{ layers: [{ layer: "eth" }, { layer: "ip", ttl: 256 }] }, "layers[1].ttl"],
		[{ layers: [{ layer: "ip", fragmentOffset: 9 }] }, "layers[0].fragmentOffset"],
		[{ layers: [{ layer: "data", hex: "abc" }] }, "layers[0].hex"],
		[{ layers: [{ layer: "udp" }], trailer: "x" }, "packet.trailer"],
	] satisfies [PacketSpec, string][])("names the field at fault: %j", (spec, path) => {
		const { value, diagnostics } = build(spec);
		expect(value).toBeUndefined();
		expect(diagnostics[0]).toMatchObject({ id: "net/packet-spec", severity: "error" });
		expect(diagnostics[0]?.message).toContain(path);
	});

	test("names layers and fields that do not exist", () => {
		const spec: PacketSpec = JSON.parse('{"layers":[{"layer":"nope"},{"layer":"ip","hops":3}]}');
		const messages = build(spec).diagnostics.map((d) => d.message);
		expect(messages[0]).toContain('no such layer: "nope"');
		expect(messages[1]).toContain("layers[1].hops: no such field");
	});
});

describe("summaries", () => {
	const eth: LayerSpec = { layer: "eth" };
	const ip: LayerSpec = { layer: "ip", src: "10.0.0.21", dst: "10.0.0.1" };
	test.each([
		[
			[eth, ip, { layer: "tcp", srcPort: 49812, dstPort: 443, seq: 7 }],
			"10.0.0.21:49812",
			"TCP",
			"SYN, seq 7, win 64240",
		],
		[
			[eth, { layer: "arp", senderIp: "10.0.0.9", targetIp: "10.0.0.1" }],
			"10.0.0.9",
			"ARP",
			"who has 10.0.0.1? tell 10.0.0.9",
		],
		[
			[eth, ip, { layer: "icmp", ident: 3, seq: 4 }],
			"10.0.0.21",
			"ICMP",
			"echo request id 3 seq 4",
		],
		[
			[
				eth,
				ip,
				{ layer: "udp", dstPort: 53 },
				{ layer: "dns", questions: [{ name: "a.example" }] },
			],
			"10.0.0.21:40000",
			"DNS",
			"query A a.example",
		],
		[
			[
				eth,
				{ layer: "ip", src: "10.0.0.21", moreFragments: 1, fragmentOffset: 16, protocol: 17 },
				{ layer: "data", hex: "00" },
			],
			"10.0.0.21",
			"UDP",
			"fragment 0 at 16, 1 bytes",
		],
		[
			[
				eth,
				{ layer: "ipv6", src: "fd00::1" },
				{ layer: "udp", dstPort: 9 },
				{ layer: "data", hex: "0102" },
			],
			"[fd00::1]:40000",
			"UDP",
			"2 bytes",
		],
	] satisfies [LayerSpec[], string, string, string][])("%#", (layers, from, protocol, info) => {
		expect(summaryOf(layers)).toMatchObject({ from, protocol, info });
	});
});

describe("specOf", () => {
	test.each(trafficKinds)("$kind: builds the same bytes again", ({ kind }) => {
		for (const { bytes } of traffic(kind, 60, 7)) {
			const spec = specOf(bytes);
			const { value } = build(JSON.parse(JSON.stringify(spec)));
			expect(toHex(value ?? new Uint8Array(0))).toBe(toHex(bytes));
		}
	});

	test("leaves out what build computes", () => {
		const layers: LayerSpec[] = [
			{ layer: "eth" },
			{ layer: "ip" },
			{ layer: "udp", dstPort: 7 },
			{ layer: "data", text: "hi" },
		];
		const spec = specOf(bytesOf({ layers }));
		expect(spec.layers.map((l) => l.layer)).toEqual(["eth", "ip", "udp", "data"]);
		for (const name of ["checksum", "length", "headerLength", "type"])
			expect(spec.layers.some((l) => name in l)).toBe(false);
	});

	test("is an inverse for any bytes and link type", () => {
		const known = [LinkType.ethernet, LinkType.raw, LinkType.linuxSll, LinkType.null];
		fc.assert(
			fc.property(mutated, fc.constantFrom(...known), (bytes, linkType) => {
				const { value } = build(specOf(bytes, linkType));
				expect(value && equalBytes(value, bytes)).toBe(true);
			}),
			{ numRuns: 400 },
		);
	});
});

/** Generated packets with some bytes changed or cut off, and bare noise. */
const samples = trafficKinds.flatMap(({ kind }) => traffic(kind, 12, 3).map((p) => p.bytes));
const mutated = fc.oneof(
	fc.uint8Array({ maxLength: 120 }),
	fc
		.record({
			bytes: fc.constantFrom(...samples),
			edits: fc.array(fc.tuple(fc.nat({ max: 120 }), fc.nat({ max: 255 })), { maxLength: 6 }),
			keep: fc.nat({ max: 200 }),
		})
		.map(({ bytes, edits, keep }) => {
			const out = bytes.slice(0, keep > 150 ? bytes.length : keep);
			for (const [at, value] of edits) if (at < out.length) out[at] = value;
			return out;
		}),
);

describe("dissect", () => {
	test("takes any bytes: fields lie inside the packet and layers in order", () => {
		fc.assert(
			fc.property(mutated, fc.nat({ max: 120 }), (bytes, linkType) => {
				const { layers } = dissect(bytes, linkType);
				let last = 0;
				for (const layer of layers) {
					expect(layer.offset).toBeGreaterThanOrEqual(last);
					expect(layer.length).toBeGreaterThanOrEqual(0);
					last = layer.offset;
					for (const f of layer.fields) {
						expect(f.offset + f.length).toBeLessThanOrEqual(bytes.length);
						expect(f.length).toBeGreaterThan(layer.id === "data" ? -1 : 0);
					}
				}
				expect(layers.length).toBeLessThanOrEqual(65);
			}),
			{ numRuns: 2000 },
		);
	});

	test("stops nesting at the limit", () => {
		const labels = new Uint8Array(14 + 4 * 5000);
		labels.set([0x88, 0x47], 12);
		expect(dissect(labels).layers.length).toBe(65);
	});

	test("follows compression pointers backwards only", () => {
		const message = "0001010000010000000000000161c00c00010001";
		const query = fromHex(message) ?? new Uint8Array(0);
		const layers: LayerSpec[] = [
			{ layer: "ip" },
			{ layer: "udp", dstPort: 53 },
			{ layer: "data", hex: toHex(query) },
		];
		const dns = dissect(bytesOf({ layers }), LinkType.raw).layers.at(-1);
		expect(dns).toMatchObject({ id: "dns", problem: "a name or record is cut" });
	});

	test("marks what the capture cut off", () => {
		const [whole] = traffic("ping", 1, 1);
		const cut = dissect(whole?.bytes.slice(0, 50) ?? new Uint8Array(0));
		expect(cut.truncated).toBe(true);
		expect(cut.layers.find((l) => l.id === "ip")?.truncated).toBe(true);
		expect(
			cut.layers.find((l) => l.id === "icmp")?.fields.find((f) => f.id === "icmp.checksum")?.valid,
		).toBe("unverified");
		expect(dissect(whole?.bytes ?? new Uint8Array(0)).truncated).toBe(false);
	});

	test("quotes the packet of an ICMP error", () => {
		const inner = bytesOf({
			layers: [
				{ layer: "ip", src: "10.9.9.9" },
				{ layer: "udp", dstPort: 9 },
			],
		});
		const layers: LayerSpec[] = [
			{ layer: "eth" },
			{ layer: "ip" },
			{ layer: "icmp", type: 3, code: 3 },
			{ layer: "data", hex: toHex(inner) },
		];
		const { layers: found, summary } = dissect(bytesOf({ layers }));
		expect(found.map((l) => [l.id, l.quoted ?? false])).toEqual([
			["eth", false],
			["ip", false],
			["icmp", false],
			["ip", true],
			["udp", true],
		]);
		expect(summary).toMatchObject({ from: "10.0.0.1", protocol: "ICMP", info: "port unreachable" });
	});
});

test.each(trafficKinds)(
	"traffic $kind: every checksum is right, and a longer run starts the same",
	({ kind }) => {
		const packets = traffic(kind, 80, 11);
		expect(packets.length).toBe(80);
		const verdicts = packets.flatMap((p) => checksums(p.bytes));
		expect(verdicts.filter((v) => v.status !== "correct")).toEqual([]);
		expect(packets.map((p) => p.bytes)).toEqual(
			traffic(kind, 100, 11)
				.slice(0, 80)
				.map((p) => p.bytes),
		);
		expect(packets.map((p) => toHex(p.bytes))).not.toEqual(
			traffic(kind, 80, 12).map((p) => toHex(p.bytes)),
		);
		if (kind !== "fragments") expect(verdicts.length).toBeGreaterThan(20);
	},
);
