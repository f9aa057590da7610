// The smallest raw program that still shows a finding, in words. For tests and `npm run conformance` only.

import { conform, type Finding, type Judge } from "./conformance.ts";
import type { Linux } from "./linux.ts";
import { minimise } from "./minimise.ts";
import type { RawCase } from "./rawcase.ts";

export async function smallest(
	raw: RawCase,
	finding: Finding,
	linux: Linux,
	judge: Judge,
): Promise<string> {
	const small = await minimise(
		raw,
		async (it) => (await conform(it, linux, judge, 2)).difference === finding.difference,
	);
	const { detail } = await conform(small, linux, judge, 2);
	return `${finding.difference}: ${JSON.stringify(small)}\n  ${detail}`;
}
