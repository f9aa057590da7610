// Common tails: where several blocks end with the same instructions on the way to one block or to the same return, those are done once behind
// a phi for what differs.

import { addPhi, detachedBlock, terminate } from "./build.ts";
import { predecessors } from "./graph.ts";
import type { Block, Func, Instruction, Node, Phi } from "./ir.ts";
import { printNode } from "./print.ts";

const bare = { places: false, names: false } as const;

/** Says whether anything was shared. */
export function shareTails(func: Func): boolean {
	let changed = false;
	for (let i = 0; i < 50; i++) {
		predecessors(func);
		if (!shareOne(func)) break;
		changed = true;
	}
	if (changed) predecessors(func);
	return changed;
}

function shareOne(func: Func): boolean {
	for (const group of groupsOf(func)) {
		const tail = tailOf(group);
		if (tail === 0) continue;
		const [first] = group;
		const target = first?.terminator.op === "br" ? first.terminator.target : undefined;
		const all = target !== undefined && target.preds.length === group.length;
		// A block of its own costs a jump.
		const real = first?.body.slice(-tail).filter((n) => weight(n) > 0).length ?? 0;
		if (real < (all || !target ? 1 : 2)) continue;
		share(func, group, tail);
		return true;
	}
	return false;
}

function weight(node: Instruction): number {
	if (
		node.op === "lifetime" ||
		node.op === "trunc" ||
		node.op === "ptrtoint" ||
		node.op === "inttoptr"
	)
		return 0;
	return node.op === "ptradd" && node.args[1]?.op === "const" ? 0 : 1;
}

/** Blocks that end alike: with a jump to one block, or a return of one value, behind the same kind of instruction. */
function groupsOf(func: Func): Block[][] {
	const groups = new Map<string, Block[]>();
	for (const block of func.blocks) {
		const t = block.terminator;
		const last = block.body.at(-1);
		if (!last || (t.op !== "br" && t.op !== "ret")) continue;
		if (t.op === "br" && (t.target === block || t.target.unroll !== undefined)) continue;
		const end = t.op === "br" ? `br ${t.target.id}` : `ret ${t.args[0]?.id}`;
		if (t.op === "ret" && t.args[0]?.block) continue;
		const key = `${end} ${shape(last)}`;
		const group = groups.get(key);
		if (group) group.push(block);
		else groups.set(key, [block]);
	}
	return [...groups.values()].filter((g) => g.length > 1);
}

function shape(node: Instruction): string {
	const types = node.args.map((a) => a.type).join();
	return `${printNode({ ...node, id: 0, args: [] }, bare)} ${types}`;
}

/** How many instructions at the end can be shared. */
function tailOf(group: readonly Block[]): number {
	const shortest = Math.min(...group.map((b) => b.body.length));
	const shared = new Map<Node, number>();
	let length = 0;
	while (length < shortest) {
		const row = group.map((b) => b.body[b.body.length - 1 - length]).filter((n) => n !== undefined);
		const [first] = row;
		if (!first || row.length !== group.length || !isShareable(first)) break;
		const text = shape(first);
		if (row.some((n) => shape(n) !== text)) break;
		if (!usesAreShared(row, group, shared)) break;
		if (countPhis(group, row) > 1) break;
		for (const node of row) shared.set(node, length);
		length++;
	}
	return withoutMisfits(group, length);
}

/** Cuts the tail below values that only some of the blocks compute there: a phi cannot take what is behind it. */
function withoutMisfits(group: readonly Block[], most: number): number {
	let length = most;
	const check = (args: readonly (Node | undefined)[]) => {
		const depths = args.map((a, i) => depthOf(a, group[i]));
		if (depths.every((d) => d === depths[0])) return;
		for (const d of depths) if (d > 0 && d <= length) length = d - 1;
	};
	const [first] = group;
	if (first?.terminator.op === "br")
		for (const phi of first.terminator.target.phis)
			check(group.map((b) => phi.args[phi.from.indexOf(b)]));
	for (let up = 1; up <= length; up++) {
		const row = group.map((b) => b.body[b.body.length - up]);
		for (let k = 0; k < (row[0]?.args.length ?? 0); k++) check(row.map((n) => n?.args[k]));
	}
	return length;
}

/** The place of a value from the end of a block, from 1; 0 if it is not made there. */
function depthOf(value: Node | undefined, block: Block | undefined): number {
	if (!value || !block || value.block !== block || value.op === "phi") return 0;
	return block.body.length - block.body.indexOf(value as Instruction);
}

function isShareable(node: Instruction): boolean {
	return node.op !== "alloca" && node.op !== "asm" && node.op !== "asmout" && node.op !== "isconst";
}

/** Whether all uses of the row's values are by the shared tail, or by one phi of the target for the edges of the group. */
function usesAreShared(
	row: readonly Instruction[],
	group: readonly Block[],
	shared: ReadonlyMap<Node, number>,
): boolean {
	return row.every((node, i) => {
		const block = group[i];
		return !block || outerUses(node, block, shared);
	});
}

