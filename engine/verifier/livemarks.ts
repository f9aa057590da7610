// The marks that the analysis of the living stack keeps: for each function as one chain of calls reaches it, per frame
// and instruction, the slots that may be read and those that are surely written.

import type { Subprog } from "./env.ts";

// Masks of one instruction: two words each, low then high.
export const READ = 0;
export const WRITE = 2;
export const WRITE_ACC = 4;
export const LIVE = 6;
export const WORDS = 8;

/** Marks for the slots of one frame, by instruction of the function. */
export class FrameMarks {
	readonly masks: Int32Array;
	/** Instructions whose marks, or whose successors' marks, changed since they were last spread. */
	readonly dirty: Uint8Array;

	constructor(length: number) {
		this.masks = new Int32Array(length * WORDS);
		this.dirty = new Uint8Array(length);
	}
}

/** One function as reached by one chain of calls. */
export class Instance {
	readonly subprog: Subprog;
	/** The call that leads here and the function that makes it. */
	readonly callsite: number;
	readonly outer: Instance | undefined;
	readonly depth: number;
	readonly frames: (FrameMarks | undefined)[];
	/** Instructions that have been committed once. */
	readonly committed: Uint8Array;
	updated = false;
	dropped = false;
	readonly #inner = new Map<number, Instance>();
	/** Another function called from the same place (through a callback). */
	#other: Instance | undefined = undefined;

	constructor(subprog: Subprog, outer?: Instance, callsite = 0) {
		this.subprog = subprog;
		this.outer = outer;
		this.callsite = callsite;
		this.depth = outer ? outer.depth + 1 : 0;
		this.frames = new Array<FrameMarks | undefined>(this.depth + 1).fill(undefined);
		this.committed = new Uint8Array(subprog.end - subprog.start);
	}

	/** `subprog` as this function calls it at `callsite`. */
	calls(callsite: number, subprog: Subprog): Instance {
		const first = this.#inner.get(callsite);
		for (let at = first; at; at = at.#other) if (at.subprog === subprog) return at;
		const made = new Instance(subprog, this, callsite);
		made.#other = first;
		this.#inner.set(callsite, made);
		return made;
	}

	/** The marks of `frame`, made when there are none yet. */
	marks(frame: number): FrameMarks {
		let marks = this.frames[frame];
		if (!marks) {
			marks = new FrameMarks(this.committed.length);
			this.frames[frame] = marks;
		}
		return marks;
	}

	/** Whether slot `spi` of `frame` may be read at `pc` or after. */
	isLive(pc: number, frame: number, spi: number): boolean {
		const marks = this.frames[frame];
		if (!marks) return false;
		const at = (pc - this.subprog.start) * WORDS + LIVE + (spi < 32 ? 0 : 1);
		return (((marks.masks[at] as number) >>> (spi & 31)) & 1) !== 0;
	}

	/** The chain of calls as the kernel's log names it. */
	get name(): string {
		let text = `${this.subprog.start})`;
		for (let at: Instance = this; at.outer; at = at.outer) text = `${at.callsite},${text}`;
		return `(${text}`;
	}
}
