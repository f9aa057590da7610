// Constants across calls: a parameter of a static function that every call gives the same constant is that constant; a call of a function
// that always returns the same constant gives it. Signatures stay as they are.

import { address, constant } from "./build.ts";
import { replaceUses } from "./graph.ts";
import type { Func, Module, Node } from "./ir.ts";
import { isPlainCode } from "./sections.ts";

/** Gives the functions that know more now. */
export function propagateConstants(module: Module): Set<Func> {
	const changed = new Set<Func>();
	const own = privateFunctions(module);
	if (own.size === 0) return changed;
	const args = argumentsOf(module, own);
	for (const [func, lists] of args) if (setParameters(func, lists)) changed.add(func);
	const returned = new Map<string, Node>();
	for (const func of own.values()) {
		const value = returnedConstant(func);
		if (value) returned.set(func.name, value);
	}
	if (returned.size > 0)
		for (const func of module.functions) if (setResults(func, returned)) changed.add(func);
	return changed;
}

/** Static functions all of whose calls are in sight. */
function privateFunctions(module: Module): Map<string, Func> {
	const own = new Map<string, Func>();
	for (const func of module.functions)
		if (func.linkage === "static" && func.blocks.length > 0 && isPlainCode(func.section))
			own.set(func.name, func);
	for (const global of module.globals) for (const a of global.addresses) own.delete(a.symbol);
	for (const func of module.functions)
		for (const block of func.blocks)
			for (const node of [...block.phis, ...block.body, block.terminator]) {
				for (const arg of node.args) if (arg.op === "global") own.delete(arg.symbol);
				if (node.op !== "asm" && node.op !== "asmgoto") continue;
				for (const name of node.asm.template.match(/[A-Za-z_.$][\w.$]*/g) ?? []) own.delete(name);
			}
	return own;
}

function argumentsOf(module: Module, own: ReadonlyMap<string, Func>): Map<Func, Node[][]> {
	const found = new Map<Func, Node[][]>();
	for (const caller of module.functions)
		for (const block of caller.blocks)
			for (const node of block.body) {
				const target =
					node.op === "call" && node.callee.kind === "function" && own.get(node.callee.name);
				if (!target) continue;
				const lists = found.get(target);
				if (lists) lists.push(node.args);
				else found.set(target, [node.args]);
			}
	return found;
}

function same(a: Node, b: Node): boolean {
	if (a.op === "const" && b.op === "const") return a.type === b.type && a.value === b.value;
	return a.op === "global" && b.op === "global" && a.symbol === b.symbol && a.offset === b.offset;
}

function setParameters(func: Func, lists: readonly Node[][]): boolean {
	const by = new Map<Node, Node>();
	for (const leaf of func.leaves?.values() ?? []) {
		if (leaf.op !== "param") continue;
		const first = lists[0]?.[leaf.index];
		if (!first || first.type !== leaf.type) continue;
		if (!lists.every((l) => l[leaf.index] && same(first, l[leaf.index] as Node))) continue;
		if (first.op === "const") by.set(leaf, constant(func, leaf.type, first.value));
		else if (first.op === "global") by.set(leaf, address(func, first.symbol, first.offset));
	}
	replaceUses(func, by);
	return by.size > 0;
}

/** Drops parameters of static functions that are not used, with the arguments of the calls; gives the functions that changed. */
export function dropParameters(module: Module): Set<Func> {
	const changed = new Set<Func>();
	for (const func of privateFunctions(module).values()) {
		const used = usedParameters(func);
		if (!used || used.size === func.params.length) continue;
		const keep = func.params.map((_, i) => i).filter((i) => used.has(i));
		const by = new Map<Node, Node>();
		const types = keep.map((i) => func.params[i] ?? "i64");
		for (const [key, leaf] of [...(func.leaves ?? [])])
			if (leaf.op === "param") {
				func.leaves?.delete(key);
				by.set(leaf, { ...leaf, index: keep.indexOf(leaf.index) });
			}
		replaceUses(func, by);
		for (const leaf of by.values())
			if (leaf.op === "param") func.leaves?.set(`$${leaf.index}`, leaf);
		func.params.splice(0, func.params.length, ...types);
		changed.add(func);
		for (const caller of module.functions)
			if (cutArguments(caller, func.name, keep)) changed.add(caller);
	}
	return changed;
}

function cutArguments(caller: Func, name: string, keep: readonly number[]): boolean {
	let found = false;
	for (const block of caller.blocks)
		for (const node of block.body)
			if (node.op === "call" && node.callee.kind === "function" && node.callee.name === name) {
				node.args = keep.map((i) => node.args[i]).filter((a) => a !== undefined);
				found = true;
			}
	return found;
}

/** Undefined if assembly may read the registers of parameters. */
function usedParameters(func: Func): Set<number> | undefined {
	const used = new Set<number>();
	for (const block of func.blocks)
		for (const node of [...block.phis, ...block.body, block.terminator]) {
			if (node.op === "asm" || node.op === "asmgoto") return undefined;
			for (const arg of node.args) if (arg.op === "param") used.add(arg.index);
		}
	return used;
}

function returnedConstant(func: Func): Node | undefined {
	let value: Node | undefined;
	for (const { terminator } of func.blocks) {
		if (terminator.op !== "ret") continue;
		const [arg] = terminator.args;
		if (arg?.op !== "const" || (value && value !== arg)) return undefined;
		value = arg;
	}
	return value;
}

function setResults(func: Func, returned: ReadonlyMap<string, Node>): boolean {
	const by = new Map<Node, Node>();
	for (const block of func.blocks)
		for (const node of block.body) {
			const value =
				node.op === "call" && node.callee.kind === "function" && returned.get(node.callee.name);
			if (value && value.op === "const" && node.type === value.type)
				by.set(node, constant(func, value.type, value.value));
		}
	replaceUses(func, by);
	return by.size > 0;
}
