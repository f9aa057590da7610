// The shape of a row of the instruction table, and the small tables that rows are made of: operators and sizes.

import * as B from "./opcode.ts";

/** Conformance group of RFC 9669 section 2.4; `linux` is what the kernel has beyond the RFC. */
export type Group =
	| "base32"
	| "base64"
	| "divmul32"
	| "divmul64"
	| "atomic32"
	| "atomic64"
	| "packet"
	| "linux";

/**
 * Which fields of the slot are operands, and how they are written. In the notation of the kernel's log:
 *
 *     alu-reg      dst op= src            jump-reg     if dst op src goto off    load        dst = *(src + off)
 *     alu-imm      dst op= imm            jump-imm     if dst op imm goto off    store-reg   *(dst + off) = src
 *     neg          dst = -dst             goto         goto off                  store-imm   *(dst + off) = imm
 *     swap         dst = be16 dst         gotol        gotol imm                 atomic      lock *(dst + off) op= src
 *     movsx        dst = (s8)src          may-goto     may_goto off              fetch       src = fetch_op(dst + off, src)
 *     cast         addr_space_cast        call         call imm                  cmpxchg     r0 = cmpxchg(dst + off, r0, src)
 *     packet-abs   r0 = *skb[imm]         call-reg     callx dst                 load-acquire, store-release
 *     packet-ind   r0 = *skb[src + imm]   exit         exit                      imm64       dst = imm ll (two slots)
 */
export type Shape =
	| "alu-reg"
	| "alu-imm"
	| "neg"
	| "swap"
	| "movsx"
	| "cast"
	| "jump-reg"
	| "jump-imm"
	| "goto"
	| "gotol"
	| "may-goto"
	| "call"
	| "call-reg"
	| "exit"
	| "load"
	| "store-reg"
	| "store-imm"
	| "atomic"
	| "fetch"
	| "cmpxchg"
	| "load-acquire"
	| "store-release"
	| "packet-abs"
	| "packet-ind"
	| "imm64";

/** The operand fields of each shape; a field that is neither an operand nor in `match` is reserved and must be zero. */
export const OPERANDS: Readonly<
	Record<Shape, { readonly [F in "dst" | "src" | "off" | "imm"]?: true }>
> = {
	"alu-reg": { dst: true, src: true },
	"alu-imm": { dst: true, imm: true },
	neg: { dst: true },
	swap: { dst: true },
	movsx: { dst: true, src: true },
	cast: { dst: true, src: true, imm: true },
	"jump-reg": { dst: true, src: true, off: true },
	"jump-imm": { dst: true, off: true, imm: true },
	goto: { off: true },
	gotol: { imm: true },
	"may-goto": { off: true },
	call: { imm: true },
	"call-reg": { dst: true },
	exit: {},
	load: { dst: true, src: true, off: true },
	"store-reg": { dst: true, src: true, off: true },
	"store-imm": { dst: true, off: true, imm: true },
	atomic: { dst: true, src: true, off: true },
	fetch: { dst: true, src: true, off: true },
	cmpxchg: { dst: true, src: true, off: true },
	"load-acquire": { dst: true, src: true, off: true },
	"store-release": { dst: true, src: true, off: true },
	"packet-abs": { imm: true },
	"packet-ind": { src: true, imm: true },
	imm64: { dst: true, imm: true },
};

export interface InsnRow {
	/** Stable name of the row, e.g. `add64-imm`, `ldx-w`, `call-helper`. */
	readonly id: string;
	readonly group: Group;
	/** The lowest LLVM `-mcpu` (v1 to v4) whose code generator uses it. */
	readonly cpu: 1 | 2 | 3 | 4;
	/** First Linux release that accepts it; absent: Linux 6.18 does not. */
	readonly since?: string;
	readonly opcode: number;
	/** Fields beside the opcode that select the row. */
	readonly match: { readonly src?: number; readonly off?: number; readonly imm?: number };
	readonly shape: Shape;
	/** Operator as written in assembly: `+=`, `s>`, `be16`, `(s8)`, `add`; empty where the shape says all. */
	readonly op: string;
	/** Width in bits: of the registers in arithmetic and jumps, of the memory access in loads and stores. */
	readonly bits: 8 | 16 | 32 | 64;
	/** uBPF mnemonic. */
	readonly mnemonic: string;
	/** What it does, as a formula and at most two sentences. */
	readonly doc: string;
}

/** One operator of arithmetic, comparison or an atomic step, and its number in the opcode or immediate. */
export interface Operator {
	readonly name: string;
	readonly code: number;
	readonly text: string;
	readonly formula: string;
	readonly note?: string;
}

/** In notes of shifts: replaced by how many bits of the count matter. */
export const SHIFT = "Only the low N bits of the count matter.";

