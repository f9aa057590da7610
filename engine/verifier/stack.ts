// Reads and writes of the stack: spills and fills, bytes of unknown data, variable offsets, and what helpers may touch
// (check_stack_read, check_stack_write, check_stack_range_initialized of the kernel).

import * as isa from "../isa/index.ts";
import { destroyDynptr, isDynptr } from "./dynslots.ts";
import type { Env } from "./env.ts";
import { curReg, EACCES, EFAULT, EINVAL, frameOfPointer, MAX_STACK, MAX_VAR_OFF } from "./env.ts";
import { record, stackAccess } from "./history.ts";
import type { LiveStack } from "./livestack.ts";
import { assignScalarId } from "./operand.ts";
import type { Precision } from "./precision.ts";
import {
	constNumber,
	copyReg,
	isNull,
	isSpillable,
	NOT_INIT,
	PTR_TO_STACK,
	type Reg,
	regWidth,
	SCALAR_VALUE,
	setKnown,
	setUnknown,
	setZero,
	smaxNumber,
	sminNumber,
} from "./reg.ts";
import type { Frame, Slot } from "./state.ts";
import {
	byteType,
	growStack,
	isSpilled,
	STACK_DYNPTR,
	STACK_INVALID,
	STACK_MISC,
	STACK_SPILL,
	STACK_ZERO,
	setByteType,
	slotOf,
	topFrame,
} from "./state.ts";
import { varOffText } from "./text.ts";

/** What stack accesses work with. */
export interface StackTools {
	readonly precision: Precision;
	readonly live: LiveStack;
}

/** Whether the address is known to the byte. */
export function isFixed(reg: Reg): boolean {
	return (reg.maskHi | reg.maskLo) === 0;
}

/** check_stack_access_within_bounds; makes room when all is well. `off` includes the fixed part. */
export function checkStackBounds(
	env: Env,
	regno: number,
	off: number,
	size: number,
	write: boolean,
): number {
	const reg = curReg(env, regno);
	const what = write ? " write to" : " read from";
	let min: number;
	let max: number;
	if (isFixed(reg)) {
		min = constNumber(reg) + off;
		max = min + size;
	} else {
		if (smaxNumber(reg) >= MAX_VAR_OFF || sminNumber(reg) <= -MAX_VAR_OFF)
			return env.fail(
				EACCES,
				"stack/unbounded-offset",
				`invalid unbounded variable-offset${what} stack R${regno}`,
			);
		min = sminNumber(reg) + off;
		max = smaxNumber(reg) + off + size;
	}
	let errno = 0;
	if (min < -MAX_STACK || min > -1) errno = EACCES;
	else if (max > 0) errno = EINVAL;
	else if (size < 0) errno = EFAULT;
	if (errno !== 0)
		return env.fail(
			errno,
			"stack/out-of-bounds",
			isFixed(reg)
				? `invalid${what} stack R${regno} off=${off} size=${size}`
				: `invalid variable-offset${what} stack R${regno} var_off=${varOffText(reg)} off=${off} size=${size}`,
		);
	const frame = frameOfPointer(env, reg);
	const slots = (-min + 7) >> 3;
	growStack(frame, slots);
	const subprog = env.subprogs[frame.subprog];
	if (subprog && subprog.stackDepth < slots * 8) subprog.stackDepth = slots * 8;
	return 0;
}

/** check_fastcall_stack_contract: an access that is no part of the pattern ends the pattern's privilege. */
function fastcallContract(env: Env, frame: Frame, pc: number, off: number): void {
	const subprog = env.subprogs[frame.subprog];
	if (!subprog || subprog.fastcallOff <= off || env.facts.fastcall[pc] !== 0) return;
	subprog.fastcallOff = -32768;
	for (let i = subprog.start; i < subprog.end; i++) env.facts.fastcall[i] = 0;
}

