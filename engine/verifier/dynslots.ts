// Dynptrs as they lie on the stack, two slots each: made, overwritten, given up (mark_stack_slots_dynptr,
// destroy_if_dynptr_stack_slot, unmark_stack_slots_dynptr of the kernel). Knows nothing of calls.

import type { Env } from "./env.ts";
import { EINVAL, frameOfPointer } from "./env.ts";
import type { LiveStack } from "./livestack.ts";
import { acquireRef, releaseRef } from "./refs.ts";
import {
	CONST_PTR_TO_DYNPTR,
	PTR_MAYBE_NULL,
	PTR_TO_MEM,
	type Reg,
	setKnown,
	setNotInit,
	setUnknown,
} from "./reg.ts";
import { objectSlot } from "./slots.ts";
import type { Frame, Slot } from "./state.ts";
import { byteType, clearSlot, forEachReg, STACK_DYNPTR, slotOf } from "./state.ts";

/** Kinds of dynptr, in the low byte of `Reg.object`. */
export const DYNPTR_LOCAL = 1;
export const DYNPTR_RINGBUF = 2;
export const DYNPTR_SKB = 3;
export const DYNPTR_XDP = 4;
export const DYNPTR_SKB_META = 5;

/** Set in `Reg.object` of the first of the two slots, the one further from the frame pointer. */
const FIRST = 256;
const ALL_DYNPTR = 0x44444444;

/** Number of the first slot of the dynptr that `reg` points to; negative: it can be none, and the log says why. */
export function dynptrSlot(env: Env, reg: Reg): number {
	return objectSlot(env, reg, 2, "dynptr");
}

/** Makes `reg` a dynptr: a slot of one, or the register that points to one nobody may change. */
export function setDynptr(reg: Reg, kind: number, first: boolean, id: number): void {
	setKnown(reg, 0, 0);
	reg.type = CONST_PTR_TO_DYNPTR;
	reg.id = id;
	reg.object = first ? kind | FIRST : kind;
	// Shares its place with the mark of the first slot, and is printed as if it were an id.
	reg.uid = first ? 1 : 0;
}

export function isDynptr(slot: Slot): boolean {
	return byteType(slot, 0) === STACK_DYNPTR;
}

function isRefcounted(object: number): boolean {
	return (object & 255) === DYNPTR_RINGBUF;
}

/** Whether slot `spi` of the frame begins a whole dynptr. */
export function beginsDynptr(frame: Frame, spi: number): boolean {
	const slot = slotOf(frame, spi);
	return (
		(slot.reg.object & FIRST) !== 0 &&
		slot.types === ALL_DYNPTR &&
		slotOf(frame, spi - 1).types === ALL_DYNPTR
	);
}

/** A write to slot `spi`, even of a part: the dynptr there is no more, nor are the slices of it. */
export function destroyDynptr(env: Env, live: LiveStack, frame: Frame, spi: number): number {
	if (!isDynptr(slotOf(frame, spi))) return 0;
	const first = slotOf(frame, spi).reg.object & FIRST ? spi : spi + 1;
	const { object, id } = slotOf(frame, first).reg;
	if (isRefcounted(object))
		return env.fail(EINVAL, "dynptr/overwritten", "cannot overwrite referenced dynptr");
	env.scratchSlot(first);
	env.scratchSlot(first - 1);
	forEachReg(env.cur, (reg) => {
		if ((reg.type & ~PTR_MAYBE_NULL) === PTR_TO_MEM && reg.uid === id) setUnknown(reg);
	});
	forget(live, frame, first);
	return 0;
}

function forget(live: LiveStack, frame: Frame, first: number): void {
	for (const spi of [first, first - 1]) {
		clearSlot(slotOf(frame, spi));
		setNotInit(slotOf(frame, spi).reg);
		live.markWrite(frame.frameno, spi);
	}
}

/** A dynptr comes to be where `reg` points; `cloneRef` is the reference that it shares with the one it is a copy of. */
export function makeDynptr(
	env: Env,
	live: LiveStack,
	reg: Reg,
	kind: number,
	cloneRef: number,
): number {
	const spi = dynptrSlot(env, reg);
	if (spi < 0) return spi;
	const frame = frameOfPointer(env, reg);
	const error = destroyDynptr(env, live, frame, spi) || destroyDynptr(env, live, frame, spi - 1);
	if (error < 0) return error;
	const id = ++env.idGen;
	const refId = isRefcounted(kind) ? cloneRef || acquireRef(env) : 0;
	for (const at of [spi, spi - 1]) {
		const slot = slotOf(frame, at);
		slot.types = ALL_DYNPTR;
		setDynptr(slot.reg, kind, at === spi, id);
		slot.reg.refId = refId;
		live.markWrite(frame.frameno, at);
	}
	return 0;
}

/** The dynptr that `reg` points to is given up, with its copies and the slices of them all. */
export function releaseDynptr(env: Env, live: LiveStack, reg: Reg): number {
	const spi = dynptrSlot(env, reg);
	if (spi < 0) return spi;
	const frame = frameOfPointer(env, reg);
	const { object, refId } = slotOf(frame, spi).reg;
	if (!isRefcounted(object)) {
		forget(live, frame, spi);
		return 0;
	}
	releaseRef(env, refId);
	for (let i = 1; i < frame.slots; i++) {
		const slot = slotOf(frame, i);
		if (isDynptr(slot) && slot.reg.refId === refId && slot.reg.object & FIRST)
			forget(live, frame, i);
	}
	return 0;
}
