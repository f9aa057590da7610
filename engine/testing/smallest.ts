// The smallest program that still shows a difference, as a raw case. For tests and `npm run conformance` only.

import type { LoadRequest } from "../object/index.ts";
import { conformRequest, type Difference, type Judge } from "./conformance.ts";
import type { Linux } from "./linux.ts";
import { minimise } from "./minimise.ts";
import { requestCase } from "./rawcase.ts";

/** The case as a line of JSON, and what differs; says so when the request alone does not differ in that way. */
export async function smallest(
	descr: string,
	request: LoadRequest,
	difference: Difference,
	linux: Linux,
	judge: Judge,
): Promise<string> {
	const differs = async (it: LoadRequest) =>
		(await conformRequest(it, linux, judge, 2)).difference === difference;
	if (!(await differs(request)))
		return `${difference}: ${descr} does not differ so when it is loaded alone`;
	const small = await minimise(request, differs);
	const { detail } = await conformRequest(small, linux, judge, 2);
	return `${difference}: ${JSON.stringify(requestCase(descr, small))}\n  ${detail}`;
}
