// Iterators on the stack: made by bpf_iter_*_new, asked by bpf_iter_*_next, given up by bpf_iter_*_destroy
// (process_iter_arg, process_iter_next_call of the kernel).

import { KF_ITER_DESTROY, KF_ITER_NEW, KF_RCU_PROTECTED } from "../abi/index.ts";
import { resolveType } from "../btf/index.ts";
import type { Env } from "./env.ts";
import { curReg, E2BIG, EFAULT, EINVAL, EPROTO, frameOfPointer } from "./env.ts";
import type { Equality } from "./equal.ts";
import { ITER_ACTIVE, ITER_DRAINED } from "./iterstate.ts";
import type { KfuncMeta } from "./kfuncmeta.ts";
import { checkAccess } from "./memory.ts";
import { markNotNull } from "./null.ts";
import { pushBranch } from "./paths.ts";
import { previousEntry } from "./prune.ts";
import { acquireRef, releaseRef } from "./refs.ts";
import {
	MEM_RCU,
	PTR_TO_STACK,
	PTR_UNTRUSTED,
	type Reg,
	setKnown,
	setNotInit,
	setZero,
} from "./reg.ts";
import { NOT_ALLOCATED, objectSlot } from "./slots.ts";
import type { StackTools } from "./stack.ts";
import type { Slot, State } from "./state.ts";
import { byteType, frameOf, regOf, STACK_ITER, slotOf, topFrame } from "./state.ts";
import { inRcu } from "./trust.ts";
import { widenImprecise } from "./widen.ts";

const ALL_ITER = 0x55555555;

/** `num` of `struct bpf_iter_num`. */
function iterName(env: Env, id: number): string {
	return env.btfName(id).replace(/^bpf_iter_/, "");
}

/** Argument `index` of the call is an iterator. */
export function iteratorArgument(
	env: Env,
	tools: StackTools,
	meta: KfuncMeta,
	index: number,
): number {
	const { kfunc } = meta;
	const regno = index + 1;
	const reg = curReg(env, regno);
	const refuse = (message: string) => env.fail(EINVAL, "iterator/argument", message);
	if (reg.type !== PTR_TO_STACK)
		return refuse(`arg#${index} expected pointer to an iterator on stack`);
	const target = iteratorType(env, kfunc.params[index]?.type ?? 0);
	if (!target) return refuse(`expected valid iter pointer as arg #${index}`);
	const count = target.size >> 3;
	if (kfunc.flags & KF_ITER_NEW) {
		if (!isUninitialized(env, reg, count))
			return refuse(`expected uninitialized iter_${iterName(env, target.id)} as arg #${index}`);
		return makeIterator(env, tools, meta, regno, target.id, count);
	}
	const invalid = findFault(env, reg, target.id, count);
	if (invalid === EPROTO)
		return env.fail(EPROTO, "iterator/rcu", `expected an RCU CS when using ${kfunc.name}`);
	if (invalid !== 0)
		return refuse(`expected an initialized iter_${iterName(env, target.id)} as arg #${index}`);
	const frame = frameOfPointer(env, reg);
	const spi = objectSlot(env, reg, count, "iter");
	for (let i = 0; i < count; i++) {
		tools.live.markRead(frame.frameno, env.pc, spi - i);
		env.scratchSlot(spi - i);
	}
	meta.iterSlot = spi;
	meta.iterFrame = reg.frameno;
	meta.refId = slotOf(frame, spi).reg.refId;
	if (kfunc.flags & KF_ITER_DESTROY) endIterator(env, tools, reg, spi, count);
	return 0;
}

function iteratorType(env: Env, param: number): { id: number; size: number } | undefined {
	const pointer = env.kernel && resolveType(env.kernel, param)?.type;
	if (!env.kernel || pointer?.kind !== "ptr") return undefined;
	const target = resolveType(env.kernel, pointer.type);
	if (target?.type.kind !== "struct" || !target.type.name.startsWith("bpf_iter_")) return undefined;
	return { id: target.id, size: target.type.size };
}

