// Timers in map values as arguments of calls (process_timer_func of the kernel), and other fields that stand for
// something the kernel runs later.

import type { Env } from "./env.ts";
import { curReg, EINVAL } from "./env.ts";
import { constNumber, PTR_TO_MAP_VALUE, type Reg } from "./reg.ts";
import { mapOf } from "./region.ts";

/** What a call learns of the map that the field lies in. */
interface MapOfField {
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

/** Argument `index` is a work queue, or work for a task (process_wq_func, process_task_work_func). */
export function laterArgument(
	env: Env,
	meta: MapOfField,
	reg: Reg,
	index: number,
	kind: string,
): number {
	if (reg.type !== PTR_TO_MAP_VALUE)
		return env.fail(EINVAL, "map/field", `arg#${index} doesn't point to a map value`);
	return mapField(env, meta, index + 1, kind);
}

/** The map in `reg` must be the one that the field of the same call lies in. */
export function laterMap(env: Env, meta: MapOfField, reg: Reg): number {
	if (meta.map === 0 || (meta.map === reg.map && meta.mapUid === reg.uid)) return 0;
	const has = (kind: string) => env.maps[reg.map]?.fields.some((f) => f.kind === kind) === true;
	const uids = (at: number) =>
		`map_uid=${meta.mapUid} doesn't match map pointer in R${at} map_uid=${reg.uid}`;
	if (has("bpf_task_work"))
		return env.fail(EINVAL, "helper/map-mismatch", `bpf_task_work pointer in R2 ${uids(3)}`);
	if (has("bpf_wq"))
		return env.fail(EINVAL, "helper/map-mismatch", `workqueue pointer in R1 ${uids(2)}`);
	if (env.maps[reg.map]?.fields.length) return 0;
	return env.giveUp(
		"Linux itself faults: a map without fields beside a work queue or work for a task",
	);
}
