// Loads and stores through pointers to kernel structs and allocated objects (check_ptr_to_btf_access of the kernel).

import { findTypes, resolveType } from "../btf/index.ts";
import type { Env } from "./env.ts";
import { curReg, EACCES, EFAULT, EINVAL } from "./env.ts";
import { localFields } from "./fields.ts";
import * as R from "./reg.ts";
import { isFixed } from "./stack.ts";
import { varOffText } from "./text.ts";
import { inRcu, isRcu, isTrusted } from "./trust.ts";
import { accessStruct, type Walked } from "./walk.ts";
import { checkKernelWrite } from "./writable.ts";

/** `size` bytes at `off`, the pointer's own offset included; `value`: the register loaded, or -1. */
export function checkBtfAccess(
	env: Env,
	regno: number,
	off: number,
	size: number,
	write: boolean,
	value: number,
): number {
	const reg = curReg(env, regno);
	const name = env.btfName(reg.btf);
	const refuse = (message: string, errno = EACCES) => env.fail(errno, "btf/access", message);
	if (!env.gpl && reg.btf > 0)
		return refuse(`Cannot access kernel 'struct ${name}' from non-GPL compatible program`, EINVAL);
	if (off < 0) return refuse(`R${regno} is ptr_${name} invalid negative access: off=${off}`);
	if (!isFixed(reg) || (reg.valueHi | reg.valueLo) !== 0)
		return refuse(
			`R${regno} is ptr_${name} invalid variable offset: off=${off}, var_off=${varOffText(reg)}`,
		);
	if (reg.type & R.MEM_USER)
		return refuse(`R${regno} is ptr_${name} access user memory: off=${off}`);
	if (reg.type & R.MEM_PERCPU)
		return refuse(`R${regno} is ptr_${name} access percpu memory: off=${off}`);
	if (write && reg.type & R.PTR_UNTRUSTED) return refuse("only read is supported");
	const alloc = (reg.type & R.MEM_ALLOC) !== 0;
	if (write && !alloc) {
		return checkKernelWrite(env, reg, off, size);
	}
	if (alloc && (reg.type & (R.NON_OWN_REF | R.MEM_RCU)) === 0 && reg.refId === 0)
		return refuse("verifier bug: ref_obj_id for allocated object must be non-zero", EFAULT);
	if (alloc) {
		for (const field of localFields(env, -reg.btf))
			if (off < field.offset + field.size && field.offset < off + size)
				return refuse(`direct access to ${field.kind} is disallowed`);
	}
	const btf = reg.btf < 0 ? env.btf : env.kernel;
	if (!btf) return -EINVAL;
	const found = accessStruct(btf, Math.abs(reg.btf), off, size, !alloc);
	if (found.kind === "error") return refuse(found.message, found.errno);
	if (write || value < 0) return 0;
	loaded(env, reg, found, alloc, curReg(env, value));
	return 0;
}

function loaded(
	env: Env,
	reg: R.Reg,
	found: Exclude<Walked, { kind: "struct" | "error" }>,
	alloc: boolean,
	to: R.Reg,
): void {
	if (found.kind === "scalar" || alloc) {
		R.setUnknown(to);
		return;
	}
	if (found.kind === "memory") {
		R.setKnown(to, 0, 0);
		to.type = R.PTR_TO_MEM | R.MEM_RDONLY | R.PTR_UNTRUSTED;
		return;
	}
	const flags = pointerFlags(env, reg, found);
	const { id } = found;
	R.setKnown(to, 0, 0);
	to.type = R.PTR_TO_BTF_ID | flags;
	to.btf = id;
	if (R.mayBeNull(flags)) to.id = ++env.idGen;
}

const flagsOfTags: Readonly<Record<string, number>> = {
	user: R.MEM_USER,
	percpu: R.MEM_PERCPU,
	rcu: R.MEM_RCU,
};

/** Modifiers that a type tag of a pointer gives. */
export function tagFlags(tag: string): number {
	return flagsOfTags[tag] ?? 0;
}

const CLEARED = R.MEM_ALLOC | R.PTR_TRUSTED | R.NON_OWN_REF | R.MEM_RCU;

/** How far a pointer loaded from a struct can be trusted. */
function pointerFlags(env: Env, reg: R.Reg, found: Extract<Walked, { kind: "pointer" }>): number {
	const flag = tagFlags(found.tag) | (found.union ? R.PTR_UNTRUSTED : 0);
	if (reg.type & R.PTR_UNTRUSTED) return R.PTR_UNTRUSTED;
	if (!isTrusted(reg) && !isRcu(reg)) return flag & ~CLEARED;
	const listed = (suffix: string) => isListed(env, reg, found, suffix);
	if (listed("__safe_trusted")) return flag | R.PTR_TRUSTED;
	if (listed("__safe_trusted_or_null")) return flag | R.PTR_TRUSTED | R.PTR_MAYBE_NULL;
	if (!inRcu(env) || R.mayBeNull(reg.type)) return R.PTR_UNTRUSTED;
	if (listed("__safe_rcu")) return flag | R.MEM_RCU;
	const orNull = listed("__safe_rcu_or_null");
	if (flag & R.MEM_RCU || orNull)
		return (orNull ? flag & ~R.PTR_UNTRUSTED : flag) | R.MEM_RCU | R.PTR_MAYBE_NULL;
	return flag & (R.MEM_PERCPU | R.MEM_USER) ? flag : flag & ~CLEARED;
}

/** btf_nested_type_is_trusted: the kernel's BTF names such fields in structs made for that. */
function isListed(
	env: Env,
	reg: R.Reg,
	found: Extract<Walked, { kind: "pointer" }>,
	suffix: string,
): boolean {
	const { kernel } = env;
	const type = kernel?.types[reg.btf];
	if (!kernel || (type?.kind !== "struct" && type?.kind !== "union")) return false;
	const name = `${type.name}${suffix}`;
	let id = env.names.structs.get(name);
	if (id === undefined) {
		id = findTypes(kernel, name, type.kind)[0] ?? 0;
		env.names.structs.set(name, id);
	}
	const safe = kernel.types[id];
	if (safe?.kind !== "struct" && safe?.kind !== "union") return false;
	return safe.members.some((member) => {
		if (member.name !== found.field) return false;
		const pointer = kernel.types[member.type];
		return pointer?.kind === "ptr" && resolveType(kernel, pointer.type)?.id === found.id;
	});
}
