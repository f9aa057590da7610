// Calls of kernel functions: may the program call it here, do the arguments fit, what does it return (check_kfunc_call of
// the kernel).

import * as abi from "../abi/index.ts";
import { asyncCall } from "./async.ts";
import { treeCall } from "./callback.ts";
import type { Env } from "./env.ts";
import { curReg, EACCES, EFAULT, EINVAL } from "./env.ts";
import type { Equality } from "./equal.ts";
import { checkReturnCode } from "./exit.ts";
import { iteratorNext } from "./iter.ts";
import { checkKfuncArguments } from "./kfuncarg.ts";
import { type KfuncMeta, newKfuncMeta } from "./kfuncmeta.ts";
import { kfuncResult } from "./kfuncret.ts";
import { kfuncById } from "./kfuncs.ts";
import type { LiveStack } from "./livestack.ts";
import { forkFailedLock } from "./lock.ts";
import { insertNode, setNode, setNonOwning } from "./objects.ts";
import { clearCallerSaved } from "./operand.ts";
import { clearPacketPointers } from "./packet.ts";
import type { Precision } from "./precision.ts";
import { releaseRef } from "./refs.ts";
import { enterRegions } from "./regions.ts";
import { topFrame } from "./state.ts";
import { inRcu } from "./trust.ts";

interface KfuncTools {
	readonly precision: Precision;
	readonly equality: Equality;
	readonly live: LiveStack;
}

/** The kfunc call at `pc`. */
export function checkKfunc(env: Env, tools: KfuncTools, pc: number): number {
	const kfunc = kfuncById(env, env.code.imm[pc] as number);
	if (!kfunc) return env.giveUp("kfunc calls without a kernel's BTF");
	const { name, flags } = kfunc;
	if (!kfunc.allowed)
		return env.fail(EACCES, "kfunc/not-allowed", `calling kernel function ${name} is not allowed`);
	if (name === "__bpf_trap")
		return env.fail(EFAULT, "kfunc/trap", "unexpected __bpf_trap() due to uninitialized variable?");
	const forked = forkFailedLock(env, name);
	if (forked < 0) return forked;
	const sleepable = (flags & abi.KF_SLEEPABLE) !== 0;
	if (sleepable && !env.cur.inSleepable)
		return env.fail(
			EACCES,
			"kfunc/sleeps",
			`program must be sleepable to call sleepable kfunc ${name}`,
		);
	const meta = newKfuncMeta(kfunc);
	const error =
		checkKfuncArguments(env, tools, meta) ||
		compareNodes(env, tools, meta) ||
		enterRegions(env, meta, sleepable) ||
		checkProtected(env, meta) ||
		release(env, meta) ||
		insertNode(env, meta) ||
		callLater(env, tools, meta) ||
		checkThrown(env, tools, name);
	if (error < 0) return error;
	clearCallerSaved(env, topFrame(env.cur));
	const returned = kfuncResult(env, meta);
	if (returned < 0) return returned;
	if (name === "bpf_xdp_pull_data") clearPacketPointers(env.cur);
	return flags & abi.KF_ITER_NEXT ? iteratorNext(env, tools.equality, meta) : 0;
}

/** A node finds its place in a tree by a function of the program. */
function compareNodes(env: Env, tools: KfuncTools, meta: KfuncMeta): number {
	const { root } = meta;
	if (meta.kfunc.name !== "bpf_rbtree_add_impl" || !root) return 0;
	return treeCall(env, tools, meta.subprog, (reg) => {
		setNode(reg, root);
		setNonOwning(env, reg);
	});
}

/** What a work queue or a task runs later is walked on its own, and may sleep. */
function callLater(env: Env, tools: KfuncTools, meta: KfuncMeta): number {
	const { subprog } = meta;
	switch (meta.kfunc.name) {
		case "bpf_wq_set_callback_impl":
			return asyncCall(env, tools, { subprog, sleepable: true, mapReg: 1, min: 0, max: 0 });
		case "bpf_task_work_schedule_resume_impl":
		case "bpf_task_work_schedule_signal_impl":
			return asyncCall(env, tools, {
				subprog,
				sleepable: true,
				mapReg: 3,
				min: -0x80000000,
				max: 0x7fffffff,
			});
		default:
			return 0;
	}
}

/** What is thrown becomes the program's value when the program has no function for it. */
function checkThrown(env: Env, tools: KfuncTools, name: string): number {
	if (name !== "bpf_throw" || env.exceptionCallback !== 0) return 0;
	return checkReturnCode(env, tools.precision, 1);
}

/** Functions that only an RCU read section protects. */
function checkProtected(env: Env, meta: KfuncMeta): number {
	if ((meta.kfunc.flags & abi.KF_RCU_PROTECTED) === 0 || inRcu(env)) return 0;
	return env.fail(
		EACCES,
		"kfunc/rcu",
		`kernel func ${meta.kfunc.name} requires RCU critical section protection`,
	);
}

function release(env: Env, meta: KfuncMeta): number {
	if (meta.releaseReg === 0) return 0;
	if (releaseRef(env, curReg(env, meta.releaseReg).refId)) return 0;
	return env.fail(
		EINVAL,
		"reference/not-held",
		`kfunc ${meta.kfunc.name}#${meta.kfunc.id} reference has not been acquired before`,
	);
}
