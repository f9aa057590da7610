// Pointers to kernel structs as arguments and results of helpers (the BTF part of check_reg_type of the kernel).

import type { Arg, Ret } from "../abi/index.ts";
import { helperName } from "./callees.ts";
import type { Env } from "./env.ts";
import { curReg, EACCES, EFAULT } from "./env.ts";
import { kernelStruct } from "./kfuncs.ts";
import { matchPointer } from "./kptr.ts";
import type { CallMeta } from "./meta.ts";
import * as R from "./reg.ts";
import { holdsStruct } from "./walk.ts";

const KPTR_XCHG = 194;
const LOCKS = new Set([93, 94]);

/** Arguments that take any memory. */
const plainMemory = new Set<Arg["kind"]>([
	"ARG_PTR_TO_MEM",
	"ARG_PTR_TO_MAP_KEY",
	"ARG_PTR_TO_MAP_VALUE",
]);

/** Register `regno`, a PTR_TO_BTF_ID of a fitting kind, as an argument of helper `id`. */
export function checkBtfType(env: Env, meta: CallMeta, arg: Arg, regno: number): number {
	const { id, kptr } = meta;
	const reg = curReg(env, regno);
	const refuse = (message: string) => env.fail(EACCES, "helper/argument-type", message);
	if (plainMemory.has(arg.kind)) {
		if (arg.rdonly) return 0;
		return refuse(
			`${helperName(id).replace(/#\d+$/, "")}() may write into memory pointed by R${regno} type=${R.typeName(reg.type)}`,
		);
	}
	if (reg.type & R.MEM_ALLOC) {
		if ((reg.type & ~R.MEM_PERCPU) !== (R.PTR_TO_BTF_ID | R.MEM_ALLOC))
			return env.fail(
				EFAULT,
				"internal/helper",
				"verifier bug: invalid PTR_TO_BTF_ID register for type match",
			);
		if (kptr && regno === 2) return matchPointer(env, kptr, regno) < 0 ? -EACCES : 0;
		return LOCKS.has(id) || kptr || id === KPTR_XCHG ? 0 : env.giveUp("objects in helpers");
	}
	if (reg.type & R.MEM_PERCPU) return 0;
	if (R.mayBeNull(reg.type) && (!arg.orNull || arg.release))
		return env.fail(
			EACCES,
			"helper/maybe-null",
			`Possibly NULL pointer passed to helper arg${regno}`,
		);
	if (kptr) return matchPointer(env, kptr, regno) < 0 ? -EACCES : 0;
	const name =
		arg.btf ?? (arg.kind === "ARG_PTR_TO_BTF_ID_SOCK_COMMON" ? "sock_common" : undefined);
	const { kernel } = env;
	if (!kernel || name === undefined) return env.giveUp("BTF pointers as helper arguments");
	const strict = arg.release === true && id !== 86;
	const say = (message: string) => env.note(`${message}\n`);
	const need = kernelStruct(env, name);
	if (reg.btf > 0 && holdsStruct(kernel, reg.btf, reg.off, need, strict, true, say)) return 0;
	return refuse(`R${regno} is of type ${env.btfName(reg.btf)} but ${name} is expected`);
}

/** A helper returns a pointer to a kernel struct; `flags`: how far it can be trusted. */
export function btfResult(env: Env, ret: Ret, flags: number): number {
	if (!env.kernel || ret.btf === undefined) return env.giveUp("helpers that return BTF pointers");
	const r0 = curReg(env, 0);
	R.setKnown(r0, 0, 0);
	r0.type = R.PTR_TO_BTF_ID | flags | (ret.trusted ? R.PTR_TRUSTED : 0);
	r0.btf = kernelStruct(env, ret.btf);
	return 0;
}
