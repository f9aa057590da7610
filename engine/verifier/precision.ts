// Precision: which scalars' exact ranges the outcome depended on. Marks are set in the checkpoints behind the path by
// walking its instructions backwards (__mark_chain_precision and backtrack_insn of the kernel).

import * as isa from "../isa/index.ts";
import { callsBackAt } from "./callees.ts";
import type { Env } from "./env.ts";
import { EFAULT, ENOTSUPP, subprogStarting } from "./env.ts";
import {
	entryFlags,
	entryFor,
	entryInsn,
	entryLinked,
	entryPrev,
	FLAG_DST_STACK,
	FLAG_FRAME_MASK,
	FLAG_SPI_MASK,
	FLAG_SPI_SHIFT,
	FLAG_SRC_STACK,
	FLAG_STACK_ACCESS,
} from "./history.ts";
import { SCALAR_VALUE } from "./reg.ts";
import type { Frame, State } from "./state.ts";
import { frameOf, isSpilled, MAIN_CALL, MAX_FRAMES, regOf, slotOf } from "./state.ts";
import { isHelperCall, isKfuncCall, isPseudoCall, TAIL_CALL } from "./subprogs.ts";

const ARGS = 0x3e;

/** The registers and slots still looked for, per frame. */
class Wanted {
	frame = 0;
	readonly regs = new Int32Array(MAX_FRAMES);
	readonly lo = new Int32Array(MAX_FRAMES);
	readonly hi = new Int32Array(MAX_FRAMES);

	isEmpty(): boolean {
		let mask = 0;
		for (let i = 0; i <= this.frame; i++)
			mask |= (this.regs[i] as number) | (this.lo[i] as number) | (this.hi[i] as number);
		return mask === 0;
	}

	reset(): void {
		this.frame = 0;
		this.regs.fill(0);
		this.lo.fill(0);
		this.hi.fill(0);
	}

	mask(): number {
		return this.regs[this.frame] as number;
	}

	has(reg: number): boolean {
		return (((this.regs[this.frame] as number) >>> reg) & 1) !== 0;
	}

	hasReg(frame: number, reg: number): boolean {
		return (((this.regs[frame] as number) >>> reg) & 1) !== 0;
	}

	setReg(frame: number, reg: number): void {
		this.regs[frame] = (this.regs[frame] as number) | (1 << reg);
	}

	clearReg(frame: number, reg: number): void {
		this.regs[frame] = (this.regs[frame] as number) & ~(1 << reg);
	}

	set(reg: number): void {
		this.setReg(this.frame, reg);
	}

	clear(reg: number): void {
		this.clearReg(this.frame, reg);
	}

	hasSlot(frame: number, spi: number): boolean {
		const word = spi < 32 ? this.lo[frame] : this.hi[frame];
		return (((word as number) >>> (spi & 31)) & 1) !== 0;
	}

	setSlot(frame: number, spi: number): void {
		const words = spi < 32 ? this.lo : this.hi;
		words[frame] = (words[frame] as number) | (1 << (spi & 31));
	}

	clearSlot(frame: number, spi: number): void {
		const words = spi < 32 ? this.lo : this.hi;
		words[frame] = (words[frame] as number) & ~(1 << (spi & 31));
	}

	hasStack(): boolean {
		return ((this.lo[this.frame] as number) | (this.hi[this.frame] as number)) !== 0;
	}

	clearArgs(): void {
		this.regs[this.frame] = this.mask() & ~ARGS;
	}
}

/** Backtracking of one verification; one instance is used again and again. */
export class Precision {
	readonly #env: Env;
	readonly wanted = new Wanted();
	/** Whether the last walk marked anything that was not marked before. */
	changed = false;

	constructor(env: Env) {
		this.#env = env;
	}

