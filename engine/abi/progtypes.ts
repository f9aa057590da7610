// Program types of Linux 6.18: context, attach types, return values, what the verifier lets them do.

import { attachType as A } from "./attach.ts";
import type { ContextLayout } from "./context.ts";
import {
	argumentsLayout,
	deviceLayout,
	kprobeLayout,
	lircLayout,
	netfilterLayout,
	perfEventLayout,
	rawTracepointLayout,
	rawTracepointWritableLayout,
	sockoptLayout,
	syscallLayout,
	sysctlLayout,
	tracepointLayout,
	xdpLayout,
} from "./layouts/other.ts";
import {
	cgroupSkbLayout,
	flowDissectorLayout,
	lwtLayout,
	skSkbLayout,
	socketFilterLayout,
	tcLayout,
} from "./layouts/skb.ts";
import {
	cgroupSockLayout,
	skLookupLayout,
	skMsgLayout,
	skReuseportLayout,
	sockAddrLayout,
	sockOpsLayout,
} from "./layouts/socket.ts";
import type { ProgName } from "./names.ts";
import type { ReturnNames } from "./returns.ts";
import {
	cgroupReturns,
	flowReturns,
	lwtReturns,
	netfilterReturns,
	skReturns,
	tcReturns,
	xdpReturns,
} from "./returns.ts";

/** What the kernel says about one type of program (Documentation/bpf/libbpf/program_types.rst). */
export interface ProgramType {
	/** BPF_PROG_TYPE_*. */
	readonly id: number;
	readonly name: ProgName;
	/** First Linux release that has it. */
	readonly since: string;
	/** One paragraph. */
	readonly doc: string;
	readonly context: ContextLayout;
	/**
	 * The expected_attach_type values that BPF_PROG_LOAD takes (others: EINVAL). Absent: any number, it is not looked at
	 * or chooses between rules.
	 */
	readonly attachTypes?: readonly number[];
	/** What an expected_attach_type of 0 stands for, where 0 is not meant. */
	readonly defaultAttach?: number;
	/** The program is loaded for one function or struct that attach_btf_id names. */
	readonly attachBtf?: boolean;
	/** May store to packet pointers; otherwise "cannot write into packet". */
	readonly packetWrite?: boolean;
	/** May hand packet pointers to helpers that take them (Proto.pktAccess; `always`: to all). */
	readonly packetToHelpers?: "pktAccess" | "always";
	/** May use the legacy packet loads, BPF_LD with mode BPF_ABS and BPF_IND. */
	readonly legacyLoads?: boolean;
	/** BPF_F_SLEEPABLE: refused when absent; `must`: refused without. */
	readonly sleepable?: "may" | "must";
	/** What the usual return values are called. */
	readonly returnNames?: ReturnNames;
	/** Not in the kernel that the tables were checked with: the configuration option that it needs. */
	readonly needs?: string;
}

