// Arguments of functions as BTF types them: what a global function may assume, and whether a call fits
// (btf_prepare_func_args, btf_check_func_arg_match of the kernel).

import { progType } from "../abi/index.ts";
import type { Btf, BtfType } from "../btf/index.ts";
import { resolveType, sizeOf } from "../btf/index.ts";
import type { Env, Subprog } from "./env.ts";
import { curReg, EACCES, EINVAL } from "./env.ts";
import { checkHelperMemory } from "./helpermem.ts";
import { markNotNull } from "./null.ts";
import { checkPointerOffset } from "./offset.ts";
import {
	copyReg,
	isNull,
	mayBeNull,
	PTR_MAYBE_NULL,
	PTR_TO_CTX,
	PTR_TO_MEM,
	type Reg,
	SCALAR_VALUE,
	setKnown,
	setUnknown,
} from "./reg.ts";
import type { StackTools } from "./stack.ts";
import type { Frame } from "./state.ts";
import { regOf } from "./state.ts";

/** One argument, as its type and tags make it. */
export type Argument =
	| { readonly kind: "scalar" }
	| { readonly kind: "context" }
	| { readonly kind: "memory"; readonly size: number; readonly orNull: boolean }
	| { readonly kind: "unsupported"; readonly what: string };

const MAX_ARGUMENTS = 5;

/** Something wrong with a prototype: a line of the log, no verdict by itself. */
function say(env: Env, text: string): undefined {
	env.note(`${text}\n`);
	return undefined;
}

/** The arguments of `subprog`; undefined when its BTF does not fit, with the reason in the log. */
export function functionArguments(env: Env, subprog: Subprog): readonly Argument[] | undefined {
	const { btf } = env;
	const func = btf?.types[subprog.typeId];
	if (!btf || func?.kind !== "func") return undefined;
	const proto = btf.types[func.type];
	if (proto?.kind !== "func_proto") return undefined;
	const isGlobal = func.linkage === "global";
	const count = proto.params.length;
	if (count > MAX_ARGUMENTS)
		return isGlobal
			? say(
					env,
					`Global function ${func.name}() with ${count} > ${MAX_ARGUMENTS} args. Buggy compiler.`,
				)
			: undefined;
	if (!isScalar(resolveType(btf, proto.returns)?.type))
		return isGlobal
			? say(env, `Global function ${func.name}() doesn't return scalar. Only those are supported.`)
			: undefined;
	const out: Argument[] = [];
	for (const [i, param] of proto.params.entries()) {
		const argument = oneArgument(env, btf, subprog.typeId, func.name, isGlobal, i, param.type);
		if (!argument) return undefined;
		out.push(argument);
	}
	return out;
}

function isScalar(type: BtfType | undefined): boolean {
	return type?.kind === "int" || type?.kind === "enum" || type?.kind === "enum64";
}

/** `arg:` tags of parameter `index` of function `id`, without the prefix. */
function tagsOf(btf: Btf, id: number, index: number): string[] {
	const out: string[] = [];
	for (const type of btf.types)
		if (
			type.kind === "decl_tag" &&
			type.type === id &&
			type.component === index &&
			type.name.startsWith("arg:")
		)
			out.push(type.name.slice(4));
	return out;
}

const knownTags = new Set(["ctx", "trusted", "untrusted", "nonnull", "nullable", "arena"]);

function oneArgument(
	env: Env,
	btf: Btf,
	id: number,
	name: string,
	isGlobal: boolean,
	index: number,
	typeId: number,
): Argument | undefined {
	const tags = tagsOf(btf, id, index);
	if (tags.length > 0 && !isGlobal)
		return say(env, `arg#${index} type tag is not supported in static functions`);
	if (tags.some((tag) => !knownTags.has(tag)))
		return say(env, `arg#${index} has unsupported set of tags`);
	const type = resolveType(btf, typeId)?.type;
	if (type?.kind === "ptr") {
		const pointer = pointerArgument(env, btf, tags, isGlobal, index, type.type);
		if (pointer !== SKIP) return pointer;
	}
	if (tags.length > 0) return say(env, `arg#${index} has pointer tag, but is not a pointer type`);
	if (isScalar(type)) return { kind: "scalar" };
	if (!isGlobal) return undefined;
	return say(env, `Arg#${index} type ${kindName(type)} in ${name}() is not supported yet.`);
}

const SKIP = Symbol("not a pointer that is known");

