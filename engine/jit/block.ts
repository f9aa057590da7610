// The instructions of one block, without its last jump. What cannot be executed becomes a trap.

import {
	BPF_ABS,
	BPF_ALU,
	BPF_ALU64,
	BPF_CALL,
	BPF_IND,
	BPF_JMP,
	BPF_LD,
	BPF_LDX,
	BPF_ST,
	BPF_STX,
	LD_IMM64,
} from "../isa/index.ts";
import { compileLoad, compileStore } from "./access.ts";
import { compileArithmetic, compileImmediate } from "./arithmetic.ts";
import { compileCall, compilePacketLoad, lookupTest } from "./call.ts";
import type { Rotations } from "./rotate.ts";
import { findRotations } from "./rotate.ts";
import type { FunctionUnit } from "./unit.ts";
import { TRAP } from "./unit.ts";
import { OP } from "./wasm/opcode.ts";

/** First temporary of rotations; the ones below are for single instructions. */
const KEPT = 1;

/** Compiles instructions `start` to `end`, the last excluded when `end` is its slot. */
export function compileBlock(f: FunctionUnit, start: number, end: number): void {
	const { code } = f.unit;
	const rotations = findRotations(code, start, end);
	f.known.reset();
	for (let pc = start; pc < end; pc++) {
		f.body.mark(pc);
		const lookup = lookupTest(f, pc);
		if (!rotation(f, pc, rotations) && !instruction(f, pc)) f.trap(pc, TRAP.instruction);
		f.known.step(code, pc);
		if (lookup) f.known.lookup = lookup;
		if (code.opcode[pc] === LD_IMM64) pc++;
	}
}

function rotation(f: FunctionUnit, pc: number, { keep, rotate }: Rotations): boolean {
	const { body } = f;
	const d = f.unit.code.dst[pc] ?? 0;
	const temporary = keep.get(pc);
	if (temporary !== undefined && d < 10) {
		f.push64(d);
		body.set(f.temporary64(KEPT + temporary));
	}
	const found = rotate.get(pc);
	if (!found || d >= 10) return false;
	body.get(f.temporary64(KEPT + found.temporary));
	if (found.wide) {
		body.const64(found.count, 0);
		body.op(OP.rotl64);
		f.pop64(d);
	} else {
		body.op(OP.wrap);
		body.const32(found.count);
		body.op(OP.rotl32);
		f.pop32(d);
	}
	return true;
}

function instruction(f: FunctionUnit, pc: number): boolean {
	const { code } = f.unit;
	const opcode = code.opcode[pc] ?? 0;
	if ((code.dst[pc] ?? 0) > 10 || (code.src[pc] ?? 0) > 10) return false;
	switch (opcode & 7) {
		case BPF_ALU:
		case BPF_ALU64:
			return compileArithmetic(f, pc);
		case BPF_LDX:
			return compileLoad(f, pc);
		case BPF_ST:
		case BPF_STX:
			return compileStore(f, pc);
		case BPF_LD:
			if (opcode === LD_IMM64) return compileImmediate(f, pc);
			return (
				((opcode & 0xe0) === BPF_ABS || (opcode & 0xe0) === BPF_IND) && compilePacketLoad(f, pc)
			);
		case BPF_JMP:
			return (opcode & 0xf0) === BPF_CALL && compileCall(f, pc);
		default:
			return false;
	}
}
