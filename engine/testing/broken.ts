// Programs broken on purpose: instructions with flipped bits, records of functions and of lines that do not fit, BTF with wrong bytes.
// Linux's errno and words are wanted for them, never a throw. For tests only.

import { Random } from "../base/index.ts";
import { type Code, decode, encode } from "../isa/index.ts";
import type { LineSpec, LoadRequest } from "../object/index.ts";
import type { Generated } from "./many.ts";
import { type KfuncIds, wild } from "./wild.ts";

function flipped(bytes: Uint8Array, random: Random, from: number, count: number): Uint8Array {
	const out = bytes.slice();
	for (let i = 0; i < count && out.length > from; i++) {
		const at = from + random.below(out.length - from);
		out[at] = random.below(3) ? (out[at] as number) ^ (1 << random.below(8)) : random.below(256);
	}
	return out;
}

function breakCode(code: Code, random: Random): Code {
	const field = random.below(6);
	const pc = random.below(code.length);
	const next = decode(encode(code));
	if (field === 0) next.opcode[pc] = random.below(256);
	else if (field === 1) next.dst[pc] = random.below(16);
	else if (field === 2) {
		// Sources 5 and 6 of ld_imm64 count in an array that no request has.
		const src = random.below(16);
		if (src !== 5 && src !== 6) next.src[pc] = src;
	} else if (field === 3) next.off[pc] = random.below(2) ? random.u32() : random.below(20) - 10;
	else if (field === 4) {
		// Small descriptors may be open in the process that asks.
		const imm = random.below(2) ? random.u32() | 0 : random.below(20) - 10;
		next.imm[pc] = next.opcode[pc] === 0x18 && imm < -1 && imm > -1000 ? -1 : imm;
	} else return decode(encode(code).slice(0, 8 * Math.max(1, pc)));
	return next;
}

const numbers = [0, 1, 2, 4, 5, 6, 7, 30, 1000, 0x7fffffff, -1];

function breakFunctions(request: LoadRequest, random: Random): LoadRequest["functions"] {
	const out = request.functions.map((f) => ({ ...f }));
	const one = out[random.below(out.length)];
	const roll = random.below(5);
	const pick = () => numbers[random.below(numbers.length)] as number;
	if (roll === 0 && one) one.insn = pick();
	else if (roll === 1 && one) one.typeId = pick();
	else if (roll === 2) out.pop();
	else if (roll === 3 && one) out.push({ ...one });
	else if (out.length > 1) out.reverse();
	return out;
}

/** A line for each instruction that can have one. */
function linesOf(request: LoadRequest): LineSpec[] {
	const lines: LineSpec[] = [];
	for (let pc = 0; pc < request.code.length; pc++) {
		lines.push({ insn: pc, fileNameOff: 1, lineOff: 1, lineCol: (pc << 10) | 1 });
		if (request.code.opcode[pc] === 0x18) pc++;
	}
	return lines;
}

function breakLines(request: LoadRequest, random: Random): LineSpec[] {
	const out = linesOf(request);
	const at = random.below(out.length);
	const one = out[at];
	const pick = () => numbers[random.below(numbers.length)] as number;
	const roll = random.below(6);
	if (!one) return out;
	if (roll === 0) out[at] = { ...one, insn: pick() };
	else if (roll === 1) out[at] = { ...one, lineOff: pick() };
	else if (roll === 2) out[at] = { ...one, fileNameOff: pick() };
	else if (roll === 3) out.splice(at, 1);
	else if (roll === 4) out.splice(0, 1);
	return out;
}

/** The broken program of a seed. */
export function broken(seed: number, ids: KfuncIds): Generated {
	const { request } = wild(seed, ids);
	const random = new Random(seed ^ 0x5eed);
	const descr = `broken ${seed}`;
	switch (random.below(5)) {
		case 0:
			return { descr, request: { ...request, code: breakCode(request.code, random) } };
		case 1:
			return { descr, request: { ...request, functions: breakFunctions(request, random) } };
		case 2:
			return { descr, request: { ...request, lines: breakLines(request, random) } };
		case 3: {
			const btf = request.btf && flipped(request.btf, random, 24, 1);
			return { descr, request: { ...request, ...(btf ? { btf } : {}) } };
		}
		default:
			return { descr, request: { ...request, lines: linesOf(request) } };
	}
}
