// The fixed point of the living stack's marks: live before = (live after, less what is written) and what is read.

import type { Env } from "./env.ts";
import {
	type FrameMarks,
	type Instance,
	LIVE,
	READ,
	WORDS,
	WRITE,
	WRITE_ACC,
} from "./livemarks.ts";
import { stackMask } from "./text.ts";

/**
 * Sweeps the function's instructions, last first, until nothing changes. Only those whose own marks or whose
 * successors' marks changed are looked at again; sweeps and changes are the kernel's.
 */
export function spread(env: Env, instance: Instance): void {
	if (instance.dropped) for (const marks of instance.frames) if (marks) forget(marks);
	let rounds = 0;
	for (let changed = true; changed; rounds++) {
		changed = false;
		for (let frame = 0; frame <= instance.depth; frame++) {
			const marks = instance.frames[frame];
			if (marks && sweep(env, instance, marks, frame)) changed = true;
		}
	}
	if (env.log?.all)
		env.log.write(`${instance.name} live stack update done in ${rounds} iterations\n`);
}

/** The sure writes of successors begin anew: one of them writes less than it did. */
function forget(marks: FrameMarks): void {
	const { masks } = marks;
	for (let at = WRITE_ACC; at < masks.length; at += WORDS) masks[at] = masks[at + 1] = 0;
	marks.dirty.fill(1);
}

function sweep(env: Env, instance: Instance, marks: FrameMarks, frame: number): boolean {
	const { postorder } = env;
	const { start, postorderStart, postorderEnd } = instance.subprog;
	const { dirty } = marks;
	let changed = false;
	for (let i = postorderStart; i < postorderEnd; i++) {
		const pc = postorder[i] as number;
		if (dirty[pc - start] === 0) continue;
		dirty[pc - start] = 0;
		if (!step(env, instance, marks.masks, frame, pc)) continue;
		changed = true;
		const { previous, previousAt } = env.facts;
		const end = previousAt[pc + 1] as number;
		for (let at = previousAt[pc] as number; at < end; at++)
			dirty[(previous[at] as number) - start] = 1;
	}
	return changed;
}

function step(env: Env, instance: Instance, masks: Int32Array, frame: number, pc: number): boolean {
	const { start } = instance.subprog;
	const first = env.facts.next[2 * pc] as number;
	if (first < 0) return false;
	const second = env.facts.next[2 * pc + 1] as number;
	const at = (pc - start) * WORDS;
	const one = (first - start) * WORDS;
	const two = second < 0 ? one : (second - start) * WORDS;
	const writeLo = masks[at + WRITE] as number;
	const writeHi = masks[at + WRITE + 1] as number;
	const readLo = masks[at + READ] as number;
	const readHi = masks[at + READ + 1] as number;
	const afterLo = (masks[one + LIVE] as number) | (masks[two + LIVE] as number);
	const afterHi = (masks[one + LIVE + 1] as number) | (masks[two + LIVE + 1] as number);
	const liveLo = (afterLo & ~writeLo) | readLo;
	const liveHi = (afterHi & ~writeHi) | readHi;
	const accLo = ((masks[one + WRITE_ACC] as number) & (masks[two + WRITE_ACC] as number)) | writeLo;
	const accHi =
		((masks[one + WRITE_ACC + 1] as number) & (masks[two + WRITE_ACC + 1] as number)) | writeHi;
	if (
		liveLo === masks[at + LIVE] &&
		liveHi === masks[at + LIVE + 1] &&
		accLo === masks[at + WRITE_ACC] &&
		accHi === masks[at + WRITE_ACC + 1]
	)
		return false;
	if (env.log?.all) {
		const marked = (readLo | readHi | writeLo | writeHi) !== 0;
		if (marked || pc === start || env.facts.prune[pc] === 1) {
			const where = `${instance.name} frame ${frame} insn ${pc}`;
			note(env, `${where} `, "live", masks, at + LIVE, liveHi, liveLo);
			note(env, `${where} `, "written", masks, at + WRITE_ACC, accHi, accLo);
		}
	}
	masks[at + LIVE] = liveLo;
	masks[at + LIVE + 1] = liveHi;
	masks[at + WRITE_ACC] = accLo;
	masks[at + WRITE_ACC + 1] = accHi;
	return true;
}

/** log_mask_change. */
function note(
	env: Env,
	where: string,
	word: string,
	masks: Int32Array,
	at: number,
	hi: number,
	lo: number,
): void {
	const oldLo = masks[at] as number;
	const oldHi = masks[at + 1] as number;
	if (oldLo === lo && oldHi === hi) return;
	let text = where;
	const addedLo = lo & ~oldLo;
	const addedHi = hi & ~oldHi;
	if (addedLo | addedHi) text += `+${word} ${stackMask(addedHi, addedLo)} `;
	const lostLo = oldLo & ~lo;
	const lostHi = oldHi & ~hi;
	if (lostLo | lostHi) text += `-${word} ${stackMask(lostHi, lostLo)}`;
	env.log?.write(`${text}\n`);
}
