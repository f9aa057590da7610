// Helpers for tracing: reading memory, stacks, arguments of the traced function: prototypes, program types and a description of each. A pure table; knows no code.

import { ALL, ALL_AND_LIRC, TRACE } from "../names.ts";
import type { Helper } from "../proto.ts";
import {
	ANYTHING,
	btf,
	CTX,
	INTEGER,
	MAP,
	MEM_IN,
	MEM_IN_OR_NULL,
	MEM_INOUT_OR_NULL,
	MEM_OUT,
	numberOut,
	SIZE,
	SIZE_OR_ZERO,
} from "../proto.ts";

export const probeHelpers: readonly Helper[] = [
	{
		id: 4,
		name: "bpf_probe_read",
		since: "4.1",
		signature: "long bpf_probe_read(void *dst, u32 size, const void *unsafe_ptr)",
		doc: "Copies memory from any address, kernel or user, without risk of a fault: -EFAULT, and zeros in the destination, when it cannot be read. It does not know which address space is meant; bpf_probe_read_kernel and bpf_probe_read_user do and should be used.",
		protos: [
			{
				ret: INTEGER,
				args: [MEM_OUT, SIZE_OR_ZERO, ANYTHING],
				types: TRACE,
				gplOnly: true,
			},
		],
	},
	{
		id: 6,
		name: "bpf_trace_printk",
		since: "4.1",
		signature: "long bpf_trace_printk(const char *fmt, u32 fmt_size, ...)",
		doc: "Formats a message with up to three values and writes it to the kernel's trace pipe, where user space reads it. The format is a C string of the program with its size, NUL included; conversions are %d %i %u %x %l.. %p %s and a few kernel ones. For debugging: it is slow and shared by the whole system.",
		protos: [
			{
				ret: INTEGER,
				args: [MEM_IN, SIZE],
				types: ALL_AND_LIRC,
				gplOnly: true,
			},
		],
	},
	{
		id: 22,
		name: "bpf_perf_event_read",
		since: "4.3",
		signature: "u64 bpf_perf_event_read(void *map, u64 flags)",
		doc: "Reads a hardware or software counter from a slot of a perf event array; the low 32 bits of the flags are the index, or BPF_F_CURRENT_CPU. Errors and counts share the return value, so bpf_perf_event_read_value is preferred.",
		protos: [
			{
				ret: INTEGER,
				args: [MAP, ANYTHING],
				types: ALL,
				gplOnly: true,
			},
		],
	},
	{
		id: 27,
		name: "bpf_get_stackid",
		since: "4.6",
		signature: "long bpf_get_stackid(void *ctx, void *map, u64 flags)",
		doc: "Records the current kernel stack, or with BPF_F_USER_STACK the user stack, in a stack trace map and gives its id. The low 8 bits of the flags skip frames; BPF_F_FAST_STACK_CMP compares by hash only and BPF_F_REUSE_STACKID overwrites on collision.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, MAP, ANYTHING],
				types: ["perf_event"],
			},
			{
				ret: INTEGER,
				args: [CTX, MAP, ANYTHING],
				types: [
					"kprobe",
					"tracepoint",
					"raw_tracepoint",
					"raw_tracepoint_writable",
					"tracing",
					"lsm",
					"syscall",
				],
				gplOnly: true,
			},
		],
	},
	{
		id: 36,
		name: "bpf_probe_write_user",
		since: "4.8",
		signature: "long bpf_probe_write_user(void *dst, const void *src, u32 len)",
		doc: "Writes to user memory of the current task. Meant for experiments: it can corrupt the process, logs a warning when a program with it is loaded, and does nothing in kernel threads or while the address space is switched.",
		needs: "no kernel lockdown in integrity mode",
		protos: [
			{
				ret: INTEGER,
				args: [ANYTHING, MEM_IN, SIZE],
				types: TRACE,
				gplOnly: true,
			},
		],
	},
	{
		id: 45,
		name: "bpf_probe_read_str",
		since: "4.11",
		signature: "long bpf_probe_read_str(void *dst, u32 size, const void *unsafe_ptr)",
		doc: "Copies a NUL-terminated string from any address, cut to the size of the buffer and always terminated; gives the length with the NUL, or a negative error. bpf_probe_read_kernel_str and bpf_probe_read_user_str say which space is meant.",
		protos: [
			{
				ret: INTEGER,
				args: [MEM_OUT, SIZE_OR_ZERO, ANYTHING],
				types: TRACE,
				gplOnly: true,
			},
		],
	},
	{
		id: 55,
		name: "bpf_perf_event_read_value",
		since: "4.15",
		signature:
			"long bpf_perf_event_read_value(void *map, u64 flags, struct bpf_perf_event_value *buf, u32 buf_size)",
		doc: "Reads a perf counter with the times that it was enabled and running to struct bpf_perf_event_value. The low 32 bits of the flags are the index or BPF_F_CURRENT_CPU.",
		protos: [
			{
				ret: INTEGER,
				args: [MAP, ANYTHING, MEM_OUT, SIZE],
				types: ALL,
				gplOnly: true,
			},
		],
	},
	{
		id: 56,
		name: "bpf_perf_prog_read_value",
		since: "4.15",
		signature:
			"long bpf_perf_prog_read_value(struct bpf_perf_event_data *ctx, struct bpf_perf_event_value *buf, u32 buf_size)",
		doc: "Reads the counter of the perf event to which the program is attached, with its enabled and running times.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, MEM_OUT, SIZE],
				types: ["perf_event"],
				gplOnly: true,
			},
		],
	},
	{
		id: 58,
		name: "bpf_override_return",
		since: "4.16",
		signature: "long bpf_override_return(struct pt_regs *regs, u64 rc)",
		doc: "Makes the probed kernel function return this value without running, for error injection; only functions marked for it may be probed so.",
		needs: "CONFIG_BPF_KPROBE_OVERRIDE",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING],
				types: ["kprobe"],
				gplOnly: true,
			},
		],
	},
	{
		id: 67,
		name: "bpf_get_stack",
		since: "4.18",
		signature: "long bpf_get_stack(void *ctx, void *buf, u32 size, u64 flags)",
		doc: "Copies the addresses of the current kernel stack, or with BPF_F_USER_STACK the user stack, to a buffer and gives the number of bytes. The low 8 bits of the flags skip frames; BPF_F_USER_BUILD_ID stores build ids with file offsets.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, MEM_OUT, SIZE_OR_ZERO, ANYTHING],
				types: TRACE,
				gplOnly: true,
			},
		],
	},
	{
		id: 112,
		name: "bpf_probe_read_user",
		since: "5.5",
		signature: "long bpf_probe_read_user(void *dst, u32 size, const void *unsafe_ptr)",
		doc: "Copies memory from a user address without risk of a fault: -EFAULT, and zeros in the destination, when it cannot be read.",
		protos: [
			{
				ret: INTEGER,
				args: [MEM_OUT, SIZE_OR_ZERO, ANYTHING],
				types: ALL,
				gplOnly: true,
			},
		],
	},
	{
		id: 113,
		name: "bpf_probe_read_kernel",
		since: "5.5",
		signature: "long bpf_probe_read_kernel(void *dst, u32 size, const void *unsafe_ptr)",
		doc: "Copies memory from a kernel address without risk of a fault: -EFAULT, and zeros in the destination, when it cannot be read.",
		protos: [
			{
				ret: INTEGER,
				args: [MEM_OUT, SIZE_OR_ZERO, ANYTHING],
				types: ALL,
				gplOnly: true,
			},
		],
	},
	{
		id: 114,
		name: "bpf_probe_read_user_str",
		since: "5.5",
		signature: "long bpf_probe_read_user_str(void *dst, u32 size, const void *unsafe_ptr)",
		doc: "Copies a NUL-terminated string from a user address, cut to the size of the buffer and always terminated; gives the length with the NUL, or a negative error.",
		protos: [
			{
				ret: INTEGER,
				args: [MEM_OUT, SIZE_OR_ZERO, ANYTHING],
				types: ALL,
				gplOnly: true,
			},
		],
	},
	{
		id: 115,
		name: "bpf_probe_read_kernel_str",
		since: "5.5",
		signature: "long bpf_probe_read_kernel_str(void *dst, u32 size, const void *unsafe_ptr)",
		doc: "Copies a NUL-terminated string from a kernel address, cut to the size of the buffer and always terminated; gives the length with the NUL, or a negative error.",
		protos: [
			{
				ret: INTEGER,
				args: [MEM_OUT, SIZE_OR_ZERO, ANYTHING],
				types: ALL,
				gplOnly: true,
			},
		],
	},
	{
		id: 119,
		name: "bpf_read_branch_records",
		since: "5.7",
		signature:
			"long bpf_read_branch_records(struct bpf_perf_event_data *ctx, void *buf, u32 size, u64 flags)",
		doc: "Copies the branch records that the processor took with the perf sample to a buffer of struct perf_branch_entry, and gives the bytes. BPF_F_GET_BRANCH_RECORDS_SIZE asks how many there are.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, MEM_INOUT_OR_NULL, SIZE_OR_ZERO, ANYTHING],
				types: ["perf_event"],
				gplOnly: true,
			},
		],
	},
	{
		id: 141,
		name: "bpf_get_task_stack",
		since: "5.9",
		signature: "long bpf_get_task_stack(struct task_struct *task, void *buf, u32 size, u64 flags)",
		doc: "Copies the stack addresses of a task, as bpf_get_stack does for the current one.",
		protos: [
			{
				ret: INTEGER,
				args: [btf("task_struct"), MEM_OUT, SIZE_OR_ZERO, ANYTHING],
				types: ALL,
			},
		],
	},
	{
		id: 148,
		name: "bpf_copy_from_user",
		since: "5.10",
		signature: "long bpf_copy_from_user(void *dst, u32 size, const void *user_ptr)",
		doc: "Copies memory from a user address and may wait for it to be paged in, so sleepable programs only. On error the destination is zeroed.",
		protos: [
			{
				ret: INTEGER,
				args: [MEM_OUT, SIZE_OR_ZERO, ANYTHING],
				types: ALL,
				mightSleep: true,
			},
		],
	},
	{
		id: 173,
		name: "bpf_get_func_ip",
		since: "5.15",
		signature: "u64 bpf_get_func_ip(void *ctx)",
		doc: "Address of the traced function: where the probe was set, the entry of the function at its return; 0 for probes inside a function.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX],
				types: ["kprobe"],
				attach: { kprobe: [42, 48, 56, 57] },
			},
			{
				ret: INTEGER,
				args: [CTX],
				types: TRACE,
				gplOnly: true,
			},
		],
	},
	{
		id: 174,
		name: "bpf_get_attach_cookie",
		since: "5.15",
		signature: "u64 bpf_get_attach_cookie(void *ctx)",
		doc: "Number that user space gave when it attached the program, 0 when none; tells several attachments of one program apart.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX],
				types: [
					"kprobe",
					"tracepoint",
					"perf_event",
					"raw_tracepoint",
					"raw_tracepoint_writable",
					"tracing",
					"lsm",
				],
				attach: { tracing: [23, 24, 25, 26], lsm: [27] },
			},
		],
	},
	{
		id: 176,
		name: "bpf_get_branch_snapshot",
		since: "5.16",
		signature: "long bpf_get_branch_snapshot(void *entries, u32 size, u64 flags)",
		doc: "Copies the branch records of the processor (struct perf_branch_entry) as they are at this moment to a buffer and gives the bytes; -ENOENT where the hardware has none.",
		protos: [
			{
				ret: INTEGER,
				args: [MEM_OUT, SIZE_OR_ZERO],
				types: ALL,
				gplOnly: true,
			},
		],
	},
	{
		id: 177,
		name: "bpf_trace_vprintk",
		since: "5.16",
		signature:
			"long bpf_trace_vprintk(const char *fmt, u32 fmt_size, const void *data, u32 data_len)",
		doc: "As bpf_trace_printk with any number of values, given as an array of 64-bit numbers.",
		protos: [
			{
				ret: INTEGER,
				args: [MEM_IN, SIZE, MEM_IN_OR_NULL, SIZE_OR_ZERO],
				types: ALL,
				gplOnly: true,
			},
		],
	},
	{
		id: 183,
		name: "bpf_get_func_arg",
		since: "5.17",
		signature: "long bpf_get_func_arg(void *ctx, u32 n, u64 *value)",
		doc: "Stores an argument of the traced function by its number; -EINVAL when it has fewer.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, numberOut(8)],
				types: ["tracing", "lsm"],
				attach: { tracing: [24, 25, 26], lsm: [27] },
			},
		],
	},
	{
		id: 184,
		name: "bpf_get_func_ret",
		since: "5.17",
		signature: "long bpf_get_func_ret(void *ctx, u64 *value)",
		doc: "Stores what the traced function returned, in fexit and fmod_ret programs; -EOPNOTSUPP in fentry.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, numberOut(8)],
				types: ["tracing", "lsm"],
				attach: { tracing: [24, 25, 26], lsm: [27] },
			},
		],
	},
	{
		id: 185,
		name: "bpf_get_func_arg_cnt",
		since: "5.17",
		signature: "long bpf_get_func_arg_cnt(void *ctx)",
		doc: "Number of arguments of the traced function, counted in registers.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX],
				types: ["tracing", "lsm"],
				attach: { tracing: [24, 25, 26], lsm: [27] },
			},
		],
	},
	{
		id: 191,
		name: "bpf_copy_from_user_task",
		since: "5.18",
		signature:
			"long bpf_copy_from_user_task(void *dst, u32 size, const void *user_ptr, struct task_struct *tsk, u64 flags)",
		doc: "Copies memory from a user address of another task and may wait for it, so sleepable programs only. On error the destination is zeroed. Flags must be 0.",
		protos: [
			{
				ret: INTEGER,
				args: [MEM_OUT, SIZE_OR_ZERO, ANYTHING, btf("task_struct"), ANYTHING],
				types: ALL,
				gplOnly: true,
				mightSleep: true,
			},
		],
	},
];
