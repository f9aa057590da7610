// The one cursor: where everybody looks. Editor line, assembly row, verifier rows, registers and bytes follow it.

import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

export interface Cursor {
	readonly file?: string | undefined;
	/** 1-based. */
	readonly line?: number | undefined;
	readonly column?: number | undefined;
	readonly pc?: number | undefined;
	/** From 1. */
	readonly visit: number;
	/** Index of the packet that is shown. */
	readonly packet: number;
	/** Who moved it last, so that nobody scrolls himself. */
	readonly by: string;
}

export const cursor = createStore<Cursor>(() => ({ visit: 1, packet: 0, by: "start" }));

export const useCursor = <T>(select: (s: Cursor) => T): T => useStore(cursor, select);
