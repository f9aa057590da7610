// Objects that the program allocates, and the lists and trees that hold them, as arguments and results of kfuncs.

import { resolveType } from "../btf/index.ts";
import type { Env } from "./env.ts";
import { curReg, EFAULT, EINVAL } from "./env.ts";
import { fieldsOf, localFields } from "./fields.ts";
import type { GraphRoot } from "./kernelnames.ts";
import type { KfuncMeta } from "./kfuncmeta.ts";
import { inTreeCallback } from "./kfuncs.ts";
import { lockPointer } from "./lock.ts";
import { graphRoot } from "./record.ts";
import { releaseRef } from "./refs.ts";
import * as R from "./reg.ts";
import { isFixed } from "./stack.ts";
import { forEachReg, REF_LOCK, REF_PTR } from "./state.ts";

const OBJECT = R.PTR_TO_BTF_ID | R.MEM_ALLOC;

const nodeKinds: Readonly<Record<string, string>> = {
	"list node": "bpf_list_node",
	"tree node": "bpf_rb_node",
};
const rootKinds: Readonly<Record<string, string>> = {
	"list head": "bpf_list_head",
	"tree root": "bpf_rb_root",
};

function refuse(env: Env, message: string): number {
	return env.fail(EINVAL, "object/argument", message);
}

/** Argument `index` of a kind that has to do with allocated objects. */
export function objectArgument(env: Env, meta: KfuncMeta, kind: string, index: number): number {
	const reg = curReg(env, index + 1);
	switch (kind) {
		case "alloc":
			return allocArgument(env, meta, reg, index);
		case "refcounted":
			return refcountedArgument(env, meta, reg, index);
		case "list head":
		case "tree root":
			return rootArgument(env, meta, reg, index, rootKinds[kind] as string);
		default:
			return nodeArgument(env, meta, reg, index, nodeKinds[kind] as string);
	}
}

function allocArgument(env: Env, meta: KfuncMeta, reg: R.Reg, index: number): number {
	const { name } = meta.kfunc;
	const wanted =
		reg.type === OBJECT
			? "bpf_obj_drop_impl"
			: reg.type === (OBJECT | R.MEM_PERCPU)
				? "bpf_percpu_obj_drop_impl"
				: undefined;
	if (wanted === undefined) return refuse(env, `arg#${index} expected pointer to allocated object`);
	if (name !== wanted) return refuse(env, `arg#${index} expected for ${wanted}()`);
	if (reg.refId === 0) return refuse(env, "allocated object must be referenced");
	meta.argBtf = reg.btf;
	return 0;
}

function refcountedArgument(env: Env, meta: KfuncMeta, reg: R.Reg, index: number): number {
	if (R.baseType(reg.type) !== R.PTR_TO_BTF_ID || (reg.type & R.MEM_ALLOC) === 0)
		return refuse(env, `arg#${index} is neither owning or non-owning ref`);
	if ((reg.type & R.NON_OWN_REF) === 0 && reg.refId !== 0) meta.owning = true;
	const fields = fieldsOf(env, reg);
	if (fields.length === 0)
		return env.fail(EFAULT, "internal/graph", "verifier bug: Couldn't find btf_record");
	if (!fields.some((f) => f.kind === "bpf_refcount"))
		return refuse(env, `arg#${index} doesn't point to a type with bpf_refcount field`);
	meta.argBtf = reg.btf;
	return 0;
}

function rootArgument(env: Env, meta: KfuncMeta, reg: R.Reg, index: number, kind: string): number {
	if (reg.type !== R.PTR_TO_MAP_VALUE && reg.type !== OBJECT)
		return refuse(env, `arg#${index} expected pointer to map value or allocated object`);
	if (reg.type === OBJECT && reg.refId === 0)
		return refuse(env, "allocated object must be referenced");
	if (!isFixed(reg))
		return refuse(
			env,
			`R${index + 1} doesn't have constant offset. ${kind} has to be at the constant offset`,
		);
	const off = reg.off + R.constNumber(reg);
	const fields = fieldsOf(env, reg);
	const field = fields.find((f) => f.kind === kind && f.offset === off);
	if (!field) return refuse(env, `${kind} not found at offset=${off}`);
	if (!isLocked(env, reg)) {
		const lock = fields.find((f) => f.kind === "bpf_spin_lock")?.offset ?? -1;
		return refuse(env, `bpf_spin_lock at off=${lock} must be held for ${kind}`);
	}
	meta.root = env.btf && graphRoot(env.btf, field);
	return meta.root ? 0 : env.giveUp("lists and trees without a known node");
}

/** check_reg_allocation_locked. */
function isLocked(env: Env, reg: R.Reg): boolean {
	if (env.cur.activeLocks === 0) return false;
	const ptr = lockPointer(reg);
	const held = env.cur.refs.some(
		(ref) => ref.type >= REF_LOCK && ref.id === reg.id && ref.ptr === ptr,
	);
	if (!held) env.note("held lock and object are not in the same allocation\n");
	return held;
}

