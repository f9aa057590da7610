// Which kernel a program needs, by the first feature that an older one lacks.
import { expect, test } from "vitest";
import { helperByName, kfuncNames, kfuncSince, mapTypes, programTypes } from "../abi/index.ts";
import { utf8 } from "../base/index.ts";
import { loadRequest } from "../object/index.ts";
import { buildFile, buildText } from "./build.ts";
import { simulatedTypes } from "./kerneltypes.ts";
import { minimumKernel } from "./minimum.ts";
import { builtPrograms } from "./programs.ts";

const cases: readonly (readonly [string, string, string, string, number?])[] = [
	["socket", "r0 = 0\nexit", "3.19", "program type socket_filter"],
	["xdp", "r0 = 2\nexit", "4.8", "program type xdp"],
	[
		"xdp",
		"r0 = 2\nif r0 < 3 goto +0\nexit",
		"4.14",
		"jumps on less than (jlt, jle, jslt, jsle)",
		1,
	],
	["xdp", "call f\nexit\nf:\nr0 = 2\nexit", "4.16", "functions of the program", 0],
	["xdp", "r0 = 2\nif w0 == 3 goto +0\nexit", "5.1", "32-bit comparisons (jmp32)", 1],
	["xdp", "r0 = 0\nagain:\nr0 += 1\nif r0 != 3 goto again\nexit", "5.3", "loops", 2],
	["xdp", "r0 = 2\nif r0 == 3 goto b\na:\nexit\nb:\nr0 = 1\ngoto a", "4.8", "program type xdp"],
	["xdp", "call bpf_ktime_get_boot_ns\nr0 = 2\nexit", "5.8", "helper bpf_ktime_get_boot_ns", 0],
	[
		"xdp",
		"r1 = 1\n*(u64 *)(r10 - 8) = r1\nr1 = atomic_fetch_add((u64 *)(r10 - 8), r1)\nr0 = 2\nexit",
		"5.12",
		"atomic operations beyond plain addition",
		2,
	],
	["xdp", "r0 = 7\nr0 s/= 3\nexit", "6.6", "signed division and modulo", 1],
	["xdp", "r0 = 2\nmay_goto +0\nexit", "6.9", "may_goto", 1],
	["netfilter", "r0 = 1\nexit", "6.4", "program type netfilter"],
];

test.each(cases)("%s: %s needs %s", (section, body, since, what, pc) => {
	const { object, diagnostics } = buildText("a.s", `.section ${section}\nprogram:\n${body}\n`);
	const program = object?.programs[0];
	if (!object || !program) throw new Error(diagnostics.map((d) => d.message).join("\n"));
	const answer = minimumKernel(loadRequest(object, program, program.type ?? 0), 0);
	expect(answer.since).toBe(since);
	expect(answer.features[0]).toEqual({ since, what, ...(pc === undefined ? {} : { pc }) });
});

// From the kernel's history: the release in which each appeared.
const releases: readonly (readonly [string, string])[] = [
	["map_lookup_elem", "3.19"],
	["probe_read", "4.1"],
	["get_prandom_u32", "4.1"],
	["tail_call", "4.2"],
	["redirect", "4.4"],
	["skb_load_bytes", "4.5"],
	["get_stackid", "4.6"],
	["probe_write_user", "4.8"],
	["skb_pull_data", "4.9"],
	["xdp_adjust_head", "4.10"],
	["get_socket_cookie", "4.12"],
	["redirect_map", "4.14"],
	["override_return", "4.16"],
	["bind", "4.17"],
	["fib_lookup", "4.18"],
	["get_local_storage", "4.19"],
	["sk_lookup_tcp", "4.20"],
	["msg_pop_data", "5.0"],
	["spin_lock", "5.1"],
	["sk_storage_get", "5.2"],
	["send_signal", "5.3"],
	["tcp_gen_syncookie", "5.4"],
	["probe_read_kernel", "5.5"],
	["jiffies64", "5.6"],
	["sk_assign", "5.7"],
	["ringbuf_reserve", "5.8"],
	["get_task_stack", "5.9"],
	["copy_from_user", "5.10"],
	["task_storage_get", "5.11"],
	["check_mtu", "5.12"],
	["for_each_map_elem", "5.13"],
	["sys_bpf", "5.14"],
	["timer_init", "5.15"],
	["trace_vprintk", "5.16"],
	["loop", "5.17"],
	["xdp_load_bytes", "5.18"],
	["dynptr_from_mem", "5.19"],
	["tcp_raw_gen_syncookie_ipv4", "6.0"],
	["user_ringbuf_drain", "6.1"],
	["cgrp_storage_get", "6.2"],
];

test.each(releases)("helper bpf_%s is there since %s", (name, since) => {
	expect(helperByName(`bpf_${name}`)?.since).toBe(since);
});

