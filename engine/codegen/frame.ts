// Layout of the stack frame: slots that are never alive together share bytes. Replaces frame slots by displacements from r10.

import { BPF_ADD, BPF_ALU64, BPF_K, BPF_ST, BPF_STX, BPF_X } from "../isa/index.ts";
import { eachInsn, FP, type Func, Insn, LEA, LIFETIME, MOV64, NONE } from "./machine.ts";

/**
 * The verifier follows the stack in words of 8 bytes, and forgets a constant when another variable of its word is written. Frames up to
 * this size give constants words of their own: a lookup in an array with a known key is known to succeed.
 */
const ROOMY = 128;

/** Gives the frame's size in bytes; instructions carry final displacements afterwards. */
export function layFrame(func: Func): number {
	const used = usedSlots(func);
	const clash = slotConflicts(func, used);
	const constant = constantSlots(func);
	let offsets = placeAll(func, used, clash, constant);
	if (constant.size > 0 && depthOf(offsets) > ROOMY)
		offsets = placeAll(func, used, clash, new Set());
	rewrite(func, offsets);
	return depthOf(offsets);
}

function depthOf(offsets: ReadonlyMap<number, number>): number {
	return Math.max(0, ...[...offsets.values()].map((at) => -at));
}

/** Keys smaller than a word that are written only with constants. A counter in memory is none: following it has no end. */
function constantSlots(func: Func): Set<number> {
	const constant = new Set<number>();
	const other = new Set<number>();
	for (const block of func.blocks)
		eachInsn(block, (i) => {
			if (i.slot === NONE || i.op === LIFETIME || i.op === LEA) return;
			const { size, key } = func.slots[i.slot] ?? { size: 8, key: false };
			if (!key || size >= 8) return;
			if ((i.op & 7) === BPF_ST) constant.add(i.slot);
			else if ((i.op & 7) === BPF_STX) other.add(i.slot);
		});
	for (const slot of other) constant.delete(slot);
	return constant;
}

function placeAll(
	func: Func,
	used: ReadonlySet<number>,
	clash: (a: number, b: number) => boolean,
	alone: ReadonlySet<number>,
): Map<number, number> {
	const offsets = new Map<number, number>();
	const order = [...used].sort((a, b) => rank(func, a) - rank(func, b) || a - b);
	const extent = (slot: number) => (alone.has(slot) ? 8 : (func.slots[slot]?.size ?? 8));
	for (const slot of order) {
		const { align } = func.slots[slot] ?? { align: 8 };
		const others = [...offsets]
			.filter(([other]) => clash(slot, other))
			.map(([other, at]) => ({ at, size: extent(other) }));
		const size = extent(slot);
		offsets.set(slot, place(others, size, size >= 8 ? Math.max(align, 8) : Math.max(align, 1)));
	}
	return offsets;
}

/** Large and well-aligned ones first, spilled registers last. */
function rank(func: Func, slot: number): number {
	const s = func.slots[slot];
	return s?.spill ? 2 : (s?.size ?? 0) >= 8 ? 0 : 1;
}

/** The displacement nearest to r10 that no conflicting slot overlaps. */
function place(others: readonly { at: number; size: number }[], size: number, align: number) {
	const fit = (offset: number) =>
		others.every((other) => offset >= other.at + other.size || offset + size <= other.at);
	const down = (end: number) => -Math.ceil((size - end) / align) * align;
	const candidates = [down(0), ...others.map(({ at }) => down(at))].sort((a, b) => b - a);
	return candidates.find(fit) ?? down(0);
}

function usedSlots(func: Func): Set<number> {
	const used = new Set<number>();
	for (const block of func.blocks)
		eachInsn(block, (i) => {
			if (i.slot !== NONE && i.op !== LIFETIME) used.add(i.slot);
		});
	return used;
}

