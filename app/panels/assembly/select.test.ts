import { expect, test } from "vitest";
import type { ProgramInfo, VerifyReply } from "../../../engine/workbench/protocol.ts";
import { assemblyRows, spacedBytes, withSource } from "./select.ts";

const program: ProgramInfo = {
	name: "p",
	section: "xdp",
	length: 5,
	listing: [0, 1, 3, 4].map((pc) => ({
		pc,
		slots: 1,
		bytes: "",
		text: "",
		file: "a.s",
		line: pc + 10,
	})),
};
const reply = (visits: number[], more: Partial<VerifyReply> = {}): VerifyReply => ({
	revision: 1,
	program: "p",
	verdict: { kind: "accepted" },
	insnsProcessed: 1,
	totalStates: 0,
	peakStates: 0,
	timeMs: 0,
	visits,
	hints: [],
	logLines: 0,
	...more,
});

test("counts only when more than one, a dash where nobody came", () => {
	const rows = assemblyRows(program, reply([1, 2, 0, 1, 0]), {}, undefined);
	expect(rows.map((r) => r.visits)).toEqual(["", "2×", "", "–"]);
	expect(rows.map((r) => r.never)).toEqual([false, false, false, true]);
});

test("nothing is called unverified before the verdict", () => {
	expect(assemblyRows(program, undefined, {}, undefined).every((r) => !r.never)).toBe(true);
});

test("paused, rejected, linked and cause, in that order", () => {
	const rejected = reply([1, 1, 0, 1, 1], {
		verdict: { kind: "rejected", message: "m", errno: 13, reason: "r", pc: 3 },
		card: {
			id: "pointer/maybe-null",
			pc: 3,
			reason: "",
			kernel: [],
			known: "",
			needed: "",
			usually: "",
			path: [{ kind: "branch", pc: 1, to: 3, text: "", taken: true, times: 1 }],
		},
	});
	const marks = (debug?: { pc: number }) =>
		assemblyRows(program, rejected, { file: "a.s", line: 14 }, debug).map((r) => r.mark);
	expect(marks()).toEqual(["none", "because", "bad", "link"]);
	expect(marks({ pc: 3 })).toEqual(["none", "because", "here", "link"]);
});

test("a source line stands above the instructions that it became", () => {
	const listing = program.listing.map((row) =>
		row.pc === 1 ? { ...row, source: "\tint a = 1;" } : row,
	);
	const rows = assemblyRows(
		{ ...program, listing },
		reply([]),
		{ file: "a.s", line: 11 },
		undefined,
	);
	expect(
		withSource(rows).map((r) => (r.kind === "insn" ? r.r.row.pc : [r.above.source, r.linked])),
	).toEqual([0, ["\tint a = 1;", true], 1, 3, 4]);
});

test("bytes in fours", () => {
	expect(spacedBytes("b700000002000000")).toBe("b7 00 00 00  02 00 00 00");
});
