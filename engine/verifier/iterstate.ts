// The state that an iterator on the stack is in, for the comparison of states.

import type { Env } from "./env.ts";
import { curReg, frameOfPointer } from "./env.ts";
import { constNumber } from "./reg.ts";

/** States of an iterator, in the low byte of `Reg.object`; the depth is above. */
export const ITER_ACTIVE = 1;
export const ITER_DRAINED = 2;

/** Whether the iterator that R1 points to, at a call of bpf_iter_*_next, has not reached its end. */
export function isActiveIterator(env: Env): boolean {
	const reg = curReg(env, 1);
	const slot = frameOfPointer(env, reg).stack[(-(reg.off + constNumber(reg)) - 1) >> 3];
	return slot !== undefined && (slot.reg.object & 255) === ITER_ACTIVE;
}
