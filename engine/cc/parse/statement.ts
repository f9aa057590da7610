// Statements (C11 6.8), `asm` and the body of a function.

import {
	type Block,
	type CaseLabel,
	canonical,
	type Expression,
	errorType,
	isInteger,
	isVoid,
	quoteType,
	type Statement,
} from "../ast/index.ts";
import {
	type Attribute,
	assignTo,
	bad,
	condition,
	discard,
	has,
	isBad,
	noteSet,
	promote,
	rvalue,
	warnAlwaysTrue,
	warnAssignment,
	warnCases,
	warnLabels,
	warnParentheses,
	warnReturned,
	warnUnhandled,
	warnUnused,
} from "../check/index.ts";
import type { Location } from "../token.ts";
import { isSpecifier, T } from "./code.ts";
import { type Switch, SwitchParser } from "./switch.ts";

export abstract class StatementParser extends SwitchParser {
	/** The statement is what an `if` guards. */
	#inIf = false;
	#loops = 0;

	override startsStatement(): boolean {
		return (this.code >= T.if && this.code <= T.asm) || this.is(T.lbrace);
	}

	/** A function's body; parameters are in scope already. */
	body(): Block {
		this.labels = new Map();
		this.gotos = [];
		this.#loops = 0;
		this.labelCount = 0;
		this.scopedLabels.length = 0;
		this.switches.length = 0;
		const block = this.#block();
		for (const { name, at } of this.gotos)
			if (!this.labels.has(name))
				this.ctx.reports.error("undeclared-label", at, `use of undeclared label '${name}'`);
		warnLabels(
			this.ctx,
			this.labels,
			new Set([...this.gotos.map((g) => g.name), ...this.addressedLabels]),
		);
		this.addressedLabels.clear();
		return block;
	}

	override compoundBlock(): { readonly block: Block; readonly items: readonly Statement[] } {
		const block = this.#scoped();
		return { block, items: block.items };
	}

