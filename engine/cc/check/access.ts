// Members, elements, calls: what is behind a postfix operator (C11 6.5.2). Knows nothing of builtins.

import {
	type CType,
	canonical,
	type Expression,
	elementType,
	errorType,
	type FunctionType,
	findMember,
	isComplete,
	isFloat,
	isInteger,
	longType,
	type Member,
	pointeeOf,
	qualifiersOf,
	qualify,
	quoteType,
	type RecordTag,
	recordOf,
	unqualified,
} from "../ast/index.ts";
import type { Location } from "../token.ts";
import { assignTo } from "./assign.ts";
import { bad, type Context, isBad } from "./context.ts";
import { convert, isLvalue, promote, refuseFloat, rvalue } from "./convert.ts";
import { checkFormat } from "./format.ts";
import { suggest } from "./report.ts";
import { checkSizes } from "./sizes.ts";
import { warnIndex } from "./unused.ts";

/** `base.name`, or `base->name` with `arrow`. */
export function member(
	ctx: Context,
	base: Expression,
	name: string,
	arrow: boolean,
	opAt: Location,
	at: Location,
): Expression {
	if (isBad(base)) return bad(base.at, at);
	const value = arrow ? rvalue(base) : base;
	const to = pointeeOf(value.type);
	if (arrow && to === undefined && recordOf(base.type) && isLvalue(base)) {
		wrongArrow(ctx, base, opAt, "->", ".");
		return memberOf(ctx, base, name, at, opAt);
	}
	if (!arrow && recordOf(base.type) === undefined) {
		const pointee = pointeeOf(rvalue(base).type);
		if (pointee !== undefined && recordOf(pointee)) {
			wrongArrow(ctx, base, opAt, ".", "->");
			return memberOf(ctx, dereferenced(rvalue(base), pointee), name, at, opAt);
		}
	}
	if (!arrow) return memberOf(ctx, base, name, at, opAt);
	if (to === undefined) {
		const text = `member reference type ${quoteType(value.type)} is not a pointer`;
		ctx.reports.error("member-base", at, text);
		return bad(base.at, at);
	}
	return memberOf(ctx, dereferenced(value, to), name, at, opAt);
}

function dereferenced(value: Expression, to: CType): Expression {
	return { kind: "dereference", type: to, operand: value, at: value.at, end: value.end };
}

function wrongArrow(
	ctx: Context,
	base: Expression,
	opAt: Location,
	used: string,
	right: string,
): void {
	const is = right === "." ? "is not a pointer" : "is a pointer";
	const text = `member reference type ${quoteType(base.type)} ${is}; did you mean to use '${right}'?`;
	const edits = [ctx.reports.replace(opAt, right)];
	ctx.reports.error("member-base", opAt, text, {
		fix: { title: `use '${right}' for '${used}'`, edits },
	});
}

function memberOf(
	ctx: Context,
	base: Expression,
	name: string,
	at: Location,
	opAt: Location,
): Expression {
	const tag = recordOf(base.type);
	if (!tag) {
		if (base.type !== errorType)
			ctx.reports.error(
				"member-base",
				opAt,
				`member reference base type ${quoteType(base.type)} is not a structure or union`,
			);
		return bad(base.at, at);
	}
	if (!tag.complete) {
		ctx.reports.error(
			"incomplete-type",
			opAt,
			`incomplete definition of type ${quoteType(unqualified(base.type))}`,
			{
				notes: [
					{ message: `forward declaration of ${quoteType(unqualified(base.type))}`, at: tag.at },
				],
			},
		);
		return bad(base.at, at);
	}
	const chain = findMember(tag, name);
	ctx.probeMembers(name, tag);
	if (!chain) {
		noMember(ctx, tag, base.type, name, at);
		return bad(base.at, at);
	}
	let out = base;
	for (const step of chain) out = access(out, step, at);
	const last = chain[chain.length - 1];
	if (last) ctx.refer(at, last);
	return out;
}

function access(base: Expression, m: Member, at: Location): Expression {
	const q = qualifiersOf(base.type);
	const inherits = q.const || q.volatile || q.space !== 0;
	const type = inherits
		? qualify(m.type, { const: q.const, volatile: q.volatile, space: q.space })
		: m.type;
	return { kind: "member", type, base, member: m, at: base.at, end: at };
}

/** Says that a record has no such member, with the one that was meant. */
export function noMember(
	ctx: Context,
	tag: RecordTag,
	type: CType,
	name: string,
	at: Location,
	text = `no member named '${name}' in ${quoteType(unqualified(type))}`,
): void {
	const guess = suggest(name, memberNames(tag));
	if (guess === undefined) {
		ctx.reports.error("no-member", at, text);
		return;
	}
	const found = findMember(tag, guess)?.at(-1);
	ctx.reports.error("no-member", at, `${text}; did you mean '${guess}'?`, {
		fix: { title: `change to '${guess}'`, edits: [ctx.reports.replace(at, guess)] },
		...(found ? { notes: [{ message: `'${guess}' declared here`, at: found.at }] } : {}),
	});
}

