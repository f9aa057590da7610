// Jump threading: where a block decides by a value that is known for some of its predecessors, those go to the target directly. Only
// constants and values whose bits decide are threaded, so no bound that a branch has taught is lost.

import { detachedBlock } from "./build.ts";
import { cloneBlocks } from "./clone.ts";
import { evaluateBinary, evaluateCompare, unsigned } from "./evaluate.ts";
import { Facts, learn, settled } from "./facts.ts";
import { dominators, predecessors, removeIncoming, retarget } from "./graph.ts";
import type { Block, Func, Instruction, Node, Predicate } from "./ir.ts";
import { KnownBits } from "./known.ts";
import { makeNode } from "./node.ts";
import { swapped } from "./operators.ts";
import { promote } from "./promote.ts";
import { demote, type Variables } from "./repair.ts";

type Compare = Instruction & { op: "icmp" };

/** Instructions of a block that are copied for a threaded predecessor. */
const largest = 6;

/** Threads until nothing is found; says whether anything changed. */
export function threadJumps(func: Func): boolean {
	let changed = false;
	for (let i = 0; i < 4; i++) {
		if (!threadAll(func)) break;
		changed = true;
	}
	return changed;
}

function threadAll(func: Func): boolean {
	predecessors(func);
	const tree = dominators(func);
	const variables: Variables = new Map();
	const known = new KnownBits();
	let changed = false;
	for (const block of [...func.blocks]) {
		const t = block.terminator;
		if ((t.op !== "condbr" && t.op !== "switch") || block.phis.length === 0) continue;
		if (block.preds.length < 2 || block.unroll !== undefined || !isCheap(block)) continue;
		// The head of a loop stays one.
		if (block.preds.some((p) => tree.dominates(block, p))) continue;
		for (const pred of [...block.preds]) {
			if (pred.terminator.op === "asmgoto" || block.preds.length < 2) continue;
			const target = decided(block, pred, known);
			if (!target || target === block) continue;
			thread(func, block, pred, target, variables);
			changed = true;
		}
	}
	if (changed) promote(func, variables);
	return changed;
}

function isCheap(block: Block): boolean {
	let size = 0;
	for (const node of block.body) {
		if (node.op === "call" || node.op === "asm" || node.op === "alloca" || node.op === "lifetime")
			return false;
		if (node.op === "asmout" || node.op === "atomic") return false;
		if (node.op === "memcpy" || node.op === "memset") return false;
		if (++size > largest) return false;
	}
	return true;
}

/** Where `block` goes when control comes from `pred`. */
function decided(block: Block, pred: Block, known: KnownBits): Block | undefined {
	const t = block.terminator;
	const [condition] = t.args;
	if (!condition || (t.op !== "condbr" && t.op !== "switch")) return undefined;
	const value = evaluate(condition, block, pred, known, 0);
	if (value === undefined) return undefined;
	if (t.op === "condbr") return value !== 0n ? t.then : t.otherwise;
	const v = unsigned(condition.type, value);
	return t.cases.find((c) => c.low <= v && v <= c.high)?.target ?? t.otherwise;
}

/** A comparison that the bits of a value decide. */
function outside(
	value: Node | undefined,
	predicate: Predicate,
	k: bigint,
	known: KnownBits,
): bigint | undefined {
	if (!value || predicate.startsWith("s")) return undefined;
	const { type = "i64" } = value;
	const [low, high] = [known.min(value), known.max(value)];
	const number = unsigned(type, k);
	const wrapped = (v: bigint) => BigInt.asIntN(type === "i32" ? 32 : 64, v);
	if (predicate === "eq" || predicate === "ne")
		return number < low || number > high ? (predicate === "ne" ? 1n : 0n) : undefined;
	const first = evaluateCompare(predicate, type, wrapped(low), k);
	return first === evaluateCompare(predicate, type, wrapped(high), k)
		? first
			? 1n
			: 0n
		: undefined;
}

