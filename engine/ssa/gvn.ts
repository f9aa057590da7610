// Value numbering along the dominator tree: computations that were made before, loads whose contents are known, comparisons that a branch
// above has decided. Never invents loads or moves anything; volatile accesses stay as they are.

import { escapedAtEntry } from "./alias.ts";
import { constant } from "./build.ts";
import { Edits } from "./edit.ts";
import { Facts, learn, settled } from "./facts.ts";
import { type Dominators, dominators, predecessors, resolve, successors } from "./graph.ts";
import type { Block, Func, Instruction, Node, Phi } from "./ir.ts";
import { hasEffect, MemoryState } from "./memory.ts";
import { commutative } from "./operators.ts";
import { twinOf } from "./twin.ts";
import { Undoable } from "./undoable.ts";

/** Replaces what is already known; says whether anything changed. Needs no preparation, leaves dead code behind. */
export function numberValues(func: Func): boolean {
	predecessors(func);
	return new Numbering(func).run();
}

/** What holds at a point; the tables forget when the walk leaves the block where they learnt. */
interface Scope {
	readonly values: Undoable<string, Node>;
	readonly facts: Facts;
	readonly memory: MemoryState;
}

/** With more blocks than this between a block and its dominator, nothing is known of memory. */
const farthest = 1000;

class Numbering {
	private readonly func: Func;
	private readonly edits: Edits;
	private readonly tree: Dominators;
	private readonly effectsOf = new Map<Block, readonly Node[]>();
	private readonly escaped: ReadonlyMap<Block, ReadonlySet<Node>>;

	constructor(func: Func) {
		this.func = func;
		this.edits = new Edits(func);
		this.tree = dominators(func);
		this.escaped = escapedAtEntry(func);
	}

	run(): boolean {
		const entry = this.tree.order[0];
		if (!entry) return false;
		const values = new Undoable<string, Node>();
		const facts = new Facts();
		const stack: ({ block: Block; memory: MemoryState } | (() => void))[] = [];
		stack.push({ block: entry, memory: new MemoryState(new Set()) });
		let changed = false;
		for (let top = stack.pop(); top; top = stack.pop()) {
			if (typeof top === "function") {
				top();
				continue;
			}
			const { block } = top;
			const [known, learnt] = [values.mark(), facts.mark()];
			stack.push(() => {
				values.undo(known);
				facts.undo(learnt);
			});
			const scope = { values, facts, memory: this.enter(block, top.memory, facts) };
			for (const phi of block.phis) this.phi(phi, scope);
			for (const node of block.body) this.visit(node, scope);
			if (this.terminate(block, scope)) changed = true;
			if (this.decide(block, scope)) changed = true;
			for (const child of this.tree.children.get(block) ?? [])
				stack.push({ block: child, memory: scope.memory });
		}
		return this.edits.apply() || changed;
	}

	/** What a block knows of memory, from what its immediate dominator does; and what the way to it teaches. */
	private enter(block: Block, outer: MemoryState, facts: Facts): MemoryState {
		const memory = outer.copy();
		memory.setEscaped(this.escaped.get(block) ?? new Set());
		const [pred] = block.preds;
		if (block.preds.length === 1 && pred) learn(facts, pred, block, (n) => this.leader(n));
		else if (!memory.empty) {
			const blocks = this.between(block);
			if (blocks) memory.forgetBetween(blocks, (n) => this.leader(n));
			else memory.forgetAll();
		}
		return memory;
	}

	/** What may write or let out addresses in the blocks on the ways from the immediate dominator to `block`; undefined if there are too many. */
	private between(block: Block): Node[] | undefined {
		const stop = this.tree.idom.get(block);
		const seen = new Set<Block>();
		const work = block.preds.filter((p) => p !== stop);
		for (let at = work.pop(); at; at = work.pop()) {
			if (seen.has(at)) continue;
			seen.add(at);
			if (seen.size > farthest) return undefined;
			for (const pred of at.preds) if (pred !== stop) work.push(pred);
		}
		return [...seen].flatMap((b) => this.effects(b));
	}

	private effects(block: Block): readonly Node[] {
		const known = this.effectsOf.get(block) ?? [...block.body, block.terminator].filter(hasEffect);
		this.effectsOf.set(block, known);
		return known;
	}

	private leader(node: Node): Node {
		return this.edits.by.has(node) ? resolve(this.edits.by, node) : node;
	}

	private settle(node: Node): void {
		for (let i = 0; i < node.args.length; i++) {
			const arg = node.args[i];
			if (arg && this.edits.by.has(arg)) node.args[i] = resolve(this.edits.by, arg);
		}
	}

	private phi(phi: Phi, scope: Scope): void {
		this.settle(phi);
		scope.memory.note(phi);
		const parts = phi.args.map((a, i) => `${phi.from[i]?.id}=${a.id}`).sort();
		const key = `phi ${phi.block?.id} ${phi.type} ${parts.join()}`;
		const found = scope.values.get(key);
		if (found) this.edits.remove(phi, found);
		else scope.values.set(key, phi);
	}

