// Whether BPF_MAP_CREATE would take these attributes: the checks of Linux 6.18 that come before any memory is allocated,
// in its order, with its errnos. It looks at attributes alone.

import type { MapAttributes, MapEnvironment } from "./kind.ts";
import * as n from "./numbers.ts";

const T = n.BPF_MAP_TYPE;
const ACCESS = n.BPF_F_RDONLY | n.BPF_F_WRONLY | n.BPF_F_RDONLY_PROG | n.BPF_F_WRONLY_PROG;
const BOTH_PROG = n.BPF_F_RDONLY_PROG | n.BPF_F_WRONLY_PROG;
const BOTH_USER = n.BPF_F_RDONLY | n.BPF_F_WRONLY;
/** Largest value of one CPU (PCPU_MIN_UNIT_SIZE), largest kernel allocation, and the kernel's bytes before a hash element. */
const PER_CPU_LIMIT = 32768;
const ALLOCATION_LIMIT = 1 << 22;
const HASH_ELEMENT_HEAD = 48;
const PAGE = 4096;
const NR_CPUS = 256;
const STACK_DEPTH_LIMIT = 127;

type Check = (spec: MapAttributes) => number;

/** 0, or the negated errno with which Linux would refuse the map. */
export function checkAttributes(spec: MapAttributes, environment: MapEnvironment): number {
	if (spec.btfKeyTypeId && !spec.btfValueTypeId) return -n.EINVAL;
	if (spec.type !== T.BLOOM_FILTER && spec.type !== T.ARENA && spec.extra) return -n.EINVAL;
	if ((spec.flags & BOTH_USER) === BOTH_USER) return -n.EINVAL;
	if (spec.flags & n.BPF_F_NUMA_NODE && (spec.numa ?? 0) !== 0) return -n.EINVAL;
	const check = checks.get(spec.type);
	if (!check) return -n.EINVAL;
	const error = check(spec);
	if (error !== 0) return error;
	return environment.cpus > 0 ? 0 : -n.EINVAL;
}

function array(spec: MapAttributes): number {
	const perCpu = spec.type === T.PERCPU_ARRAY;
	const allowed =
		n.BPF_F_NUMA_NODE | n.BPF_F_MMAPABLE | ACCESS | n.BPF_F_PRESERVE_ELEMS | n.BPF_F_INNER_MAP;
	if (spec.maxEntries === 0 || spec.keySize !== 4 || spec.valueSize === 0) return -n.EINVAL;
	if (spec.flags & ~allowed || (spec.flags & BOTH_PROG) === BOTH_PROG) return -n.EINVAL;
	if (perCpu && spec.flags & n.BPF_F_NUMA_NODE) return -n.EINVAL;
	if (spec.type !== T.ARRAY && spec.flags & (n.BPF_F_MMAPABLE | n.BPF_F_INNER_MAP))
		return -n.EINVAL;
	if (spec.type !== T.PERF_EVENT_ARRAY && spec.flags & n.BPF_F_PRESERVE_ELEMS) return -n.EINVAL;
	if (spec.valueSize > 0x7fffffff) return -n.E2BIG;
	if (perCpu && spec.valueSize > PER_CPU_LIMIT) return -n.E2BIG;
	return 0;
}

function descriptors(spec: MapAttributes): number {
	if (spec.valueSize !== 4) return -n.EINVAL;
	if (spec.flags & BOTH_PROG) return -n.EINVAL;
	return array(spec);
}

function hash(spec: MapAttributes): number {
	const perCpu = spec.type === T.PERCPU_HASH || spec.type === T.LRU_PERCPU_HASH;
	const lru = spec.type === T.LRU_HASH || spec.type === T.LRU_PERCPU_HASH;
	const ownLists = (spec.flags & n.BPF_F_NO_COMMON_LRU) !== 0;
	const allowed =
		n.BPF_F_NO_PREALLOC | n.BPF_F_NO_COMMON_LRU | n.BPF_F_NUMA_NODE | n.BPF_F_ZERO_SEED | ACCESS;
	if (spec.flags & ~allowed || (spec.flags & BOTH_PROG) === BOTH_PROG) return -n.EINVAL;
	if (!lru && ownLists) return -n.EINVAL;
	if (lru && spec.flags & n.BPF_F_NO_PREALLOC) return -n.ENOTSUPP;
	if (spec.flags & n.BPF_F_NUMA_NODE && (perCpu || ownLists)) return -n.EINVAL;
	if (spec.maxEntries === 0 || spec.keySize === 0 || spec.valueSize === 0) return -n.EINVAL;
	if (spec.keySize + spec.valueSize >= ALLOCATION_LIMIT - HASH_ELEMENT_HEAD) return -n.E2BIG;
	if (perCpu && spec.valueSize > PER_CPU_LIMIT) return -n.E2BIG;
	if (spec.maxEntries > 2 ** 31) return -n.E2BIG;
	return 0;
}

function hashOfMaps(spec: MapAttributes): number {
	return spec.valueSize === 4 ? hash(spec) : -n.EINVAL;
}

function trie(spec: MapAttributes): number {
	const allowed = n.BPF_F_NO_PREALLOC | n.BPF_F_NUMA_NODE | ACCESS;
	if (spec.maxEntries === 0 || !(spec.flags & n.BPF_F_NO_PREALLOC)) return -n.EINVAL;
	if (spec.flags & ~allowed || (spec.flags & BOTH_PROG) === BOTH_PROG) return -n.EINVAL;
	if (spec.keySize < 5 || spec.keySize > 260) return -n.EINVAL;
	const largest = ALLOCATION_LIMIT - 256 - 40;
	return spec.valueSize < 1 || spec.valueSize > largest ? -n.EINVAL : 0;
}

