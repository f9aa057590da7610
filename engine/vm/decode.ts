// A program made ready for the interpreter: one dense operation number an instruction, jump targets absolute, immediates
// in a pool behind the registers so that an immediate operand reads like a register. Whatever cannot be executed becomes
// operation 83 with its reason kept. It knows encodings, not state.
//
//   operation numbers                            16 values of the opcode's upper four bits each:
//     0..15  64-bit arithmetic    16..31  32-bit arithmetic    32..47  64-bit jumps    48..63  32-bit jumps
//    64..67  sdiv64 smod64 sdiv32 smod32           68..72  movsx 8, 16, 32 to 64 bits; 8, 16 to 32 bits
//    73      le16                76..78  byte swap 16, 32, 64
//    79..82  call, tail call, bpf_loop, unsupported          83  cannot be executed
//    84..87  packet load abs, ind; ld_imm64        88..94  load u8 u16 u32 u64 s8 s16 s32
//    95..98  store 8 16 32 64    99  atomic

import type { Code } from "../isa/index.ts";
import {
	BPF_ABS,
	BPF_ALU64,
	BPF_ATOMIC,
	BPF_CALL,
	BPF_CMPXCHG,
	BPF_DW,
	BPF_END,
	BPF_EXIT,
	BPF_FETCH,
	BPF_IMM,
	BPF_IND,
	BPF_JA,
	BPF_JCOND,
	BPF_JMP,
	BPF_JMP32,
	BPF_LD,
	BPF_LDX,
	BPF_LOAD_ACQ,
	BPF_MEM,
	BPF_MEMSX,
	BPF_NEG,
	BPF_PSEUDO_CALL,
	BPF_PSEUDO_FUNC,
	BPF_PSEUDO_KFUNC_CALL,
	BPF_ST,
	BPF_STORE_REL,
	BPF_STX,
	BPF_X,
	BPF_XCHG,
} from "../isa/index.ts";
import type { HelperTable, Program } from "../machine/index.ts";

/** Registers r0 to r10; the constants of a program follow at this index. */
export const REGISTERS = 11;

export interface Fault {
	readonly message: string;
	readonly unsupported?: string;
}

type HelperEntry = HelperTable extends ReadonlyMap<number, infer H> ? H : never;

/** One element an instruction slot, and one more that catches running off the end. */
export interface Image {
	readonly program: Program;
	readonly length: number;
	readonly op: Uint8Array;
	/** Destination register. */
	readonly dst: Uint8Array;
	/** Source register, or the index of a constant from REGISTERS on. */
	readonly src: Int32Array;
	/** Memory offset, or the absolute target of a jump or call, or an index into `helpers`. */
	readonly off: Int32Array;
	/** Atomics: operation | size << 16. Packet loads: size. */
	readonly aux: Int32Array;
	readonly poolLo: readonly number[];
	readonly poolHi: readonly number[];
	readonly helpers: readonly HelperEntry[];
	readonly faults: ReadonlyMap<number, Fault>;
	/** Registers read and written by each instruction, as bit masks; r0 to r10. */
	readonly reads: Uint16Array;
	readonly writes: Uint16Array;
}

const SIZES = [4, 2, 1, 8];
const SIZE_STEP = [2, 1, 0, 3];

export function prepare(program: Program): Image {
	return new Decoder(program).image();
}

class Decoder {
	readonly #program: Program;
	readonly #code: Code;
	readonly #op: Uint8Array;
	readonly #dst: Uint8Array;
	readonly #src: Int32Array;
	readonly #off: Int32Array;
	readonly #aux: Int32Array;
	readonly #reads: Uint16Array;
	readonly #writes: Uint16Array;
	readonly #lo: number[] = [];
	readonly #hi: number[] = [];
	readonly #constants = new Map<string, number>();
	readonly #helpers: HelperEntry[] = [];
	readonly #faults = new Map<number, Fault>();

