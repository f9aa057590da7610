// Scalars of one identity: what a comparison teaches of one, the others learn too (collect_linked_regs,
// sync_linked_regs of the kernel).

import { BPF_ADD, BPF_ALU, BPF_ALU64 } from "../isa/index.ts";
import { adjustScalar } from "./alu.ts";
import type { Env } from "./env.ts";
import { LINK_REG } from "./precision.ts";
import { BPF_ADD_CONST, BPF_ADD_CONST32, copyReg, type Reg, SCALAR_VALUE } from "./reg.ts";
import { markKnown } from "./scalar.ts";
import type { State } from "./state.ts";
import { frameInsn, frameOf, isSpilled, regOf, slotOf } from "./state.ts";

const MAX_LINKED = 6;

/** Adds to `set` every live register and every spilled slot with this identity; those that do not fit lose it. */
export function collectLinked(env: Env, state: State, id: number, set: number[]): void {
	const base = id & ~BPF_ADD_CONST;
	for (let f = state.curframe; f >= 0; f--) {
		const frame = frameOf(state, f);
		const live = env.facts.live[frameInsn(state, f)] as number;
		for (let i = 0; i < 10; i++) {
			if (((live >>> i) & 1) === 0) continue;
			const reg = regOf(frame, i);
			if (reg.type === SCALAR_VALUE && (reg.id & ~BPF_ADD_CONST) === base)
				push(set, reg, LINK_REG | (i << 3) | f);
		}
		for (let i = 0; i < frame.slots; i++) {
			const slot = slotOf(frame, i);
			if (!isSpilled(slot)) continue;
			const { reg } = slot;
			if (reg.type === SCALAR_VALUE && (reg.id & ~BPF_ADD_CONST) === base)
				push(set, reg, (i << 3) | f);
		}
	}
}

function push(set: number[], reg: Reg, entry: number): void {
	if (set.length < MAX_LINKED) set.push(entry);
	else reg.id = 0;
}

/** Gives what is known of `known` to the members of `set` in `state` that share its identity. */
export function syncLinked(env: Env, state: State, known: Reg, set: readonly number[]): void {
	for (const entry of set) {
		const frame = frameOf(state, entry & 7);
		const number = (entry >> 3) & 63;
		const reg = entry & LINK_REG ? regOf(frame, number) : slotOf(frame, number).reg;
		if (reg.type !== SCALAR_VALUE || reg === known) continue;
		if ((reg.id & ~BPF_ADD_CONST) !== (known.id & ~BPF_ADD_CONST)) continue;
		// Sums of different widths say nothing of each other.
		if (((reg.id ^ known.id) & BPF_ADD_CONST) === BPF_ADD_CONST) continue;
		if (((reg.id | known.id) & BPF_ADD_CONST) === 0 || reg.off === known.off) copyReg(reg, known);
		else {
			const { off, id } = reg;
			const distance = off - known.off;
			copyReg(reg, known);
			reg.off = off;
			reg.id = id;
			const delta = env.offset;
			markKnown(delta, distance < 0 ? -1 : 0, distance | 0);
			const narrow = ((id | known.id) & BPF_ADD_CONST32) !== 0;
			adjustScalar((narrow ? BPF_ALU : BPF_ALU64) | BPF_ADD, reg, delta);
		}
	}
}
