// `npm run bench -- cc`: the time of one compilation against the clang process on the same file (whose start is part of what people
// wait for), a program of 300 lines compiled again and judged again after each change, and a real vmlinux.h (VMLINUX_H names one) first
// and later. Beside wall time stands the processors' time in user mode, which other work on the machine changes less.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Relocatable } from "../object/index.ts";
import { createWorkbench, validateProject } from "../workbench/index.ts";
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

/** Milliseconds: by the clock, and of the processors in user mode. */
interface Took {
	readonly wall: number;
	readonly user: number;
}

function timed(work: () => void): Took {
	const before = process.cpuUsage();
	const started = performance.now();
	work();
	const wall = performance.now() - started;
	return { wall, user: process.cpuUsage(before).user / 1000 };
}

const walls = (all: readonly Took[]) => all.map((t) => t.wall);
const users = (all: readonly Took[]) => all.map((t) => t.user);

/** Middle and slow end of a series, both clocks. */
function spread(all: readonly Took[]): string {
	const of = (values: readonly number[]) =>
		`${median(values).toFixed(1)} ms (median), ${worst(values).toFixed(1)} ms (p95)`;
	return `${of(walls(all))}; user ${of(users(all))}`;
}

function compiled(name: string, text: string, options: CompileOptions): Relocatable {
	const { value, diagnostics } = compile({ name, text }, options);
	if (!value)
		throw new Error(`${name}: ${diagnostics.find((d) => d.severity === "error")?.message}`);
	return value;
}

/** Rounds before those that count, in which code becomes quick, and rounds that count. */
const WARM = 20;
const COUNTED = 40;

/**
 * What follows a keystroke but for the page's own drawing: the engine behind the page builds the file and judges every program, with
 * hints for each line, as the page asks it to. The log is made when somebody opens it, here as there.
 */
async function judgedAgain(change: (round: number) => string): Promise<Took[]> {
	const engine = createWorkbench(() => {});
	const took: Took[] = [];
	for (let round = 0; round < WARM + COUNTED; round++) {
		const { value: project } = validateProject({
			version: 1,
			name: "long",
			files: [{ path: "long.c", text: change(round) }],
			entry: "long.c",
			scenario: { packets: [] },
		});
		if (!project) throw new Error("no project");
		const before = process.cpuUsage();
		const started = performance.now();
		const { programs } = await engine.build(round, project);
		const replies = await Promise.all(programs.map((p) => engine.verify(round, p.name)));
		const wall = performance.now() - started;
		took.push({ wall, user: process.cpuUsage(before).user / 1000 });
		if (replies.length === 0 || replies.some((r) => r.verdict.kind !== "accepted"))
			throw new Error("long.c: not accepted");
	}
	return took.slice(WARM);
}

/** User time of children that ended, in milliseconds; undefined where /proc does not say. */
function childrenUser(): number | undefined {
	if (!existsSync("/proc/self/stat")) return undefined;
	const fields = readFileSync("/proc/self/stat", "utf8")
		.replace(/^.*\) /, "")
		.split(" ");
	// `cutime`, in hundredths of a second.
	return Number(fields[13]) * 10;
}

function clang(name: string, flags: readonly string[]): Took | undefined {
	const program = process.env["CLANG"] ?? "clang-22";
	const target = ["-target", "bpf", "-mcpu=v3", "-O2", "-g", "-w"];
	let failed = false;
	const before = childrenUser();
	const { wall } = timed(() => {
		const args = [...target, ...flags, "-c", name, "-o", "/dev/null"];
		failed = spawnSync(program, args).status !== 0;
	});
	const after = childrenUser();
	const user = before === undefined || after === undefined ? Number.NaN : after - before;
	return failed ? undefined : { wall, user };
}

/** Where a system that serves several architectures keeps <asm/types.h>, which the bpf target does not look into. */
function architecture(): string[] {
	const name = spawnSync("cc", ["-print-multiarch"]).stdout?.toString().trim();
	return name ? ["-I", join("/usr/include", name)] : [];
}

/**
 * Every small program, seen before and changed since: its text has one more function each time, so that none is the text before.
 * clang takes its headers from the system.
 */
