// Counts of findings: how many programs got how far in agreement. For tests and `npm run conformance` only.

import { progType } from "../abi/index.ts";
import type { Difference, Finding } from "./conformance.ts";

/** How many findings got how far; each column is a share of the ones decided. */
export interface Tally {
	readonly title: string;
	readonly judged: number;
	readonly decided: number;
	readonly lax: number;
	readonly strict: number;
	readonly verdict: number;
	readonly message: number;
	readonly processed: number;
	readonly states: number;
	readonly log: number;
}

/** Counts findings; those of policy's refusals are to be counted apart. */
export function tally(title: string, findings: readonly Finding[]): Tally {
	const count = (...kinds: Difference[]) =>
		findings.filter((f) => kinds.includes(f.difference)).length;
	const judged = findings.length - count("skipped");
	const decided = judged - count("unsupported");
	const verdict = decided - count("lax", "strict", "crash");
	const message = verdict - count("errno", "words");
	const processed = message - count("processed");
	const states = processed - count("states");
	const [lax, strict] = [count("lax"), count("strict")];
	return {
		title,
		judged,
		decided,
		lax,
		strict,
		verdict,
		message,
		processed,
		states,
		log: count("same"),
	};
}

/** One tally for everything that Linux judged, one for each program type, one for what policy refused. */
export function tallies(findings: readonly Finding[]): Tally[] {
	const own = findings.filter((f) => !f.refused);
	const types = [...new Set(own.map((f) => f.raw.type))].sort((a, b) => a - b);
	const refused = findings.filter((f) => f.refused);
	return [
		...types.map((type) =>
			tally(
				progType(type)?.name ?? `type ${type}`,
				own.filter((f) => f.raw.type === type),
			),
		),
		tally("all that Linux judged", own),
		...(refused.length ? [tally("refused by policy, against annotations", refused)] : []),
	].filter((t) => t.judged > 0);
}
