// Reading and writing registers as operands (check_reg_arg of the kernel).

import type { Env } from "./env.ts";
import { EACCES, EINVAL } from "./env.ts";
import { BPF_ADD_CONST, NOT_INIT, type Reg, SCALAR_VALUE, setNotInit, setUnknown } from "./reg.ts";
import type { Frame } from "./state.ts";
import { regOf, topFrame } from "./state.ts";

/** Register `index` is about to be read. */
export function checkSource(env: Env, index: number): number {
	if (index > 10) return env.fail(EINVAL, "register/invalid", `R${index} is invalid`);
	env.scratched.regs |= 1 << index;
	if (regOf(topFrame(env.cur), index).type === NOT_INIT)
		return env.fail(EACCES, "register/uninitialized", `R${index} !read_ok`);
	return 0;
}

/** Register `index` is about to be written; what is in it stays until then. */
export function checkDest(env: Env, index: number): number {
	if (index > 10) return env.fail(EINVAL, "register/invalid", `R${index} is invalid`);
	env.scratched.regs |= 1 << index;
	if (index === 10) return env.fail(EACCES, "register/frame-pointer", "frame pointer is read only");
	return 0;
}

/** As checkDest, and the register is unknown from here on. */
export function checkDestUnknown(env: Env, index: number): number {
	const error = checkDest(env, index);
	if (error < 0) return error;
	setUnknown(regOf(topFrame(env.cur), index));
	return 0;
}

/** After a call nothing is left of r0 to r5. */
export function clearCallerSaved(env: Env, frame: Frame): void {
	for (let i = 0; i <= 5; i++) setNotInit(regOf(frame, i));
	env.scratched.regs |= 0x3f;
}

/** Gives a scalar an identity before a copy of it is made, so that both learn together. */
export function assignScalarId(env: Env, reg: Reg): void {
	if (reg.type !== SCALAR_VALUE) return;
	if ((reg.id & BPF_ADD_CONST) !== 0) {
		reg.id = 0;
		reg.off = 0;
	}
	if (reg.id === 0 && (reg.maskHi | reg.maskLo) !== 0) reg.id = ++env.idGen;
}
