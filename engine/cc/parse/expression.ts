// Expressions (C11 6.5): precedence, casts, postfix operators, primaries. The checks make the nodes.

import {
	type BinaryOp,
	type CType,
	constantOf,
	type Expression,
	numberOf,
	unsignedLongType,
} from "../ast/index.ts";
import {
	address,
	assign,
	bad,
	binary,
	bitField,
	call,
	castTo,
	characterLiteral,
	comma,
	compound,
	conditional,
	convert,
	dereference,
	element,
	increment,
	isBad,
	isBuiltin,
	logical,
	member,
	numberLiteral,
	rvalue,
	stringLiteral,
	unary,
	warnArraySize,
	warnDeprecated,
	warnUnused,
} from "../check/index.ts";
import type { Location } from "../token.ts";
import { T } from "./code.ts";
import { newerConstant, PrimaryParser } from "./primary.ts";

/** Precedence of binary operators, by code; 0 for none. */
const precedence = new Uint8Array(256);
const operators: (BinaryOp | "&&" | "||" | undefined)[] = [];
for (const [level, codes] of [
	[1, [[T.oror, "||"]]],
	[2, [[T.andand, "&&"]]],
	[3, [[T.pipe, "|"]]],
	[4, [[T.caret, "^"]]],
	[5, [[T.amp, "&"]]],
	[
		6,
		[
			[T.eq, "=="],
			[T.ne, "!="],
		],
	],
	[
		7,
		[
			[T.less, "<"],
			[T.le, "<="],
			[T.greater, ">"],
			[T.ge, ">="],
		],
	],
	[
		8,
		[
			[T.shl, "<<"],
			[T.shr, ">>"],
		],
	],
	[
		9,
		[
			[T.plus, "+"],
			[T.minus, "-"],
		],
	],
	[
		10,
		[
			[T.star, "*"],
			[T.slash, "/"],
			[T.percent, "%"],
		],
	],
] as const)
	for (const [code, op] of codes) {
		precedence[code] = level;
		operators[code] = op;
	}

const assignments = new Map<number, BinaryOp>([
	[T.addAssign, "+"],
	[T.subAssign, "-"],
	[T.mulAssign, "*"],
	[T.divAssign, "/"],
	[T.modAssign, "%"],
	[T.andAssign, "&"],
	[T.orAssign, "|"],
	[T.xorAssign, "^"],
	[T.shlAssign, "<<"],
	[T.shrAssign, ">>"],
]);

/** Where `sizeof` begins and ends, and where messages about it stand. */
export interface Where {
	readonly at: Location;
	readonly end: Location;
	readonly place: Location;
}

export abstract class ExpressionParser extends PrimaryParser {
	abstract special(name: string): Expression | undefined;
	abstract undeclared(id: number, at: Location): Expression;

	override expression(): Expression {
		let left = this.assignment();
		for (let count = 0; this.is(T.comma); count++) {
			this.next();
			if (this.ctx.unevaluated === 0)
				warnUnused(this.ctx, left, "left operand of comma operator has no effect");
			left = comma(milestone(left, count), this.assignment());
		}
		return left;
	}

	override assignment(): Expression {
		const left = this.conditionalExpression();
		if (this.is(T.assign)) {
			const { at } = this;
			this.next();
			const value = this.nested(
				() => this.assignment(),
				() => bad(at),
			);
			return assign(this.ctx, left, value, at);
		}
		const op = assignments.get(this.code);
		if (op === undefined) return left;
		const { at } = this;
		this.next();
		const value = this.nested(
			() => this.assignment(),
			() => bad(at),
		);
		return compound(this.ctx, op, left, value, at);
	}

	override conditionalExpression(): Expression {
		const test = this.#binary(1);
		if (!this.is(T.question)) return test;
		const { at } = this;
		this.next();
		return this.nested(
			() => this.#conditional(test, at),
			() => bad(at),
		);
	}

