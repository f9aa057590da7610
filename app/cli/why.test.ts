// `skep check --explain --min-kernel`: why a C program is rejected, in its own words, and which kernel will do.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { check } from "./check.ts";

const source = `#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8);
	__type(key, __u32);
	__type(value, __u64);
} counts SEC(".maps");

SEC("xdp")
int count(struct xdp_md *ctx)
{
	__u32 key = 0;
	__u64 *value = bpf_map_lookup_elem(&counts, &key);

	*value += bpf_ktime_get_boot_ns();
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
`;

let dir = "";
beforeAll(() => {
	dir = mkdtempSync(join(tmpdir(), "skep-why-"));
	writeFileSync(join(dir, "a.c"), source);
});
afterAll(() => rmSync(dir, { recursive: true }));

async function run(...args: string[]): Promise<string> {
	const out: string[] = [];
	const spy = vi.spyOn(process.stdout, "write").mockImplementation((data) => {
		out.push(String(data));
		return true;
	});
	try {
		expect(await check([join(dir, "a.c"), "--log-level", "0", ...args])).toBe(1);
	} finally {
		spy.mockRestore();
	}
	return out.join("").replaceAll(`${dir}/`, "");
}

test("names the variable, its line, what it came from and the mend", async () => {
	const out = await run("--explain");
	expect(out).toContain(
		"a.c:17: `value` may be NULL here, and is used as an address. [pointer/maybe-null]",
	);
	expect(out).toContain("It comes from bpf_map_lookup_elem at line 15.");
	expect(out).toContain("Leave when value is NULL");
});

test("names what asks for the kernel, with its line", async () => {
	const out = await run("--min-kernel");
	expect(out).toContain("needs Linux 5.8 or newer (modelled)\n");
	expect(out).toMatch(/ {2}5\.8 {3}helper bpf_ktime_get_boot_ns, insn \d+ \(a\.c:17\)\n/);
	expect(out).toMatch(/ {2}5\.0 {3}BTF of functions, left out on older kernels\n/);
});

test("as JSON the explanation carries the edits", async () => {
	const line: unknown = JSON.parse(await run("--explain", "--min-kernel", "--json"));
	expect(line).toMatchObject({
		explanation: {
			id: "pointer/maybe-null",
			line: 17,
			fix: { edits: [{ span: { file: "a.c" } }] },
		},
		min_kernel: { since: "5.8" },
	});
});