/** A spilled register, whole or its low part; the rest of the slot is unknown data. */
function spill(slot: Slot, reg: Reg, size: number): void {
	copyReg(slot.reg, reg);
	let j = 8;
	for (; j > 8 - size; j--) setByteType(slot, j - 1, STACK_SPILL);
	for (; j > 0; j--) {
		const type = byteType(slot, j - 1);
		if (type !== STACK_ZERO && type !== STACK_INVALID) setByteType(slot, j - 1, STACK_MISC);
	}
}

/** A write at a known offset; `value` is a register, or -1 for an immediate or unknown data. */
export function writeFixed(
	env: Env,
	tools: StackTools,
	frame: Frame,
	off: number,
	size: number,
	value: number,
	pc: number,
): number {
	const at = -off - 1;
	const spi = at >> 3;
	const slot = slotOf(frame, spi);
	const current = topFrame(env.cur);
	const reg = value >= 0 ? curReg(env, value) : undefined;
	const error = destroyDynptr(env, tools.live, frame, spi);
	if (error < 0) return error;
	const aligned = (off & 7) === 0;
	if (aligned && size === 8) tools.live.markWrite(frame.frameno, spi);
	fastcallContract(env, frame, pc, off);
	env.scratchSlot(spi);
	const opcode = env.code.opcode[pc] as number;
	const stored = (opcode & 7) === isa.BPF_ST && (opcode & 0xe0) === isa.BPF_MEM;
	if (reg && aligned && reg.type === SCALAR_VALUE) {
		const fits = regWidth(reg) <= 8 * size;
		if (fits) assignScalarId(env, reg);
		spill(slot, reg, size);
		if (!fits) slot.reg.id = 0;
	} else if (!reg && aligned && stored) {
		const imm = env.code.imm[pc] as number;
		const immediate = env.operand;
		setKnown(immediate, imm >> 31, imm);
		immediate.type = SCALAR_VALUE;
		spill(slot, immediate, size);
	} else if (reg && isSpillable(reg.type)) {
		if (size !== 8) {
			env.log?.line(pc, "; ");
			return env.fail(EACCES, "stack/spill-size", "invalid size of register spill");
		}
		if (frame !== current && reg.type === PTR_TO_STACK)
			return env.fail(
				EINVAL,
				"stack/spill-to-caller",
				"cannot spill pointers to stack into stack frame of the caller",
			);
		spill(slot, reg, size);
	} else
		return writeBytes(env, tools, slot, at, size, value, stored ? env.code.imm[pc] : undefined);
	record(env, env.cur, stackAccess(frame.frameno, spi), 0);
	return 0;
}

/** Data that is no spill. */
function writeBytes(
	env: Env,
	tools: StackTools,
	slot: Slot,
	at: number,
	size: number,
	value: number,
	imm: number | undefined,
): number {
	slot.reg.type = NOT_INIT;
	scrub(slot);
	let type = STACK_MISC;
	if (value >= 0 ? isNull(curReg(env, value)) : imm === 0) {
		if (value >= 0) {
			const error = tools.precision.markReg(value);
			if (error < 0) return error;
		}
		type = STACK_ZERO;
	}
	for (let i = 0; i < size; i++) setByteType(slot, (at - i) & 7, type);
	return 0;
}

/** What is left of a spilled register or object is unknown data. */
function scrub(slot: Slot): void {
	const type = byteType(slot, 7);
	if (type !== STACK_SPILL && type < STACK_DYNPTR) return;
	scrubBytes(slot);
}

function scrubBytes(slot: Slot): void {
	for (let j = 0; j < 8; j++)
		if (byteType(slot, j) !== STACK_INVALID) setByteType(slot, j, STACK_MISC);
}

