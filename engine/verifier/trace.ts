// A record of one verification for viewers: what happened at each step, compact enough for a million, and on demand the
// whole state before chosen steps. A step is an instruction visited, numbered from 0.

import { copyReg, mayBeNull, NOT_INIT, Reg, samePointerPart } from "./reg.ts";
import { sameScalar } from "./scalar.ts";
import type { State } from "./state.ts";
import { frameOf, regOf } from "./state.ts";
import type { Names } from "./text.ts";
import { regText, slotText } from "./text.ts";

export const EVENT_VISIT = 0;
/** A branch was put aside: `a` is where it goes on. */
export const EVENT_PUSH = 1;
/** The path was covered by checkpoint `a`. */
export const EVENT_COVERED = 2;
/** A checkpoint was taken: `a` is its number. */
export const EVENT_CHECKPOINT = 3;

/** A register, as text and as numbers. */
export interface RegView {
	readonly index: number;
	readonly text: string;
	readonly type: number;
	readonly off: number;
	readonly id: number;
	/** Bytes proven readable behind a packet pointer. */
	readonly range: number;
	/** Bytes of a map's value or of memory of known size; 0 for others. */
	readonly size: number;
	/** Name of the map, or of the struct in BTF, that it points to; "" for others. */
	readonly of: string;
	/** Id of the reference that it carries, 0 for none. */
	readonly ref: number;
	readonly mayBeNull: boolean;
	/** Known bits, then bounds, each [high, low]. */
	readonly value: readonly [number, number];
	readonly mask: readonly [number, number];
	readonly smin: readonly [number, number];
	readonly smax: readonly [number, number];
	readonly umin: readonly [number, number];
	readonly umax: readonly [number, number];
	readonly s32: readonly [number, number];
	readonly u32: readonly [number, number];
}

export interface SlotView {
	/** Distance from the frame pointer, -8, -16, ... */
	readonly off: number;
	readonly text: string;
}

export interface FrameView {
	readonly callsite: number;
	readonly subprog: number;
	readonly regs: readonly RegView[];
	readonly stack: readonly SlotView[];
}

/** The state before one step. */
export interface StateView {
	readonly step: number;
	readonly pc: number;
	readonly frames: readonly FrameView[];
	readonly refs: readonly number[];
}

const WORDS = 3;

/** What the record asks of the verification. */
interface TraceHost extends Names {
	readonly cur: State;
	readonly pc: number;
	readonly prevPc: number;
}

export class Trace {
	/** Kind, instruction and argument of each event. */
	events = new Int32Array(WORDS * 1024);
	count = 0;
	steps = 0;
	readonly views: StateView[] = [];
	readonly #wanted: ((step: number, pc: number) => boolean) | undefined;
	/** What was viewed last of each register of each frame: most have not changed when the next state is viewed. */
	readonly #last: { readonly reg: Reg; readonly view: RegView }[] = [];

	/** `wanted`: before which steps the whole state is kept. */
	constructor(wanted?: (step: number, pc: number) => boolean) {
		this.#wanted = wanted;
	}

	#add(kind: number, pc: number, a: number): void {
		const at = this.count * WORDS;
		if (at + WORDS > this.events.length) {
			const bigger = new Int32Array(this.events.length * 2);
			bigger.set(this.events);
			this.events = bigger;
		}
		this.events[at] = kind;
		this.events[at + 1] = pc;
		this.events[at + 2] = a;
		this.count++;
	}

	visited(env: TraceHost): void {
		const { pc } = env;
		if (this.#wanted?.(this.steps, pc)) this.views.push(this.#state(env, pc));
		this.#add(EVENT_VISIT, pc, env.prevPc);
		this.steps++;
	}

	#state(env: TraceHost, pc: number): StateView {
		const state = env.cur;
		const frames: FrameView[] = [];
		for (let f = 0; f <= state.curframe; f++) {
			const frame = frameOf(state, f);
			const regs: RegView[] = [];
			for (let i = 0; i < 11; i++) {
				const r = regOf(frame, i);
				if (r.type !== NOT_INIT) regs.push(this.#register(env, r, i, frame.frameno));
			}
			const stack: SlotView[] = [];
			for (let i = 0; i < frame.slots; i++) {
				const text = slotText(frame, i, env);
				if (text !== undefined) stack.push({ off: -8 * (i + 1), text });
			}
			frames.push({ callsite: frame.callsite, subprog: frame.subprog, regs, stack });
		}
		return { step: this.steps, pc, frames, refs: state.refs.map((r) => r.id) };
	}

	/** Views are shared by states in which the register is the same. */
	#register(env: TraceHost, r: Reg, index: number, frameno: number): RegView {
		const at = frameno * 11 + index;
		const last = this.#last[at];
		if (last && same(last.reg, r)) return last.view;
		const view = viewRegister(env, r, index, frameno);
		const reg = last?.reg ?? new Reg();
		copyReg(reg, r);
		this.#last[at] = { reg, view };
		return view;
	}

	pushed(from: number, to: number): void {
		this.#add(EVENT_PUSH, from, to);
	}

	covered(pc: number, by: State): void {
		this.#add(EVENT_COVERED, pc, by.serial);
	}

	checkpoint(pc: number, state: State): void {
		this.#add(EVENT_CHECKPOINT, pc, state.serial);
	}
}

function same(a: Reg, b: Reg): boolean {
	return (
		samePointerPart(a, b) &&
		sameScalar(a, b) &&
		a.id === b.id &&
		a.refId === b.refId &&
		a.frameno === b.frameno &&
		a.precise === b.precise
	);
}

function viewRegister(env: TraceHost, r: Reg, index: number, frameno: number): RegView {
	return {
		index,
		text: regText(r, frameno, env),
		type: r.type,
		off: r.off,
		id: r.id,
		range: r.range,
		size: r.map ? env.valueSize(r.map) : r.size,
		of: r.map ? env.mapName(r.map) : r.btf ? env.btfName(r.btf) : "",
		ref: r.refId,
		mayBeNull: mayBeNull(r.type),
		value: [r.valueHi, r.valueLo],
		mask: [r.maskHi, r.maskLo],
		smin: [r.sminHi, r.sminLo],
		smax: [r.smaxHi, r.smaxLo],
		umin: [r.uminHi, r.uminLo],
		umax: [r.umaxHi, r.umaxLo],
		s32: [r.s32Min, r.s32Max],
		u32: [r.u32Min, r.u32Max],
	};
}
