// Spin locks, and the resilient ones of kernel functions (process_spin_lock of the kernel).

import type { Env } from "./env.ts";
import { curReg, EACCES, EFAULT, EINVAL } from "./env.ts";
import { fieldsOf } from "./fields.ts";
import { inTreeCallback } from "./kfuncs.ts";
import { pushBranch } from "./paths.ts";
import { setRange32 } from "./range.ts";
import { acquireLock, releaseLock } from "./refs.ts";
import {
	constNumber,
	MEM_ALLOC,
	NON_OWN_REF,
	PTR_TO_BTF_ID,
	PTR_TO_MAP_VALUE,
	type Reg,
	setNotInit,
	setUnknown,
} from "./reg.ts";
import { mapOf } from "./region.ts";
import { forEachReg, REF_LOCK, REF_RES_LOCK, REF_RES_LOCK_IRQ, regOf, topFrame } from "./state.ts";

const SPIN_LOCK = 93;

/** What a call does with a lock. */
interface LockUse {
	readonly takes: boolean;
	/** A resilient lock: several may be held, and taking one may fail. */
	readonly resilient: boolean;
	/** REF_LOCK, REF_RES_LOCK or REF_RES_LOCK_IRQ. */
	readonly type: number;
}

/** Register `regno` is the lock that helper `id` takes or releases. */
export function processSpinLock(env: Env, regno: number, id: number): number {
	if (inTreeCallback(env))
		return env.fail(EACCES, "lock/in-callback", "can't spin_{lock,unlock} in rbtree cb");
	return processLock(env, regno, { takes: id === SPIN_LOCK, resilient: false, type: REF_LOCK });
}

/** Argument `index` is the lock that the kernel function `name` takes or releases. */
export function resilientArgument(env: Env, name: string, index: number): number {
	const { type } = curReg(env, index + 1);
	if (type !== PTR_TO_MAP_VALUE && type !== (PTR_TO_BTF_ID | MEM_ALLOC))
		return env.fail(
			EINVAL,
			"lock/misuse",
			`arg#${index} doesn't point to map value or allocated object`,
		);
	return processLock(env, index + 1, {
		takes: name.startsWith("bpf_res_spin_lock"),
		resilient: true,
		type: /_irq(save|restore)$/.test(name) ? REF_RES_LOCK_IRQ : REF_RES_LOCK,
	});
}

/** Taking a resilient lock may fail: the path on which it did goes on without it. */
export function forkFailedLock(env: Env, name: string): number {
	if (!name.startsWith("bpf_res_spin_lock")) return 0;
	const branch = pushBranch(env, env.pc + 1, env.pc);
	if (!branch) return -EFAULT;
	const frame = topFrame(branch);
	for (let r = 0; r <= 5; r++) setNotInit(regOf(frame, r));
	const result = regOf(frame, 0);
	setUnknown(result);
	setRange32(result, -MAX_ERRNO, -1);
	return 0;
}

const MAX_ERRNO = 4095;

function processLock(env: Env, regno: number, use: LockUse): number {
	const reg = curReg(env, regno);
	const word = use.resilient ? "bpf_res_spin" : "bpf_spin";
	const kind = `${word}_lock`;
	const refuse = (message: string) => env.fail(EINVAL, "lock/misuse", message);
	if ((reg.maskHi | reg.maskLo) !== 0)
		return refuse(
			`R${regno} doesn't have constant offset. ${kind} has to be at the constant offset`,
		);
	const map = reg.type === PTR_TO_MAP_VALUE ? mapOf(env, reg) : undefined;
	const name = map?.spec.name.slice(0, 15) ?? "kptr";
	if (map && !map.spec.btfValueTypeId)
		return refuse(`map '${name}' has to have BTF in order to use ${kind}`);
	const field = fieldsOf(env, reg).find((f) => f.kind === kind);
	if (!field) return refuse(`${map ? "map" : "local"} '${name}' has no valid ${kind}`);
	const off = constNumber(reg) + reg.off;
	if (field.offset !== off)
		return refuse(`off ${off} doesn't point to 'struct ${kind}' that is at ${field.offset}`);
	return use.takes ? takeLock(env, reg, use) : giveLock(env, reg, use, word);
}

function takeLock(env: Env, reg: Reg, use: LockUse): number {
	const refuse = (message: string) => env.fail(EINVAL, "lock/misuse", message);
	const ptr = lockPointer(reg);
	const held = env.cur.refs.some(
		(ref) => ref.type > REF_LOCK && ref.id === reg.id && ref.ptr === ptr,
	);
	if (env.cur.activeLocks > 0) {
		if (!use.resilient) return refuse("Locking two bpf_spin_locks are not allowed");
		if (held) return refuse("Acquiring the same lock again, AA deadlock detected");
	}
	acquireLock(env, use.type, reg.id, ptr);
	return 0;
}

function giveLock(env: Env, reg: Reg, use: LockUse, word: string): number {
	const refuse = (message: string) => env.fail(EINVAL, "lock/misuse", message);
	const { cur } = env;
	const ptr = lockPointer(reg);
	if (cur.activeLocks === 0) return refuse(`${word}_unlock without taking a lock`);
	const held = cur.refs.some((r) => r.type === use.type && r.id === reg.id && r.ptr === ptr);
	if (!held) return refuse(`${word}_unlock of different lock`);
	if (reg.id !== cur.activeLockId || ptr !== cur.activeLockPtr)
		return refuse(`${word}_unlock cannot be out of order`);
	releaseLock(env, use.type, reg.id, ptr);
	forEachReg(cur, (other) => {
		if (other.type & NON_OWN_REF) setUnknown(other);
	});
	return 0;
}

/** What tells the lock in a map's value from others: the map, or that it lies in an allocated object. */
export function lockPointer(reg: Reg): number {
	return reg.type === PTR_TO_MAP_VALUE ? reg.map + 1 : 1;
}
