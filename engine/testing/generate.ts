// Random programs that Linux accepts as XDP programs: operands come from the packet, so that the verifier knows nothing of
// them, and every register is written back to the packet at the end. Arithmetic, jumps forward, bounded loops, loads and
// stores on stack and packet, atomics on the stack, calls of subprograms.

import type { Random } from "../base/index.ts";
import type { Insn } from "../isa/index.ts";
import * as B from "../isa/index.ts";

/** Bytes of the packet that a generated program reads and writes. */
const PACKET_SIZE = 256;
const SCALARS = [0, 1, 2, 3, 4, 5, 8, 9];
const FRAME_SLOTS = 8;

const EDGES = [0, 1, -1, 2, 7, 8, 31, 32, 33, 63, 64, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff];
const WIDE_EDGES = [0x7fffffff, -0x80000000, -2, 0x55555555, 0x01020304];

export function insn(opcode: number, dst: number, src = 0, off = 0, imm = 0): Insn {
	return { opcode, dst, src, off, imm };
}

/** Packet bytes with many edge values among its eight-byte words. */
export function randomPacket(random: Random): Uint8Array {
	const bytes = new Uint8Array(PACKET_SIZE);
	const data = new DataView(bytes.buffer);
	for (let at = 0; at < PACKET_SIZE; at += 4) {
		const edge = random.below(3) > 0;
		data.setInt32(at, edge ? pick(random, [...EDGES, ...WIDE_EDGES]) : random.u32() | 0, true);
	}
	return bytes;
}

export function pick<T>(random: Random, from: readonly T[]): T {
	return from[random.below(from.length)] as T;
}

export interface Shape {
	/** Operations in the main function. */
	readonly length: number;
	readonly subprograms?: boolean;
	readonly loops?: boolean;
	/** Without the atomic operations that write a register: Linux 6.18 does not follow them to the stack slot when it marks
	 *  numbers precise, prunes paths that it should not, and then leaves out code that is needed. */
	readonly noFetch?: boolean;
}

/** A program of type XDP; r6 is the packet, r7 the loop counter. */
export function randomProgram(random: Random, shape: Shape): Insn[] {
	const out: Insn[] = [
		insn(0x61, 6, 1, 0),
		insn(0x61, 2, 1, 4),
		insn(0xbf, 1, 6),
		insn(0x07, 1, 0, 0, PACKET_SIZE),
		insn(0x2d, 1, 2, 2 + 0),
		insn(0x05, 0, 0, 2),
		insn(0xb7, 0, 0, 0, 1),
		insn(0x95, 0),
	];
	out[4] = insn(0x2d, 1, 2, 1);
	const calls: number[] = [];
	SCALARS.forEach((r, i) => {
		out.push(insn(0x79, r, 6, 8 * i));
	});
	for (let i = 1; i <= FRAME_SLOTS; i++) out.push(insn(0x7b, 10, pick(random, SCALARS), -8 * i));
	const loop = shape.loops === true && random.below(2) === 0;
	if (loop) out.push(insn(0xb7, 7, 0, 0, 1 + random.below(6)));
	const start = out.length;
	body(random, out, shape.length, shape.subprograms === true ? calls : undefined);
	if (loop) {
		out.push(insn(0x17, 7, 0, 0, 1));
		out.push(insn(0x55, 7, 0, start - out.length - 1, 0));
	}
	SCALARS.forEach((r, i) => {
		out.push(insn(0x7b, 6, r, 64 + 8 * i));
	});
	for (let i = 1; i <= FRAME_SLOTS; i++) {
		out.push(insn(0x79, 1, 10, -8 * i));
		out.push(insn(0x7b, 6, 1, 128 + 8 * i));
	}
	out.push(insn(0x95, 0));
	for (const at of calls) out[at] = { ...(out[at] as Insn), imm: out.length - at - 1 };
	if (calls.length > 0) subprogram(random, out);
	return shape.noFetch ? out.map(withoutFetch) : out;
}

function withoutFetch(i: Insn): Insn {
	const fetches = (i.opcode & 0xe7) === 0xc3 && i.imm < 0x100 && (i.imm & B.BPF_FETCH) !== 0;
	return fetches ? { ...i, imm: i.imm >= 0xe0 ? B.BPF_XOR : i.imm & 0xf0 } : i;
}