function against(): string[] {
	const files = readdirSync(folder).filter((f) => f.endsWith(".c"));
	const ours: Took[] = [];
	const theirs: Took[] = [];
	const memory = new CompilerMemory();
	const own = architecture();
	for (const file of files) {
		const name = join(folder, file);
		const text = readFileSync(name, "utf8");
		const cpu = text.includes("needs v4") ? 4 : 3;
		const took = clang(name, [...own, ...(cpu === 4 ? ["-mcpu=v4"] : [])]);
		if (took === undefined) continue;
		theirs.push(took);
		const options = optionsOf({ cpu, memory: new CompilerMemory(memory) });
		compiled(name, text, options);
		const rounds = Array.from({ length: 3 }, (_, i) => {
			const changed = `${text}\nint changed_${i}(int a)\n{\n\treturn a * ${i + 2};\n}\n`;
			return timed(() => compiled(name, changed, options));
		});
		ours.push({ wall: median(walls(rounds)), user: median(users(rounds)) });
	}
	if (ours.length === 0) return ["clang-22 compiles none of the programs here (not installed?)"];
	const ratios = ours.map((o, i) => o.wall / (theirs[i]?.wall ?? Number.NaN));
	const sum = (all: readonly number[]) => all.reduce((a, b) => a + b, 0);
	const whole = sum(users(ours)) / sum(users(theirs));
	return [
		`${ratios.length} small programs, changed: ${median(ratios).toFixed(3)} of the clang process (median), ${worst(ratios).toFixed(3)} (p95), ${Math.max(...ratios).toFixed(3)} (most)`,
		`all of them together, user time: ${whole.toFixed(3)} of clang's (${sum(users(ours)).toFixed(0)} ms to ${sum(users(theirs)).toFixed(0)} ms)`,
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

async function again(): Promise<string[]> {
	const text = long(300);
	const change = (i: number) => text.replace("__u32 sum = 7;", `__u32 sum = ${i};`);
	const options = optionsOf({ memory: new CompilerMemory() });
	const first = timed(() => compiled("long.c", text, options));
	const later = Array.from({ length: 60 }, (_, i) =>
		timed(() => compiled("long.c", change(i), options)),
	);
	const remark = (i: number) => `// ${"remark ".repeat(i % 9)}${i}\n${text}`;
	const added = (i: number) => `${text}static int added${i}(int a) { return a; }\n`;
	const settled = later.slice(20);
	const work = mkdtempSync(join(tmpdir(), "skep-bench-"));
	writeFileSync(join(work, "long.c"), text);
	const theirs = clang(join(work, "long.c"), architecture());
	rmSync(work, { recursive: true });
	const ratio = theirs
		? `; ${(median(walls(settled)) / theirs.wall).toFixed(3)} of the clang process`
		: "";
	return [
		`${text.split("\n").length} lines: first ${first.wall.toFixed(0)} ms (user ${first.user.toFixed(0)} ms)`,
		`  compiled again: ${spread(settled)}${ratio}`,
		`  compiled and verified again, a constant changed: ${spread(await judgedAgain(change))}`,
		`  the same, a function added that nothing calls: ${spread(await judgedAgain(added))}`,
		`  the same, a remark on top changed: ${spread(await judgedAgain(remark))}`,
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
	const first = timed(() => compiled("types.c", text, options));
	const later = Array.from({ length: ROUNDS }, (_, i) =>
		timed(() => compiled("types.c", text.replace("== 1", `== ${i + 2}`), options)),
	);
	const work = mkdtempSync(join(tmpdir(), "skep-bench-"));
	writeFileSync(join(work, "types.c"), text);
	const theirs = clang(join(work, "types.c"), ["-I", dirname(path)]);
	rmSync(work, { recursive: true });
	const ratio = theirs ? `; the clang process ${theirs.wall.toFixed(0)} ms` : "";
	return [
		`vmlinux.h of ${readFileSync(path, "utf8").split("\n").length} lines: first ${first.wall.toFixed(0)} ms (user ${first.user.toFixed(0)} ms), later ${spread(later)}${ratio}`,
	];
}

export async function run(): Promise<string[]> {
	const load = `load of the machine: ${loadavg()[0]?.toFixed(1)}`;
	return [load, ...against(), ...(await again()), ...withKernelTypes()];
}
