import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concatBytes, equalBytes, fromHex, toHex, view } from "../base/index.ts";
import {
	type Capture,
	captureOf,
	formatHexDump,
	parseHexDump,
	readCapture,
	readPcap,
	readPcapng,
	traffic,
	writePcap,
	writePcapng,
} from "./index.ts";

function bytes(hex: string): Uint8Array {
	return fromHex(hex) ?? new Uint8Array(0);
}

const packet = fc
	.record({
		sec: fc.nat({ max: 0xffff_ffff }),
		nsec: fc.nat({ max: 999_999_999 }),
		bytes: fc.uint8Array({ maxLength: 90 }),
		extra: fc.nat({ max: 2000 }),
		comment: fc.option(fc.string({ unit: "grapheme", maxLength: 20 }), { nil: undefined }),
	})
	.map((p) => ({
		timestamp: { sec: p.sec, nsec: p.nsec },
		bytes: p.bytes,
		originalLength: p.bytes.length + p.extra,
		...(p.comment === undefined ? {} : { comment: p.comment }),
	}));

describe("pcap", () => {
	test.each([
		[false, false],
		[false, true],
		[true, false],
		[true, true],
	])("reads what it writes (nanoseconds %s, big-endian %s)", (nanoseconds, bigEndian) => {
		fc.assert(
			fc.property(
				fc.array(packet, { maxLength: 8 }),
				fc.constantFrom(0, 1, 101, 113),
				(packets, linkType) => {
					const file = writePcap({ linkType, packets }, { nanoseconds, bigEndian });
					const { value, diagnostics } = readCapture(file);
					expect(diagnostics).toEqual([]);
					expect(value?.linkType).toBe(linkType);
					const expected = packets.map(({ comment: _, timestamp: t, ...p }) => ({
						...p,
						timestamp: nanoseconds ? t : { sec: t.sec, nsec: t.nsec - (t.nsec % 1000) },
					}));
					expect(value?.packets).toEqual(expected);
				},
			),
			{ numRuns: 100 },
		);
	});

	const file = writePcap(captureOf(traffic("ping", 3, 1)));
	test.each([
		["no file", new Uint8Array(0), "offset 0: expected the first bytes of a pcap or pcapng file"],
		["half a header", file.slice(0, 12), "offset 12: expected 24 bytes of file header"],
		[
			"another version",
			concatBytes([file.slice(0, 4), bytes("0300"), file.slice(6)]),
			"offset 4: expected format version 2, found 3",
		],
		[
			"a giant packet",
			concatBytes([file.slice(0, 32), bytes("ffffff7f"), file.slice(36)]),
			"offset 32: expected a length up to 262144, found 2147483647",
		],
	])("says what is wrong with %s", (_, damaged, message) => {
		const { value, diagnostics } = readCapture(damaged);
		expect(value).toBeUndefined();
		expect(diagnostics[0]).toMatchObject({ severity: "error", id: "net/capture" });
		expect(diagnostics[0]?.message).toContain(message);
	});

	test("gives the packets before a cut, and stops at the limit", () => {
		const cut = readPcap(file.slice(0, -5));
		expect(cut.value?.packets.length).toBe(2);
		expect(cut.diagnostics[0]).toMatchObject({ severity: "warning" });
		expect(cut.diagnostics[0]?.message).toContain("expected 98 bytes of packet, found 93");
		const few = readPcap(file, { maxPackets: 1 });
		expect(few.value?.packets.length).toBe(1);
		expect(few.diagnostics[0]?.message).toContain("at most 1 packets");
	});
});

function block(type: number, body: string, little: boolean): Uint8Array {
	const inner = bytes(body);
	const out = new Uint8Array(12 + inner.length);
	view(out).setUint32(0, type, little);
	view(out).setUint32(4, out.length, little);
	view(out).setUint32(out.length - 4, out.length, little);
	out.set(inner, 8);
	return out;
}

const section = "1a2b3c4d 0001 0000 ffffffffffffffff";

