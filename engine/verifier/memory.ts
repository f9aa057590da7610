// Loads and stores, by what the address register points to (check_mem_access of the kernel).

import type { ContextKind } from "../abi/index.ts";
import { contextAccess } from "../abi/index.ts";
import { loadArgument } from "./attach.ts";
import { coerceToSize, coerceToSizeSx } from "./bounds.ts";
import { checkBtfAccess, tagFlags } from "./btfptr.ts";
import type { Env } from "./env.ts";
import { curReg, EACCES, frameOfPointer } from "./env.ts";
import { kernelStruct } from "./kfuncs.ts";
import { accessPointer, pointerField } from "./kptr.ts";
import { directByte, hasDirectValue, isReadOnly } from "./maps.ts";
import {
	baseType,
	CONST_PTR_TO_MAP,
	constNumber,
	isSocketPointer,
	MEM_RDONLY,
	mayBeNull,
	PTR_MAYBE_NULL,
	PTR_TO_ARENA,
	PTR_TO_BTF_ID,
	PTR_TO_BUF,
	PTR_TO_CTX,
	PTR_TO_FLOW_KEYS,
	PTR_TO_MAP_KEY,
	PTR_TO_MAP_VALUE,
	PTR_TO_MEM,
	PTR_TO_PACKET,
	PTR_TO_PACKET_END,
	PTR_TO_PACKET_META,
	PTR_TO_SOCK_COMMON,
	PTR_TO_SOCKET,
	PTR_TO_STACK,
	PTR_TO_TP_BUFFER,
	PTR_TRUSTED,
	PTR_UNTRUSTED,
	type Reg,
	SCALAR_VALUE,
	setKnown,
	setUnknown,
	typeName,
} from "./reg.ts";
import {
	checkAlignment,
	checkBuffer,
	checkMapDirection,
	checkMapValue,
	checkPacket,
	checkRegion,
	checkUnmodified,
	mapOf,
} from "./region.ts";
import { sockAccess } from "./sock.ts";
import type { StackTools } from "./stack.ts";
import {
	checkStackBounds,
	isFixed,
	readFixed,
	readVariable,
	writeFixed,
	writeVariable,
} from "./stack.ts";
import { varOffText } from "./text.ts";
import { accessStruct } from "./walk.ts";

/** One access: `value` is the register stored or loaded into, -1 for none. */
export interface Access {
	readonly regno: number;
	readonly off: number;
	readonly size: number;
	readonly write: boolean;
	readonly value: number;
	/** Alignment is checked whatever the program asked for. */
	readonly strict: boolean;
	readonly signed: boolean;
}

const FLOW_KEYS_SIZE = 56;

/** Program types that may read the packet directly, and of these the ones that may write it. */
const packetReaders = new Set([3, 4, 6, 8, 10, 11, 12, 14, 16, 19, 21, 22, 25]);
const packetWriters = new Set([3, 4, 6, 12, 14, 16, 25]);

/** may_access_direct_pkt_data without a helper's say. */
export function mayAccessPacket(env: Env, write: boolean): boolean {
	return (write ? packetWriters : packetReaders).has(env.request.type);
}

/** Checks one access and gives the loaded register what is known of it. */
export function checkAccess(env: Env, tools: StackTools, access: Access): number {
	const reg = curReg(env, access.regno);
	const error = checkAlignment(env, reg, access.off, access.size, access.strict);
	if (error < 0) return error;
	const result = dispatch(env, tools, access, reg);
	if (result < 0) return result;
	const { value, size, write } = access;
	if (!write && value >= 0 && size < 8) {
		const to = curReg(env, value);
		if (to.type === SCALAR_VALUE)
			if (access.signed) coerceToSizeSx(to, size);
			else coerceToSize(to, size);
	}
	return result;
}

function loadUnknown(env: Env, access: Access): void {
	if (!access.write && access.value >= 0) setUnknown(curReg(env, access.value));
}

function dispatch(env: Env, tools: StackTools, access: Access, reg: Reg): number {
	const off = access.off + reg.off;
	switch (reg.type) {
		case PTR_TO_STACK:
			return accessStack(env, tools, access, reg, off);
		case PTR_TO_CTX:
			return accessContext(env, access, reg, off);
		case PTR_TO_PACKET:
		case PTR_TO_PACKET_META: {
			if (access.write && !mayAccessPacket(env, true))
				return env.fail(EACCES, "packet/read-only", "cannot write into packet");
			const error = checkPacket(env, access.regno, off, access.size, false);
			if (error === 0) loadUnknown(env, access);
			return error;
		}
		case PTR_TO_MAP_VALUE:
			return accessMapValue(env, access, reg, off);
		case PTR_TO_MAP_KEY: {
			if (access.write)
				return env.fail(
					EACCES,
					"map/write-key",
					`write to change key R${access.regno} not allowed`,
				);
			const size = mapOf(env, reg).keySize;
			const error = checkRegion(env, access.regno, off, access.size, size, false);
			if (error === 0) loadUnknown(env, access);
			return error;
		}
		default:
			return accessOther(env, access, reg, off);
	}
}

