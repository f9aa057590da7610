// Operators: operands to checked nodes (C11 6.5.3 to 6.5.17). Takes operands as the parser made them, lvalues and all.

import {
	type BinaryOp,
	type CType,
	canonical,
	compatible,
	type Expression,
	exactBinary,
	foldBinary,
	foldUnary,
	intType,
	isAtomic,
	isBoolean,
	isComplete,
	isFloat,
	isInteger,
	isPointer,
	longType,
	type Member,
	numberOf,
	pointeeOf,
	qualifiersOf,
	quoteType,
	sizeOf,
	underlying,
	unqualified,
	voidType,
} from "../ast/index.ts";
import type { Location } from "../token.ts";
import { assignTo } from "./assign.ts";
import { bad, type Context, isBad, shownName } from "./context.ts";
import {
	bitField,
	condition,
	convert,
	isLvalue,
	isNull,
	promote,
	promotedType,
	refuseFloat,
	rvalue,
	usual,
} from "./convert.ts";
import { binaryReal, unaryReal } from "./real.ts";
import { warnDivision } from "./sizes.ts";
import { warnAlwaysTrue, warnBinary, warnBits, warnLogical } from "./suspect.ts";
import { warnIndex } from "./unused.ts";

/** `+ - ~ !` before an operand. */
export function unary(
	ctx: Context,
	op: "+" | "-" | "~" | "!",
	operand: Expression,
	at: Location,
): Expression {
	const value = rvalue(operand);
	const end = operand.end;
	if (isBad(value)) return bad(at, end);
	if (op === "!") {
		warnAlwaysTrue(ctx, operand);
		const decided = condition(ctx, value, "invalid argument type to unary expression");
		if (isBad(decided)) return bad(at, end);
		if (decided.kind === "number")
			return { kind: "number", type: intType, value: decided.value === 0n ? 1n : 0n, at, end };
		return { kind: "unary", op, type: intType, operand: decided, at, end };
	}
	if (isFloat(value.type)) return unaryReal(op, value, at) ?? refuseFloat(ctx, operand);
	if (!isInteger(value.type)) {
		const text = `invalid argument type ${quoteType(value.type)} to unary expression`;
		ctx.reports.error("invalid-operand", at, text, { end });
		return bad(at, end);
	}
	const promoted = promote(value);
	if (op === "+") return { ...promoted, at };
	if (promoted.kind === "number") {
		const folded = foldUnary(op, promoted.value, promoted.type);
		return { kind: "number", type: promoted.type, value: folded, at, end };
	}
	return { kind: "unary", op, type: promoted.type, operand: promoted, at, end };
}

/** `&operand`. */
export function address(ctx: Context, operand: Expression, at: Location): Expression {
	const end = operand.end;
	if (isBad(operand)) return operand;
	if (operand.kind === "function") return { ...rvalue(operand), at };
	if (operand.kind === "dereference" && canonical(operand.type).kind !== "function")
		return retype({ ...operand.operand, at }, operand.type);
	if (operand.kind === "dereference") return { ...operand.operand, at };
	if (!isLvalue(operand)) {
		const text = `cannot take the address of an rvalue of type ${quoteType(operand.type)}`;
		ctx.reports.error("address-of-rvalue", at, text, { end });
		return bad(at, end);
	}
	if (bitField(operand)) {
		ctx.reports.error("address-of-bit-field", at, "address of bit-field requested", { end });
		return bad(at, end);
	}
	return { kind: "address", type: { kind: "pointer", to: operand.type }, operand, at, end };
}

function retype(e: Expression, to: CType): Expression {
	return pointeeOf(e.type) === to ? e : { ...e, type: { kind: "pointer", to } };
}

/** `*operand`. */
export function dereference(ctx: Context, operand: Expression, at: Location): Expression {
	const value = rvalue(operand);
	const end = operand.end;
	if (isBad(value)) return bad(at, end);
	const to = pointeeOf(value.type);
	if (to && canonical(to).kind === "void" && ctx.unevaluated === 0) {
		const text = `ISO C does not allow indirection on operand of type ${quoteType(value.type)}`;
		ctx.reports.warning("void-ptr-dereference", at, text, { end });
	}
	if (to === undefined) {
		const text = `indirection requires pointer operand (${quoteType(value.type)} invalid)`;
		ctx.reports.error("indirection", at, text, { end });
		return bad(at, end);
	}
	if (value.kind === "address" && value.operand.type === to) return { ...value.operand, at, end };
	return { kind: "dereference", type: to, operand: value, at, end };
}

