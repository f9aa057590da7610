// Comparisons of a phi whose arguments all decide them become phis of truths. The verifier then follows two values where it followed as
// many as there are constants, and a selection that only a later comparison asks for becomes the condition it was made by.

import { constant, emit } from "./build.ts";
import { usersOf } from "./edit.ts";
import { evaluateCompare, unsigned } from "./evaluate.ts";
import { type Dominators, dominators, predecessors, replaceUses } from "./graph.ts";
import type { Block, Func, Instruction, Node, Phi } from "./ir.ts";
import { KnownBits } from "./known.ts";
import { makeNode } from "./node.ts";
import { inverse } from "./operators.ts";

type Compare = Instruction & { op: "icmp" };

/** What an argument makes of a comparison: a truth, a condition or its opposite, or a phi of such. */
type Truth =
	| boolean
	| { readonly condition: Node; readonly holds: boolean }
	| { readonly phi: Phi; readonly truths: readonly Truth[] };

/** Ways into a phi that is kept beside its truths: each needs an instruction more. */
const most = 8;

/** Phis of phis that are looked at. */
const deepest = 3;

/** Says whether there was any. */
export function foldTruths(func: Func): boolean {
	predecessors(func);
	const users = usersOf(func);
	const known = new KnownBits();
	const by = new Map<Node, Node>();
	let tree: Dominators | undefined;
	for (const block of func.blocks)
		for (const phi of [...block.phis]) {
			const all = users[phi.id] ?? [];
			for (const node of all) {
				if (node.op !== "icmp" || node.args[0] !== phi || by.has(node)) continue;
				const truths = truthsOf(node, phi, known, deepest);
				if (!truths) continue;
				tree ??= dominators(func);
				const isNumber = users[node.id]?.some((u) => u.op !== "condbr") ?? false;
				if (!isWorth(phi, node, all, truths, tree, isNumber)) continue;
				by.set(node, build(func, phi, truths));
			}
		}
	for (const block of func.blocks) block.body = block.body.filter((n) => !by.has(n));
	replaceUses(func, by);
	return by.size > 0;
}

function truthsOf(node: Compare, phi: Phi, known: KnownBits, depth: number): Truth[] | undefined {
	const truths = phi.args.map((arg) => truthOf(node, arg, known, depth));
	return truths.every((t) => t !== undefined) ? truths : undefined;
}

function truthOf(node: Compare, arg: Node, known: KnownBits, depth: number): Truth | undefined {
	const [x, y] = node.args;
	if (!x || y?.op !== "const") return undefined;
	const decide = (value: bigint) =>
		evaluateCompare(node.predicate, x.type ?? "i64", value, y.value);
	if (arg.op === "const") return decide(arg.value);
	if (arg.op === "select") {
		const [condition, then, otherwise] = arg.args;
		if (!condition || then?.op !== "const" || otherwise?.op !== "const") return undefined;
		const [yes, no] = [decide(then.value), decide(otherwise.value)];
		return yes === no ? yes : { condition, holds: yes };
	}
	if (arg.op === "phi" && depth > 0) {
		const truths = truthsOf(node, arg, known, depth - 1);
		if (truths) return truths.every((t) => t === truths[0]) ? truths[0] : { phi: arg, truths };
	}
	const isFlag = arg.op === "icmp" && x.type === "i32";
	if (isFlag) {
		const [yes, no] = [decide(1n), decide(0n)];
		return yes === no ? yes : { condition: arg, holds: yes };
	}
	const value = unsigned(x.type ?? "i64", y.value);
	if (arg.type === "ptr" || (node.predicate !== "eq" && node.predicate !== "ne")) return undefined;
	if (value < known.min(arg) || value > known.max(arg)) return node.predicate === "ne";
	return undefined;
}

function isWorth(
	phi: Phi,
	node: Compare,
	users: readonly Node[],
	truths: readonly Truth[],
	tree: Dominators,
	isNumber: boolean,
): boolean {
	const values = new Set(constants(phi, deepest));
	const isPlain = truths.every((t) => typeof t === "boolean" || "phi" in t);
	if (users.length === 1) return !isPlain || values.size > 2 || (isNumber && !isBinary(values));
	// With other uses it is kept beside the phi: worth it when the phi ends before, so that one value lives on instead of many.
	const at = node.block;
	if (!isPlain || values.size < 3 || phi.args.length > most || !at || at === phi.block)
		return false;
	return users.every((user) => user === node || endsBefore(user, phi, at, tree));
}

function isBinary(values: ReadonlySet<bigint>): boolean {
	return [...values].every((v) => v >> 1n === 0n);
}

/** What a phi of constants, or of phis of such, may be. */
function constants(phi: Phi, depth: number): bigint[] {
	return phi.args.flatMap((a) => {
		if (a.op === "phi") return depth > 0 ? constants(a, depth - 1) : [];
		return a.op === "const" ? [a.value] : [];
	});
}

function endsBefore(user: Node, phi: Phi, at: Block, tree: Dominators): boolean {
	if (user.op === "phi")
		return user.args.every((a, i) => a !== phi || isAbove(user.from[i], at, tree));
	return isAbove(user.block, at, tree);
}

function isAbove(block: Block | undefined, at: Block, tree: Dominators): boolean {
	return block !== undefined && block !== at && tree.dominates(block, at);
}

function build(func: Func, phi: Phi, truths: readonly Truth[]): Phi {
	const args = truths.map((truth, i) => {
		if (typeof truth === "boolean") return constant(func, "i32", truth ? 1 : 0);
		if ("phi" in truth) return build(func, truth.phi, truth.truths);
		return asTruth(func, phi.from[i], truth.condition, truth.holds);
	});
	const fields = { op: "phi" as const, type: "i32" as const, args, from: [...phi.from] };
	const made = makeNode<Phi>(func.nextNode++, fields, phi.block);
	phi.block?.phis.push(made);
	return made;
}

/** 1 where the condition is as it should be, at the end of `block`. */
function asTruth(func: Func, block: Block | undefined, condition: Node, holds: boolean): Node {
	if (condition.op === "icmp" && holds) return condition;
	if (!block) return condition;
	const [x, y] = condition.args;
	const opposite = condition.op === "icmp" && x && y;
	const predicate = opposite ? inverse[condition.predicate] : holds ? "ne" : "eq";
	const args = opposite ? [x, y] : [condition, constant(func, "i32", 0)];
	return emit(func, block, { op: "icmp", type: "i32", predicate, args });
}
