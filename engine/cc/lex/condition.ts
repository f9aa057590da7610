// The value of the expression of an `#if` (C11 6.10.1): integers of 64 bits, signed or not. Reads tokens as it goes, so that the
// operand of `defined` is not expanded.

import { simpleEscapes } from "../escape.ts";
import type { Location } from "../token.ts";
import { Raw, type Token } from "./raw.ts";
import { identifierAt } from "./reports.ts";
import type { State } from "./state.ts";

interface Value {
	readonly bits: bigint;
	readonly unsigned: boolean;
}

interface Reader {
	raw(): Token;
	next(): Token;
}

const precedence: Readonly<Record<string, number>> = {
	"*": 10,
	"/": 10,
	"%": 10,
	"+": 9,
	"-": 9,
	"<<": 8,
	">>": 8,
	"<": 7,
	">": 7,
	"<=": 7,
	">=": 7,
	"==": 6,
	"!=": 6,
	"&": 5,
	"^": 4,
	"|": 3,
	"&&": 2,
	"||": 1,
};
const ternary = 0;
const deepest = 256;

/** Evaluates the rest of the line; false, with one report, when it is no expression. */
export function evaluate(state: State, reader: Reader, end: Location): boolean {
	const parser = new Parser(state, reader, end);
	const value = parser.whole();
	return value !== undefined && value.bits !== 0n;
}

/** The value of a whole expression; undefined, with one report, when it is none. */
export function evaluateNumber(state: State, reader: Reader, end: Location): bigint | undefined {
	const value = new Parser(state, reader, end).whole();
	return value && (value.unsigned ? value.bits : BigInt.asIntN(64, value.bits));
}

class Parser {
	readonly #state: State;
	readonly #reader: Reader;
	#token: Token;
	#depth = 0;
	/** The place behind the last token of the line. */
	readonly #end: Location;

	constructor(state: State, reader: Reader, end: Location) {
		this.#state = state;
		this.#reader = reader;
		this.#token = reader.next();
		this.#end = end;
	}

	whole(): Value | undefined {
		const value = this.#binary(ternary, true);
		if (value === undefined) return undefined;
		if (this.#token.kind === Raw.end) return value;
		const spelling = this.#spelling();
		return this.#fail(
			spelling === ")" || spelling === ","
				? "expected end of line in preprocessor expression"
				: "token is not a valid binary operator in a preprocessor subexpression",
		);
	}

