// The time limit of a request.

import type { Fields } from "./fields.ts";
import { RequestFault } from "./json.ts";

const USUAL_MS = 60_000;
const LONGEST_MS = 600_000;

/** Milliseconds that a load or run may take. */
export function timeLimit(fields: Fields): number {
	const ms = fields.number("timeout_ms", USUAL_MS, LONGEST_MS);
	if (ms === 0) throw new RequestFault(`"timeout_ms": 1 to ${LONGEST_MS}`);
	return ms;
}
