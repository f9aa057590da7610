// Arguments of helper calls: the kind of register each takes, and the memory it may touch (check_func_arg and what it
// calls in the kernel).

import type { Arg, ArgKind } from "../abi/index.ts";
import { checkOwned, dynptrArgument, dynptrKind } from "./dynptr.ts";
import type { Env } from "./env.ts";
import { curReg, EACCES, EINVAL, frameOfPointer } from "./env.ts";
import { checkBtfType } from "./helperbtf.ts";
import { checkHelperMemory } from "./helpermem.ts";
import { takeDestination } from "./kptr.ts";
import { processSpinLock } from "./lock.ts";
import {
	directByte,
	hasDirectValue,
	isReadOnly,
	MAP_ARRAY,
	MAP_BLOOM_FILTER,
	MAP_PERCPU_ARRAY,
	MAP_SOCKHASH,
	MAP_SOCKMAP,
	type MapFacts,
} from "./maps.ts";
import { mayAccessPacket } from "./memory.ts";
import type { CallMeta } from "./meta.ts";
import { checkPointerOffset } from "./offset.ts";
import { checkSource } from "./operand.ts";
import * as R from "./reg.ts";
import { checkAlignment, checkMapValue, checkUnmodified, mapOf } from "./region.ts";
import type { RawMode, StackTools } from "./stack.ts";
import { isFixed } from "./stack.ts";
import { byteType, isSpilled, STACK_SPILL, STACK_ZERO, slotOf } from "./state.ts";
import { unsignedDecimal } from "./text.ts";
import { mapField } from "./timer.ts";

const MAX_SIZE = 1 << 29;

const memoryTypes = [
	R.PTR_TO_STACK,
	R.PTR_TO_PACKET,
	R.PTR_TO_PACKET_META,
	R.PTR_TO_MAP_KEY,
	R.PTR_TO_MAP_VALUE,
	R.PTR_TO_MEM,
	R.PTR_TO_MEM | R.MEM_RINGBUF,
	R.PTR_TO_BUF,
	R.PTR_TO_BTF_ID | R.PTR_TRUSTED,
];
const scalarTypes = [R.SCALAR_VALUE];
const socketTypes = [R.PTR_TO_SOCK_COMMON, R.PTR_TO_SOCKET, R.PTR_TO_TCP_SOCK, R.PTR_TO_XDP_SOCK];

/** Kinds of register that fit each kind of argument. */
const compatible: Readonly<Partial<Record<ArgKind, readonly number[]>>> = {
	ARG_PTR_TO_MAP_KEY: memoryTypes,
	ARG_PTR_TO_MAP_VALUE: memoryTypes,
	ARG_PTR_TO_MEM: memoryTypes,
	ARG_CONST_SIZE: scalarTypes,
	ARG_CONST_SIZE_OR_ZERO: scalarTypes,
	ARG_CONST_ALLOC_SIZE_OR_ZERO: scalarTypes,
	ARG_CONST_MAP_PTR: [R.CONST_PTR_TO_MAP],
	ARG_PTR_TO_CTX: [R.PTR_TO_CTX],
	ARG_PTR_TO_SOCK_COMMON: socketTypes,
	ARG_PTR_TO_BTF_ID_SOCK_COMMON: [...socketTypes, R.PTR_TO_BTF_ID, R.PTR_TO_BTF_ID | R.PTR_TRUSTED],
	ARG_PTR_TO_SOCKET: [R.PTR_TO_SOCKET],
	ARG_PTR_TO_BTF_ID: [
		R.PTR_TO_BTF_ID,
		R.PTR_TO_BTF_ID | R.PTR_TRUSTED,
		R.PTR_TO_BTF_ID | R.MEM_RCU,
	],
	ARG_PTR_TO_SPIN_LOCK: [R.PTR_TO_MAP_VALUE, R.PTR_TO_BTF_ID | R.MEM_ALLOC],
	ARG_PTR_TO_RINGBUF_MEM: [R.PTR_TO_MEM | R.MEM_RINGBUF],
	ARG_PTR_TO_PERCPU_BTF_ID: [
		R.PTR_TO_BTF_ID | R.MEM_PERCPU,
		R.PTR_TO_BTF_ID | R.MEM_PERCPU | R.MEM_RCU,
		R.PTR_TO_BTF_ID | R.MEM_PERCPU | R.PTR_TRUSTED,
	],
	ARG_PTR_TO_FUNC: [R.PTR_TO_FUNC],
	ARG_PTR_TO_STACK: [R.PTR_TO_STACK],
	ARG_PTR_TO_CONST_STR: [R.PTR_TO_MAP_VALUE],
	ARG_PTR_TO_TIMER: [R.PTR_TO_MAP_VALUE],
	ARG_KPTR_XCHG_DEST: [R.PTR_TO_MAP_VALUE, R.PTR_TO_BTF_ID | R.MEM_ALLOC],
	ARG_PTR_TO_DYNPTR: [R.PTR_TO_STACK, R.CONST_PTR_TO_DYNPTR],
};

