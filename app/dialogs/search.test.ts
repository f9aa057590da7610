import { expect, test } from "vitest";
import { jumpTo, lettersOf, score } from "./search.ts";

test("better matches score higher, foreign ones nothing", () => {
	const scores = ["step", "Step back", "Go to step…", "misstep", "set up these panels", "Run"].map(
		(t) => score(t, "step"),
	);
	expect(scores).toEqual([100, 80, 60, 40, 20, 0]);
	expect(score("anything", "")).toBe(1);
});

test("the typed letters are marked where they stand", () => {
	expect(
		lettersOf("Go to step…", "STEP")
			.map((p) => (p.hit ? `[${p.text}]` : p.text))
			.join(""),
	).toBe("Go to [step]…");
	expect(lettersOf("Run", "x")).toEqual([{ at: 0, text: "Run", hit: false }]);
});

test("a number is an instruction, a line, or both", () => {
	const listing = [{ pc: 3, slots: 1, bytes: "", text: "exit" }];
	expect(jumpTo("3", listing)).toEqual([
		{ kind: "insn", at: 3, text: "exit" },
		{ kind: "line", at: 3 },
	]);
	expect(jumpTo(" 7", listing)).toEqual([{ kind: "line", at: 7 }]);
	expect(jumpTo("x", listing)).toEqual([]);
});
