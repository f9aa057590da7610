// The state of one path: call frames with registers and stack, references held, locks, and the way back through its
// parent states (struct bpf_verifier_state of the kernel). States are pooled and copied in place.

import { copyReg, NOT_INIT, Reg, setNotInit } from "./reg.ts";

export const STACK_INVALID = 0;
export const STACK_SPILL = 1;
export const STACK_MISC = 2;
export const STACK_ZERO = 3;
export const STACK_DYNPTR = 4;
export const STACK_ITER = 5;
export const STACK_IRQ_FLAG = 6;

/** All eight bytes of one kind, in `Slot.types`. */
export const ALL_SPILL = 0x11111111;

/** The call site of the frame that no call made. */
export const MAIN_CALL = -1;

/** Frames of a path at most. */
export const MAX_FRAMES = 8;

/** Eight bytes of stack. */
export class Slot {
	/** Kind of byte j, counted from the end of the slot that the frame pointer is at, in bits 4j to 4j+3. */
	types = 0;
	#reg: Reg | undefined = undefined;

	/** What was spilled here, or the object that lies here; made when it is first asked for, as most slots hold neither. */
	get reg(): Reg {
		this.#reg ??= new Reg();
		return this.#reg;
	}

	/** Whether the slot never held anything but bytes. */
	get isPlain(): boolean {
		return this.#reg === undefined;
	}
}

/** Whether the kinds of the bytes leave `reg` a meaning. */
function usesReg(types: number): boolean {
	const kind = types >>> 28;
	return kind === STACK_SPILL || kind >= STACK_DYNPTR;
}

/** Kind of the slot's byte `j`: 0 is the highest address minus one step down, as the kernel's slot_type. */
export function byteType(slot: Slot, j: number): number {
	return (slot.types >>> (j << 2)) & 15;
}

export function setByteType(slot: Slot, j: number, type: number): void {
	slot.types = (slot.types & ~(15 << (j << 2))) | (type << (j << 2));
}

/** Whether a register was spilled here, whole or its low part. */
export function isSpilled(slot: Slot): boolean {
	return slot.types >>> 28 === STACK_SPILL;
}

export function clearSlot(slot: Slot): void {
	slot.types = 0;
	if (!slot.isPlain) setNotInit(slot.reg);
}

/** One function activation. */
export class Frame {
	readonly regs: readonly Reg[] = Array.from({ length: 11 }, () => new Reg());
	/** Slots from the frame pointer down; only the first `slots` are allocated. */
	readonly stack: Slot[] = [];
	slots = 0;
	callsite = MAIN_CALL;
	frameno = 0;
	subprog = 0;
	asyncEntry = 0;
	inCallback = false;
	inAsyncCallback = false;
	inExceptionCallback = false;
	callbackDepth = 0;
	/** Range of the value that a callback must return. */
	retMin = 0;
	retMax = 0;
}

/** Register `index` of `frame`; the index is 0 to 10 by construction. */
export function regOf(frame: Frame, index: number): Reg {
	return frame.regs[index] as Reg;
}

/** Allocated slot `spi` of `frame`. */
export function slotOf(frame: Frame, spi: number): Slot {
	return frame.stack[spi] as Slot;
}

/** Makes at least `slots` slots exist. */
export function growStack(frame: Frame, slots: number): void {
	while (frame.stack.length < slots) frame.stack.push(new Slot());
	for (let i = frame.slots; i < slots; i++) clearSlot(frame.stack[i] as Slot);
	if (slots > frame.slots) frame.slots = slots;
}

function copyFrame(to: Frame, from: Frame): void {
	for (let i = 0; i < 11; i++) copyReg(to.regs[i] as Reg, from.regs[i] as Reg);
	while (to.stack.length < from.slots) to.stack.push(new Slot());
	for (let i = 0; i < from.slots; i++) {
		const a = to.stack[i] as Slot;
		const b = from.stack[i] as Slot;
		a.types = b.types;
		if (usesReg(b.types)) copyReg(a.reg, b.reg);
		else if (!a.isPlain) setNotInit(a.reg);
	}
	to.slots = from.slots;
	to.callsite = from.callsite;
	to.frameno = from.frameno;
	to.subprog = from.subprog;
	to.asyncEntry = from.asyncEntry;
	to.inCallback = from.inCallback;
	to.inAsyncCallback = from.inAsyncCallback;
	to.inExceptionCallback = from.inExceptionCallback;
	to.callbackDepth = from.callbackDepth;
	to.retMin = from.retMin;
	to.retMax = from.retMax;
}

export const REF_PTR = 2;
export const REF_LOCK = 8;
export const REF_IRQ = 4;
export const REF_RES_LOCK = 16;
export const REF_RES_LOCK_IRQ = 32;

/** Something acquired that must be given back. */
interface Ref {
	readonly type: number;
	readonly id: number;
	/** Instruction that acquired it. */
	readonly insn: number;
	/** What was locked, for locks. */
	readonly ptr: number;
}

/** Words of one entry of `State.history`: instruction, the one before it, flags, linked set. */
export const HISTORY_WORDS = 4;

