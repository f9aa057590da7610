// Checksum arithmetic as the kernel does it: on 16-bit words in memory order, 32-bit partial sums with end-around carry.
// Results equal the kernel's to the bit, which of the two zeros included.

export function csumAdd(a: number, b: number): number {
	const sum = (a >>> 0) + (b >>> 0);
	return (sum > 0xffffffff ? sum + 1 : sum) >>> 0;
}

export function csumSub(a: number, b: number): number {
	return csumAdd(a, ~b >>> 0);
}

/** 32 bits folded to 16, not complemented. */
export function fold16(sum: number): number {
	let s = (sum >>> 16) + (sum & 0xffff);
	s = (s >>> 16) + (s & 0xffff);
	return s & 0xffff;
}

/** The checksum field of a partial sum. */
export function csumFold(sum: number): number {
	return ~fold16(sum) & 0xffff;
}

/** Adds the bytes to a partial sum, words in little-endian order as they lie in memory. */
export function csumPartial(bytes: Uint8Array, seed: number): number {
	let sum = seed >>> 0;
	let i = 0;
	for (; i + 1 < bytes.length; i += 2)
		sum += (bytes[i] as number) | ((bytes[i + 1] as number) << 8);
	if (i < bytes.length) sum += bytes[i] as number;
	while (sum > 0xffffffff) sum = (sum % 2 ** 32) + Math.floor(sum / 2 ** 32);
	return sum >>> 0;
}

/** The field after `from` under it became `to`; each up to 32 bits. */
export function csumReplace(field: number, from: number, to: number): number {
	return csumFold(csumAdd(csumSub(~field >>> 0, from), to));
}

/** The field after the sum under it changed by `difference`. */
export function csumReplaceByDifference(field: number, difference: number): number {
	return csumFold(csumAdd(difference, ~field >>> 0));
}