describe("pcapng", () => {
	test.each([false, true])("reads what it writes (big-endian %s)", (bigEndian) => {
		const interfaces = [
			{ linkType: 1, snapLength: 262_144, name: "veth0" },
			{ linkType: 101, snapLength: 0 },
		];
		fc.assert(
			fc.property(fc.array(fc.tuple(packet, fc.nat({ max: 1 })), { maxLength: 8 }), (list) => {
				const packets = list.map(([p, i]) => ({ ...p, interface: i }));
				const capture: Capture = { linkType: 1, interfaces, packets };
				const { value, diagnostics } = readCapture(writePcapng(capture, { bigEndian }));
				expect(diagnostics).toEqual([]);
				expect(value).toEqual(capture);
			}),
			{ numRuns: 100 },
		);
	});

	test("reads older, simple and unknown blocks, resolutions and several sections", () => {
		const file = concatBytes([
			block(0x0a0d0d0a, section, false),
			// Resolution 2^-10, time offset 100 seconds.
			block(1, "0001 0000 00000000 0009 0001 8a000000 000e 0008 0000000000000064 0000 0000", false),
			block(2, "0000 0000 00000000 00000600 00000002 00000009 abcd0000", false),
			block(0x0bad, "01020304", false),
			block(3, "00000003 01020300", false),
			block(0x0a0d0d0a, "4d3c2b1a 0100 0000 ffffffffffffffff", true),
			block(1, "6500 0000 02000000", true),
			block(6, "00000000 00000000 40420f00 01000000 01000000 45000000", true),
			block(3, "04000000 60610000", true),
		]);
		const { value, diagnostics } = readPcapng(file);
		expect(diagnostics).toEqual([]);
		expect(value?.interfaces.map((i) => i.linkType)).toEqual([1, 101]);
		expect(value?.packets).toEqual([
			{
				timestamp: { sec: 101, nsec: 500_000_000 },
				bytes: bytes("abcd"),
				originalLength: 9,
				interface: 0,
			},
			{ timestamp: { sec: 0, nsec: 0 }, bytes: bytes("010203"), originalLength: 3, interface: 0 },
			{ timestamp: { sec: 1, nsec: 0 }, bytes: bytes("45"), originalLength: 1, interface: 1 },
			{ timestamp: { sec: 0, nsec: 0 }, bytes: bytes("6061"), originalLength: 4, interface: 1 },
		]);
	});

	const start = block(0x0a0d0d0a, section, false);
	test.each([
		[
			"byte order",
			block(0x0a0d0d0a, "11111111 0001 0000 ffffffffffffffff", false),
			"offset 8: expected the byte-order magic",
		],
		[
			"version",
			block(0x0a0d0d0a, "1a2b3c4d 0002 0000 ffffffffffffffff", false),
			"offset 12: expected format version 1, found 2",
		],
		[
			"interface",
			concatBytes([start, block(6, `${"00".repeat(20)}`, false)]),
			"offset 36: expected an interface that was described, found number 0",
		],
		[
			"body",
			concatBytes([start, block(1, "0001", false).slice(0, 10), bytes("0000 0000000e 00")]),
			"offset 32: expected a block length of at least 12",
		],
		[
			"length twice",
			concatBytes([start, bytes("00000bad 0000000c 0000000d")]),
			"offset 36: expected the block length 12 again, found 13",
		],
	])("says what is wrong with the %s", (_, file, message) => {
		const { value, diagnostics } = readPcapng(file);
		expect(value).toBeUndefined();
		expect(diagnostics[0]?.message).toContain(message);
	});
});

test("readers take any bytes: a capture or errors, packets inside the file", () => {
	const packets = traffic("lan", 4, 3);
	const seeds = [
		writePcap(captureOf(packets)),
		writePcapng(captureOf(packets)),
		writePcapng(captureOf(packets), { bigEndian: true }),
	];
	const damaged = fc
		.record({
			seed: fc.constantFrom(...seeds),
			edits: fc.array(fc.tuple(fc.nat({ max: 200 }), fc.nat({ max: 255 })), { maxLength: 8 }),
			keep: fc.nat({ max: 400 }),
		})
		.map(({ seed, edits, keep }) => {
			const out = seed.slice(0, keep);
			for (const [at, value] of edits) if (at < out.length) out[at] = value;
			return out;
		});
	fc.assert(
		fc.property(fc.oneof(fc.uint8Array({ maxLength: 64 }), damaged), (file) => {
			const { value, diagnostics } = readCapture(file);
			const errors = diagnostics.filter((d) => d.severity === "error").length;
			expect(errors > 0).toBe(value === undefined);
			const size = value?.packets.reduce((n, p) => n + p.bytes.length, 0) ?? 0;
			expect(size).toBeLessThanOrEqual(file.length);
		}),
		{ numRuns: 2000 },
	);
});

