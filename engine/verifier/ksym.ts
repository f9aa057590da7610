// Variables and functions of the kernel that a program names by BTF (check_pseudo_btf_id of the kernel), and the per-CPU
// ones that bpf_per_cpu_ptr takes.

import type { Btf } from "../btf/index.ts";
import { resolveType, sizeOf } from "../btf/index.ts";
import type { Env } from "./env.ts";
import { curReg, EINVAL, ENOENT } from "./env.ts";
import type { CallMeta } from "./meta.ts";
import * as R from "./reg.ts";

/** Whether the kernel keeps variable `id` once for each CPU. */
function isPerCpu(kernel: Btf, id: number): boolean {
	return kernel.types.some(
		(t) => t.kind === "datasec" && t.name === ".data..percpu" && t.vars.some((v) => v.type === id),
	);
}

function isStruct(kind: string | undefined): boolean {
	return kind === "struct" || kind === "union";
}

/** The ld_imm64 at `pc` before anything is walked. */
export function checkKernelSymbol(env: Env, pc: number): number {
	const { kernel } = env;
	if (env.code.imm[pc + 1] !== 0)
		return env.fail(EINVAL, "kernel/symbol", "invalid module BTF object FD specified.");
	if (!kernel) return env.giveUp("kernel variables (ld_imm64 of a BTF id)");
	const id = env.code.imm[pc] as number;
	const type = kernel.types[id >>> 0];
	if (!type)
		return env.fail(ENOENT, "kernel/symbol", `ldimm64 insn specifies invalid btf_id ${id}.`);
	if (type.kind === "func") return 0;
	if (type.kind !== "var")
		return env.fail(
			EINVAL,
			"kernel/symbol",
			`pseudo btf_id ${id} in ldimm64 isn't KIND_VAR or KIND_FUNC`,
		);
	if (!env.dataSymbols)
		return env.fail(
			ENOENT,
			"kernel/symbol",
			`ldimm64 failed to find the address for kernel symbol '${type.name}'.`,
		);
	if (isPerCpu(kernel, id)) return 0;
	const found = resolveType(kernel, type.type);
	if (isStruct(found?.type.kind) || sizeOf(kernel, type.type) !== undefined) return 0;
	const name = found && "name" in found.type ? found.type.name : "";
	return env.fail(
		EINVAL,
		"kernel/symbol",
		`ldimm64 unable to resolve the size of type '${name}': -22`,
	);
}

/** What the register holds behind the ld_imm64 at `pc`. */
export function loadKernelSymbol(env: Env, pc: number, reg: R.Reg): number {
	const { kernel } = env;
	const id = env.code.imm[pc] as number;
	const type = kernel?.types[id];
	R.setKnown(reg, 0, 0);
	if (!kernel || type?.kind !== "var") {
		reg.type = R.PTR_TO_MEM | R.MEM_RDONLY;
		return 0;
	}
	const found = resolveType(kernel, type.type);
	if (isPerCpu(kernel, id)) {
		reg.type = R.PTR_TO_BTF_ID | R.MEM_PERCPU;
		reg.btf = type.type;
	} else if (isStruct(found?.type.kind)) {
		reg.type = R.PTR_TO_BTF_ID;
		reg.btf = type.type;
	} else {
		reg.type = R.PTR_TO_MEM | R.MEM_RDONLY;
		reg.size = sizeOf(kernel, type.type) ?? 0;
	}
	return 0;
}

/** bpf_per_cpu_ptr, bpf_this_cpu_ptr: one CPU's own of what the argument, remembered in `meta`, points to. */
export function perCpuResult(env: Env, meta: CallMeta, flags: number): number {
	const btf = meta.retBtf < 0 ? env.btf : env.kernel;
	const found = btf && resolveType(btf, Math.abs(meta.retBtf));
	const r0 = curReg(env, 0);
	R.setKnown(r0, 0, 0);
	if (!btf || !found) return -EINVAL;
	if (isStruct(found.type.kind)) {
		const own = meta.retRcu ? R.MEM_ALLOC | R.MEM_RCU : flags & ~R.MEM_RDONLY;
		r0.type = R.PTR_TO_BTF_ID | own;
		r0.btf = meta.retBtf;
		return 0;
	}
	r0.type = R.PTR_TO_MEM | flags;
	r0.size = sizeOf(btf, found.id) ?? 0;
	return 0;
}
