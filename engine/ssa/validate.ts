// Whether a function or module is well-formed: types, uses dominated by definitions, phis that fit their predecessors. For tests and for
// front ends under construction; gives sentences, changes nothing but `preds`.

import { dominators, predecessors, successors } from "./graph.ts";
import type { Block, Func, Module, Node, Type } from "./ir.ts";
import { printNode, printValue } from "./print.ts";

/** Faults of a module or of one function, empty when it is well-formed. */
export function validate(unit: Func | Module): string[] {
	if ("blocks" in unit) return validateFunction(unit);
	const faults: string[] = [];
	const names = new Set<string>();
	for (const { name } of [...unit.functions, ...unit.globals, ...unit.externs]) {
		if (names.has(name)) faults.push(`symbol ${name} is defined twice`);
		names.add(name);
	}
	for (const func of unit.functions)
		for (const fault of validateFunction(func, unit)) faults.push(`${func.name}: ${fault}`);
	return faults;
}

function validateFunction(func: Func, module?: Module): string[] {
	const faults: string[] = [];
	if (func.blocks.length === 0) return faults;
	predecessors(func);
	const blocks = new Set(func.blocks);
	for (const block of func.blocks)
		for (const next of successors(block))
			if (!blocks.has(next)) faults.push(`bb${block.id} goes to bb${next.id}, which is not there`);
	if (faults.length > 0) return faults;
	if ((func.blocks[0]?.preds.length ?? 0) > 0) faults.push("the entry has predecessors");
	const position = new Map<Node, number>();
	const ids = new Set<number>();
	for (const block of func.blocks) {
		const nodes: Node[] = [...block.phis, ...block.body, block.terminator];
		nodes.forEach((node, i) => {
			if (node.block !== block) faults.push(`${printNode(node)}: wrong block`);
			if (position.has(node)) faults.push(`${printNode(node)}: is there twice`);
			if (ids.has(node.id)) faults.push(`${printNode(node)}: its number is taken`);
			if (node.id >= func.nextNode) faults.push(`${printNode(node)}: number beyond nextNode`);
			ids.add(node.id);
			position.set(node, i);
		});
	}
	checkUses(func, position, faults);
	for (const block of func.blocks)
		for (const node of [...block.phis, ...block.body, block.terminator])
			for (const fault of typeFaults(node, func, module))
				faults.push(`${printNode(node)}: ${fault}`);
	return faults;
}

const leaves: ReadonlySet<string> = new Set(["const", "undef", "param", "global", "core"]);

function checkUses(func: Func, position: ReadonlyMap<Node, number>, faults: string[]): void {
	const tree = dominators(func);
	const check = (node: Node, arg: Node, at: Block, index: number) => {
		if (leaves.has(arg.op)) return;
		const where = position.get(arg);
		if (where === undefined || !arg.block)
			faults.push(`${printNode(node)}: ${printValue(arg)} is not in the function`);
		else if (!tree.index.has(at)) return;
		else if (arg.block === at ? where >= index : !tree.dominates(arg.block, at))
			faults.push(`${printNode(node)}: ${printValue(arg)} does not dominate it`);
	};
	for (const block of func.blocks) {
		for (const phi of block.phis) {
			const same = phi.from.length === block.preds.length && phi.args.length === phi.from.length;
			if (!same || block.preds.some((p) => !phi.from.includes(p)))
				faults.push(
					`${printNode(phi)}: predecessors are ${block.preds.map((p) => `bb${p.id}`).join(", ")}`,
				);
			phi.args.forEach((arg, i) => {
				const from = phi.from[i];
				if (from) check(phi, arg, from, Number.POSITIVE_INFINITY);
			});
		}
		for (const node of [...block.body, block.terminator])
			for (const arg of node.args) check(node, arg, block, position.get(node) ?? 0);
	}
}

function typeFaults(node: Node, func: Func, module: Module | undefined): string[] {
	const want = signature(node, func);
	const faults: string[] = [];
	if (want) {
		if (node.args.length !== want.length) return [`expected ${want.length} arguments`];
		want.forEach((type, i) => {
			const is = node.args[i]?.type;
			if (type === "any" ? is === undefined : is !== type)
				faults.push(`argument ${i + 1} is ${is ?? "void"}, not ${type}`);
		});
	}
	for (const arg of node.args) if (arg.type === undefined) faults.push("argument without a value");
	if (node.op === "alloca" && node.block !== func.blocks[0]) faults.push("not in the entry block");
	if (node.op === "load" && node.type === "i32" && node.size === 8) faults.push("i32 of 8 bytes");
	if (node.op === "icmp" && node.args[0]?.type !== node.args[1]?.type) faults.push("types differ");
	if (node.op === "asmout" && node.args[0]?.op !== "asm") faults.push("not of an asm");
	if (node.op === "phi" && node.args.some((a) => a.type !== node.type)) faults.push("types differ");
	if (module && node.op === "call") faults.push(...callFaults(node, module));
	return faults;
}

function callFaults(node: Node & { op: "call" }, module: Module): string[] {
	const { callee } = node;
	if (callee.kind !== "function") return [];
	const target = module.functions.find((f) => f.name === callee.name);
	if (!target)
		return module.externs.some((e) => e.name === callee.name) ? [] : ["no such function"];
	const same =
		target.params.length === node.args.length &&
		target.params.every((p, i) => p === node.args[i]?.type);
	return same ? [] : [`parameters are (${target.params.join(", ")})`];
}

/** Types of the arguments; undefined where they are free. */
function signature(node: Node, func: Func): (Type | "any")[] | undefined {
	switch (node.op) {
		case "ptradd":
			return ["ptr", "i64"];
		case "icmp":
			return ["any", "any"];
		case "select":
			return ["i32", node.type, node.type];
		case "zext":
			return ["i32"];
		case "sext":
		case "isconst":
		case "asmout":
			return undefined;
		case "trunc":
		case "inttoptr":
			return ["i64"];
		case "ptrtoint":
		case "spacecast":
		case "lifetime":
		case "load":
		case "loadacquire":
			return ["ptr"];
		case "bswap":
			return [node.type];
		case "store":
		case "storerelease":
			return ["ptr", "any"];
		case "memcpy":
			return ["ptr", "ptr"];
		case "memset":
			return ["ptr", "i32"];
		case "condbr":
			return ["i32"];
		case "switch":
			return ["any"];
		case "ret":
			return func.returns ? [func.returns] : [];
		case "alloca":
		case "br":
		case "unreachable":
			return [];
		case "atomic":
			return node.action === "cmpxchg" ? ["ptr", "any", "any"] : ["ptr", "any"];
		case "call":
		case "asm":
		case "asmgoto":
		case "phi":
		case "const":
		case "undef":
		case "param":
		case "global":
		case "core":
			return undefined;
		default:
			return [node.type, node.type];
	}
}
