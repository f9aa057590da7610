// Pointers that may be null: what a comparison with zero makes of them (mark_ptr_or_null_regs, mark_ptr_not_null_reg of
// the kernel).

import type { Env } from "./env.ts";
import { fieldsOf } from "./fields.ts";
import { hasField, MAP_SOCKHASH, MAP_SOCKMAP, MAP_XSKMAP, type MapFacts } from "./maps.ts";
import { dropRef } from "./refs.ts";
import {
	baseType,
	CONST_PTR_TO_MAP,
	MEM_RCU,
	mayBeNull,
	PTR_MAYBE_NULL,
	PTR_TO_MAP_VALUE,
	PTR_TO_SOCKET,
	PTR_TO_XDP_SOCK,
	type Reg,
	SCALAR_VALUE,
} from "./reg.ts";
import type { State } from "./state.ts";
import { forEachReg, regOf, topFrame } from "./state.ts";

/** The pointer is known not to be null. */
export function markNotNull(env: Env, reg: Reg): void {
	if (baseType(reg.type) !== PTR_TO_MAP_VALUE) {
		reg.type &= ~PTR_MAYBE_NULL;
		return;
	}
	const map = env.maps[reg.map] as MapFacts;
	if (map.inner !== 0) {
		reg.type = CONST_PTR_TO_MAP;
		reg.map = map.inner;
		if (hasField(env.maps[map.inner] as MapFacts, "bpf_timer", "bpf_wq", "bpf_task_work"))
			reg.uid = reg.id;
	} else if (map.type === MAP_XSKMAP) reg.type = PTR_TO_XDP_SOCK;
	else if (map.type === MAP_SOCKMAP || map.type === MAP_SOCKHASH) reg.type = PTR_TO_SOCKET;
	else reg.type = PTR_TO_MAP_VALUE;
}

/** Every copy of register `regno` is null, or is not. */
export function markOrNull(env: Env, state: State, regno: number, isNull: boolean): void {
	const { id, refId } = regOf(topFrame(state), regno);
	if (isNull && refId !== 0 && refId === id) dropRef(state, id);
	forEachReg(state, (reg) => {
		if (!mayBeNull(reg.type) || reg.id !== id || (id === 0 && !(reg.type & MEM_RCU))) return;
		if (isNull) {
			reg.type = SCALAR_VALUE;
			reg.id = 0;
			reg.refId = 0;
			return;
		}
		markNotNull(env, reg);
		if (!mayPointToLock(env, reg)) reg.id = 0;
	});
}

function mayPointToLock(env: Env, reg: Reg): boolean {
	return fieldsOf(env, reg).some(
		(f) => f.kind === "bpf_spin_lock" || f.kind === "bpf_res_spin_lock",
	);
}
