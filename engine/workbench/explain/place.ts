// The instruction at which the verifier stopped, with what it knew of the registers before: what the texts of rejections speak of.

import { helperById } from "../../abi/index.ts";
import { BPF_LDX, BPF_PSEUDO_KFUNC_CALL, type Code, decode, insnAt } from "../../isa/index.ts";
import type { RegView } from "../../verifier/index.ts";
import type { BuiltProgram } from "../programs.ts";

export interface Place {
	readonly code: Code;
	readonly pc: number;
	readonly registers: ReadonlyMap<number, RegView>;
	readonly program: BuiltProgram;
}

/** Reason, known, needed; by class. */
export type Texts = Readonly<Record<string, readonly [string, string, string]>>;

export function placeOf(
	program: BuiltProgram,
	pc: number,
	registers: ReadonlyMap<number, RegView>,
): Place {
	return { code: decode(program.spec.insns), pc, registers, program };
}

const BYTES = [4, 2, 1, 8] as const;

/** The access of a load or store: pointer register, offset, size. */
export function access({ code, pc }: Place) {
	const insn = insnAt(code, pc);
	const load = (insn.opcode & 7) === BPF_LDX;
	return {
		load,
		pointer: load ? insn.src : insn.dst,
		offset: insn.off,
		size: BYTES[(insn.opcode >> 3) & 3] ?? 8,
	};
}

export function register(place: Place, index: number): string {
	return place.registers.get(index)?.text ?? "not set";
}

/** What is called at the instruction, by name where there is one. */
export function callee(place: Place): string {
	const insn = insnAt(place.code, place.pc);
	if (insn.src === BPF_PSEUDO_KFUNC_CALL) return "this kernel function";
	return `bpf_${helperById(insn.imm)?.name ?? "helper"}`.replace(/^bpf_bpf_/, "bpf_");
}

/** `r1 ctx(), r2 fp-8` : the arguments of a call that are set. */
export function callArguments(place: Place): string {
	const set = [1, 2, 3, 4, 5].filter((r) => place.registers.has(r));
	return set.map((r) => `r${r} ${register(place, r)}`).join(", ") || "no argument is set";
}

/** Fills the places in a text: {pointer} {pointer is} {dst} {dst is} {src} {src is} {verb} {bytes} {call} {arguments} {imm} {r0 is}. */
export function fill(text: string, place: Place): string {
	const insn = insnAt(place.code, place.pc);
	const { load, pointer, size } = access(place);
	const is = (index: number) => `r${index} is ${register(place, index)}`;
	const values: Readonly<Record<string, () => string>> = {
		pointer: () => `r${pointer}`,
		"pointer is": () => is(pointer),
		dst: () => `r${insn.dst}`,
		"dst is": () => is(insn.dst),
		src: () => `r${insn.src}`,
		"src is": () => is(insn.src),
		"r0 is": () => is(0),
		verb: () => (load ? "Reads" : "Writes"),
		bytes: () => (size === 1 ? "a byte" : `${size} bytes`),
		call: () => callee(place),
		arguments: () => callArguments(place),
		imm: () => `${insn.imm}`,
	};
	return text.replace(/\{([A-Za-z0-9 ]+)\}/g, (whole, name: string) => values[name]?.() ?? whole);
}
