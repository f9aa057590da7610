// What a report says besides the verdict, and what verification can be asked for.
import { describe, expect, test } from "vitest";
import { assemble } from "../asm/index.ts";
import { loadRequest } from "../object/index.ts";
import {
	EVENT_CHECKPOINT,
	EVENT_COVERED,
	EVENT_PUSH,
	EVENT_VISIT,
	type StateView,
	type VerifyOptions,
	verify,
} from "./index.ts";

/** Verifies the body of a program of the section's type. */
function judge(body: string, options: VerifyOptions = {}, section = "xdp") {
	const { value, diagnostics } = assemble(`.section ${section}\nprogram:\n${body}\n`, "test.s");
	const program = value?.programs[0];
	if (!program) throw new Error(diagnostics.map((d) => d.message).join("\n"));
	return verify(loadRequest(value, program), options);
}

const counting = `
	r6 = 0
again:
	r6 += 1
	call bpf_get_prandom_u32
	if r0 == 3 goto done
	if r6 < 100 goto again
done:
	r0 = 1
	exit`;

describe("rejections", () => {
	test.each([
		["r0 = 1", "program/fall-through", "last insn is not an exit or jmp", 22],
		["exit", "register/uninitialized", "R0 !read_ok", 13],
		["r10 = 0\nr0 = 1\nexit", "register/frame-pointer", "frame pointer is read only", 13],
		["r0 = *(u32 *)(r1 + 64)\nexit", "context/invalid-access", "invalid bpf_context access", 13],
		["r0 = *(u64 *)(r10 - 520)\nexit", "stack/out-of-bounds", "invalid read from stack", 13],
		["r0 = 1\nr0 /= 0\nexit", "alu/division-by-zero", "div by zero", 22],
		["r0 = 1\nr0 <<= 64\nexit", "alu/shift", "invalid shift 64", 22],
		["call 9999\nexit", "helper/unknown", "invalid func unknown#9999", 22],
		[
			"r0 = 0\nr1 += 1\ncall bpf_ktime_get_ns\nr0 = r1\nexit",
			"register/uninitialized",
			"R1 !read_ok",
			13,
		],
	])("%s", (body, reason, message, errno) => {
		const report = judge(body);
		expect({ ok: report.ok, errno: report.errno, reason: report.reason }).toEqual({
			ok: false,
			errno,
			reason,
		});
		expect(report.message).toContain(message);
	});

	test("the place is told", () => {
		const report = judge("r0 = 1\nif r0 == 1 goto out\nr0 = r3\nout:\nr0 = r5\nexit");
		expect([report.pc, report.message]).toEqual([3, "R5 !read_ok"]);
		expect([...report.visits]).toEqual([1, 1, 0, 1, 0]);
	});
});

describe("limits", () => {
	test("a program too complex ends as in Linux", () => {
		const report = judge(counting, { insnLimit: 50 });
		expect(report).toMatchObject({ ok: false, errno: 7, reason: "limit/instructions" });
		expect(report.message).toBe("BPF program is too large. Processed 51 insn");
	});

	test("a stop is no verdict", () => {
		const endless = "again:\n	r0 += 1\n	if r0 < 9000 goto again\n	exit";
		const report = judge(`r0 = 0\n${endless}`, { shouldStop: () => true });
		expect(report).toMatchObject({ ok: false, errno: 0, stoppedAt: 1024 });
	});
});

describe("log", () => {
	test("level 0 has messages only", () => {
		expect(judge("exit").log).toBe("");
	});

	test("level 1 keeps the path that fails", () => {
		const { log } = judge(
			"r0 = *(u32 *)(r1 + 0)\nr0 >>= 31\nif r0 == 0 goto bad\nr0 = 1\nexit\nbad:\nr0 = r7\nexit",
			{ logLevel: 1 },
			"tc",
		);
		expect(log).toContain("goto pc+2 5: R0=0");
		expect(log).not.toContain("3: (b7)");
	});

	test("level 4 has the statistics", () => {
		expect(judge("r0 = 1\nexit", { logLevel: 4 }).log).toBe(
			"verification time 0 usec\nstack depth 0\nprocessed 2 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0\n",
		);
	});
});

describe("trace", () => {
	const kinds = (events: Int32Array, kind: number) => {
		let count = 0;
		for (let at = 0; at < events.length; at += 3) if (events[at] === kind) count++;
		return count;
	};

	test("every visit, branch, checkpoint and pruned path", () => {
		const { trace, stats, visits } = judge(counting, { trace: true });
		if (!trace) throw new Error("no trace");
		const covered = kinds(trace.events, EVENT_COVERED);
		expect(trace.steps + covered).toBe(stats.insnsProcessed);
		expect(kinds(trace.events, EVENT_VISIT)).toBe(trace.steps);
		expect(kinds(trace.events, EVENT_CHECKPOINT)).toBeGreaterThan(0);
		expect(covered).toBeGreaterThan(0);
		expect(covered).toBeLessThanOrEqual(kinds(trace.events, EVENT_PUSH));
		expect(visits.reduce((a, b) => a + b)).toBe(trace.steps);
	});

	test("states of the steps asked for", () => {
		const asked: StateView[] = [
			...(judge(counting, { statesAt: (step, pc) => pc === 1 && step < 20 }).trace?.states ?? []),
		];
		expect(
			asked.map((s) => [s.step, s.pc, s.frames[0]?.regs.find((r) => r.index === 6)?.text]),
		).toEqual([
			[1, 1, "0"],
			[5, 1, "1"],
			[9, 1, "2"],
			[13, 1, "3"],
			[17, 1, "4"],
		]);
	});

	test("is not there unless asked for", () => {
		expect(judge(counting).trace).toBeUndefined();
	});
});

test("what is not known yet is no verdict", () => {
	const report = judge("r1 = 0\ncall bpf_timer_start\nr0 = 1\nexit", { logLevel: 2 });
	if (report.unsupported !== undefined) expect(report).toMatchObject({ ok: false, errno: 0 });
	else expect(report.errno).toBeGreaterThan(0);
});
