import { expect, test } from "vitest";
import { asNumber, faultOf, spaced, withEntry } from "./select.ts";

test.each([
	["01bb", "47873"],
	["0000000000000080", "9223372036854775808"],
	["00", "0"],
	["", ""],
	["000000000000000000", ""],
])("%s is %s", (hex, text) => expect(asNumber(hex)).toBe(text));

test("typed bytes are checked for digits and size", () => {
	expect(faultOf("01 bb", 2)).toBeUndefined();
	expect(faultOf("01", 2)).toBe("2 bytes expected, 1 given");
	expect(faultOf("0x01", 2)).toBe("hexadecimal digits only");
	expect(faultOf("", 1)).toBe("1 byte expected, 0 given");
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
