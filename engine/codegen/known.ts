// Branches on a constant that the same block has just loaded are decided here; loops that end with their condition begin with such
// ones. Takes and gives machine code.

import {
	BPF_JEQ,
	BPF_JGE,
	BPF_JGT,
	BPF_JLE,
	BPF_JLT,
	BPF_JMP32,
	BPF_JNE,
	BPF_JSGE,
	BPF_JSGT,
	BPF_JSLE,
	BPF_JSLT,
	BPF_X,
} from "../isa/index.ts";
import { type Block, eachDef, type Func, type Insn, MOV32, MOV64, NONE } from "./machine.ts";

/** Whether any branch was decided. */
export function decideBranches(func: Func): boolean {
	let changed = false;
	for (const block of func.blocks) {
		const taken = decided(block);
		if (taken === undefined) continue;
		const next = block.succs[taken ? 0 : 1];
		if (!next) continue;
		block.term = undefined;
		block.succs = [next];
		block.likely = undefined;
		changed = true;
	}
	return changed;
}

function decided(block: Block): boolean | undefined {
	const { term } = block;
	if (!term || term.asm || term.op & BPF_X || block.succs.length !== 2) return undefined;
	const value = constantAbove(block, term.d);
	return value === undefined ? undefined : holds(term, value);
}

/** Blocks above one that are looked at. */
const FARTHEST = 4;

/** The constant in a register at the block's end, from there or from blocks that alone lead to it. */
function constantAbove(block: Block, r: number): bigint | undefined {
	let at = block;
	for (let depth = 0; depth < FARTHEST; depth++) {
		const value = constantIn(at, r);
		if (value !== "kept") return value;
		const [pred] = at.preds;
		if (at.preds.length !== 1 || !pred || pred.term?.asm) return undefined;
		at = pred;
	}
	return undefined;
}

/** The constant in a register at the block's end; "kept" when the block leaves it as it was. */
function constantIn(block: Block, r: number): bigint | "kept" | undefined {
	for (let at = block.insns.length - 1; at >= 0; at--) {
		const i = block.insns[at];
		if (!i) continue;
		let written = ((i.clobbers >> r) & 1) === 1;
		eachDef(i, (d) => {
			if (d === r) written = true;
		});
		if (!written) continue;
		if (i.core !== NONE || i.d !== r) return undefined;
		if (i.op === MOV32) return BigInt(i.imm >>> 0);
		return i.op === MOV64 ? BigInt(i.imm) : undefined;
	}
	return "kept";
}

function holds(term: Insn, value: bigint): boolean | undefined {
	const bits = (term.op & 7) === BPF_JMP32 ? 32 : 64;
	const signed = (v: bigint) => BigInt.asIntN(bits, v);
	const plain = (v: bigint) => BigInt.asUintN(bits, v);
	const imm = BigInt(term.imm);
	switch (term.op & 0xf0) {
		case BPF_JEQ:
			return plain(value) === plain(imm);
		case BPF_JNE:
			return plain(value) !== plain(imm);
		case BPF_JGT:
			return plain(value) > plain(imm);
		case BPF_JGE:
			return plain(value) >= plain(imm);
		case BPF_JLT:
			return plain(value) < plain(imm);
		case BPF_JLE:
			return plain(value) <= plain(imm);
		case BPF_JSGT:
			return signed(value) > signed(imm);
		case BPF_JSGE:
			return signed(value) >= signed(imm);
		case BPF_JSLT:
			return signed(value) < signed(imm);
		case BPF_JSLE:
			return signed(value) <= signed(imm);
		default:
			return undefined;
	}
}
