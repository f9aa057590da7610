// Memory that a call may read or write through an argument (check_helper_mem_access of the kernel).

import { checkBtfAccess } from "./btfptr.ts";
import type { Env } from "./env.ts";
import { curReg, EACCES } from "./env.ts";
import { checkAccess } from "./memory.ts";
import {
	baseType,
	isNull,
	MEM_RDONLY,
	PTR_TO_BTF_ID,
	PTR_TO_BUF,
	PTR_TO_CTX,
	PTR_TO_MAP_KEY,
	PTR_TO_MAP_VALUE,
	PTR_TO_MEM,
	PTR_TO_PACKET,
	PTR_TO_PACKET_META,
	PTR_TO_STACK,
	typeName,
} from "./reg.ts";
import {
	checkBuffer,
	checkMapDirection,
	checkMapValue,
	checkPacket,
	checkRegion,
	mapOf,
} from "./region.ts";
import type { RawMode, StackTools } from "./stack.ts";
import { checkRange } from "./stack.ts";

/** Program types whose context the kernel hands out as it is; in others it is rewritten, and no memory. */
const rawContexts = new Set([2, 5, 15, 17, 20, 24, 26, 27, 29, 31, 32]);

/** `size` bytes from where register `regno` points. */
export function checkHelperMemory(
	env: Env,
	tools: StackTools,
	regno: number,
	size: number,
	write: boolean,
	zeroAllowed: boolean,
	raw: RawMode | undefined,
): number {
	const reg = curReg(env, regno);
	const readOnly = () =>
		env.fail(EACCES, "memory/read-only", `R${regno} cannot write into ${typeName(reg.type)}`);
	switch (baseType(reg.type)) {
		case PTR_TO_PACKET:
		case PTR_TO_PACKET_META:
			return checkPacket(env, regno, reg.off, size, zeroAllowed);
		case PTR_TO_MAP_KEY:
			if (write) return readOnly();
			return checkRegion(env, regno, reg.off, size, mapOf(env, reg).keySize, false);
		case PTR_TO_MAP_VALUE:
			return (
				checkMapDirection(env, regno, reg.off, size, write) ||
				checkMapValue(env, regno, reg.off, size, zeroAllowed, true)
			);
		case PTR_TO_MEM:
			if (write && reg.type & MEM_RDONLY) return readOnly();
			return checkRegion(env, regno, reg.off, size, reg.size, zeroAllowed);
		case PTR_TO_BUF:
			if (write && reg.type & MEM_RDONLY) return readOnly();
			return checkBuffer(env, regno, reg.off, size);
		case PTR_TO_STACK:
			return checkRange(env, tools, regno, reg.off, size, zeroAllowed, write, raw);
		case PTR_TO_BTF_ID:
			return checkBtfAccess(env, regno, reg.off, size, write, -1);
		case PTR_TO_CTX:
			if (!rawContexts.has(env.request.type)) break;
			if (size === 0) return zeroAllowed ? 0 : -EACCES;
			return checkAccess(env, tools, {
				regno,
				off: size - 1,
				size: 1,
				write,
				value: -1,
				strict: false,
				signed: false,
			});
		default:
	}
	if (zeroAllowed && size === 0 && isNull(reg)) return 0;
	return env.fail(
		EACCES,
		"helper/argument-type",
		`R${regno} type=${typeName(reg.type)} expected=fp`,
	);
}
