// Declarations in functions and outside (C11 6.7): specifiers, declarators, initialisers, `_Static_assert`, file-scope `asm`.

import {
	type CType,
	canonical,
	type Expression,
	errorType,
	isFloat,
	numberOf,
	qualify,
	unqualified,
	type Variable,
} from "../ast/index.ts";
import {
	type Attribute,
	attributedType,
	type Declared,
	declareFunction,
	declareTypedef,
	declareVariable,
	type Init,
	initialize,
	isBad,
	requireComplete,
	rvalue,
	stringText,
} from "../check/index.ts";
import { T } from "./code.ts";
import { InitializerParser } from "./initializer.ts";
import type { Declarator, Specifiers } from "./specifier.ts";

/** A declarator that turned out to head a function's body. */
export interface Head {
	readonly declared: Declared;
	readonly function: true;
}

export abstract class DeclarationParser extends InitializerParser {
	/** Reads the declarators behind specifiers; gives the automatic variables, or the head of a function definition. */
	declarators(specifiers: Specifiers): Variable[] | Head {
		const variables: Variable[] = [];
		if (specifiers.ended) return variables;
		if (this.is(T.semicolon)) {
			this.#nothing(specifiers);
			this.next();
			return variables;
		}
		for (let first = true; ; first = false) {
			const attributes = specifiers.attributes.slice();
			const d = this.declarator(specifiers.type, false, attributes);
			const { params } = this;
			const label = this.asmLabel();
			this.attributes(attributes);
			if (d.id < 0) {
				this.#recover();
				return variables;
			}
			const own = attributes.slice(specifiers.attributes.length);
			const type = own.length > 0 ? attributedType(this.ctx, d.type, own) : d.type;
			const declared = this.#declared(specifiers, { ...d, type }, attributes, label, params);
			const core = canonical(type);
			if (core.kind === "function" && specifiers.storage !== "typedef") {
				if (first && params && this.is(T.lbrace)) return { declared, function: true };
				this.pushedAttributes(declared, "function");
				declareFunction(this.ctx, declared, core, false);
				this.#bodiless =
					first &&
					this.ctx.scopes.level === 0 &&
					!this.is(T.comma) &&
					!this.is(T.semicolon) &&
					!this.onNewLine();
			} else if (specifiers.storage === "typedef") declareTypedef(this.ctx, declared);
			else {
				const variable = this.#variable(specifiers, declared);
				if (variable?.storage === "auto") variables.push(variable);
			}
			if (!this.accept(T.comma)) break;
		}
		if (this.accept(T.semicolon)) return variables;
		if (this.#bodiless) {
			this.#bodiless = false;
			this.ctx.reports.error(
				"expected",
				this.at,
				"expected function body after function declarator",
			);
			if (this.is(T.rbrace)) return variables;
			this.skipTo(T.semicolon);
			this.accept(T.semicolon);
			return variables;
		}
		this.missing(
			";",
			this.ctx.scopes.level === 0 ? " after top level declarator" : " at end of declaration",
		);
		if (!this.is(T.rbrace) && !this.onNewLine() && !this.startsStatement() && !this.startsType()) {
			this.skipTo(T.semicolon);
			this.accept(T.semicolon);
		}
		return variables;
	}

	/** A function declarator that neither a body nor a `;` follows. */
	#bodiless = false;

	abstract startsStatement(): boolean;

	/** Adds what `#pragma clang attribute push` gives. */
	pushedAttributes(declared: Declared, subject: "function" | "variable"): void {
		const pushed = this.pragmas.attributesFor(subject);
		if (pushed.length > 0 && Array.isArray(declared.attributes))
			declared.attributes.push(...pushed);
	}

