// Takes registers out of the function: their values go to frame slots, or are made anew where they are constants. What replaces them
// are short-lived registers around the uses.

import { BPF_DW, BPF_LDX, BPF_MEM, BPF_STX } from "../isa/index.ts";
import { rename } from "./coalesce.ts";
import {
	type Block,
	cloneInsn,
	eachDef,
	eachInsn,
	eachUse,
	FP,
	type Func,
	Insn,
	isConstant,
	sameConstant,
} from "./machine.ts";

/** `*(u64 *)(r10 + slot) = r`. */
export function saveTo(slot: number, r: number): Insn {
	const i = new Insn(BPF_STX | BPF_MEM | BPF_DW, FP, r, 0, 0);
	i.slot = slot;
	return i;
}

/** `r = *(u64 *)(r10 + slot)`. */
export function reload(slot: number, r: number): Insn {
	const i = new Insn(BPF_LDX | BPF_MEM | BPF_DW, r, FP, 0, 0);
	i.slot = slot;
	return i;
}

/** For each register: the instruction that makes its value anywhere, if all its definitions are that one. */
export function constants(func: Func): (Insn | undefined)[] {
	const found: (Insn | undefined)[] = [];
	const other = new Uint8Array(func.registers);
	for (const block of func.blocks)
		eachInsn(block, (i) =>
			eachDef(i, (r) => {
				const before = found[r];
				if (!isConstant(i) || (i.flags & 2) === 0 || (before && !sameConstant(before, i)))
					other[r] = 1;
				found[r] = i;
			}),
		);
	for (let r = 0; r < func.registers; r++) if (other[r]) found[r] = undefined;
	return found;
}

/** Of a register that replaces a spilled one: around one use, or over a stretch without calls. */
export type Life = "short" | "stretch";

interface Job {
	readonly r: number;
	readonly slot: number;
	readonly constant: Insn | undefined;
	/** Share one reload among the uses of a stretch without calls. */
	readonly share: boolean;
}

/** Spills `registers`; those born of an earlier round (`born`) get a reload for each use. New ones are added to `born`. */
export function spillEverywhere(
	func: Func,
	registers: readonly number[],
	born: Map<number, Life>,
): void {
	const known = constants(func);
	const jobs = new Map<number, Job>();
	for (const r of registers) {
		const constant = known[r];
		const slot = constant ? -1 : func.slot(8, 8);
		jobs.set(r, { r, slot, constant, share: !born.has(r) });
	}
	for (const block of func.blocks) new BlockSpiller(func, block, jobs, born).run();
}

class BlockSpiller {
	readonly #func: Func;
	readonly #block: Block;
	readonly #jobs: ReadonlyMap<number, Job>;
	readonly #born: Map<number, Life>;
	/** The register that holds a spilled value at this point. */
	readonly #held = new Map<number, number>();
	#out: Insn[] = [];

	constructor(func: Func, block: Block, jobs: ReadonlyMap<number, Job>, born: Map<number, Life>) {
		this.#func = func;
		this.#block = block;
		this.#jobs = jobs;
		this.#born = born;
	}

	run(): void {
		const { insns, term } = this.#block;
		let touched = false;
		eachInsn(this.#block, (i) => {
			const look = (r: number) => {
				if (this.#jobs.has(r)) touched = true;
			};
			eachUse(i, look);
			eachDef(i, look);
		});
		if (!touched) return;
		for (const i of insns) this.#insn(i);
		if (term) {
			this.#insn(term);
			this.#out.pop();
		}
		this.#block.insns = this.#out;
	}

	#insn(i: Insn): void {
		const map = new Map<number, number>();
		const read: Job[] = [];
		const written: Job[] = [];
		eachUse(i, (r) => {
			const job = this.#jobs.get(r);
			if (job && !read.includes(job)) read.push(job);
		});
		eachDef(i, (r) => {
			const job = this.#jobs.get(r);
			if (job && !written.includes(job)) written.push(job);
		});
		if (written.some((j) => j.constant)) return;
		for (const job of read) map.set(job.r, this.#bring(job, i));
		for (const job of written) {
			const r = map.get(job.r) ?? this.#fresh(job);
			map.set(job.r, r);
		}
		if (map.size > 0) rename(i, (r) => map.get(r) ?? r);
		this.#out.push(i);
		for (const job of written) {
			const r = map.get(job.r) ?? 0;
			const save = saveTo(job.slot, r);
			save.place = i.place;
			this.#out.push(save);
			if (job.share) this.#held.set(job.r, r);
			else this.#held.delete(job.r);
		}
		if (i.clobbers !== 0) this.#held.clear();
	}

	#fresh(job: Job): number {
		const r = this.#func.register();
		this.#born.set(r, job.share ? "stretch" : "short");
		return r;
	}

	#bring(job: Job, before: Insn): number {
		const held = this.#held.get(job.r);
		if (held !== undefined && job.share) return held;
		const r = this.#fresh(job);
		const i = job.constant ? cloneInsn(job.constant) : reload(job.slot, r);
		i.d = r;
		i.place = before.place;
		this.#out.push(i);
		if (job.share) this.#held.set(job.r, r);
		return r;
	}
}
