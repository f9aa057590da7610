// Joins virtual registers that copies connect and that never hold different values at the same time; removes what is never read.

import { interferences } from "./graph.ts";
import { liveness } from "./liveness.ts";
import {
	eachDef,
	eachInsn,
	eachUse,
	FP,
	type Func,
	type Insn,
	isConstant,
	isCopy,
	READ_D,
	READ_S,
	WRITE_D,
	WRITE_S,
} from "./machine.ts";

/** Rewrites the registers of an instruction. */
export function rename(i: Insn, to: (r: number) => number): void {
	if (i.flags & (READ_D | WRITE_D)) i.d = to(i.d);
	if (i.flags & (READ_S | WRITE_S)) i.s = to(i.s);
	if (i.uses) i.uses = i.uses.map(to);
	if (i.defs) i.defs = i.defs.map(to);
}

/** Removes instructions whose only effect is a register that nobody reads. */
export function removeDead(func: Func): void {
	for (let changed = true; changed; ) {
		changed = false;
		const read = new Uint8Array(func.registers);
		for (const block of func.blocks) eachInsn(block, (i) => markReads(i, read));
		for (const block of func.blocks) {
			const kept = block.insns.filter((i) => !isPure(i) || i.d <= FP || read[i.d] === 1);
			if (kept.length === block.insns.length) continue;
			block.insns = kept;
			changed = true;
		}
	}
}

/** What an instruction reads, its own overwritten result aside. */
function markReads(i: Insn, read: Uint8Array): void {
	const own = isPure(i) ? i.d : -1;
	eachUse(i, (r) => {
		if (r !== own) read[r] = 1;
	});
}

function isPure(i: Insn): boolean {
	if (isConstant(i)) return true;
	const kind = i.op & 7;
	if (i.op > 255) return false;
	return kind === 4 || kind === 7 || (kind === 1 && !i.volatile);
}

/** Joins as many copies as the whole lives of the registers allow, innermost loops first. */
export function coalesce(func: Func): void {
	const graph = interferences(func, liveness(func));
	const parent = Int32Array.from({ length: func.registers }, (_, r) => r);
	const find = (r: number): number => {
		let at = r;
		while (parent[at] !== at) at = parent[at] = parent[parent[at] ?? at] ?? at;
		return at;
	};
	const copies: { i: Insn; weight: number }[] = [];
	for (const block of func.blocks)
		for (const i of block.insns)
			if (isCopy(i) && i.d > FP && i.s > FP) copies.push({ i, weight: block.frequency });
	copies.sort((a, b) => b.weight - a.weight);
	for (const { i } of copies) {
		const [a, b] = [find(i.d), find(i.s)];
		if (a === b || graph.interfere(a, b)) continue;
		const [small, large] =
			(graph.neighbours[a]?.length ?? 0) < (graph.neighbours[b]?.length ?? 0) ? [a, b] : [b, a];
		parent[small] = large;
		for (const n of graph.neighbours[small] ?? []) graph.add(large, find(n));
	}
	for (const block of func.blocks) {
		eachInsn(block, (i) => rename(i, find));
		block.insns = block.insns.filter((i) => !(isCopy(i) && i.d === i.s));
	}
}

/** Registers that the function's instructions write, with the number of times. */
export function countDefs(func: Func): Uint32Array {
	const count = new Uint32Array(func.registers);
	for (const block of func.blocks)
		eachInsn(block, (i) =>
			eachDef(i, (r) => {
				count[r] = (count[r] ?? 0) + 1;
			}),
		);
	return count;
}
