// 64-bit arithmetic on two signed 32-bit halves where the processor's 32-bit operations are not enough: products and
// quotients. Results are left in a caller's pair, so that nothing is allocated.

/** A 64-bit number as two signed 32-bit halves, to be written over. */
export interface Wide {
	lo: number;
	hi: number;
}

/** High 32 bits of the product of two unsigned 32-bit numbers (given as any int32). */
export function mulHigh(a: number, b: number): number {
	const al = a & 0xffff;
	const ah = a >>> 16;
	const bl = b & 0xffff;
	const bh = b >>> 16;
	const low = al * bl;
	const middle = ah * bl + (low >>> 16);
	const other = al * bh + (middle & 0xffff);
	return (ah * bh + (middle >>> 16) + (other >>> 16)) | 0;
}

const TWO32 = 4294967296;
/** Keeps an estimated quotient at or under the true one in spite of three roundings. */
const SHORT = 1 - 2 ** -50;

/** Unsigned 64-bit quotient and remainder; the divisor is not 0. */
export function divideUnsigned(
	nlo: number,
	nhi: number,
	dlo: number,
	dhi: number,
	quotient: Wide,
	remainder: Wide,
): void {
	if (nhi === 0 && dhi === 0) {
		quotient.lo = ((nlo >>> 0) / (dlo >>> 0)) | 0;
		quotient.hi = 0;
		remainder.lo = ((nlo >>> 0) % (dlo >>> 0)) | 0;
		remainder.hi = 0;
		return;
	}
	const divisor = (dhi >>> 0) * TWO32 + (dlo >>> 0);
	let qlo = 0;
	let qhi = 0;
	let rlo = nlo;
	let rhi = nhi;
	while (rhi >>> 0 > dhi >>> 0 || (rhi === dhi && rlo >>> 0 >= dlo >>> 0)) {
		const rest = (rhi >>> 0) * TWO32 + (rlo >>> 0);
		const part = Math.max(1, Math.floor((rest / divisor) * SHORT));
		const plo = part | 0;
		const phi = Math.floor(part / TWO32) | 0;
		const low = (qlo >>> 0) + (plo >>> 0);
		qhi = (qhi + phi + (low >= TWO32 ? 1 : 0)) | 0;
		qlo = low | 0;
		const mlo = Math.imul(plo, dlo);
		const mhi = (mulHigh(plo, dlo) + Math.imul(phi, dlo) + Math.imul(plo, dhi)) | 0;
		rhi = (rhi - mhi - (rlo >>> 0 < mlo >>> 0 ? 1 : 0)) | 0;
		rlo = (rlo - mlo) | 0;
	}
	quotient.lo = qlo;
	quotient.hi = qhi;
	remainder.lo = rlo;
	remainder.hi = rhi;
}

/** Signed 64-bit quotient and remainder, truncated towards zero; the divisor is not 0. The least integer divided by -1 wraps. */
export function divideSigned(
	nlo: number,
	nhi: number,
	dlo: number,
	dhi: number,
	quotient: Wide,
	remainder: Wide,
): void {
	const nlow = nhi < 0 ? -nlo | 0 : nlo;
	const nhigh = nhi < 0 ? (~nhi + (nlo === 0 ? 1 : 0)) | 0 : nhi;
	const dlow = dhi < 0 ? -dlo | 0 : dlo;
	const dhigh = dhi < 0 ? (~dhi + (dlo === 0 ? 1 : 0)) | 0 : dhi;
	divideUnsigned(nlow, nhigh, dlow, dhigh, quotient, remainder);
	if (nhi < 0 !== dhi < 0) negate(quotient);
	if (nhi < 0) negate(remainder);
}

function negate(value: Wide): void {
	value.hi = (~value.hi + (value.lo === 0 ? 1 : 0)) | 0;
	value.lo = -value.lo | 0;
}

/** Unsigned order of two 64-bit numbers. */
export function less(alo: number, ahi: number, blo: number, bhi: number): boolean {
	return ahi === bhi ? alo >>> 0 < blo >>> 0 : ahi >>> 0 < bhi >>> 0;
}

/** Signed order of two 64-bit numbers. */
export function lessSigned(alo: number, ahi: number, blo: number, bhi: number): boolean {
	return ahi === bhi ? alo >>> 0 < blo >>> 0 : ahi < bhi;
}

/** The four bytes of a 32-bit number in the other order. */
export function swap32(a: number): number {
	return (a << 24) | ((a & 0xff00) << 8) | ((a >>> 8) & 0xff00) | (a >>> 24);
}
