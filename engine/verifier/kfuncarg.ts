// Arguments of kfunc calls: what kind each is by prototype and name, and whether the register fits (check_kfunc_args of
// the kernel).

import { KF_ITER_DESTROY, KF_ITER_NEW, KF_ITER_NEXT, KF_RCU, KF_RELEASE } from "../abi/index.ts";
import type { BtfType } from "../btf/index.ts";
import { resolveType, sizeOf } from "../btf/index.ts";
import { checkMemory } from "./args.ts";
import { checkConstString, checkMemorySize } from "./argument.ts";
import { isContext, kernelContext } from "./context.ts";
import type { Env } from "./env.ts";
import { curReg, EACCES, EFAULT, EINVAL } from "./env.ts";
import { iteratorArgument } from "./iter.ts";
import { type KfuncMeta, wantsTrusted } from "./kfuncmeta.ts";
import { kernelStruct } from "./kfuncs.ts";
import { kindWord } from "./kindword.ts";
import { resilientArgument } from "./lock.ts";
import { markNotNull } from "./null.ts";
import { objectArgument } from "./objects.ts";
import { checkPointerOffset } from "./offset.ts";
import * as R from "./reg.ts";
import { checkUnmodified } from "./region.ts";
import { irqFlagArgument } from "./regions.ts";
import { dynptrParam } from "./slice.ts";
import type { StackTools } from "./stack.ts";
import { isFixed } from "./stack.ts";
import { laterArgument, laterMap } from "./timer.ts";
import { isRcu, isTrusted, isUnsafe, structBehind } from "./trust.ts";
import { holdsStruct } from "./walk.ts";

const MAX_ARGUMENTS = 5;

type Kind =
	| "context"
	| "null"
	| "alloc"
	| "refcounted"
	| "dynptr"
	| "iterator"
	| "list head"
	| "list node"
	| "tree root"
	| "tree node"
	| "string"
	| "map"
	| "workqueue"
	| "timer"
	| "task work"
	| "irq flag"
	| "res lock"
	| "btf"
	| "callback"
	| "memory and size"
	| "memory";

/** A parameter with what BTF says of it. */
interface Param {
	readonly index: number;
	readonly name: string;
	readonly type: BtfType | undefined;
	/** What a pointer points to. */
	readonly targetId: number;
	readonly target: BtfType | undefined;
}

/** btf_type_str and the name, as messages have them. */
function typeText(type: BtfType | undefined): string {
	const name = type && "name" in type ? type.name : "";
	return `${kindWord(type)} ${name}`;
}

function isScalar(type: BtfType | undefined): boolean {
	return type?.kind === "int" || type?.kind === "enum" || type?.kind === "enum64";
}

function paramOf(env: Env, meta: KfuncMeta, index: number): Param {
	const { name = "", type: id = 0 } = meta.kfunc.params[index] ?? {};
	const { kernel } = env;
	const type = kernel && resolveType(kernel, id)?.type;
	const target = kernel && type?.kind === "ptr" ? resolveType(kernel, type.type) : undefined;
	return { index, name, type, targetId: target?.id ?? 0, target: target?.type };
}

/** Checks all arguments of the call. */
export function checkKfuncArguments(env: Env, tools: StackTools, meta: KfuncMeta): number {
	const { kfunc } = meta;
	const count = kfunc.params.length;
	if (count > MAX_ARGUMENTS)
		return env.fail(
			EINVAL,
			"kfunc/arguments",
			`Function ${kfunc.name} has ${count} > ${MAX_ARGUMENTS} args`,
		);
	for (let i = 0; i < count; i++) {
		const param = paramOf(env, meta, i);
		if (param.name.endsWith("__ign")) continue;
		if (param.name.endsWith("__prog")) {
			meta.program = true;
			continue;
		}
		if (isScalar(param.type)) {
			const error = scalarArgument(env, tools, meta, param);
			if (error < 0) return error;
			continue;
		}
		const used = pointerArgument(env, tools, meta, param);
		if (used < 0) return used;
		i += used;
	}
	if (kfunc.flags & KF_RELEASE && meta.releaseReg === 0)
		return env.fail(
			EINVAL,
			"reference/not-held",
			`release kernel function ${kfunc.name} expects refcounted PTR_TO_BTF_ID`,
		);
	return 0;
}

