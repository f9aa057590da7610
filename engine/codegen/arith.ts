// Selection of arithmetic: two-address instructions, immediates, extensions, byte swaps. Takes SSA nodes, emits machine code.

import {
	BPF_ADD,
	BPF_ALU,
	BPF_ALU64,
	BPF_AND,
	BPF_ARSH,
	BPF_DIV,
	BPF_END,
	BPF_LSH,
	BPF_MOD,
	BPF_MUL,
	BPF_NEG,
	BPF_OR,
	BPF_RSH,
	BPF_SUB,
	BPF_X,
	BPF_XOR,
} from "../isa/index.ts";
import { type BinaryOp, commutative, type Node } from "../ssa/index.ts";
import { type Context, fits32 } from "./context.ts";
import { clearAbove } from "./facts.ts";
import { Insn, MOV32, MOV64 } from "./machine.ts";

const operators: Record<BinaryOp, number> = {
	add: BPF_ADD,
	sub: BPF_SUB,
	mul: BPF_MUL,
	udiv: BPF_DIV,
	sdiv: BPF_DIV,
	urem: BPF_MOD,
	srem: BPF_MOD,
	and: BPF_AND,
	or: BPF_OR,
	xor: BPF_XOR,
	shl: BPF_LSH,
	lshr: BPF_RSH,
	ashr: BPF_ARSH,
};

export type Binary = Node & { op: BinaryOp };

export function isBinary(node: Node): node is Binary {
	return Object.hasOwn(operators, node.op);
}

/** The value as an immediate: a constant that fits, or a CO-RE number. */
function immediate(c: Context, node: Node): { imm: number; core: number } | undefined {
	if (node.op === "const")
		return fits32(node.value) ? { imm: Number(node.value), core: -1 } : undefined;
	if (node.op !== "core") return undefined;
	const record = c.module.core[node.record];
	return record && !record.wide && fits32(record.value)
		? { imm: Number(record.value), core: node.record }
		: undefined;
}

export function binary(c: Context, node: Binary): void {
	let [a, b] = node.args as [Node, Node];
	if (commutative.has(node.op) && prefersSwap(c, node, a, b)) [a, b] = [b, a];
	if ((node.op === "sdiv" || node.op === "srem") && c.cpu < 4)
		c.problem(
			"signed-division",
			"unsupported signed division, please convert to unsigned div/mod.",
			node,
		);
	const d = c.define(node);
	if (special(c, node, a, b, d)) return;
	const wide = node.type !== "i32" || !c.alu32;
	const code = (wide ? BPF_ALU64 : BPF_ALU) | operators[node.op];
	const off = node.op === "sdiv" || node.op === "srem" ? 1 : 0;
	const narrowed = node.type === "i32" && !c.alu32;
	const sa = narrowed ? extended(c, node.op, a) : undefined;
	const imm = constantOperand(c, node, b, narrowed);
	const sb = imm ? undefined : narrowed ? (extended(c, node.op, b, true) ?? c.use(b)) : c.use(b);
	if (sa !== undefined) c.copy(d, sa);
	else c.into(d, a);
	if (imm) {
		const i = c.aluImm(code, d, imm.imm);
		i.core = imm.core;
		i.off = off;
	} else c.alu(code, d, sb ?? 0).off = off;
}

/** The second operand as an immediate of this operation, if it may be one. */
function constantOperand(c: Context, node: Binary, b: Node, narrowed: boolean) {
	const imm = narrowed && needsExtension(node.op) ? positive(b) : immediate(c, b);
	if (!imm) return undefined;
	if (isShift(node.op) && imm.core < 0)
		return { imm: imm.imm & (node.type === "i32" ? 31 : 63), core: -1 };
	return imm.imm === 0 && /div|rem/.test(node.op) ? undefined : imm;
}

function isShift(op: BinaryOp): boolean {
	return op === "lshr" || op === "ashr" || op === "shl";
}

/** Shapes with an instruction of their own. */
function special(c: Context, node: Binary, a: Node, b: Node, d: number): boolean {
	const wide = node.type !== "i32" || !c.alu32;
	if (node.op === "sub" && a.op === "const" && a.value === 0n) {
		c.into(d, b);
		c.aluImm((wide ? BPF_ALU64 : BPF_ALU) | BPF_NEG, d, 0);
		return true;
	}
	if (b.op !== "const") return false;
	if (node.op === "sub" && fits32(-b.value) && (node.type !== "i32" || c.alu32)) {
		c.into(d, a);
		c.aluImm((wide ? BPF_ALU64 : BPF_ALU) | BPF_ADD, d, Number(-b.value));
		return true;
	}
	if (node.op !== "and" || node.type !== "i64") return false;
	if (b.value === 0xffffffffn) {
		c.zeroExtend(d, c.use(a));
		return true;
	}
	if (!c.alu32 || b.value < 0x80000000n || b.value > 0xffffffffn) return false;
	c.into(d, a);
	c.aluImm(BPF_ALU | BPF_AND, d, Number(BigInt.asIntN(32, b.value)));
	return true;
}

