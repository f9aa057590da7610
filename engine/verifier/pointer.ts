// Arithmetic of a pointer and a scalar (adjust_ptr_min_max_vals of the kernel).

import * as isa from "../isa/index.ts";
import { addOffset, fixedOffset, isUsableOffset, subOffset } from "./alu.ts";
import { syncBounds } from "./bounds.ts";
import type { Env } from "./env.ts";
import { curReg, EACCES, EINVAL, MAX_VAR_OFF } from "./env.ts";
import {
	baseType,
	CONST_PTR_TO_DYNPTR,
	CONST_PTR_TO_MAP,
	copyReg,
	isPacketPointer,
	PTR_MAYBE_NULL,
	PTR_TO_BTF_ID,
	PTR_TO_BUF,
	PTR_TO_CTX,
	PTR_TO_FLOW_KEYS,
	PTR_TO_FUNC,
	PTR_TO_MAP_KEY,
	PTR_TO_MAP_VALUE,
	PTR_TO_MEM,
	PTR_TO_PACKET,
	PTR_TO_PACKET_META,
	PTR_TO_STACK,
	PTR_TO_TP_BUFFER,
	PTR_UNTRUSTED,
	type Reg,
	setUnknown,
	sminNumber,
	toNumber,
	typeName,
} from "./reg.ts";
import { copyScalar, S32_MIN, unbound32 } from "./scalar.ts";
import { decimal } from "./text.ts";
import { adjustedOperators } from "./words.ts";

/** The instruction's destination becomes `pointer` op `off`. `off` is never the destination itself. */
export function adjustPointer(env: Env, pc: number, pointer: Reg, off: Reg): number {
	const opcode = env.code.opcode[pc] as number;
	const op = opcode & 0xf0;
	const dst = env.code.dst[pc] as number;
	const to = curReg(env, dst);
	if (!isUsableOffset(off)) {
		setUnknown(to);
		return 0;
	}
	if ((opcode & 7) !== isa.BPF_ALU64) {
		if (op === isa.BPF_SUB) {
			setUnknown(to);
			return 0;
		}
		return refuse(env, `R${dst} 32-bit pointer arithmetic prohibited`);
	}
	const type = pointer.type;
	if (type & PTR_MAYBE_NULL)
		return refuse(
			env,
			`R${dst} pointer arithmetic on ${typeName(type)} prohibited, null-check it first`,
			"pointer/arithmetic-on-null",
		);
	//   reads of such memory cannot fault, so nobody keeps account of where it is read
	if (baseType(type) === PTR_TO_MEM && type & PTR_UNTRUSTED) return 0;
	if (!allowsArithmetic(pointer, off, op))
		return refuse(env, `R${dst} pointer arithmetic on ${typeName(type)} prohibited`);
	const own = to === pointer;
	if (!own) becomePointer(to, pointer);
	if (!isSane(env, off, type) || !isSane(env, pointer, type)) return -EINVAL;
	unbound32(to);
	const error =
		op === isa.BPF_ADD
			? add(env, to, pointer, off)
			: op === isa.BPF_SUB
				? subtract(env, dst, own, to, pointer, off)
				: refuseOperator(env, dst, op);
	if (error < 0) return error;
	if (!isSane(env, to, type)) return -EINVAL;
	syncBounds(to);
	return 0;
}

/** A scalar that a pointer is added to: like Linux, it gets neither the pointer's reference nor its frame. */
function becomePointer(to: Reg, pointer: Reg): void {
	const { refId, frameno, precise } = to;
	copyReg(to, pointer);
	to.refId = refId;
	to.frameno = frameno;
	to.precise = precise;
}

function refuse(env: Env, message: string, reason = "pointer/arithmetic"): number {
	return env.fail(EACCES, reason, message);
}

function refuseOperator(env: Env, dst: number, op: number): number {
	const name = adjustedOperators[op >> 4];
	const bitwise = op === isa.BPF_AND || op === isa.BPF_OR || op === isa.BPF_XOR;
	return refuse(
		env,
		bitwise
			? `R${dst} bitwise operator ${name} on pointer prohibited`
			: `R${dst} pointer arithmetic with ${name} operator prohibited`,
	);
}

function allowsArithmetic(pointer: Reg, off: Reg, op: number): boolean {
	const known = (off.maskHi | off.maskLo) === 0;
	switch (baseType(pointer.type)) {
		case PTR_TO_CTX:
		case PTR_TO_MAP_VALUE:
		case PTR_TO_MAP_KEY:
		case PTR_TO_STACK:
		case PTR_TO_PACKET_META:
		case PTR_TO_PACKET:
		case PTR_TO_TP_BUFFER:
		case PTR_TO_BTF_ID:
		case PTR_TO_MEM:
		case PTR_TO_BUF:
		case PTR_TO_FUNC:
		case CONST_PTR_TO_DYNPTR:
			return true;
		case PTR_TO_FLOW_KEYS:
			return known;
		case CONST_PTR_TO_MAP:
			return known && (off.sminHi | off.sminLo) === 0 && op === isa.BPF_ADD;
		default:
			return false;
	}
}

/** check_reg_sane_offset: offsets stay far from overflow. */
function isSane(env: Env, reg: Reg, type: number): boolean {
	const bad = (message: string) => {
		env.fail(EINVAL, "pointer/offset", message);
		return false;
	};
	if ((reg.maskHi | reg.maskLo) === 0) {
		const value = toNumber(reg.valueHi, reg.valueLo);
		if (value >= MAX_VAR_OFF || value <= -MAX_VAR_OFF)
			return bad(
				`math between ${typeName(type)} pointer and ${decimal(reg.valueHi, reg.valueLo)} is not allowed`,
			);
	}
	if (reg.off >= MAX_VAR_OFF || reg.off <= -MAX_VAR_OFF)
		return bad(`${typeName(type)} pointer offset ${reg.off} is not allowed`);
	if (reg.sminHi === S32_MIN && reg.sminLo === 0)
		return bad(
			`math between ${typeName(type)} pointer and register with unbounded min value is not allowed`,
		);
	const smin = sminNumber(reg);
	if (smin >= MAX_VAR_OFF || smin <= -MAX_VAR_OFF)
		return bad(
			`value ${decimal(reg.sminHi, reg.sminLo)} makes ${typeName(type)} pointer be out of bounds`,
		);
	return true;
}

function add(env: Env, to: Reg, pointer: Reg, off: Reg): number {
	const fixed = fixedOffset(pointer.off, off, 1);
	if (fixed !== undefined) {
		keepVariablePart(to, pointer);
		to.off = fixed;
		return 0;
	}
	addOffset(to, pointer, off);
	if (isPacketPointer(pointer.type)) {
		to.id = ++env.idGen;
		to.range = 0;
	}
	return 0;
}

function subtract(env: Env, dst: number, own: boolean, to: Reg, pointer: Reg, off: Reg): number {
	if (!own) return refuse(env, `R${dst} tried to subtract pointer from scalar`);
	if (pointer.type === PTR_TO_STACK)
		return refuse(env, `R${dst} subtraction from stack pointer prohibited`);
	const fixed = fixedOffset(pointer.off, off, -1);
	if (fixed !== undefined) {
		to.off = fixed;
		return 0;
	}
	const negative = off.sminHi < 0;
	subOffset(to, pointer, off);
	if (isPacketPointer(pointer.type)) {
		to.id = ++env.idGen;
		if (negative) to.range = 0;
	}
	return 0;
}

function keepVariablePart(to: Reg, pointer: Reg): void {
	if (to === pointer) return;
	copyScalar(to, pointer);
	unbound32(to);
}
