// `skep check --target`: extensions and tracing programs with the program that they are attached to, from C.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { attachRules } from "../../engine/workbench/attachrules.ts";
import { UsageError } from "./arguments.ts";
import { check } from "./check.ts";

const sources: Readonly<Record<string, string>> = {
	"target.c": `
__attribute__((noinline)) int first(int a) { volatile int r = a; return r; }
SEC("xdp") int pass(struct xdp_md *ctx) { return first(1) ? 2 : 2; }
SEC("xdp") int bad(struct xdp_md *ctx) { return *(int *)(long)ctx->data; }`,
	"ext.c": `SEC("freplace/first") int other(int a) { return a + 1; }`,
	"open.c": `SEC("freplace") int other(int a) { return a + 1; }`,
	"wrong.c": `SEC("freplace/first") int other(long a) { return a + 1; }`,
	"trace.c": `SEC("fexit/other") int seen(unsigned long *ctx) { return ctx[1] > 7; }`,
};

let dir = "";
beforeAll(() => {
	dir = mkdtempSync(join(tmpdir(), "skep-target-"));
	const head =
		'#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nchar license[] SEC("license") = "GPL";\n';
	for (const [name, text] of Object.entries(sources)) writeFileSync(join(dir, name), head + text);
});
afterAll(() => rmSync(dir, { recursive: true }));

const at = (spec: string) =>
	spec
		.split(",")
		.map((s) => join(dir, s))
		.join(",");

async function run(file: string, ...args: string[]) {
	const out: string[] = [];
	const keep = (into: string[]) => (data: string | Uint8Array) =>
		into.push(typeof data === "string" ? data : Buffer.from(data).toString()) > 0;
	const spies = [
		vi.spyOn(process.stdout, "write").mockImplementation(keep(out)),
		vi.spyOn(process.stderr, "write").mockImplementation(keep(out)),
	];
	try {
		const status = await check([join(dir, file), "--log-level", "0", ...args]);
		return { status, out: out.join("").replaceAll(`${dir}/`, "") };
	} finally {
		for (const spy of spies) spy.mockRestore();
	}
}

test.each([
	["ext.c", [], 1, "other: rejected (): attach program FD is not set"],
	["open.c", [], 1, "rejected (): no BTF-based attach target is specified"],
	["ext.c", ["--target", "target.c:pass"], 0, "ext.c: other: accepted\n"],
	["open.c", ["--target", "target.c:pass"], 1, "no BTF-based attach target is specified"],
	["open.c", ["--target", "target.c:pass", "--target-function", "first"], 0, "accepted"],
	["ext.c", ["--target", "target.c:pass", "--target-function", "none"], 1, "none is not found in"],
	["wrong.c", ["--target", "target.c:pass"], 1, "arg0 in other() has size 8 while first() has 4"],
	["trace.c", ["--target", "ext.c,target.c:pass"], 1, "should have been in [0, 0]"],
	["ext.c", ["--target", "target.c:pass", "--min-kernel"], 0, "  5.6   program type ext\n"],
] as const)("%s %j", async (file, args, status, words) => {
	const given = args.map((a, i) => (args[i - 1] === "--target" ? at(a) : a));
	const answer = await run(file, ...given);
	expect(answer.out).toContain(words);
	expect(answer.status).toBe(status);
});

test.each([
	["target.c", /has several programs, choose with :NAME \(pass, bad\)/],
	["target.c:none", /no program none/],
	["target.c:bad", /bad: rejected \(EACCES\): .+/],
	["ext.c", /other: rejected: attach program FD is not set/],
])("--target %s is refused", async (target, words) => {
	const problem: unknown = await run("ext.c", "--target", at(target)).catch((e: unknown) => e);
	expect(problem).toBeInstanceOf(UsageError);
	expect(String(problem)).toMatch(words);
});

test("the parity list has the rules of the case file", () => {
	const path = join(import.meta.dirname, "../../engine/testdata/verifier/attached.jsonl");
	const lines = readFileSync(path, "utf8").trim().split("\n");
	const rules = lines.map((line): { rule: string; by: string } => JSON.parse(line));
	const pairs = rules.map(({ rule, by }) => `${rule}: ${by}`);
	expect(attachRules.map(([rule, by]) => `${rule}: ${by}`)).toEqual([...new Set(pairs)]);
});
