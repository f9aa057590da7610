// What programs that hold resources choose from: kernel functions with their parameters, places to attach to, where things lie in the
// values of maps and on the stack. For tests only.

import { helpers, kfuncFacts, kfuncNames } from "../abi/index.ts";
import { type Btf, findTypes, resolveType } from "../btf/index.ts";
import { type Pool, poolWith } from "./codeslip.ts";
import type { MapName } from "./resourcetypes.ts";

export interface Param {
	readonly name: string;
	/** Name of the struct pointed to, or the kind of type. */
	readonly target: string;
	readonly pointer: boolean;
}

export interface Kfunc {
	readonly id: number;
	readonly name: string;
	readonly flags: number;
	readonly params: readonly Param[];
}

export interface Place {
	readonly type: number;
	readonly expectedAttachType: number;
	readonly flags: number;
	readonly attachBtfId: number;
}

/** What a kernel has for these programs. */
export interface Resources {
	readonly kfuncs: ReadonlyMap<string, Kfunc>;
	readonly plain: readonly Kfunc[];
	readonly places: readonly Place[];
	readonly pool: Pool;
	/** Ids of some structs. */
	readonly structs: readonly number[];
	/** Where a task has its parent. */
	readonly parent: number;
}

export const [ACQUIRE, RELEASE, RET_NULL] = [1, 2, 4];
export const SLEEPABLE = 32;
export const ITERATOR = 256 | 512 | 1024;
export const [ELEM_LIST, ELEM_TREE, ELEM_LAST] = [8, 24, 40];
export const [DYNPTRS, ITERATORS, IRQ, BUFFER] = [[-80, -96], [-128, -160], -168, -64];
export const drops: Readonly<Record<string, string>> = {
	task: "bpf_task_release",
	cgroup: "bpf_cgroup_release",
	cpumask: "bpf_cpumask_release",
	key: "bpf_key_put",
	node: "bpf_obj_drop_impl",
	sole: "bpf_obj_drop_impl",
	leaf: "bpf_obj_drop_impl",
	plain: "bpf_obj_drop_impl",
	percpu: "bpf_percpu_obj_drop_impl",
};
/** Kernel pointers in `kept`, by what is kept. */
export const keptAt: Readonly<Record<string, number>> = {
	task: 0,
	cgroup: 8,
	node: 16,
	cpumask: 24,
	percpu: 32,
	plain: 48,
};
export const values: readonly MapName[] = [
	"elem",
	"kept",
	"later",
	"queued",
	"resilient",
	"memory",
];

function paramOf(kernel: Btf, { name, type }: { name: string; type: number }): Param {
	const own = resolveType(kernel, type)?.type;
	const inner = own?.kind === "ptr" ? resolveType(kernel, own.type)?.type : own;
	const named = inner && (inner.kind === "struct" || inner.kind === "union") ? inner.name : "";
	return { name, target: named || (inner?.kind ?? "void"), pointer: own?.kind === "ptr" };
}

function placesOf(kernel: Btf): Place[] {
	const plain = [1, 2, 3, 4, 5, 6, 7, 8, 14, 17, 19, 21].map((type) => ({
		type,
		expectedAttachType: 0,
		flags: 0,
		attachBtfId: 0,
	}));
	const sleeping = { type: 31, expectedAttachType: 0, flags: 16, attachBtfId: 0 };
	const at = (name: string, kind: "typedef" | "func" | "struct", place: Partial<Place>): Place[] =>
		findTypes(kernel, name, kind)
			.slice(0, 1)
			.map((attachBtfId) => ({
				type: 26,
				expectedAttachType: 23,
				flags: 0,
				attachBtfId,
				...place,
			}));
	return [
		...plain,
		...plain.filter((p) => [3, 6].includes(p.type)),
		sleeping,
		sleeping,
		...at("btf_trace_sys_enter", "typedef", {}),
		...at("btf_trace_task_newtask", "typedef", {}),
		...at("btf_trace_cgroup_mkdir", "typedef", {}),
		...at("bpf_iter_task", "func", { expectedAttachType: 28 }),
		...at("bpf_iter_task", "func", { expectedAttachType: 28, flags: 16 }),
		...at("bpf_iter_cgroup", "func", { expectedAttachType: 28, flags: 16 }),
		...at("tcp_congestion_ops", "struct", { type: 27, expectedAttachType: 5 }),
	];
}

/** What the kernel has. */
export function resourcesOf(kernel: Btf): Resources {
	const kfuncs = new Map<string, Kfunc>();
	for (const name of kfuncNames()) {
		const id = findTypes(kernel, name, "func")[0];
		const func = id === undefined ? undefined : kernel.types[id];
		const proto = func?.kind === "func" ? kernel.types[func.type] : undefined;
		if (id === undefined || proto?.kind !== "func_proto") continue;
		const params = proto.params.map((p) => paramOf(kernel, p));
		kfuncs.set(name, { id, name, flags: kfuncFacts(name)?.flags ?? 0, params });
	}
	const plain = [...kfuncs.values()].filter(
		({ flags, name }) =>
			(flags & (ACQUIRE | RELEASE | ITERATOR)) === 0 &&
			!/lock|preempt|irq|throw|trap|xdp_metadata/.test(name),
	);
	const ids = [...kfuncs.values()].map((f) => f.id);
	const task = kernel.types[findTypes(kernel, "task_struct", "struct")[0] ?? 0];
	const members = task?.kind === "struct" ? task.members : [];
	const parent = (members.find((m) => m.name === "real_parent")?.bitOffset ?? 0) / 8;
	const structs = ["task_struct", "sk_buff", "cgroup", "sock", "mm_struct", "file"].flatMap(
		(name) => findTypes(kernel, name, "struct").slice(0, 1),
	);
	const pool = poolWith(
		helpers.map((h) => h.id),
		ids,
		kernel,
	);
	return { kfuncs, plain, places: placesOf(kernel), pool, structs, parent };
}

export const dynptrParam = { name: "", target: "bpf_dynptr", pointer: true };

/** Kinds that fit a pointer to the struct, and where in them it is. */
export function wanted(target: string): readonly [string, number] {
	switch (target) {
		case "bpf_dynptr":
			return ["dynptr", 0];
		case "task_struct":
			return ["task", 0];
		case "cgroup":
			return ["cgroup", 0];
		case "bpf_cpumask":
		case "cpumask":
			return ["cpumask", 0];
		case "bpf_list_head":
			return ["elem", ELEM_LIST];
		case "bpf_rb_root":
			return ["elem", ELEM_TREE];
		case "bpf_list_node":
			return ["node", 0];
		case "bpf_rb_node":
			return ["node", 24];
		case "bpf_wq":
			return ["queued", 0];
		case "bpf_task_work":
			return ["queued", 16];
		case "bpf_res_spin_lock":
			return ["resilient", 0];
		case "bpf_key":
			return ["key", 0];
		default:
			return ["", 0];
	}
}
