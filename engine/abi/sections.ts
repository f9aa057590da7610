// ELF section names of programs as libbpf reads them, and a guess for the free names of older objects.

import { attachType as A } from "./attach.ts";
import type { ProgName } from "./names.ts";
import { progNames } from "./names.ts";

/** Flags of BPF_PROG_LOAD. */
export const loadFlags = {
	BPF_F_STRICT_ALIGNMENT: 1 << 0,
	BPF_F_ANY_ALIGNMENT: 1 << 1,
	BPF_F_TEST_RND_HI32: 1 << 2,
	BPF_F_TEST_STATE_FREQ: 1 << 3,
	BPF_F_SLEEPABLE: 1 << 4,
	BPF_F_XDP_HAS_FRAGS: 1 << 5,
	BPF_F_XDP_DEV_BOUND_ONLY: 1 << 6,
	BPF_F_TEST_REG_INVARIANTS: 1 << 7,
} as const;

const { BPF_F_SLEEPABLE, BPF_F_XDP_HAS_FRAGS } = loadFlags;

/** One row of libbpf's table of section names. */
export interface SectionRule {
	/** The whole name; with `+` at its end also the name and, after a slash, what the program attaches to. */
	readonly pattern: string;
	readonly type: ProgName;
	/** BPF_ATTACH_TYPE, 0 for none. */
	readonly attachType: number;
	/** BPF_F_* load flags. */
	readonly flags: number;
}

const row = (pattern: string, type: ProgName, attachType = 0, flags = 0): SectionRule => ({
	pattern,
	type,
	attachType,
	flags,
});

