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
	const found = problems(
		[
			{ severity: "error", id: "asm/x", message: "m" },
			{ severity: "error", id: "asm/y", message: "m", unsupported: "y" },
			{ severity: "warning", id: "asm/z", message: "m" },
		],
		{
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
		},
	);
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
