// Dynptrs in calls of kernel functions: which kind each makes, and pointers into them (KF_ARG_PTR_TO_DYNPTR and
// bpf_dynptr_slice of the kernel).

import { dynptrArgument, dynptrFacts, sliceFlag } from "./dynptr.ts";
import { DYNPTR_SKB, DYNPTR_SKB_META, DYNPTR_XDP } from "./dynslots.ts";
import type { Env } from "./env.ts";
import { curReg, EFAULT, EINVAL } from "./env.ts";
import type { KfuncMeta } from "./kfuncmeta.ts";
import { mayAccessPacket } from "./memory.ts";
import {
	CONST_PTR_TO_DYNPTR,
	constNumber,
	MEM_RDONLY,
	PTR_TO_MEM,
	type Reg,
	setKnown,
} from "./reg.ts";
import type { StackTools } from "./stack.ts";

const made: Readonly<Record<string, number>> = {
	bpf_dynptr_from_skb: DYNPTR_SKB,
	bpf_dynptr_from_xdp: DYNPTR_XDP,
	bpf_dynptr_from_skb_meta: DYNPTR_SKB_META,
};

/** Argument `index` of the call is a dynptr; by its name the call makes it, or it must be one. */
export function dynptrParam(env: Env, tools: StackTools, meta: KfuncMeta, index: number): number {
	const { kfunc } = meta;
	const regno = index + 1;
	const reg = curReg(env, regno);
	const isConst = reg.type === CONST_PTR_TO_DYNPTR;
	const makes = kfunc.params[index]?.name.endsWith("__uninit") === true;
	if (isConst && makes)
		return env.fail(
			EFAULT,
			"internal/dynptr",
			"verifier bug: misconfigured dynptr helper type flags",
		);
	let kind = made[kfunc.name] ?? 0;
	let cloneRef = 0;
	if (makes && kfunc.name === "bpf_dynptr_clone" && meta.dynptr) {
		kind = meta.dynptr.kind;
		cloneRef = meta.dynptr.refId;
	}
	const error = dynptrArgument(env, tools, regno, { makes, keeps: isConst, kind, cloneRef });
	if (error < 0 || makes) return error;
	meta.dynptr = dynptrFacts(env, reg);
	return 0;
}

/** What bpf_dynptr_slice and bpf_dynptr_slice_rdwr return: memory of a constant size, null apart. */
export function sliceResult(env: Env, meta: KfuncMeta, r0: Reg): number {
	const { dynptr, constant } = meta;
	if (!dynptr || !constant)
		return env.fail(EINVAL, "internal/kfunc", "verifier bug: slice without dynptr or size");
	setKnown(r0, constant.hi, constant.lo);
	const size = constNumber(r0);
	setKnown(r0, 0, 0);
	r0.type = PTR_TO_MEM | sliceFlag(dynptr.kind);
	r0.size = size;
	r0.uid = dynptr.id;
	if (meta.kfunc.name === "bpf_dynptr_slice") r0.type |= MEM_RDONLY;
	else if (!mayAccessPacket(env, true))
		return env.fail(EINVAL, "dynptr/read-only", "the prog does not allow writes to packet data");
	return 0;
}
