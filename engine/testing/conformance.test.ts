// The verifier against the running Linux, whole logs: a few programs of the frontier, or those of CASES=file.jsonl, at log level
// LEVEL. Prints what differs. Skipped where Linux cannot be asked.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { askLinux, conform, type Finding, summary } from "./conformance.ts";
import { frontier } from "./frontier.ts";
import { judge } from "./judge.ts";
import { Linux } from "./linux.ts";
import { type RawCase, rawRequest, readCases } from "./rawcase.ts";

/** Programs that take longer are left to a run without logs. */
const PATIENCE = 6000;

function chosen(): RawCase[] {
	const file = process.env["CASES"];
	if (file) return readCases(readFileSync(file, "utf8"));
	return Array.from({ length: 150 }, (_, i) => frontier(i));
}

const opened = await Linux.open();
const level = Number(process.env["LEVEL"] ?? 2);

test.skipIf("reason" in opened)(
	"verdict, words, counts and log as Linux has them",
	{ timeout: 3_600_000 },
	async () => {
		if ("reason" in opened) return;
		const { linux } = opened;
		const findings: Finding[] = [];
		for (const raw of chosen()) {
			const request = rawRequest(raw);
			if (typeof request === "string") continue;
			const { processed } = await askLinux(linux, request, 4);
			if (processed > PATIENCE) continue;
			findings.push(await conform(raw, linux, judge, level));
		}
		linux.end();
		if (process.env["CASES"]) process.stdout.write(`${summary(findings)}\n`);
		expect(findings.length).toBeGreaterThan(0);
		expect(findings.filter((f) => f.difference !== "same" && f.difference !== "skipped")).toEqual(
			[],
		);
	},
);
