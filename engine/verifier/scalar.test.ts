// The scalar domain against a BigInt restatement of it, against concrete numbers, and against states that Linux printed.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { highHalf, lowHalf, toBigInt, toSignedBigInt } from "../base/index.ts";
import * as isa from "../isa/index.ts";
import { type BigJump, branch, taken } from "../testing/bigbranch.ts";
import * as big from "../testing/bigscalar.ts";
import { addOffset, adjustScalar, fixedOffset, subOffset, swapBytes } from "./alu.ts";
import * as bounds from "./bounds.ts";
import { branchTaken, setMinMax } from "./branch.ts";
import { scalarText } from "./notation.ts";
import { copyScalar, Scalar, sameScalar } from "./scalar.ts";

type Big = big.BigScalar;

function fromBig(b: Big): Scalar {
	const s = new Scalar();
	[s.valueHi, s.valueLo] = [highHalf(b.value), lowHalf(b.value)];
	[s.maskHi, s.maskLo] = [highHalf(b.mask), lowHalf(b.mask)];
	[s.sminHi, s.sminLo] = [highHalf(b.smin), lowHalf(b.smin)];
	[s.smaxHi, s.smaxLo] = [highHalf(b.smax), lowHalf(b.smax)];
	[s.uminHi, s.uminLo] = [highHalf(b.umin), lowHalf(b.umin)];
	[s.umaxHi, s.umaxLo] = [highHalf(b.umax), lowHalf(b.umax)];
	[s.s32Min, s.s32Max] = [lowHalf(b.smin32), lowHalf(b.smax32)];
	[s.u32Min, s.u32Max] = [lowHalf(b.umin32), lowHalf(b.umax32)];
	return s;
}

function toBig(s: Scalar): Big {
	return {
		value: toBigInt(s.valueHi, s.valueLo),
		mask: toBigInt(s.maskHi, s.maskLo),
		smin: toSignedBigInt(s.sminHi, s.sminLo),
		smax: toSignedBigInt(s.smaxHi, s.smaxLo),
		umin: toBigInt(s.uminHi, s.uminLo),
		umax: toBigInt(s.umaxHi, s.umaxLo),
		smin32: BigInt(s.s32Min),
		smax32: BigInt(s.s32Max),
		umin32: BigInt(s.u32Min >>> 0),
		umax32: BigInt(s.u32Max >>> 0),
	};
}

const number = fc.oneof(
	fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
	fc.integer({ min: -5, max: 300 }).map(BigInt),
	fc
		.tuple(fc.integer({ min: 0, max: 63 }), fc.integer({ min: -3, max: 3 }))
		.map(([bit, off]) => (1n << BigInt(bit)) + BigInt(off)),
	fc.bigInt({ min: -(1n << 33n), max: 1n << 33n }),
);

const spread = fc.oneof(
	fc.constant(0n),
	fc.integer({ min: 0, max: 20 }).map(BigInt),
	fc
		.tuple(fc.integer({ min: 0, max: 63 }), fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }))
		.map(([bits, x]) => x >> BigInt(bits)),
);

/** A scalar around a number that it contains, and the number. */
const around = fc
	.tuple(number, spread, fc.array(spread, { minLength: 8, maxLength: 8 }), fc.boolean())
	.map(([x, mask, by, synced]) => {
		const [u, s, w, t] = [big.u64(x), big.s64(x), big.u32(x), big.s32(x)];
		const top = {
			u: (1n << 64n) - 1n,
			s: (1n << 63n) - 1n,
			w: (1n << 32n) - 1n,
			t: (1n << 31n) - 1n,
		};
		const at = (i: number) => by[i] ?? 0n;
		const b: Big = {
			value: u & ~mask,
			mask,
			umin: big.max(u - at(0), 0n),
			umax: big.min(u + at(1), top.u),
			smin: big.max(s - at(2), -top.s - 1n),
			smax: big.min(s + at(3), top.s),
			umin32: big.max(w - at(4), 0n),
			umax32: big.min(w + at(5), top.w),
			smin32: big.max(t - at(6), -top.t - 1n),
			smax32: big.min(t + at(7), top.t),
		};
		if (synced) big.sync(b);
		return { b, x: u };
	});

/** Bounds and bits that may contradict each other. */
const wild = fc.array(number, { minLength: 10, maxLength: 10 }).map((n): Big => {
	const at = (i: number) => n[i] ?? 0n;
	const mask = big.u64(at(1));
	return {
		value: big.u64(at(0)) & ~mask,
		mask,
		smin: big.s64(at(2)),
		smax: big.s64(at(3)),
		umin: big.u64(at(4)),
		umax: big.u64(at(5)),
		smin32: big.s32(at(6)),
		smax32: big.s32(at(7)),
		umin32: big.u32(at(8)),
		umax32: big.u32(at(9)),
	};
});

