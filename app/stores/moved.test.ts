import { expect, test } from "vitest";
import type { Diagnostic } from "../../engine/base/index.ts";
import type { BuildReply, DebugState, VerifyReply } from "../../engine/workbench/protocol.ts";
import { changeBetween } from "../lib/drift.ts";
import { buildAfter, debugAfter, verdictAfter } from "./moved.ts";

const file = "a.c";
const before = "int a;\nint bad;\nint c;\n";
const to = (after: string) => (path: string) =>
	path === file ? [changeBetween(before, after)] : [];
const spanOf = (text: string) => {
	const start = before.indexOf(text);
	const line = before.slice(0, start).split("\n").length;
	return { file, start, end: start + text.length, line, column: 5 };
};
const problem: Diagnostic = {
	severity: "error",
	id: "cc/x",
	message: "m",
	span: spanOf("bad"),
	notes: [{ message: "n", span: spanOf("int c") }, { message: "elsewhere" }],
	fix: { title: "change", edits: [{ span: spanOf("bad"), text: "good" }] },
};
const row = (pc: number, line: number) => ({ pc, slots: 1, bytes: "", text: "", file, line });
const build: BuildReply = {
	revision: 1,
	diagnostics: [problem],
	programs: [{ name: "p", section: "xdp", length: 3, listing: [row(0, 1), row(1, 2), row(2, 3)] }],
	maps: [],
	timeMs: 1,
};
const reply: VerifyReply = {
	revision: 1,
	program: "p",
	verdict: { kind: "rejected", message: "m", errno: 13, reason: "r", pc: 1, file, line: 2 },
	insnsProcessed: 1,
	totalStates: 0,
	peakStates: 0,
	timeMs: 1,
	visits: [1, 1, 0],
	hints: [
		{ file, line: 1, text: "one" },
		{ file, line: 2, text: "two" },
		{ file: "b.c", line: 2, text: "other" },
	],
	logLines: 0,
	card: {
		id: "pointer/maybe-null",
		pc: 1,
		file,
		line: 2,
		reason: "",
		kernel: [],
		known: "",
		needed: "",
		usually: "",
		path: [
			{ kind: "branch", pc: 0, to: 2, file, line: 1, toLine: 3, text: "int a;", times: 1 },
			{ kind: "gap", pc: 0, to: 0, text: "", times: 4 },
		],
		fix: { title: "mend", edits: [{ span: spanOf("int c"), text: "int d" }] },
	},
};

test("a line typed above moves problems, mends, instructions, hints and the rejection", () => {
	const after = `int new;\n${before}`;
	const [moved] = buildAfter(build, to(after)).diagnostics;
	const textAt = ({ start, end }: { start: number; end: number }) => after.slice(start, end);
	expect(moved?.span && textAt(moved.span)).toBe("bad");
	expect(moved?.span?.line).toBe(3);
	expect(moved?.notes?.map((n) => n.span && textAt(n.span))).toEqual(["int c", undefined]);
	expect(moved?.fix?.edits.map((e) => textAt(e.span))).toEqual(["bad"]);
	const [program] = buildAfter(build, to(after)).programs;
	expect(program?.listing.map((r) => r.line)).toEqual([2, 3, 4]);
	const verdict = verdictAfter(reply, to(after));
	expect(verdict.verdict).toMatchObject({ line: 3, pc: 1 });
	expect(verdict.hints.map((h) => h.line)).toEqual([2, 3, 2]);
	expect(verdict.card?.line).toBe(3);
	expect(verdict.card?.path.map((s) => [s.line, s.toLine])).toEqual([
		[2, 4],
		[undefined, undefined],
	]);
	expect(verdict.card?.fix?.edits.map((e) => textAt(e.span))).toEqual(["int c"]);
});

test("what is gone has no place, and what was changed no mend", () => {
	const without = before.replace("int bad;\n", "");
	const [program] = buildAfter(build, to(without)).programs;
	expect(program?.listing.map((r) => r.line)).toEqual([1, undefined, 2]);
	const verdict = verdictAfter(reply, to(without));
	expect(verdict.verdict).not.toHaveProperty("line");
	expect(verdict.hints.map((h) => h.text)).toEqual(["one", "other"]);
	const [changed] = buildAfter(build, to(before.replace("bad", "bd"))).diagnostics;
	expect(changed).not.toHaveProperty("fix");
	const [kept] = buildAfter(build, to(before.replace("c;", "cc;"))).diagnostics;
	expect(kept?.fix).toBeDefined();
});

test("what no change touches is the same object", () => {
	const moved = buildAfter(build, () => []);
	expect(moved.diagnostics).toBe(build.diagnostics);
	expect(moved.programs).toBe(build.programs);
});

test("a pause moves with its line, and so do the calls that led there", () => {
	const state: DebugState = {
		revision: 1,
		program: "p",
		packet: 0,
		step: 1,
		total: 3,
		pc: 1,
		file,
		line: 2,
		visit: 1,
		stoppedBy: "step",
		registers: [],
		stack: [],
		frames: [
			{ name: "p", pc: 1, line: 2 },
			{ name: "q", pc: 9, line: 1 },
		],
		packetNow: new Uint8Array(),
		headDelta: 0,
		changed: [],
		proven: [],
		marks: [],
	};
	const moved = debugAfter(state, to(`;\n${before}`));
	expect(moved.line).toBe(3);
	expect(moved.frames.map((f) => f.line)).toEqual([3, 2]);
});
