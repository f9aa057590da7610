// Rows of the instruction table: loads, stores, atomic operations and 64-bit immediates (RFC 9669 section 5).

import * as B from "./opcode.ts";
import type { InsnRow } from "./row.ts";
import { ATOMIC_OPERATORS, SIZES, text } from "./row.ts";

export function memoryRows(): InsnRow[] {
	const rows: InsnRow[] = [];
	for (const { letter, code, bits } of SIZES) {
		const group = bits === 64 ? "base64" : "base32";
		const common = { group, cpu: 1, since: "3.18", bits, match: {} } as const;
		rows.push(
			{
				...common,
				id: `ldx-${letter}`,
				opcode: B.BPF_LDX | B.BPF_MEM | code,
				shape: "load",
				op: `u${bits}`,
				mnemonic: `ldx${letter}`,
				doc: text(`dst = *(u${bits} *)(src + off).`, bits < 64 ? "Zero-extended." : ""),
			},
			{
				...common,
				id: `st-${letter}`,
				opcode: B.BPF_ST | B.BPF_MEM | code,
				cpu: 4,
				shape: "store-imm",
				op: `u${bits}`,
				mnemonic: `st${letter}`,
				doc: text(
					`*(u${bits} *)(dst + off) = imm.`,
					bits === 64 ? "imm is sign-extended to 64 bits." : "",
				),
			},
			{
				...common,
				id: `stx-${letter}`,
				opcode: B.BPF_STX | B.BPF_MEM | code,
				shape: "store-reg",
				op: `u${bits}`,
				mnemonic: `stx${letter}`,
				doc: `*(u${bits} *)(dst + off) = src.`,
			},
		);
		if (bits !== 64) rows.push(...narrowRows(letter, code, bits));
		rows.push(...orderedRows(letter, code, bits));
	}
	return rows;
}

function narrowRows(letter: string, code: number, bits: 8 | 16 | 32): InsnRow[] {
	const packet = { group: "packet", cpu: 1, since: "3.18", bits, op: `u${bits}` } as const;
	const legacy =
		"r6 must hold the context; on a read beyond the packet the program ends with 0. Legacy.";
	return [
		{
			id: `ldx-s${letter}`,
			group: "base64",
			cpu: 4,
			since: "6.6",
			opcode: B.BPF_LDX | B.BPF_MEMSX | code,
			match: {},
			shape: "load",
			op: `s${bits}`,
			bits,
			mnemonic: `ldxs${letter}`,
			doc: `dst = *(s${bits} *)(src + off). Sign-extended to 64 bits.`,
		},
		{
			...packet,
			id: `ldabs-${letter}`,
			opcode: B.BPF_LD | B.BPF_ABS | code,
			match: {},
			shape: "packet-abs",
			mnemonic: `ldabs${letter}`,
			doc: `r0 = ntoh(*(u${bits} *)(packet + imm)). ${legacy}`,
		},
		{
			...packet,
			id: `ldind-${letter}`,
			opcode: B.BPF_LD | B.BPF_IND | code,
			match: {},
			shape: "packet-ind",
			mnemonic: `ldind${letter}`,
			doc: `r0 = ntoh(*(u${bits} *)(packet + src + imm)). ${legacy}`,
		},
	];
}

function orderedRows(letter: string, code: number, bits: 8 | 16 | 32 | 64): InsnRow[] {
	const common = {
		group: "linux",
		cpu: 4,
		since: "6.15",
		opcode: B.BPF_STX | B.BPF_ATOMIC | code,
		bits,
		op: `u${bits}`,
	} as const;
	return [
		{
			...common,
			id: `load-acquire-${letter}`,
			match: { imm: B.BPF_LOAD_ACQ },
			shape: "load-acquire",
			mnemonic: `ldacq${letter}`,
			doc: `dst = load_acquire((u${bits} *)(src + off)). No later access of this CPU is seen before it.`,
		},
		{
			...common,
			id: `store-release-${letter}`,
			match: { imm: B.BPF_STORE_REL },
			shape: "store-release",
			mnemonic: `strel${letter}`,
			doc: `store_release((u${bits} *)(dst + off), src). No earlier access of this CPU is seen after it.`,
		},
	];
}

