// Which stack slots may still be read, per chain of calls and instruction: marks gathered while paths are walked, then
// spread backwards to a fixed point (kernel/bpf/liveness.c of Linux 6.18). State comparison asks it.

import type { Env, Subprog } from "./env.ts";
import { Instance, LIVE, READ, WORDS, WRITE, WRITE_ACC } from "./livemarks.ts";
import { spread } from "./livespread.ts";
import type { State } from "./state.ts";
import { frameOf } from "./state.ts";

export class LiveStack {
	readonly #env: Env;
	readonly #roots = new Map<Subprog, Instance>();
	#current: Instance | undefined = undefined;
	#writeInsn = 0;
	/** Slots that the current instruction surely wrote, two words a frame. */
	readonly #writes = new Int32Array(16);
	/** Instances of the frames of the state in question. */
	readonly #query: Instance[] = [];
	#queryInsn = 0;

	constructor(env: Env) {
		this.#env = env;
	}

	#of(state: State, frame: number): Instance {
		const { subprogs } = this.#env;
		const main = subprogs[frameOf(state, 0).subprog] as Subprog;
		let instance = this.#roots.get(main);
		if (!instance) {
			instance = new Instance(main);
			this.#roots.set(main, instance);
		}
		for (let i = 1; i <= frame; i++) {
			const at = frameOf(state, i);
			instance = instance.calls(at.callsite, subprogs[at.subprog] as Subprog);
		}
		return instance;
	}

	#ensure(): Instance {
		this.#current ??= this.#of(this.#env.cur, this.#env.cur.curframe);
		return this.#current;
	}

	/** The path went into another function, or back. */
	resetChain(): void {
		this.#current = undefined;
	}

	/** Slot `spi` of `frame` may be read by instruction `pc`. */
	markRead(frame: number, pc: number, spi: number): void {
		const lo = spi < 32 ? 1 << spi : 0;
		const hi = spi < 32 ? 0 : 1 << (spi & 31);
		read(this.#ensure(), frame, pc, hi, lo);
	}

	/** Instruction `pc` begins: it has written nothing yet. */
	beginWrites(pc: number): void {
		this.#begin(this.#ensure(), pc);
	}

	#begin(instance: Instance, pc: number): void {
		this.#writeInsn = pc;
		for (let i = 0; i <= instance.depth; i++) this.#writes[2 * i] = this.#writes[2 * i + 1] = 0;
	}

	/** The current instruction surely writes all of slot `spi` of `frame`. */
	markWrite(frame: number, spi: number): void {
		const at = 2 * frame + (spi < 32 ? 0 : 1);
		this.#writes[at] = (this.#writes[at] as number) | (1 << (spi & 31));
	}

	/** The current instruction is done; what it wrote holds for all paths that pass it. */
	commitWrites(): void {
		if (this.#current) this.#commit(this.#current);
	}

	#commit(instance: Instance): void {
		const index = this.#writeInsn - instance.subprog.start;
		const before = instance.committed[index] === 1;
		for (let frame = 0; frame <= instance.depth; frame++) {
			let lo = this.#writes[2 * frame] as number;
			let hi = this.#writes[2 * frame + 1] as number;
			if ((lo | hi) === 0 && !before) continue;
			const { masks, dirty } = instance.marks(frame);
			const at = index * WORDS + WRITE;
			const oldLo = masks[at] as number;
			if (before) {
				// The kernel holds the old mask in 32 bits here, so its upper half is lost.
				lo &= oldLo;
				hi = 0;
			}
			if (oldLo !== lo || hi !== 0) {
				masks[at] = lo;
				masks[at + 1] = hi;
				dirty[index] = 1;
				instance.updated = true;
			}
			if ((oldLo & ~lo) !== 0) instance.dropped = true;
		}
		instance.committed[index] = 1;
		this.#writeInsn = 0;
	}

	/** Brings the marks of every function of the current path up to date; must precede questions. */
	update(): void {
		this.resetChain();
		const state = this.#env.cur;
		let instance: Instance | undefined = this.#of(state, state.curframe);
		for (; instance; instance = instance.outer) {
			if (!instance.updated) continue;
			spread(this.#env, instance);
			if (instance.outer) this.#toCaller(instance, instance.outer);
			instance.updated = false;
			instance.dropped = false;
		}
	}

	/** What the function does to its callers' frames counts for the call. */
	#toCaller(instance: Instance, outer: Instance): void {
		this.#begin(outer, instance.callsite);
		for (let frame = 0; frame < instance.depth; frame++) {
			const masks = instance.frames[frame]?.masks;
			if (!masks) continue;
			this.#writes[2 * frame] = masks[WRITE_ACC] as number;
			this.#writes[2 * frame + 1] = masks[WRITE_ACC + 1] as number;
			read(outer, frame, instance.callsite, masks[LIVE + 1] as number, masks[LIVE] as number);
		}
		this.#commit(outer);
	}

	/** Makes `state` the one that `isAlive` is asked about. */
	beginQuery(state: State): void {
		this.#query.length = 0;
		let instance: Instance | undefined = this.#of(state, state.curframe);
		for (; instance; instance = instance.outer) this.#query.push(instance);
		this.#query.reverse();
		this.#queryInsn = state.insn;
	}

	/** Whether slot `spi` of `frame` may be read from here on. */
	isAlive(frame: number, spi: number): boolean {
		const query = this.#query;
		const last = query.length - 1;
		if ((query[last] as Instance).isLive(this.#queryInsn, frame, spi)) return true;
		for (let i = frame; i < last; i++) {
			const { callsite } = query[i + 1] as Instance;
			const at = this.#env.facts.callsCallback[callsite] === 1 ? callsite : callsite + 1;
			if ((query[i] as Instance).isLive(at, frame, spi)) return true;
		}
		return false;
	}
}

/** Adds slots that `pc` may read. */
function read(instance: Instance, frame: number, pc: number, hi: number, lo: number): void {
	const { masks, dirty } = instance.marks(frame);
	const index = pc - instance.subprog.start;
	const at = index * WORDS;
	const newLo = (masks[at + READ] as number) | lo;
	const newHi = (masks[at + READ + 1] as number) | hi;
	if (newLo === masks[at + READ] && newHi === masks[at + READ + 1]) return;
	if ((newLo & ~(masks[at + LIVE] as number)) | (newHi & ~(masks[at + LIVE + 1] as number)))
		instance.updated = true;
	masks[at + READ] = newLo;
	masks[at + READ + 1] = newHi;
	dirty[index] = 1;
}