const comparisons = new Set<BinaryOp>(["==", "!=", "<", "<=", ">", ">="]);

/** `left op right`; `opAt` is the operator's place. */
export function binary(
	ctx: Context,
	op: BinaryOp,
	left: Expression,
	right: Expression,
	opAt: Location,
): Expression {
	const a = rvalue(left);
	const b = rvalue(right);
	const at = left.at;
	const end = right.end;
	if (isBad(a) || isBad(b)) return bad(at, end);
	if (isFloat(a.type) || isFloat(b.type))
		return binaryReal(op, a, b) ?? refuseFloat(ctx, isFloat(a.type) ? a : b);
	warnBinary(ctx, { op, left, right, opAt });
	if (comparisons.has(op)) return compare(ctx, op, a, b, opAt);
	if (op === "&" || op === "|" || op === "^")
		for (const side of [left, right]) mixedBits(ctx, op, side, opAt);
	const x = isPointer(a.type);
	const y = isPointer(b.type);
	if (op === "+" && x && isInteger(b.type)) return offset(ctx, "+", a, b, opAt);
	if (op === "+" && y && isInteger(a.type)) return { ...offset(ctx, "+", b, a, opAt), at, end };
	if (op === "-" && x && isInteger(b.type)) return offset(ctx, "-", a, b, opAt);
	if (op === "-" && x && y) return difference(ctx, a, b, opAt);
	if (!isInteger(a.type) || !isInteger(b.type)) return invalid(ctx, a, b, opAt);
	if (op === "<<" || op === ">>") return shift(ctx, op, promote(a), promote(b), opAt);
	const both = usual(a, b);
	if (!both) return invalid(ctx, a, b, opAt);
	if (op === "/") warnDivision(ctx, left, right, opAt);
	return arithmetic(ctx, op, both[0], both[1], opAt);
}

function invalid(ctx: Context, a: Expression, b: Expression, opAt: Location): Expression {
	const text = `invalid operands to binary expression (${quoteType(a.type)} and ${quoteType(b.type)})`;
	ctx.reports.error("invalid-operands", opAt, text);
	return bad(a.at, b.end);
}

function arithmetic(
	ctx: Context,
	op: BinaryOp,
	left: Expression,
	right: Expression,
	opAt: Location,
): Expression {
	const type = left.type;
	if (right.kind === "number" && right.value === 0n && (op === "/" || op === "%")) {
		const what = op === "/" ? "division" : "remainder";
		ctx.reports.warning("division-by-zero", opAt, `${what} by zero is undefined`);
	}
	if (left.kind === "number" && right.kind === "number") {
		const exact = exactBinary(op, left.value, right.value, sizeOf(type) * 8);
		const value = foldBinary(op, left.value, right.value, type);
		const over = value !== undefined && typeof exact === "bigint" && exact !== value;
		if (over && underlying(type)?.signed) {
			const text = `overflow in expression; result is ${separated(value)} with type ${quoteType(type)}`;
			ctx.reports.warning("integer-overflow", opAt, text);
		}
	}
	return operation(op, left, right, type, opAt);
}

/** The operation as a node, or as its number; both operands have been converted. */
function operation(
	op: BinaryOp,
	left: Expression,
	right: Expression,
	type: CType,
	opAt: Location,
): Expression {
	const at = left.at;
	const end = right.end;
	if (left.kind === "number" && right.kind === "number") {
		const value = foldBinary(op, left.value, right.value, left.type);
		if (value !== undefined) return { kind: "number", type, value, at, end };
	}
	return { kind: "binary", op, type, left, right, at, end, opAt };
}

/** Digits in groups of three, as clang shows large numbers. */
function separated(value: bigint): string {
	return value.toString().replace(/\B(?=(\d{3})+$)/g, "'");
}

function shift(
	ctx: Context,
	op: "<<" | ">>",
	left: Expression,
	right: Expression,
	opAt: Location,
): Expression {
	const type = left.type;
	if (right.kind === "number" && !ctx.unevaluated) {
		const width = BigInt(sizeOf(type) * 8);
		if (right.value < 0n)
			ctx.reports.warning("shift-count-negative", opAt, "shift count is negative");
		else if (right.value >= width)
			ctx.reports.warning("shift-count-overflow", opAt, "shift count >= width of type");
	}
	return operation(op, left, right, type, opAt);
}

