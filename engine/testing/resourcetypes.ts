// The types and maps of programs that hold resources: values with locks, lists, trees, kernel pointers, timers, work queues, and the
// objects that go into them. For tests only.

import { type EncodableType, encodeBtf } from "../btf/index.ts";
import type { MapSpec } from "../object/index.ts";
import { intType } from "./inttype.ts";

const types: EncodableType[] = [];

function add(type: EncodableType): number {
	types.push(type);
	return types.length;
}

/** Members as name, type, byte. */
function struct(
	name: string,
	size: number,
	members: readonly (readonly [string, number, number])[],
) {
	return add({
		kind: "struct",
		name,
		size,
		members: members.map(([member, type, byte]) => ({
			name: member,
			type,
			bitOffset: 8 * byte,
			bitSize: 0,
		})),
	});
}

function array(type: number, length: number): number {
	return add({ kind: "array", type, index: INT, length });
}

/** A pointer to a struct with a tag on it. */
function tagged(name: string, type: number): number {
	return add({ kind: "ptr", type: add({ kind: "type_tag", name, type, attribute: false }) });
}

function contains(type: number, component: number, what: string): void {
	add({ kind: "decl_tag", name: `contains:${what}`, type, component, attribute: false });
}

const INT = add(intType());
const LONG = add(intType("long", 8));
const UNSIGNED = add(intType("unsigned", 4, false));
const opaque = (name: string, words: number) =>
	struct(name, 8 * words, [["__opaque", array(LONG, words), 0]]);
const lock = struct("bpf_spin_lock", 4, [["val", UNSIGNED, 0]]);
const resilient = struct("bpf_res_spin_lock", 4, [["val", UNSIGNED, 0]]);
const listHead = opaque("bpf_list_head", 2);
const listNode = opaque("bpf_list_node", 3);
const treeRoot = opaque("bpf_rb_root", 2);
const treeNode = opaque("bpf_rb_node", 4);
const refcount = struct("bpf_refcount", 4, [["__opaque", array(UNSIGNED, 1), 0]]);
const timer = opaque("bpf_timer", 2);
const work = opaque("bpf_wq", 2);
const taskWork = opaque("bpf_task_work", 1);
const outside = (name: string) => struct(name, 8, [["x", LONG, 0]]);
const task = outside("task_struct");
const cgroup = outside("cgroup");
const cpumask = outside("bpf_cpumask");

const NODE = struct("own_node", 72, [
	["l", listNode, 0],
	["r", treeNode, 24],
	["ref", refcount, 56],
	["key", INT, 60],
	["data", LONG, 64],
]);
const SOLE = struct("own_sole", 40, [
	["key", LONG, 0],
	["r", treeNode, 8],
]);
const LEAF = struct("own_leaf", 24, [
	["a", INT, 0],
	["b", LONG, 8],
	["t", tagged("kptr", task), 16],
]);
const PLAIN = struct("own_plain", 16, [
	["a", INT, 0],
	["b", LONG, 8],
]);
const ELEM = struct("elem", 64, [
	["lock", lock, 0],
	["n", INT, 4],
	["head", listHead, 8],
	["root", treeRoot, 24],
	["last", treeRoot, 40],
	["data", LONG, 56],
]);
contains(ELEM, 2, "own_node:l");
contains(ELEM, 3, "own_node:r");
contains(ELEM, 4, "own_sole:r");
const KEPT = struct("kept", 64, [
	["task", tagged("kptr", task), 0],
	["cgroup", tagged("kptr", cgroup), 8],
	["node", tagged("kptr", NODE), 16],
	["mask", tagged("kptr", cpumask), 24],
	["leaf", tagged("percpu_kptr", PLAIN), 32],
	["old", tagged("kptr_untrusted", task), 40],
	["plain", tagged("kptr", PLAIN), 48],
	["data", LONG, 56],
]);
const LATER = struct("later", 24, [
	["timer", timer, 0],
	["data", LONG, 16],
]);
const QUEUED = struct("queued", 32, [
	["wq", work, 0],
	["work", taskWork, 16],
	["data", LONG, 24],
]);
const RESILIENT = struct("resilient", 16, [
	["lock", resilient, 0],
	["n", INT, 4],
	["data", LONG, 8],
]);

const proto = (returns: number, ...params: readonly number[]) =>
	add({
		kind: "func_proto",
		returns,
		params: params.map((type, i) => ({ name: `a${i}`, type })),
	});
const func = (name: string, type: number) => add({ kind: "func", name, type, linkage: "static" });
const nothing = add({ kind: "ptr", type: 0 });
const nodePointer = add({ kind: "ptr", type: treeNode });

/** Function types by what they are called for. */
export const functionTypes = {
	main: add({ kind: "func", name: "entry", type: proto(INT), linkage: "global" }),
	loop: func("loop", proto(INT, INT, nothing)),
	each: func("each", proto(INT, nothing, nothing, nothing, nothing)),
	timer: func("timer", proto(INT, nothing, nothing, nothing)),
	less: func("less", proto(INT, nodePointer, nodePointer)),
	part: func("part", proto(INT)),
} as const;
export type Callback = Exclude<keyof typeof functionTypes, "main">;

/** Ids of the types of allocated objects. */
export const objectTypes = { node: NODE, sole: SOLE, leaf: LEAF, plain: PLAIN } as const;
export type Allocated = keyof typeof objectTypes;
export const sizes: Readonly<Record<string, number>> = {
	node: 72,
	sole: 40,
	leaf: 24,
	plain: 16,
	elem: 64,
	kept: 64,
	later: 24,
	queued: 32,
	resilient: 16,
	memory: 16,
};

export const btf = encodeBtf(types);

const typed = (name: string, type: number, valueSize: number, value: number): MapSpec => ({
	name,
	type,
	keySize: 4,
	valueSize,
	maxEntries: 2,
	flags: 0,
	btfKeyTypeId: INT,
	btfValueTypeId: value,
});
const text = new TextEncoder().encode("text\0%d %s\0");
const bare = (name: string, type: number, keySize: number, valueSize: number): MapSpec => ({
	name,
	type,
	keySize,
	valueSize,
	maxEntries: 4,
	flags: 0,
});

export const maps = {
	elem: typed("elem", 2, 64, ELEM),
	kept: typed("kept", 1, 64, KEPT),
	later: typed("later", 2, 24, LATER),
	queued: typed("queued", 2, 32, QUEUED),
	resilient: typed("resilient", 2, 16, RESILIENT),
	tasks: { ...typed("tasks", 29, 64, KEPT), maxEntries: 0, flags: 1 },
	memory: bare("memory", 2, 4, 16),
	ring: { ...bare("ring", 27, 0, 0), maxEntries: 4096 },
	programs: bare("programs", 3, 4, 4),
	text: {
		...bare("text", 2, 4, text.length),
		maxEntries: 1,
		flags: 0x80,
		frozen: true,
		init: [{ key: new Uint8Array(4), value: text }],
	},
	outer: { ...bare("outer", 12, 4, 4), inner: bare("inner", 2, 4, 16) },
} as const satisfies Record<string, MapSpec>;
export type MapName = keyof typeof maps;
