// Access to memory of known size: bounds of map values, packets, plain memory and buffers, and alignment
// (check_mem_region_access, check_map_access, check_packet_access, check_ptr_alignment of the kernel).

import type { Env } from "./env.ts";
import { curReg, EACCES, EINVAL, MAX_VAR_OFF } from "./env.ts";
import type { MapFacts } from "./maps.ts";
import { BPF_F_RDONLY_PROG, BPF_F_WRONLY_PROG } from "./maps.ts";
import {
	constNumber,
	MEM_RDONLY,
	PTR_TO_ARENA,
	PTR_TO_CTX,
	PTR_TO_FLOW_KEYS,
	PTR_TO_MAP_KEY,
	PTR_TO_MAP_VALUE,
	PTR_TO_PACKET,
	PTR_TO_PACKET_END,
	PTR_TO_PACKET_META,
	PTR_TO_SOCK_COMMON,
	PTR_TO_SOCKET,
	PTR_TO_STACK,
	PTR_TO_TCP_SOCK,
	PTR_TO_XDP_SOCK,
	type Reg,
	sminNumber,
	typeName,
	umaxNumber,
} from "./reg.ts";
import { S32_MIN } from "./scalar.ts";
import { varOffText } from "./text.ts";
import { tnumAdd, tnumConst, tnumIsAligned } from "./tnum.ts";

/** Facts of the map that `reg` belongs to. */
export function mapOf(env: Env, reg: Reg): MapFacts {
	return env.maps[reg.map] as MapFacts;
}

/** __check_mem_access: whether [off, off + size) lies inside; says why not. */
function checkInside(
	env: Env,
	regno: number,
	off: number,
	size: number,
	memSize: number,
	zeroAllowed: boolean,
): number {
	if (off >= 0 && (size > 0 || (size === 0 && zeroAllowed)) && off + size <= memSize) return 0;
	const reg = curReg(env, regno);
	const at = off | 0;
	switch (reg.type) {
		case PTR_TO_MAP_KEY:
			return env.fail(
				EACCES,
				"map/invalid-key-access",
				`invalid access to map key, key_size=${memSize} off=${at} size=${size}`,
			);
		case PTR_TO_MAP_VALUE:
			return env.fail(
				EACCES,
				"map/invalid-value-access",
				`invalid access to map value, value_size=${memSize} off=${at} size=${size}`,
			);
		case PTR_TO_PACKET:
		case PTR_TO_PACKET_META:
		case PTR_TO_PACKET_END:
			return env.fail(
				EACCES,
				"packet/invalid-access",
				`invalid access to packet, off=${at} size=${size}, R${regno}(id=${reg.id},off=${at},r=${memSize})`,
			);
		default:
			return env.fail(
				EACCES,
				"memory/invalid-access",
				`invalid access to memory, mem_size=${memSize} off=${at} size=${size}`,
			);
	}
}

/** check_mem_region_access: the access with the smallest and with the largest offset. */
export function checkRegion(
	env: Env,
	regno: number,
	off: number,
	size: number,
	memSize: number,
	zeroAllowed: boolean,
): number {
	const reg = curReg(env, regno);
	const smin = sminNumber(reg);
	if (
		reg.sminHi < 0 &&
		((reg.sminHi === S32_MIN && reg.sminLo === 0) || off + smin < 0 || off + smin > 0x7fffffff)
	)
		return env.fail(
			EACCES,
			"memory/negative-offset",
			`R${regno} min value is negative, either use unsigned index or do a if (index >=0) check.`,
		);
	const low = checkInside(env, regno, smin + off, size, memSize, zeroAllowed);
	if (low < 0) {
		env.note(`R${regno} min value is outside of the allowed memory range\n`);
		return low;
	}
	if (umaxNumber(reg) >= MAX_VAR_OFF)
		return env.fail(
			EACCES,
			"memory/unbounded",
			`R${regno} unbounded memory access, make sure to bounds check any such access`,
		);
	const high = checkInside(env, regno, umaxNumber(reg) + off, size, memSize, zeroAllowed);
	if (high < 0) env.note(`R${regno} max value is outside of the allowed memory range\n`);
	return high;
}

/** check_packet_access. */
export function checkPacket(
	env: Env,
	regno: number,
	off: number,
	size: number,
	zeroAllowed: boolean,
): number {
	const reg = curReg(env, regno);
	if (reg.sminHi < 0)
		return env.fail(
			EACCES,
			"memory/negative-offset",
			`R${regno} min value is negative, either use unsigned index or do a if (index >=0) check.`,
		);
	const error =
		reg.range < 0 ? -EINVAL : checkInside(env, regno, off, size, reg.range, zeroAllowed);
	if (error < 0) {
		env.failure ??= { errno: -error, reason: "packet/invalid-access", pc: env.pc };
		env.note(`R${regno} offset is outside of the packet\n`);
	}
	return error;
}

