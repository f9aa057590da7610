// One instruction in uBPF's mnemonics: `ldxw r2, [r1+4]`. Numbers are decimal.

import type { Code } from "./code.ts";
import { rowAt } from "./table.ts";
import { distance, immediate64, type TextNames, target } from "./text.ts";

const noNames: TextNames = {};

/** The instruction in slot `pc` in uBPF's mnemonics; `<unknown>` when it is none. Reserved fields are not shown. */
export function printUbpf(code: Code, pc: number, names: TextNames = noNames): string {
	const row = rowAt(code, pc);
	if (!row) return "<unknown>";
	const operands = printOperands(code, pc, row.shape, row.id, names);
	return operands === "" ? row.mnemonic : `${row.mnemonic} ${operands}`;
}

function printOperands(
	code: Code,
	pc: number,
	shape: string,
	id: string,
	names: TextNames,
): string {
	const dst = `r${code.dst[pc]}`;
	const src = `r${code.src[pc]}`;
	const imm = code.imm[pc] ?? 0;
	const off = code.off[pc] ?? 0;
	const at = (base: string) => (off === 0 ? `[${base}]` : `[${base}${distance(off, true)}]`);
	const to = () => target(pc, off, names, true);
	switch (shape) {
		case "alu-reg":
		case "movsx":
			return `${dst}, ${src}`;
		case "alu-imm":
			return `${dst}, ${imm}`;
		case "neg":
		case "swap":
		case "call-reg":
			return dst;
		case "cast":
			return `${dst}, ${src}, ${imm >>> 16}, ${imm & 0xffff}`;
		case "jump-reg":
			return `${dst}, ${src}, ${to()}`;
		case "jump-imm":
			return `${dst}, ${imm}, ${to()}`;
		case "goto":
		case "may-goto":
			return to();
		case "gotol":
			return target(pc, imm, names, true);
		case "call":
			if (id === "call-helper") return names.helper?.(imm) ?? `${imm}`;
			return id === "call-kfunc" ? `${imm}` : target(pc, imm, names, true);
		case "exit":
			return "";
		case "load":
		case "load-acquire":
			return `${dst}, ${at(src)}`;
		case "store-imm":
			return `${at(dst)}, ${imm}`;
		case "packet-abs":
			return `${imm}`;
		case "packet-ind":
			return `${src}, ${imm}`;
		case "imm64":
			return `${dst}, ${immediate64(code, pc, names, true)}`;
		default:
			return `${at(dst)}, ${src}`;
	}
}
