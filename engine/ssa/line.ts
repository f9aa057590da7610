// A cursor over the tokens of one line of the text form. Throws Malformed, which parse.ts turns into a diagnostic.

import { address, constant, coreValue, param, undef } from "./build.ts";
import type { Func, Node, Place, Size } from "./ir.ts";
import { type Token, tokens } from "./lex.ts";

/** What is wrong with a line; never leaves the parser. */
export class Malformed extends Error {
	readonly column: number;
	readonly line: number | undefined;

	constructor(message: string, column: number, line: number | undefined) {
		super(message);
		this.column = column;
		this.line = line;
	}
}

/** What a written value means, once all definitions of the function are known. */
export type Later = (scope: {
	readonly func: Func;
	readonly values: ReadonlyMap<number, Node>;
}) => Node;

const endToken: Token = { kind: "end", text: "", column: 0 };

export class Line {
	private readonly tokens: readonly Token[];
	private readonly number0: number | undefined;
	private at = 0;

	constructor(text: string, number?: number) {
		this.number0 = number;
		const found = tokens(text);
		if (!found) throw new Malformed("unexpected character", 0, number);
		this.tokens = found;
	}

	private get next(): Token {
		return this.tokens[this.at] ?? endToken;
	}

	fail(message: string): never {
		throw new Malformed(message, this.next.column, this.number0);
	}

	done(): boolean {
		return this.next.kind === "end";
	}

	/** At the end, or at `!name` or `!at`. */
	atTrailer(): boolean {
		return this.done() || this.next.text.startsWith("!");
	}

	end(): void {
		if (!this.done()) this.fail(`unexpected ${this.next.text}`);
	}

	take(): string {
		const token = this.next;
		if (token.kind !== "word") this.fail("expected a word");
		this.at++;
		return token.text;
	}

	word(text: string): boolean {
		if (this.next.kind !== "word" || this.next.text !== text) return false;
		this.at++;
		return true;
	}

	expectWord(text: string): void {
		if (!this.word(text)) this.fail(`expected ${text}`);
	}

	accept(punct: string): boolean {
		if (this.next.kind !== "punct" || this.next.text !== punct) return false;
		this.at++;
		return true;
	}

	expect(punct: string): void {
		if (!this.accept(punct)) this.fail(`expected ${punct}`);
	}

	oneOf<const T extends string>(words: readonly T[]): T {
		const found = words.find((w) => this.next.kind === "word" && w === this.next.text);
		if (found === undefined) return this.fail(`expected ${words.join(", ")}`);
		this.at++;
		return found;
	}

	string(): string {
		const token = this.next;
		if (token.kind !== "string") this.fail("expected a string");
		this.at++;
		return token.text;
	}

	bigint(): bigint {
		const text = this.next.text;
		if (this.next.kind !== "word" || !/^-?\d+$/.test(text)) this.fail("expected a number");
		this.at++;
		return BigInt(text);
	}

	number(): number {
		return Number(this.bigint());
	}

	/** `name=N` */
	setting(name: string): number {
		this.expectWord(name);
		this.expect("=");
		return this.number();
	}

	optional(name: string): number | undefined {
		if (!this.word(name)) return undefined;
		this.expect("=");
		return this.number();
	}

	align(): number {
		this.expectWord("align");
		return this.number();
	}

	/** `u16`: bytes and sign. */
	width(): { readonly size: Size; readonly signed: boolean } {
		const word = this.oneOf(["u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64"] as const);
		const bytes = Number(word.slice(1)) / 8;
		const size: Size = bytes === 1 ? 1 : bytes === 2 ? 2 : bytes === 4 ? 4 : 8;
		return { size, signed: word.startsWith("s") };
	}

	/** `@name` */
	symbol(): string {
		const text = this.next.text;
		if (this.next.kind !== "word" || !text.startsWith("@")) this.fail("expected a symbol");
		this.at++;
		return text === "@" ? this.string() : text.slice(1);
	}

	/** `bbN` */
	label(): number {
		const m = /^bb(\d+)$/.exec(this.next.kind === "word" ? this.next.text : "");
		if (!m) return this.fail("expected a block");
		this.at++;
		return Number(m[1]);
	}

	/** `%N =` */
	definition(): number | undefined {
		const m = /^%(\d+)$/.exec(this.next.text);
		if (this.next.kind !== "word" || !m) return undefined;
		this.at++;
		this.expect("=");
		return Number(m[1]);
	}

	value(): Later {
		const { kind, text } = this.next;
		if (kind !== "word") this.fail("expected a value");
		if (text.startsWith("@")) {
			const symbol = this.symbol();
			const offset = this.accept("+") ? this.number() : 0;
			return ({ func }) => address(func, symbol, offset);
		}
		const later = this.plainValue(text);
		this.at++;
		return later;
	}

	private plainValue(text: string): Later {
		const node = /^%(\d+)$/.exec(text);
		const column = this.next.column;
		if (node)
			return ({ values }) => {
				const found = values.get(Number(node[1]));
				if (!found) throw new Malformed(`${text} is not defined`, column, this.number0);
				return found;
			};
		const number = /^(-?\d+)([Lp]?)$/.exec(text);
		if (number) {
			const type = number[2] === "" ? "i32" : number[2] === "L" ? "i64" : "ptr";
			return ({ func }) => constant(func, type, BigInt(number[1] ?? 0));
		}
		const argument = /^\$(\d+)$/.exec(text);
		if (argument) {
			const index = Number(argument[1]);
			return ({ func }) => {
				if (index < func.params.length) return param(func, index);
				throw new Malformed(`${text} is not a parameter`, column, this.number0);
			};
		}
		const typed = /^(undef|core)\.(i32|i64|ptr)(?:\.(\d+))?$/.exec(text);
		if (!typed) this.fail("expected a value");
		const type = typed[2] === "i32" ? "i32" : typed[2] === "i64" ? "i64" : "ptr";
		if (typed[1] === "undef") return ({ func }) => undef(func, type);
		return ({ func }) => coreValue(func, type, Number(typed[3] ?? 0));
	}

	/** `file:line:column:location` */
	place(): Place {
		const parts: number[] = [this.number()];
		while (parts.length < 4) {
			this.expect(":");
			parts.push(this.number());
		}
		const [file = 0, line = 0, column = 0, location = 0] = parts;
		return { file, line, column, location };
	}

	/** `!name` and `!at` behind an instruction, then the end. */
	trailers(node: Node): void {
		if (this.word("!name")) node.name = this.string();
		if (this.word("!at")) node.place = this.place();
		this.end();
	}
}
