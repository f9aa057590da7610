// One register or spilled slot: its kind, what its value or variable offset may be, and the identities that tie it to
// others (struct bpf_reg_state of the kernel). Fixed shape, mutable in place; knows nothing of frames or instructions.

import { copyScalar, markKnown, markUnknown, Scalar } from "./scalar.ts";

export const NOT_INIT = 0;
export const SCALAR_VALUE = 1;
export const PTR_TO_CTX = 2;
export const CONST_PTR_TO_MAP = 3;
export const PTR_TO_MAP_VALUE = 4;
export const PTR_TO_MAP_KEY = 5;
export const PTR_TO_STACK = 6;
export const PTR_TO_PACKET_META = 7;
export const PTR_TO_PACKET = 8;
export const PTR_TO_PACKET_END = 9;
export const PTR_TO_FLOW_KEYS = 10;
export const PTR_TO_SOCKET = 11;
export const PTR_TO_SOCK_COMMON = 12;
export const PTR_TO_TCP_SOCK = 13;
export const PTR_TO_TP_BUFFER = 14;
export const PTR_TO_XDP_SOCK = 15;
export const PTR_TO_BTF_ID = 16;
export const PTR_TO_MEM = 17;
export const PTR_TO_ARENA = 18;
export const PTR_TO_BUF = 19;
export const PTR_TO_FUNC = 20;
export const CONST_PTR_TO_DYNPTR = 21;

/** Modifiers, or-ed to a kind. */
export const PTR_MAYBE_NULL = 1 << 8;
export const MEM_RDONLY = 1 << 9;
export const MEM_RINGBUF = 1 << 10;
export const MEM_USER = 1 << 11;
export const MEM_PERCPU = 1 << 12;
export const PTR_UNTRUSTED = 1 << 14;
export const MEM_ALLOC = 1 << 19;
export const PTR_TRUSTED = 1 << 20;
export const MEM_RCU = 1 << 21;
export const NON_OWN_REF = 1 << 22;
export const DYNPTR_TYPE_SKB = 1 << 23;
export const DYNPTR_TYPE_XDP = 1 << 24;
export const DYNPTR_TYPE_SKB_META = 1 << 25;
export const DYNPTR_TYPE_LOCAL = 1 << 26;
export const DYNPTR_TYPE_RINGBUF = 1 << 27;
/** A pointer into a dynptr over a packet. */
export const DYNPTR_TYPE_PACKET = DYNPTR_TYPE_SKB | DYNPTR_TYPE_XDP | DYNPTR_TYPE_SKB_META;
/** A pointer into any dynptr. */
export const DYNPTR_TYPE = DYNPTR_TYPE_PACKET | DYNPTR_TYPE_LOCAL | DYNPTR_TYPE_RINGBUF;

/** Set in the id of a scalar that is another one of the same id plus a constant, held in `off`; by the width of the sum. */
export const BPF_ADD_CONST64 = 1 << 30;
export const BPF_ADD_CONST32 = 1 << 29;
export const BPF_ADD_CONST = BPF_ADD_CONST64 | BPF_ADD_CONST32;

/** The kind without its modifiers. */
export function baseType(type: number): number {
	return type & 0xff;
}

/** A register. For pointers the scalar part is the variable offset. Every field is an int32 or a boolean. */
export class Reg extends Scalar {
	type = NOT_INIT;
	/** Fixed offset of a pointer; distance of a scalar with BPF_ADD_CONST. */
	off = 0;
	/** Packet pointers: bytes proven readable from the start; negative beyond the end. */
	range = 0;
	/** Map pointers, values and keys: number of the map's facts in the environment, 0 for none. */
	map = 0;
	/** Size of the memory, of PTR_TO_MEM; subprogram, of PTR_TO_FUNC. */
	size = 0;
	/** BTF type, of PTR_TO_BTF_ID and iterators. */
	btf = 0;
	/** Unique id of an inner map; dynptr a slice belongs to. */
	uid = 0;
	/** Kind and state of a dynptr or iterator slot, packed. */
	object = 0;
	id = 0;
	refId = 0;
	frameno = 0;
	precise = false;
}

/** Everything of `from` into `to`. */
export function copyReg(to: Reg, from: Reg): void {
	copyScalar(to, from);
	to.type = from.type;
	to.off = from.off;
	to.range = from.range;
	to.map = from.map;
	to.size = from.size;
	to.btf = from.btf;
	to.uid = from.uid;
	to.object = from.object;
	to.id = from.id;
	to.refId = from.refId;
	to.frameno = from.frameno;
	to.precise = from.precise;
}

/** Forgets what kind of pointer it was and every id, not the frame, definition or precision. */
function clearPointer(reg: Reg): void {
	reg.off = 0;
	reg.range = 0;
	reg.map = 0;
	reg.size = 0;
	reg.btf = 0;
	reg.uid = 0;
	reg.object = 0;
	reg.id = 0;
	reg.refId = 0;
}

