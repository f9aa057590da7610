// Names of the program types, BPF_PROG_TYPE_* of Linux 6.18 in lower case, and the groups that the helper tables use.

/** The index is the type's number. */
export const progNames = [
	"unspec",
	"socket_filter",
	"kprobe",
	"sched_cls",
	"sched_act",
	"tracepoint",
	"xdp",
	"perf_event",
	"cgroup_skb",
	"cgroup_sock",
	"lwt_in",
	"lwt_out",
	"lwt_xmit",
	"sock_ops",
	"sk_skb",
	"cgroup_device",
	"sk_msg",
	"raw_tracepoint",
	"cgroup_sock_addr",
	"lwt_seg6local",
	"lirc_mode2",
	"sk_reuseport",
	"flow_dissector",
	"cgroup_sysctl",
	"raw_tracepoint_writable",
	"cgroup_sockopt",
	"tracing",
	"struct_ops",
	"ext",
	"lsm",
	"sk_lookup",
	"syscall",
	"netfilter",
] as const;

/** Name of a program type: BPF_PROG_TYPE_ in lower case. */
export type ProgName = (typeof progNames)[number];

/** Every type but lirc_mode2, which has a short list of its own, and ext, which takes the rules of what it replaces. */
export const ALL: readonly ProgName[] = progNames.filter(
	(name) => name !== "unspec" && name !== "lirc_mode2" && name !== "ext",
);
export const ALL_AND_LIRC: readonly ProgName[] = [...ALL, "lirc_mode2"];
export const TC: readonly ProgName[] = ["sched_cls", "sched_act"];
export const LWT: readonly ProgName[] = ["lwt_in", "lwt_out", "lwt_xmit", "lwt_seg6local"];
/** Types with the helpers of kernel/trace/bpf_trace.c. */
export const TRACE: readonly ProgName[] = [
	"kprobe",
	"tracepoint",
	"perf_event",
	"raw_tracepoint",
	"raw_tracepoint_writable",
	"tracing",
	"lsm",
	"syscall",
];
/** Cgroup hooks other than that of packets. */
export const CGROUP: readonly ProgName[] = [
	"cgroup_sock",
	"cgroup_device",
	"cgroup_sock_addr",
	"cgroup_sysctl",
	"cgroup_sockopt",
];
export function without(all: readonly ProgName[], ...some: ProgName[]): readonly ProgName[] {
	return all.filter((name) => !some.includes(name));
}