function scalarArgument(env: Env, tools: StackTools, meta: KfuncMeta, param: Param): number {
	const regno = param.index + 1;
	const reg = curReg(env, regno);
	const refuse = (message: string) => env.fail(EINVAL, "kfunc/argument", message);
	if (reg.type !== R.SCALAR_VALUE) return refuse(`R${regno} is not a scalar`);
	if (param.name.endsWith("__k")) {
		if (!isFixed(reg)) return refuse(`R${regno} must be a known constant`);
		meta.constant = { hi: reg.valueHi, lo: reg.valueLo };
		return tools.precision.markReg(regno);
	}
	if (param.name !== "rdonly_buf_size" && param.name !== "rdwr_buf_size") return 0;
	if (!isFixed(reg)) return refuse(`R${regno} is not a const`);
	meta.r0ReadOnly = param.name === "rdonly_buf_size";
	meta.r0Size = R.constNumber(reg);
	return tools.precision.markReg(regno);
}

/** One pointer; how many more arguments it used up, or an error. */
function pointerArgument(env: Env, tools: StackTools, meta: KfuncMeta, param: Param): number {
	const { kfunc } = meta;
	const { index, name } = param;
	const regno = index + 1;
	const reg = curReg(env, regno);
	if (param.type?.kind !== "ptr")
		return env.fail(
			EINVAL,
			"kfunc/argument",
			`Unrecognized arg#${index} type ${typeText(param.type)}`,
		);
	const trusted = wantsTrusted(kfunc) || (kfunc.flags & KF_RCU) !== 0;
	if (trusted && (R.isNull(reg) || R.mayBeNull(reg.type)) && !name.endsWith("__nullable"))
		return env.fail(
			EACCES,
			"kfunc/maybe-null",
			`Possibly NULL pointer passed to trusted arg${index}`,
		);
	const release = (kfunc.flags & KF_RELEASE) !== 0;
	if (reg.refId !== 0) {
		if (release && meta.refId !== 0)
			return env.fail(
				EFAULT,
				"internal/kfunc",
				`verifier internal error: more than one arg with ref_obj_id R${regno} ${reg.refId} ${meta.refId}`,
			);
		meta.refId = reg.refId;
		if (release) meta.releaseReg = regno;
	}
	const kind = kindOf(env, meta, param, reg);
	if (typeof kind === "number") return kind;
	if (kind === "null") return 0;
	if (kind === "map" || kind === "alloc" || kind === "btf") {
		const error = checkTrust(env, meta, kind, reg, regno);
		if (error < 0) return error;
	}
	const moved =
		release && reg.refId !== 0
			? releaseOffset(env, reg, regno)
			: checkPointerOffset(env, reg, regno);
	return moved < 0 ? moved : takeArgument(env, tools, meta, param, kind);
}

function releaseOffset(env: Env, reg: R.Reg, regno: number): number {
	if (reg.off !== 0)
		return env.fail(
			EINVAL,
			"reference/modified",
			`R${regno} must have zero offset when passed to release func or trusted arg to kfunc`,
		);
	return checkUnmodified(env, reg, regno, false);
}

function checkTrust(env: Env, meta: KfuncMeta, kind: Kind, reg: R.Reg, regno: number): number {
	const { kfunc } = meta;
	if (kind === "map") {
		// What else the kernel keeps in that place is taken for one here, and found out below.
		if ((reg.map | reg.btf | reg.size | reg.range | reg.object) === 0)
			return env.fail(EINVAL, "kfunc/argument", `pointer in R${regno} isn't map pointer`);
		const fits = laterMap(env, meta, reg);
		if (fits < 0) return fits;
		meta.map = reg.map;
		meta.mapUid = reg.uid;
	}
	const rcu = (kfunc.flags & KF_RCU) !== 0;
	if (!wantsTrusted(kfunc) && !rcu) return 0;
	if (isTrusted(reg)) return 0;
	if (!rcu) return env.fail(EINVAL, "kfunc/untrusted", `R${regno} must be referenced or trusted`);
	if (!isRcu(reg)) return env.fail(EINVAL, "kfunc/untrusted", `R${regno} must be a rcu pointer`);
	return 0;
}

