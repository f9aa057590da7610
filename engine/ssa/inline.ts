// Inlining: calls of functions of the module become their bodies. always_inline always, noinline never, others by what clang -O2 would find
// worth it: the only call of a static function, or a small body.

import { detachedBlock, emit, terminate, undef } from "./build.ts";
import { cloneBlocks } from "./clone.ts";
import { predecessors, replaceUses, resolve, successors } from "./graph.ts";
import type { Block, Func, Instruction, Module, Node, Phi } from "./ir.ts";
import { makeNode } from "./node.ts";

/** Bodies up to this many units are copied to every call; a call counts five, other instructions one. */
const small = 45;
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

/** How often each function is called or its address taken, in the whole module. */
function usesOfFunctions(module: Module): Map<string, { calls: number; taken: number }> {
	const uses = new Map(module.functions.map((f) => [f.name, { calls: 0, taken: 0 }]));
	for (const func of module.functions)
		for (const block of func.blocks)
			for (const node of [...block.phis, ...block.body, block.terminator]) {
				for (const arg of node.args) {
					const found = arg.op === "global" ? uses.get(arg.symbol) : undefined;
					if (found) found.taken++;
				}
				const name = node.op === "call" && node.callee.kind === "function" ? node.callee.name : "";
				const called = uses.get(name);
				if (called) called.calls++;
			}
	for (const global of module.globals)
		for (const { symbol } of global.addresses) {
			const found = uses.get(symbol);
			if (found) found.taken++;
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
			return 5;
		case "memcpy":
			return Math.ceil(node.size / 8) * 2;
		case "memset":
			return Math.ceil(node.size / 8);
		default:
			return 1;
	}
}

/** Inlines into `func`. `level` 0 inlines only what must be. Says whether anything changed. */
export function inlineCalls(module: Module, func: Func, level: 0 | 1 | 2): boolean {
	const calls = callsOf(func);
	if (calls.length === 0) return false;
	const byName = new Map(module.functions.map((f) => [f.name, f]));
	const targets = calls.map(({ callee }) =>
		callee.kind === "function" ? byName.get(callee.name) : undefined,
	);
	// Counting looks at the whole module: only where a count decides.
	const countsMatter = targets.some((t) => t && level > 0 && isLargePrivate(t));
	let uses: ReturnType<typeof usesOfFunctions> | undefined;
	const results = new Map<Node, Node>();
	let changed = false;
	for (const [i, call] of calls.entries()) {
		const target = targets[i];
		if (!target || target === func || target.blocks.length === 0) continue;
		if (target.inline === "never" || (level === 0 && target.inline !== "always")) continue;
		if (countsMatter) uses ??= usesOfFunctions(module);
		const use = uses?.get(target.name);
		const only = use !== undefined && use.calls === 1 && use.taken === 0;
		if (!isWorth(target, only, level, func)) continue;
		if (callsOf(target).some((c) => c.callee.kind === "function" && c.callee.name === target.name))
			continue;
		inlineCall(func, call, target, results);
		if (use) use.calls--;
		changed = true;
	}
	replaceUses(func, results);
	if (changed) predecessors(func);
	return changed;
}

/** Inlined only where it is the only call. */
function isLargePrivate(target: Func): boolean {
	return target.inline === "may" && target.linkage === "static" && costOf(target) > small;
}

/** Whether `inlineCalls` may find something, also after the function was simplified: calls may have gone, or have found their target. */
export function mayInline(module: Module, func: Func): boolean {
	const names = new Set<string>();
	for (const { callee, args } of callsOf(func)) {
		if (callee.kind === "function") names.add(callee.name);
		else if (callee.kind === "indirect" && args[0]?.op !== "const") return true;
	}
	return module.functions.some((f) => f.inline !== "never" && names.has(f.name));
}

function isWorth(target: Func, only: boolean, level: number, into: Func): boolean {
	if (target.inline === "always") return true;
	if (target.inline === "never" || level === 0 || target.linkage === "weak") return false;
	const cost = costOf(target);
	if (cost + costOf(into) > largest) return false;
	if (only && target.linkage === "static") return true;
	return cost <= small;
}

/** Puts the body of `target` in the place of `call`. */
function inlineCall(func: Func, call: Call, target: Func, given: Map<Node, Node>): void {
	const block = call.block;
	const entry = target.blocks[0];
	if (!block || !entry) return;
	const values = new Map<Node, Node>();
	for (const leaf of target.leaves?.values() ?? []) {
		const arg = leaf.op === "param" ? call.args[leaf.index] : undefined;
		if (arg) values.set(leaf, resolve(given, arg));
	}
	const after = splitBehind(func, block, call);
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
	func.blocks.splice(func.blocks.indexOf(block) + 1, 0, ...copies.values(), after);
	giveResult(func, call, after, results, given);
}

/** Splits `block` behind `call`, which goes away; gives the second half. */
function splitBehind(func: Func, block: Block, call: Call): Block {
	const after = detachedBlock(func);
	const at = block.body.indexOf(call);
	after.body = block.body.splice(at + 1);
	block.body.pop();
	for (const node of after.body) node.block = after;
	after.terminator = block.terminator;
	after.terminator.block = after;
	for (const next of successors(after))
		for (const phi of next.phis) phi.from = phi.from.map((f) => (f === block ? after : f));
	return after;
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
		...module.functions.filter((f) => f.linkage !== "static" || f.section !== ".text" || f.used),
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
}
