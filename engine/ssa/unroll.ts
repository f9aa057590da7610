// Unrolling: loops whose number of turns is found by running their control become straight code if that is small, or if the source asks
// for it.

import { newBlock } from "./build.ts";
import { cloneBlocks } from "./clone.ts";
import { fromRoot } from "./compare.ts";
import { evaluateBinary, evaluateCompare, unsigned } from "./evaluate.ts";
import { predecessors, removeIncoming, retarget, successors } from "./graph.ts";
import type { Block, Func, Node, Predicate } from "./ir.ts";
import { findLoops, type Loop } from "./loops.ts";
import { promote } from "./promote.ts";
import { demote } from "./repair.ts";

/** Most turns, and instructions after unrolling, without and with a wish in the source. */
const limits = {
	own: { turns: 64, size: 150 },
	asked: { turns: 4096, size: 16000 },
} as const;

/** Unrolls what it may, one inner loop at a time; says whether anything changed. */
export function unrollLoops(func: Func): boolean {
	let changed = false;
	// Inner loops come first, so what is refused once has nothing left inside that could still become small.
	const refused = new Set<Block>();
	for (let i = 0; i < 64; i++) {
		const loop = findLoops(func).find((l) => {
			if (refused.has(l.header)) return false;
			if (isWorth(l)) return true;
			refused.add(l.header);
			return false;
		});
		if (!loop) break;
		unroll(func, loop, turnsOf(loop) ?? 1);
		changed = true;
	}
	return changed;
}

function sizeOf(loop: Loop): number {
	let size = 0;
	for (const block of loop.blocks)
		for (const node of block.body)
			if (node.op !== "lifetime" && node.op !== "alloca") size += node.op === "call" ? 5 : 1;
	return size;
}

function isWorth(loop: Loop): boolean {
	const wish = loop.header.unroll ?? latchWish(loop);
	if (wish === "none" || wish === 1) return false;
	const limit = wish === undefined ? limits.own : limits.asked;
	for (const block of loop.blocks) if (block.terminator.op === "asmgoto") return false;
	const turns = turnsOf(loop, limit.turns);
	if (turns === undefined) return false;
	return turns * sizeOf(loop) <= limit.size;
}

function latchWish(loop: Loop): Block["unroll"] {
	for (const block of loop.latches) if (block.unroll !== undefined) return block.unroll;
	return undefined;
}

/** How often the header runs, found by following the loop's own control with constants; undefined if that does not end or is not known. */
function turnsOf(loop: Loop, most: number = limits.asked.turns): number | undefined {
	const { header, latches } = loop;
	const [latch] = latches;
	if (latches.length !== 1 || !latch) return undefined;
	let values = new Map<Node, bigint>();
	let root: Node | undefined;
	for (const phi of header.phis) {
		const outer = phi.args.filter((_, i) => phi.from[i] !== latch);
		const [first] = outer;
		if (!first || outer.some((a) => a !== first)) continue;
		if (first.op === "const") {
			if (phi.type !== "ptr") values.set(phi, first.value);
		} else if (phi.type === "ptr") {
			const start = fromRoot(first);
			root ??= start.root;
			if (start.root === root) values.set(phi, start.bytes);
		}
	}
	if (root) seedRoot(values, root);
	for (let turn = 1; turn <= most + 1; turn++) {
		const known = values;
		const decided = decidedExit(loop, known);
		if (decided === "leaves") return turn;
		if (decided === "unknown") return undefined;
		values = new Map();
		for (const phi of header.phis) {
			const next = phi.args[phi.from.indexOf(latch)];
			const value = next && evaluate(next, known, loop, 0);
			if (value !== undefined) values.set(phi, value);
		}
		if (values.size === 0) return undefined;
		if (root) seedRoot(values, root);
	}
	return undefined;
}

/** Pointers count in bytes from one value that the loop does not change. */
function seedRoot(values: Map<Node, bigint>, root: Node): void {
	values.set(root, 0n);
}

/** Whether this turn surely ends the loop, or surely goes on if it comes to its end. */
function decidedExit(loop: Loop, known: Map<Node, bigint>): "leaves" | "stays" | "unknown" {
	let at: Block | undefined = loop.header;
	const seen = new Set<Block>();
	while (at && !seen.has(at)) {
		seen.add(at);
		const next: Block | undefined = follow(at, known, loop);
		if (next === loop.header) return "stays";
		if (next && !loop.blocks.has(next)) return "leaves";
		at = next ?? rejoin(at, loop);
	}
	return "unknown";
}

function follow(block: Block, known: Map<Node, bigint>, loop: Loop): Block | undefined {
	const t = block.terminator;
	if (t.op === "br") return t.target;
	const [condition] = t.args;
	if (t.op !== "condbr" || !condition) return undefined;
	const value = evaluate(condition, known, loop, 0);
	return value === undefined ? undefined : value !== 0n ? t.then : t.otherwise;
}