const many = { numRuns: 400 };

function expectInt32(s: Scalar): void {
	for (const field of Object.values(s)) expect(Object.is(field, field | 0)).toBe(true);
}

function expectSame(s: Scalar, b: Big): void {
	expect(toBig(s)).toEqual(b);
	expectInt32(s);
}

const operations: readonly (readonly [
	big.BigOp,
	number,
	(a: bigint, b: bigint, n: bigint) => bigint,
])[] = [
	["add", isa.BPF_ADD, (a, b) => a + b],
	["sub", isa.BPF_SUB, (a, b) => a - b],
	["mul", isa.BPF_MUL, (a, b) => a * b],
	["and", isa.BPF_AND, (a, b) => a & b],
	["or", isa.BPF_OR, (a, b) => a | b],
	["xor", isa.BPF_XOR, (a, b) => a ^ b],
	["neg", isa.BPF_NEG, (a) => -a],
	["lsh", isa.BPF_LSH, (a, _, n) => a << n],
	["rsh", isa.BPF_RSH, (a, _, n) => a >> n],
	["arsh", isa.BPF_ARSH, (a, _, n) => big.s64(a) >> n],
	["div", isa.BPF_DIV, (a, b) => (b === 0n ? 0n : a / b)],
	["mod", isa.BPF_MOD, (a, b) => (b === 0n ? a : a % b)],
];

describe.each(operations)("%s", (name, op, concrete) => {
	const shifts = name.endsWith("sh");
	for (const wide of [true, false]) {
		const opcode = op | (wide ? isa.BPF_ALU64 : isa.BPF_ALU);
		const cut = wide ? big.u64 : big.u32;
		const run = (a: Big, b: Big): Scalar => {
			const [d, s] = [fromBig(a), fromBig(b)];
			adjustScalar(opcode, d, s);
			expect(toBig(s)).toEqual(b);
			big.alu(name, wide, a, { ...b });
			return d;
		};
		const shift = fc.bigInt({ min: 0n, max: wide ? 66n : 34n }).map(big.known);
		const operand = fc.oneof(
			{ weight: shifts ? 8 : 0, arbitrary: shift },
			{
				weight: 1,
				arbitrary: wild,
			},
		);

		test(`${wide ? 64 : 32} bits: as the reference, contradictions included`, () => {
			fc.assert(
				fc.property(wild, operand, (a, b) => {
					// A constant whose bounds disagree does not outlive the instruction that made it.
					fc.pre(a.mask !== 0n && (a.mask & 0xffffffffn) !== 0n);
					expectSame(run(a, b), a);
				}),
				many,
			);
		});

		test(`${wide ? 64 : 32} bits: as the reference, and holds every result`, () => {
			const source = shifts
				? fc.bigInt({ min: 0n, max: wide ? 63n : 31n }).map((x) => ({ b: big.known(x), x }))
				: around;
			fc.assert(
				fc.property(around, source, (a, b) => {
					const before = { ...a.b };
					const d = run(before, b.b);
					expectSame(d, before);
					const x = wide ? a.x : name === "arsh" ? big.u64(big.s32(a.x)) : big.u32(a.x);
					const y = wide ? b.x : big.u32(b.x);
					expect(big.contains(before, cut(concrete(x, y, y)))).toBe(true);
				}),
				many,
			);
		});
	}
});

test("an operation of a register with itself reads it once", () => {
	fc.assert(
		fc.property(around, fc.constantFrom(...operations), ({ b }, [name, op]) => {
			const d = fromBig(b);
			adjustScalar(op | isa.BPF_ALU64, d, d);
			big.alu(name, true, b, { ...b });
			expectSame(d, b);
		}),
		many,
	);
});

test("sync does as the reference, and loses no number", () => {
	fc.assert(
		fc.property(
			fc.oneof(
				wild.map((b) => ({ b, x: undefined })),
				around,
			),
			({ b, x }) => {
				const s = fromBig(b);
				bounds.syncBounds(s);
				big.sync(b);
				expectSame(s, b);
				if (x !== undefined) expect(big.contains(b, x)).toBe(true);
			},
		),
		{ numRuns: 2000 },
	);
});

