// Conditional jumps: which way they can go, and what each way teaches of the compared registers (check_cond_jmp_op of
// the kernel).

import * as isa from "../isa/index.ts";
import { invariantFault } from "./arith.ts";
import { branchTaken, setMinMax } from "./branch.ts";
import type { Env } from "./env.ts";
import { E2BIG, EFAULT, EINVAL } from "./env.ts";
import type { Equality } from "./equal.ts";
import { FLAG_DST_STACK, FLAG_SRC_STACK, record } from "./history.ts";
import { collectLinked, syncLinked } from "./linked.ts";
import { markNotNull, markOrNull } from "./null.ts";
import { checkSource } from "./operand.ts";
import { matchPacketPointers, pointerTaken } from "./packet.ts";
import { pushBranch } from "./paths.ts";
import type { Precision } from "./precision.ts";
import { previousEntry } from "./prune.ts";
import {
	baseType,
	copyReg,
	mayBeNull,
	PTR_TO_BTF_ID,
	PTR_TO_STACK,
	type Reg,
	SCALAR_VALUE,
	setKnown,
} from "./reg.ts";
import type { State } from "./state.ts";
import { regOf, topFrame } from "./state.ts";
import { widenImprecise } from "./widen.ts";

/** One conditional jump; moves `env.pc` to where the path goes on, less one. */
export function checkJump(env: Env, precision: Precision, equality: Equality, pc: number): number {
	const opcode = env.code.opcode[pc] as number;
	const op = opcode & 0xf0;
	if (op === isa.BPF_JCOND) return mayGoto(env, equality, pc);
	if (op > isa.BPF_JCOND)
		return env.fail(EINVAL, "insn/unknown", `invalid BPF_JMP/JMP32 opcode ${op.toString(16)}`);
	const register = (opcode & isa.BPF_X) !== 0;
	const dst = env.code.dst[pc] as number;
	const src = env.code.src[pc] as number;
	const imm = env.code.imm[pc] as number;
	const error = checkOperands(env, register, dst, src, imm);
	if (error < 0) return error;
	const frame = topFrame(env.cur);
	const a = regOf(frame, dst);
	let b = env.operand;
	if (register) b = regOf(frame, src);
	else {
		setKnown(b, imm >> 31, imm);
		b.type = SCALAR_VALUE;
	}
	const flags =
		(register && b.type === PTR_TO_STACK ? FLAG_SRC_STACK : 0) |
		(a.type === PTR_TO_STACK ? FLAG_DST_STACK : 0);
	if (flags !== 0) record(env, env.cur, flags, 0);
	const jmp32 = (opcode & 7) === isa.BPF_JMP32;
	const taken =
		a.type === SCALAR_VALUE && b.type === SCALAR_VALUE
			? branchTaken(a, b, op, jmp32)
			: pointerTaken(a, b, op, jmp32);
	if (taken < 0) return both(env, pc, op, jmp32, register);
	if (a.type === SCALAR_VALUE) {
		const error = precision.markReg(dst);
		if (error < 0) return error;
	}
	if (register && b.type === SCALAR_VALUE) {
		const error = precision.markReg(src);
		if (error < 0) return error;
	}
	if (env.log?.steps) env.log.insnState(pc, env.cur);
	if (taken === 1) env.pc = pc + (env.code.off[pc] as number);
	return 0;
}

function checkOperands(env: Env, register: boolean, dst: number, src: number, imm: number): number {
	const error = checkSource(env, dst);
	if (error < 0) return error;
	if (register ? imm !== 0 : src !== 0)
		return env.fail(EINVAL, "insn/reserved-fields", "BPF_JMP/JMP32 uses reserved fields");
	return register ? checkSource(env, src) : 0;
}

