// The scalar domain once more, in BigInt and without any cleverness: the reference that the hi/lo code of
// engine/verifier is compared with. Also reads a scalar from the log's notation. For tests only.

/** Known bits and bounds; signed fields hold signed numbers, the others unsigned ones. */
export interface BigScalar {
	value: bigint;
	mask: bigint;
	smin: bigint;
	smax: bigint;
	umin: bigint;
	umax: bigint;
	smin32: bigint;
	smax32: bigint;
	umin32: bigint;
	umax32: bigint;
}

export const u64 = (x: bigint) => BigInt.asUintN(64, x);
export const s64 = (x: bigint) => BigInt.asIntN(64, x);
export const u32 = (x: bigint) => BigInt.asUintN(32, x);
export const s32 = (x: bigint) => BigInt.asIntN(32, x);
export const min = (...all: bigint[]) => all.sort((a, b) => Number(a > b) - Number(a < b))[0] ?? 0n;
export const max = (...all: bigint[]) => -min(...all.map((x) => -x));

const U64_MAX = (1n << 64n) - 1n;
const U32_MAX = (1n << 32n) - 1n;
const S64_MAX = (1n << 63n) - 1n;
const S64_MIN = -(1n << 63n);
const S32_MAX = (1n << 31n) - 1n;
const S32_MIN = -(1n << 31n);
export const HIGH = U64_MAX ^ U32_MAX;

export function unknown(): BigScalar {
	return { value: 0n, mask: U64_MAX, ...unbounded64, ...unbounded32 };
}
export const unbounded64 = { smin: S64_MIN, smax: S64_MAX, umin: 0n, umax: U64_MAX };
export const unbounded32 = { smin32: S32_MIN, smax32: S32_MAX, umin32: 0n, umax32: U32_MAX };

export function known(x: bigint): BigScalar {
	const [u, s, w, t] = [u64(x), s64(x), u32(x), s32(x)];
	return {
		value: u,
		mask: 0n,
		smin: s,
		smax: s,
		umin: u,
		umax: u,
		smin32: t,
		smax32: t,
		umin32: w,
		umax32: w,
	};
}

export interface Tnum {
	value: bigint;
	mask: bigint;
}

export const tnum = (value: bigint, mask: bigint): Tnum => ({ value: u64(value), mask: u64(mask) });
const smear = (x: bigint) => (1n << BigInt(x === 0n ? 0 : x.toString(2).length)) - 1n;
export const subreg = (t: Tnum) => tnum(u32(t.value), u32(t.mask));

export const range = (lo: bigint, hi: bigint) => {
	const unknownBits = smear(u64(lo) ^ u64(hi));
	return tnum(u64(lo) & ~unknownBits, unknownBits);
};
export const add = (a: Tnum, b: Tnum) => {
	const value = a.value + b.value;
	const unknownBits = u64((a.mask + b.mask + value) ^ value) | a.mask | b.mask;
	return tnum(value & ~unknownBits, unknownBits);
};
export const sub = (a: Tnum, b: Tnum) => {
	const value = a.value - b.value;
	const unknownBits = u64((value + a.mask) ^ (value - b.mask)) | a.mask | b.mask;
	return tnum(value & ~unknownBits, unknownBits);
};
export const intersect = (a: Tnum, b: Tnum) => {
	const unknownBits = a.mask & b.mask;
	return tnum((a.value | b.value) & ~unknownBits, unknownBits);
};
export const union = (a: Tnum, b: Tnum) => {
	const unknownBits = (a.value ^ b.value) | a.mask | b.mask;
	return tnum(a.value & b.value & ~unknownBits, unknownBits);
};
export const mul = (a: Tnum, b: Tnum) => {
	let sum = tnum(0n, 0n);
	for (let bit = 0n; bit < 64n; bit++) {
		const shifted = tnum(b.value << bit, b.mask << bit);
		if ((a.value >> bit) & 1n) sum = add(sum, shifted);
		else if ((a.mask >> bit) & 1n) sum = union(sum, add(sum, shifted));
	}
	return sum;
};
/** The smallest member above z, found by trying every unknown bit; the largest one when there is none. */
export const step = (t: Tnum, z: bigint) => {
	const top = t.value | t.mask;
	if (z >= top) return top;
	let found = top;
	for (let bit = 0n; bit < 64n; bit++) {
		if (!((t.mask >> bit) & 1n)) continue;
		// z's own bits above, a one here where z has a zero, the smallest below.
		const above = (U64_MAX << (bit + 1n)) & U64_MAX;
		const candidate = t.value | (z & above & t.mask) | (1n << bit);
		if (candidate > z) found = min(found, candidate);
	}
	return t.value > z ? min(found, t.value) : found;
};

