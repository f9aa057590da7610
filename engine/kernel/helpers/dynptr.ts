// Helpers of dynptrs: bounded stretches of memory whose bounds the program does not know. A dynptr is 16 bytes of the
// program's stack that only helpers look into:
//
//   u32 guest address, u32 zero, u32 size, u32 offset

import { errno } from "../../abi/index.ts";
import type { HelperCall } from "../../machine/index.ts";
import { commitSample, RingbufKind } from "../../maps/index.ts";
import type { Machine } from "../machine.ts";
import type { Implementations } from "./implementation.ts";

const LARGEST = 0xffffff;
const DYNPTR_SIZE = 16;

export function dynptrHelpers(machine: Machine): Implementations {
	const { memory } = machine;
	const set = (at: number, address: number, size: number) => {
		memory.data.setUint32(at, address, true);
		memory.data.setUint32(at + 4, 0, true);
		memory.data.setUint32(at + 8, size, true);
		memory.data.setUint32(at + 12, 0, true);
	};
	/** The guest address of a stretch of a dynptr, or a negated errno. */
	const stretch = (call: HelperCall, pointer: number, offset: number, size: number): number => {
		machine.guard(call, pointer, DYNPTR_SIZE, false);
		const at = pointer >>> 0;
		const address = memory.data.getUint32(at, true);
		if (address === 0) return -errno.EINVAL;
		const whole = memory.data.getUint32(at + 8, true);
		if (offset > whole || size > whole - offset) return -errno.E2BIG;
		return address + memory.data.getUint32(at + 12, true) + offset;
	};
	return {
		dynptr_from_mem: (call, r1, _h1, r2, _h2, r3, h3, r4) => {
			machine.guard(call, r4, DYNPTR_SIZE, true);
			const error = r2 >>> 0 > LARGEST ? -errno.E2BIG : (r3 | h3) !== 0 ? -errno.EINVAL : 0;
			set(r4 >>> 0, error === 0 ? r1 : 0, error === 0 ? r2 >>> 0 : 0);
			return error;
		},
		dynptr_read: (call, r1, _h1, r2, _h2, r3, _h3, r4, h4, r5, h5) => {
			machine.guard(call, r1, r2, true);
			if ((r5 | h5) !== 0) return -errno.EINVAL;
			const from = stretch(call, r3, h4 === 0 ? r4 >>> 0 : LARGEST + 1, r2 >>> 0);
			if (from < 0) return from;
			memory.u8.copyWithin(r1 >>> 0, from, from + (r2 >>> 0));
			return 0;
		},
		dynptr_write: (call, r1, _h1, r2, h2, r3, _h3, r4, _h4, r5, h5) => {
			machine.guard(call, r3, r4, false);
			const to = stretch(call, r1, h2 === 0 ? r2 >>> 0 : LARGEST + 1, r4 >>> 0);
			if (to < 0) return to;
			if ((r5 | h5) !== 0) return -errno.EINVAL;
			memory.u8.copyWithin(to, r3 >>> 0, (r3 >>> 0) + (r4 >>> 0));
			return 0;
		},
		dynptr_data: (call, r1, _h1, r2, h2, r3) =>
			Math.max(0, stretch(call, r1, h2 === 0 ? r2 >>> 0 : LARGEST + 1, r3 >>> 0)),
		ringbuf_reserve_dynptr: (call, r1, _h1, r2, _h2, r3, h3, r4) => {
			machine.guard(call, r4, DYNPTR_SIZE, true);
			const { kind } = machine.map(call, r1);
			if (!(kind instanceof RingbufKind)) return call.fail("not a ring buffer");
			set(r4 >>> 0, 0, 0);
			if ((r3 | h3) !== 0) return -errno.EINVAL;
			if (r2 >>> 0 > LARGEST) return -errno.E2BIG;
			const sample = kind.reserve(r2 >>> 0);
			if (sample === 0) return -errno.EINVAL;
			set(r4 >>> 0, sample, r2 >>> 0);
			return 0;
		},
		ringbuf_submit_dynptr: (call, r1) => finish(machine, call, r1, false),
		ringbuf_discard_dynptr: (call, r1) => finish(machine, call, r1, true),
	};
}

function finish(machine: Machine, call: HelperCall, pointer: number, discard: boolean): number {
	machine.guard(call, pointer, DYNPTR_SIZE, true);
	const { data } = machine.memory;
	const sample = data.getUint32(pointer >>> 0, true);
	if (sample !== 0) commitSample(machine.memory, sample, discard);
	data.setUint32(pointer >>> 0, 0, true);
	return 0;
}
