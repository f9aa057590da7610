// From a load request to a program on guest memory: references to maps become guest addresses, functions are found.
// It verifies nothing.

import type { Code } from "../isa/index.ts";
import {
	BPF_CALL,
	BPF_JMP,
	BPF_PSEUDO_BTF_ID,
	BPF_PSEUDO_CALL,
	BPF_PSEUDO_FUNC,
	BPF_PSEUDO_KFUNC_CALL,
	BPF_PSEUDO_MAP_FD,
	BPF_PSEUDO_MAP_IDX,
	BPF_PSEUDO_MAP_IDX_VALUE,
	BPF_PSEUDO_MAP_VALUE,
	LD_IMM64,
} from "../isa/index.ts";
import type { ArrayLayout, HashLayout } from "../machine/index.ts";
import type { BpfMap } from "../maps/index.ts";

/** Why code cannot be made ready: what Skep lacks, or a reference that leads nowhere (EBADF, EINVAL). */
export type Resolution =
	| {
			readonly code: Code;
			readonly arrays: ReadonlyMap<number, ArrayLayout>;
			readonly hashes: ReadonlyMap<number, HashLayout>;
			/** The maps that the code refers to, in order of their first reference. */
			readonly used: ReadonlySet<BpfMap>;
	  }
	| { readonly problem: "map-index" | "map-value" }
	| { readonly unsupported: string };

/** Puts guest addresses of `maps` and the numbers of kernel functions into a copy of the code; `kfunc` knows them by type id. */
export function resolveCode(
	source: Code,
	maps: readonly BpfMap[],
	kfunc: (typeId: number) => number | undefined,
): Resolution {
	const code: Code = {
		...source,
		src: source.src.slice(),
		off: source.off.slice(),
		imm: source.imm.slice(),
	};
	const arrays = new Map<number, ArrayLayout>();
	const hashes = new Map<number, HashLayout>();
	const used = new Set<BpfMap>();
	for (let pc = 0; pc < code.length; pc++) {
		const kind = code.src[pc];
		if (code.opcode[pc] === (BPF_JMP | BPF_CALL) && kind === BPF_PSEUDO_KFUNC_CALL) {
			const number = kfunc(code.imm[pc] as number);
			if (number === undefined) return { unsupported: "calls of kernel functions" };
			code.src[pc] = 0;
			code.off[pc] = 0;
			code.imm[pc] = number;
		}
		if (code.opcode[pc] !== LD_IMM64) continue;
		if (kind === BPF_PSEUDO_BTF_ID) return { unsupported: "kernel symbols" };
		if (kind !== 0 && kind !== BPF_PSEUDO_FUNC) {
			const map = maps[code.imm[pc] as number];
			if (!map) return { problem: "map-index" };
			const address = addressOf(map, kind as number, code.imm[pc + 1] as number);
			if (address === undefined) return { problem: "map-value" };
			code.imm[pc] = address;
			code.imm[pc + 1] = 0;
			code.src[pc] = 0;
			used.add(map);
			if (map.kind.layout) arrays.set(map.handle, map.kind.layout);
			if (map.kind.hash) hashes.set(map.handle, map.kind.hash);
		}
		pc++;
	}
	return { code, arrays, hashes, used };
}

/** First instruction of every function: the entry and the targets of calls and of function references. */
export function findFunctions(code: Code): number[] {
	const found = new Set([0]);
	for (let pc = 0; pc < code.length; pc++) {
		const opcode = code.opcode[pc];
		const target = pc + 1 + (code.imm[pc] as number);
		if (opcode === (BPF_JMP | BPF_CALL) && code.src[pc] === BPF_PSEUDO_CALL) found.add(target);
		if (opcode !== LD_IMM64) continue;
		if (code.src[pc] === BPF_PSEUDO_FUNC) found.add(target);
		pc++;
	}
	return [...found].sort((a, b) => a - b);
}

function addressOf(map: BpfMap, kind: number, offset: number): number | undefined {
	if (kind === BPF_PSEUDO_MAP_FD || kind === BPF_PSEUDO_MAP_IDX) return map.handle;
	if (kind !== BPF_PSEUDO_MAP_VALUE && kind !== BPF_PSEUDO_MAP_IDX_VALUE) return undefined;
	const { layout } = map.kind;
	if (!layout || offset >>> 0 >= map.spec.valueSize) return undefined;
	return layout.base + offset;
}
