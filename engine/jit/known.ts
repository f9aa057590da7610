// What is known of registers inside one block while it is compiled: constants, addresses in the stack frame, and the test
// that an inlined array lookup has made. Forgotten at the start of each block.

import type { Code } from "../isa/index.ts";
import {
	BPF_ADD,
	BPF_ALU64,
	BPF_ATOMIC,
	BPF_CALL,
	BPF_JMP,
	BPF_LDX,
	BPF_MOV,
	BPF_PSEUDO_FUNC,
	BPF_ST,
	BPF_STX,
	BPF_X,
	LD_IMM64,
} from "../isa/index.ts";

export type Fact =
	| { readonly kind: "constant"; readonly lo: number; readonly hi: number }
	/** r10 + offset. */
	| { readonly kind: "frame"; readonly offset: number }
	/** The value that other registers had when they were at these versions: one's copy, or the sum of two. */
	| { readonly kind: "copy"; readonly of: number; readonly version: number }
	| {
			readonly kind: "sum";
			readonly a: number;
			readonly b: number;
			readonly versions: readonly [number, number];
	  };

const FRAME: Fact = { kind: "frame", offset: 0 };

export class Known {
	readonly #facts: (Fact | undefined)[] = [];
	/** How often each register was written in this block. */
	readonly #versions = new Int32Array(16);
	/** Set after an inlined array lookup: r0 is null exactly when local `index` >= `bound` (unsigned). */
	lookup: { readonly index: number; readonly bound: number } | undefined;

	constructor() {
		this.reset();
	}

	reset(): void {
		this.#facts.length = 0;
		this.#facts[10] = FRAME;
		this.#versions.fill(0);
		this.lookup = undefined;
	}

	of(register: number): Fact | undefined {
		return this.#facts[register];
	}

	/** The two registers whose sum a register is; undefined when that is not known or one has changed. */
	sum(register: number): readonly [number, number] | undefined {
		const fact = this.#facts[register];
		if (fact?.kind !== "sum") return undefined;
		const same =
			this.#versions[fact.a] === fact.versions[0] && this.#versions[fact.b] === fact.versions[1];
		return same ? [fact.a, fact.b] : undefined;
	}

	/** Takes in what the instruction at `pc` does, after it was compiled. */
	step(code: Code, pc: number): void {
		const opcode = code.opcode[pc] ?? 0;
		const kind = opcode & 7;
		const d = code.dst[pc] ?? 0;
		if (kind === BPF_ALU64) this.#set(d, this.#arithmetic(code, pc, opcode, d));
		else if (opcode === LD_IMM64) this.#set(d, immediate(code, pc));
		else if (opcode === (BPF_JMP | BPF_CALL)) this.#clobber();
		else if (kind === BPF_STX && (opcode & 0xe0) === BPF_ATOMIC) {
			// Whichever of them the operation writes: destination of a load, operand of a fetch, r0 of an exchange.
			for (const r of [d, code.src[pc] ?? 0, 0]) this.#set(r, undefined);
		} else if (kind === 0) this.#clobber();
		else if (
			kind === BPF_LDX ||
			(kind !== BPF_ST && kind !== BPF_STX && kind !== BPF_JMP && kind !== 6)
		)
			this.#set(d, undefined);
	}

	#clobber(): void {
		for (let r = 0; r <= 5; r++) this.#set(r, undefined);
		this.lookup = undefined;
	}

	#set(register: number, fact: Fact | undefined): void {
		if (register === 10) return;
		this.#facts[register] = fact;
		this.#versions[register] = (this.#versions[register] ?? 0) + 1;
		if (register === 0) this.lookup = undefined;
	}

	#copy(of: number): Fact {
		return this.#facts[of] ?? { kind: "copy", of, version: this.#versions[of] ?? 0 };
	}

	#sum(d: number, b: number): Fact | undefined {
		const fact = this.#facts[d];
		if (fact?.kind !== "copy" || fact.of === d || b === d) return undefined;
		return { kind: "sum", a: fact.of, b, versions: [fact.version, this.#versions[b] ?? 0] };
	}

	#arithmetic(code: Code, pc: number, opcode: number, d: number): Fact | undefined {
		const operation = opcode & 0xf0;
		const imm = code.imm[pc] ?? 0;
		const register = (opcode & BPF_X) !== 0;
		if (operation === BPF_MOV && code.off[pc] === 0)
			return register
				? this.#copy(code.src[pc] ?? 0)
				: { kind: "constant", lo: imm, hi: imm >> 31 };
		if (operation !== BPF_ADD) return undefined;
		if (register) return this.#sum(d, code.src[pc] ?? 0);
		const fact = this.#facts[d];
		if (fact?.kind === "frame") return { kind: "frame", offset: fact.offset + imm };
		if (fact?.kind !== "constant") return undefined;
		const lo = (fact.lo + imm) | 0;
		const carry = lo >>> 0 < imm >>> 0 ? 1 : 0;
		return { kind: "constant", lo, hi: (fact.hi + (imm >> 31) + carry) | 0 };
	}
}

function immediate(code: Code, pc: number): Fact | undefined {
	const lo = code.imm[pc] ?? 0;
	if (code.src[pc] === BPF_PSEUDO_FUNC) return { kind: "constant", lo: pc + 1 + lo, hi: 0 };
	return code.src[pc] === 0 ? { kind: "constant", lo, hi: code.imm[pc + 1] ?? 0 } : undefined;
}
