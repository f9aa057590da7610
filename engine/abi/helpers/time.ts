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
		doc: "Nanoseconds since boot by the monotonic clock, without the time that the machine was suspended.",
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
		doc: "Nanoseconds since boot, the time suspended included.",
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
		doc: "Nanoseconds since boot as of the last timer tick: cheaper than bpf_ktime_get_ns and less exact.",
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
		doc: "Prepares a timer in a map value for a clock (CLOCK_MONOTONIC, CLOCK_REALTIME or CLOCK_BOOTTIME in the low bits of the flags). -EBUSY when it is prepared already.",
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
		doc: "Sets the function of the program that runs when the timer expires, with map, key and value.",
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
		doc: "Starts a timer to expire after nanoseconds, or with BPF_F_TIMER_ABS at that time; BPF_F_TIMER_CPU_PIN keeps it on this CPU. The callback runs once, and may start the timer again.",
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
		doc: "Stops a timer and waits for a running callback to end: 1 when it was active, 0 when not, -EDEADLK from its own callback.",
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
		doc: "Nanoseconds of international atomic time, that is of the wall clock without leap seconds.",
		protos: [
			{
				ret: INTEGER,
				args: [],
				types: ALL,
			},
		],
	},
];
