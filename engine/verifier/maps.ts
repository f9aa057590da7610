// What the verifier knows of a map: its spec, how the log names it, and the special fields that its value holds.

import type { MapSpec } from "../object/index.ts";

export const MAP_HASH = 1;
export const MAP_ARRAY = 2;
export const MAP_PROG_ARRAY = 3;
export const MAP_PERF_EVENT_ARRAY = 4;
export const MAP_PERCPU_HASH = 5;
export const MAP_PERCPU_ARRAY = 6;
export const MAP_STACK_TRACE = 7;
export const MAP_CGROUP_ARRAY = 8;
export const MAP_LRU_HASH = 9;
export const MAP_LRU_PERCPU_HASH = 10;
export const MAP_ARRAY_OF_MAPS = 12;
export const MAP_HASH_OF_MAPS = 13;
export const MAP_DEVMAP = 14;
export const MAP_SOCKMAP = 15;
export const MAP_CPUMAP = 16;
export const MAP_XSKMAP = 17;
export const MAP_SOCKHASH = 18;
export const MAP_CGROUP_STORAGE = 19;
export const MAP_REUSEPORT_SOCKARRAY = 20;
export const MAP_PERCPU_CGROUP_STORAGE = 21;
export const MAP_QUEUE = 22;
export const MAP_STACK = 23;
export const MAP_SK_STORAGE = 24;
export const MAP_DEVMAP_HASH = 25;
export const MAP_STRUCT_OPS = 26;
export const MAP_RINGBUF = 27;
export const MAP_INODE_STORAGE = 28;
export const MAP_TASK_STORAGE = 29;
export const MAP_BLOOM_FILTER = 30;
export const MAP_USER_RINGBUF = 31;
export const MAP_CGRP_STORAGE = 32;
export const MAP_ARENA = 33;

export const BPF_F_RDONLY_PROG = 1 << 7;
export const BPF_F_WRONLY_PROG = 1 << 8;

/** A field of a map value or object that programs may only touch in special ways. */
export interface SpecialField {
	readonly kind: string;
	readonly offset: number;
	readonly size: number;
	/** Lists and trees: the `contains:STRUCT:FIELD` tag. Pointers: the tag of the type. */
	readonly tag?: string;
	/** Pointers: BTF id, in the program's BTF, of what they point to. */
	readonly target?: number;
}

export interface MapFacts {
	readonly spec: MapSpec;
	readonly type: number;
	readonly keySize: number;
	readonly valueSize: number;
	/** `map=NAME,ks=K,vs=V` of the log. */
	readonly text: string;
	/** Number of the facts of the inner map's template, 0 for none. */
	readonly inner: number;
	readonly fields: readonly SpecialField[];
}

/** What a lookup in a map of devices gives is the kernel's own. */
function withKernelFlags(spec: MapSpec): MapSpec {
	const devices = spec.type === MAP_DEVMAP || spec.type === MAP_DEVMAP_HASH;
	return devices ? { ...spec, flags: spec.flags | BPF_F_RDONLY_PROG } : spec;
}

/** Facts of `spec`; `inner` is the number of the facts of its inner map, 0 for none. */
export function mapFacts(spec: MapSpec, inner: number, fields: readonly SpecialField[]): MapFacts {
	const name = spec.name.slice(0, 15);
	return {
		spec: withKernelFlags(spec),
		type: spec.type,
		keySize: spec.keySize,
		valueSize: spec.valueSize,
		text: `${name === "" ? "" : `map=${name},`}ks=${spec.keySize},vs=${spec.valueSize}`,
		inner,
		fields,
	};
}

/** Whether the program may read and the contents cannot change any more (bpf_map_is_rdonly). */
export function isReadOnly(map: MapFacts): boolean {
	return (map.spec.flags & BPF_F_RDONLY_PROG) !== 0 && map.spec.frozen === true;
}

/** Whether the address of a value can be taken without a lookup (map_direct_value_addr). */
export function hasDirectValue(map: MapFacts): boolean {
	return map.type === MAP_ARRAY || map.type === MAP_ARENA;
}

/** Byte `offset` of the map's first value, 0 where nothing was filled in. */
export function directByte(map: MapFacts, offset: number): number {
	const entry = map.spec.init?.find((e) => e.key.every((b) => b === 0));
	return entry?.value[offset] ?? 0;
}

/** Whether a value holds a field of one of these kinds. */
export function hasField(map: MapFacts, ...kinds: readonly string[]): boolean {
	return map.fields.some((f) => kinds.includes(f.kind));
}
