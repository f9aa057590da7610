// Arithmetic, moves, byte swaps and 64-bit immediates as WebAssembly. Returns false for encodings that are no instruction.

import { BPF_ALU64, BPF_END, BPF_MOV, BPF_NEG, BPF_PSEUDO_FUNC, BPF_X } from "../isa/index.ts";
import type { FunctionUnit } from "./unit.ts";
import { I32, I64, OP } from "./wasm/opcode.ts";

/** WebAssembly operations by the opcode's upper four bits: 64 and 32 bits wide. Absent: division, moves, byte swaps. */
const BINARY: ReadonlyMap<number, readonly [number, number]> = new Map([
	[0x00, [0x7c, 0x6a]],
	[0x10, [0x7d, 0x6b]],
	[0x20, [0x7e, 0x6c]],
	[0x40, [0x84, 0x72]],
	[0x50, [0x83, 0x71]],
	[0x60, [0x86, 0x74]],
	[0x70, [0x88, 0x76]],
	[0xa0, [0x85, 0x73]],
	[0xc0, [0x87, 0x75]],
]);

const DIVISION = {
	quotient: { signed: [0x7f, 0x6d], unsigned: [0x80, 0x6e] },
	remainder: { signed: [0x81, 0x6f], unsigned: [0x82, 0x70] },
} as const;

export function compileArithmetic(f: FunctionUnit, pc: number): boolean {
	const { code } = f.unit;
	const opcode = code.opcode[pc] ?? 0;
	const wide = (opcode & 7) === BPF_ALU64;
	const operation = opcode & 0xf0;
	const d = code.dst[pc] ?? 0;
	const off = code.off[pc] ?? 0;
	if (d === 10) return false;
	if (operation === BPF_END) return swap(f, pc, wide, opcode, d);
	if (operation === BPF_MOV) return move(f, pc, wide, opcode, d, off);
	if (operation === 0x30 || operation === 0x90) {
		if (off !== 0 && off !== 1) return false;
		divide(f, pc, wide, off === 1, operation === 0x90);
		return true;
	}
	if (off !== 0) return false;
	if (operation === BPF_NEG) {
		if (wide) f.body.const64(0, 0);
		else f.body.const32(0);
		pushDestination(f, d, wide);
		f.body.op(wide ? OP.sub64 : OP.sub32);
		pop(f, d, wide);
		return true;
	}
	const codes = BINARY.get(operation);
	if (!codes) return false;
	pushDestination(f, d, wide);
	pushSource(f, pc, wide);
	f.body.op(codes[wide ? 0 : 1]);
	pop(f, d, wide);
	return true;
}

/** The 64-bit immediate load at `pc`. */
export function compileImmediate(f: FunctionUnit, pc: number): boolean {
	const { code } = f.unit;
	const d = code.dst[pc] ?? 0;
	const source = code.src[pc] ?? 0;
	const lo = code.imm[pc] ?? 0;
	if (d >= 10 || pc + 1 >= code.length || code.opcode[pc + 1] !== 0) return false;
	if (source === BPF_PSEUDO_FUNC) f.body.const64(pc + 1 + lo, 0);
	else if (source === 0) f.body.const64(lo, code.imm[pc + 1] ?? 0);
	else return false;
	f.pop64(d);
	return true;
}

function pushDestination(f: FunctionUnit, d: number, wide: boolean): void {
	if (wide) f.push64(d);
	else f.push32(d);
}

/** Pushes the source operand: a register or the immediate. */
export function pushSource(f: FunctionUnit, pc: number, wide: boolean): void {
	const { code } = f.unit;
	const imm = code.imm[pc] ?? 0;
	if (((code.opcode[pc] ?? 0) & BPF_X) !== 0) pushDestination(f, code.src[pc] ?? 0, wide);
	else if (wide) f.body.const64(imm, imm >> 31);
	else f.body.const32(imm);
}

function pop(f: FunctionUnit, d: number, wide: boolean): void {
	if (wide) f.pop64(d);
	else f.pop32(d);
}