	#recover(): void {
		this.skipTo(T.semicolon);
		if (!this.accept(T.semicolon) && this.ctx.scopes.level === 0 && this.is(T.rbrace)) this.next();
	}

	#nothing(specifiers: Specifiers): void {
		const { tag } = specifiers;
		const useless = tag?.kind === "record" && tag.tag.name === "" && specifiers.storage === "none";
		if ((tag && !useless) || specifiers.type === errorType) return;
		this.ctx.reports.warning(
			"missing-declarations",
			specifiers.at,
			"declaration does not declare anything",
		);
	}

	#declared(
		specifiers: Specifiers,
		d: Declarator,
		attributes: readonly Attribute[],
		label: string | undefined,
		params: Variable[] | undefined,
	): Declared {
		return {
			id: d.id,
			at: d.at,
			type: d.type,
			storage:
				specifiers.constexpr && this.ctx.scopes.level === 0 && specifiers.storage === "none"
					? "static"
					: specifiers.storage === "auto" && specifiers.auto
						? "none"
						: specifiers.storage,
			inline: specifiers.inline,
			attributes,
			...(label === undefined ? {} : { label }),
			...(params === undefined ? {} : { params }),
		};
	}

	#variable(specifiers: Specifiers, declared: Declared): Variable | undefined {
		this.pushedAttributes(declared, "variable");
		if (specifiers.auto) return this.#auto(specifiers, declared);
		const hasInit = this.is(T.assign);
		if (isFloat(declared.type) && declared.storage !== "extern" && this.ctx.scopes.level > 0)
			this.ctx.reports.unsupported("float", declared.at, "floating point is not part of eBPF C");
		const variable = declareVariable(this.ctx, declared, hasInit);
		if (this.ctx.scopes.level > 0 && declared.storage !== "extern") this.locals.push(variable);
		if (hasInit) {
			this.next();
			this.#initialise(variable, this.initializer(), specifiers.constexpr);
		}
		this.#complete(variable, declared, hasInit);
		return variable;
	}

	#initialise(variable: Variable, init: Init, constant = false): void {
		const isStatic = constant || variable.storage !== "auto";
		if (constant) variable.constexpr = true;
		const filled = initialize(this.ctx, variable.type, init, isStatic, variable.at);
		if (variable.storage === "extern") {
			variable.storage = "global";
			variable.defined = true;
		}
		variable.type = filled.type;
		variable.init = filled.init;
	}

	#complete(variable: Variable, declared: Declared, hasInit: boolean): void {
		if (declared.storage === "extern" && !hasInit) return;
		if (variable.type === errorType) return;
		if (this.ctx.scopes.level > 0) {
			if (!requireComplete(this.ctx, variable, declared.at)) variable.type = errorType;
		} else if (!hasInit) this.tentative.push(variable);
	}

	/** Variables of the function that is being read. */
	readonly locals: Variable[] = [];

	/** File-scope variables whose type may still be completed. */
	readonly tentative: Variable[] = [];

	/** `__auto_type name = value`. */
	#auto(specifiers: Specifiers, declared: Declared): Variable | undefined {
		if (!this.accept(T.assign)) {
			const text = `declaration of variable '${this.ctx.names.text(declared.id)}' with deduced type '__auto_type' requires an initializer`;
			this.ctx.reports.error("auto-type", declared.at, text);
			return declareVariable(this.ctx, { ...declared, type: errorType }, false);
		}
		const value = rvalue(this.assignment());
		let type: CType = isBad(value) ? errorType : unqualified(value.type);
		const core = canonical(type);
		if (core.kind === "void") {
			const text = `variable '${this.ctx.names.text(declared.id)}' has incomplete type 'void'`;
			this.ctx.reports.error("incomplete-type", declared.at, text);
			type = errorType;
		}
		const written = specifiers.type.kind === "qualified" ? specifiers.type : undefined;
		if (written && type !== errorType) type = qualify(type, written);
		const variable = declareVariable(this.ctx, { ...declared, type }, true);
		if (type !== errorType)
			this.#initialise(variable, { kind: "value", value }, specifiers.constexpr);
		return variable;
	}

	override staticAssert(): void {
		this.next();
		const open = this.at;
		if (!this.expect(T.lparen, "(", " after '_Static_assert'")) return;
		const e = rvalue(this.conditionalExpression());
		let message: string | undefined;
		if (this.accept(T.comma)) message = stringText(this.ctx, this.strings());
		this.close(T.rparen, ")", open, "(");
		this.#assertion(e, message);
		if (!this.accept(T.semicolon)) this.missing(";", " after '_Static_assert'");
	}

	#assertion(e: Expression, message: string | undefined): void {
		if (isBad(e)) return;
		const value = numberOf(e);
		const { reports } = this.ctx;
		if (value === undefined) {
			const text = "static assertion expression is not an integral constant expression";
			reports.error("not-constant", e.at, text, { end: e.end });
		} else if (value === 0n) {
			const source = reports.text(e.at, e.end);
			const plain = source === undefined || /^[\w.]+$/.test(source);
			const why = plain ? "" : ` due to requirement '${source}'`;
			const text = `static assertion failed${why}${message === undefined ? "" : `: ${message}`}`;
			reports.error("static-assert", e.at, text, { end: e.end });
		}
	}
}