/** Names that `.` can be followed by, those of anonymous members included. */
function memberNames(tag: RecordTag): string[] {
	return tag.members.flatMap((m) => {
		if (m.name !== "") return [m.name];
		const inner = recordOf(m.type);
		return inner && m.bitSize === undefined ? memberNames(inner) : [];
	});
}

/** `base[index]`. */
export function element(
	ctx: Context,
	left: Expression,
	right: Expression,
	opAt: Location,
	end: Location,
): Expression {
	if (isBad(left) || isBad(right)) return bad(left.at, end);
	const swap = isInteger(left.type) && !isInteger(right.type);
	const base = swap ? right : left;
	const index = rvalue(swap ? left : right);
	const array = canonical(base.type).kind === "array" && isLvalue(base);
	const value = array ? base : rvalue(base);
	const to = array ? elementType(base.type) : pointeeOf(value.type);
	if (to === undefined) {
		ctx.reports.error("subscript", opAt, "subscripted value is not an array, pointer, or vector");
		return bad(left.at, end);
	}
	if (!isInteger(index.type)) {
		ctx.reports.error("subscript", opAt, "array subscript is not an integer");
		return bad(left.at, end);
	}
	const kind = canonical(to).kind;
	if (kind !== "void" && kind !== "function" && !isComplete(to)) {
		ctx.reports.error(
			"incomplete-type",
			left.at,
			`subscript of pointer to incomplete type ${quoteType(to)}`,
			{ end: left.end },
		);
		return bad(left.at, end);
	}
	warnIndex(ctx, value, index);
	const subscript = convert(promote(index), longType);
	return { kind: "index", type: to, base: value, index: subscript, at: left.at, end };
}

/** `callee(args)`. */
export function call(
	ctx: Context,
	callee: Expression,
	args: readonly Expression[],
	opAt: Location,
	end: Location,
): Expression {
	const value = rvalue(callee);
	if (isBad(value)) return bad(callee.at, end);
	const to = pointeeOf(value.type);
	const type = to && canonical(to);
	if (type?.kind !== "function") {
		const text = `called object type ${quoteType(value.type)} is not a function or function pointer`;
		ctx.reports.error("not-a-function", opAt, text);
		return bad(callee.at, end);
	}
	const converted = checkArguments(ctx, callee, type, args, end);
	if (isFloat(type.returns)) return refuseFloat(ctx, callee);
	const returns = unqualified(type.returns);
	if (!converted) return returns === errorType ? bad(callee.at, end) : { ...bad(callee.at, end) };
	return { kind: "call", type: returns, callee: value, args: converted, at: callee.at, end };
}

function checkArguments(
	ctx: Context,
	callee: Expression,
	type: FunctionType,
	args: readonly Expression[],
	end: Location,
): Expression[] | undefined {
	const target = callee.kind === "function" ? callee.function : undefined;
	const count = type.params.length;
	if (type.prototype && (args.length < count || (args.length > count && !type.variadic))) {
		const few = args.length < count;
		const most = type.variadic ? "at least " : "";
		const only = count === 1 ? (target?.params[0]?.name ?? "") : "";
		const text = `too ${few ? "few" : "many"} arguments to function call, ${
			only === ""
				? `expected ${most}${count}, have ${args.length}`
				: few
					? type.variadic
						? `at least argument '${only}' must be specified`
						: `single argument '${only}' was not specified`
					: `expected single argument '${only}', have ${args.length} arguments`
		}`;
		const extra = args[count];
		const at = few ? end : (extra?.at ?? end);
		const last = args[args.length - 1];
		ctx.reports.error(few ? "too-few-arguments" : "too-many-arguments", at, text, {
			...(!few && last ? { end: last.end } : {}),
			...(target ? { notes: [{ message: `'${target.name}' declared here`, at: target.at }] } : {}),
		});
		return undefined;
	}
	let failed = false;
	const out = args.map((arg, i) => {
		const param = type.params[i];
		const declared = target?.params[i];
		const note = declared
			? {
					message: `passing argument to parameter${declared.name ? ` '${declared.name}'` : ""} here`,
					at: declared.at,
				}
			: undefined;
		const value = param
			? assignTo(ctx, arg, param.type, { kind: "passing", ...(note ? { note } : {}) })
			: promotionOf(ctx, arg);
		if (isBad(value)) failed = true;
		return value;
	});
	if (!failed && target?.attributes.format) checkFormat(ctx, target.attributes.format, out);
	if (!failed && target) checkSizes(ctx, target.name, args);
	return failed ? undefined : out;
}

/** Default argument promotions (C11 6.5.2.2). */
function promotionOf(ctx: Context, arg: Expression): Expression {
	const value = rvalue(arg);
	if (isBad(value)) return value;
	if (isFloat(value.type)) return refuseFloat(ctx, arg);
	if (canonical(value.type).kind === "void") {
		const text = `argument type ${quoteType(value.type)} is incomplete`;
		ctx.reports.error("incomplete-type", arg.at, text, { end: arg.end });
		return bad(arg.at, arg.end);
	}
	return isInteger(value.type) ? promote(value) : value;
}