const first = "0200000000020200000000010806000108000604000102000000";
const whole = `${first}00010a000001ffffffffffff0a000002414263`;

describe("parseHexDump", () => {
	test.each([
		["plain digits", whole],
		["groups", whole.replace(/(.{4})/g, "$1 ")],
		["bytes with colons", whole.replace(/(..)(?=.)/g, "$1:")],
		["C", `{ ${whole.replace(/(..)/g, "0x$1, ")}}`],
		["escapes", `"${whole.replace(/(..)/g, "\\x$1")}"`],
		["comments", `# a packet\n${whole.slice(0, 20)} // first\n${whole.slice(20)}\n`],
		[
			"xxd",
			`00000000: 0200 0000 0002 0200 0000 0001 0806 0001  ................
00000010: 0800 0604 0001 0200 0000 0001 0a00 0001  ................
00000020: ffff ffff ffff 0a00 0002 4142 63         ..........ABc`,
		],
		[
			"tcpdump -X",
			`12:00:00.000000 ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 31
\t0x0000:  0200 0000 0002 0200 0000 0001 0806 0001  ................
\t0x0010:  0800 0604 0001 0200 0000 0001 0a00 0001  ................
\t0x0020:  ffff ffff ffff 0a00 0002 4142 63         ..........ABc`,
		],
		[
			"hexdump -C",
			`00000000  02 00 00 00 00 02 02 00  00 00 00 01 08 06 00 01  |................|
00000010  08 00 06 04 00 01 02 00  00 00 00 01 0a 00 00 01  |................|
00000020  ff ff ff ff ff ff 0a 00  00 02 41 42 63           |..........ABc|
0000002d`,
		],
		[
			"Wireshark",
			`0000   02 00 00 00 00 02 02 00 00 00 00 01 08 06 00 01   ................
0010   08 00 06 04 00 01 02 00 00 00 00 01 0a 00 00 01   ................
0020   ff ff ff ff ff ff 0a 00 00 02 41 42 63            ..........ABc`,
		],
	])("reads %s", (_, text) => {
		const { value, diagnostics } = parseHexDump(text);
		expect(diagnostics).toEqual([]);
		expect(value?.map(toHex)).toEqual([whole]);
	});

	test("reads several packets", () => {
		expect(parseHexDump("0102\n\n0304\n05").value?.map(toHex)).toEqual(["0102", "030405"]);
		const dumps = "0000  01 02 03\n\n0000  04 05\n0002  06";
		expect(parseHexDump(dumps).value?.map(toHex)).toEqual(["010203", "040506"]);
	});

	test("reads what it writes", () => {
		fc.assert(
			fc.property(fc.uint8Array({ minLength: 1, maxLength: 70 }), (input) => {
				const [back] = parseHexDump(formatHexDump(input)).value ?? [];
				expect(back && equalBytes(back, input)).toBe(true);
			}),
		);
	});

	test.each([
		["01 02\n0g 03", 2, 1, 'found "0g"'],
		["010", 1, 1, 'found "010"'],
		["0000: 0102\n0004: 03", 2, 1, "expected offset 0002"],
		["0000  01 02\n0002  03\n0005  04", 3, 1, "expected offset 0003"],
		["", 1, 1, "found none"],
	])("says what is wrong with %j", (text, line, column, message) => {
		const { value, diagnostics } = parseHexDump(text, "paste");
		expect(value).toBeUndefined();
		expect(diagnostics[0]).toMatchObject({ id: "net/hex", span: { file: "paste", line, column } });
		expect(diagnostics[0]?.message).toContain(message);
	});

	test("takes any text", () => {
		const alphabet = fc.constantFrom(..."0123456789abcdefx: \n\t|.g");
		fc.assert(
			fc.property(fc.string({ unit: alphabet, maxLength: 200 }), (text) => {
				const { value, diagnostics } = parseHexDump(text);
				expect(value === undefined).toBe(diagnostics.length > 0);
			}),
			{ numRuns: 1000 },
		);
	});
});
