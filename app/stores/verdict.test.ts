import { expect, test } from "vitest";
import type { BuildReply, Verdict, VerifyReply } from "../../engine/workbench/protocol.ts";
import { milliseconds, place, showVerdict } from "./verdict.ts";

const build = (programs: number, messages: { unsupported?: string }[] = []): BuildReply => ({
	revision: 1,
	programs: Array.from({ length: programs }, (_, i) => ({
		name: `p${i}`,
		section: "xdp",
		length: 1,
		listing: [],
	})),
	diagnostics: messages.map((m) => ({
		severity: "error",
		id: "asm/x",
		message: "m",
		span: { file: "a.s", start: 0, end: 1, line: 4, column: 1 },
		...m,
	})),
	maps: [],
	timeMs: 1,
});
const reply = (verdict: Verdict): VerifyReply => ({
	revision: 1,
	program: "p0",
	verdict,
	insnsProcessed: 59,
	totalStates: 1,
	peakStates: 1,
	timeMs: 0.42,
	visits: [],
	hints: [],
	logLines: 0,
});

test.each([
	[undefined, undefined, "Starting…", "none", []],
	[build(0), undefined, "Nothing to verify", "none", []],
	[build(0, [{}]), undefined, "Does not assemble", "none", ["line 4"]],
	[build(0, [{ unsupported: "x" }]), undefined, "Not supported by Skep", "unsupported", ["line 4"]],
	[build(1), undefined, "Verifying…", "none", []],
	[build(1), reply({ kind: "accepted" }), "Accepted", "accept", ["59 insns processed", "0.4 ms"]],
	[
		build(1),
		reply({ kind: "rejected", message: "m", errno: 13, reason: "r", pc: 22, line: 49 }),
		"Rejected",
		"reject",
		["insn 22", "59 insns processed"],
	],
	[
		build(1),
		reply({ kind: "unsupported", what: "LSM" }),
		"Not supported by Skep",
		"unsupported",
		["LSM"],
	],
	[build(1), reply({ kind: "bug", message: "b" }), "Skep has a bug", "bug", ["b"]],
])("verdict %#", (b, v, word, tone, facts) => {
	expect(showVerdict(b, v)).toMatchObject({ word, tone, facts });
});

test("times and places", () => {
	expect([0.42, 3.7, 1500].map(milliseconds)).toEqual(["0.4 ms", "4 ms", "1.5 s"]);
	expect([place({ pc: 1, line: 2 }), place({ pc: 1 }), place({})]).toEqual([
		"insn 1, line 2",
		"insn 1",
		"",
	]);
});