	#spelling(): string {
		return this.#token.kind === Raw.end ? "" : this.#state.text(this.#token);
	}

	#advance(): void {
		this.#token = this.#reader.next();
	}

	/** Reports at a token, or some characters into it. */
	#fail(message: string, token = this.#token, into = 0): undefined {
		const { reports, stopped } = this.#state;
		if (stopped) return undefined;
		const end = token.kind === Raw.end;
		const length = end ? 1 : this.#state.text(token).length - into;
		reports.error("cc/condition", message, end ? this.#end : token.at + into, length);
		return undefined;
	}

	#warn(group: string, message: string, token: Token): void {
		const { reports } = this.#state;
		reports.warning(`cc/${group}`, message, token.at, this.#state.text(token).length);
	}

	/** Operators that bind at least as tightly as `least`. `live` false: the value does not matter, nor what it divides by. */
	#binary(least: number, live: boolean): Value | undefined {
		let left = this.#unary(live);
		while (left !== undefined) {
			const operator = this.#token.kind === Raw.punctuator ? this.#spelling() : "";
			const level = precedence[operator];
			if (operator === "?" && least === ternary) {
				const test = left;
				left = this.#deeper(() => this.#conditional(test, live));
				continue;
			}
			if (level === undefined || level < least) return left;
			const token = this.#token;
			this.#advance();
			const decided =
				(operator === "&&" && left.bits === 0n) || (operator === "||" && left.bits !== 0n);
			const right = this.#binary(level + 1, live && !decided);
			if (right === undefined) return undefined;
			left = this.#apply(operator, left, right, live && !decided, token);
		}
		return left;
	}

	#conditional(test: Value, live: boolean): Value | undefined {
		this.#advance();
		const chosen = test.bits !== 0n;
		const yes = this.#binary(ternary, live && chosen);
		if (yes === undefined) return undefined;
		if (this.#spelling() !== ":") return this.#fail("expected ':'");
		this.#advance();
		const no = this.#binary(ternary, live && !chosen);
		if (no === undefined) return undefined;
		return wrap((chosen ? yes : no).bits, yes.unsigned || no.unsigned);
	}

	#apply(
		operator: string,
		left: Value,
		right: Value,
		live: boolean,
		token: Token,
	): Value | undefined {
		const truth = (value: boolean): Value => ({ bits: value ? 1n : 0n, unsigned: false });
		if (operator === "&&") return truth(left.bits !== 0n && right.bits !== 0n);
		if (operator === "||") return truth(left.bits !== 0n || right.bits !== 0n);
		if (operator === "<<" || operator === ">>") return shift(operator, left, right);
		const unsigned = left.unsigned || right.unsigned;
		const a = wrap(left.bits, unsigned).bits;
		const b = wrap(right.bits, unsigned).bits;
		if (live && a !== left.bits) this.#converted("left", left.bits, a, token);
		if (live && b !== right.bits) this.#converted("right", right.bits, b, token);
		switch (operator) {
			case "*":
				return wrap(a * b, unsigned);
			case "+":
				return wrap(a + b, unsigned);
			case "-":
				return wrap(a - b, unsigned);
			case "&":
				return wrap(a & b, unsigned);
			case "^":
				return wrap(a ^ b, unsigned);
			case "|":
				return wrap(a | b, unsigned);
			case "<":
				return truth(a < b);
			case ">":
				return truth(a > b);
			case "<=":
				return truth(a <= b);
			case ">=":
				return truth(a >= b);
			case "==":
				return truth(a === b);
			case "!=":
				return truth(a !== b);
		}
		if (b !== 0n) return wrap(operator === "/" ? a / b : a % b, unsigned);
		if (!live) return wrap(0n, unsigned);
		return this.#fail(
			`${operator === "/" ? "division" : "remainder"} by zero in preprocessor expression`,
			token,
		);
	}

	#converted(side: string, from: bigint, to: bigint, operator: Token): void {
		const change = `${from} to ${to}`;
		this.#warn(
			"condition",
			`${side} side of operator converted from negative value to unsigned: ${change}`,
			operator,
		);
	}

	#unary(live: boolean): Value | undefined {
		return this.#deeper(() => this.#operand(live));
	}

	#deeper(read: () => Value | undefined): Value | undefined {
		if (this.#depth >= deepest)
			return this.#fail(`bracket nesting level exceeded maximum of ${deepest}`);
		this.#depth++;
		const value = read();
		this.#depth--;
		return value;
	}

	#operand(live: boolean): Value | undefined {
		const token = this.#token;
		switch (token.kind) {
			case Raw.end:
				return this.#fail(`expected value in expression`);
			case Raw.number:
				return this.#number(token);
			case Raw.character:
				return this.#character(token);
			case Raw.identifier:
				return this.#identifier(token);
			case Raw.punctuator:
				break;
			default:
				return this.#fail("invalid token at start of a preprocessor expression");
		}
		const operator = this.#spelling();
		if (operator === "(") return this.#parenthesised(live);
		if (operator === ")") return this.#fail("expected value in expression");
		if (operator !== "!" && operator !== "~" && operator !== "-" && operator !== "+")
			return this.#fail("invalid token at start of a preprocessor expression");
		this.#advance();
		const value = this.#unary(live);
		if (value === undefined || operator === "+") return value;
		if (operator === "!") return { bits: value.bits === 0n ? 1n : 0n, unsigned: false };
		return wrap(operator === "-" ? -value.bits : ~value.bits, value.unsigned);
	}

	#parenthesised(live: boolean): Value | undefined {
		const open = this.#token;
		this.#advance();
		const value = this.#binary(ternary, live);
		if (value === undefined) return undefined;
		if (this.#spelling() !== ")") {
			const at = this.#token.kind === Raw.end ? this.#end : this.#token.at;
			const note = this.#state.reports.note("to match this '('", open.at);
			this.#state.reports.error("cc/condition", "expected ')' in preprocessor expression", at, 1, [
				note,
			]);
			return undefined;
		}
		this.#advance();
		return value;
	}

	#identifier(token: Token): Value | undefined {
		if (token.text === this.#state.known.defined) return this.#defined();
		this.#advance();
		const word = this.#state.text(token);
		if (this.#spelling() === "(" && !this.#state.stopped)
			return this.#fail(`function-like macro '${word}' is not defined`, token);
		return { bits: 0n, unsigned: false };
	}

	/** `defined NAME` and `defined(NAME)`. */
	#defined(): Value | undefined {
		const { known, macros } = this.#state;
		this.#fromMacro(this.#token);
		let name = this.#reader.raw();
		const open = name.text === known.open && name.kind === Raw.punctuator ? name : undefined;
		if (open !== undefined) name = this.#reader.raw();
		if (name.kind !== Raw.identifier)
			return this.#fail(
				name.kind === Raw.end ? "macro name missing" : "macro name must be an identifier",
				name,
			);
		if (open !== undefined) {
			const close = this.#reader.raw();
			if (close.text !== known.close || close.kind !== Raw.punctuator) {
				const note = this.#state.reports.note("to match this '('", open.at);
				const at = close.kind === Raw.end ? this.#end : close.at;
				this.#state.reports.error("cc/condition", "missing ')' after 'defined'", at, 1, [note]);
				return undefined;
			}
		}
		this.#advance();
		return { bits: macros[name.text] !== undefined ? 1n : 0n, unsigned: false };
	}

	/** Compilers differ in what `defined` means when an object-like macro brings it. */
	#fromMacro(word: Token): void {
		const { locations, macros, names } = this.#state;
		const use = locations.uses(word.at)[0];
		if (use === undefined) return;
		const macro = macros[names.id(identifierAt(locations, locations.spelled(use)))];
		if (macro?.parameters === undefined)
			this.#warn(
				"expansion-to-defined",
				"macro expansion producing 'defined' has undefined behavior",
				word,
			);
	}

	#number(token: Token): Value | undefined {
		const text = this.#state.text(token);
		const match = /^(0[xX][\da-fA-F]+|0[bB][01]+|\d+)([uUlLzZ]*)$/.exec(text);
		if (match === null) return this.#badNumber(text);
		const digits = match[1] ?? "0";
		const suffix = (match[2] ?? "").toLowerCase();
		const octal = /^0\d/.test(digits);
		const wrong = octal ? digits.search(/[89]/) : -1;
		if (wrong > 0)
			return this.#fail(`invalid digit '${digits[wrong]}' in octal constant`, token, wrong);
		if (!/^(?:u?l{0,2}|l{1,2}u)$/.test(suffix)) return this.#badNumber(text);
		const value = BigInt(octal ? `0o${digits.slice(1)}` : digits);
		if (value > 0xffff_ffff_ffff_ffffn)
			return this.#fail("integer literal is too large to be represented in any integer type");
		this.#advance();
		return wrap(value, suffix.includes("u") || value > 0x7fff_ffff_ffff_ffffn);
	}

	#badNumber(text: string): undefined {
		if (/^(?:\d*\.|\d+[eE]|0[xX][\da-fA-F.]*[pP.])/.test(text))
			return this.#fail("floating point literal in preprocessor expression");
		const digits = /^(?:0[xX][\da-fA-F]+|0[bB][01]+|\d+)/.exec(text)?.[0] ?? "";
		const message = `invalid suffix '${text.slice(digits.length)}' on integer constant`;
		return this.#fail(message, this.#token, digits.length);
	}

	#character(token: Token): Value | undefined {
		const match = /^(L|u8|u|U)?'(.*)'$/s.exec(this.#state.text(token));
		const units = match === null ? [] : characterUnits(match[2] ?? "");
		if (units.length === 0) return this.#fail("empty character constant");
		if (units.length > 1) this.#warn("multichar", "multi-character character constant", token);
		this.#advance();
		if (match?.[1] !== undefined)
			return { bits: BigInt(units[units.length - 1] ?? 0), unsigned: match[1] !== "L" };
		let value = 0n;
		for (const unit of units) value = (value << 8n) | BigInt(unit & 0xff);
		return {
			bits: units.length === 1 ? BigInt.asIntN(8, value) : BigInt.asIntN(32, value),
			unsigned: false,
		};
	}
}