function subprogram(random: Random, out: Insn[]): void {
	for (const r of [0, 8, 9]) out.push(insn(0xbf, r, 1 + random.below(5)));
	for (let i = 1; i <= FRAME_SLOTS; i++) out.push(insn(0x7b, 10, 1 + random.below(5), -8 * i));
	const from = out.length;
	body(random, out, 12, undefined, false);
	for (let at = from; at < out.length; at++)
		if ((out[at] as Insn).dst === 6) out[at] = insn(0xbf, 0, 1);
	out.push(insn(0x95, 0));
}

function body(
	random: Random,
	out: Insn[],
	length: number,
	calls: number[] | undefined,
	packet = true,
): void {
	for (let left = length; left > 0; left--) {
		const choice = random.below(20);
		if (choice < 9) out.push(arithmetic(random));
		else if (choice < 11) out.push(conversion(random));
		else if (choice < 14) forward(random, out, packet);
		else if (choice < 17) out.push(access(random, packet));
		else if (choice < 19) out.push(atomic(random));
		else if (random.below(2) === 0) rotation(random, out);
		else if (calls) call(random, out, calls);
		else wide(random, out);
	}
}

/** A rotation by two shifts, sometimes with counts that make it none, sometimes with an instruction between. */
function rotation(random: Random, out: Insn[]): void {
	const [x, t] = random.below(2) === 0 ? [1, 8] : [9, 3];
	const kind = random.below(2) === 0 ? B.BPF_ALU64 : B.BPF_ALU;
	const width = kind === B.BPF_ALU64 ? 64 : 32;
	const left = 1 + random.below(width - 1);
	const right = random.below(4) === 0 ? random.below(width) : width - left;
	const [first, second] = random.below(2) === 0 ? [x, t] : [t, x];
	const copies = random.below(4) === 0 ? B.BPF_ALU : kind;
	out.push(insn(copies | B.BPF_MOV | B.BPF_X, t, x));
	out.push(insn(kind | B.BPF_LSH, first, 0, 0, left));
	if (random.below(3) === 0) out.push(arithmetic(random));
	out.push(insn(kind | B.BPF_RSH, second, 0, 0, right));
	out.push(insn(kind | pick(random, [B.BPF_OR, B.BPF_XOR, B.BPF_ADD]) | B.BPF_X, x, t));
}

function wide(random: Random, out: Insn[]): void {
	const d = pick(random, SCALARS);
	out.push(insn(0x18, d, 0, 0, random.u32() | 0), insn(0, 0, 0, 0, pick(random, WIDE_EDGES)));
}

function call(random: Random, out: Insn[], calls: number[]): void {
	calls.push(out.length);
	out.push(insn(0x85, 0, 1, 0, 0));
	for (let r = 1; r <= 5; r++) out.push(insn(0x79, r, 6, 8 * random.below(8)));
}

/** One arithmetic instruction on random scalars. */
export function arithmetic(random: Random): Insn {
	const wideClass = random.below(2) === 0 ? B.BPF_ALU64 : B.BPF_ALU;
	const operation = pick(random, [
		B.BPF_ADD,
		B.BPF_SUB,
		B.BPF_MUL,
		B.BPF_DIV,
		B.BPF_OR,
		B.BPF_AND,
		B.BPF_LSH,
		B.BPF_RSH,
		B.BPF_NEG,
		B.BPF_MOD,
		B.BPF_XOR,
		B.BPF_MOV,
		B.BPF_ARSH,
	]);
	const d = pick(random, SCALARS);
	if (operation === B.BPF_NEG) return insn(wideClass | operation, d);
	const divides = operation === B.BPF_DIV || operation === B.BPF_MOD;
	const off = divides ? random.below(2) : 0;
	if (random.below(2) === 0)
		return insn(wideClass | operation | B.BPF_X, d, pick(random, SCALARS), off);
	let imm = random.below(2) === 0 ? pick(random, [...EDGES, ...WIDE_EDGES]) : random.u32() | 0;
	const shifts = [B.BPF_LSH, B.BPF_RSH, B.BPF_ARSH].includes(operation);
	if (shifts) imm = random.below(wideClass === B.BPF_ALU64 ? 64 : 32);
	if (divides && imm === 0) imm = 3;
	return insn(wideClass | operation, d, 0, off, imm);
}

