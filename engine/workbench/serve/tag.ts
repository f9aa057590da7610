// A program's tag as Linux 6.18 computes it: the first 8 bytes of the SHA-256 of its instructions as they were handed in, with
// descriptors and addresses of maps blanked (bpf_prog_calc_tag of the kernel). SHA-256 is FIPS 180-4.

import { toHex, view } from "../../base/index.ts";
import { INSN_SIZE, LD_IMM64 } from "../../isa/index.ts";

const BPF_PSEUDO_MAP_FD = 1;
const BPF_PSEUDO_MAP_VALUE = 2;

/** 16 hexadecimal digits. */
export function programTag(insns: Uint8Array): string {
	const bytes = insns.slice();
	const data = view(bytes);
	for (let at = 0; at < bytes.length; at += INSN_SIZE) {
		if (bytes[at] !== LD_IMM64) continue;
		const source = (bytes[at + 1] ?? 0) >> 4;
		if (source === BPF_PSEUDO_MAP_FD || source === BPF_PSEUDO_MAP_VALUE) {
			data.setUint32(at + 4, 0, true);
			if (at + 2 * INSN_SIZE <= bytes.length) data.setUint32(at + 12, 0, true);
		}
		at += INSN_SIZE;
	}
	return toHex(sha256(bytes).subarray(0, 8));
}

/** First 32 bits of the fractional parts of the roots of the first primes. */
function fractions(count: number, root: (n: number) => number): number[] {
	const words: number[] = [];
	for (let n = 2; words.length < count; n++) {
		let prime = true;
		for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
		if (prime) words.push(((root(n) % 1) * 2 ** 32) | 0);
	}
	return words;
}

const ROUNDS = fractions(64, Math.cbrt);
const START = fractions(8, Math.sqrt);

export function sha256(bytes: Uint8Array): Uint8Array {
	const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
	padded.set(bytes);
	padded[bytes.length] = 0x80;
	const data = view(padded);
	data.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
	data.setUint32(padded.length - 4, bytes.length << 3);
	const hash = Int32Array.from(START);
	const words = new Int32Array(64);
	for (let at = 0; at < padded.length; at += 64) {
		for (let i = 0; i < 16; i++) words[i] = data.getInt32(at + 4 * i);
		block(hash, words);
	}
	const out = new Uint8Array(32);
	for (const [i, word] of hash.entries()) view(out).setInt32(4 * i, word);
	return out;
}

function right(word: number, by: number): number {
	return (word >>> by) | (word << (32 - by));
}

function block(hash: Int32Array, words: Int32Array): void {
	const w = (i: number) => words[i] as number;
	for (let i = 16; i < 64; i++) {
		const s0 = right(w(i - 15), 7) ^ right(w(i - 15), 18) ^ (w(i - 15) >>> 3);
		const s1 = right(w(i - 2), 17) ^ right(w(i - 2), 19) ^ (w(i - 2) >>> 10);
		words[i] = w(i - 16) + s0 + w(i - 7) + s1;
	}
	let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
	for (let i = 0; i < 64; i++) {
		const s1 = right(e, 6) ^ right(e, 11) ^ right(e, 25);
		const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (ROUNDS[i] as number) + w(i)) | 0;
		const t2 = ((right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
		[h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
	}
	for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) hash[i] = (hash[i] as number) + word;
}
