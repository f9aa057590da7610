// Lowers register pressure before colouring: walks the blocks with a set of registers at hand, puts out those whose next read is
// farthest (Belady 1966; Braun and Hack 2009) and brings them back before they are read. Values go to a frame slot when they are made.

import {
	CALL_DISTANCE,
	type Distances,
	distances,
	type Events,
	LOOP_DISTANCE,
	NEVER,
} from "./distance.ts";
import { LiveSet } from "./graph.ts";
import { liveness, postorder } from "./liveness.ts";
import { type Block, cloneInsn, eachDef, eachUse, FP, type Func, type Insn } from "./machine.ts";
import { constants, reload } from "./spill.ts";

const REGISTERS = 10;

/** A frame slot for each register that was put out and brought back from memory; empty when everything fits. */
export function evict(func: Func): Map<number, number> {
	if (!overflows(func)) return new Map();
	return new Evictor(func).run();
}

function bits(mask: number): number {
	let count = 0;
	for (let m = mask & 0x3ff; m !== 0; m &= m - 1) count++;
	return count;
}

/** Whether more values are alive somewhere than there are registers for them. */
function overflows(func: Func): boolean {
	const live = liveness(func);
	const set = new LiveSet(func.registers);
	for (const block of func.blocks) {
		const out = live.liveOut[block.index];
		if (!out) continue;
		set.reset(out);
		const insns = block.term ? [...block.insns, block.term] : block.insns;
		for (let at = insns.length - 1; at >= 0; at--) {
			const i = insns[at];
			if (!i) continue;
			if (set.list.length > REGISTERS) return true;
			eachDef(i, (r) => set.delete(r));
			if (i.clobbers !== 0 && set.list.length > REGISTERS - bits(i.clobbers)) return true;
			eachUse(i, (r) => set.add(r));
		}
		if (set.list.length > REGISTERS) return true;
	}
	return false;
}

class Evictor {
	readonly #func: Func;
	readonly #far: Distances;
	readonly #constants: (Insn | undefined)[];
	readonly #slots = new Map<number, number>();
	readonly #atEntry = new Map<Block, Set<number>>();
	readonly #atExit = new Map<Block, Set<number>>();
	/** Registers at hand. */
	#held = new Set<number>();
	#out: Insn[] = [];

	constructor(func: Func) {
		this.#func = func;
		this.#far = distances(func);
		this.#constants = constants(func);
	}

