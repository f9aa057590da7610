// What is chosen inside the packets panel; not kept.

import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

export interface PacketsView {
	/** Only packets with this action are listed. */
	readonly action?: string | undefined;
	/** The bytes of the chosen field, half-open. */
	readonly field?: { readonly start: number; readonly end: number } | undefined;
	/** What a narrow panel shows beside the list. */
	readonly part: "fields" | "bytes";
}

export const view = createStore<PacketsView>(() => ({ part: "bytes" }));
export const useView = <T>(select: (s: PacketsView) => T): T => useStore(view, select);