const structKinds: Readonly<Record<string, Kind>> = {
	bpf_dynptr: "dynptr",
	bpf_list_head: "list head",
	bpf_list_node: "list node",
	bpf_rb_root: "tree root",
	bpf_rb_node: "tree node",
	bpf_wq: "workqueue",
	bpf_timer: "timer",
	bpf_task_work: "task work",
	bpf_res_spin_lock: "res lock",
};

/** Names that make an argument what its type alone does not say, in the order in which they count. */
function kindByName(meta: KfuncMeta, param: Param): Kind | undefined {
	const { name, target } = param;
	if (name.endsWith("__alloc")) return "alloc";
	if (name.endsWith("__refcounted_kptr")) return "refcounted";
	const byStruct = target?.kind === "struct" ? structKinds[target.name] : undefined;
	if (byStruct === "dynptr") return byStruct;
	const iterator = meta.kfunc.flags & (KF_ITER_NEW | KF_ITER_NEXT | KF_ITER_DESTROY);
	if (iterator ? param.index === 0 : name.endsWith("__iter")) return "iterator";
	if (byStruct && !["workqueue", "timer", "task work", "res lock"].includes(byStruct))
		return byStruct;
	if (name.endsWith("__str")) return "string";
	if (name.endsWith("__map")) return "map";
	if (byStruct) return byStruct;
	if (name.endsWith("__irq_flag")) return "irq flag";
	return undefined;
}

/** get_kfunc_ptr_arg_type. */
function kindOf(env: Env, meta: KfuncMeta, param: Param, reg: R.Reg): Kind | number {
	const { kernel } = env;
	const { index, name, target } = param;
	if (meta.kfunc.name === "bpf_cast_to_kern_ctx") return "context";
	const next = meta.kfunc.params[index + 1];
	const sized =
		next !== undefined &&
		curReg(env, index + 2).type === R.SCALAR_VALUE &&
		(next.name.endsWith("__sz") || next.name.endsWith("__szk"));
	if (kernel && isContext(env.request.type, kernel, param.targetId)) return "context";
	if (name.endsWith("__nullable") && R.isNull(reg) && !sized) return "null";
	const named = kindByName(meta, param);
	if (named) return named;
	if (R.baseType(reg.type) === R.PTR_TO_BTF_ID || structBehind(reg.type) !== undefined) {
		if (target?.kind === "struct" || target?.kind === "union") return "btf";
		return env.fail(
			EINVAL,
			"kfunc/argument",
			`kernel function ${meta.kfunc.name} args#${index} pointer type ${typeText(target)} is not supported`,
		);
	}
	if (target?.kind === "func_proto") return "callback";
	const plain =
		isScalar(target) ||
		isScalarStruct(env, param.targetId, 0) ||
		(sized && (target === undefined || target.kind === "void"));
	if (!plain)
		return env.fail(
			EINVAL,
			"kfunc/argument",
			`arg#${index} pointer type ${typeText(target)} must point to ${sized ? "void, " : ""}scalar, or struct with scalar`,
		);
	return sized ? "memory and size" : "memory";
}

