// Which pointers may be moved before they are passed on (check_func_arg_reg_off of the kernel).

import type { Env } from "./env.ts";
import * as R from "./reg.ts";
import { checkUnmodified } from "./region.ts";

/** Register `regno` as an argument that is not given up. */
export function checkPointerOffset(env: Env, reg: R.Reg, regno: number): number {
	switch (reg.type) {
		case R.PTR_TO_STACK:
		case R.PTR_TO_PACKET:
		case R.PTR_TO_PACKET_META:
		case R.PTR_TO_MAP_KEY:
		case R.PTR_TO_MAP_VALUE:
		case R.PTR_TO_MEM:
		case R.PTR_TO_MEM | R.MEM_RDONLY:
		case R.PTR_TO_MEM | R.MEM_RINGBUF:
		case R.PTR_TO_BUF:
		case R.PTR_TO_BUF | R.MEM_RDONLY:
		case R.PTR_TO_ARENA:
		case R.SCALAR_VALUE:
			return 0;
		case R.PTR_TO_BTF_ID:
		case R.PTR_TO_BTF_ID | R.MEM_ALLOC:
		case R.PTR_TO_BTF_ID | R.PTR_TRUSTED:
		case R.PTR_TO_BTF_ID | R.MEM_RCU:
		case R.PTR_TO_BTF_ID | R.MEM_ALLOC | R.NON_OWN_REF:
		case R.PTR_TO_BTF_ID | R.MEM_ALLOC | R.NON_OWN_REF | R.MEM_RCU:
			return checkUnmodified(env, reg, regno, true);
		default:
			return checkUnmodified(env, reg, regno, false);
	}
}
