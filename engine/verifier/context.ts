// Which pointers a function may declare for the context of a type of program (btf_is_prog_ctx_type,
// btf_validate_prog_ctx_type of the kernel).

import { progType } from "../abi/index.ts";
import type { Btf, BtfType } from "../btf/index.ts";
import { resolveType } from "../btf/index.ts";
import type { LoadRequest } from "../object/index.ts";
import type { Env } from "./env.ts";
import { kernelStruct } from "./kfuncs.ts";

const REGISTERS = "bpf_user_pt_regs_t";

/** Names of the context's type: its own first, then what it is a typedef of. Types without a struct have none. */
function namesOf(type: number): readonly string[] {
	switch (progType(type)?.name) {
		case "kprobe":
			return [REGISTERS, "pt_regs"];
		case "tracepoint":
		case "lirc_mode2":
		case "tracing":
		case "struct_ops":
		case "ext":
		case "lsm":
		case "syscall":
			return [];
		default: {
			const name = progType(type)?.context.struct;
			return name === undefined ? [] : [name];
		}
	}
}

const kernelNames: Readonly<Partial<Record<string, string>>> = {
	__sk_buff: "sk_buff",
	xdp_md: "xdp_buff",
};

/** Whether modifiers, but no typedef, lead to the typedef of the registers. */
function isRegisters(btf: Btf, id: number): boolean {
	let type = btf.types[id];
	while (
		type &&
		["const", "volatile", "restrict", "type_tag"].includes(type.kind) &&
		"type" in type
	)
		type = btf.types[type.type as number];
	return type?.kind === "typedef" && type.name === REGISTERS;
}

/** Whether a pointer to type `id` is the context of a program of `type`, tagged or not. */
export function isContext(type: number, btf: Btf, id: number): boolean {
	if (progType(type)?.name === "kprobe" && isRegisters(btf, id)) return true;
	const target = resolveType(btf, id)?.type;
	if (target?.kind !== "struct" && target?.kind !== "union") return false;
	const names = namesOf(type);
	return (
		names.includes(target.name) || (names[0] !== undefined && kernelNames[names[0]] === target.name)
	);
}

function isWord(target: BtfType): boolean {
	return target.kind === "int" && target.size === 8;
}

const [RAW_TP, FENTRY, FEXIT, MODIFY_RETURN, ITER] = [23, 24, 25, 26, 28];

function isTracing(attach: number, target: BtfType): boolean {
	const name = target.kind === "struct" ? target.name : "";
	if (attach === RAW_TP) return isWord(target) || name === "bpf_raw_tracepoint_args";
	if (attach === ITER) return name.startsWith("bpf_iter__");
	return [FENTRY, FEXIT, MODIFY_RETURN].includes(attach) && isWord(target);
}

/** Whether the type of program takes this for its context under the tag, besides its struct. */
function isSpecial(request: LoadRequest, target: BtfType): boolean {
	switch (progType(request.type)?.name) {
		case "kprobe":
		case "perf_event":
			return target.kind === "struct" && target.name === "pt_regs";
		case "raw_tracepoint":
		case "raw_tracepoint_writable":
		case "lsm":
		case "struct_ops":
			return isWord(target);
		case "tracing":
			return isTracing(request.expectedAttachType, target);
		case "tracepoint":
		case "syscall":
		case "ext":
			return true;
		default:
			return false;
	}
}

/** What is wrong with an argument tagged as the context that points to type `id`; undefined when it fits. */
export function checkTagged(request: LoadRequest, btf: Btf, id: number): string | undefined {
	const type = progType(request.type)?.name;
	if (type === "kprobe" || type === "perf_event") if (isRegisters(btf, id)) return undefined;
	const target = resolveType(btf, id)?.type;
	if (!target) return undefined;
	if (!("name" in target) || target.name === "") return "type doesn't have a name";
	if (isSpecial(request, target)) return undefined;
	const names = namesOf(request.type);
	const name = names[names.length - 1];
	if (name === undefined) return "should be void pointer";
	return target.kind === "struct" && target.name === name
		? undefined
		: `should be \`struct ${name} *\``;
}

/** Id of what the kernel has for the context of a program of `type` (find_kern_ctx_type_id), 0 when its BTF does not say. The kernel
 *  pairs each type with it in a struct made for that. */
export function kernelContext(env: Env, type: number): number {
	const pairs = env.kernel?.types[kernelStruct(env, "bpf_ctx_convert")];
	const name = `BPF_PROG_TYPE_${progType(type)?.name.toUpperCase()}_kern`;
	const member = pairs?.kind === "struct" ? pairs.members.find((m) => m.name === name) : undefined;
	return member?.type ?? 0;
}
