// Arguments of global functions, as BTF types them (btf_prepare_func_args, btf_check_func_arg_match of the kernel).

import type { BtfType } from "../btf/index.ts";
import { resolveType } from "../btf/index.ts";
import type { Env, Subprog } from "./env.ts";
import { curReg, EINVAL } from "./env.ts";
import { PTR_TO_CTX, SCALAR_VALUE } from "./reg.ts";
import { checkUnmodified } from "./region.ts";

/** What one argument of a global function is. */
export type ArgKind = "scalar" | "context" | "unknown";

/** The arguments of `subprog`; undefined when its BTF does not tell. */
export function globalArguments(env: Env, subprog: Subprog): readonly ArgKind[] | undefined {
	const func = env.btf?.types[subprog.typeId];
	if (func?.kind !== "func") return undefined;
	const proto = env.btf?.types[func.type];
	if (proto?.kind !== "func_proto") return undefined;
	return proto.params.map((param) => argKind(env, param.type));
}

function argKind(env: Env, type: number): ArgKind {
	const btf = env.btf;
	if (!btf) return "unknown";
	const resolved = resolveType(btf, type)?.type;
	if (!resolved) return "unknown";
	if (resolved.kind === "int" || resolved.kind === "enum" || resolved.kind === "enum64")
		return "scalar";
	if (resolved.kind !== "ptr") return "unknown";
	return isContextType(resolveType(btf, resolved.type)?.type) ? "context" : "unknown";
}

const contextStructs = new Set([
	"__sk_buff",
	"xdp_md",
	"bpf_sock",
	"bpf_sock_addr",
	"bpf_sock_ops",
	"sk_msg_md",
	"bpf_flow_keys",
	"bpf_perf_event_data",
	"bpf_raw_tracepoint_args",
	"bpf_cgroup_dev_ctx",
	"bpf_sysctl",
	"bpf_sockopt",
	"sk_reuseport_md",
	"bpf_sk_lookup",
	"bpf_nf_ctx",
	"bpf_user_pt_regs_t",
]);

function isContextType(type: BtfType | undefined): boolean {
	return type?.kind === "struct" && contextStructs.has(type.name);
}

/** Whether the caller's registers fit the arguments of the global function. */
export function checkArguments(env: Env, subprog: Subprog): number {
	const kinds = globalArguments(env, subprog);
	if (!kinds) return -EINVAL;
	for (const [i, kind] of kinds.entries()) {
		const reg = curReg(env, i + 1);
		if (kind === "scalar") {
			if (reg.type !== SCALAR_VALUE)
				return env.fail(EINVAL, "call/argument", `R${i + 1} is not a scalar`);
		} else if (kind === "context") {
			const error = checkUnmodified(env, reg, i + 1, false);
			if (error < 0) return error;
			if (reg.type !== PTR_TO_CTX)
				return env.fail(EINVAL, "call/argument", `arg#${i} expects pointer to ctx`);
		} else return env.giveUp("arguments of global functions other than scalars and the context");
	}
	return 0;
}
