// What a section name says: code, data or neither, and for code the program type, as libbpf resolves SEC() names
// (docs.kernel.org/bpf/libbpf/program_types.html).

import { attachType, progNames } from "../abi/index.ts";

export interface SectionType {
	readonly type?: number;
	readonly expectedAttachType: number;
	readonly flags: number;
}

export type SectionKind = "code" | "data" | "license" | "version" | "ignored" | "maps";

/** BPF_F_SLEEPABLE and BPF_F_XDP_HAS_FRAGS. */
const SLEEPABLE = 16;
const FRAGS = 32;

type Attach = keyof typeof attachType | 0;

/** Name or, ending in `/` or `+`, beginning of a name: `+` means the name alone or with `/...`. */
const table: readonly (readonly [string, (typeof progNames)[number], Attach, number?])[] = [
	["xdp.frags/devmap", "xdp", "BPF_XDP_DEVMAP", FRAGS],
	["xdp/devmap", "xdp", "BPF_XDP_DEVMAP"],
	["xdp.frags/cpumap", "xdp", "BPF_XDP_CPUMAP", FRAGS],
	["xdp/cpumap", "xdp", "BPF_XDP_CPUMAP"],
	["xdp.frags+", "xdp", "BPF_XDP", FRAGS],
	["xdp+", "xdp", "BPF_XDP"],
	["socket+", "socket_filter", 0],
	["sk_reuseport/migrate", "sk_reuseport", "BPF_SK_REUSEPORT_SELECT_OR_MIGRATE"],
	["sk_reuseport", "sk_reuseport", "BPF_SK_REUSEPORT_SELECT"],
	["kprobe.session+", "kprobe", "BPF_TRACE_KPROBE_SESSION"],
	["uprobe.session+", "kprobe", "BPF_TRACE_UPROBE_SESSION"],
	["kprobe.multi+", "kprobe", "BPF_TRACE_KPROBE_MULTI"],
	["kretprobe.multi+", "kprobe", "BPF_TRACE_KPROBE_MULTI"],
	["uprobe.multi+", "kprobe", "BPF_TRACE_UPROBE_MULTI"],
	["uretprobe.multi+", "kprobe", "BPF_TRACE_UPROBE_MULTI"],
	["kprobe+", "kprobe", 0],
	["uprobe+", "kprobe", 0],
	["uprobe.s+", "kprobe", 0, SLEEPABLE],
	["kretprobe+", "kprobe", 0],
	["uretprobe+", "kprobe", 0],
	["uretprobe.s+", "kprobe", 0, SLEEPABLE],
	["ksyscall+", "kprobe", 0],
	["kretsyscall+", "kprobe", 0],
	["usdt+", "kprobe", 0],
	["usdt.s+", "kprobe", 0, SLEEPABLE],
	["tc/ingress", "sched_cls", "BPF_TCX_INGRESS"],
	["tc/egress", "sched_cls", "BPF_TCX_EGRESS"],
	["tcx/ingress", "sched_cls", "BPF_TCX_INGRESS"],
	["tcx/egress", "sched_cls", "BPF_TCX_EGRESS"],
	["netkit/primary", "sched_cls", "BPF_NETKIT_PRIMARY"],
	["netkit/peer", "sched_cls", "BPF_NETKIT_PEER"],
	["tc", "sched_cls", 0],
	["classifier+", "sched_cls", 0],
	["action", "sched_act", 0],
	["tracepoint+", "tracepoint", 0],
	["tp+", "tracepoint", 0],
	["raw_tracepoint+", "raw_tracepoint", 0],
	["raw_tp+", "raw_tracepoint", 0],
	["raw_tracepoint.w+", "raw_tracepoint_writable", 0],
	["raw_tp.w+", "raw_tracepoint_writable", 0],
	["tp_btf+", "tracing", "BPF_TRACE_RAW_TP"],
	["fentry+", "tracing", "BPF_TRACE_FENTRY"],
	["fentry.s+", "tracing", "BPF_TRACE_FENTRY", SLEEPABLE],
	["fexit+", "tracing", "BPF_TRACE_FEXIT"],
	["fexit.s+", "tracing", "BPF_TRACE_FEXIT", SLEEPABLE],
	["fmod_ret+", "tracing", "BPF_MODIFY_RETURN"],
	["fmod_ret.s+", "tracing", "BPF_MODIFY_RETURN", SLEEPABLE],
	["freplace+", "ext", 0],
	["lsm+", "lsm", "BPF_LSM_MAC"],
	["lsm.s+", "lsm", "BPF_LSM_MAC", SLEEPABLE],
	["lsm_cgroup+", "lsm", "BPF_LSM_CGROUP"],
	["iter+", "tracing", "BPF_TRACE_ITER"],
	["iter.s+", "tracing", "BPF_TRACE_ITER", SLEEPABLE],
	["syscall", "syscall", 0, SLEEPABLE],
	["perf_event", "perf_event", 0],
	["lwt_in", "lwt_in", 0],
	["lwt_out", "lwt_out", 0],
	["lwt_xmit", "lwt_xmit", 0],
	["lwt_seg6local", "lwt_seg6local", 0],
	["sockops", "sock_ops", "BPF_CGROUP_SOCK_OPS"],
	["sk_skb/stream_parser", "sk_skb", "BPF_SK_SKB_STREAM_PARSER"],
	["sk_skb/stream_verdict", "sk_skb", "BPF_SK_SKB_STREAM_VERDICT"],
	["sk_skb/verdict", "sk_skb", "BPF_SK_SKB_VERDICT"],
	["sk_skb", "sk_skb", 0],
	["sk_msg", "sk_msg", "BPF_SK_MSG_VERDICT"],
	["lirc_mode2", "lirc_mode2", "BPF_LIRC_MODE2"],
	["flow_dissector", "flow_dissector", "BPF_FLOW_DISSECTOR"],
	["cgroup_skb/ingress", "cgroup_skb", "BPF_CGROUP_INET_INGRESS"],
	["cgroup_skb/egress", "cgroup_skb", "BPF_CGROUP_INET_EGRESS"],
	["cgroup/skb", "cgroup_skb", 0],
	["cgroup/sock_create", "cgroup_sock", "BPF_CGROUP_INET_SOCK_CREATE"],
	["cgroup/sock_release", "cgroup_sock", "BPF_CGROUP_INET_SOCK_RELEASE"],
	["cgroup/sock", "cgroup_sock", "BPF_CGROUP_INET_SOCK_CREATE"],
	["cgroup/post_bind4", "cgroup_sock", "BPF_CGROUP_INET4_POST_BIND"],
	["cgroup/post_bind6", "cgroup_sock", "BPF_CGROUP_INET6_POST_BIND"],
	["cgroup/bind4", "cgroup_sock_addr", "BPF_CGROUP_INET4_BIND"],
	["cgroup/bind6", "cgroup_sock_addr", "BPF_CGROUP_INET6_BIND"],
	["cgroup/connect4", "cgroup_sock_addr", "BPF_CGROUP_INET4_CONNECT"],
	["cgroup/connect6", "cgroup_sock_addr", "BPF_CGROUP_INET6_CONNECT"],
	["cgroup/connect_unix", "cgroup_sock_addr", "BPF_CGROUP_UNIX_CONNECT"],
	["cgroup/sendmsg4", "cgroup_sock_addr", "BPF_CGROUP_UDP4_SENDMSG"],
	["cgroup/sendmsg6", "cgroup_sock_addr", "BPF_CGROUP_UDP6_SENDMSG"],
	["cgroup/sendmsg_unix", "cgroup_sock_addr", "BPF_CGROUP_UNIX_SENDMSG"],
	["cgroup/recvmsg4", "cgroup_sock_addr", "BPF_CGROUP_UDP4_RECVMSG"],
	["cgroup/recvmsg6", "cgroup_sock_addr", "BPF_CGROUP_UDP6_RECVMSG"],
	["cgroup/recvmsg_unix", "cgroup_sock_addr", "BPF_CGROUP_UNIX_RECVMSG"],
	["cgroup/getpeername4", "cgroup_sock_addr", "BPF_CGROUP_INET4_GETPEERNAME"],
	["cgroup/getpeername6", "cgroup_sock_addr", "BPF_CGROUP_INET6_GETPEERNAME"],
	["cgroup/getpeername_unix", "cgroup_sock_addr", "BPF_CGROUP_UNIX_GETPEERNAME"],
	["cgroup/getsockname4", "cgroup_sock_addr", "BPF_CGROUP_INET4_GETSOCKNAME"],
	["cgroup/getsockname6", "cgroup_sock_addr", "BPF_CGROUP_INET6_GETSOCKNAME"],
	["cgroup/getsockname_unix", "cgroup_sock_addr", "BPF_CGROUP_UNIX_GETSOCKNAME"],
	["cgroup/sysctl", "cgroup_sysctl", "BPF_CGROUP_SYSCTL"],
	["cgroup/getsockopt", "cgroup_sockopt", "BPF_CGROUP_GETSOCKOPT"],
	["cgroup/setsockopt", "cgroup_sockopt", "BPF_CGROUP_SETSOCKOPT"],
	["cgroup/dev", "cgroup_device", "BPF_CGROUP_DEVICE"],
	["struct_ops+", "struct_ops", 0],
	["struct_ops.s+", "struct_ops", 0, SLEEPABLE],
	["sk_lookup", "sk_lookup", "BPF_SK_LOOKUP"],
	["netfilter", "netfilter", "BPF_NETFILTER"],
];

