import { expect, test } from "vitest";
import { complete } from "./complete.ts";
import { emptyLine } from "./line.ts";

const tab = (text: string, from: number, words: readonly string[], caret = text.length) =>
	complete({ ...emptyLine, text, caret }, { from, words });

test.each([
	["he", 0, ["help"], "help "],
	["bpftool m", 8, ["map"], "bpftool map "],
	["bpftool prog show name x", 23, ["xdp_firewall", "xdp_pass"], "bpftool prog show name xdp_"],
	["nothing", 0, [], "nothing"],
])("%j becomes what all candidates share", (typed, from, words, text) => {
	expect(tab(typed, from, words).line).toMatchObject({ text, caret: text.length });
});

test("what stands behind the caret stays", () => {
	const { line } = tab("he me", 0, ["help"], 2);
	expect(line).toMatchObject({ text: "help  me", caret: 5 });
});

test("choices are listed when nothing more is certain", () => {
	expect(tab("x", 0, ["xa", "xb"]).choices).toEqual(["xa", "xb"]);
});
