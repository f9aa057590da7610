// The jumps of the BigInt scalar domain (see bigscalar.ts): which way they go and what each way teaches. For tests only.

import {
	type BigScalar,
	HIGH,
	intersect,
	max,
	min,
	s32,
	s64,
	setTnum,
	subreg,
	sync,
	type Tnum,
	tnum,
	u32,
	u64,
	unbounded32,
	unbounded64,
} from "./bigscalar.ts";

export type BigJump =
	| "eq"
	| "ne"
	| "gt"
	| "ge"
	| "lt"
	| "le"
	| "sgt"
	| "sge"
	| "slt"
	| "sle"
	| "set"
	| "notset";

const opposite: Record<BigJump, BigJump> = {
	eq: "ne",
	ne: "eq",
	gt: "le",
	le: "gt",
	ge: "lt",
	lt: "ge",
	sgt: "sle",
	sle: "sgt",
	sge: "slt",
	slt: "sge",
	set: "notset",
	notset: "set",
};

interface Bounds {
	readonly u: readonly [bigint, bigint];
	readonly s: readonly [bigint, bigint];
	readonly t: Tnum;
}

function boundsOf(s: BigScalar, wide: boolean): Bounds {
	return wide
		? { u: [s.umin, s.umax], s: [s.smin, s.smax], t: s }
		: { u: [s.umin32, s.umax32], s: [s.smin32, s.smax32], t: subreg(s) };
}

/** is_scalar_branch_taken: undefined for either way. */
export function taken(a: BigScalar, b: BigScalar, op: BigJump, wide: boolean): boolean | undefined {
	const [x, y] = [boundsOf(a, wide), boundsOf(b, wide)];
	const below = (p: readonly [bigint, bigint], q: readonly [bigint, bigint]) =>
		p[1] < q[0] ? true : p[0] >= q[1] ? false : undefined;
	const flip = (r: boolean | undefined) => (r === undefined ? undefined : !r);
	switch (op) {
		case "lt":
			return below(x.u, y.u);
		case "slt":
			return below(x.s, y.s);
		case "gt":
			return below(y.u, x.u);
		case "sgt":
			return below(y.s, x.s);
		case "ge":
		case "sge":
		case "le":
		case "sle":
		case "ne":
		case "notset":
			return flip(taken(a, b, opposite[op], wide));
		case "eq": {
			if (x.t.mask === 0n && y.t.mask === 0n) return x.t.value === y.t.value;
			if ((x.t.value ^ y.t.value) & ~(x.t.mask | y.t.mask)) return false;
			const apart = (p: readonly [bigint, bigint], q: readonly [bigint, bigint]) =>
				p[0] > q[1] || p[1] < q[0];
			const [z, w] = [boundsOf(a, false), boundsOf(b, false)];
			if (apart(x.u, y.u) || apart(x.s, y.s)) return false;
			return apart(z.u, w.u) || apart(z.s, w.s) ? false : undefined;
		}
		case "set": {
			const [tested, bits] = y.t.mask === 0n ? [x.t, y.t] : [y.t, x.t];
			if (bits.mask !== 0n) return undefined;
			if (tested.value & bits.value) return true;
			return tested.mask & bits.value ? undefined : false;
		}
	}
}

const swapped = { gt: "lt", ge: "le", sgt: "slt", sge: "sle" } as const;

/** regs_refine_cond_op: what `a op b` teaches, not synced. */
export function learn(a: BigScalar, b: BigScalar, op: BigJump, wide: boolean): void {
	const [umin, umax, smin, smax] = wide
		? (["umin", "umax", "smin", "smax"] as const)
		: (["umin32", "umax32", "smin32", "smax32"] as const);
	const u = wide ? u64 : u32;
	const s = wide ? s64 : s32;
	const isKnown = (x: BigScalar) => boundsOf(x, wide).t.mask === 0n;
	const [other, constant] = isKnown(b) ? [a, b] : [b, a];
	const value = boundsOf(constant, wide).t.value;
	switch (op) {
		case "gt":
		case "ge":
		case "sgt":
		case "sge":
			learn(b, a, swapped[op], wide);
			return;
		case "lt":
		case "le": {
			const strict = op === "lt" ? 1n : 0n;
			a[umax] = min(a[umax], u(b[umax] - strict));
			b[umin] = max(b[umin], u(a[umin] + strict));
			return;
		}
		case "slt":
		case "sle": {
			const strict = op === "slt" ? 1n : 0n;
			a[smax] = min(a[smax], s(b[smax] - strict));
			b[smin] = max(b[smin], s(a[smin] + strict));
			return;
		}
		case "eq": {
			a[umin] = b[umin] = max(a[umin], b[umin]);
			a[umax] = b[umax] = min(a[umax], b[umax]);
			a[smin] = b[smin] = max(a[smin], b[smin]);
			a[smax] = b[smax] = min(a[smax], b[smax]);
			const both = intersect(a, b);
			const high = wide ? 0n : HIGH;
			for (const x of [a, b])
				setTnum(
					x,
					tnum((x.value & high) | (both.value & ~high), (x.mask & high) | (both.mask & ~high)),
				);
			return;
		}
		case "ne":
			if (!isKnown(constant)) return;
			if (other[umin] === u(value)) other[umin] = u(value + 1n);
			if (other[umax] === u(value)) other[umax] = u(value - 1n);
			if (other[smin] === s(value)) other[smin] = s(s(value) + 1n);
			if (other[smax] === s(value)) other[smax] = s(s(value) - 1n);
			return;
		case "set":
			if (!isKnown(constant) || value === 0n || (value & (value - 1n)) !== 0n) return;
			setTnum(other, tnum(other.value | value, other.mask & ~value));
			return;
		case "notset":
			if (!isKnown(constant)) return;
			Object.assign(other, unbounded64, unbounded32);
			setTnum(other, tnum(other.value & ~value, other.mask & ~value));
	}
}

/** reg_set_min_max for one branch: what is left of the operands when `a op b` holds, or when it does not. */
export function branch(a: BigScalar, b: BigScalar, op: BigJump, wide: boolean, holds: boolean) {
	learn(a, b, holds ? op : opposite[op], wide);
	sync(a);
	sync(b);
}
