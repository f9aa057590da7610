// BPF_MAP_CREATE: attributes to a map, with Linux's checks and errnos; kinds that Skep lacks are named.

import type { GuestMemory } from "../machine/index.ts";
import { arrayMap, perCpuArrayMap } from "./array.ts";
import { bloomMap } from "./bloom.ts";
import { checkAttributes } from "./check.ts";
import { cpuMap, devHashMap, devMap } from "./devmap.ts";
import { hashMap, perCpuHashMap } from "./hash.ts";
import type { KindContext, MapAttributes, MapEnvironment, MapKind, Reference } from "./kind.ts";
import { lruHashMap } from "./lru.ts";
import { BpfMap } from "./map.ts";
import * as n from "./numbers.ts";
import { Ownership } from "./owner.ts";
import { queueMap } from "./queue.ts";
import { ringbufMap } from "./ringbuf.ts";
import { HashOfMapsKind, slotMap } from "./slots.ts";
import { trieMap } from "./trie.ts";

const T = n.BPF_MAP_TYPE;

/** A map, or why there is none: the negated errno of Linux, or what Skep lacks. */
export type Creation =
	| { readonly map: BpfMap }
	| { readonly errno: number }
	| { readonly unsupported: string };

/** Whether maps of this type can be made at all; others are named as unsupported. */
export function isStored(type: number): boolean {
	return kinds.has(type);
}

/**
 * Creates a map in guest memory. `id` must be unique among the maps of one memory and positive: programs find their maps
 * by it. The contents of `spec` (initial entries, slots) are not filled in.
 */
export function createMap(
	memory: GuestMemory,
	spec: MapAttributes,
	environment: MapEnvironment,
	id: number,
): Creation {
	const error = checkAttributes(spec, environment);
	if (error !== 0) return { errno: error };
	if (!/^[A-Za-z0-9_.]*$/.test(spec.name)) return { errno: -n.EINVAL };
	const make = kinds.get(spec.type);
	if (!make) return { unsupported: `map type ${names.get(spec.type) ?? spec.type}` };
	const ownership = new Ownership(spec.type === T.PROG_ARRAY);
	const kind = make({ memory, spec, environment, ownership });
	if (typeof kind === "number") return { errno: kind };
	const map = kind && BpfMap.over(id, spec, { kind, ownership }, memory);
	if (map) return { map };
	kind?.release();
	return { errno: -n.ENOMEM };
}

/** Names of map types as bpftool writes them, by number. */
const names: ReadonlyMap<number, string> = new Map(
	Object.entries(T).map(([name, number]) => [number, name.toLowerCase()]),
);

function progArray(context: KindContext): MapKind {
	return slotMap(context, {
		resolve: (fd) => context.environment.program(fd, context.ownership, "tail-call"),
		userOwned: true,
		rangeError: -n.E2BIG,
		emptyError: -n.ENOENT,
	});
}

/** Perf events are opened by the machine itself, not through descriptors. */
function perfEventArray(context: KindContext): MapKind {
	return slotMap(context, {
		resolve: () => -n.EBADF,
		readError: -n.ENOTSUPP,
		rangeError: -n.E2BIG,
		emptyError: -n.ENOENT,
	});
}

function xskMap(context: KindContext): MapKind {
	return slotMap(context, {
		resolve: () => -n.EBADF,
		readError: -n.EOPNOTSUPP,
		replaces: true,
		rangeError: -n.EINVAL,
		emptyError: 0,
	});
}

function innerMap(context: KindContext): (fd: number) => Reference | number {
	const template = context.spec.inner;
	return (fd) => {
		const reference = context.environment.map(fd);
		if (typeof reference === "number" || !template) return reference;
		const { spec } = reference.target as BpfMap;
		const same =
			spec.type === template.type &&
			spec.keySize === template.keySize &&
			spec.valueSize === template.valueSize &&
			spec.flags === template.flags &&
			(spec.type !== T.ARRAY ||
				(spec.flags & n.BPF_F_INNER_MAP) !== 0 ||
				spec.maxEntries === template.maxEntries);
		return same ? reference : -n.EINVAL;
	};
}

const handleOf = (reference: Reference) => (reference.target as BpfMap).handle;

/** Whether a template is fit for the inner maps: a map of maps needs one, of a type that can be one. */
function templateError(spec: MapAttributes): number {
	if (!spec.inner) return -n.EBADF;
	if (spec.inner.inner) return -n.EINVAL;
	return NOT_INNER.has(spec.inner.type) ? -n.ENOTSUPP : 0;
}

const NOT_INNER: ReadonlySet<number> = new Set([
	T.PROG_ARRAY,
	T.STRUCT_OPS,
	T.CGROUP_STORAGE,
	T.PERCPU_CGROUP_STORAGE,
]);

function arrayOfMaps(context: KindContext): MapKind | number {
	const error = templateError(context.spec);
	if (error !== 0) return error;
	return slotMap(context, {
		resolve: innerMap(context),
		address: handleOf,
		rangeError: -n.E2BIG,
		emptyError: -n.ENOENT,
		batch: { lookup: true, take: false, update: true, delete: false },
	});
}

function hashOfMaps(context: KindContext): MapKind | number | undefined {
	const error = templateError(context.spec);
	if (error !== 0) return error;
	const scratch = context.memory.allocate("object", `id of map ${context.spec.name}`, 4);
	const ids = hashMap(context);
	if (!scratch || !ids) return undefined;
	return new HashOfMapsKind(context, ids, scratch, {
		resolve: innerMap(context),
		address: handleOf,
	});
}

const kinds: ReadonlyMap<number, (context: KindContext) => MapKind | number | undefined> = new Map<
	number,
	(context: KindContext) => MapKind | number | undefined
>([
	[T.HASH, hashMap],
	[T.ARRAY, arrayMap],
	[T.PROG_ARRAY, progArray],
	[T.PERF_EVENT_ARRAY, perfEventArray],
	[T.PERCPU_HASH, perCpuHashMap],
	[T.PERCPU_ARRAY, perCpuArrayMap],
	[T.LRU_HASH, (context) => lruHashMap(context, false)],
	[T.LRU_PERCPU_HASH, (context) => lruHashMap(context, true)],
	[T.LPM_TRIE, trieMap],
	[T.ARRAY_OF_MAPS, arrayOfMaps],
	[T.HASH_OF_MAPS, hashOfMaps],
	[T.DEVMAP, devMap],
	[T.DEVMAP_HASH, devHashMap],
	[T.CPUMAP, cpuMap],
	[T.XSKMAP, xskMap],
	[T.QUEUE, (context) => queueMap(context, false)],
	[T.STACK, (context) => queueMap(context, true)],
	[T.RINGBUF, ringbufMap],
	[T.BLOOM_FILTER, bloomMap],
]);
