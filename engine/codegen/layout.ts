// Order of blocks and the jumps between them: each block is followed by the successor it most often goes to, conditions are inverted
// for that. Gives a flat list of instructions with targets.

import {
	BPF_JEQ,
	BPF_JGE,
	BPF_JGT,
	BPF_JLE,
	BPF_JLT,
	BPF_JNE,
	BPF_JSGE,
	BPF_JSGT,
	BPF_JSLE,
	BPF_JSLT,
	BPF_X,
} from "../isa/index.ts";
import { probability } from "./blocks.ts";
import { postorder } from "./liveness.ts";
import {
	type Block,
	cloneInsn,
	EXIT,
	eachDef,
	type Func,
	GOTO,
	Insn,
	isConstant,
} from "./machine.ts";

/** An instruction in its final place; `target` of a jump is an index in the same list. */
export interface Placed {
	readonly insn: Insn;
	target: number;
	/** Of assembly that jumps: its targets. */
	readonly targets?: number[];
}

const inverse: Record<number, number> = {
	[BPF_JEQ]: BPF_JNE,
	[BPF_JNE]: BPF_JEQ,
	[BPF_JGT]: BPF_JLE,
	[BPF_JLE]: BPF_JGT,
	[BPF_JGE]: BPF_JLT,
	[BPF_JLT]: BPF_JGE,
	[BPF_JSGT]: BPF_JSLE,
	[BPF_JSLE]: BPF_JSGT,
	[BPF_JSGE]: BPF_JSLT,
	[BPF_JSLT]: BPF_JSGE,
};

/** Needs `simplify` and `estimate`. */
export function layOut(func: Func): Placed[] {
	const order = chain(func);
	const starts = new Map<Block, number>();
	const placed: (Placed & { to?: Block; all?: Block[] })[] = [];
	const jump = (insn: Insn, to: Block) => placed.push({ insn, target: -1, to });
	order.forEach((block, at) => {
		starts.set(block, placed.length);
		for (const insn of block.insns) placed.push({ insn, target: -1 });
		finish(block, order[at + 1], jump, (insn, all) =>
			placed.push({ insn, target: -1, targets: [], ...(all ? { all } : {}) }),
		);
	});
	for (const p of placed) {
		if (p.to) p.target = starts.get(p.to) ?? 0;
		for (const b of p.all ?? []) p.targets?.push(starts.get(b) ?? 0);
	}
	return placed;
}

function finish(
	block: Block,
	next: Block | undefined,
	jump: (i: Insn, to: Block) => void,
	plain: (i: Insn, targets?: Block[]) => void,
): void {
	const { term } = block;
	const go = (to: Block) => {
		if (to === next) return;
		const exit = to.insns.length === 0 && to.term?.op === EXIT ? cloneInsn(to.term) : undefined;
		if (exit) plain(exit);
		else jump(gotoAt(block), to);
	};
	if (!term) {
		if (block.succs[0]) go(block.succs[0]);
		return;
	}
	if (term.asm) {
		plain(term, block.succs.slice(0, -1));
		const last = block.succs.at(-1);
		if (last) go(last);
		return;
	}
	const [then, otherwise] = block.succs;
	if (!then || !otherwise) {
		plain(term);
		return;
	}
	const opposite = term.fixed ? undefined : inverse[term.op & 0xf0];
	if (then === next && opposite !== undefined) {
		term.op = (term.op & 0x0f) | opposite;
		jump(term, otherwise);
		return;
	}
	jump(term, then);
	go(otherwise);
}

function gotoAt(block: Block): Insn {
	const i = new Insn(GOTO, 0, 0, 0, 0);
	i.place = block.insns.at(-1)?.place ?? block.term?.place;
	return i;
}

/** Chains grow along the most frequent edges first; the entry's chain comes first, the others in the order of the graph. */
function chain(func: Func): Block[] {
	const edges: { from: Block; to: Block; weight: number }[] = [];
	for (const from of func.blocks)
		from.succs.forEach((to, at) => {
			const asmJump = from.term?.asm !== undefined && at < from.succs.length - 1;
			const stuck = at === 0 && from.term?.fixed === true && from.succs.length === 2;
			if (!asmJump && !stuck) edges.push({ from, to, weight: weigh(from, to) });
		});
	edges.sort((a, b) => b.weight - a.weight);
	const chains = new Map<Block, Block[]>();
	for (const b of func.blocks) chains.set(b, [b]);
	for (const { from, to } of edges) {
		const [a, b] = [chains.get(from), chains.get(to)];
		if (!a || !b || a === b || a.at(-1) !== from || b[0] !== to || to === func.blocks[0]) continue;
		for (const block of b) {
			a.push(block);
			chains.set(block, a);
		}
	}
	const done = new Set<Block[]>();
	const order: Block[] = [];
	for (const block of postorder(func).reverse()) {
		const list = chains.get(block);
		if (!list || done.has(list)) continue;
		done.add(list);
		order.push(...list);
	}
	return order;
}

function weigh(from: Block, to: Block): number {
	const weight = from.frequency * probability(from, to);
	const exits = to.insns.length === 0 && to.term?.op === EXIT;
	if (exits) return weight * 1e-3;
	// A jump that cannot be inverted costs a second one when what follows it is elsewhere.
	if (from.term?.asm || from.term?.fixed) return weight * 4;
	if (from.succs.length === 1) return weight * 2;
	// What else would fall into a block with a single predecessor?
	const weighed = to.preds.length === 1 ? weight * 1.3 : weight;
	if (meetsChoices(from, to)) return weighed * 1.6;
	return isGeneral(from, to) ? weighed * 1.05 : weighed;
}

/** Constants in one register that other ways bring, from which on it is a choice. */
const choices = 4;

/**
 * Whether `to` is where other ways bring one constant each in a register in which `from` brings no constant: there, too, the verifier
 * should come with the value that may be anything first.
 */
function meetsChoices(from: Block, to: Block): boolean {
	if (from.succs.length !== 2 || to.preds.length <= choices) return false;
	const brought = new Map<number, Set<number>>();
	for (const pred of to.preds)
		for (const [r, imm] of pred === from ? [] : constantsAtEnd(pred)) {
			const all = brought.get(r);
			if (all) all.add(imm);
			else brought.set(r, new Set([imm]));
		}
	const own = constantsAtEnd(from);
	return [...brought].some(([r, all]) => all.size >= choices && !own.has(r));
}

/** Registers that a block leaves with a constant that it has loaded itself. */
function constantsAtEnd({ insns }: Block): Map<number, number> {
	const held = new Map<number, number>();
	for (const i of insns) {
		eachDef(i, (r) => held.delete(r));
		for (const r of held.keys()) if ((i.clobbers >> r) & 1) held.delete(r);
		if (isConstant(i) && i.symbol === undefined) held.set(i.d, i.imm);
	}
	return held;
}

/**
 * Whether `to` is where a value is not equal to a constant. The verifier follows what falls through first: it should meet values that
 * may be anything before single ones, which it then knows to be covered.
 */
function isGeneral(from: Block, to: Block): boolean {
	const { term } = from;
	if (!term || term.op & BPF_X || from.succs.length !== 2) return false;
	const kind = term.op & 0xf0;
	if ((kind !== BPF_JEQ && kind !== BPF_JNE) || term.imm === 0) return false;
	return from.succs[kind === BPF_JEQ ? 1 : 0] === to;
}
