// Slips in the instructions of a program. Functions that are called by mistake are those that other programs call, mostly ones that
// take the same first argument. For tests only.

import { helperById, protoFor } from "../abi/index.ts";
import type { Random } from "../base/index.ts";
import { type Btf, resolveType } from "../btf/index.ts";
import * as isa from "../isa/index.ts";
import type { LoadRequest } from "../object/index.ts";
import { inserted, insn, isSecondHalf, NOTHING, replaced, slots } from "./edit.ts";
import { without } from "./minimise.ts";

const awkward = [
	-1, 0, 1, 2, 3, 4, 7, 8, 15, 16, 20, 31, 32, 63, 64, 255, 256, 511, 512, 513, 4095, 65535,
	0x7fffffff, -0x80000000,
];
const atomics = [0, 1, 0x40, 0x41, 0x50, 0x51, 0xa0, 0xa1, 0xe1, 0xf1, 0x100, 0x110];
const CALL = 0x85;
const EXIT = 0x95;

/** Functions to call by mistake, by what they take first. */
export interface Pool {
	readonly helpers: readonly number[];
	readonly kfuncs: readonly number[];
	readonly helperKinds: ReadonlyMap<number, string>;
	readonly kfuncKinds: ReadonlyMap<number, string>;
	/** Kernel functions without arguments. */
	readonly bare: readonly number[];
}

function pick<T>(random: Random, of: readonly T[]): T {
	return of[random.below(of.length)] as T;
}

/** The functions that these programs call. */
export function poolOf(requests: readonly LoadRequest[], kernel: Btf | undefined): Pool {
	const [helpers, kfuncs] = [new Set<number>(), new Set<number>()];
	for (const { code } of requests)
		for (const { opcode, src, imm, off } of slots(code))
			if (opcode === CALL && src === 0 && helperById(imm)) helpers.add(imm);
			else if (opcode === CALL && src === 2 && off === 0 && imm > 0) kfuncs.add(imm);
	return poolWith([...helpers], [...kfuncs], kernel);
}

/** These functions. */
export function poolWith(
	helpers: readonly number[],
	kfuncs: readonly number[],
	kernel: Btf | undefined,
): Pool {
	const kfuncKinds = new Map(kfuncs.map((id) => [id, firstOf(kernel, id)]));
	const helperKinds = new Map(helpers.map((id) => [id, protoFor(id, 3, 0)?.args[0]?.kind ?? ""]));
	const bare = kfuncs.filter((id) => kfuncKinds.get(id) === "none");
	return { helpers, kfuncs, helperKinds, kfuncKinds, bare };
}

/** What a kernel function takes first, as a word. */
function firstOf(kernel: Btf | undefined, id: number): string {
	const func = kernel?.types[id];
	const proto = func?.kind === "func" ? kernel?.types[func.type] : undefined;
	const first = proto?.kind === "func_proto" ? proto.params[0] : undefined;
	if (!kernel || !first) return "none";
	const type = resolveType(kernel, first.type)?.type;
	const target = type?.kind === "ptr" ? resolveType(kernel, type.type)?.type : undefined;
	return target && "name" in target ? target.name : (type?.kind ?? "");
}

/** Another function that takes the same first, or any. */
function other(
	id: number,
	all: readonly number[],
	kinds: ReadonlyMap<number, string>,
	random: Random,
): number {
	const alike = all.filter((one) => one !== id && kinds.get(one) === kinds.get(id));
	return alike.length && random.below(4) ? pick(random, alike) : pick(random, all);
}

type Slip = (request: LoadRequest, random: Random, pool: Pool) => LoadRequest | undefined;

/** Places of the instructions that `wanted` holds for. */
function places(code: isa.Code, wanted: (slot: isa.Insn) => boolean): number[] {
	return slots(code).flatMap((slot, pc) => (!isSecondHalf(code, pc) && wanted(slot) ? [pc] : []));
}

/** A place among the calls, two times of three, where much happens; or any. */
function somewhere(code: isa.Code, random: Random): number {
	const calls = places(code, ({ opcode }) => opcode === CALL);
	const near = calls.length && random.below(3) ? pick(random, calls) + random.below(7) - 3 : -1;
	let pc = near >= 0 && near < code.length ? near : random.below(code.length);
	if (isSecondHalf(code, pc)) pc--;
	return pc;
}

