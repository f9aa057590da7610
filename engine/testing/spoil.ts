// Random damage to the bytes of an object file: bits, words with awkward values, pieces moved over others, cut ends. For tests of
// readers only; it knows where ELF headers and BTF sections are, so that damage gets past the first checks.

import type { Random } from "../base/index.ts";

const awkward = [
	0, 1, 2, 3, 7, 8, 16, 24, 31, 64, 255, 256, 4095, 4096, 65535, 65536, 0x7fffffff, 0x80000000,
	0xfffffff8, 0xffffffff, 0x01000001, 0x04000003, 0x84000010, 0x0f000001, 0x0d000002,
];

/** A damaged copy; the same seed gives the same damage. */
export function spoil(bytes: Uint8Array, random: Random): Uint8Array {
	const out = bytes.slice();
	const times = 1 + random.below(6);
	const places = interesting(bytes);
	for (let i = 0; i < times; i++) damage(out, places, random);
	return random.below(12) === 0 ? out.slice(0, random.below(out.length)) : out;
}

interface Range {
	readonly start: number;
	readonly end: number;
}

/** The header, the section headers, and the sections that readers look into. */
function interesting(bytes: Uint8Array): Range[] {
	const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	const little = bytes[5] === 1;
	const table = Number(data.getBigUint64(40, little));
	const count = data.getUint16(60, little);
	const ranges: Range[] = [
		{ start: 0, end: 64 },
		{ start: table, end: Math.min(bytes.length, table + 64 * count) },
	];
	for (let i = 0; i < count; i++) {
		const at = table + 64 * i;
		if (at + 64 > bytes.length) break;
		const start = Number(data.getBigUint64(at + 24, little));
		const end = start + Number(data.getBigUint64(at + 32, little));
		if (data.getUint32(at + 4, little) !== 8 && end <= bytes.length && end > start)
			ranges.push({ start, end });
	}
	return ranges;
}

function damage(out: Uint8Array, places: readonly Range[], random: Random): void {
	const range = places[random.below(places.length)] ?? { start: 0, end: out.length };
	const length = range.end - range.start;
	if (length < 8) return;
	const at = range.start + random.below(length);
	const word = range.start + (random.below(length - 4) & ~3);
	const data = new DataView(out.buffer);
	switch (random.below(6)) {
		case 0:
			out[at] = (out[at] ?? 0) ^ (1 << random.below(8));
			break;
		case 1:
			out[at] = random.below(256);
			break;
		case 2:
		case 3:
			data.setUint32(word, awkward[random.below(awkward.length)] ?? 0, random.below(8) > 0);
			break;
		case 4:
			data.setUint32(word, random.below(1 << (1 + random.below(12))), true);
			break;
		default: {
			const size = Math.min(length, 4 << random.below(5));
			const from = range.start + random.below(length - size + 1);
			out.copyWithin(range.start + random.below(length - size + 1), from, from + size);
		}
	}
}
