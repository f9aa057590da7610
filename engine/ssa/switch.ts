// Switches as trees of comparisons: ranges of cases with one target first become one, then the middle is compared, down to single cases.

import { constant, detachedBlock, terminate } from "./build.ts";
import { predecessors } from "./graph.ts";
import type { Block, Func, Instruction, Node, Place, Predicate, Terminator, Type } from "./ir.ts";
import { makeNode } from "./node.ts";

interface Case {
	readonly low: bigint;
	readonly high: bigint;
	readonly target: Block;
}

/** Replaces every switch of a function by branches. */
export function lowerSwitches(func: Func): boolean {
	let changed = false;
	for (const block of [...func.blocks]) {
		const t = block.terminator;
		if (t.op !== "switch") continue;
		new Tree(func, block, t).build();
		changed = true;
	}
	if (changed) predecessors(func);
	return changed;
}

class Tree {
	private readonly func: Func;
	private readonly block: Block;
	private readonly value: Node;
	private readonly type: Type;
	private readonly place: Place | undefined;
	private readonly otherwise: Block;
	private readonly cases: readonly Case[];
	/** Blocks of the tree with an edge to a target. */
	private readonly edges = new Map<Block, Set<Block>>();
	private at: number;

	constructor(func: Func, block: Block, t: Terminator & { op: "switch" }) {
		this.func = func;
		this.block = block;
		this.value = t.args[0] ?? constant(func, "i64", 0);
		this.type = this.value.type ?? "i64";
		this.place = t.place;
		this.otherwise = t.otherwise;
		this.cases = clusters(t.cases);
		this.at = func.blocks.indexOf(block) + 1;
	}

	build(): void {
		const most = (1n << (this.type === "i32" ? 32n : 64n)) - 1n;
		this.tree(this.block, this.cases, 0n, most);
		const targets = new Set([...this.cases.map((c) => c.target), this.otherwise]);
		for (const target of targets) {
			const from = this.edges.get(target) ?? new Set();
			for (const phi of target.phis) {
				const i = phi.from.indexOf(this.block);
				const arg = phi.args[i];
				if (!arg) continue;
				phi.from.splice(i, 1);
				phi.args.splice(i, 1);
				for (const block of from) {
					phi.from.push(block);
					phi.args.push(arg);
				}
			}
		}
	}

	private edge(from: Block, to: Block): Block {
		const set = this.edges.get(to);
		if (set) set.add(from);
		else this.edges.set(to, new Set([from]));
		return to;
	}

	private branch(
		from: Block,
		predicate: Predicate,
		k: bigint,
		then: Block,
		otherwise: Block,
	): void {
		const { func, place } = this;
		const placed = place ? { place } : {};
		const args = [this.value, constant(func, this.type, k)];
		const condition = makeNode<Instruction>(
			func.nextNode++,
			{ op: "icmp", type: "i32", predicate, args, ...placed },
			from,
		);
		from.body.push(condition);
		terminate(func, from, { op: "condbr", then, otherwise, args: [condition], ...placed });
	}

	private fresh(): Block {
		const block = detachedBlock(this.func);
		this.func.blocks.splice(this.at++, 0, block);
		return block;
	}

	private jump(from: Block, to: Block): void {
		const placed = this.place ? { place: this.place } : {};
		terminate(this.func, from, { op: "br", target: this.edge(from, to), args: [], ...placed });
	}

	/** Ends `from` by choosing among `cases`; the value is known to lie within the bounds. */
	private tree(from: Block, cases: readonly Case[], min: bigint, max: bigint): void {
		const [first] = cases;
		if (!first) {
			this.jump(from, this.otherwise);
			return;
		}
		if (cases.length === 1) {
			this.leaf(from, first, min, max);
			return;
		}
		if (cases.length <= 3 && cases.every((c) => c.low === c.high)) {
			this.chain(from, cases, min, max);
			return;
		}
		const half = cases.length >> 1;
		const pivot = cases[half];
		if (!pivot) return;
		const [left, right] = [this.fresh(), this.fresh()];
		this.branch(from, "ugt", pivot.low - 1n, right, left);
		this.tree(right, cases.slice(half), pivot.low, max);
		this.tree(left, cases.slice(0, half), min, pivot.low - 1n);
	}

	/** One equality after the other. */
	private chain(from: Block, cases: readonly Case[], min: bigint, max: bigint): void {
		let at = from;
		cases.forEach((c, i) => {
			if (i === cases.length - 1) {
				this.leaf(at, c, min, max);
				return;
			}
			const next = this.fresh();
			this.branch(at, "eq", c.low, this.edge(at, c.target), next);
			at = next;
		});
	}

	private leaf(from: Block, c: Case, min: bigint, max: bigint): void {
		const { target } = c;
		if (c.low <= min && c.high >= max) {
			this.jump(from, target);
			return;
		}
		const [to, other] = [this.edge(from, target), this.edge(from, this.otherwise)];
		if (c.low === c.high) this.branch(from, "eq", c.low, to, other);
		else if (c.low <= min) this.branch(from, "ult", c.high + 1n, to, other);
		else if (c.high >= max) this.branch(from, "ugt", c.low - 1n, to, other);
		else {
			const second = this.fresh();
			this.branch(from, "ugt", c.low - 1n, second, this.edge(from, this.otherwise));
			this.branch(
				second,
				"ult",
				c.high + 1n,
				this.edge(second, target),
				this.edge(second, this.otherwise),
			);
			this.edges.get(target)?.delete(from);
		}
	}
}

/** Cases in order, neighbours with one target as one. */
function clusters(cases: readonly Case[]): Case[] {
	const out: Case[] = [];
	for (const c of [...cases].sort((a, b) => (a.low < b.low ? -1 : 1))) {
		const last = out.at(-1);
		if (last && last.target === c.target && last.high + 1n === c.low)
			out[out.length - 1] = { ...last, high: c.high };
		else out.push(c);
	}
	return out;
}
