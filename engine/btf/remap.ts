// A type → the same type with other ids in it.

import type { BtfType } from "./types.ts";

/** The type with `to(id)` in place of each id that it refers to. */
export function remap<T extends BtfType>(type: T, to: (id: number) => number): T;
export function remap(type: BtfType, to: (id: number) => number): BtfType {
	switch (type.kind) {
		case "array":
			return { ...type, index: to(type.index), type: to(type.type) };
		case "struct":
		case "union":
			return { ...type, members: type.members.map((m) => ({ ...m, type: to(m.type) })) };
		case "func_proto":
			return {
				...type,
				returns: to(type.returns),
				params: type.params.map((p) => ({ ...p, type: to(p.type) })),
			};
		case "datasec":
			return { ...type, vars: type.vars.map((v) => ({ ...v, type: to(v.type) })) };
		default:
			return "type" in type ? { ...type, type: to(type.type) } : type;
	}
}
