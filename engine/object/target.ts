// A loaded program that another one is attached to: what bpf(2) knows of attach_prog_fd. Plain data, made from a program that
// was judged; knows nothing of how.

/** One function of the program, as it was verified. Functions that nothing reaches are gone. */
export interface TargetFunction {
	readonly name: string;
	/** BTF id of the function. */
	readonly typeId: number;
	/** Its BTF does not tell how it is called. */
	readonly unreliable: boolean;
	/** It may change the packet, and with it every packet pointer. */
	readonly changesPacket: boolean;
	readonly mightSleep: boolean;
	/** bpf_throw calls it. */
	readonly exceptionCallback: boolean;
}

/** What Linux looks at of the program that `attach_prog_fd` means. */
export interface AttachTarget {
	readonly name: string;
	/** BPF_PROG_TYPE_*. */
	readonly type: number;
	readonly expectedAttachType: number;
	/** Absent when it was loaded without. */
	readonly btf?: Uint8Array;
	/** As its func_info has them; none when it was loaded without. */
	readonly functions: readonly TargetFunction[];
	/** False where the kernel interprets programs. */
	readonly jited: boolean;
	/** A tracing program that is attached to a tracing program. */
	readonly nested: boolean;
	/** Of an extension: BPF_PROG_TYPE_* of the program that it replaces a function of. */
	readonly replaces?: number;
}
