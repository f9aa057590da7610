// The generated WebAssembly as text, each line with the eBPF instruction that made it.

import type { Compiled } from "./compile.ts";
import { printBody } from "./wasm/print.ts";

export interface ListingLine {
	/** The eBPF instruction; -1 for what belongs to none (the function's head and foot). */
	readonly pc: number;
	/** Nesting depth, for indentation. */
	readonly depth: number;
	readonly text: string;
}

export interface ListingFunction {
	/** First eBPF instruction, and name in the module. */
	readonly pc: number;
	readonly name: string;
	readonly lines: readonly ListingLine[];
}

export interface Listing {
	/** Size of the module in bytes. */
	readonly size: number;
	readonly functions: readonly ListingFunction[];
}

const PARAMETERS = ["fp", "r1", "r2", "r3", "r4", "r5", "r0", "r6", "r7", "r8", "r9"];

export function listing(compiled: Compiled): Listing {
	const names = {
		local: (index: number) => PARAMETERS[index] ?? `t${index - PARAMETERS.length}`,
		function: (index: number) => compiled.names[index] ?? `${index}`,
	};
	const functions = [...compiled.bodies].map(([pc, body]) => ({
		pc,
		name: pc === 0 ? "main" : `function_${pc}`,
		lines: printBody(body, names).map(({ source, depth, text }) => ({ pc: source, depth, text })),
	}));
	return { size: compiled.bytes.length, functions };
}
