// Known bits by brute force: every tnum of four bits, at the bottom, across the two halves and at the top.
import { describe, expect, test } from "vitest";
import { highHalf, lowHalf, toBigInt } from "../base/index.ts";
import { Scalar } from "./scalar.ts";
import * as tnum from "./tnum.ts";

const u64 = (x: bigint) => BigInt.asUintN(64, x);
const s64 = (x: bigint) => BigInt.asIntN(64, x);

interface Bits {
	readonly s: Scalar;
	readonly members: readonly bigint[];
}

function bits(value: bigint, mask: bigint): Bits {
	const s = new Scalar();
	[s.valueHi, s.valueLo] = [highHalf(value), lowHalf(value)];
	[s.maskHi, s.maskLo] = [highHalf(mask), lowHalf(mask)];
	let members = [u64(value)];
	for (let bit = 0n; bit < 64n; bit++)
		if ((mask >> bit) & 1n) members = members.flatMap((x) => [x, x | (1n << bit)]);
	return { s, members };
}

/** Every tnum of four bits, shifted. */
function all(shift: bigint): Bits[] {
	const found: Bits[] = [];
	for (let mask = 0n; mask < 16n; mask++)
		for (let value = 0n; value < 16n; value++)
			if ((value & mask) === 0n) found.push(bits(value << shift, mask << shift));
	return found;
}

const places = [0n, 30n, 60n];
const numberOf = (s: Scalar) => toBigInt(s.valueHi, s.valueLo);
const maskOf = (s: Scalar) => toBigInt(s.maskHi, s.maskLo);
const holds = (s: Scalar, x: bigint) => (u64(x) & ~maskOf(s)) === numberOf(s);

/** The fewest unknown bits that hold all of them. */
function best(results: readonly bigint[]): readonly [bigint, bigint] {
	const first = u64(results[0] ?? 0n);
	const mask = results.reduce((m, x) => m | (u64(x) ^ first), 0n);
	return [first & ~mask, mask];
}

const pairs: readonly (readonly [string, typeof tnum.tnumAdd, (a: bigint, b: bigint) => bigint])[] =
	[
		["tnumAdd", tnum.tnumAdd, (a, b) => a + b],
		["tnumSub", tnum.tnumSub, (a, b) => a - b],
		["tnumAnd", tnum.tnumAnd, (a, b) => a & b],
		["tnumOr", tnum.tnumOr, (a, b) => a | b],
		["tnumXor", tnum.tnumXor, (a, b) => a ^ b],
	];

describe.each(pairs)("%s", (_, operation, concrete) => {
	test.each(places)("holds every result and nothing needless, at bit %d", (shift) => {
		for (const a of all(shift))
			for (const b of all(shift)) {
				const to = new Scalar();
				operation(to, a.s, b.s);
				const results = a.members.flatMap((x) => b.members.map((y) => concrete(x, y)));
				expect([numberOf(to), maskOf(to)]).toEqual(best(results));
			}
	});
});

test.each([0n, 15n, 30n])(
	"tnumMul holds every product, and is exact for a single multiplier, at bit %d",
	(shift) => {
		for (const a of all(shift))
			for (const b of all(shift)) {
				const to = new Scalar();
				tnum.tnumMul(to, a.s, b.s);
				const results = a.members.flatMap((x) => b.members.map((y) => x * y));
				expect(results.every((x) => holds(to, x))).toBe(true);
				const least = best(results);
				const single = a.members.length === 1 && (a.members[0] ?? 0n) <= 1n << shift;
				if (single || b.members.length * a.members.length === 1)
					expect([numberOf(to), maskOf(to)]).toEqual(least);
			}
	},
);

const shifts: readonly (readonly [
	string,
	typeof tnum.tnumLshift,
	(a: bigint, n: bigint) => bigint,
])[] = [
	["tnumLshift", tnum.tnumLshift, (a, n) => a << n],
	["tnumRshift", tnum.tnumRshift, (a, n) => a >> n],
	["tnumArshift", tnum.tnumArshift, (a, n) => s64(a) >> n],
];

