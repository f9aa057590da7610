// Short forms that the context tables are written with.

import type { AccessMode, ContextField } from "../context.ts";

type Rest = Partial<Omit<ContextField, "name" | "offset" | "size">>;

/** A field of `size` bytes that may be read in this mode. */
export function field(
	name: string,
	offset: number,
	size: number,
	read: AccessMode,
	rest: Rest = {},
): ContextField {
	return { name, offset, size, unit: size, read, ...rest };
}

/** An array of 32-bit numbers. */
export function words(
	name: string,
	offset: number,
	count: number,
	read: AccessMode,
	rest: Rest = {},
): ContextField {
	return { name, offset, size: 4 * count, unit: 4, read, ...rest };
}