function nodeArgument(env: Env, meta: KfuncMeta, reg: R.Reg, index: number, kind: string): number {
	const { name } = meta.kfunc;
	if (kind === "bpf_rb_node" && name !== "bpf_rbtree_add_impl") {
		if ((reg.type & R.NON_OWN_REF) === 0 && reg.refId === 0)
			return refuse(env, `${name} can only take non-owning or refcounted bpf_rb_node pointer`);
		if (inTreeCallback(env)) return refuse(env, `${name} not allowed in rbtree cb`);
	} else {
		if (reg.type !== OBJECT)
			return refuse(env, `arg#${index} expected pointer to allocated object`);
		if (reg.refId === 0) return refuse(env, "allocated object must be referenced");
	}
	if (!isFixed(reg))
		return refuse(
			env,
			`R${index + 1} doesn't have constant offset. ${kind} has to be at the constant offset`,
		);
	const off = reg.off + R.constNumber(reg);
	if (!fieldsOf(env, reg).some((f) => f.kind === kind && f.offset === off))
		return refuse(env, `${kind} not found at offset=${off}`);
	const { root } = meta;
	if (!root) return env.fail(EFAULT, "internal/graph", "verifier bug: node without root");
	const element = structName(env, -root.value);
	if (reg.btf !== -root.value)
		return refuse(
			env,
			`operation on ${root.kind} expects arg#1 ${kind} at offset=${root.nodeOffset} in struct ${element}, but arg is at offset=${off} in struct ${structName(env, reg.btf)}`,
		);
	meta.argBtf = reg.btf;
	if (off === root.nodeOffset) return 0;
	return refuse(
		env,
		`arg#1 offset=${off}, but expected ${kind} at offset=${root.nodeOffset} in struct ${element}`,
	);
}

function structName(env: Env, btf: number): string {
	return env.btfName(btf);
}

const inserts = new Set([
	"bpf_list_push_front_impl",
	"bpf_list_push_back_impl",
	"bpf_rbtree_add_impl",
]);

/** The call puts an object into a list or tree: what owned it does so no longer. */
export function insertNode(env: Env, meta: KfuncMeta): number {
	if (!inserts.has(meta.kfunc.name)) return 0;
	const { refId } = curReg(env, 2);
	if (!env.cur.refs.some((ref) => ref.type === REF_PTR && ref.id === refId))
		return env.fail(EFAULT, "internal/graph", "verifier bug: ref state missing for ref_obj_id");
	forEachReg(env.cur, (reg) => {
		if (reg.refId !== refId) return;
		reg.refId = 0;
		setNonOwning(env, reg);
	});
	releaseRef(env, refId);
	return 0;
}

/** ref_set_non_owning. */
export function setNonOwning(env: Env, reg: R.Reg): void {
	reg.type |= R.NON_OWN_REF;
	if (fieldsOf(env, reg).some((f) => f.kind === "bpf_refcount")) reg.type |= R.MEM_RCU;
}

/** mark_reg_graph_node: a pointer to the node of an element. */
export function setNode(reg: R.Reg, root: GraphRoot): void {
	R.setKnown(reg, 0, 0);
	reg.type = OBJECT;
	reg.btf = -root.value;
	reg.off = root.nodeOffset;
}

const pops = new Set([
	"bpf_list_pop_front",
	"bpf_list_pop_back",
	"bpf_list_front",
	"bpf_list_back",
	"bpf_rbtree_remove",
	"bpf_rbtree_first",
	"bpf_rbtree_root",
	"bpf_rbtree_left",
	"bpf_rbtree_right",
]);

/** An object returned; undefined when the kfunc returns none. */
export function objectResult(env: Env, meta: KfuncMeta, r0: R.Reg): number | undefined {
	const { name } = meta.kfunc;
	if (pops.has(name) && meta.root) {
		setNode(r0, meta.root);
		return 0;
	}
	if (name === "bpf_refcount_acquire_impl") {
		R.setKnown(r0, 0, 0);
		r0.type = OBJECT;
		r0.btf = meta.argBtf;
		return 0;
	}
	const percpu = name === "bpf_percpu_obj_new_impl";
	if (name !== "bpf_obj_new_impl" && !percpu) return undefined;
	return newObject(env, meta, r0, percpu);
}

const MAX_PERCPU = 512;

function newObject(env: Env, meta: KfuncMeta, r0: R.Reg, percpu: boolean): number {
	const { hi, lo } = meta.constant ?? { hi: 0, lo: 0 };
	if (hi !== 0) return refuse(env, "local type ID argument must be in range [0, U32_MAX]");
	//   a program without records of functions and lines has not been given its BTF
	const { functions, lines } = env.request;
	if (!env.btf || functions.length + lines.length === 0)
		return refuse(env, "bpf_obj_new/bpf_percpu_obj_new requires prog BTF");
	const type = env.btf.types[lo];
	if (type?.kind !== "struct" && type?.kind !== "union")
		return refuse(env, "bpf_obj_new/bpf_percpu_obj_new type ID argument must be of a struct");
	if (percpu) {
		if (type.size > MAX_PERCPU)
			return refuse(
				env,
				`bpf_percpu_obj_new type size (${type.size}) is greater than ${MAX_PERCPU}`,
			);
		if (!isPlain(env, lo, 0))
			return refuse(env, "bpf_percpu_obj_new type ID argument must be of a struct of scalars");
		if (localFields(env, lo).length > 0)
			return refuse(env, "bpf_percpu_obj_new type ID argument must not contain special fields");
	}
	R.setKnown(r0, 0, 0);
	r0.type = OBJECT | (percpu ? R.MEM_PERCPU : 0);
	r0.btf = -lo;
	return 0;
}

/** Nothing but numbers, four levels deep. */
function isPlain(env: Env, id: number, depth: number): boolean {
	const { btf } = env;
	const type = btf && resolveType(btf, id)?.type;
	if (!btf || (type?.kind !== "struct" && type?.kind !== "union") || depth > 3) return false;
	return type.members.every((member) => {
		let inner = resolveType(btf, member.type);
		if (inner?.type.kind === "struct" || inner?.type.kind === "union")
			return isPlain(env, inner.id, depth + 1);
		if (inner?.type.kind === "array") inner = resolveType(btf, inner.type.type);
		return inner?.type.kind === "int" || inner?.type.kind.startsWith("enum") === true;
	});
}
