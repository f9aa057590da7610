// Conditional jumps that reach too far: they jump over a goto to one with a 32-bit distance (cpu v4). Takes placed instructions and
// the slots that each takes, gives a longer list.

import type { Placed } from "./layout.ts";
import { ASM, GOTO, Insn } from "./machine.ts";

/** Slots that a 16-bit distance reaches. */
export const FAR = 0x7fff;

export function relax(
	placed: readonly Placed[],
	slotsOf: (p: Placed) => number,
): readonly Placed[] {
	let list = placed;
	for (;;) {
		const next = once(list, slotsOf);
		if (next === list) return list;
		list = next;
	}
}

function once(list: readonly Placed[], slotsOf: (p: Placed) => number): readonly Placed[] {
	const starts: number[] = [];
	let at = 0;
	for (const p of list) {
		starts.push(at);
		at += slotsOf(p);
	}
	const far = list.map((p, n) => {
		if (p.target < 0 || p.insn.op === GOTO || p.insn.op === ASM) return false;
		return Math.abs((starts[p.target] ?? 0) - (starts[n] ?? 0) - 1) > FAR;
	});
	if (!far.includes(true)) return list;
	const where: number[] = [];
	let count = 0;
	for (const f of far) {
		where.push(count);
		count += f ? 3 : 1;
	}
	where.push(count);
	const to = (target: number) => (target < 0 ? target : (where[target] ?? 0));
	return list.flatMap((p, n): Placed[] => {
		const here = where[n] ?? 0;
		if (!far[n])
			return [{ ...p, target: to(p.target), ...(p.targets ? { targets: p.targets.map(to) } : {}) }];
		return [
			{ insn: p.insn, target: here + 2 },
			{ insn: jump(p.insn), target: here + 3 },
			{ insn: jump(p.insn), target: to(p.target) },
		];
	});
}

function jump(near: Insn): Insn {
	const i = new Insn(GOTO, 0, 0, 0, 0);
	i.place = near.place;
	return i;
}