/** Every type, the index is the number; 0 is BPF_PROG_TYPE_UNSPEC. */
export const programTypes: readonly ProgramType[] = [
	{
		id: 0,
		name: "unspec",
		since: "3.18",
		doc: "No type. Loading a program of it fails with EINVAL.",
		context: argumentsLayout,
		attachTypes: [],
	},
	{
		id: 1,
		name: "socket_filter",
		since: "3.19",
		doc: "Runs for each packet that arrives at one socket (SO_ATTACH_BPF). The value returned is how many bytes of the packet the socket gets to see: 0 drops it, a large number keeps all. Packet data is read with the legacy loads or bpf_skb_load_bytes, not through pointers.",
		context: socketFilterLayout,
		legacyLoads: true,
	},
	{
		id: 2,
		name: "kprobe",
		since: "4.1",
		doc: "Runs when a kernel or user space function is entered or returns (kprobe, kretprobe, uprobe, uretprobe, and their multi and session forms). The context is the registers of the CPU at that moment, struct pt_regs; arguments are picked from it by the calling convention.",
		context: kprobeLayout,
		sleepable: "may",
	},
	{
		id: 3,
		name: "sched_cls",
		since: "4.1",
		doc: "Traffic control: classifies, changes, drops or redirects packets at a device's ingress or egress, after the socket buffer exists. Attached as a tc filter, in direct-action mode also deciding, or to tcx and netkit hooks. May read and write the packet through data and data_end.",
		context: tcLayout,
		packetWrite: true,
		packetToHelpers: "pktAccess",
		legacyLoads: true,
		returnNames: tcReturns,
	},
	{
		id: 4,
		name: "sched_act",
		since: "4.1",
		doc: "Traffic control action: runs when a tc filter matched, and says by a TC_ACT_ value what becomes of the packet. Otherwise the same as sched_cls, whose direct-action mode has replaced it in practice.",
		context: tcLayout,
		packetWrite: true,
		packetToHelpers: "pktAccess",
		legacyLoads: true,
		returnNames: tcReturns,
	},
	{
		id: 5,
		name: "tracepoint",
		since: "4.7",
		doc: "Runs at a static tracepoint of the kernel. The context is the event's record as its format file in tracefs lays it out; the first 8 bytes, common to all events, cannot be read.",
		context: tracepointLayout,
	},
	{
		id: 6,
		name: "xdp",
		since: "4.8",
		doc: "Express Data Path: runs in the network driver for each received frame, before a socket buffer is made. Reads and rewrites the frame between data and data_end, may move its start and end, and returns one of the XDP_ verdicts. Also runs at the entries of device and CPU maps.",
		context: xdpLayout,
		packetWrite: true,
		packetToHelpers: "pktAccess",
		returnNames: xdpReturns,
	},
	{
		id: 7,
		name: "perf_event",
		since: "4.9",
		doc: "Runs on each sample of a perf event, such as a timer or a hardware counter that overflowed. The context holds the interrupted registers, the sample period and the sampled address.",
		context: perfEventLayout,
	},
	{
		id: 8,
		name: "cgroup_skb",
		since: "4.10",
		doc: "Filters the IP packets that the sockets of a cgroup receive (ingress) or send (egress). Returns 1 to let pass, 0 to drop; at egress bit 1 also signals congestion.",
		context: cgroupSkbLayout,
		attachTypes: [A.BPF_CGROUP_INET_INGRESS, A.BPF_CGROUP_INET_EGRESS],
		packetToHelpers: "pktAccess",
		returnNames: cgroupReturns,
	},
	{
		id: 9,
		name: "cgroup_sock",
		since: "4.10",
		doc: "Runs when a process of the cgroup creates or releases an internet socket, or right after bind. At creation it may set the bound device, mark and priority. Returns 1 to allow, 0 to refuse.",
		context: cgroupSockLayout,
		attachTypes: [
			A.BPF_CGROUP_INET_SOCK_CREATE,
			A.BPF_CGROUP_INET4_POST_BIND,
			A.BPF_CGROUP_INET6_POST_BIND,
			A.BPF_CGROUP_INET_SOCK_RELEASE,
		],
		defaultAttach: A.BPF_CGROUP_INET_SOCK_CREATE,
		returnNames: cgroupReturns,
	},
	{
		id: 10,
		name: "lwt_in",
		since: "4.10",
		doc: "Lightweight tunnel, input: runs on packets that a route with a BPF encapsulation delivers locally or receives. Reads the packet only.",
		context: lwtLayout,
		packetToHelpers: "pktAccess",
		returnNames: lwtReturns,
	},
	{
		id: 11,
		name: "lwt_out",
		since: "4.10",
		doc: "Lightweight tunnel, output: runs on locally made packets that take a route with a BPF encapsulation. Reads the packet only.",
		context: lwtLayout,
		packetToHelpers: "pktAccess",
		returnNames: lwtReturns,
	},
	{
		id: 12,
		name: "lwt_xmit",
		since: "4.10",
		doc: "Lightweight tunnel, transmit: runs just before a packet leaves by a route with a BPF encapsulation. May rewrite it, push headers and redirect it.",
		context: lwtLayout,
		packetWrite: true,
		packetToHelpers: "pktAccess",
		returnNames: lwtReturns,
	},
	{
		id: 13,
		name: "sock_ops",
		since: "4.13",
		doc: "Callbacks from TCP connections of a cgroup: connection set up, retransmission, round trip time, state change, header options. The field op says which; the program answers by the field reply. Returns 1.",
		context: sockOpsLayout,
	},
	{
		id: 14,
		name: "sk_skb",
		since: "4.14",
		doc: "Runs on the stream of a socket that is in a sockmap: as parser it returns the length of the next message, as verdict it passes, drops or redirects it to another socket.",
		context: skSkbLayout,
		packetWrite: true,
		packetToHelpers: "pktAccess",
		returnNames: skReturns,
	},
	{
		id: 15,
		name: "cgroup_device",
		since: "4.15",
		doc: "Decides whether a process of the cgroup may open or create a device node. The context tells kind of access, major and minor number. Returns 1 to allow, 0 to refuse.",
		context: deviceLayout,
		returnNames: cgroupReturns,
	},
	{
		id: 16,
		name: "sk_msg",
		since: "4.17",
		doc: "Runs on each sendmsg and sendfile of a socket that is in a sockmap or sockhash, and passes, drops or redirects the message. It sees the data that data and data_end span, which bpf_msg_pull_data may widen.",
		context: skMsgLayout,
		packetWrite: true,
		packetToHelpers: "pktAccess",
		returnNames: skReturns,
	},
	{
		id: 17,
		name: "raw_tracepoint",
		since: "4.17",
		doc: "Runs at a static tracepoint with the arguments as the kernel passes them, before they are copied into an event record. Each is a 64-bit number; pointers are followed with bpf_probe_read_kernel.",
		context: rawTracepointLayout,
	},
	{
		id: 18,
		name: "cgroup_sock_addr",
		since: "4.17",
		doc: "Runs on bind, connect, sendmsg, recvmsg, getpeername and getsockname of processes of the cgroup and may rewrite the address that the call names. Returns 1 to go on, 0 to refuse where the hook can refuse.",
		context: sockAddrLayout,
		attachTypes: [
			A.BPF_CGROUP_INET4_BIND,
			A.BPF_CGROUP_INET6_BIND,
			A.BPF_CGROUP_INET4_CONNECT,
			A.BPF_CGROUP_INET6_CONNECT,
			A.BPF_CGROUP_UDP4_SENDMSG,
			A.BPF_CGROUP_UDP6_SENDMSG,
			A.BPF_CGROUP_UDP4_RECVMSG,
			A.BPF_CGROUP_UDP6_RECVMSG,
			A.BPF_CGROUP_INET4_GETPEERNAME,
			A.BPF_CGROUP_INET6_GETPEERNAME,
			A.BPF_CGROUP_INET4_GETSOCKNAME,
			A.BPF_CGROUP_INET6_GETSOCKNAME,
			A.BPF_CGROUP_UNIX_CONNECT,
			A.BPF_CGROUP_UNIX_SENDMSG,
			A.BPF_CGROUP_UNIX_RECVMSG,
			A.BPF_CGROUP_UNIX_GETPEERNAME,
			A.BPF_CGROUP_UNIX_GETSOCKNAME,
		],
		returnNames: cgroupReturns,
	},
	{
		id: 19,
		name: "lwt_seg6local",
		since: "4.18",
		doc: "Segment routing endpoint: runs as the End.BPF action on IPv6 packets with a segment routing header, which helpers may edit.",
		context: lwtLayout,
		packetToHelpers: "pktAccess",
		returnNames: lwtReturns,
	},
	{
		id: 20,
		name: "lirc_mode2",
		since: "4.18",
		doc: "Decodes the pulses of an infrared receiver. The context is one sample, length and kind in a 32-bit number; decoded keys are reported by helpers.",
		context: lircLayout,
		needs: "CONFIG_BPF_LIRC_MODE2",
	},
	{
		id: 21,
		name: "sk_reuseport",
		since: "4.19",
		doc: "Chooses which socket of a SO_REUSEPORT group gets a packet or a connection, by bpf_sk_select_reuseport with a map of sockets. Returns SK_PASS or SK_DROP.",
		context: skReuseportLayout,
		attachTypes: [A.BPF_SK_REUSEPORT_SELECT, A.BPF_SK_REUSEPORT_SELECT_OR_MIGRATE],
		defaultAttach: A.BPF_SK_REUSEPORT_SELECT,
		packetToHelpers: "pktAccess",
		returnNames: skReturns,
	},
	{
		id: 22,
		name: "flow_dissector",
		since: "4.20",
		doc: "Replaces the kernel's flow dissector of a network namespace: parses the headers and writes addresses, ports and offsets to struct bpf_flow_keys, through the pointer flow_keys.",
		context: flowDissectorLayout,
		packetToHelpers: "pktAccess",
		returnNames: flowReturns,
	},
	{
		id: 23,
		name: "cgroup_sysctl",
		since: "5.2",
		doc: "Runs when a process of the cgroup reads or writes a file below /proc/sys; may look at and replace the value. Returns 1 to allow, 0 to refuse.",
		context: sysctlLayout,
		returnNames: cgroupReturns,
	},
	{
		id: 24,
		name: "raw_tracepoint_writable",
		since: "5.2",
		doc: "A raw tracepoint whose first argument is a buffer that the program may write to, within the size that the tracepoint declares.",
		context: rawTracepointWritableLayout,
	},
	{
		id: 25,
		name: "cgroup_sockopt",
		since: "5.3",
		doc: "Runs on getsockopt and setsockopt of processes of the cgroup; sees level, name and value of the option and may change or handle it. Returns 1 to go on, 0 to refuse.",
		context: sockoptLayout,
		attachTypes: [A.BPF_CGROUP_GETSOCKOPT, A.BPF_CGROUP_SETSOCKOPT],
		packetWrite: true,
		packetToHelpers: "always",
		returnNames: cgroupReturns,
	},
	{
		id: 26,
		name: "tracing",
		since: "5.5",
		doc: "Attached by BTF: tp_btf at a tracepoint, fentry and fexit around a kernel function, fmod_ret to replace a result, iter to walk kernel objects. Arguments are typed, so kernel structs are read by plain loads.",
		context: argumentsLayout,
		attachTypes: [
			A.BPF_TRACE_RAW_TP,
			A.BPF_TRACE_FENTRY,
			A.BPF_TRACE_FEXIT,
			A.BPF_MODIFY_RETURN,
			A.BPF_TRACE_ITER,
		],
		attachBtf: true,
		sleepable: "may",
	},
	{
		id: 27,
		name: "struct_ops",
		since: "5.6",
		doc: "Implements one function of a kernel operations struct, such as a TCP congestion control or a scheduler. expected_attach_type is the index of the member that it implements.",
		context: argumentsLayout,
		attachBtf: true,
		sleepable: "may",
	},
	{
		id: 28,
		name: "ext",
		since: "5.6",
		doc: "Replaces a global function of another program that is already loaded (freplace). Context, helpers and return value are those of the program whose function it replaces.",
		context: argumentsLayout,
		attachTypes: [0],
		attachBtf: true,
	},
	{
		id: 29,
		name: "lsm",
		since: "5.7",
		doc: "Runs at a Linux Security Module hook and may refuse what is about to happen by returning a negative error number; for a whole system, or for one cgroup.",
		context: argumentsLayout,
		attachTypes: [A.BPF_LSM_MAC, A.BPF_LSM_CGROUP],
		attachBtf: true,
		sleepable: "may",
	},
	{
		id: 30,
		name: "sk_lookup",
		since: "5.9",
		doc: "Runs when the kernel looks for the socket of an incoming packet and none is connected yet; may choose any socket by bpf_sk_assign. Returns SK_PASS or SK_DROP.",
		context: skLookupLayout,
		attachTypes: [A.BPF_SK_LOOKUP],
		returnNames: skReturns,
	},
	{
		id: 31,
		name: "syscall",
		since: "5.14",
		doc: "Runs once, when user space asks for it, with a context of its own making that it may read and write. Meant for loaders: it may create maps and load programs by bpf_sys_bpf. Always sleepable.",
		context: syscallLayout,
		attachTypes: [0],
		sleepable: "must",
	},
	{
		id: 32,
		name: "netfilter",
		since: "6.4",
		doc: "Runs at a netfilter hook such as prerouting or output. The context points to the hook state and the packet's socket buffer as typed kernel pointers. Returns NF_ACCEPT or NF_DROP.",
		context: netfilterLayout,
		attachTypes: [A.BPF_NETFILTER],
		returnNames: netfilterReturns,
	},
];
