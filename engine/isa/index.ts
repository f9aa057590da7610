export type { Code, Insn } from "./code.ts";
export { codeOf, decode, encode, INSN_SIZE, insnAt, newCode } from "./code.ts";
export { printLlvm } from "./llvm.ts";
export * from "./opcode.ts";
export type { KernelNames } from "./print.ts";
export { printInsn } from "./print.ts";
export type { Group, InsnRow, Operator, Shape, Size } from "./row.ts";
export {
	ALU_OPERATORS,
	ATOMIC_OPERATORS,
	JUMP_OPERATORS,
	OPERANDS,
	SIGNED_OPERATORS,
	SIZES,
} from "./row.ts";
export { INSTRUCTIONS, instruction, isExact, rowAt } from "./table.ts";
export type { TextNames } from "./text.ts";
export { immediate64 as printImm64 } from "./text.ts";
export { printUbpf } from "./ubpf.ts";
