// Casts (C11 6.5.4), GNU's to records and unions among them.

import {
	boolType,
	type CType,
	canonical,
	compatible,
	type Expression,
	isInteger,
	quoteType,
	sizeOf,
	unqualified,
	voidType,
} from "../ast/index.ts";
import type { Location } from "../token.ts";
import { bad, type Context, isBad } from "./context.ts";
import { bitField, convert, refuseFloat, rvalue } from "./convert.ts";
import { convertReal } from "./real.ts";

/** `(type)operand`. */
export function castTo(ctx: Context, type: CType, operand: Expression, at: Location): Expression {
	const value = rvalue(operand);
	const end = operand.end;
	if (isBad(value) || isBad({ type })) return bad(at, end);
	const to = canonical(type);
	const from = canonical(value.type);
	const target = unqualified(type);
	if (to.kind === "void")
		return { kind: "cast", type: voidType, operand: value, implicit: false, at, end };
	if (to.kind === "float" || from.kind === "float")
		return convertReal(value, target, at) ?? refuseFloat(ctx, { ...operand, at });
	if (to.kind === "record") return castRecord(ctx, target, to.tag.union, value, at);
	if (!scalar(to.kind) || !scalar(from.kind)) {
		const text = scalar(from.kind)
			? `used type ${quoteType(type)} where arithmetic or pointer type is required`
			: `operand of type ${quoteType(value.type)} where arithmetic or pointer type is required`;
		ctx.reports.error("invalid-cast", scalar(from.kind) ? at : operand.at, text, { end });
		return bad(at, end);
	}
	if (from.kind === "pointer" && isInteger(to) && to !== boolType && sizeOf(to) < 8)
		ctx.reports.warning(
			"pointer-to-int-cast",
			at,
			`cast to smaller integer type ${quoteType(type)} from ${quoteType(value.type)}`,
			{ end },
		);
	if (to.kind === "pointer" && isInteger(from) && sizeOf(from) < 8 && value.kind !== "number")
		ctx.reports.warning(
			"int-to-pointer-cast",
			at,
			`cast to ${quoteType(type)} from smaller integer type ${quoteType(value.type)}`,
			{ end },
		);
	const cast = convert(value, target, false);
	// A bit-field cast to its own type is one no longer: it promotes as the type says.
	if (cast === value && bitField(value))
		return { kind: "cast", type: target, operand: value, implicit: false, at, end };
	return cast === value ? { ...value, type: target, at } : { ...cast, at };
}

function scalar(kind: string): boolean {
	return kind === "int" || kind === "bool" || kind === "enum" || kind === "pointer";
}

function castRecord(
	ctx: Context,
	type: CType,
	union: boolean,
	value: Expression,
	at: Location,
): Expression {
	const core = canonical(type);
	if (core.kind === "record") {
		const from = canonical(value.type);
		if (from.kind === "record" && from.tag === core.tag) return { ...value, at };
		const fits = core.tag.members.some((m) => compatible(m.type, value.type, true));
		if (union && fits)
			return { kind: "cast", type, operand: value, implicit: false, at, end: value.end };
		const text = union
			? `cast to union type from type ${quoteType(value.type)} not present in union`
			: `used type ${quoteType(type)} where arithmetic or pointer type is required`;
		ctx.reports.error("invalid-cast", at, text, { end: value.end });
	}
	return bad(at, value.end);
}
