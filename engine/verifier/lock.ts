// bpf_spin_lock and bpf_spin_unlock (process_spin_lock of the kernel).

import type { Env } from "./env.ts";
import { curReg, EACCES, EINVAL } from "./env.ts";
import { fieldsOf } from "./fields.ts";
import { inTreeCallback } from "./kfuncs.ts";
import { acquireLock, releaseLock } from "./refs.ts";
import { constNumber, NON_OWN_REF, PTR_TO_MAP_VALUE, type Reg, setUnknown } from "./reg.ts";
import { mapOf } from "./region.ts";
import { forEachReg } from "./state.ts";

const SPIN_LOCK = 93;

/** Register `regno` is the lock that helper `id` takes or releases. */
export function processSpinLock(env: Env, regno: number, id: number): number {
	const reg = curReg(env, regno);
	const refuse = (message: string) => env.fail(EINVAL, "lock/misuse", message);
	if (inTreeCallback(env))
		return env.fail(EACCES, "lock/in-callback", "can't spin_{lock,unlock} in rbtree cb");
	if ((reg.maskHi | reg.maskLo) !== 0)
		return refuse(
			`R${regno} doesn't have constant offset. bpf_spin_lock has to be at the constant offset`,
		);
	const map = reg.type === PTR_TO_MAP_VALUE ? mapOf(env, reg) : undefined;
	const name = map?.spec.name.slice(0, 15) ?? "kptr";
	if (map && !map.spec.btfValueTypeId)
		return refuse(`map '${name}' has to have BTF in order to use bpf_spin_lock`);
	const field = fieldsOf(env, reg).find((f) => f.kind === "bpf_spin_lock");
	if (!field) return refuse(`${map ? "map" : "local"} '${name}' has no valid bpf_spin_lock`);
	const off = constNumber(reg) + reg.off;
	if (field.offset !== off)
		return refuse(`off ${off} doesn't point to 'struct bpf_spin_lock' that is at ${field.offset}`);
	const ptr = lockPointer(reg);
	if (id === SPIN_LOCK) {
		if (env.cur.activeLocks > 0) return refuse("Locking two bpf_spin_locks are not allowed");
		acquireLock(env, reg.id, ptr);
		return 0;
	}
	if (env.cur.activeLocks === 0) return refuse("bpf_spin_unlock without taking a lock");
	if (!releaseLock(env, reg.id, ptr)) return refuse("bpf_spin_unlock of different lock");
	forEachReg(env.cur, (other) => {
		if (other.type & NON_OWN_REF) setUnknown(other);
	});
	return 0;
}

/** What tells the lock in a map's value from others: the map, or that it lies in an allocated object. */
export function lockPointer(reg: Reg): number {
	return reg.type === PTR_TO_MAP_VALUE ? reg.map + 1 : 1;
}
