// Which kernel a program needs, by the first feature that an older one lacks.
import { expect, test } from "vitest";
import { loadRequest } from "../object/index.ts";
import { buildText } from "./build.ts";
import { minimumKernel } from "./minimum.ts";

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
