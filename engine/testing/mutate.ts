// Small random changes to a case: another constant, offset, register, size or operation, an instruction left out or twice.
// For tests only.

import { fromHex, type Random, toHex } from "../base/index.ts";
import * as isa from "../isa/index.ts";
import { without } from "./minimise.ts";
import type { RawCase } from "./rawcase.ts";

const constants = [0, 1, 2, 4, 7, 8, 16, 31, 32, 63, 64, 255, 256, 512, 65535, -1, -8, -16, -512];

type Change = { -readonly [K in keyof isa.Insn]: isa.Insn[K] };

function changed(insn: isa.Insn, random: Random): isa.Insn {
	const next: Change = { ...insn };
	const pick = (all: readonly number[]) => all[random.below(all.length)] ?? 0;
	const group = insn.opcode & 7;
	const arithmetic = group === isa.BPF_ALU || group === isa.BPF_ALU64;
	const jump = group === isa.BPF_JMP || group === isa.BPF_JMP32;
	switch (random.below(8)) {
		case 0:
			next.imm = pick(constants);
			break;
		case 1:
			next.imm = (insn.imm + pick([-1, 1, 8, -8])) | 0;
			break;
		case 2:
			next.off = insn.off + pick(jump ? [-1, 1, 2] : [-8, -4, -1, 1, 4, 8]);
			break;
		case 3:
			next.dst = random.below(11);
			break;
		case 4:
			next.src = random.below(11);
			break;
		case 5:
			if (arithmetic || jump) next.opcode = (insn.opcode & 0x0f) | (random.below(14) << 4);
			else next.opcode = (insn.opcode & ~0x18) | (random.below(4) << 3);
			break;
		case 6:
			if (arithmetic) next.opcode = insn.opcode ^ 3;
			else if (jump && insn.opcode !== 0x85 && insn.opcode !== 0x95) next.opcode = insn.opcode ^ 3;
			break;
		default:
			if (arithmetic || jump) next.opcode = insn.opcode ^ isa.BPF_X;
	}
	return next;
}

/** The case with one to three changes. */
export function mutate(raw: RawCase, random: Random): RawCase {
	let result = raw;
	for (let n = 1 + random.below(3); n > 0; n--) {
		const code = isa.decode(fromHex(result.insns) ?? new Uint8Array());
		const insns = Array.from({ length: code.length }, (_, pc) => isa.insnAt(code, pc));
		const at = random.below(insns.length);
		const insn = insns[at];
		const wide = insn?.opcode === isa.LD_IMM64 || insns[at - 1]?.opcode === isa.LD_IMM64;
		if (!insn || wide) continue;
		if (random.below(5) === 0) {
			result = without(result, at, 1) ?? result;
			continue;
		}
		insns[at] = changed(insn, random);
		result = { ...result, insns: toHex(isa.encode(isa.codeOf(insns))) };
	}
	return result;
}
