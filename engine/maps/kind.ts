// What a kind of map must be able to do, and what it may ask of the machine around it. Keys and values are guest
// addresses; results are addresses, 0 or negated errnos. Kinds know nothing of bpf(2)'s buffers and permissions.

import type { Random } from "../base/index.ts";
import type { ArrayLayout, GuestMemory, HashLayout } from "../machine/index.ts";
import type { Ownership } from "./owner.ts";

/** What BPF_MAP_CREATE takes; `MapSpec` of engine/object is one. */
export interface MapAttributes {
	readonly name: string;
	/** BPF_MAP_TYPE_*. */
	readonly type: number;
	readonly keySize: number;
	readonly valueSize: number;
	readonly maxEntries: number;
	/** BPF_F_* creation flags. */
	readonly flags: number;
	/** map_extra: the number of hash functions of a bloom filter. */
	readonly extra?: number;
	readonly btfKeyTypeId?: number;
	readonly btfValueTypeId?: number;
	/** NUMA node, looked at with BPF_F_NUMA_NODE; the simulated machine has node 0 only. */
	readonly numa?: number;
	/** Template of the inner maps of a map of maps. */
	readonly inner?: MapAttributes;
}

/** Something that a map of programs or of maps refers to: its id as user space reads it, and the thing itself. */
export interface Reference {
	readonly id: number;
	readonly target: unknown;
}

/** What maps ask of the machine around them. */
export interface MapEnvironment {
	/** Possible CPUs; per-CPU values exist once for each. */
	readonly cpus: number;
	/** The CPU that runs now, 0 to cpus - 1. */
	cpu: number;
	/** Source of hash seeds. */
	readonly random: Random;
	/** The program behind a file descriptor, for prog arrays and devmaps, or a negated errno; `ownership` must admit it. */
	program(
		fd: number,
		ownership: Ownership,
		slot: "tail-call" | "devmap" | "cpumap",
	): Reference | number;
	/** The map behind a file descriptor, for maps of maps, or a negated errno. */
	map(fd: number): Reference | number;
	/** Whether a network device with this index exists. */
	device(ifindex: number): boolean;
}

/** One kind of map. Optional operations that are missing answer as the kernel does when a map lacks them. */
export interface MapKind {
	/** Address of the value for a program, 0 when there is none. */
	lookup(key: number): number;
	update(key: number, value: number, flags: number): number;
	delete(key: number): number;
	/** Writes the key that follows `key` (0: the first) to `out`. */
	nextKey(key: number, out: number): number;

	push?(value: number, flags: number): number;
	pop?(value: number): number;
	peek?(value: number): number;
	/** Value of one CPU, 0 when there is none. */
	lookupPerCpu?(key: number, cpu: number): number;
	/** Calls `visit` for each element until it answers non-zero; returns the number of calls. */
	walk?(visit: (key: number, value: number) => number): number;

	/** bpf(2)'s lookup where it differs from the program's; writes the value as user space sees it. */
	read?(key: number, out: number): number;
	/** bpf(2)'s update where it differs from the program's. */
	write?(key: number, value: number, flags: number): number;
	/** bpf(2)'s lookup-and-delete. */
	take?(key: number, out: number): number;
	/** Which batch operations there are; hashes walk whole buckets, all others key by key. */
	readonly batch?: { lookup: boolean; take: boolean; update: boolean; delete: boolean };
	/** Buckets for the bucket-wise batch lookup. */
	readonly buckets?: Buckets;

	/** Bytes of a value as user space sees it, where that is not the value size. */
	readonly userValueSize?: number;
	readonly layout?: ArrayLayout;
	/** Set when a lookup has no side effect and may be compiled into programs. */
	readonly hash?: HashLayout | undefined;
	/** State outside guest memory, as plain data. */
	save?(): unknown;
	restore?(state: unknown): void;
	/** User space closed its last descriptor of the map. */
	userReleased?(): void;
	release(): void;
}

export interface Buckets {
	readonly count: number;
	/** Keys (addresses) of the elements of one bucket. */
	keys(bucket: number): number[];
}

/** Everything a kind needs to be made. */
export interface KindContext {
	readonly memory: GuestMemory;
	readonly spec: MapAttributes;
	readonly environment: MapEnvironment;
	readonly ownership: Ownership;
}
