// Where on the stack an object lies that takes whole slots (stack_slot_obj_get_spi of the kernel).

import type { Env } from "./env.ts";
import { EINVAL, frameOfPointer } from "./env.ts";
import { constNumber, type Reg } from "./reg.ts";

/** The first slot (highest address is the lowest number) of an object of `count` slots; negative: none. */
export function objectSlot(env: Env, reg: Reg, count: number, kind: string): number {
	if ((reg.maskHi | reg.maskLo) !== 0) {
		env.fail(EINVAL, "stack/variable-offset", `${kind} has to be at a constant offset`);
		return -EINVAL;
	}
	const off = reg.off + constNumber(reg);
	if (off % 8 !== 0) {
		env.fail(EINVAL, "stack/object-offset", `cannot pass in ${kind} at an offset=${off}`);
		return -EINVAL;
	}
	const spi = Math.trunc((-off - 1) / 8);
	if (spi + 1 < count) {
		env.fail(EINVAL, "stack/object-offset", `cannot pass in ${kind} at an offset=${off}`);
		return -EINVAL;
	}
	return spi < frameOfPointer(env, reg).slots ? spi : NOT_ALLOCATED;
}

/** No slot has been allocated there yet. */
export const NOT_ALLOCATED = -34;