	run(): Map<number, number> {
		const order = postorder(this.#func).reverse();
		for (const block of order) {
			this.#held = new Set(this.#entry(block));
			this.#atEntry.set(block, new Set(this.#held));
			this.#walk(block);
			this.#atExit.set(block, this.#held);
		}
		for (const block of order) this.#couple(block);
		this.#func.link();
		return this.#slots;
	}

	/** What is at hand when the block begins. */
	#entry(block: Block): Set<number> {
		const live = this.#far.before[block.index] ?? new Map<number, number>();
		const known = block.preds.map((p) => this.#atExit.get(p));
		const near = [...live].sort((a, b) => a[1] - b[1]);
		if (known.includes(undefined)) return this.#loopEntry(block, near);
		const chosen = new Set<number>();
		for (const [r, d] of near) {
			const missing = known.filter((k) => !k?.has(r)).length;
			const wanted = missing === 0 || (missing === 1 && known.length > 2 && d < CALL_DISTANCE);
			if (wanted && chosen.size < REGISTERS) chosen.add(r);
		}
		return chosen;
	}

	/** In a loop: what it reads soon, what it reads after calls as far as that survives them, then what passes through. */
	#loopEntry(block: Block, near: readonly [number, number][]): Set<number> {
		const forward = block.preds.map((p) => this.#atExit.get(p)).filter((k) => k !== undefined);
		const chosen = new Set<number>();
		const { room, across } = this.#loopRoom(block, near);
		let crossing = 0;
		let passing = 0;
		for (const [r, d] of near) {
			if (chosen.size >= REGISTERS) break;
			if (forward.length > 0 && !forward.some((k) => k.has(r))) continue;
			if (d < CALL_DISTANCE) chosen.add(r);
			else if (d < LOOP_DISTANCE) {
				if (crossing++ < across) chosen.add(r);
			} else if (passing++ < room) chosen.add(r);
		}
		return chosen;
	}

	/** How many values that the loop does not read it leaves alone, and how many live across its calls. */
	#loopRoom(block: Block, near: readonly [number, number][]): { room: number; across: number } {
		const through = near.filter(([, d]) => d >= LOOP_DISTANCE).length;
		const inLoop = near.length - through;
		const calls = this.#func.blocks.some(
			(b) => b.depth >= block.depth && b.insns.some((i) => i.clobbers !== 0),
		);
		const capacity = calls ? 4 : REGISTERS - 2;
		return { room: Math.max(0, capacity - inLoop), across: 4 };
	}

	#walk(block: Block): void {
		const events = this.#far.events[block.index];
		if (!events) return;
		const machine = machineLive(events.insns);
		this.#out = [];
		events.insns.forEach((i, pos) => {
			this.#insn(block, events, i, pos, machine[pos] ?? 0, machine[pos + 1] ?? 0);
		});
		if (block.term) this.#out.pop();
		block.insns = this.#out;
	}

	#insn(block: Block, events: Events, i: Insn, pos: number, before: number, after: number): void {
		const used: number[] = [];
		const written: number[] = [];
		eachUse(i, (r) => {
			if (r > FP && !used.includes(r)) used.push(r);
		});
		eachDef(i, (r) => {
			if (r > FP && !written.includes(r)) written.push(r);
		});
		for (const r of used) {
			if (this.#held.has(r)) continue;
			this.#limit(block, events, pos, REGISTERS - before - 1, used);
			this.#bring(r, i);
		}
		this.#limit(block, events, pos, REGISTERS - before, used);
		for (const r of this.#held)
			if (this.#next(block, events, r, pos + 1) === NEVER) this.#held.delete(r);
		for (const r of written) this.#held.delete(r);
		if (i.clobbers !== 0) {
			const taken = i.asm ? bits(i.clobbers) + written.length : bits(i.clobbers);
			this.#limit(block, events, pos + 1, REGISTERS - taken, []);
		}
		this.#limit(block, events, pos + 1, REGISTERS - after - written.length, i.early ? used : []);
		this.#out.push(i);
		for (const r of written) if (this.#next(block, events, r, pos + 1) !== NEVER) this.#held.add(r);
	}

	/** Distance from before `pos` to the next read; NEVER for values that end. */
	#next(block: Block, events: Events, r: number, pos: number): number {
		const within = events.next(r, pos);
		if (within !== undefined) return within;
		const beyond = this.#far.after[block.index]?.get(r);
		if (beyond === undefined) return NEVER;
		return events.length - (events.at[pos] ?? 0) + beyond;
	}

	/** Puts out values until `count` are left, never those of `keep`. */
	#limit(block: Block, events: Events, pos: number, count: number, keep: readonly number[]): void {
		while (this.#held.size > Math.max(count, 0)) {
			let worst = -1;
			let farthest = -1;
			for (const r of this.#held) {
				if (keep.includes(r)) continue;
				const d = this.#price(this.#next(block, events, r, pos), r);
				if (d <= farthest) continue;
				worst = r;
				farthest = d;
			}
			if (worst < 0) return;
			this.#held.delete(worst);
		}
	}

	/** Constants are cheap to bring back, values that are in memory already cost no store. */
	#price(distance: number, r: number): number {
		if (this.#constants[r]) return distance * 4 + 1;
		return this.#slots.has(r) ? distance * 1.5 : distance;
	}

	#bring(r: number, before: Insn | undefined): void {
		this.#out.push(this.#again(r, before));
		this.#held.add(r);
	}

	#again(r: number, before: Insn | undefined): Insn {
		const constant = this.#constants[r];
		let i: Insn;
		if (constant) i = cloneInsn(constant);
		else {
			const slot = this.#slots.get(r) ?? this.#func.slot(8, 8);
			this.#slots.set(r, slot);
			i = reload(slot, r);
		}
		i.place = before?.place;
		return i;
	}

	/** Brings back, on each edge into the block, what it expects at hand. */
	#couple(block: Block): void {
		const expected = this.#atEntry.get(block);
		if (!expected) return;
		for (const pred of new Set(block.preds)) {
			const there = this.#atExit.get(pred);
			const missing = [...expected].filter((r) => !there?.has(r));
			if (missing.length === 0) continue;
			const list = missing.map((r) => this.#again(r, pred.insns.at(-1)));
			if (pred.succs.length === 1) pred.insns.push(...list);
			else {
				const edge = this.#func.block();
				edge.edge = true;
				edge.depth = Math.min(pred.depth, block.depth);
				edge.frequency = Math.min(pred.frequency, block.frequency) / 2;
				edge.insns = list;
				edge.succs = [block];
				pred.succs = pred.succs.map((s) => (s === block ? edge : s));
			}
		}
	}
}

/** Machine registers alive before each position and at the end; they never live across blocks. */
function machineLive(insns: readonly Insn[]): number[] {
	const out: number[] = new Array(insns.length + 1).fill(0);
	let live = 0;
	for (let at = insns.length - 1; at >= 0; at--) {
		const i = insns[at];
		if (!i) continue;
		eachDef(i, (r) => {
			if (r < FP) live &= ~(1 << r);
		});
		live &= ~i.clobbers;
		eachUse(i, (r) => {
			if (r < FP) live |= 1 << r;
		});
		out[at] = bits(live);
	}
	return out;
}
