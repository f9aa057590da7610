// The oldest Linux release whose features a program needs, feature by feature. Modelled from the tables of helpers, map and program types and
// from when instructions and kinds of type information appeared; no older kernel is asked.

import { attachSince, helperById, kfuncSince, mapType, progType } from "../abi/index.ts";
import { type BtfType, decodeBtf } from "../btf/index.ts";
import { functionEntries, functionGraph, OUTSIDE } from "../cfg/index.ts";
import * as isa from "../isa/index.ts";
import type { LoadRequest, MapSpec } from "../object/index.ts";

/** Something that a program needs of a kernel. */
export interface KernelFeature {
	/** Release that has it first, e.g. `5.3`. */
	readonly since: string;
	readonly what: string;
	/** The first instruction that needs it; absent for what concerns the whole program. */
	readonly pc?: number;
	/** Where that instruction comes from. */
	readonly file?: string;
	readonly line?: number;
	/** libbpf leaves it out where the kernel lacks it, so it asks for no release. */
	readonly optional?: true;
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

/** What `request` needs; `processed` is the number of instructions that verification took, 0 when it is not known. `places`: where each
 *  instruction comes from. */
export function minimumKernel(
	request: LoadRequest,
	processed: number,
	places: readonly ({ readonly file: string; readonly line: number } | undefined)[] = [],
): MinimumKernel {
	const found = new Map<string, KernelFeature>();
	const add = (feature: KernelFeature) => {
		if (feature.since !== FIRST && !found.has(feature.what)) found.set(feature.what, feature);
	};
	const need: Need = (since, what, pc) => {
		const place = pc === undefined ? undefined : places[pc];
		const at = place ? { file: place.file, line: place.line } : {};
		add({ since, what, ...(pc === undefined ? {} : { pc }), ...at });
	};
	wholeProgram(request, processed, need);
	const loop = firstLoop(request.code);
	if (loop !== undefined) need("5.3", "loops", loop);
	for (const map of request.maps) mapNeeds(map, need);
	const { code } = request;
	for (let pc = 0; pc < code.length; pc++) {
		const insn = isa.insnAt(code, pc);
		instructionNeeds(request, insn, pc, need);
		if (insn.opcode === isa.LD_IMM64) pc++;
	}
	if (request.btf) typeNeeds(request.btf, (since, what) => add({ since, what, optional: true }));
	const features = [...found.values()].sort((a, b) => compare(b.since, a.since));
	return { since: features.find((f) => !f.optional)?.since ?? FIRST, features };
}

/** The first instruction from which control goes back in a loop, as kernels before bounded loops refused it; jumps back that close none, as
 *  compilers lay code out, are no loop. */
function firstLoop(code: isa.Code): number | undefined {
	const found: number[] = [];
	for (const entry of functionEntries(code)) {
		const { blocks, place } = functionGraph(code, entry);
		blocks.forEach(({ last, successors }, from) => {
			const back = (to: number) => to !== OUTSIDE && (place[to] ?? 0) <= (place[from] ?? 0);
			if (successors.some(back)) found.push(last);
		});
	}
	return found.sort((a, b) => a - b)[0];
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
	const attach = attachSince(request.expectedAttachType);
	if (attach && request.expectedAttachType !== 0) need(attach.since, `attach type ${attach.name}`);
	const target = request.attachTarget;
	if (target && request.type === TRACING) need("5.5", "tracing of programs");
	if (target?.type === TRACING && request.type === TRACING)
		need("6.8", "tracing of tracing programs");
	if (request.code.length > OLD_LENGTH) need("5.2", `more than ${OLD_LENGTH} instructions`);
	if (processed > OLD_LIMIT) need("5.2", `more than ${OLD_LIMIT} instructions to verify`);
	const flags = request.flags ?? 0;
	if (flags & BPF_F_SLEEPABLE && request.type === KPROBE) need("6.0", "sleepable uprobes");
	else if (flags & BPF_F_SLEEPABLE) need("5.10", "sleepable programs");
	for (const [flag, since, name] of loadFlagsSince) if (flags & flag) need(since, name);
}

const KPROBE = 2;

const loadFlagsSince: readonly (readonly [number, string, string])[] = [
	[1 << 0, "4.12", "load flag BPF_F_STRICT_ALIGNMENT"],
	[1 << 1, "5.0", "load flag BPF_F_ANY_ALIGNMENT"],
	[1 << 2, "5.3", "load flag BPF_F_TEST_RND_HI32"],
	[1 << 3, "5.4", "load flag BPF_F_TEST_STATE_FREQ"],
	[1 << 5, "5.18", "XDP with fragments"],
	[1 << 6, "6.3", "XDP bound to a device"],
	[1 << 7, "6.8", "load flag BPF_F_TEST_REG_INVARIANTS"],
];

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
	[1 << 9, "5.4", "BPF_F_CLONE"],
	[1 << 11, "5.10", "BPF_F_PRESERVE_ELEMS"],
	[1 << 12, "5.10", "BPF_F_INNER_MAP"],
	[1 << 13, "6.4", "BPF_F_LINK"],
	[1 << 14, "6.5", "BPF_F_PATH_FD"],
	[1 << 15, "6.9", "BPF_F_VTYPE_BTF_OBJ_FD"],
	[1 << 16, "6.9", "BPF_F_TOKEN_FD"],
	[1 << 17, "6.9", "BPF_F_SEGV_ON_FAULT"],
	[1 << 18, "6.9", "BPF_F_NO_USER_CONV"],
];