const leaveOut: Slip = (request, random) => {
	const at = somewhere(request.code, random);
	return without(request, at, 1 + (random.below(3) ? 0 : random.below(4)));
};

const idle: Slip = (request, random) => {
	const at = somewhere(request.code, random);
	const wide = request.code.opcode[at] === isa.LD_IMM64;
	return replaced(request, at, wide ? [NOTHING, NOTHING] : [NOTHING]);
};

const swap: Slip = (request, random) => {
	const at = somewhere(request.code, random);
	const [a, b] = slots(request.code).slice(at, at + 2);
	if (!a || !b || a.opcode === isa.LD_IMM64 || b.opcode === isa.LD_IMM64) return undefined;
	return replaced(request, at, [b, a]);
};

const callOther: Slip = (request, random, pool) => {
	const calls = places(request.code, ({ opcode, src }) => opcode === CALL && src !== 1);
	if (calls.length === 0) return undefined;
	const at = pick(random, calls);
	const { src, imm } = isa.insnAt(request.code, at);
	const across = random.below(12) === 0;
	const kernel = (src === 2) !== across;
	const all = kernel ? pool.kfuncs : pool.helpers;
	if (all.length === 0) return undefined;
	const id = other(imm, all, kernel ? pool.kfuncKinds : pool.helperKinds, random);
	return replaced(request, at, [insn(CALL, 0, kernel ? 2 : 0, 0, id)]);
};

/** A call made twice, with its arguments or without them. */
const twice: Slip = (request, random) => {
	const calls = places(request.code, ({ opcode }) => opcode === CALL);
	if (calls.length === 0) return undefined;
	const at = pick(random, calls);
	const all = slots(request.code);
	let from = at;
	const wanted = random.below(5);
	while (from > 0 && at - from < wanted && plain(all[from - 1])) from--;
	if (isSecondHalf(request.code, from)) from--;
	return inserted(request, at + 1, all.slice(from, at + 1));
};

/** Arithmetic and wide loads: what sets up arguments. */
function plain(slot: isa.Insn | undefined): boolean {
	if (!slot) return false;
	const group = slot.opcode & 7;
	return (
		group === isa.BPF_ALU64 || group === isa.BPF_LD || group === isa.BPF_LDX || slot.opcode === 0
	);
}

/** A call from elsewhere in the program, with what sets up its arguments. */
const callHere: Slip = (request, random) => {
	const calls = places(request.code, ({ opcode }) => opcode === CALL);
	if (calls.length === 0) return undefined;
	const call = pick(random, calls);
	const all = slots(request.code);
	let from = call;
	while (from > 0 && call - from < 6 && plain(all[from - 1])) from--;
	if (isSecondHalf(request.code, from)) from--;
	const at = somewhere(request.code, random);
	const part = all.slice(from, call + 1);
	return part.some((slot) => slot.opcode === CALL && slot.src === 1)
		? undefined
		: inserted(request, at, part);
};

const region: Slip = (request, random, pool) => {
	const at = somewhere(request.code, random);
	if (pool.bare.length === 0) return undefined;
	return inserted(request, at, [insn(CALL, 0, 2, 0, pick(random, pool.bare))]);
};

const isCheck = ({ opcode, imm }: isa.Insn) =>
	(opcode === 0x15 || opcode === 0x55 || opcode === 0x16 || opcode === 0x56) && imm === 0;

const noCheck: Slip = (request, random) => {
	const checks = places(request.code, isCheck);
	if (checks.length === 0) return undefined;
	const at = pick(random, checks);
	const { off } = isa.insnAt(request.code, at);
	const taken = insn(isa.BPF_JMP | isa.BPF_JA, 0, 0, random.below(3) ? 0 : off);
	return replaced(request, at, [taken]);
};

const opposite: Readonly<Record<number, number>> = {
	16: 80,
	80: 16,
	32: 176,
	176: 32,
	48: 160,
	160: 48,
	96: 208,
	208: 96,
	112: 192,
	192: 112,
};
const otherSign: Readonly<Record<number, number>> = {
	32: 96,
	96: 32,
	48: 112,
	112: 48,
	160: 192,
	192: 160,
	176: 208,
	208: 176,
};

