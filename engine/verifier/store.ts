// Loads, stores, atomic operations and legacy packet loads as instructions (check_load_mem, check_store_reg,
// check_atomic, check_ld_abs of the kernel).

import * as isa from "../isa/index.ts";
import { sanityCheck } from "./arith.ts";
import type { Env } from "./env.ts";
import { curReg, EACCES, EINVAL } from "./env.ts";
import { checkAccess } from "./memory.ts";
import { checkDest, checkDestUnknown, checkSource, clearCallerSaved } from "./operand.ts";
import { checkLeaks } from "./refs.ts";
import {
	baseType,
	isPacketPointer,
	isSocketPointer,
	MEM_RDONLY,
	NOT_INIT,
	PTR_TO_ARENA,
	PTR_TO_BTF_ID,
	PTR_TO_CTX,
	PTR_TO_FLOW_KEYS,
	PTR_TO_MEM,
	PTR_TO_SOCK_COMMON,
	PTR_TO_SOCKET,
	PTR_TO_TCP_SOCK,
	PTR_TO_XDP_SOCK,
	PTR_UNTRUSTED,
	setUnknown,
	typeName,
} from "./reg.ts";
import { checkUnmodified } from "./region.ts";
import type { StackTools } from "./stack.ts";
import { topFrame } from "./state.ts";

const sizes: Readonly<Record<number, number>> = {
	[isa.BPF_W]: 4,
	[isa.BPF_H]: 2,
	[isa.BPF_B]: 1,
	[isa.BPF_DW]: 8,
};

/** Bytes that a load or store moves. */
function sizeOf(opcode: number): number {
	return sizes[opcode & 0x18] as number;
}

/** dst = *(size *)(src + off) */
export function checkLoad(env: Env, tools: StackTools, pc: number, strict = false): number {
	const opcode = env.code.opcode[pc] as number;
	const src = env.code.src[pc] as number;
	const dst = env.code.dst[pc] as number;
	const error = checkSource(env, src) || checkDest(env, dst);
	if (error < 0) return error;
	const { type } = curReg(env, src);
	const signed = (opcode & 0xe0) === isa.BPF_MEMSX;
	const off = env.code.off[pc] as number;
	const size = sizeOf(opcode);
	return (
		checkAccess(env, tools, { regno: src, off, size, write: false, value: dst, strict, signed }) ||
		savePointerType(env, pc, type, true) ||
		sanityCheck(env, curReg(env, dst), strict ? "atomic_load" : "ldx")
	);
}

/** *(size *)(dst + off) = src */
export function checkStore(env: Env, tools: StackTools, pc: number, strict = false): number {
	const opcode = env.code.opcode[pc] as number;
	const src = env.code.src[pc] as number;
	const dst = env.code.dst[pc] as number;
	const error = checkSource(env, src) || checkSource(env, dst);
	if (error < 0) return error;
	const { type } = curReg(env, dst);
	const off = env.code.off[pc] as number;
	const size = sizeOf(opcode);
	return (
		checkAccess(env, tools, {
			regno: dst,
			off,
			size,
			write: true,
			value: src,
			strict,
			signed: false,
		}) || savePointerType(env, pc, type, false)
	);
}

/** *(size *)(dst + off) = imm */
export function checkStoreImm(env: Env, tools: StackTools, pc: number): number {
	const opcode = env.code.opcode[pc] as number;
	const dst = env.code.dst[pc] as number;
	if ((opcode & 0xe0) !== isa.BPF_MEM || env.code.src[pc] !== 0)
		return env.fail(EINVAL, "insn/reserved-fields", "BPF_ST uses reserved fields");
	const error = checkSource(env, dst);
	if (error < 0) return error;
	const { type } = curReg(env, dst);
	const off = env.code.off[pc] as number;
	const size = sizeOf(opcode);
	return (
		checkAccess(env, tools, {
			regno: dst,
			off,
			size,
			write: true,
			value: -1,
			strict: false,
			signed: false,
		}) || savePointerType(env, pc, type, false)
	);
}

/** Kinds whose accesses the kernel rewrites, so that one instruction cannot serve two of them. */
function mustStay(type: number): boolean {
	switch (baseType(type)) {
		case PTR_TO_CTX:
		case PTR_TO_SOCKET:
		case PTR_TO_SOCK_COMMON:
		case PTR_TO_TCP_SOCK:
		case PTR_TO_XDP_SOCK:
		case PTR_TO_BTF_ID:
		case PTR_TO_ARENA:
			return true;
		default:
			return false;
	}
}

function isMemoryOrBtf(type: number): boolean {
	const base = baseType(type);
	return base === PTR_TO_MEM || base === PTR_TO_BTF_ID;
}

/** save_aux_ptr_type. */
function savePointerType(env: Env, pc: number, type: number, mayMerge: boolean): number {
	const before = env.facts.pointerType[pc] as number;
	if (before === NOT_INIT) {
		env.facts.pointerType[pc] = type;
		return 0;
	}
	if (type === before || (!mustStay(type) && !mustStay(before))) return 0;
	if (mayMerge && isMemoryOrBtf(type) && isMemoryOrBtf(before)) {
		const memory = baseType(type) === PTR_TO_MEM || baseType(before) === PTR_TO_MEM;
		env.facts.pointerType[pc] =
			(memory ? PTR_TO_MEM : PTR_TO_BTF_ID) | ((type | before) & (PTR_UNTRUSTED | MEM_RDONLY));
		return 0;
	}
	return env.fail(
		EINVAL,
		"memory/mixed-pointers",
		"same insn cannot be used with different pointers",
	);
}