function instructionNeeds(request: LoadRequest, insn: Insn, pc: number, need: Need): void {
	const cls = insn.opcode & 7;
	if (cls === isa.BPF_JMP || cls === isa.BPF_JMP32) jumpNeeds(request, insn, cls, pc, need);
	else if (cls === isa.BPF_ALU || cls === isa.BPF_ALU64) arithmeticNeeds(insn, cls, pc, need);
	else if (insn.opcode === isa.LD_IMM64) constantNeeds(insn, pc, need);
	else memoryNeeds(insn, cls, pc, need);
}

function jumpNeeds(request: LoadRequest, insn: Insn, cls: number, pc: number, need: Need): void {
	const op = insn.opcode & 0xf0;
	const long = cls === isa.BPF_JMP32 && op === isa.BPF_JA;
	if (op === isa.BPF_CALL) callNeeds(request, insn, pc, need);
	if (op === isa.BPF_CALL || op === isa.BPF_EXIT) return;
	if (long) need("6.6", "gotol (32-bit jump offsets)", pc);
	else if (cls === isa.BPF_JMP32) need("5.1", "32-bit comparisons (jmp32)", pc);
	if (op === isa.BPF_JCOND) need("6.9", "may_goto", pc);
	else if (op >= isa.BPF_JLT) need("4.14", "jumps on less than (jlt, jle, jslt, jsle)", pc);
}

function callNeeds(request: LoadRequest, insn: Insn, pc: number, need: Need): void {
	const helper = insn.src === 0 ? helperById(insn.imm) : undefined;
	if (insn.src === isa.BPF_PSEUDO_CALL) need("4.16", "functions of the program", pc);
	else if (insn.src === isa.BPF_PSEUDO_KFUNC_CALL) kernelCallNeeds(request, insn, pc, need);
	else if (helper) need(helper.since, `helper ${helper.name}`, pc);
	const main = request.functions[1]?.insn ?? request.code.length;
	if (helper?.name === "bpf_tail_call" && pc >= main)
		need("5.10", "tail calls in functions of the program", pc);
}

function kernelCallNeeds(request: LoadRequest, insn: Insn, pc: number, need: Need): void {
	need("5.13", "calls of kernel functions", pc);
	const name = request.kfuncs?.find((k) => k.id === insn.imm)?.name;
	const since = name === undefined ? undefined : kfuncSince(name);
	if (since !== undefined) need(since, `kernel function ${name}`, pc);
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

function typeNeeds(bytes: Uint8Array, need: (since: string, what: string) => void): void {
	const btf = decodeBtf(bytes).value;
	if (!btf) return;
	need("4.18", "BTF");
	for (const type of btf.types) {
		const found = kindsSince[type.kind];
		if (found) need(found[0], found[1]);
	}
}
