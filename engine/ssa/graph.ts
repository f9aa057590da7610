// The control flow graph of a function: edges, orders, dominators. Knows terminators, no other instruction.

import type { Block, Func, Node, Terminator } from "./ir.ts";

/** Targets of a terminator, each block once, in the order in which they are written. */
export function successors(block: Block): Block[] {
	const t = block.terminator;
	switch (t.op) {
		case "br":
			return [t.target];
		case "condbr":
			return t.then === t.otherwise ? [t.then] : [t.then, t.otherwise];
		case "switch":
			return [...new Set([...t.cases.map((c) => c.target), t.otherwise])];
		case "asmgoto":
			return [...new Set([t.next, ...t.targets])];
		default:
			return [];
	}
}

/** Makes every edge of `terminator` to `from` one to `to`; phis are the caller's. */
export function retarget(terminator: Terminator, from: Block, to: Block): void {
	const turn = (b: Block) => (b === from ? to : b);
	switch (terminator.op) {
		case "br":
			terminator.target = turn(terminator.target);
			break;
		case "condbr":
			terminator.then = turn(terminator.then);
			terminator.otherwise = turn(terminator.otherwise);
			break;
		case "switch":
			for (const c of terminator.cases) c.target = turn(c.target);
			terminator.otherwise = turn(terminator.otherwise);
			break;
		case "asmgoto":
			terminator.targets = terminator.targets.map(turn);
			terminator.next = turn(terminator.next);
			break;
		default:
	}
}

/** Recomputes `preds` of every block: each predecessor once, in block order. */
export function predecessors(func: Func): void {
	for (const block of func.blocks) block.preds = [];
	for (const block of func.blocks) for (const next of successors(block)) next.preds.push(block);
}

/** Blocks that the entry reaches, each after its predecessors, back edges excepted. */
export function reversePostorder(func: Func): Block[] {
	const entry = func.blocks[0];
	if (!entry) return [];
	const seen = new Set<Block>([entry]);
	const order: Block[] = [];
	const stack: { block: Block; next: Block[]; at: number }[] = [];
	const push = (block: Block) => {
		stack.push({ block, next: successors(block).reverse(), at: 0 });
	};
	push(entry);
	for (let top = stack.at(-1); top; top = stack.at(-1)) {
		const next = top.next[top.at++];
		if (next === undefined) {
			order.push(top.block);
			stack.pop();
		} else if (!seen.has(next)) {
			seen.add(next);
			push(next);
		}
	}
	return order.reverse();
}

/** Replaces `from` by `to` in every argument of the function. */
export function replaceAllUses(func: Func, from: Node, to: Node): void {
	replaceUses(func, new Map([[from, to]]));
}

/** Replaces many values at once; a replacement may itself be replaced, without cycles. */
export function replaceUses(func: Func, by: ReadonlyMap<Node, Node>): void {
	if (by.size === 0) return;
	const fix = (node: Node) => {
		const { args } = node;
		for (let i = 0; i < args.length; i++) {
			const arg = args[i];
			if (arg && by.has(arg)) args[i] = resolve(by, arg);
		}
	};
	for (const block of func.blocks) {
		for (const phi of block.phis) fix(phi);
		for (const node of block.body) fix(node);
		fix(block.terminator);
	}
}

/** Follows a chain of replacements to its end. */
export function resolve(by: ReadonlyMap<Node, Node>, node: Node): Node {
	let at = node;
	for (let next = by.get(at); next; next = by.get(at)) at = next;
	return at;
}

/** Drops the argument that a phi has for `from` in every phi of `block`. */
export function removeIncoming(block: Block, from: Block): void {
	for (const phi of block.phis) {
		const i = phi.from.indexOf(from);
		if (i < 0) continue;
		phi.from.splice(i, 1);
		phi.args.splice(i, 1);
	}
}

/** Removes blocks that the entry does not reach, with their phi arguments, and recomputes `preds`. Says whether any went. */
export function removeUnreachable(func: Func): boolean {
	const live = new Set(reversePostorder(func));
	const dead = live.size < func.blocks.length;
	if (dead) {
		for (const block of func.blocks)
			if (!live.has(block)) for (const next of successors(block)) removeIncoming(next, block);
		func.blocks = func.blocks.filter((b) => live.has(b));
	}
	predecessors(func);
	return dead;
}

/** The dominator tree of the blocks that the entry reaches. */
export interface Dominators {
	/** Reverse postorder. */
	readonly order: readonly Block[];
	readonly index: ReadonlyMap<Block, number>;
	readonly idom: ReadonlyMap<Block, Block>;
	readonly children: ReadonlyMap<Block, readonly Block[]>;
	/** Whether `a` is on every path to `b`; a block dominates itself. */
	dominates(a: Block, b: Block): boolean;
}

/** Cooper, Harvey, Kennedy: "A Simple, Fast Dominance Algorithm". Needs `preds`. */
export function dominators(func: Func): Dominators {
	const order = reversePostorder(func);
	const index = new Map(order.map((b, i) => [b, i]));
	const idom = immediateDominators(order, index);
	const parents = new Map<Block, Block>();
	const children = new Map<Block, Block[]>(order.map((b) => [b, []]));
	for (let i = 1; i < order.length; i++) {
		const block = order[i];
		const parent = order[idom[i] ?? 0];
		if (!block || !parent) continue;
		parents.set(block, parent);
		children.get(parent)?.push(block);
	}
	const spans = intervals(order[0], children);
	return {
		order,
		index,
		idom: parents,
		children,
		dominates(a, b) {
			const x = spans.get(a);
			const y = spans.get(b);
			return x !== undefined && y !== undefined && x.from <= y.from && y.to <= x.to;
		},
	};
}

function immediateDominators(order: readonly Block[], index: ReadonlyMap<Block, number>): number[] {
	const idom: number[] = order.map(() => -1);
	idom[0] = 0;
	const meet = (a: number, b: number) => {
		let [x, y] = [a, b];
		while (x !== y) {
			while (x > y) x = idom[x] ?? 0;
			while (y > x) y = idom[y] ?? 0;
		}
		return x;
	};
	for (let changed = true; changed; ) {
		changed = false;
		for (let i = 1; i < order.length; i++) {
			let found = -1;
			// The later ones first: what they have in common with earlier ones is near.
			const preds = order[i]?.preds ?? [];
			for (let k = preds.length - 1; k >= 0; k--) {
				const p = index.get(preds[k] as Block);
				if (p === undefined || idom[p] === -1) continue;
				found = found < 0 ? p : meet(p, found);
			}
			if (found !== idom[i]) {
				idom[i] = found;
				changed = true;
			}
		}
	}
	return idom;
}

function intervals(
	root: Block | undefined,
	children: ReadonlyMap<Block, readonly Block[]>,
): Map<Block, { from: number; to: number }> {
	const spans = new Map<Block, { from: number; to: number }>();
	if (!root) return spans;
	let clock = 0;
	const stack: { block: Block; at: number }[] = [{ block: root, at: 0 }];
	spans.set(root, { from: clock++, to: 0 });
	for (let top = stack.at(-1); top; top = stack.at(-1)) {
		const child = children.get(top.block)?.[top.at++];
		if (child) {
			spans.set(child, { from: clock++, to: 0 });
			stack.push({ block: child, at: 0 });
			continue;
		}
		const span = spans.get(top.block);
		if (span) span.to = clock++;
		stack.pop();
	}
	return spans;
}