const readModifyWrite = new Set([
	isa.BPF_ADD,
	isa.BPF_ADD | isa.BPF_FETCH,
	isa.BPF_AND,
	isa.BPF_AND | isa.BPF_FETCH,
	isa.BPF_OR,
	isa.BPF_OR | isa.BPF_FETCH,
	isa.BPF_XOR,
	isa.BPF_XOR | isa.BPF_FETCH,
	isa.BPF_XCHG,
	isa.BPF_CMPXCHG,
]);

/** An atomic operation, load-acquire and store-release included. */
export function checkAtomic(env: Env, tools: StackTools, pc: number): number {
	const imm = env.code.imm[pc] as number;
	if (readModifyWrite.has(imm)) return checkReadModifyWrite(env, tools, pc, imm);
	if (imm === isa.BPF_LOAD_ACQ) {
		const src = env.code.src[pc] as number;
		const { type } = curReg(env, Math.min(src, 10));
		const error = checkLoad(env, tools, pc, true);
		if (error < 0) return error;
		// The kernel looks at the register after the load: when it is its own destination, that is a scalar.
		const same = src === (env.code.dst[pc] as number);
		return same || allowsAtomic(type) ? 0 : refuseAtomic(env, "loads from", src);
	}
	if (imm === isa.BPF_STORE_REL) {
		const dst = env.code.dst[pc] as number;
		const error = checkStore(env, tools, pc, true);
		if (error < 0) return error;
		return allowsAtomic(curReg(env, dst).type) ? 0 : refuseAtomic(env, "stores into", dst);
	}
	const hex = (imm >>> 0).toString(16).padStart(2, "0");
	return env.fail(EINVAL, "insn/unknown", `BPF_ATOMIC uses invalid atomic opcode ${hex}`);
}

/** atomic_ptr_type_ok */
function allowsAtomic(type: number): boolean {
	return !(
		type === PTR_TO_CTX ||
		isPacketPointer(type) ||
		type === PTR_TO_FLOW_KEYS ||
		isSocketPointer(type)
	);
}

function refuseAtomic(env: Env, what: string, regno: number): number {
	return env.fail(
		EACCES,
		"atomic/pointer",
		`BPF_ATOMIC ${what} R${regno} ${typeName(curReg(env, regno).type)} is not allowed`,
	);
}

function checkReadModifyWrite(env: Env, tools: StackTools, pc: number, imm: number): number {
	const opcode = env.code.opcode[pc] as number;
	const size = sizeOf(opcode);
	if (size < 4) return env.fail(EINVAL, "atomic/size", "invalid atomic operand size");
	const src = env.code.src[pc] as number;
	const dst = env.code.dst[pc] as number;
	const exchange = imm === isa.BPF_CMPXCHG;
	const error =
		checkSource(env, src) || checkSource(env, dst) || (exchange ? checkSource(env, 0) : 0);
	if (error < 0) return error;
	if (!allowsAtomic(curReg(env, dst).type)) return refuseAtomic(env, "stores into", dst);
	const loaded = (imm & isa.BPF_FETCH) === 0 ? -1 : exchange ? 0 : src;
	if (loaded >= 0) {
		const error = checkDestUnknown(env, loaded);
		if (error < 0) return error;
	}
	const off = env.code.off[pc] as number;
	const access = { regno: dst, off, size, write: false, value: -1, strict: true, signed: false };
	return (
		checkAccess(env, tools, access) ||
		(loaded >= 0 ? checkAccess(env, tools, { ...access, value: loaded }) : 0) ||
		savePointerType(env, pc, curReg(env, dst).type, false) ||
		checkAccess(env, tools, { ...access, write: true })
	);
}

const skbTypes = new Set([1, 3, 4]);

/** r0 = *(size *)skb[...]: a hidden function call with the context in r6. */
export function checkLegacyLoad(env: Env, pc: number): number {
	const opcode = env.code.opcode[pc] as number;
	const indirect = (opcode & 0xe0) === isa.BPF_IND;
	const src = env.code.src[pc] as number;
	if (!skbTypes.has(env.request.type))
		return env.fail(
			EINVAL,
			"legacy-load/program-type",
			"BPF_LD_[ABS|IND] instructions not allowed for this program type",
		);
	if (
		env.code.dst[pc] !== 0 ||
		env.code.off[pc] !== 0 ||
		(opcode & 0x18) === isa.BPF_DW ||
		(!indirect && src !== 0)
	)
		return env.fail(EINVAL, "insn/reserved-fields", "BPF_LD_[ABS|IND] uses reserved fields");
	const error = checkSource(env, 6) || checkLeaks(env, true, "BPF_LD_[ABS|IND]");
	if (error < 0) return error;
	const context = curReg(env, 6);
	if (context.type !== PTR_TO_CTX)
		return env.fail(
			EINVAL,
			"legacy-load/context",
			"at the time of BPF_LD_ABS|IND R6 != pointer to skb",
		);
	const operand = (indirect ? checkSource(env, src) : 0) || checkUnmodified(env, context, 6, false);
	if (operand < 0) return operand;
	clearCallerSaved(env, topFrame(env.cur));
	setUnknown(curReg(env, 0));
	return 0;
}
