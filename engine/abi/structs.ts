// Structs that BPF programs see: contexts, sockets, what helpers take and give, packet headers. Offsets and sizes in bytes
// as BTF of Linux 6.18 for x86-64 has them. For completion, hovers and `struct.field` offsets in assembly.

import { contexts } from "./structs/contexts.ts";
import { headers } from "./structs/headers.ts";
import { parameters } from "./structs/parameters.ts";

/** A member of a struct; offset and size in bytes. */
export interface StructField {
	readonly name: string;
	readonly offset: number;
	readonly size: number;
	/** C type. */
	readonly type: string;
	/** For bit-fields: first bit from the start of the struct, and width. */
	readonly bits?: readonly [first: number, width: number];
}

/** A C struct of the kernel. */
export interface Struct {
	readonly name: string;
	readonly size: number;
	/** Ordered by offset; members of anonymous unions and structs are lifted, so they may overlap. */
	readonly fields: readonly StructField[];
}

/** Every struct. */
export const structs: readonly Struct[] = [...contexts, ...parameters, ...headers].map(
	([name, size, fields]) => ({
		name,
		size,
		fields: fields.map(([field, offset, bytes, type, bits]) => ({
			name: field,
			offset,
			size: bytes,
			type,
			...(bits ? { bits } : {}),
		})),
	}),
);

const byName = new Map(structs.map((struct) => [struct.name, struct]));

/** The struct of this name, e.g. `xdp_md`. */
export function structNamed(name: string): Struct | undefined {
	return byName.get(name);
}

/** The field that `struct.field` names, e.g. `xdp_md.data_end`; also an array element, `__sk_buff.cb[1]`. */
export function structField(path: string): StructField | undefined {
	const match = /^(\w+)\.(\w+)(?:\[(\d+)\])?$/.exec(path);
	const field = byName.get(match?.[1] ?? "")?.fields.find((f) => f.name === match?.[2]);
	if (field === undefined || match?.[3] === undefined) return field;
	const array = /^(.*)\[(\d+)\]$/.exec(field.type);
	const index = Number(match[3]);
	if (array === null || index >= Number(array[2])) return undefined;
	const size = field.size / Number(array[2]);
	return { name: path, offset: field.offset + index * size, size, type: array[1] ?? "" };
}
