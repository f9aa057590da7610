import { expect, test } from "vitest";
import { linesSince, logText, recordRows, recordsText } from "./select.ts";

const a = { time: "10:00:00", text: "built" };
const b = { time: "10:00:01", text: "3 PASS" };

test("a cleared log shows what came later", () => {
	expect(linesSince([a, b], undefined)).toEqual([a, b]);
	expect(linesSince([a, b], a)).toEqual([b]);
	expect(linesSince([a, b], b)).toEqual([]);
	expect(linesSince([b], a)).toEqual([b]);
	expect(logText([a, b])).toBe("10:00:00 built\n10:00:01 3 PASS\n");
});

test("a record is a heading and lines of sixteen bytes", () => {
	const data = Uint8Array.from({ length: 17 }, (_, i) => 0x40 + i);
	const rows = recordRows([
		{ map: "events", cpu: 1, data },
		{ map: "events", cpu: 0, data: new Uint8Array() },
	]);
	expect(rows.map((r) => r.kind)).toEqual(["head", "bytes", "bytes", "head"]);
	expect(rows[0]).toMatchObject({ text: "1. events", note: "cpu 1, 17 bytes" });
	expect(rows[1]?.text).toMatch(/^0000.*40 41 42.*@ABC/);
	expect(new Set(rows.map((r) => r.key)).size).toBe(rows.length);
	expect(recordsText(rows)).toMatch(/^1\. events \(cpu 1, 17 bytes\)\n0000/);
});