/** The names that libbpf knows, in the order it tries them. */
export const sectionRules: readonly SectionRule[] = [
	row("socket", "socket_filter"),
	row("sk_reuseport/migrate", "sk_reuseport", A.BPF_SK_REUSEPORT_SELECT_OR_MIGRATE),
	row("sk_reuseport", "sk_reuseport", A.BPF_SK_REUSEPORT_SELECT),
	row("kprobe+", "kprobe"),
	row("uprobe+", "kprobe"),
	row("uprobe.s+", "kprobe", 0, BPF_F_SLEEPABLE),
	row("kretprobe+", "kprobe"),
	row("uretprobe+", "kprobe"),
	row("uretprobe.s+", "kprobe", 0, BPF_F_SLEEPABLE),
	row("kprobe.multi+", "kprobe", A.BPF_TRACE_KPROBE_MULTI),
	row("kretprobe.multi+", "kprobe", A.BPF_TRACE_KPROBE_MULTI),
	row("kprobe.session+", "kprobe", A.BPF_TRACE_KPROBE_SESSION),
	row("uprobe.multi+", "kprobe", A.BPF_TRACE_UPROBE_MULTI),
	row("uretprobe.multi+", "kprobe", A.BPF_TRACE_UPROBE_MULTI),
	row("uprobe.session+", "kprobe", A.BPF_TRACE_UPROBE_SESSION),
	row("uprobe.multi.s+", "kprobe", A.BPF_TRACE_UPROBE_MULTI, BPF_F_SLEEPABLE),
	row("uretprobe.multi.s+", "kprobe", A.BPF_TRACE_UPROBE_MULTI, BPF_F_SLEEPABLE),
	row("uprobe.session.s+", "kprobe", A.BPF_TRACE_UPROBE_SESSION, BPF_F_SLEEPABLE),
	row("ksyscall+", "kprobe"),
	row("kretsyscall+", "kprobe"),
	row("usdt+", "kprobe"),
	row("usdt.s+", "kprobe", 0, BPF_F_SLEEPABLE),
	row("tc/ingress", "sched_cls", A.BPF_TCX_INGRESS),
	row("tc/egress", "sched_cls", A.BPF_TCX_EGRESS),
	row("tcx/ingress", "sched_cls", A.BPF_TCX_INGRESS),
	row("tcx/egress", "sched_cls", A.BPF_TCX_EGRESS),
	row("tc", "sched_cls"),
	row("classifier", "sched_cls"),
	row("action", "sched_act"),
	row("netkit/primary", "sched_cls", A.BPF_NETKIT_PRIMARY),
	row("netkit/peer", "sched_cls", A.BPF_NETKIT_PEER),
	row("tracepoint+", "tracepoint"),
	row("tp+", "tracepoint"),
	row("raw_tracepoint+", "raw_tracepoint"),
	row("raw_tp+", "raw_tracepoint"),
	row("raw_tracepoint.w+", "raw_tracepoint_writable"),
	row("raw_tp.w+", "raw_tracepoint_writable"),
	row("tp_btf+", "tracing", A.BPF_TRACE_RAW_TP),
	row("fentry+", "tracing", A.BPF_TRACE_FENTRY),
	row("fmod_ret+", "tracing", A.BPF_MODIFY_RETURN),
	row("fexit+", "tracing", A.BPF_TRACE_FEXIT),
	row("fentry.s+", "tracing", A.BPF_TRACE_FENTRY, BPF_F_SLEEPABLE),
	row("fmod_ret.s+", "tracing", A.BPF_MODIFY_RETURN, BPF_F_SLEEPABLE),
	row("fexit.s+", "tracing", A.BPF_TRACE_FEXIT, BPF_F_SLEEPABLE),
	row("freplace+", "ext"),
	row("lsm+", "lsm", A.BPF_LSM_MAC),
	row("lsm.s+", "lsm", A.BPF_LSM_MAC, BPF_F_SLEEPABLE),
	row("lsm_cgroup+", "lsm", A.BPF_LSM_CGROUP),
	row("iter+", "tracing", A.BPF_TRACE_ITER),
	row("iter.s+", "tracing", A.BPF_TRACE_ITER, BPF_F_SLEEPABLE),
	row("syscall", "syscall", 0, BPF_F_SLEEPABLE),
	row("xdp.frags/devmap", "xdp", A.BPF_XDP_DEVMAP, BPF_F_XDP_HAS_FRAGS),
	row("xdp/devmap", "xdp", A.BPF_XDP_DEVMAP),
	row("xdp.frags/cpumap", "xdp", A.BPF_XDP_CPUMAP, BPF_F_XDP_HAS_FRAGS),
	row("xdp/cpumap", "xdp", A.BPF_XDP_CPUMAP),
	row("xdp.frags", "xdp", A.BPF_XDP, BPF_F_XDP_HAS_FRAGS),
	row("xdp", "xdp", A.BPF_XDP),
	row("perf_event", "perf_event"),
	row("lwt_in", "lwt_in"),
	row("lwt_out", "lwt_out"),
	row("lwt_xmit", "lwt_xmit"),
	row("lwt_seg6local", "lwt_seg6local"),
	row("sockops", "sock_ops", A.BPF_CGROUP_SOCK_OPS),
	row("sk_skb/stream_parser", "sk_skb", A.BPF_SK_SKB_STREAM_PARSER),
	row("sk_skb/stream_verdict", "sk_skb", A.BPF_SK_SKB_STREAM_VERDICT),
	row("sk_skb/verdict", "sk_skb", A.BPF_SK_SKB_VERDICT),
	row("sk_skb", "sk_skb"),
	row("sk_msg", "sk_msg", A.BPF_SK_MSG_VERDICT),
	row("lirc_mode2", "lirc_mode2", A.BPF_LIRC_MODE2),
	row("flow_dissector", "flow_dissector", A.BPF_FLOW_DISSECTOR),
	row("cgroup_skb/ingress", "cgroup_skb", A.BPF_CGROUP_INET_INGRESS),
	row("cgroup_skb/egress", "cgroup_skb", A.BPF_CGROUP_INET_EGRESS),
	row("cgroup/skb", "cgroup_skb"),
	row("cgroup/sock_create", "cgroup_sock", A.BPF_CGROUP_INET_SOCK_CREATE),
	row("cgroup/sock_release", "cgroup_sock", A.BPF_CGROUP_INET_SOCK_RELEASE),
	row("cgroup/sock", "cgroup_sock", A.BPF_CGROUP_INET_SOCK_CREATE),
	row("cgroup/post_bind4", "cgroup_sock", A.BPF_CGROUP_INET4_POST_BIND),
	row("cgroup/post_bind6", "cgroup_sock", A.BPF_CGROUP_INET6_POST_BIND),
	row("cgroup/bind4", "cgroup_sock_addr", A.BPF_CGROUP_INET4_BIND),
	row("cgroup/bind6", "cgroup_sock_addr", A.BPF_CGROUP_INET6_BIND),
	row("cgroup/connect4", "cgroup_sock_addr", A.BPF_CGROUP_INET4_CONNECT),
	row("cgroup/connect6", "cgroup_sock_addr", A.BPF_CGROUP_INET6_CONNECT),
	row("cgroup/connect_unix", "cgroup_sock_addr", A.BPF_CGROUP_UNIX_CONNECT),
	row("cgroup/sendmsg4", "cgroup_sock_addr", A.BPF_CGROUP_UDP4_SENDMSG),
	row("cgroup/sendmsg6", "cgroup_sock_addr", A.BPF_CGROUP_UDP6_SENDMSG),
	row("cgroup/sendmsg_unix", "cgroup_sock_addr", A.BPF_CGROUP_UNIX_SENDMSG),
	row("cgroup/recvmsg4", "cgroup_sock_addr", A.BPF_CGROUP_UDP4_RECVMSG),
	row("cgroup/recvmsg6", "cgroup_sock_addr", A.BPF_CGROUP_UDP6_RECVMSG),
	row("cgroup/recvmsg_unix", "cgroup_sock_addr", A.BPF_CGROUP_UNIX_RECVMSG),
	row("cgroup/getpeername4", "cgroup_sock_addr", A.BPF_CGROUP_INET4_GETPEERNAME),
	row("cgroup/getpeername6", "cgroup_sock_addr", A.BPF_CGROUP_INET6_GETPEERNAME),
	row("cgroup/getpeername_unix", "cgroup_sock_addr", A.BPF_CGROUP_UNIX_GETPEERNAME),
	row("cgroup/getsockname4", "cgroup_sock_addr", A.BPF_CGROUP_INET4_GETSOCKNAME),
	row("cgroup/getsockname6", "cgroup_sock_addr", A.BPF_CGROUP_INET6_GETSOCKNAME),
	row("cgroup/getsockname_unix", "cgroup_sock_addr", A.BPF_CGROUP_UNIX_GETSOCKNAME),
	row("cgroup/sysctl", "cgroup_sysctl", A.BPF_CGROUP_SYSCTL),
	row("cgroup/getsockopt", "cgroup_sockopt", A.BPF_CGROUP_GETSOCKOPT),
	row("cgroup/setsockopt", "cgroup_sockopt", A.BPF_CGROUP_SETSOCKOPT),
	row("cgroup/dev", "cgroup_device", A.BPF_CGROUP_DEVICE),
	row("struct_ops+", "struct_ops"),
	row("struct_ops.s+", "struct_ops", 0, BPF_F_SLEEPABLE),
	row("sk_lookup", "sk_lookup", A.BPF_SK_LOOKUP),
	row("netfilter", "netfilter", A.BPF_NETFILTER),
];

