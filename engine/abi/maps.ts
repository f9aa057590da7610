// Questions about maps: by number and name, what BPF_MAP_CREATE answers, which helper takes which map.

import { attachType as A } from "./attach.ts";
import type { ErrnoName } from "./errno.ts";
import { helperById } from "./helpers.ts";
import type { MapType, SizeRule } from "./maptypes.ts";
import { mapFlags, mapTypes } from "./maptypes.ts";

const {
	BPF_F_NUMA_NODE,
	BPF_F_RDONLY,
	BPF_F_RDONLY_PROG,
	BPF_F_STACK_BUILD_ID,
	BPF_F_WRONLY,
	BPF_F_WRONLY_PROG,
} = mapFlags;

const byName = new Map<string, MapType>(
	mapTypes.flatMap((type) => (type ? [[type.name, type]] : [])),
);

/** The map type of this BPF_MAP_TYPE_* number or lower-case name; undefined when Linux 6.18 has none. */
export function mapType(type: number | string): MapType | undefined {
	return typeof type === "number" ? mapTypes[type] : byName.get(type);
}

function sizeError(rule: SizeRule, value: number): ErrnoName | undefined {
	if (rule.only && !rule.only.includes(value)) return "EINVAL";
	if (rule.min !== undefined && value < rule.min) return "EINVAL";
	if (rule.max !== undefined && value > rule.max) return "EINVAL";
	if (rule.multiple !== undefined && value % rule.multiple !== 0) return "EINVAL";
	if (rule.pages && (value < 4096 || (value & (value - 1)) !== 0)) return "EINVAL";
	if (rule.e2big !== undefined && value > rule.e2big) return "E2BIG";
	return undefined;
}

/** The fields of BPF_MAP_CREATE that decide whether a map can be made. */
export interface MapAttributes {
	readonly type: number;
	readonly keySize: number;
	readonly valueSize: number;
	readonly maxEntries: number;
	/** BPF_F_* creation flags. */
	readonly flags: number;
	/** map_extra. */
	readonly extra?: number;
}

function flagError(type: MapType, flags: number): ErrnoName | undefined {
	if ((flags & BPF_F_RDONLY) !== 0 && (flags & BPF_F_WRONLY) !== 0) return "EINVAL";
	if ((flags & BPF_F_RDONLY_PROG) !== 0 && (flags & BPF_F_WRONLY_PROG) !== 0) return "EINVAL";
	const must = type.mustFlags ?? 0;
	if ((flags & must) !== must) return "EINVAL";
	const notSupported = type.notSupported ?? 0;
	if ((flags & ~(type.flags | notSupported)) !== 0) return "EINVAL";
	if ((flags & notSupported) !== 0) return "ENOTSUPP";
	// One list for each CPU leaves no common memory that could be put on a node.
	if (
		type.name === "lru_hash" &&
		(flags & mapFlags.BPF_F_NO_COMMON_LRU) !== 0 &&
		(flags & BPF_F_NUMA_NODE) !== 0
	)
		return "EINVAL";
	return undefined;
}

/**
 * What BPF_MAP_CREATE answers to these attributes, undefined for success. Memory limits and what BTF or inner maps add
 * are not looked at; a map type that Linux 6.18 does not have is EINVAL.
 */
export function mapCreateError(map: MapAttributes): ErrnoName | undefined {
	const type = mapType(map.type);
	if (type === undefined) return "EINVAL";
	const { maxExtra } = type;
	if (type.name !== "arena" && (map.extra ?? 0) > (maxExtra ?? 0)) return "EINVAL";
	// Values of stack traces with build ids are 32 bytes a frame.
	const buildId = type.name === "stack_trace" && (map.flags & BPF_F_STACK_BUILD_ID) !== 0;
	const valueSize = buildId ? { min: 32, max: 127 * 32, multiple: 32 } : type.valueSize;
	return (
		flagError(type, map.flags) ??
		firstError([
			sizeError(type.keySize, map.keySize),
			sizeError(valueSize, map.valueSize),
			sizeError(type.maxEntries, map.maxEntries),
			elementError(type, map),
		])
	);
}

/** An element of a hash table is one block of memory: 48 bytes, key and value. */
function elementError(type: MapType, map: MapAttributes): ErrnoName | undefined {
	const table = type.name === "hash" || type.name === "lru_hash" || type.name === "percpu_hash";
	return table && map.keySize + map.valueSize >= (4 << 20) - 48 ? "E2BIG" : undefined;
}

