// Expressions → SSA values of at most 64 bits.

import {
	type Block,
	inverse,
	type Node,
	type Predicate,
	type BinaryOp as SsaOp,
} from "../../ssa/index.ts";
import type { BinaryOp, Expression } from "../ast/tree.ts";
import type { CType } from "../ast/type.ts";
import { addBytes, addressOf, pointerOf, scaled } from "./address.ts";
import { cut, loadBits, storeBits } from "./bitfield.ts";
import { builtinScalar } from "./builtin.ts";
import { callScalar } from "./call.ts";
import { evaluate } from "./constant.ts";
import type { Context, Place } from "./context.ts";
import { convert, fitted, loadScalar, storeScalar, toI64, toTruth, toWide } from "./convert.ts";
import { statementValue } from "./inner.ts";
import { canonical, isSigned, pointee, sizeOf, spaceOf, stride, valueClass } from "./types.ts";
import { wideArithmetic, wideCompare, wideOperand, wideTruth } from "./wide.ts";

type Of<K extends Expression["kind"]> = Extract<Expression, { kind: K }>;

/** The value of an expression whose type one SSA value holds. */
export function scalar(c: Context, e: Expression): Node {
	switch (e.kind) {
		case "number":
			return c.b.const(classOf(e.type), e.value);
		case "load":
			return load(c, e);
		case "decay":
		case "address":
			return pointerOf(c, addressOf(c, e.operand));
		case "cast":
		case "binary":
		case "offset":
			return row(c, e);
		case "unary":
			return unary(c, e);
		case "difference":
			return difference(c, e);
		case "logical":
			return viaBranches(c, e);
		case "conditional":
			return conditional(c, e);
		case "comma":
			c.ops.effect(c, e.left);
			return c.scalar(e.right);
		case "assign":
			return assign(c, e);
		case "compound":
			return compound(c, e);
		case "increment":
			return increment(c, e);
		case "call":
			return callScalar(c, e);
		case "builtin":
			return builtinScalar(c, e);
		case "statements":
			return statementValue(c, e, (value) => c.scalar(value)) ?? c.b.undef(classOf(e.type));
		case "member":
			// Of a record that is a value: members of objects come within a load.
			if (valueClass(e.type) !== "memory") return read(c, c.ops.place(c, e));
			return pointerOf(c, addressOf(c, e));
		default:
			return pointerOf(c, addressOf(c, e));
	}
}

/** The SSA type of a scalar C type. */
function classOf(type: CType): "i32" | "i64" | "ptr" {
	const held = valueClass(type);
	return held === "i32" || held === "ptr" ? held : "i64";
}

/** The value at a place. */
export function read(c: Context, place: Place): Node {
	if (place.bits) return loadBits(c, place, place.bits);
	return loadScalar(c, place);
}

/** Puts a value into a place; gives what the place then holds. */
export function write(c: Context, place: Place, value: Node): Node {
	if (place.bits) {
		storeBits(c, place, place.bits, value);
		return cut(c, value, place.bits);
	}
	storeScalar(c, place, value);
	return value;
}

function load(c: Context, e: Of<"load">): Node {
	if (valueClass(e.type) === "ptr") {
		const known = evaluate(c.symbols, e);
		if (known && known.symbol === undefined) return c.b.const("ptr", known.value);
	}
	const place = c.ops.place(c, e.operand);
	c.at(e.at);
	return read(c, place);
}

type Link = Of<"cast"> | Of<"binary"> | Of<"offset">;

/** Operators on what operators left of them give, as deep as the source goes: from the inside out. */
function row(c: Context, e: Link): Node {
	const outer: Link[] = [];
	let at: Link = e;
	for (let inner = firstOf(at); inner; inner = firstOf(at)) {
		outer.push(at);
		at = inner;
	}
	let value = link(c, at, undefined);
	for (const next of outer.reverse()) value = link(c, next, value);
	return value;
}

/** The operand that is to be known first, if it is such an operator too. */
function firstOf(e: Link): Link | undefined {
	if (e.kind === "cast" && !isPlainCast(e)) return undefined;
	const first = e.kind === "cast" ? e.operand : e.kind === "binary" ? e.left : e.pointer;
	if (first.kind !== "cast" && first.kind !== "binary" && first.kind !== "offset") return undefined;
	const held = valueClass(first.type);
	return held === "wide" || held === "memory" || held === "none" ? undefined : first;
}

function link(c: Context, e: Link, first: Node | undefined): Node {
	if (e.kind === "cast") return cast(c, e, first);
	if (e.kind === "binary") return binary(c, e, first);
	const pointer = first ?? c.scalar(e.pointer);
	return offset(c, e.op, pointer, c.scalar(e.index), e.index.type, e.pointer.type);
}

