// Everything known of one source while it is assembled: sections with their contents, symbols, maps, problems.

import type { Diagnostic, Span } from "../base/index.ts";
import type { MapSpec } from "../object/index.ts";
import { constant } from "./constants.ts";
import { type Expr, evaluate, isFault, type Value } from "./expr.ts";
import { type Entry, type Item, slotsOf } from "./item.ts";
import { type SectionKind, sectionKind } from "./section.ts";
import { nearest } from "./suggest.ts";
import { spanOf, type Token } from "./token.ts";

/** Bytes of a data section, or of data among instructions. */
const MAX_DATA = 16 << 20;

export interface Section {
	readonly name: string;
	readonly kind: SectionKind;
	/** Of code sections. */
	readonly items: Item[];
	/** First slot of each item. */
	readonly starts: number[];
	slots: number;
	/** Of data sections. */
	bytes: Uint8Array;
	size: number;
	/** `.bss`: nothing but zeros. */
	readonly zero: boolean;
	/** Data to fill in when symbols are known. */
	readonly patches: { offset: number; size: number; expr: Expr; from: Token }[];
	/** Slots that log lines have given already. */
	readonly logged: Set<number>;
}

export interface Label {
	readonly name: string;
	readonly section: Section;
	/** Slot in code, byte in data. */
	readonly offset: number;
	readonly token: Token;
	/** Declared by `.globl`, or by `.type` to be a function. */
	global: boolean;
}

export interface MapDeclaration {
	readonly spec: MapSpec;
	readonly token: Token;
}

/** A use of a name, for "go to definition" and hover. */
export interface Use {
	readonly token: Token;
	readonly name: string;
}

export class Unit {
	readonly file: string;
	readonly diagnostics: Diagnostic[] = [];
	readonly sections = new Map<string, Section>();
	readonly labels = new Map<string, Label>();
	/** Numeric labels: slots in order, by `section:number`. */
	readonly locals = new Map<string, number[]>();
	readonly equations = new Map<string, { expr: Expr; token: Token; value?: Value }>();
	readonly maps = new Map<string, MapDeclaration>();
	readonly entries: Entry[] = [];
	readonly globals = new Set<string>();
	readonly uses: Use[] = [];
	license: string | undefined;
	version = 0;
	#current: Section | undefined;

	constructor(file: string) {
		this.file = file;
	}

	/** The section that statements go to; a source that names none is one `xdp` program. */
	get current(): Section {
		if (!this.#current) this.#current = this.section("xdp", "");
		return this.#current;
	}

	/** Makes the section of this name current. */
	enter(name: string, flags: string): void {
		this.#current = this.section(name, flags);
	}

	section(name: string, flags: string): Section {
		let section = this.sections.get(name);
		if (!section) {
			section = {
				name,
				kind: sectionKind(name, flags),
				items: [],
				starts: [],
				slots: 0,
				bytes: new Uint8Array(64),
				size: 0,
				zero: /^\.bss(\.|$)/.test(name),
				patches: [],
				logged: new Set(),
			};
			this.sections.set(name, section);
		}
		return section;
	}

	emit(item: Item): void {
		const section = this.current;
		section.items.push(item);
		section.starts.push(section.slots);
		section.slots += slotsOf(item);
	}

	/** Room for `size` more bytes in the section; undefined (and a problem) when it is too much. */
	grow(section: Section, size: number, at: Token): number | undefined {
		const start = section.size;
		if (size > MAX_DATA - start) {
			this.problem("asm/out-of-range", `a section holds at most ${MAX_DATA} bytes of data`, at);
			return undefined;
		}
		if (start + size > section.bytes.length) {
			const bytes = new Uint8Array(Math.max(section.bytes.length * 2, start + size));
			bytes.set(section.bytes);
			section.bytes = bytes;
		}
		section.size += size;
		return start;
	}

	define(token: Token): void {
		const { current } = this;
		const code = current.kind === "code";
		const offset = code ? current.slots : current.size;
		if (token.kind === "number") {
			const key = `${current.name}:${token.text}`;
			const list = this.locals.get(key);
			if (list) list.push(offset);
			else this.locals.set(key, [offset]);
			return;
		}
		const earlier = this.labels.get(token.text)?.token ?? this.maps.get(token.text)?.token;
		if (earlier) {
			this.duplicate(token, earlier);
			return;
		}
		const global = this.globals.has(token.text);
		this.labels.set(token.text, { name: token.text, section: current, offset, token, global });
	}

	duplicate(token: Token, earlier: Token): void {
		this.diagnostics.push({
			severity: "error",
			id: "asm/duplicate-symbol",
			message: `${token.text} is defined twice`,
			span: this.span(token),
			notes: [{ message: "the first definition is here", span: this.span(earlier) }],
		});
	}

	span(from: Token, to: Token = from): Span {
		return spanOf(this.file, from, to);
	}

	problem(id: string, message: string, from: Token, to: Token = from, replacement?: string): void {
		const span = this.span(from, to);
		this.diagnostics.push({
			severity: "error",
			id,
			message,
			span,
			...(replacement === undefined
				? {}
				: { fix: { title: `Replace by ${replacement}`, edits: [{ span, text: replacement }] } }),
		});
	}

	/** The nearest of `names`; none when there are so many problems that the text is no assembly. */
	suggest(word: string, names: Iterable<string>): string | undefined {
		return this.diagnostics.length > 100 ? undefined : nearest(word, names);
	}

	/** A number or place by name: the user's constants first, then labels, then predefined constants. */
	lookup(token: Token, depth = 0): Value | undefined {
		const equation = this.equations.get(token.text);
		if (equation) {
			this.uses.push({ token, name: token.text });
			if (equation.value) return equation.value;
			if (depth > 16) return undefined;
			const value = evaluate(equation.expr, (t) => this.lookup(t, depth + 1));
			if (isFault(value)) return undefined;
			equation.value = value;
			return value;
		}
		const label = this.labels.get(token.text);
		if (label) {
			this.uses.push({ token, name: token.text });
			const scale = label.section.kind === "code" ? 8 : 1;
			return { value: BigInt(label.offset * scale), section: label.section.name };
		}
		const value = constant(token.text);
		return value === undefined ? undefined : { value };
	}

	/** The value of an expression that must be known already; a problem when it is not. */
	settle(expr: Expr, from: Token): bigint | undefined {
		const value = evaluate(expr, (t) => this.lookup(t));
		if (isFault(value)) {
			this.problem("asm/undefined-symbol", value.message, value.token ?? from);
			return undefined;
		}
		if (value.section === undefined) return value.value;
		this.problem("asm/syntax", "expected a number, found the address of a label", from);
		return undefined;
	}
}