	/** mark_chain_precision: the current path depends on the exact range of register `reg`. */
	markReg(reg: number): number {
		return this.mark(this.#env.cur, reg);
	}

	/** Walks back from `start`, for `reg` (none: -1) and whatever `wanted` holds. */
	mark(start: State, reg: number): number {
		const { wanted } = this;
		const env = this.#env;
		wanted.frame = start.curframe;
		if (reg >= 0) {
			if (regOf(frameOf(start, wanted.frame), reg).type !== SCALAR_VALUE)
				return this.#bug("backtracking misuse");
			wanted.set(reg);
		}
		if (wanted.isEmpty()) return 0;
		let state = start;
		let first = state.firstInsn;
		let last = start.insn;
		let subseq = -1;
		let skip = true;
		for (;;) {
			if (env.log?.all) env.log.backtrackFrom(wanted.frame, last, first, subseq);
			if (last < 0) return this.#entry(state);
			const result = this.#walk(start, state, last, subseq, skip);
			skip = false;
			if (result <= 0) return result;
			const parent = state.parent;
			if (!parent) break;
			state = parent;
			this.#markParent(state);
			if (wanted.isEmpty()) return 0;
			subseq = first;
			last = state.lastInsn;
			first = state.firstInsn;
		}
		if (!wanted.isEmpty()) {
			this.#markAll(start);
			wanted.reset();
		}
		return 0;
	}

	/** Arguments of a global function, when its entry is reached. */
	#entry(state: State): number {
		const { wanted } = this;
		const frame = frameOf(state, 0);
		if (
			state.curframe === 0 &&
			frame.subprog > 0 &&
			frame.callsite === MAIN_CALL &&
			!wanted.hasStack() &&
			(wanted.mask() & ~ARGS) === 0
		) {
			for (let i = 1; i <= 5; i++) {
				if (!wanted.has(i)) continue;
				wanted.clear(i);
				if (regOf(frame, i).type === SCALAR_VALUE) {
					regOf(frame, i).precise = true;
					this.changed = true;
				}
			}
			return 0;
		}
		return this.#bug("backtracking func entry");
	}

