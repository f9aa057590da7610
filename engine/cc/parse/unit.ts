// The outermost level: declarations and function definitions of a translation unit, one after the other.

import {
	armsOf,
	behindLabels,
	type CFunction,
	canonical,
	errorType,
	isComplete,
	isVoid,
	quoteType,
	type Unit,
} from "../ast/index.ts";
import {
	checkSections,
	type Declared,
	declareFunction,
	declareLocal,
	fallsThrough,
	headerNote,
	requireComplete,
	warnNeverUsed,
	warnParameters,
	warnStatics,
	warnUninitialized,
} from "../check/index.ts";
import { isSpecifier, T } from "./code.ts";
import { StatementParser } from "./statement.ts";

export class Parser extends StatementParser {
	/** Reads the rest of the unit. `between` is called before each declaration with the index of its first token. */
	unit(between: (index: number) => void): Unit {
		while (!this.is(T.end)) {
			const start = this.index;
			between(start);
			this.#external();
			if (this.index === start) this.next();
		}
		for (const variable of this.tentative) this.#tentative(variable);
		for (const [f, at] of this.ctx.firstUse) this.#undefined(f, at);
		warnStatics(this.ctx);
		checkSections(this.ctx);
		const { functions, variables, records, asm } = this.ctx;
		return { functions, variables, records, asm };
	}