export function setTnum(s: BigScalar, t: Tnum) {
	s.value = t.value;
	s.mask = t.mask;
}

function update32(s: BigScalar) {
	const { value, mask } = subreg(s);
	s.smin32 = max(s.smin32, s32(value | (mask & 0x80000000n)));
	s.smax32 = min(s.smax32, s32(value | (mask & 0x7fffffffn)));
	s.umin32 = max(s.umin32, value);
	s.umax32 = min(s.umax32, value | mask);
}

function update64(s: BigScalar) {
	s.smin = max(s.smin, s64(s.value | (s.mask & (1n << 63n))));
	s.smax = min(s.smax, s64(s.value | (s.mask & S64_MAX)));
	s.umin = max(s.umin, s.value);
	s.umax = min(s.umax, s.value | s.mask);
	const next = step(s, s.umin);
	const inside = (s.umin & ~s.mask) === s.value;
	if (inside && next > s.umax) Object.assign(s, known(s.umin));
	else if (!inside && next === (s.value | s.mask)) Object.assign(s, known(next));
	else if (!inside && next <= s.umax && step(s, next) > s.umax) Object.assign(s, known(next));
}

function meet32(s: BigScalar, lo: bigint, hi: bigint, signed: boolean) {
	if (signed) {
		s.smin32 = max(s.smin32, s32(lo));
		s.smax32 = min(s.smax32, s32(hi));
	} else {
		s.umin32 = max(s.umin32, u32(lo));
		s.umax32 = min(s.umax32, u32(hi));
	}
}

function deduce32(s: BigScalar) {
	for (const signed of [false, true]) {
		const [lo, hi] = signed ? [s.smin, s.smax] : [s.umin, s.umax];
		if (lo >> 32n !== hi >> 32n) continue;
		if (!signed || u32(lo) <= u32(hi)) meet32(s, lo, hi, false);
		if (s32(lo) <= s32(hi)) meet32(s, lo, hi, true);
	}
	for (const [lo, hi] of [
		[s.umin, s.umax],
		[s.smin, s.smax],
	] as const)
		if (u32((lo >> 32n) + 1n) === u32(hi >> 32n) && s32(lo) < 0n && s32(hi) >= 0n)
			meet32(s, lo, hi, true);
	if (s32(s.umin32) <= s32(s.umax32)) meet32(s, s.umin32, s.umax32, true);
	if (u32(s.smin32) <= u32(s.smax32)) meet32(s, s.smin32, s.smax32, false);
	else if (s.umax32 < u32(s.smin32)) {
		s.smin32 = s32(s.umin32);
		s.umax32 = min(s.umax32, u32(s.smax32));
	} else if (u32(s.smax32) < s.umin32) {
		s.smax32 = s32(s.umax32);
		s.umin32 = max(s.umin32, u32(s.smin32));
	}
}

