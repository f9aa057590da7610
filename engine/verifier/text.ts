// The text of the kernel's log (kernel/bpf/log.c): numbers, registers, stack slots and whole states, as Linux 6.18
// prints them. Reads states; knows nothing of why they are printed.

import { toBigInt, toSignedBigInt } from "../base/index.ts";
import { rangesText, signedText, tnumText, unsignedText } from "./notation.ts";
import type { Reg } from "./reg.ts";
import {
	BPF_ADD_CONST,
	baseType,
	CONST_PTR_TO_DYNPTR,
	CONST_PTR_TO_MAP,
	isPacketPointer,
	NON_OWN_REF,
	NOT_INIT,
	PTR_TO_ARENA,
	PTR_TO_BTF_ID,
	PTR_TO_MAP_KEY,
	PTR_TO_MAP_VALUE,
	PTR_TO_MEM,
	PTR_TO_STACK,
	SCALAR_VALUE,
	typeName,
} from "./reg.ts";
import type { Frame, State } from "./state.ts";
import {
	byteType,
	frameOf,
	regOf,
	STACK_DYNPTR,
	STACK_ITER,
	STACK_SPILL,
	slotOf,
} from "./state.ts";

/** What printing needs to know beside the state: names. */
export interface Names {
	/** ` map=NAME,ks=K,vs=V` part of a map pointer, without the leading separator. */
	mapText(map: number): string;
	btfName(type: number): string;
	/** Bytes of the value of a map, by its number in the environment. */
	valueSize(map: number): number;
	/** Name of a map, by its number in the environment. */
	mapName(map: number): string;
}

const slotChars = "?rm0dif";

/** The signed 64-bit number in decimal. */
export function decimal(hi: number, lo: number): string {
	return hi === lo >> 31 ? String(lo) : toSignedBigInt(hi, lo).toString();
}

/** The unsigned 64-bit number in decimal. */
export function unsignedDecimal(hi: number, lo: number): string {
	return hi === 0 ? String(lo >>> 0) : toBigInt(hi, lo).toString();
}

/** tnum_strn: a number when all bits are known. */
export function varOffText(reg: Reg): string {
	if ((reg.maskHi | reg.maskLo) === 0) return unsignedText(reg.valueHi, reg.valueLo);
	return tnumText(reg);
}

const dynptrTypes = ["<invalid>", "local", "ringbuf", "skb", "xdp", "skb_meta", "file"];

/** dynptr_type_str of the kind in the low byte of `Reg.object`. */
export function dynptrName(object: number): string {
	return dynptrTypes[object & 255] ?? "<unknown>";
}

/** print_reg_state. */
export function regText(reg: Reg, frameno: number, names: Names): string {
	const type = reg.type;
	const known = (reg.maskHi | reg.maskLo) === 0;
	let text = type === SCALAR_VALUE && reg.precise ? "P" : "";
	if (type === SCALAR_VALUE && known) return text + signedText(reg.valueHi, reg.valueLo);
	text += typeName(type);
	if (type === PTR_TO_ARENA) return text;
	if (type === PTR_TO_STACK) {
		if (frameno !== reg.frameno) text += `[${reg.frameno}]`;
		if (known) {
			const off = (reg.valueLo + reg.off) | 0;
			return text + signedText(off >> 31, off);
		}
	}
	if (baseType(type) === PTR_TO_BTF_ID) text += names.btfName(reg.btf);
	return `${text}(${attributes(reg, known, names).join(",")})`;
}

function attributes(reg: Reg, known: boolean, names: Names): string[] {
	const type = reg.type;
	const base = baseType(type);
	const out: string[] = [];
	if (reg.id !== 0) {
		const sign = reg.off >= 0 ? "+" : "";
		const delta = reg.id & BPF_ADD_CONST ? `${sign}${reg.off}` : "";
		out.push(`id=${reg.id & ~BPF_ADD_CONST}${delta}`);
	}
	if (reg.refId !== 0) out.push(`ref_obj_id=${reg.refId}`);
	if (type & NON_OWN_REF) out.push("non_own_ref");
	if (base === CONST_PTR_TO_MAP || base === PTR_TO_MAP_KEY || base === PTR_TO_MAP_VALUE)
		out.push(names.mapText(reg.map));
	if (type !== SCALAR_VALUE && reg.off !== 0) out.push(`off=${signedText(reg.off >> 31, reg.off)}`);
	if (isPacketPointer(type)) out.push(`r=${unsignedText(reg.range >> 31, reg.range)}`);
	if (base === PTR_TO_MEM) out.push(`sz=${unsignedText(0, reg.size)}`);
	if (type === CONST_PTR_TO_DYNPTR) out.push(`type=${dynptrName(reg.object)}`);
	if (known) {
		if ((reg.valueHi | reg.valueLo) !== 0) out.push(`imm=${signedText(reg.valueHi, reg.valueLo)}`);
	} else {
		const ranges = rangesText(reg);
		if (ranges !== "") out.push(ranges);
	}
	return out;
}