/** Program type, attach type and load flags that the section name stands for; no type when it says nothing. */
export function programSection(name: string): SectionType {
	for (const [pattern, type, attach, flags = 0] of table) {
		const plain = pattern.endsWith("+") ? pattern.slice(0, -1) : pattern;
		const fits = name === plain || (pattern.endsWith("+") && name.startsWith(`${plain}/`));
		if (!fits) continue;
		const expectedAttachType = attach === 0 ? 0 : attachType[attach];
		return { type: progNames.indexOf(type), expectedAttachType, flags };
	}
	return { expectedAttachType: 0, flags: 0 };
}

/** Names for completion. */
export function sectionNames(): readonly string[] {
	return table.map(([pattern]) => pattern.replace("+", ""));
}

/** What the section holds; `flags` is the quoted word of the directive, as in `"ax"`. */
export function sectionKind(name: string, flags: string): SectionKind {
	if (name === "license") return "license";
	if (name === "version") return "version";
	if (name === ".maps" || name === "maps") return "maps";
	if (/^\.(data|rodata|bss)(\.|$)/.test(name)) return "data";
	if (/^\.(text|BTF|debug|note|rel|symtab|strtab|llvm|comment|eh_frame|ksyms|kconfig)/.test(name))
		return name === ".text" || name.startsWith(".text.") ? "code" : "ignored";
	if (flags.includes("x") || !flags.includes("w")) return "code";
	return "data";
}
