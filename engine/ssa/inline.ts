// Inlining: calls of functions of the module become their bodies. always_inline always, noinline never, others by what clang -O2 would find
// worth it: the only call of a static function, or a small body.

import { detachedBlock, emit, terminate, undef } from "./build.ts";
import { cloneBlocks } from "./clone.ts";
import { predecessors, replaceUses, resolve, successors } from "./graph.ts";
import type { Block, Func, Instruction, Module, Node, Phi } from "./ir.ts";
import { forgetNames } from "./named.ts";
import { makeNode } from "./node.ts";
import { isPlainCode } from "./sections.ts";

/** Bodies up to this many units are copied to every call; a call counts five, other instructions one. */
const small = 45;
const callCost = 5;
/** A function does not grow beyond this by inlining that nobody asked for. */
const largest = 20000;

type Call = Instruction & { op: "call" };

/** Functions, called ones before their callers; cycles are cut. */
export function calleesFirst(module: Module): Func[] {
	const byName = new Map(module.functions.map((f) => [f.name, f]));
	const done = new Set<Func>();
	const order: Func[] = [];
	const visit = (func: Func) => {
		if (done.has(func)) return;
		done.add(func);
		for (const call of callsOf(func)) {
			const { callee } = call;
			const target = callee.kind === "function" ? byName.get(callee.name) : undefined;
			if (target) visit(target);
		}
		order.push(func);
	};
	for (const func of module.functions) visit(func);
	return order;
}

function callsOf(func: Func): Call[] {
	const calls: Call[] = [];
	for (const block of func.blocks)
		for (const node of block.body) if (node.op === "call") calls.push(node);
	return calls;
}

interface Uses {
	calls: number;
	taken: number;
}

/** The functions of a module by name, and how often each is called or its address taken; of what changes it must be told. */
export class Callees {
	readonly byName: ReadonlyMap<string, Func>;
	readonly #module: Module;
	readonly #uses = new Map<string, Uses>();
	/** What each function has added to `uses`; none before somebody asks. */
	#parts: Map<Func, ReadonlyMap<string, Uses>> | undefined;

	constructor(module: Module) {
		this.#module = module;
		this.byName = new Map(module.functions.map((f) => [f.name, f]));
	}

	of(name: string): Uses {
		if (!this.#parts) this.#count();
		return this.#uses.get(name) ?? { calls: 0, taken: 0 };
	}

	/** The body of `func` is another than before. */
	changed(func: Func): void {
		const old = this.#parts?.get(func);
		if (!this.#parts || !old) return;
		this.#add(old, -1);
		const now = usesIn(func, this.byName);
		this.#parts.set(func, now);
		this.#add(now, 1);
	}

	#count(): void {
		this.#parts = new Map();
		for (const func of this.#module.functions) {
			const part = usesIn(func, this.byName);
			this.#parts.set(func, part);
			this.#add(part, 1);
		}
		for (const global of this.#module.globals)
			for (const { symbol } of global.addresses)
				if (this.byName.has(symbol)) this.#add(new Map([[symbol, { calls: 0, taken: 1 }]]), 1);
	}

	#add(part: ReadonlyMap<string, Uses>, sign: 1 | -1): void {
		for (const [name, { calls, taken }] of part) {
			const all = this.#uses.get(name) ?? { calls: 0, taken: 0 };
			all.calls += sign * calls;
			all.taken += sign * taken;
			this.#uses.set(name, all);
		}
	}
}

function usesIn(func: Func, functions: ReadonlyMap<string, Func>): Map<string, Uses> {
	const uses = new Map<string, Uses>();
	const at = (name: string): Uses => {
		const found = uses.get(name) ?? { calls: 0, taken: 0 };
		uses.set(name, found);
		return found;
	};
	const visit = (node: Node) => {
		for (const arg of node.args)
			if (arg.op === "global" && functions.has(arg.symbol)) at(arg.symbol).taken++;
		if (node.op === "call" && node.callee.kind === "function" && functions.has(node.callee.name))
			at(node.callee.name).calls++;
	};
	for (const block of func.blocks) {
		for (const phi of block.phis) visit(phi);
		for (const node of block.body) visit(node);
		visit(block.terminator);
	}
	return uses;
}

/** What a body costs; allocas and markers are free. */
function costOf(func: Func): number {
	let cost = 0;
	for (const block of func.blocks) {
		cost++;
		for (const node of block.body) cost += costOfNode(node);
	}
	return cost;
}

function costOfNode(node: Instruction): number {
	switch (node.op) {
		case "alloca":
		case "lifetime":
		case "zext":
		case "trunc":
		case "ptrtoint":
		case "inttoptr":
			return 0;
		case "ptradd":
			return node.args[1]?.op === "const" ? 0 : 1;
		case "call":
			return callCost;
		case "memcpy":
			return Math.ceil(node.size / 8) * 2;
		case "memset":
			return Math.ceil(node.size / 8);
		default:
			return 1;
	}
}

/** Inlines into `func`. `level` 0 inlines only what must be. Says whether anything changed. */
export function inlineCalls(
	module: Module,
	func: Func,
	level: 0 | 1 | 2,
	callees: Callees = new Callees(module),
): boolean {
	const worth = new Worth(func, level, callees);
	const chosen = new Map<Block, Call[]>();
	for (const call of callsOf(func)) {
		const target = call.callee.kind === "function" && callees.byName.get(call.callee.name);
		const { block } = call;
		if (!target || !block || !worth.take(target)) continue;
		const list = chosen.get(block);
		if (list) list.push(call);
		else chosen.set(block, [call]);
	}
	if (chosen.size === 0) return false;
	const results = new Map<Node, Node>();
	const blocks: Block[] = [];
	for (const block of func.blocks) {
		blocks.push(block);
		const calls = chosen.get(block);
		if (!calls) continue;
		const parts = splitBehind(func, block, calls);
		for (const call of calls) {
			const target = call.callee.kind === "function" && callees.byName.get(call.callee.name);
			const after = parts();
			if (target) blocks.push(...inlineCall(func, call, target, after, results), after);
		}
	}
	func.blocks = blocks;
	replaceUses(func, results);
	predecessors(func);
	return true;
}

/** Whether `inlineCalls` may find something, also after the function was simplified: calls may have gone, or have found their target. */
export function mayInline(callees: Callees, func: Func): boolean {
	return callsOf(func).some(({ callee, args }) => {
		if (callee.kind === "indirect") return args[0]?.op !== "const";
		const target = callee.kind === "function" && callees.byName.get(callee.name);
		return target && target.inline !== "never";
	});
}

/** Decides what is inlined into one function, and keeps count of what it grows by. */
class Worth {
	readonly #into: Func;
	readonly #level: 0 | 1 | 2;
	readonly #callees: Callees;
	readonly #costs = new Map<Func, number>();
	readonly #recursive = new Map<Func, boolean>();
	/** Calls that are gone by name. */
	readonly #gone = new Map<string, number>();
	#cost: number | undefined;
	#told = false;

