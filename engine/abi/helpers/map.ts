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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
