import { expect, test } from "vitest";
import { changeBetween, lineAfter, offsetAfter, touched } from "./drift.ts";

const lines = (...all: string[]) => all.join("\n");
const five = lines("one", "\ttwo", "\ttwo b", "four", "");

test.each<[string, string, (number | undefined)[]]>([
	["nothing", five, [1, 2, 3, 4]],
	["typing on a line", five.replace("two b", "two bc"), [1, 2, 3, 4]],
	["a line above all", `;\n${five}`, [2, 3, 4, 5]],
	["a line with the indentation of the next", five.replace("one", "one\n\tnew"), [1, 3, 4, 5]],
	["Enter at the end of a line", five.replace("one", "one\n"), [1, 3, 4, 5]],
	["Enter inside a line", five.replace("two b", "two\n b"), [1, 2, 3, 5]],
	["a line joined to the one above", five.replace("\n\ttwo b", "two b"), [1, 2, undefined, 3]],
	["a line taken out", five.replace("\ttwo\n", ""), [1, undefined, 2, 3]],
	["each line indented", five.replaceAll(/^(?=.)/gm, "\t"), [1, 2, 3, 4]],
	["everything replaced", "x", [1, undefined, undefined, undefined]],
])("%s", (_what, after, where) => {
	const change = changeBetween(five, after);
	expect([1, 2, 3, 4].map((line) => lineAfter(line, [change]))).toEqual(where);
});

test("offsets follow their characters through change after change", () => {
	const texts = [
		"int a = b;",
		"int aa = b;",
		"/**/int aa = b;",
		"/**/int aa = ;",
		"/**/int aa = cc;",
	];
	const changes = texts.slice(1).map((text, i) => changeBetween(texts[i] ?? "", text));
	const at = (n: number, text: string) =>
		offsetAfter(texts[0]?.indexOf(text) ?? 0, changes.slice(0, n), "start");
	expect(texts[2]?.[at(2, "b")]).toBe("b");
	expect(texts[4]?.[at(4, ";")]).toBe(";");
	expect(texts[4]?.slice(at(4, "int")).startsWith("int")).toBe(true);
});

test("what is typed at the edges of a stretch is not in it", () => {
	const before = "a bad c";
	const behind = changeBetween(before, "a badx c");
	expect(offsetAfter(2, [behind], "start")).toBe(2);
	expect(offsetAfter(5, [behind], "end")).toBe(5);
	const front = changeBetween(before, "a xbad c");
	expect(offsetAfter(2, [front], "start")).toBe(3);
	expect(offsetAfter(5, [front], "end")).toBe(6);
});

test("a stretch is touched by a change of its characters, and by none elsewhere", () => {
	const before = "a bad c";
	const is = (after: string) => touched(2, 5, [changeBetween(before, after)]);
	expect(is("a bd c")).toBe(true);
	expect(is("a baad c")).toBe(true);
	expect(is("a c")).toBe(true);
	expect(is("aa bad c")).toBe(false);
	expect(is("a bad cc")).toBe(false);
	expect(is("a badx c")).toBe(false);
});
