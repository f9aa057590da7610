// Widening at iterator-like loops: scalars that changed since the last round and that nothing needed exactly become
// unknown, so that the loop converges (widen_imprecise_scalars of the kernel).

import type { Equality } from "./equal.ts";
import { type Reg, SCALAR_VALUE, setUnknown } from "./reg.ts";
import type { State } from "./state.ts";
import { frameOf, isSpilled, regOf, slotOf } from "./state.ts";

function widen(equality: Equality, old: Reg, cur: Reg): void {
	if (old.type !== SCALAR_VALUE || cur.type !== SCALAR_VALUE) return;
	if (old.precise || cur.precise || equality.regsExact(old, cur)) return;
	setUnknown(cur);
}

/** Widens `cur` where it differs from `old`, the state at the same place one round earlier. */
export function widenImprecise(equality: Equality, old: State, cur: State): void {
	equality.reset();
	for (let f = old.curframe; f >= 0; f--) {
		const a = frameOf(old, f);
		const b = frameOf(cur, f);
		for (let i = 0; i < 11; i++) widen(equality, regOf(a, i), regOf(b, i));
		const count = Math.min(a.slots, b.slots);
		for (let i = 0; i < count; i++) {
			const x = slotOf(a, i);
			const y = slotOf(b, i);
			if (isSpilled(x) && isSpilled(y)) widen(equality, x.reg, y.reg);
		}
	}
}
