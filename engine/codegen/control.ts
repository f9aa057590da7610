// Selection of control: comparisons fused with branches, diamonds for values, switches as chains and trees of comparisons.

import {
	BPF_JEQ,
	BPF_JGE,
	BPF_JGT,
	BPF_JLE,
	BPF_JLT,
	BPF_JMP,
	BPF_JMP32,
	BPF_JNE,
	BPF_JSET,
	BPF_JSGE,
	BPF_JSGT,
	BPF_JSLE,
	BPF_JSLT,
	BPF_K,
	BPF_X,
} from "../isa/index.ts";
import { inverse, type Node, type Predicate, swapped, type Type } from "../ssa/index.ts";
import { widened } from "./arith.ts";
import { type Context, fits32 } from "./context.ts";
import { type Block, Insn } from "./machine.ts";

const jumps: Record<Predicate, number> = {
	eq: BPF_JEQ,
	ne: BPF_JNE,
	ugt: BPF_JGT,
	uge: BPF_JGE,
	ult: BPF_JLT,
	ule: BPF_JLE,
	sgt: BPF_JSGT,
	sge: BPF_JSGE,
	slt: BPF_JSLT,
	sle: BPF_JSLE,
};

/** A conditional jump; `negated`: it jumps when the condition does not hold. */
export interface Condition {
	readonly jump: Insn;
	readonly negated: boolean;
}

/** The jump for a condition, with everything that it needs emitted before. */
export function condition(c: Context, node: Node): Condition {
	if (node.op === "icmp" && c.folded.has(node)) {
		const [a, b] = node.args as [Node, Node];
		const zero = b.op === "const" && b.value === 0n;
		if (zero && a.op === "and" && c.folded.has(a)) {
			if (node.predicate === "ne") return bits(c, a, false);
			if (node.predicate === "eq") return bits(c, a, true);
		}
		return compare(c, node.predicate, a, b);
	}
	if (node.op === "and" && c.folded.has(node)) return bits(c, node, false);
	return against(c, "ne", node, 0n);
}

function compare(c: Context, predicate: Predicate, a: Node, b: Node): Condition {
	if (a.op === "const" && b.op !== "const") return compare(c, swapped[predicate], b, a);
	if (b.op === "const" && fits32(b.value)) return against(c, predicate, a, b.value);
	const narrow = a.type === "i32";
	const signed = predicate.startsWith("s");
	const operand = (n: Node) => (narrow && !c.alu32 ? widened(c, n, signed) : c.use(n));
	const [ra, rb] = [operand(a), operand(b)];
	if (c.cpu === 1 && /^[us]l/.test(predicate))
		return { jump: jump(c, swapped[predicate], a.type, rb, ra), negated: false };
	return { jump: jump(c, predicate, a.type, ra, rb), negated: false };
}

/** Compares with a constant. */
function against(c: Context, predicate: Predicate, a: Node, value: bigint): Condition {
	const narrow = a.type === "i32";
	const signed = predicate.startsWith("s");
	let r = 0;
	let imm = value;
	if (narrow && !c.alu32) {
		r = widened(c, a, signed);
		if (!signed) imm = BigInt.asUintN(32, value);
		if (!fits32(imm)) {
			const other = c.use({ op: "const", id: -1, type: "i64", value: imm, args: [] });
			return { jump: jump(c, predicate, "i64", r, other), negated: false };
		}
	} else r = c.use(a);
	if (c.cpu === 1 && /^[us]l/.test(predicate))
		return { jump: jumpImm(c, inverse[predicate], a.type, r, imm), negated: true };
	return { jump: jumpImm(c, predicate, a.type, r, imm), negated: false };
}

function classOf(c: Context, type: Type | undefined): number {
	return type === "i32" && c.alu32 ? BPF_JMP32 : BPF_JMP;
}

function jump(c: Context, p: Predicate, type: Type | undefined, a: number, b: number): Insn {
	const i = new Insn(classOf(c, type) | jumps[p] | BPF_X, a, b, 0, 0);
	i.fixed = c.cpu === 1 && p !== "eq" && p !== "ne";
	i.place = c.place;
	return i;
}

function jumpImm(c: Context, p: Predicate, type: Type | undefined, a: number, imm: bigint): Insn {
	const i = new Insn(classOf(c, type) | jumps[p] | BPF_K, a, 0, 0, Number(imm));
	i.fixed = c.cpu === 1 && p !== "eq" && p !== "ne";
	i.place = c.place;
	return i;
}

/** Jumps when `a & b` is not 0. */
function bits(c: Context, and: Node, negated: boolean): Condition {
	let [a, b] = and.args as [Node, Node];
	if (a.op === "const") [a, b] = [b, a];
	const code = classOf(c, and.type) | BPF_JSET;
	const narrow = and.type === "i32" && !c.alu32;
	let i: Insn;
	if (b.op === "const" && fits32(b.value) && !(narrow && b.value < 0n))
		i = new Insn(code | BPF_K, c.use(a), 0, 0, Number(b.value));
	else if (narrow) i = new Insn(code | BPF_X, widened(c, a, false), widened(c, b, false), 0, 0);
	else i = new Insn(code | BPF_X, c.use(a), c.use(b), 0, 0);
	i.fixed = true;
	i.place = c.place;
	return { jump: i, negated };
}

