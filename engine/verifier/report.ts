// What a verification found. Plain data: it can be cloned to a page.

import type { TargetFunction } from "../object/index.ts";
import type { StateView } from "./trace.ts";

export interface Stats {
	readonly insnsProcessed: number;
	readonly maxStatesPerInsn: number;
	readonly totalStates: number;
	readonly peakStates: number;
	readonly markRead: number;
}

export interface TraceView {
	/** Three words an event: kind (EVENT_*), instruction, argument. */
	readonly events: Int32Array;
	/** Instructions visited. */
	readonly steps: number;
	/** The states asked for by `statesAt`, in order of steps. */
	readonly states: readonly StateView[];
}

export interface Report {
	/** Linux loads the program. False also when `unsupported` or `stoppedAt` is there: then nothing is said of Linux. */
	readonly ok: boolean;
	/** What bpf(2) fails with, positive; 0 when ok, and when Skep gave no verdict. */
	readonly errno: number;
	/** What Skep cannot judge yet: no verdict. */
	readonly unsupported?: string;
	/** The verification was stopped after this many instructions: no verdict. */
	readonly stoppedAt?: number;
	/** Last line of the verifier's words, "" when ok. */
	readonly message: string;
	/** All of them. */
	readonly messages: readonly string[];
	/** Stable name of the kind of rejection, `area/what`. */
	readonly reason?: string;
	/** Instruction at which it was rejected. */
	readonly pc?: number;
	/** Text of the log at the level asked for. */
	readonly log: string;
	/** Bytes that the log took at most while it was written, a final zero included: what bpf(2) calls its true size. */
	readonly logPeak: number;
	/** Bytes of the context that the program touches at most, from its start. */
	readonly maxCtxOffset: number;
	readonly stats: Stats;
	/** Bytes of stack of each function, the main one first. */
	readonly stackDepths: readonly number[];
	/** Functions that were reached, the main one first; none without BTF that says what they are, and none of a rejected program. */
	readonly functions: readonly TargetFunction[];
	/** How often each instruction was visited, one element a slot. */
	readonly visits: Uint32Array;
	readonly trace?: TraceView;
}
