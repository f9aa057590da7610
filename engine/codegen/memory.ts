// Selection of memory accesses: displacements folded into the instruction, stores of constants, atomics, block copies.

import {
	BPF_ADD,
	BPF_ALU64,
	BPF_AND,
	BPF_ATOMIC,
	BPF_B,
	BPF_CMPXCHG,
	BPF_DW,
	BPF_FETCH,
	BPF_H,
	BPF_LDX,
	BPF_LOAD_ACQ,
	BPF_LSH,
	BPF_MEM,
	BPF_MEMSX,
	BPF_OR,
	BPF_ST,
	BPF_STORE_REL,
	BPF_STX,
	BPF_W,
	BPF_X,
	BPF_XCHG,
	BPF_XOR,
} from "../isa/index.ts";
import type { AtomicOp, Node } from "../ssa/index.ts";
import { signExtend } from "./arith.ts";
import { type Address, type Context, fits16, fits32 } from "./context.ts";
import { displacement } from "./facts.ts";
import { FP, Insn, NONE } from "./machine.ts";

const sizes: Record<number, number> = { 1: BPF_B, 2: BPF_H, 4: BPF_W, 8: BPF_DW };

/** The operand for an access at `pointer` plus `more` bytes. */
function address(c: Context, pointer: Node, more = 0): Address {
	let node = pointer;
	let off = more;
	let core = NONE;
	while (node.op === "ptradd") {
		const by = displacement(c, node);
		if (!by || core >= 0 || (by.core >= 0 && off !== 0) || !fits16(off + by.off)) break;
		off += by.off;
		core = by.core;
		node = node.args[0] as Node;
	}
	if (node.op === "alloca" && core < 0)
		return { base: FP, slot: c.slots.get(node) ?? 0, off, core: NONE };
	if (node.op === "global" && core < 0 && fits16(off + node.offset))
		return c.plain(c.symbol(node.symbol), off + node.offset);
	return { base: c.use(node), slot: NONE, off, core };
}

function access(c: Context, i: Insn, at: Address): Insn {
	i.off = at.off;
	i.slot = at.slot;
	i.core = at.core;
	return c.emit(i);
}

export function load(c: Context, node: Node & { op: "load" }): void {
	const at = address(c, node.args[0] as Node);
	const d = c.define(node);
	const widens = node.signed && node.size < (node.type === "i32" ? 4 : 8);
	const mode = widens && c.cpu >= 4 ? BPF_MEMSX : BPF_MEM;
	const i = new Insn(BPF_LDX | mode | (sizes[node.size] ?? 0), d, at.base, 0, 0);
	i.volatile = node.volatile;
	if (!widens || c.cpu >= 4) {
		access(c, i, at);
		return;
	}
	const raw = c.fresh();
	i.d = raw;
	access(c, i, at);
	signExtend(c, d, raw, node.size * 8, node.type);
}

export function store(c: Context, node: Node & { op: "store" }): void {
	const [pointer, value] = node.args as [Node, Node];
	storeAt(c, pointer, 0, value, node.size);
}

function storeAt(c: Context, pointer: Node, more: number, value: Node, size: number): void {
	const imm = storable(c, pointer, value, size);
	const at = address(c, pointer, more);
	if (imm !== undefined) {
		access(c, new Insn(BPF_ST | BPF_MEM | (sizes[size] ?? 0), at.base, 0, 0, imm), at);
		return;
	}
	const s = c.use(value);
	access(c, new Insn(BPF_STX | BPF_MEM | (sizes[size] ?? 0), at.base, s, 0, 0), at);
}

/** The immediate of a store; contexts take none before Linux 6.3, so v3 and below keep to registers there. */
function storable(c: Context, pointer: Node, value: Node, size: number): number | undefined {
	if (value.op === "undef") return 0;
	if (value.op !== "const" || (size === 8 && !fits32(value.value))) return undefined;
	if (c.cpu < 4 && rootOf(pointer).op === "param") return undefined;
	return Number(BigInt.asIntN(Math.min(size * 8, 32), value.value));
}

function rootOf(pointer: Node): Node {
	let node = pointer;
	while (node.op === "ptradd") node = node.args[0] as Node;
	return node;
}

const actions: Record<AtomicOp, number> = {
	add: BPF_ADD,
	and: BPF_AND,
	or: BPF_OR,
	xor: BPF_XOR,
	xchg: BPF_XCHG,
	cmpxchg: BPF_CMPXCHG,
};