function move(
	f: FunctionUnit,
	pc: number,
	wide: boolean,
	opcode: number,
	d: number,
	off: number,
): boolean {
	if (off === 0) {
		pushSource(f, pc, wide);
		pop(f, d, wide);
		return true;
	}
	if ((opcode & BPF_X) === 0) return false;
	const extend = wide ? { 8: 0xc2, 16: 0xc3, 32: 0xc4 }[off] : { 8: 0xc0, 16: 0xc1 }[off];
	if (extend === undefined) return false;
	pushSource(f, pc, wide);
	f.body.op(extend);
	pop(f, d, wide);
	return true;
}

/** Division with Linux's answers: by 0 it gives 0 (quotient) or the dividend (remainder); the least integer by -1 wraps. */
function divide(
	f: FunctionUnit,
	pc: number,
	wide: boolean,
	signed: boolean,
	remainder: boolean,
): void {
	const { body } = f;
	const { code } = f.unit;
	const d = code.dst[pc] ?? 0;
	const operation = DIVISION[remainder ? "remainder" : "quotient"][signed ? "signed" : "unsigned"];
	const plain = () => {
		pushDestination(f, d, wide);
		pushSource(f, pc, wide);
		body.op(operation[wide ? 0 : 1]);
	};
	const zero = () => (wide ? body.const64(0, 0) : body.const32(0));
	const type = wide ? I64 : I32;
	const wraps = signed && !remainder;
	const imm = code.imm[pc] ?? 0;
	if (((code.opcode[pc] ?? 0) & BPF_X) === 0 && imm !== 0 && !(wraps && imm === -1)) {
		plain();
		pop(f, d, wide);
		return;
	}
	pushSource(f, pc, wide);
	body.op(wide ? OP.eqz64 : OP.eqz32);
	body.open(OP.if, type);
	if (remainder) pushDestination(f, d, wide);
	else zero();
	body.op(OP.else);
	if (wraps) {
		pushSource(f, pc, wide);
		if (wide) body.const64(-1, -1);
		else body.const32(-1);
		body.op(wide ? OP.eq64 : 0x46);
		body.open(OP.if, type);
		zero();
		pushDestination(f, d, wide);
		body.op(wide ? OP.sub64 : OP.sub32);
		body.op(OP.else);
		plain();
		body.op(OP.end);
	} else plain();
	body.op(OP.end);
	pop(f, d, wide);
}

function swap(f: FunctionUnit, pc: number, wide: boolean, opcode: number, d: number): boolean {
	const { body } = f;
	const bits = f.unit.code.imm[pc] ?? 0;
	if (bits !== 16 && bits !== 32 && bits !== 64) return false;
	if (wide && (opcode & BPF_X) !== 0) return false;
	if (!wide && (opcode & BPF_X) === 0) {
		if (bits === 64) return true;
		f.push64(d);
		body.const64(bits === 16 ? 0xffff : -1, 0);
		body.op(OP.and64);
		f.pop64(d);
		return true;
	}
	if (bits === 16) {
		f.push32(d);
		body.tee(f.temporary32(0));
		body.const32(8);
		body.op(OP.shl32);
		body.const32(0xff00);
		body.op(OP.and32);
		body.get(f.temporary32(0));
		body.const32(8);
		body.op(OP.shru32);
		body.const32(0xff);
		body.op(OP.and32);
		body.op(OP.or32);
		f.pop32(d);
	} else if (bits === 32) {
		f.push32(d);
		swap32(f);
		f.pop32(d);
	} else {
		f.push32(d);
		swap32(f);
		body.op(OP.extendU);
		body.const64(32, 0);
		body.op(OP.shl64);
		f.push64(d);
		body.const64(32, 0);
		body.op(OP.shru64);
		body.op(OP.wrap);
		swap32(f);
		body.op(OP.extendU);
		body.op(OP.or64);
		f.pop64(d);
	}
	return true;
}

/** Turns the four bytes of the i32 on the stack around. */
function swap32(f: FunctionUnit): void {
	const { body } = f;
	body.tee(f.temporary32(0));
	body.const32(8);
	body.op(OP.rotl32);
	body.const32(0x00ff00ff);
	body.op(OP.and32);
	body.get(f.temporary32(0));
	body.const32(24);
	body.op(OP.rotl32);
	body.const32(0xff00ff00 | 0);
	body.op(OP.and32);
	body.op(OP.or32);
}