function isUninitialized(env: Env, reg: Reg, count: number): boolean {
	const spi = objectSlot(env, reg, count, "iter");
	if (spi === NOT_ALLOCATED) return true;
	if (spi < 0) return false;
	const frame = frameOfPointer(env, reg);
	for (let i = 0; i < count; i++) {
		const slot = slotOf(frame, spi - i);
		for (let j = 0; j < 8; j++) if (byteType(slot, j) === STACK_ITER) return false;
	}
	return true;
}

function makeIterator(
	env: Env,
	tools: StackTools,
	meta: KfuncMeta,
	regno: number,
	btf: number,
	count: number,
): number {
	for (let i = 0; i < count; i++) {
		const error = checkAccess(env, tools, {
			regno,
			off: 8 * i,
			size: 8,
			write: true,
			value: -1,
			strict: false,
			signed: false,
		});
		if (error < 0) return error;
	}
	const reg = curReg(env, regno);
	const frame = frameOfPointer(env, reg);
	const spi = objectSlot(env, reg, count, "iter");
	if (spi < 0) return spi;
	const id = acquireRef(env);
	for (let i = 0; i < count; i++) {
		const slot = slotOf(frame, spi - i);
		const st = slot.reg;
		setKnown(st, 0, 0);
		st.type = PTR_TO_STACK;
		if (meta.kfunc.flags & KF_RCU_PROTECTED) st.type |= inRcu(env) ? MEM_RCU : PTR_UNTRUSTED;
		st.refId = i === 0 ? id : 0;
		st.btf = btf;
		st.object = ITER_ACTIVE;
		st.frameno = 0;
		st.precise = false;
		slot.types = ALL_ITER;
		tools.live.markWrite(frame.frameno, spi - i);
		env.scratchSlot(spi - i);
	}
	return 0;
}

/** is_iter_reg_valid_init. */
function findFault(env: Env, reg: Reg, btf: number, count: number): number {
	const spi = objectSlot(env, reg, count, "iter");
	if (spi < 0) return EINVAL;
	const frame = frameOfPointer(env, reg);
	for (let i = 0; i < count; i++) {
		const slot = slotOf(frame, spi - i);
		if (slot.reg.type & PTR_UNTRUSTED) return EPROTO;
		if ((slot.reg.refId !== 0) !== (i === 0)) return EINVAL;
		if (slot.reg.btf !== btf || slot.types !== ALL_ITER) return EINVAL;
	}
	return 0;
}

function endIterator(env: Env, tools: StackTools, reg: Reg, spi: number, count: number): void {
	const frame = frameOfPointer(env, reg);
	releaseRef(env, slotOf(frame, spi).reg.refId);
	for (let i = 0; i < count; i++) {
		const slot = slotOf(frame, spi - i);
		setNotInit(slot.reg);
		slot.types = 0;
		tools.live.markWrite(frame.frameno, spi - i);
		env.scratchSlot(spi - i);
	}
}

function iteratorOf(state: State, meta: KfuncMeta): Slot {
	return slotOf(frameOf(state, meta.iterFrame), meta.iterSlot);
}

/** Whether the iterator that the call asks lives by an RCU section. */
export function isRcuIterator(env: Env, meta: KfuncMeta): boolean {
	return (iteratorOf(env.cur, meta).reg.type & MEM_RCU) !== 0;
}

/** process_iter_next_call: one path gets an element, this one finds the end. */
export function iteratorNext(env: Env, equality: Equality, meta: KfuncMeta): number {
	const { cur, pc } = env;
	const iterator = iteratorOf(cur, meta).reg;
	if ((iterator.object & 255) === ITER_ACTIVE) {
		const { parent } = cur;
		if (!parent || parent.insn !== pc)
			return env.fail(EFAULT, "internal/iterator", "bug: bad parent state for iter next call");
		const previous = previousEntry(env, pc, parent);
		const queued = pushBranch(env, pc + 1, pc);
		if (!queued) return -E2BIG;
		iteratorOf(queued, meta).reg.object += 1 << 8;
		if (previous) widenImprecise(equality, previous, queued);
		markNotNull(env, regOf(topFrame(queued), 0));
	}
	iterator.object = (iterator.object & ~255) | ITER_DRAINED;
	setZero(regOf(topFrame(cur), 0));
	return 0;
}
