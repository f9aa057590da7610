// 64-bit comparison, shift and multiplication on pairs of int32 halves, for the scalar domain. Results that need two halves
// come from two functions, one a half, so that nothing is allocated.

/** a < b, unsigned. */
export function ult(ah: number, al: number, bh: number, bl: number): boolean {
	return ah === bh ? al >>> 0 < bl >>> 0 : ah >>> 0 < bh >>> 0;
}

/** a < b, signed. */
export function slt(ah: number, al: number, bh: number, bl: number): boolean {
	return ah === bh ? al >>> 0 < bl >>> 0 : ah < bh;
}

/** The high half of a + b, given the low half of the sum. */
export function addHi(ah: number, al: number, bh: number, sumLo: number): number {
	return (ah + bh + (sumLo >>> 0 < al >>> 0 ? 1 : 0)) | 0;
}

/** The high half of a - b. */
export function subHi(ah: number, al: number, bh: number, bl: number): number {
	return (ah - bh - (al >>> 0 < bl >>> 0 ? 1 : 0)) | 0;
}

export function shlHi(hi: number, lo: number, n: number): number {
	if (n === 0) return hi;
	return n < 32 ? (hi << n) | (lo >>> (32 - n)) : lo << (n - 32);
}

export function shlLo(lo: number, n: number): number {
	return n < 32 ? lo << n : 0;
}

export function shrHi(hi: number, n: number): number {
	return n < 32 ? (hi >>> n) | 0 : 0;
}

export function shrLo(hi: number, lo: number, n: number): number {
	if (n === 0) return lo;
	return n < 32 ? (lo >>> n) | (hi << (32 - n)) : (hi >>> (n - 32)) | 0;
}

export function sarHi(hi: number, n: number): number {
	return n < 32 ? hi >> n : hi >> 31;
}

export function sarLo(hi: number, lo: number, n: number): number {
	if (n === 0) return lo;
	return n < 32 ? (lo >>> n) | (hi << (32 - n)) : hi >> (n - 32);
}

/** The high half of the 64-bit product of two unsigned 32-bit integers. */
function mulHi32(a: number, b: number): number {
	const a0 = a & 0xffff;
	const a1 = a >>> 16;
	const b0 = b & 0xffff;
	const b1 = b >>> 16;
	const mid = a1 * b0 + ((a0 * b0) >>> 16);
	const mid2 = a0 * b1 + (mid % 0x10000);
	return (a1 * b1 + Math.floor(mid / 0x10000) + Math.floor(mid2 / 0x10000)) | 0;
}

/** The high half of a * b modulo 2^64; the low half is Math.imul(al, bl). */
export function mulHi(ah: number, al: number, bh: number, bl: number): number {
	return (mulHi32(al, bl) + Math.imul(ah, bl) + Math.imul(al, bh)) | 0;
}

/** Whether a * b, unsigned, needs more than 64 bits. */
export function umulOverflows(ah: number, al: number, bh: number, bl: number): boolean {
	if ((ah | bh) === 0) return false;
	if (ah !== 0 && bh !== 0) return true;
	// Products of two u32 are exact or far beyond 2^32, so a double tells the two apart.
	const cross = ah !== 0 ? (ah >>> 0) * (bl >>> 0) : (al >>> 0) * (bh >>> 0);
	return cross > 0xffffffff || cross + (mulHi32(al, bl) >>> 0) > 0xffffffff;
}

/** Whether a * b, signed, leaves the signed 64-bit range. */
export function smulOverflows(ah: number, al: number, bh: number, bl: number): boolean {
	const negative = (ah ^ bh) < 0;
	if (ah < 0) {
		ah = subHi(0, 0, ah, al);
		al = -al | 0;
	}
	if (bh < 0) {
		bh = subHi(0, 0, bh, bl);
		bl = -bl | 0;
	}
	if (umulOverflows(ah, al, bh, bl)) return true;
	const hi = mulHi(ah, al, bh, bl);
	if (hi >= 0) return false;
	return !(negative && hi === -0x80000000 && Math.imul(al, bl) === 0);
}
