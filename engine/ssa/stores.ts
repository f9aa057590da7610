// Stores: those that are overwritten or forgotten before anybody reads them go away, neighbouring constants become one wider store.

import { addEscapes, escapedAtEntry, type Touch, touch } from "./alias.ts";
import { constant } from "./build.ts";
import { alignAt, isSize, locate } from "./edit.ts";
import { reversePostorder, successors } from "./graph.ts";
import type { Block, Func, Instruction, Module, Node } from "./ir.ts";
import { isBarrier } from "./memory.ts";

/** Bytes from `base` on that will be written before they are read, one bit each. */
type Dead = Map<Node, bigint>;

/** Offsets beyond are not tracked. */
const reach = 512;

/** Removes dead stores. Says whether any went. */
export function removeDeadStores(func: Func): boolean {
	const entries = escapedAtEntry(func);
	const allocas = (func.blocks[0]?.body ?? []).filter((n) => n.op === "alloca");
	const heads = new Map<Block, Dead>();
	let changed = false;
	for (const block of reversePostorder(func).reverse()) {
		const dead = atEnd(block, heads, allocas);
		const keep: Instruction[] = [];
		const escaped = escapedAlong(block, entries.get(block) ?? new Set());
		read(block.terminator, dead, escaped[block.body.length] ?? new Set());
		for (let i = block.body.length - 1; i >= 0; i--) {
			const node = block.body[i];
			if (!node) continue;
			if (isDead(node, dead)) changed = true;
			else {
				step(node, dead, escaped[i] ?? new Set());
				keep.push(node);
			}
		}
		if (keep.length < block.body.length) block.body = keep.reverse();
		heads.set(block, dead);
	}
	return changed;
}

/** For each instruction and the terminator: what has escaped when it is done. */
function escapedAlong(block: Block, entry: ReadonlySet<Node>): ReadonlySet<Node>[] {
	const sets: ReadonlySet<Node>[] = [];
	let current = new Set(entry);
	for (const phi of block.phis) addEscapes(phi, current);
	for (const node of [...block.body, block.terminator]) {
		const next = new Set<Node>();
		addEscapes(node, next);
		if ([...next].some((n) => !current.has(n))) current = new Set([...current, ...next]);
		sets.push(current);
	}
	return sets;
}

function ones(size: number): bigint {
	return (1n << BigInt(size)) - 1n;
}

/** What is dead behind the terminator: on all ways on, or the whole stack at a return. */
function atEnd(
	block: Block,
	heads: ReadonlyMap<Block, Dead>,
	allocas: readonly (Instruction & { op: "alloca" })[],
): Dead {
	const ways = successors(block);
	const first = ways[0] && heads.get(ways[0]);
	if (ways.length === 0) {
		if (block.terminator.op !== "ret") return new Map();
		return new Map(allocas.filter((a) => a.size <= reach).map((a) => [a, ones(a.size)]));
	}
	const dead: Dead = new Map(first);
	for (const way of ways.slice(1))
		for (const [base, bytes] of dead) dead.set(base, bytes & (heads.get(way)?.get(base) ?? 0n));
	return dead;
}

function bits(at: Touch): bigint {
	if (at.offset < 0 || at.offset + at.size > reach) return 0n;
	return ones(at.size) << BigInt(at.offset);
}

function isDead(node: Instruction, dead: Dead): boolean {
	const [to] = node.args;
	if (!to) return false;
	if (node.op === "store" ? node.volatile : node.op !== "memcpy" && node.op !== "memset")
		return false;
	if (node.op !== "store" && node.op !== "memcpy" && node.op !== "memset") return false;
	const at = touch(to, node.size);
	const mask = bits(at);
	return mask !== 0n && ((dead.get(at.base) ?? 0n) & mask) === mask;
}

function step(node: Instruction, dead: Dead, escaped: ReadonlySet<Node>): void {
	const [to] = node.args;
	if (node.op === "lifetime" && to?.op === "alloca") {
		if (to.size <= reach) dead.set(to, ones(to.size));
		return;
	}
	if (node.op === "memcpy") {
		write(to, node.size, dead);
		const [, from] = node.args;
		if (from) readAt(touch(from, node.size), dead, escaped);
		return;
	}
	if ((node.op === "store" && !node.volatile) || node.op === "memset") {
		write(to, node.size, dead);
		return;
	}
	// What is computed here is not the base of anything above.
	dead.delete(node);
	read(node, dead, escaped);
}

function write(to: Node | undefined, size: number, dead: Dead): void {
	if (!to) return;
	const at = touch(to, size);
	dead.set(at.base, (dead.get(at.base) ?? 0n) | bits(at));
}

function read(node: Node, dead: Dead, escaped: ReadonlySet<Node>): void {
	const [from] = node.args;
	if (node.op === "load" && from) {
		readAt(touch(from, node.size), dead, escaped);
		return;
	}
	const outside = isBarrier(node) || (node.op === "asm" && node.asm.volatile) || node.op === "ret";
	if (!outside) return;
	for (const base of [...dead.keys()]) {
		if (base.op === "alloca" && (node.op === "ret" || !escaped.has(base))) continue;
		dead.delete(base);
	}
}