	#scoped(): Block {
		this.ctx.scopes.enter();
		const start = this.at;
		const block = this.nested(
			() => this.#block(),
			(): Block => ({ kind: "block", items: [], at: start, end: start }),
		);
		this.ctx.scopes.leave();
		return block;
	}

	#block(): Block {
		const { at } = this;
		this.next();
		const items: Statement[] = [];
		this.scopedLabels.push(new Map());
		while (!this.is(T.rbrace) && !this.is(T.end)) {
			const start = this.index;
			const item = this.#item();
			if (item) items.push(item);
			if (this.index === start) this.next();
		}
		this.scopedLabels.pop();
		const end = this.close(T.rbrace, "}", at, "{");
		return { kind: "block", items, at, end };
	}

	/** A declaration or a statement. */
	#item(): Statement | undefined {
		if (this.is(T.staticAssert)) {
			this.staticAssert();
			return undefined;
		}
		if (this.is(T.label)) {
			this.localLabels();
			return undefined;
		}
		if (this.#startsDeclaration()) return this.#declaration();
		return this.statement();
	}

	#startsDeclaration(): boolean {
		if (this.is(T.identifier)) {
			const entity = this.ctx.scopes.find(this.id);
			if (entity) return entity.kind === "typedef" && this.peek() !== T.colon;
			const after = this.peek();
			return (
				after === T.identifier ||
				(after === T.star &&
					this.peek(2) === T.identifier &&
					[T.assign, T.semicolon, T.comma].includes(this.peek(3) as never))
			);
		}
		if (this.is(T.extension)) return isSpecifier(this.peek());
		if (this.is(T.attribute)) return !this.#fallthrough();
		if (this.is(T.lbracket) && this.peek() === T.lbracket) {
			const { index } = this;
			this.skipBracket();
			const starts = !this.is(T.semicolon) && this.#startsDeclaration();
			this.jump(index);
			return starts;
		}
		return isSpecifier(this.code);
	}

	/** Whether the attribute here stands alone: `__attribute__((fallthrough));`. */
	#fallthrough(): boolean {
		const { index } = this;
		this.next();
		if (this.is(T.lparen)) this.skipBracket();
		const alone = this.is(T.semicolon);
		this.jump(index);
		return alone;
	}

	#declaration(): Statement | undefined {
		const { at } = this;
		this.#strayPragma();
		const specifiers = this.specifiers();
		if (!specifiers.some) specifiers.type = this.unknownType();
		const made = this.declarators(specifiers);
		if (!Array.isArray(made)) {
			this.ctx.reports.error("nested-function", this.at, "function definition is not allowed here");
			this.skipBracket();
			return undefined;
		}
		if (made.length === 0) return undefined;
		return { kind: "declare", variables: made, at, end: this.before };
	}

	/** Reports a loop pragma that no loop follows. */
	#strayPragma(): void {
		if (!this.pragmas.waiting || this.is(T.for) || this.is(T.while) || this.is(T.do)) return;
		const text = "expected a for, while, or do-while loop to follow '#pragma unroll'";
		this.ctx.reports.error("pragma", this.at, text);
		this.takeUnroll();
	}

	statement(): Statement {
		const { at } = this;
		this.#strayPragma();
		return this.nested(
			() => this.#statement(),
			(): Statement => ({ kind: "empty", at, end: at }),
		);
	}

	#statement(): Statement {
		const { at } = this;
		if (this.is(T.lbracket) && this.peek() === T.lbracket) this.attributes([]);
		const { code } = this;
		switch (code) {
			case T.lbrace:
				return this.#scoped();
			case T.semicolon:
				this.next();
				return { kind: "empty", at, end: at };
			case T.if:
				return this.#if();
			case T.while:
				return this.#while();
			case T.do:
				return this.#do();
			case T.for:
				return this.#for();
			case T.switch:
				return this.#switch();
			case T.case:
			case T.default:
				return this.#case();
			case T.break:
			case T.continue:
				return this.#leave(code === T.break);
			case T.goto:
				return this.goto();
			case T.return:
				return this.#return();
			case T.asm:
				return this.asm();
			case T.attribute:
				this.attributes([]);
				return this.statement();
			default:
				if (this.is(T.identifier) && this.peek() === T.colon) return this.#label();
				return this.#expression();
		}
	}

	#expression(): Statement {
		const { at, index } = this;
		const broken = this.isBrokenMacro();
		const e = this.expression();
		const silent = broken && (this.is(T.end) || this.is(T.lbrace) || this.onNewLine());
		if (!this.accept(T.semicolon) && !silent) this.noSemicolon(" after expression", index);
		const isValue = this.is(T.rbrace) && this.peek() === T.rparen;
		if (!isBad(e) && !isValue) warnUnused(this.ctx, e);
		if (!isValue) noteSet(e);
		return { kind: "expression", expression: rvalueOf(e), at, end: this.before };
	}

	#parenthesised(word: string): { readonly open: Location; readonly ok: boolean } {
		const open = this.at;
		if (this.accept(T.lparen)) return { open, ok: true };
		this.ctx.reports.error("expected", this.at, `expected '(' after '${word}'`);
		return { open, ok: false };
	}

	#test(word: string, keyword: Location): Expression {
		const { open, ok } = this.#parenthesised(word);
		const e = this.expression();
		if (e.kind === "assign" && e.at !== open && this.is(T.rparen)) warnAssignment(this.ctx, e);
		else if (e.at !== open && this.is(T.rparen)) warnParentheses(this.ctx, e);
		warnAlwaysTrue(this.ctx, e);
		const test = condition(this.ctx, e, undefined, keyword);
		if (ok) this.close(T.rparen, ")", open, "(");
		return test;
	}

	/** `if` with all its `else if`: a chain, not a nesting. */
	#if(): Statement {
		const direct = this.#inIf;
		this.#inIf = false;
		const arms: { at: Location; test: Expression; then: Statement }[] = [];
		let otherwise: Statement | undefined;
		for (;;) {
			const { at } = this;
			this.next();
			const test = this.#test("if", at);
			const empty = this.is(T.semicolon) && !this.onNewLine() && this.peek() !== T.else;
			if (empty) this.#emptyBody("if statement", this.at);
			this.#inIf = this.is(T.if);
			const then = this.#scopedStatement();
			this.#inIf = false;
			arms.push({ at, test, then });
			if (direct && arms.length === 1 && this.is(T.else))
				this.ctx.reports.warning(
					"dangling-else",
					this.at,
					"add explicit braces to avoid dangling else",
				);
			if (!this.accept(T.else)) break;
			if (this.is(T.if)) continue;
			otherwise = this.#scopedStatement();
			break;
		}
		let out: Statement | undefined = otherwise;
		for (const { at, test, then } of arms.reverse())
			out = {
				kind: "if",
				condition: test,
				then,
				...(out ? { otherwise: out } : {}),
				at,
				end: this.before,
			};
		return out ?? { kind: "empty", at: this.at, end: this.at };
	}

	#scopedStatement(): Statement {
		if (this.is(T.lbrace)) return this.statement();
		this.ctx.scopes.enter();
		const s = this.statement();
		this.ctx.scopes.leave();
		return s;
	}

	#loopBody(word: string): Statement {
		this.#loops++;
		const alone = this.is(T.semicolon) && !this.onNewLine();
		const body = this.#scopedStatement();
		this.#loops--;
		if (alone && !this.onNewLine() && !this.is(T.rbrace) && body.at >= 0 && word !== "do")
			this.#emptyBody(`${word} loop`, body.at);
		return body;
	}

	/** `while (x);` with more on the same line is a slip. */
	#emptyBody(what: string, at: Location): void {
		this.ctx.reports.warning("empty-body", at, `${what} has empty body`, {
			notes: [{ message: "put the semicolon on a separate line to silence this warning", at }],
		});
	}

	#while(): Statement {
		const { at } = this;
		const unroll = this.takeUnroll();
		this.next();
		const test = this.#test("while", at);
		const body = this.#loopBody("while");
		return {
			kind: "while",
			condition: test,
			body,
			at,
			end: this.before,
			...(unroll === undefined ? {} : { unroll }),
		};
	}

	#do(): Statement {
		const { at } = this;
		const unroll = this.takeUnroll();
		this.next();
		const body = this.#loopBody("do");
		let test = bad(at);
		const complete = this.is(T.while);
		if (this.accept(T.while)) test = this.#test("while", at);
		else
			this.ctx.reports.error("expected", this.at, "expected 'while' in do/while loop", {
				notes: [{ message: "to match this 'do'", at }],
			});
		if (complete && !this.accept(T.semicolon)) this.noSemicolon(" after do/while statement");
		return {
			kind: "do",
			condition: test,
			body,
			at,
			end: this.before,
			...(unroll === undefined ? {} : { unroll }),
		};
	}

	#for(): Statement {
		const { at } = this;
		const unroll = this.takeUnroll();
		this.next();
		const { open } = this.#parenthesised("for");
		this.ctx.scopes.enter();
		let init: Statement | undefined;
		if (!this.accept(T.semicolon))
			init = this.#startsDeclaration() ? this.#declaration() : this.#forInit();
		let test: Expression | undefined;
		if (!this.is(T.semicolon)) test = this.#forTest(at);
		if (!this.accept(T.semicolon))
			this.ctx.reports.error("expected", this.at, "expected ';' in 'for' statement specifier");
		let step: Expression | undefined;
		if (!this.is(T.rparen)) step = this.#step();
		this.close(T.rparen, ")", open, "(");
		const body = this.#loopBody("for");
		this.ctx.scopes.leave();
		return {
			kind: "for",
			...(init ? { init } : {}),
			...(test ? { condition: test } : {}),
			...(step ? { step } : {}),
			body,
			...(unroll === undefined ? {} : { unroll }),
			at,
			end: this.before,
		};
	}

	#step(): Expression {
		const e = this.expression();
		for (let at = e; ; at = at.left) {
			noteSet(at.kind === "comma" ? at.right : at);
			if (at.kind !== "comma") break;
		}
		return rvalueOf(e);
	}

	#forTest(at: Location): Expression {
		const e = this.expression();
		if (e.kind === "comma" && e.at === e.left.at)
			warnUnused(this.ctx, e.left.kind === "load" ? e.left.operand : e.left);
		return condition(this.ctx, e, undefined, at);
	}

	#forInit(): Statement {
		const { at } = this;
		const e = this.expression();
		if (!this.accept(T.semicolon))
			this.ctx.reports.error("expected", this.at, "expected ';' in 'for' statement specifier");
		return { kind: "expression", expression: rvalueOf(e), at, end: this.before };
	}

	#switch(): Statement {
		const { at } = this;
		this.next();
		const { open } = this.#parenthesised("switch");
		const written = this.expression();
		this.close(T.rparen, ")", open, "(");
		let value = rvalue(written);
		if (!isBad(value) && !isInteger(value.type)) {
			const text = `statement requires expression of integer type (${quoteType(written.type)} invalid)`;
			this.ctx.reports.error("switch", at, text);
			value = bad(written.at, written.end);
		}
		value = promote(value);
		const info: Switch = { type: value.type, cases: [], seen: [] };
		this.switches.push(info);
		const body = this.#scopedStatement();
		this.switches.pop();
		if (!isBad(value)) {
			warnCases(this.ctx, written, info.seen, at);
			warnUnhandled(this.ctx, written, info.cases);
		}
		return { kind: "switch", value, body, cases: info.cases, at, end: this.before };
	}

	/** One or more labels of a switch, and the statement behind them. */
	#case(): Statement {
		const labels: { at: Location; label: CaseLabel | undefined }[] = [];
		while (this.is(T.case) || this.is(T.default)) {
			const { at } = this;
			labels.push({ at, label: this.caseLabel() });
		}
		let body = this.#afterLabel();
		for (const { at, label } of labels.reverse())
			if (label) body = { kind: "case", label, body, at, end: this.before };
		return body;
	}

	/** What a label stands before: a statement, or as C23 and GNU allow a declaration or the end of the block. */
	#afterLabel(): Statement {
		const { at } = this;
		const extension = (what: string) =>
			this.ctx.reports.warning("c23-extensions", at, `label ${what} is a C23 extension`);
		if (this.is(T.rbrace)) {
			extension("at end of compound statement");
			return { kind: "empty", at, end: at };
		}
		if (this.is(T.staticAssert)) {
			this.staticAssert();
			return { kind: "empty", at, end: at };
		}
		if (!this.#startsDeclaration()) return this.statement();
		extension("followed by a declaration");
		return this.#declaration() ?? { kind: "empty", at, end: at };
	}

	#label(): Statement {
		const { at } = this;
		const name = this.labelName(this.text);
		const earlier = this.labels.get(name);
		if (earlier !== undefined)
			this.ctx.reports.error("redefinition", at, `redefinition of label '${name}'`, {
				notes: [{ message: "previous definition is here", at: earlier }],
			});
		this.labels.set(name, at);
		this.ctx.refer(at, { at });
		this.next();
		this.next();
		const attributes: Attribute[] = [];
		if (this.is(T.attribute)) this.attributes(attributes);
		if (has(attributes, "unused")) this.addressedLabels.add(name);
		const body = this.#afterLabel();
		return { kind: "label", name, body, at, end: this.before };
	}

	#leave(isBreak: boolean): Statement {
		const { at } = this;
		this.next();
		const allowed = this.#loops > 0 || (isBreak && this.switches.length > 0);
		if (!allowed)
			this.ctx.reports.error(
				"loop",
				at,
				isBreak
					? "'break' statement not in loop or switch statement"
					: "'continue' statement not in loop statement",
			);
		if (!this.accept(T.semicolon))
			this.noSemicolon(` after ${isBreak ? "break" : "continue"} statement`);
		return { kind: isBreak ? "break" : "continue", at, end: this.before };
	}

	#return(): Statement {
		const { at, ctx } = this;
		this.next();
		const f = ctx.current;
		const type = f && canonical(f.type);
		const returns = type?.kind === "function" ? type.returns : errorType;
		if (this.is(T.semicolon)) {
			this.next();
			if (f && !isVoid(returns) && returns !== errorType)
				ctx.reports.strict(
					"return-mismatch",
					at,
					`non-void function '${f.name}' should return a value`,
				);
			return { kind: "return", at, end: this.before };
		}
		const { index } = this;
		const e = this.expression();
		if (this.index === index) this.skipTo(T.semicolon, T.rbrace);
		if (!this.accept(T.semicolon) && this.index !== index)
			this.noSemicolon(" after return statement");
		const end = this.before;
		if (isVoid(returns)) {
			if (!isBad(e) && !isVoid(e.type))
				ctx.reports.strict(
					"return-mismatch",
					at,
					`void function '${f?.name}' should not return a value`,
				);
			return {
				kind: "block",
				items: [
					{ kind: "expression", expression: discard(rvalue(e)), at, end },
					{ kind: "return", at, end },
				],
				at,
				end,
			};
		}
		warnReturned(ctx, e);
		return { kind: "return", value: assignTo(ctx, e, returns, { kind: "returning" }), at, end };
	}
}

/** A value whose result is not used; arrays and records stay as they are. */
function rvalueOf(e: Expression): Expression {
	const core = canonical(e.type);
	return core.kind === "array" ? e : rvalue(e);
}
