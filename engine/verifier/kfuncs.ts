// The kernel function that an instruction calls: its name and prototype from the kernel's BTF, its flags from the table
// (fetch_kfunc_arg_meta of the kernel). Knows nothing of registers.

import { isMetadataKfunc, type KfuncFacts, kfuncFacts } from "../abi/index.ts";
import type { BtfType } from "../btf/index.ts";
import { findTypes, resolveType } from "../btf/index.ts";
import * as isa from "../isa/index.ts";
import type { Env } from "./env.ts";
import { EINVAL, EPROTO } from "./env.ts";
import type { Kfunc } from "./kernelnames.ts";
import { topFrame } from "./state.ts";

const KFUNC_CALL = isa.BPF_JMP | isa.BPF_CALL;

function lookUp(env: Env, id: number): Kfunc | undefined {
	const func = env.kernel?.types[id];
	if (func?.kind !== "func") return undefined;
	const proto = env.kernel?.types[func.type];
	if (proto?.kind !== "func_proto") return undefined;
	const facts: KfuncFacts | undefined = kfuncFacts(func.name);
	const { type, expectedAttachType } = env.request;
	return {
		id,
		name: func.name,
		flags: facts?.flags ?? 0,
		allowed: facts?.allows(type, expectedAttachType) ?? false,
		params: proto.params,
		returns: proto.returns,
	};
}

/** Kernel function number `id`, undefined when the kernel's BTF has none. */
export function kfuncById(env: Env, id: number): Kfunc | undefined {
	const { kfuncs } = env.names;
	if (!kfuncs.has(id)) kfuncs.set(id, lookUp(env, id));
	return kfuncs.get(id);
}

/** The kernel function called at `pc`; undefined when none is, or the program may not call it. */
export function kfuncAt(env: Env, pc: number): Kfunc | undefined {
	if (env.code.opcode[pc] !== KFUNC_CALL || env.code.src[pc] !== 2 || env.code.off[pc] !== 0)
		return undefined;
	const kfunc = kfuncById(env, env.code.imm[pc] as number);
	return kfunc?.allowed ? kfunc : undefined;
}

/** Whether the instruction calls the kernel function `name`. */
export function callsKfunc(env: Env, pc: number, name: string): boolean {
	return kfuncAt(env, pc)?.name === name;
}

/** Id of struct or union `name` in the kernel's BTF, 0 when there is none. */
export function kernelStruct(env: Env, name: string): number {
	const { structs } = env.names;
	let id = structs.get(name);
	if (id === undefined) {
		id = env.kernel ? (findTypes(env.kernel, name, "struct", "union")[0] ?? 0) : 0;
		structs.set(name, id);
	}
	return id;
}

/** add_kfunc_call: what is wrong with a call before anything is walked. */
export function checkKfuncCall(env: Env, pc: number): number {
	if (!env.gpl)
		return env.fail(
			EINVAL,
			"kfunc/gpl-only",
			"cannot call kernel function from non-GPL compatible program",
		);
	const id = env.code.imm[pc] as number;
	// A call of kfunc 0 is accepted here and refused only where it is reached.
	if (id === 0 && env.code.off[pc] === 0) return 0;
	if (!env.kernel) return env.giveUp("kfunc calls without a kernel's BTF");
	// Functions of modules come by file descriptors, of which no request has any.
	const module = env.code.off[pc] as number;
	if (module !== 0) {
		env.note(
			module < 0
				? "negative offset disallowed for kernel module function call\n"
				: "kfunc offset > 0 without fd_array is invalid\n",
		);
		const errno = module < 0 ? EINVAL : EPROTO;
		return env.fail(errno, "kfunc/module", "failed to find BTF for kernel function");
	}
	const type: BtfType | undefined = env.kernel.types[id];
	if (type?.kind !== "func")
		return env.fail(EINVAL, "kfunc/unknown", `kernel btf_id ${id >>> 0} is not a function`);
	if (isMetadataKfunc(type.name))
		return env.fail(EINVAL, "kfunc/not-allowed", "metadata kfuncs require device-bound program");
	if (resolveType(env.kernel, type.type)?.type.kind === "func_proto") return 0;
	return env.fail(
		EINVAL,
		"kfunc/unknown",
		`kernel function btf_id ${id} does not have a valid func_proto`,
	);
}

const UNDER_LOCK = /^bpf_(list_|rbtree_|refcount_acquire_impl$|iter_num_|res_spin_)/;

/** Whether the kernel function called at `pc` may be called while a lock is held (kfunc_spin_allowed). */
export function allowedUnderLock(env: Env, pc: number): boolean {
	return UNDER_LOCK.test(kfuncById(env, env.code.imm[pc] as number)?.name ?? "");
}

/** Whether the path stands in the comparison function of a tree. */
export function inTreeCallback(env: Env): boolean {
	const frame = topFrame(env.cur);
	if (env.cur.curframe === 0 || !frame.inCallback) return false;
	return kfuncAt(env, frame.callsite)?.name.startsWith("bpf_rbtree_") === true;
}
