// Loads where ways meet, of what all ways but one know already: the one that does not loads by itself, the others bring what they have.
// Takes a function of which each way by itself says no more; leaves loops alone.

import { escapedAllocas, mayOverlap, touch } from "./alias.ts";
import { detachedBlock } from "./build.ts";
import { Edits } from "./edit.ts";
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
	let changed = false;
	for (const block of [...func.blocks]) {
		const { preds } = block;
		if (preds.length < 2 || new Set(preds).size < preds.length) continue;
		if (preds.some((p) => doms.dominates(block, p))) continue;
		for (const load of firstLoads(block, escaped)) {
			const known = preds.map((p) => valueAtEnd(p, load, block, escaped));
			const missing = known.filter((v) => v === undefined).length;
			if (missing > 1 || missing === known.length) continue;
			join(func, block, load, known);
			changed = true;
			// Edges may have new blocks now.
			break;
		}
	}
	return changed;
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

function join(func: Func, block: Block, load: Load, known: readonly (Node | undefined)[]): void {
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
		phi.from.push(value ? pred : edge(func, pred, block));
		phi.args.push(value ?? load);
	});
	const at = known.indexOf(undefined);
	const from = phi.from[at];
	if (from) phi.args[at] = loadIn(func, from, load, block);
	block.phis.push(phi);
	const edits = new Edits(func);
	edits.remove(load, phi);
	edits.apply();
	predecessors(func);
}

/** A block that does nothing but go from one to the other. */
function edge(func: Func, from: Block, to: Block): Block {
	if (successors(from).length === 1) return from;
	const made = detachedBlock(func);
	made.terminator = { id: made.terminator.id, op: "br", target: to, args: [], block: made };
	retarget(from.terminator, to, made);
	for (const phi of to.phis) phi.from = phi.from.map((f) => (f === from ? made : f));
	func.blocks.splice(func.blocks.indexOf(to), 0, made);
	return made;
}

/** A copy of the load at the end of `block`, with what of its address is made behind it. */
function loadIn(func: Func, block: Block, load: Load, home: Block): Node {
	const copy = (node: Node): Node => {
		if (node.block !== home) return node;
		const made = { ...node, id: func.nextNode++, args: node.args.map(copy), block };
		block.body.push(made as Instruction);
		return made as Node;
	};
	const made = copy(load);
	return made;
}
