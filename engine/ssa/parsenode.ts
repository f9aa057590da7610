// Instructions and terminators of the text form, one line each. Arguments are filled in when the function has been read.

import type { Asm, BinaryOp, Block, Callee, Func, Instruction, Node, Terminator } from "./ir.ts";
import type { Later, Line } from "./line.ts";
import { binaryOps, predicates } from "./operators.ts";

/** What the reader of a function knows. */
export interface Labels {
	readonly func: Func;
	readonly blocks: Map<number, Block>;
	readonly values: Map<number, Node>;
	/** Run at the end: they set arguments. */
	readonly pending: (() => void)[];
}

const types = ["i32", "i64", "ptr"] as const;
const binaries: ReadonlySet<string> = new Set(binaryOps);

function isBinary(op: string): op is BinaryOp {
	return binaries.has(op);
}

function block(labels: Labels, line: Line): Block {
	return labels.blocks.get(line.label()) ?? line.fail("no such block");
}

/** Reads `a, b, c` and sets them as arguments later. */
function args(labels: Labels, line: Line, node: Node, count?: number): void {
	const list: Later[] = [];
	if (!line.atTrailer() && count !== 0) {
		do list.push(line.value());
		while (list.length !== count && line.accept(","));
	}
	if (count !== undefined && list.length !== count) line.fail(`expected ${count} values`);
	labels.pending.push(() => {
		node.args = list.map((l) => l(labels));
	});
}

function asmOf(line: Line): Asm {
	const template = line.string();
	const volatile = line.word("volatile");
	const operand = () => {
		const constraint = line.string();
		return line.accept(":") ? { constraint, name: line.take() } : { constraint };
	};
	const outputs: Asm["outputs"][number][] = [];
	const inputs: Asm["inputs"][number][] = [];
	const clobbers: string[] = [];
	while (line.word("out")) outputs.push(operand());
	while (line.word("in")) inputs.push(operand());
	while (line.word("clobber")) clobbers.push(line.string());
	return { template, volatile, outputs, inputs, clobbers };
}

/** The terminator that `op` names; undefined if it is an instruction. */
export function parseTerminator(
	labels: Labels,
	line: Line,
	op: string,
	id: number,
): Terminator | undefined {
	switch (op) {
		case "br":
			return { id, op, args: [], target: block(labels, line) };
		case "condbr":
			return parseCondbr(labels, line, id);
		case "switch":
			return parseSwitch(labels, line, id);
		case "ret": {
			const node: Terminator = { id, op, args: [] };
			if (!line.atTrailer()) args(labels, line, node, 1);
			return node;
		}
		case "unreachable":
			return { id, op, args: [] };
		case "asmgoto":
			return parseAsmGoto(labels, line, id);
		default:
			return undefined;
	}
}

function parseCondbr(labels: Labels, line: Line, id: number): Terminator {
	const condition = line.value();
	line.expect(",");
	const then = block(labels, line);
	line.expect(",");
	const otherwise = block(labels, line);
	const node: Terminator = { id, op: "condbr", args: [], then, otherwise };
	if (line.word("likely")) node.likely = true;
	else if (line.word("unlikely")) node.likely = false;
	labels.pending.push(() => {
		node.args = [condition(labels)];
	});
	return node;
}

function parseSwitch(labels: Labels, line: Line, id: number): Terminator {
	const value = line.value();
	line.expect(",");
	const otherwise = block(labels, line);
	const node: Terminator & { op: "switch" } = { id, op: "switch", args: [], cases: [], otherwise };
	line.expect("[");
	while (!line.accept("]")) {
		if (node.cases.length > 0) line.expect(",");
		const low = line.bigint();
		line.expect("..");
		const high = line.bigint();
		line.expect(":");
		node.cases.push({ low, high, target: block(labels, line) });
	}
	labels.pending.push(() => {
		node.args = [value(labels)];
	});
	return node;
}

function parseAsmGoto(labels: Labels, line: Line, id: number): Terminator {
	const asm = asmOf(line);
	const list = parenthesised(line);
	const next = block(labels, line);
	const targets: Block[] = [];
	line.expect("[");
	while (!line.accept("]")) {
		if (targets.length > 0) line.expect(",");
		targets.push(block(labels, line));
	}
	const node: Terminator = { id, op: "asmgoto", args: [], asm, next, targets };
	labels.pending.push(() => {
		node.args = list.map((l) => l(labels));
	});
	return node;
}

function parenthesised(line: Line): Later[] {
	const list: Later[] = [];
	line.expect("(");
	while (!line.accept(")")) {
		if (list.length > 0) line.expect(",");
		list.push(line.value());
	}
	return list;
}

