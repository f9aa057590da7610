// A program attached to another program, as libbpf prepares it (bpf_program__set_attach_target): the target's place in the load
// request, or libbpf's words. The target itself is loaded first, and so judged first.

import { sectionType } from "../abi/index.ts";
import { decodeBtf, findTypes } from "../btf/index.ts";
import type { AttachTarget, LoadRequest, ProgramSpec } from "../object/index.ts";

/** What a program is to be attached to. */
export interface Attachment {
	readonly target: AttachTarget;
	/** The target's function; the one that the section names (`freplace/NAME`) when absent. */
	readonly functionName?: string;
}

/** The function of a program that `attachment` means; undefined when neither it nor the section says. */
export function functionNamed(program: ProgramSpec, name?: string): string | undefined {
	return name ?? (sectionType(program.section)?.target || undefined);
}

/** `request`, made of `program`, attached as asked; libbpf's words when it finds no such function. */
export function attached(
	request: LoadRequest,
	program: ProgramSpec,
	{ target, functionName }: Attachment,
): LoadRequest | string {
	const name = functionNamed(program, functionName);
	if (name === undefined)
		return "no BTF-based attach target is specified, use bpf_program__set_attach_target()";
	const btf = target.btf && decodeBtf(target.btf).value;
	if (!btf) return "The target program doesn't have BTF";
	const id = findTypes(btf, name, "func")[0];
	if (id === undefined) return `${name} is not found in prog's BTF`;
	return { ...request, attachBtfId: id, attachTarget: target };
}
