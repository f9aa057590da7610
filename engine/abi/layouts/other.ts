// Contexts of XDP, tracing, cgroup control, netfilter and syscall programs.

import { attachType } from "../attach.ts";
import type { ContextField, ContextLayout } from "../context.ts";
import { field } from "./field.ts";

export const xdpLayout: ContextLayout = {
	struct: "xdp_md",
	byBtf: false,
	fields: [
		field("data", 0, 4, "exact", { kind: "PTR_TO_PACKET" }),
		field("data_end", 4, 4, "exact", { kind: "PTR_TO_PACKET_END" }),
		field("data_meta", 8, 4, "exact", { kind: "PTR_TO_PACKET_META" }),
		field("ingress_ifindex", 12, 4, "exact"),
		field("rx_queue_index", 16, 4, "exact"),
		field("egress_ifindex", 20, 4, "exact", { attach: [attachType.BPF_XDP_DEVMAP] }),
	],
};

/** struct pt_regs of x86-64, in order; 8 bytes each. */
const registers = [
	"r15",
	"r14",
	"r13",
	"r12",
	"bp",
	"bx",
	"r11",
	"r10",
	"r9",
	"r8",
	"ax",
	"cx",
	"dx",
	"si",
	"di",
	"orig_ax",
	"ip",
	"cs",
	"flags",
	"sp",
	"ss",
];

export const kprobeLayout: ContextLayout = {
	struct: "pt_regs",
	byBtf: false,
	fields: registers.map((name, i) => field(name, 8 * i, 8, "narrow")),
};

export const perfEventLayout: ContextLayout = {
	struct: "bpf_perf_event_data",
	byBtf: false,
	fields: [
		...registers.map((name, i) => field(`regs.${name}`, 8 * i, 8, "exact")),
		field("sample_period", 168, 8, "narrow"),
		field("addr", 176, 8, "narrow"),
	],
};

/** The record of the tracepoint, whose fields the event's format tells; the first 8 bytes are not the program's. */
export const tracepointLayout: ContextLayout = {
	struct: "trace_entry",
	byBtf: false,
	fields: [
		// The kernel compares a negative offset as if it were unsigned and lets it through.
		{ name: "before", offset: -32768, size: 32768, unit: 8, read: "any" },
		{ name: "fields", offset: 8, size: 8184, unit: 8, read: "any" },
	],
};

const args: readonly ContextField[] = Array.from({ length: 12 }, (_, i) =>
	field(`args[${i}]`, 8 * i, 8, "narrow"),
);

export const rawTracepointLayout: ContextLayout = {
	struct: "bpf_raw_tracepoint_args",
	byBtf: false,
	fields: args,
};

/** The first argument is a buffer that the program may write to. */
export const rawTracepointWritableLayout: ContextLayout = {
	struct: "bpf_raw_tracepoint_args",
	byBtf: false,
	fields: [
		field("args[0]", 0, 8, "exact", { kind: "PTR_TO_TP_BUFFER" }),
		// Parts of it are plain numbers, other than those that begin with its first byte.
		...[1, 2, 4].flatMap((unit) =>
			Array.from({ length: 8 / unit - 1 }, (_, i) =>
				field("args[0]", unit * (i + 1), unit, "exact"),
			),
		),
		...args.slice(1),
	],
};

export const deviceLayout: ContextLayout = {
	struct: "bpf_cgroup_dev_ctx",
	byBtf: false,
	fields: [
		field("access_type", 0, 4, "narrow"),
		field("major", 4, 4, "exact"),
		field("minor", 8, 4, "exact"),
	],
};

export const sysctlLayout: ContextLayout = {
	struct: "bpf_sysctl",
	byBtf: false,
	fields: [field("write", 0, 4, "narrow"), field("file_pos", 4, 4, "narrow", { write: "exact" })],
};

const set = [attachType.BPF_CGROUP_SETSOCKOPT];
const get = [attachType.BPF_CGROUP_GETSOCKOPT];

export const sockoptLayout: ContextLayout = {
	struct: "bpf_sockopt",
	byBtf: false,
	fields: [
		field("sk", 0, 8, "exact", { kind: "PTR_TO_SOCKET" }),
		field("optval", 8, 8, "exact", { kind: "PTR_TO_PACKET" }),
		field("optval_end", 16, 8, "exact", { kind: "PTR_TO_PACKET_END" }),
		field("level", 24, 4, "exact", { write: "exact", writeAttach: set }),
		field("optname", 28, 4, "exact", { write: "exact", writeAttach: set }),
		field("optlen", 32, 4, "exact", { write: "exact" }),
		field("retval", 36, 4, "exact", { write: "exact", attach: get }),
	],
};

export const netfilterLayout: ContextLayout = {
	struct: "bpf_nf_ctx",
	byBtf: false,
	fields: [
		field("state", 0, 8, "exact", { kind: "PTR_TO_BTF_ID", btf: "nf_hook_state" }),
		field("skb", 8, 8, "exact", { kind: "PTR_TO_BTF_ID", btf: "sk_buff" }),
	],
};

/** A struct of the program's own; its size is known at run time only. */
export const syscallLayout: ContextLayout = {
	struct: "void",
	byBtf: false,
	fields: [{ name: "bytes", offset: 0, size: 65535, unit: 8, read: "any", write: "any" }],
};

/** Samples of an infrared receiver: one 32-bit number. */
export const lircLayout: ContextLayout = {
	struct: "unsigned int",
	byBtf: false,
	fields: [field("sample", 0, 4, "exact")],
};

/** Arguments of what the program is attached to, 8 bytes each, typed by BTF. */
export const argumentsLayout: ContextLayout = {
	struct: "unsigned long long",
	byBtf: true,
	fields: [],
};
