// Programs that BTF attaches: what they are attached to, and what their context holds (check_attach_btf_id,
// btf_ctx_access of the kernel).

import { iteratorArguments, nullableTracepointArguments } from "../abi/index.ts";
import type { Btf, BtfType } from "../btf/index.ts";
import { decodeBtf, findTypes, resolveType, sizeOf } from "../btf/index.ts";
import type { AttachTarget } from "../object/index.ts";
import { isContext, kernelContext } from "./context.ts";
import type { Env } from "./env.ts";
import { EACCES, EINVAL, ENOTSUPP } from "./env.ts";
import { attachToFunction, checkTargetProgram } from "./extend.ts";
import type { Target } from "./kernelnames.ts";
import { kernelStruct } from "./kfuncs.ts";
import { kindWord } from "./kindword.ts";
import { setRange32 } from "./range.ts";
import * as R from "./reg.ts";
import { checkProto, protoOf, traceFunction } from "./traced.ts";

const TRACING = 26;
const STRUCT_OPS = 27;
const EXT = 28;
const LSM = 29;
const RAW_TP = 23;
const FENTRY = 24;
const FEXIT = 25;
const MODIFY_RETURN = 26;
const LSM_MAC = 27;
const ITER = 28;
const LSM_CGROUP = 43;
const ITERATOR = "bpf_iter_";
const MAX_ARGUMENTS = 12;
const REGISTER_ARGUMENTS = 5;

/** Whether BTF says what a program of this type finds in its context. */
export function attachesByBtf(type: number): boolean {
	return type === TRACING || type === STRUCT_OPS || type === EXT || type === LSM;
}

/** Finds what the program is attached to. */
export function checkAttach(env: Env): number {
	const { type } = env.request;
	if (!attachesByBtf(type)) return 0;
	// What helpers take may depend on the target.
	env.protos.clear();
	return findTarget(env);
}

function findTarget(env: Env): number {
	const { type, attachBtfId, attachTarget } = env.request;
	if (type === STRUCT_OPS)
		return env.kernel ? structOps(env, env.kernel) : env.giveUp(WITHOUT_TYPES);
	const id = attachBtfId ?? 0;
	const refuse = (message: string) => env.fail(EINVAL, "attach/target", message);
	if (!env.kernel && type !== EXT && !attachTarget) return env.giveUp(WITHOUT_TYPES);
	if (id === 0) return refuse("Tracing programs must provide btf_id");
	const btf = attachTarget ? targetTypes(attachTarget) : env.kernel;
	if (!btf)
		return attachTarget
			? refuse("FENTRY/FEXIT program can only be attached to another program annotated with BTF")
			: env.giveUp(WITHOUT_TYPES);
	const found = btf.types[id];
	if (!found) return refuse(`attach_btf_id ${id} is invalid`);
	if (attachTarget) return attachToProgram(env, attachTarget, btf, id, found);
	if (type === EXT) return refuse("Cannot replace kernel functions");
	return attachToKernel(env, btf, id, found);
}

const WITHOUT_TYPES = "programs attached by BTF without a kernel's BTF";

function targetTypes(target: AttachTarget): Btf | undefined {
	return target.btf && decodeBtf(target.btf).value;
}

function attachToKernel(env: Env, kernel: Btf, id: number, found: BtfType): number {
	switch (env.request.expectedAttachType) {
		case RAW_TP:
			return tracepoint(env, kernel, id, found);
		case ITER:
			return iterator(env, kernel, id, found);
		case FENTRY:
		case FEXIT:
		case MODIFY_RETURN:
		case LSM_MAC:
		case LSM_CGROUP:
			return traceFunction(env, kernel, id);
		default:
			return silent(env);
	}
}

function attachToProgram(
	env: Env,
	target: AttachTarget,
	btf: Btf,
	id: number,
	found: BtfType,
): number {
	const { type, expectedAttachType } = env.request;
	const name = "name" in found ? found.name : "";
	const at = checkTargetProgram(env, target, id, name);
	if (typeof at === "number") return at;
	if (type === EXT) return attachToFunction(env, target, at, btf, id);
	switch (expectedAttachType) {
		case RAW_TP:
			return env.fail(
				EINVAL,
				"attach/program",
				"Only FENTRY/FEXIT progs are attachable to another BPF prog",
			);
		case ITER:
			return iteratorProgram(env, target, btf, found);
		case FENTRY:
		case FEXIT:
		case MODIFY_RETURN:
		case LSM_MAC:
		case LSM_CGROUP:
			return attachToFunction(env, target, at, btf, id);
		default:
			return silent(env);
	}
}

