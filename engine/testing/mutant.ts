// Programs with the slips of the hand that writes them: an instruction left out, a condition turned round, an offset, a size, a
// register, a helper that is not the one meant, another type of program or map. Real programs so changed stand near the frontier of
// acceptance in ways that generated ones do not. The seed decides everything. For tests only.

import { Random } from "../base/index.ts";
import * as isa from "../isa/index.ts";
import type { LoadRequest, MapSpec } from "../object/index.ts";
import { without } from "./minimise.ts";

/** Program types that need nothing to be attached to. */
const plainTypes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17, 19, 21, 22, 23, 30, 31];
const awkward = [
	-1, 0, 1, 2, 3, 4, 7, 8, 15, 16, 20, 31, 32, 63, 64, 255, 256, 511, 512, 513, 4095, 65535,
	0x7fffffff, -0x80000000,
];

function pick<T>(random: Random, of: readonly T[]): T {
	return of[random.below(of.length)] as T;
}

/** The program with one or two slips. */
export function mutant(request: LoadRequest, seed: number): LoadRequest {
	const random = new Random(seed ^ 0x51195);
	let changed = slip(request, random);
	if (random.below(4) === 0) changed = slip(changed, random);
	return changed;
}

function slip(request: LoadRequest, random: Random): LoadRequest {
	const roll = random.below(24);
	if (roll < 7) {
		const at = random.below(request.code.length);
		return without(request, at, 1 + (random.below(3) ? 0 : random.below(4))) ?? request;
	}
	if (roll === 7) return { ...request, flags: request.flags ^ pick(random, [1, 8, 16, 128]) };
	if (roll === 8 && plainTypes.includes(request.type))
		return { ...request, type: pick(random, plainTypes), expectedAttachType: 0 };
	if (roll === 9 && request.maps.length) return { ...request, maps: otherMap(request, random) };
	if (roll === 10) return { ...request, license: "Proprietary" };
	if (roll === 11) return { ...request, functions: [], lines: [] };
	return { ...request, code: otherInsn(request.code, random) };
}

function otherMap(request: LoadRequest, random: Random): MapSpec[] {
	const at = random.below(request.maps.length);
	return request.maps.map((map, i) => {
		if (i !== at) return map;
		//   types that no longer fit would keep the map from being made
		const { init, btfKeyTypeId, btfValueTypeId, ...bare } = map;
		switch (random.below(5)) {
			case 0:
				return { ...bare, valueSize: pick(random, [1, 2, 4, 8, 12, 16, map.valueSize >> 1 || 1]) };
			case 1:
				return { ...bare, keySize: pick(random, [1, 2, 4, 8, 16]) };
			case 2:
				return { ...bare, type: pick(random, [1, 2, 5, 6, 9, 10]) };
			default:
				return { ...map, flags: map.flags | pick(random, [0x80, 0x100]) };
		}
	});
}

/** The code with one instruction changed; the second half of a wide one stays. */
function otherInsn(code: isa.Code, random: Random): isa.Code {
	const next = isa.decode(isa.encode(code));
	let pc = random.below(code.length);
	if (pc > 0 && code.opcode[pc - 1] === isa.LD_IMM64) pc--;
	const opcode = code.opcode[pc] as number;
	switch (opcode & 7) {
		case 0:
			changeWide(next, pc, random);
			break;
		case 1:
		case 2:
		case 3:
			changeAccess(next, pc, random);
			break;
		case 5:
		case 6:
			changeJump(next, pc, random);
			break;
		default:
			changeArithmetic(next, pc, random);
	}
	return next;
}

function changeWide(code: isa.Code, pc: number, random: Random): void {
	if (random.below(2)) code.dst[pc] = random.below(10);
	else if (code.opcode[pc] !== isa.LD_IMM64 || code.src[pc] === 0)
		code.imm[pc] = pick(random, awkward);
	else if (code.src[pc] === isa.BPF_PSEUDO_MAP_VALUE)
		code.imm[pc + 1] = (code.imm[pc + 1] as number) + pick(random, [1, 4, 8, -4, 64]);
}

function changeAccess(code: isa.Code, pc: number, random: Random): void {
	const roll = random.below(5);
	if (roll === 0) code.opcode[pc] = ((code.opcode[pc] as number) & ~0x18) | (random.below(4) << 3);
	else if (roll === 1) code.dst[pc] = random.below(11);
	else if (roll === 2) code.src[pc] = random.below(11);
	else if (roll === 3 && ((code.opcode[pc] as number) & 0xe0) === 0xc0)
		code.imm[pc] = pick(
			random,
			[0, 1, 0x40, 0x41, 0x50, 0x51, 0xa0, 0xa1, 0xe1, 0xf1, 0x100, 0x110],
		);
	else
		code.off[pc] = (code.off[pc] as number) + pick(random, [1, 2, 4, 8, -1, -4, -8, 16, 64, 256]);
}

function changeJump(code: isa.Code, pc: number, random: Random): void {
	const opcode = code.opcode[pc] as number;
	const roll = random.below(6);
	if (opcode === 0x85) {
		if (code.src[pc] !== 0) return;
		code.imm[pc] = pick(
			random,
			[1, 2, 3, 4, 5, 6, 12, 14, 25, 26, 35, 44, 51, 112, 113, 130, 131, 181],
		);
	} else if (opcode === 0x95) code.dst[pc] = random.below(2);
	else if (roll === 0) code.opcode[pc] = (opcode & 0x0f) | (random.below(14) << 4);
	else if (roll === 1) code.opcode[pc] = opcode ^ 3;
	else if (roll === 2) code.dst[pc] = random.below(11);
	else if (roll === 3 && opcode & 8) code.src[pc] = random.below(11);
	else if (roll === 3) code.imm[pc] = pick(random, awkward);
	else code.off[pc] = (code.off[pc] as number) + pick(random, [1, 2, 3, -1, -2, -5, -20]);
}

function changeArithmetic(code: isa.Code, pc: number, random: Random): void {
	const opcode = code.opcode[pc] as number;
	const roll = random.below(6);
	if (roll === 0) code.opcode[pc] = (opcode & 0x0f) | (random.below(14) << 4);
	else if (roll === 1) code.opcode[pc] = opcode ^ 3;
	else if (roll === 2) code.dst[pc] = random.below(10);
	else if (opcode & 8) code.src[pc] = random.below(11);
	else if (roll === 3) code.imm[pc] = pick(random, awkward);
	else code.imm[pc] = (code.imm[pc] as number) + pick(random, [1, -1, 4, -4, 8, 16]);
}
