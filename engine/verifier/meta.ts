// What the arguments of one call together mean: the map, the buffer that will be filled, references given up.

import type { Proto } from "../abi/index.ts";
import type { SpecialField } from "./maps.ts";
import type { RawMode } from "./stack.ts";

/** struct bpf_call_arg_meta of the kernel. */
export interface CallMeta extends RawMode {
	readonly id: number;
	readonly proto: Proto;
	/** Number of the map's facts, 0 for none. */
	map: number;
	mapUid: number;
	releaseReg: number;
	refId: number;
	/** Id of the dynptr that the call gives a pointer into, 0 for none. */
	dynptrId: number;
	/** Largest value of the size argument, low and high half. */
	maxSizeHi: number;
	maxSizeLo: number;
	/** Constant size of what is allocated. */
	memSize: number;
	subprog: number;
	/** Field that bpf_kptr_xchg exchanges. */
	kptr: SpecialField | undefined;
	/** BTF type of the per-CPU variable or object that is an argument, and whether RCU protects it. */
	retBtf: number;
	retRcu: boolean;
	/** Constant key of an array lookup, -1 when it is not known. */
	constKey: number;
}

export function newMeta(id: number, proto: Proto): CallMeta {
	return {
		id,
		proto,
		rawMode: false,
		accessSize: 0,
		regno: 0,
		map: 0,
		mapUid: 0,
		releaseReg: 0,
		refId: 0,
		dynptrId: 0,
		maxSizeHi: 0,
		maxSizeLo: 0,
		memSize: 0,
		subprog: -1,
		kptr: undefined,
		retBtf: 0,
		retRcu: false,
		constKey: -1,
	};
}
