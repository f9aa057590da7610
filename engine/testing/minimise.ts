// Makes a program smaller while it keeps a property: leaves out instructions and mends jumps, leaves out line information, types,
// functions and maps that nothing refers to. For tests only.

import * as isa from "../isa/index.ts";
import type { LoadRequest } from "../object/index.ts";
import { reach, slots } from "./edit.ts";

/** The request without `count` slots from `at` on; undefined when that would cut a wide instruction in two. */
export function without(request: LoadRequest, at: number, count: number): LoadRequest | undefined {
	const before = slots(request.code);
	for (const edge of [at, at + count])
		if (before[edge - 1]?.opcode === isa.LD_IMM64 && edge > 0) return undefined;
	const moved = (pc: number) => (pc < at ? pc : pc < at + count ? at : pc - count);
	const after = before.flatMap((insn, pc) => {
		if (pc >= at && pc < at + count) return [];
		const field = before[pc - 1]?.opcode === isa.LD_IMM64 ? undefined : reach(insn);
		if (field === undefined) return [insn];
		const distance = moved(pc + 1 + insn[field]) - moved(pc) - 1;
		return [{ ...insn, [field]: distance }];
	});
	if (after.length === 0) return undefined;
	return {
		...request,
		code: isa.codeOf(after),
		functions: kept(request.functions, moved, after.length),
		lines: kept(request.lines, moved, after.length),
	};
}

/** Records at their new places, the last of those that have come to one place. */
function kept<T extends { readonly insn: number }>(
	records: readonly T[],
	moved: (pc: number) => number,
	length: number,
): T[] {
	const all = records.map((r) => ({ ...r, insn: moved(r.insn) })).filter((r) => r.insn < length);
	return all.filter((r, i) => all[i + 1]?.insn !== r.insn);
}

/** Whether the wide instruction's immediate is the number of a map. */
function namesMap({ opcode, src }: isa.Insn): boolean {
	return (
		opcode === isa.LD_IMM64 && (src === isa.BPF_PSEUDO_MAP_FD || src === isa.BPF_PSEUDO_MAP_VALUE)
	);
}

/** The request with those of its maps alone that its instructions name. */
export function withNamedMaps(request: LoadRequest): LoadRequest {
	const before = slots(request.code);
	const isWide = (pc: number) => before[pc - 1]?.opcode === isa.LD_IMM64;
	const isNamed = (insn: isa.Insn, pc: number) =>
		namesMap(insn) && !isWide(pc) && request.maps[insn.imm] !== undefined;
	const named = [...new Set(before.filter(isNamed).map((insn) => insn.imm))].sort((a, b) => a - b);
	const after = before.map((insn, pc) =>
		isNamed(insn, pc) ? { ...insn, imm: named.indexOf(insn.imm) } : insn,
	);
	const maps = named.flatMap((index) => request.maps[index] ?? []);
	return { ...request, code: isa.codeOf(after), maps };
}

/** Requests that have less beside the instructions. */
function lighter(request: LoadRequest): LoadRequest[] {
	const { btf, ...bare } = request;
	const untyped = request.maps.map(({ btfKeyTypeId, btfValueTypeId, ...map }) => map);
	return [
		...(btf ? [{ ...bare, functions: [], lines: [], maps: untyped }] : []),
		...(request.lines.length ? [{ ...request, lines: [] }] : []),
		...(btf ? [{ ...request, maps: untyped }] : []),
		withNamedMaps(request),
		{ ...request, maps: request.maps.map(({ init, ...map }) => map) },
	];
}

/** The smallest request found that still `fails`. */
export async function minimise(
	request: LoadRequest,
	fails: (request: LoadRequest) => Promise<boolean>,
): Promise<LoadRequest> {
	let best = request;
	const lighten = async () => {
		for (let i = 0; i < lighter(best).length; i++) {
			const less = lighter(best)[i];
			if (less && (await fails(less))) best = less;
		}
	};
	await lighten();
	let size = 16;
	while (size * 8 < best.code.length) size *= 2;
	for (; size >= 1; size >>= 1) {
		let progress = true;
		while (progress) {
			progress = false;
			for (let at = best.code.length - size; at >= 0; at--) {
				const smaller = without(best, at, size);
				if (!smaller || !(await fails(smaller))) continue;
				best = smaller;
				progress = true;
				at -= size - 1;
			}
		}
	}
	await lighten();
	return best;
}
