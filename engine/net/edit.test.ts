import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toHex } from "../base/index.ts";
import {
	build,
	changedRanges,
	checksums,
	cidrContains,
	dissect,
	fixChecksums,
	formatCidr,
	formatIpv6,
	formatMac,
	internetChecksum,
	LinkType,
	onesSum,
	parseCidr,
	parseIp,
	parseIpv4,
	parseIpv6,
	parseMac,
	setField,
	traffic,
	trafficKinds,
	updateChecksum,
	updateChecksumBytes,
} from "./index.ts";

const [syn] = traffic("syn-flood", 1, 1).map((p) => p.bytes);
const base = syn ?? new Uint8Array(0);

function fieldOf(bytes: Uint8Array, id: string, linkType?: number) {
	return dissect(bytes, linkType)
		.layers.flatMap((l) => l.fields)
		.find((f) => f.id === id);
}

describe("setField", () => {
	test.each([
		["ip.ttl", 3, 3],
		["ip.dst", "192.0.2.7", "192.0.2.7"],
		["eth.src", "02-00-00-00-00-ff", "02:00:00:00:00:ff"],
		["ip.frag_offset", 1480, 1480],
		["ip.flags.df", true, 1],
		["tcp.flags", "SYN ACK", 0x12],
		["tcp.dstport", "0x1bb", 443],
		["tcp.hdr_len", 24, 24],
		["tcp.options.mss_val", 1300, 1300],
		["ip.dsfield.dscp", 46, 46],
	])("sets %s to %s and checksums with it", (field, value, expected) => {
		const { value: out, diagnostics } = setField(base, { field }, value, { fixChecksums: true });
		expect(diagnostics).toEqual([]);
		const bytes = out ?? base;
		expect(fieldOf(bytes, field)?.value).toBe(expected);
		expect(bytes.length).toBe(base.length);
		expect(checksums(bytes).filter((c) => c.status === "wrong")).toEqual([]);
	});

	test("leaves checksums alone unless asked, and an edited checksum always", () => {
		const plain = setField(base, { field: "ip.ttl" }, 3).value ?? base;
		expect(changedRanges(base, plain).map((c) => c.after)).toEqual([{ start: 22, end: 23 }]);
		const edited =
			setField(base, { field: "ip.checksum" }, 0xbeef, { fixChecksums: true }).value ?? base;
		expect(fieldOf(edited, "ip.checksum")).toMatchObject({
			value: 0xbeef,
			valid: "wrong",
			expected: fieldOf(base, "ip.checksum")?.value,
		});
	});

	test("sets raw bytes at an offset, and the layer that is named", () => {
		expect(toHex((setField(base, { offset: 0 }, "ffff").value ?? base).slice(0, 3))).toBe("ffff00");
		expect((setField(base, { offset: 22 }, 9).value ?? base)[22]).toBe(9);
		const layers = [{ layer: "ip" }, { layer: "ip" }, { layer: "udp" }] as const;
		const bytes = build({ layers }).value ?? base;
		const out =
			setField(bytes, { field: "ip.ttl", layer: 1 }, 7, {
				linkType: LinkType.raw,
				fixChecksums: true,
			}).value ?? base;
		expect([bytes[8], out[8], out[28]]).toEqual([64, 64, 7]);
		expect(checksums(out, LinkType.raw).every((c) => c.status === "correct")).toBe(true);
	});

	test("writes the loopback family in its byte order", () => {
		const bytes = build({ layers: [{ layer: "null" }, { layer: "ip" }] }).value ?? base;
		expect(toHex(bytes.slice(0, 4))).toBe("02000000");
		const out =
			setField(bytes, { field: "null.family" }, 30, { linkType: LinkType.null }).value ?? base;
		expect(toHex(out.slice(0, 4))).toBe("1e000000");
	});

	test.each([
		[{ field: "ip.nope" }, 1, "has no field ip.nope"],
		[{ field: "ip.ttl" }, 300, "expected a number from 0 to 255, found 300"],
		[{ field: "ip.hdr_len" }, 21, "expected a multiple of 4"],
		[{ field: "ip.src" }, "10.0.0", "no IPv4 address"],
		[{ field: "tcp.flags" }, "SYN BEE", "expected a number"],
		[{ offset: 1000 }, 1, "inside the packet's"],
		[{ offset: 0 }, "xy", "hexadecimal"],
	])("refuses %j = %j", (target, value, message) => {
		const out = setField(base, target, value);
		expect(out.value).toBeUndefined();
		expect(out.diagnostics[0]).toMatchObject({ id: "net/edit", severity: "error" });
		expect(out.diagnostics[0]?.message).toContain(message);
	});
});

