// Programs that need a kernel's types are judged without anybody bringing some.
import { expect, test } from "vitest";
import { createWorkbench } from "./index.ts";
import type { Project } from "./project.ts";

const source = `#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_core_read.h>
char LICENSE[] SEC("license") = "GPL";
SEC("tp_btf/sched_switch")
int BPF_PROG(on_switch, bool preempt, struct task_struct *prev, struct task_struct *next)
{
	bpf_printk("%d %d", next->pid, BPF_CORE_READ(prev, real_parent, pid));
	return 0;
}
SEC("fentry/tcp_connect")
int BPF_PROG(on_connect, struct sock *sk)
{
	return sk->no_such_member;
}
`;

const project = (text: string): Project => ({
	version: 1,
	name: "p",
	files: [{ path: "trace.c", text }],
	entry: "trace.c",
	scenario: { seed: 1, kernel: "linux-6.18", packets: [], maps: {} },
	breakpoints: [],
	tests: [],
});

test("a traced C program is accepted, a member that the kernel lacks is named", async () => {
	const workbench = createWorkbench(() => undefined);
	const broken = await workbench.open(1, project(source));
	expect(broken.diagnostics.map((d) => d.message)).toContain(
		"no member named 'no_such_member' in 'struct sock'",
	);
	const whole = source.replace("sk->no_such_member", "0");
	const built = await workbench.build(2, project(whole));
	expect(built.programs.map((p) => p.name)).toEqual(["on_switch", "on_connect"]);
	for (const { name } of built.programs)
		expect((await workbench.verify(2, name)).verdict).toEqual({ kind: "accepted" });
});

test("a question asked while the first build waits for the types is about that build", async () => {
	const workbench = createWorkbench(() => undefined);
	const body = "\t.section xdp\non_switch:\n\tr0 = 2\n\texit\n";
	const assembly = { ...project(""), files: [{ path: "a.s", text: body }], entry: "a.s" };
	await workbench.open(1, assembly);
	const building = workbench.build(2, project(source.replace("sk->no_such_member", "0")));
	const [verdict, log] = await Promise.all([
		workbench.verify(2, "on_switch"),
		workbench.log("on_switch", 0, 1000),
	]);
	await building;
	expect(verdict.revision).toBe(2);
	expect(verdict.insnsProcessed).toBeGreaterThan(5);
	expect(log.revision).toBe(2);
});
