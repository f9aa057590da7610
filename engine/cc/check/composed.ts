// Builtins that other nodes can say: alignment, additions with carry, element-wise arithmetic on scalars, the place of a call. Their
// operands are evaluated once, into variables that have no name.

import {
	boolType,
	type CType,
	canonical,
	charPointer,
	charType,
	constCharPointer,
	type Expression,
	intType,
	isInteger,
	isPointer,
	numberOf,
	pointeeOf,
	qualify,
	quoteType,
	type Statement,
	sizeOf,
	underlying,
	unqualified,
	unsignedCharType,
	unsignedLongLongType,
	unsignedLongType,
	unsignedShortType,
	unsignedType,
	type Variable,
	voidType,
} from "../ast/index.ts";
import type { Location } from "../token.ts";
import { assignTo } from "./assign.ts";
import { noAttributes } from "./attribute.ts";
import { castTo } from "./cast.ts";
import { conditional } from "./conditional.ts";
import { bad, type Context, isBad } from "./context.ts";
import { convert, rvalue } from "./convert.ts";
import { assign, binary, dereference, unary } from "./operator.ts";

/** A call as written. */
interface Call {
	readonly name: string;
	readonly args: readonly Expression[];
	readonly at: Location;
	readonly end: Location;
}

/** Makes the nodes of one call. */
class Composer {
	readonly ctx: Context;
	readonly call: Call;
	readonly #items: Statement[] = [];

	constructor(ctx: Context, call: Call) {
		this.ctx = ctx;
		this.call = call;
	}

	number(value: bigint, type: CType = unsignedLongType): Expression {
		const { at, end } = this.call;
		return { kind: "number", type, value, at, end };
	}

	/** A variable that holds a value; evaluated here. */
	hold(value: Expression): Expression {
		const { at, end } = this.call;
		if (value.kind === "number" || isBad(value)) return value;
		const type = unqualified(value.type);
		const variable: Variable = {
			name: "",
			type,
			storage: "auto",
			attributes: noAttributes,
			init: { entries: [{ offset: 0, value }] },
			defined: true,
			at,
			uses: 1,
		};
		this.#items.push({ kind: "declare", variables: [variable], at, end });
		return { kind: "variable", type, variable, at, end };
	}

	op(op: Parameters<typeof binary>[1], a: Expression, b: Expression): Expression {
		// As if in parentheses, so that nothing is said of precedence.
		return { ...binary(this.ctx, op, a, b, this.call.at), at: this.call.end };
	}

	run(e: Expression): void {
		const { at, end } = this.call;
		this.#items.push({ kind: "expression", expression: e, at, end });
	}

