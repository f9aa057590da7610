// Accepted programs of the frontier run beside what the verifier recorded of them. SOUNDNESS=first:accepted runs until so many were
// accepted, and prints what was counted: 200,000 are `SOUNDNESS=0:200000 npx vitest run engine/testing/soundness.test.ts`.
import { expect, test } from "vitest";
import { frontier } from "./frontier.ts";
import { rawRequest } from "./rawcase.ts";
import { Soundness } from "./soundness.ts";

const chosen = process.env["SOUNDNESS"];
const [first = 0, accepted = 300] = (chosen ?? "0:300").split(":").map(Number);
/** No test runs of these. */
const TRACEPOINT = 5;

test(`${accepted} accepted programs do what was recorded`, { timeout: 36_000_000 }, () => {
	const soundness = new Soundness(7);
	for (let seed = first; soundness.counts.accepted < accepted; seed++) {
		const raw = frontier(seed);
		const request = rawRequest(raw);
		if (typeof request === "string") throw new Error(request);
		if (raw.type !== TRACEPOINT) soundness.check(raw.descr, request, 3);
		if (chosen && seed % 20_000 === 0)
			process.stdout.write(`seed ${seed}: ${JSON.stringify(soundness.counts)}\n`);
	}
	if (chosen) process.stdout.write(`${JSON.stringify(soundness.counts)}\n`);
	expect(soundness.violations).toEqual([]);
	expect(soundness.counts.checked).toBeGreaterThan(accepted * 20);
	expect(soundness.counts.lacking).toBeLessThan(soundness.counts.runs / 10);
});
