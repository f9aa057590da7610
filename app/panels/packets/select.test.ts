import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../../engine/base/index.ts";
import { dissect } from "../../../engine/net/index.ts";
import type { DebugState, PacketResult } from "../../../engine/workbench/protocol.ts";
import {
	actionOf,
	briefLine,
	briefRows,
	changedText,
	checksumText,
	fieldAt,
	fieldRows,
	listed,
	lookOf,
	markAfter,
	markBefore,
	read,
	reordered,
	segments,
	shifted,
} from "./select.ts";

const hex =
	"0242ac1100020242ac11001508004500002800000000400666bb0a0000150a000001c29401bb9e3b11a4000000005002faf02cad0000";
const packet = { data: hex };
const result = (index: number, action: string, more: Partial<PacketResult> = {}): PacketResult => ({
	index,
	action,
	retval: 0,
	after: new Uint8Array(),
	headDelta: 0,
	changed: [],
	...more,
});

test("each packet is dissected once", () => {
	expect(read(packet)).toBe(read(packet));
	expect(read(packet).dissection.summary.to).toBe("10.0.0.1:443");
});

test("the chart counts every packet once, the unrun ones last", () => {
	const results = { 0: result(0, "DROP"), 1: result(1, "PASS"), 3: result(3, "PASS") };
	expect(segments(5, results).map((s) => `${s.action} ${s.count} ${s.colour}`)).toEqual([
		"PASS 2 1",
		"DROP 1 2",
		"not run 2 0",
	]);
});

test("a filter lists the packets of one action", () => {
	const results = { 0: result(0, "DROP"), 2: result(2, "PASS") };
	expect(listed([packet, packet, packet], results, "PASS")).toEqual([2]);
	expect(listed([packet, packet], results, undefined)).toEqual([0, 1]);
	expect(listed([packet, packet], results, "not run")).toEqual([1]);
});

test("actions and their looks", () => {
	expect(actionOf(result(0, "X", { trap: { message: "m", pc: 1 } }))).toBe("trap");
	expect(["PASS", "SHOT", "TX", "REDIRECT", "ABORTED", "42"].map((a) => lookOf(a).colour)).toEqual([
		1, 2, 3, 4, 5, 4,
	]);
});

describe("fields", () => {
	const before = dissect(fromHex(hex) ?? new Uint8Array());
	const after = dissect(fromHex(hex.replace("400666bb", "3f0667bb")) ?? new Uint8Array());

	test("closed layers show their heads only", () => {
		const rows = fieldRows(before, undefined, new Set());
		expect(rows.map((r) => r.label)).toEqual(before.layers.map((l) => l.title));
	});

	test("changed values stand beside the former", () => {
		const ip = before.layers.findIndex((l) => l.id === "ip");
		const rows = fieldRows(before, after, new Set([`ip${ip}`]));
		const changed = rows
			.filter((r) => r.after !== undefined)
			.map((r) => `${r.field?.id}: ${r.text} → ${r.after}`);
		expect(changed).toEqual(["ip.ttl: 64 → 63", "ip.checksum: 0x66bb → 0x67bb"]);
	});

	test("a layer that is gone says so", () => {
		const arp = dissect(fromHex(`${hex.slice(0, 24)}0806`) ?? new Uint8Array());
		const rows = fieldRows(before, arp, new Set());
		expect(rows.at(-1)?.after).toBe("removed");
	});
});

