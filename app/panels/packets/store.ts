// What is chosen inside the packets panel; not kept.

import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

export interface Chosen {
	readonly start: number;
	readonly end: number;
	/** Row key of the layer to open, where a byte was clicked. */
	readonly layer?: string | undefined;
}

export interface PacketsView {
	/** Only packets with this action are listed. */
	readonly action?: string | undefined;
	/** The bytes of the chosen field, half-open. */
	readonly field?: Chosen | undefined;
	/** What a narrow panel shows beside the list. */
	readonly part: "fields" | "bytes";
	/** What a phone shows of the packet. */
	readonly side: "fields" | "before" | "after";
}

export const view = createStore<PacketsView>(() => ({ part: "bytes", side: "after" }));
export const useView = <T>(select: (s: PacketsView) => T): T => useStore(view, select);
