import { expect, test } from "vitest";
import type { ProgramInfo, VerifyReply } from "../../engine/workbench/protocol.ts";
import { causeLines, cursorLine, failingLine, heatOf, lineMarks } from "./select.ts";

const program: ProgramInfo = {
	name: "p",
	section: "xdp",
	length: 4,
	listing: [3, 3, 5, 7].map((line, pc) => ({
		pc,
		slots: 1,
		bytes: "",
		text: "exit",
		file: "a.s",
		line,
	})),
};
const reply: VerifyReply = {
	revision: 1,
	program: "p",
	verdict: { kind: "rejected", message: "m", errno: 13, reason: "r", pc: 2, file: "a.s", line: 5 },
	insnsProcessed: 5,
	totalStates: 0,
	peakStates: 0,
	timeMs: 1,
	visits: [2, 2, 1, 0],
	hints: [],
	logLines: 0,
	card: {
		id: "pointer/maybe-null",
		pc: 2,
		reason: "",
		kernel: [],
		known: "",
		needed: "",
		usually: "",
		path: [{ kind: "branch", pc: 1, to: 2, text: "", taken: false, times: 1 }],
	},
};

test("heat steps", () => {
	expect([0, 1, 2, 3, 5, 6, 9, 10, 99].map((n) => heatOf(n, 99))).toEqual([
		0, 1, 1, 2, 2, 3, 3, 4, 4,
	]);
	expect([1, 9, 10, 100, 1000].map((n) => heatOf(n, 5000))).toEqual([1, 1, 2, 3, 4]);
});

test("instructions of one line add up; lines never reached are told", () => {
	expect(lineMarks(program, reply, "a.s")).toEqual([
		{ line: 3, processed: 4, heat: 2, never: false },
		{ line: 5, processed: 1, heat: 1, never: false },
		{ line: 7, processed: 0, heat: 0, never: true },
	]);
	expect(lineMarks(program, reply, "b.s")).toEqual([]);
	expect(lineMarks(program, undefined, "a.s")).toEqual([]);
});

test("the failing line is in its file only", () => {
	expect(failingLine(reply, program, "a.s")).toBe(5);
	expect(failingLine(reply, program, "b.s")).toBeUndefined();
	const limit: VerifyReply = { ...reply, verdict: { kind: "unsupported", what: "x", pc: 3 } };
	expect(failingLine(limit, program, "a.s")).toBe(7);
	expect(failingLine({ ...reply, verdict: { kind: "accepted" } }, program, "a.s")).toBeUndefined();
});

test("the ends of the path's stretches are its causes", () => {
	expect(causeLines(reply, program, "a.s")).toEqual([3]);
	expect(causeLines(undefined, program, "a.s")).toEqual([]);
});

test("the cursor's line, paused or not", () => {
	const at = { file: "a.s", line: 4, visit: 1, packet: 0, by: "x" };
	expect(cursorLine(at, undefined, "a.s")).toEqual({ line: 4, kind: "link" });
	expect(cursorLine(at, undefined, "b.s")).toBeUndefined();
});