function deduce64(s: BigScalar) {
	if (s64(s.umin) <= s64(s.umax)) {
		s.smin = max(s.smin, s64(s.umin));
		s.smax = min(s.smax, s64(s.umax));
	}
	if (u64(s.smin) <= u64(s.smax)) {
		s.umin = max(s.umin, u64(s.smin));
		s.umax = min(s.umax, u64(s.smax));
	} else if (s.umax < u64(s.smin)) {
		s.smin = s64(s.umin);
		s.umax = min(s.umax, u64(s.smax));
	} else if (u64(s.smax) < s.umin) {
		s.smax = s64(s.umax);
		s.umin = max(s.umin, u64(s.smin));
	}
}

function deduceMixed(s: BigScalar) {
	const tighten = (lo: bigint, hi: bigint) => {
		s.umin = max(s.umin, (s.umin & HIGH) | lo);
		s.umax = min(s.umax, (s.umax & HIGH) | hi);
		s.smin = max(s.smin, s64((u64(s.smin) & HIGH) | lo));
		s.smax = min(s.smax, s64((u64(s.smax) & HIGH) | hi));
	};
	tighten(s.umin32, s.umax32);
	if (u32(s.smin32) <= u32(s.smax32)) tighten(u32(s.smin32), u32(s.smax32));
	if (s.smin32 >= 0n && s.smin >= S32_MIN && s.smax <= S32_MAX) {
		s.smin = s.smin32;
		s.smax = s.smax32;
		s.umin = u64(s.smin32);
		s.umax = u64(s.smax32);
		setTnum(s, intersect(s, range(s.smin, s.smax)));
	}
}

export function sync(s: BigScalar) {
	update32(s);
	update64(s);
	for (let i = 0; i < 3; i++) {
		deduce32(s);
		deduce64(s);
		deduceMixed(s);
	}
	const wide = intersect(s, range(s.umin, s.umax));
	const low = intersect(subreg(wide), range(s.umin32, s.umax32));
	setTnum(s, tnum((wide.value & HIGH) | low.value, (wide.mask & HIGH) | low.mask));
	update32(s);
	update64(s);
}

export function zeroExtend(s: BigScalar) {
	setTnum(s, subreg(s));
	s.umin = s.umin32;
	s.umax = s.umax32;
	const positive = s.smin32 >= 0n && s.smax32 >= 0n;
	s.smin = positive ? s.smin32 : 0n;
	s.smax = positive ? s.smax32 : U32_MAX;
}

const fits = (x: bigint, lo: bigint, hi: bigint) => x >= lo && x <= hi;

function sums(d: BigScalar, s: BigScalar) {
	const exact = [d.smin + s.smin, d.smax + s.smax] as const;
	const signed = exact.every((x) => fits(x, S64_MIN, S64_MAX));
	[d.smin, d.smax] = signed ? exact : [S64_MIN, S64_MAX];
	const exact32 = [d.smin32 + s.smin32, d.smax32 + s.smax32] as const;
	const signed32 = exact32.every((x) => fits(x, S32_MIN, S32_MAX));
	[d.smin32, d.smax32] = signed32 ? exact32 : [S32_MIN, S32_MAX];
	const [lo, hi] = [d.umin + s.umin, d.umax + s.umax];
	[d.umin, d.umax] = lo <= U64_MAX && hi > U64_MAX ? [0n, U64_MAX] : [u64(lo), u64(hi)];
	const [lo32, hi32] = [d.umin32 + s.umin32, d.umax32 + s.umax32];
	const half = lo32 <= U32_MAX && hi32 > U32_MAX;
	[d.umin32, d.umax32] = half ? [0n, U32_MAX] : [u32(lo32), u32(hi32)];
	setTnum(d, add(d, s));
}

