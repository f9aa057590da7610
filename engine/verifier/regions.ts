// Regions of code that a kfunc opens and another closes: RCU read sections, disabled preemption, disabled interrupts.

import type { Env } from "./env.ts";
import { curReg, EACCES, EINVAL, frameOfPointer } from "./env.ts";
import type { KfuncMeta } from "./kfuncmeta.ts";
import { checkAccess } from "./memory.ts";
import {
	MEM_RCU,
	PTR_MAYBE_NULL,
	PTR_TO_STACK,
	PTR_UNTRUSTED,
	type Reg,
	setKnown,
	setNotInit,
} from "./reg.ts";
import { NOT_ALLOCATED, objectSlot } from "./slots.ts";
import type { StackTools } from "./stack.ts";
import {
	byteType,
	forEachReg,
	frameOf,
	REF_IRQ,
	STACK_IRQ_FLAG,
	STACK_ITER,
	type State,
	slotOf,
} from "./state.ts";

/** What the call does to the regions that are open, and whether it may sleep there. */
export function enterRegions(env: Env, meta: KfuncMeta, sleepable: boolean): number {
	const { name } = meta.kfunc;
	return (
		rcuRegion(env, name, sleepable) ||
		preemptRegion(env, name, sleepable) ||
		(env.cur.activeIrqId !== 0 && sleepable
			? env.fail(
					EACCES,
					"kfunc/sleeps",
					`kernel func ${name} is sleepable within IRQ-disabled region`,
				)
			: 0)
	);
}

function rcuRegion(env: Env, name: string, sleepable: boolean): number {
	const { cur } = env;
	const lock = name === "bpf_rcu_read_lock";
	const unlock = name === "bpf_rcu_read_unlock";
	const refuse = (message: string) => env.fail(EINVAL, "region/unmatched", message);
	if (cur.activeRcu > 0) {
		if (lock) return refuse(`nested rcu read lock (kernel function ${name})`);
		if (unlock) {
			forEachObject(cur, (reg) => {
				if (reg.type & MEM_RCU) reg.type = (reg.type & ~(MEM_RCU | PTR_MAYBE_NULL)) | PTR_UNTRUSTED;
			});
			cur.activeRcu = 0;
		} else if (sleepable)
			return env.fail(
				EACCES,
				"kfunc/sleeps",
				`kernel func ${name} is sleepable within rcu_read_lock region`,
			);
	} else if (lock) cur.activeRcu = 1;
	else if (unlock) return refuse(`unmatched rcu read unlock (kernel function ${name})`);
	return 0;
}

/** Registers, spilled ones, and iterators. */
function forEachObject(state: State, visit: (reg: Reg) => void): void {
	forEachReg(state, visit);
	for (let f = 0; f <= state.curframe; f++) {
		const frame = frameOf(state, f);
		for (let i = 0; i < frame.slots; i++) {
			const slot = slotOf(frame, i);
			if (byteType(slot, 7) === STACK_ITER) visit(slot.reg);
		}
	}
}

function preemptRegion(env: Env, name: string, sleepable: boolean): number {
	const { cur } = env;
	if (name === "bpf_preempt_disable") cur.activePreempt++;
	else if (name === "bpf_preempt_enable") {
		if (cur.activePreempt === 0)
			return env.fail(
				EINVAL,
				"region/unmatched",
				`unmatched attempt to enable preemption (kernel function ${name})`,
			);
		cur.activePreempt--;
	} else if (cur.activePreempt > 0 && sleepable)
		return env.fail(
			EACCES,
			"kfunc/sleeps",
			`kernel func ${name} is sleepable within non-preemptible region`,
		);
	return 0;
}

const ALL_IRQ = 0x66666666;
/** Which kfuncs saved the flags: those of locks, or bpf_local_irq_save. */
const NATIVE = 1;
const LOCK = 2;

/** process_irq_flag: argument `index` keeps, or gives back, the state of the interrupts. */
export function irqFlagArgument(
	env: Env,
	tools: StackTools,
	meta: KfuncMeta,
	index: number,
): number {
	const { name } = meta.kfunc;
	const regno = index + 1;
	const reg = curReg(env, regno);
	const kind = name.startsWith("bpf_local_irq") ? NATIVE : LOCK;
	const refuse = (message: string) => env.fail(EINVAL, "irq/argument", message);
	if (reg.type !== PTR_TO_STACK)
		return refuse(`arg#${index} doesn't point to an irq flag on stack`);
	const spi = objectSlot(env, reg, 1, "irq_flag");
	const frame = frameOfPointer(env, reg);
	if (name.endsWith("save")) {
		const fresh = spi === NOT_ALLOCATED || (spi >= 0 && !holdsIrq(slotOf(frame, spi).types));
		if (!fresh) return refuse(`expected uninitialized irq flag as arg#${index}`);
		return saveIrq(env, tools, regno, kind);
	}
	const slot = spi >= 0 ? slotOf(frame, spi) : undefined;
	if (!slot || slot.types !== ALL_IRQ || slot.reg.refId === 0)
		return refuse(`expected an initialized irq flag as arg#${index}`);
	tools.live.markRead(frame.frameno, env.pc, spi);
	env.scratchSlot(spi);
	const words = ["", "native", "lock"];
	if (slot.reg.object !== kind)
		return refuse(
			`irq flag acquired by ${words[slot.reg.object]} kfuncs cannot be restored with ${words[kind]} kfuncs`,
		);
	const error = releaseIrq(env, slot.reg.refId);
	if (error < 0) return error;
	setNotInit(slot.reg);
	slot.types = 0;
	tools.live.markWrite(frame.frameno, spi);
	env.scratchSlot(spi);
	return 0;
}

function holdsIrq(types: number): boolean {
	for (let j = 0; j < 8; j++) if (((types >>> (4 * j)) & 15) === STACK_IRQ_FLAG) return true;
	return false;
}

function saveIrq(env: Env, tools: StackTools, regno: number, kind: number): number {
	const error = checkAccess(env, tools, {
		regno,
		off: 0,
		size: 8,
		write: true,
		value: -1,
		strict: false,
		signed: false,
	});
	if (error < 0) return error;
	const reg = curReg(env, regno);
	const spi = objectSlot(env, reg, 1, "irq_flag");
	if (spi < 0) return spi;
	const { cur } = env;
	const id = ++env.idGen;
	cur.refs = [...cur.refs, { type: REF_IRQ, id, insn: env.pc, ptr: 0 }];
	cur.activeIrqId = id;
	const frame = frameOfPointer(env, reg);
	const slot = slotOf(frame, spi);
	setKnown(slot.reg, 0, 0);
	slot.reg.type = PTR_TO_STACK;
	slot.reg.refId = id;
	slot.reg.object = kind;
	slot.reg.frameno = 0;
	slot.types = ALL_IRQ;
	tools.live.markWrite(frame.frameno, spi);
	env.scratchSlot(spi);
	return 0;
}

/** release_irq_state: only the flags saved last. */
function releaseIrq(env: Env, id: number): number {
	const { cur } = env;
	const active = cur.refs.find((ref) => ref.type === REF_IRQ && ref.id === cur.activeIrqId);
	if (id !== cur.activeIrqId)
		return env.fail(
			EACCES,
			"irq/order",
			`cannot restore irq state out of order, expected id=${cur.activeIrqId} acquired at insn_idx=${active?.insn ?? 0}`,
		);
	const refs = cur.refs.filter((ref) => ref.type !== REF_IRQ || ref.id !== id);
	cur.refs = refs;
	cur.activeIrqId = refs.findLast((ref) => ref.type === REF_IRQ)?.id ?? 0;
	return 0;
}
