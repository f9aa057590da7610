export type { Code, Insn } from "./code.ts";
export { codeOf, decode, encode, INSN_SIZE, insnAt, newCode } from "./code.ts";
export * from "./opcode.ts";
