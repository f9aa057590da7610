// What one verification has looked up in the kernel's BTF: functions, structs, and what the program is attached to.

import type { Btf } from "../btf/index.ts";

/** A kernel function that programs may call. */
export interface Kfunc {
	readonly id: number;
	readonly name: string;
	/** KF_* bits. */
	readonly flags: number;
	/** This program may call it. */
	readonly allowed: boolean;
	readonly params: readonly { readonly name: string; readonly type: number }[];
	/** BTF id of what it returns, 0 for void. */
	readonly returns: number;
}

/** Kernel functions by BTF id, and ids of kernel structs by name. */
export interface KernelNames {
	readonly kfuncs: Map<number, Kfunc | undefined>;
	readonly structs: Map<string, number>;
}

interface Param {
	readonly name: string;
	readonly type: number;
}

/** A program that another one is attached to. */
interface TargetProgram {
	readonly btf: Btf;
	/** BPF_PROG_TYPE_* that says what the function's context is. */
	readonly type: number;
	/** The function's prototype is not to be relied on: five numbers are taken for its arguments. */
	readonly unreliable: boolean;
	/** Of a function named as an iterator of the kernel: ids of the structs behind that one's arguments, in the kernel's BTF. */
	readonly structs?: readonly number[];
}

/** What a program is attached to. */
export interface Target {
	readonly name: string;
	readonly params: readonly Param[];
	readonly returns: number;
	/** Kinds of argument that its type alone does not tell, by position. */
	readonly special: readonly (number | undefined)[];
	/** Pointers to kernel structs are trusted. */
	readonly trusted: boolean;
	/** The value returned follows the arguments. */
	readonly hasResult: boolean;
	/** Arguments of the kernel's function before the first of `params`. */
	readonly skipped: number;
	/** What a hook of the security modules returns; absent when anything goes. */
	readonly range?: { readonly min: number; readonly max: number };
	/** The struct of functions of a struct_ops program. */
	readonly ops?: string;
	/** Of a function of a program, whose BTF `params` and `returns` refer to; else they refer to the kernel's. */
	readonly program?: TargetProgram;
}

/** A list head or tree root, and the node that its elements have. */
export interface GraphRoot {
	readonly kind: string;
	/** Struct of the elements, in the program's BTF. */
	readonly value: number;
	readonly nodeOffset: number;
}