function pointerArgument(
	env: Env,
	btf: Btf,
	tags: readonly string[],
	isGlobal: boolean,
	index: number,
	target: number,
): Argument | undefined | typeof SKIP {
	const resolved = resolveType(btf, target)?.type;
	const wrong = () => say(env, `arg#${index} has invalid combination of tags`);
	if (tags.includes("ctx") || isContext(env, btf, target, resolved))
		return tags.some((tag) => tag !== "ctx") ? wrong() : { kind: "context" };
	if (resolved?.kind === "struct" && resolved.name === "bpf_dynptr")
		return tags.length > 0 ? wrong() : { kind: "unsupported", what: "dynptrs" };
	if (tags.includes("trusted") || tags.includes("untrusted"))
		return tags.includes("nonnull")
			? wrong()
			: { kind: "unsupported", what: "BTF pointers as arguments" };
	if (tags.includes("arena")) return { kind: "unsupported", what: "arenas" };
	if (!isGlobal) return SKIP;
	if (tags.includes("nullable")) return wrong();
	const size = sizeOf(btf, target);
	if (size === undefined) {
		const named = resolved && "name" in resolved ? resolved.name : "";
		return say(
			env,
			`arg#${index} reference type('${kindName(resolved)} ${named}') size cannot be determined: -22`,
		);
	}
	return { kind: "memory", size, orNull: !tags.includes("nonnull") };
}

/** Whether a pointer to this is the context of the program's type. */
function isContext(env: Env, btf: Btf, id: number, type: BtfType | undefined): boolean {
	if (type?.kind !== "struct") return false;
	const wanted = progType(env.request.type)?.context.struct;
	const named = btf.types[id];
	return type.name === wanted || (named?.kind === "typedef" && named.name === wanted);
}

const kindNames: Readonly<Partial<Record<BtfType["kind"], string>>> = {
	void: "UNKNOWN",
	struct: "STRUCT",
	union: "UNION",
	fwd: "FWD",
	func_proto: "FUNC_PROTO",
	array: "ARRAY",
	ptr: "PTR",
	float: "FLOAT",
	int: "INT",
};

function kindName(type: BtfType | undefined): string {
	return kindNames[type?.kind ?? "void"] ?? "UNKNOWN";
}

/** Puts the arguments into the registers of `frame`, as a function verified by itself sees them. */
export function assumeArguments(env: Env, frame: Frame, list: readonly Argument[]): number {
	for (const [i, argument] of list.entries()) {
		const reg = regOf(frame, i + 1);
		if (argument.kind === "unsupported") return env.giveUp(argument.what);
		if (argument.kind === "scalar") setUnknown(reg);
		else {
			setKnown(reg, 0, 0);
			reg.type = PTR_TO_CTX;
			if (argument.kind === "memory") {
				reg.type = PTR_TO_MEM | (argument.orNull ? PTR_MAYBE_NULL : 0);
				reg.size = argument.size;
				reg.id = ++env.idGen;
			}
		}
	}
	return 0;
}

/** Whether the caller's registers fit the arguments of `subprog`; what does not fit is in the log. */
export function checkArguments(env: Env, tools: StackTools, subprog: Subprog): number {
	const list = functionArguments(env, subprog);
	if (!list) return -EINVAL;
	for (const [i, argument] of list.entries()) {
		const error = checkOne(env, tools, argument, i);
		if (error < 0) return error;
	}
	return 0;
}

function checkOne(env: Env, tools: StackTools, argument: Argument, index: number): number {
	const regno = index + 1;
	const reg = curReg(env, regno);
	const wrong = (text: string) => {
		say(env, text);
		return -EINVAL;
	};
	switch (argument.kind) {
		case "scalar":
			return reg.type === SCALAR_VALUE ? 0 : wrong(`R${regno} is not a scalar`);
		case "context": {
			const error = checkPointerOffset(env, reg, regno);
			if (error < 0) return error;
			return reg.type === PTR_TO_CTX ? 0 : wrong(`arg#${index} expects pointer to ctx`);
		}
		case "memory": {
			const error = checkPointerOffset(env, reg, regno);
			if (error < 0) return error;
			if (checkMemory(env, tools, reg, regno, argument.size) < 0) return -EINVAL;
			if (!argument.orNull && mayBeNull(reg.type))
				return wrong(`arg#${index} is expected to be non-NULL`);
			return 0;
		}
		default:
			return env.giveUp(argument.what);
	}
}

/** check_mem_reg: memory that may be read and written, or null. */
function checkMemory(env: Env, tools: StackTools, reg: Reg, regno: number, size: number): number {
	if (isNull(reg)) return 0;
	const orNull = mayBeNull(reg.type);
	if (orNull) {
		copyReg(env.offset, reg);
		markNotNull(env, reg);
	}
	const error =
		checkHelperMemory(env, tools, regno, size, false, true, undefined) ||
		checkHelperMemory(env, tools, regno, size, true, true, undefined);
	if (orNull) copyReg(reg, env.offset);
	return error < 0 ? -EACCES : 0;
}