/** All EINVAL checks come before those for E2BIG. */
function firstError(errors: readonly (ErrnoName | undefined)[]): ErrnoName | undefined {
	return errors.find((error) => error === "EINVAL") ?? errors.find((error) => error !== undefined);
}

/** Helpers that take these types of map only; the types take no other helper either, but for {@link lookups}. */
const pairs: readonly (readonly [maps: readonly string[], helpers: readonly string[]])[] = [
	[["prog_array"], ["tail_call"]],
	[
		["perf_event_array"],
		["perf_event_read", "perf_event_output", "skb_output", "perf_event_read_value", "xdp_output"],
	],
	[["ringbuf"], ["ringbuf_output", "ringbuf_reserve", "ringbuf_query", "ringbuf_reserve_dynptr"]],
	[["user_ringbuf"], ["user_ringbuf_drain"]],
	[["stack_trace"], ["get_stackid"]],
	[["cgroup_array"], ["skb_under_cgroup", "current_task_under_cgroup"]],
	[["cgroup_storage", "percpu_cgroup_storage"], ["get_local_storage"]],
	[["devmap", "devmap_hash", "cpumap", "xskmap"], ["redirect_map"]],
	[["sockmap"], ["sk_redirect_map", "sock_map_update", "msg_redirect_map"]],
	[["sockhash"], ["sk_redirect_hash", "sock_hash_update", "msg_redirect_hash"]],
	[["reuseport_sockarray", "sockmap", "sockhash"], ["sk_select_reuseport"]],
	[["queue", "stack"], ["map_pop_elem"]],
	[
		["queue", "stack", "bloom_filter"],
		["map_peek_elem", "map_push_elem"],
	],
	[["sk_storage"], ["sk_storage_get", "sk_storage_delete"]],
	[["inode_storage"], ["inode_storage_get", "inode_storage_delete"]],
	[["task_storage"], ["task_storage_get", "task_storage_delete"]],
	[["cgrp_storage"], ["cgrp_storage_get", "cgrp_storage_delete"]],
];

/** Types of {@link pairs} that a program may also look an element up in. */
const lookups: readonly string[] = [
	"devmap",
	"devmap_hash",
	"xskmap",
	"array_of_maps",
	"hash_of_maps",
	"sockmap",
	"sockhash",
];
const mapsInMaps: readonly string[] = ["array_of_maps", "hash_of_maps"];
const perCpuLookups: readonly string[] = ["percpu_array", "percpu_hash", "lru_percpu_hash"];

const closedTypes = new Set([...pairs.flatMap(([maps]) => maps), ...mapsInMaps]);
const closedHelpers = new Set(pairs.flatMap(([, helpers]) => helpers));

/** Programs that may update and delete in a map of sockets; sock_ops only deletes. */
function mayUpdateSockets(helper: string, progType: number, attachType: number): boolean {
	const changes = helper === "map_update_elem" || helper === "map_delete_elem";
	if (!changes) return false;
	if (progType === 13) return helper === "map_delete_elem";
	if (progType === 26) return attachType === A.BPF_TRACE_ITER;
	return [1, 3, 4, 6, 21, 22, 30].includes(progType);
}

/**
 * Whether a helper takes this type of map; otherwise the verifier says "cannot pass map_type TYPE into func NAME#ID".
 * Program and attach type matter for maps of sockets only.
 */
export function helperTakesMap(
	helperId: number,
	mapTypeId: number,
	progType: number,
	attachType: number,
): boolean {
	const helper = helperById(helperId)?.name.slice("bpf_".length);
	const map = mapType(mapTypeId)?.name;
	if (helper === undefined || map === undefined) return false;
	if (pairs.some(([maps, helpers]) => maps.includes(map) && helpers.includes(helper))) return true;
	if (closedHelpers.has(helper)) return false;
	if (helper === "map_lookup_percpu_elem") return perCpuLookups.includes(map);
	if (helper === "map_lookup_elem" && lookups.includes(map)) return true;
	if (map === "sockmap" || map === "sockhash")
		return mayUpdateSockets(helper, progType, attachType);
	if (helper === "kptr_xchg" && map.endsWith("_storage") && !map.endsWith("cgroup_storage"))
		return true;
	return !closedTypes.has(map);
}
