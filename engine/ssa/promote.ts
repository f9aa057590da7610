// Memory to register: allocas that are only loaded and stored as one whole value become SSA values with phis. Takes such allocas from
// split.ts; knows nothing of other memory.

import { addPhi, undef } from "./build.ts";
import { Edits } from "./edit.ts";
import { type Dominators, dominators, predecessors } from "./graph.ts";
import type { Block, Func, Node, Phi, Type } from "./ir.ts";

/** Promotes `variables`, each with the one type of all its loads and stores. */
export function promote(func: Func, variables: ReadonlyMap<Node, Type>): void {
	if (variables.size === 0) return;
	predecessors(func);
	const tree = dominators(func);
	const index = new Map([...variables.keys()].map((v, i) => [v, i]));
	const types = [...variables.values()];
	const names = [...variables.keys()].map((v) => v.name);
	const phis = placePhis(func, tree, index, types, names);
	rename(func, tree, index, types, phis);
}

/** Which variable an access means. */
function variableOf(node: Node, index: ReadonlyMap<Node, number>): number | undefined {
	if (node.op !== "load" && node.op !== "store" && node.op !== "lifetime") return undefined;
	const pointer = node.args[0];
	return pointer?.op === "alloca" ? index.get(pointer) : undefined;
}

function placePhis(
	func: Func,
	tree: Dominators,
	index: ReadonlyMap<Node, number>,
	types: readonly Type[],
	names: readonly (string | undefined)[],
): Map<Phi, number> {
	const frontiers = frontiersOf(tree);
	const defs: Set<Block>[] = types.map(() => new Set());
	const exposed: Block[][] = types.map(() => []);
	for (const block of tree.order) {
		const seen = new Set<number>();
		for (const node of block.body) {
			const v = variableOf(node, index);
			if (v === undefined) continue;
			if (node.op === "load" && !seen.has(v)) exposed[v]?.push(block);
			else if (node.op === "store" && !seen.has(v)) defs[v]?.add(block);
			seen.add(v);
		}
	}
	// A load behind a first store is no exposure, and a store behind a first load is still a definition.
	for (const block of tree.order)
		for (const node of block.body) {
			const v = node.op === "store" ? variableOf(node, index) : undefined;
			if (v !== undefined) defs[v]?.add(block);
		}
	const phis = new Map<Phi, number>();
	types.forEach((type, v) => {
		const live = liveIn(exposed[v] ?? [], defs[v] ?? new Set());
		const work = [...(defs[v] ?? [])];
		const has = new Set<Block>();
		for (let block = work.pop(); block; block = work.pop())
			for (const join of frontiers.get(block) ?? []) {
				if (has.has(join) || !live.has(join)) continue;
				has.add(join);
				const phi = addPhi(func, join, type);
				const name = names[v];
				if (name !== undefined) phi.name = name;
				phis.set(phi, v);
				work.push(join);
			}
	});
	return phis;
}

function frontiersOf(tree: Dominators): Map<Block, Set<Block>> {
	const frontiers = new Map<Block, Set<Block>>();
	for (const block of tree.order) {
		if (block.preds.length < 2) continue;
		const stop = tree.idom.get(block);
		for (const pred of block.preds) {
			let at: Block | undefined = tree.index.has(pred) ? pred : undefined;
			while (at && at !== stop) {
				const set = frontiers.get(at);
				// Those above have it too.
				if (set?.has(block)) break;
				if (set) set.add(block);
				else frontiers.set(at, new Set([block]));
				at = tree.idom.get(at);
			}
		}
	}
	return frontiers;
}

function liveIn(exposed: readonly Block[], defs: ReadonlySet<Block>): Set<Block> {
	const live = new Set<Block>(exposed);
	const work = [...exposed];
	for (let block = work.pop(); block; block = work.pop())
		for (const pred of block.preds)
			if (!live.has(pred) && !defs.has(pred)) {
				live.add(pred);
				work.push(pred);
			}
	return live;
}

function rename(
	func: Func,
	tree: Dominators,
	index: ReadonlyMap<Node, number>,
	types: readonly Type[],
	phis: ReadonlyMap<Phi, number>,
): void {
	const edits = new Edits(func);
	for (const alloca of index.keys()) edits.remove(alloca);
	const entry = tree.order[0];
	if (!entry) return;
	const values: Node[] = types.map((t) => undef(func, t));
	/** What was overwritten, to be put back when the walk leaves the block. */
	const log: { v: number; before: Node | undefined }[] = [];
	const set = (v: number, value: Node) => {
		log.push({ v, before: values[v] });
		values[v] = value;
	};
	const stack: (Block | number)[] = [entry];
	for (let block = stack.pop(); block !== undefined; block = stack.pop()) {
		if (typeof block === "number") {
			while (log.length > block) {
				const last = log.pop();
				if (last?.before) values[last.v] = last.before;
			}
			continue;
		}
		stack.push(log.length);
		for (const phi of block.phis) {
			const v = phis.get(phi);
			if (v !== undefined) set(v, phi);
		}
		for (const node of block.body) {
			const v = variableOf(node, index);
			if (v === undefined) continue;
			const current = values[v];
			if (node.op === "load" && current) edits.remove(node, current);
			else edits.remove(node);
			const stored = node.op === "store" ? node.args[1] : undefined;
			if (stored) set(v, stored);
			const name = node.args[0]?.name;
			if (stored?.block && name !== undefined) stored.name ??= name;
		}
		passOn(block, values, phis);
		for (const child of tree.children.get(block) ?? []) stack.push(child);
	}
	edits.apply();
}

function passOn(block: Block, values: readonly Node[], phis: ReadonlyMap<Phi, number>): void {
	const t = block.terminator;
	const next =
		t.op === "br"
			? [t.target]
			: t.op === "condbr"
				? [t.then, t.otherwise]
				: t.op === "switch"
					? [...t.cases.map((c) => c.target), t.otherwise]
					: t.op === "asmgoto"
						? [...t.targets, t.next]
						: [];
	for (const target of new Set(next))
		for (const phi of target.phis) {
			const v = phis.get(phi);
			const value = v === undefined ? undefined : values[v];
			if (!value) continue;
			phi.from.push(block);
			phi.args.push(value);
		}
}