	give(value: Expression): Expression {
		const { at, end } = this.call;
		if (isBad(value)) return bad(at, end);
		const result = rvalue(value);
		if (this.#items.length === 0) return { ...result, at, end };
		const body = { kind: "block" as const, items: this.#items, at, end };
		return { kind: "statements", type: result.type, body, value: result, at, end };
	}
}

type Maker = (c: Composer, args: readonly Expression[]) => Expression;

/** Builtin, without `__builtin_` → how many arguments it has, and what it is. */
const makers: Readonly<Record<string, readonly [number, Maker]>> = {
	align_up: [2, (c, args) => aligned(c, args, true)],
	align_down: [2, (c, args) => aligned(c, args, false)],
	is_aligned: [2, isAligned],
	FILE: [0, (c) => text(c, fileOf(c))],
	FILE_NAME: [0, (c) => text(c, fileOf(c).replace(/^.*\//, ""))],
	FUNCTION: [0, (c) => text(c, c.ctx.current?.name ?? "")],
	COLUMN: [0, (c) => c.number(BigInt(positionOf(c)?.column ?? 0), unsignedType)],
	elementwise_max: [2, (c, args) => larger(c, args, ">")],
	elementwise_min: [2, (c, args) => larger(c, args, "<")],
	elementwise_abs: [1, absolute],
	elementwise_add_sat: [2, (c, args) => saturated(c, args, "add")],
	elementwise_sub_sat: [2, (c, args) => saturated(c, args, "sub")],
	nontemporal_load: [1, (c, [p]) => (p ? dereference(c.ctx, p, c.call.at) : bad(c.call.at))],
	nontemporal_store: [
		2,
		(c, [v, p]) =>
			v && p ? assign(c.ctx, dereference(c.ctx, p, c.call.at), v, c.call.at) : bad(c.call.at),
	],
	assume_separate_storage: [2, nothing],
	assume_dereferenceable: [2, nothing],
	annotation: [2, (_, [value]) => (value ? rvalue(value) : bad(0))],
	extend_pointer: [
		1,
		(c, [p]) => (p ? castTo(c.ctx, unsignedLongLongType, p, c.call.at) : bad(c.call.at)),
	],
};

const carry = /^(add|sub)c(b|s|l|ll)?$/;
const carryTypes: Readonly<Record<string, CType>> = {
	b: unsignedCharType,
	s: unsignedShortType,
	"": unsignedType,
	l: unsignedLongType,
	ll: unsignedLongLongType,
};

/** How many arguments a builtin of these takes, undefined for another. */
export function composedArity(short: string): number | undefined {
	return carry.test(short) ? 4 : Object.hasOwn(makers, short) ? makers[short]?.[0] : undefined;
}

/** The nodes that a call of `__builtin_<short>` stands for; it has as many arguments as it must. */
export function composed(ctx: Context, short: string, call: Call): Expression {
	const c = new Composer(ctx, call);
	const shape = carry.exec(short);
	if (shape) return withCarry(c, shape[1] === "add", carryTypes[shape[2] ?? ""] ?? unsignedType);
	const make = makers[short]?.[1];
	return make ? c.give(make(c, call.args)) : bad(call.at, call.end);
}

function nothing(c: Composer, args: readonly Expression[]): Expression {
	for (const arg of args) c.run(rvalue(arg));
	return {
		kind: "cast",
		type: voidType,
		operand: c.number(0n),
		implicit: true,
		at: c.call.at,
		end: c.call.end,
	};
}

function positionOf(c: Composer) {
	const { locations } = c.ctx.settings;
	return locations.files.length === 0 ? undefined : locations.position(c.call.at);
}

function fileOf(c: Composer): string {
	return positionOf(c)?.file.name ?? "";
}

function text(c: Composer, value: string): Expression {
	const { at, end } = c.call;
	const bytes = new TextEncoder().encode(`${value}\0`);
	const of = qualify(charType, { const: true });
	const type: CType = { kind: "array", of, length: bytes.length };
	const string: Expression = { kind: "string", type, bytes, at, end };
	return convert(rvalue(string), constCharPointer);
}

/** The mask `alignment - 1` for a first operand that can be aligned. */
function mask(c: Composer, value: Expression, by: Expression): Expression | undefined {
	const { reports } = c.ctx;
	const type = value.type;
	if (
		!isPointer(type) &&
		(!isInteger(type) || canonical(type).kind === "enum" || canonical(type).kind === "bool")
	) {
		const wrong = `operand of type ${quoteType(type)} where arithmetic or pointer type is required`;
		reports.error("argument", value.at, wrong, { end: value.end });
		return undefined;
	}
	if (!isInteger(by.type)) {
		const wrong = `operand of type ${quoteType(by.type)} where integer type is required`;
		reports.error("argument", by.at, wrong, { end: by.end });
		return undefined;
	}
	const known = numberOf(by);
	if (known !== undefined && (known < 1n || (known & (known - 1n)) !== 0n)) {
		const wrong =
			known < 1n
				? "requested alignment must be 1 or greater"
				: "requested alignment is not a power of 2";
		reports.error("argument", by.at, wrong, { end: by.end });
		return undefined;
	}
	const wide = isPointer(type) ? unsignedLongType : unqualified(type);
	return c.op("-", castTo(c.ctx, wide, by, by.at), c.number(1n, intType));
}

function aligned(c: Composer, args: readonly Expression[], up: boolean): Expression {
	const value = rvalue(args[0] ?? bad(c.call.at));
	const low = mask(c, value, rvalue(args[1] ?? bad(c.call.at)));
	if (isBad(value) || !low) return bad(c.call.at, c.call.end);
	const held = c.hold(value);
	const pointer = isPointer(value.type);
	const wide = pointer ? unsignedLongType : unqualified(value.type);
	const bits = c.hold(castTo(c.ctx, wide, low, c.call.at));
	const number = pointer ? c.hold(castTo(c.ctx, wide, held, c.call.at)) : held;
	const from = up ? c.op("+", number, bits) : number;
	const made = c.op("&", from, unary(c.ctx, "~", bits, c.call.at));
	if (!pointer) return castTo(c.ctx, wide, made, c.call.at);
	const moved = c.op("+", castTo(c.ctx, charPointer, held, c.call.at), c.op("-", made, number));
	return castTo(c.ctx, unqualified(value.type), moved, c.call.at);
}

function isAligned(c: Composer, args: readonly Expression[]): Expression {
	const value = rvalue(args[0] ?? bad(c.call.at));
	const low = mask(c, value, rvalue(args[1] ?? bad(c.call.at)));
	if (isBad(value) || !low) return bad(c.call.at, c.call.end);
	const wide = isPointer(value.type) ? unsignedLongType : unqualified(value.type);
	const number = castTo(c.ctx, wide, value, c.call.at);
	return convert(c.op("==", c.op("&", number, low), c.number(0n, intType)), boolType);
}

function larger(c: Composer, args: readonly Expression[], op: ">" | "<"): Expression {
	const [a, b] = pair(c, args);
	if (!a || !b) return bad(c.call.at, c.call.end);
	return convert(conditional(c.ctx, c.op(op, a, b), a, b, c.call.at), unqualified(a.type));
}

/** Two integers of one type, held. */
function pair(c: Composer, args: readonly Expression[]): [Expression?, Expression?] {
	const [a, b] = args.map((arg) => rvalue(arg));
	if (!a || !b || isBad(a) || isBad(b)) return [];
	if (!isInteger(a.type) || unqualified(canonical(a.type)) !== unqualified(canonical(b.type))) {
		const wrong = `arguments are of different types (${quoteType(a.type)} vs ${quoteType(b.type)})`;
		c.ctx.reports.error("argument", c.call.at, wrong, { end: c.call.end });
		return [];
	}
	return [c.hold(a), c.hold(b)];
}

function absolute(c: Composer, args: readonly Expression[]): Expression {
	const value = rvalue(args[0] ?? bad(c.call.at));
	if (isBad(value)) return value;
	const held = c.hold(value);
	const negative = c.op("<", held, c.number(0n, intType));
	const made = conditional(c.ctx, negative, unary(c.ctx, "-", held, c.call.at), held, c.call.at);
	return castTo(c.ctx, unqualified(value.type), made, c.call.at);
}

function saturated(c: Composer, args: readonly Expression[], op: "add" | "sub"): Expression {
	const [a, b] = pair(c, args);
	const int = a && underlying(a.type);
	if (!a || !b || !int) return bad(c.call.at, c.call.end);
	const type = unqualified(a.type);
	const { at, end } = c.call;
	const result = c.hold({ kind: "cast", type, operand: c.number(0n), implicit: true, at, end });
	const to: Expression = {
		kind: "address",
		type: { kind: "pointer", to: type },
		operand: result,
		at,
		end,
	};
	const name = `__builtin_${op}_overflow`;
	const over: Expression = {
		kind: "builtin",
		name,
		type: boolType,
		args: [rvalue(a), rvalue(b), to],
		types: [],
		at,
		end,
	};
	const bits = BigInt(sizeOf(type) * 8);
	const high = int.signed ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n;
	const low = int.signed ? -(1n << (bits - 1n)) : 0n;
	const ends = int.signed
		? conditional(
				c.ctx,
				c.op("<", a, c.number(0n, intType)),
				c.number(low, type),
				c.number(high, type),
				at,
			)
		: c.number(op === "add" ? high : low, type);
	return castTo(c.ctx, type, conditional(c.ctx, over, ends, rvalue(result), at), at);
}

/** `a + b + carry`, and the carry out of it through the last operand. */
function withCarry(c: Composer, add: boolean, type: CType): Expression {
	const { args, at } = c.call;
	const [x, y, in_, out] = args;
	if (!x || !y || !in_ || !out) return bad(at, c.call.end);
	const given = [x, y, in_].map((arg) => assignTo(c.ctx, arg, type, { kind: "passing" }));
	const place = assignTo(c.ctx, out, { kind: "pointer", to: type }, { kind: "passing" });
	if (given.some(isBad) || isBad(place) || !pointeeOf(place.type)) return bad(at, c.call.end);
	const [a, b, carried] = given.map((e) => c.hold(e));
	if (!a || !b || !carried) return bad(at, c.call.end);
	const op = add ? "+" : "-";
	const first = c.hold(castTo(c.ctx, type, c.op(op, a, b), at));
	const second = c.hold(castTo(c.ctx, type, c.op(op, first, carried), at));
	const over = (sum: Expression, left: Expression, right: Expression) =>
		add ? c.op("<", sum, left) : c.op("<", left, right);
	const lost = c.op("|", over(first, a, b), over(second, first, carried));
	c.run(assign(c.ctx, dereference(c.ctx, place, at), castTo(c.ctx, type, lost, at), at));
	return c.give(second);
}
