// Loads where ways meet, of what all ways but one know already: the one that does not loads by itself, the others bring what they have.
// Takes a function of which each way by itself says no more; leaves loops alone.

import { escapedAllocas, mayOverlap, touch } from "./alias.ts";
import { detachedBlock } from "./build.ts";
import { usersOf } from "./edit.ts";
import { dominators, predecessors, retarget, successors } from "./graph.ts";
import type { Block, Func, Instruction, Node, Phi } from "./ir.ts";
import { isBarrier, written } from "./memory.ts";

type Load = Instruction & { op: "load" };

/** How many blocks in a row are looked through for a value. */
const reach = 8;

/** Says whether it changed anything. */
export function joinLoads(func: Func): boolean {
	predecessors(func);
	const escaped = escapedAllocas(func);
	const doms = dominators(func);
	const work = new Joining(func);
	for (const block of func.blocks) {
		const { preds } = block;
		if (preds.length < 2 || new Set(preds).size < preds.length) continue;
		if (preds.some((p) => doms.dominates(block, p))) continue;
		for (const load of firstLoads(block, escaped)) {
			const known = preds.map((p) => valueAtEnd(p, load, block, escaped));
			const missing = known.filter((v) => v === undefined).length;
			if (missing > 1 || missing === known.length) continue;
			work.join(block, load, known);
			// Edges may have new blocks now.
			break;
		}
	}
	return work.finish();
}

/** Loads of a block that nothing before in the block writes over, by addresses that are known when the block is entered. */
function firstLoads(block: Block, escaped: ReadonlySet<Node>): Load[] {
	const found: Load[] = [];
	const writes: Node[] = [];
	for (const node of block.body) {
		if (isBarrier(node) || node.op === "asm") break;
		if (written(node)) writes.push(node);
		if (node.op !== "load" || node.volatile || !fits(node)) continue;
		const [pointer] = node.args;
		if (!pointer || !isPortable(pointer, block, 0)) continue;
		const at = touch(pointer, node.size);
		const isOver = (w: Node) => {
			const bytes = written(w);
			return bytes !== undefined && mayOverlap(bytes, at, escaped);
		};
		if (!writes.some(isOver)) found.push(node);
	}
	return found;
}

/** A load whose value is what a store of its size has put there. */
function fits(load: Load): boolean {
	return load.size === 8 || (load.size === 4 && load.type === "i32");
}

function isPortable(pointer: Node, block: Block, depth: number): boolean {
	if (!pointer.block || pointer.block !== block) return true;
	if (depth > 3 || (pointer.op !== "ptradd" && pointer.op !== "spacecast")) return false;
	return pointer.args.every((a) => isPortable(a, block, depth + 1));
}

/** Whether two addresses are the same by how they are made. */
function isSame(a: Node | undefined, b: Node | undefined, depth = 0): boolean {
	if (a === b) return true;
	if (!a || !b || depth > 3 || a.op !== b.op) return false;
	if (a.op === "spacecast" && b.op === "spacecast" && a.from === b.from && a.into === b.into)
		return isSame(a.args[0], b.args[0], depth + 1);
	if (a.op !== "ptradd") return false;
	return isSame(a.args[0], b.args[0], depth + 1) && isSame(a.args[1], b.args[1], depth + 1);
}

/** What the bytes of `load` hold behind `from`, if its stores and loads tell. */
function valueAtEnd(
	from: Block,
	load: Load,
	join: Block,
	escaped: ReadonlySet<Node>,
): Node | undefined {
	const [pointer] = load.args;
	if (!pointer) return undefined;
	const at = touch(pointer, load.size);
	let block: Block | undefined = from;
	for (let i = 0; i < reach && block && block !== join; i++) {
		for (let k = block.body.length - 1; k >= 0; k--) {
			const node = block.body[k];
			if (!node) continue;
			const value = contents(node, load);
			if (value) return value;
			if (isBarrier(node) || node.op === "asm" || node.op === "lifetime") return undefined;
			const bytes = written(node);
			if (bytes && mayOverlap(bytes, at, escaped)) return undefined;
		}
		const [only]: Block[] = block.preds;
		block = block.preds.length === 1 && only?.terminator.op !== "asmgoto" ? only : undefined;
	}
	return undefined;
}

