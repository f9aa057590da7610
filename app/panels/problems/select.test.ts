import { expect, test } from "vitest";
import type { Verdict, VerifyReply } from "../../../engine/workbench/protocol.ts";
import { problems } from "./select.ts";

const reply = (verdict: Verdict): VerifyReply => ({
	revision: 1,
	program: "p",
	verdict,
	insnsProcessed: 0,
	totalStates: 0,
	peakStates: 0,
	timeMs: 0,
	visits: [],
	hints: [],
	logLines: 0,
});

test("three failures, three words", () => {
	const told = problems(
		[
			{ severity: "error", id: "asm/x", message: "m" },
			{ severity: "error", id: "asm/y", message: "m", unsupported: "y" },
		],
		{},
	);
	const found = [
		...told,
		...problems([{ severity: "warning", id: "asm/z", message: "m" }], {
			a: reply({ kind: "accepted" }),
			b: reply({
				kind: "rejected",
				message: "R1 !read_ok",
				errno: 13,
				reason: "reg/unset",
				line: 4,
			}),
			c: reply({ kind: "unsupported", what: "LSM" }),
			d: reply({ kind: "bug", message: "oops" }),
		}),
	];
	expect(found.map((p) => `${p.tone} ${p.word}`)).toEqual([
		"reject Error",
		"unsupported Not supported",
		"warning Warning",
		"reject Rejected",
		"unsupported Not supported",
		"bug Skep has a bug",
	]);
	expect(found[3]).toMatchObject({ message: "p: R1 !read_ok", id: "reg/unset", line: 4 });
});

test("a problem's notes and mend stand with it", () => {
	const span = { file: "a.c", line: 4, column: 2, start: 30, end: 33 };
	const declared = { file: "a.h", line: 9, column: 1, start: 80, end: 83 };
	const [one] = problems(
		[
			{
				severity: "error",
				id: "cc/no-member",
				message: "m",
				span,
				notes: [{ message: "declared here", span: declared }],
				fix: { title: "change", edits: [{ span, text: "x" }] },
			},
		],
		{},
	);
	expect(one?.notes).toEqual([{ message: "declared here", file: "a.h", line: 9 }]);
	expect(one?.fix?.edits[0]?.text).toBe("x");
});

test("after a failed build a former rejection is gone", () => {
	const before = {
		a: reply({ kind: "rejected", message: "m", errno: 13, reason: "reg/unset", line: 4 }),
	};
	expect(problems([], before)).toHaveLength(1);
	const failed = problems([{ severity: "error", id: "cc/x", message: "m" }], before);
	expect(failed.map((p) => p.word)).toEqual(["Error"]);
	const warned = problems([{ severity: "warning", id: "cc/x", message: "m" }], before);
	expect(warned.map((p) => p.word)).toEqual(["Warning", "Rejected"]);
});
