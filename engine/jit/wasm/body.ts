// The body of one WebAssembly function while it is written: instructions, locals, and marks that say which source position
// each stretch of bytes came from. It knows nothing of eBPF.

import { Bytes } from "./bytes.ts";
import { type I32, type I64, OP, VOID } from "./opcode.ts";

/** From byte `at` of the code on, instructions belong to source position `source`. */
export interface Mark {
	readonly at: number;
	readonly source: number;
}

export class Body {
	readonly code = new Bytes();
	readonly marks: Mark[] = [];
	readonly #parameters: number;
	readonly #locals: number[] = [];

	constructor(parameters: number) {
		this.#parameters = parameters;
	}

	/** Types of the locals behind the parameters. */
	get locals(): readonly number[] {
		return this.#locals;
	}

	local(type: typeof I32 | typeof I64): number {
		this.#locals.push(type);
		return this.#parameters + this.#locals.length - 1;
	}

	mark(source: number): void {
		if (this.marks.at(-1)?.source !== source) this.marks.push({ at: this.code.length, source });
	}

	op(code: number): void {
		this.code.u8(code);
	}

	get(local: number): void {
		this.code.u8(OP.get);
		this.code.u32(local);
	}

	set(local: number): void {
		this.code.u8(OP.set);
		this.code.u32(local);
	}

	tee(local: number): void {
		this.code.u8(OP.tee);
		this.code.u32(local);
	}

	const32(value: number): void {
		this.code.u8(OP.const32);
		this.code.s32(value);
	}

	const64(lo: number, hi: number): void {
		this.code.u8(OP.const64);
		this.code.s64(lo, hi);
	}

	/** A load or store; the address must be on the stack (under the value). Alignment is left open. */
	memory(code: number, offset: number): void {
		this.code.u8(code);
		this.code.u32(0);
		this.code.u32(offset);
	}

	/** Opens a block, loop or if; `type` is its result, none by default. */
	open(code: number, type: number = VOID): void {
		this.code.u8(code);
		this.code.u8(type);
	}

	branch(code: number, label: number): void {
		this.code.u8(code);
		this.code.u32(label);
	}

	/** Jumps to `labels[i]`, or to `fallback` when i is beyond. */
	brTable(labels: readonly number[], fallback: number): void {
		this.code.u8(OP.brTable);
		this.code.u32(labels.length);
		for (const label of labels) this.code.u32(label);
		this.code.u32(fallback);
	}

	call(index: number): void {
		this.code.u8(OP.call);
		this.code.u32(index);
	}

	indirect(code: number, type: number, table: number): void {
		this.code.u8(code);
		this.code.u32(type);
		this.code.u32(table);
	}
}
