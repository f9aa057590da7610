// When a path needs no walking because an earlier one through the same place covered it (states_equal, regsafe,
// stacksafe and refsafe of the kernel).

import type { Env } from "./env.ts";
import {
	BPF_ADD_CONST,
	baseType,
	NOT_INIT,
	PTR_TO_ARENA,
	PTR_TO_BUF,
	PTR_TO_MAP_KEY,
	PTR_TO_MAP_VALUE,
	PTR_TO_MEM,
	PTR_TO_PACKET,
	PTR_TO_PACKET_META,
	PTR_TO_STACK,
	PTR_TO_TP_BUFFER,
	Reg,
	SCALAR_VALUE,
	samePointerPart,
	setUnknown,
} from "./reg.ts";
import { sameScalar } from "./scalar.ts";
import type { Frame, Slot, State } from "./state.ts";
import {
	ALL_SPILL,
	byteType,
	frameInsn,
	frameOf,
	REF_LOCK,
	regOf,
	STACK_DYNPTR,
	STACK_INVALID,
	STACK_IRQ_FLAG,
	STACK_ITER,
	STACK_MISC,
	STACK_SPILL,
	STACK_ZERO,
	slotOf,
} from "./state.ts";
import { tnumIn } from "./tnum.ts";
import { slt, ult } from "./wide.ts";

/** How alike two states must be: imprecise scalars may differ; identical; or ranges contained everywhere. */
export const NOT_EXACT = 0;
export const EXACT = 1;
export const RANGE_WITHIN = 2;

/** All eight bytes STACK_MISC: with STACK_INVALID among them, fewer of its bits are set. */
const ALL_MISC = 0x22222222;

const unbound = new Reg();
setUnknown(unbound);

/** Compares states; holds the table of which id of the one stands for which of the other. */
export class Equality {
	readonly #env: Env;
	/** The first `#count` of each belong together; what lies beyond is left, as making arrays anew costs more than comparing. */
	readonly #old: number[] = [];
	readonly #cur: number[] = [];
	#count = 0;
	#nextId = 0;

	constructor(env: Env) {
		this.#env = env;
	}

	reset(): void {
		this.#count = 0;
		this.#nextId = this.#env.idGen;
	}