/** The first operand is overwritten: better one that ends here, and never a constant. */
function prefersSwap(c: Context, node: Node, a: Node, b: Node): boolean {
	return keep(c, node, a) > keep(c, node, b);
}

function keep(c: Context, node: Node, operand: Node): number {
	if (operand.op === "const" || operand.op === "core") return 9;
	if (operand.op === "phi" && operand.args.includes(node)) return 0;
	if (operand.op === "global" || operand.op === "alloca") return 3;
	// What was made last has crossed the fewest calls.
	const age = (c.positions.get(operand) ?? 0) / (c.positions.size + 1);
	return c.usersOf(operand).length === 1 ? 2 - age : 4 - age;
}

function needsExtension(op: BinaryOp): boolean {
	return /^(udiv|urem|sdiv|srem|lshr|ashr)$/.test(op);
}

function positive(node: Node): { imm: number; core: number } | undefined {
	return node.op === "const" && node.value >= 0n
		? { imm: Number(node.value), core: -1 }
		: undefined;
}

/** Without 32-bit arithmetic: the operand extended to 64 bits where the upper half matters. */
function extended(c: Context, op: BinaryOp, node: Node, second = false): number | undefined {
	if (isShift(op) && second) {
		const masked = c.fresh();
		c.into(masked, node);
		c.aluImm(BPF_ALU64 | BPF_AND, masked, 31);
		return masked;
	}
	if (!needsExtension(op)) return undefined;
	return widened(c, node, op === "ashr" || op === "sdiv" || op === "srem");
}

/** A register with the i32 extended to 64 bits. */
export function widened(c: Context, node: Node, signed: boolean): number {
	if (node.op === "const") {
		const value = signed ? node.value : BigInt.asUintN(32, node.value);
		return c.use({ ...node, type: "i64", value, args: [] });
	}
	const s = c.use(node);
	if (!signed && clearAbove(c, node)) return s;
	const d = c.fresh();
	if (signed) signExtend(c, d, s, 32, "i64");
	else c.zeroExtend(d, s);
	return d;
}

/** Sign-extends the low `bits` of `s` to the type's width in `d`. */
export function signExtend(c: Context, d: number, s: number, bits: number, type: string): void {
	if (c.cpu >= 4) {
		c.emit(new Insn((type === "i32" ? MOV32 : MOV64) | BPF_X, d, s, bits, 0));
		return;
	}
	const narrow = type === "i32" && c.alu32;
	const kind = narrow ? BPF_ALU : BPF_ALU64;
	const by = (narrow ? 32 : 64) - bits;
	c.copy(d, s);
	c.aluImm(kind | BPF_LSH, d, by);
	c.aluImm(kind | BPF_ARSH, d, by);
}

/** `off` of a move that casts between address spaces. */
const SPACE_CAST = 1;

/** zext, sext, trunc, casts, bswap. */
export function convert(c: Context, node: Node): void {
	const from = node.args[0] as Node;
	switch (node.op) {
		case "zext":
			if (clearAbove(c, from)) c.alias(node, held(c, node, from));
			else c.zeroExtend(c.define(node), c.use(from));
			return;
		case "sext":
			signExtend(c, c.define(node), c.use(from), node.bits, node.type);
			return;
		case "trunc":
			if (from.op === "ptrtoint" && c.alu32) c.zeroExtend(c.define(node), c.use(from));
			else c.alias(node, held(c, node, from));
			return;
		case "ptrtoint":
		case "inttoptr":
			c.alias(node, held(c, node, from));
			return;
		case "spacecast": {
			const d = c.define(node);
			c.emit(new Insn(MOV64 | BPF_X, d, c.use(from), SPACE_CAST, (node.into << 16) | node.from));
			return;
		}
		case "bswap":
			swapBytes(c, node, from);
			return;
		default:
	}
}

/** Values that are made anew where they are used. */
function isLeaf(node: Node): boolean {
	return /^(const|undef|param|global|core|alloca)$/.test(node.op);
}

/** The register of a value that `node` shares; leaves get one that lasts beyond the block. */
function held(c: Context, node: Node, from: Node): number {
	if (!isLeaf(from) || from.op === "param") return c.use(from);
	const wide = node.op === "zext" && from.op === "const";
	const value = wide
		? { ...from, type: "i64" as const, value: BigInt.asUintN(32, from.value), args: [] }
		: from;
	return c.into(c.define(node), value);
}

function swapBytes(c: Context, node: Node & { op: "bswap" }, from: Node): void {
	const d = c.define(node);
	c.into(d, from);
	// BPF_TO_BE swaps on a little-endian machine and clears the bits above.
	c.emit(new Insn(BPF_ALU | BPF_END | BPF_X, d, 0, 0, node.bits)).s = 0;
}