/** How older objects begin their section names, where that differs from the rules or the rules want an exact name. */
const oldPrefixes: readonly SectionRule[] = [
	row("sk_reuseport", "sk_reuseport", A.BPF_SK_REUSEPORT_SELECT),
	row("cgroup/skb", "cgroup_skb"),
	row("cgroup_skb", "cgroup_skb"),
	row("cgroup/sock", "cgroup_sock", A.BPF_CGROUP_INET_SOCK_CREATE),
	row("cgroup/dev", "cgroup_device", A.BPF_CGROUP_DEVICE),
	row("cgroup/sysctl", "cgroup_sysctl", A.BPF_CGROUP_SYSCTL),
	row("sockops", "sock_ops", A.BPF_CGROUP_SOCK_OPS),
	row("sk_skb", "sk_skb"),
	row("sk_msg", "sk_msg", A.BPF_SK_MSG_VERDICT),
	row("sk_lookup", "sk_lookup", A.BPF_SK_LOOKUP),
	row("socket", "socket_filter"),
	row("filter", "socket_filter"),
	row("classifier", "sched_cls"),
	row("from-netdev", "sched_cls"),
	row("from-container", "sched_cls"),
	row("from-overlay", "sched_cls"),
	row("ingress", "sched_cls"),
	row("egress", "sched_cls"),
	row("action", "sched_act"),
	row("tc", "sched_cls"),
	row("cls", "sched_cls"),
	row("xdp.frags", "xdp", A.BPF_XDP, BPF_F_XDP_HAS_FRAGS),
	row("xdp_devmap", "xdp", A.BPF_XDP_DEVMAP),
	row("xdp_cpumap", "xdp", A.BPF_XDP_CPUMAP),
	row("xdp", "xdp", A.BPF_XDP),
	row("kprobe", "kprobe"),
	row("kretprobe", "kprobe"),
	row("uprobe", "kprobe"),
	row("uretprobe", "kprobe"),
	row("raw_tp", "raw_tracepoint"),
	row("raw_tracepoint", "raw_tracepoint"),
	row("tracepoint", "tracepoint"),
	row("perf_event", "perf_event"),
	row("lwt_in", "lwt_in"),
	row("lwt_out", "lwt_out"),
	row("lwt_xmit", "lwt_xmit"),
	row("flow_dissector", "flow_dissector", A.BPF_FLOW_DISSECTOR),
	row("netfilter", "netfilter", A.BPF_NETFILTER),
];