/** A point on a path, or a checkpoint that paths come back to. */
export class State {
	readonly frames: Frame[] = [];
	curframe = 0;
	refs: readonly Ref[] = [];
	activeLocks = 0;
	activePreempt = 0;
	activeRcu = 0;
	activeIrqId = 0;
	activeLockId = 0;
	activeLockPtr = 0;
	inSleepable = false;
	cleaned = false;
	/** Paths through here that are not finished. */
	branches = 0;
	parent: State | undefined = undefined;
	firstInsn = 0;
	lastInsn = 0;
	insn = 0;
	dfsDepth = 0;
	callbackUnrollDepth = 0;
	mayGotoDepth = 0;
	equal: State | undefined = undefined;
	/** Jumps since the parent, HISTORY_WORDS each. */
	history: Int32Array = new Int32Array(16);
	historyCount = 0;
	/** Checkpoints: hits and misses in comparison, and whether it left the list. */
	hits = 0;
	misses = 0;
	evicted = false;
	/** Number for the trace; 0 for the current state. */
	serial = 0;
}

/** The frame in which the path stands. */
export function topFrame(state: State): Frame {
	return state.frames[state.curframe] as Frame;
}

export function frameOf(state: State, index: number): Frame {
	return state.frames[index] as Frame;
}

/** Instruction at which frame `index` stands: its own, or the call it made. */
export function frameInsn(state: State, index: number): number {
	return index === state.curframe ? state.insn : frameOf(state, index + 1).callsite;
}

/** copy_verifier_state. */
export function copyState(to: State, from: State): void {
	const words = from.historyCount * HISTORY_WORDS;
	if (to.history.length < words) to.history = new Int32Array(words + 16);
	for (let i = 0; i < words; i++) to.history[i] = from.history[i] as number;
	to.historyCount = from.historyCount;
	to.refs = from.refs;
	to.activeLocks = from.activeLocks;
	to.activePreempt = from.activePreempt;
	to.activeRcu = from.activeRcu;
	to.activeIrqId = from.activeIrqId;
	to.activeLockId = from.activeLockId;
	to.activeLockPtr = from.activeLockPtr;
	to.inSleepable = from.inSleepable;
	to.cleaned = from.cleaned;
	to.curframe = from.curframe;
	to.branches = from.branches;
	to.parent = from.parent;
	to.firstInsn = from.firstInsn;
	to.lastInsn = from.lastInsn;
	to.dfsDepth = from.dfsDepth;
	to.callbackUnrollDepth = from.callbackUnrollDepth;
	to.mayGotoDepth = from.mayGotoDepth;
	to.equal = from.equal;
	while (to.frames.length <= from.curframe) to.frames.push(new Frame());
	for (let i = 0; i <= from.curframe; i++)
		copyFrame(to.frames[i] as Frame, from.frames[i] as Frame);
}

/** Makes `state` the start of a path that comes from nowhere. Its one frame is left to the caller. */
export function clearState(state: State): void {
	state.curframe = 0;
	state.refs = [];
	state.activeLocks = 0;
	state.activePreempt = 0;
	state.activeRcu = 0;
	state.activeIrqId = 0;
	state.activeLockId = 0;
	state.activeLockPtr = 0;
	state.inSleepable = false;
	state.cleaned = false;
	state.branches = 0;
	state.parent = undefined;
	state.firstInsn = 0;
	state.lastInsn = 0;
	state.insn = 0;
	state.dfsDepth = 0;
	state.callbackUnrollDepth = 0;
	state.mayGotoDepth = 0;
	state.equal = undefined;
	state.historyCount = 0;
	state.serial = 0;
}

/** Makes frame `index` new: nothing initialised but the frame pointer, which the caller sets. */
export function initFrame(
	state: State,
	index: number,
	callsite: number,
	frameno: number,
	subprog: number,
): Frame {
	while (state.frames.length <= index) state.frames.push(new Frame());
	const frame = state.frames[index] as Frame;
	for (let i = 0; i < 11; i++) {
		const reg = frame.regs[i] as Reg;
		setNotInit(reg);
		reg.type = NOT_INIT;
	}
	frame.slots = 0;
	frame.callsite = callsite;
	frame.frameno = frameno;
	frame.subprog = subprog;
	frame.asyncEntry = 0;
	frame.inCallback = false;
	frame.inAsyncCallback = false;
	frame.inExceptionCallback = false;
	frame.callbackDepth = 0;
	frame.retMin = 0;
	frame.retMax = 1;
	return frame;
}

/** Calls `visit` with each register and spilled register of the state (bpf_for_each_reg_in_vstate). */
export function forEachReg(state: State, visit: (reg: Reg) => void): void {
	for (let f = 0; f <= state.curframe; f++) {
		const frame = frameOf(state, f);
		for (let i = 0; i < 11; i++) visit(frame.regs[i] as Reg);
		for (let i = 0; i < frame.slots; i++) {
			const slot = frame.stack[i] as Slot;
			if (isSpilled(slot)) visit(slot.reg);
		}
	}
}