/** Both ways are possible: one is pushed, the other walked on. */
function both(env: Env, pc: number, op: number, jmp32: boolean, register: boolean): number {
	const { cur } = env;
	const frame = topFrame(cur);
	const dst = env.code.dst[pc] as number;
	const src = env.code.src[pc] as number;
	const a = regOf(frame, dst);
	const b = register ? regOf(frame, src) : env.operand;
	const linked: number[] = [];
	if (register && b.type === SCALAR_VALUE && b.id !== 0) collectLinked(env, cur, b.id, linked);
	if (a.type === SCALAR_VALUE && a.id !== 0) collectLinked(env, cur, a.id, linked);
	if (linked.length > 1) record(env, cur, 0, env.linkedSets.push(Uint16Array.from(linked)));
	const other = pushBranch(env, pc + (env.code.off[pc] as number) + 1, pc);
	if (!other) return -EFAULT;
	const otherFrame = topFrame(other);
	const otherA = regOf(otherFrame, dst);
	if (!register) copyReg(env.operandTwin, env.operand);
	const otherB = register ? regOf(otherFrame, src) : env.operandTwin;
	if (a.type === SCALAR_VALUE && b.type === SCALAR_VALUE) {
		const error = refineBoth(env, otherA, otherB, a, b, op, jmp32);
		if (error < 0) return error;
	}
	if (linked.length > 0) {
		if (register && b.type === SCALAR_VALUE && b.id !== 0) {
			syncLinked(env, cur, b, linked);
			syncLinked(env, other, otherB, linked);
		}
		if (a.type === SCALAR_VALUE && a.id !== 0) {
			syncLinked(env, cur, a, linked);
			syncLinked(env, other, otherA, linked);
		}
	}
	learnNull(env, pc, op, jmp32, register, other);
	if (env.log?.steps) env.log.insnState(pc, cur);
	return 0;
}

function refineBoth(
	env: Env,
	trueA: Reg,
	trueB: Reg,
	falseA: Reg,
	falseB: Reg,
	op: number,
	jmp32: boolean,
): number {
	const faults = setMinMax(trueA, trueB, falseA, falseB, op, jmp32);
	for (const fault of faults ?? []) {
		const error = invariantFault(env, fault);
		if (error < 0) return error;
	}
	return 0;
}

/** What the jump says of null pointers and of packet ranges. */
function learnNull(
	env: Env,
	pc: number,
	op: number,
	jmp32: boolean,
	register: boolean,
	other: State,
): void {
	if (jmp32) return;
	const dst = env.code.dst[pc] as number;
	const src = env.code.src[pc] as number;
	const frame = topFrame(env.cur);
	const a = regOf(frame, dst);
	const equality = op === isa.BPF_JEQ || op === isa.BPF_JNE;
	if (register) {
		const b = regOf(frame, src);
		if (
			equality &&
			a.type !== SCALAR_VALUE &&
			b.type !== SCALAR_VALUE &&
			mayBeNull(a.type) !== mayBeNull(b.type) &&
			baseType(a.type) !== PTR_TO_BTF_ID &&
			baseType(b.type) !== PTR_TO_BTF_ID
		) {
			const equal = op === isa.BPF_JEQ ? topFrame(other) : frame;
			markNotNull(env, regOf(equal, mayBeNull(b.type) ? src : dst));
		}
		matchPacketPointers(env.cur, other, a, b, dst, src, op);
		return;
	}
	if (!equality || (env.code.imm[pc] as number) !== 0 || !mayBeNull(a.type)) return;
	markOrNull(env, env.cur, dst, op === isa.BPF_JNE);
	markOrNull(env, other, dst, op === isa.BPF_JEQ);
}

/** may_goto: goes on after it as often as it takes, and past the loop at once. */
function mayGoto(env: Env, equality: Equality, pc: number): number {
	const imm = env.code.imm[pc] as number;
	if (
		env.code.opcode[pc] !== (isa.BPF_JMP | isa.BPF_JCOND) ||
		env.code.src[pc] !== 0 ||
		env.code.dst[pc] !== 0 ||
		imm !== 0
	)
		return env.fail(EINVAL, "insn/reserved-fields", `invalid may_goto imm ${imm}`);
	const parent = env.cur.parent;
	const previous = parent && previousEntry(env, pc, parent);
	const queued = pushBranch(env, pc + 1, pc);
	if (!queued) return -E2BIG;
	queued.mayGotoDepth++;
	if (previous) widenImprecise(equality, previous, queued);
	env.pc = pc + (env.code.off[pc] as number);
	return 0;
}
