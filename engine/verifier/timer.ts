// Timers in map values as arguments of calls (process_timer_func of the kernel), and other fields that stand for
// something the kernel runs later.

import type { Env } from "./env.ts";
import { curReg, EINVAL } from "./env.ts";
import { constNumber } from "./reg.ts";
import { mapOf } from "./region.ts";

/** What a call learns of the map that the field lies in. */
export interface MapOfField {
	map: number;
	mapUid: number;
}

/** Register `regno` points to the field `struct kind` of a map value. */
export function mapField(env: Env, meta: MapOfField, regno: number, kind: string): number {
	const reg = curReg(env, regno);
	const refuse = (message: string) => env.fail(EINVAL, "map/field", message);
	if ((reg.maskHi | reg.maskLo) !== 0)
		return refuse(
			`R${regno} doesn't have constant offset. ${kind} has to be at the constant offset`,
		);
	const map = mapOf(env, reg);
	const name = map.spec.name.slice(0, 15);
	if (!map.spec.btfValueTypeId)
		return refuse(`map '${name}' has to have BTF in order to use ${kind}`);
	const field = map.fields.find((f) => f.kind === kind);
	if (!field) return refuse(`map '${name}' has no valid ${kind}`);
	const off = constNumber(reg) + reg.off;
	if (field.offset !== off)
		return refuse(`off ${off} doesn't point to 'struct ${kind}' that is at ${field.offset}`);
	meta.map = reg.map;
	meta.mapUid = reg.uid;
	return 0;
}