function readAt(at: Touch, dead: Dead, escaped: ReadonlySet<Node>): void {
	for (const [base, bytes] of [...dead]) {
		if (base === at.base) {
			if (at.offset >= reach) {
				dead.delete(base);
				continue;
			}
			const mask = at.offset < 0 ? ones(reach) : ones(at.size) << BigInt(at.offset);
			dead.set(base, bytes & ~mask);
			continue;
		}
		let root = base;
		while (root.op === "ptradd" && root.args[0]) root = root.args[0];
		const apart =
			(isObject(root) && isObject(at.root) && !sameObject(root, at.root)) ||
			(root.op === "alloca" && !escaped.has(root) && at.root !== root) ||
			(at.root.op === "alloca" && !escaped.has(at.root) && at.root !== root);
		if (!apart) dead.delete(base);
	}
}

function isObject(node: Node): boolean {
	return node.op === "alloca" || node.op === "global";
}

function sameObject(a: Node, b: Node): boolean {
	return a === b || (a.op === "global" && b.op === "global" && a.symbol === b.symbol);
}

type Store = Instruction & { op: "store" };

/** Joins stores of constants that follow each other in memory, and with nothing in between that may read or write memory. */
export function joinStores(func: Func, module: Module): boolean {
	let changed = false;
	for (const block of func.blocks) {
		let run: Store[] = [];
		const gone = new Set<Node>();
		for (const node of [...block.body, block.terminator]) {
			if (node.op === "store" && !node.volatile) {
				run.push(node);
				continue;
			}
			if (isQuiet(node)) continue;
			if (run.length > 1) joinRun(func, module, run, gone);
			run = [];
		}
		if (gone.size === 0) continue;
		block.body = block.body.filter((n) => !gone.has(n));
		changed = true;
	}
	return changed;
}

function isQuiet(node: Node): boolean {
	switch (node.op) {
		case "load":
		case "memcpy":
		case "memset":
		case "store":
		case "asm":
		case "asmout":
		case "lifetime":
		case "br":
		case "condbr":
		case "switch":
		case "ret":
		case "unreachable":
			return false;
		default:
			return !isBarrier(node);
	}
}

function joinRun(func: Func, module: Module, run: readonly Store[], gone: Set<Node>): void {
	for (let again = true; again; ) {
		again = false;
		const left = run.filter((s) => !gone.has(s));
		for (const low of left) {
			const high = left.find((s) => s !== low && !gone.has(s) && follows(low, s));
			if (!high || gone.has(low) || !join(func, module, low, high, left)) continue;
			gone.add(high);
			again = true;
		}
	}
}

function follows(low: Store, high: Store): boolean {
	const [a, b] = [low.args[0], high.args[0]];
	if (!a || !b || low.size !== high.size || low.size === 8) return false;
	if (low.args[1]?.op !== "const" || high.args[1]?.op !== "const") return false;
	const [x, y] = [locate(a), locate(b)];
	// A parameter may be the context, whose fields are accessed as they are declared.
	const isContext = touch(a, 1).root.op === "param";
	return x.base === y.base && x.offset + low.size === y.offset && !isContext;
}

/** Widens `low` to take `high` in; both must be the last word on their bytes in the run. */
function join(func: Func, module: Module, low: Store, high: Store, run: readonly Store[]): boolean {
	const [pointer, a] = low.args;
	const b = high.args[1];
	if (!pointer || a?.op !== "const" || b?.op !== "const") return false;
	const size = low.size * 2;
	const { base, offset } = locate(pointer);
	if (!isSize(size) || Math.max(low.align, alignOf(base, offset, module)) < size) return false;
	const overlapping = run.filter((s) => {
		const to = s.args[0];
		if (s === low || s === high || !to) return false;
		const at = locate(to);
		return at.base !== base || (at.offset < offset + size && offset < at.offset + s.size);
	});
	// Other bases may be the same memory: only what lies wholly before or behind both is safe.
	const [from, to] = [run.indexOf(low), run.indexOf(high)].sort((x, y) => x - y);
	if (overlapping.some((s) => run.indexOf(s) > (from ?? 0) && run.indexOf(s) < (to ?? 0)))
		return false;
	const width = BigInt(low.size * 8);
	const value =
		(BigInt.asUintN(Number(width), b.value) << width) | BigInt.asUintN(Number(width), a.value);
	low.size = size;
	low.align = Math.max(low.align, size);
	low.args[1] = constant(func, size === 8 ? "i64" : "i32", value);
	return true;
}

function alignOf(base: Node, offset: number, module: Module): number {
	if (base.op === "alloca") {
		if (base.size >= 8 && base.align < 8) base.align = 8;
		return alignAt(base.align, offset);
	}
	if (base.op !== "global") return 1;
	const global = module.globals.find((g) => g.name === base.symbol);
	return global ? alignAt(global.align, offset) : 1;
}
