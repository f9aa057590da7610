// Stepping policy over one Session: step, step over, step out, run to a cursor, continue, and the same backwards. Long
// movements go in slices that the caller asks for, so that it can stop them. It knows no kernel.

import type { Session } from "../vm/index.ts";
import type { Breakpoint, Condition, Stop, Watched, Watchpoint } from "./stop.ts";
import { hits } from "./stop.ts";
import type { HostState } from "./timeline.ts";
import { Timeline } from "./timeline.ts";
import type { Writers } from "./writers.ts";
import { findWriters } from "./writers.ts";

/** Where a movement forward ends, breakpoints and watchpoints aside. */
export type Goal =
	| { readonly kind: "step" }
	/** The next instruction of this frame or of one below. */
	| { readonly kind: "over" }
	/** After the return from this frame. */
	| { readonly kind: "out" }
	/** Before this instruction. */
	| { readonly kind: "cursor"; readonly pc: number }
	| { readonly kind: "continue" };

export interface DebuggerOptions {
	/** Steps between checkpoints. */
	readonly interval?: number;
	/** Bytes of changed memory kept for going back. */
	readonly limit?: number;
}

interface Armed {
	readonly watchpoint: Watchpoint;
	/** Contents when last looked at. */
	bytes: Uint8Array;
	touched: boolean;
}

const NO_HOST: HostState = { save: () => undefined, restore: () => {} };

export class Debugger {
	readonly session: Session;
	readonly #timeline: Timeline;
	#breakpoints: Breakpoint[] = [];
	#watchpoints: Watchpoint[] = [];
	#nextId = 1;

	/** `session` stands before its first instruction. */
	constructor(session: Session, host: HostState = NO_HOST, options: DebuggerOptions = {}) {
		this.session = session;
		this.#timeline = new Timeline(session, host, options.interval, options.limit);
	}

	get breakpoints(): readonly Breakpoint[] {
		return this.#breakpoints;
	}

	get watchpoints(): readonly Watchpoint[] {
		return this.#watchpoints;
	}

