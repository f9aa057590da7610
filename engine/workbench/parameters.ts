// Where a function's parameters are when it begins: in r1 to r5, until the first instruction that overwrites them. From the types of the
// object; it knows nothing of the compiler.

import { type Btf, printDeclaration } from "../btf/index.ts";
import {
	BPF_ALU,
	BPF_ALU64,
	BPF_JMP,
	BPF_JMP32,
	BPF_LD,
	BPF_LDX,
	decode,
	insnAt,
	LD_IMM64,
} from "../isa/index.ts";
import type { ProgramSpec, VariableSpec } from "../object/index.ts";

/** A parameter as a variable, with its declaration in C: `struct xdp_md *ctx`. */
export interface Parameter extends VariableSpec {
	readonly declaration: string;
}

export function parametersOf(spec: ProgramSpec, btf: Btf | undefined): Parameter[] {
	return spec.functions.flatMap(({ insn, typeId }, i) => {
		const func = btf?.types[typeId];
		const proto = func?.kind === "func" ? btf?.types[func.type] : undefined;
		if (!btf || proto?.kind !== "func_proto") return [];
		const end = spec.functions[i + 1]?.insn ?? spec.insns.length / 8;
		return proto.params.slice(0, 5).flatMap(({ name, type }, at): Parameter[] => {
			const declaration = name && printDeclaration(btf, type, name).value;
			if (!declaration) return [];
			const register = at + 1;
			return [{ name, register, declaration, start: insn, end: keptTo(spec, register, insn, end) }];
		});
	});
}

/** The instruction before which the register is no longer what it was at `start`: that it is overwritten, or that the code may branch. */
function keptTo(spec: ProgramSpec, register: number, start: number, end: number): number {
	const code = decode(spec.insns);
	for (let pc = start; pc < end; pc++) {
		const { opcode, dst } = insnAt(code, pc);
		const kind = opcode & 7;
		const writes = kind === BPF_LDX || kind === BPF_LD || kind === BPF_ALU || kind === BPF_ALU64;
		const packet = kind === BPF_LD && opcode !== LD_IMM64;
		const branches = packet || kind === BPF_JMP || kind === BPF_JMP32;
		if (branches || (writes && dst === register)) return pc + 1;
	}
	return end;
}