/** What a section name says about its program. */
export interface SectionType {
	/** BPF_PROG_TYPE_*. */
	readonly type: number;
	readonly name: ProgName;
	/** BPF_ATTACH_TYPE, 0 for none. */
	readonly attachType: number;
	/** BPF_F_* load flags. */
	readonly flags: number;
	/** What comes after the slash: the function, tracepoint or struct to attach to; "" when not given. */
	readonly target: string;
	/** False: not a name that libbpf takes; the type is a guess from how the name begins. */
	readonly exact: boolean;
	/** False for a name with `?` before it: the program is not loaded unless asked for. */
	readonly autoload: boolean;
}

function matches(pattern: string, section: string): boolean {
	if (!pattern.endsWith("+")) return section === pattern;
	const stem = pattern.slice(0, -1);
	return section === stem || (section.startsWith(`${stem}/`) && section.length > stem.length + 1);
}

/** What a program in this ELF section is, undefined when the name says nothing. */
export function sectionType(section: string): SectionType | undefined {
	const autoload = !section.startsWith("?");
	const name = autoload ? section : section.slice(1);
	const rule = sectionRules.find(({ pattern }) => matches(pattern, name));
	const guess =
		rule ??
		oldPrefixes
			.filter(({ pattern }) => name.startsWith(pattern))
			.sort((a, b) => b.pattern.length - a.pattern.length)[0];
	if (guess === undefined) return undefined;
	const slash = name.indexOf("/");
	return {
		type: progNames.indexOf(guess.type),
		name: guess.type,
		attachType: guess.attachType,
		flags: guess.flags,
		target: guess.pattern.endsWith("+") && slash >= 0 ? name.slice(slash + 1) : "",
		exact: rule !== undefined,
		autoload,
	};
}