/** What follows `fp-8=` for slot `spi`, or undefined when the log leaves the slot out. */
export function slotText(frame: Frame, spi: number, names: Names): string | undefined {
	const slot = slotOf(frame, spi);
	if (slot.types === 0) return undefined;
	let chars = "";
	for (let j = 0; j < 8; j++) chars += slotChars[byteType(slot, j)] ?? "?";
	switch (byteType(slot, 7)) {
		case STACK_SPILL:
			return chars.slice(0, chars.indexOf("r")) + regText(slot.reg, frame.frameno, names);
		case STACK_DYNPTR: {
			const { reg } = slot;
			const parts: string[] = [];
			if (reg.id !== 0) parts.push(`id=${reg.id}`);
			if (reg.refId !== 0) parts.push(`ref_id=${reg.refId}`);
			if (reg.uid !== 0) parts.push(`dynptr_id=${reg.uid}`);
			return `dynptr_${dynptrName(reg.object)}(${parts.join(",")})`;
		}
		case STACK_ITER: {
			const { reg } = slot;
			if (reg.refId === 0) return undefined;
			const state = ["<invalid>", "active", "drained"][reg.object & 255] ?? "<unknown>";
			const name = names.btfName(reg.btf).replace(/^bpf_iter_/, "");
			return `iter_${name}(ref_id=${reg.refId},state=${state},depth=${reg.object >>> 8})`;
		}
		default:
			return chars;
	}
}

/** Which registers and slots to print: bit sets; all when absent. */
export interface Scratched {
	regs: number;
	stackLo: number;
	stackHi: number;
}

function stackScratched(scratched: Scratched, spi: number): boolean {
	const word = spi < 32 ? scratched.stackLo : scratched.stackHi;
	return ((word >>> (spi & 31)) & 1) !== 0;
}

/** print_verifier_state of frame `index`, with its leading blanks and without the line's end. */
export function stateText(
	state: State,
	index: number,
	names: Names,
	scratched?: Scratched,
): string {
	const frame = frameOf(state, index);
	let text = frame.frameno ? ` frame${frame.frameno}:` : "";
	for (let i = 0; i < 11; i++) {
		const reg = regOf(frame, i);
		if (reg.type === NOT_INIT) continue;
		if (scratched && ((scratched.regs >>> i) & 1) === 0) continue;
		text += ` R${i}=${regText(reg, frame.frameno, names)}`;
	}
	for (let i = 0; i < frame.slots; i++) {
		if (scratched && !stackScratched(scratched, i)) continue;
		// A dynptr takes two slots and is printed at its second.
		if (byteType(slotOf(frame, i), 7) === STACK_DYNPTR) i++;
		if (i >= frame.slots) break;
		const slot = slotText(frame, i, names);
		if (slot !== undefined) text += ` fp${-(i + 1) * 8}=${slot}`;
	}
	const ids = state.refs.map((r) => r.id);
	if (ids.length > 0 && ids[0]) text += ` refs=${ids.filter((id) => id !== 0).join(",")}`;
	if (frame.inCallback) text += " cb";
	if (frame.inAsyncCallback) text += " async_cb";
	return text;
}

/** `r0,r2` of a register mask. */
export function regMask(mask: number): string {
	const out: string[] = [];
	for (let i = 0; i < 32; i++) if ((mask >>> i) & 1) out.push(`r${i}`);
	return out.join(",");
}

/** `-8,-24` of a slot mask. */
export function stackMask(hi: number, lo: number): string {
	const out: string[] = [];
	for (let i = 0; i < 64; i++)
		if (((i < 32 ? lo : hi) >>> (i & 31)) & 1) out.push(String(-(i + 1) * 8));
	return out.join(",");
}
