// Random C expressions without undefined behaviour: each carries its type and an interval of its values, and where an operation could
// leave what C11 defines (signed overflow, shift counts, division by nought), the operands are converted first. Knows no statements.

import type { Random } from "../base/index.ts";

/** An integer type of the LP64 model. */
export interface CType {
	readonly name: string;
	readonly bits: number;
	readonly signed: boolean;
}

export const I32: CType = { name: "int", bits: 32, signed: true };
export const U32: CType = { name: "unsigned int", bits: 32, signed: false };
export const I64: CType = { name: "long", bits: 64, signed: true };
export const U64: CType = { name: "unsigned long", bits: 64, signed: false };
export const BOOL: CType = { name: "_Bool", bits: 1, signed: false };
export const U8: CType = { name: "unsigned char", bits: 8, signed: false };

/** Every type that variables may have. */
export const types: readonly CType[] = [
	I32,
	U32,
	I64,
	U64,
	BOOL,
	U8,
	{ name: "signed char", bits: 8, signed: true },
	{ name: "char", bits: 8, signed: true },
	{ name: "short", bits: 16, signed: true },
	{ name: "unsigned short", bits: 16, signed: false },
	{ name: "long long", bits: 64, signed: true },
	{ name: "unsigned long long", bits: 64, signed: false },
];

/** An expression and the values that it can have. */
export interface Expr {
	/** Safe as an operand of any operator. */
	readonly text: string;
	readonly type: CType;
	readonly lo: bigint;
	readonly hi: bigint;
}

/** A place that can be read and, unless constant, written. */
export interface Lvalue {
	readonly text: string;
	readonly type: CType;
	/** Narrower than its type; reads need a conversion when the standard leaves the promoted type open. */
	readonly width?: number;
	readonly constant?: boolean;
}

const minOf = (t: CType) => (t.signed ? -(1n << BigInt(t.bits - 1)) : 0n);
const maxOf = (t: CType) => (1n << BigInt(t.signed ? t.bits - 1 : t.bits)) - 1n;

export function full(text: string, type: CType): Expr {
	return { text, type, lo: minOf(type), hi: maxOf(type) };
}

/** 6.3.1.1: what an operand of this type becomes in an expression. */
export function promoted(t: CType): CType {
	return t.bits < 32 ? I32 : t;
}

/** 6.3.1.8 */
export function common(a: CType, b: CType): CType {
	const [x, y] = [promoted(a), promoted(b)];
	const bits = Math.max(x.bits, y.bits);
	const unsigned = [x, y].some((t) => t.bits === bits && !t.signed);
	return bits === 64 ? (unsigned ? U64 : I64) : unsigned ? U32 : I32;
}

/** Reading a place; bit-fields of 64-bit types are converted, as compilers differ in what they promote to. */
export function read(place: Lvalue): Expr {
	if (place.width === undefined) return full(place.text, place.type);
	const narrow = { ...place.type, bits: place.width };
	const wide = place.type.bits === 64 || place.width === 32;
	const text = wide ? `((${place.type.name})${place.text})` : place.text;
	return {
		text,
		type: wide || place.type.bits < 32 ? place.type : I32,
		lo: minOf(narrow),
		hi: maxOf(narrow),
	};
}

export function literal(value: bigint, type: CType): Expr {
	const suffix = (type.signed ? "" : "u") + (type.bits === 64 ? "l" : "");
	const least = minOf(type);
	const text =
		value === least && type.signed
			? `(${least + 1n}${suffix} - 1)`
			: value < 0n
				? `(${value}${suffix})`
				: `${value}${suffix}`;
	return { text, type, lo: value, hi: value };
}

export function cast(e: Expr, to: CType): Expr {
	const fits = to.bits > 1 && e.lo >= minOf(to) && e.hi <= maxOf(to);
	const whole = full(`((${to.name})${e.text})`, to);
	return fits ? { ...whole, lo: e.lo, hi: e.hi } : whole;
}

/** Makes expressions out of the places that it is given. */
export class Expressions {
	readonly #random: Random;
	readonly #places: () => readonly Lvalue[];
	/** Signed division by anything but a power of two. */
	readonly #division: boolean;

