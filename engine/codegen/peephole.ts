// Small repairs once registers are given: copies and constants that a register holds already, a commutative operation whose result
// was wanted in its other register.

import {
	BPF_ADD,
	BPF_ALU,
	BPF_ALU64,
	BPF_AND,
	BPF_DW,
	BPF_LDX,
	BPF_MEM,
	BPF_MUL,
	BPF_OR,
	BPF_STX,
	BPF_X,
	BPF_XOR,
	LD_IMM64,
} from "../isa/index.ts";
import { liveness, postorder } from "./liveness.ts";
import {
	type Block,
	eachDef,
	eachUse,
	FP,
	type Func,
	type Insn,
	isConstant,
	isCopy,
	LEA,
	LIFETIME,
	NONE,
} from "./machine.ts";

/** Needs `link`. Before the frame is laid out. */
export function repair(func: Func): void {
	swapCommutative(func);
	removeKnown(func);
}

/** Numbers of the values that registers (0 to 9) and spill slots (from SLOT on) hold. */
type Values = Map<number, number>;

const SLOT = 16;

class Numbering {
	readonly #known = new Map<string, number>();
	#next = 0;

	fresh(): number {
		return this.#next++;
	}

	constant(i: Insn): number {
		const key = `${i.op === LEA || i.op === LD_IMM64 ? i.op : 0}.${i.op === 0xb4 ? i.imm >>> 0 : i.imm}.${i.wide}.${i.symbol}.${i.core}.${i.slot}`;
		let n = this.#known.get(key);
		if (n === undefined) {
			n = this.fresh();
			this.#known.set(key, n);
		}
		return n;
	}
}

function removeKnown(func: Func): void {
	const numbers = new Numbering();
	const after = new Map<Block, Values>();
	for (const block of postorder(func).reverse()) {
		const values = entering(block, after);
		block.insns = block.insns.filter((i) => step(func, i, values, numbers));
		if (block.term) step(func, block.term, values, numbers);
		after.set(block, values);
	}
}

function entering(block: Block, after: ReadonlyMap<Block, Values>): Values {
	const [first, ...rest] = block.preds;
	const values: Values = new Map(first && after.get(first));
	for (const p of rest) {
		const other = after.get(p);
		for (const [place, n] of values) if (other?.get(place) !== n) values.delete(place);
	}
	return values;
}

/** Whether the instruction is needed; notes what it does. */
function step(func: Func, i: Insn, values: Values, numbers: Numbering): boolean {
	if (i.op === LIFETIME) return true;
	const spilled = i.slot !== NONE && func.slots[i.slot]?.spill === true;
	let value: number | undefined;
	if (isCopy(i) && i.s !== FP) value = numberOf(i.s, values, numbers);
	else if (isConstant(i) && (i.op & BPF_X) === 0) value = numbers.constant(i);
	else if (isConstant(i))
		value = i.op === LEA || i.op === LD_IMM64 ? numbers.constant(i) : undefined;
	else if (spilled && i.op === (BPF_LDX | BPF_MEM | BPF_DW))
		value = numberOf(SLOT + i.slot, values, numbers);
	if (value !== undefined) {
		if (values.get(i.d) === value) return false;
		values.set(i.d, value);
		return true;
	}
	if (spilled && i.op === (BPF_STX | BPF_MEM | BPF_DW)) {
		const stored = numberOf(i.s, values, numbers);
		if (values.get(SLOT + i.slot) === stored) return false;
		values.set(SLOT + i.slot, stored);
		return true;
	}
	eachDef(i, (r) => values.delete(r));
	for (let r = 0; i.clobbers >> r !== 0; r++) if ((i.clobbers >> r) & 1) values.delete(r);
	return true;
}

function numberOf(place: number, values: Values, numbers: Numbering): number {
	let n = values.get(place);
	if (n === undefined) {
		n = numbers.fresh();
		values.set(place, n);
	}
	return n;
}

const commutative: ReadonlySet<number> = new Set([BPF_ADD, BPF_MUL, BPF_AND, BPF_OR, BPF_XOR]);

function isCommutative(i: Insn): boolean {
	const kind = i.op & 7;
	return (
		i.op < 256 &&
		(kind === BPF_ALU || kind === BPF_ALU64) &&
		(i.op & BPF_X) !== 0 &&
		i.off === 0 &&
		commutative.has(i.op & 0xf0)
	);
}

/** `a += b; b = a`, where a is not read again: `b += a`. */
function swapCommutative(func: Func): void {
	const live = liveness(func);
	for (const block of func.blocks) {
		const now = new Set(live.liveOut[block.index]);
		if (block.term) back(block.term, now);
		for (let at = block.insns.length - 1; at >= 0; at--) {
			const i = block.insns[at];
			const before = block.insns[at - 1];
			if (!i) continue;
			if (
				before &&
				isCopy(i) &&
				isCommutative(before) &&
				before.d === i.s &&
				before.s === i.d &&
				!now.has(i.s)
			) {
				[before.d, before.s] = [before.s, before.d];
				if (i.name !== undefined) before.name = i.name;
				block.insns.splice(at, 1);
				continue;
			}
			back(i, now);
		}
	}
}

function back(i: Insn, now: Set<number>): void {
	eachDef(i, (r) => now.delete(r));
	for (let r = 0; i.clobbers >> r !== 0; r++) if ((i.clobbers >> r) & 1) now.delete(r);
	eachUse(i, (r) => now.add(r));
}
