// Questions about program types: by number and name, attach types, return values, accesses to the context.

import { attachType as A } from "./attach.ts";
import type { ContextAccess } from "./context.ts";
import { layoutAccess } from "./context.ts";
import { socketLayouts } from "./layouts/pointer.ts";
import type { ProgName } from "./names.ts";
import type { ProgramType } from "./progtypes.ts";
import { programTypes } from "./progtypes.ts";
import type { ReturnNames, ReturnRange } from "./returns.ts";
import { netkitReturns, returnRanges, tcxReturns } from "./returns.ts";

const byName = new Map<string, ProgramType>(programTypes.map((type) => [type.name, type]));

/** The program type of this BPF_PROG_TYPE_* number or lower-case name. Undefined for a number that 6.18 does not know. */
export function progType(type: number): ProgramType | undefined;
export function progType(type: ProgName): ProgramType;
export function progType(type: number | string): ProgramType | undefined;
export function progType(type: number | string): ProgramType | undefined {
	return typeof type === "number" ? programTypes[type] : byName.get(type);
}

/** The attach type that counts: BPF_PROG_LOAD replaces 0 where a type has a default. */
export function effectiveAttach(type: number, expectedAttachType: number): number {
	return expectedAttachType === 0 ? (programTypes[type]?.defaultAttach ?? 0) : expectedAttachType;
}

/** Whether BPF_PROG_LOAD takes this expected attach type; it answers EINVAL otherwise. */
export function acceptsAttach(type: number, expectedAttachType: number): boolean {
	const row = programTypes[type];
	if (row === undefined) return false;
	if (row.attachTypes === undefined) return true;
	return row.attachTypes.includes(effectiveAttach(type, expectedAttachType));
}

/**
 * The range that the verifier enforces for R0 at exit ("At program exit the register R0 has ..."), undefined when
 * anything may be returned. For lsm, struct_ops and ext BTF of the attach point decides, and this gives undefined.
 */
export function returnRange(type: number, attachType: number): ReturnRange | undefined {
	const row = returnRanges[type];
	if (row === undefined || "min" in row) return row;
	return row.by[effectiveAttach(type, attachType)] ?? row.rest;
}

/** Names of return values; for sched_cls they depend on where it is attached. */
export function returnNames(type: number, attachType = 0): ReturnNames | undefined {
	if (type === 3) {
		if (attachType === A.BPF_TCX_INGRESS || attachType === A.BPF_TCX_EGRESS) return tcxReturns;
		if (attachType === A.BPF_NETKIT_PRIMARY || attachType === A.BPF_NETKIT_PEER)
			return netkitReturns;
	}
	return programTypes[type]?.returnNames;
}

/**
 * Decides a load (`write` false) or store of `size` 1, 2, 4 or 8 bytes at `offset` from the start of the context: the
 * kernel's is_valid_access of the program type. `signed` is set for sign-extending loads. When refused the verifier
 * says "invalid bpf_context access off=OFFSET size=SIZE".
 */
export function contextAccess(
	type: number,
	attachType: number,
	offset: number,
	size: number,
	write: boolean,
	signed = false,
): ContextAccess {
	const row = programTypes[type];
	if (row === undefined) return { ok: false, byBtf: false };
	return layoutAccess(row.context, effectiveAttach(type, attachType), offset, size, write, signed);
}

/** Register types of the socket pointers, the ones without "or null". */
export type SocketKind = keyof typeof socketLayouts;

/**
 * Decides a load through a socket pointer; "R1 invalid sock access off=OFFSET size=SIZE" when refused, with the name
 * `sock_common`, `sock`, `tcp_sock` or `xdp_sock`. Stores are always refused ("R1 cannot write into sock").
 */
export function socketAccess(kind: SocketKind, offset: number, size: number): ContextAccess {
	return layoutAccess(socketLayouts[kind], 0, offset, size, false, false);
}
