// Timers that programs keep in map values (bpf_timer). The first word of one holds its number, so that an element that was made anew
// has none; all else is here. They fire when the scenario's clock has passed them, never within a run.

import type { GuestMemory, Runner } from "../machine/index.ts";

export interface Timer {
	readonly map: number;
	readonly address: number;
	/** First instruction of the function, and who runs it. */
	readonly callback?: { readonly pc: number; readonly runner: Runner };
	/** Nanoseconds since boot; absent while it does not run. */
	readonly expires?: number;
}

export type TimersState = readonly [next: number, all: readonly (readonly [number, Timer])[]];

export class Timers {
	readonly #memory: GuestMemory;
	readonly #all = new Map<number, Timer>();
	#next = 1;

	constructor(memory: GuestMemory) {
		this.#memory = memory;
	}

	/** The timer at a guest address; undefined before it is initialised. */
	at(address: number): Timer | undefined {
		const timer = this.#all.get(this.#memory.data.getUint32(address, true));
		return timer?.address === address ? timer : undefined;
	}

	make(address: number, map: number): void {
		this.#all.set(this.#next, { map, address });
		this.#memory.data.setUint32(address, this.#next, true);
		this.#next++;
	}

	change(timer: Timer): void {
		this.#all.set(this.#memory.data.getUint32(timer.address, true), timer);
	}

	/** The timer that expires first, if that is not after `now`. */
	due(now: number): Timer | undefined {
		let first: Timer | undefined;
		for (const timer of this.#all.values())
			if (timer.expires !== undefined && timer.expires <= (first?.expires ?? now)) first = timer;
		return first;
	}

	save(): TimersState {
		return [this.#next, [...this.#all]];
	}

	restore([next, all]: TimersState): void {
		this.#next = next;
		this.#all.clear();
		for (const [number, timer] of all) this.#all.set(number, timer);
	}
}