/** A write somewhere in a range: every slot of the range may have been written. */
export function writeVariable(
	env: Env,
	tools: StackTools,
	frame: Frame,
	pointer: Reg,
	off: number,
	size: number,
	value: number,
	pc: number,
): number {
	const min = sminNumber(pointer) + off;
	const max = smaxNumber(pointer) + off + size;
	const opcode = env.code.opcode[pc] as number;
	const stored = (opcode & 7) === isa.BPF_ST && (opcode & 0xe0) === isa.BPF_MEM;
	const zero = value >= 0 ? isNull(curReg(env, value)) : stored && env.code.imm[pc] === 0;
	let zeroUsed = false;
	for (let i = min; i < max; i++) {
		const error = destroyDynptr(env, tools.live, frame, (-i - 1) >> 3);
		if (error < 0) return error;
	}
	fastcallContract(env, frame, pc, min);
	for (let i = min; i < max; i++) {
		const at = -i - 1;
		const slot = slotOf(frame, at >> 3);
		const spilt = zero && byteType(slot, at & 7) === STACK_SPILL && isSpilled(slot);
		env.scratchSlot(at >> 3);
		if (spilt && isNull(slot.reg)) {
			zeroUsed = true;
			continue;
		}
		slot.reg.type = NOT_INIT;
		scrub(slot);
		const keepsZero = zero && byteType(slot, at & 7) === STACK_ZERO;
		if (keepsZero) zeroUsed = true;
		setByteType(slot, at & 7, keepsZero ? STACK_ZERO : STACK_MISC);
	}
	return zeroUsed && value >= 0 ? tools.precision.markReg(value) : 0;
}

/** mark_reg_stack_read: zero when all bytes are, else unknown. */
function loadBytes(env: Env, frame: Frame, min: number, max: number, dst: number): void {
	let zeros = 0;
	for (let i = min; i < max; i++) {
		const at = -i - 1;
		env.scratchSlot(at >> 3);
		if (byteType(slotOf(frame, at >> 3), at & 7) !== STACK_ZERO) break;
		zeros++;
	}
	const reg = curReg(env, dst);
	if (zeros === max - min) setZero(reg);
	else setUnknown(reg);
}

/** A read at a known offset into register `dst`, or -1 for none. */
export function readFixed(
	env: Env,
	tools: StackTools,
	frame: Frame,
	off: number,
	size: number,
	dst: number,
): number {
	const at = -off - 1;
	const spi = at >> 3;
	const slot = slotOf(frame, spi);
	env.scratchSlot(spi);
	fastcallContract(env, topFrame(env.cur), env.pc, off);
	tools.live.markRead(frame.frameno, env.pc, spi);
	let fill = false;
	if (isSpilled(slot)) {
		const result = fillFrom(env, slot, at, off, size, dst);
		if (result < 0) return result;
		fill = result === FILLED;
	} else {
		for (let i = 0; i < size; i++) {
			const type = byteType(slot, (at - i) & 7);
			if (type === STACK_MISC || type === STACK_ZERO || type === STACK_INVALID) continue;
			return badRead(env, off, i, size);
		}
		if (dst >= 0) loadBytes(env, frame, off, off + size, dst);
	}
	if (fill) record(env, env.cur, stackAccess(frame.frameno, spi), 0);
	return 0;
}

const FILLED = 1;

function badRead(env: Env, off: number, i: number, size: number): number {
	return env.fail(
		EACCES,
		"stack/invalid-read",
		`invalid read from stack off ${off}+${i} size ${size}`,
	);
}

/** Reads from a slot that a register was spilled to; FILLED when the register comes back. */
function fillFrom(
	env: Env,
	slot: Slot,
	at: number,
	off: number,
	size: number,
	dst: number,
): number {
	const { reg } = slot;
	let spilled = 1;
	for (let j = 7; j > 0 && byteType(slot, j - 1) === STACK_SPILL; j--) spilled++;
	if (size === 8 && spilled === 8) {
		if (dst >= 0) copyReg(curReg(env, dst), reg);
		return FILLED;
	}
	if (reg.type !== SCALAR_VALUE) {
		env.log?.line(env.pc, "; ");
		return env.fail(EACCES, "stack/fill-size", "invalid size of register fill");
	}
	if (dst < 0) return 0;
	const to = curReg(env, dst);
	if (size <= spilled && (off & 7) === 0) {
		copyReg(to, reg);
		if (regWidth(reg) > size * 8) to.id = 0;
		return FILLED;
	}
	return fillPart(env, slot, at, off, size, to);
}

