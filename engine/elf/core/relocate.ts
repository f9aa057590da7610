// Applies CO-RE relocations to instructions: the value of the target's type goes where the compiler wrote the local one. What
// the target lacks becomes an invalid call, as libbpf makes it, so that only a program that reaches it is rejected.

import type { Outcome } from "../../base/index.ts";
import { type Btf, type BtfType, decodeBtf, type ExtSection } from "../../btf/index.ts";
import {
	BPF_ALU,
	BPF_ALU64,
	BPF_B,
	BPF_CALL,
	BPF_DW,
	BPF_H,
	BPF_JMP,
	BPF_LDX,
	BPF_ST,
	BPF_STX,
	BPF_W,
	BPF_X,
	type Code,
	LD_IMM64,
} from "../../isa/index.ts";
import { readSection } from "../file.ts";
import type { KernelProfile } from "../kernel.ts";
import { candidates, indexNames, matchAccess, type NameIndex } from "./match.ts";
import { type Access, essentialName, localAccess, nameOf, relocationKind } from "./spec.ts";
import { type Value, valueFor } from "./value.ts";

/** The call that libbpf puts in place of an instruction that cannot work ("bad relo"). */
const POISON = 0x0bad2310;

/** A kernel's types, ready for many relocations. */
export interface Target {
	readonly btf: Btf;
	readonly names: NameIndex;
	/** What else is known of this kernel; the simulated one's facts where it says nothing. */
	readonly facts?: Partial<KernelProfile>;
}

/** Makes a kernel's types a relocation target: raw BTF, or an ELF file with a `.BTF` section (vmlinux). `facts`: its configuration
 *  and the like. */
export function targetOf(bytes: Uint8Array, facts?: Partial<KernelProfile>): Outcome<Target> {
	const isElf = bytes[0] === 0x7f && bytes[1] === 0x45;
	const section = isElf ? readSection(bytes, ".BTF") : { value: bytes, diagnostics: [] };
	const read = section.value ? decodeBtf(section.value) : { diagnostics: section.diagnostics };
	if (!("value" in read) || !read.value) return { diagnostics: read.diagnostics };
	const names = indexNames(read.value);
	return { value: { btf: read.value, names, ...(facts ? { facts } : {}) }, diagnostics: [] };
}

/** Id of the type of this kind and name; undefined when the kernel has none. */
export function idOf(
	{ btf, names }: Target,
	name: string,
	kind: BtfType["kind"],
): number | undefined {
	return (names.get(essentialName(name)) ?? []).find((id) => {
		const type = btf.types[id];
		return type?.kind === kind && nameOf(type) === name;
	});
}

export type Relocation = ExtSection["relocations"][number];

/** What one relocation does to an instruction. */
export type Change =
	| { readonly local: Value; readonly target: Value; readonly resize?: number | "poison" }
	| "poison";

/** Works out one relocation; a fault keeps the program from loading. */
export function resolve(
	relocation: Relocation,
	local: Btf,
	target: Target,
): { change: Change } | { fault: string } {
	const { kind, typeId, access: text } = relocation;
	if (kind === relocationKind.TYPE_ID_LOCAL) {
		const same = { value: BigInt(typeId), validate: false };
		return { change: { local: same, target: same } };
	}
	const root = local.types[typeId];
	if (!root || nameOf(root) === "") return { fault: `type ${typeId} has no name` };
	const access = localAccess(local, typeId, kind, text);
	if (typeof access === "string") return { fault: access };
	const before = valueFor(kind, access);
	if (typeof before === "string") return { fault: before };
	const found = candidates(target.btf, target.names, root)
		.map((id) => matchAccess(access, target.btf, id))
		.filter((a): a is Access => a !== undefined);
	const [first] = found;
	if (found.some((a) => a.bitOffset !== first?.bitOffset))
		return { fault: "several types of the kernel match and disagree about the offset" };
	const after = agree(kind, found);
	if (typeof after === "string") return { fault: after };
	if (!after || !before) return { change: "poison" };
	return { change: { local: before, target: after, ...resized(before, after) } };
}

