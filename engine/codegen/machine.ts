// Machine code before registers are known: BPF instructions over virtual registers, in blocks. It knows the instruction set and
// frame slots; it knows nothing of SSA nodes.

import {
	BPF_ALU,
	BPF_ALU64,
	BPF_ATOMIC,
	BPF_CALL,
	BPF_CMPXCHG,
	BPF_END,
	BPF_EXIT,
	BPF_FETCH,
	BPF_JA,
	BPF_JCOND,
	BPF_JMP,
	BPF_JMP32,
	BPF_LD,
	BPF_LDX,
	BPF_LOAD_ACQ,
	BPF_MOV,
	BPF_NEG,
	BPF_ST,
	BPF_STORE_REL,
	BPF_STX,
	BPF_X,
	LD_IMM64,
} from "../isa/index.ts";
import type { Asm, Place } from "../ssa/index.ts";

/** Register numbers 0 to 10 are the machine's; virtual ones follow. */
export const FP = 10;
export const FIRST_VIRTUAL = 11;
export const NONE = -1;

/** Pseudo instructions, beyond the opcode byte. */
export const LEA = 256;
export const ASM = 257;
export const LIFETIME = 258;

/** What an instruction does with its two register fields. */
export const READ_D = 1;
export const WRITE_D = 2;
export const READ_S = 4;
export const WRITE_S = 8;

export const MOV64 = BPF_ALU64 | BPF_MOV;
export const MOV32 = BPF_ALU | BPF_MOV;
export const EXIT = BPF_JMP | BPF_EXIT;
export const CALL = BPF_JMP | BPF_CALL;
export const GOTO = BPF_JMP | BPF_JA;
export const CALLER_SAVED = 0x3f;
/** Legacy packet loads: implicit context r6, result r0. */
const LEGACY_LOADS = 0x60;

/** Inline assembly, assembled once its registers are known. Each operand (outputs, then inputs) is an index into the instruction's
 *  `defs` or `uses`, or a text. */
export interface AsmBody {
	readonly asm: Asm;
	readonly operands: readonly (
		| { readonly kind: "def" | "use"; readonly at: number }
		| { readonly kind: "text"; readonly text: string }
	)[];
}

export class Insn {
	op: number;
	d: number;
	s: number;
	off: number;
	imm: number;
	flags: number;
	/** Frame slot that `off` (or a LEA's imm) is relative to. */
	slot = NONE;
	/** Of ld_imm64. */
	wide: bigint | undefined = undefined;
	symbol: string | undefined = undefined;
	/** Index of the CO-RE record that patches this instruction. */
	core = NONE;
	/** Registers read and written besides d and s. */
	uses: number[] | undefined = undefined;
	defs: number[] | undefined = undefined;
	/** Mask of machine registers that are lost. */
	clobbers = 0;
	asm: AsmBody | undefined = undefined;
	/** Of assembly: outputs are written before the inputs are read. */
	early = false;
	place: Place | undefined = undefined;
	/** Source variable of the value that is written. */
	name: string | undefined = undefined;
	/** A jump whose opposite does not exist. */
	fixed = false;
	volatile = false;

	constructor(op: number, d: number, s: number, off: number, imm: number) {
		this.op = op;
		this.d = d;
		this.s = s;
		this.off = off;
		this.imm = imm;
		this.flags = flagsOf(op, imm);
	}
}

function flagsOf(op: number, imm: number): number {
	if (op === LEA) return WRITE_D;
	if (op > 255) return 0;
	switch (op & 7) {
		case BPF_LD:
			return op === LD_IMM64 ? WRITE_D : (op & LEGACY_LOADS) === 0x40 ? READ_S : 0;
		case BPF_LDX:
			return WRITE_D | READ_S;
		case BPF_ST:
			return READ_D;
		case BPF_STX:
			return (op & 0xe0) === BPF_ATOMIC ? atomicFlags(imm) : READ_D | READ_S;
		case BPF_JMP:
		case BPF_JMP32:
			return jumpFlags(op);
		default:
			return aluFlags(op);
	}
}

function atomicFlags(imm: number): number {
	if (imm === BPF_LOAD_ACQ) return WRITE_D | READ_S;
	if (imm === BPF_STORE_REL) return READ_D | READ_S;
	if (imm === BPF_CMPXCHG) return READ_D | READ_S;
	return READ_D | READ_S | (imm & BPF_FETCH ? WRITE_S : 0);
}

function jumpFlags(op: number): number {
	const kind = op & 0xf0;
	if (kind === BPF_JA || kind === BPF_CALL || kind === BPF_EXIT || kind === BPF_JCOND) return 0;
	return READ_D | (op & BPF_X ? READ_S : 0);
}

