// Packet pointers: what comparisons with the packet's end prove readable (find_good_pkt_pointers and
// try_match_pkt_pointers of the kernel), and when they are lost.

import * as isa from "../isa/index.ts";
import { flipOp } from "./branch.ts";
import {
	baseType,
	CONST_PTR_TO_MAP,
	DYNPTR_TYPE_PACKET,
	isPacketPointer,
	mayBeNull,
	PTR_TO_BTF_ID,
	PTR_TO_MAP_KEY,
	PTR_TO_MAP_VALUE,
	PTR_TO_MEM,
	PTR_TO_PACKET,
	PTR_TO_PACKET_END,
	PTR_TO_PACKET_META,
	PTR_TO_SOCK_COMMON,
	PTR_TO_SOCKET,
	PTR_TO_TCP_SOCK,
	PTR_TRUSTED,
	PTR_UNTRUSTED,
	type Reg,
	SCALAR_VALUE,
	setUnknown,
	umaxNumber,
} from "./reg.ts";
import type { State } from "./state.ts";
import { forEachReg, regOf, topFrame } from "./state.ts";

const MAX_PACKET_OFF = 0xffff;
const AT_END = -1;
const BEYOND_END = -2;

function isAnyPacket(type: number): boolean {
	return isPacketPointer(type) || type === PTR_TO_PACKET_END;
}

/** is_branch_taken when at least one side is a pointer: 1 taken, 0 not, -1 either. */
export function pointerTaken(a: Reg, b: Reg, op: number, jmp32: boolean): number {
	if (isAnyPacket(a.type) && isAnyPacket(b.type)) return jmp32 ? -1 : packetTaken(a, b, op);
	let pointer = a;
	let scalar = b;
	let operation = op;
	if (!isConstScalar(scalar, jmp32)) {
		operation = flipOp(op);
		pointer = b;
		scalar = a;
	}
	if (!isConstScalar(scalar, jmp32) || !isNotNull(pointer)) return -1;
	if (scalar.valueLo !== 0 || (!jmp32 && scalar.valueHi !== 0)) return -1;
	if (operation === isa.BPF_JEQ) return 0;
	return operation === isa.BPF_JNE ? 1 : -1;
}

function isConstScalar(reg: Reg, low: boolean): boolean {
	return reg.type === SCALAR_VALUE && reg.maskLo === 0 && (low || reg.maskHi === 0);
}

/** reg_not_null: kinds that are never null. */
function isNotNull(reg: Reg): boolean {
	if (mayBeNull(reg.type)) return false;
	switch (baseType(reg.type)) {
		case PTR_TO_SOCKET:
		case PTR_TO_TCP_SOCK:
		case PTR_TO_MAP_VALUE:
		case PTR_TO_MAP_KEY:
		case PTR_TO_SOCK_COMMON:
		case CONST_PTR_TO_MAP:
			return true;
		case PTR_TO_BTF_ID:
			return reg.refId !== 0 || (reg.type & PTR_TRUSTED) !== 0;
		case PTR_TO_MEM:
			return (reg.type & PTR_UNTRUSTED) === 0;
		default:
			return false;
	}
}

function packetTaken(a: Reg, b: Reg, op: number): number {
	let packet = a;
	let operation = op;
	if (b.type !== PTR_TO_PACKET_END) {
		if (a.type !== PTR_TO_PACKET_END) return -1;
		packet = b;
		operation = flipOp(op);
	}
	if (packet.range >= 0) return -1;
	if (operation === isa.BPF_JLE || operation === isa.BPF_JGT)
		return packet.range === BEYOND_END ? (operation === isa.BPF_JGT ? 1 : 0) : -1;
	if (operation === isa.BPF_JLT || operation === isa.BPF_JGE)
		return operation === isa.BPF_JGE ? 1 : 0;
	return -1;
}

/** A packet pointer straight from the context, not moved. */
function isStart(reg: Reg): boolean {
	return (
		reg.type === PTR_TO_PACKET &&
		reg.id === 0 &&
		reg.off === 0 &&
		(reg.maskHi | reg.maskLo | reg.valueHi | reg.valueLo) === 0
	);
}

/** Whether `a` moves forward to what `b` bounds: packet to its end, metadata to the packet. */
function bounds(a: Reg, b: Reg): boolean {
	return (
		(a.type === PTR_TO_PACKET && b.type === PTR_TO_PACKET_END) ||
		(a.type === PTR_TO_PACKET_META && isStart(b))
	);
}

/**
 * What `if (a op b)` proves of the packet. `here` is the state that does not jump, `there` the one that does; the
 * registers are those of `here`.
 */
export function matchPacketPointers(
	here: State,
	there: State,
	a: Reg,
	b: Reg,
	aNumber: number,
	bNumber: number,
	op: number,
): void {
	if (op !== isa.BPF_JGT && op !== isa.BPF_JLT && op !== isa.BPF_JGE && op !== isa.BPF_JLE) return;
	let pointer = a;
	let number = aNumber;
	let operation = op;
	if (!bounds(a, b)) {
		if (!bounds(b, a)) return;
		pointer = b;
		number = bNumber;
		operation = flipOp(op);
	}
	// Now: if (pointer operation end).
	const inside = operation === isa.BPF_JGT || operation === isa.BPF_JGE ? here : there;
	const outside = inside === here ? there : here;
	const strict = operation === isa.BPF_JLT || operation === isa.BPF_JGE;
	markReadable(inside, pointer, strict);
	markEnd(outside, number, !strict);
}

/** Every pointer of the same origin may read up to where `pointer` points; one more byte when it is before the end. */
function markReadable(state: State, pointer: Reg, open: boolean): void {
	const { off, type, id } = pointer;
	if (off < 0 || (off === 0 && open)) return;
	const max = umaxNumber(pointer);
	if (max > MAX_PACKET_OFF || max + off > MAX_PACKET_OFF) return;
	const range = off + (open ? 1 : 0);
	forEachReg(state, (reg) => {
		if (reg.type === type && reg.id === id && reg.range < range) reg.range = range;
	});
}

function markEnd(state: State, number: number, beyond: boolean): void {
	const reg = regOf(topFrame(state), number);
	if (reg.type === PTR_TO_PACKET) reg.range = beyond ? BEYOND_END : AT_END;
}

/** clear_all_pkt_pointers: the packet may have moved. */
export function clearPacketPointers(state: State): void {
	forEachReg(state, (reg) => {
		const slice = baseType(reg.type) === PTR_TO_MEM && (reg.type & DYNPTR_TYPE_PACKET) !== 0;
		if (isAnyPacket(reg.type) || slice) setUnknown(reg);
	});
}
