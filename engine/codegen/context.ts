// The state of instruction selection in one function: which register holds which value, where instructions go, what is known of
// the upper halves of 32-bit values. It emits; it does not choose patterns.

import type { Diagnostic } from "../base/index.ts";
import { BPF_K, BPF_LSH, BPF_RSH, BPF_X, LD_IMM64 } from "../isa/index.ts";
import type * as ssa from "../ssa/index.ts";
import { Block, FP, Func, Insn, LEA, MOV32, MOV64, NONE } from "./machine.ts";

export type Cpu = 1 | 2 | 3 | 4;

/** A problem with the place of the node that it is about. */
export interface PlacedDiagnostic extends Diagnostic {
	readonly place?: ssa.Place;
}

/** A memory operand: register or frame slot, a displacement, perhaps a CO-RE record that patches it. */
export interface Address {
	readonly base: number;
	readonly slot: number;
	readonly off: number;
	readonly core: number;
}

export const fits32 = (v: bigint): boolean => v >= -0x80000000n && v < 0x80000000n;
export const fits16 = (v: number): boolean => v >= -0x8000 && v < 0x8000;

export class Context {
	readonly module: ssa.Module;
	readonly source: ssa.Func;
	readonly cpu: Cpu;
	/** 32-bit arithmetic and jumps (v3). */
	readonly alu32: boolean;
	readonly func: Func;
	readonly diagnostics: PlacedDiagnostic[] = [];
	readonly users = new Map<ssa.Node, ssa.Node[]>();
	/** Order of the nodes in the source. */
	readonly positions = new Map<ssa.Node, number>();
	/** Nodes that are not computed by themselves, but as part of their users. */
	readonly folded = new Set<ssa.Node>();
	/** i32 values whose upper 32 register bits are known to be 0. */
	zeroUpper: ReadonlySet<ssa.Node> = new Set();
	/** Values whose upper half is cleared where they are made, so that what is compared is what is used: quotients, and any without
	 * 32-bit arithmetic. */
	readonly cleared = new Set<ssa.Node>();
	readonly clearedParams = new Set<number>();
	readonly slots = new Map<ssa.Node, number>();
	readonly params: number[] = [];
	current: Block;
	place: ssa.Place | undefined;
	readonly #registers = new Map<ssa.Node, number>();
	/** Constants and addresses at hand in this block. */
	readonly #cache = new Map<string, number>();

	constructor(module: ssa.Module, source: ssa.Func, cpu: Cpu) {
		this.module = module;
		this.source = source;
		this.cpu = cpu;
		this.alu32 = cpu >= 3;
		this.func = new Func(source.name);
		this.current = new Block(-1);
	}

	problem(id: string, message: string, node?: ssa.Node): void {
		const place = node?.place ?? this.place ?? this.source.place;
		this.diagnostics.push({
			severity: "error",
			id: `codegen/${id}`,
			message,
			...(place ? { place } : {}),
		});
	}

	/** Starts to fill another block. */
	enter(block: Block): void {
		this.current = block;
		this.forget();
	}

	/** What was at hand is no longer (after calls). */
	forget(): void {
		this.#cache.clear();
	}

	emit(i: Insn): Insn {
		i.place = this.place;
		this.current.insns.push(i);
		return i;
	}

	alu(op: number, d: number, s: number): Insn {
		return this.emit(new Insn(op | BPF_X, d, s, 0, 0));
	}

	aluImm(op: number, d: number, imm: number): Insn {
		return this.emit(new Insn(op | BPF_K, d, 0, 0, imm));
	}

	copy(d: number, s: number): Insn {
		return this.emit(new Insn(MOV64 | BPF_X, d, s, 0, 0));
	}

	/** A register with the value that machine register `r` has on entry. */
	copyOf(r: number, name: string | undefined): number {
		const d = this.fresh();
		this.copy(d, r);
		this.named(d, name);
		return d;
	}

	/** Gives the source's name to what the last instruction wrote. */
	named(d: number, name: string | undefined): void {
		const last = this.current.insns.at(-1);
		if (last && last.d === d && name !== undefined) last.name = name;
	}

	/** Names what writes the node's register, from the instruction at `from` on; a node that needs none, what wrote it before. */
	labelFrom(from: number, node: ssa.Node): void {
		const { insns } = this.current;
		const { name } = node;
		const r = this.#registers.get(node);
		if (r === undefined || name === undefined) return;
		for (let at = from; at < insns.length; at++) {
			const i = insns[at];
			if (i && (i.d === r || i.clobbers !== 0)) i.name = name;
		}
		const last = insns.length === from ? insns.findLast((i) => i.d === r) : undefined;
		if (last) last.name ??= name;
	}

	fresh(): number {
		return this.func.register();
	}