/** Argument number `index`, from 0, of the call that `meta` describes. */
export function checkArgument(env: Env, tools: StackTools, meta: CallMeta, index: number): number {
	const declared = meta.proto.args[index];
	if (!declared) return 0;
	const arg = asksBloom(env, meta, declared) ? MAP_VALUE : declared;
	const regno = index + 1;
	const error = checkSource(env, regno);
	if (error < 0) return error;
	if (arg.kind === "ARG_ANYTHING") return 0;
	const reg = curReg(env, regno);
	if (R.isPacketPointer(reg.type) && !(mayAccessPacket(env, false) && meta.proto.pktAccess))
		return env.fail(EACCES, "helper/packet", "helper access to the packet is not allowed");
	const kind = resolveKind(env, meta, arg);
	if (typeof kind === "number") return kind;
	if (!R.isNull(reg) || !arg.orNull) {
		const error = checkType(env, meta, arg, kind, regno) || checkOffset(env, arg, reg, regno);
		if (error < 0) return error;
	}
	const released = checkReference(env, meta, arg, kind, regno);
	return released < 0 ? released : takeArgument(env, tools, meta, arg, kind, regno);
}

const PEEK = 89;
const MAP_VALUE: Arg = { kind: "ARG_PTR_TO_MAP_VALUE" };

/** A bloom filter is asked for the value, which it does not give. */
function asksBloom(env: Env, meta: CallMeta, arg: Arg): boolean {
	return (
		arg.kind === "ARG_PTR_TO_MAP_VALUE" &&
		meta.id === PEEK &&
		env.maps[meta.map]?.type === MAP_BLOOM_FILTER
	);
}

/** resolve_map_arg_type: socket maps hold sockets, so their value argument is one. */
function resolveKind(env: Env, meta: CallMeta, arg: Arg): ArgKind | number {
	if (arg.kind !== "ARG_PTR_TO_MAP_VALUE") return arg.kind;
	const map = env.maps[meta.map];
	if (!map) return env.fail(EACCES, "internal/helper", "invalid map_ptr to access map->type");
	if (map.type !== MAP_SOCKMAP && map.type !== MAP_SOCKHASH) return arg.kind;
	if (!arg.orNull && !arg.uninit) return "ARG_PTR_TO_BTF_ID_SOCK_COMMON";
	return env.fail(EINVAL, "helper/argument-type", "invalid arg_type for sockmap/sockhash");
}

function checkType(env: Env, meta: CallMeta, arg: Arg, kind: ArgKind, regno: number): number {
	const types = compatible[kind];
	const reg = curReg(env, regno);
	if (!types) return env.giveUp(`helper arguments of kind ${kind}`);
	let type = reg.type;
	if (arg.rdonly) type &= ~R.MEM_RDONLY;
	if (arg.orNull) type &= ~R.PTR_MAYBE_NULL;
	if (meta.kptr && (type & R.MEM_ALLOC) !== 0) type &= ~(R.MEM_ALLOC | R.MEM_PERCPU);
	if (kind === "ARG_PTR_TO_MEM") type &= ~R.DYNPTR_TYPE;
	if (!types.includes(type))
		return env.fail(
			EACCES,
			R.mayBeNull(reg.type) ? "helper/maybe-null" : "helper/argument-type",
			`R${regno} type=${R.typeName(reg.type)} expected=${types.map(R.typeName).join(", ")}`,
		);
	if (R.baseType(reg.type) !== R.PTR_TO_BTF_ID) return 0;
	return checkBtfType(env, meta, { ...arg, kind }, regno);
}

/** check_func_arg_reg_off: which pointers may be moved. */
function checkOffset(env: Env, arg: Arg, reg: R.Reg, regno: number): number {
	if (arg.release) {
		if (arg.kind === "ARG_PTR_TO_DYNPTR" && reg.type === R.PTR_TO_STACK) return 0;
		if (reg.off !== 0)
			return env.fail(
				EINVAL,
				"reference/modified",
				`R${regno} must have zero offset when passed to release func or trusted arg to kfunc`,
			);
		return checkUnmodified(env, reg, regno, false);
	}
	return checkPointerOffset(env, reg, regno);
}

