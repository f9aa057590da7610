// base64url without padding (RFC 4648 section 5), for binary files in project documents.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

export function encodeBase64Url(bytes: Uint8Array): string {
	const parts: string[] = [];
	for (let i = 0; i < bytes.length; i += 3) {
		const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3);
		const word = (a << 16) | (b << 8) | c;
		const digits = [18, 12, 6, 0].map((shift) => ALPHABET[(word >> shift) & 63]).join("");
		parts.push(digits.slice(0, Math.min(4, bytes.length - i + 1)));
	}
	return parts.join("");
}

/** The bytes of `text`; characters outside the alphabet count as zero bits. */
export function decodeBase64Url(text: string): Uint8Array {
	const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
	let word = 0;
	let bits = 0;
	let at = 0;
	for (const character of text) {
		word = ((word << 6) | Math.max(0, ALPHABET.indexOf(character))) & 0xffffff;
		bits += 6;
		if (bits < 8) continue;
		bits -= 8;
		bytes[at++] = (word >> bits) & 0xff;
	}
	return bytes;
}