	constructor(program: Program) {
		this.#program = program;
		this.#code = program.code;
		const n = program.code.length + 1;
		this.#op = new Uint8Array(n);
		this.#dst = new Uint8Array(n);
		this.#src = new Int32Array(n);
		this.#off = new Int32Array(n);
		this.#aux = new Int32Array(n);
		this.#reads = new Uint16Array(n);
		this.#writes = new Uint16Array(n);
	}

	image(): Image {
		const code = this.#code;
		for (let pc = 0; pc < code.length; pc++) {
			this.#dst[pc] = code.dst[pc] as number;
			this.#src[pc] = code.src[pc] as number;
			this.#off[pc] = code.off[pc] as number;
			if ((code.dst[pc] as number) > 10 || (code.src[pc] as number) > 10)
				this.#fault(pc, "a register above r10");
			else this.#one(pc, code.opcode[pc] as number);
			if (this.#op[pc] === 86 && pc + 1 < code.length) {
				pc++;
				this.#fault(pc, "the second half of a 64-bit immediate load");
			}
		}
		this.#fault(code.length, "no instruction here: execution ran off the end");
		return {
			program: this.#program,
			length: code.length,
			op: this.#op,
			dst: this.#dst,
			src: this.#src,
			off: this.#off,
			aux: this.#aux,
			poolLo: this.#lo,
			poolHi: this.#hi,
			helpers: this.#helpers,
			faults: this.#faults,
			reads: this.#reads,
			writes: this.#writes,
		};
	}

