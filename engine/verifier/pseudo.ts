// Map references of ld_imm64 and the first look at every opcode (resolve_pseudo_ldimm64 of the kernel).

import * as isa from "../isa/index.ts";
import type { Env } from "./env.ts";
import { EBUSY, EINVAL, ENOTSUPP, EPROTO, ERANGE, MAX_VAR_OFF } from "./env.ts";
import { checkKernelSymbol } from "./ksym.ts";
import * as M from "./maps.ts";

const E2BIG = 7;
const EBADF = 9;
const PAGE = 4096;
/** MAX_USED_MAPS. */
const MOST_MAPS = 64;
const tracing = new Set([2, 5, 7, 17, 24]);
const SOCKET_FILTER = 1;

// Calls through a register are in the instruction set, but not in the kernel's.
const opcodes: ReadonlySet<number> = new Set(
	isa.INSTRUCTIONS.filter((row) => row.shape !== "call-reg").map((row) => row.opcode),
);

const sleepableMaps = new Set([
	M.MAP_HASH,
	M.MAP_LRU_HASH,
	M.MAP_ARRAY,
	M.MAP_PERCPU_HASH,
	M.MAP_PERCPU_ARRAY,
	M.MAP_LRU_PERCPU_HASH,
	M.MAP_ARRAY_OF_MAPS,
	M.MAP_HASH_OF_MAPS,
	M.MAP_RINGBUF,
	M.MAP_USER_RINGBUF,
	M.MAP_INODE_STORAGE,
	M.MAP_SK_STORAGE,
	M.MAP_TASK_STORAGE,
	M.MAP_CGRP_STORAGE,
	M.MAP_QUEUE,
	M.MAP_STACK,
	M.MAP_ARENA,
]);

/** check_map_prog_compatibility. */
function checkMapProgram(env: Env, map: M.MapFacts): number {
	const refuse = (message: string) => env.fail(EINVAL, "map/program-type", message);
	const traced = tracing.has(env.request.type);
	if (M.hasField(map, "bpf_list_head", "bpf_rb_root") && traced)
		return refuse("tracing progs cannot use bpf_{list_head,rb_root} yet");
	if (M.hasField(map, "bpf_spin_lock", "bpf_res_spin_lock")) {
		if (env.request.type === SOCKET_FILTER)
			return refuse("socket filter progs cannot use bpf_spin_lock yet");
		if (traced) return refuse("tracing progs cannot use bpf_spin_lock yet");
	}
	for (const kind of ["bpf_timer", "bpf_wq"])
		if (traced && M.hasField(map, kind)) return refuse(`tracing progs cannot use ${kind} yet`);
	if (map.type === M.MAP_STRUCT_OPS) return refuse("bpf_struct_ops map cannot be used in prog");
	if (env.sleepable && !sleepableMaps.has(map.type))
		return refuse("Sleepable programs can only use array, hash, ringbuf and local storage maps");
	return 0;
}

/** Finds the maps that instructions mean; checks fields that must be zero and opcodes that must exist. */
export function resolveMaps(env: Env): number {
	const { code } = env;
	const used = new Set<number>();
	for (let pc = 0; pc < code.length; pc++) {
		const opcode = code.opcode[pc] as number;
		const mode = opcode & 0xe0;
		if (
			(opcode & 7) === isa.BPF_LDX &&
			((mode !== isa.BPF_MEM && mode !== isa.BPF_MEMSX) || code.imm[pc] !== 0)
		)
			return env.fail(EINVAL, "insn/reserved-fields", "BPF_LDX uses reserved fields");
		if (opcode === isa.LD_IMM64) {
			const error = resolve(env, pc, used);
			if (error < 0) return error;
			pc++;
		} else if (!opcodes.has(opcode)) {
			const hex = opcode.toString(16).padStart(2, "0");
			return env.fail(EINVAL, "insn/unknown", `unknown opcode ${hex}`);
		}
	}
	return 0;
}

