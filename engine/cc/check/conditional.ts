// The conditional operator and the common type of its arms (C11 6.5.15).

import {
	type CType,
	canonical,
	compatible,
	type Expression,
	isFloat,
	isInteger,
	isPointer,
	pointeeOf,
	qualifiersOf,
	quoteType,
	unqualified,
	voidPointer,
	voidType,
} from "../ast/index.ts";
import type { Location } from "../token.ts";
import { bad, type Context, isBad } from "./context.ts";
import { condition, convert, discard, isNull, refuseFloat, rvalue, usual } from "./convert.ts";

/** `condition ? then : otherwise`; without `then`, GNU's `condition ?: otherwise`. */
export function conditional(
	ctx: Context,
	test: Expression,
	then: Expression | undefined,
	otherwise: Expression,
	opAt: Location,
): Expression {
	const decided = condition(ctx, test, "used type where arithmetic or pointer type is required");
	const a = rvalue(then ?? test);
	const b = rvalue(otherwise);
	const at = test.at;
	const end = otherwise.end;
	if (isBad(decided) || isBad(a) || isBad(b)) return bad(at, end);
	if (isFloat(a.type) || isFloat(b.type)) return refuseFloat(ctx, isFloat(a.type) ? a : b);
	const arms = sameArms(ctx, a, b, opAt);
	if (!arms) return bad(at, end);
	const [x, y, type] = arms;
	if (decided.kind === "number" && x.kind === "number" && y.kind === "number")
		return { ...(decided.value !== 0n ? x : y), type, at, end };
	if (!then) return { kind: "conditional", type, condition: decided, otherwise: y, at, end };
	return { kind: "conditional", type, condition: decided, then: x, otherwise: y, at, end };
}

function sameArms(
	ctx: Context,
	a: Expression,
	b: Expression,
	opAt: Location,
): [Expression, Expression, CType] | undefined {
	if (isInteger(a.type) && isInteger(b.type)) {
		const both = usual(a, b);
		return both && [both[0], both[1], both[2]];
	}
	const x = canonical(a.type);
	const y = canonical(b.type);
	if (x.kind === "void" || y.kind === "void")
		return [x.kind === "void" ? a : discard(a), y.kind === "void" ? b : discard(b), voidType];
	if (x.kind === "record" && y.kind === "record" && x.tag === y.tag) return [a, b, a.type];
	if (x.kind === "pointer" || y.kind === "pointer") return pointerArms(ctx, a, b, opAt);
	const text = `incompatible operand types (${quoteType(a.type)} and ${quoteType(b.type)})`;
	ctx.reports.error("incompatible-operands", opAt, text);
	return undefined;
}

function pointerArms(
	ctx: Context,
	a: Expression,
	b: Expression,
	opAt: Location,
): [Expression, Expression, CType] | undefined {
	if (isNull(b) && isPointer(a.type)) return [a, convert(b, a.type), a.type];
	if (isNull(a) && isPointer(b.type)) return [convert(a, b.type), b, b.type];
	const left = pointeeOf(a.type);
	const right = pointeeOf(b.type);
	if (left === undefined || right === undefined) {
		if (!isInteger(left === undefined ? a.type : b.type)) {
			const text = `incompatible operand types (${quoteType(a.type)} and ${quoteType(b.type)})`;
			ctx.reports.error("incompatible-operands", opAt, text);
			return undefined;
		}
		const text = `pointer/integer type mismatch in conditional expression (${quoteType(a.type)} and ${quoteType(b.type)})`;
		ctx.reports.warning("conditional-type-mismatch", opAt, text);
		const type = left === undefined ? b.type : a.type;
		return [convert(a, type), convert(b, type), type];
	}
	const type = commonPointer(ctx, a, b, left, right, opAt);
	return [convert(a, type), convert(b, type), type];
}

function commonPointer(
	ctx: Context,
	a: Expression,
	b: Expression,
	left: CType,
	right: CType,
	opAt: Location,
): CType {
	const p = qualifiersOf(left);
	const q = qualifiersOf(right);
	const isVoid = canonical(left).kind === "void" || canonical(right).kind === "void";
	if (!isVoid && !compatible(left, right, true)) {
		const text = `pointer type mismatch (${quoteType(a.type)} and ${quoteType(b.type)})`;
		ctx.reports.warning("pointer-type-mismatch", opAt, text);
		return voidPointer;
	}
	const base = canonical(right).kind === "void" ? right : left;
	const other = base === right ? p : q;
	if (!other.const && !other.volatile) return { kind: "pointer", to: base };
	const to: CType = {
		kind: "qualified",
		type: unqualified(base),
		const: p.const || q.const,
		volatile: p.volatile || q.volatile,
		restrict: false,
	};
	return { kind: "pointer", to };
}
