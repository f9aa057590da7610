// Puts the questions of a sweep to Linux and to the verifier and collects where the answers differ. For tests only.

import type { LoadRequest } from "../object/index.ts";
import {
	type Answer,
	askLinux,
	compare,
	type Finding,
	isHarmful,
	type Judge,
} from "./conformance.ts";
import type { Linux } from "./linux.ts";
import type { Probe } from "./sweep.ts";

/** The answers to the probes; verdict and errno are compared for all, words where the program is rejected. */
export async function sweepFindings(
	probes: Iterable<Probe>,
	linux: Linux,
	judge: Judge,
	logLevel: number,
): Promise<Finding[]> {
	const findings: Finding[] = [];
	for (const { descr, request } of probes) {
		const raw = { descr, type: request.type };
		const first = quietly(judge, request);
		if (first && isHarmful(first)) {
			findings.push({ raw, difference: "skipped", detail: first.unsupported ?? "" });
			continue;
		}
		let theirs = await askLinux(linux, request, 0);
		if (!theirs.ok || logLevel > 1) theirs = await askLinux(linux, request, logLevel);
		// Policy, not the verifier.
		if (theirs.errno === 1 && theirs.log === "") {
			findings.push({ raw, difference: "skipped", detail: "EPERM" });
			continue;
		}
		if (theirs.stage === "map" || theirs.stage === "btf") {
			findings.push({ raw, difference: "skipped", detail: `no map: errno ${theirs.errno}` });
			continue;
		}
		try {
			const ours = judge(request, theirs.ok && logLevel < 2 ? 0 : logLevel);
			const processed = theirs.ok && logLevel < 2 ? ours.processed : theirs.processed;
			findings.push({ raw, ...compare({ ...theirs, processed }, ours) });
		} catch (error) {
			const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
			findings.push({ raw, difference: "crash", detail: text });
		}
	}
	return findings;
}

function quietly(judge: Judge, request: LoadRequest): Answer | undefined {
	try {
		return judge(request, 0);
	} catch {
		return undefined;
	}
}
