// One instruction as text, as Linux's verifier log prints it: `(61) r2 = *(u32 *)(r1 +0)`. Any byte sequence has a text,
// also one that is no instruction. Names of helpers, kfuncs and 64-bit immediates come from the caller.

import { hex64 } from "../base/index.ts";
import type { Code } from "./code.ts";
import * as B from "./opcode.ts";
import { ALU_OPERATORS, ATOMIC_OPERATORS, JUMP_OPERATORS } from "./row.ts";

/** What the kernel's printer asks of its surroundings. */
export interface KernelNames {
	/** Name of helper `id`, with its `bpf_` prefix; undefined when there is none. */
	helper?(id: number): string | undefined;
	/** Name of the kfunc that the call in slot `pc` means. */
	kfunc?(code: Code, pc: number): string | undefined;
	/** Text of the 64-bit immediate in slot `pc`; without it the raw number, in hex. */
	imm64?(code: Code, pc: number): string | undefined;
}

// Indexed by the upper four bits of the opcode. Where the kernel has no text, its C library prints a null pointer.
const aluText = byOperation(ALU_OPERATORS, { [B.BPF_NEG]: "neg", [B.BPF_END]: "endian" });
const signedText = byOperation([], { [B.BPF_DIV]: "s/=", [B.BPF_MOD]: "s%=" });
const jumpText = byOperation(JUMP_OPERATORS, {
	[B.BPF_JA]: "jmp",
	[B.BPF_CALL]: "call",
	[B.BPF_EXIT]: "exit",
});
// Indexed by the two size bits: W, H, B, DW.
const unsignedSize = ["u32", "u16", "u8", "u64"];
const signedSize = ["s32", "s16", "s8", "(null)"];

function byOperation(
	operators: readonly { readonly code: number; readonly text: string }[],
	more: Readonly<Record<number, string>>,
): readonly string[] {
	const texts: string[] = Array.from({ length: 16 }, () => "(null)");
	for (const o of operators) texts[o.code >> 4] = o.text;
	for (const [code, text] of Object.entries(more)) texts[Number(code) >> 4] = text;
	return texts;
}

const twoDigits: readonly string[] = Array.from({ length: 256 }, (_, n) =>
	n.toString(16).padStart(2, "0"),
);

function signed(n: number): string {
	return n < 0 ? `${n}` : `+${n}`;
}

const noNames: KernelNames = {};

/** The instruction in slot `pc` as Linux 6.18 prints it in the verifier's log, without slot number and newline. */
export function printInsn(code: Code, pc: number, names: KernelNames = noNames): string {
	const opcode = code.opcode[pc] ?? 0;
	const tag = `(${twoDigits[opcode]}) `;
	switch (opcode & 7) {
		case B.BPF_ALU:
		case B.BPF_ALU64:
			return tag + printAlu(code, pc, opcode);
		case B.BPF_STX:
			return printStx(code, pc, opcode, tag);
		case B.BPF_ST:
			return printSt(code, pc, opcode, tag);
		case B.BPF_LDX:
			return printLdx(code, pc, opcode, tag);
		case B.BPF_LD:
			return printLd(code, pc, opcode, tag, names);
		default:
			return tag + printJump(code, pc, opcode, names);
	}
}

function printAlu(code: Code, pc: number, opcode: number): string {
	const dst = code.dst[pc] ?? 0;
	const src = code.src[pc] ?? 0;
	const off = code.off[pc] ?? 0;
	const imm = code.imm[pc] ?? 0;
	const wide = (opcode & 7) === B.BPF_ALU64;
	const operation = opcode & 0xf0;
	const r = wide ? "r" : "w";
	if (operation === B.BPF_END) {
		const order = wide ? "bswap" : opcode & B.BPF_X ? "be" : "le";
		return `r${dst} = ${order}${imm} r${dst}`;
	}
	if (operation === B.BPF_NEG) return `${r}${dst} = -${r}${dst}`;
	if (opcode === (B.BPF_ALU64 | B.BPF_MOV | B.BPF_X)) {
		if (off === 1) return `r${dst} = addr_space_cast(r${src}, ${imm >>> 16}, ${imm & 0xffff})`;
		if (off === -1) return `r${dst} = &(void __percpu *)(r${src})`;
	}
	const divides = operation === B.BPF_DIV || operation === B.BPF_MOD;
	const op = (divides && off === 1 ? signedText : aluText)[operation >> 4];
	if (!(opcode & B.BPF_X)) return `${r}${dst} ${op} ${imm}`;
	const extends_ = operation === B.BPF_MOV && (off === 8 || off === 16 || off === 32);
	return `${r}${dst} ${op} ${extends_ ? `(s${off})` : ""}${r}${src}`;
}

