// Which maps which helpers take (check_map_func_compatibility of the kernel): from the map's side and the helper's.

import { helperName } from "./callees.ts";
import type { Env } from "./env.ts";
import { EINVAL } from "./env.ts";
import * as M from "./maps.ts";

/** Helpers that a kind of map is for; kinds that are not here take any helper that does not ask for another kind. */
const helpersOf: Readonly<Record<number, readonly number[]>> = {
	[M.MAP_PROG_ARRAY]: [12],
	[M.MAP_PERF_EVENT_ARRAY]: [22, 25, 111, 55, 121],
	[M.MAP_RINGBUF]: [130, 131, 134, 198, 199, 200],
	[M.MAP_USER_RINGBUF]: [209],
	[M.MAP_STACK_TRACE]: [27],
	[M.MAP_CGROUP_ARRAY]: [33, 37],
	[M.MAP_CGROUP_STORAGE]: [81],
	[M.MAP_PERCPU_CGROUP_STORAGE]: [81],
	[M.MAP_DEVMAP]: [51, 1],
	[M.MAP_DEVMAP_HASH]: [51, 1],
	[M.MAP_CPUMAP]: [51],
	[M.MAP_XSKMAP]: [51, 1],
	[M.MAP_ARRAY_OF_MAPS]: [1],
	[M.MAP_HASH_OF_MAPS]: [1],
	[M.MAP_SOCKMAP]: [52, 53, 60, 82, 1],
	[M.MAP_SOCKHASH]: [72, 70, 71, 82, 1],
	[M.MAP_REUSEPORT_SOCKARRAY]: [82],
	[M.MAP_QUEUE]: [89, 88, 87],
	[M.MAP_STACK]: [89, 88, 87],
	[M.MAP_SK_STORAGE]: [107, 108, 194],
	[M.MAP_INODE_STORAGE]: [145, 146, 194],
	[M.MAP_TASK_STORAGE]: [156, 157, 194],
	[M.MAP_CGRP_STORAGE]: [210, 211, 194],
	[M.MAP_BLOOM_FILTER]: [89, 87],
};

const perf = [M.MAP_PERF_EVENT_ARRAY];
const ring = [M.MAP_RINGBUF];
const sockmap = [M.MAP_SOCKMAP];
const sockhash = [M.MAP_SOCKHASH];

/** Kinds of map that a helper needs. */
const mapsOf: Readonly<Record<number, readonly number[]>> = {
	12: [M.MAP_PROG_ARRAY],
	22: perf,
	25: perf,
	55: perf,
	111: perf,
	121: perf,
	130: ring,
	131: ring,
	134: ring,
	198: ring,
	199: ring,
	200: ring,
	209: [M.MAP_USER_RINGBUF],
	27: [M.MAP_STACK_TRACE],
	33: [M.MAP_CGROUP_ARRAY],
	37: [M.MAP_CGROUP_ARRAY],
	51: [M.MAP_DEVMAP, M.MAP_DEVMAP_HASH, M.MAP_CPUMAP, M.MAP_XSKMAP],
	52: sockmap,
	60: sockmap,
	53: sockmap,
	72: sockhash,
	71: sockhash,
	70: sockhash,
	81: [M.MAP_CGROUP_STORAGE, M.MAP_PERCPU_CGROUP_STORAGE],
	82: [M.MAP_REUSEPORT_SOCKARRAY, M.MAP_SOCKMAP, M.MAP_SOCKHASH],
	88: [M.MAP_QUEUE, M.MAP_STACK],
	87: [M.MAP_QUEUE, M.MAP_STACK, M.MAP_BLOOM_FILTER],
	89: [M.MAP_QUEUE, M.MAP_STACK, M.MAP_BLOOM_FILTER],
	195: [M.MAP_PERCPU_ARRAY, M.MAP_PERCPU_HASH, M.MAP_LRU_PERCPU_HASH],
	107: [M.MAP_SK_STORAGE],
	108: [M.MAP_SK_STORAGE],
	145: [M.MAP_INODE_STORAGE],
	146: [M.MAP_INODE_STORAGE],
	156: [M.MAP_TASK_STORAGE],
	157: [M.MAP_TASK_STORAGE],
	210: [M.MAP_CGRP_STORAGE],
	211: [M.MAP_CGRP_STORAGE],
};

/** Program types that may update a socket map. */
const sockUpdaters = new Set([1, 3, 4, 6, 21, 22, 30]);

/** may_update_sockmap: only where no socket is locked. */
function mayUpdateSockmap(env: Env, id: number): boolean {
	if (id !== 2 && id !== 3) return false;
	const { type, expectedAttachType } = env.request;
	if (type === 26 && expectedAttachType === 28) return true;
	if (type === 13 && id === 3) return true;
	if (sockUpdaters.has(type)) return true;
	env.note("cannot update sockmap in this context\n");
	return false;
}

/** Whether helper `id` may be given the map with these facts. */
export function checkMapHelper(env: Env, map: M.MapFacts | undefined, id: number): number {
	if (!map) return 0;
	const helpers = helpersOf[map.type];
	const socket = map.type === M.MAP_SOCKMAP || map.type === M.MAP_SOCKHASH;
	const fits =
		helpers === undefined || helpers.includes(id) || (socket && mayUpdateSockmap(env, id));
	const kinds = mapsOf[id];
	if (fits && (kinds === undefined || kinds.includes(map.type))) return 0;
	return env.fail(
		EINVAL,
		"helper/map-type",
		`cannot pass map_type ${map.type} into func ${helperName(id)}`,
	);
}
