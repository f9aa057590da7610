// Helpers of dynptrs.

import { errno } from "../../abi/index.ts";
import type { HelperCall } from "../../machine/index.ts";
import { commitSample, RingbufKind } from "../../maps/index.ts";
import { DYNPTR, Dynptrs, LARGEST_DYNPTR } from "../dynptr.ts";
import type { Machine } from "../machine.ts";
import type { Implementations } from "./implementation.ts";
import { flagsOf } from "./implementation.ts";

/** A 32-bit offset; what has upper bits lies outside of every dynptr. */
const offsetOf = (low: number, high: number) => (high === 0 ? low >>> 0 : LARGEST_DYNPTR + 1);

export function dynptrHelpers(machine: Machine): Implementations {
	const dynptrs = new Dynptrs(machine);
	return {
		dynptr_from_mem: (call, r1, _h1, r2, _h2, r3, h3, r4) => {
			const size = r2 >>> 0;
			const error = size > LARGEST_DYNPTR ? -errno.E2BIG : (r3 | h3) !== 0 ? -errno.EINVAL : 0;
			const target = { address: r1 >>> 0, kind: DYNPTR.memory, size };
			dynptrs.set(call, r4, error === 0 ? target : undefined);
			return error;
		},
		dynptr_read: (call, r1, _h1, r2, _h2, r3, _h3, r4, h4, r5, h5) => {
			machine.guard(call, r1, r2, true);
			const target = dynptrs.get(call, r3);
			if (!target || (r5 | h5) !== 0) return -errno.EINVAL;
			return dynptrs.read(target, offsetOf(r4, h4), r1 >>> 0, r2 >>> 0);
		},
		dynptr_write: (call, r1, _h1, r2, h2, r3, _h3, r4, _h4, r5, h5) => {
			machine.guard(call, r3, r4, false);
			const target = dynptrs.get(call, r1);
			if (!target) return -errno.EINVAL;
			return dynptrs.write(target, offsetOf(r2, h2), r3 >>> 0, r4 >>> 0, flagsOf(r5, h5));
		},
		dynptr_data: (call, r1, _h1, r2, h2, r3) => {
			const target = dynptrs.get(call, r1);
			const offset = offsetOf(r2, h2);
			if (!target || target.readOnly || target.kind !== DYNPTR.memory) return 0;
			return dynptrs.check(target, offset, r3 >>> 0) === 0
				? dynptrs.pointer(target, offset, r3 >>> 0)
				: 0;
		},
		ringbuf_reserve_dynptr: (call, r1, _h1, r2, _h2, r3, h3, r4) => {
			const { kind } = machine.map(call, r1);
			if (!(kind instanceof RingbufKind)) return call.fail("not a ring buffer");
			dynptrs.set(call, r4);
			if ((r3 | h3) !== 0) return -errno.EINVAL;
			if (r2 >>> 0 > LARGEST_DYNPTR) return -errno.E2BIG;
			const sample = kind.reserve(r2 >>> 0);
			if (sample === 0) return -errno.EINVAL;
			dynptrs.set(call, r4, { address: sample, kind: DYNPTR.memory, size: r2 >>> 0 });
			return 0;
		},
		ringbuf_submit_dynptr: (call, r1) => finish(machine, dynptrs, call, r1, false),
		ringbuf_discard_dynptr: (call, r1) => finish(machine, dynptrs, call, r1, true),
	};
}

function finish(
	machine: Machine,
	dynptrs: Dynptrs,
	call: HelperCall,
	pointer: number,
	discard: boolean,
): number {
	const sample = dynptrs.get(call, pointer)?.address ?? 0;
	if (sample !== 0) commitSample(machine.memory, sample, discard);
	dynptrs.set(call, pointer);
	return 0;
}
