// Warnings about `sizeof` of a pointer where the size of what it points to was meant. A `sizeof` is a number by now: its operand is read
// from the text.

import {
	type CType,
	canonical,
	compatible,
	type Expression,
	pointeeOf,
	quoteType,
	sizeOf,
	type Variable,
} from "../ast/index.ts";
import { type Context, shownName } from "./context.ts";

/** Functions → the arguments that are memory (destination first) and the size. */
const functions: Readonly<Record<string, readonly [readonly number[], number]>> = {
	memset: [[0], 2],
	memcpy: [[0, 1], 2],
	memmove: [[0, 1], 2],
	memcmp: [[0, 1], 2],
	bzero: [[0], 1],
	strncpy: [[0, 1], 2],
	strncmp: [[0, 1], 2],
};

/** The text inside `sizeof`, or undefined for another expression. */
function sizeofText(ctx: Context, e: Expression): string | undefined {
	if (e.kind !== "number" || e.at < 0) return undefined;
	const text = ctx.reports.text(e.at, e.end);
	const inner = /^sizeof\s*(.*)$/s.exec(text ?? "")?.[1]?.trim();
	if (inner === undefined) return undefined;
	return inner.startsWith("(") && inner.endsWith(")") ? inner.slice(1, -1).trim() : inner;
}

/** `memset(p, 0, sizeof(p))`, `memset(p, sizeof(*p), 0)`. */
export function checkSizes(ctx: Context, name: string, args: readonly Expression[]): void {
	const shape = functions[name.replace(/^__builtin_/, "")];
	const size = shape && args[shape[1]];
	if (!shape || !size) return;
	if (name.endsWith("memset")) transposed(ctx, name, args, size);
	const inner = sizeofText(ctx, size);
	if (inner === undefined) return;
	for (const i of shape[0]) {
		const arg = args[i];
		if (arg && sizeOfPointer(ctx, name, arg, i, size, inner)) break;
	}
}

function transposed(
	ctx: Context,
	name: string,
	args: readonly Expression[],
	size: Expression,
): void {
	const value = args[1];
	if (size.kind !== "number" || size.value !== 0n || size.at !== size.end || !value) return;
	if (sizeofText(ctx, value) === undefined && value.kind === "number") return;
	const { at } = size;
	const text = `'size' argument to ${name.replace("__builtin_", "")} is '0'; did you mean to transpose the last two arguments?`;
	ctx.reports.warning("memset-transposed-args", at, text, {
		notes: [{ message: "parenthesize the third argument to silence", at }],
	});
}

function sizeOfPointer(
	ctx: Context,
	name: string,
	arg: Expression,
	index: number,
	size: Expression,
	inner: string,
): boolean {
	const written = arg.kind === "cast" ? arg.operand : arg;
	const to = pointeeOf(written.type);
	const { reports } = ctx;
	if (!to || canonical(to).kind === "void") return false;
	if (written.at >= 0 && reports.text(written.at, written.end) === inner) {
		const cure =
			canonical(to).kind === "int" && sizeOf(to) === 1
				? "did you mean to provide an explicit length?"
				: "did you mean to dereference the argument to 'sizeof' (and multiply it by the number of elements)?";
		const text = `'${name}' call operates on objects of type ${quoteType(to)} while the size is based on a different type ${quoteType(written.type)}`;
		// The operand stands behind the `(`.
		const at = size.at;
		const span = operandSpan(ctx, size, inner);
		reports.warning("sizeof-pointer-memaccess", at, text, {
			...(span === undefined ? {} : { skip: span, length: inner.length }),
			notes: [{ message: cure, at, ...(span === undefined ? {} : { skip: span }) }],
		});
		return true;
	}
	if (sameType(ctx, written.type, inner)) {
		const what = index === 0 ? "destination" : "source";
		const text = `argument to 'sizeof' in '${name}' call is the same pointer type ${quoteType(written.type)} as the ${what}; expected ${quoteType(to)} or an explicit length`;
		reports.warning("sizeof-pointer-memaccess", size.at, text, { end: size.end });
		return true;
	}
	return false;
}

function operandSpan(ctx: Context, size: Expression, inner: string): number | undefined {
	const at = ctx.reports.text(size.at, size.end)?.indexOf(inner, 6) ?? -1;
	return at < 0 ? undefined : at;
}

/** Whether the operand is a type, or a variable of one. */
function sameType(ctx: Context, type: CType, text: string): boolean {
	const entity = /^\w+$/.test(text) ? ctx.scopes.find(ctx.names.id(text)) : undefined;
	if (entity?.kind === "variable") return compatible(entity.variable.type, type);
	return quoteType(type).split("' (aka")[0]?.replace(/'/g, "") === text;
}

/** `sizeof` of a parameter that was written as an array. */
export function warnArraySize(ctx: Context, operand: Expression): void {
	if (operand.kind !== "variable" || !operand.variable.written) return;
	const { variable } = operand;
	const text = `sizeof on array function parameter will return size of ${quoteType(variable.type)} instead of ${quoteType(variable.written ?? variable.type)}`;
	ctx.reports.warning("sizeof-array-argument", operand.at, text, { notes: [declared(variable)] });
}

function declared(variable: Variable) {
	return { message: "declared here", at: variable.at };
}

/** `sizeof(p) / sizeof(p[0])` with a pointer for `p`. */
export function warnDivision(
	ctx: Context,
	left: Expression,
	right: Expression,
	opAt: number,
): void {
	const whole = sizeofText(ctx, left);
	const part = whole === undefined ? undefined : sizeofText(ctx, right);
	if (whole === undefined || part === undefined || !/^\w+$/.test(whole)) return;
	if (part !== `${whole}[0]` && part !== `*${whole}`) return;
	const entity = ctx.scopes.find(ctx.names.id(whole));
	if (entity?.kind !== "variable" || !pointeeOf(entity.variable.type)) return;
	const text = `'sizeof (${whole})' will return the size of the pointer, not the array itself`;
	ctx.reports.warning("sizeof-pointer-div", opAt, text, {
		notes: [
			{ message: `pointer '${shownName(entity.variable)}' declared here`, at: entity.variable.at },
		],
	});
}
