// Inline assembly with its registers known → instruction slots, by way of the assembler. Labels, symbols and operands of GNU C's
// templates are turned into what the assembler reads.

import { assemble } from "../asm/index.ts";
import {
	BPF_JA,
	BPF_JMP,
	BPF_JMP32,
	BPF_PSEUDO_CALL,
	decode,
	type Insn as IsaInsn,
	insnAt,
	LD_IMM64,
} from "../isa/index.ts";
import { AsmProblem, expandMacros } from "./asmmacro.ts";
import { CALL, type Insn } from "./machine.ts";

export interface AsmText {
	readonly slots: readonly IsaInsn[];
	/** Slots that jump out, by the index of their target. */
	readonly jumps: ReadonlyMap<number, number>;
	readonly references: readonly {
		readonly slot: number;
		readonly symbol: string;
		readonly addend: bigint;
	}[];
	readonly problem?: string;
}

const nothing: AsmText = { slots: [], jumps: new Map(), references: [] };

interface Reference {
	readonly symbol: string;
	readonly addend: bigint;
}

/** Numbers that stand for symbols while the text is assembled. */
const ADDRESS_MARK = 0x5eb00000n;
const CALL_MARK = 0x5eb00000;

/** `targets`: how many labels the assembly may jump to. `symbols`: names that it may refer to. */
export function assembleInline(insn: Insn, targets: number, symbols: ReadonlySet<string>): AsmText {
	const template = insn.asm?.asm.template ?? "";
	if (template.trim() === "") return nothing;
	const references: Reference[] = [];
	const plain = mayGoto(fill(insn)).replace(/;/g, "\n");
	const expanded = expanding(plain);
	if (typeof expanded !== "string") return { ...nothing, problem: expanded.message };
	const text = named(localLabels(expanded), symbols, references);
	const labels = Array.from({ length: targets }, (_, at) => `.Ltarget${at}: exit`).join("\n");
	const source = `.section asm\n${text}\n.Lend: exit\n${labels}\n`;
	const { value, diagnostics } = assemble(source, "asm");
	const bytes = value?.programs[0]?.insns;
	if (!bytes) {
		const problem = diagnostics.find((d) => d.severity === "error")?.message;
		return { ...nothing, problem: problem ?? "not understood" };
	}
	const code = decode(bytes);
	const length = code.length - 1 - targets;
	const slots = Array.from({ length }, (_, at) => insnAt(code, at));
	return { ...linked(slots, references), jumps: leaving(slots) };
}

function expanding(text: string): string | AsmProblem {
	try {
		return expandMacros(text);
	} catch (problem) {
		if (problem instanceof AsmProblem) return problem;
		throw problem;
	}
}

/** Jumps to the exits that stand for the targets. */
function leaving(slots: readonly IsaInsn[]): Map<number, number> {
	const jumps = new Map<number, number>();
	slots.forEach((slot, at) => {
		const kind = slot.opcode & 7;
		const op = slot.opcode & 0xf0;
		if ((kind !== BPF_JMP && kind !== BPF_JMP32) || op === 0x80 || op === 0x90) return;
		const beyond = at + 1 + (isLong(slot) ? slot.imm : slot.off) - slots.length - 1;
		if (beyond >= 0) jumps.set(at, beyond);
	});
	return jumps;
}

/** `gotol`, whose distance is 32 bits. */
export const isLong = (slot: IsaInsn): boolean => slot.opcode === (BPF_JMP32 | BPF_JA);

/** Takes the marks out again. */
function linked(slots: IsaInsn[], list: readonly Reference[]) {
	const references: { slot: number; symbol: string; addend: bigint }[] = [];
	slots.forEach((slot, at) => {
		const next = slots[at + 1];
		if (slot.opcode === LD_IMM64 && next && BigInt(next.imm) === ADDRESS_MARK) {
			const found = list[slot.imm];
			if (!found) return;
			references.push({ slot: at, ...found });
			slots[at] = { ...slot, imm: 0 };
			slots[at + 1] = { ...next, imm: 0 };
		} else if (slot.opcode === CALL && (slot.imm & 0xfff00000) === CALL_MARK) {
			const found = list[slot.imm & 0xfffff];
			if (!found) return;
			references.push({ slot: at, symbol: found.symbol, addend: 0n });
			slots[at] = { ...slot, src: BPF_PSEUDO_CALL, imm: -1 };
		}
	});
	return { slots, references };
}

