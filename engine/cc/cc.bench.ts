// `npm run bench -- cc`: the time of one compilation against the clang process on the same file (whose start is part of what people
// wait for), a program of 300 lines compiled again after each change, and a real vmlinux.h (VMLINUX_H names one) first and later.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { builtinHeaders, type CompileOptions, CompilerMemory, compile } from "./index.ts";

const folder = join(process.cwd(), "engine/testdata/cc/programs");
const builtin = builtinHeaders();
const ROUNDS = 7;

const median = (all: readonly number[]) => [...all].sort((a, b) => a - b)[all.length >> 1] ?? 0;
const worst = (all: readonly number[]) =>
	[...all].sort((a, b) => a - b)[Math.floor(all.length * 0.95)] ?? 0;

function optionsOf(extra: Partial<CompileOptions> = {}): CompileOptions {
	return {
		read: (path) => (existsSync(path) ? readFileSync(path, "utf8") : undefined),
		builtin,
		cpu: 3,
		warnings: false,
		...extra,
	};
}

function ms(work: () => void): number {
	const started = performance.now();
	work();
	return performance.now() - started;
}

function compiled(name: string, text: string, options: CompileOptions): void {
	const { value, diagnostics } = compile({ name, text }, options);
	if (!value)
		throw new Error(`${name}: ${diagnostics.find((d) => d.severity === "error")?.message}`);
}

function clangMs(name: string, flags: readonly string[]): number | undefined {
	const clang = process.env["CLANG"] ?? "clang-22";
	const args = [
		"-target",
		"bpf",
		"-mcpu=v3",
		"-O2",
		"-g",
		"-w",
		...flags,
		"-c",
		name,
		"-o",
		"/dev/null",
	];
	let failed = false;
	const took = ms(() => {
		failed = spawnSync(clang, args).status !== 0;
	});
	return failed ? undefined : took;
}

/** Where a system that serves several architectures keeps <asm/types.h>, which the bpf target does not look into. */
function architecture(): string[] {
	const name = spawnSync("cc", ["-print-multiarch"]).stdout?.toString().trim();
	return name ? ["-I", join("/usr/include", name)] : [];
}

/** clang takes its headers from the system. */
function against(): string[] {
	const files = readdirSync(folder).filter((f) => f.endsWith(".c"));
	const ratios: number[] = [];
	const memory = new CompilerMemory();
	const own = architecture();
	for (const file of files) {
		const name = join(folder, file);
		const text = readFileSync(name, "utf8");
		const cpu = text.includes("needs v4") ? 4 : 3;
		const theirs = clangMs(name, [...own, ...(cpu === 4 ? ["-mcpu=v4"] : [])]);
		if (theirs === undefined) continue;
		const options = optionsOf({ cpu, memory: new CompilerMemory(memory) });
		compiled(name, text, options);
		const ours = median(Array.from({ length: 3 }, () => ms(() => compiled(name, text, options))));
		ratios.push(ours / theirs);
	}
	if (ratios.length === 0) return ["clang-22 compiles none of the programs here (not installed?)"];
	return [
		`${ratios.length} small programs: ${median(ratios).toFixed(3)} of the clang process (median), ${worst(ratios).toFixed(3)} (p95)`,
	];
}

/** One program out of several, as long as wanted. */
function long(lines: number): string {
	const body = (i: number) => `
static __noinline int step${i}(__u32 *p, __u32 n)
{
	__u32 sum = ${i};
	for (int k = 0; k < 8; k++) {
		if (n & (1u << k))
			sum += p[k & 7] * ${i + 3};
		else
			sum ^= p[(k + ${i}) & 7];
	}
	p[${i} & 7] = sum;
	return sum & 255;
}
`;
	const parts: string[] = [];
	while (parts.length * 14 < lines - 30) parts.push(body(parts.length));
	const calls = parts.map((_, i) => `\tr += step${i}(words, r);`).join("\n");
	return `#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
${parts.join("")}
SEC("xdp") int bench(struct xdp_md *ctx)
{
	__u32 words[8] = {};
	int r = ctx->ingress_ifindex;
${calls}
	return r & 1 ? XDP_PASS : XDP_DROP;
}
char _license[] SEC("license") = "GPL";
`;
}

function again(): string[] {
	const text = long(300);
	const options = optionsOf({ memory: new CompilerMemory() });
	const first = ms(() => compiled("long.c", text, options));
	const later = Array.from({ length: 40 }, (_, i) => {
		const changed = text.replace("__u32 sum = 7;", `__u32 sum = ${i};`);
		return ms(() => compiled("long.c", changed, options));
	});
	const settled = later.slice(10);
	const work = mkdtempSync(join(tmpdir(), "skep-bench-"));
	writeFileSync(join(work, "long.c"), text);
	const theirs = clangMs(join(work, "long.c"), architecture());
	rmSync(work, { recursive: true });
	const ratio =
		theirs === undefined ? "" : `, ${(median(settled) / theirs).toFixed(3)} of the clang process`;
	return [
		`${text.split("\n").length} lines: first ${first.toFixed(0)} ms, again ${median(settled).toFixed(1)} ms (median), ${worst(settled).toFixed(1)} ms (p95)${ratio}`,
	];
}

function withKernelTypes(): string[] {
	const path = process.env["VMLINUX_H"];
	if (!path || !existsSync(path)) return ["vmlinux.h: skipped, VMLINUX_H names none"];
	const text = `#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
SEC("tp_btf/sched_switch") int bench(__u64 *ctx)
{
	struct task_struct *task = (struct task_struct *)ctx[1];
	return BPF_CORE_READ(task, mm, owner, pid) == 1;
}
char _license[] SEC("license") = "GPL";
`;
	const search = { user: [dirname(path)] };
	const options = optionsOf({ memory: new CompilerMemory(), search });
	const first = ms(() => compiled("types.c", text, options));
	const later = Array.from({ length: ROUNDS }, (_, i) =>
		ms(() => compiled("types.c", text.replace("== 1", `== ${i}`), options)),
	);
	const work = mkdtempSync(join(tmpdir(), "skep-bench-"));
	writeFileSync(join(work, "types.c"), text);
	const theirs = clangMs(join(work, "types.c"), ["-I", dirname(path)]);
	rmSync(work, { recursive: true });
	const ratio = theirs === undefined ? "" : `; the clang process ${theirs.toFixed(0)} ms`;
	return [
		`vmlinux.h of ${readFileSync(path, "utf8").split("\n").length} lines: first ${first.toFixed(0)} ms, later ${median(later).toFixed(0)} ms${ratio}`,
	];
}

export async function run(): Promise<string[]> {
	return [...against(), ...again(), ...withKernelTypes()];
}