function differences(d: BigScalar, s: BigScalar) {
	const exact = [d.smin - s.smax, d.smax - s.smin] as const;
	const signed = exact.every((x) => fits(x, S64_MIN, S64_MAX));
	[d.smin, d.smax] = signed ? exact : [S64_MIN, S64_MAX];
	const exact32 = [d.smin32 - s.smax32, d.smax32 - s.smin32] as const;
	const signed32 = exact32.every((x) => fits(x, S32_MIN, S32_MAX));
	[d.smin32, d.smax32] = signed32 ? exact32 : [S32_MIN, S32_MAX];
	const [lo, hi] = [d.umin - s.umax, d.umax - s.umin];
	[d.umin, d.umax] = lo < 0n && hi >= 0n ? [0n, U64_MAX] : [u64(lo), u64(hi)];
	const [lo32, hi32] = [d.umin32 - s.umax32, d.umax32 - s.umin32];
	[d.umin32, d.umax32] = lo32 < 0n && hi32 >= 0n ? [0n, U32_MAX] : [u32(lo32), u32(hi32)];
	setTnum(d, sub(d, s));
}

function products(d: BigScalar, s: BigScalar) {
	setTnum(d, mul(d, s));
	const [lo, hi] = [d.umin * s.umin, d.umax * s.umax];
	[d.umin, d.umax] = lo > U64_MAX || hi > U64_MAX ? [0n, U64_MAX] : [lo, hi];
	const [lo32, hi32] = [d.umin32 * s.umin32, d.umax32 * s.umax32];
	[d.umin32, d.umax32] = lo32 > U32_MAX || hi32 > U32_MAX ? [0n, U32_MAX] : [lo32, hi32];
	const all = [d.smin * s.smin, d.smin * s.smax, d.smax * s.smin, d.smax * s.smax];
	const signed = all.every((x) => fits(x, S64_MIN, S64_MAX));
	[d.smin, d.smax] = signed ? [min(...all), max(...all)] : [S64_MIN, S64_MAX];
	const low = [d.smin32, d.smax32].flatMap((a) => [a * s.smin32, a * s.smax32]);
	const signed32 = low.every((x) => fits(x, S32_MIN, S32_MAX));
	[d.smin32, d.smax32] = signed32 ? [min(...low), max(...low)] : [S32_MIN, S32_MAX];
}

type Bits = "and" | "or" | "xor";

function bitwise(d: BigScalar, s: BigScalar, op: Bits) {
	const possible = (t: Tnum) => t.value | t.mask;
	if (op === "and") {
		const value = d.value & s.value;
		setTnum(d, tnum(value, possible(d) & possible(s) & ~value));
	} else if (op === "or") {
		const value = d.value | s.value;
		setTnum(d, tnum(value, (d.mask | s.mask) & ~value));
	} else {
		const mask = d.mask | s.mask;
		setTnum(d, tnum((d.value ^ s.value) & ~mask, mask));
	}
	const low = subreg(d);
	if (low.mask === 0n && u32(s.mask) === 0n) {
		d.umin32 = d.umax32 = low.value;
		d.smin32 = d.smax32 = s32(low.value);
	} else {
		d.umin32 = op === "or" ? max(d.umin32, s.umin32) : low.value;
		d.umax32 = op === "and" ? min(d.umax32, s.umax32) : possible(low);
		const crosses = s32(d.umin32) > s32(d.umax32);
		d.smin32 = crosses ? S32_MIN : s32(d.umin32);
		d.smax32 = crosses ? S32_MAX : s32(d.umax32);
	}
	if (d.mask === 0n && s.mask === 0n) {
		Object.assign(d, known(d.value));
		return;
	}
	d.umin = op === "or" ? max(d.umin, s.umin) : d.value;
	d.umax = op === "and" ? min(d.umax, s.umax) : possible(d);
	const crosses = s64(d.umin) > s64(d.umax);
	d.smin = crosses ? S64_MIN : s64(d.umin);
	d.smax = crosses ? S64_MAX : s64(d.umax);
	update32(d);
	update64(d);
}

