// Helpers for maps: prototypes, program types and a description of each. A pure table; knows no code.

import { ALL, ALL_AND_LIRC } from "../names.ts";
import type { Helper } from "../proto.ts";
import {
	ANYTHING,
	FUNC,
	INTEGER,
	KEY,
	MAP,
	RET_VALUE_OR_NULL,
	STACK_OR_NULL,
	VALUE,
	VALUE_OUT,
} from "../proto.ts";

export const mapHelpers: readonly Helper[] = [
	{
		id: 1,
		name: "bpf_map_lookup_elem",
		since: "3.19",
		signature: "void *bpf_map_lookup_elem(void *map, const void *key)",
		doc: "Looks a key up in a map and gives the address of its value, or 0 when the key is not there. The program may read and write the value in place, within the map's value size, once it has compared the result with 0. Other CPUs and user space see the same memory.",
		protos: [
			{
				ret: RET_VALUE_OR_NULL,
				args: [MAP, KEY],
				types: ALL_AND_LIRC,
				pktAccess: true,
			},
		],
	},
	{
		id: 2,
		name: "bpf_map_update_elem",
		since: "3.19",
		signature: "long bpf_map_update_elem(void *map, const void *key, const void *value, u64 flags)",
		doc: "Stores a copy of a value under a key. The flags say whether the key may exist: BPF_ANY always stores, BPF_NOEXIST only creates (-EEXIST otherwise), BPF_EXIST only replaces (-ENOENT otherwise). A full hash table answers -E2BIG.",
		protos: [
			{
				ret: INTEGER,
				args: [MAP, KEY, VALUE, ANYTHING],
				types: ALL_AND_LIRC,
				pktAccess: true,
			},
		],
	},
	{
		id: 3,
		name: "bpf_map_delete_elem",
		since: "3.19",
		signature: "long bpf_map_delete_elem(void *map, const void *key)",
		doc: "Removes a key and its value. Answers -ENOENT when the key is not in the map, and -EINVAL for arrays, whose elements cannot be removed.",
		protos: [
			{
				ret: INTEGER,
				args: [MAP, KEY],
				types: ALL_AND_LIRC,
				pktAccess: true,
			},
		],
	},
	{
		id: 87,
		name: "bpf_map_push_elem",
		since: "4.20",
		signature: "long bpf_map_push_elem(void *map, const void *value, u64 flags)",
		doc: "Adds a value to a queue or stack, or to the set that a bloom filter holds. BPF_EXIST makes a full queue or stack drop its oldest element, otherwise it answers -E2BIG.",
		protos: [
			{
				ret: INTEGER,
				args: [MAP, VALUE, ANYTHING],
				types: ALL_AND_LIRC,
				pktAccess: true,
			},
		],
	},
	{
		id: 88,
		name: "bpf_map_pop_elem",
		since: "4.20",
		signature: "long bpf_map_pop_elem(void *map, void *value)",
		doc: "Takes the next value out of a queue or stack and copies it; -ENOENT when there is none.",
		protos: [
			{
				ret: INTEGER,
				args: [MAP, VALUE_OUT],
				types: ALL_AND_LIRC,
			},
		],
	},
	{
		id: 89,
		name: "bpf_map_peek_elem",
		since: "4.20",
		signature: "long bpf_map_peek_elem(void *map, void *value)",
		doc: "Copies the next value of a queue or stack without removing it; -ENOENT when there is none. For a bloom filter: 0 when the value may have been added, -ENOENT when it surely was not.",
		protos: [
			{
				ret: INTEGER,
				args: [MAP, VALUE_OUT],
				types: ALL_AND_LIRC,
			},
		],
	},
	{
		id: 164,
		name: "bpf_for_each_map_elem",
		since: "5.13",
		signature:
			"long bpf_for_each_map_elem(void *map, void *callback_fn, void *callback_ctx, u64 flags)",
		doc: "Calls a function of the program for each element of a map, with map, key, value and a context pointer, until it returns 1; gives the number of calls. Hash tables, arrays and their per-CPU and LRU forms. Flags must be 0.",
		protos: [
			{
				ret: INTEGER,
				args: [MAP, FUNC, STACK_OR_NULL, ANYTHING],
				types: ALL,
			},
		],
	},
	{
		id: 195,
		name: "bpf_map_lookup_percpu_elem",
		since: "5.19",
		signature: "void *bpf_map_lookup_percpu_elem(void *map, const void *key, u32 cpu)",
		doc: "Looks a key up in a per-CPU map and gives the address of the value of a chosen CPU, 0 when there is none.",
		protos: [
			{
				ret: RET_VALUE_OR_NULL,
				args: [MAP, KEY, ANYTHING],
				types: ALL,
				pktAccess: true,
			},
		],
	},
];