function printStx(code: Code, pc: number, opcode: number, tag: string): string {
	const dst = code.dst[pc] ?? 0;
	const src = code.src[pc] ?? 0;
	const off = signed(code.off[pc] ?? 0);
	const imm = code.imm[pc] ?? 0;
	const size = unsignedSize[(opcode >> 3) & 3];
	const mode = opcode & 0xe0;
	const cell = `(${size} *)(r${dst} ${off})`;
	if (mode === B.BPF_MEM) return `${tag}*${cell} = r${src}`;
	if (mode !== B.BPF_ATOMIC) return `BUG_${twoDigits[opcode]}`;
	const atomic = (opcode & 0x18) === B.BPF_DW ? "atomic64" : "atomic";
	if (imm === B.BPF_CMPXCHG) return `${tag}r0 = ${atomic}_cmpxchg(${cell}, r0, r${src})`;
	if (imm === B.BPF_XCHG) return `${tag}r${src} = ${atomic}_xchg(${cell}, r${src})`;
	if (imm === B.BPF_LOAD_ACQ) return `${tag}r${dst} = load_acquire((${size} *)(r${src} ${off}))`;
	if (imm === B.BPF_STORE_REL) return `${tag}store_release(${cell}, r${src})`;
	const operator = ATOMIC_OPERATORS.find((o) => o.code === (imm & ~B.BPF_FETCH));
	if (!operator) return `BUG_${twoDigits[opcode]}`;
	return imm & B.BPF_FETCH
		? `${tag}r${src} = ${atomic}_fetch_${operator.name}(${cell}, r${src})`
		: `${tag}lock *${cell} ${operator.text} r${src}`;
}

function printSt(code: Code, pc: number, opcode: number, tag: string): string {
	const mode = opcode & 0xe0;
	if (mode === B.BPF_MEM) {
		const size = unsignedSize[(opcode >> 3) & 3];
		return `${tag}*(${size} *)(r${code.dst[pc]} ${signed(code.off[pc] ?? 0)}) = ${code.imm[pc]}`;
	}
	return mode === 0xc0 ? `${tag}nospec` : `BUG_st_${twoDigits[opcode]}`;
}

function printLdx(code: Code, pc: number, opcode: number, tag: string): string {
	const mode = opcode & 0xe0;
	if (mode !== B.BPF_MEM && mode !== B.BPF_MEMSX) return `BUG_ldx_${twoDigits[opcode]}`;
	const size = (mode === B.BPF_MEM ? unsignedSize : signedSize)[(opcode >> 3) & 3];
	return `${tag}r${code.dst[pc]} = *(${size} *)(r${code.src[pc]} ${signed(code.off[pc] ?? 0)})`;
}

function printLd(code: Code, pc: number, opcode: number, tag: string, names: KernelNames): string {
	const size = unsignedSize[(opcode >> 3) & 3];
	const mode = opcode & 0xe0;
	const imm = code.imm[pc] ?? 0;
	if (mode === B.BPF_ABS) return `${tag}r0 = *(${size} *)skb[${imm}]`;
	if (mode === B.BPF_IND) return `${tag}r0 = *(${size} *)skb[r${code.src[pc]} + ${imm}]`;
	if (opcode !== B.LD_IMM64) return `BUG_ld_${twoDigits[opcode]}`;
	const value = names.imm64?.(code, pc) ?? hex64(code.imm[pc + 1] ?? 0, imm);
	return `${tag}r${code.dst[pc]} = ${value}`;
}

function printJump(code: Code, pc: number, opcode: number, names: KernelNames): string {
	const operation = opcode & 0xf0;
	const src = code.src[pc] ?? 0;
	const imm = code.imm[pc] ?? 0;
	if (operation === B.BPF_CALL) return printCall(code, pc, src, imm, names);
	const off = signed(code.off[pc] ?? 0);
	if (opcode === (B.BPF_JMP | B.BPF_JA)) return `goto pc${off}`;
	if (opcode === (B.BPF_JMP | B.BPF_JCOND) && src === 0) return `may_goto pc${off}`;
	if (opcode === (B.BPF_JMP32 | B.BPF_JA)) return `gotol pc${signed(imm)}`;
	if (opcode === (B.BPF_JMP | B.BPF_EXIT)) return "exit";
	const r = (opcode & 7) === B.BPF_JMP32 ? "w" : "r";
	const operand = opcode & B.BPF_X ? `${r}${src}` : `0x${(imm >>> 0).toString(16)}`;
	return `if ${r}${code.dst[pc]} ${jumpText[operation >> 4]} ${operand} goto pc${off}`;
}

function printCall(code: Code, pc: number, src: number, imm: number, names: KernelNames): string {
	if (src === B.BPF_PSEUDO_CALL) return `call pc${signed(imm)}`;
	if (src === 0) return `call ${names.helper?.(imm) ?? "unknown"}#${imm}`;
	const kfunc = src === B.BPF_PSEUDO_KFUNC_CALL ? "kernel-function" : "unknown";
	return `call ${names.kfunc?.(code, pc) ?? kfunc}#${imm}`;
}
