// The instruction at which the verifier stopped, with what it knew of the registers before, the path there, and the source: what the texts
// of rejections speak of and what mends start from.

import { helperById } from "../../abi/index.ts";
import { BPF_LDX, BPF_PSEUDO_KFUNC_CALL, type Code, decode, insnAt } from "../../isa/index.ts";
import type { RegView, Report, SlotView } from "../../verifier/index.ts";
import { CALL } from "../jumps.ts";
import type { BuiltProgram } from "../programs.ts";
import { CText } from "./ctext.ts";

export interface Place {
	readonly code: Code;
	readonly pc: number;
	readonly registers: ReadonlyMap<number, RegView>;
	readonly stack: readonly SlotView[];
	readonly program: BuiltProgram;
	/** The kernel's lines, the last one apart. */
	readonly messages: readonly string[];
	readonly message: string;
	/** Instructions from the start to this one, in the order of the walk; without it where that is not known. */
	readonly path: readonly number[];
	/** The text of the file that the instruction comes from; `c` when it is C. */
	readonly source?: CText;
	readonly c?: CText;
}

export interface PlaceParts {
	readonly report: Pick<Report, "pc" | "message" | "messages">;
	readonly program: BuiltProgram;
	readonly registers: ReadonlyMap<number, RegView>;
	readonly stack: readonly SlotView[];
	readonly path: readonly number[];
	/** Text of a source file of the project. */
	readonly source?: ((file: string) => string | undefined) | undefined;
}

export function placeOf(parts: PlaceParts): Place {
	const { report, program, registers, stack, path } = parts;
	const pc = report.pc ?? 0;
	const code = decode(program.spec.insns);
	const at = program.places[pc];
	const text = at && parts.source?.(at.file);
	const source = at && text !== undefined ? new CText(at.file, text) : undefined;
	const c = program.spec.spans ? undefined : source;
	return {
		code,
		pc,
		registers,
		stack,
		program,
		messages: report.messages,
		message: report.message,
		path,
		...(source ? { source } : {}),
		...(c ? { c } : {}),
	};
}

const BYTES = [4, 2, 1, 8] as const;

/** The access of a load or store: pointer register, offset, size. */
export function access({ code, pc }: Pick<Place, "code" | "pc">) {
	const insn = insnAt(code, pc);
	const load = (insn.opcode & 7) === BPF_LDX;
	return {
		load,
		pointer: load ? insn.src : insn.dst,
		offset: insn.off,
		size: BYTES[(insn.opcode >> 3) & 3] ?? 8,
	};
}

/** Whether the instruction calls a helper, a kernel function or a function of the program. */
export function isCall({ code, pc }: Pick<Place, "code" | "pc">): boolean {
	return insnAt(code, pc).opcode === CALL;
}

/** What is called at an instruction, by name where there is one. */
export function calleeAt({ code, program }: Pick<Place, "code" | "program">, pc: number): string {
	const insn = insnAt(code, pc);
	if (insn.src === BPF_PSEUDO_KFUNC_CALL)
		return program.spec.kfuncs?.find((k) => k.id === insn.imm)?.name ?? "this kernel function";
	if (insn.src !== 0) {
		const target = pc + 1 + insn.imm;
		return program.spec.functions.find((f) => f.insn === target)?.name ?? "this function";
	}
	const helper = helperById(insn.imm);
	return helper ? `bpf_${helper.name}`.replace(/^bpf_bpf_/, "bpf_") : `helper ${insn.imm}`;
}

/** The source line of an instruction. */
export function lineOf({ program }: Pick<Place, "program">, pc: number): number | undefined {
	return program.places[pc]?.line;
}

/** The register that the kernel's line speaks of: `R3 ...`, or an argument by its number from 0 (`arg#1`, `arg1`). */
export function namedRegister({ message, messages }: Place): number | undefined {
	for (const line of [message, ...messages]) {
		const register = /\bR(\d+)/.exec(line)?.[1];
		if (register !== undefined) return Number(register);
		const argument = /\barg(?: #|#)(\d+)/.exec(line)?.[1] ?? /trusted arg(\d+)/.exec(line)?.[1];
		if (argument !== undefined) return Number(argument) + 1;
		const counted = /\bhelper arg(\d+)|^arg (\d+) is/.exec(line);
		if (counted) return Number(counted[1] ?? counted[2]);
	}
	return undefined;
}
