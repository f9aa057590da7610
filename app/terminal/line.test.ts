import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyLine, type Line, press } from "./line.ts";

const type = (keys: readonly string[], from: Line = emptyLine) =>
	keys.reduce((line, key) => press(line, key)[0], from);
const left = "\x1b[D";
const up = "\x1b[A";
const down = "\x1b[B";

test.each([
	[["help"], "help", 4],
	[["ab", left, "x"], "axb", 2],
	[["ab", "\x7f"], "a", 1],
	[["ab", left, "\x1b[3~"], "a", 1],
	[["ab", "\x01", "x"], "xab", 1],
	[["ab", "\x01", "\x05", "x"], "abx", 3],
	[["abc", left, "\x15"], "c", 0],
	[["abc", left, left, "\x0b"], "a", 1],
	[["ab cd", "\x17"], "ab ", 3],
	[["ab cd ", "\x17"], "ab ", 3],
	[["ab cd", left, "\x17"], "ab d", 3],
	[["ab", "\x17", "\x17"], "", 0],
	[["a\x1b"], "a", 1],
	[["\x1b[99~"], "", 0],
])("keys %j make %j", (keys, text, caret) => {
	expect(type(keys)).toMatchObject({ text, caret });
});

test("history goes up and comes back to the draft", () => {
	const line = type(["one", "\r", "two", "\r", "dra"]);
	expect(type([up], line).text).toBe("two");
	expect(type([up, up, up], line).text).toBe("one");
	expect(type([up, up, down, down], line).text).toBe("dra");
});

test("the same line twice is kept once, and empty lines not at all", () => {
	expect(type(["a", "\r", "a", "\r", "\r"]).history).toEqual(["a"]);
});

test("Enter, Ctrl C and Ctrl L say what to do", () => {
	expect(press(type(["x"]), "\r")[1]).toEqual({ kind: "submit", text: "x" });
	expect(press(type(["x"]), "\x03")[1]).toEqual({ kind: "cancel" });
	expect(press(type(["x"]), "\x0c")[1]).toEqual({ kind: "clear" });
});

test("the caret stays inside the text, whatever is pressed", () => {
	const key = fc.constantFrom(
		left,
		"\x1b[C",
		up,
		down,
		"\x7f",
		"\x1b[3~",
		"\r",
		"\x03",
		"\x15",
		"\x0b",
		"a",
		"bc",
	);
	fc.assert(
		fc.property(fc.array(key), (keys) => {
			const line = type(keys);
			expect(line.caret).toBeGreaterThanOrEqual(0);
			expect(line.caret).toBeLessThanOrEqual(line.text.length);
		}),
	);
});
