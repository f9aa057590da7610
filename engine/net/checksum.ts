// The Internet checksum as arithmetic: RFC 1071 sums, RFC 1624 updates, pseudo headers. Knows no packet layouts.

/** Folds a sum of 16-bit words into 16 bits, end-around carry included. */
export function foldSum(sum: number): number {
	let s = sum;
	while (s > 0xffff) s = (s % 0x10000) + Math.floor(s / 0x10000);
	return s;
}

/** The folded one's-complement sum of the big-endian words of `bytes[start..end)`, an odd last byte padded with zero. */
export function onesSum(bytes: Uint8Array, start = 0, end = bytes.length, initial = 0): number {
	let sum = initial;
	let i = start;
	for (; i + 1 < end; i += 2) sum += ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0);
	if (i < end) sum += (bytes[i] ?? 0) << 8;
	return foldSum(sum);
}

/** The Internet checksum (RFC 1071) of `bytes[start..end)`: the complement of the sum, 16 bits. */
export function internetChecksum(
	bytes: Uint8Array,
	start = 0,
	end = bytes.length,
	initial = 0,
): number {
	return ~onesSum(bytes, start, end, initial) & 0xffff;
}

/** The checksum after one 16-bit word under it changed (RFC 1624, equation 3). */
export function updateChecksum(checksum: number, before: number, after: number): number {
	return ~foldSum((~checksum & 0xffff) + (~before & 0xffff) + (after & 0xffff)) & 0xffff;
}

/** The checksum after bytes under it changed; both ranges are of the same even length and start at an even offset. */
export function updateChecksumBytes(
	checksum: number,
	before: Uint8Array,
	after: Uint8Array,
): number {
	const sum = (~checksum & 0xffff) + (~onesSum(before) & 0xffff) + onesSum(after);
	return ~foldSum(sum) & 0xffff;
}

/** The sum of the pseudo header of RFC 768, 9293 (IPv4) or RFC 8200 section 8.1 (IPv6); addresses of 4 or 16 bytes. */
export function pseudoHeaderSum(
	source: Uint8Array,
	destination: Uint8Array,
	protocol: number,
	length: number,
): number {
	const words = protocol + (length % 0x10000) + Math.floor(length / 0x10000);
	return onesSum(destination, 0, destination.length, onesSum(source, 0, source.length, words));
}