/** Binary arithmetic. In formulas `s` is the source operand. */
export const ALU_OPERATORS: readonly Operator[] = [
	{ name: "add", code: B.BPF_ADD, text: "+=", formula: "dst + s" },
	{ name: "sub", code: B.BPF_SUB, text: "-=", formula: "dst - s" },
	{ name: "mul", code: B.BPF_MUL, text: "*=", formula: "dst * s" },
	{
		name: "div",
		code: B.BPF_DIV,
		text: "/=",
		formula: "s ? dst / s : 0",
		note: "Unsigned; division by zero gives 0.",
	},
	{ name: "or", code: B.BPF_OR, text: "|=", formula: "dst | s" },
	{ name: "and", code: B.BPF_AND, text: "&=", formula: "dst & s" },
	{ name: "lsh", code: B.BPF_LSH, text: "<<=", formula: "dst << s", note: SHIFT },
	{ name: "rsh", code: B.BPF_RSH, text: ">>=", formula: "dst >> s", note: `Logical. ${SHIFT}` },
	{
		name: "mod",
		code: B.BPF_MOD,
		text: "%=",
		formula: "s ? dst % s : dst",
		note: "Unsigned; a zero divisor leaves dst as it is.",
	},
	{ name: "xor", code: B.BPF_XOR, text: "^=", formula: "dst ^ s" },
	{ name: "mov", code: B.BPF_MOV, text: "=", formula: "s" },
	{
		name: "arsh",
		code: B.BPF_ARSH,
		text: "s>>=",
		formula: "dst s>> s",
		note: `Copies of the sign bit come in. ${SHIFT}`,
	},
];

/** Signed division and remainder: the offset field is 1. */
export const SIGNED_OPERATORS: readonly Operator[] = [
	{
		name: "sdiv",
		code: B.BPF_DIV,
		text: "s/=",
		formula: "s ? dst s/ s : 0",
		note: "Signed, rounds towards zero; division by zero gives 0, the lowest number by -1 itself.",
	},
	{
		name: "smod",
		code: B.BPF_MOD,
		text: "s%=",
		formula: "s ? dst s% s : dst",
		note: "Signed, the sign of the result is that of dst; a zero divisor leaves dst as it is.",
	},
];

/** Conditional jumps. */
export const JUMP_OPERATORS: readonly Operator[] = [
	{ name: "jeq", code: B.BPF_JEQ, text: "==", formula: "dst == s" },
	{ name: "jgt", code: B.BPF_JGT, text: ">", formula: "dst > s", note: "Unsigned." },
	{ name: "jge", code: B.BPF_JGE, text: ">=", formula: "dst >= s", note: "Unsigned." },
	{
		name: "jset",
		code: B.BPF_JSET,
		text: "&",
		formula: "dst & s",
		note: "Taken when some bit is set in both.",
	},
	{ name: "jne", code: B.BPF_JNE, text: "!=", formula: "dst != s" },
	{ name: "jsgt", code: B.BPF_JSGT, text: "s>", formula: "dst s> s", note: "Signed." },
	{ name: "jsge", code: B.BPF_JSGE, text: "s>=", formula: "dst s>= s", note: "Signed." },
	{ name: "jlt", code: B.BPF_JLT, text: "<", formula: "dst < s", note: "Unsigned." },
	{ name: "jle", code: B.BPF_JLE, text: "<=", formula: "dst <= s", note: "Unsigned." },
	{ name: "jslt", code: B.BPF_JSLT, text: "s<", formula: "dst s< s", note: "Signed." },
	{ name: "jsle", code: B.BPF_JSLE, text: "s<=", formula: "dst s<= s", note: "Signed." },
];

/** Operations of the atomic read-modify-write instructions. */
export const ATOMIC_OPERATORS: readonly Operator[] = [
	{ name: "add", code: B.BPF_ADD, text: "+=", formula: "old + src" },
	{ name: "or", code: B.BPF_OR, text: "|=", formula: "old | src" },
	{ name: "and", code: B.BPF_AND, text: "&=", formula: "old & src" },
	{ name: "xor", code: B.BPF_XOR, text: "^=", formula: "old ^ src" },
];

/** Widths of memory access: the letter of uBPF mnemonics, the size bits of the opcode, the width. */
export interface Size {
	readonly letter: string;
	readonly code: number;
	readonly bits: 8 | 16 | 32 | 64;
}

/** Widths of memory access. */
export const SIZES: readonly Size[] = [
	{ letter: "b", code: B.BPF_B, bits: 8 },
	{ letter: "h", code: B.BPF_H, bits: 16 },
	{ letter: "w", code: B.BPF_W, bits: 32 },
	{ letter: "dw", code: B.BPF_DW, bits: 64 },
];

/** One sentence after another, without the empty ones. */
export function text(...parts: (string | undefined)[]): string {
	return parts.filter((p) => p !== undefined && p !== "").join(" ");
}

/** What 32-bit arithmetic does to the upper half. */
export const ZEROED = "32 bits wide; the upper half of dst becomes 0.";