/** By the name of its function a program passes for an iterator of the kernel: what that gives stands at the same places. */
function iteratorProgram(env: Env, at: AttachTarget, btf: Btf, found: BtfType): number {
	if (found.kind !== "func") return silent(env);
	const { name, type } = found;
	const proto = protoOf(btf, type);
	if (!proto) return silent(env);
	const error = checkProto(env, btf, name, proto);
	if (error < 0) return error;
	const { kernel } = env;
	if (!name.startsWith(ITERATOR) || !iteratorArguments[name.slice(ITERATOR.length)])
		return silent(env);
	if (!kernel) return env.giveUp(WITHOUT_TYPES);
	const id = findTypes(kernel, name, "func")[0];
	const like = id === undefined ? -EINVAL : iterator(env, kernel, id, kernel.types[id] ?? found);
	if (like < 0 || !env.target) return silent(env);
	const structs = env.target.params.map((p) => {
		const pointer = resolveType(kernel, p.type)?.type;
		return (pointer?.kind === "ptr" && resolveType(kernel, pointer.type)?.id) || 0;
	});
	const { params, returns } = proto;
	const program = { btf, type: at.replaces ?? at.type, unreliable: false, structs };
	env.target = { ...env.target, params, returns, program };
	return 0;
}

/** Refused without a word. */
function silent(env: Env): number {
	env.failure ??= { errno: EINVAL, reason: "attach/target", pc: 0 };
	return -EINVAL;
}

function tracepoint(env: Env, kernel: Btf, id: number, type: BtfType): number {
	const refuse = (message: string) => env.fail(EINVAL, "attach/target", message);
	if (type.kind !== "typedef") return refuse(`attach_btf_id ${id} is not a typedef`);
	const prefix = "btf_trace_";
	if (!type.name.startsWith(prefix))
		return refuse(`attach_btf_id ${id} points to wrong type name ${type.name}`);
	const pointer = resolveType(kernel, type.type)?.type;
	const proto = pointer?.kind === "ptr" ? protoOf(kernel, pointer.type) : undefined;
	if (!proto) return -EINVAL;
	const name = type.name.slice(prefix.length);
	const nullable = nullableTracepointArguments[name] ?? [];
	const params = proto.params.slice(1);
	env.target = {
		name,
		params,
		returns: proto.returns,
		special: params.map((_, i) =>
			nullable.includes(i) ? R.PTR_TO_BTF_ID | R.PTR_TRUSTED | R.PTR_MAYBE_NULL : undefined,
		),
		trusted: true,
		hasResult: false,
		skipped: 1,
	};
	return 0;
}

const iteratorKinds: Readonly<Record<string, number>> = {
	"or null": R.PTR_TO_BTF_ID | R.PTR_MAYBE_NULL,
	"trusted or null": R.PTR_TO_BTF_ID | R.PTR_TRUSTED | R.PTR_MAYBE_NULL,
	buffer: R.PTR_TO_BUF | R.PTR_MAYBE_NULL,
	"read-only buffer": R.PTR_TO_BUF | R.PTR_MAYBE_NULL | R.MEM_RDONLY,
};

function iterator(env: Env, kernel: Btf, id: number, type: BtfType): number {
	if (type.kind !== "func")
		return env.fail(EINVAL, "attach/target", `attach_btf_id ${id} is not a function`);
	const proto = protoOf(kernel, type.type);
	const kinds = iteratorArguments[type.name.replace(/^bpf_iter_/, "")];
	if (!proto || !kinds) return silent(env);
	env.target = {
		name: type.name,
		params: proto.params,
		returns: proto.returns,
		special: proto.params.map((p) => {
			const kind = kinds[p.name];
			return kind === undefined ? undefined : iteratorKinds[kind];
		}),
		trusted: true,
		hasResult: false,
		skipped: 0,
	};
	return 0;
}

/** Structs of functions that programs may implement here. */
const knownOps = new Set(["tcp_congestion_ops", "bpf_dummy_ops"]);

