// Initialisers as written (C11 6.7.9): braces and designators. What they fill is for the checks.

import { bad, type Designator, type Init, type InitItem } from "../check/index.ts";
import { T } from "./code.ts";
import { SpecialParser } from "./special.ts";

export abstract class InitializerParser extends SpecialParser {
	override initializer(): Init {
		if (!this.is(T.lbrace)) return { kind: "value", value: this.assignment() };
		const { at } = this;
		return this.nested(
			() => this.#list(),
			() => ({ kind: "value", value: bad(at) }),
		);
	}

	#list(): Init {
		const { at } = this;
		this.next();
		const items: InitItem[] = [];
		while (!this.is(T.rbrace) && !this.is(T.end)) {
			const start = this.index;
			items.push(this.#item());
			if (this.accept(T.comma)) continue;
			if (this.is(T.rbrace)) break;
			this.ctx.reports.error("expected", this.at, "expected '}'", {
				notes: [{ message: "to match this '{'", at }],
			});
			this.skipTo(T.rbrace, T.comma);
			this.accept(T.comma);
			if (this.is(T.semicolon) || this.index === start) break;
		}
		const end = this.at;
		this.accept(T.rbrace);
		return { kind: "list", items, at, end };
	}

	#item(): InitItem {
		const designators: Designator[] = [];
		if (this.is(T.identifier) && this.peek() === T.colon) {
			designators.push({ kind: "member", name: this.text, at: this.at });
			this.next();
			this.next();
			return { designators, init: this.initializer() };
		}
		while (this.is(T.dot) || this.is(T.lbracket)) {
			const designator = this.is(T.dot) ? this.#member() : this.#index();
			if (designator) designators.push(designator);
		}
		if (designators.length > 0 && !this.accept(T.assign))
			if (!this.is(T.lbrace) || designators.at(-1)?.kind !== "index")
				this.ctx.reports.error("expected", this.at, "expected '=' or another designator");
		return { designators, init: this.initializer() };
	}

	#member(): Designator | undefined {
		this.next();
		const { at, text } = this;
		if (!this.is(T.identifier)) {
			this.ctx.reports.error("expected", at, "expected a field designator, such as '.field = 4'");
			return undefined;
		}
		this.next();
		return { kind: "member", name: text, at };
	}

	#index(): Designator | undefined {
		const { at } = this;
		this.next();
		const place = this.at;
		const low = this.constant();
		const high = this.accept(T.ellipsis) ? this.constant() : low;
		this.close(T.rbracket, "]", at, "[");
		if (low === undefined || high === undefined) return undefined;
		return { kind: "index", low: Number(low), high: Number(high), at: place };
	}
}
