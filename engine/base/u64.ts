// The 64-bit policy, decided once. Hot paths keep a 64-bit number as two signed 32-bit integers, `hi` and `lo`, in
// fields or typed arrays of their own. BigInt appears only at the edges: printing, parsing, test oracles.

/** The unsigned 64-bit number of two 32-bit halves. */
export function toBigInt(hi: number, lo: number): bigint {
	return (BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0);
}

/** The signed 64-bit number of two 32-bit halves. */
export function toSignedBigInt(hi: number, lo: number): bigint {
	return (BigInt(hi | 0) << 32n) | BigInt(lo >>> 0);
}

/** The low half of a 64-bit number (any sign), as a signed 32-bit integer. */
export function lowHalf(value: bigint): number {
	return Number(BigInt.asIntN(32, value));
}

/** The high half of a 64-bit number (any sign), as a signed 32-bit integer. */
export function highHalf(value: bigint): number {
	return Number(BigInt.asIntN(32, value >> 32n));
}

/** `0x…` of an unsigned 64-bit number, without leading zeros. */
export function hex64(hi: number, lo: number): string {
	if (hi === 0) return `0x${(lo >>> 0).toString(16)}`;
	return `0x${(hi >>> 0).toString(16)}${(lo >>> 0).toString(16).padStart(8, "0")}`;
}