test.each(trafficKinds)("fixChecksums undoes damage to checksums: $kind", ({ kind }) => {
	for (const { bytes } of traffic(kind, 30, 4)) {
		const damaged = bytes.slice();
		for (const { offset } of checksums(bytes)) damaged[offset] = (damaged[offset] ?? 0) ^ 0xa5;
		expect(toHex(fixChecksums(damaged))).toBe(toHex(bytes));
	}
});

describe("checksums", () => {
	test("the example of RFC 1071", () => {
		const data = Uint8Array.of(0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7);
		expect(onesSum(data)).toBe(0xddf2);
		expect(internetChecksum(data)).toBe(0x220d);
	});

	test("the example of RFC 1624", () => {
		expect(updateChecksum(0xdd2f, 0x5555, 0x3285)).toBe(0x0000);
	});

	test("an update gives what computing anew gives", () => {
		const data = fc
			.uint8Array({ minLength: 2, maxLength: 64 })
			.filter((d) => d.some((b) => b !== 0));
		fc.assert(
			fc.property(
				data,
				fc.nat({ max: 30 }),
				fc.integer({ min: 1, max: 0xffff }),
				(before, word, value) => {
					const at = 2 * (word % Math.floor(before.length / 2));
					const after = before.slice();
					after[at] = value >> 8;
					after[at + 1] = value & 0xff;
					const old = internetChecksum(before);
					const oldWord = onesSum(before, at, at + 2);
					expect(updateChecksum(old, oldWord, value)).toBe(internetChecksum(after));
					const bytes = updateChecksumBytes(old, before.slice(at, at + 2), after.slice(at, at + 2));
					expect(bytes).toBe(internetChecksum(after));
				},
			),
		);
	});
});

describe("changedRanges", () => {
	const abc = Uint8Array.of(1, 2, 3, 4, 5, 6);
	const range = (start: number, end: number) => ({ start, end });
	test.each([
		["nothing", [1, 2, 3, 4, 5, 6], 0, []],
		[
			"bytes in place",
			[1, 9, 9, 4, 8, 6],
			0,
			[
				{ kind: "changed", before: range(1, 3), after: range(1, 3) },
				{ kind: "changed", before: range(4, 5), after: range(4, 5) },
			],
		],
		[
			"a header put in front",
			[7, 7, 1, 2, 3, 4, 5, 6],
			-2,
			[{ kind: "inserted", before: range(0, 0), after: range(0, 2) }],
		],
		[
			"a header taken off",
			[3, 4, 9, 6],
			2,
			[
				{ kind: "removed", before: range(0, 2), after: range(0, 0) },
				{ kind: "changed", before: range(4, 5), after: range(2, 3) },
			],
		],
		[
			"a longer tail",
			[1, 2, 3, 4, 5, 6, 7],
			0,
			[{ kind: "inserted", before: range(6, 6), after: range(6, 7) }],
		],
		[
			"a shorter tail",
			[1, 2, 3],
			0,
			[{ kind: "removed", before: range(3, 6), after: range(3, 3) }],
		],
		["all taken off", [], 6, [{ kind: "removed", before: range(0, 6), after: range(0, 0) }]],
	])("%s", (_, after, headDelta, expected) => {
		expect(changedRanges(abc, Uint8Array.from(after), headDelta)).toEqual(expected);
	});

	test("the ranges rebuild the packet", () => {
		const bytes = fc.uint8Array({ maxLength: 20 });
		fc.assert(
			fc.property(bytes, bytes, fc.integer({ min: -25, max: 25 }), (before, after, delta) => {
				const rebuilt: number[] = [];
				let at = 0;
				for (const change of changedRanges(before, after, delta)) {
					rebuilt.push(
						...before.slice(at, change.before.start),
						...after.slice(change.after.start, change.after.end),
					);
					at = change.before.end;
				}
				rebuilt.push(...before.slice(at));
				expect(rebuilt).toEqual([...after]);
			}),
		);
	});
});

