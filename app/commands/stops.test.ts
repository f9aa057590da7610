import { expect, test } from "vitest";
import { stopsOf } from "./stops.ts";

/** One instruction a line number. */
const rows = (...lines: (number | undefined)[]) =>
	lines.map((line, pc) => ({
		pc,
		slots: 1,
		bytes: "",
		text: "",
		...(line === undefined ? {} : { file: "a.c", line }),
	}));

test.each([
	["each line its own instruction", rows(1, 2, 3), [2], [1]],
	["once for a stretch", rows(1, 2, 2, 3), [2], [1]],
	["every stretch of a line", rows(1, 2, 1, 2), [2], [1, 3]],
	["a line without code stands for the next", rows(1, 4, 5), [2], [1]],
	["behind the last line nothing", rows(1, 2), [3], []],
	["several", rows(1, 2, undefined, 3), [1, 3], [0, 3]],
] as const)("%s", (_, listing, lines, pcs) => {
	expect(
		stopsOf(
			listing,
			lines.map((line) => ({ file: "a.c", line })),
		),
	).toEqual(pcs);
	expect(
		stopsOf(
			listing,
			lines.map((line) => ({ file: "b.c", line })),
		),
	).toEqual([]);
});
