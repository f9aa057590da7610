// Failures that are our own bugs. User errors are Diagnostics, guest faults are Traps; neither throws.

/** Throws when `condition` is false. For invariants of the engine only, never for bad input. */
export function assert(condition: boolean, what: string): asserts condition {
	if (!condition) throw new Error(`Skep bug: ${what}`);
}

/** Marks code that exhaustive switches prove unreachable. */
export function unreachable(value: never): never {
	throw new Error(`Skep bug: unexpected ${String(value)}`);
}