test.each(shifts)("%s is exact for every distance", (_, operation, concrete) => {
	for (const shift of places)
		for (const a of all(shift))
			for (let n = 0n; n < 64n; n++) {
				const to = new Scalar();
				operation(to, a.s, Number(n));
				const least = best(a.members.map((x) => concrete(x, n)));
				expect([numberOf(to), maskOf(to)]).toEqual(least);
			}
});

test("tnumArshift32, tnumCast, tnumNeg and tnumSwap are exact", () => {
	const check = (a: Bits, run: (to: Scalar) => void, concrete: (x: bigint) => bigint) => {
		const to = new Scalar();
		run(to);
		expect([numberOf(to), maskOf(to)]).toEqual(best(a.members.map(concrete)));
	};
	const reversed = (x: bigint, size: number) => {
		let result = 0n;
		for (let i = 0; i < size; i += 8) result = (result << 8n) | ((x >> BigInt(i)) & 0xffn);
		return result;
	};
	for (const shift of [0n, 4n, 6n, 14n, 28n, 30n, 60n])
		for (const a of all(shift)) {
			for (let n = 0; n < 32; n++)
				check(
					a,
					(to) => tnum.tnumArshift32(to, a.s, n),
					(x) => BigInt.asUintN(32, BigInt.asIntN(32, x) >> BigInt(n)),
				);
			for (const size of [1, 2, 4])
				check(
					a,
					(to) => tnum.tnumCast(to, a.s, size),
					(x) => BigInt.asUintN(size * 8, x),
				);
			check(
				a,
				(to) => tnum.tnumNeg(to, a.s),
				(x) => -x,
			);
			for (const size of [16, 32, 64])
				check(
					a,
					(to) => tnum.tnumSwap(to, a.s, size),
					(x) => reversed(x, size),
				);
		}
});

test("tnumRange holds the range with the fewest unknown bits below the first difference", () => {
	for (const shift of places)
		for (let min = 0n; min < 16n; min++)
			for (let max = min; max < 16n; max++) {
				const to = new Scalar();
				const [lo, hi] = [min << shift, max << shift];
				tnum.tnumRange(to, highHalf(lo), lowHalf(lo), highHalf(hi), lowHalf(hi));
				expect(holds(to, lo) && holds(to, hi)).toBe(true);
				const width = (lo ^ hi) === 0n ? 0 : (lo ^ hi).toString(2).length;
				expect(maskOf(to)).toBe((1n << BigInt(width)) - 1n);
			}
});

test("tnumUnion is the least that holds both; tnumIntersect holds what both do", () => {
	for (const shift of places)
		for (const a of all(shift))
			for (const b of all(shift)) {
				const to = new Scalar();
				tnum.tnumUnion(to, a.s, b.s);
				expect([numberOf(to), maskOf(to)]).toEqual(best([...a.members, ...b.members]));
				const common = a.members.filter((x) => b.members.includes(x));
				expect(tnum.tnumOverlap(a.s, b.s)).toBe(common.length > 0);
				expect(tnum.tnumIn(a.s, b.s)).toBe(b.members.every((x) => a.members.includes(x)));
				if (common.length === 0) continue;
				tnum.tnumIntersect(to, a.s, b.s);
				expect([numberOf(to), maskOf(to)]).toEqual(best(common));
			}
});

test("tnumStep finds the next number", () => {
	for (const shift of places)
		for (const a of all(shift))
			for (let z = 0n; z < 18n; z++)
				for (const off of [0n, 1n]) {
					const at = (z << shift) + off;
					if (at !== u64(at)) continue;
					const to = new Scalar();
					tnum.tnumStep(to, a.s, highHalf(at), lowHalf(at));
					const sorted = [...a.members].sort((x, y) => Number(x > y) - Number(x < y));
					expect(numberOf(to)).toBe(sorted.find((x) => x > at) ?? sorted.at(-1));
					expect(maskOf(to)).toBe(0n);
				}
});

test("tnumIsAligned tells multiples", () => {
	for (const a of all(0n))
		for (const size of [1, 2, 4, 8])
			expect(tnum.tnumIsAligned(a.s, size)).toBe(a.members.every((x) => x % BigInt(size) === 0n));
});