	constructor(into: Func, level: 0 | 1 | 2, callees: Callees) {
		this.#into = into;
		this.#level = level;
		this.#callees = callees;
	}

	/** Whether a call of `target` becomes its body. */
	take(target: Func): boolean {
		if (target === this.#into || target.blocks.length === 0 || target.inline === "never")
			return false;
		if (target.inline !== "always" && !this.#pays(target)) return false;
		if (this.#isRecursive(target)) return false;
		this.#gone.set(target.name, (this.#gone.get(target.name) ?? 0) + 1);
		// The call goes, and the block that it was in becomes two.
		if (this.#cost !== undefined) this.#cost += this.#costOf(target) + 1 - callCost;
		return true;
	}

	#pays(target: Func): boolean {
		if (this.#level === 0 || target.linkage === "weak") return false;
		const cost = this.#costOf(target);
		if (this.#cost === undefined) {
			this.#cost = costOf(this.#into);
			for (const [name, count] of this.#gone) {
				const taken = this.#callees.byName.get(name);
				if (taken) this.#cost += count * (this.#costOf(taken) + 1 - callCost);
			}
		}
		if (cost + this.#cost > largest) return false;
		if (cost <= small) return true;
		if (target.linkage !== "static") return false;
		if (!this.#told) this.#callees.changed(this.#into);
		this.#told = true;
		const { calls, taken } = this.#callees.of(target.name);
		return calls - (this.#gone.get(target.name) ?? 0) === 1 && taken === 0;
	}

	#costOf(target: Func): number {
		const cost = this.#costs.get(target) ?? costOf(target);
		this.#costs.set(target, cost);
		return cost;
	}

	#isRecursive(target: Func): boolean {
		let found = this.#recursive.get(target);
		found ??= callsOf(target).some(
			(c) => c.callee.kind === "function" && c.callee.name === target.name,
		);
		this.#recursive.set(target, found);
		return found;
	}
}

/** The body of `target` between the block of `call` and `after`. */
function inlineCall(
	func: Func,
	call: Call,
	target: Func,
	after: Block,
	given: Map<Node, Node>,
): Block[] {
	const block = call.block;
	const entry = target.blocks[0];
	if (!block || !entry) return [];
	const values = new Map<Node, Node>();
	for (const leaf of target.leaves?.values() ?? []) {
		const arg = leaf.op === "param" ? call.args[leaf.index] : undefined;
		if (arg) values.set(leaf, resolve(given, arg));
	}
	const copies = cloneBlocks(func, target.blocks, values);
	const results: { from: Block; value: Node | undefined }[] = [];
	for (const copy of copies.values()) {
		const t = copy.terminator;
		if (t.op !== "ret") continue;
		results.push({ from: copy, value: t.args[0] });
		const end = terminate(func, copy, { op: "br", target: after, args: [] });
		if (t.place) end.place = t.place;
	}
	const first = copies.get(entry);
	if (first) {
		moveAllocas(
			func,
			first,
			[...copies.values()],
			results.map((r) => r.from),
		);
		terminate(func, block, { op: "br", target: first, args: [] });
	}
	giveResult(func, call, after, results, given);
	return [...copies.values()];
}

/** Splits `block` behind each of `calls`, which go away; gives the second part, then the third and so on. */
function splitBehind(func: Func, block: Block, calls: readonly Call[]): () => Block {
	const { body, terminator } = block;
	const own = new Set<Node>(calls);
	const parts: Instruction[][] = [[]];
	for (const node of body)
		if (own.has(node)) parts.push([]);
		else parts.at(-1)?.push(node);
	block.body = parts[0] ?? [];
	let at = 0;
	return () => {
		const after = detachedBlock(func);
		after.body = parts[++at] ?? [];
		for (const node of after.body) node.block = after;
		const next = calls[at];
		if (next) next.block = after;
		else {
			after.terminator = terminator;
			terminator.block = after;
			for (const to of successors(after))
				for (const phi of to.phis) phi.from = phi.from.map((f) => (f === block ? after : f));
		}
		return after;
	};
}

function giveResult(
	func: Func,
	call: Call,
	after: Block,
	results: readonly { from: Block; value: Node | undefined }[],
	given: Map<Node, Node>,
): void {
	const { type } = call;
	if (!type) return;
	let value: Node = undef(func, type);
	if (results.length === 1) value = results[0]?.value ?? value;
	else if (results.length > 1) {
		const args = results.map((r) => r.value ?? undef(func, type));
		const from = results.map((r) => r.from);
		after.phis.push(makeNode<Phi>(func.nextNode++, { op: "phi", type, args, from }, after));
		value = after.phis.at(-1) ?? value;
	}
	given.set(call, value);
}

/** Allocas of the copied entry go to the entry of `func`; they live from the copied entry to its returns. */
function moveAllocas(
	func: Func,
	first: Block,
	copies: readonly Block[],
	ends: readonly Block[],
): void {
	const entry = func.blocks[0];
	if (!entry) return;
	const allocas = first.body.filter((n) => n.op === "alloca");
	if (allocas.length === 0) return;
	const marked = new Set<Node | undefined>();
	for (const copy of copies)
		for (const node of copy.body) if (node.op === "lifetime") marked.add(node.args[0]);
	first.body = first.body.filter((n) => n.op !== "alloca");
	for (const alloca of allocas) {
		alloca.block = entry;
		entry.body.unshift(alloca);
		if (marked.has(alloca)) continue;
		emit(func, first, { op: "lifetime", start: true, args: [alloca] }, 0);
		for (const end of ends) emit(func, end, { op: "lifetime", start: false, args: [alloca] });
	}
}

/** Removes functions that nothing reaches from what the object must hold. */
export function removeDeadFunctions(module: Module): void {
	const byName = new Map(module.functions.map((f) => [f.name, f]));
	const globals = new Map(module.globals.map((g) => [g.name, g]));
	const live = new Set<string>();
	const work = [
		...module.functions.filter((f) => f.linkage !== "static" || !isPlainCode(f.section) || f.used),
		...module.globals.filter((g) => g.linkage !== "static" || g.used),
	].map((s) => s.name);
	for (let name = work.pop(); name !== undefined; name = work.pop()) {
		if (live.has(name)) continue;
		live.add(name);
		for (const a of globals.get(name)?.addresses ?? []) work.push(a.symbol);
		for (const block of byName.get(name)?.blocks ?? [])
			for (const node of [...block.phis, ...block.body, block.terminator]) {
				if (node.op === "call" && node.callee.kind === "function") work.push(node.callee.name);
				for (const arg of node.args) if (arg.op === "global") work.push(arg.symbol);
				// Assembly names what it calls.
				if (node.op === "asm" || node.op === "asmgoto")
					work.push(...(node.asm.template.match(/[A-Za-z_.$][\w.$]*/g) ?? []));
			}
	}
	const keep = <T extends { readonly name: string }>(list: T[]) => {
		const rest = list.filter((x) => live.has(x.name));
		list.splice(0, list.length, ...rest);
	};
	keep(module.functions);
	keep(module.globals);
	forgetNames(module);
}
