// Static variables whose address goes nowhere but into accesses: no pointer that a program loads or is given reaches them. Takes a module
// whose functions are as simple as they get one by one; what is made of addresses later (joins of two) `mayOverlap` knows to be such.

import type { Func, Module, Node } from "./ir.ts";

/** Marks the addresses of such variables, those made later too; gives the functions that have some. */
export function markApart(module: Module): Func[] {
	const apart = new Set<string>();
	for (const g of module.globals)
		if (g.linkage === "static" && !g.used && g.section !== ".maps") apart.add(g.name);
	for (const global of module.globals) for (const a of global.addresses) apart.delete(a.symbol);
	for (const func of module.functions) dropReached(func, apart);
	const marked = new Set<Func>();
	if (apart.size === 0) return [];
	for (const func of module.functions) {
		func.apart = apart;
		for (const leaf of func.leaves?.values() ?? [])
			if (leaf.op === "global" && apart.has(leaf.symbol)) {
				leaf.apart = true;
				marked.add(func);
			}
	}
	return [...marked];
}

function dropReached(func: Func, apart: Set<string>): void {
	for (const block of func.blocks)
		for (const node of [...block.phis, ...block.body, block.terminator]) {
			if (node.op === "asm" || node.op === "asmgoto")
				for (const [name] of node.asm.template.matchAll(/[A-Za-z_.$][\w.$]*/g)) apart.delete(name);
			node.args.forEach((arg, at) => {
				if (!accesses(node, at)) apart.delete(symbolOf(arg));
			});
		}
}

/** The variable that an address is inside of, or "". */
function symbolOf(node: Node): string {
	let at = node;
	while ((at.op === "ptradd" || at.op === "spacecast") && at.args[0]) at = at.args[0];
	return at.op === "global" ? at.symbol : "";
}

/** Whether an instruction only reads or writes by its argument number `at`, or makes another address of it. */
function accesses(node: Node, at: number): boolean {
	switch (node.op) {
		case "load":
		case "icmp":
		case "memcpy":
			return true;
		case "store":
		case "memset":
		case "atomic":
		case "loadacquire":
		case "storerelease":
		case "ptradd":
		case "spacecast":
			return at === 0;
		default:
			return false;
	}
}
