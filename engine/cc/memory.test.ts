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