/** The values of the characters of a constant, escapes resolved. */
function characterUnits(body: string): number[] {
	const out: number[] = [];
	const pattern = /\\x([\da-fA-F]+)|\\([0-7]{1,3})|\\(.)|(.)/gsu;
	for (const [, hex, octal, escaped, plain] of body.matchAll(pattern)) {
		if (hex !== undefined) out.push(Number.parseInt(hex, 16));
		else if (octal !== undefined) out.push(Number.parseInt(octal, 8));
		else if (escaped !== undefined) out.push(simpleEscapes[escaped] ?? escaped.codePointAt(0) ?? 0);
		else out.push(plain?.codePointAt(0) ?? 0);
	}
	return out;
}

function wrap(bits: bigint, unsigned: boolean): Value {
	return { bits: unsigned ? BigInt.asUintN(64, bits) : BigInt.asIntN(64, bits), unsigned };
}

function shift(operator: string, left: Value, right: Value): Value {
	let by = right.bits;
	let leftwards = operator === "<<";
	if (!right.unsigned && by < 0n) {
		by = -by;
		leftwards = !leftwards;
	}
	if (by > 63n) by = 63n + (leftwards || left.unsigned ? 1n : 0n);
	return wrap(leftwards ? left.bits << by : left.bits >> by, left.unsigned);
}
