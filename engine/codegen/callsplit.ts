// Splits the lives of registers at calls: what is made well before a call lives in another register until then, what is read only
// after the last call moves to another one there. Callee-saved registers are then held for the calls alone.

import { BPF_X } from "../isa/index.ts";
import { rename } from "./coalesce.ts";
import { has, type Liveness, liveness } from "./liveness.ts";
import { type Block, eachDef, eachUse, FP, type Func, Insn, MOV64, READ_S } from "./machine.ts";

/** Needs `link`. Whether anything was split. */
export function splitAtCalls(func: Func, registers: readonly number[]): boolean {
	const live = liveness(func);
	let changed = false;
	for (const block of func.blocks) {
		if (!block.insns.some((i) => i.clobbers !== 0)) continue;
		for (const r of registers) {
			if (beforeCalls(func, block, r, live)) changed = true;
			if (afterCalls(func, block, r, live)) changed = true;
		}
	}
	return changed;
}

function reads(i: Insn, r: number): boolean {
	let found = false;
	eachUse(i, (u) => {
		if (u === r) found = true;
	});
	return found;
}

function writes(i: Insn, r: number): boolean {
	let found = false;
	eachDef(i, (u) => {
		if (u === r) found = true;
	});
	return found;
}

function copy(d: number, s: number, near: Insn): Insn {
	const i = new Insn(MOV64 | BPF_X, d, s, 0, 0);
	i.place = near.place;
	return i;
}

/** Where the arguments of the call at `at` begin to be passed. */
function passing(insns: readonly Insn[], at: number): number {
	let start = at;
	while (start > 0) {
		const before = insns[start - 1];
		if (!before || before.d >= FP || !writes(before, before.d) || before.clobbers !== 0) break;
		start--;
	}
	return start;
}

/** The register lives on after position `at`. */
function livesAfter(block: Block, at: number, r: number, live: Liveness): boolean {
	for (let n = at + 1; n < block.insns.length; n++) {
		const i = block.insns[n];
		if (!i) continue;
		if (reads(i, r)) return true;
		if (writes(i, r)) return false;
	}
	if (block.term && reads(block.term, r)) return true;
	const out = live.liveOut[block.index];
	return out !== undefined && has(out, r);
}

function beforeCalls(func: Func, block: Block, r: number, live: Liveness): boolean {
	for (let at = 0; at < block.insns.length; at++) {
		const i = block.insns[at];
		if (!i || !writes(i, r) || reads(i, r)) continue;
		const call = block.insns.findIndex((x, n) => n > at && x.clobbers !== 0);
		if (call < 0) return false;
		const end = passing(block.insns, call);
		if (end <= at + 2 || !livesAfter(block, call, r, live)) continue;
		const t = func.register();
		for (let n = at; n < end; n++) {
			const x = block.insns[n];
			if (x) rename(x, (u) => (u === r ? t : u));
		}
		block.insns.splice(end, 0, copy(r, t, i));
		return true;
	}
	return false;
}

function afterCalls(func: Func, block: Block, r: number, live: Liveness): boolean {
	const out = live.liveOut[block.index];
	if (!out || has(out, r)) return false;
	let call = block.insns.length - 1;
	while (call >= 0 && block.insns[call]?.clobbers === 0) call--;
	if (call < 0 || !livesAfter(block, call, r, live)) return false;
	const rest = block.insns.slice(call + 1);
	if (rest.some((i) => writes(i, r))) return false;
	let at = call + 1;
	for (let x = block.insns[at]; x && (x.flags & READ_S) !== 0 && x.s === 0; x = block.insns[at])
		at++;
	if (block.insns.slice(call + 1, at).some((i) => reads(i, r))) return false;
	const count = rest.filter((i) => reads(i, r)).length;
	if (count < 2) return false;
	const t = func.register();
	const to = (u: number) => (u === r ? t : u);
	for (const i of rest) rename(i, to);
	if (block.term) rename(block.term, to);
	const near = block.insns[call];
	if (near) block.insns.splice(at, 0, copy(t, r, near));
	return true;
}