	#conditional(test: Expression, at: Location): Expression {
		const then = this.is(T.colon) ? undefined : this.expression();
		if (!this.accept(T.colon)) {
			this.ctx.reports.error("expected", this.at, "expected ':'", {
				notes: [{ message: "to match this '?'", at }],
			});
			return bad(test.at, this.before);
		}
		return conditional(this.ctx, test, then, this.conditionalExpression(), at);
	}

	#binary(least: number): Expression {
		let left = this.castExpression();
		for (let count = 0; ; count++) {
			const { code, at } = this;
			const level = precedence[code] ?? 0;
			if (level < least || level === 0) return left;
			const op = operators[code];
			if (op === undefined) return left;
			this.next();
			left = milestone(left, count);
			const right = this.#binary(level + 1);
			left =
				op === "&&" || op === "||"
					? logical(this.ctx, op, left, right, at)
					: binary(this.ctx, op, left, right, at);
		}
	}

	castExpression(): Expression {
		if (!this.is(T.lparen)) return this.unaryExpression();
		const after = this.peek();
		if (after === T.lbrace) return this.unaryExpression();
		const { at, index } = this;
		this.next();
		if (!this.startsType()) {
			this.jump(index);
			return this.unaryExpression();
		}
		const type = this.typeName();
		this.close(T.rparen, ")", at, "(");
		if (this.is(T.lbrace)) return this.postfix(this.compoundLiteral(type, at));
		const operand = this.nested(
			() => this.castExpression(),
			() => bad(at),
		);
		return castTo(this.ctx, type, operand, at);
	}

	override unaryExpression(): Expression {
		const { code, at } = this;
		switch (code) {
			case T.increment:
			case T.decrement: {
				this.next();
				const operand = this.#operand(() => this.unaryExpression(), at);
				return increment(this.ctx, code === T.increment ? "++" : "--", true, operand, at);
			}
			case T.plus:
			case T.minus:
			case T.tilde:
			case T.bang:
			case T.amp:
			case T.star: {
				this.next();
				const operand = this.#operand(() => this.castExpression(), at);
				return this.#unary(code, operand, at);
			}
			case T.andand:
				this.next();
				this.addressedLabels.add(this.text);
				if (this.is(T.identifier)) this.next();
				this.ctx.reports.unsupported(
					"label-address",
					at,
					"addresses of labels need the instruction gotox, which Linux 6.18 does not have",
				);
				return bad(at);
			case T.sizeof:
			case T.alignof:
				return this.#sizeof(code === T.sizeof);
			case T.extension:
				this.next();
				return this.castExpression();
			case T.real:
				this.ctx.reports.unsupported("float", at, "complex numbers are not part of eBPF C");
				this.next();
				return this.castExpression();
			default:
				return this.postfix(this.#primary());
		}
	}

	#operand(read: () => Expression, at: Location): Expression {
		return this.nested(read, () => bad(at));
	}

	#unary(code: number, operand: Expression, at: Location): Expression {
		switch (code) {
			case T.plus:
				return unary(this.ctx, "+", operand, at);
			case T.minus:
				return unary(this.ctx, "-", operand, at);
			case T.tilde:
				return unary(this.ctx, "~", operand, at);
			case T.bang:
				return unary(this.ctx, "!", operand, at);
			case T.amp:
				return address(this.ctx, operand, at);
			default:
				return dereference(this.ctx, operand, at);
		}
	}

	#sizeof(size: boolean): Expression {
		const { at } = this;
		this.next();
		this.ctx.unevaluated++;
		const lengths: Expression[] = [];
		let type: CType;
		let field = false;
		let end = this.before;
		const open = this.at;
		let place = at;
		if (this.startsType()) {
			const word = size ? "sizeof" : "alignof";
			const text = `expected parentheses around type name in ${word} expression`;
			this.ctx.reports.error("expected", open, text);
			type = this.typeName();
			end = this.before;
		} else if (this.is(T.lparen) && this.#typeFollows()) {
			this.next();
			const outer = this.sizing;
			this.sizing = size ? lengths : undefined;
			type = this.typeName();
			this.sizing = outer;
			end = this.close(T.rparen, ")", open, "(");
			if (this.is(T.lbrace)) {
				const literal = this.postfix(this.compoundLiteral(type, open));
				type = literal.type;
				end = literal.end;
			}
		} else {
			const operand = this.#operand(() => this.unaryExpression(), at);
			type = operand.type;
			place = operand.at;
			end = operand.end;
			field = size && bitField(operand) !== undefined;
			if (size) warnArraySize(this.ctx, operand);
		}
		this.ctx.unevaluated--;
		let node = this.sizeNode(type, size, field, { at, end, place });
		for (const length of lengths)
			node = binary(this.ctx, "*", convert(length, unsignedLongType), node, at);
		return lengths.length === 0 ? node : { ...node, at, end };
	}

	#typeFollows(): boolean {
		const { index } = this;
		this.next();
		const type = this.startsType();
		this.jump(index);
		return type;
	}

	/** Labels of the function whose address was asked for. */
	readonly addressedLabels = new Set<string>();

	abstract sizeNode(type: CType, size: boolean, field: boolean, where: Where): Expression;

	/** Operators behind an operand. */
	postfix(first: Expression): Expression {
		let e = first;
		for (let count = 0; ; count++) {
			const { at } = this;
			if (count > longest) {
				this.ctx.reports.error("nesting", at, `expression has more than ${longest} operators`);
				return bad(e.at, at);
			}
			switch (this.code) {
				case T.lbracket: {
					this.next();
					const index = this.#operand(() => this.expression(), at);
					const end = this.close(T.rbracket, "]", at, "[");
					e = element(this.ctx, e, index, at, end);
					break;
				}
				case T.lparen: {
					const args = this.arguments();
					e = call(this.ctx, e, args, at, this.before);
					break;
				}
				case T.dot:
				case T.arrow: {
					const arrow = this.is(T.arrow);
					this.next();
					if (!this.is(T.identifier)) {
						this.ctx.reports.error("expected", this.at, "expected identifier");
						return bad(e.at, at);
					}
					const name = this.ctx.names.text(this.id);
					const place = this.at;
					this.next();
					e = member(this.ctx, e, name, arrow, at, place);
					break;
				}
				case T.increment:
				case T.decrement:
					e = increment(this.ctx, this.is(T.increment) ? "++" : "--", false, e, at);
					this.next();
					break;
				default:
					return e;
			}
		}
	}

	/** `(a, b)` behind a callee. */
	arguments(): Expression[] {
		const open = this.at;
		this.next();
		const args: Expression[] = [];
		if (!this.is(T.rparen))
			this.nested(
				() => {
					do args.push(this.assignment());
					while (this.accept(T.comma));
				},
				() => undefined,
			);
		this.close(T.rparen, ")", open, "(");
		return args;
	}

	#primary(): Expression {
		const { at } = this;
		switch (this.code) {
			case T.identifier:
				return this.#identifier();
			case T.number: {
				const { text } = this;
				const broken = this.isBrokenMacro();
				this.next();
				return broken ? bad(at) : numberLiteral(this.ctx, text, at);
			}
			case T.character: {
				const { text } = this;
				this.next();
				return characterLiteral(this.ctx, text, at);
			}
			case T.string:
				return stringLiteral(this.ctx, this.strings());
			case T.lparen:
				return this.nested(
					() => this.#parenthesised(),
					() => bad(at),
				);
			case T.func:
				return this.functionName();
			default: {
				const special = this.special(this.text);
				if (special) return special;
				this.ctx.reports.error("expected-expression", at, "expected expression");
				return bad(at);
			}
		}
	}

	#identifier(): Expression {
		const { id, at } = this;
		const entity = this.ctx.scopes.find(id);
		if (entity === undefined) {
			const { text } = this;
			const word = this.ctx.settings.modern ? newerConstant(text) : undefined;
			if (word) {
				this.next();
				return { kind: "number", ...word, at, end: at };
			}
			if (text.startsWith("__") && isBuiltin(text) && this.peek() === T.lparen) {
				const special = this.special(text);
				if (special) return special;
			}
			this.next();
			return this.undeclared(id, at);
		}
		this.next();
		const { ctx } = this;
		switch (entity.kind) {
			case "variable": {
				const { variable } = entity;
				warnDeprecated(ctx, variable, at);
				if (ctx.unevaluated === 0) variable.uses++;
				if (ctx.settings.references) ctx.refer(at, variable);
				return { kind: "variable", type: variable.type, variable, at, end: at };
			}
			case "function": {
				const target = entity.function;
				warnDeprecated(ctx, target, at);
				if (ctx.unevaluated === 0) target.uses++;
				const counts = ctx.unevaluated === 0 && target.storage === "static" && !target.body;
				if (counts && !ctx.firstUse.has(target)) ctx.firstUse.set(target, at);
				if (ctx.settings.references) ctx.refer(at, target);
				return { kind: "function", type: target.type, function: target, at, end: at };
			}
			case "enumerator": {
				const { name, value, type } = entity.enumerator;
				if (ctx.settings.references) ctx.refer(at, entity.enumerator);
				return { kind: "number", type, value, enumerator: name, at, end: at };
			}
			case "typedef":
				ctx.reports.error(
					"unexpected-type",
					at,
					`unexpected type name '${entity.typedef.name}': expected expression`,
				);
				return bad(at);
		}
	}

	#parenthesised(): Expression {
		const open = this.at;
		if (this.peek() === T.lbrace) return this.statementExpression();
		this.next();
		const e = this.expression();
		const end = this.close(T.rparen, ")", open, "(");
		return isBad(e) ? bad(open, end) : { ...e, at: open, end };
	}

	/** An integer constant that C demands here; reports what is none. */
	constant(what = "expression is not an integer constant expression"): bigint | undefined {
		const e = rvalue(this.conditionalExpression());
		const value = numberOf(e);
		if (value === undefined && !isBad(e))
			this.ctx.reports.error("not-constant", e.at, what, { end: e.end });
		return value;
	}
}

/** Most operators behind one operand. */
const longest = 1000;

/** Every so many operators of a row it is noted that what stands so far is no constant: nobody looks through all of it again. */
function milestone(e: Expression, count: number): Expression {
	return count % 64 !== 63 || isBad(e) || constantOf(e) ? e : { ...e, varies: true };
}