function offset(
	ctx: Context,
	op: "+" | "-",
	pointer: Expression,
	index: Expression,
	opAt: Location,
): Expression {
	const to = pointeeOf(pointer.type) ?? voidType;
	if (!usableStep(ctx, to, opAt)) return bad(pointer.at, index.end);
	const count = convert(promote(index), longType);
	return {
		kind: "offset",
		op,
		type: pointer.type,
		pointer,
		index: count,
		at: pointer.at,
		end: index.end,
	};
}

function usableStep(ctx: Context, to: CType, opAt: Location): boolean {
	const core = canonical(to);
	if (core.kind === "void" || core.kind === "function" || isComplete(to)) return true;
	const text = `arithmetic on a pointer to an incomplete type ${quoteType(to)}`;
	ctx.reports.error("incomplete-type", opAt, text);
	return false;
}

function difference(ctx: Context, a: Expression, b: Expression, opAt: Location): Expression {
	const left = pointeeOf(a.type) ?? voidType;
	const right = pointeeOf(b.type) ?? voidType;
	if (!compatible(left, right, true)) {
		const text = `${quoteType(a.type)} and ${quoteType(b.type)} are not pointers to compatible types`;
		ctx.reports.error("incompatible-pointers", opAt, text);
		return bad(a.at, b.end);
	}
	if (!usableStep(ctx, left, opAt)) return bad(a.at, b.end);
	return { kind: "difference", type: longType, left: a, right: b, at: a.at, end: b.end };
}

function compare(
	ctx: Context,
	op: BinaryOp,
	a: Expression,
	b: Expression,
	opAt: Location,
): Expression {
	if (isPointer(a.type) || isPointer(b.type)) {
		const pair = pointerPair(ctx, a, b, opAt, op);
		if (!pair) return invalid(ctx, a, b, opAt);
		return operation(op, pair[0], pair[1], intType, opAt);
	}
	const both = usual(a, b);
	if (!both) return invalid(ctx, a, b, opAt);
	warnBits(ctx, op, both[0], both[1], opAt);
	return operation(op, both[0], both[1], intType, opAt);
}

function pointerPair(
	ctx: Context,
	a: Expression,
	b: Expression,
	opAt: Location,
	op: BinaryOp,
): [Expression, Expression] | undefined {
	const left = pointeeOf(a.type);
	const right = pointeeOf(b.type);
	if (left !== undefined && right !== undefined) {
		const ordered = op !== "==" && op !== "!=";
		const a0 = canonical(left).kind === "void";
		const b0 = canonical(right).kind === "void";
		const distinct = a0 || b0 ? ordered && a0 !== b0 : !compatible(left, right, true);
		if (distinct && !isNull(a) && !isNull(b)) {
			const text = `comparison of distinct pointer types (${quoteType(a.type)} and ${quoteType(b.type)})`;
			ctx.reports.warning("compare-distinct-pointer-types", opAt, text);
		}
		return isNull(a) || a0 ? [convert(a, b.type), b] : [a, convert(b, a.type)];
	}
	if (left !== undefined && isInteger(b.type)) {
		warnMixed(ctx, a, b, b, opAt, op);
		return [a, convert(b, a.type)];
	}
	if (right !== undefined && isInteger(a.type)) {
		warnMixed(ctx, a, b, a, opAt, op);
		return [convert(a, b.type), b];
	}
	return undefined;
}

function warnMixed(
	ctx: Context,
	a: Expression,
	b: Expression,
	int: Expression,
	opAt: Location,
	op: BinaryOp,
) {
	if (isNull(int)) {
		if (op === "==" || op === "!=") return;
		const text = `ordered comparison between pointer and zero (${quoteType(a.type)} and ${quoteType(b.type)})`;
		ctx.reports.warning("ordered-compare-pointer-zero", opAt, text);
		return;
	}
	const ordered = op === "==" || op === "!=" ? "" : "ordered ";
	const text = `${ordered}comparison between pointer and integer (${quoteType(a.type)} and ${quoteType(b.type)})`;
	ctx.reports.warning("pointer-integer-compare", opAt, text);
}

/** `left && right`, `left || right`. */
export function logical(
	ctx: Context,
	op: "&&" | "||",
	left: Expression,
	right: Expression,
	opAt: Location,
): Expression {
	if (op === "||") for (const side of [left, right]) mixedLogical(ctx, side);
	warnLogical(ctx, op, left, right, opAt);
	for (const side of [left, right]) warnAlwaysTrue(ctx, side);
	const a = condition(ctx, left, "invalid operands to binary expression");
	const b = condition(ctx, right, "invalid operands to binary expression");
	const at = left.at;
	const end = right.end;
	if (isBad(a) || isBad(b)) return bad(at, end);
	if (a.kind === "number" && b.kind === "number") {
		const value = op === "&&" ? a.value !== 0n && b.value !== 0n : a.value !== 0n || b.value !== 0n;
		return { kind: "number", type: intType, value: value ? 1n : 0n, at, end };
	}
	return { kind: "logical", op, type: intType, left: a, right: b, at, end, opAt };
}

