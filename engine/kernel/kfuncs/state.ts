// Kernel functions that only change what may happen meanwhile (RCU, preemption, interrupts, locks): one program runs at a time, so
// that nothing can. And what needs no more than the machine's facts.

import { errno } from "../../abi/index.ts";
import type { Helper } from "../../machine/index.ts";
import type { Machine } from "../machine.ts";
import type { Kfuncs } from "./kfunc.ts";

export function stateKfuncs(machine: Machine): Kfuncs {
	const nothing: Helper = () => 0;
	/** No device of the simulated machine describes received packets. */
	const unknown: Helper = () => -errno.EOPNOTSUPP;
	return {
		bpf_rcu_read_lock: [0, nothing],
		bpf_rcu_read_unlock: [0, nothing],
		bpf_preempt_disable: [0, nothing],
		bpf_preempt_enable: [0, nothing],
		bpf_local_irq_save: [1, nothing],
		bpf_local_irq_restore: [1, nothing],
		bpf_res_spin_lock: [1, nothing],
		bpf_res_spin_unlock: [1, nothing],
		bpf_res_spin_lock_irqsave: [2, nothing],
		bpf_res_spin_unlock_irqrestore: [2, nothing],
		bpf_xdp_metadata_rx_timestamp: [2, unknown],
		bpf_xdp_metadata_rx_hash: [3, unknown],
		bpf_xdp_metadata_rx_vlan_tag: [3, unknown],
		/** The same pointer with another type: what the program reads behind it is guest memory or a trap. */
		bpf_rdonly_cast: [
			2,
			(call, r1, h1) => {
				call.setHigh(h1);
				return r1;
			},
		],
		bpf_map_sum_elem_count: [
			1,
			(call, r1) => {
				const map = machine.map(call, r1);
				let count = 0;
				const { kind } = map;
				kind.walk?.(() => {
					count++;
					return 0;
				});
				return count;
			},
		],
	};
}
