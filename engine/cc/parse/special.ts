// Primaries with a syntax of their own: `_Generic`, `sizeof`, builtins that take types, and names that mean nothing.

import {
	alignOf,
	type CType,
	canonical,
	compatible,
	type Expression,
	elementType,
	errorType,
	type FunctionType,
	findMember,
	functionTypeOf,
	intType,
	isComplete,
	numberOf,
	quoteType,
	recordOf,
	sizeOf,
	typeText,
	unqualified,
	unsignedLongType,
} from "../ast/index.ts";
import {
	bad,
	builtinCall,
	declareFunction,
	type Entity,
	headerNote,
	isBad,
	libraryFunction,
	noMember,
	placeOfEntity,
	rvalue,
	suggest,
} from "../check/index.ts";
import type { Location } from "../token.ts";
import { T } from "./code.ts";
import { ExpressionParser, type Where } from "./expression.ts";

const typedBuiltins = new Set(["__builtin_preserve_type_info", "__builtin_btf_type_id"]);
const unevaluated = new Set([
	"__builtin_constant_p",
	"__builtin_object_size",
	"__builtin_dynamic_object_size",
	"__builtin_preserve_field_info",
	"__builtin_preserve_enum_value",
	...typedBuiltins,
]);

export abstract class SpecialParser extends ExpressionParser {
	override special(name: string): Expression | undefined {
		const { at } = this;
		switch (this.code) {
			case T.generic:
				return this.#generic();
			case T.offsetof:
				return this.#offsetof();
			case T.typesCompatible:
				return this.#typesCompatible();
			case T.chooseExpr:
				return this.#choose();
			case T.vaArg:
				this.ctx.reports.unsupported("va-arg", at, "variable arguments are not part of eBPF C");
				this.next();
				if (this.is(T.lparen)) this.skipBracket();
				return bad(at);
			case T.identifier:
				return this.#builtin(name);
			default:
				return undefined;
		}
	}

