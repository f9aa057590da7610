// `#embed` (C23 6.10.4) and `__has_embed`: the bytes of a file as a list of numbers. Takes the tokens behind the directive's name, gives
// tokens; does not know where they go.

import { utf8 } from "../../base/index.ts";
import type { Location } from "../token.ts";
import { evaluateNumber } from "./condition.ts";
import { Raw, spaceBefore, type Token } from "./raw.ts";
import { endToken, type State } from "./state.ts";

/** A file to embed. */
export interface Resource {
	readonly name: string;
	readonly text: string;
	/** As the file has them; the text's in UTF-8 without. */
	readonly bytes?: (() => Uint8Array | undefined) | undefined;
}

/** What stands behind the name of the file. */
export interface Parameters {
	readonly limit: number | undefined;
	readonly offset: number;
	readonly prefix: readonly Token[];
	readonly suffix: readonly Token[];
	readonly empty: readonly Token[];
	/** One that nobody knows. */
	readonly unknown: boolean;
}

const known = new Set(["limit", "prefix", "suffix", "if_empty", "clang::offset"]);

/** Most bytes: as many tokens as macros may make. */
const mostBytes = 500_000;

/** Reads `limit(…) prefix(…) …`; undefined after a report. `asked`: unknown parameters are an answer, not a mistake. */
export function readParameters(
	state: State,
	tokens: readonly Token[],
	end: Location,
	asked: boolean,
): Parameters | undefined {
	return new Reader(state, tokens, end, asked).read();
}

class Reader {
	readonly #state: State;
	readonly #tokens: readonly Token[];
	readonly #end: Location;
	readonly #asked: boolean;
	#at = 0;

	constructor(state: State, tokens: readonly Token[], end: Location, asked: boolean) {
		this.#state = state;
		this.#tokens = tokens;
		this.#end = end;
		this.#asked = asked;
	}

	read(): Parameters | undefined {
		const found = new Map<string, readonly Token[]>();
		let unknown = false;
		while (this.#at < this.#tokens.length) {
			const first = this.#tokens[this.#at];
			const name = this.#name();
			if (!first || name === undefined) return this.#fail("expected identifier");
			if (!known.has(name)) {
				unknown = true;
				if (!this.#asked)
					return this.#fail(`unknown embed preprocessor parameter '${name}'`, first);
			}
			if (found.has(name))
				return this.#fail(
					`cannot specify parameter '${name}' twice in the same '#embed' directive`,
				);
			const operand = this.#operand(name);
			if (operand) found.set(name, operand);
			else if (known.has(name)) return undefined;
		}
		const limit = this.#number(found.get("limit"));
		const offset = this.#number(found.get("clang::offset"));
		if (limit === null || offset === null) return undefined;
		const list = (name: string) => found.get(name) ?? [];
		const lists = { prefix: list("prefix"), suffix: list("suffix"), empty: list("if_empty") };
		return { limit, offset: offset ?? 0, ...lists, unknown };
	}

	/** `limit`, `__limit__`, `vendor::name`. */
	#name(): string | undefined {
		const part = () => {
			const token = this.#tokens[this.#at];
			if (token?.kind !== Raw.identifier) return undefined;
			this.#at++;
			return this.#state.text(token).replace(/^__(.+)__$/, "$1");
		};
		const first = part();
		const [a, b] = [this.#tokens[this.#at], this.#tokens[this.#at + 1]];
		const text = (t: Token | undefined) => (t ? this.#state.text(t) : "");
		if (first === undefined || (text(a) !== "::" && text(a) + text(b) !== "::")) return first;
		this.#at += text(a) === "::" ? 1 : 2;
		return `${first}::${part() ?? ""}`;
	}

	/** The tokens in parentheses; undefined without, which is reported for those that need them. */
	#operand(name: string): readonly Token[] | undefined {
		const { open, close } = this.#state.known;
		if (this.#tokens[this.#at]?.text !== open) {
			if (known.has(name)) this.#fail("expected '('");
			return undefined;
		}
		const start = ++this.#at;
		for (let depth = 0; this.#at < this.#tokens.length; this.#at++) {
			const { text } = this.#tokens[this.#at] ?? endToken;
			if (text === open) depth++;
			if (text === close && depth-- === 0) return this.#tokens.slice(start, this.#at++);
		}
		this.#fail("expected ')'");
		return undefined;
	}

	/** The number that an operand comes to; null after a report. */
	#number(operand: readonly Token[] | undefined): number | undefined | null {
		if (operand === undefined) return undefined;
		let at = 0;
		const next = () => operand[at++] ?? endToken;
		const last = operand.at(-1);
		const value = evaluateNumber(this.#state, { raw: next, next }, last ? last.at + 1 : this.#end);
		if (value === undefined) return null;
		if (value >= 0n) return Number(value);
		this.#fail(`invalid value '${value}'; must be positive`);
		return null;
	}

	#fail(message: string, token = this.#tokens[this.#at]): undefined {
		const at = token?.at ?? this.#end;
		const length = token ? this.#state.text(token).length : 1;
		this.#state.reports.error("cc/embed", message, at, length);
		return undefined;
	}
}

/** The bytes that are chosen; undefined when the file is no text and only its text is known. */
export function bytesOf(file: Resource, { limit, offset }: Parameters): Uint8Array | undefined {
	const bytes = file.bytes?.() ?? (file.text.includes("\ufffd") ? undefined : utf8(file.text));
	return bytes?.subarray(offset, limit === undefined ? undefined : offset + limit);
}

/** The tokens that stand for a file. */
export function embedded(
	state: State,
	bytes: Uint8Array,
	parameters: Parameters,
	at: Location,
): readonly Token[] {
	if (bytes.length === 0) return parameters.empty;
	if (bytes.length > mostBytes) {
		const message = `#embed of ${bytes.length} bytes: at most ${mostBytes} are embedded`;
		state.reports.unsupported("#embed", message, at, 1);
		return [];
	}
	const out = [...parameters.prefix];
	const comma: Token = { kind: Raw.punctuator, text: state.known.comma, at, flags: 0 };
	bytes.forEach((byte, i) => {
		if (i > 0) out.push(comma);
		const flags = i > 0 ? spaceBefore : 0;
		out.push({ kind: Raw.number, text: state.names.id(String(byte)), at, flags });
	});
	for (const token of parameters.suffix) out.push(token);
	return out;
}
