// References to kernel objects: taken by one call, to be given back by another (acquire_reference, release_reference,
// check_resource_leak of the kernel).

import type { Env } from "./env.ts";
import { curReg, EINVAL } from "./env.ts";
import { setUnknown } from "./reg.ts";
import type { State } from "./state.ts";
import { forEachReg, REF_LOCK, REF_PTR, topFrame } from "./state.ts";

const STRUCT_OPS = 27;

/** Takes a reference at the current instruction; gives its id. */
export function acquireRef(env: Env): number {
	const id = ++env.idGen;
	env.cur.refs = [...env.cur.refs, { type: REF_PTR, id, insn: env.pc, ptr: 0 }];
	return id;
}

/** Forgets reference `id` alone; whether there was one. The order of the others stays. */
export function dropRef(state: State, id: number): boolean {
	const index = state.refs.findIndex((ref) => ref.type === REF_PTR && ref.id === id);
	if (index < 0) return false;
	const refs = state.refs.slice();
	refs.splice(index, 1);
	state.refs = refs;
	return true;
}

/** Gives reference `id` back: every copy of the pointer becomes unusable. */
export function releaseRef(env: Env, id: number): boolean {
	if (!dropRef(env.cur, id)) return false;
	forEachReg(env.cur, (reg) => {
		if (reg.refId === id) setUnknown(reg);
	});
	return true;
}

/** check_reference_leak: pointer references still held when the program is left; functions may leave them open. */
function checkRefLeak(env: Env, thrown = false): number {
	if (!thrown && topFrame(env.cur).frameno !== 0) return 0;
	let leaking = 0;
	// A struct_ops function may give a reference back to the kernel.
	const given = env.request.type === STRUCT_OPS && !thrown ? curReg(env, 0).refId : 0;
	for (const ref of env.cur.refs) {
		if (ref.type !== REF_PTR || ref.id === given) continue;
		leaking = env.fail(
			EINVAL,
			"reference/leak",
			`Unreleased reference id=${ref.id} alloc_insn=${ref.insn}`,
		);
	}
	return leaking;
}

/** check_resource_leak: locks, references and regions that must not be open here. */
export function checkLeaks(env: Env, locks: boolean, where: string, thrown = false): number {
	const { cur } = env;
	if (locks && cur.activeLocks > 0)
		return env.fail(
			EINVAL,
			"lock/held-at-exit",
			`${where} cannot be used inside bpf_spin_lock-ed region`,
		);
	const error = checkRefLeak(env, thrown);
	if (error < 0) {
		env.note(`${where} would lead to reference leak\n`);
		return error;
	}
	if (locks && cur.activeIrqId !== 0)
		return env.fail(
			EINVAL,
			"lock/held-at-exit",
			`${where} cannot be used inside bpf_local_irq_save-ed region`,
		);
	if (locks && cur.activeRcu > 0)
		return env.fail(
			EINVAL,
			"lock/held-at-exit",
			`${where} cannot be used inside bpf_rcu_read_lock-ed region`,
		);
	if (locks && cur.activePreempt > 0)
		return env.fail(
			EINVAL,
			"lock/held-at-exit",
			`${where} cannot be used inside bpf_preempt_disable-ed region`,
		);
	return 0;
}

/** Takes the lock `ptr` (map plus one, or object) of kind `type` under identity `id`. */
export function acquireLock(env: Env, type: number, id: number, ptr: number): void {
	const { cur } = env;
	cur.refs = [...cur.refs, { type, id, insn: env.pc, ptr }];
	cur.activeLocks++;
	cur.activeLockId = id;
	cur.activeLockPtr = ptr;
}

/** Releases the lock; whether it was held. */
export function releaseLock(env: Env, type: number, id: number, ptr: number): boolean {
	const { cur } = env;
	const index = cur.refs.findIndex((r) => r.type === type && r.id === id && r.ptr === ptr);
	if (index < 0) return false;
	const refs = cur.refs.slice();
	refs.splice(index, 1);
	cur.refs = refs;
	cur.activeLocks--;
	const last = refs.findLast((r) => r.type >= REF_LOCK);
	cur.activeLockId = last?.id ?? 0;
	cur.activeLockPtr = last?.ptr ?? 0;
	return true;
}