const isBranch = ({ opcode }: isa.Insn) =>
	((opcode & 7) === 5 || (opcode & 7) === 6) && (opcode & 0xf0) in opposite;

const turn: Slip = (request, random) => {
	const jumps = places(request.code, isBranch);
	if (jumps.length === 0) return undefined;
	const at = pick(random, jumps);
	const slot = isa.insnAt(request.code, at);
	const op = slot.opcode & 0xf0;
	const roll = random.below(4);
	const next = roll === 0 ? (otherSign[op] ?? op) : roll === 1 ? op : (opposite[op] ?? op);
	const opcode = roll === 1 ? slot.opcode ^ 3 : (slot.opcode & 0x0f) | next;
	return replaced(request, at, [{ ...slot, opcode }]);
};

const widen: Slip = (request, random) => {
	const loads = places(request.code, ({ opcode }) => [1, 2, 3].includes(opcode & 7));
	if (loads.length === 0) return undefined;
	const at = pick(random, loads);
	const slot = isa.insnAt(request.code, at);
	const signed = (slot.opcode & 7) === 1 && random.below(2) === 0;
	const opcode = signed ? slot.opcode ^ 0xe0 : (slot.opcode & ~0x18) | (random.below(4) << 3);
	return replaced(request, at, [{ ...slot, opcode }]);
};

/** Something small in between: an end, a branch, a spill, arithmetic, an access. */
const between: Slip = (request, random) => {
	const at = somewhere(request.code, random);
	const [a, b] = [random.below(10), random.below(11)];
	const slot = -8 * (1 + random.below(12));
	const value = pick(random, awkward);
	const off = pick(random, [0, 0, 0, 4, 8, 16, -4]);
	const size = pick(random, [0, 8, 16, 24, 24]);
	const kinds: isa.Insn[][] = [
		[insn(0xb7, 0), insn(EXIT)],
		[insn(0xb7, 0), insn(EXIT)],
		[insn(pick(random, [0x15, 0x25, 0x55, 0x65, 0x16, 0xa6, 0x45]), a, 0, random.below(6), value)],
		[insn(pick(random, [0x1d, 0x2d, 0x5d, 0x6d, 0x1e]), a, b, random.below(6))],
		[insn(0xe5, 0, 0, random.below(8) - 4)],
		[insn(0x7b, 10, a, slot), insn(0x79, pick(random, [a, b % 10]), 10, slot)],
		[insn(0x7b, 10, a, slot)],
		[insn(0x79, a, 10, slot)],
		[insn(0x63, 10, a, slot + pick(random, [0, 4]))],
		[insn(pick(random, [0x07, 0x17, 0x57, 0x47, 0x67, 0x77, 0xc7, 0x04]), a, 0, 0, value)],
		[insn(pick(random, [0x0f, 0x1f, 0x5f, 0xbf, 0xbf, 0x0c, 0xbc]), a, b)],
		[insn(0xbf, a, b, pick(random, [8, 16, 32]))],
		[insn(0x61 + size, a, b, off)],
		[insn(0x62 + size, a, 0, off, value)],
		[insn(0x63 + size, a, b, off)],
		[insn(0xdb, a, b, off, pick(random, atomics))],
		[insn(0xb7, a, 0, 0, value)],
		[insn(0xbf, 1 + random.below(5), 1 + random.below(9))],
	];
	return inserted(request, at, pick(random, kinds));
};

const changeOne: Slip = (request, random) => {
	const pc = somewhere(request.code, random);
	const slot = isa.insnAt(request.code, pc);
	const second = isa.LD_IMM64 === slot.opcode ? isa.insnAt(request.code, pc + 1) : undefined;
	switch (slot.opcode & 7) {
		case 0:
			return second ? changeWide(request, pc, slot, second, random) : undefined;
		case 1:
		case 2:
		case 3:
			return replaced(request, pc, [changedAccess(slot, random)]);
		case 5:
		case 6:
			return replaced(request, pc, [changedJump(slot, random)]);
		default:
			return replaced(request, pc, [changedArithmetic(slot, random)]);
	}
};