/** check_map_access_type: what the map's flags let programs do. */
export function checkMapDirection(
	env: Env,
	regno: number,
	off: number,
	size: number,
	write: boolean,
): number {
	const map = mapOf(env, curReg(env, regno));
	const refused = write
		? (map.spec.flags & BPF_F_RDONLY_PROG) !== 0
		: (map.spec.flags & BPF_F_WRONLY_PROG) !== 0;
	if (!refused) return 0;
	return env.fail(
		EACCES,
		write ? "map/write-forbidden" : "map/read-forbidden",
		`${write ? "write into" : "read from"} map forbidden, value_size=${map.valueSize} off=${off} size=${size}`,
	);
}

const fieldNames: Readonly<Record<string, string>> = { kptr: "kptr", uptr: "uptr" };

/** check_map_access: inside the value, and not over its special fields. */
export function checkMapValue(
	env: Env,
	regno: number,
	off: number,
	size: number,
	zeroAllowed: boolean,
	helper: boolean,
): number {
	const reg = curReg(env, regno);
	const map = mapOf(env, reg);
	const error = checkRegion(env, regno, off, size, map.valueSize, zeroAllowed);
	if (error < 0) return error;
	for (const field of map.fields) {
		const from = sminNumber(reg) + off;
		const to = umaxNumber(reg) + off + size;
		if (from >= field.offset + field.size || field.offset >= to) continue;
		if (fieldNames[field.kind] === undefined || helper)
			return env.fail(
				EACCES,
				"map/special-field",
				fieldNames[field.kind] === undefined
					? `${field.kind} cannot be accessed directly by load/store`
					: `${field.kind} cannot be accessed indirectly by helper`,
			);
		// What may be read or written directly there, the caller decides.
	}
	return 0;
}

/** __check_ptr_off_reg: a pointer that may only be used as it was given. */
export function checkUnmodified(env: Env, reg: Reg, regno: number, fixedAllowed: boolean): number {
	const kind = typeName(reg.type);
	if (reg.off < 0)
		return env.fail(
			EACCES,
			"pointer/negative-offset",
			`negative offset ${kind} ptr R${regno} off=${reg.off} disallowed`,
		);
	if (!fixedAllowed && reg.off !== 0)
		return env.fail(
			EACCES,
			"pointer/modified",
			`dereference of modified ${kind} ptr R${regno} off=${reg.off} disallowed`,
		);
	if ((reg.maskHi | reg.maskLo) !== 0 || (reg.valueHi | reg.valueLo) !== 0)
		return env.fail(
			EACCES,
			"pointer/variable-offset",
			`variable ${kind} access var_off=${varOffText(reg)} disallowed`,
		);
	return 0;
}

function isAligned(env: Env, reg: Reg, off: number, size: number): boolean {
	const addend = env.operand;
	const sum = env.offset;
	tnumConst(addend, off >> 31, off);
	tnumAdd(sum, reg, addend);
	return tnumIsAligned(sum, size);
}

const alignedKinds: Readonly<Record<number, string>> = {
	[PTR_TO_FLOW_KEYS]: "flow keys ",
	[PTR_TO_MAP_KEY]: "key ",
	[PTR_TO_MAP_VALUE]: "value ",
	[PTR_TO_CTX]: "context ",
	[PTR_TO_STACK]: "stack ",
	[PTR_TO_SOCKET]: "sock ",
	[PTR_TO_SOCK_COMMON]: "sock_common ",
	[PTR_TO_TCP_SOCK]: "tcp_sock ",
	[PTR_TO_XDP_SOCK]: "xdp_sock ",
};

/** check_ptr_alignment. The stack is always strict, other memory when the program or the instruction asks for it. */
export function checkAlignment(
	env: Env,
	reg: Reg,
	off: number,
	size: number,
	strictOnce: boolean,
): number {
	const strict = env.strict || strictOnce || reg.type === PTR_TO_STACK;
	if (!strict || size === 1 || reg.type === PTR_TO_ARENA) return 0;
	const packet = reg.type === PTR_TO_PACKET || reg.type === PTR_TO_PACKET_META;
	// Network headers start two bytes after an aligned address.
	const shift = packet ? 2 : 0;
	if (isAligned(env, reg, shift + reg.off + off, size)) return 0;
	const what = packet ? "packet " : (alignedKinds[reg.type] ?? "");
	const place = `${varOffText(reg)}+${reg.off}+${off} size ${size}`;
	return env.fail(
		EACCES,
		"memory/misaligned",
		`misaligned ${what}access off ${packet ? `${shift}+` : ""}${place}`,
	);
}

/** __check_buffer_access: buffers have no size of their own, but a known offset. */
export function checkBuffer(
	env: Env,
	regno: number,
	off: number,
	size: number,
	name?: string,
): number {
	const reg = curReg(env, regno);
	const kind = name ?? (reg.type & MEM_RDONLY ? "rdonly" : "rdwr");
	if (off < 0)
		return env.fail(
			EACCES,
			"memory/buffer",
			`R${regno} invalid ${kind} buffer access: off=${off}, size=${size}`,
		);
	if ((reg.maskHi | reg.maskLo) !== 0 || constNumber(reg) !== 0)
		return env.fail(
			EACCES,
			"memory/buffer",
			`R${regno} invalid variable buffer offset: off=${off}, var_off=${varOffText(reg)}`,
		);
	return 0;
}
