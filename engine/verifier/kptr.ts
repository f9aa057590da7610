// Pointers that map values and objects keep: loads, stores, and bpf_kptr_xchg (check_map_kptr_access, process_kptr_func,
// map_kptr_match_type of the kernel).

import { sizeOf } from "../btf/index.ts";
import * as isa from "../isa/index.ts";
import type { Env } from "./env.ts";
import { curReg, EACCES, EINVAL } from "./env.ts";
import { fieldsOf, localFields } from "./fields.ts";
import { kernelStruct } from "./kfuncs.ts";
import type { SpecialField } from "./maps.ts";
import type { CallMeta } from "./meta.ts";
import { dropRef } from "./refs.ts";
import * as R from "./reg.ts";
import { checkUnmodified, mapOf } from "./region.ts";
import { isFixed } from "./stack.ts";
import { forEachReg } from "./state.ts";
import { inRcu } from "./trust.ts";
import { holdsStruct } from "./walk.ts";

/** BTF type that a field points to: the kernel's struct of that name, else the program's own, with the sign turned. */
function targetOf(env: Env, field: SpecialField): number {
	const id = field.target ?? 0;
	const type = env.btf?.types[id];
	const name = type && "name" in type ? type.name : "";
	return kernelStruct(env, name) || -id;
}

const UNREFERENCED = "kptr_untrusted";
const PERCPU = "percpu_kptr";

/** The kernel pointer field that an access of `size` bytes at `off` touches, if any. */
export function pointerField(
	env: Env,
	reg: R.Reg,
	off: number,
	size: number,
): SpecialField | undefined {
	return fieldsOf(env, reg).find((field) => {
		if (field.kind !== "kptr" && field.kind !== "uptr") return false;
		const from = R.sminNumber(reg) + off;
		const to = R.umaxNumber(reg) + off + size;
		return from < field.offset + field.size && field.offset < to;
	});
}

/** The value stored by the instruction at `env.pc`, or the register loaded; -1 for neither. */
export function accessPointer(
	env: Env,
	field: SpecialField,
	reg: R.Reg,
	off: number,
	size: number,
	write: boolean,
	value: number,
): number {
	const refuse = (message: string) => env.fail(EACCES, "kptr/access", message);
	const word = field.tag === PERCPU ? PERCPU : field.kind;
	if (!isFixed(reg)) return refuse(`${word} access cannot have variable offset`);
	const at = off + R.constNumber(reg);
	if (at !== field.offset)
		return refuse(`${word} access misaligned expected=${field.offset} off=${at}`);
	if (size !== 8) return refuse(`${word} access size must be BPF_DW`);
	const opcode = env.code.opcode[env.pc] as number;
	if ((opcode & 0xe0) !== isa.BPF_MEM)
		return refuse("kptr in map can only be accessed using BPF_MEM instruction mode");
	if (write && field.kind === "uptr") return refuse("store to uptr disallowed");
	if (write && field.tag !== UNREFERENCED) return refuse("store to referenced kptr disallowed");
	if (!write) {
		if (value >= 0) loadPointer(env, field, curReg(env, value));
		return 0;
	}
	if (value >= 0) {
		if (R.isNull(curReg(env, value))) return 0;
		return matchPointer(env, field, value) < 0 ? -EACCES : 0;
	}
	if (env.code.imm[env.pc] === 0) return 0;
	return refuse(`BPF_ST imm must be 0 when storing to kptr at off=${field.offset}`);
}

/** Objects that the kernel frees only after an RCU grace period. */
const rcuProtected = new Set([
	"prog_test_ref_kfunc",
	"cgroup",
	"bpf_cpumask",
	"task_struct",
	"bpf_crypto_ctx",
]);

const graphNodes = new Set(["bpf_list_node", "bpf_rb_node"]);

function loadPointer(env: Env, field: SpecialField, to: R.Reg): void {
	R.setKnown(to, 0, 0);
	to.id = ++env.idGen;
	if (field.kind === "uptr") {
		to.type = R.PTR_TO_MEM | R.PTR_MAYBE_NULL;
		to.size = (env.btf && sizeOf(env.btf, field.target ?? 0)) ?? 0;
		return;
	}
	to.btf = targetOf(env, field);
	const safe =
		field.tag === PERCPU ||
		(field.tag === "kptr" && (to.btf < 0 || rcuProtected.has(env.btfName(to.btf))));
	let flags = R.PTR_UNTRUSTED;
	if (safe && inRcu(env)) {
		flags = R.MEM_RCU;
		if (field.tag === PERCPU) flags |= R.MEM_PERCPU;
		else if (to.btf < 0) flags |= R.MEM_ALLOC;
		if (to.btf < 0 && localFields(env, -to.btf).some((f) => graphNodes.has(f.kind)))
			flags |= R.NON_OWN_REF;
	}
	to.type = R.PTR_TO_BTF_ID | R.PTR_MAYBE_NULL | flags;
}