/** `a && b` beside `||` without parentheses. */
function mixedLogical(ctx: Context, side: Expression): void {
	if (side.kind !== "logical" || side.op !== "&&" || side.at !== side.left.at) return;
	const at = side.opAt ?? side.at;
	const { reports } = ctx;
	const edits = [reports.insertBefore(side.at, "("), reports.insertAfter(side.end, ")")];
	reports.warning("logical-op-parentheses", at, "'&&' within '||'", {
		notes: [
			{ message: "place parentheses around the '&&' expression to silence this warning", at },
		],
		fix: { title: "place parentheses around the '&&' expression", edits },
	});
}

/** A comparison as operand of `&`, `|` or `^` without parentheses. */
/** The comparison of two numbers that became one, as it was written; "" without. */
function folded(ctx: Context, e: Expression): string {
	if (e.at === e.end) return "";
	const text = ctx.reports.text(e.at, e.end) ?? "";
	return /^[\w.]+\s*([=!]=|[<>]=?)\s*[\w.]+$/.exec(text)?.[1] ?? "";
}

function mixedBits(ctx: Context, op: BinaryOp, side: Expression, opAt: Location): void {
	const { reports } = ctx;
	const inner = side.kind === "number" ? folded(ctx, side) : side.kind === "binary" ? side.op : "";
	if (inner === "" || !comparisons.has(inner as BinaryOp)) return;
	if (side.kind === "binary" && side.at !== side.left.at) return;
	const edits = [reports.insertBefore(side.at, "("), reports.insertAfter(side.end, ")")];
	const text = `${op} has lower precedence than ${inner}; ${inner} will be evaluated first`;
	reports.warning("parentheses", opAt, text, {
		notes: [
			{
				message: `place parentheses around the '${inner}' expression to silence this warning`,
				at: opAt,
			},
			{ message: `place parentheses around the ${op} expression to evaluate it first`, at: opAt },
		],
		fix: { title: `place parentheses around the '${inner}' expression`, edits },
	});
}

/** `left, right`. */
export function comma(left: Expression, right: Expression): Expression {
	const b = rvalue(right);
	return { kind: "comma", type: b.type, left: rvalue(left), right: b, at: left.at, end: right.end };
}

/** Reports a target that cannot be changed. */
function changeable(ctx: Context, target: Expression, opAt: Location): boolean {
	if (isBad(target)) return false;
	const core = canonical(target.type);
	if (target.kind === "index") warnIndex(ctx, target.base, target.index, true);
	if (target.kind === "function") {
		const text = `non-object type ${quoteType(target.type)} is not assignable`;
		ctx.reports.error("not-assignable", opAt, text);
		return false;
	}
	if (!isLvalue(target)) {
		ctx.reports.error("not-assignable", opAt, "expression is not assignable");
		return false;
	}
	if (core.kind === "array" || core.kind === "function") {
		const what = core.kind === "array" ? `array type ${quoteType(target.type)}` : "non-object type";
		ctx.reports.error("not-assignable", opAt, `${what} is not assignable`);
		return false;
	}
	if (isAtomic(target.type)) {
		const text = "only the __c11_atomic builtins may change an object of atomic type";
		ctx.reports.unsupported("atomic-assignment", opAt, text);
		return false;
	}
	return !isConstant(ctx, target, opAt);
}

function isConstant(ctx: Context, target: Expression, opAt: Location): boolean {
	let text = "";
	let notes: { message: string; at: Location }[] = [];
	if (target.kind === "variable" && qualifiersOf(target.type).const) {
		const { at } = target.variable;
		const name = shownName(target.variable);
		text = `cannot assign to variable '${name}' with const-qualified type ${quoteType(target.type)}`;
		notes = [{ message: `variable '${name}' declared const here`, at }];
	} else if (target.kind === "member" && qualifiersOf(target.member.type).const) {
		text = `cannot assign to non-static data member '${target.member.name}' with const-qualified type ${quoteType(target.member.type)}`;
		notes = [
			{
				message: `non-static data member '${target.member.name}' declared const here`,
				at: target.member.at,
			},
		];
	} else if (qualifiersOf(target.type).const) text = "read-only variable is not assignable";
	if (text === "") return false;
	ctx.reports.error("read-only", opAt, text, { notes });
	return true;
}