test("marks of bytes", () => {
	const debug = {
		proven: [
			{ start: 0, end: 34, by: "r6", variable: false },
			{ start: 34, end: 54, by: "r2", variable: true },
		],
		access: { start: 36, end: 38, kind: "read" },
	} as unknown as DebugState;
	expect(markBefore(10, debug, undefined)).toEqual({
		proven: "fixed",
		unproven: false,
		access: false,
		field: false,
	});
	expect(markBefore(36, debug, { start: 36, end: 38 })).toEqual({
		proven: "variable",
		unproven: false,
		access: true,
		field: true,
	});
	expect(markBefore(60, undefined, undefined)).toEqual({
		proven: undefined,
		unproven: false,
		access: false,
		field: false,
	});
	const past = { ...debug, access: { start: 54, end: 56, kind: "read" } } as const;
	expect(markBefore(54, past, undefined, true).unproven).toBe(true);
	expect(markBefore(54, past, undefined, false).unproven).toBe(false);
	expect(markBefore(53, past, undefined, true).unproven).toBe(false);
	const writers = [{ start: 22, end: 23, pc: 39, step: 3 }];
	expect(markAfter(22, [{ start: 22, end: 23 }], writers, undefined)).toEqual({
		changed: true,
		access: false,
		writer: 39,
	});
});

test("what a run did, in words", () => {
	const writers = [
		{ start: 22, end: 23, pc: 39, step: 1 },
		{ start: 24, end: 25, pc: 46, step: 2 },
	];
	expect(changedText(result(0, "PASS", { changed: writers, writers }))).toBe(
		"2 bytes changed, by insns 39, 46",
	);
	expect(changedText(result(0, "PASS"))).toBe("nothing changed");
	expect(changedText(result(0, "PASS", { headDelta: 4 }))).toMatch(/4 taken off the front/);
	expect(shifted({ start: 20, end: 22 }, 4)).toEqual({ start: 16, end: 18 });
});

test("hexadecimal comes back", () => expect(toHex(read(packet).bytes)).toBe(hex));

test("a byte belongs to its innermost field", () => {
	const { dissection } = read(packet);
	const ip = dissection.layers.findIndex((l) => l.id === "ip");
	expect(fieldAt(dissection, 22)).toEqual({ start: 22, end: 23, layer: `ip${ip}` });
	expect(fieldAt(dissection, 24)).toEqual({ start: 24, end: 26, layer: `ip${ip}` });
	expect(fieldAt(dissection, 0)).toMatchObject({ start: 0, end: 6 });
	expect(fieldAt(dissection, 999)).toBeUndefined();
});

test("one verdict over all checksums", () => {
	const { bytes } = read(packet);
	expect(checksumText(bytes)).toEqual({ text: "checksums correct", right: true });
	const bad = bytes.slice();
	bad[22] = 63;
	expect(checksumText(bad)).toEqual({ text: "checksum wrong: ip", right: false });
	expect(checksumText(bytes.slice(0, 14))).toBeUndefined();
});

test("short lines", () => {
	expect(briefLine(read(packet).dissection.summary)).toBe("10.0.0.21:49812 → :443 SYN");
	expect(briefLine({ from: "", to: "", protocol: "Data", info: "3 bytes" })).toBe("Data 3 bytes");
	const six = { protocol: "ICMPv6", info: "echo request id 1 seq 1" };
	expect(briefLine({ from: "2001:db8::21", to: "2001:db8::1", ...six })).toBe(
		"2001:db8::21 → 2001:db8::1 ICMPv6",
	);
	expect(
		briefLine({ from: "[2001:db8::21]:5", to: "[2001:db8::1]:443", protocol: "TCP", info: "" }),
	).toBe("[2001:db8::21]:5 → :443 TCP");
	expect(briefLine({ from: "10.0.0.9", to: "10.0.0.1", protocol: "IPv4", info: "" })).toBe(
		"10.0.0.9 → 10.0.0.1 IPv4",
	);
});

test("changed fields come first", () => {
	const before = read(packet).dissection;
	const after = dissect(fromHex(hex.replace("400666bb", "3f0667bb")) ?? new Uint8Array());
	const open = new Set(before.layers.map((l, at) => `${l.id}${at}`));
	expect(briefRows(fieldRows(before, after, open)).map((r) => r.field?.id)).toEqual([
		"ip.ttl",
		"ip.checksum",
		"tcp.dstport",
	]);
});

test("packets change places", () => {
	expect(reordered(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
	expect(reordered(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
	expect(reordered(["a", "b"], 0, 2)).toEqual(["a", "b"]);
});