function shiftLeft(d: BigScalar, n: bigint, wide: boolean) {
	if (wide) {
		d.smin = n === 32n ? d.smin32 << 32n : S64_MIN;
		d.smax = n === 32n ? d.smax32 << 32n : S64_MAX;
		if (d.umax > 1n << (63n - n)) Object.assign(d, { umin: 0n, umax: U64_MAX });
		else Object.assign(d, { umin: u64(d.umin << n), umax: u64(d.umax << n) });
	}
	d.smin32 = S32_MIN;
	d.smax32 = S32_MAX;
	if (n > 31n || d.umax32 > 1n << (31n - n)) Object.assign(d, { umin32: 0n, umax32: U32_MAX });
	else Object.assign(d, { umin32: u32(d.umin32 << n), umax32: u32(d.umax32 << n) });
	if (wide) setTnum(d, tnum(d.value << n, d.mask << n));
	else setTnum(d, tnum(u32(d.value << n), u32(d.mask << n)));
}

function shiftRight(d: BigScalar, n: bigint, wide: boolean, arithmetic: boolean) {
	const cut = wide ? s64 : s32;
	const t = wide ? d : subreg(d);
	const moved = arithmetic ? [cut(t.value) >> n, cut(t.mask) >> n] : [t.value >> n, t.mask >> n];
	const keep = wide ? u64 : u32;
	setTnum(d, tnum(keep(moved[0] ?? 0n), keep(moved[1] ?? 0n)));
	if (wide) {
		const signed = arithmetic ? { smin: d.smin >> n, smax: d.smax >> n } : {};
		const plain = arithmetic ? {} : { umin: d.umin >> n, umax: d.umax >> n };
		Object.assign(d, unbounded64, unbounded32, signed, plain);
	} else {
		const signed = arithmetic ? { smin32: d.smin32 >> n, smax32: d.smax32 >> n } : {};
		const plain = arithmetic ? {} : { umin32: d.umin32 >> n, umax32: d.umax32 >> n };
		Object.assign(d, unbounded32, signed, plain);
	}
}

function shift(d: BigScalar, n: bigint, op: string, wide: boolean) {
	if (op === "lsh") shiftLeft(d, n, wide);
	else shiftRight(d, n, wide, op === "arsh");
	if (!wide) Object.assign(d, unbounded64);
	update32(d);
	if (wide) update64(d);
}

export type BigOp =
	| "add"
	| "sub"
	| "mul"
	| "and"
	| "or"
	| "xor"
	| "neg"
	| "lsh"
	| "rsh"
	| "arsh"
	| "div"
	| "mod";

/** adjust_scalar_min_max_vals: d = d op s. */
export function alu(op: BigOp, wide: boolean, d: BigScalar, s: BigScalar) {
	if (op === "div" || op === "mod") {
		Object.assign(d, unknown());
		return;
	}
	const shifts = op === "lsh" || op === "rsh" || op === "arsh";
	if (shifts) {
		const settled = wide
			? s.mask === 0n && s.smin === s.smax && s.umin === s.umax
			: u32(s.mask) === 0n && s.smin32 === s.smax32 && s.umin32 === s.umax32;
		if (!settled || s.umax >= (wide ? 64n : 32n)) {
			Object.assign(d, unknown());
			return;
		}
		shift(d, wide ? s.umin : s.umin32, op, wide);
	} else if (op === "add") sums(d, s);
	else if (op === "sub") differences(d, s);
	else if (op === "mul") products(d, s);
	else if (op === "neg") {
		const before = { ...d };
		Object.assign(d, known(0n));
		differences(d, before);
	} else bitwise(d, s, op);
	if (!wide) zeroExtend(d);
	sync(d);
}

/** coerce_reg_to_size */
export function truncate(s: BigScalar, size: number) {
	const keep = (1n << BigInt(size * 8)) - 1n;
	setTnum(s, tnum(s.value & keep, s.mask & keep));
	const same = (s.umin & ~keep) === (s.umax & ~keep);
	s.umin = same ? s.umin & keep : 0n;
	s.umax = same ? s.umax & keep : keep;
	s.smin = s.umin;
	s.smax = s.umax;
	if (size < 4) Object.assign(s, unbounded32);
	sync(s);
}

