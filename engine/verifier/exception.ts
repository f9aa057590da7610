// Exceptions: the function that a program names to be called when bpf_throw ends it
// (bpf_find_exception_callback_insn_off of the kernel).

import type { Argument, Env } from "./env.ts";
import { EINVAL, ENOENT } from "./env.ts";

const EEXIST = 17;
const PREFIX = "exception_callback:";

/** First instruction of the exception callback, 0 when there is none, negative when what is named does not fit. */
export function findExceptionCallback(env: Env): number {
	const { btf, request } = env;
	const main = request.functions[0]?.typeId;
	if (!btf || main === undefined) return 0;
	const refuse = (message: string, errno = EINVAL) =>
		env.fail(errno, "exception/callback", message);
	let name: string | undefined;
	for (const type of btf.types) {
		if (type.kind !== "decl_tag" || type.type !== main || type.component !== -1) continue;
		if (!type.name.startsWith(PREFIX)) continue;
		if (name !== undefined)
			return refuse("multiple exception callback tags for main subprog", EEXIST);
		name = type.name.slice(PREFIX.length);
	}
	if (name === undefined) return 0;
	const id = btf.types.findIndex((type) => type.kind === "func" && type.name === name);
	const func = btf.types[id];
	if (func?.kind !== "func")
		return refuse(`exception callback '${name}' could not be found in BTF`, ENOENT);
	if (func.linkage !== "global")
		return refuse(`exception callback '${name}' must have global linkage`);
	const record = request.functions.findLast((f) => f.typeId === id);
	if (!record) return refuse("exception callback type id not found in func_info");
	if (record.insn === 0) return refuse("invalid exception callback insn_off in func_info: 0");
	return record.insn;
}

/** What an exception callback takes: the number that was thrown. */
export function checkCallbackArguments(env: Env, list: readonly Argument[]): number {
	if (list.length === 1 && list[0]?.kind === "scalar") return 0;
	return env.fail(
		EINVAL,
		"exception/callback",
		"exception cb only supports single integer argument",
	);
}
