// What an accepted program is to one that is attached to it. Knows nothing of the verification but its report.

import type { AttachTarget, LoadRequest } from "../object/index.ts";
import type { Report } from "./report.ts";

const TRACING = 26;

/**
 * The program of `request` as the target of another: what `LoadRequest.attachTarget` takes. `report` is its own, and must be ok.
 * It is taken to be compiled (net.core.bpf_jit_enable), as on all kernels that attach programs to programs.
 */
export function asTarget(request: LoadRequest, report: Report): AttachTarget {
	const { name, type, expectedAttachType, btf, attachTarget } = request;
	const replaces = attachTarget && type !== TRACING ? attachTarget.type : undefined;
	// Linux keeps types for the records that refer to them, and libbpf leaves out what Linux refuses.
	const refused = request.functions.length > 0 && report.functions.length === 0;
	const kept = !refused && request.functions.length + request.lines.length > 0;
	return {
		name,
		type,
		expectedAttachType,
		...(btf && kept ? { btf } : {}),
		functions: report.functions,
		jited: true,
		nested: type === TRACING && attachTarget?.type === TRACING,
		...(replaces === undefined ? {} : { replaces }),
	};
}