function accessOther(env: Env, access: Access, reg: Reg, off: number): number {
	const base = baseType(reg.type);
	const { regno, size, write } = access;
	let error: number;
	if (base === PTR_TO_MEM && !mayBeNull(reg.type)) {
		if (write && reg.type & MEM_RDONLY) return readOnly(env, regno, reg);
		// Untrusted memory is read with a fault handler, so that its bounds do not matter.
		const probed = reg.type & MEM_RDONLY && reg.type & PTR_UNTRUSTED;
		error = probed ? 0 : checkRegion(env, regno, off, size, reg.size, false);
	} else if (isSocketPointer(reg.type)) {
		if (write) return readOnly(env, regno, reg);
		error = sockAccess(env, regno, reg, off, size);
	} else if (reg.type === PTR_TO_FLOW_KEYS) {
		error =
			off < 0 || off + size > FLOW_KEYS_SIZE
				? env.fail(
						EACCES,
						"memory/flow-keys",
						`invalid access to flow keys off=${off} size=${size}`,
					)
				: 0;
	} else if (reg.type === PTR_TO_TP_BUFFER) {
		error = checkBuffer(env, regno, off, size, "tracepoint");
	} else if (base === PTR_TO_BUF && !mayBeNull(reg.type)) {
		if (write && reg.type & MEM_RDONLY) return readOnly(env, regno, reg);
		error = checkBuffer(env, regno, off, size);
	} else if (base === PTR_TO_BTF_ID && !mayBeNull(reg.type)) {
		return checkBtfAccess(env, regno, off, size, write, access.value);
	} else if (reg.type === CONST_PTR_TO_MAP) {
		return accessMapPointer(env, access, reg, off);
	} else if (reg.type === PTR_TO_ARENA) {
		// Whatever lies there, the kernel catches the fault.
		error = 0;
	} else
		return env.fail(
			EACCES,
			mayBeNull(reg.type) ? "pointer/maybe-null" : "memory/not-a-pointer",
			`R${regno} invalid mem access '${typeName(reg.type)}'`,
		);
	if (error === 0) loadUnknown(env, access);
	return error;
}

function readOnly(env: Env, regno: number, reg: Reg): number {
	return env.fail(EACCES, "memory/read-only", `R${regno} cannot write into ${typeName(reg.type)}`);
}

function accessStack(env: Env, tools: StackTools, access: Access, reg: Reg, off: number): number {
	const { regno, size, write, value } = access;
	const error = checkStackBounds(env, regno, off, size, write);
	if (error < 0) return error;
	const frame = frameOfPointer(env, reg);
	if (isFixed(reg)) {
		const at = off + constNumber(reg);
		return write
			? writeFixed(env, tools, frame, at, size, value, env.pc)
			: readFixed(env, tools, frame, at, size, value);
	}
	if (write) return writeVariable(env, tools, frame, reg, off, size, value, env.pc);
	if (value < 0)
		return env.fail(
			EACCES,
			"stack/variable-offset",
			`variable offset stack pointer cannot be passed into helper function; var_off=${varOffText(reg)} off=${off} size=${size}`,
		);
	return readVariable(env, tools, regno, off, size, value);
}

const contextTypes: Readonly<Record<ContextKind, number>> = {
	SCALAR_VALUE,
	PTR_TO_PACKET,
	PTR_TO_PACKET_META,
	PTR_TO_PACKET_END,
	PTR_TO_SOCKET,
	PTR_TO_SOCKET_OR_NULL: PTR_TO_SOCKET | PTR_MAYBE_NULL,
	PTR_TO_SOCK_COMMON,
	PTR_TO_SOCK_COMMON_OR_NULL: PTR_TO_SOCK_COMMON | PTR_MAYBE_NULL,
	PTR_TO_FLOW_KEYS,
	PTR_TO_TP_BUFFER,
	PTR_TO_BTF_ID: PTR_TO_BTF_ID | PTR_TRUSTED,
};