function fillPart(env: Env, slot: Slot, at: number, off: number, size: number, to: Reg): number {
	let spills = 0;
	let zeros = 0;
	for (let i = 0; i < size; i++) {
		const type = byteType(slot, (at - i) & 7);
		if (type === STACK_SPILL) spills++;
		else if (type === STACK_ZERO) zeros++;
		else if (type !== STACK_MISC && type !== STACK_INVALID) return badRead(env, off, i, size);
	}
	if (spills === size && isNull(slot.reg)) {
		setZero(to);
		return FILLED;
	}
	if (zeros === size) setZero(to);
	else setUnknown(to);
	return 0;
}

/** A read from somewhere in a range. */
export function readVariable(
	env: Env,
	tools: StackTools,
	regno: number,
	off: number,
	size: number,
	dst: number,
): number {
	const reg = curReg(env, regno);
	const frame = frameOfPointer(env, reg);
	const error = checkRange(env, tools, regno, off, size, false, false, undefined);
	if (error < 0) return error;
	const min = sminNumber(reg) + off;
	loadBytes(env, frame, min, smaxNumber(reg) + off + size, dst);
	fastcallContract(env, frame, env.pc, min);
	return 0;
}

/** A buffer argument that need not be initialised: the call fills `size` bytes where `regno` points. */
export interface RawMode {
	rawMode: boolean;
	accessSize: number;
	regno: number;
}

/** check_stack_range_initialized. `write`: what was there may be overwritten with anything. */
export function checkRange(
	env: Env,
	tools: StackTools,
	regno: number,
	off: number,
	size: number,
	zeroAllowed: boolean,
	write: boolean,
	raw: RawMode | undefined,
): number {
	if (size === 0 && !zeroAllowed)
		return env.fail(EACCES, "memory/zero-size", "invalid zero-sized read");
	const error = checkStackBounds(env, regno, off, size, write);
	if (error < 0) return error;
	const reg = curReg(env, regno);
	const frame = frameOfPointer(env, reg);
	const fixed = isFixed(reg);
	const min = fixed ? constNumber(reg) + off : sminNumber(reg) + off;
	const end = (fixed ? min : smaxNumber(reg) + off) + size;
	if (fixed && raw?.rawMode) {
		raw.accessSize = size;
		raw.regno = regno;
		for (let i = min; i < end; i++) {
			if (isDynptr(slotOf(frame, (-i - 1) >> 3)))
				return env.fail(
					EACCES,
					"dynptr/overwritten",
					`potential write to dynptr at off=${i} disallowed`,
				);
		}
		return 0;
	}
	for (let i = min; i < end; i++) {
		const at = -i - 1;
		if (!touch(slotOf(frame, at >> 3), at & 7, write)) {
			return env.fail(
				EACCES,
				"stack/invalid-read",
				fixed
					? `invalid read from stack R${regno} off ${min}+${i - min} size ${size}`
					: `invalid read from stack R${regno} var_off ${varOffText(reg)}+${i - min} size ${size}`,
			);
		}
		tools.live.markRead(frame.frameno, env.pc, at >> 3);
	}
	return 0;
}

/** One byte of a range; a call may write anything there (`clobber`). False when it may not be touched. */
function touch(slot: Slot, j: number, clobber: boolean): boolean {
	const type = byteType(slot, j);
	if (type === STACK_MISC) return true;
	if (type === STACK_ZERO || type === STACK_INVALID) {
		if (clobber) setByteType(slot, j, STACK_MISC);
		return true;
	}
	if (!isSpilled(slot)) return false;
	if (clobber) {
		setUnknown(slot.reg);
		scrubBytes(slot);
	}
	return true;
}