function conversion(random: Random): Insn {
	const d = pick(random, SCALARS);
	const bits = pick(random, [16, 32, 64]);
	switch (random.below(4)) {
		case 0:
			return insn(0xd4, d, 0, 0, bits);
		case 1:
			return insn(0xdc, d, 0, 0, bits);
		case 2:
			return insn(0xd7, d, 0, 0, bits);
		default: {
			const wide = random.below(2) === 0;
			const off = pick(random, wide ? [8, 16, 32] : [8, 16]);
			return insn(wide ? 0xbf : 0xbc, d, pick(random, SCALARS), off);
		}
	}
}

function forward(random: Random, out: Insn[], packet: boolean): void {
	const operation = pick(
		random,
		[0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70, 0xa0, 0xb0, 0xc0, 0xd0],
	);
	const kind = random.below(2) === 0 ? B.BPF_JMP : B.BPF_JMP32;
	const register = random.below(2) === 0;
	const always = random.below(5);
	// An unconditional jump is jumped over by another, since Linux refuses unreachable instructions.
	if (always < 2) out.push(insn(0x25, pick(random, SCALARS), 0, 1, random.below(256)));
	const at = out.length;
	const d = pick(random, SCALARS);
	const s = pick(
		random,
		SCALARS.filter((r) => r !== d),
	);
	const imm = pick(random, [...EDGES, ...WIDE_EDGES]);
	out.push(insn(0, 0));
	const skipped = 1 + random.below(4);
	for (let i = 0; i < skipped; i++)
		out.push(random.below(3) === 0 ? access(random, packet) : arithmetic(random));
	out[at] = register
		? insn(kind | operation | B.BPF_X, d, s, skipped)
		: insn(kind | operation, d, 0, skipped, imm);
	if (always === 0) out[at] = insn(0x05, 0, 0, skipped);
	if (always === 1) out[at] = insn(0x06, 0, 0, 0, skipped);
}

function access(random: Random, packet: boolean): Insn {
	const size = random.below(4);
	const bytes = [4, 2, 1, 8][size] as number;
	const inPacket = packet && random.below(2) === 0;
	const base = inPacket ? 6 : 10;
	const off = inPacket
		? random.below(PACKET_SIZE - 8)
		: -(bytes * (1 + random.below((8 * FRAME_SLOTS) / bytes)));
	switch (random.below(4)) {
		case 0:
			return insn(0x60 | (size << 3) | B.BPF_LDX, pick(random, SCALARS), base, off);
		case 1:
			return size === 3
				? insn(0x79, pick(random, SCALARS), base, off)
				: insn(0x80 | (size << 3) | B.BPF_LDX, pick(random, SCALARS), base, off);
		case 2:
			return insn(0x60 | (size << 3) | B.BPF_ST, base, 0, off, random.u32() | 0);
		default:
			return insn(0x60 | (size << 3) | B.BPF_STX, base, pick(random, SCALARS), off);
	}
}

function atomic(random: Random): Insn {
	const operation = pick(random, [0x00, 0x40, 0x50, 0xa0, 0x01, 0x41, 0x51, 0xa1, 0xe1, 0xf1]);
	const wide = random.below(2) === 0;
	const off = wide
		? -8 * (1 + random.below(FRAME_SLOTS))
		: -4 * (1 + random.below(2 * FRAME_SLOTS));
	if (random.below(4) === 0) {
		const size = random.below(4);
		const bytes = [4, 2, 1, 8][size] as number;
		const at = -(bytes * (1 + random.below((8 * FRAME_SLOTS) / bytes)));
		return random.below(2) === 0
			? insn(0xc3 | (size << 3), pick(random, SCALARS), 10, at, 0x100)
			: insn(0xc3 | (size << 3), 10, pick(random, SCALARS), at, 0x110);
	}
	return insn(wide ? 0xdb : 0xc3, 10, pick(random, SCALARS), off, operation);
}