	/** Whether everything that was fine from `old` on is fine from `cur` on. */
	statesEqual(old: State, cur: State, exact: number): boolean {
		if (old.curframe !== cur.curframe) return false;
		this.reset();
		if (old.inSleepable !== cur.inSleepable || !this.#refsSafe(old, cur)) return false;
		for (let i = 0; i <= old.curframe; i++) {
			const a = frameOf(old, i);
			const b = frameOf(cur, i);
			if (a.callsite !== b.callsite) return false;
			if (!this.#framesEqual(a, b, frameInsn(old, i), exact)) return false;
		}
		return true;
	}

	#framesEqual(old: Frame, cur: Frame, pc: number, exact: number): boolean {
		if (old.callbackDepth > cur.callbackDepth) return false;
		const live = this.#env.facts.live[pc] as number;
		for (let i = 0; i < 11; i++) {
			if (((live >>> i) & 1) === 0) continue;
			if (!this.regSafe(regOf(old, i), regOf(cur, i), exact)) return false;
		}
		return this.#stackSafe(old, cur, exact);
	}

	/** check_ids: ids need not be the same, but must stand for each other throughout. */
	#sameIds(old: number, cur: number): boolean {
		if ((old !== 0) !== (cur !== 0)) return false;
		if (old === 0) return true;
		for (let i = 0; i < this.#count; i++) {
			if (this.#old[i] === old) return this.#cur[i] === cur;
			if (this.#cur[i] === cur) return false;
		}
		this.#old[this.#count] = old;
		this.#cur[this.#count++] = cur;
		return true;
	}

	/** check_scalar_ids: a scalar without id is alone, and what linked it before does not matter then. */
	#sameScalarIds(old: number, cur: number): boolean {
		if (old === 0) return true;
		const other = cur || ++this.#nextId;
		if (!this.#sameIds(old, other)) return false;
		if ((old & BPF_ADD_CONST) === 0) return true;
		return this.#sameIds(old & ~BPF_ADD_CONST, other & ~BPF_ADD_CONST);
	}

	regsExact(old: Reg, cur: Reg): boolean {
		return (
			samePointerPart(old, cur) &&
			sameScalar(old, cur) &&
			this.#sameIds(old.id, cur.id) &&
			this.#sameIds(old.refId, cur.refId)
		);
	}

	regSafe(old: Reg, cur: Reg, exact: number): boolean {
		if (exact === EXACT) return this.regsExact(old, cur);
		// What was never written was not used; in a loop it may still have to stay unwritten.
		if (old.type === NOT_INIT) return exact === NOT_EXACT || cur.type === NOT_INIT;
		if (old.type !== cur.type) return false;
		switch (baseType(old.type)) {
			case SCALAR_VALUE:
				if (!old.precise && exact === NOT_EXACT) return true;
				if (old.id !== 0 && ((old.id ^ cur.id) & BPF_ADD_CONST) !== 0)
					if ((old.id & BPF_ADD_CONST) === 0 || (cur.id & BPF_ADD_CONST) === 0) return false;
				if ((old.id & BPF_ADD_CONST) !== 0 && old.off !== cur.off) return false;
				return within(old, cur) && tnumIn(old, cur) && this.#sameScalarIds(old.id, cur.id);
			case PTR_TO_MAP_KEY:
			case PTR_TO_MAP_VALUE:
			case PTR_TO_MEM:
			case PTR_TO_BUF:
			case PTR_TO_TP_BUFFER:
				return (
					samePointerPart(old, cur) &&
					within(old, cur) &&
					tnumIn(old, cur) &&
					this.#sameIds(old.id, cur.id) &&
					this.#sameIds(old.refId, cur.refId)
				);
			case PTR_TO_PACKET_META:
			case PTR_TO_PACKET:
				if (old.range > cur.range || old.off !== cur.off) return false;
				return this.#sameIds(old.id, cur.id) && within(old, cur) && tnumIn(old, cur);
			case PTR_TO_STACK:
				return this.regsExact(old, cur) && old.frameno === cur.frameno;
			case PTR_TO_ARENA:
				return true;
			default:
				return this.regsExact(old, cur);
		}
	}

	#stackSafe(old: Frame, cur: Frame, exact: number): boolean {
		for (let spi = 0; spi < old.slots; spi++)
			if (!this.#slotSafe(slotOf(old, spi), spi < cur.slots ? slotOf(cur, spi) : undefined, exact))
				return false;
		return true;
	}

	#slotSafe(old: Slot, cur: Slot | undefined, exact: number): boolean {
		if (exact !== NOT_EXACT && (cur === undefined || old.types !== cur.types)) return false;
		// Nothing here that the old path could have relied on.
		if ((old.types & ~ALL_MISC) === 0) return true;
		for (let j = 0; j < 8; j++) {
			const type = byteType(old, j);
			if (type === STACK_INVALID || type === STACK_MISC) continue;
			if (cur === undefined) return false;
			const a = scalarOf(old);
			const b = scalarOf(cur);
			if (a && b) return this.regSafe(a, b, exact);
			if (type !== byteType(cur, j)) return false;
			if (j === 7 && !this.#special(old, cur, type, exact)) return false;
		}
		return true;
	}

	#special(old: Slot, cur: Slot, type: number, exact: number): boolean {
		const a = old.reg;
		const b = cur.reg;
		switch (type) {
			case STACK_SPILL:
				return this.regSafe(a, b, exact);
			case STACK_DYNPTR:
				return a.object === b.object && this.#sameIds(a.refId, b.refId);
			case STACK_ITER:
				return (
					a.btf === b.btf &&
					(a.object & 255) === (b.object & 255) &&
					this.#sameIds(a.refId, b.refId)
				);
			case STACK_IRQ_FLAG:
				return a.object === b.object && this.#sameIds(a.refId, b.refId);
			default:
				return type === STACK_ZERO;
		}
	}

	#refsSafe(old: State, cur: State): boolean {
		if (
			old.refs.length !== cur.refs.length ||
			old.activeLocks !== cur.activeLocks ||
			old.activePreempt !== cur.activePreempt ||
			old.activeRcu !== cur.activeRcu ||
			!this.#sameIds(old.activeIrqId, cur.activeIrqId) ||
			!this.#sameIds(old.activeLockId, cur.activeLockId) ||
			old.activeLockPtr !== cur.activeLockPtr
		)
			return false;
		for (let i = 0; i < old.refs.length; i++) {
			const ref = old.refs[i];
			const other = cur.refs[i];
			if (!ref || !other || !this.#sameIds(ref.id, other.id) || ref.type !== other.type)
				return false;
			if (ref.type >= REF_LOCK && ref.ptr !== other.ptr) return false;
		}
		return true;
	}
}

/** The scalar that a load of the whole slot would give: a spilled one, or an unknown one from arbitrary bytes. */
function scalarOf(slot: Slot): Reg | undefined {
	if (slot.types === ALL_SPILL) return slot.reg.type === SCALAR_VALUE ? slot.reg : undefined;
	return (slot.types & ~ALL_MISC) === 0 ? unbound : undefined;
}

/** range_within: the current bounds lie inside the old ones. */
function within(old: Reg, cur: Reg): boolean {
	return (
		!ult(cur.uminHi, cur.uminLo, old.uminHi, old.uminLo) &&
		!ult(old.umaxHi, old.umaxLo, cur.umaxHi, cur.umaxLo) &&
		!slt(cur.sminHi, cur.sminLo, old.sminHi, old.sminLo) &&
		!slt(old.smaxHi, old.smaxLo, cur.smaxHi, cur.smaxLo) &&
		old.u32Min >>> 0 <= cur.u32Min >>> 0 &&
		old.u32Max >>> 0 >= cur.u32Max >>> 0 &&
		old.s32Min <= cur.s32Min &&
		old.s32Max >= cur.s32Max
	);
}