function outerUses(node: Node, block: Block, shared: ReadonlyMap<Node, number>): boolean {
	if (node.type === undefined) return true;
	for (const other of block.body)
		if (other !== node && other.args.includes(node) && !shared.has(other)) return false;
	return !block.terminator.args.includes(node) && onlyPhis(node, block);
}

/** Outside of its block, only phis of the block's target use the value, and for this edge. */
function onlyPhis(node: Node, block: Block): boolean {
	const t = block.terminator;
	const target = t.op === "br" ? t.target : undefined;
	for (const phi of target?.phis ?? [])
		if (phi.args.some((a, i) => a === node && phi.from[i] !== block)) return false;
	const seen = new Set<Block>([block]);
	const work = target ? [target] : [];
	for (let at = work.pop(); at; at = work.pop()) {
		if (seen.has(at)) continue;
		seen.add(at);
		if (at !== target && at.phis.some((p) => p.args.includes(node))) return false;
		if ([...at.body, at.terminator].some((n) => n.args.includes(node))) return false;
		work.push(...nextOf(at));
	}
	return true;
}

function nextOf(block: Block): Block[] {
	const t = block.terminator;
	switch (t.op) {
		case "br":
			return [t.target];
		case "condbr":
			return [t.then, t.otherwise];
		case "switch":
			return [t.otherwise, ...t.cases.map((c) => c.target)];
		case "asmgoto":
			return [t.next, ...t.targets];
		default:
			return [];
	}
}

/** Operands that need a phi. An operand that the tail computes too will be shared if the row above is. */
function countPhis(group: readonly Block[], row: readonly Instruction[]): number {
	let phis = 0;
	const [first] = row;
	for (let k = 0; k < (first?.args.length ?? 0); k++) {
		const args = row.map((n) => n.args[k]);
		if (args.every((a) => a === args[0])) continue;
		const depths = args.map((a, i) => depthOf(a, group[i]));
		const aligned = depths.every((d) => d > 0 && d === depths[0]);
		if (!aligned) phis++;
		if (args.some((a) => a?.op === "alloca" || a?.op === "core")) phis += 2;
	}
	return phis;
}

/** Moves the last `length` instructions of every block of the group into one block. */
function share(func: Func, group: readonly Block[], length: number): void {
	const [first] = group;
	if (!first) return;
	const tail = detachedBlock(func);
	const moved = group.map((b) => b.body.splice(b.body.length - length));
	const stand = new Map<Node, Node>();
	moved[0]?.forEach((node, k) => {
		node.block = tail;
		tail.body.push(node);
		for (const list of moved) {
			const twin = list[k];
			if (twin) stand.set(twin, node);
		}
	});
	const made = new Map<string, Phi>();
	moved[0]?.forEach((node, k) => {
		node.args = node.args.map((_, n) => {
			const args = moved.map((list) => list[k]?.args[n]).filter((a) => a !== undefined);
			return meet(func, group, tail, args, stand, made);
		});
	});
	const t = first.terminator;
	if (t.op === "br") redirectPhis(func, group, t.target, tail, stand, made);
	const placed = t.place ? { place: t.place } : {};
	if (t.op === "br") terminate(func, tail, { op: "br", target: t.target, args: [], ...placed });
	else terminate(func, tail, { op: "ret", args: t.args, ...placed });
	for (const block of group) {
		const place = block.terminator.place;
		terminate(func, block, { op: "br", target: tail, args: [], ...(place ? { place } : {}) });
	}
	func.blocks.splice(func.blocks.indexOf(first) + 1, 0, tail);
}

/** The value in the shared block for what the blocks of the group have each. */
function meet(
	func: Func,
	group: readonly Block[],
	tail: Block,
	args: readonly Node[],
	stand: ReadonlyMap<Node, Node>,
	made: Map<string, Phi>,
): Node {
	const mapped = args.map((a) => stand.get(a) ?? a);
	const [value] = mapped;
	if (!value) throw new Error("Skep bug: a tail without operands");
	if (mapped.every((a) => a === value)) return value;
	const key = args.map((a) => a.id).join();
	const found = made.get(key);
	if (found) return found;
	const phi = addPhi(func, tail, value.type ?? "i64");
	phi.args = [...args];
	phi.from = [...group];
	if (value.name !== undefined) phi.name = value.name;
	made.set(key, phi);
	return phi;
}

/** The target's phis take what comes from the shared block. */
function redirectPhis(
	func: Func,
	group: readonly Block[],
	target: Block,
	tail: Block,
	stand: ReadonlyMap<Node, Node>,
	made: Map<string, Phi>,
): void {
	for (const phi of target.phis) {
		const args = group.map((b) => phi.args[phi.from.indexOf(b)]).filter((a) => a !== undefined);
		const value = meet(func, group, tail, args, stand, made);
		const rest = phi.from
			.map((f, i) => ({ f, a: phi.args[i] }))
			.filter((e) => !group.includes(e.f));
		phi.from = [...rest.map((e) => e.f), tail];
		phi.args = [...rest.map((e) => e.a).filter((a) => a !== undefined), value];
	}
}
