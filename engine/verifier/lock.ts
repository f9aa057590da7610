// bpf_spin_lock and bpf_spin_unlock (process_spin_lock of the kernel).

import type { Env } from "./env.ts";
import { curReg, EINVAL } from "./env.ts";
import { acquireLock, releaseLock } from "./refs.ts";
import { constNumber, PTR_TO_MAP_VALUE } from "./reg.ts";
import { mapOf } from "./region.ts";

const SPIN_LOCK = 93;

/** Register `regno` is the lock that helper `id` takes or releases. */
export function processSpinLock(env: Env, regno: number, id: number): number {
	const reg = curReg(env, regno);
	const refuse = (message: string) => env.fail(EINVAL, "lock/misuse", message);
	if ((reg.maskHi | reg.maskLo) !== 0)
		return refuse(
			`R${regno} doesn't have constant offset. bpf_spin_lock has to be at the constant offset`,
		);
	if (reg.type !== PTR_TO_MAP_VALUE) return env.giveUp("locks in allocated objects");
	const map = mapOf(env, reg);
	const name = map.spec.name.slice(0, 15);
	if (!map.spec.btfValueTypeId)
		return refuse(`map '${name}' has to have BTF in order to use bpf_spin_lock`);
	const field = map.fields.find((f) => f.kind === "bpf_spin_lock");
	if (!field) return refuse(`map '${name}' has no valid bpf_spin_lock`);
	const off = constNumber(reg) + reg.off;
	if (field.offset !== off)
		return refuse(`off ${off} doesn't point to 'struct bpf_spin_lock' that is at ${field.offset}`);
	const ptr = reg.map + 1;
	if (id === SPIN_LOCK) {
		if (env.cur.activeLocks > 0) return refuse("Locking two bpf_spin_locks are not allowed");
		acquireLock(env, reg.id, ptr);
		return 0;
	}
	if (env.cur.activeLocks === 0) return refuse("bpf_spin_unlock without taking a lock");
	if (!releaseLock(env, reg.id, ptr)) return refuse("bpf_spin_unlock of different lock");
	return 0;
}
