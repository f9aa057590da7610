// The integer types of C as BTF has them, for tests that make type graphs.

import type { EncodableType } from "../btf/index.ts";

/** `size` in bytes; without name or size the type `int`. */
export function intType(
	name = "int",
	size = 4,
	signed = true,
): Extract<EncodableType, { readonly kind: "int" }> {
	return {
		kind: "int",
		name,
		size,
		bits: 8 * size,
		bitOffset: 0,
		signed,
		char: false,
		bool: false,
	};
}
