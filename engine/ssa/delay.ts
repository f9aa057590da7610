// Variables whose address gets out late: up to there they are values, and the store that others will read is made just before. A loop
// that counts in such a variable is then seen as one. Needs allocas that are loaded and stored whole; knows nothing of other memory.

import { addEscapes, escapedAtEntry } from "./alias.ts";
import { emit } from "./build.ts";
import { usersOf } from "./edit.ts";
import { successors } from "./graph.ts";
import type { Block, Func, Instruction, Node, Size, Type } from "./ir.ts";
import { promote } from "./promote.ts";

/** Says whether anything changed. */
export function delayStores(func: Func): boolean {
	const found = candidates(func);
	if (found.length === 0) return false;
	const escaped = escapedAtEntry(func);
	const variables = new Map<Node, Type>();
	for (const [alloca, type] of found)
		if (isReadEarly(func, alloca, escaped)) {
			const size = type === "i32" ? 4 : 8;
			variables.set(new Delay(func, alloca, type, size, escaped).run(), type);
		}
	promote(func, variables);
	return variables.size > 0;
}

type Alloca = Instruction & { op: "alloca" };

function candidates(func: Func): [Alloca, Type][] {
	const out: [Alloca, Type][] = [];
	const entry = func.blocks[0];
	if (!entry?.body.some((n) => n.op === "alloca" && (n.size === 4 || n.size === 8))) return out;
	const users = usersOf(func);
	for (const node of entry.body) {
		if (node.op !== "alloca") continue;
		const type = wholeType(node, users[node.id] ?? []);
		if (type) out.push([node, type]);
	}
	return out;
}

/** The one type of all loads and stores, if the address also gets out and nothing else is done with it. */
function wholeType(alloca: Alloca, users: readonly Node[]): Type | undefined {
	const types = new Set<Type | undefined>();
	let leaks = 0;
	for (const user of users) {
		if (user.op === "lifetime") continue;
		if (user.op === "load" || (user.op === "store" && user.args[0] === alloca)) {
			if (user.volatile || user.size !== alloca.size || user.args[1] === alloca) return undefined;
			types.add(user.op === "load" ? user.type : user.args[1]?.type);
		} else if (isLeak(user, alloca)) leaks++;
		else return undefined;
	}
	const [type] = types;
	const bits = type === "i32" ? 4 : 8;
	return types.size === 1 && leaks > 0 && bits === alloca.size ? type : undefined;
}

function isLeak(node: Node, alloca: Alloca): boolean {
	const set = new Set<Node>();
	addEscapes(node, set);
	return set.has(alloca);
}

type Escaped = ReadonlyMap<Block, ReadonlySet<Node>>;

/** Whether a load is left before the address gets out: one that the contents of earlier stores did not answer. */
function isReadEarly(func: Func, alloca: Alloca, escaped: Escaped): boolean {
	for (const block of func.blocks) {
		if (escaped.get(block)?.has(alloca) || block.phis.some((p) => isLeak(p, alloca))) continue;
		for (const node of block.body) {
			if (isLeak(node, alloca)) break;
			if (node.op === "load" && node.args[0] === alloca) return true;
		}
	}
	return false;
}

class Delay {
	private readonly func: Func;
	private readonly alloca: Alloca;
	private readonly type: Type;
	private readonly size: Size;
	private readonly escaped: Escaped;
	/** What stands for the variable until then. */
	private readonly held: Instruction;

	constructor(func: Func, alloca: Alloca, type: Type, size: Size, escaped: Escaped) {
		this.func = func;
		this.alloca = alloca;
		this.type = type;
		this.size = size;
		this.escaped = escaped;
		const entry = alloca.block as Block;
		const args: Node[] = [];
		this.held = emit(func, entry, { op: "alloca", type: "ptr", size, align: size, args }, 0);
		if (alloca.name !== undefined) this.held.name = alloca.name;
	}

	run(): Node {
		for (const block of this.func.blocks)
			if (!this.escaped.get(block)?.has(this.alloca)) this.block(block);
		return this.held;
	}

	private block(block: Block): void {
		if (block.phis.some((p) => isLeak(p, this.alloca))) {
			this.settle(block, 0);
			return;
		}
		for (let i = 0; i < block.body.length; i++) {
			const node = block.body[i] as Instruction;
			if (isLeak(node, this.alloca)) {
				this.settle(block, i);
				return;
			}
			if ((node.op === "load" || node.op === "store") && node.args[0] === this.alloca)
				node.args[0] = this.held;
		}
		const isOut = (b: Block) => this.escaped.get(b)?.has(this.alloca) === true;
		if (isLeak(block.terminator, this.alloca) || successors(block).some(isOut))
			this.settle(block, block.body.length);
	}

	/** Puts the value where others will look for it. */
	private settle(block: Block, index: number): void {
		const { func, size, type } = this;
		const access = { size, volatile: false, align: size } as const;
		const load = { op: "load", type, signed: false, ...access, args: [this.held] } as const;
		const value = emit(func, block, { ...load, args: [this.held] }, index);
		emit(func, block, { op: "store", ...access, args: [this.alloca, value] }, index + 1);
	}
}
