// Helpers for clocks and timers: prototypes, program types and a description of each. A pure table; knows no code.

import { ALL, ALL_AND_LIRC, LWT, TC } from "../names.ts";
import type { Helper } from "../proto.ts";
import { ANYTHING, FUNC, INTEGER, MAP, TIMER } from "../proto.ts";

export const timeHelpers: readonly Helper[] = [
	{
		id: 5,
		name: "bpf_ktime_get_ns",
		since: "4.1",
		signature: "u64 bpf_ktime_get_ns(void)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [],
				types: ALL_AND_LIRC,
			},
		],
	},
	{
		id: 125,
		name: "bpf_ktime_get_boot_ns",
		since: "5.8",
		signature: "u64 bpf_ktime_get_boot_ns(void)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [],
				types: ALL_AND_LIRC,
			},
		],
	},
	{
		id: 160,
		name: "bpf_ktime_get_coarse_ns",
		since: "5.11",
		signature: "u64 bpf_ktime_get_coarse_ns(void)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [],
				types: [
					...LWT,
					...TC,
					"socket_filter",
					"xdp",
					"cgroup_skb",
					"cgroup_sock",
					"sock_ops",
					"sk_skb",
					"sk_msg",
					"cgroup_sock_addr",
					"sk_reuseport",
					"flow_dissector",
					"cgroup_sysctl",
					"struct_ops",
					"sk_lookup",
				],
			},
		],
	},
	{
		id: 169,
		name: "bpf_timer_init",
		since: "5.15",
		signature: "long bpf_timer_init(struct bpf_timer *timer, void *map, u64 flags)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [TIMER, MAP, ANYTHING],
				types: ALL,
				gplOnly: true,
			},
		],
	},
	{
		id: 170,
		name: "bpf_timer_set_callback",
		since: "5.15",
		signature: "long bpf_timer_set_callback(struct bpf_timer *timer, void *callback_fn)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [TIMER, FUNC],
				types: ALL,
				gplOnly: true,
			},
		],
	},
	{
		id: 171,
		name: "bpf_timer_start",
		since: "5.15",
		signature: "long bpf_timer_start(struct bpf_timer *timer, u64 nsecs, u64 flags)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [TIMER, ANYTHING, ANYTHING],
				types: ALL,
				gplOnly: true,
			},
		],
	},
	{
		id: 172,
		name: "bpf_timer_cancel",
		since: "5.15",
		signature: "long bpf_timer_cancel(struct bpf_timer *timer)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [TIMER],
				types: ALL,
				gplOnly: true,
			},
		],
	},
	{
		id: 208,
		name: "bpf_ktime_get_tai_ns",
		since: "6.1",
		signature: "u64 bpf_ktime_get_tai_ns(void)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [],
				types: ALL,
			},
		],
	},
];