function checkReference(env: Env, meta: CallMeta, arg: Arg, kind: ArgKind, regno: number): number {
	const reg = curReg(env, regno);
	if (arg.release) {
		if (kind === "ARG_PTR_TO_DYNPTR") {
			const owned = checkOwned(env, regno);
			if (owned < 0) return owned;
		} else if (reg.refId === 0 && !R.isNull(reg))
			return env.fail(
				EINVAL,
				"reference/not-held",
				`R${regno} must be referenced when passed to release function`,
			);
		meta.releaseReg = regno;
	}
	if (reg.refId !== 0 && kind !== "ARG_KPTR_XCHG_DEST") {
		if (meta.refId !== 0)
			return env.fail(
				EACCES,
				"reference/several",
				`more than one arg with ref_obj_id R${regno} ${reg.refId} ${meta.refId}`,
				"",
			);
		meta.refId = reg.refId;
	}
	return 0;
}

/** What the argument's value says: the map, the memory, the size. */
function takeArgument(
	env: Env,
	tools: StackTools,
	meta: CallMeta,
	arg: Arg,
	kind: ArgKind,
	regno: number,
): number {
	const reg = curReg(env, regno);
	const map = env.maps[meta.map];
	switch (kind) {
		case "ARG_CONST_MAP_PTR":
			return takeMap(env, meta, reg);
		case "ARG_PTR_TO_MAP_KEY":
			if (!map) return env.fail(EACCES, "internal/helper", "invalid map_ptr to access map->key");
			return takeKey(env, tools, meta, map, regno);
		case "ARG_PTR_TO_MAP_VALUE": {
			if (arg.orNull && R.isNull(reg)) return 0;
			meta.rawMode = arg.uninit === true;
			const size = (map as MapFacts).valueSize;
			return checkHelperMemory(env, tools, regno, size, arg.write === true, false, meta);
		}
		case "ARG_PTR_TO_MEM":
			return takeMemory(env, tools, meta, arg, regno);
		case "ARG_CONST_SIZE":
		case "ARG_CONST_SIZE_OR_ZERO":
			return takeSize(env, tools, meta, kind === "ARG_CONST_SIZE_OR_ZERO", regno);
		case "ARG_CONST_ALLOC_SIZE_OR_ZERO": {
			if (!isFixed(reg))
				return env.fail(EACCES, "helper/not-constant", `R${regno} is not a known constant'`);
			meta.memSize = R.constNumber(reg);
			return tools.precision.markReg(regno);
		}
		case "ARG_PTR_TO_FUNC":
			meta.subprog = reg.size;
			return 0;
		case "ARG_PTR_TO_CONST_STR":
			return checkConstString(env, regno);
		case "ARG_PTR_TO_SPIN_LOCK":
			return processSpinLock(env, regno, meta.id);
		case "ARG_PTR_TO_TIMER":
			return mapField(env, meta, regno, "bpf_timer");
		case "ARG_PTR_TO_DYNPTR":
			return dynptrArgument(env, tools, regno, {
				makes: arg.uninit === true,
				keeps: arg.rdonly === true,
				kind: dynptrKind(arg.dynptr),
				cloneRef: 0,
			});
		case "ARG_KPTR_XCHG_DEST":
			return takeDestination(env, meta, regno);
		case "ARG_PTR_TO_PERCPU_BTF_ID":
			meta.retBtf = reg.btf;
			meta.retRcu = (reg.type & R.MEM_RCU) !== 0;
			return 0;
		default:
			return 0;
	}
}

function takeMap(env: Env, meta: CallMeta, reg: R.Reg): number {
	if (meta.map !== 0 && (meta.map !== reg.map || meta.mapUid !== reg.uid))
		return env.fail(
			EINVAL,
			"helper/map-mismatch",
			`timer pointer in R1 map_uid=${meta.mapUid} doesn't match map pointer in R2 map_uid=${reg.uid}`,
		);
	meta.map = reg.map;
	meta.mapUid = reg.uid;
	return 0;
}

function takeKey(
	env: Env,
	tools: StackTools,
	meta: CallMeta,
	map: MapFacts,
	regno: number,
): number {
	const error = checkHelperMemory(env, tools, regno, map.keySize, false, false, undefined);
	if (error < 0 || (map.type !== MAP_ARRAY && map.type !== MAP_PERCPU_ARRAY)) return error;
	const key = constantKey(env, tools, curReg(env, regno), map.keySize);
	if (typeof key === "number" && key < -1) return key;
	meta.constKey = key;
	return 0;
}

