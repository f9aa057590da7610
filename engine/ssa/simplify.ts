// Simplification of the control flow graph: branches that are decided, blocks that only pass control on, chains that are one block. Moves no
// instruction over a branch.

import { constant, terminate } from "./build.ts";
import { usersOf } from "./edit.ts";
import { unsigned } from "./evaluate.ts";
import {
	predecessors,
	removeIncoming,
	removeUnreachable,
	replaceUses,
	retarget,
	successors,
} from "./graph.ts";
import type { Block, Func, Instruction, Node, Terminator } from "./ir.ts";
import { makeNode } from "./node.ts";

/** Simplifies until nothing changes; `preds` are up to date afterwards. Says whether anything changed. */
export function simplifyGraph(func: Func): boolean {
	let changed = removeUnreachable(func);
	for (let again = true; again; ) {
		again = false;
		for (const block of func.blocks) again = decide(func, block) || again;
		if (again) removeUnreachable(func);
		const forwarded = forwardEmpty(func);
		again = forwarded || again;
		if (forwarded) removeUnreachable(func);
		again = mergeChains(func) || again;
		changed ||= again;
	}
	return changed;
}

function jump(func: Func, block: Block, target: Block): void {
	const { place } = block.terminator;
	for (const next of successors(block)) if (next !== target) removeIncoming(next, block);
	const node = terminate(func, block, { op: "br", target, args: [] });
	if (place) node.place = place;
}

/** A terminator whose way is known. */
function decide(func: Func, block: Block): boolean {
	const t = block.terminator;
	if (t.op !== "condbr" && t.op !== "switch") return false;
	const [value] = t.args;
	if (t.op === "switch" && pruneSwitch(t)) return true;
	const ways = successors(block);
	const only = ways.length === 1 ? ways[0] : undefined;
	if (only) {
		jump(func, block, only);
		return true;
	}
	if (value?.op === "const") {
		jump(func, block, chosen(t, value));
		return true;
	}
	if (value?.op === "undef") {
		jump(func, block, t.otherwise);
		return true;
	}
	return avoidUnreachable(func, block, ways) || oneCase(func, block);
}

function chosen(t: Terminator & { op: "condbr" | "switch" }, value: Node & { op: "const" }): Block {
	if (t.op === "condbr") return value.value === 0n ? t.otherwise : t.then;
	const v = unsigned(value.type, value.value);
	return t.cases.find((c) => c.low <= v && v <= c.high)?.target ?? t.otherwise;
}

/** Cases that go where the default goes are none. */
function pruneSwitch(t: Terminator & { op: "switch" }): boolean {
	const cases = t.cases.filter((c) => c.target !== t.otherwise);
	if (cases.length === t.cases.length) return false;
	t.cases = cases;
	return true;
}

/** A switch with one case is a comparison. */
function oneCase(func: Func, block: Block): boolean {
	const t = block.terminator;
	const [value] = t.args;
	if (t.op !== "switch" || t.cases.length !== 1 || !value) return false;
	const [only] = t.cases;
	if (!only || only.low !== only.high) return false;
	const args = [value, constant(func, value.type ?? "i64", only.low)];
	const node = makeNode<Instruction>(
		func.nextNode++,
		{ op: "icmp", type: "i32", predicate: "eq", args },
		block,
	);
	if (t.place) node.place = t.place;
	block.body.push(node);
	const to = { then: only.target, otherwise: t.otherwise };
	const end = terminate(func, block, { op: "condbr", ...to, args: [node] });
	if (t.place) end.place = t.place;
	return true;
}

function avoidUnreachable(func: Func, block: Block, ways: readonly Block[]): boolean {
	const isDead = (b: Block) => b.terminator.op === "unreachable" && b.body.length === 0;
	const live = ways.filter((b) => !isDead(b));
	const [only] = live;
	if (live.length === ways.length || live.length !== 1 || !only) return false;
	jump(func, block, only);
	return true;
}

/** Blocks that hold nothing but a jump: their predecessors go on directly. */
function forwardEmpty(func: Func): boolean {
	let users: Node[][] | undefined;
	const places = new Map<Block, number>();
	for (const [i, block] of func.blocks.entries()) places.set(block, i);
	let changed = false;
	for (const block of func.blocks) {
		const t = block.terminator;
		if (t.op !== "br" || block.body.length > 0 || block === func.blocks[0]) continue;
		const { target } = t;
		if (target === block || block.unroll !== undefined || block.preds.length === 0) continue;
		if (block.phis.length > 0) users ??= usersOf(func).map((list) => list ?? []);
		if (!canForward(block, target, users ?? [], places)) continue;
		const { preds } = block;
		forward(block, target, users);
		replacePred(target, block, preds, places);
		changed = true;
	}
	return changed;
}