	#undefined(f: CFunction, at: number): void {
		if (f.body || f.storage !== "static") return;
		this.ctx.reports.warning(
			"undefined-internal",
			f.at,
			`function '${f.name}' has internal linkage but is not defined`,
			{
				notes: [{ message: "used here", at }],
			},
		);
	}

	#tentative(variable: (typeof this.tentative)[number]): void {
		if (variable.storage === "extern" || variable.init) return;
		const core = canonical(variable.type);
		if (core.kind === "array" && core.length === undefined && isComplete(core.of)) {
			this.ctx.reports.warning(
				"tentative-array",
				variable.at,
				"tentative array definition assumed to have one element",
			);
			variable.type = { kind: "array", of: core.of, length: 1 };
			return;
		}
		requireComplete(this.ctx, variable, variable.at);
	}

	#external(): void {
		if (this.accept(T.semicolon)) return;
		if (this.is(T.staticAssert)) {
			this.staticAssert();
			return;
		}
		if (this.is(T.asm)) {
			this.ctx.asm.push(this.asm());
			return;
		}
		if (this.is(T.rbrace)) {
			this.ctx.reports.error("expected", this.at, "extraneous closing brace ('}')");
			this.next();
			return;
		}
		this.#unknownMacro();
		const specifiers = this.specifiers();
		if (!specifiers.some && !this.#plausible()) {
			this.ctx.reports.error("expected", this.at, "expected identifier or '('");
			this.#resume();
			return;
		}
		if (!specifiers.some) this.#typeless(specifiers);
		const made = this.declarators(specifiers);
		if (!Array.isArray(made)) this.#definition(made.declared);
	}

	/** `SEC("xdp") int f(…)` without the header of `SEC`: one mistake, and the declaration behind it can be read. */
	#unknownMacro(): void {
		if (!this.is(T.identifier) || this.peek() !== T.lparen || this.peek(2) !== T.string) return;
		const { at, text, ctx } = this;
		const note = headerNote(text);
		if (!note) return;
		ctx.reports.error("undeclared", at, `unknown macro '${text}'`, {
			notes: [{ message: note.replace(/ or explicitly.*$/, ""), at }],
		});
		this.next();
		this.skipBracket();
	}

	/** Whether a declaration without a type may have been meant. */
	#plausible(): boolean {
		return this.is(T.identifier) || this.is(T.star) || this.is(T.lparen);
	}

	#typeless(specifiers: ReturnType<Parser["specifiers"]>): void {
		if (this.is(T.identifier) && this.looksLikeType()) {
			specifiers.type = this.unknownType();
			// The word that is none may stand before the others: `always_inline static int f(void)`.
			if (isSpecifier(this.code)) specifiers.type = this.specifiers().type;
			return;
		}
		const text =
			"type specifier missing, defaults to 'int'; ISO C99 and later do not support implicit int";
		this.ctx.probeNames(this.text);
		this.ctx.reports.error("implicit-int", this.at, text);
		specifiers.type = errorType;
	}

	/** Passes over what cannot be read, to something that looks like a declaration. */
	#resume(): void {
		for (; !this.is(T.end); ) {
			if (this.is(T.lbrace) || this.is(T.lparen) || this.is(T.lbracket)) {
				const body = this.is(T.lbrace);
				this.skipBracket();
				if (body) return;
				continue;
			}
			const done = this.is(T.semicolon) || this.is(T.rbrace);
			this.next();
			if (done || (isSpecifier(this.code) && this.code >= T.typedef && this.code <= T.static))
				return;
		}
	}

	#definition(declared: Declared): void {
		const type = canonical(declared.type);
		if (type.kind !== "function") return;
		this.pushedAttributes(declared, "function");
		if (declared.type.kind !== "function")
			this.ctx.reports.error(
				"function-typedef",
				declared.at,
				"function definition declared with a typedef type",
			);
		const f = declareFunction(this.ctx, declared, type, true);
		if (!isVoid(type.returns) && !isComplete(type.returns) && type.returns !== errorType)
			this.ctx.reports.error(
				"incomplete-type",
				declared.at,
				`incomplete result type ${quoteType(type.returns)} in function definition`,
			);
		this.ctx.current = f;
		this.ctx.scopes.enter();
		for (const param of f.params) {
			if (param.type !== errorType && !isComplete(param.type))
				this.ctx.reports.error(
					"incomplete-type",
					param.at,
					`variable has incomplete type ${quoteType(param.type)}`,
				);
			if (param.name === "" && !isVoid(param.type) && param.type !== errorType) {
				const text = "omitting the parameter name in a function definition is a C23 extension";
				this.ctx.reports.warning("c23-extensions", param.at, text);
			}
			declareLocal(this.ctx, param);
		}
		this.locals.length = 0;
		const body = this.body();
		warnNeverUsed(this.ctx, this.locals);
		warnParameters(this.ctx, f);
		f.body = body;
		this.ctx.scopes.leave();
		this.ctx.current = undefined;
		this.#returns(f, body.end);
		if (this.ctx.reports.errors === 0) warnUninitialized(this.ctx, body, f.name);
	}

	#returns(f: CFunction, end: number): void {
		const open = f.body && this.ctx.reports.errors === 0 && f.attributes.noreturn;
		if (open && f.body && fallsThrough(f.body)) {
			const text = "function declared 'noreturn' should not return";
			this.ctx.reports.warning("invalid-noreturn", end, text);
		}
		const type = canonical(f.type);
		if (!f.body || type.kind !== "function" || isVoid(type.returns) || type.returns === errorType)
			return;
		if (f.attributes.naked || f.attributes.noreturn || f.name === "main") return;
		if (this.ctx.reports.errors > 0 || !fallsThrough(f.body)) return;
		const all = !returnsSomewhere(f.body);
		const text = all
			? "non-void function does not return a value"
			: "non-void function does not return a value in all control paths";
		this.ctx.reports.warning("return-type", end, text);
	}
}

function returnsSomewhere(s: NonNullable<CFunction["body"]>["items"][number]): boolean {
	switch (s.kind) {
		case "return":
			return true;
		case "block":
			return s.items.some(returnsSomewhere);
		case "if":
			return armsOf(s).some(returnsSomewhere);
		case "while":
		case "do":
		case "for":
		case "switch":
			return returnsSomewhere(s.body);
		case "case":
		case "label":
			return returnsSomewhere(behindLabels(s));
		default:
			return false;
	}
}
