// What the Output panel shows; not kept.

import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { Line } from "./select.ts";

export interface OutputView {
	readonly part: "log" | "records";
	/** The last line when the log was cleared. */
	readonly cleared?: Line | undefined;
}

export const view = createStore<OutputView>(() => ({ part: "log" }));
export const useView = <T>(select: (s: OutputView) => T): T => useStore(view, select);
