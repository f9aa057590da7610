// Warming changes nothing of what is said: builds and verdicts after it are those of an engine that was not warmed, and it comes to an end.

import { expect, test } from "vitest";
import { createWorkbench, type Project, validateProject } from "./index.ts";
import type { Engine } from "./protocol.ts";

const text = `#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp") int count(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	void *end = (void *)(long)ctx->data_end;
	if (data + 1 > end)
		return XDP_PASS;
	return *(__u8 *)data & 1 ? XDP_DROP : XDP_PASS;
}
char _license[] SEC("license") = "GPL";
`;

function project(now: string, path = "warm.c"): Project {
	const { value } = validateProject({
		version: 1,
		name: "warm",
		files: [{ path, text: now }],
		entry: path,
		scenario: { packets: [] },
	});
	if (!value) throw new Error("no project");
	return value;
}

async function answers(engine: Engine, how: "open" | "build", revision: number, now: string) {
	const { timeMs: _built, ...build } = await engine[how](revision, project(now));
	const { timeMs: _verified, ...reply } = await engine.verify(revision, "count");
	return { build, reply, state: await engine.state("count", 2, 1) };
}

async function warm(engine: Engine): Promise<number> {
	for (let steps = 1; steps < 100; steps++) if (!(await engine.warm())) return steps;
	return 100;
}

test("after any step of it an edit is answered as ever", async () => {
	const changed = text.replace("data + 1", "data + 2");
	const fresh = await answers(
		createWorkbench(() => {}),
		"open",
		2,
		changed,
	);
	for (const steps of [1, 3, 9]) {
		const engine = createWorkbench(() => {});
		const opened = await answers(engine, "open", 1, text);
		for (let n = 0; n < steps; n++) await engine.warm();
		expect(await answers(engine, "build", 1, text)).toEqual(opened);
		expect(await answers(engine, "build", 2, changed)).toEqual(fresh);
	}
});

test("it ends, and does nothing where there is no C", async () => {
	const engine = createWorkbench(() => {});
	expect(await engine.warm()).toBe(false);
	await engine.open(1, project(text));
	expect(await warm(engine)).toBeLessThan(12);
	await engine.open(2, project("\t.section xdp\nprog:\n\tr0 = 2\n\texit\n", "warm.s"));
	expect(await engine.warm()).toBe(false);
});
