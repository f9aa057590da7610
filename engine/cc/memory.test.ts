// A compilation that goes on from an earlier one gives what a fresh one gives.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { builtinHeaders, CompilerMemory, compileSource } from "./index.ts";

const folder = join(import.meta.dirname, "../testdata/cc/programs");
const read = (path: string) => {
	try {
		return readFileSync(join(folder, path), "utf8");
	} catch {
		return undefined;
	}
};
const files = { read, builtin: builtinHeaders() };

function outcome(text: string, memory?: CompilerMemory) {
	const made = compileSource({ name: "a.c", text }, memory ? { ...files, memory } : files);
	return {
		sections: made.value?.object.sections.map((s) => [s.name, s.bytes]),
		btf: made.value?.object.btf,
		lines: made.value?.object.btfExt,
		problems: made.diagnostics.map((d) => `${d.span?.file}:${d.span?.line} ${d.message}`),
	};
}

const programs = readdirSync(folder).filter((f) => f.endsWith(".c"));
const sample = programs.filter((_, i) => i % 9 === 0);

test("one after another, programs are what they are alone", () => {
	expect(sample.length).toBeGreaterThan(5);
	const memory = new CompilerMemory();
	for (const name of sample) {
		const text = read(name) ?? "";
		expect(outcome(text, memory), name).toEqual(outcome(text));
	}
});

const base = `#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
char LICENSE[] SEC("license") = "GPL";
`;
const edits = [
	'SEC("xdp") int f(struct xdp_md *c) { return c->ingress_ifindex; }',
	'SEC("xdp") int f(struct xdp_md *c) { return c->ingress_ifinde; }',
	'struct pair { int a, b; }; SEC("xdp") int f(struct xdp_md *c) { struct pair p = { 1, 2 }; return p.b; }',
	'struct pair { long a, b; }; SEC("xdp") int f(struct xdp_md *c) { struct pair p = { 1, 2 }; return sizeof(p); }',
	'SEC("xdp") int f(struct xdp_md *c) { struct task_struct *t = (void *)bpf_get_current_task(); return BPF_CORE_READ(t, pid); }',
	'static int g(int x) { return x + 1; } SEC("xdp") int f(struct xdp_md *c) { return g(1) }',
	'static int g(int x) { return x + 1; } SEC("xdp") int f(struct xdp_md *c) { return g(1); }',
	'SEC("xdp") int f(struct xdp_md *c) { return bpf_get_prandom_u32() & 1; }',
];

test("edit after edit, errors between them, the program is what it is when compiled afresh", () => {
	const memory = new CompilerMemory();
	for (const edit of [...edits, ...edits.toReversed()])
		expect(outcome(base + edit, memory), edit).toEqual(outcome(base + edit));
});

const functions = `${base}
static __noinline int twice(int a) { return a * 2; }
static int more(int a) { return bpf_get_prandom_u32() + a; }
SEC("xdp") int f(struct xdp_md *c) { return twice(more(c->ingress_ifindex)); }
SEC("xdp") int g(struct xdp_md *c) { return twice(7) + c->rx_queue_index; }
`;

test("functions are made again when they change, not when they move", () => {
	const memory = new CompilerMemory();
	const made = (text: string) => {
		expect(outcome(text, memory)).toEqual(outcome(text));
		return memory.generated.size;
	};
	const first = made(functions);
	expect(first).toBe(3);
	expect(made(`// A remark.\n\n${functions}`)).toBe(first);
	expect(made(functions.replace("static int more", "\n\nstatic int more"))).toBe(first);
	expect(made(functions.replace("rx_queue_index", "ingress_ifindex"))).toBe(first + 1);
	expect(made(`${functions}int h(void) { return 1; }`)).toBe(first + 2);
});

test("what nobody asks for any more is forgotten", () => {
	const memory = new CompilerMemory();
	for (let i = 0; i < 20; i++) outcome(`${base}int f(void) { return ${i}; }`, memory);
	expect(memory.generated.size).toBeLessThan(8);
});