function queue(spec: MapAttributes): number {
	if (spec.maxEntries === 0 || spec.keySize !== 0 || spec.valueSize === 0) return -n.EINVAL;
	if (spec.flags & ~(n.BPF_F_NUMA_NODE | ACCESS)) return -n.EINVAL;
	if ((spec.flags & BOTH_PROG) === BOTH_PROG) return -n.EINVAL;
	if (spec.valueSize > ALLOCATION_LIMIT) return -n.E2BIG;
	return spec.maxEntries >= Math.floor(0xffffffff / spec.valueSize) ? -n.E2BIG : 0;
}

function devices(spec: MapAttributes): number {
	if (spec.maxEntries === 0 || spec.keySize !== 4) return -n.EINVAL;
	if (spec.valueSize !== 4 && spec.valueSize !== 8) return -n.EINVAL;
	if (spec.flags & ~(n.BPF_F_NUMA_NODE | BOTH_USER)) return -n.EINVAL;
	return spec.type === T.DEVMAP_HASH && spec.maxEntries > 2 ** 31 ? -n.EINVAL : 0;
}

function cpus(spec: MapAttributes): number {
	if (spec.maxEntries === 0 || spec.keySize !== 4) return -n.EINVAL;
	if (spec.valueSize !== 4 && spec.valueSize !== 8) return -n.EINVAL;
	if (spec.flags & ~n.BPF_F_NUMA_NODE) return -n.EINVAL;
	return spec.maxEntries > NR_CPUS ? -n.E2BIG : 0;
}

function xsk(spec: MapAttributes): number {
	if (spec.maxEntries === 0 || spec.keySize !== 4 || spec.valueSize !== 4) return -n.EINVAL;
	return spec.flags & ~(n.BPF_F_NUMA_NODE | BOTH_USER) ? -n.EINVAL : 0;
}

function ringbuf(spec: MapAttributes): number {
	if (spec.flags & ~n.BPF_F_NUMA_NODE || spec.keySize || spec.valueSize) return -n.EINVAL;
	const size = spec.maxEntries;
	return size === 0 || (size & (size - 1)) !== 0 || size % PAGE !== 0 ? -n.EINVAL : 0;
}

function bloom(spec: MapAttributes): number {
	const allowed = n.BPF_F_NUMA_NODE | n.BPF_F_ZERO_SEED | ACCESS;
	if (spec.keySize !== 0 || spec.valueSize === 0 || spec.maxEntries === 0) return -n.EINVAL;
	if (spec.flags & ~allowed || (spec.flags & BOTH_PROG) === BOTH_PROG) return -n.EINVAL;
	return (spec.extra ?? 0) > 15 ? -n.EINVAL : 0;
}

function stackTrace(spec: MapAttributes): number {
	if (spec.flags & ~(n.BPF_F_NUMA_NODE | BOTH_USER | 0x20)) return -n.EINVAL;
	if (spec.maxEntries === 0 || spec.keySize !== 4) return -n.EINVAL;
	if (spec.valueSize < 8 || spec.valueSize % 8 !== 0) return -n.EINVAL;
	const frame = spec.flags & 0x20 ? 32 : 8;
	if (spec.valueSize % frame !== 0) return -n.EINVAL;
	if (spec.valueSize / frame > STACK_DEPTH_LIMIT) return -n.EINVAL;
	return spec.maxEntries > 2 ** 31 ? -n.E2BIG : 0;
}

/** Kinds that Skep lacks pass: createMap then says that they are missing. */
const unchecked: Check = () => 0;

const checks: ReadonlyMap<number, Check> = new Map([
	[T.HASH, hash],
	[T.ARRAY, array],
	[T.PROG_ARRAY, descriptors],
	[T.PERF_EVENT_ARRAY, descriptors],
	[T.PERCPU_HASH, hash],
	[T.PERCPU_ARRAY, array],
	[T.STACK_TRACE, stackTrace],
	[T.CGROUP_ARRAY, descriptors],
	[T.LRU_HASH, hash],
	[T.LRU_PERCPU_HASH, hash],
	[T.LPM_TRIE, trie],
	[T.ARRAY_OF_MAPS, descriptors],
	[T.HASH_OF_MAPS, hashOfMaps],
	[T.DEVMAP, devices],
	[T.SOCKMAP, unchecked],
	[T.CPUMAP, cpus],
	[T.XSKMAP, xsk],
	[T.SOCKHASH, unchecked],
	[T.CGROUP_STORAGE, unchecked],
	[T.REUSEPORT_SOCKARRAY, unchecked],
	[T.PERCPU_CGROUP_STORAGE, unchecked],
	[T.QUEUE, queue],
	[T.STACK, queue],
	[T.SK_STORAGE, unchecked],
	[T.DEVMAP_HASH, devices],
	[T.STRUCT_OPS, unchecked],
	[T.RINGBUF, ringbuf],
	[T.INODE_STORAGE, unchecked],
	[T.TASK_STORAGE, unchecked],
	[T.BLOOM_FILTER, bloom],
	[T.USER_RINGBUF, ringbuf],
	[T.CGRP_STORAGE, unchecked],
	[T.ARENA, unchecked],
]);