/** __btf_type_is_scalar_struct: nothing but numbers, four levels deep. */
function isScalarStruct(env: Env, id: number, depth: number): boolean {
	const { kernel } = env;
	const type = kernel && resolveType(kernel, id)?.type;
	if (!kernel || (type?.kind !== "struct" && type?.kind !== "union")) return false;
	for (const member of type.members) {
		let inner = resolveType(kernel, member.type);
		if (inner?.type.kind === "struct" || inner?.type.kind === "union") {
			if (depth >= 3) {
				env.note("max struct nesting depth exceeded\n");
				return false;
			}
			if (!isScalarStruct(env, inner.id, depth + 1)) return false;
			continue;
		}
		if (inner?.type.kind === "array") {
			if (inner.type.length === 0) return false;
			inner = resolveType(kernel, inner.type.type);
		}
		if (!isScalar(inner?.type)) return false;
	}
	return true;
}

/** What the register says of an argument whose kind is known. */
function takeArgument(
	env: Env,
	tools: StackTools,
	meta: KfuncMeta,
	param: Param,
	kind: Exclude<Kind, "null">,
): number {
	const { index } = param;
	const regno = index + 1;
	const reg = curReg(env, regno);
	switch (kind) {
		case "context":
			return contextArgument(env, meta, reg, index);
		case "dynptr":
			return dynptrParam(env, tools, meta, index);
		case "workqueue":
			return laterArgument(env, meta, reg, index, "bpf_wq");
		case "task work":
			return laterArgument(env, meta, reg, index, "bpf_task_work");
		case "iterator":
			if (meta.kfunc.name === "bpf_iter_css_task_new" && !allowsCssTasks(env))
				return env.fail(
					EINVAL,
					"iterator/css-task",
					"css_task_iter is only allowed in bpf_lsm, bpf_iter and sleepable progs",
				);
			return iteratorArgument(env, tools, meta, index);
		case "map":
			return btfArgument(env, meta, kernelStruct(env, "bpf_map"), index);
		case "btf":
			return btfArgument(env, meta, param.targetId, index);
		case "memory": {
			const size = env.kernel && sizeOf(env.kernel, param.targetId);
			if (size === undefined)
				return env.fail(
					EINVAL,
					"kfunc/argument",
					`arg#${index} reference type('${typeText(param.target)}') size cannot be determined: -22`,
				);
			return checkMemory(env, tools, reg, regno, size);
		}
		case "memory and size":
			return sizedArgument(env, tools, meta, param, reg);
		case "callback":
			if (reg.type !== R.PTR_TO_FUNC)
				return env.fail(EINVAL, "kfunc/argument", `arg${index} expected pointer to func`);
			meta.subprog = reg.size;
			return 0;
		case "string":
			if (reg.type !== R.PTR_TO_MAP_VALUE)
				return env.fail(EINVAL, "kfunc/argument", `arg#${index} doesn't point to a const string`);
			return checkConstString(env, regno);
		case "irq flag":
			return irqFlagArgument(env, tools, meta, index);
		case "alloc":
		case "refcounted":
		case "list head":
		case "list node":
		case "tree root":
		case "tree node":
			return objectArgument(env, meta, kind, index);
		case "res lock":
			return resilientArgument(env, meta.kfunc.name, index);
		default:
			return env.giveUp(`kfunc arguments: ${kind}`);
	}
}

function allowsCssTasks(env: Env): boolean {
	const { type, expectedAttachType } = env.request;
	return type === 29 || (type === 26 && expectedAttachType === 28) || env.cur.inSleepable;
}

function contextArgument(env: Env, meta: KfuncMeta, reg: R.Reg, index: number): number {
	if (reg.type !== R.PTR_TO_CTX)
		return env.fail(
			EINVAL,
			"kfunc/argument",
			`arg#${index} expected pointer to ctx, but got ${R.typeName(reg.type)}`,
		);
	if (meta.kfunc.name !== "bpf_cast_to_kern_ctx") return 0;
	meta.retBtf = contextStruct(env);
	return Math.min(meta.retBtf, 0);
}

/** get_kern_ctx_btf_id: the kernel's context behind the one that programs see. */
function contextStruct(env: Env): number {
	const id = kernelContext(env, env.request.type);
	if (id === 0) return env.giveUp("the kernel's context of this type of program");
	if (env.kernel?.types[id]?.kind === "struct") return id;
	return env.fail(EINVAL, "kfunc/argument", `kern ctx type id ${id} is not a struct`);
}

