// The mechanical mend of a rejection, as edits of the source: the text of C or of assembly. Whether the program is accepted afterwards is for
// the verifier to say.

import type { Report } from "../../verifier/index.ts";
import { assemblyMends } from "./asmmend.ts";
import { leaveMends } from "./cleave.ts";
import { checkMends } from "./cmend.ts";
import type { Mend, Mends } from "./mending.ts";
import type { Place } from "./place.ts";

export type { Mend } from "./mending.ts";

const cMends: Mends = { ...checkMends, ...leaveMends };

/** The classes that have a mend in some of their programs. */
export const mendedReasons = {
	assembly: Object.keys(assemblyMends).sort(),
	c: Object.keys(cMends).sort(),
} as const;

/** Undefined where there is no mechanical mend, or no source text to put it into. */
export function mend(report: Pick<Report, "reason">, place: Place): Mend | undefined {
	const mends = place.program.spec.spans ? assemblyMends : place.c ? cMends : undefined;
	return mends?.[report.reason ?? ""]?.(place);
}
