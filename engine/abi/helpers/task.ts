// Helpers for the current task and its cgroups: prototypes, program types and a description of each. A pure table; knows no code.

import { ALL } from "../names.ts";
import type { Helper } from "../proto.ts";
import {
	ANYTHING,
	btf,
	FUNC,
	INTEGER,
	MAP,
	MEM_OUT,
	retBtf,
	retBtfTrusted,
	SIZE,
	STACK_OR_NULL,
} from "../proto.ts";

export const taskHelpers: readonly Helper[] = [
	{
		id: 14,
		name: "bpf_get_current_pid_tgid",
		since: "4.2",
		signature: "u64 bpf_get_current_pid_tgid(void)",
		doc: "Identity of the current task: its thread group id (what user space calls pid) in the upper 32 bits, its own id (tid) in the lower.",
		protos: [
			{
				ret: INTEGER,
				args: [],
				types: ALL,
			},
		],
	},
	{
		id: 15,
		name: "bpf_get_current_uid_gid",
		since: "4.2",
		signature: "u64 bpf_get_current_uid_gid(void)",
		doc: "Real group id of the current task in the upper 32 bits, real user id in the lower.",
		protos: [
			{
				ret: INTEGER,
				args: [],
				types: ALL,
			},
		],
	},
	{
		id: 16,
		name: "bpf_get_current_comm",
		since: "4.2",
		signature: "long bpf_get_current_comm(void *buf, u32 size_of_buf)",
		doc: "Copies the name of the current task (comm, at most 16 bytes with the NUL) to a buffer.",
		protos: [
			{
				ret: INTEGER,
				args: [MEM_OUT, SIZE],
				types: ALL,
			},
		],
	},
	{
		id: 35,
		name: "bpf_get_current_task",
		since: "4.8",
		signature: "u64 bpf_get_current_task(void)",
		doc: "Address of the current struct task_struct as a plain number. bpf_get_current_task_btf gives a typed pointer instead.",
		protos: [
			{
				ret: INTEGER,
				args: [],
				types: ALL,
				gplOnly: true,
			},
		],
	},
	{
		id: 37,
		name: "bpf_current_task_under_cgroup",
		since: "4.9",
		signature: "long bpf_current_task_under_cgroup(void *map, u32 index)",
		doc: "Tells whether the current task belongs to the cgroup in a slot of a cgroup array, or to one below it: 1 yes, 0 no, negative for an error.",
		protos: [
			{
				ret: INTEGER,
				args: [MAP, ANYTHING],
				types: ALL,
			},
		],
	},
	{
		id: 80,
		name: "bpf_get_current_cgroup_id",
		since: "4.18",
		signature: "u64 bpf_get_current_cgroup_id(void)",
		doc: "Id of the version 2 cgroup of the current task.",
		protos: [
			{
				ret: INTEGER,
				args: [],
				types: ALL,
			},
		],
	},
	{
		id: 109,
		name: "bpf_send_signal",
		since: "5.3",
		signature: "long bpf_send_signal(u32 sig)",
		doc: "Sends a signal to the process of the current task, delivered to any of its threads. -EBUSY when it could not be queued, -EPERM for kernel threads and exiting tasks.",
		protos: [
			{
				ret: INTEGER,
				args: [ANYTHING],
				types: ALL,
			},
		],
	},
	{
		id: 117,
		name: "bpf_send_signal_thread",
		since: "5.6",
		signature: "long bpf_send_signal_thread(u32 sig)",
		doc: "Sends a signal to the current thread. -EBUSY when it could not be queued, -EPERM for kernel threads and exiting tasks.",
		protos: [
			{
				ret: INTEGER,
				args: [ANYTHING],
				types: ALL,
			},
		],
	},
	{
		id: 120,
		name: "bpf_get_ns_current_pid_tgid",
		since: "5.7",
		signature:
			"long bpf_get_ns_current_pid_tgid(u64 dev, u64 ino, struct bpf_pidns_info *nsdata, u32 size)",
		doc: "Thread and thread group id of the current task as seen in the pid namespace with this device and inode number; -EINVAL when the task is not in it.",
		protos: [
			{
				ret: INTEGER,
				args: [ANYTHING, ANYTHING, MEM_OUT, SIZE],
				types: ALL,
			},
		],
	},
	{
		id: 123,
		name: "bpf_get_current_ancestor_cgroup_id",
		since: "5.7",
		signature: "u64 bpf_get_current_ancestor_cgroup_id(int ancestor_level)",
		doc: "Id of the cgroup at a level above that of the current task; level 0 is the root.",
		protos: [
			{
				ret: INTEGER,
				args: [ANYTHING],
				types: ALL,
			},
		],
	},
	{
		id: 158,
		name: "bpf_get_current_task_btf",
		since: "5.11",
		signature: "struct task_struct *bpf_get_current_task_btf(void)",
		doc: "Typed pointer to the current struct task_struct, whose fields can be read by plain loads.",
		protos: [
			{
				ret: retBtfTrusted("task_struct"),
				args: [],
				types: ALL,
				gplOnly: true,
			},
		],
	},
	{
		id: 175,
		name: "bpf_task_pt_regs",
		since: "5.15",
		signature: "long bpf_task_pt_regs(struct task_struct *task)",
		doc: "Registers that a task saved when it entered the kernel, struct pt_regs.",
		protos: [
			{
				ret: retBtf("pt_regs"),
				args: [btf("task_struct")],
				types: ALL,
				gplOnly: true,
			},
		],
	},
	{
		id: 180,
		name: "bpf_find_vma",
		since: "5.17",
		signature:
			"long bpf_find_vma(struct task_struct *task, u64 addr, void *callback_fn, void *callback_ctx, u64 flags)",
		doc: "Finds the memory area of a task that holds an address and calls a function of the program with task, area and a context pointer. -ENOENT when there is none, -EBUSY when the map of memory is locked.",
		protos: [
			{
				ret: INTEGER,
				args: [btf("task_struct"), ANYTHING, FUNC, STACK_OR_NULL, ANYTHING],
				types: ALL,
			},
		],
	},
];