/** Between numbers and pointers of at most 64 bits. */
function isPlainCast({ operand, type }: Of<"cast">): boolean {
	const [from, to] = [canonical(operand.type).kind, canonical(type).kind];
	return from !== "float" && to !== "float" && to !== "bool" && to !== "void";
}

function cast(c: Context, e: Of<"cast">, known: Node | undefined): Node {
	const { operand, type } = e;
	if (known && isPlainCast(e)) return converted(c, e, known);
	const from = valueClass(operand.type);
	if (from === "wide") {
		const value = c.ops.wide(c, operand);
		if (canonical(type).kind === "bool") return wideTruth(c, value);
		return convert(
			c,
			value.lo,
			{ kind: "int", name: "long", size: 8, signed: true, rank: 4 },
			type,
		);
	}
	if (canonical(operand.type).kind === "float" || canonical(type).kind === "float") {
		c.unsupported("floating point", e.at);
		return c.b.undef(classOf(type));
	}
	if (from === "none") {
		c.ops.effect(c, operand);
		return c.b.undef(classOf(type));
	}
	if (canonical(type).kind === "bool") return truth(c, operand);
	return converted(c, e, c.scalar(operand));
}

function converted(c: Context, { operand, type }: Of<"cast">, value: Node): Node {
	if (valueClass(operand.type) === "ptr" && valueClass(type) === "ptr")
		return castPointer(c, value, operand, type);
	return convert(c, value, operand.type, type);
}

function castPointer(c: Context, value: Node, operand: Expression, type: CType): Node {
	const [from, into] = [spaceOf(pointee(operand.type)), spaceOf(pointee(type))];
	return from === into || value.op === "const" ? value : c.b.spacecast(value, from, into);
}

/** Whether an expression is not zero, as i32 0 or 1. */
export function truth(c: Context, e: Expression): Node {
	if (e.kind === "logical" || (e.kind === "unary" && e.op === "!")) return c.scalar(e);
	if (valueClass(e.type) === "wide") return wideTruth(c, c.ops.wide(c, e));
	const value = c.scalar(e);
	return canonical(e.type).kind === "bool" ? value : toTruth(c, value);
}

function unary(c: Context, e: Of<"unary">): Node {
	if (e.op === "!") return not(c, truth(c, e.operand));
	const value = c.scalar(e.operand);
	c.at(e.at);
	const type = classOf(e.type);
	if (value.op === "const") return c.b.const(type, e.op === "-" ? -value.value : ~value.value);
	return e.op === "-"
		? c.b.binary("sub", c.b.const(type, 0), value)
		: c.b.binary("xor", value, c.b.const(type, -1));
}

function not(c: Context, value: Node): Node {
	if (value.op === "const") return c.b.i32(value.value === 0n ? 1 : 0);
	if (value.op === "icmp") {
		const [a, b] = value.args;
		if (a && b) return c.b.icmp(inverse[value.predicate], a, b);
	}
	return c.b.icmp("eq", value, c.b.i32(0));
}

const predicates: Partial<Record<BinaryOp, readonly [Predicate, Predicate]>> = {
	"==": ["eq", "eq"],
	"!=": ["ne", "ne"],
	"<": ["ult", "slt"],
	"<=": ["ule", "sle"],
	">": ["ugt", "sgt"],
	">=": ["uge", "sge"],
};

/** The comparison that an operator means on a type; undefined for arithmetic. */
function predicateOf(op: BinaryOp, type: CType): Predicate | undefined {
	return predicates[op]?.[isSigned(type) ? 1 : 0];
}

function binary(c: Context, e: Of<"binary">, first: Node | undefined): Node {
	const predicate = predicateOf(e.op, e.left.type);
	if (predicate && valueClass(e.left.type) === "wide")
		return wideCompare(c, predicate, c.ops.wide(c, e.left), c.ops.wide(c, e.right));
	const left = first ?? c.scalar(e.left);
	// Of the operands only the count of a shift can be wider than the value.
	const wide = valueClass(e.right.type) === "wide";
	const right = wide ? c.ops.wide(c, e.right).lo : c.scalar(e.right);
	c.at(e.at);
	if (predicate) return compare(c, predicate, left, right);
	return arithmetic(c, e.op, left, right, e.type, e.right.type);
}

function compare(c: Context, predicate: Predicate, left: Node, right: Node): Node {
	if (left.type === right.type) return c.b.icmp(predicate, left, right);
	const same = (n: Node) =>
		n.type === "i32" ? c.b.zext(n) : n.type === "ptr" ? c.b.ptrtoint(n) : n;
	return c.b.icmp(predicate, same(left), same(right));
}