const kernelFunctions: readonly (readonly [string, string | undefined])[] = [
	["tcp_slow_start", "5.13"],
	["bpf_ct_release", "5.18"],
	["bpf_ct_set_timeout", "6.0"],
	["bpf_lookup_user_key", "6.1"],
	["bpf_task_from_pid", "6.2"],
	["bpf_rcu_read_lock", "6.2"],
	["bpf_cpumask_create", "6.3"],
	["bpf_iter_num_new", "6.4"],
	["bpf_dynptr_slice", "6.4"],
	["bpf_dynptr_clone", "6.5"],
	["bpf_map_sum_elem_count", "6.6"],
	["bpf_throw", "6.7"],
	["bpf_iter_task_vma_new", "6.7"],
	["bpf_get_file_xattr", "6.8"],
	["bpf_arena_alloc_pages", "6.9"],
	["bpf_preempt_disable", "6.10"],
	["bpf_crypto_encrypt", "6.10"],
	["bpf_iter_bits_next", "6.11"],
	["bpf_put_file", "6.12"],
	["bpf_send_signal_task", "6.13"],
	["bpf_local_irq_save", "6.14"],
	["bpf_res_spin_lock", "6.15"],
	["bpf_list_front", "6.16"],
	["bpf_strlen", "6.17"],
	["bpf_xdp_pull_data", "6.18"],
	["bpf_of_nobody", undefined],
];

test.each(kernelFunctions)("kernel function %s is there since %s", (name, since) => {
	expect(kfuncSince(name)).toBe(since);
});

test("the release of every kernel function that programs may call is known", () => {
	const unknown = kfuncNames().filter(
		(n) => kfuncSince(n) === undefined && !/test|_call_memb_/.test(n),
	);
	expect(unknown).toEqual([]);
});

const typesSince: readonly (readonly [string, string])[] = [
	["hash", "3.19"],
	["prog_array", "4.2"],
	["percpu_hash", "4.6"],
	["cgroup_array", "4.8"],
	["lru_hash", "4.10"],
	["lpm_trie", "4.11"],
	["array_of_maps", "4.12"],
	["devmap", "4.14"],
	["cpumap", "4.15"],
	["xskmap", "4.18"],
	["queue", "4.20"],
	["sk_storage", "5.2"],
	["devmap_hash", "5.4"],
	["ringbuf", "5.8"],
	["inode_storage", "5.10"],
	["task_storage", "5.11"],
	["bloom_filter", "5.16"],
	["user_ringbuf", "6.1"],
	["cgrp_storage", "6.2"],
	["arena", "6.9"],
];

test.each(typesSince)("map type %s is there since %s", (name, since) => {
	expect(mapTypes.find((t) => t?.name === name)?.since).toBe(since);
});

const programsSince: readonly (readonly [string, string])[] = [
	["socket_filter", "3.19"],
	["sched_cls", "4.1"],
	["tracepoint", "4.7"],
	["xdp", "4.8"],
	["perf_event", "4.9"],
	["cgroup_skb", "4.10"],
	["sock_ops", "4.13"],
	["sk_skb", "4.14"],
	["cgroup_device", "4.15"],
	["raw_tracepoint", "4.17"],
	["lirc_mode2", "4.18"],
	["sk_reuseport", "4.19"],
	["flow_dissector", "4.20"],
	["cgroup_sysctl", "5.2"],
	["cgroup_sockopt", "5.3"],
	["tracing", "5.5"],
	["struct_ops", "5.6"],
	["lsm", "5.7"],
	["sk_lookup", "5.9"],
	["syscall", "5.14"],
	["netfilter", "6.4"],
];

test.each(programsSince)("program type %s is there since %s", (name, since) => {
	expect(programTypes.find((t) => t.name === name)?.since).toBe(since);
});

test("what libbpf leaves out on older kernels asks for no release", async () => {
	const source = "int f(void *c) { return 0; }";
	const { object } = buildFile(
		"a.c",
		utf8(`__attribute__((section("socket"), used)) ${source}`),
		await simulatedTypes(),
	);
	const program = object?.programs[0];
	if (!object || !program) throw new Error("not built");
	const answer = minimumKernel(loadRequest(object, program, program.type ?? 0), 0);
	expect(answer.since).toBe("3.19");
	expect(answer.features[0]).toEqual({ since: "5.0", what: "BTF of functions", optional: true });
});

test("a kernel function is named with its line", async () => {
	const source = `#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
extern void bpf_preempt_disable(void) __ksym;
extern void bpf_preempt_enable(void) __ksym;
SEC("tc") int f(struct __sk_buff *skb)
{
	bpf_preempt_disable();
	bpf_preempt_enable();
	return 0;
}
char LICENSE[] SEC("license") = "GPL";
`;
	const { object } = buildFile("a.c", utf8(source), await simulatedTypes());
	const built = object && builtPrograms(object, undefined)[0];
	if (!built) throw new Error("not built");
	const request = loadRequest(object, built.spec, built.type ?? 0);
	const [first] = minimumKernel(request, 0, built.places).features;
	const what = "kernel function bpf_preempt_disable";
	expect(first).toEqual({ since: "6.10", what, pc: 0, file: "a.c", line: 7 });
});

test("what concerns maps and the length of verification counts too", () => {
	const { object } = buildText(
		"a.s",
		".map m, type=ringbuf, max_entries=4096\n.section xdp\nprogram:\nr0 = 2\nexit\n",
	);
	const program = object?.programs[0];
	if (!object || !program) throw new Error("not built");
	const answer = minimumKernel(loadRequest(object, program, 6), 200_000);
	expect(answer.features.map((f) => `${f.since} ${f.what}`)).toEqual([
		"5.8 map type ringbuf",
		"5.2 more than 131072 instructions to verify",
		"4.8 program type xdp",
	]);
});
