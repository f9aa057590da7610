// Guest stacks: eight frames of 512 bytes, each a region of its own so that leaving a frame is always caught. A frame that
// is not in use has length 0. It knows memory only.

import { assert } from "../base/index.ts";
import type { GuestMemory, Region } from "../machine/index.ts";

/** MAX_CALL_FRAMES of Linux: the main function and seven calls. */
export const MAX_FRAMES = 8;
/** MAX_BPF_STACK of Linux, bytes a frame. */
export const FRAME_SIZE = 512;

export type Stack = readonly Region[];

/** Hands out stacks and takes them back, so that runs that overlap in time never share one. */
export class StackPool {
	readonly #memory: GuestMemory;
	readonly #idle: Stack[] = [];

	constructor(memory: GuestMemory) {
		this.#memory = memory;
	}

	/** A stack with no frame in use. */
	take(): Stack {
		const stack = this.#idle.pop() ?? this.#allocate();
		for (const frame of stack) frame.length = 0;
		return stack;
	}

	give(stack: Stack): void {
		for (const frame of stack) frame.length = 0;
		this.#idle.push(stack);
	}

	#allocate(): Stack {
		const stack: Region[] = [];
		for (let i = 0; i < MAX_FRAMES; i++) {
			const frame = this.#memory.allocate("stack", i === 0 ? "stack" : `stack of frame ${i}`, 512);
			assert(frame !== undefined, "no guest memory for a stack");
			stack.push(frame);
		}
		return stack;
	}
}