/** `target = value`. */
export function assign(
	ctx: Context,
	target: Expression,
	value: Expression,
	opAt: Location,
): Expression {
	const at = target.at;
	const end = value.end;
	if (!changeable(ctx, target, opAt)) return bad(at, end);
	const converted = assignTo(ctx, value, target.type, { kind: "assigning", at: opAt });
	if (isBad(converted)) return bad(at, end);
	warnTruncated(ctx, bitField(target), rvalue(value), opAt);
	if (
		target.kind === "variable" &&
		value.kind === "variable" &&
		target.variable === value.variable
	) {
		const text = `explicitly assigning value of variable of type ${quoteType(target.type)} to itself`;
		ctx.reports.warning("self-assign", opAt, text);
	}
	return {
		kind: "assign",
		type: unqualified(target.type),
		target,
		value: converted,
		at,
		end,
		opAt,
	};
}

/** A constant that a bit-field cannot hold. */
export function warnTruncated(
	ctx: Context,
	field: Member | undefined,
	value: Expression,
	at: Location,
): void {
	if (field?.bitSize === undefined || value.kind !== "number" || isBoolean(field.type)) return;
	const signed = underlying(field.type)?.signed ?? false;
	const held = signed
		? BigInt.asIntN(field.bitSize, value.value)
		: BigInt.asUintN(field.bitSize, value.value);
	const fits =
		BigInt.asUintN(field.bitSize, value.value) === value.value ||
		BigInt.asIntN(field.bitSize, value.value) === value.value;
	if (held === value.value || (!signed && fits && value.value < 0n)) return;
	const text = `implicit truncation from 'int' to bit-field changes value from ${value.value} to ${held}`;
	ctx.reports.warning("bitfield-constant-conversion", at, text);
}

/** `target op= value`. */
export function compound(
	ctx: Context,
	op: BinaryOp,
	target: Expression,
	value: Expression,
	opAt: Location,
): Expression {
	const at = target.at;
	const end = value.end;
	if (!changeable(ctx, target, opAt)) return bad(at, end);
	const right = rvalue(value);
	if (isBad(right)) return bad(at, end);
	if (isFloat(target.type) || isFloat(right.type))
		return refuseFloat(ctx, isFloat(right.type) ? value : target);
	const type = unqualified(target.type);
	const to = pointeeOf(type);
	if (to !== undefined && (op === "+" || op === "-") && isInteger(right.type)) {
		if (!usableStep(ctx, to, opAt)) return bad(at, end);
		const count = convert(promote(right), longType);
		return { kind: "compound", op, type, target, value: count, common: type, at, end };
	}
	const own = promotedType(target);
	if (!own || !isInteger(right.type)) return invalid(ctx, rvalue(target), right, opAt);
	if (op === "<<" || op === ">>") {
		shift(ctx, op, promote(rvalue(target)), promote(right), opAt);
		return { kind: "compound", op, type, target, value: promote(right), common: own, at, end };
	}
	const both = usual(rvalue(target), right);
	if (!both) return invalid(ctx, rvalue(target), right, opAt);
	if ((op === "/" || op === "%") && numberOf(both[1]) === 0n) {
		const what = op === "/" ? "division" : "remainder";
		ctx.reports.warning("division-by-zero", opAt, `${what} by zero is undefined`);
	}
	return { kind: "compound", op, type, target, value: both[1], common: both[2], at, end };
}

/** `++` and `--` on either side. */
export function increment(
	ctx: Context,
	op: "++" | "--",
	prefix: boolean,
	target: Expression,
	opAt: Location,
): Expression {
	const at = prefix ? opAt : target.at;
	const end = prefix ? target.end : opAt;
	if (!changeable(ctx, target, opAt)) return bad(at, end);
	if (isFloat(target.type)) return refuseFloat(ctx, target);
	const to = pointeeOf(target.type);
	if (to === undefined && !isInteger(target.type)) {
		const text = `cannot ${op === "++" ? "increment" : "decrement"} value of type ${quoteType(target.type)}`;
		ctx.reports.error("invalid-operand", opAt, text);
		return bad(at, end);
	}
	if (to !== undefined && !usableStep(ctx, to, opAt)) return bad(at, end);
	return { kind: "increment", type: unqualified(target.type), op, prefix, target, at, end };
}
