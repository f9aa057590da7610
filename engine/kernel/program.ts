// A program in the kernel: what was loaded, ready to run.

import type { Program, Runner } from "../machine/index.ts";
import type { BpfMap } from "../maps/index.ts";

export interface LoadedProgram {
	readonly id: number;
	readonly name: string;
	/** BPF_PROG_TYPE_*. */
	readonly type: number;
	readonly expectedAttachType: number;
	/** BPF_F_* load flags. */
	readonly flags: number;
	/** The maps it refers to, by their index in its load request. */
	readonly maps: readonly BpfMap[];
	readonly program: Program;
	readonly runner: Runner;
	/** Runs unverified programs: helpers check their arguments. */
	readonly checked: boolean;
	/** Code bytes as they were handed in, for its tag and listings. */
	readonly insnCount: number;
	/** Bytes of a type of its BTF. */
	readonly sizeOf: (typeId: number) => number | undefined;
}
