// What one verification has looked up in the kernel's BTF.

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
