// What a run changes outside guest memory, so that time travel can put it back: clock, random numbers, packet positions, maps' own
// records, what was printed.

import type { HostState } from "../debug/index.ts";
import type { Kernel } from "../kernel/index.ts";

export function hostState(kernel: Kernel): HostState {
	return {
		save: () => kernel.save(),
		restore: (state) => kernel.restore(state as ReturnType<Kernel["save"]>),
	};
}
