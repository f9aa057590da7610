// What the parts of a server share: the simulated kernel, the compiler on its memory, what requests have kept.

import type { Jit } from "../../jit/index.ts";
import type { Kernel, LoadedProgram } from "../../kernel/index.ts";
import type { AttachTarget } from "../../object/index.ts";
import type { Handles } from "./handles.ts";

export interface Session {
	readonly kernel: Kernel;
	readonly jit: Jit;
	readonly handles: Handles;
	/** Bytes of context that kept programs need at least. */
	readonly contexts: WeakMap<LoadedProgram, number>;
	/** What kept programs are to those that attach to them. */
	readonly targets: WeakMap<LoadedProgram, AttachTarget>;
	/** Possible CPUs. */
	readonly cpus: number;
}