test.each([1, 2, 4])("truncation and sign extension of %d bytes", (size) => {
	const bits = size * 8;
	fc.assert(
		fc.property(around, ({ b, x }) => {
			const cut = fromBig(b);
			bounds.coerceToSize(cut, size);
			const short = { ...b };
			big.truncate(short, size);
			expectSame(cut, short);
			expect(big.contains(short, BigInt.asUintN(bits, x))).toBe(true);

			const extended = fromBig(b);
			bounds.coerceToSizeSx(extended, size);
			const long = { ...b };
			big.signExtend(long, size);
			expectSame(extended, long);
			expect(big.contains(long, BigInt.asIntN(bits, x))).toBe(true);

			if (size === 4) return;
			const sub = fromBig(b);
			bounds.coerceSubregToSizeSx(sub, size);
			bounds.zeroExtend32(sub);
			bounds.syncBounds(sub);
			big.signExtend32(b, size);
			expectSame(sub, b);
			expect(big.contains(b, big.u32(BigInt.asIntN(bits, x)))).toBe(true);
		}),
		many,
	);
});

function swapped(x: bigint, bits: number): bigint {
	let result = 0n;
	for (let i = 0; i < bits; i += 8) result = (result << 8n) | ((x >> BigInt(i)) & 0xffn);
	return result;
}

test.each([16, 32, 64])("byte order operations of %d bits hold every result", (bits) => {
	fc.assert(
		fc.property(around, ({ b, x }) => {
			for (const opcode of [0xd4, 0xd7, 0xdc]) {
				const s = fromBig(b);
				swapBytes(opcode, s, bits);
				expectInt32(s);
				const result = opcode === 0xd4 ? BigInt.asUintN(bits, x) : swapped(x, bits);
				expect(big.contains(toBig(s), result)).toBe(true);
			}
		}),
		many,
	);
});

const jumps: readonly (readonly [
	BigJump,
	number,
	(a: bigint, b: bigint, cut: typeof big.s64) => boolean,
])[] = [
	["eq", isa.BPF_JEQ, (a, b) => a === b],
	["ne", isa.BPF_JNE, (a, b) => a !== b],
	["gt", isa.BPF_JGT, (a, b) => a > b],
	["ge", isa.BPF_JGE, (a, b) => a >= b],
	["lt", isa.BPF_JLT, (a, b) => a < b],
	["le", isa.BPF_JLE, (a, b) => a <= b],
	["sgt", isa.BPF_JSGT, (a, b, cut) => cut(a) > cut(b)],
	["sge", isa.BPF_JSGE, (a, b, cut) => cut(a) >= cut(b)],
	["slt", isa.BPF_JSLT, (a, b, cut) => cut(a) < cut(b)],
	["sle", isa.BPF_JSLE, (a, b, cut) => cut(a) <= cut(b)],
	["set", isa.BPF_JSET, (a, b) => (a & b) !== 0n],
];

describe.each(jumps)("jump %s", (name, op, concrete) => {
	for (const wide of [true, false]) {
		const close = fc.oneof(
			fc.tuple(around, around),
			around.chain((a) =>
				fc.tuple(fc.constant(a), fc.constantFrom(a.x, a.x + 1n, a.x ^ 1n).map(constant)),
			),
		);
		test(`${wide ? 64 : 32} bits: direction and both branches`, () => {
			fc.assert(
				fc.property(close, fc.boolean(), ([first, second], swap) => {
					const [a, b] = swap ? [second, first] : [first, second];
					const way = taken(a.b, b.b, name, wide);
					const ours = branchTaken(fromBig(a.b), fromBig(b.b), op, !wide);
					expect(ours).toBe(way === undefined ? -1 : Number(way));
					const cut = wide ? big.u64 : big.u32;
					const truth = concrete(cut(a.x), cut(b.x), wide ? big.s64 : big.s32);
					if (way !== undefined) {
						expect(way).toBe(truth);
						return;
					}
					const copies = [a.b, b.b, a.b, b.b].map(fromBig);
					const [trueA, trueB, falseA, falseB] = copies;
					if (!trueA || !trueB || !falseA || !falseB) return;
					setMinMax(trueA, trueB, falseA, falseB, op, !wide);
					for (const holds of [true, false]) {
						const [x, y] = [{ ...a.b }, { ...b.b }];
						branch(x, y, name, wide, holds);
						const [s, t] = holds ? [trueA, trueB] : [falseA, falseB];
						if (holds !== truth) continue;
						expectSame(s, x);
						expectSame(t, y);
						expect(big.contains(x, a.x) && big.contains(y, b.x)).toBe(true);
					}
				}),
				many,
			);
		});
	}
});

function constant(x: bigint) {
	return { b: big.known(x), x: big.u64(x) };
}

