// What BPF_PROG_LOAD takes: one program made ready from an ObjectFile, map references resolved to indexes. The verifier,
// both executors and the differential tests consume this one shape.

import type { Code } from "../isa/index.ts";
import { BPF_PSEUDO_MAP_FD, BPF_PSEUDO_MAP_VALUE, decode, LD_IMM64 } from "../isa/index.ts";
import type {
	FunctionSpec,
	KernelFunction,
	LineSpec,
	MapSpec,
	ObjectFile,
	ProgramSpec,
} from "./object.ts";
import type { AttachTarget } from "./target.ts";

/** Input of the verifier; the fields of bpf(2)'s BPF_PROG_LOAD. */
export interface LoadRequest {
	readonly name: string;
	/** BPF_PROG_TYPE_*. */
	readonly type: number;
	readonly expectedAttachType: number;
	/** BPF_F_* flags, e.g. BPF_F_STRICT_ALIGNMENT. */
	readonly flags: number;
	readonly license: string;
	/** ld_imm64 with source 1 or 2 (PSEUDO_MAP_FD, PSEUDO_MAP_VALUE) holds the index into `maps` in its first imm. */
	readonly code: Code;
	readonly maps: readonly MapSpec[];
	readonly btf?: Uint8Array;
	/** func_info and line_info; empty without BTF, as the kernel wants it. */
	readonly functions: readonly FunctionSpec[];
	readonly lines: readonly LineSpec[];
	/** BTF id that the program attaches to, in the BTF of `attachTarget`, or else in the kernel's; 0 for none. */
	readonly attachBtfId: number;
	/** The program that this one is attached to (attach_prog_fd). */
	readonly attachTarget?: AttachTarget;
	/** The kernel functions that the code calls, by their id in the kernel's BTF. */
	readonly kfuncs?: readonly KernelFunction[];
}

/** A map that no relocation names is file descriptor n of nobody's: -2 - n stands for it, which is no map's index. */
function refuseDescriptors(code: Code): void {
	for (let pc = 0; pc < code.length; pc++) {
		if (code.opcode[pc] !== LD_IMM64) continue;
		if (code.src[pc] === BPF_PSEUDO_MAP_FD || code.src[pc] === BPF_PSEUDO_MAP_VALUE)
			code.imm[pc] = Math.min(-1, -2 - (code.imm[pc] ?? 0));
		pc++;
	}
}

/** Makes `program` of `object` ready to load. `type` overrides the program's own. */
export function loadRequest(object: ObjectFile, program: ProgramSpec, type?: number): LoadRequest {
	const code = decode(program.insns);
	refuseDescriptors(code);
	for (const relocation of program.relocations) {
		const at = relocation.insn;
		code.imm[at] = relocation.map;
		if (relocation.kind === "map-value") {
			code.src[at] = BPF_PSEUDO_MAP_VALUE;
			code.imm[at + 1] = relocation.offset;
		} else {
			code.src[at] = BPF_PSEUDO_MAP_FD;
		}
	}
	return {
		name: program.name,
		type: type ?? program.type ?? 0,
		expectedAttachType: program.expectedAttachType,
		flags: program.flags,
		license: object.license,
		code,
		maps: object.maps,
		...(object.btf ? { btf: object.btf } : {}),
		functions:
			object.btf && program.functions.every((f) => f.typeId !== 0) ? program.functions : [],
		lines: object.btf ? program.lines : [],
		attachBtfId: program.attachBtfId ?? 0,
		...(program.kfuncs ? { kfuncs: program.kfuncs } : {}),
	};
}
