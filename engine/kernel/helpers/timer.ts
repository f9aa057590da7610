// Helpers on what map values may hold beside bytes: timers and pointers to objects.

import { errno } from "../../abi/index.ts";
import type { Machine } from "../machine.ts";
import type { Implementations } from "./implementation.ts";
import { flagsOf } from "./implementation.ts";

const TIMER_SIZE = 16;
/** CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_BOOTTIME: one clock here. */
const CLOCKS: ReadonlySet<number> = new Set([0, 1, 7]);
const ABSOLUTE = 1;
const KNOWN_FLAGS = 3;

export function timerHelpers(machine: Machine): Implementations {
	const { timers, clock } = machine;
	return {
		timer_init: (call, r1, _h1, r2, _h2, r3, h3) => {
			machine.guard(call, r1, TIMER_SIZE, true);
			const map = machine.map(call, r2);
			if (!CLOCKS.has(flagsOf(r3, h3))) return -errno.EINVAL;
			if (timers.at(r1 >>> 0)) return -errno.EBUSY;
			timers.make(r1 >>> 0, map.id);
			return 0;
		},
		timer_set_callback: (call, r1, _h1, r2) => {
			machine.guard(call, r1, TIMER_SIZE, true);
			const timer = timers.at(r1 >>> 0);
			const { runner } = machine.running;
			if (!timer || !runner) return -errno.EINVAL;
			timers.change({ ...timer, callback: { pc: r2, runner } });
			return 0;
		},
		timer_start: (call, r1, _h1, r2, h2, r3, h3) => {
			machine.guard(call, r1, TIMER_SIZE, true);
			const timer = timers.at(r1 >>> 0);
			const flags = flagsOf(r3, h3);
			if (flags > KNOWN_FLAGS || !timer?.callback) return -errno.EINVAL;
			const time = (h2 >>> 0) * 2 ** 32 + (r2 >>> 0);
			timers.change({ ...timer, expires: time + (flags & ABSOLUTE ? 0 : clock.now) });
			return 0;
		},
		timer_cancel: (call, r1) => {
			machine.guard(call, r1, TIMER_SIZE, true);
			const timer = timers.at(r1 >>> 0);
			if (!timer) return -errno.EINVAL;
			timers.change({ map: timer.map, address: timer.address });
			return timer.expires === undefined ? 0 : 1;
		},
		kptr_xchg: (call, r1, _h1, r2, h2) => {
			machine.guard(call, r1, 8, true);
			const { data } = machine.memory;
			const [low, high] = [data.getInt32(r1 >>> 0, true), data.getInt32((r1 >>> 0) + 4, true)];
			data.setInt32(r1 >>> 0, r2, true);
			data.setInt32((r1 >>> 0) + 4, h2, true);
			call.setHigh(high);
			return low;
		},
	};
}
