// Paths in short form: loops folded, the middle of long ones left out.
import fc from "fast-check";
import { expect, test } from "vitest";
import { folded } from "./path.ts";

const move = (pc: number, to: number) => ({ pc, to, times: 1 });

test("turns of a loop become one turn that counts them", () => {
	const turn = [move(3, 4), move(6, 2)];
	const moves = [move(0, 1), ...turn, ...turn, ...turn, move(3, 9)];
	expect(folded(moves)).toEqual([
		move(0, 1),
		{ pc: 3, to: 4, times: 3 },
		{ pc: 6, to: 2, times: 3 },
		move(3, 9),
	]);
});

test("a branch that goes another way ends the turns", () => {
	const moves = [move(3, 4), move(3, 4), move(3, 9), move(3, 4)];
	expect(folded(moves).map((m) => [m.to, m.times])).toEqual([
		[4, 2],
		[9, 1],
		[4, 1],
	]);
});

test("no step is lost", () => {
	const number = fc.integer({ min: 0, max: 2 });
	fc.assert(
		fc.property(fc.array(fc.tuple(number, number), { maxLength: 60 }), (steps) => {
			const short = folded(steps.map(([pc, to]) => move(pc, to)));
			expect(short.reduce((sum, m) => sum + m.times, 0)).toBe(steps.length);
		}),
	);
});
