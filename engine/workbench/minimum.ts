// The oldest Linux release whose features a program needs, feature by feature. Modelled from the tables of helpers, map and program types and
// from when instructions and kinds of type information appeared; no older kernel is asked.

import { helperById, mapType, progType } from "../abi/index.ts";
import { type BtfType, decodeBtf } from "../btf/index.ts";
import * as isa from "../isa/index.ts";
import type { LoadRequest, MapSpec } from "../object/index.ts";

/** Something that a program needs of a kernel. */
export interface KernelFeature {
	/** Release that has it first, e.g. `5.3`. */
	readonly since: string;
	readonly what: string;
	/** The first instruction that needs it; absent for what concerns the whole program. */
	readonly pc?: number;
}

export interface MinimumKernel {
	readonly since: string;
	/** Newest first; one entry a feature. */
	readonly features: readonly KernelFeature[];
}

const FIRST = "3.18";
const TRACING = 26;
const OLD_LENGTH = 4096;
const OLD_LIMIT = 131_072;
const BPF_F_SLEEPABLE = 1 << 4;
const BPF_F_XDP_HAS_FRAGS = 1 << 5;

/** What `request` needs; `processed` is the number of instructions that verification took, 0 when it is not known. */
export function minimumKernel(request: LoadRequest, processed: number): MinimumKernel {
	const found = new Map<string, KernelFeature>();
	const need = (since: string, what: string, pc?: number) => {
		if (since !== FIRST && !found.has(what))
			found.set(what, { since, what, ...(pc === undefined ? {} : { pc }) });
	};
	wholeProgram(request, processed, need);
	for (const map of request.maps) mapNeeds(map, need);
	const { code } = request;
	for (let pc = 0; pc < code.length; pc++) {
		const insn = isa.insnAt(code, pc);
		instructionNeeds(insn, pc, need);
		if (insn.opcode === isa.LD_IMM64) pc++;
	}
	if (request.btf) typeNeeds(request.btf, need);
	const features = [...found.values()].sort((a, b) => compare(b.since, a.since));
	return { since: features[0]?.since ?? FIRST, features };
}

type Need = (since: string, what: string, pc?: number) => void;
type Insn = ReturnType<typeof isa.insnAt>;

function compare(a: string, b: string): number {
	const [ma = 0, na = 0] = a.split(".").map(Number);
	const [mb = 0, nb = 0] = b.split(".").map(Number);
	return ma - mb || na - nb;
}

function wholeProgram(request: LoadRequest, processed: number, need: Need): void {
	const type = progType(request.type);
	if (type) need(type.since, `program type ${type.name}`);
	const target = request.attachTarget;
	if (target && request.type === TRACING) need("5.5", "tracing of programs");
	if (target?.type === TRACING && request.type === TRACING)
		need("6.8", "tracing of tracing programs");
	if (request.code.length > OLD_LENGTH) need("5.2", `more than ${OLD_LENGTH} instructions`);
	if (processed > OLD_LIMIT) need("5.2", `more than ${OLD_LIMIT} instructions to verify`);
	const flags = request.flags ?? 0;
	if (flags & BPF_F_SLEEPABLE) need("5.10", "sleepable programs");
	if (flags & BPF_F_XDP_HAS_FRAGS) need("5.18", "XDP with fragments");
}

function mapNeeds(map: MapSpec, need: Need): void {
	const type = mapType(map.type);
	if (type) need(type.since, `map type ${type.name}`);
	if (map.frozen) need("5.2", "frozen maps");
	if (map.inner) mapNeeds(map.inner, need);
	for (const [flag, since, name] of mapFlagsSince)
		if (map.flags & flag) need(since, `map flag ${name}`);
}

const mapFlagsSince: readonly (readonly [number, string, string])[] = [
	[1 << 0, "4.6", "BPF_F_NO_PREALLOC"],
	[1 << 1, "4.10", "BPF_F_NO_COMMON_LRU"],
	[1 << 2, "4.14", "BPF_F_NUMA_NODE"],
	[1 << 3, "4.15", "BPF_F_RDONLY"],
	[1 << 4, "4.15", "BPF_F_WRONLY"],
	[1 << 5, "4.17", "BPF_F_STACK_BUILD_ID"],
	[1 << 6, "5.0", "BPF_F_ZERO_SEED"],
	[1 << 7, "5.2", "BPF_F_RDONLY_PROG"],
	[1 << 8, "5.2", "BPF_F_WRONLY_PROG"],
	[1 << 10, "5.5", "BPF_F_MMAPABLE"],
	[1 << 11, "5.8", "BPF_F_PRESERVE_ELEMS"],
	[1 << 12, "5.10", "BPF_F_INNER_MAP"],
];

