// `__attribute__((…))`, `[[…]]` and `asm("label")`: read with their arguments. What they mean is for the checks.

import type { CType, Expression } from "../ast/index.ts";
import { numberOf } from "../ast/index.ts";
import { type Attribute, checkKnown, stringText } from "../check/index.ts";
import { isSpecifier, T } from "./code.ts";
import { Cursor } from "./cursor.ts";

/** The stages of the parser that come later, as the earlier ones call them. */
export abstract class AttributeParser extends Cursor {
	abstract assignment(): Expression;
	abstract expression(): Expression;
	abstract conditionalExpression(): Expression;
	abstract unaryExpression(): Expression;
	abstract typeName(): CType;

	/** Whether the current token begins a type: a word of types or a typedef's name. */
	startsType(): boolean {
		if (this.is(T.identifier)) return this.ctx.scopes.find(this.id)?.kind === "typedef";
		return isSpecifier(this.code);
	}

	/** Reads all attributes that stand here, into `out`. */
	attributes(out: Attribute[]): void {
		for (;;) {
			if (this.is(T.attribute)) this.#gnu(out);
			else if (this.is(T.lbracket) && this.peek() === T.lbracket) this.#standard(out);
			else if (this.is(T.extension)) this.next();
			else return;
		}
	}

	#gnu(out: Attribute[]): void {
		this.next();
		const open = this.at;
		if (!this.expect(T.lparen, "(", " after 'attribute'")) return;
		if (!this.expect(T.lparen, "(", " after '('")) {
			this.skipTo(T.rparen);
			this.accept(T.rparen);
			return;
		}
		this.#list(out);
		this.close(T.rparen, ")", open, "(");
		this.close(T.rparen, ")", open, "(");
	}

	#standard(out: Attribute[]): void {
		const open = this.at;
		this.next();
		this.next();
		this.#list(out);
		this.close(T.rbracket, "]", open, "[");
		this.close(T.rbracket, "]", open, "[");
	}

	#list(out: Attribute[]): void {
		while (!this.is(T.rparen) && !this.is(T.rbracket) && !this.is(T.end)) {
			if (this.accept(T.comma)) continue;
			const attribute = this.#one();
			if (!attribute) return;
			checkKnown(this.ctx, attribute);
			out.push(attribute);
		}
	}

	#one(): Attribute | undefined {
		let name = this.text;
		const at = this.at;
		if (!/^[A-Za-z_]/.test(name)) {
			this.ctx.reports.error("expected", at, "expected identifier");
			return undefined;
		}
		this.next();
		if (this.is(T.colon) && this.peek() === T.colon) {
			this.next();
			this.next();
			name = this.text;
			this.next();
		}
		name = plainName(name);
		if (!this.is(T.lparen)) return { name, at, strings: [], numbers: [], empty: true };
		return this.#arguments(name, at);
	}

	#arguments(name: string, at: number): Attribute {
		const open = this.at;
		this.next();
		const strings: string[] = [];
		const numbers: number[] = [];
		let identifier: string | undefined;
		let identifierAt: number | undefined;
		while (!this.is(T.rparen) && !this.is(T.end)) {
			if (this.accept(T.comma)) continue;
			if (this.is(T.string)) strings.push(stringText(this.ctx, this.strings()));
			else if (takesNames.has(name) && !(takesNumbers.has(name) && identifier !== undefined)) {
				if (/^[A-Za-z_]/.test(this.text)) identifier ??= this.text;
				identifierAt ??= this.at;
				if (this.is(T.lparen)) this.skipBracket();
				else this.next();
			} else if (takesNumbers.has(name)) {
				const value = numberOf(this.conditionalExpression());
				if (value !== undefined) numbers.push(Number(value));
				else
					this.ctx.reports.error(
						"attribute",
						at,
						`'${name}' attribute requires an integer constant`,
					);
				if (!this.is(T.comma) && !this.is(T.rparen)) break;
			} else if (this.is(T.lparen)) this.skipBracket();
			else this.next();
		}
		this.close(T.rparen, ")", open, "(");
		return {
			name,
			at,
			strings,
			numbers,
			...(identifier === undefined ? {} : { identifier }),
			...(identifierAt === undefined ? {} : { identifierAt }),
		};
	}

	/** `asm("name")` behind a declarator. */
	asmLabel(): string | undefined {
		if (!this.is(T.asm)) return undefined;
		this.next();
		const open = this.at;
		if (!this.expect(T.lparen, "(", " after 'asm'")) return undefined;
		const label = stringText(this.ctx, this.strings());
		this.close(T.rparen, ")", open, "(");
		return label;
	}
}

const takesNames = new Set([
	"cleanup",
	"mode",
	"format",
	"alias",
	"counted_by",
	"copy",
	"ifunc",
	"malloc",
]);
const takesNumbers = new Set(["aligned", "address_space", "vector_size", "regparm", "format"]);

function plainName(name: string): string {
	return name.length > 4 && name.startsWith("__") && name.endsWith("__") ? name.slice(2, -2) : name;
}
