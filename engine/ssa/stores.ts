// Stores: those that are overwritten or forgotten before anybody reads them go away, neighbouring constants become one wider store.

import { addEscapes, escapedAtEntry, type Touch, touch } from "./alias.ts";
import { constant } from "./build.ts";
import { alignAt, isSize, locate } from "./edit.ts";
import { reversePostorder, successors } from "./graph.ts";
import type { Block, Func, Instruction, Module, Node } from "./ir.ts";
import { isBarrier } from "./memory.ts";
import { globalOf } from "./named.ts";

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
		const words = new Words(run.filter((s) => !gone.has(s)));
		for (const low of words.all) {
			const high = gone.has(low.store) ? undefined : words.after(low, gone);
			if (!high || !join(func, module, low, high, words)) continue;
			gone.add(high.store);
			again = true;
		}
	}
}

/** A store of a run, and the bytes that it writes. */
interface Word {
	readonly store: Store;
	readonly at: number;
	readonly base: Node;
	readonly offset: number;
}

/** The stores of a run by what they write. */
class Words {
	readonly all: readonly Word[];
	/** By base and first byte, in the order of the run. */
	readonly #first = new Map<Node, Map<number, Word[]>>();
	/** By base and byte: places in the run. */
	readonly #bytes = new Map<Node, Map<number, number[]>>();
	/** For each place the next one with another base. */
	readonly #other: number[] = [];

	constructor(run: readonly Store[]) {
		const all: Word[] = [];
		for (const [at, store] of run.entries()) {
			const [to] = store.args;
			if (!to) continue;
			const word = { store, at, ...locate(to) };
			all.push(word);
			listAt(this.#first, word.base, word.offset).push(word);
			this.#cover(word, 0);
		}
		this.all = all;
		for (let i = all.length - 1, next = run.length; i >= 0; i--) {
			const word = all[i];
			const behind = all[i + 1];
			if (!word) continue;
			if (behind && behind.base !== word.base) next = behind.at;
			this.#other[word.at] = next;
		}
	}

	/** The first that continues `low` with a constant of the same size. */
	after(low: Word, gone: ReadonlySet<Node>): Word | undefined {
		const { size, args } = low.store;
		if (size === 8 || args[1]?.op !== "const") return undefined;
		// A parameter may be the context, whose fields are accessed as they are declared.
		if (args[0] && touch(args[0], 1).root.op === "param") return undefined;
		const fits = ({ store }: Word) =>
			store.size === size && store.args[1]?.op === "const" && !gone.has(store);
		return this.#first
			.get(low.base)
			?.get(low.offset + size)
			?.find(fits);
	}

	/** Whether a store between two of one base may write one of their bytes: another base may be the same memory. */
	disturbed(a: Word, b: Word): boolean {
		const [from, to] = a.at < b.at ? [a, b] : [b, a];
		if ((this.#other[from.at] ?? 0) < to.at) return true;
		const bytes = this.#bytes.get(a.base);
		for (let byte = a.offset; byte < b.offset + b.store.size; byte++) {
			const places = bytes?.get(byte) ?? [];
			const next = places[upperBound(places, from.at)];
			if (next !== undefined && next < to.at) return true;
		}
		return false;
	}

	/** Takes note that `word` has become wider: it was `size` bytes. */
	widened(word: Word, size: number): void {
		this.#cover(word, size);
	}

	#cover(word: Word, from: number): void {
		for (let i = from; i < word.store.size; i++) {
			const places = listAt(this.#bytes, word.base, word.offset + i);
			if (places.length === 0 || (places.at(-1) ?? 0) < word.at) places.push(word.at);
			else places.splice(upperBound(places, word.at), 0, word.at);
		}
	}
}

function listAt<T>(table: Map<Node, Map<number, T[]>>, base: Node, offset: number): T[] {
	let inner = table.get(base);
	if (!inner) {
		inner = new Map();
		table.set(base, inner);
	}
	let list = inner.get(offset);
	if (!list) {
		list = [];
		inner.set(offset, list);
	}
	return list;
}

/** The first index whose entry is more than `value`, of a list that ascends. */
function upperBound(list: readonly number[], value: number): number {
	let low = 0;
	let high = list.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((list[middle] ?? 0) > value) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** Widens `low` to take `high` in; both must be the last word on their bytes in the run. */
function join(func: Func, module: Module, low: Word, high: Word, words: Words): boolean {
	const { store, base, offset } = low;
	const a = store.args[1];
	const b = high.store.args[1];
	if (a?.op !== "const" || b?.op !== "const") return false;
	const half = store.size;
	const size = half * 2;
	if (!isSize(size) || Math.max(store.align, alignOf(base, offset, module)) < size) return false;
	if (words.disturbed(low, high)) return false;
	const width = BigInt(half * 8);
	const value =
		(BigInt.asUintN(Number(width), b.value) << width) | BigInt.asUintN(Number(width), a.value);
	store.size = size;
	store.align = Math.max(store.align, size);
	store.args[1] = constant(func, size === 8 ? "i64" : "i32", value);
	words.widened(low, half);
	return true;
}

function alignOf(base: Node, offset: number, module: Module): number {
	if (base.op === "alloca") {
		if (base.size >= 8 && base.align < 8) base.align = 8;
		return alignAt(base.align, offset);
	}
	if (base.op !== "global") return 1;
	const global = globalOf(module, base.symbol);
	return global ? alignAt(global.align, offset) : 1;
}
