// The condition of a branch as an i32 on the WebAssembly stack. Returns false for what is no branch.

import { BPF_JCOND, BPF_JMP, BPF_JSET, BPF_X } from "../isa/index.ts";
import { pushSource } from "./arithmetic.ts";
import type { FunctionUnit } from "./unit.ts";
import { OP } from "./wasm/opcode.ts";

/** Comparisons by the opcode's upper four bits: 64 and 32 bits wide. */
const COMPARE: ReadonlyMap<number, readonly [number, number]> = new Map([
	[0x10, [0x51, 0x46]],
	[0x20, [0x56, 0x4b]],
	[0x30, [0x5a, 0x4f]],
	[0x50, [0x52, 0x47]],
	[0x60, [0x55, 0x4a]],
	[0x70, [0x59, 0x4e]],
	[0xa0, [0x54, 0x49]],
	[0xb0, [0x58, 0x4d]],
	[0xc0, [0x53, 0x48]],
	[0xd0, [0x57, 0x4c]],
]);

export function pushCondition(f: FunctionUnit, pc: number): boolean {
	const { code } = f.unit;
	const { body } = f;
	const opcode = code.opcode[pc] ?? 0;
	const wide = (opcode & 7) === BPF_JMP;
	const operation = opcode & 0xf0;
	const d = code.dst[pc] ?? 0;
	if (d > 10 || (code.src[pc] ?? 0) > 10) return false;
	if (operation === BPF_JCOND) return mayGoto(f, opcode, code.src[pc] ?? 0);
	if (operation === BPF_JSET) {
		push(f, d, wide);
		pushSource(f, pc, wide);
		body.op(wide ? OP.and64 : OP.and32);
		if (wide) {
			body.const64(0, 0);
			body.op(OP.ne64);
		}
		return true;
	}
	const compare = COMPARE.get(operation);
	if (!compare) return false;
	const zero = (opcode & BPF_X) === 0 && code.imm[pc] === 0;
	const equality = operation === 0x10 || operation === 0x50;
	if (zero && equality && d === 0 && f.known.lookup) {
		body.get(f.known.lookup.index);
		body.const32(f.known.lookup.bound);
		body.op(operation === 0x10 ? OP.geu32 : OP.ltu32);
		return true;
	}
	push(f, d, wide);
	if (zero && operation === 0x10) {
		body.op(wide ? OP.eqz64 : OP.eqz32);
		return true;
	}
	pushSource(f, pc, wide);
	body.op(compare[wide ? 0 : 1]);
	return true;
}

function push(f: FunctionUnit, r: number, wide: boolean): void {
	if (wide) f.push64(r);
	else f.push32(r);
}

/** Jumps when no turn is left, else takes one. */
function mayGoto(f: FunctionUnit, opcode: number, source: number): boolean {
	const { body } = f;
	if (opcode !== (BPF_JMP | BPF_JCOND) || source !== 0) return false;
	const left = f.mayGoto;
	body.get(left);
	body.op(OP.eqz32);
	body.get(left);
	body.get(left);
	body.const32(0);
	body.op(OP.ne32);
	body.op(OP.sub32);
	body.set(left);
	return true;
}