function instructionNeeds(insn: Insn, pc: number, need: Need): void {
	const cls = insn.opcode & 7;
	if (cls === isa.BPF_JMP || cls === isa.BPF_JMP32) jumpNeeds(insn, cls, pc, need);
	else if (cls === isa.BPF_ALU || cls === isa.BPF_ALU64) arithmeticNeeds(insn, cls, pc, need);
	else if (insn.opcode === isa.LD_IMM64) constantNeeds(insn, pc, need);
	else memoryNeeds(insn, cls, pc, need);
}

function jumpNeeds(insn: Insn, cls: number, pc: number, need: Need): void {
	const op = insn.opcode & 0xf0;
	const long = cls === isa.BPF_JMP32 && op === isa.BPF_JA;
	if (op === isa.BPF_CALL) callNeeds(insn, pc, need);
	if (op === isa.BPF_CALL || op === isa.BPF_EXIT) return;
	if ((long ? insn.imm : insn.off) < 0) need("5.3", "loops", pc);
	if (long) need("6.6", "gotol (32-bit jump offsets)", pc);
	else if (cls === isa.BPF_JMP32) need("5.1", "32-bit comparisons (jmp32)", pc);
	if (op === isa.BPF_JCOND) need("6.9", "may_goto", pc);
	else if (op >= isa.BPF_JLT) need("4.14", "jumps on less than (jlt, jle, jslt, jsle)", pc);
}

function callNeeds(insn: Insn, pc: number, need: Need): void {
	const helper = insn.src === 0 ? helperById(insn.imm) : undefined;
	if (insn.src === isa.BPF_PSEUDO_CALL) need("4.16", "functions of the program", pc);
	else if (insn.src === isa.BPF_PSEUDO_KFUNC_CALL) need("5.13", "calls of kernel functions", pc);
	else if (helper) need(helper.since, `helper ${helper.name}`, pc);
}

function arithmeticNeeds(insn: Insn, cls: number, pc: number, need: Need): void {
	const op = insn.opcode & 0xf0;
	const divides = op === isa.BPF_DIV || op === isa.BPF_MOD;
	if (divides && insn.off === 1) need("6.6", "signed division and modulo", pc);
	if (op === isa.BPF_END && cls === isa.BPF_ALU64) need("6.6", "unconditional byte swap", pc);
	if (op !== isa.BPF_MOV || insn.off === 0) return;
	if (insn.off === 1 && insn.imm !== 0) need("6.9", "address space casts", pc);
	else need("6.6", "sign-extending moves", pc);
}

function constantNeeds(insn: Insn, pc: number, need: Need): void {
	const needs: Readonly<Record<number, readonly [string, string]>> = {
		[isa.BPF_PSEUDO_MAP_VALUE]: ["5.2", "global data"],
		[isa.BPF_PSEUDO_BTF_ID]: ["5.10", "kernel variables"],
		[isa.BPF_PSEUDO_FUNC]: ["5.13", "callbacks"],
		[isa.BPF_PSEUDO_MAP_IDX]: ["5.14", "maps by index"],
		[isa.BPF_PSEUDO_MAP_IDX_VALUE]: ["5.14", "maps by index"],
	};
	const found = needs[insn.src];
	if (found) need(found[0], found[1], pc);
}

function memoryNeeds(insn: Insn, cls: number, pc: number, need: Need): void {
	const mode = insn.opcode & 0xe0;
	if (cls === isa.BPF_LDX && mode === isa.BPF_MEMSX) need("6.6", "sign-extending loads", pc);
	if (cls !== isa.BPF_STX || mode !== isa.BPF_ATOMIC) return;
	if (insn.imm === isa.BPF_LOAD_ACQ || insn.imm === isa.BPF_STORE_REL)
		need("6.15", "load-acquire and store-release", pc);
	else if (insn.imm !== isa.BPF_ADD) need("5.12", "atomic operations beyond plain addition", pc);
}

/** Kinds of BTF that came after the first ones; libbpf takes some of them out for kernels without them. */
const kindsSince: Readonly<Partial<Record<BtfType["kind"], readonly [string, string]>>> = {
	func: ["5.0", "BTF of functions"],
	datasec: ["5.2", "BTF of global data"],
	float: ["5.13", "BTF_KIND_FLOAT"],
	decl_tag: ["5.16", "BTF_KIND_DECL_TAG"],
	type_tag: ["5.17", "BTF_KIND_TYPE_TAG"],
	enum64: ["6.0", "BTF_KIND_ENUM64"],
};

function typeNeeds(bytes: Uint8Array, need: Need): void {
	const btf = decodeBtf(bytes).value;
	if (!btf) return;
	need("4.18", "BTF");
	for (const type of btf.types) {
		const found = kindsSince[type.kind];
		if (found) need(found[0], found[1]);
	}
}
