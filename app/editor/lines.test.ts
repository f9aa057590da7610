import { expect, test } from "vitest";
import { lineAfter, linesAfter } from "./lines.ts";

const insert = (line: number, text: string, atStart = true) => ({
	startLine: line,
	endLine: line,
	atStart,
	text,
});

test.each([
	["typing on the line", 5, insert(5, "x", false), 5],
	["typing at its start", 5, insert(5, "x"), 5],
	["Enter above", 5, insert(3, "\n"), 6],
	["Enter before the line's text", 5, insert(5, "\n"), 6],
	["Enter at the line's end", 5, insert(5, "\n", false), 5],
	["three lines pasted above", 5, insert(4, "a\nb\nc\n"), 8],
	["below", 5, insert(6, "\n"), 5],
	["the line above deleted", 5, { startLine: 4, endLine: 5, atStart: true, text: "" }, 4],
	["the line itself deleted", 5, { startLine: 5, endLine: 6, atStart: true, text: "" }, undefined],
	[
		"joined to the line above",
		5,
		{ startLine: 4, endLine: 5, atStart: false, text: "" },
		undefined,
	],
	["everything replaced", 5, { startLine: 1, endLine: 9, atStart: true, text: "x" }, undefined],
] as const)("%s", (_what, line, change, after) => expect(lineAfter(line, change)).toBe(after));

test("several changes at once, and lines that meet become one", () => {
	expect(linesAfter([2, 8], [insert(7, "\n"), insert(1, "\n")])).toEqual([3, 10]);
	expect(linesAfter([3], [])).toEqual([3]);
});
