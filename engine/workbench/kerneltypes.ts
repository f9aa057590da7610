// The types of the simulated kernel as a target: what objects are relocated to and judged against when nobody brought a kernel of his own.

import { kernelBtf } from "../abi/index.ts";
import { type Target, targetOf } from "../elf/index.ts";

/** Reads the simulated kernel's types; takes about a third of a second, so keep the answer. */
export async function simulatedTypes(): Promise<Target> {
	const { value, diagnostics } = targetOf(await kernelBtf());
	if (!value) throw new Error(`Skep bug: ${diagnostics[0]?.message ?? "no kernel types"}`);
	return value;
}

/** Whether what is built from this file may need a kernel's types: assembly text has no way to name them. */
export function needsTypes(path: string): boolean {
	return /\.(c|o)$/i.test(path);
}
