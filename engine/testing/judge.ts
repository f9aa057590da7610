// The verifier as a judge for the conformance runner. For tests only.

import type { Btf } from "../btf/index.ts";
import { verify } from "../verifier/index.ts";
import type { Judge } from "./conformance.ts";

/** Judges by these types of the kernel, or by none. */
export function judgeWith(
	kernel: Btf | undefined,
	more: { readonly dataSymbols?: boolean; readonly insnLimit?: number } = {},
): Judge {
	return (request, logLevel) => {
		const options = { logLevel, ...more, ...(kernel ? { kernel } : {}) };
		const { ok, errno, log, stats, unsupported } = verify(request, options);
		return {
			ok,
			errno,
			log,
			processed: log === "" ? -1 : stats.insnsProcessed,
			...(unsupported === undefined ? {} : { unsupported }),
		};
	};
}

export const judge: Judge = judgeWith(undefined);
