// Makes a program smaller while it keeps a property, by leaving out instructions and mending jumps. For tests only.

import { fromHex, toHex } from "../base/index.ts";
import * as isa from "../isa/index.ts";
import { type RawCase, type RawMap, rawMaps } from "./rawcase.ts";

function slots(raw: RawCase): isa.Insn[] {
	const code = isa.decode(fromHex(raw.insns) ?? new Uint8Array());
	return Array.from({ length: code.length }, (_, pc) => isa.insnAt(code, pc));
}

/** Whether the offset (or, for a call and a 32-bit jump, the immediate) is a distance. */
function reach(insn: isa.Insn): "off" | "imm" | undefined {
	const group = insn.opcode & 7;
	const op = insn.opcode & 0xf0;
	if (insn.opcode === 0x85) return insn.src === isa.BPF_PSEUDO_CALL ? "imm" : undefined;
	if (insn.opcode === (isa.BPF_JMP32 | isa.BPF_JA)) return "imm";
	if (group !== isa.BPF_JMP && group !== isa.BPF_JMP32) return undefined;
	return op === isa.BPF_EXIT ? undefined : "off";
}

/** The case without `count` slots from `at` on; undefined when a jump or a map load would lose its meaning. */
export function without(raw: RawCase, at: number, count: number): RawCase | undefined {
	const before = slots(raw);
	for (const edge of [at, at + count])
		if (before[edge - 1]?.opcode === isa.LD_IMM64 && edge > 0) return undefined;
	const moved = (pc: number) => (pc < at ? pc : pc < at + count ? at : pc - count);
	const after = before.flatMap((insn, pc) => {
		if (pc >= at && pc < at + count) return [];
		const field = before[pc - 1]?.opcode === isa.LD_IMM64 ? undefined : reach(insn);
		if (field === undefined) return [insn];
		const distance = moved(pc + 1 + insn[field]) - moved(pc) - 1;
		return [{ ...insn, [field]: distance }];
	});
	const smaller: { -readonly [K in keyof RawCase]: RawCase[K] } = {
		...raw,
		insns: toHex(isa.encode(isa.codeOf(after))),
	};
	for (const name of Object.keys(rawMaps) as RawMap[]) {
		const places = raw[name]?.filter((pc) => pc < at || pc >= at + count).map(moved);
		if (places?.length) smaller[name] = places;
		else delete smaller[name];
	}
	return smaller;
}

/** The smallest case found that still `fails`. */
export async function minimise(
	raw: RawCase,
	fails: (raw: RawCase) => Promise<boolean>,
): Promise<RawCase> {
	let best = raw;
	for (let size = 16; size >= 1; size = size === 1 ? 0 : size >> 1) {
		let progress = true;
		while (progress) {
			progress = false;
			for (let at = slots(best).length - size; at >= 0; at--) {
				const smaller = without(best, at, size);
				if (!smaller || !(await fails(smaller))) continue;
				best = smaller;
				progress = true;
			}
		}
	}
	return best;
}
