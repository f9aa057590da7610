// Rows of the instruction table: arithmetic, moves and byte swaps (RFC 9669 sections 4.1 and 4.2).

import * as B from "./opcode.ts";
import type { InsnRow, Operator } from "./row.ts";
import { ALU_OPERATORS, SIGNED_OPERATORS, text, ZEROED } from "./row.ts";

export function aluRows(): InsnRow[] {
	const rows: InsnRow[] = [];
	for (const bits of [64, 32] as const) {
		for (const o of ALU_OPERATORS) rows.push(...aluPair(o, bits, 0));
		for (const o of SIGNED_OPERATORS) rows.push(...aluPair(o, bits, 1));
		rows.push({
			id: `neg${bits}`,
			group: bits === 64 ? "base64" : "base32",
			cpu: bits === 64 ? 1 : 3,
			since: "3.18",
			opcode: (bits === 64 ? B.BPF_ALU64 : B.BPF_ALU) | B.BPF_NEG,
			match: {},
			shape: "neg",
			op: "-",
			bits,
			mnemonic: bits === 64 ? "neg" : "neg32",
			doc: text("dst = -dst.", bits === 32 ? ZEROED : ""),
		});
	}
	return rows;
}

function aluPair(o: Operator, bits: 64 | 32, off: 0 | 1): InsnRow[] {
	const divides = ["mul", "div", "mod", "sdiv", "smod"].includes(o.name);
	const selects = o.code === B.BPF_DIV || o.code === B.BPF_MOD || o.code === B.BPF_MOV;
	return (["reg", "imm"] as const).map((form) => ({
		id: `${o.name}${bits}-${form}`,
		group: `${divides ? "divmul" : "base"}${bits}` as const,
		cpu: off === 1 ? 4 : bits === 32 ? 3 : 1,
		since: off === 1 ? "6.6" : "3.18",
		opcode: (bits === 64 ? B.BPF_ALU64 : B.BPF_ALU) | o.code | (form === "reg" ? B.BPF_X : B.BPF_K),
		match: selects ? { off } : {},
		shape: form === "reg" ? "alu-reg" : "alu-imm",
		op: o.text,
		bits,
		mnemonic: bits === 64 ? o.name : `${o.name}32`,
		doc: text(
			`dst = ${o.formula.replace(/\bs\b(?![<>/%])/g, form === "reg" ? "src" : "imm")}.`,
			o.note?.replace("low N bits", `low ${bits === 64 ? 6 : 5} bits`),
			bits === 32 ? ZEROED : form === "imm" ? "imm is sign-extended to 64 bits." : "",
		),
	}));
}

export function moveRows(): InsnRow[] {
	const rows: InsnRow[] = [];
	for (const bits of [64, 32] as const)
		for (const from of [8, 16, 32] as const) {
			if (from === bits) continue;
			rows.push({
				id: `movsx${bits}-s${from}`,
				group: bits === 64 ? "base64" : "base32",
				cpu: 4,
				since: "6.6",
				opcode: (bits === 64 ? B.BPF_ALU64 : B.BPF_ALU) | B.BPF_MOV | B.BPF_X,
				match: { off: from },
				shape: "movsx",
				op: `(s${from})`,
				bits,
				mnemonic: `movsx${from}${bits}`,
				doc: text(
					`dst = (s${from})src.`,
					`The low ${from} bits of src, sign-extended.`,
					bits === 32 ? ZEROED : "",
				),
			});
		}
	rows.push({
		id: "addr-space-cast",
		group: "linux",
		cpu: 4,
		since: "6.9",
		opcode: B.BPF_ALU64 | B.BPF_MOV | B.BPF_X,
		match: { off: 1 },
		shape: "cast",
		op: "addr_space_cast",
		bits: 64,
		mnemonic: "addr_space_cast",
		doc: "dst = src, moved from address space imm & 0xffff to address space imm >> 16. Space 1 is the arena, 0 the kernel.",
	});
	return rows;
}

export function swapRows(): InsnRow[] {
	const kinds = [
		{ name: "le", opcode: B.BPF_ALU | B.BPF_END | B.BPF_K, cpu: 1, since: "3.18" },
		{ name: "be", opcode: B.BPF_ALU | B.BPF_END | B.BPF_X, cpu: 1, since: "3.18" },
		{ name: "bswap", opcode: B.BPF_ALU64 | B.BPF_END | B.BPF_K, cpu: 4, since: "6.6" },
	] as const;
	const effect = {
		le: "to little-endian order, which is the machine's own: only cut to its width",
		be: "to big-endian (network) order: bytes reversed",
		bswap: "bytes reversed",
	};
	return kinds.flatMap((k) =>
		([16, 32, 64] as const).map((bits) => ({
			id: `${k.name}${bits}`,
			group: bits === 64 ? ("base64" as const) : ("base32" as const),
			cpu: k.cpu,
			since: k.since,
			opcode: k.opcode,
			match: { imm: bits },
			shape: "swap" as const,
			op: `${k.name}${bits}`,
			bits,
			mnemonic: `${k.name === "bswap" ? "swap" : k.name}${bits}`,
			doc: text(
				`dst = ${k.name}${bits}(dst).`,
				`The low ${bits} bits of dst ${effect[k.name]}.`,
				bits < 64 ? "The bits above become 0." : "",
			),
		})),
	);
}