/** get_constant_map_key: the key on the stack as a number, -1 when it is not known, less than -1 on errors. */
function constantKey(env: Env, tools: StackTools, reg: R.Reg, size: number): number {
	if (reg.type !== R.PTR_TO_STACK || !isFixed(reg)) return -1;
	const frame = frameOfPointer(env, reg);
	const at = -(reg.off + R.constNumber(reg)) - 1;
	const slot = slotOf(frame, at >> 3);
	const run = (type: number) => {
		let count = 0;
		for (let j = at & 7; j >= 0 && byteType(slot, j) === type; j--) count++;
		return count;
	};
	if (run(STACK_ZERO) >= size) return 0;
	if (!isSpilled(slot) || slot.reg.type !== R.SCALAR_VALUE) return -1;
	if (run(STACK_SPILL) !== size || !isFixed(slot.reg)) return -1;
	const { precision } = tools;
	precision.wanted.setSlot(frame.frameno, at >> 3);
	const error = precision.mark(env.cur, -1);
	if (error < 0) return error;
	const { valueHi, valueLo } = slot.reg;
	return valueHi < 0 ? -1 : R.toUnsigned(valueHi, valueLo);
}

function takeMemory(env: Env, tools: StackTools, meta: CallMeta, arg: Arg, regno: number): number {
	meta.rawMode = arg.uninit === true;
	if (arg.size === undefined) return 0;
	const error = checkHelperMemory(env, tools, regno, arg.size, arg.write === true, false, meta);
	if (error < 0 || !arg.aligned) return error;
	return checkAlignment(env, curReg(env, regno), 0, arg.size, true);
}

/** check_mem_size_reg: the memory is the argument before. */
function takeSize(
	env: Env,
	tools: StackTools,
	meta: CallMeta,
	zeroAllowed: boolean,
	regno: number,
): number {
	const reg = curReg(env, regno);
	meta.maxSizeHi = reg.umaxHi;
	meta.maxSizeLo = reg.umaxLo;
	const write = meta.proto.args[regno - 2]?.write === true;
	return checkMemorySize(env, tools, regno, write, zeroAllowed, isFixed(reg) ? meta : undefined);
}

/** The memory of argument `regno` less one, of as many bytes as register `regno` says. */
export function checkMemorySize(
	env: Env,
	tools: StackTools,
	regno: number,
	write: boolean,
	zeroAllowed: boolean,
	raw: RawMode | undefined,
): number {
	const reg = curReg(env, regno);
	if (reg.sminHi < 0)
		return env.fail(
			EACCES,
			"helper/negative-size",
			`R${regno} min value is negative, either use unsigned or 'var &= const'`,
		);
	if ((reg.uminHi | reg.uminLo) === 0 && !zeroAllowed)
		return env.fail(
			EACCES,
			"memory/zero-size",
			`R${regno} invalid zero-sized read: u64=[0,${unsignedDecimal(reg.umaxHi, reg.umaxLo)}]`,
		);
	const max = R.umaxNumber(reg);
	if (max >= MAX_SIZE)
		return env.fail(
			EACCES,
			"helper/unbounded-size",
			`R${regno} unbounded memory access, use 'var &= const' or 'if (var < const)'`,
		);
	const error = checkHelperMemory(env, tools, regno - 1, max, write, zeroAllowed, raw);
	return error < 0 ? error : tools.precision.markReg(regno);
}

/** check_reg_const_str: a string in a map that nobody can change. */
export function checkConstString(env: Env, regno: number): number {
	const reg = curReg(env, regno);
	const map = mapOf(env, reg);
	const refuse = (message: string) => env.fail(EACCES, "helper/constant-string", message);
	if (!isReadOnly(map)) return refuse(`R${regno} does not point to a readonly map'`);
	if (!isFixed(reg)) return refuse(`R${regno} is not a constant address'`);
	if (!hasDirectValue(map)) return refuse("no direct value access support for this map type");
	const error = checkMapValue(env, regno, reg.off, map.valueSize - reg.off, false, true);
	if (error < 0) return error;
	for (let at = reg.off + R.constNumber(reg); at < map.valueSize; at++)
		if (directByte(map, at) === 0) return 0;
	return env.fail(EINVAL, "helper/constant-string", "string is not zero-terminated");
}