test("a contradiction is told in the kernel's words and forgotten", () => {
	const s = fromBig({ ...big.unknown(), umin: 1n, umax: 0n });
	expect(bounds.checkBounds(s, "alu")).toBe(
		"REG INVARIANTS VIOLATION (alu): range bounds violation u64=[0x1, 0x0] " +
			"s64=[0x8000000000000000, 0x7fffffffffffffff] u32=[0x0, 0xffffffff] " +
			"s32=[0x80000000, 0x7fffffff] var_off=(0x0, 0xffffffffffffffff)",
	);
	expect(sameScalar(s, new Scalar())).toBe(true);
	expect(bounds.checkBounds(s, "alu")).toBeUndefined();
});

test("sums and differences of pointer offsets hold every result", () => {
	fc.assert(
		fc.property(around, around, (a, b) => {
			for (const sign of [1n, -1n]) {
				const s = new Scalar();
				const [ptr, off] = [fromBig(a.b), fromBig(b.b)];
				(sign === 1n ? addOffset : subOffset)(s, ptr, off);
				expectInt32(s);
				expect(big.contains(toBig(s), a.x + sign * b.x)).toBe(true);
				const inPlace = fromBig(a.b);
				(sign === 1n ? addOffset : subOffset)(inPlace, inPlace, off);
				expect(toBig(inPlace)).toEqual(toBig(s));
			}
		}),
		many,
	);
});

test("a fixed offset stays an int32 or is refused", () => {
	fc.assert(
		fc.property(
			fc.integer(),
			number,
			fc.constantFrom(1 as const, -1 as const),
			(fixed, x, sign) => {
				const exact = BigInt(fixed) + BigInt(sign) * big.s64(x);
				const result = fixedOffset(fixed, fromBig(big.known(x)), sign);
				expect(result).toBe(exact === big.s32(exact) ? Number(exact) : undefined);
			},
		),
		many,
	);
	expect(fixedOffset(0, new Scalar(), 1)).toBeUndefined();
});

test("the notation is read back as it was written", () => {
	fc.assert(
		fc.property(around, ({ b }) => {
			big.sync(b);
			expect(big.readScalar(scalarText(fromBig(b)))).toEqual(b);
		}),
		many,
	);
});

/** One instruction, the operands before and what Linux 6.18 printed after it. */
interface Row {
	/** `alu`, opcode, then the offset or size; `jmp` and opcode. */
	readonly op: string;
	readonly in: readonly [string, string];
	/** alu: the destination. jmp: 0 or 1 for a known direction, or both operands of the false, then of the true branch. */
	readonly out: readonly string[];
}

const rows = readFileSync(join(import.meta.dirname, "../testdata/verifier/scalars.jsonl"), "utf8")
	.trim()
	.split("\n")
	.map((line): Row => JSON.parse(line));

function execute(opcode: number, extra: number, d: Scalar, s: Scalar): void {
	const op = opcode & 0xf0;
	if (op === isa.BPF_END) {
		swapBytes(opcode, d, extra);
		return;
	}
	if (op !== isa.BPF_MOV) {
		adjustScalar(opcode, d, s);
		return;
	}
	copyScalar(d, s);
	const wide = (opcode & 7) === isa.BPF_ALU64;
	if (extra !== 0) (wide ? bounds.coerceToSizeSx : bounds.coerceSubregToSizeSx)(d, extra / 8);
	if (wide) return;
	bounds.zeroExtend32(d);
	bounds.syncBounds(d);
}

test("states that Linux printed", () => {
	expect(rows.length).toBeGreaterThan(300);
	for (const row of rows) {
		const [kind, opcode = 0, extra = 0] = row.op.split(" ").map((x, i) => (i ? Number(x) : x)) as [
			string,
			number,
			number,
		];
		const read = () => row.in.map((text) => fromBig(big.readScalar(text)));
		const [a, b] = read();
		if (!a || !b) throw new Error(row.op);
		if (kind === "alu") {
			execute(opcode, extra, a, b);
			expect([row.op, ...row.in, scalarText(a)]).toEqual([row.op, ...row.in, ...row.out]);
			continue;
		}
		const way = branchTaken(a, b, opcode & 0xf0, (opcode & 7) === isa.BPF_JMP32);
		const [c, d] = read();
		if (!c || !d) throw new Error(row.op);
		if (way === -1) setMinMax(c, d, a, b, opcode & 0xf0, (opcode & 7) === isa.BPF_JMP32);
		const out = way === -1 ? [a, b, c, d].map(scalarText) : [String(way)];
		expect([row.op, ...row.in, ...out]).toEqual([row.op, ...row.in, ...row.out]);
	}
});
