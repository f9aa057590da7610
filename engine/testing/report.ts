// The conformance report: a file of raw programs put to Linux and to the verifier, agreement counted. For tests and `npm run
// conformance` only.

import { readFileSync } from "node:fs";
import { conform, type Finding, summary } from "./conformance.ts";
import { judge } from "./judge.ts";
import { Linux } from "./linux.ts";
import { readCases } from "./rawcase.ts";

const share = (n: number, of: number) =>
	`${n} of ${of} (${((100 * n) / Math.max(of, 1)).toFixed(1)} %)`;

/** Lines of the report on the JSON-lines file at `path`; level-2 logs are compared. */
export async function report(path: string): Promise<string[]> {
	const opened = await Linux.open();
	if ("reason" in opened) return [`Linux cannot be asked: ${opened.reason}`];
	const findings: Finding[] = [];
	for (const raw of readCases(readFileSync(path, "utf8")))
		findings.push(await conform(raw, opened.linux, judge, 2));
	opened.linux.end();
	const count = (...kinds: Finding["difference"][]) =>
		findings.filter((f) => kinds.includes(f.difference)).length;
	const judged = findings.length - count("skipped");
	const decided = judged - count("unsupported");
	const verdicts = decided - count("lax", "strict", "crash");
	const words = verdicts - count("errno", "words");
	const processed = words - count("processed");
	return [
		`judged by Linux    ${judged} of ${findings.length}`,
		`decided by Skep    ${share(decided, judged)}`,
		`verdict agrees     ${share(verdicts, decided)}, too lax ${count("lax")}, too strict ${count("strict")}`,
		`message identical  ${share(words, decided)}`,
		`processed too      ${share(processed, decided)}`,
		`level-2 log too    ${share(count("same"), decided)}`,
		...summary(findings.filter((f) => f.difference !== "same")).split("\n"),
	];
}
