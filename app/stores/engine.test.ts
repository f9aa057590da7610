import { beforeEach, expect, test } from "vitest";
import type { BuildReply, VerifyReply } from "../../engine/workbench/protocol.ts";
import {
	currentProgram,
	engineMirror,
	forget,
	tookBuild,
	tookVerdict,
	withResults,
} from "./engine.ts";

const program = (name: string) => ({ name, section: "xdp", length: 2, listing: [] });
const build = (revision: number, ...names: string[]): BuildReply => ({
	revision,
	diagnostics: [],
	programs: names.map(program),
	maps: [],
	timeMs: 1,
});
const verdict = (revision: number, name: string): VerifyReply => ({
	revision,
	program: name,
	verdict: { kind: "accepted" },
	insnsProcessed: 2,
	totalStates: 0,
	peakStates: 0,
	timeMs: 1,
	visits: [1, 1],
	hints: [],
	logLines: 3,
});

beforeEach(forget);

test("older replies are dropped", () => {
	expect(tookBuild(build(5, "a"))).toBe(true);
	expect(tookBuild(build(4, "b"))).toBe(false);
	expect(tookVerdict(verdict(4, "a"))).toBe(false);
	expect(engineMirror.getState().verdicts).toEqual({});
	expect(tookVerdict(verdict(5, "a"))).toBe(true);
});

test("a failed build keeps the former programs in view", () => {
	tookBuild(build(1, "a"));
	tookBuild(build(2));
	expect(engineMirror.getState().built?.revision).toBe(1);
	expect(engineMirror.getState().build?.revision).toBe(2);
});

test("verdicts of programs that are gone go too", () => {
	tookBuild(build(1, "a", "b"));
	tookVerdict(verdict(1, "a"));
	tookBuild(build(2, "b"));
	tookVerdict(verdict(2, "b"));
	expect(Object.keys(engineMirror.getState().verdicts)).toEqual(["b"]);
});

test("the chosen program, else the first", () => {
	const programs = [program("a"), program("b")];
	expect(currentProgram(programs, "b")?.name).toBe("b");
	expect(currentProgram(programs, "gone")?.name).toBe("a");
	expect(currentProgram(undefined, "a")).toBeUndefined();
});

test("results are kept by packet", () => {
	const result = (index: number, action: string) => ({
		index,
		action,
		retval: 0,
		after: new Uint8Array(),
		headDelta: 0,
		changed: [],
	});
	const all = withResults({ 0: result(0, "PASS") }, [result(0, "DROP"), result(2, "TX")]);
	expect(Object.values(all).map((r) => r.action)).toEqual(["DROP", "TX"]);
});
