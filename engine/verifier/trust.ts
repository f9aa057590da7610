// How far a pointer to a kernel object can be trusted (is_trusted_reg, is_rcu_reg, in_rcu_cs of the kernel).

import type { Env } from "./env.ts";
import {
	baseType,
	CONST_PTR_TO_MAP,
	MEM_ALLOC,
	MEM_RCU,
	NON_OWN_REF,
	PTR_TO_SOCK_COMMON,
	PTR_TO_SOCKET,
	PTR_TO_TCP_SOCK,
	PTR_TRUSTED,
	type Reg,
} from "./reg.ts";

const TRUSTED = MEM_ALLOC | PTR_TRUSTED | NON_OWN_REF;

/** Kinds that stand for a kernel struct, with its name (reg2btf_ids). */
const structs: Readonly<Record<number, string>> = {
	[PTR_TO_SOCKET]: "sock",
	[PTR_TO_SOCK_COMMON]: "sock_common",
	[PTR_TO_TCP_SOCK]: "tcp_sock",
	[CONST_PTR_TO_MAP]: "bpf_map",
};

/** The kernel struct that a kind of pointer stands for, besides PTR_TO_BTF_ID. */
export function structBehind(type: number): string | undefined {
	return structs[baseType(type)];
}

/** bpf_type_has_unsafe_modifiers. */
export function isUnsafe(type: number): boolean {
	return (type & ~0xff & ~TRUSTED) !== 0;
}

export function isTrusted(reg: Reg): boolean {
	if (reg.refId !== 0) return true;
	if (isUnsafe(reg.type)) return false;
	return structBehind(reg.type) !== undefined || (reg.type & TRUSTED) !== 0;
}

export function isRcu(reg: Reg): boolean {
	return (reg.type & MEM_RCU) !== 0;
}

/** Whether the path stands in an RCU read section, open or implied. */
export function inRcu(env: Env): boolean {
	const { cur } = env;
	return cur.activeRcu > 0 || cur.activeLocks > 0 || !cur.inSleepable;
}