describe("addresses", () => {
	test.each([
		["2001:0DB8:0:0:0:0:0:1", "2001:db8::1"],
		["::", "::"],
		["::1", "::1"],
		["1::", "1::"],
		["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
		["2001:0:0:1:0:0:0:1", "2001:0:0:1::1"],
		["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
		["::ffff:192.0.2.1", "::ffff:192.0.2.1"],
		["64:ff9b::192.0.2.33", "64:ff9b::c000:221"],
	])("%s is written %s", (text, canonical) => {
		expect(formatIpv6(parseIpv6(text).value ?? new Uint8Array(16).fill(0xff))).toBe(canonical);
	});

	test("IPv6 text reads back", () => {
		const words = fc.array(fc.oneof(fc.constant(0), fc.nat({ max: 255 })), {
			minLength: 16,
			maxLength: 16,
		});
		fc.assert(
			fc.property(words, (list) => {
				const bytes = Uint8Array.from(list);
				expect(toHex(parseIpv6(formatIpv6(bytes)).value ?? new Uint8Array(0))).toBe(toHex(bytes));
			}),
		);
	});

	test.each([
		["1.2.3", parseIpv4, "expected four numbers"],
		["1.2.3.256", parseIpv4, '"256" is not a number from 0 to 255'],
		["1.2.3.04", parseIpv4, '"04"'],
		["1:2:3:4:5:6:7", parseIpv6, "expected eight groups, found 7"],
		["1::2::3", parseIpv6, "only once"],
		["1:2:3:4:5:6:7::8", parseIpv6, "found 8"],
		["1:2:3:4:5:6:7:8::", parseIpv6, "found 8"],
		["12345::", parseIpv6, '"12345"'],
		["::1.2.3", parseIpv6, "no IPv4 address"],
		["02:00:00:00:00", parseMac, "six bytes"],
		["02:00:00:00:00:zz", parseMac, '"zz"'],
		["10.0.0.0/33", parseCidr, "from 0 to 32"],
		["::/129", parseCidr, "from 0 to 128"],
		["x/8", parseCidr, "no IPv4 address"],
		["", parseIp, "no IPv4 address"],
	])("%j", (text, parse, message) => {
		const { value, diagnostics } = parse(text);
		expect(value).toBeUndefined();
		expect(diagnostics[0]?.message).toContain(message);
		expect(diagnostics[0]?.id).toMatch(/^net\/.*(address|length)$/);
	});

	test.each([
		["10.0.0.0/8", "10.255.1.1", true],
		["10.0.0.0/8", "11.0.0.0", false],
		["10.0.0.128/25", "10.0.0.127", false],
		["0.0.0.0/0", "1.2.3.4", true],
		["0.0.0.0/0", "::1", false],
		["2001:db8::/33", "2001:db8:7fff::", true],
		["2001:db8::/33", "2001:db8:8000::", false],
		["10.0.0.1", "10.0.0.1", true],
	])("%s holds %s: %s", (block, address, inside) => {
		const cidr = parseCidr(block).value;
		const bytes = parseIp(address).value;
		expect(cidr && bytes && cidrContains(cidr, bytes)).toBe(inside);
		if (block.includes("/")) expect(cidr && formatCidr(cidr)).toBe(block);
	});

	test("MAC addresses", () => {
		for (const text of ["02:00:00:00:00:0a", "02-00-00-00-00-0A", "02000000000a", "2:0:0:0:0:a"])
			expect(formatMac(parseMac(text).value ?? new Uint8Array(6))).toBe("02:00:00:00:00:0a");
	});
});