function aluFlags(op: number): number {
	const kind = op & 0xf0;
	if (kind === BPF_MOV) return WRITE_D | (op & BPF_X ? READ_S : 0);
	if (kind === BPF_NEG || kind === BPF_END) return READ_D | WRITE_D;
	return READ_D | WRITE_D | (op & BPF_X ? READ_S : 0);
}

/** A plain copy of one register to another. */
export function isCopy(i: Insn): boolean {
	return i.op === (MOV64 | BPF_X) && i.off === 0;
}

/** Gives the same value whenever and wherever it is executed, without reading a register. */
export function isConstant(i: Insn): boolean {
	return (
		(i.op === MOV64 || i.op === MOV32 || i.op === LD_IMM64 || i.op === LEA) && i.defs === undefined
	);
}

export function sameConstant(a: Insn, b: Insn): boolean {
	return (
		a.op === b.op &&
		a.imm === b.imm &&
		a.off === b.off &&
		a.slot === b.slot &&
		a.wide === b.wide &&
		a.symbol === b.symbol &&
		a.core === b.core
	);
}

/** A copy of an instruction that shares nothing that changes. */
export function cloneInsn(i: Insn): Insn {
	const c = new Insn(i.op, i.d, i.s, i.off, i.imm);
	c.slot = i.slot;
	c.wide = i.wide;
	c.symbol = i.symbol;
	c.core = i.core;
	c.place = i.place;
	c.name = i.name;
	c.fixed = i.fixed;
	c.clobbers = i.clobbers;
	if (i.uses) c.uses = [...i.uses];
	if (i.defs) c.defs = [...i.defs];
	c.asm = i.asm;
	c.early = i.early;
	c.volatile = i.volatile;
	return c;
}

/** A block of machine code. A block without terminator goes on to `succs[0]`, or nowhere. */
export class Block {
	readonly id: number;
	insns: Insn[] = [];
	/** A conditional jump (to succs[0], else succs[1]), exit, or assembly with targets. */
	term: Insn | undefined = undefined;
	succs: Block[] = [];
	preds: Block[] = [];
	/** Loop nesting and estimated executions per call. */
	depth = 0;
	frequency = 1;
	/** Position in the function's list; kept by `number`. */
	index = 0;
	/** The block only carries copies of an edge. */
	edge = false;
	/** Of a conditional jump: that `succs[0]` is taken, when the source says so. */
	likely: boolean | undefined = undefined;

	constructor(id: number) {
		this.id = id;
	}
}

export interface Slot {
	readonly size: number;
	readonly align: number;
	/** Of the source; spill slots have none. */
	readonly name: string | undefined;
	/** Has LIFETIME markers. */
	marked: boolean;
	spill: boolean;
	/** Holds the key of a lookup. */
	key: boolean;
}

export class Func {
	readonly name: string;
	blocks: Block[] = [];
	slots: Slot[] = [];
	/** Number of registers, machine ones included. */
	registers = FIRST_VIRTUAL;
	#nextBlock = 0;

	constructor(name: string) {
		this.name = name;
	}

	register(): number {
		return this.registers++;
	}

	block(): Block {
		const b = new Block(this.#nextBlock++);
		this.blocks.push(b);
		return b;
	}

	slot(size: number, align: number, name?: string): number {
		const spill = name === undefined;
		this.slots.push({ size, align, name, marked: false, spill, key: false });
		return this.slots.length - 1;
	}

	/** Numbers the blocks and finds their predecessors anew. */
	link(): void {
		this.blocks.forEach((b, i) => {
			b.index = i;
			b.preds = [];
		});
		for (const b of this.blocks) for (const s of b.succs) s.preds.push(b);
	}
}

/** Calls `f` with each register that the instruction reads. */
export function eachUse(i: Insn, f: (r: number) => void): void {
	if (i.flags & READ_D) f(i.d);
	if (i.flags & READ_S) f(i.s);
	if (i.uses) for (const r of i.uses) f(r);
}

/** Calls `f` with each register that the instruction writes, lost ones aside. */
export function eachDef(i: Insn, f: (r: number) => void): void {
	if (i.flags & WRITE_D) f(i.d);
	if (i.flags & WRITE_S) f(i.s);
	if (i.defs) for (const r of i.defs) f(r);
}

/** Instructions and the terminator, in order. */
export function eachInsn(b: Block, f: (i: Insn) => void): void {
	for (const i of b.insns) f(i);
	if (b.term) f(b.term);
}
