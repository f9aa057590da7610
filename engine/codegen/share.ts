// One register for an address that several places of a function load: symbols, 64-bit constants, frame addresses. Where registers run
// out, allocation makes such a value anew, so sharing costs nothing. Needs `link`.

import { BPF_X, LD_IMM64 } from "../isa/index.ts";
import { dominators } from "./blocks.ts";
import { countDefs, rename } from "./coalesce.ts";
import { postorder } from "./liveness.ts";
import {
	type Block,
	cloneInsn,
	eachInsn,
	FP,
	type Func,
	Insn,
	LEA,
	MOV64,
	NONE,
} from "./machine.ts";

interface Site {
	readonly block: Block;
	readonly insn: Insn;
}

export function shareAddresses(func: Func): void {
	const groups = findGroups(func);
	if (groups.length === 0) return;
	const tree = dominators(func, postorder(func));
	const names = new Map<number, number>();
	for (const sites of groups) share(func, sites, tree, names);
	if (names.size === 0) return;
	for (const block of func.blocks) eachInsn(block, (i) => rename(i, (r) => names.get(r) ?? r));
}

/** Loads of one and the same address, worth a register: each costs two slots, a copy to an argument one. */
function findGroups(func: Func): Site[][] {
	const counts = countDefs(func);
	const by = new Map<string, Site[]>();
	for (const block of func.blocks)
		for (const insn of block.insns) {
			if ((insn.op !== LD_IMM64 && insn.op !== LEA) || insn.core !== NONE) continue;
			if (insn.d > FP && counts[insn.d] !== 1) continue;
			const key = `${insn.op}.${insn.slot}.${insn.imm}.${insn.wide ?? ""}.${insn.symbol ?? ""}`;
			const list = by.get(key);
			if (list) list.push({ block, insn });
			else by.set(key, [{ block, insn }]);
		}
	return [...by.values()].filter((sites) => {
		const own = sites.filter((s) => s.insn.d > FP).length;
		return 2 * own + (sites.length - own) > 2;
	});
}

function share(
	func: Func,
	sites: readonly Site[],
	tree: { readonly idom: Int32Array; readonly rank: Int32Array },
	names: Map<number, number>,
): void {
	const first = sites[0];
	if (!first) return;
	const home = commonDominator(func, sites, tree);
	if (!home) return;
	const shared = func.register();
	const made = cloneInsn(first.insn);
	made.d = shared;
	const inside = new Set(sites.map((s) => s.insn));
	const at = home.insns.findIndex((i) => inside.has(i));
	if (at < 0) home.insns.push(made);
	else home.insns.splice(passingStart(home, at), 0, made);
	for (const { block, insn } of sites) {
		const where = block.insns.indexOf(insn);
		if (insn.d > FP) {
			names.set(insn.d, shared);
			block.insns.splice(where, 1);
		} else {
			const copy = new Insn(MOV64 | BPF_X, insn.d, shared, 0, 0);
			copy.place = insn.place;
			block.insns[where] = copy;
		}
	}
}

/** Before the arguments that are being passed at this position: a new register may not need one of theirs. */
function passingStart(block: Block, at: number): number {
	let start = at;
	while (start > 0) {
		const before = block.insns[start - 1];
		if (!before || before.d >= FP || (before.flags & 2) === 0 || before.clobbers !== 0) break;
		start--;
	}
	return start;
}

function commonDominator(
	func: Func,
	sites: readonly Site[],
	{ idom, rank }: { readonly idom: Int32Array; readonly rank: Int32Array },
): Block | undefined {
	let at = sites[0]?.block.index ?? 0;
	for (const { block } of sites) {
		let other = block.index;
		while (at !== other) {
			if ((rank[at] ?? 0) < (rank[other] ?? 0)) at = idom[at] ?? 0;
			else other = idom[other] ?? 0;
		}
	}
	return func.blocks[at];
}