export function atomicRows(): InsnRow[] {
	const rows: InsnRow[] = [];
	for (const bits of [64, 32] as const) {
		const size = bits === 64 ? B.BPF_DW : B.BPF_W;
		const group = bits === 64 ? "atomic64" : "atomic32";
		const cell = `*(u${bits} *)(dst + off)`;
		const suffix = bits === 64 ? "" : "32";
		const common = { group, opcode: B.BPF_STX | B.BPF_ATOMIC | size, bits } as const;
		const since512 = { ...common, cpu: 3, since: "5.12" } as const;
		for (const o of ATOMIC_OPERATORS) {
			const effect = `${cell} = ${o.formula}`;
			rows.push(
				{
					...since512,
					...(o.name === "add" ? { cpu: 1, since: "3.18" } : {}),
					id: `atomic-${o.name}${bits}`,
					match: { imm: o.code },
					shape: "atomic",
					op: o.text,
					mnemonic: `lock ${o.name}${suffix}`,
					doc: `${effect}, in one indivisible step; old is what was there.`,
				},
				{
					...since512,
					id: `atomic-fetch-${o.name}${bits}`,
					match: { imm: o.code | B.BPF_FETCH },
					shape: "fetch",
					op: `fetch_${o.name}`,
					mnemonic: `lock fetch ${o.name}${suffix}`,
					doc: `${effect}, src = old, in one indivisible step; old is what was there.`,
				},
			);
		}
		rows.push(
			{
				...since512,
				id: `xchg${bits}`,
				match: { imm: B.BPF_XCHG },
				shape: "fetch",
				op: "xchg",
				mnemonic: `lock xchg${suffix}`,
				doc: `src and ${cell} change places in one indivisible step.`,
			},
			{
				...since512,
				id: `cmpxchg${bits}`,
				match: { imm: B.BPF_CMPXCHG },
				shape: "cmpxchg",
				op: "cmpxchg",
				mnemonic: `lock cmpxchg${suffix}`,
				doc: `if (${cell} == r0) ${cell} = src; r0 = what was there. In one indivisible step.`,
			},
		);
	}
	return rows;
}

/** What the 64-bit immediate stands for, by its source register. */
const IMM64: readonly { id: string; since: string; doc: string }[] = [
	{ id: "value", since: "3.18", doc: "dst = imm64. The only instruction of two slots." },
	{ id: "map", since: "3.18", doc: "dst = address of the map with file descriptor imm." },
	{
		id: "map-value",
		since: "5.2",
		doc: "dst = address of the first value of the map with file descriptor imm, plus the second immediate: global data.",
	},
	{
		id: "btf",
		since: "5.10",
		doc: "dst = address of the kernel variable with BTF id imm; the second immediate is the descriptor of a module's BTF, or 0.",
	},
	{ id: "func", since: "5.13", doc: "dst = address of the function at pc + imm, for a callback." },
	{
		id: "map-index",
		since: "5.14",
		doc: "dst = address of map number imm of the descriptors passed at load.",
	},
	{
		id: "map-index-value",
		since: "5.14",
		doc: "dst = address of the first value of map number imm of the descriptors passed at load, plus the second immediate.",
	},
];

/** Loads of a 64-bit immediate, one row a kind of immediate. */
export const imm64Rows: readonly InsnRow[] = IMM64.map(({ id, since, doc }, src) => ({
	id: `ld-imm64-${id}`,
	group: src <= 4 ? "base64" : "linux",
	cpu: 1,
	since,
	opcode: B.LD_IMM64,
	match: { src },
	shape: "imm64",
	op: "ll",
	bits: 64,
	mnemonic: "lddw",
	doc,
}));