	private visit(node: Instruction, scope: Scope): void {
		this.settle(node);
		scope.memory.note(node);
		const known = node.op === "icmp" ? settled(node, scope.facts) : undefined;
		if (known !== undefined) {
			this.edits.remove(node, constant(this.func, "i32", known ? 1 : 0));
			return;
		}
		if ((node.op === "sdiv" || node.op === "srem") && node.args.every((a) => positive(a, scope)))
			node.op = node.op === "sdiv" ? "udiv" : "urem";
		const key = keyOf(node);
		if (key !== undefined) {
			const found = scope.values.get(key) ?? this.widened(node, scope);
			if (found) this.edits.remove(node, found);
			else scope.values.set(key, node);
			return;
		}
		scope.memory.visit(node, this.edits);
	}

	/** What was computed in the other width, converted; and what is not negative, extended with zeroes. */
	private widened(node: Instruction, scope: Scope): Node | undefined {
		const from = node.op === "sext" && node.bits === 32 && node.type === "i64" && node.args[0];
		const low = from && (from.type === "i32" ? from : scope.values.get(`trunc ${from.id}`));
		if (low && positive(low, scope)) return this.converted(node, "zext", low, scope);
		const twin = twinOf(node, this.func, (key) => scope.values.get(key));
		if (!twin) return undefined;
		if (twin.type === "i64") return this.converted(node, "trunc", twin, scope);
		if (node.op !== "sext" || positive(twin, scope))
			return this.converted(node, "zext", twin, scope);
		return this.edits.insert(node, { op: "sext", type: "i64", bits: 32, args: [twin] });
	}

	private converted(node: Node, op: "zext" | "trunc", arg: Node, scope: Scope): Node {
		const key = `${op} ${arg.id}`;
		const found = scope.values.get(key);
		if (found) return found;
		const made = this.edits.insert(
			node,
			op === "zext" ? { op, type: "i64", args: [arg] } : { op, type: "i32", args: [arg] },
		);
		scope.values.set(key, made);
		return made;
	}

	/** What goes into phis on ways on which it is decided: comparisons, and sign extensions of what is not negative there. */
	private decide(block: Block, scope: Scope): boolean {
		let changed = false;
		for (const next of successors(block))
			for (const phi of next.phis) {
				const at = phi.from.indexOf(block);
				const arg = phi.args[at] && this.leader(phi.args[at]);
				const better =
					arg && (this.decided(arg, block, next, scope) ?? this.kept(arg, block, next, scope));
				if (!better) continue;
				phi.args[at] = better;
				changed = true;
			}
		return changed;
	}

	private decided(arg: Node, block: Block, next: Block, scope: Scope): Node | undefined {
		if (arg.op !== "icmp") return undefined;
		const [condition] = block.terminator.args;
		const known = condition === arg ? sideOf(block, next) : settled(arg, scope.facts);
		return known === undefined ? undefined : constant(this.func, "i32", known ? 1 : 0);
	}

	/** In the width in which it was checked on the way to `next`. */
	private kept(arg: Node, block: Block, next: Block, scope: Scope): Node | undefined {
		const [low] = arg.args;
		if (arg.op !== "sext" || arg.bits !== 32 || low?.type !== "i32") return undefined;
		const mark = scope.facts.mark();
		learn(scope.facts, block, next, (n) => this.leader(n));
		const fits = positive(low, scope);
		scope.facts.undo(mark);
		if (!fits) return undefined;
		return this.converted(block.terminator, "zext", low, scope);
	}

	/** A branch on a value that a branch above has decided. */
	private terminate(block: Block, scope: Scope): boolean {
		const t = block.terminator;
		this.settle(t);
		const [condition] = t.args;
		if (t.op !== "condbr" || !condition || condition.op === "const") return false;
		const range = scope.facts.get(condition);
		if (!range || range.min !== range.max) return false;
		t.args = [constant(this.func, "i32", range.min)];
		return true;
	}
}

/** Whether a value is surely not negative here. */
function positive(node: Node, scope: Scope): boolean {
	if (node.op === "const") return node.value >= 0n;
	const range = scope.facts.get(node);
	return range !== undefined && range.smin >= 0n;
}

/** The successor that a truth leads to, if only that. */
function sideOf(block: Block, next: Block): boolean | undefined {
	const t = block.terminator;
	if (t.op !== "condbr" || t.then === t.otherwise) return undefined;
	return t.then === next ? true : t.otherwise === next ? false : undefined;
}

/** What makes two instructions the same; undefined for those that are not only their arguments. */
function keyOf(node: Instruction): string | undefined {
	const [a, b, c] = node.args;
	const args = c ? `${a?.id},${b?.id},${c.id}` : b ? `${a?.id},${b.id}` : `${a?.id}`;
	switch (node.op) {
		case "icmp":
			return `icmp ${node.predicate} ${args}`;
		case "sext":
		case "bswap":
			return `${node.op}${node.bits} ${node.type} ${args}`;
		case "spacecast":
			return `spacecast ${node.from} ${node.into} ${args}`;
		case "select":
		case "ptradd":
		case "zext":
		case "trunc":
		case "ptrtoint":
		case "inttoptr":
			return `${node.op} ${args}`;
		case "isconst":
		case "alloca":
		case "lifetime":
		case "load":
		case "store":
		case "memcpy":
		case "memset":
		case "atomic":
		case "loadacquire":
		case "storerelease":
		case "call":
		case "asm":
		case "asmout":
			return undefined;
		default:
			if (commutative.has(node.op) && a && b && a.id > b.id) return `${node.op} ${b.id},${a.id}`;
			return `${node.op} ${args}`;
	}
}
