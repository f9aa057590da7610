// What happened to a packet on its way through the machine, as data for display and for counting.

import type { Trap } from "../machine/index.ts";

export type HookName = "xdp" | "xdp-egress" | "tc-ingress" | "tc-egress";

/** One program that a packet met. */
export interface HookRun {
	readonly kind: "run";
	readonly hook: HookName;
	readonly ifindex: number;
	/** Id of the program. */
	readonly program: number;
	/** The return value, unsigned. */
	readonly retval: number;
	/** The action by its name, e.g. XDP_PASS; the number where it has none. */
	readonly action: string;
	readonly before: Uint8Array;
	/** The whole frame afterwards. */
	readonly after: Uint8Array;
	/** Bytes that the start of the packet moved to the end; negative when room was made in front. */
	readonly headDelta: number;
	readonly steps?: number;
	readonly trap?: Trap;
}

export type TraceEvent =
	| HookRun
	| { readonly kind: "arrive"; readonly ifindex: number; readonly bytes: Uint8Array }
	/** Left through a device. */
	| { readonly kind: "leave"; readonly ifindex: number; readonly bytes: Uint8Array }
	/** Went up to the machine's own network stack, which is not simulated. */
	| { readonly kind: "deliver"; readonly ifindex: number; readonly bytes: Uint8Array }
	| { readonly kind: "drop"; readonly ifindex: number; readonly reason: string }
	/** Handed to something that is not simulated: another CPU's queue, a socket. */
	| { readonly kind: "handed"; readonly ifindex: number; readonly to: string };

/** A frame that left, for captures. `time` is in nanoseconds since boot. */
export interface Transmission {
	readonly ifindex: number;
	readonly time: number;
	readonly bytes: Uint8Array;
}
