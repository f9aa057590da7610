// How far away the next read of each register is, over blocks: what eviction decides by. Calls count as long ways, exits of loops as
// very long ones.

import { postorder } from "./liveness.ts";
import { type Block, eachDef, eachUse, FP, type Func, type Insn } from "./machine.ts";

/** A call on the way. */
export const CALL_DISTANCE = 1000;
/** The way out of a loop. */
export const LOOP_DISTANCE = 1_000_000;
export const NEVER = Number.POSITIVE_INFINITY;

/** Reads and writes of one block's registers, by position; the terminator comes last. */
export class Events {
	/** Distance from the block's start to each position, and to its end. */
	readonly at: number[] = [0];
	/** Per register: positions, odd codes for writes that do not read. */
	readonly #list = new Map<number, number[]>();
	readonly insns: readonly Insn[];

	constructor(block: Block) {
		this.insns = block.term ? [...block.insns, block.term] : block.insns;
		this.insns.forEach((i, pos) => {
			eachUse(i, (r) => this.#note(r, pos * 2));
			eachDef(i, (r) => this.#note(r, pos * 2 + 1));
			this.at.push((this.at[pos] ?? 0) + (i.clobbers === 0 ? 1 : CALL_DISTANCE));
		});
	}

	#note(r: number, code: number): void {
		if (r <= FP) return;
		const list = this.#list.get(r);
		if (!list) this.#list.set(r, [code]);
		else if (list.at(-1) !== code) list.push(code);
	}

	get registers(): Iterable<number> {
		return this.#list.keys();
	}

	/** Distance from before position `from` to the next read, NEVER if a write comes first, undefined if neither comes. */
	next(r: number, from: number): number | undefined {
		const list = this.#list.get(r);
		if (!list) return undefined;
		for (const code of list) {
			if (code < from * 2) continue;
			if (code & 1) return NEVER;
			return (this.at[code >> 1] ?? 0) - (this.at[from] ?? 0);
		}
		return undefined;
	}

	get length(): number {
		return this.at.at(-1) ?? 0;
	}
}

/** Next reads at the borders of blocks, by `Block.index`. */
export interface Distances {
	readonly events: readonly Events[];
	readonly before: readonly ReadonlyMap<number, number>[];
	readonly after: readonly ReadonlyMap<number, number>[];
}

export function distances(func: Func): Distances {
	const events = func.blocks.map((b) => new Events(b));
	const before = func.blocks.map(() => new Map<number, number>());
	const after = func.blocks.map(() => new Map<number, number>());
	const order = postorder(func);
	for (const b of order) own(events[b.index], before[b.index]);
	for (let changed = true; changed; ) {
		changed = false;
		for (const block of order) if (flow(block, events, before, after)) changed = true;
	}
	return { events, before, after };
}

function own(events: Events | undefined, into: Map<number, number> | undefined): void {
	for (const r of events?.registers ?? []) {
		const d = events?.next(r, 0);
		if (d !== undefined && d !== NEVER) into?.set(r, d);
	}
}

function flow(
	block: Block,
	events: readonly Events[],
	before: readonly Map<number, number>[],
	after: readonly Map<number, number>[],
): boolean {
	const here = events[block.index];
	const [into, out] = [before[block.index], after[block.index]];
	if (!here || !into || !out) return false;
	let changed = false;
	for (const s of block.succs) {
		const leaving = s.depth < block.depth ? LOOP_DISTANCE : 0;
		for (const [r, d] of before[s.index] ?? []) {
			const far = d + leaving;
			if (far < (out.get(r) ?? NEVER)) {
				out.set(r, far);
				changed = true;
			}
		}
	}
	if (!changed) return false;
	let moved = false;
	for (const [r, d] of out) {
		if (here.next(r, 0) !== undefined) continue;
		const far = here.length + d;
		if (far >= (into.get(r) ?? NEVER)) continue;
		into.set(r, far);
		moved = true;
	}
	return moved;
}