	/** One state's instructions, last to first. DONE: nothing wanted any more; 1: go on in the parent. */
	#walk(start: State, state: State, last: number, subseqIn: number, skipIn: boolean): number {
		let count = state.historyCount;
		let subseq = subseqIn;
		let skip = skipIn;
		for (let pc = last; ; ) {
			let error = 0;
			if (skip) skip = false;
			else error = this.#step(state, pc, subseq, entryFor(state, count, pc));
			if (error === -ENOTSUPP) {
				this.#markAll(start);
				this.wanted.reset();
				return DONE;
			}
			if (error < 0) return error;
			if (this.wanted.isEmpty()) return DONE;
			subseq = pc;
			if (pc === state.firstInsn) {
				if (count === 0) return 1;
				if (count === 1 && entryInsn(state, 0) === pc) return 1;
			}
			if (count > 0 && entryInsn(state, count - 1) === pc) pc = entryPrev(state, --count);
			else pc--;
			if (pc < 0) return this.#bug(`backtracking idx ${pc}`);
		}
	}

	#markParent(state: State): void {
		const { wanted } = this;
		const env = this.#env;
		for (let f = wanted.frame; f >= 0; f--) {
			const frame = frameOf(state, f);
			if (wanted.regs[f] !== 0) this.#markRegs(frame, f);
			if (((wanted.lo[f] as number) | (wanted.hi[f] as number)) !== 0) this.#markSlots(frame, f);
			if (env.log?.all)
				env.log.backtrackParent(
					f,
					wanted.regs[f] as number,
					wanted.hi[f] as number,
					wanted.lo[f] as number,
					state,
				);
		}
	}

	#markRegs(frame: Frame, f: number): void {
		for (let i = 0; i < 11; i++) {
			if (!this.wanted.hasReg(f, i)) continue;
			const reg = regOf(frame, i);
			if (reg.type !== SCALAR_VALUE || reg.precise) this.wanted.clearReg(f, i);
			else {
				reg.precise = true;
				this.changed = true;
			}
		}
	}

	#markSlots(frame: Frame, f: number): void {
		for (let i = 0; i < 64; i++) {
			if (!this.wanted.hasSlot(f, i)) continue;
			if (i >= frame.slots) {
				this.wanted.clearSlot(f, i);
				continue;
			}
			const slot = slotOf(frame, i);
			if (!isSpilled(slot) || slot.reg.type !== SCALAR_VALUE || slot.reg.precise)
				this.wanted.clearSlot(f, i);
			else {
				slot.reg.precise = true;
				this.changed = true;
			}
		}
	}

	/** Gives up on detail: every scalar of every state behind `start` is precise. */
	#markAll(start: State): void {
		const log = this.#env.log?.all ? this.#env.log : undefined;
		log?.write(
			`mark_precise: frame${start.curframe}: falling back to forcing all scalars precise\n`,
		);
		for (let state = start.parent; state; state = state.parent)
			for (let f = 0; f <= state.curframe; f++) {
				const frame = frameOf(state, f);
				for (let i = 0; i < 10; i++) {
					const reg = regOf(frame, i);
					if (reg.type !== SCALAR_VALUE || reg.precise) continue;
					reg.precise = true;
					log?.write(`force_precise: frame${f}: forcing r${i} to be precise\n`);
				}
				for (let i = 0; i < frame.slots; i++) {
					const slot = slotOf(frame, i);
					if (!isSpilled(slot) || slot.reg.type !== SCALAR_VALUE || slot.reg.precise) continue;
					slot.reg.precise = true;
					log?.write(`force_precise: frame${f}: forcing fp${-(i + 1) * 8} to be precise\n`);
				}
			}
	}

	/** For propagate_backedges, when it does not settle. */
	markAllBehind(state: State): void {
		this.#markAll(state);
	}

	/** Instruction `pc`, seen backwards: what is wanted before it. */
	#step(state: State, pc: number, subseq: number, entry: number): number {
		const env = this.#env;
		const { wanted } = this;
		const opcode = env.code.opcode[pc] as number;
		if (opcode === 0) return 0;
		if (env.log?.all) {
			const f = wanted.frame;
			env.log.backtrack(f, wanted.mask(), wanted.hi[f] as number, wanted.lo[f] as number, pc);
		}
		const linked = entry >= 0 ? entryLinked(state, entry) : 0;
		const flags = entry >= 0 ? entryFlags(state, entry) : 0;
		if (linked !== 0) this.#syncLinked(linked);
		const cls = opcode & 7;
		let result = 0;
		if (cls === isa.BPF_ALU || cls === isa.BPF_ALU64) {
			if (!wanted.has(env.code.dst[pc] as number)) return 0;
			const early = this.#alu(pc, opcode);
			if (early) return 0;
		} else if (cls === isa.BPF_LDX || isAtomicLoad(env, pc)) {
			if (!this.#load(pc, flags)) return 0;
		} else if (cls === isa.BPF_STX || cls === isa.BPF_ST) {
			result = this.#store(pc, cls, flags);
			if (result !== 1) return result;
		} else if (cls === isa.BPF_JMP || cls === isa.BPF_JMP32) {
			result = this.#jump(pc, opcode, subseq, flags);
			if (result !== 1) return result;
		} else {
			const dst = env.code.dst[pc] as number;
			if (!wanted.has(dst)) return 0;
			wanted.clear(dst);
			const mode = opcode & 0xe0;
			if (mode === isa.BPF_IND || mode === isa.BPF_ABS) return -ENOTSUPP;
		}
		if (linked !== 0) this.#syncLinked(linked);
		return 0;
	}

	/** True when linked registers need no second look. */
	#alu(pc: number, opcode: number): boolean {
		const { wanted } = this;
		const op = opcode & 0xf0;
		if (op === isa.BPF_END || op === isa.BPF_NEG) return true;
		const src = this.#env.code.src[pc] as number;
		if (op === isa.BPF_MOV) wanted.clear(this.#env.code.dst[pc] as number);
		if ((opcode & isa.BPF_X) !== 0 && src !== 10) wanted.set(src);
		return false;
	}

	#load(pc: number, flags: number): boolean {
		const { wanted } = this;
		const dst = this.#env.code.dst[pc] as number;
		if (!wanted.has(dst)) return false;
		wanted.clear(dst);
		if ((flags & FLAG_STACK_ACCESS) === 0) return false;
		wanted.setSlot(flags & FLAG_FRAME_MASK, (flags >> FLAG_SPI_SHIFT) & FLAG_SPI_MASK);
		return true;
	}

	#store(pc: number, cls: number, flags: number): number {
		const { wanted } = this;
		if (wanted.has(this.#env.code.dst[pc] as number)) return -ENOTSUPP;
		if ((flags & FLAG_STACK_ACCESS) === 0) return 0;
		const frame = flags & FLAG_FRAME_MASK;
		const spi = (flags >> FLAG_SPI_SHIFT) & FLAG_SPI_MASK;
		if (!wanted.hasSlot(frame, spi)) return 0;
		wanted.clearSlot(frame, spi);
		if (cls === isa.BPF_STX) wanted.set(this.#env.code.src[pc] as number);
		return 1;
	}

	#jump(pc: number, opcode: number, subseq: number, flags: number): number {
		const env = this.#env;
		const { wanted } = this;
		if (isPseudoCall(env, pc)) return this.#subprogCall(pc);
		const op = opcode & 0xf0;
		if (op === isa.BPF_CALL) return this.#call(pc, subseq);
		if (op === isa.BPF_EXIT) return this.#exit(subseq);
		if ((opcode & isa.BPF_X) !== 0) {
			const dst = env.code.dst[pc] as number;
			const src = env.code.src[pc] as number;
			if (!wanted.has(dst) && !wanted.has(src)) return 0;
			if ((flags & FLAG_SRC_STACK) === 0) wanted.set(src);
			if ((flags & FLAG_DST_STACK) === 0) wanted.set(dst);
		}
		return 1;
	}

	#subprogCall(pc: number): number {
		const env = this.#env;
		const { wanted } = this;
		const callee = subprogStarting(env, pc + (env.code.imm[pc] as number) + 1);
		if (env.subprogs[callee]?.isGlobal) {
			if (wanted.mask() & ARGS) return this.#bug("global subprog unexpected regs");
			wanted.clear(0);
			return 0;
		}
		if (wanted.mask() & ~ARGS) return this.#bug("static subprog unexpected regs");
		if (wanted.hasStack()) return this.#bug("static subprog leftover stack slots");
		for (let i = 1; i <= 5; i++) {
			if (!wanted.has(i)) continue;
			wanted.clear(i);
			wanted.setReg(wanted.frame - 1, i);
		}
		if (wanted.frame === 0) return this.#bug("subprog exit from frame 0");
		wanted.frame--;
		return 0;
	}

	#call(pc: number, subseq: number): number {
		const env = this.#env;
		const { wanted } = this;
		const id = env.code.imm[pc] as number;
		if (isKfuncCall(env, pc) && id === 0) return -ENOTSUPP;
		if (callsBackAt(env, pc) && pc !== subseq - 1) {
			if (wanted.mask() & ~ARGS) return this.#bug("callback unexpected regs");
			if (wanted.hasStack()) return this.#bug("callback leftover stack slots");
			wanted.clearArgs();
			if (wanted.frame === 0) return this.#bug("subprog exit from frame 0");
			wanted.frame--;
			return 0;
		}
		wanted.clear(0);
		if (wanted.mask() & ARGS) return this.#bug("backtracking call unexpected regs");
		if (isHelperCall(env, pc) && id === TAIL_CALL && subseq - pc !== 1) wanted.frame++;
		return 1;
	}

	#exit(subseq: number): number {
		const env = this.#env;
		const { wanted } = this;
		if (subseq >= 0 && env.facts.callsCallback[subseq] === 1) wanted.clearArgs();
		if (wanted.mask() & ARGS) return this.#bug("backtracking exit unexpected regs");
		const precise = subseq - 1 >= 0 && isPseudoCall(env, subseq - 1) && wanted.has(0);
		wanted.clear(0);
		if (wanted.frame === MAX_FRAMES - 1) return this.#bug("subprog enter");
		wanted.frame++;
		if (precise) wanted.set(0);
		return 0;
	}

	/** When one of a linked set is wanted, all are. */
	#syncLinked(number: number): void {
		const { wanted } = this;
		const set = this.#env.linkedSets[number - 1] as Uint16Array;
		let some = false;
		for (const e of set)
			if (e & LINK_REG ? wanted.hasReg(e & 7, (e >> 3) & 63) : wanted.hasSlot(e & 7, (e >> 3) & 63))
				some = true;
		if (!some) return;
		for (const e of set)
			if (e & LINK_REG) wanted.setReg(e & 7, (e >> 3) & 63);
			else wanted.setSlot(e & 7, (e >> 3) & 63);
	}

	#bug(what: string): number {
		this.wanted.reset();
		return this.#env.fail(EFAULT, "internal/backtracking", `verifier bug: ${what}`);
	}
}

const DONE = 0;

/** Bit of a linked entry: a register, not a slot. Bits 0 to 2 are its frame, 3 to 8 its number. */
export const LINK_REG = 1 << 9;

function isAtomicLoad(env: Env, pc: number): boolean {
	const opcode = env.code.opcode[pc] as number;
	return (
		(opcode & 7) === isa.BPF_STX &&
		(opcode & 0xe0) === isa.BPF_ATOMIC &&
		env.code.imm[pc] === isa.BPF_LOAD_ACQ
	);
}

/** Forgets inherited marks before a checkpoint is taken (mark_all_scalars_imprecise). */
export function forgetPrecision(state: State): void {
	for (let f = 0; f <= state.curframe; f++) {
		const frame = frameOf(state, f);
		for (let i = 0; i < 10; i++) {
			const reg = regOf(frame, i);
			if (reg.type === SCALAR_VALUE) reg.precise = false;
		}
		for (let i = 0; i < frame.slots; i++) {
			const slot = slotOf(frame, i);
			if (isSpilled(slot) && slot.reg.type === SCALAR_VALUE) slot.reg.precise = false;
		}
	}
}
