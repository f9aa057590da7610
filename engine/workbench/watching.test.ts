// Watchpoints set by a person: on a register, on the stack, on the value of a map; and the parameters of a function in its registers.

import { expect, test } from "vitest";
import { createWorkbench, type Project, validateProject } from "./index.ts";
import type { Watch } from "./protocol.ts";

const source = `#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u64);
} counts SEC(".maps");
SEC("xdp") int count(struct xdp_md *ctx)
{
	__u32 key = ctx->ingress_ifindex & 1;
	__u64 *n = bpf_map_lookup_elem(&counts, &key);
	if (n)
		*n += 5;
	return XDP_PASS;
}
char _license[] SEC("license") = "GPL";
`;

function project(): Project {
	const { value } = validateProject({
		version: 1,
		name: "count",
		files: [{ path: "main.c", text: source }],
		entry: "main.c",
		scenario: { packets: [{ data: "00".repeat(64) }], maps: {} },
	});
	if (!value) throw new Error("not a project");
	return value;
}

const engine = createWorkbench(() => {}, { pause: () => new Promise((r) => setImmediate(r)) });

async function stops(watch: Watch) {
	await engine.watch([watch]);
	const start = await engine.debug("count", 0);
	expect(start?.step).toBe(0);
	const found = [];
	for (let state = await engine.step("continue"); state; state = await engine.step("continue")) {
		if (state.stoppedBy !== "watchpoint") return found;
		found.push({ watched: state.watched, state });
	}
	return found;
}

test("a run stops after what is watched was written, and says by which instruction", async () => {
	const build = await engine.open(1, project());
	expect(build.diagnostics).toEqual([]);
	await engine.verify(1, "count");
	const listing = build.programs[0]?.listing ?? [];
	const textAt = (pc: number | undefined) => listing.find((r) => r.pc === pc)?.text ?? "";
	const window = await engine.mapWindow("counts", 0, 4);
	for (const { key } of window.entries) {
		const hits = await stops({ kind: "map", map: "counts", key, offset: 0, size: 8 });
		for (const { watched } of hits) expect(textAt(watched?.pc)).toMatch(/^\*\(u64 \*\).*=/);
		if (hits.length > 0) expect(hits[0]?.watched?.watch).toMatchObject({ key });
	}
	const entries = (await engine.mapWindow("counts", 0, 4)).entries.map((e) => e.values[0]);
	expect(entries.filter((v) => v !== "0000000000000000").length).toBeLessThanOrEqual(1);
	const stack = await stops({ kind: "stack", offset: -4, size: 1 });
	expect(textAt(stack[0]?.watched?.pc)).toContain("(r10 - 4) =");
	const r1 = await stops({ kind: "register", register: 1 });
	expect(r1.length).toBeGreaterThan(0);
	for (const { watched } of r1) expect(textAt(watched?.pc)).toMatch(/^[rw]1 |^call /);
});

test("a watchpoint that was taken off stops nothing; what is not there is said", async () => {
	await engine.debug("count", 0);
	const there = await engine.watch([
		{ kind: "map", map: "counts", key: "09000000", offset: 0, size: 8 },
		{ kind: "map", map: "none", key: "00", offset: 0, size: 1 },
		{ kind: "stack", offset: -600, size: 1 },
		{ kind: "register", register: 2 },
	]);
	expect(there).toEqual([false, false, false, true]);
	await engine.watch([]);
	expect((await engine.step("continue"))?.stoppedBy).toBe("end");
	await engine.leave();
});

test("where a function begins its parameters are named, with their types", async () => {
	const build = await engine.open(2, project());
	const [ctx, ...others] = (build.programs[0]?.variables ?? []).filter((v) => v.declaration);
	expect(others).toEqual([]);
	expect(ctx).toMatchObject({
		name: "ctx",
		declaration: "struct xdp_md *ctx",
		register: 1,
		start: 0,
	});
	expect(ctx?.end).toBeGreaterThan(0);
});

test("the text of a built-in header is there to be read, other files are not", async () => {
	expect(await engine.sourceHeader("<built-in>/linux/if_ether.h")).toContain("struct ethhdr");
	expect(await engine.sourceHeader("main.c")).toBeUndefined();
});

test("C text is formatted by edits", async () => {
	const edits = await engine.sourceFormat("int f(void){return 1;}", "a.c");
	expect(edits.map((e) => e.text)).toEqual(["\n", "\n\t", "\n", "\n"]);
});
