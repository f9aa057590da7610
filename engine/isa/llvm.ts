// One instruction as LLVM's disassembler prints it: `w2 = *(u32 *)(r1 + 0x4)`. Where LLVM's text loses something (which
// kind of 64-bit immediate, which kind of call, the offset of an indirect packet load) ours says it.

import type { Code } from "./code.ts";
import type { InsnRow } from "./row.ts";
import { rowAt } from "./table.ts";
import { immediate64, number, type TextNames, target } from "./text.ts";

const noNames: TextNames = {};

/** The instruction in slot `pc` in LLVM's syntax; `<unknown>` when it is none. Reserved fields are not shown. */
export function printLlvm(code: Code, pc: number, names: TextNames = noNames): string {
	const row = rowAt(code, pc);
	return row ? printRow(code, pc, row, names) : "<unknown>";
}

function printRow(code: Code, pc: number, row: InsnRow, names: TextNames): string {
	const dst = code.dst[pc] ?? 0;
	const src = code.src[pc] ?? 0;
	const imm = () => number(code.imm[pc] ?? 0, names.decimal);
	const to = () => target(pc, code.off[pc] ?? 0, names, names.decimal);
	const r = row.bits === 32 ? "w" : "r";
	switch (row.shape) {
		case "alu-reg":
			return `${r}${dst} ${row.op} ${r}${src}`;
		case "alu-imm":
			return `${r}${dst} ${row.op} ${imm()}`;
		case "neg":
			return `${r}${dst} = -${r}${dst}`;
		case "swap":
			return `r${dst} = ${row.op} r${dst}`;
		case "movsx":
			return `${r}${dst} = ${row.op}${r}${src}`;
		case "cast": {
			const spaces = code.imm[pc] ?? 0;
			const [from, into] = [number(spaces >>> 16), number(spaces & 0xffff)];
			return `r${dst} = addr_space_cast(r${src}, ${from}, ${into})`;
		}
		case "jump-reg":
			return `if ${r}${dst} ${row.op} ${r}${src} goto ${to()}`;
		case "jump-imm":
			return `if ${r}${dst} ${row.op} ${imm()} goto ${to()}`;
		case "goto":
		case "may-goto":
			return `${row.op} ${to()}`;
		case "gotol":
			return `gotol ${target(pc, code.imm[pc] ?? 0, names, names.decimal)}`;
		case "call":
			return `call ${callee(code, pc, row, names)}`;
		case "call-reg":
			return `${row.op} r${dst}`;
		case "exit":
			return "exit";
		case "imm64":
			return `r${dst} = ${immediate64(code, pc, names, names.decimal)} ll`;
		default:
			return printAccess(code, pc, row, names);
	}
}

function callee(code: Code, pc: number, row: InsnRow, names: TextNames): string {
	const imm = code.imm[pc] ?? 0;
	if (row.id === "call-kfunc") return `kfunc(${imm})`;
	if (row.id === "call-helper") return names.helper?.(imm) ?? number(imm, names.decimal);
	return names.label?.(pc + 1 + imm) ?? `pc${imm < 0 ? "" : "+"}${imm}`;
}

function printAccess(code: Code, pc: number, row: InsnRow, names: TextNames): string {
	const dst = code.dst[pc] ?? 0;
	const src = code.src[pc] ?? 0;
	const off = code.off[pc] ?? 0;
	const imm = number(code.imm[pc] ?? 0, names.decimal);
	const r = row.bits === 64 || row.op.startsWith("s") ? "r" : "w";
	const at = (base: number) =>
		`r${base} ${off < 0 ? "-" : "+"} ${number(Math.abs(off), names.decimal)}`;
	const type = `(u${row.bits} *)`;
	switch (row.shape) {
		case "load":
			return `${r}${dst} = *(${row.op} *)(${at(src)})`;
		case "store-reg":
			return `*${type}(${at(dst)}) = ${r}${src}`;
		case "store-imm":
			return `*${type}(${at(dst)}) = ${imm}`;
		case "packet-abs":
			return `r0 = *${type}skb[${imm}]`;
		case "packet-ind":
			return `r0 = *${type}skb[r${src}${code.imm[pc] ? ` + ${imm}` : ""}]`;
		case "atomic":
			return `lock *${type}(${at(dst)}) ${row.op} ${r}${src}`;
		case "fetch":
			return row.op === "xchg"
				? `${r}${src} = ${row.bits === 64 ? "xchg_64" : "xchg32_32"}(${at(dst)}, ${r}${src})`
				: `${r}${src} = atomic_${row.op}(${type}(${at(dst)}), ${r}${src})`;
		case "cmpxchg":
			return `${r}0 = ${row.bits === 64 ? "cmpxchg_64" : "cmpxchg32_32"}(${at(dst)}, ${r}0, ${r}${src})`;
		case "load-acquire":
			return `${r}${dst} = load_acquire(${type}(${at(src)}))`;
		default:
			return `store_release(${type}(${at(dst)}), ${r}${src})`;
	}
}
