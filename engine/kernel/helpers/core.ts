// Helpers of the language itself: loops, locks, reading memory that may not be there.

import { errno } from "../../abi/index.ts";
import { checkAccess } from "../../machine/index.ts";
import type { Machine } from "../machine.ts";
import type { Implementations } from "./implementation.ts";

const MOST_LOOPS = 1 << 23;

export function coreHelpers(machine: Machine): Implementations {
	const { memory } = machine;
	const read = (to: number, size: number, from: number, high: number): number => {
		const ok = high === 0 && checkAccess(memory, from, size, false) !== undefined;
		if (ok) memory.u8.copyWithin(to, from, from + size);
		else memory.u8.fill(0, to, to + size);
		return ok ? 0 : -errno.EFAULT;
	};
	const readText = (to: number, size: number, from: number, high: number): number => {
		if (size === 0) return 0;
		const region = high === 0 ? memory.find(from) : undefined;
		const end = region ? region.start + region.length : from;
		if (from >= end) {
			memory.u8.fill(0, to, to + size);
			return -errno.EFAULT;
		}
		for (let i = 0; i < size; i++) {
			const byte = i === size - 1 || from + i >= end ? 0 : (memory.u8[from + i] as number);
			memory.u8[to + i] = byte;
			if (byte === 0) return i + 1;
		}
		return size;
	};
	return {
		loop: (call, r1, _h1, r2, _h2, r3, _h3, r4, h4) => {
			const count = r1 >>> 0;
			if ((r4 | h4) !== 0) return -errno.EINVAL;
			if (count > MOST_LOOPS) return -errno.E2BIG;
			for (let i = 0; i < count; i++) if (call.callback(r2, i, r3, 0, 0, 0) !== 0) return i + 1;
			return count;
		},
		/** One program runs at a time, so a lock is always free. */
		spin_lock: () => 0,
		spin_unlock: () => 0,
		probe_read: (call, r1, _h1, r2, _h2, r3, h3) => {
			machine.guard(call, r1, r2, true);
			return read(r1 >>> 0, r2 >>> 0, r3 >>> 0, h3);
		},
		probe_read_kernel: (call, r1, _h1, r2, _h2, r3, h3) => {
			machine.guard(call, r1, r2, true);
			return read(r1 >>> 0, r2 >>> 0, r3 >>> 0, h3);
		},
		/** There is no user space to read. */
		probe_read_user: (call, r1, _h1, r2) => {
			machine.guard(call, r1, r2, true);
			return read(r1 >>> 0, r2 >>> 0, 0, 1);
		},
		probe_read_user_str: (call, r1, _h1, r2) => {
			machine.guard(call, r1, r2, true);
			return readText(r1 >>> 0, r2 >>> 0, 0, 1);
		},
		probe_read_str: (call, r1, _h1, r2, _h2, r3, h3) => {
			machine.guard(call, r1, r2, true);
			return readText(r1 >>> 0, r2 >>> 0, r3 >>> 0, h3);
		},
		probe_read_kernel_str: (call, r1, _h1, r2, _h2, r3, h3) => {
			machine.guard(call, r1, r2, true);
			return readText(r1 >>> 0, r2 >>> 0, r3 >>> 0, h3);
		},
	};
}