/** Operators that are the same for signed and unsigned numbers. */
const signless: Partial<Record<BinaryOp, SsaOp>> = {
	"+": "add",
	"-": "sub",
	"*": "mul",
	"&": "and",
	"|": "or",
	"^": "xor",
};

/** `left op right` in `type`, which both have (the count of a shift has its own). */
function arithmetic(
	c: Context,
	op: BinaryOp,
	left: Node,
	right: Node,
	type: CType,
	countType: CType,
): Node {
	const same = signless[op];
	if (same) return c.b.binary(same, left, right);
	const signed = isSigned(type);
	switch (op) {
		case "/":
			if (signed) return signedQuotient(c, left, right);
			return c.b.binary("udiv", left, right);
		case "%":
			if (signed) return signedRest(c, left, right);
			return c.b.binary("urem", left, right);
		case "<<":
			return c.b.binary("shl", left, count(c, left, right, countType));
		default:
			return c.b.binary(signed ? "ashr" : "lshr", left, count(c, left, right, countType));
	}
}

/** The exponent when a constant is a power of two from 2 on. */
function exponent(value: Node): number | undefined {
	if (value.op !== "const" || value.value < 2n || (value.value & (value.value - 1n)) !== 0n)
		return undefined;
	return value.value.toString(2).length - 1;
}

/** What makes a shift round to zero: 2^k - 1 for negative numbers, 0 for others. */
function rounding(c: Context, left: Node, k: number): Node {
	const type = left.type === "i64" ? "i64" : "i32";
	const width = type === "i64" ? 64 : 32;
	const sign = c.b.binary("ashr", left, c.b.const(type, width - 1));
	return c.b.binary("lshr", sign, c.b.const(type, width - k));
}

/** Signed division needs v4, powers of two do not. */
function signedQuotient(c: Context, left: Node, right: Node): Node {
	const k = exponent(right);
	if (right.op === "const" && right.value === 1n) return left;
	if (k === undefined) return c.b.binary("sdiv", left, right);
	const rounded = c.b.binary("add", left, rounding(c, left, k));
	return c.b.binary("ashr", rounded, c.b.const(left.type ?? "i64", k));
}

function signedRest(c: Context, left: Node, right: Node): Node {
	const k = exponent(right);
	if (right.op === "const" && right.value === 1n) return c.b.const(left.type ?? "i64", 0);
	if (k === undefined || right.op !== "const") return c.b.binary("srem", left, right);
	const added = rounding(c, left, k);
	const rounded = c.b.binary("add", left, added);
	const low = c.b.binary("and", rounded, c.b.const(left.type ?? "i64", right.value - 1n));
	return c.b.binary("sub", low, added);
}

/** A shift count in the class of what is shifted. */
function count(c: Context, shifted: Node, by: Node, type: CType): Node {
	if (by.type === shifted.type) return by;
	if (by.op === "const") return c.b.const(shifted.type ?? "i64", by.value);
	return shifted.type === "i64" ? toI64(c, by, type) : c.b.trunc(by);
}

/** `pointer ± index` elements. */
function offset(
	c: Context,
	op: "+" | "-",
	pointer: Node,
	index: Node,
	indexType: CType,
	pointerType: CType,
): Node {
	let bytes = scaled(c, toI64(c, index, indexType), stride(pointerType));
	if (op === "-")
		bytes = bytes.op === "const" ? c.b.i64(-bytes.value) : c.b.binary("sub", c.b.i64(0), bytes);
	if (bytes.op === "const" && bytes.value >= -(1n << 31n) && bytes.value < 1n << 31n)
		return addBytes(c, pointer, Number(bytes.value));
	return c.b.ptradd(pointer, bytes);
}

function difference(c: Context, e: Of<"difference">): Node {
	const left = c.b.ptrtoint(c.scalar(e.left));
	const right = c.b.ptrtoint(c.scalar(e.right));
	const bytes = c.b.binary("sub", left, right);
	const size = stride(e.left.type);
	if (size <= 1) return bytes;
	const shift = Math.log2(size);
	if (Number.isInteger(shift)) return c.b.binary("ashr", bytes, c.b.i64(shift));
	return exactQuotient(c, bytes, size);
}

/** A multiple of `size` divided by it: shift, then the inverse modulo 2^64 (signed division is not in every cpu). */
function exactQuotient(c: Context, bytes: Node, size: number): Node {
	let odd = BigInt(size);
	let shift = 0;
	while (odd % 2n === 0n) {
		odd /= 2n;
		shift++;
	}
	let inverse = odd;
	for (let i = 0; i < 6; i++) inverse = BigInt.asUintN(64, inverse * (2n - odd * inverse));
	const shifted = shift > 0 ? c.b.binary("ashr", bytes, c.b.i64(shift)) : bytes;
	return c.b.binary("mul", shifted, c.b.i64(inverse));
}