function sizedArgument(
	env: Env,
	tools: StackTools,
	meta: KfuncMeta,
	param: Param,
	reg: R.Reg,
): number {
	const { index, name } = param;
	const size = curReg(env, index + 2);
	const next = meta.kfunc.params[index + 1]?.name ?? "";
	const optional = name.endsWith("__opt") || name.endsWith("__nullable");
	if (!R.isNull(reg) || !optional) {
		const error = checkPair(env, tools, reg, index + 2);
		if (error < 0) {
			env.note(`arg#${index} arg#${index + 1} memory, len pair leads to invalid memory access\n`);
			return error;
		}
	}
	if (next.endsWith("__szk")) {
		if (!isFixed(size))
			return env.fail(EINVAL, "kfunc/argument", `R${index + 2} must be a known constant`);
		meta.constant = { hi: size.valueHi, lo: size.valueLo };
	}
	return 1;
}

/** check_kfunc_mem_size_reg. */
function checkPair(env: Env, tools: StackTools, reg: R.Reg, regno: number): number {
	const orNull = R.mayBeNull(reg.type);
	const saved = new R.Reg();
	R.copyReg(saved, reg);
	if (orNull) markNotNull(env, reg);
	const error =
		checkMemorySize(env, tools, regno, false, true, undefined) ||
		checkMemorySize(env, tools, regno, true, true, undefined);
	if (orNull) R.copyReg(reg, saved);
	return error;
}

/** process_kf_arg_ptr_to_btf_id. */
function btfArgument(env: Env, meta: KfuncMeta, need: number, index: number): number {
	const { kernel } = env;
	const regno = index + 1;
	const reg = curReg(env, regno);
	const behind = structBehind(reg.type);
	const isBtf = R.baseType(reg.type) === R.PTR_TO_BTF_ID;
	if ((!isBtf || (isUnsafe(reg.type) && !isRcu(reg))) && behind === undefined) {
		const safe = R.baseType(reg.type) | (reg.type & (R.MEM_ALLOC | R.PTR_TRUSTED | R.NON_OWN_REF));
		return env.fail(
			EINVAL,
			"kfunc/argument",
			`arg#${index} is ${R.typeName(reg.type)} expected ${R.typeName(safe)} or socket`,
		);
	}
	if (!kernel) return -EINVAL;
	const id = isBtf ? reg.btf : kernelStruct(env, behind as string);
	const of = kernel.types[need];
	const wanted = of && "name" in of ? of.name : "";
	const have = id < 0 ? env.btf?.types[-id] : resolveType(kernel, id)?.type;
	const released = (meta.kfunc.flags & KF_RELEASE) !== 0 && reg.refId !== 0;
	const strict = released || isNoCastAlias(have, of);
	const flex = (reg.type & R.MEM_ALLOC) === 0;
	const same =
		id >= 0 && holdsStruct(kernel, id, reg.off, need, strict, flex, (m) => env.note(`${m}\n`));
	const name = have && "name" in have ? have.name : "";
	if (same || isProjection(wanted, name)) return 0;
	return env.fail(
		EINVAL,
		"kfunc/argument-type",
		`kernel function ${meta.kfunc.name} args#${index} expected pointer to ${typeText(of)} but R${regno} has a pointer to ${typeText(have)}`,
	);
}

/** btf_is_projection_of: the struct that programs see, for the one that the kernel has. */
function isProjection(wanted: string, have: string): boolean {
	return (
		(wanted === "__sk_buff" && have === "sk_buff") || (wanted === "xdp_md" && have === "xdp_buff")
	);
}

/** btf_type_ids_nocast_alias: a type and the same with `___init`. */
function isNoCastAlias(a: BtfType | undefined, b: BtfType | undefined): boolean {
	const x = a && "name" in a ? a.name : "";
	const y = b && "name" in b ? b.name : "";
	if (x === "" || y === "") return false;
	return x === `${y}___init` || y === `${x}___init`;
}