/** check_struct_ops_btf_id. */
function structOps(env: Env, kernel: Btf): number {
	const { attachBtfId = 0, expectedAttachType } = env.request;
	const refuse = (message: string) => env.fail(EINVAL, "attach/target", message);
	if (!env.gpl) return refuse("struct ops programs must have a GPL compatible license");
	if (attachBtfId === 0) {
		// Linux says nothing here.
		env.failure ??= { errno: ENOTSUPP, reason: "attach/target", pc: 0 };
		return -ENOTSUPP;
	}
	const ops = kernel.types[attachBtfId];
	if (ops?.kind !== "struct") {
		env.fail(ENOTSUPP, "attach/target", `attach_btf_id ${attachBtfId} is not a supported struct`);
		return -ENOTSUPP;
	}
	if (!knownOps.has(ops.name)) return env.giveUp(`struct_ops of ${ops.name}`);
	const member = ops.members[expectedAttachType];
	if (!member)
		return refuse(`attach to invalid member idx ${expectedAttachType} of struct ${ops.name}`);
	const pointer = resolveType(kernel, member.type)?.type;
	const proto = pointer?.kind === "ptr" ? protoOf(kernel, pointer.type) : undefined;
	if (!proto)
		return refuse(
			`attach to invalid member ${member.name}(@idx ${expectedAttachType}) of struct ${ops.name}`,
		);
	const sleeps = env.sleepable && ops.name === "bpf_dummy_ops" && member.name !== "test_sleepable";
	if (sleeps || (ops.name === "tcp_congestion_ops" && member.name === "get_info"))
		return env.fail(
			sleeps ? EINVAL : ENOTSUPP,
			"attach/target",
			`attach to unsupported member ${member.name} of struct ${ops.name}`,
		);
	const stub = kernel.types[findTypes(kernel, `${ops.name}__${member.name}`, "func")[0] ?? 0];
	const stubProto = stub?.kind === "func" ? protoOf(kernel, stub.type) : undefined;
	env.target = {
		name: member.name,
		params: proto.params,
		returns: proto.returns,
		special: proto.params.map((_, i) =>
			stubProto?.params[i]?.name.endsWith("__nullable")
				? R.PTR_TO_BTF_ID | R.PTR_TRUSTED | R.PTR_MAYBE_NULL
				: undefined,
		),
		trusted: true,
		hasResult: false,
		skipped: 0,
		ops: ops.name,
	};
	return 0;
}

/** A load of `size` bytes at `off` of the context into register `value`, or none when it is -1. */
export function loadArgument(
	env: Env,
	off: number,
	size: number,
	write: boolean,
	value: number,
	to: R.Reg,
): number {
	const type = contextType(env, off, size, write);
	if (type === undefined) {
		const error = env.fail(
			EACCES,
			"context/invalid-access",
			`invalid bpf_context access off=${off} size=${size}`,
		);
		env.log?.line(env.pc, "; ");
		return error;
	}
	env.maxCtxOffset = Math.max(env.maxCtxOffset, off + size);
	if (value < 0) return 0;
	if (type.type === R.SCALAR_VALUE) {
		R.setUnknown(to);
		if (type.range) setRange32(to, type.range.min, type.range.max);
		return 0;
	}
	R.setKnown(to, 0, 0);
	if (R.mayBeNull(type.type)) to.id = ++env.idGen;
	to.btf = R.baseType(type.type) === R.PTR_TO_BTF_ID ? type.btf : 0;
	to.type = type.type;
	return 0;
}

interface Loaded {
	readonly type: number;
	readonly btf: number;
	/** What a function is known to return. */
	readonly range?: { readonly min: number; readonly max: number };
}

const scalar: Loaded = { type: R.SCALAR_VALUE, btf: 0 };

/** What the load gives; undefined when it is refused. */
function contextType(env: Env, off: number, size: number, write: boolean): Loaded | undefined {
	const { target } = env;
	const btf = target?.program?.btf ?? env.kernel;
	if (!target || !btf) return undefined;
	if (off < 0 || off >= 8 * MAX_ARGUMENTS || write || off % size !== 0) return undefined;
	const say = (text: string) => {
		env.note(`${text}\n`);
		return undefined;
	};
	if (off % 8 !== 0) return say(`func '${target.name}' offset ${off} is not multiple of 8`);
	if (target.program?.unreliable) return anyArgument(target, off, say);
	const index = argumentIndex(btf, target, off);
	const { params } = target;
	const missing = index > params.length || (index === params.length && !target.hasResult);
	if (missing) return say(`func '${target.name}' doesn't have ${index + 1}-th argument`);
	const id = index === params.length ? target.returns : (params[index]?.type ?? 0);
	if (id === 0) return scalar;
	const type = resolveType(btf, id)?.type;
	if (!type) return scalar;
	if (
		index === params.length &&
		env.request.expectedAttachType === MODIFY_RETURN &&
		type.kind !== "int"
	)
		return say(`ret type ${kindWord(type)} not allowed for fmod_ret`);
	if (["int", "enum", "enum64", "struct", "union"].includes(type.kind))
		return index === params.length && target.range ? { ...scalar, range: target.range } : scalar;
	if (type.kind !== "ptr") {
		const name = "name" in type ? type.name : "";
		return say(
			`func '${target.name}' arg${index} '${name}' has type ${kindWord(type)}. Only pointer access is allowed`,
		);
	}
	if (size !== 8) return say(`func '${target.name}' size ${size} must be 8`);
	return pointerType(env, btf, target, index, type.type);
}

