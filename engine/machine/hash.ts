// The hash of map keys: one function, since the simulated kernel fills tables that compiled programs look into.

import type { GuestMemory } from "./memory.ts";

/** Multipliers of hashKey: of the size, of words, of single bytes, of the end. */
export const HASH_FACTORS = {
	size: 0x9e3779b1 | 0,
	word: 0x85ebca6b | 0,
	byte: 0x01000193,
	last: 0xc2b2ae35 | 0,
} as const;

/** A hash (int32) of `size` bytes at `address` that depends on the bytes and the seed alone. */
export function hashKey(memory: GuestMemory, address: number, size: number, seed: number): number {
	const data = memory.data;
	let h = seed ^ Math.imul(size, HASH_FACTORS.size);
	const words = address + (size & ~3);
	let at = address;
	for (; at < words; at += 4) {
		h = Math.imul(h ^ data.getInt32(at, true), HASH_FACTORS.word);
		h ^= h >>> 13;
	}
	for (; at < address + size; at++) h = Math.imul(h ^ data.getUint8(at), HASH_FACTORS.byte);
	h = Math.imul(h ^ (h >>> 16), HASH_FACTORS.last);
	return h ^ (h >>> 15);
}