function evaluate(
	node: Node,
	block: Block,
	pred: Block,
	known: KnownBits,
	depth: number,
): bigint | undefined {
	if (node.op === "const") return node.value;
	if (node.block !== block || depth > 6) return undefined;
	const of = (n: Node | undefined) => n && evaluate(n, block, pred, known, depth + 1);
	const [x, y] = node.args;
	switch (node.op) {
		case "phi": {
			const arg = node.args[node.from.indexOf(pred)];
			return arg?.op === "const" ? arg.value : undefined;
		}
		case "icmp": {
			const told = byFacts(node, block, pred);
			if (told !== undefined) return told ? 1n : 0n;
			const [a, b] = [of(x), of(y)];
			if (a === undefined && b !== undefined && x?.op === "phi" && x.block === block)
				return outside(x.args[x.from.indexOf(pred)], node.predicate, b, known);
			if (a === undefined || b === undefined) return undefined;
			return evaluateCompare(node.predicate, x?.type ?? "i64", a, b) ? 1n : 0n;
		}
		case "zext": {
			const a = of(x);
			return a === undefined ? undefined : unsigned("i32", a);
		}
		case "trunc": {
			const a = of(x);
			return a === undefined ? undefined : BigInt.asIntN(32, a);
		}
		case "and":
		case "or":
		case "xor":
		case "add":
		case "sub": {
			const [a, b] = [of(x), of(y)];
			return a === undefined || b === undefined
				? undefined
				: evaluateBinary(node.op, node.type, a, b);
		}
		default:
			return undefined;
	}
}

/** Branches that are looked at above an edge. */
const farthest = 8;

/** A comparison of a value with what a phi is on this edge, where the branches above the edge say enough of that value. */
function byFacts(node: Compare, block: Block, pred: Block): boolean | undefined {
	const here = (n: Node) =>
		n.op === "phi" && n.block === block ? n.args[n.from.indexOf(pred)] : n;
	let [a, b] = node.args.map(here);
	let { predicate } = node;
	if (a?.op === "const") [a, b, predicate] = [b, a, swapped[predicate]];
	if (!a || b?.op !== "const" || a.op === "const" || a.block === block) return undefined;
	const facts = new Facts();
	const above: [Block, Block][] = [[pred, block]];
	for (let at = pred; at.preds.length === 1 && above.length < farthest; ) {
		const [next] = at.preds;
		if (!next || next === pred) break;
		above.push([next, at]);
		at = next;
	}
	for (const [from, to] of above.reverse()) learn(facts, from, to, (n) => n);
	if (!facts.get(a)) return undefined;
	const asked = makeNode<Compare>(-1, { op: "icmp", type: "i32", predicate, args: [a, b] });
	return settled(asked, facts);
}

/** Gives `pred` its own copy of `block`, which goes to `target`. */
function thread(func: Func, block: Block, pred: Block, target: Block, variables: Variables): void {
	for (const [alloca, type] of demote(func, new Set([block]))) variables.set(alloca, type);
	const values = new Map<Node, Node>();
	const copy = cloneBlocks(func, [block], values).get(block) ?? detachedBlock(func);
	for (const phi of block.phis) {
		const arg = phi.args[phi.from.indexOf(pred)];
		const made = values.get(phi);
		if (!arg || !made) continue;
		for (const node of copy.body) node.args = node.args.map((a) => (a === made ? arg : a));
		values.set(phi, arg);
	}
	copy.phis = [];
	for (const node of copy.body) node.args = node.args.map((a) => values.get(a) ?? a);
	for (const phi of target.phis) {
		const arg = phi.args[phi.from.indexOf(block)];
		if (!arg) continue;
		phi.args.push(values.get(arg) ?? arg);
		phi.from.push(copy);
	}
	copy.terminator = {
		id: copy.terminator.id,
		op: "br",
		target,
		args: [],
		block: copy,
		...(block.terminator.place ? { place: block.terminator.place } : {}),
	};
	retarget(pred.terminator, block, copy);
	removeIncoming(block, pred);
	func.blocks.splice(func.blocks.indexOf(block), 0, copy);
	predecessors(func);
}