/** Puts the predecessors of `block` for it, in the order of blocks. */
function replacePred(
	target: Block,
	block: Block,
	preds: readonly Block[],
	places: ReadonlyMap<Block, number>,
): void {
	const list = target.preds;
	const at = search(list, block, places);
	if (list[at] === block) list.splice(at, 1);
	for (const pred of preds) {
		const to = search(list, pred, places);
		if (list[to] !== pred) list.splice(to, 0, pred);
	}
}

/** Where a block stands in a list that is in the order of blocks, or would stand. */
function search(list: readonly Block[], block: Block, places: ReadonlyMap<Block, number>): number {
	const place = places.get(block) ?? 0;
	let [low, high] = [0, list.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		const other = list[middle];
		if (other && (places.get(other) ?? 0) < place) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Phis of `block` may only feed phis of `target`, and a block that precedes both must mean the same value on both ways. */
function canForward(
	block: Block,
	target: Block,
	users: readonly Node[][],
	places: ReadonlyMap<Block, number>,
): boolean {
	if (block.preds.some((p) => p.terminator.op === "asmgoto")) return false;
	if (block.phis.length > 0) {
		const feeds = (phi: Node) =>
			target.phis.filter((p) => p.args.some((a, i) => a === phi && p.from[i] === block)).length;
		for (const phi of block.phis) if (feeds(phi) === 0) return false;
		if (!onlyFeeds(block, target, users)) return false;
	}
	for (const pred of block.preds) {
		if (target.phis.length === 0) break;
		if (target.preds[search(target.preds, pred, places)] !== pred) continue;
		for (const phi of target.phis) {
			const direct = phi.args[phi.from.indexOf(pred)];
			if (direct !== incoming(block, phi.args[phi.from.indexOf(block)], pred)) return false;
		}
	}
	return true;
}

/** What a value that leaves `block` is when control came from `pred`. */
function incoming(block: Block, value: Node | undefined, pred: Block): Node | undefined {
	return value?.op === "phi" && value.block === block
		? value.args[value.from.indexOf(pred)]
		: value;
}

/** Whether the phis of `block` are used by phis of `target` for that edge alone. Users may be listed that are gone. */
function onlyFeeds(block: Block, target: Block, users: readonly Node[][]): boolean {
	for (const own of block.phis)
		for (const user of users[own.id] ?? []) {
			if (user.op !== "phi") return false;
			if (!user.block?.phis.includes(user)) continue;
			for (const [i, arg] of user.args.entries())
				if (arg === own && !(user.block === target && user.from[i] === block)) return false;
		}
	return true;
}

function forward(block: Block, target: Block, users: Node[][] | undefined): void {
	for (const phi of target.phis) {
		const at = phi.from.indexOf(block);
		const value = phi.args[at];
		phi.from.splice(at, 1);
		phi.args.splice(at, 1);
		for (const pred of block.preds) {
			if (phi.from.includes(pred)) continue;
			const arg = incoming(block, value, pred);
			if (!arg) continue;
			phi.from.push(pred);
			phi.args.push(arg);
			users?.[arg.id]?.push(phi);
		}
	}
	for (const pred of block.preds) retarget(pred.terminator, block, target);
	block.preds = [];
	block.phis = [];
	// Nothing reaches it any more; its edge must not count.
	block.terminator = makeNode(block.terminator.id, { op: "unreachable", args: [] }, block);
}

/** A block and its only successor, if it is that one's only predecessor, become one. */
function mergeChains(func: Func): boolean {
	let changed = false;
	const gone = new Set<Block>();
	const by = new Map<Node, Node>();
	for (const block of func.blocks) {
		if (gone.has(block)) continue;
		for (;;) {
			const t = block.terminator;
			if (t.op !== "br" || t.target === block || t.target.preds.length !== 1) break;
			if (t.target === func.blocks[0]) break;
			absorb(block, t.target, by);
			gone.add(t.target);
			changed = true;
		}
	}
	if (gone.size > 0) {
		func.blocks = func.blocks.filter((b) => !gone.has(b));
		replaceUses(func, by);
		predecessors(func);
	}
	return changed;
}

function absorb(block: Block, next: Block, by: Map<Node, Node>): void {
	for (const phi of next.phis) {
		const [value] = phi.args;
		if (value) by.set(phi, value);
	}
	for (const node of next.body) {
		node.block = block;
		block.body.push(node);
	}
	next.terminator.block = block;
	block.terminator = next.terminator;
	for (const after of successors(block)) {
		for (const phi of after.phis) phi.from = phi.from.map((f) => (f === next ? block : f));
		after.preds = after.preds.map((p) => (p === next ? block : p));
	}
}
