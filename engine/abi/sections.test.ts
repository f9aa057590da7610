// Section names: what libbpf takes, and guesses for older objects.

import { expect, test } from "vitest";
import { acceptsAttach, attachType, progType, sectionRules, sectionType } from "./index.ts";

const cases: [string, string, number, number, string, boolean][] = [
	["xdp", "xdp", attachType.BPF_XDP, 0, "", true],
	["xdp.frags", "xdp", attachType.BPF_XDP, 32, "", true],
	["xdp/devmap", "xdp", attachType.BPF_XDP_DEVMAP, 0, "", true],
	["xdp_prog1", "xdp", attachType.BPF_XDP, 0, "", false],
	["tc", "sched_cls", 0, 0, "", true],
	["tcx/egress", "sched_cls", attachType.BPF_TCX_EGRESS, 0, "", true],
	["classifier/ingress", "sched_cls", 0, 0, "", false],
	["action", "sched_act", 0, 0, "", true],
	["kprobe/do_unlinkat", "kprobe", 0, 0, "do_unlinkat", true],
	["kprobe", "kprobe", 0, 0, "", true],
	["kprobe.multi/tcp_*", "kprobe", attachType.BPF_TRACE_KPROBE_MULTI, 0, "tcp_*", true],
	["uprobe.s//bin/sh:main", "kprobe", 0, 16, "/bin/sh:main", true],
	["tp/syscalls/sys_enter_open", "tracepoint", 0, 0, "syscalls/sys_enter_open", true],
	[
		"fentry.s/bpf_fentry_test1",
		"tracing",
		attachType.BPF_TRACE_FENTRY,
		16,
		"bpf_fentry_test1",
		true,
	],
	["lsm/file_open", "lsm", attachType.BPF_LSM_MAC, 0, "file_open", true],
	["iter/task", "tracing", attachType.BPF_TRACE_ITER, 0, "task", true],
	["cgroup/connect4", "cgroup_sock_addr", attachType.BPF_CGROUP_INET4_CONNECT, 0, "", true],
	["cgroup/skb1", "cgroup_skb", 0, 0, "", false],
	["socket1", "socket_filter", 0, 0, "", false],
	["syscall", "syscall", 0, 16, "", true],
];

test.each(cases)("section %s", (section, name, attach, flags, target, exact) => {
	expect(sectionType(section)).toEqual({
		type: progType(name)?.id,
		name,
		attachType: attach,
		flags,
		target,
		exact,
		autoload: true,
	});
});

test("names that say nothing, and programs not to be loaded", () => {
	expect(sectionType(".text")).toBeUndefined();
	expect(sectionType("maps")).toBeUndefined();
	expect(sectionType("?xdp")).toMatchObject({ name: "xdp", autoload: false, exact: true });
});

test("each rule gives an attach type that its program type takes", () => {
	for (const rule of sectionRules)
		if (rule.type !== "struct_ops" && rule.type !== "ext")
			expect(acceptsAttach(progType(rule.type)?.id ?? 0, rule.attachType), rule.pattern).toBe(true);
});