/** Ends the current block with a jump to one of two. */
export function branch(c: Context, cond: Condition, then: Block, otherwise: Block): void {
	c.current.term = cond.jump;
	c.current.succs = cond.negated ? [otherwise, then] : [then, otherwise];
}

/** A comparison as a value. */
export function truth(c: Context, node: Node & { op: "icmp" }): void {
	const [a, b] = node.args as [Node, Node];
	const d = c.define(node);
	const cond = compare(c, node.predicate, a, b);
	const constant = (value: bigint): Node => ({ op: "const", id: -1, type: "i32", value, args: [] });
	diamond(c, d, cond, constant(1n), constant(0n));
}

export function select(c: Context, node: Node & { op: "select" }): void {
	const [test, then, otherwise] = node.args as [Node, Node, Node];
	const d = c.define(node);
	const cond = condition(c, test);
	const compared = test.op === "icmp" && c.folded.has(test) ? test.args : [];
	const rank = (n: Node) => (n.op === "const" ? 9 : compared.includes(n) ? 0 : c.usersOf(n).length);
	if (rank(otherwise) < rank(then))
		diamond(c, d, { ...cond, negated: !cond.negated }, otherwise, then);
	else diamond(c, d, cond, then, otherwise);
}

/** d = first; unless the condition holds, d = second. */
function diamond(c: Context, d: number, cond: Condition, first: Node, second: Node): void {
	c.into(d, first);
	const other = c.split();
	const join = c.split();
	branch(c, cond, join, other);
	c.enter(other);
	c.into(d, second);
	c.goto(join);
	c.enter(join);
}

interface Cluster {
	readonly low: bigint;
	readonly high: bigint;
	readonly target: Block;
}

/** More cases than this are searched in halves. */
const LINEAR = 6;

export function switchOn(
	c: Context,
	node: Node & { op: "switch" },
	targetOf: (b: Node & { op: "switch" }, at: number) => Block,
): void {
	const value = node.args[0] as Node;
	const bits = value.type === "i32" ? 32 : 64;
	const clusters: Cluster[] = node.cases.map((k, at) => ({
		low: BigInt.asUintN(bits, k.low),
		high: BigInt.asUintN(bits, k.high),
		target: targetOf(node, at),
	}));
	clusters.sort((a, b) => (a.low < b.low ? -1 : 1));
	const merged: Cluster[] = [];
	for (const k of clusters) {
		const last = merged.at(-1);
		if (last && last.target === k.target && last.high + 1n === k.low)
			merged[merged.length - 1] = { ...last, high: k.high };
		else merged.push(k);
	}
	const otherwise = targetOf(node, -1);
	if (merged.length === 0) c.goto(otherwise);
	else search(c, searched(c, value), merged, otherwise, 0n, (1n << BigInt(bits)) - 1n);
}

/** The value in a form that every comparison can use: without 32-bit jumps it is extended once. */
function searched(c: Context, value: Node): Node {
	if (value.type !== "i32" || c.alu32) return value;
	const wide: Node = { op: "zext", id: -1, type: "i64", args: [value] };
	c.alias(wide, widened(c, value, false));
	return wide;
}

/** Finds the cluster of a value that is known to be within `low` and `high`. */
function search(
	c: Context,
	value: Node,
	clusters: readonly Cluster[],
	otherwise: Block,
	low: bigint,
	high: bigint,
): void {
	if (clusters.length <= LINEAR) {
		linear(c, value, clusters, otherwise, low, high);
		return;
	}
	const middle = clusters.length >> 1;
	const pivot = clusters[middle] as Cluster;
	const [left, right] = [c.split(), c.split()];
	branch(c, versus(c, "ult", value, pivot.low), left, right);
	c.enter(left);
	search(c, value, clusters.slice(0, middle), otherwise, low, pivot.low - 1n);
	c.enter(right);
	search(c, value, clusters.slice(middle), otherwise, pivot.low, high);
}

function versus(c: Context, predicate: Predicate, value: Node, other: bigint): Condition {
	const type = value.type ?? "i64";
	const signed = BigInt.asIntN(type === "i32" ? 32 : 64, other);
	return compare(c, predicate, value, { op: "const", id: -1, type, value: signed, args: [] });
}

function linear(
	c: Context,
	value: Node,
	clusters: readonly Cluster[],
	otherwise: Block,
	low: bigint,
	high: bigint,
): void {
	let [least, most] = [low, high];
	for (const k of clusters) {
		const next = c.split();
		if (k.low === k.high) branch(c, versus(c, "eq", value, k.low), k.target, next);
		else if (k.low <= least) branch(c, versus(c, "ule", value, k.high), k.target, next);
		else if (k.high >= most) branch(c, versus(c, "uge", value, k.low), k.target, next);
		else {
			const upper = c.split();
			branch(c, versus(c, "ult", value, k.low), otherwise, upper);
			c.enter(upper);
			branch(c, versus(c, "ule", value, k.high), k.target, next);
			least = k.high + 1n;
		}
		if (k.low <= least) least = k.high + 1n;
		if (k.high >= most) most = k.low - 1n;
		c.enter(next);
	}
	c.goto(otherwise);
}
