// What a program may do with its context: which loads and stores at which offset, and what a loaded register becomes. The
// tables are in layouts/; this file holds their shape and the one rule that reads them. Knows nothing of verifier states.

/** Register types of the kernel (enum bpf_reg_type) that a load from the context can give. */
export type ContextKind =
	| "SCALAR_VALUE"
	| "PTR_TO_PACKET"
	| "PTR_TO_PACKET_META"
	| "PTR_TO_PACKET_END"
	| "PTR_TO_SOCKET"
	| "PTR_TO_SOCKET_OR_NULL"
	| "PTR_TO_SOCK_COMMON"
	| "PTR_TO_SOCK_COMMON_OR_NULL"
	| "PTR_TO_FLOW_KEYS"
	| "PTR_TO_TP_BUFFER"
	| "PTR_TO_BTF_ID";

/**
 * Accesses that a field takes. All must be aligned to their own size.
 * - `exact`: one unit, whole
 * - `narrow`: any part of one unit
 * - `start`: the first 1, 2, 4 bytes of a unit
 * - `wide`: `narrow`, and two units at once where they make an aligned 8-byte word
 * - `pair`: `exact`, and two units at once likewise
 * - `any`: any bytes within the field, across units
 */
export type AccessMode = "exact" | "narrow" | "start" | "wide" | "pair" | "any";

/** One field of a context, with the accesses that it takes. Offsets and sizes in bytes. */
export interface ContextField {
	readonly name: string;
	/** Bytes from the start of the context. */
	readonly offset: number;
	/** Bytes, of the whole array where it is one. */
	readonly size: number;
	/** Bytes of one element; `size` when it is not an array. */
	readonly unit: number;
	readonly read?: AccessMode;
	readonly write?: AccessMode;
	/** Loads of fewer bytes are refused. */
	readonly least?: number;
	/** What a load gives; SCALAR_VALUE when absent. */
	readonly kind?: ContextKind;
	/** Kernel struct that a PTR_TO_BTF_ID points to; the pointer is trusted. */
	readonly btf?: string;
	/** The field exists for these BPF_ATTACH_TYPE values only. */
	readonly attach?: readonly number[];
	/** The field may be written for these BPF_ATTACH_TYPE values only. */
	readonly writeAttach?: readonly number[];
}

/** Context of a program type. */
export interface ContextLayout {
	/** C name of the struct, e.g. `xdp_md`; of the first argument's type for programs whose context follows BTF. */
	readonly struct: string;
	/** True when BTF of the attach point decides (tracing, lsm, struct_ops, ext): the tables cannot. */
	readonly byBtf: boolean;
	/** Ordered by offset; the first that takes an access decides. */
	readonly fields: readonly ContextField[];
}

/** The answer to one access: what the register becomes, or that it is refused. */
export type ContextAccess =
	| {
			readonly ok: true;
			readonly kind: ContextKind;
			readonly field: ContextField;
			/** Bytes that the kernel really loads for this; more than the access when it is narrow. */
			readonly fieldSize: number;
	  }
	/** `byBtf`: the answer is in the BTF of the attach point, argument number offset / 8. */
	| { readonly ok: false; readonly byBtf: boolean };

const refused: ContextAccess = { ok: false, byBtf: false };
const askBtf: ContextAccess = { ok: false, byBtf: true };

/** True when a field takes this access in this mode. The access is known to be aligned. */
function takes(field: ContextField, mode: AccessMode, offset: number, size: number): boolean {
	if (offset < field.offset || offset + size > field.offset + field.size) return false;
	const within = (offset - field.offset) % field.unit;
	switch (mode) {
		case "any":
			return true;
		case "exact":
			return within === 0 && size === field.unit;
		case "start":
			return within === 0 && size <= field.unit;
		case "narrow":
			return size <= field.unit;
		case "wide":
			return size <= field.unit || size === 8;
		case "pair":
			return size === field.unit ? within === 0 : size === 8;
	}
}

/** Decides one access in a layout. `signed`: a sign-extending load, which pointers refuse. */
export function layoutAccess(
	layout: ContextLayout,
	attachType: number,
	offset: number,
	size: number,
	write: boolean,
	signed: boolean,
): ContextAccess {
	if (layout.byBtf) return askBtf;
	if (offset % size !== 0) return refused;
	for (const field of layout.fields) {
		const mode = write ? field.write : field.read;
		if (mode === undefined || size < (field.least ?? 1)) continue;
		if (!takes(field, mode, offset, size)) continue;
		if (field.attach && !field.attach.includes(attachType)) continue;
		if (write && field.writeAttach && !field.writeAttach.includes(attachType)) continue;
		const kind = write ? "SCALAR_VALUE" : (field.kind ?? "SCALAR_VALUE");
		if (signed && kind !== "SCALAR_VALUE") continue;
		return { ok: true, kind, field, fieldSize: Math.max(size, field.unit) };
	}
	return refused;
}