function agree(kind: number, found: readonly Access[]): Value | undefined | string {
	const values = (found.length ? found : [undefined]).map((a) => valueFor(kind, a));
	const fault = values.find((v) => typeof v === "string");
	if (typeof fault === "string") return fault;
	const [first] = values;
	const differs = values.some(
		(v) => typeof v !== "string" && typeof first !== "string" && v?.value !== first?.value,
	);
	return differs ? "several types of the kernel match and disagree" : first;
}

/** A field that grew or shrank may be accessed with its new size when both are pointers or unsigned integers. */
function resized(before: Value, after: Value): { resize?: number | "poison" } {
	if (before.size === undefined || after.size === undefined || before.size === after.size)
		return {};
	const [a, b] = [before.type, after.type];
	const fits =
		(a?.kind === "ptr" && b?.kind === "ptr") ||
		(a?.kind === "int" && b?.kind === "int" && !a.signed && !b.signed);
	return { resize: fits ? after.size : "poison" };
}

/** Changes the instruction at `pc`; a text is the fault. */
export function apply(code: Code, pc: number, change: Change): string | undefined {
	if (change === "poison") return poison(code, pc);
	const opcode = code.opcode[pc] ?? 0;
	const kind = opcode & 7;
	if (kind === BPF_ALU || kind === BPF_ALU64) return immediate(code, pc, change);
	if (kind === BPF_LDX || kind === BPF_ST || kind === BPF_STX) return offset(code, pc, change);
	if (opcode === LD_IMM64) return wideImmediate(code, pc, change);
	return `instruction ${pc} cannot be relocated`;
}

type Applied = Exclude<Change, "poison">;

function mismatch(pc: number, found: bigint, wanted: bigint): string {
	return `instruction ${pc} holds ${found}, the type says ${wanted}`;
}

function immediate(code: Code, pc: number, { local, target }: Applied): string | undefined {
	if ((code.opcode[pc] ?? 0) & BPF_X) return `instruction ${pc} has no immediate`;
	const found = BigInt(code.imm[pc] ?? 0);
	if (target.validate && BigInt.asUintN(32, found) !== BigInt.asUintN(32, local.value))
		return mismatch(pc, found, local.value);
	code.imm[pc] = Number(BigInt.asIntN(32, target.value));
	return undefined;
}

const sizes: Record<number, number> = { 1: BPF_B, 2: BPF_H, 4: BPF_W, 8: BPF_DW };

function offset(code: Code, pc: number, { local, target, resize }: Applied): string | undefined {
	const found = BigInt(code.off[pc] ?? 0);
	if (target.validate && found !== local.value) return mismatch(pc, found, local.value);
	if (target.value > 32767n) return `offset ${target.value} does not fit in an instruction`;
	if (resize === "poison") return poison(code, pc);
	code.off[pc] = Number(target.value);
	if (resize === undefined) return undefined;
	const size = sizes[resize];
	const before = sizes[local.size ?? 0];
	if (before === undefined || ((code.opcode[pc] ?? 0) & BPF_DW) !== before)
		return `instruction ${pc} does not access ${local.size} bytes`;
	if (size === undefined) return `a field of ${resize} bytes cannot be accessed at once`;
	code.opcode[pc] = ((code.opcode[pc] ?? 0) & ~BPF_DW) | size;
	return undefined;
}

function wideImmediate(code: Code, pc: number, { local, target }: Applied): string | undefined {
	if (code.src[pc] !== 0 || code.off[pc] !== 0 || code.opcode[pc + 1] !== 0)
		return `instruction ${pc} is not a plain 64-bit load`;
	const found = (BigInt(code.imm[pc + 1] ?? 0) << 32n) | BigInt((code.imm[pc] ?? 0) >>> 0);
	if (target.validate && BigInt.asUintN(64, found) !== BigInt.asUintN(64, local.value))
		return mismatch(pc, found, local.value);
	code.imm[pc] = Number(BigInt.asIntN(32, target.value));
	code.imm[pc + 1] = Number(BigInt.asIntN(32, target.value >> 32n));
	return undefined;
}

function poison(code: Code, pc: number): undefined {
	const slots = code.opcode[pc] === LD_IMM64 ? 2 : 1;
	for (let at = pc; at < pc + slots; at++) {
		code.opcode[at] = BPF_JMP | BPF_CALL;
		code.dst[at] = 0;
		code.src[at] = 0;
		code.off[at] = 0;
		code.imm[at] = POISON;
	}
	return undefined;
}