	addBreakpoint(pc: number, options: { condition?: Condition; program?: string } = {}): Breakpoint {
		const breakpoint: Breakpoint = { id: this.#nextId++, pc, enabled: true, ...options };
		this.#breakpoints.push(breakpoint);
		return breakpoint;
	}

	addWatchpoint(watched: Watched): Watchpoint {
		const watchpoint: Watchpoint = { id: this.#nextId++, watched, enabled: true };
		this.#watchpoints.push(watchpoint);
		return watchpoint;
	}

	/** Removes the breakpoint or watchpoint with this id. */
	remove(id: number): void {
		this.#breakpoints = this.#breakpoints.filter((b) => b.id !== id);
		this.#watchpoints = this.#watchpoints.filter((w) => w.id !== id);
	}

	enable(id: number, enabled: boolean): void {
		const set = <T extends { readonly id: number }>(x: T): T =>
			x.id === id ? { ...x, enabled } : x;
		this.#breakpoints = this.#breakpoints.map(set);
		this.#watchpoints = this.#watchpoints.map(set);
	}

	/** Begins a movement forward. Call `advance` on it until it answers. */
	begin(goal: Goal): Movement {
		return new Movement(this.session, this.#timeline, this.#breakpoints, this.#watchpoints, goal);
	}

	/** A movement to its end in one go; for short ones and tests. `limit` steps at most. */
	move(goal: Goal, limit: number = Number.POSITIVE_INFINITY): Stop | undefined {
		return this.begin(goal).advance(limit);
	}

	/** Goes to `step` (instructions executed), forward or back; `start` and `end` when the run is shorter. */
	goTo(step: number): Stop {
		this.#timeline.seek(step);
		const { result, steps } = this.session;
		if (result) return { kind: "end", result };
		return { kind: steps <= this.#timeline.start ? "start" : "moved" };
	}

	/** Back by one instruction. */
	back(): Stop {
		return this.goTo(this.session.steps - 1);
	}

	/** Back to the call that entered this frame, or to the start. */
	backOut(): Stop {
		const { depth } = this.session;
		return this.#backTo((session) => session.depth < depth);
	}

	/** Back by one instruction of this frame or one below: over the calls that were made in it. */
	backOver(): Stop {
		const { depth } = this.session;
		return this.#backTo((session) => session.depth <= depth);
	}

	/** Back to the last place where an enabled breakpoint applied, or to the start. */
	backToBreakpoint(): Stop {
		const stop = this.#backTo((s) => this.#breakpoints.some((b) => hits(b, s)));
		const hit = this.#breakpoints.find((b) => hits(b, this.session));
		return hit ? { kind: "breakpoint", id: hit.id } : stop;
	}

	/** A register was changed by hand: what was run after this step is no longer this run's future. */
	setRegister(register: number, lo: number, hi: number): void {
		this.session.lo[register] = lo;
		this.session.hi[register] = hi;
		this.#timeline.fork();
	}

	/** Which instruction last wrote each byte of a range, from the start of the run to now. */
	writers(address: number, size: number): Writers {
		const now = this.session.steps;
		this.#timeline.seek(this.#timeline.start);
		const found = findWriters(this.session, address, size, now);
		this.#timeline.seek(now);
		return found;
	}

	/** The latest step before this one where `wanted` holds. */
	#backTo(wanted: (session: Session) => boolean): Stop {
		const now = this.session.steps;
		const { start } = this.#timeline;
		let end = now;
		for (let span = 1024; end > start; span *= 4) {
			const from = Math.max(start, end - span);
			this.#timeline.seek(from);
			let found = -1;
			while (this.session.steps < end) {
				if (wanted(this.session)) found = this.session.steps;
				if (this.session.step()) break;
			}
			if (found >= 0) return this.goTo(found);
			end = from;
		}
		return this.goTo(start);
	}
}

/** One movement forward. */
export class Movement {
	readonly #session: Session;
	readonly #timeline: Timeline;
	readonly #breakpoints: readonly Breakpoint[];
	readonly #armed: Armed[];
	readonly #goal: Goal;
	readonly #depth: number;
	readonly #memory: boolean;

	constructor(
		session: Session,
		timeline: Timeline,
		breakpoints: readonly Breakpoint[],
		watchpoints: readonly Watchpoint[],
		goal: Goal,
	) {
		this.#session = session;
		this.#timeline = timeline;
		this.#breakpoints = breakpoints.filter((b) => b.enabled);
		this.#goal = goal;
		this.#depth = session.depth;
		this.#armed = watchpoints
			.filter((w) => w.enabled)
			.map((watchpoint) => ({
				watchpoint,
				bytes: this.#contents(watchpoint.watched),
				touched: false,
			}));
		this.#memory = this.#armed.some((a) => a.watchpoint.watched.kind === "memory");
	}

	/** Executes at most `count` instructions. Answers why it stopped, or undefined when the count ran out first. */
	advance(count: number): Stop | undefined {
		const session = this.#session;
		if (session.result) return { kind: "end", result: session.result };
		if (this.#plain()) return this.#run(count);
		const log = session.onAccess;
		if (this.#memory)
			session.onAccess = (address, size, write, pc) => {
				log?.(address, size, write, pc);
				this.#touch(address, size, write);
			};
		try {
			for (let left = count; left > 0; left--) {
				const stop = this.#one();
				if (stop) return stop;
			}
			return undefined;
		} finally {
			session.onAccess = log;
		}
	}

	/** True when nothing can stop the run but its end. */
	#plain(): boolean {
		return (
			this.#goal.kind === "continue" && this.#breakpoints.length === 0 && this.#armed.length === 0
		);
	}

	#run(count: number): Stop | undefined {
		let left = count;
		while (left > 0) {
			const before = this.#session.steps;
			const result = this.#session.runFor(Math.min(left, this.#timeline.due));
			this.#timeline.pass();
			if (result) return { kind: "end", result };
			left -= this.#session.steps - before;
		}
		return undefined;
	}

	#one(): Stop | undefined {
		const session = this.#session;
		const { pc } = session;
		const result = session.step();
		const watch = this.#watchHit();
		if (result) return { kind: "end", result };
		this.#timeline.pass();
		if (watch !== undefined) return { kind: "watchpoint", id: watch, pc };
		for (const b of this.#breakpoints)
			if (hits(b, session)) return { kind: "breakpoint", id: b.id };
		return this.#reached();
	}

	#reached(): Stop | undefined {
		const { depth, pc } = this.#session;
		switch (this.#goal.kind) {
			case "step":
				return { kind: "step" };
			case "over":
				return depth <= this.#depth ? { kind: "step" } : undefined;
			case "out":
				return depth < this.#depth ? { kind: "step" } : undefined;
			case "cursor":
				return pc === this.#goal.pc ? { kind: "cursor" } : undefined;
			default:
				return undefined;
		}
	}

	#contents(watched: Watched): Uint8Array {
		if (watched.kind === "memory")
			return this.#session.memory.u8.slice(watched.address, watched.address + watched.size);
		const { lo, hi } = this.#session;
		const both = Int32Array.of(lo[watched.register] ?? 0, hi[watched.register] ?? 0);
		return new Uint8Array(both.buffer);
	}

	#touch(address: number, size: number, write: boolean): void {
		for (const armed of this.#armed) {
			const { watched } = armed.watchpoint;
			if (watched.kind !== "memory") continue;
			if (address + size <= watched.address || address >= watched.address + watched.size) continue;
			if (watched.on === "access" || (watched.on === "write") === write) armed.touched = true;
		}
	}

	/** The first watchpoint that the last instruction set off. */
	#watchHit(): number | undefined {
		let hit: number | undefined;
		for (const armed of this.#armed) {
			const { watched, id } = armed.watchpoint;
			const bytes = this.#contents(watched);
			const changed = bytes.some((byte, i) => byte !== armed.bytes[i]);
			const counts = watched.kind === "register" || watched.on !== "read";
			if (armed.touched || (changed && counts)) hit ??= id;
			armed.bytes = bytes;
			armed.touched = false;
		}
		return hit;
	}
}