/** Where an undecided branch inside of the loop comes together again: the latch if it ends every turn. */
function rejoin(block: Block, loop: Loop): Block | undefined {
	const [latch] = loop.latches;
	if (!latch || latch === block) return undefined;
	return latch;
}

function evaluate(
	node: Node,
	known: Map<Node, bigint>,
	loop: Loop,
	depth: number,
): bigint | undefined {
	if (node.op === "const") return node.value;
	const found = known.get(node);
	if (found !== undefined) return found;
	const outside = !node.block || !loop.blocks.has(node.block);
	if (outside && node.op === "ptradd") {
		const { root, bytes } = fromRoot(node);
		const start = known.get(root);
		return start === undefined ? undefined : start + bytes;
	}
	if (depth > 24 || outside || node.op === "phi") return undefined;
	const value = compute(node, (n) => evaluate(n, known, loop, depth + 1));
	if (value !== undefined) known.set(node, value);
	return value;
}

function compute(node: Node, of: (n: Node) => bigint | undefined): bigint | undefined {
	const [x, y] = node.args;
	if (!x) return undefined;
	switch (node.op) {
		case "zext": {
			const a = of(x);
			return a === undefined ? undefined : unsigned("i32", a);
		}
		case "trunc": {
			const a = of(x);
			return a === undefined ? undefined : BigInt.asIntN(32, a);
		}
		case "sext": {
			const a = of(x);
			return a === undefined ? undefined : BigInt.asIntN(node.bits, a);
		}
		case "icmp": {
			const [a, b] = [of(x), y && of(y)];
			if (a === undefined || b === undefined) return undefined;
			if (x.type === "ptr")
				return x.op === "const" || y?.op === "const" ? undefined : distance(node.predicate, a - b);
			return evaluateCompare(node.predicate, x.type ?? "i64", a, b) ? 1n : 0n;
		}
		case "ptradd": {
			const [a, b] = [of(x), y && of(y)];
			return a === undefined || b === undefined ? undefined : a + b;
		}
		case "add":
		case "sub":
		case "mul":
		case "and":
		case "or":
		case "xor":
		case "shl":
		case "lshr":
		case "ashr":
		case "udiv":
		case "urem": {
			const [a, b] = [of(x), y && of(y)];
			return a === undefined || b === undefined
				? undefined
				: evaluateBinary(node.op, node.type, a, b);
		}
		default:
			return undefined;
	}
}

/** A comparison of two pointers into one object, by their distance. */
function distance(predicate: Predicate, bytes: bigint): bigint {
	const signed = predicate.startsWith("u") ? (`s${predicate.slice(1)}` as Predicate) : predicate;
	return evaluateCompare(signed, "i64", bytes, 0n) ? 1n : 0n;
}

/** Makes `turns` copies in a row; the last one's way back becomes unreachable. */
function unroll(func: Func, loop: Loop, turns: number): void {
	const { header } = loop;
	const [latch] = loop.latches;
	if (!latch) return;
	const variables = demote(func, loop.blocks);
	const originals = func.blocks.filter((b) => loop.blocks.has(b));
	delete header.unroll;
	delete latch.unroll;
	const next = new Map(header.phis.map((p) => [p, p.args[p.from.indexOf(latch)] ?? p]));
	const turn: { latch: Block; header: Block; values: ReadonlyMap<Node, Node> }[] = [
		{ latch, header, values: new Map() },
	];
	let place = func.blocks.indexOf(originals.at(-1) ?? header) + 1;
	for (let i = 1; i < turns; i++) {
		const values = new Map<Node, Node>();
		const copies = cloneBlocks(func, originals, values);
		turn.push({ latch: copies.get(latch) ?? latch, header: copies.get(header) ?? header, values });
		extendExits(loop, copies, values);
		func.blocks.splice(place, 0, ...copies.values());
		place += copies.size;
	}
	const end = newBlock(func);
	// Only now, so that every copy was made of the untouched original.
	turn.forEach((at, i) => {
		const after = turn[i + 1];
		retarget(at.latch.terminator, at.header, after?.header ?? end);
		header.phis.forEach((phi, k) => {
			const copy = after?.header.phis[k];
			const value = next.get(phi) ?? phi;
			if (!copy) return;
			copy.args = [at.values.get(value) ?? value];
			copy.from = [at.latch];
		});
	});
	removeIncoming(header, latch);
	predecessors(func);
	promote(func, variables);
}

/** Phis behind the loop get what comes from the copy. */
function extendExits(
	loop: Loop,
	copies: ReadonlyMap<Block, Block>,
	values: ReadonlyMap<Node, Node>,
): void {
	for (const [block, copy] of copies)
		for (const next of successors(block)) {
			if (loop.blocks.has(next)) continue;
			for (const phi of next.phis) {
				const arg = phi.args[phi.from.indexOf(block)];
				if (!arg || phi.from.includes(copy)) continue;
				phi.from.push(copy);
				phi.args.push(values.get(arg) ?? arg);
			}
		}
}