/** map_kptr_match_type: whether register `regno` may be kept in the field. */
export function matchPointer(env: Env, field: SpecialField, regno: number): number {
	const reg = curReg(env, regno);
	const need = targetOf(env, field);
	const isBtf = R.baseType(reg.type) === R.PTR_TO_BTF_ID;
	const percpu = field.tag === PERCPU;
	let allowed = R.PTR_MAYBE_NULL;
	if (reg.btf < 0) allowed |= R.MEM_ALLOC | (percpu ? R.MEM_PERCPU : 0);
	else allowed |= R.PTR_TRUSTED | R.MEM_RCU | (field.tag === UNREFERENCED ? R.PTR_UNTRUSTED : 0);
	const fits = isBtf && (reg.type & ~0xff & ~allowed) === 0;
	if (fits) {
		const error = checkUnmodified(env, reg, regno, true);
		if (error < 0) return -EACCES;
		const btf = reg.btf < 0 ? env.btf : env.kernel;
		const sameSide = reg.btf < 0 === need < 0;
		const strict = field.tag !== UNREFERENCED;
		const flex = (reg.type & R.MEM_ALLOC) === 0;
		const say = (message: string) => env.note(`${message}\n`);
		if (reg.off === 0 && reg.btf === need) return 0;
		if (!strict && btf && sameSide) {
			const id = Math.abs(reg.btf);
			if (holdsStruct(btf, id, reg.off, Math.abs(need), strict, flex, say)) return 0;
		}
	}
	const name = env.btfName(need);
	const other = field.tag === UNREFERENCED ? ` or untrusted_ptr_${name}` : "";
	return env.fail(
		EINVAL,
		"kptr/type",
		`invalid kptr access, R${regno} type=${R.typeName(reg.type)}${fits ? env.btfName(reg.btf) : ""} expected=ptr_${name}${other}`,
	);
}

/** process_kptr_func: register `regno` is where bpf_kptr_xchg puts its second argument. */
export function takeDestination(env: Env, meta: CallMeta, regno: number): number {
	const reg = curReg(env, regno);
	const refuse = (message: string, errno = EINVAL) => env.fail(errno, "kptr/argument", message);
	if (reg.type === R.PTR_TO_MAP_VALUE) {
		const map = mapOf(env, reg);
		if (!map.spec.btfValueTypeId)
			return refuse(
				`map '${map.spec.name.slice(0, 15)}' has to have BTF in order to use bpf_kptr_xchg`,
			);
		meta.map = reg.map;
	}
	if (!isFixed(reg))
		return refuse(`R${regno} doesn't have constant offset. kptr has to be at the constant offset`);
	const fields = fieldsOf(env, reg).filter((f) => f.kind === "kptr");
	if (fields.length === 0) return refuse(`R${regno} has no valid kptr`);
	const off = reg.off + R.constNumber(reg);
	const field = fields.find((f) => f.offset === off);
	if (!field) return refuse(`off=${off} doesn't point to kptr`, EACCES);
	if (field.tag === UNREFERENCED) return refuse(`off=${off} kptr isn't referenced kptr`, EACCES);
	meta.kptr = field;
	return 0;
}

/** The reference goes over to the field; per-CPU objects can still be used while RCU protects them. */
export function giveReference(env: Env, id: number): boolean {
	if (!dropRef(env.cur, id)) return false;
	const rcu = inRcu(env);
	forEachReg(env.cur, (reg) => {
		if (reg.refId !== id) return;
		if (rcu && (reg.type & R.MEM_ALLOC) !== 0 && (reg.type & R.MEM_PERCPU) !== 0) {
			reg.refId = 0;
			reg.type = (reg.type & ~R.MEM_ALLOC) | R.MEM_RCU;
		} else R.setUnknown(reg);
	});
	return true;
}

/** What bpf_kptr_xchg returns: the pointer that the field held. */
export function exchanged(env: Env, field: SpecialField): number {
	const r0 = curReg(env, 0);
	R.setKnown(r0, 0, 0);
	r0.btf = targetOf(env, field);
	r0.type = R.PTR_TO_BTF_ID | R.PTR_MAYBE_NULL;
	if (r0.btf < 0) r0.type |= R.MEM_ALLOC | (field.tag === PERCPU ? R.MEM_PERCPU : 0);
	return 0;
}