function changeWide(
	request: LoadRequest,
	pc: number,
	slot: isa.Insn,
	second: isa.Insn,
	random: Random,
): LoadRequest {
	const roll = random.below(4);
	if (roll === 0) return replaced(request, pc, [{ ...slot, dst: random.below(10) }]);
	if (slot.src === isa.BPF_PSEUDO_MAP_VALUE && roll === 1)
		return replaced(request, pc + 1, [
			{ ...second, imm: second.imm + pick(random, [1, 4, 8, -4, 64]) },
		]);
	if (slot.src === isa.BPF_PSEUDO_MAP_FD || slot.src === isa.BPF_PSEUDO_MAP_VALUE) {
		if (roll === 2 && request.maps.length)
			return replaced(request, pc, [{ ...slot, imm: random.below(request.maps.length) }]);
		return replaced(request, pc, [{ ...slot, src: 3 - slot.src }]);
	}
	if (slot.src === isa.BPF_PSEUDO_FUNC) {
		const starts = request.functions.map((f) => f.insn);
		if (starts.length === 0) return request;
		return replaced(request, pc, [{ ...slot, imm: pick(random, starts) - pc - 1 }]);
	}
	return replaced(request, pc, [{ ...slot, imm: pick(random, awkward) }]);
}

function changedAccess(slot: isa.Insn, random: Random): isa.Insn {
	const roll = random.below(5);
	if (roll === 0) return { ...slot, opcode: (slot.opcode & ~0x18) | (random.below(4) << 3) };
	if (roll === 1) return { ...slot, dst: random.below(11) };
	if (roll === 2) return { ...slot, src: random.below(11) };
	if (roll === 3 && (slot.opcode & 0xe0) === 0xc0) return { ...slot, imm: pick(random, atomics) };
	return { ...slot, off: slot.off + pick(random, [1, 2, 4, 8, -1, -4, -8, 16, 64, 256]) };
}

function changedJump(slot: isa.Insn, random: Random): isa.Insn {
	const { opcode } = slot;
	const roll = random.below(6);
	if (opcode === CALL) return slot;
	if (opcode === EXIT) return { ...slot, dst: random.below(2) };
	if (roll === 0) return { ...slot, opcode: (opcode & 0x0f) | (random.below(14) << 4) };
	if (roll === 1) return { ...slot, opcode: opcode ^ 3 };
	if (roll === 2) return { ...slot, dst: random.below(11) };
	if (roll === 3 && opcode & 8) return { ...slot, src: random.below(11) };
	if (roll === 3) return { ...slot, imm: pick(random, awkward) };
	return { ...slot, off: slot.off + pick(random, [1, 2, 3, -1, -2, -5, -20]) };
}

function changedArithmetic(slot: isa.Insn, random: Random): isa.Insn {
	const { opcode, imm } = slot;
	const roll = random.below(7);
	if (roll === 0) return { ...slot, opcode: (opcode & 0x0f) | (random.below(14) << 4) };
	if (roll === 1) return { ...slot, opcode: opcode ^ 3 };
	if (roll === 2) return { ...slot, dst: random.below(10) };
	if (roll === 3) return { ...slot, off: pick(random, [0, 1, 8, 16, 32]) };
	if (opcode & 8) return { ...slot, src: random.below(11) };
	if (roll === 4) return { ...slot, imm: pick(random, awkward) };
	return { ...slot, imm: imm + pick(random, [1, -1, 4, -4, 8, 16]) };
}

const all: readonly Slip[] = [
	...Array<Slip>(4).fill(leaveOut),
	...Array<Slip>(2).fill(idle),
	swap,
	swap,
	...Array<Slip>(4).fill(callOther),
	twice,
	twice,
	callHere,
	callHere,
	region,
	noCheck,
	turn,
	turn,
	widen,
	...Array<Slip>(4).fill(between),
	...Array<Slip>(6).fill(changeOne),
];

/** The program with one slip in its instructions. */
export function codeSlip(request: LoadRequest, random: Random, pool: Pool): LoadRequest {
	for (let tries = 0; tries < 4; tries++) {
		const changed = pick(random, all)(request, random, pool);
		if (changed && changed.code.length > 0) return changed;
	}
	return request;
}