/** Reads the rest of an instruction; `valued` if the line defines a value. */
export function parseInstruction(
	labels: Labels,
	line: Line,
	op: string,
	id: number,
	valued: boolean,
): Instruction {
	const node = isBinary(op)
		? { id, op, type: line.oneOf(types), args: [] }
		: (memoryNode(line, op, id) ?? valueNode(line, op, id) ?? callNode(line, op, id));
	if (!node) return line.fail(`unknown instruction ${op}`);
	if ((node.type !== undefined) !== valued)
		line.fail(valued ? `${op} has no value` : `${op} has a value`);
	args(labels, line, node, counts[op] ?? (isBinary(op) ? 2 : undefined));
	return node;
}

/** How many values follow; absent where it varies. */
const counts: Readonly<Record<string, number>> = {
	ptradd: 2,
	icmp: 2,
	select: 3,
	zext: 1,
	sext: 1,
	trunc: 1,
	ptrtoint: 1,
	inttoptr: 1,
	spacecast: 1,
	bswap: 1,
	isconst: 1,
	alloca: 0,
	lifetime: 1,
	load: 1,
	store: 2,
	memcpy: 2,
	memmove: 2,
	memset: 2,
	loadacquire: 1,
	storerelease: 2,
	asmout: 1,
};

function bitsOf(line: Line): number {
	return line.number();
}

function valueNode(line: Line, op: string, id: number): Instruction | undefined {
	switch (op) {
		case "icmp":
			return { id, op, type: "i32", args: [], predicate: line.oneOf(predicates) };
		case "select":
			return { id, op, type: line.oneOf(types), args: [] };
		case "sext": {
			const type = line.oneOf(types);
			const bits = bitsOf(line);
			return { id, op, type, bits: bits === 8 ? 8 : bits === 16 ? 16 : 32, args: [] };
		}
		case "bswap": {
			const type = line.oneOf(types);
			const bits = bitsOf(line);
			return { id, op, type, bits: bits === 16 ? 16 : bits === 32 ? 32 : 64, args: [] };
		}
		case "ptradd":
		case "inttoptr":
			return { id, op, type: "ptr", args: [] };
		case "spacecast": {
			const from = line.number();
			return { id, op, type: "ptr", from, into: line.number(), args: [] };
		}
		case "zext":
		case "ptrtoint":
			return { id, op, type: "i64", args: [] };
		case "trunc":
		case "isconst":
			return { id, op, type: "i32", args: [] };
		case "asmout": {
			const type = line.oneOf(types);
			return { id, op, type, index: line.number(), args: [] };
		}
		default:
			return undefined;
	}
}

function memoryNode(line: Line, op: string, id: number): Instruction | undefined {
	switch (op) {
		case "alloca": {
			const size = line.number();
			return { id, op, type: "ptr", size, align: line.align(), args: [] };
		}
		case "lifetime":
			return { id, op, start: line.oneOf(["start", "end"] as const) === "start", args: [] };
		case "load": {
			const type = line.oneOf(types);
			const { size, signed } = line.width();
			const truth = line.word("truth") ? { truth: true as const } : {};
			const volatile = line.word("volatile");
			return { id, op, type, size, signed, ...truth, volatile, align: line.align(), args: [] };
		}
		case "store": {
			const { size } = line.width();
			const volatile = line.word("volatile");
			return { id, op, size, volatile, align: line.align(), args: [] };
		}
		case "memcpy":
		case "memmove": {
			const size = line.number();
			return { id, op: "memcpy", size, align: line.align(), move: op === "memmove", args: [] };
		}
		case "memset": {
			const size = line.number();
			return { id, op, size, align: line.align(), args: [] };
		}
		case "loadacquire": {
			const type = line.oneOf(types);
			return { id, op, type, size: line.width().size, args: [] };
		}
		case "storerelease":
			return { id, op, size: line.width().size, args: [] };
		default:
			return undefined;
	}
}

function callNode(line: Line, op: string, id: number): Instruction | undefined {
	if (op === "atomic") {
		const type = line.oneOf([...types, "void"] as const);
		const action = line.oneOf(["add", "and", "or", "xor", "xchg", "cmpxchg"] as const);
		const size = line.width().size === 4 ? 4 : 8;
		const node = { id, op, action, size, fetch: line.word("fetch"), args: [] } as const;
		return type === "void" ? { ...node, args: [] } : { ...node, args: [], type };
	}
	if (op !== "call" && op !== "asm") return undefined;
	const type = line.oneOf([...types, "void"] as const);
	const typed = type === "void" ? {} : { type };
	if (op === "asm") return { id, op, args: [], asm: asmOf(line), ...typed };
	let callee: Callee = { kind: "indirect" };
	if (line.word("helper")) callee = { kind: "helper", id: line.number() };
	else if (!line.word("indirect")) callee = { kind: "function", name: line.symbol() };
	return { id, op, args: [], callee, ...typed };
}
