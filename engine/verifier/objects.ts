// Objects that the program allocates, and the lists and trees that hold them, as arguments and results of kfuncs.

import type { Env } from "./env.ts";
import type { KfuncMeta } from "./kfuncmeta.ts";
import type { Reg } from "./reg.ts";

/** Argument `index` of a kind that has to do with allocated objects. */
export function objectArgument(env: Env, meta: KfuncMeta, kind: string, index: number): number {
	void meta;
	void index;
	return env.giveUp(`kfunc arguments: ${kind}`);
}

/** The call puts an object into a list or tree. */
export function insertNode(env: Env, meta: KfuncMeta): number {
	void env;
	void meta;
	return 0;
}

/** An object returned; undefined when the kfunc returns none. */
export function objectResult(env: Env, meta: KfuncMeta, r0: Reg): number | undefined {
	void r0;
	return meta.kfunc.name.startsWith("bpf_obj_new") || meta.kfunc.name.startsWith("bpf_percpu_obj")
		? env.giveUp("allocated objects")
		: undefined;
}
