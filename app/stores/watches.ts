// Watchpoints of this visit, and their names.

import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { DebugState, Watch } from "../../engine/workbench/protocol.ts";

export const watches = createStore<{ readonly list: readonly Watch[] }>(() => ({ list: [] }));

export const useWatches = (): readonly Watch[] => useStore(watches, (s) => s.list);

export const sameWatch = (a: Watch, b: Watch) => watchName(a) === watchName(b);

/** `r3`, `fp-8`, `counts[01000000]`. */
export function watchName(watch: Watch): string {
	switch (watch.kind) {
		case "register":
			return `r${watch.register}`;
		case "stack":
			return `fp${watch.offset}${watch.size > 1 ? ` (${watch.size} bytes)` : ""}`;
		case "map":
			return `${watch.map}[${watch.key}]${watch.offset > 0 ? ` byte ${watch.offset}` : ""}`;
	}
}

/** Why the run stands still, where it is not the step that was asked for. */
export function stopReason({ stoppedBy, watched }: DebugState): string | undefined {
	if (stoppedBy === "watchpoint" && watched)
		return `${watchName(watched.watch)} written by instruction ${watched.pc}`;
	return stoppedBy === "breakpoint" ? "at a breakpoint" : undefined;
}
