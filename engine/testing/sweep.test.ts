// A fixed part of every sweep against the running Linux; `npm run conformance -- --sweep all` asks everything.
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { targetOf } from "../elf/index.ts";
import { judgeWith } from "./judge.ts";
import { Linux } from "./linux.ts";
import { type Probe, probes, type Sweep } from "./sweep.ts";
import { sweepFindings } from "./sweeprun.ts";

const opened = await Linux.open();
const running = "/sys/kernel/btf/vmlinux";
const kernel = existsSync(running)
	? targetOf(new Uint8Array(readFileSync(running))).value?.btf
	: undefined;
const why = "reason" in opened ? ` (skipped: ${opened.reason})` : "";

/** Each `stride`-th probe. */
function* part(sweep: Sweep, stride: number): Generator<Probe> {
	let n = 0;
	for (const probe of probes(sweep, kernel)) if (n++ % stride === 0) yield probe;
}

test.skipIf("reason" in opened).each([
	["attach", 7],
	["returns", 5],
	["context", 149],
	["helpers", 67],
	["arguments", 101],
	["kfuncs", 71],
	["formats", 11],
	["calls", 211],
	["regions", 97],
	["maps", 151],
] as const)(`%s, each %i-th${why}`, { timeout: 120_000 }, async (sweep, stride) => {
	if ("reason" in opened) return;
	const findings = await sweepFindings(part(sweep, stride), opened.linux, judgeWith(kernel), 1);
	if (kernel) expect(findings.length).toBeGreaterThan(100);
	const others = findings.filter((f) => !["same", "skipped", "unsupported"].includes(f.difference));
	expect(others).toEqual([]);
});
