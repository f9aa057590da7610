// Bytes in guest memory: copying and comparing. No allocation: all of it runs inside helpers.

import type { GuestMemory } from "../machine/index.ts";

/** Copies `size` bytes; the ranges do not overlap. */
export function copyBytes(memory: GuestMemory, to: number, from: number, size: number): void {
	const u8 = memory.u8;
	if (size > 64) {
		u8.copyWithin(to, from, from + size);
		return;
	}
	if (((to | from | size) & 3) === 0) {
		const i32 = memory.i32;
		const end = (to + size) >>> 2;
		for (let a = to >>> 2, b = from >>> 2; a < end; a++, b++) i32[a] = i32[b] as number;
		return;
	}
	for (let i = 0; i < size; i++) u8[to + i] = u8[from + i] as number;
}

export function sameBytes(memory: GuestMemory, a: number, b: number, size: number): boolean {
	if (((a | b | size) & 3) === 0) {
		const i32 = memory.i32;
		const end = (a + size) >>> 2;
		for (let i = a >>> 2, j = b >>> 2; i < end; i++, j++) if (i32[i] !== i32[j]) return false;
		return true;
	}
	const u8 = memory.u8;
	for (let i = 0; i < size; i++) if (u8[a + i] !== u8[b + i]) return false;
	return true;
}

/** Rounds up to a multiple of 8, as the kernel lays values out. */
export function roundUp8(size: number): number {
	return Math.ceil(size / 8) * 8;
}

/** The smallest power of two that is at least `n`. */
export function powerOfTwo(n: number): number {
	let size = 1;
	while (size < n) size *= 2;
	return size;
}

export function readU32(memory: GuestMemory, address: number): number {
	return memory.data.getUint32(address, true);
}

export function writeU32(memory: GuestMemory, address: number, value: number): void {
	memory.data.setUint32(address, value, true);
}
