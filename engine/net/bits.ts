// Big-endian fields of any width up to 48 bits, at any bit of a byte array. Knows no layouts.

/** The unsigned number in `bits` bits from bit `at` on (bit 0 is the highest of byte 0); missing bytes read as zero. */
export function readBits(bytes: Uint8Array, at: number, bits: number): number {
	const last = (at + bits - 1) >> 3;
	let value = 0;
	for (let i = at >> 3; i <= last; i++) value = value * 256 + (bytes[i] ?? 0);
	return Math.floor(value / 2 ** ((last + 1) * 8 - at - bits)) % 2 ** bits;
}

/** Writes the low `bits` bits of `value` there; the neighbours keep theirs. */
export function writeBits(bytes: Uint8Array, at: number, bits: number, value: number): void {
	const last = (at + bits - 1) >> 3;
	const drop = (last + 1) * 8 - at - bits;
	let rest = (value % 2 ** bits) * 2 ** drop;
	for (let i = last; i >= at >> 3; i--) {
		const high = Math.max(0, at - i * 8);
		const low = i === last ? drop : 0;
		const mask = (0xff >> high) & (0xff << low) & 0xff;
		bytes[i] = ((bytes[i] ?? 0) & ~mask) | ((rest % 256) & mask);
		rest = Math.floor(rest / 256);
	}
}

/** The byte at `at`, or 0 past the end. */
export function u8(bytes: Uint8Array, at: number): number {
	return bytes[at] ?? 0;
}

/** The big-endian 16-bit number at `at`. */
export function u16(bytes: Uint8Array, at: number): number {
	return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

/** The big-endian 32-bit number at `at`, unsigned. */
export function u32(bytes: Uint8Array, at: number): number {
	return u16(bytes, at) * 0x10000 + u16(bytes, at + 2);
}

export function setU16(bytes: Uint8Array, at: number, value: number): void {
	bytes[at] = (value >> 8) & 0xff;
	bytes[at + 1] = value & 0xff;
}

/** Big-endian bytes of a number, `length` of them. */
export function bigEndian(value: number, length: number): Uint8Array {
	const out = new Uint8Array(length);
	writeBits(out, 0, length * 8, value);
	return out;
}