	constructor(random: Random, places: () => readonly Lvalue[], division: boolean) {
		this.#random = random;
		this.#places = places;
		this.#division = division;
	}

	pick<T>(list: readonly T[]): T {
		return list[this.#random.below(list.length)] as T;
	}

	constant(type?: CType): Expr {
		const t = promoted(type ?? this.pick(types));
		const word = (BigInt(this.#random.u32()) << 32n) | BigInt(this.#random.u32());
		const shape = this.#random.below(6);
		const edge = [0n, 1n, -1n, minOf(t), maxOf(t), 127n, 128n, 255n, 256n, 65535n, 0x80000000n];
		const raw =
			shape === 0 ? this.pick(edge) : shape < 4 ? BigInt(this.#random.below(100)) : word >> 7n;
		const value = t.signed ? BigInt.asIntN(t.bits, raw) : BigInt.asUintN(t.bits, raw);
		return literal(value, t);
	}

	leaf(): Expr {
		const places = this.#places();
		if (places.length === 0 || this.#random.below(5) === 0) return this.constant();
		return read(this.pick(places));
	}

	/** Any value. */
	make(depth: number): Expr {
		if (depth <= 0) return this.leaf();
		const kind = this.#random.below(20);
		if (kind < 6) return this.#arithmetic(depth);
		if (kind < 9) return this.#bitwise(depth);
		if (kind < 11) return this.#shift(depth);
		if (kind < 13) return this.#divide(depth);
		if (kind < 14) return this.#unary(depth);
		if (kind < 16) return this.condition(depth);
		if (kind < 17) return this.#choice(depth);
		if (kind < 18) return cast(this.make(depth - 1), this.pick(types));
		if (kind < 19) return this.#builtin(depth);
		return this.leaf();
	}

	/** An index below `count`, a power of two. */
	index(depth: number, count: number): string {
		return `${this.make(depth).text} & ${count - 1}`;
	}

	#whole(e: Expr, to: CType): Expr {
		return e.type.name === to.name ? e : cast(e, to);
	}

	#arithmetic(depth: number): Expr {
		const op = this.pick(["+", "-", "*"]);
		const [a, b] = [this.make(depth - 1), this.make(depth - 1)];
		const t = common(a.type, b.type);
		const ends = [a.lo, a.hi].flatMap((x) =>
			[b.lo, b.hi].map((y) => (op === "+" ? x + y : op === "-" ? x - y : x * y)),
		);
		ends.sort((x, y) => (x < y ? -1 : 1));
		const [lo = 0n, hi = 0n] = [ends[0], ends.at(-1)];
		if (!t.signed || (lo >= minOf(t) && hi <= maxOf(t)))
			return t.signed
				? { text: `(${a.text} ${op} ${b.text})`, type: t, lo, hi }
				: full(`(${a.text} ${op} ${b.text})`, t);
		const u = t.bits === 64 ? U64 : U32;
		const sum = full(`(${this.#whole(a, u).text} ${op} ${b.text})`, u);
		return this.#random.below(2) ? sum : cast(sum, t);
	}

	#bitwise(depth: number): Expr {
		const op = this.pick(["&", "|", "^"]);
		const [a, b] = [this.make(depth - 1), this.make(depth - 1)];
		const t = common(a.type, b.type);
		const out = full(`(${a.text} ${op} ${b.text})`, t);
		const [p, q] = [a.lo >= 0n && a.hi, b.lo >= 0n && b.hi];
		if (op === "&" && (p !== false || q !== false)) {
			const hi = p === false ? q : q === false ? p : p < q ? p : q;
			return { ...out, lo: 0n, hi: hi === false ? out.hi : hi };
		}
		return out;
	}

	#shift(depth: number): Expr {
		const value = this.make(depth - 1);
		const t = promoted(value.type);
		const by = this.make(depth - 1);
		const count = this.#random.below(2)
			? `${this.#random.below(t.bits)}`
			: `(${by.text} & ${t.bits - 1})`;
		if (this.#random.below(2)) {
			const kept = value.lo >= 0n ? { lo: 0n, hi: value.hi } : {};
			return { ...full(`(${value.text} >> ${count})`, t), ...kept };
		}
		const u = t.bits === 64 ? U64 : U32;
		const left = full(`(${this.#whole(value, u).text} << ${count})`, u);
		return t.signed && this.#random.below(2) ? cast(left, t) : left;
	}

	#divisor(depth: number, signed: boolean): Expr {
		const e = this.make(depth - 1);
		const shape = this.#random.below(3);
		if (shape === 0 && !signed) {
			const c = this.constant();
			return c.lo > 0n ? c : literal(BigInt(1 + this.#random.below(300)), I32);
		}
		if (shape === 1 || !signed) {
			const text = `((${e.text} & ${(1 << (1 + this.#random.below(8))) - 1}) + 1)`;
			return { text, type: promoted(e.type), lo: 1n, hi: 256n };
		}
		if (shape === 0) return literal(BigInt(this.#random.below(500) - 600), I32);
		return { text: `((int)(${e.text} & 7) - 9)`, type: I32, lo: -9n, hi: -2n };
	}

	#divide(depth: number): Expr {
		const op = this.pick(["/", "%"]);
		let a = this.make(depth - 1);
		let b = this.#divisor(depth, false);
		if (!common(a.type, b.type).signed) return this.#quotient(a, op, b);
		if (!this.#division) {
			if (this.#random.below(2)) b = literal(1n << BigInt(this.#random.below(12)), I32);
			else a = this.#whole(a, U64);
			return this.#quotient(a, op, b);
		}
		b = this.#divisor(depth, true);
		return this.#quotient(a, op, b);
	}

	#quotient(a: Expr, op: string, b: Expr): Expr {
		return full(`(${a.text} ${op} ${b.text})`, common(a.type, b.type));
	}

	#unary(depth: number): Expr {
		const e = this.make(depth - 1);
		const t = promoted(e.type);
		const op = this.pick(["~", "-", "+", "!"]);
		if (op === "!") return { text: `(!${e.text})`, type: I32, lo: 0n, hi: 1n };
		if (op === "+") return { ...e, text: `(+${e.text})`, type: t };
		if (op === "-" && t.signed && e.lo === minOf(t)) {
			const u = t.bits === 64 ? U64 : U32;
			return full(`(-${cast(e, u).text})`, u);
		}
		return full(`(${op}${e.text})`, t);
	}

	/** 0 or 1. */
	condition(depth: number): Expr {
		const a = this.make(depth - 1);
		const b = this.#random.below(3) ? this.make(depth - 1) : this.constant(a.type);
		const kind = this.#random.below(10);
		const logical = kind < 2 ? "&&" : kind < 4 ? "||" : undefined;
		const op = logical ?? this.pick(["<", ">", "<=", ">=", "==", "!="]);
		return { text: `(${a.text} ${op} ${b.text})`, type: I32, lo: 0n, hi: 1n };
	}

	#choice(depth: number): Expr {
		const [a, b] = [this.make(depth - 1), this.make(depth - 1)];
		const t = common(a.type, b.type);
		return full(`(${this.condition(depth - 1).text} ? ${a.text} : ${b.text})`, t);
	}

	#builtin(depth: number): Expr {
		const e = this.make(depth - 1).text;
		switch (this.#random.below(9)) {
			case 0:
				return full(`__builtin_bswap64(${e})`, U64);
			case 1:
				return full(`__builtin_bswap32(${e})`, U32);
			case 2:
				return full(`((unsigned short)__builtin_bswap16(${e}))`, {
					name: "unsigned short",
					bits: 16,
					signed: false,
				});
			case 3:
				return { text: `__builtin_ffsll(${e})`, type: I32, lo: 0n, hi: 64n };
			case 4:
				return { text: `__builtin_clzll((${e}) | 1)`, type: I32, lo: 0n, hi: 63n };
			case 5:
				return {
					text: `__builtin_ctzll((unsigned long)(${e}) | 0x8000000000000000ul)`,
					type: I32,
					lo: 0n,
					hi: 63n,
				};
			case 6:
				return { text: `__builtin_popcountll(${e})`, type: I32, lo: 0n, hi: 64n };
			case 7:
				return { text: `__builtin_popcount(${e})`, type: I32, lo: 0n, hi: 32n };
			default:
				return { text: `__builtin_parityll(${e})`, type: I32, lo: 0n, hi: 1n };
		}
	}
}
