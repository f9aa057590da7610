// One engine through edit after edit says what a fresh one says of each text: builds, verdicts, hints, cards, logs and states.

import { expect, test } from "vitest";
import { createWorkbench, type Project, validateProject } from "./index.ts";
import type { Engine } from "./protocol.ts";

const text = `#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct pair { __u32 first; __u32 second; };
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, struct pair);
} pairs SEC(".maps");
static const __u32 limits[4] = { 1, 2, 3, 4 };

static __noinline __u32 add(__u32 a, __u32 b)
{
	return a * 3 + b;
}

SEC("xdp") int count(struct xdp_md *ctx)
{
	__u32 key = 1;
	struct pair *p = bpf_map_lookup_elem(&pairs, &key);
	if (!p)
		return XDP_PASS;
	p->first = add(p->second, limits[key & 3]);
	return XDP_DROP;
}

SEC("xdp") int other(struct xdp_md *ctx)
{
	return add(ctx->ingress_ifindex, 1) & 1;
}
char _license[] SEC("license") = "GPL";
`;

const edit = (from: string, to: string) => (now: string) => now.replace(from, to);
/** Each follows on the one before. */
const edits: readonly ((now: string) => string)[] = [
	(now) => now,
	(now) => `// a remark\n${now}`,
	edit("// a remark", "// a longer remark\n\n"),
	edit("return XDP_PASS;", "return XDP_PASS; // not there"),
	edit("a * 3", "a * 5"),
	edit("{ 1, 2, 3, 4 }", "{ 1, 7, 3, 4 }"),
	edit("__u32 second", "__u32 later, second"),
	edit("struct pair { __u32", "struct pair { int"),
	edit("\tif (!p)\n\t\treturn XDP_PASS; // not there\n", ""),
	(now) => `\n${now}`,
	edit("max_entries, 4", "max_entries, 8"),
	edit("\tp->first", "\tif (!p)\n\t\treturn XDP_ABORTED;\n\tp->first"),
	edit("add(__u32 a, __u32 b)", "add(__u32 apple, __u32 b)"),
	edit("a * 5 + b", "apple * 5 + b"),
	edit("int other", "int another"),
	(now) => `${now}static int unused(int a)\n{\n\treturn a;\n}\n`,
	edit("__noinline ", ""),
	edit('SEC("xdp") int another(struct xdp_md', 'SEC("tc") int another(struct __sk_buff'),
	edit("static __u32 add", "__noinline __u32 add"),
];

function project(now: string): Project {
	const { value } = validateProject({
		version: 1,
		name: "again",
		files: [{ path: "again.c", text: now }],
		entry: "again.c",
		scenario: { packets: [] },
	});
	if (!value) throw new Error("no project");
	return value;
}

/** All that the page can ask of a build, without times. */
async function answers(engine: Engine, how: "open" | "build", revision: number, now: string) {
	const { timeMs: _built, ...build } = await engine[how](revision, project(now));
	const programs = await Promise.all(
		build.programs.map(async ({ name, length }) => {
			const { timeMs: _verified, ...reply } = await engine.verify(revision, name);
			const log = await engine.log(name, 0, 10_000);
			const states = [];
			for (let pc = 0; pc < length; pc += 3) states.push(await engine.state(name, pc, 1));
			return { reply, log, states };
		}),
	);
	// With errors there is the object of before.
	const file = programs.length > 0 ? await engine.objectFile() : undefined;
	return { build, programs, file };
}

test("after each edit", async () => {
	const engine = createWorkbench(() => {});
	let now = text;
	for (const [revision, change] of edits.entries()) {
		now = change(now);
		const fresh = await answers(
			createWorkbench(() => {}),
			"open",
			revision,
			now,
		);
		expect(await answers(engine, "build", revision, now)).toEqual(fresh);
	}
}, 60_000);
