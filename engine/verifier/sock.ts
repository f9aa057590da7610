// Loads from socket structures that programs see (bpf_sock_is_valid_access and its kin in net/core/filter.c).

import type { Env } from "./env.ts";
import { EACCES } from "./env.ts";
import { PTR_TO_SOCK_COMMON, PTR_TO_SOCKET, PTR_TO_TCP_SOCK, type Reg, typeName } from "./reg.ts";

// struct bpf_sock: 16-bit dst_port at 48, two bytes of padding, 80 bytes in all.
const SOCK_SIZE = 80;
const DST_PORT = 48;
const NARROW: readonly (readonly [number, number])[] = [
	[4, 16],
	[24, 48],
	[52, 80],
];

function inSock(off: number, size: number): boolean {
	if (off < 0 || off >= SOCK_SIZE || off % size !== 0) return false;
	if (off === DST_PORT || off === DST_PORT + 1) return off === DST_PORT ? size <= 4 : size <= 2;
	if (off === DST_PORT + 2 || off === DST_PORT + 3) return false;
	if (NARROW.some(([from, to]) => off >= from && off < to)) return size <= 4;
	return size === 4;
}

// struct bpf_tcp_sock: two 64-bit counters among 32-bit ones.
const TCP_SOCK_SIZE = 116;

function inTcpSock(off: number, size: number): boolean {
	if (off < 0 || off >= TCP_SOCK_SIZE || off % size !== 0) return false;
	return off === 80 || off === 88 ? size === 8 : size === 4;
}

function isValid(type: number, off: number, size: number): boolean {
	switch (type) {
		case PTR_TO_SOCKET:
			return inSock(off, size);
		case PTR_TO_SOCK_COMMON:
			return (off < 8 || off >= 24) && inSock(off, size);
		case PTR_TO_TCP_SOCK:
			return inTcpSock(off, size);
		default:
			return off === 0 && size === 4;
	}
}

/** check_sock_access. */
export function sockAccess(env: Env, regno: number, reg: Reg, off: number, size: number): number {
	if (reg.sminHi < 0)
		return env.fail(
			EACCES,
			"memory/negative-offset",
			`R${regno} min value is negative, either use unsigned index or do a if (index >=0) check.`,
		);
	if (isValid(reg.type, off, size)) return 0;
	return env.fail(
		EACCES,
		"socket/invalid-access",
		`R${regno} invalid ${typeName(reg.type)} access off=${off} size=${size}`,
	);
}
