// Floating constants (C11 6.4.4.2, 6.6): eBPF has no floating point, but what is known while the program is read may pass through it
// on its way to an integer. Folds; reports nothing.

import {
	type BinaryOp,
	type CType,
	canonical,
	doubleType,
	type Expression,
	floatType,
	intType,
	isFloat,
	isInteger,
	longDoubleType,
	numberOf,
	wrap,
} from "../ast/index.ts";
import type { Location } from "../token.ts";

/** A floating literal, or undefined when the text is none. */
export function realLiteral(text: string, at: Location): Expression | undefined {
	const parts = /^(?:0x([\da-f]*)\.?([\da-f]*)p([+-]?\d+)|([\d.]+(?:e[+-]?\d+)?))([fl]?)$/i.exec(
		text,
	);
	if (!parts) return undefined;
	const [, whole, fraction = "", power, decimal, suffix] = parts;
	const value =
		decimal === undefined
			? Number.parseInt(`${whole}${fraction}` || "0", 16) *
				2 ** (Number(power) - 4 * fraction.length)
			: Number(decimal);
	const letter = suffix?.toLowerCase();
	const type = letter === "f" ? floatType : letter === "l" ? longDoubleType : doubleType;
	return real(value, type, at, at);
}

function real(value: number, type: CType, at: Location, end: Location): Expression {
	const core = canonical(type);
	const held = core.kind === "float" && core.size === 4 ? Math.fround(value) : value;
	return { kind: "number", type, value: 0n, real: held, at, end };
}

/** The value of an arithmetic constant, floating or not. */
function constantValue(e: Expression): number | undefined {
	if (isFloat(e.type)) return e.kind === "number" ? e.real : undefined;
	const value = isInteger(e.type) ? numberOf(e) : undefined;
	return value === undefined ? undefined : Number(value);
}

/** A constant in a floating type, or a floating constant in an integer type; undefined when it is no constant. */
export function convertReal(e: Expression, type: CType, at: Location): Expression | undefined {
	const value = constantValue(e);
	if (value === undefined) return undefined;
	if (isFloat(type)) return real(value, type, at, e.end);
	if (!isInteger(type) && canonical(type).kind !== "bool") return undefined;
	const bool = canonical(type).kind === "bool";
	const whole = Number.isFinite(value)
		? BigInt(bool ? Number(value !== 0) : Math.trunc(value))
		: 0n;
	return { kind: "number", type, value: wrap(whole, type), at, end: e.end };
}

/** `op` before a floating constant. */
export function unaryReal(op: string, e: Expression, at: Location): Expression | undefined {
	const value = constantValue(e);
	if (value === undefined || op === "~") return undefined;
	if (op === "!")
		return { kind: "number", type: intType, value: value === 0 ? 1n : 0n, at, end: e.end };
	return real(op === "-" ? -value : value, e.type, at, e.end);
}

/** Both operands are constants, one of them floating. */
export function binaryReal(op: BinaryOp, a: Expression, b: Expression): Expression | undefined {
	const [x, y] = [constantValue(a), constantValue(b)];
	if (x === undefined || y === undefined) return undefined;
	const result = operation(op, x, y);
	if (typeof result === "number") return real(result, wider(a.type, b.type), a.at, b.end);
	if (result === undefined) return undefined;
	return { kind: "number", type: intType, value: result ? 1n : 0n, at: a.at, end: b.end };
}

function operation(op: BinaryOp, x: number, y: number): number | boolean | undefined {
	switch (op) {
		case "+":
			return x + y;
		case "-":
			return x - y;
		case "*":
			return x * y;
		case "/":
			return x / y;
		case "==":
			return x === y;
		case "!=":
			return x !== y;
		case "<":
			return x < y;
		case "<=":
			return x <= y;
		case ">":
			return x > y;
		case ">=":
			return x >= y;
		default:
			return undefined;
	}
}

const ranks = ["float", "double", "long double"];

function wider(a: CType, b: CType): CType {
	const rank = (type: CType) => {
		const core = canonical(type);
		return core.kind === "float" ? ranks.indexOf(core.name) : -1;
	};
	return [floatType, doubleType, longDoubleType][Math.max(rank(a), rank(b), 0)] ?? doubleType;
}
