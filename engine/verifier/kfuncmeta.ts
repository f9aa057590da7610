// What the arguments of one kfunc call together mean (struct bpf_kfunc_call_arg_meta of the kernel).

import { KF_RELEASE, KF_TRUSTED_ARGS } from "../abi/index.ts";
import type { DynptrFacts } from "./dynptr.ts";
import type { GraphRoot, Kfunc } from "./kernelnames.ts";
import type { RawMode } from "./stack.ts";

export interface KfuncMeta extends RawMode {
	readonly kfunc: Kfunc;
	refId: number;
	releaseReg: number;
	/** Size of the memory that r0 points to, 0 for none. */
	r0Size: number;
	r0ReadOnly: boolean;
	/** The one constant argument, low and high half; undefined when there was none. */
	constant: { readonly hi: number; readonly lo: number } | undefined;
	subprog: number;
	/** BTF type of the object argument. */
	argBtf: number;
	owning: boolean;
	/** BTF type that the call itself determines. */
	retBtf: number;
	iterSlot: number;
	iterFrame: number;
	map: number;
	mapUid: number;
	root: GraphRoot | undefined;
	/** The initialised dynptr among the arguments. */
	dynptr: DynptrFacts | undefined;
	program: boolean;
}

export function newKfuncMeta(kfunc: Kfunc): KfuncMeta {
	return {
		kfunc,
		rawMode: false,
		accessSize: 0,
		regno: 0,
		refId: 0,
		releaseReg: 0,
		r0Size: 0,
		r0ReadOnly: false,
		constant: undefined,
		subprog: -1,
		argBtf: 0,
		owning: false,
		retBtf: 0,
		iterSlot: 0,
		iterFrame: 0,
		map: 0,
		mapUid: 0,
		root: undefined,
		dynptr: undefined,
		program: false,
	};
}

/** is_kfunc_trusted_args: what is given up must be trusted as well. */
export function wantsTrusted(kfunc: Kfunc): boolean {
	return (kfunc.flags & (KF_TRUSTED_ARGS | KF_RELEASE)) !== 0;
}