/** Which slots may hold something at the same time. */
function slotConflicts(func: Func, used: ReadonlySet<number>): (a: number, b: number) => boolean {
	const count = func.slots.length;
	const pairs = new Uint8Array(count * count);
	const live = slotLiveness(func, used);
	const note = (set: ReadonlySet<number>, slot: number) => {
		for (const other of set) {
			pairs[slot * count + other] = 1;
			pairs[other * count + slot] = 1;
		}
	};
	for (const block of func.blocks) {
		const now = new Set(live.marked[block.index]);
		for (const a of now) note(now, a);
		for (const i of block.insns) stepMarked(func, i, now, (slot) => note(now, slot));
	}
	// A spill slot is alive from its store to its last reload; against marked slots it counts as alive all over its blocks.
	for (const block of func.blocks) {
		const after = new Set(live.spills[block.index]);
		const present = new Set(live.marked[block.index]);
		for (const i of block.insns) if (i.op === LIFETIME && i.imm === 1) present.add(i.slot);
		const meet = (slot: number) => {
			note(after, slot);
			note(present, slot);
		};
		for (const a of after) meet(a);
		for (let at = block.insns.length - 1; at >= 0; at--) {
			const i = block.insns[at];
			if (!i || i.slot === NONE || !func.slots[i.slot]?.spill) continue;
			meet(i.slot);
			if (isSave(i)) after.delete(i.slot);
			else after.add(i.slot);
			for (const a of after) meet(a);
		}
	}
	const always = [...used].filter((s) => !func.slots[s]?.marked && !func.slots[s]?.spill);
	return (a, b) => always.includes(a) || always.includes(b) || pairs[a * count + b] === 1;
}

function isSave(i: Insn): boolean {
	return (i.op & 7) === 3;
}

function stepMarked(func: Func, i: Insn, now: Set<number>, begins: (slot: number) => void): void {
	if (i.op !== LIFETIME || !func.slots[i.slot]?.marked) return;
	if (i.imm === 0) now.delete(i.slot);
	else {
		now.add(i.slot);
		begins(i.slot);
	}
}

/** Marked slots that may be alive at each block's start, spill slots that are read after its end. */
function slotLiveness(func: Func, used: ReadonlySet<number>) {
	const marked: Set<number>[] = func.blocks.map(() => new Set());
	const spills: Set<number>[] = func.blocks.map(() => new Set());
	if (![...used].some((s) => func.slots[s]?.marked || func.slots[s]?.spill))
		return { marked, spills };
	for (let changed = true; changed; ) {
		changed = false;
		for (const block of func.blocks) {
			const now = new Set(marked[block.index]);
			for (const i of block.insns) stepMarked(func, i, now, () => undefined);
			for (const s of block.succs) if (merge(marked[s.index], now)) changed = true;
		}
		for (let b = func.blocks.length - 1; b >= 0; b--) {
			const block = func.blocks[b];
			if (!block) continue;
			const now = new Set(spills[b]);
			for (let at = block.insns.length - 1; at >= 0; at--) {
				const i = block.insns[at];
				if (!i || i.slot === NONE || !func.slots[i.slot]?.spill) continue;
				if (isSave(i)) now.delete(i.slot);
				else now.add(i.slot);
			}
			for (const p of block.preds) if (merge(spills[p.index], now)) changed = true;
		}
	}
	return { marked, spills };
}

function merge(into: Set<number> | undefined, from: ReadonlySet<number>): boolean {
	if (!into) return false;
	const before = into.size;
	for (const s of from) into.add(s);
	return into.size > before;
}

function rewrite(func: Func, offsets: ReadonlyMap<number, number>): void {
	for (const block of func.blocks) {
		const out: Insn[] = [];
		for (const i of block.insns) {
			if (i.op === LIFETIME) continue;
			const at = i.slot === NONE ? 0 : (offsets.get(i.slot) ?? 0);
			const variable = func.slots[i.slot]?.name;
			if (i.op === LEA) {
				const copy = new Insn(MOV64 | BPF_X, i.d, FP, 0, 0);
				copy.place = i.place;
				out.push(copy);
				const add = new Insn(BPF_ALU64 | BPF_ADD | BPF_K, i.d, 0, 0, at + i.imm);
				add.place = i.place;
				add.name = variable ? `&${variable}` : i.name;
				if (at + i.imm !== 0) out.push(add);
				continue;
			}
			i.off += at;
			if (variable && i.d === FP && i.op < 256) i.name ??= variable;
			out.push(i);
		}
		block.insns = out;
	}
}