/** coerce_reg_to_size_sx */
export function signExtend(s: BigScalar, size: number) {
	const bits = size * 8;
	const cut = (x: bigint) => BigInt.asIntN(bits, x);
	const [lo, hi] = [cut(s.smin), cut(s.smax)];
	if (s.mask === 0n) Object.assign(s, known(cut(s.value)));
	else if (s.smin >> BigInt(bits) === s.smax >> BigInt(bits) && lo < 0n === hi < 0n) {
		const [least, most] = [min(lo, hi), max(lo, hi)];
		Object.assign(s, range(least, most), {
			smin: least,
			smax: most,
			umin: u64(least),
			umax: u64(most),
			smin32: s32(least),
			smax32: s32(most),
			umin32: u32(least),
			umax32: u32(most),
		});
	} else {
		const most = (1n << BigInt(bits - 1)) - 1n;
		const signed = { smin: -most - 1n, smin32: -most - 1n, smax: most, smax32: most };
		Object.assign(s, unknown(), signed);
	}
}

/** coerce_subreg_to_size_sx, then the zero extension and sync that always follow. */
export function signExtend32(s: BigScalar, size: number) {
	const bits = size * 8;
	const cut = (x: bigint) => BigInt.asIntN(bits, x);
	const [lo, hi] = [cut(s.smin32), cut(s.smax32)];
	const same = s.smin32 >> BigInt(bits) === s.smax32 >> BigInt(bits) && lo < 0n === hi < 0n;
	if (s.mask === 0n) {
		const { umin32, umax32, smin32, smax32, value } = known(cut(s.value));
		Object.assign(s, { value, umin32, umax32, smin32, smax32 });
	} else if (same) {
		const [least, most] = [min(lo, hi), max(lo, hi)];
		setTnum(s, subreg(range(least, most)));
		Object.assign(s, { smin32: least, smax32: most, umin32: u32(least), umax32: u32(most) });
	} else {
		const most = (1n << BigInt(bits - 1)) - 1n;
		setTnum(s, tnum(0n, U32_MAX));
		Object.assign(s, unbounded32, { smin32: -most - 1n, smax32: most });
	}
	zeroExtend(s);
	sync(s);
}

/** Whether the number is one of those that the scalar stands for. */
export function contains(s: BigScalar, x: bigint): boolean {
	const [u, t, w, v] = [u64(x), s64(x), u32(x), s32(x)];
	return (
		(u & ~s.mask) === s.value &&
		fits(u, s.umin, s.umax) &&
		fits(t, s.smin, s.smax) &&
		fits(w, s.umin32, s.umax32) &&
		fits(v, s.smin32, s.smax32)
	);
}

const bounds = ["smin", "smax", "umin", "umax", "smin32", "smax32", "umin32", "umax32"] as const;

/** Reads `scalar(...)` or a number as the verifier's log prints them. */
export function readScalar(text: string): BigScalar {
	const body = /^scalar\((.*)\)$/.exec(text)?.[1];
	if (body === undefined)
		return known(text.startsWith("-") ? -BigInt(text.slice(1)) : BigInt(text));
	const s = unknown();
	const bits = /var_off=\((0x[0-9a-f]+); (0x[0-9a-f]+)\)/.exec(body);
	if (bits) setTnum(s, tnum(BigInt(bits[1] ?? 0), BigInt(bits[2] ?? 0)));
	for (const [, names = "", number = ""] of body.matchAll(
		/((?:[su]m(?:in|ax)(?:32)?=)+)([-0-9a-fx]+)/g,
	)) {
		const x = number.startsWith("-") ? -BigInt(number.slice(1)) : BigInt(number);
		for (const name of bounds) {
			if (!names.split("=").includes(name)) continue;
			const narrow = name.endsWith("32");
			if (name.startsWith("s")) s[name] = narrow ? s32(x) : s64(x);
			else s[name] = narrow ? u32(x) : u64(x);
		}
	}
	return s;
}
