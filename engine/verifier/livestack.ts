// Which stack slots may still be read, per chain of calls and instruction: marks gathered while paths are walked, then
// spread backwards to a fixed point (kernel/bpf/liveness.c of Linux 6.18). State comparison asks it.

import type { Env, Subprog } from "./env.ts";
import { successors } from "./graph.ts";
import type { State } from "./state.ts";
import { frameOf } from "./state.ts";
import { stackMask } from "./text.ts";

// Masks of one instruction: two words each, low then high.
const READ = 0;
const WRITE = 2;
const WRITE_ACC = 4;
const LIVE = 6;
const WORDS = 8;

/** The marks of one function as reached by one chain of calls. */
class Instance {
	/** Call instructions that lead here, then the function's first instruction. */
	readonly chain: readonly number[];
	/** First instruction of the function of each frame. */
	readonly starts: readonly number[];
	readonly subprog: Subprog;
	readonly frames: (Int32Array | undefined)[];
	readonly written: Uint8Array;
	updated = false;
	dropped = false;

	constructor(chain: readonly number[], starts: readonly number[], subprog: Subprog) {
		this.chain = chain;
		this.starts = starts;
		this.subprog = subprog;
		this.frames = new Array<Int32Array | undefined>(chain.length);
		this.written = new Uint8Array(subprog.end - subprog.start);
	}

	get depth(): number {
		return this.chain.length - 1;
	}

	masks(frame: number): Int32Array {
		let masks = this.frames[frame];
		if (!masks) {
			masks = new Int32Array(this.written.length * WORDS);
			this.frames[frame] = masks;
		}
		return masks;
	}
}

export class LiveStack {
	readonly #env: Env;
	readonly #instances = new Map<string, Instance>();
	#current: Instance | undefined = undefined;
	#writeInsn = 0;
	/** Slots that the current instruction surely wrote, two words a frame. */
	readonly #writes = new Int32Array(16);
	readonly #query: (Instance | undefined)[] = [];
	#queryFrame = 0;
	#queryInsn = 0;

	constructor(env: Env) {
		this.#env = env;
	}