/** Puts marks in place of the module's symbols. */
function named(text: string, symbols: ReadonlySet<string>, out: Reference[]): string {
	return text
		.replace(
			/\b(r\d+\s*=\s*)([A-Za-z_.$][\w.$]*)\s*(?:\+\s*(\w+)\s*)?\bll\b/g,
			(whole, head: string, symbol: string, more: string | undefined) => {
				if (!symbols.has(symbol)) return whole;
				const at = out.push({ symbol, addend: BigInt(more ?? 0) }) - 1;
				return `${head}${(ADDRESS_MARK << 32n) | BigInt(at)} ll`;
			},
		)
		.replace(/\bcall\s+([A-Za-z_.$][\w.$]*)/g, (whole, symbol: string) => {
			if (!symbols.has(symbol)) return whole;
			const at = out.push({ symbol, addend: 0n }) - 1;
			return `call ${CALL_MARK + at}`;
		});
}

/** The bytes that stand for `may_goto` in headers made for assemblers without it. */
function mayGoto(text: string): string {
	return text.replace(
		/\.byte\s+0xe5\s*(?:,|[;\n]\s*\.byte\s)\s*0\s*[;\n]\s*\.(?:long|short)\s*\(+\s*(\S+)\s*-\s*\d+b\s*-\s*8\s*\)\s*\/\s*8\s*\)?\s*(?:&\s*0xffff\s*)?[;\n]\s*\.(?:short|long)\s+0/gi,
		"may_goto $1",
	);
}

/** Gives GNU's numeric labels (`1:`, `1b`, `1f`) names. */
function localLabels(text: string): string {
	const count = new Map<string, number>();
	return text
		.split("\n")
		.map((line) => {
			let rest = line;
			let head = "";
			for (let m = /^\s*(\d+):/.exec(rest); m; m = /^\s*(\d+):/.exec(rest)) {
				const number = m[1] ?? "";
				const n = (count.get(number) ?? 0) + 1;
				count.set(number, n);
				head += `.Llocal${number}_${n}: `;
				rest = rest.slice(m[0].length);
			}
			return (
				head +
				rest.replace(/\b(\d+)([bf])\b/g, (_, number: string, way: string) => {
					const n = (count.get(number) ?? 0) + (way === "f" ? 1 : 0);
					return `.Llocal${number}_${n}`;
				})
			);
		})
		.join("\n");
}

/** Replaces %0, %w0, %[name], %w[name], %l0, %l[name], %= and %%. */
function fill(insn: Insn): string {
	const body = insn.asm;
	if (!body) return "";
	const { asm, operands } = body;
	const all = [...asm.outputs, ...asm.inputs];
	const labels: string[] = [];
	const shown = (n: number, modifier: string): string => {
		const o = operands[n];
		if (!o) return "";
		if (o.kind === "text") return o.text;
		const r = (o.kind === "def" ? insn.defs : insn.uses)?.[o.at] ?? 0;
		const constraint = all[n]?.constraint ?? "";
		if (constraint.includes("m")) return `(r${r} + 0)`;
		return `${modifier === "w" || constraint.includes("w") ? "w" : "r"}${r}`;
	};
	return asm.template.replace(
		/%(%|=|l\[(\w+)\]|l(\d+)|([wP]?)\[([\w.]+)\]|([wP]?)(\d+))/g,
		(whole, kind, label, number, m1, name, m2, at) => {
			if (kind === "%") return "%";
			if (kind === "=") return "0";
			if (number !== undefined) {
				const n = Number(number);
				return `.Ltarget${n >= all.length ? n - all.length : n}`;
			}
			if (label !== undefined) {
				if (!labels.includes(label)) labels.push(label);
				return `.Ltarget${labels.indexOf(label)}`;
			}
			if (name !== undefined) {
				const n = all.findIndex((o) => o.name === name);
				return n < 0 ? whole : shown(n, m1);
			}
			return shown(Number(at), m2);
		},
	);
}