	#fault(pc: number, message: string, unsupported?: string): number {
		this.#op[pc] = 83;
		this.#reads[pc] = 0;
		this.#faults.set(pc, unsupported === undefined ? { message } : { message, unsupported });
		return 83;
	}

	#constant(lo: number, hi: number): number {
		const key = `${hi}:${lo}`;
		let at = this.#constants.get(key);
		if (at === undefined) {
			at = REGISTERS + this.#lo.length;
			this.#lo.push(lo);
			this.#hi.push(hi);
			this.#constants.set(key, at);
		}
		return at;
	}

	#immediate(pc: number): number {
		const imm = this.#code.imm[pc] as number;
		return this.#constant(imm, imm >> 31);
	}

	#target(pc: number, distance: number): number {
		const to = pc + 1 + distance;
		return to >= 0 && to < this.#code.length ? to : this.#code.length;
	}

	#one(pc: number, opcode: number): number {
		const kind = opcode & 7;
		if (kind === BPF_LD) return this.#legacy(pc, opcode);
		if (kind === BPF_LDX) return this.#load(pc, opcode);
		if (kind === BPF_ST || kind === BPF_STX) return this.#store(pc, opcode);
		if (kind === BPF_JMP || kind === BPF_JMP32) return this.#jump(pc, opcode);
		return this.#arithmetic(pc, opcode);
	}

	#set(pc: number, op: number, reads: number, writes: number): number {
		if (writes & (1 << 10)) {
			return this.#fault(pc, "the frame pointer r10 is read-only");
		}
		this.#op[pc] = op;
		this.#reads[pc] = reads;
		this.#writes[pc] = writes;
		return op;
	}

	#arithmetic(pc: number, opcode: number): number {
		const wide = (opcode & 7) === BPF_ALU64;
		const operation = opcode & 0xf0;
		const off = this.#code.off[pc] as number;
		const d = 1 << (this.#code.dst[pc] as number);
		let s = 1 << (this.#code.src[pc] as number);
		if (operation === BPF_END) return this.#endian(pc, opcode, wide, d);
		if (operation > BPF_END) return this.#fault(pc, `unknown opcode ${hex(opcode)}`);
		if (!(opcode & BPF_X)) {
			this.#src[pc] = this.#immediate(pc);
			s = 0;
		}
		if (operation === 0xb0) return this.#move(pc, opcode, wide, off, d, s);
		if (operation === 0x30 || operation === 0x90) {
			if (off !== 0 && off !== 1) return this.#fault(pc, `division with offset ${off}`);
			const signed = operation === 0x30 ? (wide ? 64 : 66) : wide ? 65 : 67;
			return this.#set(pc, off === 1 ? signed : (wide ? 0 : 16) + (operation >> 4), d | s, d);
		}
		if (off !== 0) return this.#fault(pc, `unknown opcode ${hex(opcode)} with offset ${off}`);
		return this.#set(pc, (wide ? 0 : 16) + (operation >> 4), operation === BPF_NEG ? d : d | s, d);
	}

	#move(pc: number, opcode: number, wide: boolean, off: number, d: number, s: number): number {
		if (off === 0) return this.#set(pc, wide ? 11 : 27, s, d);
		const extending = (opcode & BPF_X) !== 0;
		if (extending && (off === 8 || off === 16)) {
			const step = off === 8 ? 0 : 1;
			return this.#set(pc, (wide ? 68 : 71) + step, s, d);
		}
		if (extending && wide && off === 32) return this.#set(pc, 70, s, d);
		if (extending && wide && off === 1)
			return this.#fault(pc, "address space casts need an arena", "addr_space_cast");
		return this.#fault(pc, `move with offset ${off}`);
	}

	#endian(pc: number, opcode: number, wide: boolean, d: number): number {
		const bits = this.#code.imm[pc] as number;
		const step = [16, 32, 64].indexOf(bits);
		if (step < 0) return this.#fault(pc, `byte swap of ${bits} bits`);
		if (wide && (opcode & BPF_X) !== 0) return this.#fault(pc, `unknown opcode ${hex(opcode)}`);
		const swaps = wide || (opcode & BPF_X) !== 0;
		if (swaps) return this.#set(pc, 76 + step, d, d);
		// Little-endian on a little-endian machine: only the truncation remains.
		this.#src[pc] = this.#code.dst[pc] as number;
		return this.#set(pc, step === 0 ? 73 : step === 1 ? 27 : 11, d, d);
	}

	#load(pc: number, opcode: number): number {
		const mode = opcode & 0xe0;
		const step = SIZE_STEP[(opcode >> 3) & 3] as number;
		const d = 1 << (this.#code.dst[pc] as number);
		const s = 1 << (this.#code.src[pc] as number);
		if (mode === BPF_MEM) return this.#set(pc, 88 + step, s, d);
		if (mode === BPF_MEMSX && step < 3) return this.#set(pc, 92 + step, s, d);
		return this.#fault(pc, `unknown opcode ${hex(opcode)}`);
	}

	#store(pc: number, opcode: number): number {
		const mode = opcode & 0xe0;
		const step = SIZE_STEP[(opcode >> 3) & 3] as number;
		const d = 1 << (this.#code.dst[pc] as number);
		const s = 1 << (this.#code.src[pc] as number);
		if (mode === BPF_MEM && (opcode & 7) === BPF_STX) return this.#set(pc, 95 + step, d | s, 0);
		if (mode === BPF_MEM) {
			this.#src[pc] = this.#immediate(pc);
			return this.#set(pc, 95 + step, d, 0);
		}
		if (mode === BPF_ATOMIC && (opcode & 7) === BPF_STX)
			return this.#atomic(pc, SIZES[(opcode >> 3) & 3] as number, step, d, s);
		return this.#fault(pc, `unknown opcode ${hex(opcode)}`);
	}

	#atomic(pc: number, size: number, step: number, d: number, s: number): number {
		const imm = this.#code.imm[pc] as number;
		if (imm === BPF_LOAD_ACQ) return this.#set(pc, 88 + step, s, d);
		if (imm === BPF_STORE_REL) return this.#set(pc, 95 + step, d | s, 0);
		if (size < 4) return this.#fault(pc, `atomic operation on ${size} bytes`);
		this.#aux[pc] = imm | (size << 16);
		if (imm === BPF_CMPXCHG) return this.#set(pc, 99, d | s | 1, 1);
		if (imm === BPF_XCHG) return this.#set(pc, 99, d | s, s);
		if (![0x00, 0x40, 0x50, 0xa0].includes(imm & ~BPF_FETCH))
			return this.#fault(pc, `unknown atomic operation ${hex(imm)}`);
		return this.#set(pc, 99, d | s, imm & BPF_FETCH ? s : 0);
	}

	#legacy(pc: number, opcode: number): number {
		const mode = opcode & 0xe0;
		const s = 1 << (this.#code.src[pc] as number);
		if (mode === BPF_IMM && (opcode & 0x18) === BPF_DW) return this.#wideImmediate(pc);
		if ((mode === BPF_ABS || mode === BPF_IND) && (opcode & 0x18) !== BPF_DW) {
			this.#aux[pc] = SIZES[(opcode >> 3) & 3] as number;
			this.#off[pc] = this.#code.imm[pc] as number;
			return this.#set(pc, mode === BPF_ABS ? 84 : 85, 64 | (mode === BPF_IND ? s : 0), 1);
		}
		return this.#fault(pc, `unknown opcode ${hex(opcode)}`);
	}

	#wideImmediate(pc: number): number {
		const code = this.#code;
		const source = code.src[pc] as number;
		if (pc + 1 >= code.length || code.opcode[pc + 1] !== 0)
			return this.#fault(pc, "a 64-bit immediate load without its second half");
		const lo = code.imm[pc] as number;
		if (source === BPF_PSEUDO_FUNC) this.#src[pc] = this.#constant(pc + 1 + lo, 0);
		else if (source === 0) this.#src[pc] = this.#constant(lo, code.imm[pc + 1] as number);
		else
			return this.#fault(
				pc,
				`64-bit immediate of source ${source} has no value here`,
				`ld_imm64 source ${source}`,
			);
		return this.#set(pc, 86, 0, 1 << (code.dst[pc] as number));
	}

	#jump(pc: number, opcode: number): number {
		const wide = (opcode & 7) === BPF_JMP;
		const operation = opcode & 0xf0;
		const code = this.#code;
		const d = 1 << (code.dst[pc] as number);
		let s = 1 << (code.src[pc] as number);
		if (operation === BPF_JA && !(opcode & BPF_X)) {
			this.#off[pc] = this.#target(pc, (wide ? code.off[pc] : code.imm[pc]) as number);
			return this.#set(pc, 32, 0, 0);
		}
		if (wide && operation === BPF_CALL && !(opcode & BPF_X)) return this.#call(pc);
		if (wide && operation === BPF_EXIT && !(opcode & BPF_X)) return this.#set(pc, 41, 1, 0);
		this.#off[pc] = this.#target(pc, code.off[pc] as number);
		if (wide && operation === BPF_JCOND && !(opcode & BPF_X) && code.src[pc] === 0)
			return this.#set(pc, 46, 0, 0);
		if ([BPF_JA, BPF_CALL, BPF_EXIT].includes(operation) || operation > 0xd0)
			return this.#fault(pc, `unknown opcode ${hex(opcode)}`);
		if (!(opcode & BPF_X)) {
			this.#src[pc] = this.#immediate(pc);
			s = 0;
		}
		return this.#set(pc, (wide ? 32 : 48) + (operation >> 4), d | s, 0);
	}

	#call(pc: number): number {
		const imm = this.#code.imm[pc] as number;
		const source = this.#code.src[pc] as number;
		if (source === BPF_PSEUDO_CALL) {
			this.#off[pc] = this.#target(pc, imm);
			return this.#set(pc, 79, 0, 1);
		}
		if (source === BPF_PSEUDO_KFUNC_CALL)
			return this.#fault(pc, `kernel function #${imm} is not there`, `kfunc #${imm}`);
		if (source !== 0) return this.#fault(pc, `call with source ${source}`);
		if (imm === 12) return this.#set(pc, 80, 14, 1);
		if (imm === 181) return this.#set(pc, 81, 30, 1);
		const helper = this.#program.helpers.get(imm);
		if (!helper) return this.#fault(pc, `helper #${imm} is not there`, `helper #${imm}`);
		this.#off[pc] = this.#helpers.length;
		this.#helpers.push(helper);
		return this.#set(pc, 40, ((1 << helper.args) - 1) << 1, 1);
	}
}

function hex(value: number): string {
	return `0x${value.toString(16).padStart(2, "0")}`;
}