/** A program has one arena at the most, and that has its address. */
function checkArena(env: Env, map: M.MapFacts, number: number): number {
	if (map.type !== M.MAP_ARENA) return 0;
	if (env.arena !== 0 && env.arena !== number)
		return env.fail(EBUSY, "arena/several", "Only one arena per program");
	env.arena = number;
	if (map.spec.extra || map.spec.mapped) return 0;
	return env.fail(
		EINVAL,
		"arena/address",
		"arena's user address must be set via map_extra or mmap()",
	);
}

function resolve(env: Env, pc: number, used: Set<number>): number {
	const { code } = env;
	const next = pc + 1;
	if (
		next >= code.length ||
		code.opcode[next] !== 0 ||
		code.dst[next] !== 0 ||
		code.src[next] !== 0 ||
		code.off[next] !== 0
	)
		return env.fail(EINVAL, "insn/ld-imm64", "invalid bpf_ld_imm64 insn");
	const src = code.src[pc] as number;
	const value = src === isa.BPF_PSEUDO_MAP_VALUE || src === isa.BPF_PSEUDO_MAP_IDX_VALUE;
	const pointer = src === isa.BPF_PSEUDO_MAP_FD || src === isa.BPF_PSEUDO_MAP_IDX;
	if (src === 0 || src === isa.BPF_PSEUDO_FUNC) return 0;
	if (src === isa.BPF_PSEUDO_BTF_ID) return checkKernelSymbol(env, pc);
	if (!value && !(pointer && code.imm[next] === 0))
		return env.fail(EINVAL, "insn/ld-imm64", "unrecognized bpf_ld_imm64 insn");
	const index = code.imm[pc] as number;
	const map = index < env.request.maps.length ? env.maps[index + 1] : undefined;
	if (!map) {
		if (src === isa.BPF_PSEUDO_MAP_IDX || src === isa.BPF_PSEUDO_MAP_IDX_VALUE)
			return env.fail(EPROTO, "map/no-map", "fd_idx without fd_array is invalid");
		// A file descriptor n is kept as -2 - n; the first three are open, but of no map.
		const fd = index < -1 ? -2 - index : -1;
		const errno = fd >= 0 && fd <= 2 ? EINVAL : EBADF;
		return env.fail(errno, "map/no-map", `fd ${fd} is not pointing to valid bpf_map`);
	}
	if (!used.has(index)) {
		if (used.size >= MOST_MAPS)
			return env.fail(
				E2BIG,
				"map/too-many",
				`The total number of maps per program has reached the limit of ${MOST_MAPS}`,
			);
		used.add(index);
		const error = checkMapProgram(env, map);
		if (error < 0) return error;
	}
	env.facts.map[pc] = index + 1;
	const arena = checkArena(env, map, index + 1);
	if (arena < 0) return arena;
	return value ? directValue(env, pc, map) : 0;
}

/** The address of a byte of the map's first value. */
function directValue(env: Env, pc: number, map: M.MapFacts): number {
	if (!M.hasDirectValue(map))
		return env.fail(
			EINVAL,
			"map/no-direct-value",
			"no direct value access support for this map type",
		);
	const off = (env.code.imm[pc + 1] as number) >>> 0;
	if (off >= MAX_VAR_OFF)
		return env.fail(
			EINVAL,
			"map/invalid-value-access",
			`direct value offset of ${off} is not allowed`,
		);
	const wrong = directOffsetError(map, off);
	if (wrong !== 0)
		return env.fail(
			wrong,
			"map/invalid-value-access",
			`invalid access to map value pointer, value_size=${map.valueSize} off=${off}`,
		);
	env.facts.mapOff[pc] = off;
	return 0;
}

/** An arena has its whole range of pages, an array its only value. */
function directOffsetError(map: M.MapFacts, off: number): number {
	const { maxEntries } = map.spec;
	if (map.type === M.MAP_ARENA) return off > maxEntries * PAGE ? ERANGE : 0;
	if (maxEntries !== 1) return ENOTSUPP;
	return off >= map.valueSize ? EINVAL : 0;
}
