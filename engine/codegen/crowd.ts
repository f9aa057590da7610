// How many values are alive at once: a function with far more than the stack can hold is told so before registers are looked for, which
// would take time and memory with the square of that number.

import { removeDead } from "./coalesce.ts";
import { LiveSet } from "./graph.ts";
import { liveness } from "./liveness.ts";
import { eachDef, eachUse, FP, type Func, type Insn } from "./machine.ts";
import { constants } from "./spill.ts";

/** Ten registers and 64 words of stack, several times over: copies are not joined yet. */
const MOST = 400;

/** The number of values alive at some point if it is beyond what any allocation could place, else undefined. */
export function crowd(func: Func): number | undefined {
	if (func.registers <= MOST) return undefined;
	removeDead(func);
	func.link();
	const live = liveness(func, 3 * MOST);
	if (live.stopped !== undefined) return live.stopped;
	const constant = constants(func);
	const set = new LiveSet(func.registers);
	let now = 0;
	const add = (r: number) => {
		if (r !== FP && !constant[r] && !set.has(r)) now++;
		set.add(r);
	};
	const remove = (r: number) => {
		if (!constant[r] && set.has(r)) now--;
		set.delete(r);
	};
	for (const block of func.blocks) {
		set.reset([]);
		now = 0;
		for (const r of live.liveOut[block.index] ?? []) add(r);
		const step = (i: Insn) => {
			eachDef(i, remove);
			eachUse(i, add);
		};
		if (block.term) step(block.term);
		for (let at = block.insns.length - 1; at >= 0 && now <= MOST; at--) {
			const i = block.insns[at];
			if (i) step(i);
		}
		if (now > MOST) return now;
	}
	return undefined;
}