/** The value of `&&` or `||`: 0 or 1 by the way that control came. */
function viaBranches(c: Context, e: Of<"logical">): Node {
	const yes = c.b.newBlock();
	const no = c.b.newBlock();
	const end = c.b.newBlock();
	c.ops.branch(c, e, yes, no);
	c.b.at(yes);
	c.b.br(end);
	c.b.at(no);
	c.b.br(end);
	c.b.at(end);
	return join(c, "i32", [
		[yes, c.b.i32(1)],
		[no, c.b.i32(0)],
	]);
}

function join(c: Context, type: "i32" | "i64" | "ptr", ways: readonly [Block, Node][]): Node {
	const phi = c.b.phi(type);
	for (const [from, value] of ways) {
		phi.from.push(from);
		phi.args.push(value);
	}
	return phi;
}

function conditional(c: Context, e: Of<"conditional">): Node {
	const known = e.condition.kind === "number" ? e.condition.value !== 0n : undefined;
	if (known !== undefined && e.then) return c.scalar(known ? e.then : e.otherwise);
	const type = classOf(e.type);
	const yes = c.b.newBlock();
	const no = c.b.newBlock();
	const end = c.b.newBlock();
	let kept: Node | undefined;
	if (e.then) c.ops.branch(c, e.condition, yes, no);
	else {
		const value = c.scalar(e.condition);
		kept = convert(c, value, e.condition.type, e.type);
		c.b.condbr(toTruth(c, value), yes, no);
	}
	const ways: [Block, Node][] = [];
	const arm = (from: Block, value: () => Node) => {
		c.b.at(from);
		const node = inType(c, value(), type);
		const { block } = c.b;
		if (!block) return;
		c.b.br(end);
		ways.push([block, node]);
	};
	arm(yes, () => kept ?? c.scalar(e.then ?? e.otherwise));
	arm(no, () => c.scalar(e.otherwise));
	c.b.at(end);
	return ways.length > 0 ? join(c, type, ways) : c.b.undef(type);
}

function inType(c: Context, value: Node, type: "i32" | "i64" | "ptr"): Node {
	return value.type === undefined ? c.b.undef(type) : value;
}

function assign(c: Context, e: Of<"assign">): Node {
	const value = c.scalar(e.value);
	const place = c.ops.place(c, e.target);
	c.at(e.at);
	return write(c, place, value);
}

function compound(c: Context, e: Of<"compound">): Node {
	if (valueClass(e.common) === "wide") return compoundWide(c, e);
	const value = valueClass(e.value.type) === "wide" ? c.ops.wide(c, e.value).lo : c.scalar(e.value);
	const place = c.ops.place(c, e.target);
	c.at(e.at);
	const old = read(c, place);
	const type = e.target.type;
	if (valueClass(type) === "ptr")
		return write(c, place, offset(c, e.op === "-" ? "-" : "+", old, value, e.value.type, type));
	const held = convert(c, old, type, e.common);
	const result = arithmetic(c, e.op, held, value, e.common, e.value.type);
	return write(c, place, convert(c, result, e.common, type));
}

/** Computed in 128 bits, as the target then holds it. */
function compoundWide(c: Context, e: Of<"compound">): Node {
	const right = wideOperand(c, e.value);
	const place = c.ops.place(c, e.target);
	c.at(e.at);
	const { type } = e.target;
	const left = toWide(c, read(c, place), type);
	const result = wideArithmetic(c, e.op, left, right, e.common, e);
	const truth = canonical(type).kind === "bool";
	return write(c, place, truth ? wideTruth(c, result) : convert(c, result.lo, e.common, type));
}

function increment(c: Context, e: Of<"increment">): Node {
	const place = c.ops.place(c, e.target);
	c.at(e.at);
	const old = read(c, place);
	const made = write(c, place, stepped(c, old, e));
	return e.prefix ? made : old;
}

function stepped(c: Context, old: Node, e: Of<"increment">): Node {
	const { type } = e.target;
	if (valueClass(type) === "ptr")
		return c.b.ptradd(old, e.op === "++" ? stride(type) : -stride(type));
	if (canonical(type).kind === "bool") return e.op === "++" ? c.b.i32(1) : not(c, old);
	const one = c.b.const(classOf(type), e.op === "++" ? 1 : -1);
	const sum = c.b.binary("add", old, one);
	const size = sizeOf(type);
	return size < 4 ? fitted(c, sum, size as 1 | 2, isSigned(type)) : sum;
}
