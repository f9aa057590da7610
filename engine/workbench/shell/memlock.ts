// Bytes that a map takes in the kernel, as bpftool's `memlock` shows them: the sums of Linux 6.18 on x86-64 for the kinds that
// Skep has (map_mem_usage of each kind). Two words stand in front of many: a head of fixed size, and what each element takes.

import { mapType } from "../../abi/index.ts";
import type { BpfMap } from "../../maps/index.ts";

const HEAD = 312;
const SHORT_HEAD = 304;
const DEVICE_HEAD = 344;
const HASH_HEAD = 896;
const BUCKET = 16;
const ELEMENT = 48;
const POINTER = 8;
const RING_HEAD = 12632;
const TRIE_NODE = 24;
const BPF_F_NO_PREALLOC = 1;

function rounded(size: number): number {
	return Math.ceil(size / 8) * 8;
}

function powerOfTwo(n: number): number {
	return 2 ** Math.ceil(Math.log2(Math.max(1, n)));
}

/** undefined for kinds whose sum is not known. */
export function memlock(map: BpfMap, cpus: number): number | undefined {
	const { keySize, valueSize, maxEntries: n, type } = map.spec;
	switch (mapType(type)?.name) {
		case "array":
			return HEAD + n * rounded(valueSize);
		case "prog_array":
		case "perf_event_array":
		case "array_of_maps":
			return HEAD + n * POINTER;
		case "percpu_array":
			return HEAD + n * (POINTER + rounded(valueSize) * cpus);
		case "queue":
		case "stack":
			return HEAD + (n + 1) * valueSize;
		case "devmap":
			return DEVICE_HEAD + n * POINTER;
		case "devmap_hash":
			return DEVICE_HEAD + powerOfTwo(n) * POINTER;
		case "cpumap":
		case "xskmap":
			return SHORT_HEAD + n * POINTER;
		case "ringbuf":
			return RING_HEAD + n;
		case "lpm_trie":
			return map.entries(n).length * rounded(TRIE_NODE + keySize - 4 + valueSize);
		case "hash":
		case "percpu_hash":
		case "lru_hash":
		case "lru_percpu_hash":
		case "hash_of_maps":
			return hash(map, cpus);
		default:
			return undefined;
	}
}

function hash(map: BpfMap, cpus: number): number {
	const { keySize, valueSize, maxEntries: n, flags, type } = map.spec;
	const { name = "", perCpu = false } = mapType(type) ?? {};
	const element = ELEMENT + rounded(keySize) + (perCpu ? POINTER : rounded(valueSize));
	const head = HASH_HEAD + BUCKET * powerOfTwo(n);
	if (flags & BPF_F_NO_PREALLOC)
		return (
			head + map.entries(n).length * (element + POINTER + (perCpu ? rounded(valueSize) * cpus : 0))
		);
	const spare = name === "hash" ? cpus : 0;
	const pointers = name === "hash" || name === "hash_of_maps" ? POINTER * cpus : 0;
	const values = perCpu ? n * rounded(valueSize) * cpus : 0;
	return head + element * (n + spare) + pointers + values;
}
