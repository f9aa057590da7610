// Instructions as a structure of arrays, one element an 8-byte slot, numbered as the kernel numbers them: a 64-bit
// immediate load takes two slots.
//
//   byte  0       1            2..3     4..7
//   +--------+---------+-----------+-----------+
//   | opcode | src|dst | off (s16) | imm (s32) |   little-endian
//   +--------+---------+-----------+-----------+

import { view } from "../base/index.ts";

/** Bytes of one instruction slot. */
export const INSN_SIZE = 8;

/** A decoded sequence of instruction slots. Plain data: it can be cloned to a worker. */
export interface Code {
	readonly length: number;
	readonly opcode: Uint8Array;
	readonly dst: Uint8Array;
	readonly src: Uint8Array;
	readonly off: Int16Array;
	readonly imm: Int32Array;
}

/** One slot. For text, tables and tests; hot loops read the arrays of Code. */
export interface Insn {
	readonly opcode: number;
	readonly dst: number;
	readonly src: number;
	readonly off: number;
	readonly imm: number;
}

export function newCode(length: number): Code {
	return {
		length,
		opcode: new Uint8Array(length),
		dst: new Uint8Array(length),
		src: new Uint8Array(length),
		off: new Int16Array(length),
		imm: new Int32Array(length),
	};
}

/** Decodes little-endian instruction bytes; bytes beyond the last whole slot are ignored. */
export function decode(bytes: Uint8Array): Code {
	const code = newCode(Math.floor(bytes.length / INSN_SIZE));
	const data = view(bytes);
	for (let i = 0; i < code.length; i++) {
		const at = i * INSN_SIZE;
		const registers = data.getUint8(at + 1);
		code.opcode[i] = data.getUint8(at);
		code.dst[i] = registers & 15;
		code.src[i] = registers >> 4;
		code.off[i] = data.getInt16(at + 2, true);
		code.imm[i] = data.getInt32(at + 4, true);
	}
	return code;
}

/** The little-endian bytes of `code`. */
export function encode(code: Code): Uint8Array {
	const bytes = new Uint8Array(code.length * INSN_SIZE);
	const data = view(bytes);
	for (let i = 0; i < code.length; i++) {
		const at = i * INSN_SIZE;
		data.setUint8(at, code.opcode[i] ?? 0);
		data.setUint8(at + 1, ((code.src[i] ?? 0) << 4) | (code.dst[i] ?? 0));
		data.setInt16(at + 2, code.off[i] ?? 0, true);
		data.setInt32(at + 4, code.imm[i] ?? 0, true);
	}
	return bytes;
}

export function insnAt(code: Code, pc: number): Insn {
	return {
		opcode: code.opcode[pc] ?? 0,
		dst: code.dst[pc] ?? 0,
		src: code.src[pc] ?? 0,
		off: code.off[pc] ?? 0,
		imm: code.imm[pc] ?? 0,
	};
}

export function codeOf(insns: readonly Insn[]): Code {
	const code = newCode(insns.length);
	insns.forEach((insn, i) => {
		code.opcode[i] = insn.opcode;
		code.dst[i] = insn.dst;
		code.src[i] = insn.src;
		code.off[i] = insn.off;
		code.imm[i] = insn.imm;
	});
	return code;
}