	#lookup(chain: readonly number[], starts: readonly number[]): Instance {
		const key = chain.join();
		let instance = this.#instances.get(key);
		if (!instance) {
			const start = starts[starts.length - 1] as number;
			const subprog = this.#env.subprogs.find((s) => s.start === start) as Subprog;
			instance = new Instance(chain, starts, subprog);
			this.#instances.set(key, instance);
		}
		return instance;
	}

	#of(state: State, frame: number): Instance {
		const starts: number[] = [];
		const chain: number[] = [];
		for (let i = 0; i <= frame; i++) {
			starts.push((this.#env.subprogs[frameOf(state, i).subprog] as Subprog).start);
			chain.push(i < frame ? frameOf(state, i + 1).callsite : (starts[i] as number));
		}
		return this.#lookup(chain, starts);
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
		this.#read(this.#ensure(), frame, pc, hi, lo);
	}

	#read(instance: Instance, frame: number, pc: number, hi: number, lo: number): void {
		const masks = instance.masks(frame);
		const at = (pc - instance.subprog.start) * WORDS;
		const newLo = (masks[at + READ] as number) | lo;
		const newHi = (masks[at + READ + 1] as number) | hi;
		if (newLo === masks[at + READ] && newHi === masks[at + READ + 1]) return;
		if ((newLo & ~(masks[at + LIVE] as number)) | (newHi & ~(masks[at + LIVE + 1] as number)))
			instance.updated = true;
		masks[at + READ] = newLo;
		masks[at + READ + 1] = newHi;
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
		const before = instance.written[index] === 1;
		for (let frame = 0; frame <= instance.depth; frame++) {
			let lo = this.#writes[2 * frame] as number;
			let hi = this.#writes[2 * frame + 1] as number;
			if ((lo | hi) === 0 && !before) continue;
			const masks = instance.masks(frame);
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
				instance.updated = true;
			}
			if ((oldLo & ~lo) !== 0) instance.dropped = true;
		}
		instance.written[index] = 1;
		this.#writeInsn = 0;
	}

	/** Brings the marks of every function of the current path up to date; must precede questions. */
	update(): void {
		this.resetChain();
		const state = this.#env.cur;
		for (let frame = state.curframe; frame >= 0; frame--) {
			const instance = this.#of(state, frame);
			if (!instance.updated) continue;
			this.#spread(instance);
			instance.updated = false;
			instance.dropped = false;
		}
	}

	#spread(instance: Instance): void {
		const { subprog } = instance;
		const order = this.#env.postorder;
		if (instance.dropped)
			for (const masks of instance.frames)
				if (masks)
					for (let at = 0; at < masks.length; at += WORDS)
						masks[at + WRITE_ACC] = masks[at + WRITE_ACC + 1] = 0;
		let rounds = 0;
		for (let changed = true; changed; ) {
			rounds++;
			changed = false;
			for (let frame = 0; frame <= instance.depth; frame++) {
				const masks = instance.frames[frame];
				if (!masks) continue;
				for (let i = subprog.postorderStart; i < subprog.postorderEnd; i++)
					if (this.#step(instance, masks, frame, order[i] as number)) changed = true;
			}
		}
		this.#env.log?.all &&
			this.#env.log.write(
				`(${instance.chain.join(",")}) live stack update done in ${rounds} iterations\n`,
			);
		if (instance.depth > 0) this.#toCaller(instance);
	}

	#step(instance: Instance, masks: Int32Array, frame: number, pc: number): boolean {
		const next: [number, number] = [0, 0];
		const n = successors(this.#env, pc, next);
		if (n === 0) return false;
		const start = instance.subprog.start;
		const at = (pc - start) * WORDS;
		let changed = false;
		let afterLo = 0;
		let afterHi = 0;
		let accLo = -1;
		let accHi = -1;
		for (let i = 0; i < n; i++) {
			const to = ((next[i] as number) - start) * WORDS;
			afterLo |= masks[to + LIVE] as number;
			afterHi |= masks[to + LIVE + 1] as number;
			accLo &= masks[to + WRITE_ACC] as number;
			accHi &= masks[to + WRITE_ACC + 1] as number;
		}
		const writeLo = masks[at + WRITE] as number;
		const writeHi = masks[at + WRITE + 1] as number;
		const readLo = masks[at + READ] as number;
		const readHi = masks[at + READ + 1] as number;
		accLo |= writeLo;
		accHi |= writeHi;
		const liveLo = (afterLo & ~writeLo) | readLo;
		const liveHi = (afterHi & ~writeHi) | readHi;
		changed = liveLo !== masks[at + LIVE] || liveHi !== masks[at + LIVE + 1];
		changed ||= accLo !== masks[at + WRITE_ACC] || accHi !== masks[at + WRITE_ACC + 1];
		const shown = (readLo | readHi | writeLo | writeHi) !== 0 || pc === start;
		if (changed && this.#env.log?.all && (shown || this.#env.facts.prune[pc] === 1)) {
			this.#note(instance, "live", frame, pc, masks, at + LIVE, liveHi, liveLo);
			this.#note(instance, "written", frame, pc, masks, at + WRITE_ACC, accHi, accLo);
		}
		masks[at + LIVE] = liveLo;
		masks[at + LIVE + 1] = liveHi;
		masks[at + WRITE_ACC] = accLo;
		masks[at + WRITE_ACC + 1] = accHi;
		return changed;
	}

	#note(
		instance: Instance,
		word: string,
		frame: number,
		pc: number,
		masks: Int32Array,
		at: number,
		hi: number,
		lo: number,
	): void {
		const oldLo = masks[at] as number;
		const oldHi = masks[at + 1] as number;
		if (oldLo === lo && oldHi === hi) return;
		let text = `(${instance.chain.join(",")}) frame ${frame} insn ${pc} `;
		const addedLo = lo & ~oldLo;
		const addedHi = hi & ~oldHi;
		if (addedLo | addedHi) text += `+${word} ${stackMask(addedHi, addedLo)} `;
		const lostLo = oldLo & ~lo;
		const lostHi = oldHi & ~hi;
		if (lostLo | lostHi) text += `-${word} ${stackMask(lostHi, lostLo)}`;
		this.#env.log?.write(`${text}\n`);
	}

	/** What the function does to its callers' frames counts for the call. */
	#toCaller(instance: Instance): void {
		const starts = instance.starts.slice(0, -1);
		const chain = [...instance.chain.slice(0, -2), starts[starts.length - 1] as number];
		const callsite = instance.chain[instance.depth - 1] as number;
		const outer = this.#lookup(chain, starts);
		this.#begin(outer, callsite);
		for (let frame = 0; frame < instance.depth; frame++) {
			const masks = instance.frames[frame];
			if (!masks) continue;
			this.#writes[2 * frame] = masks[WRITE_ACC] as number;
			this.#writes[2 * frame + 1] = masks[WRITE_ACC + 1] as number;
			this.#read(outer, frame, callsite, masks[LIVE + 1] as number, masks[LIVE] as number);
		}
		this.#commit(outer);
	}

	/** Makes `state` the one that `isAlive` is asked about. */
	beginQuery(state: State): void {
		this.#query.length = 0;
		for (let i = 0; i <= state.curframe; i++) this.#query.push(this.#of(state, i));
		this.#queryFrame = state.curframe;
		this.#queryInsn = state.insn;
	}

	/** Whether slot `spi` of `frame` may be read from here on. */
	isAlive(frame: number, spi: number): boolean {
		const top = this.#query[this.#queryFrame] as Instance;
		if (liveBefore(top, this.#queryInsn, frame, spi)) return true;
		for (let i = frame; i < this.#queryFrame; i++) {
			const callsite = top.chain[i] as number;
			const at = this.#env.facts.callsCallback[callsite] === 1 ? callsite : callsite + 1;
			if (liveBefore(this.#query[i] as Instance, at, frame, spi)) return true;
		}
		return false;
	}
}

function liveBefore(instance: Instance, pc: number, frame: number, spi: number): boolean {
	const masks = instance.frames[frame];
	if (!masks) return false;
	const at = (pc - instance.subprog.start) * WORDS + LIVE + (spi < 32 ? 0 : 1);
	return (((masks[at] as number) >>> (spi & 31)) & 1) !== 0;
}
