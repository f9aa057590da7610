// What a kfunc returns, by its prototype and by what its arguments were (the second half of check_kfunc_call of the
// kernel).

import { KF_ACQUIRE, KF_ITER_NEXT, KF_RCU_PROTECTED, KF_RET_NULL } from "../abi/index.ts";
import type { BtfType } from "../btf/index.ts";
import { resolveType, sizeOf } from "../btf/index.ts";
import type { Env } from "./env.ts";
import { curReg, EINVAL } from "./env.ts";
import { localFields } from "./fields.ts";
import { isRcuIterator } from "./iter.ts";
import type { KfuncMeta } from "./kfuncmeta.ts";
import { objectResult, setNonOwning } from "./objects.ts";
import { acquireRef } from "./refs.ts";
import * as R from "./reg.ts";
import { sliceResult } from "./slice.ts";

/** r0 after the call. */
export function kfuncResult(env: Env, meta: KfuncMeta): number {
	const { kernel } = env;
	const { kfunc } = meta;
	if (!kernel) return -EINVAL;
	const r0 = curReg(env, 0);
	const type = resolveType(kernel, kfunc.returns)?.type;
	if (type === undefined) return 0;
	if (type.kind !== "ptr") {
		if (kfunc.flags & KF_ACQUIRE) return noPointer(env);
		R.setUnknown(r0);
		// The path on which the lock was not to be had has been put aside.
		if (kfunc.name.startsWith("bpf_res_spin_lock")) R.setZero(r0);
		return 0;
	}
	const target = resolveType(kernel, type.type);
	const error = pointerResult(env, meta, r0, target?.id ?? 0, target?.type);
	if (error < 0) return error;
	return identify(env, meta, r0);
}

function noPointer(env: Env): number {
	return env.fail(EINVAL, "kfunc/acquire", "acquire kernel function does not return PTR_TO_BTF_ID");
}

function pointer(r0: R.Reg, type: number): number {
	R.setKnown(r0, 0, 0);
	r0.type = type;
	return 0;
}

function pointerResult(
	env: Env,
	meta: KfuncMeta,
	r0: R.Reg,
	id: number,
	target: BtfType | undefined,
): number {
	switch (meta.kfunc.name) {
		case "bpf_cast_to_kern_ctx":
			pointer(r0, R.PTR_TO_BTF_ID | R.PTR_TRUSTED);
			r0.btf = meta.retBtf;
			return 0;
		case "bpf_rdonly_cast":
			return castResult(env, meta, r0);
		case "bpf_dynptr_slice":
		case "bpf_dynptr_slice_rdwr":
			return sliceResult(env, meta, r0);
		case "bpf_session_cookie":
			pointer(r0, R.PTR_TO_MEM);
			r0.size = 8;
			return 0;
		default:
	}
	const special = objectResult(env, meta, r0);
	if (special !== undefined) return special;
	if (target?.kind === "struct" || target?.kind === "union") {
		pointer(r0, R.PTR_TO_BTF_ID);
		r0.btf = id;
		if (meta.kfunc.name === "bpf_get_kmem_cache") r0.type |= R.PTR_UNTRUSTED;
		else if (meta.kfunc.flags & KF_RCU_PROTECTED) r0.type |= R.MEM_RCU;
		if (meta.kfunc.flags & KF_ITER_NEXT)
			r0.type |= isRcuIterator(env, meta) ? R.MEM_RCU : R.PTR_TRUSTED;
		return 0;
	}
	if (target === undefined) {
		R.setUnknown(r0);
		return 0;
	}
	return memoryResult(env, meta, r0, id);
}

/** A pointer to something plain: memory of that size. */
function memoryResult(env: Env, meta: KfuncMeta, r0: R.Reg, id: number): number {
	let size = meta.r0Size;
	let readOnly = meta.r0ReadOnly;
	if (size === 0) {
		size = (env.kernel && sizeOf(env.kernel, id)) ?? 0;
		readOnly = true;
	}
	pointer(r0, R.PTR_TO_MEM | (readOnly ? R.MEM_RDONLY : 0));
	r0.size = size;
	r0.refId = meta.refId;
	return 0;
}

/** bpf_rdonly_cast: a struct, or memory of any kind when the type is void. */
function castResult(env: Env, meta: KfuncMeta, r0: R.Reg): number {
	const id = meta.constant?.lo ?? 0;
	const type = env.kernel?.types[id];
	if (id === 0 || type?.kind === "void") {
		pointer(r0, R.PTR_TO_MEM | R.MEM_RDONLY | R.PTR_UNTRUSTED);
		r0.size = 0;
		return 0;
	}
	if (!type)
		return env.fail(
			EINVAL,
			"kfunc/argument",
			`Unknown type ID ${id | 0} passed to kfunc bpf_rdonly_cast`,
		);
	if (type.kind !== "struct" && type.kind !== "union")
		return env.fail(
			EINVAL,
			"kfunc/argument",
			"kfunc bpf_rdonly_cast type ID argument must be of a struct or void",
		);
	pointer(r0, R.PTR_TO_BTF_ID | R.PTR_UNTRUSTED);
	r0.btf = id;
	return 0;
}

const nodeLookups = new Set([
	"bpf_rbtree_first",
	"bpf_rbtree_root",
	"bpf_rbtree_left",
	"bpf_rbtree_right",
	"bpf_list_front",
	"bpf_list_back",
]);

/** Null, references and identities of the pointer returned. */
function identify(env: Env, meta: KfuncMeta, r0: R.Reg): number {
	const { flags, name } = meta.kfunc;
	const orNull =
		(flags & KF_RET_NULL) !== 0 && !(name === "bpf_refcount_acquire_impl" && meta.owning);
	if (orNull) {
		r0.type |= R.PTR_MAYBE_NULL;
		r0.id = ++env.idGen;
	}
	if (flags & KF_ACQUIRE) {
		const id = acquireRef(env);
		if (orNull) r0.id = id;
		r0.refId = id;
	} else if (nodeLookups.has(name)) {
		setNonOwning(env, r0);
	}
	if (r0.id === 0 && hasField(env, r0, "bpf_spin_lock", "bpf_res_spin_lock")) r0.id = ++env.idGen;
	return 0;
}

function hasField(env: Env, reg: R.Reg, ...kinds: readonly string[]): boolean {
	if (reg.btf >= 0 || (reg.type & R.MEM_ALLOC) === 0) return false;
	return localFields(env, -reg.btf).some((f) => kinds.includes(f.kind));
}
