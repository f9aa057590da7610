import fc from "fast-check";
import { expect, test } from "vitest";
import { asStart, bytesOf, faultOf, readAs, spaced, typedFault, withEntry } from "./select.ts";

test.each([
	["01bb", "number", "47873"],
	["01bb", "network", "443"],
	["0000000000000080", "number", "9223372036854775808"],
	["00", "number", "0"],
	["", "number", ""],
	["0000000000000001ff00000000000000", "number", "72057594037927936, 255"],
	["0a00000b0242ac11000b0000", "network", "167772171, 37923857, 720896"],
	["000000000000000000", "number", ""],
	["65746830000000000000", "text", "“eth0”"],
	["01020304", "text", ""],
	["0000", "text", ""],
] as const)("%s as %s is %s", (hex, format, text) => expect(readAs(hex, format)).toBe(text));

test("typed bytes are checked for digits and size", () => {
	expect(faultOf("01 bb", 2)).toBeUndefined();
	expect(faultOf("01", 2)).toBe("2 bytes expected, 1 given");
	expect(faultOf("0x01", 2)).toBe("hexadecimal digits only");
	expect(faultOf("", 1)).toBe("1 byte expected, 0 given");
});

test.each([
	["= 443", 2, "network", "01bb"],
	["=443", 2, "number", "bb01"],
	["=0x1ff", 4, "number", "ff010000"],
	["=-1", 2, "number", "ffff"],
	["=-128", 1, "number", "80"],
	["=-129", 1, "number", undefined],
	["=256", 1, "number", undefined],
	["=128", 1, "number", "80"],
	["01 BB", 2, "number", "01bb"],
	["01", 2, "number", undefined],
] as const)("%s in %i bytes, %s, is %s", (typed, size, format, hex) => {
	expect(bytesOf(typed, size, format)).toBe(hex);
	expect(typedFault(typed, size, format) === undefined).toBe(hex !== undefined);
});

test("a number typed back gives the same bytes", () => {
	const bytes = fc.uint8Array({ minLength: 1, maxLength: 8 });
	const format = fc.constantFrom("number" as const, "network" as const);
	fc.assert(
		fc.property(bytes, format, (b, f) => {
			const hex = [...b].map((n) => n.toString(16).padStart(2, "0")).join("");
			expect(bytesOf(`=${readAs(hex, f)}`, b.length, f)).toBe(hex);
		}),
	);
});

test("contents kept as a start leave out empty array entries and CPUs that differ", () => {
	const entries = [
		{ key: "00", values: ["00", "00"] },
		{ key: "01", values: ["02", "02"] },
		{ key: "02", values: ["02", "03"] },
	];
	expect(asStart(entries, true)).toEqual({ entries: [{ key: "01", value: "02" }], differ: 1 });
	expect(asStart(entries, false).entries).toHaveLength(2);
});

test("entries are set, added and removed in place", () => {
	const entries = [
		{ key: "00", value: "01" },
		{ key: "01", value: "02" },
	];
	expect(withEntry(entries, "00", "ff").map((e) => e.value)).toEqual(["ff", "02"]);
	expect(withEntry(entries, "02", "03")).toHaveLength(3);
	expect(withEntry(entries, "00", undefined)).toEqual([{ key: "01", value: "02" }]);
	expect(withEntry(entries, "09", undefined)).toEqual(entries);
});

test("bytes apart", () => expect(spaced("01bb")).toBe("01 bb"));
