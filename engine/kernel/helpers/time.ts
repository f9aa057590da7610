// Helpers that ask who, where and when: clock, CPU, random numbers, the current task. All of it is modelled: the clock and
// the random numbers follow the scenario's seed, there is one task.

import { errno } from "../../abi/index.ts";
import { utf8 } from "../../base/index.ts";
import type { Machine } from "../machine.ts";
import type { Implementations } from "./implementation.ts";
import { unsigned, wide } from "./implementation.ts";

export function timeHelpers(machine: Machine): Implementations {
	const { clock } = machine;
	return {
		ktime_get_ns: (call) => wide(call, clock.read()),
		ktime_get_boot_ns: (call) => wide(call, clock.read()),
		ktime_get_coarse_ns: (call) => wide(call, clock.coarse()),
		ktime_get_tai_ns: (call) => wide(call, clock.tai()),
		jiffies64: (call) => wide(call, clock.jiffies()),
		get_prandom_u32: (call) => unsigned(call, machine.random.u32()),
		get_smp_processor_id: () => machine.cpu,
		get_numa_node_id: () => 0,
		get_current_pid_tgid: (call) => {
			call.setHigh(machine.task.tgid | 0);
			return machine.task.pid | 0;
		},
		get_current_uid_gid: (call) => {
			call.setHigh(machine.task.gid | 0);
			return machine.task.uid | 0;
		},
		get_current_comm: (call, r1, _h1, r2) => {
			if (r2 === 0) return -errno.EINVAL;
			machine.guard(call, r1, r2, true);
			const at = r1 >>> 0;
			const size = r2 >>> 0;
			const name = utf8(machine.task.comm).subarray(0, Math.min(15, size - 1));
			machine.memory.u8.fill(0, at, at + size);
			machine.memory.u8.set(name, at);
			return 0;
		},
	};
}
