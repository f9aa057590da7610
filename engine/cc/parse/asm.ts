// `asm` with its operands, `goto`, and the names of labels, which the two share.

import type { AsmOperand, AsmStatement, Statement } from "../ast/index.ts";
import { checkAsm, isBad, isLvalue, rvalue, stringText } from "../check/index.ts";
import type { Location } from "../token.ts";
import { T } from "./code.ts";
import { DeclarationParser } from "./declaration.ts";

const memory = /^[=+&%]*[moVQ]+$/;

export abstract class AsmParser extends DeclarationParser {
	/** Labels of the function: where they stand, and where they are used. */
	labels = new Map<string, Location>();
	gotos: { readonly name: string; readonly at: Location }[] = [];
	/** Names that `__label__` declares, for each open block. */
	readonly scopedLabels: Map<string, string>[] = [];
	labelCount = 0;

	/** `__label__ a, b;`: the names belong to the innermost block; inside the tree they get a number. */
	localLabels(): void {
		do {
			this.next();
			if (!this.is(T.identifier)) break;
			const { text } = this;
			this.labelCount++;
			this.scopedLabels[this.scopedLabels.length - 1]?.set(text, `${text}.${this.labelCount}`);
			this.next();
		} while (this.is(T.comma));
		if (!this.accept(T.semicolon)) this.missing(";", " after '__label__'");
	}

	/** What a label is called in the tree. */
	labelName(text: string): string {
		for (let i = this.scopedLabels.length - 1; i >= 0; i--) {
			const local = this.scopedLabels[i]?.get(text);
			if (local !== undefined) return local;
		}
		return text;
	}

	/** Reports the `;` that is not there, and goes to where a statement may begin. */
	noSemicolon(after: string, start = -1): void {
		const wrong = this.index === start;
		if (!wrong) this.missing(";", after);
		if (!wrong && this.is(T.rparen)) {
			// One bracket too many is one mistake.
			this.next();
			if (this.accept(T.semicolon)) return;
		}
		if (this.is(T.rbrace) || this.startsStatement() || (!wrong && this.onNewLine())) return;
		if (!wrong && (this.is(T.identifier) || this.startsType())) return;
		this.skipTo(T.semicolon);
		this.accept(T.semicolon);
	}

	goto(): Statement {
		const { at } = this;
		this.next();
		if (this.is(T.star)) {
			this.ctx.reports.unsupported("computed-goto", at, "computed goto is not part of eBPF C");
			this.skipTo(T.semicolon);
		}
		const label = this.labelName(this.text);
		if (this.is(T.identifier)) {
			this.gotos.push({ name: label, at: this.at });
			this.next();
		} else if (!this.is(T.semicolon))
			this.ctx.reports.error("expected", this.at, "expected identifier");
		if (!this.accept(T.semicolon)) this.noSemicolon(" after goto statement");
		return { kind: "goto", label, at, end: this.before };
	}

	/** `asm` in a function or outside. */
	asm(): AsmStatement {
		const { at } = this;
		this.next();
		let isVolatile = false;
		let jumps = false;
		for (;;) {
			if (this.is(T.volatile)) isVolatile = true;
			else if (this.is(T.goto)) jumps = true;
			else if (!this.is(T.inline) && !this.is(T.const)) break;
			this.next();
		}
		const open = this.at;
		this.expect(T.lparen, "(", " after 'asm'");
		if (!this.is(T.string))
			this.ctx.reports.error("expected", this.at, "expected string literal in 'asm'");
		const begin = this.at;
		let template = stringText(this.ctx, this.strings());
		const basic = this.is(T.rparen);
		const outputs = this.accept(T.colon) ? this.#operands(true) : [];
		const inputs = this.accept(T.colon) ? this.#operands(false) : [];
		const clobbers: string[] = [];
		if (this.accept(T.colon))
			while (this.is(T.string)) {
				clobbers.push(stringText(this.ctx, this.strings()));
				this.accept(T.comma);
			}
		const labels: string[] = [];
		if (this.accept(T.colon))
			while (this.is(T.identifier)) {
				const label = this.labelName(this.text);
				labels.push(label);
				template = template.replaceAll(`[${this.text}]`, `[${label}]`);
				this.gotos.push({ name: label, at: this.at });
				this.next();
				this.accept(T.comma);
			}
		checkAsm(this.ctx, { template, outputs, inputs, labels, basic }, begin);
		this.close(T.rparen, ")", open, "(");
		if (!this.accept(T.semicolon)) this.missing(";", " after asm");
		const always = isVolatile || basic || outputs.length === 0 || jumps;
		return {
			kind: "asm",
			template,
			volatile: always,
			outputs,
			inputs,
			clobbers,
			labels,
			at,
			end: this.before,
		};
	}

	#operands(output: boolean): AsmOperand[] {
		const out: AsmOperand[] = [];
		while (this.is(T.string) || this.is(T.lbracket)) {
			let name: string | undefined;
			if (this.accept(T.lbracket)) {
				name = this.text;
				this.next();
				this.expect(T.rbracket, "]");
			}
			const { at } = this;
			const constraint = stringText(this.ctx, this.strings());
			const open = this.at;
			if (!this.expect(T.lparen, "(", " after 'asm operand'")) return out;
			const e = this.expression();
			this.close(T.rparen, ")", open, "(");
			if (output && !isBad(e) && !isLvalue(e))
				this.ctx.reports.error("asm", e.at, "invalid lvalue in asm output", { end: e.end });
			const place = output || memory.test(constraint);
			out.push({
				constraint,
				at,
				value: place && isLvalue(e) ? e : rvalue(e),
				...(name === undefined ? {} : { name }),
			});
			if (!this.accept(T.comma)) break;
		}
		return out;
	}
}
