// What the kernel throws out of a program it has accepted: code no path reached, spills around inlined helpers, and
// jumps that then lead nowhere but on (opt_hard_wire_dead_code_branches, opt_remove_dead_code, opt_remove_nops).

import * as isa from "../isa/index.ts";
import type { Env } from "./env.ts";
import { jumpOffset } from "./subprogs.ts";

const MAY_GOTO = isa.BPF_JMP | isa.BPF_JCOND;

/** Whether the instruction is a may_goto. */
export function isMayGoto(env: Env, pc: number): boolean {
	return env.code.opcode[pc] === MAY_GOTO && env.code.src[pc] === 0;
}

/** The may_gotos that are left to be run. */
export function remainingMayGotos(env: Env): readonly number[] {
	const kept = reached(env);
	const spills = removedSpills(env);
	for (let i = 0; i < kept.length; i++) {
		const pc = kept[i] as number;
		const may = isMayGoto(env, pc);
		if (spills[pc] === 0 && !leadsOn(env, pc, kept[i + 1])) continue;
		kept.splice(i, 1);
		// One back is what took its place; a may_goto +1 before it has become a may_goto +0.
		i -= may && i > 0 ? 2 : 1;
	}
	return kept.filter((pc) => isMayGoto(env, pc));
}

/** Instructions that some path came to; both halves of an ld_imm64. */
function reached(env: Env): number[] {
	const { visits } = env.facts;
	const kept: number[] = [];
	for (let pc = 0; pc < visits.length; pc++) {
		if (visits[pc] === 0) continue;
		kept.push(pc);
		if (env.code.opcode[pc] === isa.LD_IMM64) kept.push(++pc);
	}
	return kept;
}

/** remove_fastcall_spills_fills: the pairs around a call, as many as its mark says. */
function removedSpills(env: Env): Uint8Array {
	const { fastcall } = env.facts;
	const out = new Uint8Array(fastcall.length);
	for (let pc = 0; pc < fastcall.length; pc++)
		for (let j = (fastcall[pc] as number) - 1; j > 0; j--) out[pc - j] = out[pc + j] = 1;
	return out;
}

/** Whether the instruction is a jump that goes on with `next`. */
function leadsOn(env: Env, pc: number, next: number | undefined): boolean {
	const opcode = env.code.opcode[pc] as number;
	const cls = opcode & 7;
	const op = opcode & 0xf0;
	if (cls !== isa.BPF_JMP && cls !== isa.BPF_JMP32) return false;
	if (op === isa.BPF_CALL || op === isa.BPF_EXIT) return false;
	const target = pc + 1 + jumpOffset(env, pc);
	if (op === isa.BPF_JA || isMayGoto(env, pc)) return isNext(pc, target, next);
	// A condition with one way that nobody went is no condition.
	const { visits } = env.facts;
	if (visits[pc + 1] === 0) return isNext(pc, target, next);
	return visits[target] === 0;
}

function isNext(pc: number, target: number, next: number | undefined): boolean {
	return target > pc && next !== undefined && target <= next;
}