	#builtin(name: string): Expression {
		const { at, ctx } = this;
		this.next();
		const silent = unevaluated.has(name);
		if (silent) ctx.unevaluated++;
		const args = this.arguments();
		if (silent) ctx.unevaluated--;
		return builtinCall(ctx, { name, args, at, end: this.before });
	}

	override sizeNode(type: CType, size: boolean, field: boolean, where: Where): Expression {
		const { at, end, place } = where;
		if (type === errorType) return bad(at, end);
		const { reports } = this.ctx;
		const core = canonical(type);
		if (field) reports.error("bit-field", place, "invalid application of 'sizeof' to bit-field");
		const gnu = core.kind === "void" || core.kind === "function";
		if (!gnu && !isComplete(type) && !(core.kind === "array" && !size)) {
			const word = size ? "sizeof" : "alignof";
			reports.error(
				"incomplete-type",
				place,
				`invalid application of '${word}' to an incomplete type ${quoteType(type)}`,
				{ notes: forward(type) },
			);
			return bad(at, end);
		}
		const value = BigInt(size ? sizeOf(type) : alignOf(type));
		return { kind: "number", type: unsignedLongType, value, at, end };
	}

	/** `_Generic(value, type: …, default: …)`. */
	#generic(): Expression {
		const { at } = this;
		this.next();
		const open = this.at;
		if (!this.expect(T.lparen, "(", " after '_Generic'")) return bad(at);
		const controlling = this.at;
		this.ctx.unevaluated++;
		const type = this.startsType() ? this.typeName() : unqualified(rvalue(this.assignment()).type);
		this.ctx.unevaluated--;
		this.expect(T.comma, ",");
		let chosen: Expression | undefined;
		let other: Expression | undefined;
		do {
			if (this.is(T.rparen)) break;
			const isDefault = this.accept(T.default);
			const of = isDefault ? undefined : this.typeName();
			this.expect(T.colon, ":");
			const e = this.assignment();
			if (isDefault) other = e;
			else if (of && !chosen && compatible(of, type)) chosen = e;
		} while (this.accept(T.comma));
		const end = this.close(T.rparen, ")", open, "(");
		const result = chosen ?? other;
		if (result) return isBad(result) ? bad(at, end) : { ...result, at, end };
		if (type !== errorType) {
			const text = `controlling expression type ${quoteType(type)} not compatible with any generic association type`;
			this.ctx.reports.error("generic", controlling, text);
		}
		return bad(at, end);
	}

	/** `__builtin_offsetof(type, member.path[index])`. */
	#offsetof(): Expression {
		const { at } = this;
		this.next();
		const open = this.at;
		if (!this.expect(T.lparen, "(", " after '__builtin_offsetof'")) return bad(at);
		let type: CType | undefined = this.typeName();
		this.expect(T.comma, ",");
		let offset = 0n;
		for (let first = true; !this.is(T.rparen); first = false) {
			if (this.is(T.lbracket)) {
				const bracket = this.at;
				this.next();
				const index = this.constant();
				this.close(T.rbracket, "]", bracket, "[");
				if (type && canonical(type).kind === "array") {
					type = elementType(type);
					offset += (index ?? 0n) * BigInt(sizeOf(type));
				} else type = undefined;
				continue;
			}
			if (!first && !this.accept(T.dot)) break;
			if (!this.is(T.identifier)) {
				this.ctx.reports.error("expected", this.at, "expected identifier");
				break;
			}
			const step = this.#offsetStep(type);
			type = step?.type;
			offset += step?.offset ?? 0n;
			if (!type) this.skipTo(T.rparen);
		}
		const end = this.close(T.rparen, ")", open, "(");
		return type === undefined || type === errorType
			? bad(at, end)
			: { kind: "number", type: unsignedLongType, value: offset, at, end };
	}

	#offsetStep(type: CType | undefined): { type: CType; offset: bigint } | undefined {
		const { at } = this;
		const name = this.text;
		this.next();
		if (type === undefined || type === errorType) return undefined;
		const tag = recordOf(type);
		if (!tag?.complete) {
			const text = tag
				? `offsetof of incomplete type ${quoteType(type)}`
				: `offsetof requires struct, union, or class type, ${quoteType(type)} invalid`;
			this.ctx.reports.error("offsetof", at, text);
			return undefined;
		}
		this.ctx.probeMembers(name, tag);
		const chain = findMember(tag, name);
		const last = chain?.at(-1);
		if (!chain || !last) {
			noMember(this.ctx, tag, type, name, at);
			return undefined;
		}
		if (last.bitSize !== undefined) {
			this.ctx.reports.error("offsetof", at, `cannot compute offset of bit-field '${name}'`);
			return undefined;
		}
		this.ctx.refer(at, last);
		return { type: last.type, offset: BigInt(chain.reduce((sum, m) => sum + m.offset, 0)) };
	}

	#typesCompatible(): Expression {
		const { at } = this;
		this.next();
		const open = this.at;
		if (!this.expect(T.lparen, "(", " after '__builtin_types_compatible_p'")) return bad(at);
		const left = this.typeName();
		this.expect(T.comma, ",");
		const right = this.typeName();
		const end = this.close(T.rparen, ")", open, "(");
		const value = compatible(left, right, true) ? 1n : 0n;
		return { kind: "number", type: intType, value, at, end };
	}

	#choose(): Expression {
		const { at } = this;
		this.next();
		const open = this.at;
		if (!this.expect(T.lparen, "(", " after '__builtin_choose_expr'")) return bad(at);
		const test = rvalue(this.assignment());
		const value = numberOf(test);
		if (value === undefined && !isBad(test))
			this.ctx.reports.error(
				"not-constant",
				test.at,
				"'__builtin_choose_expr' requires a constant expression",
				{ end: test.end },
			);
		this.expect(T.comma, ",");
		const then = this.assignment();
		this.expect(T.comma, ",");
		const otherwise = this.assignment();
		const end = this.close(T.rparen, ")", open, "(");
		if (value === undefined) return bad(at, end);
		const chosen = value !== 0n ? then : otherwise;
		return isBad(chosen) ? bad(at, end) : { ...chosen, at, end };
	}

	/** A name that nothing declares. */
	override undeclared(id: number, at: Location): Expression {
		const { ctx } = this;
		const name = ctx.names.text(id);
		ctx.probeNames(name);
		const isCall = this.is(T.lparen);
		if (isCall && name.startsWith("__builtin_")) {
			const args = this.arguments();
			return builtinCall(ctx, { name, args, at, end: this.before });
		}
		if (isCall && (!ctx.settings.modern || libraryFunction(name))) return this.#implicit(id, at);
		this.#suggest(name, `use of undeclared identifier '${name}'`, false, at);
		return bad(at);
	}

	/** A function that its first call declares (C89 3.3.2.2): the library's, or one that returns int. */
	#implicit(id: number, at: Location): Expression {
		const { ctx } = this;
		const name = ctx.names.text(id);
		const library = libraryFunction(name);
		if (library) {
			const text = `call to undeclared library function '${name}' with type '${typeText(library)}'; ISO C99 and later do not support implicit function declarations`;
			const note = headerNote(name) ?? "";
			ctx.reports.strict(implicit, at, text, { notes: [{ message: note, at }] });
		} else {
			const text = `call to undeclared function '${name}'; ISO C99 and later do not support implicit function declarations`;
			this.#suggest(name, text, true, at);
		}
		const type = library ?? unknownFunction;
		const declared = { id, at, type, storage: "extern", inline: false, attributes: [] } as const;
		const made = declareFunction(ctx, declared, type, false);
		made.uses++;
		return { kind: "function", type, function: made, at, end: at };
	}

	#suggest(name: string, text: string, isCall: boolean, at: Location): void {
		const { ctx } = this;
		const names: string[] = [];
		ctx.scopes.visible().ordinary.forEach((entity, id) => {
			if (entity === undefined || entity.kind === "typedef") return;
			if (!isCall || callable(entity)) names.push(ctx.names.text(id));
		});
		const guess = suggest(name, names);
		const entity = guess === undefined ? undefined : ctx.scopes.find(ctx.names.id(guess));
		const id = isCall ? implicit : "undeclared";
		if (guess === undefined || !entity) {
			const note = headerNote(name);
			ctx.reports.strict(
				id,
				at,
				text,
				note === undefined ? {} : { notes: [{ message: note, at }] },
			);
			return;
		}
		const fix = { title: `change to '${guess}'`, edits: [ctx.reports.replace(at, guess)] };
		const declared = { message: `'${guess}' declared here`, at: placeOfEntity(entity) };
		if (isCall)
			ctx.reports.strict(id, at, text, {
				fix,
				notes: [{ message: `did you mean '${guess}'?`, at }, declared],
			});
		else ctx.reports.error(id, at, `${text}; did you mean '${guess}'?`, { fix, notes: [declared] });
	}
}

/** Clang's group of warnings. */
const implicit = "implicit-function-declaration";

const unknownFunction: FunctionType = {
	kind: "function",
	returns: intType,
	params: [],
	variadic: false,
	prototype: false,
};

/** The note that shows where an incomplete record was mentioned. */
function forward(type: CType): { message: string; at: Location }[] {
	const tag = recordOf(type);
	return tag ? [{ message: `forward declaration of ${quoteType(type)}`, at: tag.at }] : [];
}

/** Functions, and variables that hold one: libbpf's helpers. */
function callable(entity: Entity): boolean {
	if (entity.kind === "function") return true;
	return entity.kind === "variable" && functionTypeOf(entity.variable.type) !== undefined;
}
