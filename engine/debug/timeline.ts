// The past of a run: checkpoints of the session, of guest memory as pages that differ from the start, and of the host's own
// state. Any step is reached again by the checkpoint before it and running forward; runs are deterministic.

import type { GuestMemory, MemoryLayout } from "../machine/index.ts";
import type { Session, SessionState } from "../vm/index.ts";

/** State of the simulated kernel outside guest memory: clock, random numbers, bookkeeping of maps. */
export interface HostState {
	save(): unknown;
	restore(state: unknown): void;
}

const PAGE = 4096;
/** Bytes of changed pages kept; beyond it every other checkpoint goes. */
const LIMIT = 64 << 20;

interface Checkpoint {
	readonly step: number;
	readonly session: SessionState;
	readonly layout: MemoryLayout;
	readonly host: unknown;
	/** Pages that differ from the start, by number; shared with the checkpoint before where equal. */
	readonly pages: ReadonlyMap<number, Uint8Array>;
}

export class Timeline {
	readonly #memory: GuestMemory;
	readonly #session: Session;
	readonly #host: HostState;
	readonly #limit: number;
	/** Guest memory at the first checkpoint; beyond its end all was zero. */
	readonly #base: Uint8Array;
	#checkpoints: Checkpoint[] = [];
	#interval: number;
	/** Pages copied since they were last counted, and those there were then. */
	#copied = 0;

	/** Begins at the session's present state. `interval` and `limit` in steps and bytes, for tests. */
	constructor(session: Session, host: HostState, interval?: number, limit: number = LIMIT) {
		this.#memory = session.memory;
		this.#session = session;
		this.#host = host;
		this.#limit = limit;
		this.#base = session.memory.u8.slice(0, session.memory.used);
		// Taking a checkpoint reads all memory in use: leave as much time between two as that takes.
		this.#interval = interval ?? Math.max(1000, session.memory.used >> 6);
		this.#take();
	}

	/** Step of the first checkpoint. */
	get start(): number {
		return this.#checkpoints[0]?.step ?? 0;
	}

	get checkpoints(): number {
		return this.#checkpoints.length;
	}

	/** Steps until the next checkpoint is due; at least 1. */
	get due(): number {
		const last = this.#checkpoints.at(-1)?.step ?? 0;
		return Math.max(1, last + this.#interval - this.#session.steps);
	}

	/** To be called while running forward; takes a checkpoint when one is due. */
	pass(): void {
		const last = this.#checkpoints.at(-1)?.step ?? 0;
		if (this.#session.steps >= last + this.#interval) this.#take();
	}

	/** Brings session, memory and host to `step`, or to where the run ended before it. */
	seek(step: number): void {
		const wanted = Math.max(step, this.start);
		const from = this.#checkpoints.findLast((c) => c.step <= wanted);
		if (!from) return;
		const here = this.#session.steps;
		if (!(here <= wanted && here >= from.step && !this.#session.result)) this.#restore(from);
		const log = this.#session.onAccess;
		this.#session.onAccess = undefined;
		while (this.#session.steps < wanted && !this.#session.result) {
			this.#session.runFor(Math.min(wanted - this.#session.steps, this.due));
			this.pass();
		}
		this.#session.onAccess = log;
	}

	/** Forgets checkpoints after the present step: the run goes on differently from here (a register was changed by hand). */
	fork(): void {
		this.#checkpoints = this.#checkpoints.filter((c) => c.step <= this.#session.steps);
		if (this.#checkpoints.at(-1)?.step === this.#session.steps) this.#checkpoints.pop();
		this.#take();
	}

	#take(): void {
		const before = this.#checkpoints.at(-1);
		this.#checkpoints.push({
			step: this.#session.steps,
			session: this.#session.save(),
			layout: this.#memory.saveLayout(),
			host: this.#host.save(),
			pages: this.#changedPages(before?.pages),
		});
		if (this.#copied * PAGE <= this.#limit) return;
		while (this.#checkpoints.length > 2 && this.#count() * PAGE > this.#limit) this.#thin();
	}

	#changedPages(before: ReadonlyMap<number, Uint8Array> | undefined): Map<number, Uint8Array> {
		const pages = new Map<number, Uint8Array>();
		const { u8, i32, used } = this.#memory;
		const base = new Int32Array(this.#base.buffer, 0, this.#base.length >> 2);
		for (let start = 0; start < used; start += PAGE) {
			const end = Math.min(start + PAGE, used);
			if (sameWords(i32, base, start >> 2, (end + 3) >> 2)) continue;
			const number = start / PAGE;
			const old = before?.get(number);
			const same = old?.length === end - start && equal(old, u8, start);
			if (!same) this.#copied++;
			pages.set(number, same ? old : u8.slice(start, end));
		}
		return pages;
	}

	#count(): number {
		const pages = new Set<Uint8Array>();
		for (const c of this.#checkpoints) for (const page of c.pages.values()) pages.add(page);
		this.#copied = pages.size;
		return pages.size;
	}

	#thin(): void {
		const last = this.#checkpoints.length - 1;
		this.#checkpoints = this.#checkpoints.filter((_, i) => i % 2 === 0 || i === last);
		if (this.#checkpoints.length === last + 1) this.#checkpoints.splice(1, 1);
		this.#interval *= 2;
	}

	#restore(checkpoint: Checkpoint): void {
		const { u8, used } = this.#memory;
		u8.set(this.#base);
		u8.fill(0, this.#base.length, Math.max(used, this.#base.length));
		for (const [number, page] of checkpoint.pages) u8.set(page, number * PAGE);
		this.#memory.restoreLayout(checkpoint.layout);
		this.#session.restore(checkpoint.session);
		this.#host.restore(checkpoint.host);
	}
}

/** Compares words of the memory with the start; beyond the start's end everything was zero. */
function sameWords(now: Int32Array, base: Int32Array, from: number, to: number): boolean {
	const end = Math.min(to, base.length);
	let at = from;
	while (at < end && now[at] === base[at]) at++;
	if (at < end) return false;
	at = Math.max(at, from);
	while (at < to && now[at] === 0) at++;
	return at >= to;
}

function equal(page: Uint8Array, memory: Uint8Array, start: number): boolean {
	for (let i = 0; i < page.length; i++) if (page[i] !== memory[start + i]) return false;
	return true;
}
