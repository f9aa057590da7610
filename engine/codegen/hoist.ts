// Constants and copies of critical edges move above the branch where nothing minds, which saves the edge's block and its jump;
// constants that a register still holds are not loaded again.

import { LD_IMM64 } from "../isa/index.ts";
import { has, liveness, postorder, put, type Registers } from "./liveness.ts";
import {
	type Block,
	eachDef,
	eachUse,
	type Func,
	type Insn,
	isConstant,
	isCopy,
	LEA,
	sameConstant,
} from "./machine.ts";

const MOST = 2;

/** Before registers are given. Needs `link` and `estimate`. */
export function hoistEdges(func: Func): void {
	const live = liveness(func);
	const results = resultRegisters(func);
	for (const edge of func.blocks) {
		const [pred] = edge.preds;
		if (
			edge.term ||
			edge.succs.length !== 1 ||
			edge.preds.length !== 1 ||
			!pred?.term ||
			pred.term.asm
		)
			continue;
		if (edge.insns.length === 0 || edge.insns.length > MOST || pred.depth > edge.depth) continue;
		const others = pred.succs.filter((s) => s !== edge);
		if (others.length !== pred.succs.length - 1) continue;
		if (!edge.insns.every((i) => movable(i, pred, others, live.liveIn))) continue;
		if (edge.insns.some((i) => results.has(i.d)) && comparesResult(pred)) continue;
		for (const i of edge.insns) {
			pred.insns.push(i);
			const set = live.liveIn[edge.index];
			eachDef(i, (r) => set && put(set, r));
		}
		edge.insns = [];
	}
}

/** What is copied to r0 for a return. */
function resultRegisters(func: Func): Set<number> {
	const out = new Set<number>();
	for (const block of func.blocks)
		for (const i of block.insns) if (isCopy(i) && i.d === 0) out.add(i.s);
	return out;
}

/** The block ends by comparing what a call gave, so that r0 is not free for a result. */
function comparesResult(block: Block): boolean {
	const { term } = block;
	if (!term) return false;
	for (let at = block.insns.length - 1; at >= 0; at--) {
		const i = block.insns[at];
		if (i?.clobbers !== 0) return false;
		if (!isCopy(i) || i.s !== 0) continue;
		let read = false;
		eachUse(term, (r) => {
			if (r === i.d) read = true;
		});
		return read;
	}
	return false;
}

function movable(
	i: Insn,
	pred: Block,
	others: readonly Block[],
	liveIn: readonly Registers[],
): boolean {
	if (!isCopy(i) && !(isConstant(i) && i.op !== LD_IMM64 && i.op !== LEA)) return false;
	let fine = true;
	if (pred.term)
		eachUse(pred.term, (r) => {
			if (r === i.d) fine = false;
		});
	return fine && others.every((o) => !has(liveIn[o.index] ?? [], i.d));
}

type Known = Map<number, Insn>;

/** Removes loads of constants into registers that hold them on every path. A call ends what is known: keeping it would cost a
 *  callee-saved register. */
export function reuseConstants(func: Func): void {
	const counts = new Uint8Array(func.registers);
	for (const block of func.blocks)
		for (const i of block.insns)
			if (isConstant(i)) counts[i.d] = Math.min((counts[i.d] ?? 0) + 1, 2);
	if (!counts.includes(2)) return;
	const after = new Map<Block, Known>();
	for (const block of postorder(func).reverse()) {
		const known = entering(block, after);
		block.insns = block.insns.filter((i) => step(i, known, counts));
		if (block.term) step(block.term, known, counts);
		after.set(block, known);
	}
}

function entering(block: Block, after: ReadonlyMap<Block, Known>): Known {
	const [first, ...rest] = block.preds;
	const start = first && after.get(first);
	const known: Known = new Map(start);
	for (const p of rest) {
		const other = after.get(p);
		for (const [r, i] of known) {
			const same = other?.get(r);
			if (!same || !sameConstant(same, i)) known.delete(r);
		}
	}
	return known;
}

function step(i: Insn, known: Known, counts: Uint8Array): boolean {
	if (isConstant(i) && counts[i.d] === 2) {
		const before = known.get(i.d);
		if (before && sameConstant(before, i)) return false;
		known.set(i.d, i);
		return true;
	}
	eachDef(i, (r) => known.delete(r));
	if (i.clobbers !== 0) known.clear();
	return true;
}
