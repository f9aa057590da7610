import { expect, test } from "vitest";
import { codeOf } from "../isa/index.ts";
import { verify } from "../verifier/index.ts";
import { isInside } from "./inside.ts";
import { walkedTree } from "./walked.ts";

const insn = (opcode: number, dst: number, src: number, off: number, imm: number) => ({
	opcode,
	dst,
	src,
	off,
	imm,
});
/** r0 = len; if r0 > 15 goto +1; r0 += 1; exit */
const code = codeOf([
	insn(0x61, 0, 1, 0, 0),
	insn(0x25, 0, 0, 1, 15),
	insn(0x07, 0, 0, 0, 1),
	insn(0x95, 0, 0, 0, 0),
]);
const request = {
	name: "",
	type: 1,
	expectedAttachType: 0,
	flags: 0,
	license: "GPL",
	code,
	maps: [],
	functions: [],
	lines: [],
	attachBtfId: 0,
};
const report = verify(request, { trace: true, statesAt: () => true });
const visits = walkedTree(report, code.opcode);
const bases = { context: 0x1000n, data: undefined, frame: 0x2000n };

test("the tree has both ways of a jump", () => {
	expect(visits.map((v) => v.pc)).toEqual([0, 1, 2, 3, 3]);
	expect(visits.map((v) => v.next)).toEqual([[1], [2, 4], [3], [], []]);
});

test("a number is inside its bounds or not", () => {
	const r0 = visits[3]?.state.frames[0]?.regs.find((r) => r.index === 0);
	if (!r0) throw new Error("no r0");
	expect([0n, 1n, 16n, 17n, (1n << 64n) - 1n].map((n) => isInside(r0, n, bases))).toEqual([
		false,
		true,
		true,
		false,
		false,
	]);
});

test("a pointer is measured from its base", () => {
	const regs = visits[0]?.state.frames[0]?.regs ?? [];
	const [context, frame] = [regs.find((r) => r.index === 1), regs.find((r) => r.index === 10)];
	if (!context || !frame) throw new Error("no pointers");
	expect([isInside(context, 0x1000n, bases), isInside(context, 0x1001n, bases)]).toEqual([
		true,
		false,
	]);
	expect([isInside(frame, 0x2000n, bases), isInside(frame, 0x1ff8n, bases)]).toEqual([true, false]);
});
