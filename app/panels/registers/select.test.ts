import { expect, test } from "vitest";
import type { DebugRegister, DebugState } from "../../../engine/workbench/protocol.ts";
import { insideNote, registerRows } from "./select.ts";

const paused = (registers: readonly DebugRegister[]): DebugState => ({
	revision: 1,
	program: "p",
	packet: 0,
	step: 1,
	total: 2,
	pc: 1,
	visit: 1,
	stoppedBy: "step",
	registers,
	stack: [],
	frames: [],
	packetNow: new Uint8Array(),
	headDelta: 0,
	changed: [],
	proven: [],
	marks: [],
});
const register = (name: string, more: Partial<DebugRegister>): DebugRegister => ({
	name,
	value: "1",
	raw: "1",
	changed: false,
	...more,
});

test("paused: value beside knowledge, red where they part", () => {
	const rows = registerRows(
		paused([
			register("r0", { known: "scalar", inside: true }),
			register("r1", { value: "70", known: "0..60", inside: false }),
			register("r2", { value: "–" }),
		]),
		undefined,
	);
	expect(rows.map((r) => [r.outside, r.unset, r.known])).toEqual([
		[false, false, "scalar"],
		[true, false, "0..60"],
		[false, true, "–"],
	]);
	expect(insideNote(rows)).toEqual({
		ok: false,
		text: "r1 lies outside what the verifier recorded",
	});
	expect(insideNote(rows.slice(0, 1)).ok).toBe(true);
	expect(insideNote(rows.slice(2)).text).toMatch(/no state/);
});

test("not paused: what the verifier knew alone", () => {
	const visit = {
		pc: 1,
		visit: 1,
		visits: 1,
		frame: 0,
		stack: [],
		registers: [{ name: "r1", text: "ctx()", changed: true }],
	};
	const rows = registerRows(undefined, visit);
	expect(rows.map((r) => r.name)).toEqual("r0 r1 r2 r3 r4 r5 r6 r7 r8 r9 r10".split(" "));
	expect(rows[1]).toMatchObject({ known: "ctx()", changed: true, unset: false });
	expect(rows[2]).toMatchObject({ known: "not init", unset: true });
	expect(registerRows(undefined, undefined)).toEqual([]);
});