/** __mark_reg_known: the number, without identity; the type is left to the caller. */
export function setKnown(reg: Reg, hi: number, lo: number): void {
	clearPointer(reg);
	markKnown(reg, hi, lo);
}

/** __mark_reg_unknown: any scalar, imprecise. */
export function setUnknown(reg: Reg): void {
	clearPointer(reg);
	reg.type = SCALAR_VALUE;
	reg.frameno = 0;
	reg.precise = false;
	markUnknown(reg);
}

/** __mark_reg_not_init. */
export function setNotInit(reg: Reg): void {
	setUnknown(reg);
	reg.type = NOT_INIT;
}

/** Zero as a scalar, imprecise. */
export function setZero(reg: Reg): void {
	setKnown(reg, 0, 0);
	reg.type = SCALAR_VALUE;
	reg.precise = false;
}

/** Whether the register is the scalar zero. */
export function isNull(reg: Reg): boolean {
	return reg.type === SCALAR_VALUE && (reg.maskHi | reg.maskLo | reg.valueHi | reg.valueLo) === 0;
}

export function isPacketPointer(type: number): boolean {
	return type === PTR_TO_PACKET || type === PTR_TO_PACKET_META;
}

export function mayBeNull(type: number): boolean {
	return (type & PTR_MAYBE_NULL) !== 0;
}

/** Kinds that keep what they are when written to the stack whole. */
export function isSpillable(type: number): boolean {
	const base = type & 0xff;
	return base >= PTR_TO_CTX && base !== PTR_TO_TP_BUFFER && base !== CONST_PTR_TO_DYNPTR;
}

export function isSocketPointer(type: number): boolean {
	return (
		type === PTR_TO_SOCKET ||
		type === PTR_TO_SOCK_COMMON ||
		type === PTR_TO_TCP_SOCK ||
		type === PTR_TO_XDP_SOCK
	);
}

/** Bits needed for the largest unsigned value. */
export function regWidth(reg: Reg): number {
	return reg.umaxHi !== 0 ? 64 - Math.clz32(reg.umaxHi) : 32 - Math.clz32(reg.umaxLo);
}

/** The known value as a JavaScript number; only where it is known to be small, such as offsets. */
export function constNumber(reg: Reg): number {
	return toNumber(reg.valueHi, reg.valueLo);
}

/** The signed 64-bit number as a double: exact within 2^53. */
export function toNumber(hi: number, lo: number): number {
	return hi * 0x100000000 + (lo >>> 0);
}

/** The unsigned 64-bit number as a double: exact within 2^53. */
export function toUnsigned(hi: number, lo: number): number {
	return (hi >>> 0) * 0x100000000 + (lo >>> 0);
}

export function sminNumber(reg: Reg): number {
	return toNumber(reg.sminHi, reg.sminLo);
}

export function smaxNumber(reg: Reg): number {
	return toNumber(reg.smaxHi, reg.smaxLo);
}

export function umaxNumber(reg: Reg): number {
	return toUnsigned(reg.umaxHi, reg.umaxLo);
}

/** What memcmp up to var_off compares, without the range when the caller treats it itself. */
export function samePointerPart(a: Reg, b: Reg): boolean {
	return (
		a.type === b.type &&
		a.off === b.off &&
		a.range === b.range &&
		a.map === b.map &&
		a.size === b.size &&
		a.btf === b.btf &&
		a.uid === b.uid &&
		a.object === b.object
	);
}

const names = [
	"?",
	"scalar",
	"ctx",
	"map_ptr",
	"map_value",
	"map_key",
	"fp",
	"pkt_meta",
	"pkt",
	"pkt_end",
	"flow_keys",
	"sock",
	"sock_common",
	"tcp_sock",
	"tp_buffer",
	"xdp_sock",
	"ptr_",
	"mem",
	"arena",
	"buf",
	"func",
	"dynptr_ptr",
];

/** reg_type_str: the kind as the log names it. */
export function typeName(type: number): string {
	let prefix = "";
	if (type & MEM_RDONLY) prefix += "rdonly_";
	if (type & MEM_RINGBUF) prefix += "ringbuf_";
	if (type & MEM_USER) prefix += "user_";
	if (type & MEM_PERCPU) prefix += "percpu_";
	if (type & MEM_RCU) prefix += "rcu_";
	if (type & PTR_UNTRUSTED) prefix += "untrusted_";
	if (type & PTR_TRUSTED) prefix += "trusted_";
	let postfix = "";
	if (type & PTR_MAYBE_NULL) postfix = baseType(type) === PTR_TO_BTF_ID ? "or_null_" : "_or_null";
	return prefix + (names[baseType(type)] ?? "?") + postfix;
}
