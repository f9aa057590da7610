// What BTF says of a function's arguments (btf_prepare_func_args of the kernel): of a global one they are all that its
// body may assume.

import type { Btf, BtfType } from "../btf/index.ts";
import { findTypes, resolveType, sizeOf } from "../btf/index.ts";
import { checkTagged, isContext } from "./context.ts";
import type { Argument, Env, Subprog } from "./env.ts";
import { EINVAL, ENOENT, EOPNOTSUPP, ESRCH } from "./env.ts";
import { kindWord } from "./kindword.ts";

const MAX_ARGUMENTS = 5;

/** Something wrong with a prototype: a line of the log, no verdict by itself. */
function say(env: Env, text: string, errno: number = EINVAL): number {
	env.note(`${text}\n`);
	return -errno;
}

/** The arguments of `subprog`; a negative error number when its BTF does not fit, with the reason in the log. */
export function functionArguments(env: Env, subprog: Subprog): readonly Argument[] | number {
	if (subprog.arguments) return subprog.arguments;
	const { btf } = env;
	const func = btf?.types[subprog.typeId];
	if (!btf || func?.kind !== "func") return -EINVAL;
	const proto = btf.types[func.type];
	if (proto?.kind !== "func_proto") return -EINVAL;
	const isGlobal = func.linkage === "global";
	const count = proto.params.length;
	if (count > MAX_ARGUMENTS)
		return isGlobal
			? say(
					env,
					`Global function ${func.name}() with ${count} > ${MAX_ARGUMENTS} args. Buggy compiler.`,
				)
			: -EINVAL;
	if (!isScalar(resolveType(btf, proto.returns)?.type))
		return isGlobal
			? say(env, `Global function ${func.name}() doesn't return scalar. Only those are supported.`)
			: -EINVAL;
	const out: Argument[] = [];
	for (const [i, param] of proto.params.entries()) {
		const argument = oneArgument(env, btf, subprog.typeId, func.name, isGlobal, i, param.type);
		if (typeof argument === "number") return argument;
		out.push(argument);
	}
	subprog.arguments = out;
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
): Argument | number {
	const tags = tagsOf(btf, id, index);
	if (tags.length > 0 && !isGlobal)
		return say(env, `arg#${index} type tag is not supported in static functions`, EOPNOTSUPP);
	if (tags.some((tag) => !knownTags.has(tag)))
		return say(env, `arg#${index} has unsupported set of tags`, EOPNOTSUPP);
	const type = resolveType(btf, typeId)?.type;
	if (type?.kind === "ptr") {
		const pointer = pointerArgument(env, btf, tags, isGlobal, index, type.type);
		if (pointer !== SKIP) return pointer;
	}
	if (tags.length > 0) return say(env, `arg#${index} has pointer tag, but is not a pointer type`);
	if (isScalar(type)) return { kind: "scalar" };
	if (!isGlobal) return -EINVAL;
	return say(env, `Arg#${index} type ${kindWord(type)} in ${name}() is not supported yet.`);
}

const SKIP = Symbol("not a pointer that is known");

function pointerArgument(
	env: Env,
	btf: Btf,
	tags: readonly string[],
	isGlobal: boolean,
	index: number,
	target: number,
): Argument | number | typeof SKIP {
	const resolved = resolveType(btf, target)?.type;
	const wrong = () => say(env, `arg#${index} has invalid combination of tags`);
	if (tags.includes("ctx") || isContext(env.request.type, btf, target)) {
		if (tags.some((tag) => tag !== "ctx")) return wrong();
		const trouble = tags.length > 0 ? checkTagged(env.request, btf, target) : undefined;
		return trouble === undefined ? { kind: "context" } : say(env, `arg#${index} ${trouble}`);
	}
	if (resolved?.kind === "struct" && resolved.name === "bpf_dynptr")
		return tags.length > 0 ? wrong() : { kind: "dynptr" };
	const alone = (tag: string) =>
		tags.every((other) => other === tag)
			? undefined
			: say(env, `arg#${index} ${tag} cannot be combined with any other tags`);
	if (tags.includes("trusted")) {
		if (tags.includes("nonnull")) return wrong();
		const id = kernelType(env, btf, target, index);
		if (id < 0) return id;
		return { kind: "trusted", btf: id, orNull: tags.includes("nullable") };
	}
	if (tags.includes("untrusted")) {
		if (!resolved || resolved.kind === "void" || isScalar(resolved))
			return alone("untrusted") ?? { kind: "untrusted", btf: 0 };
		const id = alone("untrusted") ?? untrustedType(env, btf, target, index);
		return id < 0 ? id : { kind: "untrusted", btf: id };
	}
	if (tags.includes("arena")) return alone("arena") ?? { kind: "arena" };
	if (!isGlobal) return SKIP;
	if (tags.includes("nullable")) return wrong();
	const size = sizeOf(btf, target);
	if (size === undefined) {
		const named = resolved && "name" in resolved ? resolved.name : "";
		return say(
			env,
			`arg#${index} reference type('${kindWord(resolved)} ${named}') size cannot be determined: -22`,
		);
	}
	return { kind: "memory", size, orNull: !tags.includes("nonnull") };
}

/** btf_get_ptr_to_btf_id: the kernel's type of the same kind and name; what follows three underscores does not count. */
function kernelType(env: Env, btf: Btf, target: number, index: number): number {
	const { kernel } = env;
	if (!kernel) return env.giveUp("BTF pointers as arguments without a kernel's BTF");
	const type = resolveType(btf, target)?.type;
	const name = type && "name" in type ? type.name : "";
	const words = `arg#${index} reference type('${kindWord(type)} ${name || "(anon)"}')`;
	if (!type || name === "") return say(env, `${words} candidate matching error: -22`);
	const found = findTypes(kernel, name.replace(/___.*$/, ""), type.kind);
	if (found.length === 0) return say(env, `${words} has no matches`, ENOENT);
	if (found.length > 1) return say(env, `${words} is ambiguous`, ESRCH);
	return found[0] as number;
}

/** Only structs and unions are walked without trust. */
function untrustedType(env: Env, btf: Btf, target: number, index: number): number {
	const id = kernelType(env, btf, target, index);
	const type = resolveType(btf, target)?.type;
	if (id < 0 || type?.kind === "struct" || type?.kind === "union") return id;
	const name = type && "name" in type ? type.name : "";
	return say(
		env,
		`arg#${index} has type ${kindWord(type)} '${name}', but only struct or union types are allowed`,
	);
}