/** The value that an instruction puts or finds where `load` reads. */
function contents(node: Instruction, load: Load): Node | undefined {
	if (node.op !== "store" && node.op !== "load") return undefined;
	if (node.volatile || node.size !== load.size || !isSame(node.args[0], load.args[0]))
		return undefined;
	const value = node.op === "store" ? node.args[1] : node;
	return value?.type === load.type ? value : undefined;
}

function hasOneWay(block: Block): boolean {
	const t = block.terminator;
	if (t.op === "switch") return t.cases.every((c) => c.target === t.otherwise);
	return successors(block).length === 1;
}

/** Changes the function load by load; new blocks come in at the end. */
class Joining {
	readonly #func: Func;
	readonly #places: ReadonlyMap<Block, number>;
	/** New blocks, by the block in front of which they come. */
	readonly #made = new Map<Block, Block>();
	#users: (Node[] | undefined)[] | undefined;

	constructor(func: Func) {
		this.#func = func;
		this.#places = new Map(func.blocks.map((b, i) => [b, i]));
	}

	/** Whether anything was done. */
	finish(): boolean {
		if (!this.#users) return false;
		this.#func.blocks = this.#func.blocks.flatMap((b) => [...(this.#edgeTo(b) ?? []), b]);
		predecessors(this.#func);
		return true;
	}

	#edgeTo(block: Block): Block[] | undefined {
		const made = this.#made.get(block);
		return made && [made];
	}

	join(block: Block, load: Load, known: readonly (Node | undefined)[]): void {
		const func = this.#func;
		this.#users ??= [...usersOf(func)];
		const phi: Phi = {
			id: func.nextNode++,
			op: "phi",
			type: load.type,
			args: [],
			from: [],
			block,
		};
		if (load.place) phi.place = load.place;
		if (load.name !== undefined) phi.name = load.name;
		const preds = [...block.preds];
		preds.forEach((pred, i) => {
			const value = known[i];
			phi.from.push(value ? pred : this.#edge(pred, block));
			phi.args.push(value ?? load);
		});
		const at = known.indexOf(undefined);
		const from = phi.from[at];
		if (from) phi.args[at] = this.#loadIn(from, load, block);
		block.phis.push(phi);
		this.#uses(phi);
		block.body = block.body.filter((n) => n !== load);
		for (const user of this.#users[load.id] ?? []) {
			user.args = user.args.map((a) => (a === load ? phi : a));
			this.#use(phi, user);
		}
	}

	#use(value: Node, user: Node): void {
		const list = this.#users?.[value.id];
		if (list) list.push(user);
		else if (this.#users) this.#users[value.id] = [user];
	}

	#uses(user: Node): void {
		for (const arg of user.args) this.#use(arg, user);
	}

	/** A block that does nothing but go from one to the other. */
	#edge(from: Block, to: Block): Block {
		if (hasOneWay(from)) return from;
		const made = detachedBlock(this.#func);
		made.terminator = { id: made.terminator.id, op: "br", target: to, args: [], block: made };
		retarget(from.terminator, to, made);
		for (const phi of to.phis) phi.from = phi.from.map((f) => (f === from ? made : f));
		this.#made.set(to, made);
		made.preds = [from];
		const place = (b: Block) => this.#places.get(b) ?? (this.#places.get(to) ?? 0) - 0.5;
		to.preds = to.preds.map((p) => (p === from ? made : p)).sort((a, b) => place(a) - place(b));
		return made;
	}

	/** A copy of the load at the end of `block`, with what of its address is made behind it. */
	#loadIn(block: Block, load: Load, home: Block): Node {
		const copy = (node: Node): Node => {
			if (node.block !== home) return node;
			const made = { ...node, id: this.#func.nextNode++, args: node.args.map(copy), block };
			block.body.push(made as Instruction);
			this.#uses(made as Node);
			return made as Node;
		};
		return copy(load);
	}
}
