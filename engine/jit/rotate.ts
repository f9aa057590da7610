// Finds rotations: a value shifted left by k and its copy shifted right by width - k, put together again. Within one block.

import type { Code } from "../isa/index.ts";
import {
	BPF_ADD,
	BPF_ALU,
	BPF_ALU64,
	BPF_ATOMIC,
	BPF_CALL,
	BPF_JMP,
	BPF_LDX,
	BPF_LSH,
	BPF_MOV,
	BPF_OR,
	BPF_RSH,
	BPF_STX,
	BPF_X,
	BPF_XOR,
} from "../isa/index.ts";

export interface Rotations {
	/** Before the shift at this instruction its register is kept in the temporary of this number. */
	readonly keep: ReadonlyMap<number, number>;
	/** The instruction that puts the halves together: rotate the kept value to the left instead. */
	readonly rotate: ReadonlyMap<number, { temporary: number; count: number; wide: boolean }>;
}

/** What a register holds: a value by number, perhaps cut to 32 bits, perhaps shifted since instruction `at`. */
interface Held {
	readonly value: number;
	readonly low: boolean;
	readonly shift: "none" | "left" | "right";
	readonly count: number;
	readonly wide: boolean;
	readonly at: number;
}

export function findRotations(code: Code, start: number, end: number): Rotations {
	return new Finder(code).find(start, end);
}

class Finder {
	readonly #code: Code;
	readonly #keep = new Map<number, number>();
	readonly #rotate = new Map<number, { temporary: number; count: number; wide: boolean }>();
	readonly #held: Held[] = [];
	#values = 0;

	constructor(code: Code) {
		this.#code = code;
		for (let r = 0; r <= 15; r++) this.#held.push(this.#fresh());
	}

	find(start: number, end: number): Rotations {
		for (let pc = start; pc < end; pc++) this.#step(pc);
		return { keep: this.#keep, rotate: this.#rotate };
	}

	#fresh(): Held {
		return {
			value: this.#values++,
			low: false,
			shift: "none",
			count: 0,
			wide: true,
			at: -1,
		};
	}

	#step(pc: number): void {
		const opcode = this.#code.opcode[pc] ?? 0;
		const kind = opcode & 7;
		const d = this.#code.dst[pc] ?? 0;
		if (kind === BPF_ALU || kind === BPF_ALU64) this.#held[d] = this.#arithmetic(pc, opcode, d);
		else if (kind === BPF_LDX || opcode === 0x18) this.#held[d] = this.#fresh();
		else if (kind === BPF_STX && (opcode & 0xe0) === BPF_ATOMIC)
			this.#forget([d, 0, this.#code.src[pc] ?? 0]);
		else if (opcode === (BPF_JMP | BPF_CALL)) this.#forget([0, 1, 2, 3, 4, 5]);
		else if (kind === 0) this.#forget([0]);
	}

	#forget(registers: readonly number[]): void {
		for (const r of registers) this.#held[r] = this.#fresh();
	}

	#arithmetic(pc: number, opcode: number, d: number): Held {
		const code = this.#code;
		const wide = (opcode & 7) === BPF_ALU64;
		const operation = opcode & 0xf0;
		const held = this.#held[d] ?? this.#fresh();
		if (opcode & BPF_X) {
			const other = this.#held[code.src[pc] ?? 0] ?? held;
			if (operation === BPF_MOV && code.off[pc] === 0) return this.#copy(other, wide);
			if (operation === BPF_OR || operation === BPF_XOR || operation === BPF_ADD)
				this.#join(pc, held, other, wide);
			return this.#fresh();
		}
		if (operation !== BPF_LSH && operation !== BPF_RSH) return this.#fresh();
		const plain = held.shift === "none" && (!wide || !held.low) ? held : this.#fresh();
		return {
			value: plain.value,
			low: false,
			shift: operation === BPF_LSH ? "left" : "right",
			count: code.imm[pc] ?? 0,
			wide,
			at: pc,
		};
	}

	#copy(other: Held, wide: boolean): Held {
		if (wide) return other;
		return other.shift === "none" ? { ...other, low: true } : this.#fresh();
	}

	#join(pc: number, a: Held, b: Held, wide: boolean): void {
		if (a.value !== b.value || a.wide !== wide || b.wide !== wide) return;
		const left = a.shift === "left" ? a : b;
		const right = left === a ? b : a;
		if (left.shift !== "left" || right.shift !== "right") return;
		if (left.count + right.count !== (wide ? 64 : 32) || left.count <= 0) return;
		const temporary = this.#keep.get(left.at) ?? this.#keep.size;
		this.#keep.set(left.at, temporary);
		this.#rotate.set(pc, { temporary, count: left.count, wide });
	}
}
