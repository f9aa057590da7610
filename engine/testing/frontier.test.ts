// Generated programs against the running Linux, by fixed seeds. FRONTIER=first:count chooses others, and prints what was counted.
import { expect, test } from "vitest";
import { summary } from "./conformance.ts";
import { frontier } from "./frontier.ts";
import { judgeWith } from "./judge.ts";
import { Linux } from "./linux.ts";
import { compareMany } from "./many.ts";
import { rawRequest } from "./rawcase.ts";

const PATIENCE = 6000;
const opened = await Linux.open();
const why = "reason" in opened ? ` (skipped: ${opened.reason})` : "";
const chosen = process.env["FRONTIER"];
const [first = 0, count = 20_000] = (chosen ?? "0:20000").split(":").map(Number);

function generated(seed: number) {
	const raw = frontier(seed);
	const request = rawRequest(raw);
	if (typeof request === "string") throw new Error(request);
	return { descr: raw.descr, request };
}

test.skipIf("reason" in opened)(
	`${count} programs of the frontier${why}`,
	{ timeout: 3_600_000 },
	async () => {
		if ("reason" in opened) return;
		const judge = judgeWith(undefined, { insnLimit: PATIENCE + 1 });
		const options = { first, count, logEvery: 40, patience: PATIENCE };
		const { findings, counts } = await compareMany(generated, opened.linux, judge, options);
		opened.linux.end();
		if (chosen) process.stdout.write(`${JSON.stringify(counts)}\n${summary(findings)}\n`);
		expect(findings).toEqual([]);
		expect(counts.accepted).toBeGreaterThan(count / 10);
		expect(counts.rejected).toBeGreaterThan(count / 10);
	},
);
