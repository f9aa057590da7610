// Static variables that the module only reads: from then on they are constants, in `.rodata` unless the source names a section. Takes a
// module before its functions are optimised, when nothing has been folded away that could write.

import type { Func, Global, Module, Node } from "./ir.ts";
import { forgetNames } from "./named.ts";

/** Marks what is never written as constant; says whether there was any. */
export function markUnwritten(module: Module): boolean {
	const only = new Map<string, Global>();
	for (const g of module.globals)
		if (g.linkage === "static" && !g.constant && !g.used && isData(g.section)) only.set(g.name, g);
	if (only.size === 0) return false;
	for (const global of module.globals) for (const a of global.addresses) only.delete(a.symbol);
	for (const func of module.functions) dropWritten(func, only);
	for (const [i, g] of module.globals.entries())
		if (only.has(g.name)) module.globals[i] = { ...g, constant: true, section: ".rodata" };
	forgetNames(module);
	return only.size > 0;
}

const isData = (section: string) => section === ".data" || section === ".bss";

function dropWritten(func: Func, only: Map<string, Global>): void {
	for (const block of func.blocks)
		for (const node of [...block.phis, ...block.body, block.terminator]) {
			if (node.op === "asm" || node.op === "asmgoto")
				for (const [name] of node.asm.template.matchAll(/[A-Za-z_.$][\w.$]*/g)) only.delete(name);
			node.args.forEach((arg, at) => {
				const symbol = symbolOf(arg);
				if (symbol !== undefined && !onlyReads(node, at)) only.delete(symbol);
			});
		}
}

/** The variable that an address is inside of. */
function symbolOf(node: Node): string | undefined {
	let at = node;
	while (at.op === "ptradd" && at.args[0]) at = at.args[0];
	return at.op === "global" ? at.symbol : undefined;
}

function onlyReads(node: Node, at: number): boolean {
	if (node.op === "load") return !node.volatile;
	if (node.op === "ptradd") return at === 0;
	return node.op === "icmp" || (node.op === "memcpy" && at === 1);
}