export function atomic(c: Context, node: Node & { op: "atomic" }): void {
	const fetch = node.fetch || node.action === "xchg" || node.action === "cmpxchg";
	if (c.cpu < 3 && (fetch || node.action !== "add")) {
		const what = fetch ? "atomic operations that give the old value" : `atomic ${node.action}`;
		c.problem("atomic", `${what} need cpu v3`, node);
	}
	const code = BPF_STX | BPF_ATOMIC | (sizes[node.size] ?? 0);
	const at = address(c, node.args[0] as Node);
	if (node.action === "cmpxchg") {
		const value = c.use(node.args[2] as Node);
		c.into(0, node.args[1] as Node);
		const i = access(c, new Insn(code, at.base, value, 0, BPF_CMPXCHG), at);
		i.uses = [0];
		i.defs = [0];
		c.copy(c.define(node), 0);
		return;
	}
	if (!fetch) {
		const value = c.use(node.args[1] as Node);
		access(c, new Insn(code, at.base, value, 0, actions[node.action]), at);
		return;
	}
	const d = c.into(c.define(node), node.args[1] as Node);
	access(c, new Insn(code, at.base, d, 0, actions[node.action] | BPF_FETCH), at);
}

export function ordered(c: Context, node: Node): void {
	if (node.op !== "loadacquire" && node.op !== "storerelease") return;
	if (c.cpu < 4) c.problem("atomic", "load-acquire and store-release need cpu v4", node);
	const at = address(c, node.args[0] as Node);
	const code = BPF_STX | BPF_ATOMIC | (sizes[node.size] ?? 0);
	const i =
		node.op === "loadacquire"
			? new Insn(code, c.define(node), at.base, 0, BPF_LOAD_ACQ)
			: new Insn(code, at.base, c.use(node.args[1] as Node), 0, BPF_STORE_REL);
	access(c, i, at);
}

/** `size` bytes in pieces that the alignment allows; the stack and the packet's verifier like whole ones. */
function pieces(size: number, align: number): { off: number; size: number }[] {
	const out: { off: number; size: number }[] = [];
	for (let off = 0; off < size; ) {
		let piece = 8;
		while (piece > 1 && (piece > align || off + piece > size)) piece >>= 1;
		out.push({ off, size: piece });
		off += piece;
	}
	return out;
}

export function copyMemory(c: Context, node: Node & { op: "memcpy" }): void {
	const [to, from] = node.args as [Node, Node];
	const list = pieces(node.size, node.align);
	const move = (piece: { off: number; size: number }) => {
		const d = c.fresh();
		const source = address(c, from, piece.off);
		const code = BPF_MEM | (sizes[piece.size] ?? 0);
		access(c, new Insn(BPF_LDX | code, d, source.base, 0, 0), source);
		const target = address(c, to, piece.off);
		return () => access(c, new Insn(BPF_STX | code, target.base, d, 0, 0), target);
	};
	if (!node.move) for (const piece of list) move(piece)();
	else for (const finish of list.map(move)) finish();
}

export function setMemory(c: Context, node: Node & { op: "memset" }): void {
	const [to, byte] = node.args as [Node, Node];
	const list = pieces(node.size, node.align);
	if (byte.op === "const") {
		const fill = BigInt.asUintN(8, byte.value) * 0x0101010101010101n;
		for (const { off, size } of list) {
			const value = BigInt.asIntN(size * 8, fill);
			storeAt(c, to, off, { ...byte, type: "i64", value, args: [] }, size);
		}
		return;
	}
	const d = c.fresh();
	c.into(d, byte);
	c.aluImm(BPF_ALU64 | BPF_AND, d, 255);
	for (const shift of [8, 16, 32]) {
		const wide = c.fresh();
		c.copy(wide, d);
		c.aluImm(BPF_ALU64 | BPF_LSH, wide, shift);
		c.emit(new Insn(BPF_ALU64 | BPF_OR | BPF_X, d, wide, 0, 0));
	}
	for (const { off, size } of list) {
		const at = address(c, to, off);
		access(c, new Insn(BPF_STX | BPF_MEM | (sizes[size] ?? 0), at.base, d, 0, 0), at);
	}
}

/** A pointer in a register: `ptradd` that no memory access took into its displacement. */
export function pointerAdd(c: Context, node: Node & { op: "ptradd" }): void {
	const [base, by] = node.args as [Node, Node];
	const d = c.define(node);
	if (by.op === "const" && base.op === "alloca") {
		c.lea(d, c.slots.get(base) ?? 0, Number(by.value));
		return;
	}
	if (by.op === "const" && base.op === "global") {
		c.address(d, base.symbol, base.offset + Number(by.value));
		return;
	}
	const code = BPF_ALU64 | BPF_ADD;
	if (by.op === "const" && fits32(by.value)) {
		c.into(d, base);
		c.aluImm(code, d, Number(by.value));
		return;
	}
	const record = by.op === "core" ? c.module.core[by.record] : undefined;
	if (by.op === "core" && record && !record.wide && fits32(record.value)) {
		c.into(d, base);
		c.aluImm(code, d, Number(record.value)).core = by.record;
		return;
	}
	const s = c.use(by);
	c.into(d, base);
	c.alu(code, d, s);
}
