// Operands with a syntax of their own that are no builtins: statement expressions, compound literals, the function's name, and what the
// preprocessor leaves of a macro that it could not read.

import {
	type Block,
	boolType,
	type CType,
	canonical,
	charType,
	type Expression,
	errorType,
	isComplete,
	qualify,
	quoteType,
	type Statement,
	type Variable,
	voidPointer,
	voidType,
} from "../ast/index.ts";
import { bad, type Init, initialize, isBad, noAttributes, rvalue } from "../check/index.ts";
import type { Location } from "../token.ts";
import { T } from "./code.ts";
import { DeclaratorParser } from "./declarator.ts";

export abstract class PrimaryParser extends DeclaratorParser {
	abstract compoundBlock(): { readonly block: Block; readonly items: readonly Statement[] };
	abstract initializer(): Init;

	/** Whether the preprocessor has put a 0 here for the use of a macro that it could not read. */
	isBrokenMacro(): boolean {
		return this.is(T.number) && this.text === "0" && this.ctx.reports.name(this.at) !== undefined;
	}

	/** `({ … })`. */
	statementExpression(): Expression {
		const open = this.at;
		this.next();
		if (!this.ctx.current) {
			this.ctx.reports.error(
				"statement-expression",
				open,
				"statement expression not allowed at file scope",
			);
			this.skipBracket();
			this.close(T.rparen, ")", open, "(");
			return bad(open);
		}
		const { block } = this.compoundBlock();
		const end = this.close(T.rparen, ")", open, "(");
		const last = block.items[block.items.length - 1];
		const taken = last && takeValue(last);
		if (!taken) return { kind: "statements", type: voidType, body: block, at: open, end };
		const value = rvalue(taken.value);
		if (isBad(value)) return bad(open, end);
		const items = block.items.slice(0, -1);
		if (taken.rest) items.push(taken.rest);
		const body: Block = { ...block, items };
		const type = value.type;
		if (canonical(type).kind !== "void")
			return { kind: "statements", type, body, value, at: open, end };
		return { kind: "statements", type: voidType, body: block, at: open, end };
	}

	/** `__func__` and the like. */
	functionName(): Expression {
		const { at } = this;
		this.next();
		const name = this.ctx.current?.name ?? "";
		if (!this.ctx.current)
			this.ctx.reports.warning(
				"predefined-identifier",
				at,
				"predefined identifier is only valid inside function",
			);
		const bytes = Uint8Array.from([...name].map((c) => c.charCodeAt(0)).concat(0));
		const type: CType = {
			kind: "array",
			of: qualify(charType, { const: true }),
			length: bytes.length,
		};
		return { kind: "string", type, bytes, at, end: at };
	}

	/** `{ … }` behind `(type)`. */
	compoundLiteral(type: CType, at: Location): Expression {
		const init = this.initializer();
		const isStatic = this.ctx.current === undefined;
		const core = canonical(type);
		if (type === errorType) return bad(at, this.before);
		if (
			core.kind === "function" ||
			core.kind === "void" ||
			(!isComplete(type) && core.kind !== "array")
		) {
			this.ctx.reports.error(
				"incomplete-type",
				at,
				`variable has incomplete type ${quoteType(type)}`,
			);
			return bad(at, this.before);
		}
		const filled = initialize(this.ctx, type, init, isStatic, undefined);
		const variable: Variable = {
			name: isStatic ? `.compoundliteral${this.ctx.variables.length}` : "",
			type: filled.type,
			storage: isStatic ? "static" : "auto",
			attributes: noAttributes,
			init: filled.init,
			defined: true,
			at,
			uses: 1,
		};
		if (isStatic) this.ctx.variables.push(variable);
		return { kind: "literal", type: filled.type, variable, at, end: this.before };
	}
}

/** C23's words for constants. */
export function newerConstant(text: string): { type: CType; value: bigint } | undefined {
	if (text === "true" || text === "false")
		return { type: boolType, value: text === "true" ? 1n : 0n };
	return text === "nullptr" ? { type: voidPointer, value: 0n } : undefined;
}

/** The value of a statement expression's last statement, and what is left of it: the labels before it. */
function takeValue(
	last: Statement,
): { value: Expression; rest: Statement | undefined } | undefined {
	if (last.kind === "expression") return { value: last.expression, rest: undefined };
	if (last.kind !== "label") return undefined;
	const inner = takeValue(last.body);
	const empty: Statement = { kind: "empty", at: last.body.at, end: last.body.at };
	return inner && { value: inner.value, rest: { ...last, body: inner.rest ?? empty } };
}
