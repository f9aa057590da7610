// What programs return: the range that the verifier enforces and the names of the values.

import { attachType as A } from "./attach.ts";

/** Inclusive. */
export interface ReturnRange {
	readonly min: number;
	readonly max: number;
}

const bool: ReturnRange = { min: 0, max: 1 };
const zero: ReturnRange = { min: 0, max: 0 };
const one: ReturnRange = { min: 1, max: 1 };
const four: ReturnRange = { min: 0, max: 3 };

const sockAddr: Readonly<Record<number, ReturnRange>> = {
	[A.BPF_CGROUP_INET4_BIND]: four,
	[A.BPF_CGROUP_INET6_BIND]: four,
	[A.BPF_CGROUP_UDP4_RECVMSG]: one,
	[A.BPF_CGROUP_UDP6_RECVMSG]: one,
	[A.BPF_CGROUP_UNIX_RECVMSG]: one,
	[A.BPF_CGROUP_INET4_GETPEERNAME]: one,
	[A.BPF_CGROUP_INET6_GETPEERNAME]: one,
	[A.BPF_CGROUP_UNIX_GETPEERNAME]: one,
	[A.BPF_CGROUP_INET4_GETSOCKNAME]: one,
	[A.BPF_CGROUP_INET6_GETSOCKNAME]: one,
	[A.BPF_CGROUP_UNIX_GETSOCKNAME]: one,
};

/** By BPF_PROG_TYPE_*: one range, or one an attach type with `0` for the rest; types that are not here may return anything. */
export const returnRanges: Readonly<
	Record<number, ReturnRange | { by: Readonly<Record<number, ReturnRange>>; rest?: ReturnRange }>
> = {
	2: { by: { [A.BPF_TRACE_KPROBE_SESSION]: bool, [A.BPF_TRACE_UPROBE_SESSION]: bool } },
	8: { by: { [A.BPF_CGROUP_INET_EGRESS]: four }, rest: bool },
	9: bool,
	13: bool,
	15: bool,
	18: { by: sockAddr, rest: bool },
	23: bool,
	25: bool,
	26: { by: { [A.BPF_TRACE_FENTRY]: zero, [A.BPF_TRACE_FEXIT]: zero, [A.BPF_TRACE_ITER]: bool } },
	30: bool,
	32: bool,
};

/** Values with a name, by what they mean; signed 32 bits. */
export type ReturnNames = Readonly<Record<string, number>>;

export const xdpReturns: ReturnNames = {
	XDP_ABORTED: 0,
	XDP_DROP: 1,
	XDP_PASS: 2,
	XDP_TX: 3,
	XDP_REDIRECT: 4,
};

export const tcReturns: ReturnNames = {
	TC_ACT_UNSPEC: -1,
	TC_ACT_OK: 0,
	TC_ACT_RECLASSIFY: 1,
	TC_ACT_SHOT: 2,
	TC_ACT_PIPE: 3,
	TC_ACT_STOLEN: 4,
	TC_ACT_QUEUED: 5,
	TC_ACT_REPEAT: 6,
	TC_ACT_REDIRECT: 7,
	TC_ACT_TRAP: 8,
};

export const tcxReturns: ReturnNames = { TCX_NEXT: -1, TCX_PASS: 0, TCX_DROP: 2, TCX_REDIRECT: 7 };

export const netkitReturns: ReturnNames = {
	NETKIT_NEXT: -1,
	NETKIT_PASS: 0,
	NETKIT_DROP: 2,
	NETKIT_REDIRECT: 7,
};

export const skReturns: ReturnNames = { SK_DROP: 0, SK_PASS: 1 };

export const lwtReturns: ReturnNames = {
	BPF_OK: 0,
	BPF_DROP: 2,
	BPF_REDIRECT: 7,
	BPF_LWT_REROUTE: 128,
};

export const flowReturns: ReturnNames = {
	BPF_OK: 0,
	BPF_DROP: 2,
	BPF_FLOW_DISSECTOR_CONTINUE: 129,
};

export const netfilterReturns: ReturnNames = { NF_DROP: 0, NF_ACCEPT: 1 };

/** Cgroup hooks: 0 refuses (EPERM), 1 lets pass. */
export const cgroupReturns: ReturnNames = { DENY: 0, ALLOW: 1 };