function accessContext(env: Env, access: Access, reg: Reg, off: number): number {
	const { regno, size, write, value, signed } = access;
	const error = checkUnmodified(env, reg, regno, false);
	if (error < 0) return error;
	const { type, expectedAttachType } = env.request;
	const answer = contextAccess(type, expectedAttachType, off, size, write, signed);
	if (!answer.ok) {
		if (answer.byBtf)
			return loadArgument(env, off, size, write, value, curReg(env, Math.max(value, 0)));
		const error = env.fail(
			EACCES,
			"context/invalid-access",
			`invalid bpf_context access off=${off} size=${size}`,
		);
		env.log?.line(env.pc, "; ");
		return error;
	}
	env.maxCtxOffset = Math.max(env.maxCtxOffset, off + size);
	if (write || value < 0) return 0;
	const to = curReg(env, value);
	const kind = contextTypes[answer.kind];
	if (kind === SCALAR_VALUE) {
		setUnknown(to);
		return 0;
	}
	setKnown(to, 0, 0);
	if (baseType(kind) === PTR_TO_BTF_ID) {
		if (!env.kernel) return env.giveUp("BTF pointers in the context without a kernel's BTF");
		to.btf = kernelStruct(env, answer.field.btf ?? "");
	}
	if (mayBeNull(kind)) to.id = ++env.idGen;
	to.type = kind;
	return 0;
}

function accessMapValue(env: Env, access: Access, reg: Reg, off: number): number {
	const { regno, size, write, value } = access;
	const error =
		checkMapDirection(env, regno, off, size, write) ||
		checkMapValue(env, regno, off, size, false, false);
	if (error < 0) return error;
	const field = pointerField(env, reg, off, size);
	if (field) return accessPointer(env, field, reg, off, size, write, value);
	if (write || value < 0) return 0;
	const map = mapOf(env, reg);
	const to = curReg(env, value);
	if (!isFixed(reg) || !isReadOnly(map) || !hasDirectValue(map)) {
		setUnknown(to);
		return 0;
	}
	const at = off + constNumber(reg);
	let lo = 0;
	let hi = 0;
	for (let i = 0; i < size; i++) {
		const byte = directByte(map, at + i);
		if (i < 4) lo |= byte << (8 * i);
		else hi |= byte << (8 * (i - 4));
	}
	if (access.signed) {
		const shift = 32 - 8 * size;
		lo = (lo << shift) >> shift;
		hi = lo >> 31;
	}
	to.type = SCALAR_VALUE;
	setKnown(to, hi, lo);
	return 0;
}

/** Kernel structs of maps, by type of map. */
const mapStructs: Readonly<Record<string, readonly number[]>> = {
	bpf_htab: [1, 5, 9, 10, 13],
	bpf_array: [2, 3, 4, 6, 8, 12],
	bpf_stack_map: [7],
	lpm_trie: [11],
	bpf_dtab: [14, 25],
	bpf_stab: [15],
	bpf_cpu_map: [16],
	xsk_map: [17],
	bpf_shtab: [18],
	bpf_cgroup_storage_map: [19, 21],
	reuseport_array: [20],
	bpf_queue_stack: [22, 23],
	bpf_local_storage_map: [24, 28, 29, 32],
	bpf_struct_ops_map: [26],
	bpf_ringbuf_map: [27, 31],
	bpf_bloom_filter: [30],
	bpf_arena: [33],
};

/** check_ptr_to_map_access: the kernel's own struct of the map. */
function accessMapPointer(env: Env, access: Access, reg: Reg, off: number): number {
	const { regno, size, write, value } = access;
	const type = mapOf(env, reg).type;
	const name = Object.keys(mapStructs).find((key) => mapStructs[key]?.includes(type)) ?? "";
	const refuse = (message: string, errno = EACCES) =>
		env.fail(errno, "map/pointer-access", message);
	if (off < 0) return refuse(`R${regno} is ${name} invalid negative access: off=${off}`);
	if (write) return refuse(`only read from ${name} is supported`);
	const { kernel } = env;
	const id = kernelStruct(env, name);
	if (!kernel || id === 0) return env.giveUp("access to struct bpf_map without a kernel's BTF");
	const found = accessStruct(kernel, id, off, size, true);
	if (found.kind === "error") return refuse(found.message, found.errno);
	if (value >= 0) loadField(env, found, curReg(env, value));
	return 0;
}

/** A load of the kernel's own memory, of which nothing more is known than its type. */
function loadField(env: Env, found: ReturnType<typeof accessStruct>, to: Reg): void {
	if (found.kind !== "pointer" && found.kind !== "memory") {
		setUnknown(to);
		return;
	}
	setKnown(to, 0, 0);
	if (found.kind === "memory") {
		to.type = PTR_TO_MEM | MEM_RDONLY | PTR_UNTRUSTED;
		return;
	}
	to.type = PTR_TO_BTF_ID | tagFlags(found.tag) | (found.union ? PTR_UNTRUSTED : 0);
	to.btf = found.id;
	if (mayBeNull(to.type)) to.id = ++env.idGen;
}
