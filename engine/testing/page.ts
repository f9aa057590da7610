// The parity page of the verifier, made from the findings of a conformance run. For tests and `npm run conformance` only.

import type { Finding } from "./conformance.ts";
import { type Tally, tallies } from "./tally.ts";

const heads = [
	"program type",
	"judged",
	"decided",
	"too lax",
	"too strict",
	"verdict",
	"message",
	"processed",
	"states",
	"log",
];

function row(t: Tally): string {
	const share = (n: number) => `${n} (${((100 * n) / Math.max(t.decided, 1)).toFixed(1)} %)`;
	const shares = [t.verdict, t.message, t.processed, t.states, t.log].map(share);
	return `| ${[t.title, t.judged, t.decided, t.lax, t.strict, ...shares].join(" | ")} |`;
}

/** What still differs as a table, each program with the first difference. */
function differing(findings: readonly Finding[]): string[] {
	const list = findings.filter((f) => f.difference !== "same" && f.difference !== "skipped");
	if (list.length === 0) return ["Nothing."];
	const rows = list.map((f) => {
		const first = f.detail.split("\n").slice(0, 1).join(" ").slice(0, 160).replaceAll("|", "\\|");
		return `| ${f.raw.descr} | ${f.difference}${f.refused ? ", annotation" : ""} | ${first} |`;
	});
	return ["| program | how | first difference |", "| --- | --- | --- |", ...rows];
}

/** The page's Markdown. */
export function parityPage(findings: readonly Finding[]): string {
	return [
		"# Verifier: conformance",
		"",
		"Made by `npm run conformance -- PATHS --page docs/parity/conformance.md`: each program was put to the running Linux 6.18 and to Skep. The shares",
		"are of the programs that Skep decides, and each contains the ones before it: the message of a rejection, instructions processed, counts of states,",
		"the whole level-2 log. Where the machine's policy keeps Linux from judging, the annotations of the program stand in for it.",
		"",
		`| ${heads.join(" | ")} |`,
		`|${" --- |".repeat(heads.length)}`,
		...tallies(findings).map(row),
		"",
		"## What differs",
		"",
		...differing(findings),
		"",
	].join("\n");
}