/** Of a function whose prototype is not to be relied on: five numbers, and what it returns. */
function anyArgument(
	target: Target,
	off: number,
	say: (text: string) => undefined,
): Loaded | undefined {
	const index = off / 8;
	const most = target.hasResult ? REGISTER_ARGUMENTS : REGISTER_ARGUMENTS - 1;
	if (index <= most) return scalar;
	return say(`func '${target.name}' doesn't have ${index + 1}-th argument`);
}

/** Bytes that a value takes among the arguments. */
function argumentSize(kernel: Btf, id: number): number {
	const type = id === 0 ? undefined : resolveType(kernel, id)?.type;
	if (!type) return 0;
	return type.kind === "ptr" ? 8 : Math.ceil((sizeOf(kernel, id) ?? 0) / 8) * 8;
}

/** get_ctx_arg_idx. What a tracepoint hides before its arguments is counted where it stands. */
function argumentIndex(kernel: Btf, target: Target, off: number): number {
	const { params, returns, skipped } = target;
	const sizes = [
		...new Array<number>(skipped).fill(8),
		...params.map((p) => argumentSize(kernel, p.type)),
		argumentSize(kernel, returns),
	];
	let end = 0;
	for (const [i, size] of sizes.entries()) {
		end += size;
		if (off < end) return i;
	}
	return sizes.length;
}

function pointerType(
	env: Env,
	kernel: Btf,
	target: Target,
	index: number,
	to: number,
): Loaded | undefined {
	const special = target.special[index];
	if (special !== undefined && R.baseType(special) === R.PTR_TO_BUF)
		return { type: special, btf: 0 };
	const found = resolveType(kernel, to);
	if (to === 0 || !found || found.type.kind === "int") return scalar;
	const isIterator = env.request.expectedAttachType === ITER && env.request.type === TRACING;
	const { program } = target;
	if (special !== undefined && isIterator)
		return { type: special, btf: program ? (program.structs?.[index] ?? 0) : found.id };
	let type = special ?? R.PTR_TO_BTF_ID | (target.trusted ? R.PTR_TRUSTED : 0);
	const name = target.params[index]?.name ?? "";
	if (name.endsWith("__nullable")) type |= R.PTR_MAYBE_NULL;
	if (program) return translated(env, program, to, type);
	const tag = kernel.types[to];
	if (tag?.kind === "type_tag" && tag.name === "user") type |= R.MEM_USER;
	if (tag?.kind === "type_tag" && tag.name === "percpu") type |= R.MEM_PERCPU;
	const word = kindWord(found.type);
	if (found.type.kind !== "struct" && found.type.kind !== "union") {
		env.note(`func '${target.name}' arg${index} type ${word} is not a struct\n`);
		return undefined;
	}
	if (special === undefined || env.request.type !== STRUCT_OPS)
		env.note(
			`func '${target.name}' arg${index} has btf_id ${found.id} type ${word} '${found.type.name || "(anon)"}'\n`,
		);
	const tcp =
		target.ops === "tcp_congestion_ops" && found.type.name === "sock" && !R.mayBeNull(type);
	return { type, btf: tcp ? kernelStruct(env, "tcp_sock") : found.id };
}

/** btf_translate_to_vmlinux: of a program's arguments only the context is known to the kernel. */
function translated(
	env: Env,
	program: NonNullable<Target["program"]>,
	to: number,
	type: number,
): Loaded | undefined {
	if (!isContext(program.type, program.btf, to)) return undefined;
	const id = kernelContext(env, program.type);
	if (id > 0) return { type, btf: id };
	env.giveUp("the kernel's context of this type of program");
	return undefined;
}