	/** The register in which the node's result goes. */
	define(node: ssa.Node): number {
		let r = this.#registers.get(node);
		if (r === undefined) {
			r = this.fresh();
			this.#registers.set(node, r);
		}
		return r;
	}

	alias(node: ssa.Node, register: number): void {
		this.#registers.set(node, register);
	}

	/** A register that holds the node's value; it must not be written. */
	use(node: ssa.Node): number {
		switch (node.op) {
			case "const":
				return this.#cached(`${node.type === "i32" ? "w" : "r"}${node.value}`, node);
			case "global":
				return this.#cached(`${node.symbol}+${node.offset}`, node);
			case "param":
				return this.params[node.index] ?? this.into(this.fresh(), node);
			case "undef":
			case "core":
			case "alloca":
			case "isconst":
				return this.into(this.fresh(), node);
			default:
				return this.define(node);
		}
	}

	#cached(key: string, node: ssa.Node): number {
		let r = this.#cache.get(key);
		if (r === undefined) {
			r = this.into(this.fresh(), node);
			this.#cache.set(key, r);
		}
		return r;
	}

	/** The address of a symbol, to be displaced by a memory access. */
	symbol(name: string): number {
		const key = `${name}+0`;
		let r = this.#cache.get(key);
		if (r === undefined) {
			r = this.fresh();
			this.address(r, name, 0);
			this.#cache.set(key, r);
		}
		return r;
	}

	address(d: number, symbol: string, offset: number): void {
		const i = new Insn(LD_IMM64, d, 0, 0, 0);
		i.symbol = symbol;
		i.wide = BigInt(offset);
		this.emit(i);
	}

	/** Puts the node's value in register `d`. */
	into(d: number, node: ssa.Node): number {
		switch (node.op) {
			case "const":
				this.#constant(d, node.value, node.type);
				break;
			case "undef":
				this.#constant(d, 0n, node.type);
				break;
			case "isconst":
				this.#constant(d, node.args[0]?.op === "const" ? 1n : 0n, "i32");
				break;
			case "global":
				this.address(d, node.symbol, node.offset);
				break;
			case "core":
				this.#core(d, node);
				break;
			case "alloca":
				this.lea(d, this.slots.get(node) ?? 0, 0);
				break;
			default:
				this.copy(d, this.use(node));
		}
		return d;
	}

	lea(d: number, slot: number, off: number): void {
		const i = new Insn(LEA, d, FP, 0, off);
		i.slot = slot;
		this.emit(i);
	}

	#constant(d: number, value: bigint, type: ssa.Type): void {
		if (type === "i32" && this.alu32) this.aluImm(MOV32, d, Number(BigInt.asIntN(32, value)));
		else if (fits32(value)) this.aluImm(MOV64, d, Number(value));
		else if (this.alu32 && value > 0n && value < 0x100000000n)
			this.aluImm(MOV32, d, Number(BigInt.asIntN(32, value)));
		else this.emit(new Insn(LD_IMM64, d, 0, 0, 0)).wide = value;
	}

	#core(d: number, node: ssa.Node & { op: "core" }): void {
		const record = this.module.core[node.record];
		const value = record?.value ?? 0n;
		let i: Insn;
		if (record?.wide || !fits32(value)) {
			i = new Insn(LD_IMM64, d, 0, 0, 0);
			i.wide = value;
		} else {
			const op = node.type === "i32" && this.alu32 ? MOV32 : MOV64;
			i = new Insn(op | BPF_K, d, 0, 0, Number(value));
		}
		i.core = node.record;
		this.emit(i);
	}

	/** Clears the upper half of `d` after copying `s` to it. */
	zeroExtend(d: number, s: number): void {
		if (this.alu32) {
			this.alu(MOV32, d, s);
			return;
		}
		if (d !== s) this.copy(d, s);
		this.aluImm(0x07 | BPF_LSH, d, 32);
		this.aluImm(0x07 | BPF_RSH, d, 32);
	}

	usersOf(node: ssa.Node): readonly ssa.Node[] {
		return this.users.get(node) ?? none;
	}

	/** Puts the node's value with a clear upper half in a register of its own. */
	clear(node: ssa.Node): void {
		const d = this.fresh();
		this.zeroExtend(d, this.use(node));
		this.alias(node, d);
	}

	/** A block that follows `current` in the source's order, for code within one source block. */
	split(): Block {
		return this.func.block();
	}

	/** Ends the current block with a jump to `next`. */
	goto(next: Block): void {
		this.current.succs = [next];
		this.current.term = undefined;
	}

	/** Memory at a displacement of a register. */
	plain(base: number, off = 0): Address {
		return { base, slot: NONE, off, core: NONE };
	}
}

const none: readonly ssa.Node[] = [];
