// Programs that a trampoline calls: at the entry or the end of a kernel function, in place of its result, or at a hook of the security
// modules (bpf_check_attach_target, btf_distill_func_proto of the kernel).

import type { Btf, BtfType } from "../btf/index.ts";
import { resolveType, sizeOf } from "../btf/index.ts";
import type { Env } from "./env.ts";
import { EINVAL, EOPNOTSUPP } from "./env.ts";
import type { Target } from "./kernelnames.ts";
import { kindWord } from "./kindword.ts";
import { lsmHook } from "./lsm.ts";

const LSM = 29;
const FEXIT = 25;
const MODIFY_RETURN = 26;
const LSM_CGROUP = 43;
/** Attach types whose trampoline hands on what the function returns. */
const usesResult = new Set([FEXIT, MODIFY_RETURN, 27]);
const MOST_ARGUMENTS = 12;
const LARGEST_ARGUMENT = 16;

const denied = new Set([
	"migrate_disable",
	"migrate_enable",
	"rcu_read_unlock_strict",
	"preempt_count_add",
	"preempt_count_sub",
	"__rcu_read_lock",
	"__rcu_read_unlock",
]);
const neverReturns = new Set([
	"__ia32_sys_exit",
	"__ia32_sys_exit_group",
	"__x64_sys_exit",
	"__x64_sys_exit_group",
	"__kunit_abort",
	"kunit_try_catch_throw",
	"__module_put_and_kthread_exit",
	"do_exit",
	"do_group_exit",
	"kthread_complete_and_exit",
	"kthread_exit",
	"make_task_dead",
]);
/** Made for tests: the first may sleep. */
const testFunctions = new Set([
	"bpf_fentry_test1",
	"bpf_modify_return_test",
	"bpf_modify_return_test2",
	"bpf_modify_return_test_tp",
]);

/** Whether the kernel lists the function for error injection: system calls, and what allocates. */
function injectable(name: string): boolean {
	return /^__(x64|ia32)_(sys|compat_sys)_|^should_fail|^bpf_fentry_test1$/.test(name);
}

/** Kinds of types that the kernel does not trace functions returning. */
const unreturned = new Set<BtfType["kind"]>([
	"struct",
	"union",
	"float",
	"array",
	"fwd",
	"func_proto",
]);

/** Bytes of an argument, -1 for types that none has (__get_type_size). */
function argumentSize(type: BtfType | undefined): number {
	if (type?.kind === "ptr") return 8;
	if (type?.kind === "int" || type?.kind === "enum" || type?.kind === "enum64") return type.size;
	return type?.kind === "struct" ? type.size : -1;
}

type Proto = Extract<BtfType, { kind: "func_proto" }>;

/** The prototype that type `id` is, undefined when it is none. */
export function protoOf(btf: Btf, id: number): Proto | undefined {
	const type = resolveType(btf, id)?.type;
	return type?.kind === "func_proto" ? type : undefined;
}

/** btf_distill_func_proto, and results that a trampoline cannot hold: what is wrong with the function's prototype. */
export function checkProto(env: Env, kernel: Btf, name: string, proto: Proto): number {
	const refuse = (message: string) =>
		env.fail(EINVAL, "attach/target", `The function ${name} ${message}`);
	const { params } = proto;
	if (params.length > MOST_ARGUMENTS) return refuse(`has ${params.length} arguments. Too many.`);
	const result = resolveType(kernel, proto.returns)?.type;
	if (proto.returns !== 0 && result && unreturned.has(result.kind))
		return refuse(`return type ${kindWord(result)} is unsupported.`);
	for (const [i, param] of params.entries()) {
		if (param.type === 0)
			return refuse(
				i === params.length - 1
					? "with variable args is unsupported."
					: "has malformed void argument.",
			);
		const type = resolveType(kernel, param.type)?.type;
		const size = argumentSize(type);
		if (size === 0) return refuse("has malformed void argument.");
		if (size > 0 && size <= LARGEST_ARGUMENT) continue;
		const word = kindWord(type);
		return refuse(`arg${i} type ${word} is unsupported.`);
	}
	if ((sizeOf(kernel, proto.returns) ?? 0) <= 8 || !usesResult.has(env.request.expectedAttachType))
		return 0;
	return env.fail(
		EOPNOTSUPP,
		"attach/target",
		`Attach to function ${name} with a >8 byte return value is not supported for this attach type`,
	);
}

/** The target of a program attached to function `id`. */
export function traceFunction(env: Env, kernel: Btf, id: number): number {
	const type = kernel.types[id];
	const refuse = (message: string) => env.fail(EINVAL, "attach/target", message);
	if (type?.kind !== "func") return refuse(`attach_btf_id ${id} is not a function`);
	const proto = protoOf(kernel, type.type);
	if (!proto) return refuse(`attach_btf_id ${id} is not a function`);
	const { name } = type;
	const error = checkProto(env, kernel, name, proto) || checkPlace(env, id, name);
	if (error < 0) return error;
	const hook = env.request.type === LSM ? lsmHook(name) : undefined;
	const { expectedAttachType } = env.request;
	const target: Target = {
		name,
		params: proto.params,
		returns: proto.returns,
		special: [],
		trusted: hook?.trusted === true,
		hasResult: hook !== undefined || [FEXIT, MODIFY_RETURN].includes(expectedAttachType),
		skipped: 0,
		...(hook && proto.returns !== 0 ? { range: hookRange(hook.range, expectedAttachType) } : {}),
		...(hook && proto.returns === 0 && expectedAttachType === LSM_CGROUP
			? { range: { min: 1, max: 1 } }
			: {}),
	};
	env.target = target;
	return 0;
}

function hookRange(range: { min: number; max: number }, attach: number) {
	return attach === LSM_CGROUP ? { min: 0, max: 1 } : range;
}

/** Whether a program of this kind may be there. */
function checkPlace(env: Env, id: number, name: string): number {
	const refuse = (message: string) => env.fail(EINVAL, "attach/target", message);
	const { type, expectedAttachType } = env.request;
	const hook = lsmHook(name);
	if (env.sleepable) {
		const may = type === LSM ? hook?.sleeps : injectable(name);
		if (!may) return refuse(`${name} is not sleepable`);
	} else if (expectedAttachType === MODIFY_RETURN) {
		if (!testFunctions.has(name) && !injectable(name) && !name.startsWith("security_"))
			return refuse(`${name}() is not modifiable`);
	}
	if (type === LSM) {
		if (!env.gpl) return refuse("LSM programs must have a GPL compatible license");
		if (hook?.disabled) return refuse(`attach_btf_id ${id} points to disabled hook ${name}`);
		if (!hook) return refuse(`attach_btf_id ${id} points to wrong type name ${name}`);
		return 0;
	}
	if (denied.has(name))
		return refuse(`Attaching tracing programs to function '${name}' is rejected.`);
	if (expectedAttachType !== 24 && neverReturns.has(name))
		return refuse(`Attaching fexit/fmod_ret to __noreturn function '${name}' is rejected.`);
	return 0;
}
