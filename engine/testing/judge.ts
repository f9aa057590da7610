// The verifier as a judge for the conformance runner. For tests only.

import { verify } from "../verifier/index.ts";
import type { Judge } from "./conformance.ts";

export const judge: Judge = (request, logLevel) => {
	const { ok, errno, log, stats, unsupported } = verify(request, { logLevel });
	return {
		ok,
		errno,
		log,
		processed: log === "" ? -1 : stats.insnsProcessed,
		...(unsupported === undefined ? {} : { unsupported }),
	};
};
