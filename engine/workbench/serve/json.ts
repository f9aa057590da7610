// JSON text to values, stricter than the platform's reader: whole numbers keep all 64 bits, a field given twice is a fault,
// nesting and size are limited. It knows nothing of what a request means.

/** A request that cannot be understood; answered with stage `request`. */
export class RequestFault extends Error {}

/** Numbers over 2^53 are bigint. */
export type Json =
	| null
	| boolean
	| number
	| bigint
	| string
	| readonly Json[]
	| ReadonlyMap<string, Json>;

const DEEPEST = 32;
const MOST_VALUES = 4 << 20;
const MOST_FIELDS = 64;
const LARGEST = 2n ** 64n - 1n;

/** Reads one value and nothing after it. */
export function readJson(text: string): Json {
	const reader = new Reader(text);
	const value = reader.value();
	reader.end();
	return value;
}

class Reader {
	readonly #text: string;
	#at = 0;
	#depth = 0;
	#values = 0;

	constructor(text: string) {
		this.#text = text;
	}

	value(): Json {
		if (++this.#values > MOST_VALUES) throw new RequestFault("JSON: too many values");
		this.#space();
		const c = this.#text[this.#at];
		if (c === undefined) throw new RequestFault("JSON: the text ends too early");
		if (c === '"') return this.#string();
		if (c === "{") return this.#nested(() => this.#object());
		if (c === "[") return this.#nested(() => this.#array());
		if (c === "-" || (c >= "0" && c <= "9")) return this.#number();
		for (const [word, value] of WORDS)
			if (this.#text.startsWith(word, this.#at)) {
				this.#at += word.length;
				return value;
			}
		throw new RequestFault(`JSON: unexpected character at ${this.#at}`);
	}

	end(): void {
		this.#space();
		if (this.#at < this.#text.length) throw new RequestFault("JSON: something follows the request");
	}

	#space(): void {
		SPACE.lastIndex = this.#at;
		SPACE.exec(this.#text);
		this.#at = SPACE.lastIndex;
	}

	#nested<T>(read: () => T): T {
		if (++this.#depth > DEEPEST) throw new RequestFault("JSON: nested too deep");
		this.#at++;
		const value = read();
		this.#depth--;
		return value;
	}

	#array(): Json[] {
		const values: Json[] = [];
		if (this.#closes("]")) return values;
		do values.push(this.value());
		while (this.#more("]"));
		return values;
	}

	#object(): Map<string, Json> {
		const fields = new Map<string, Json>();
		if (this.#closes("}")) return fields;
		do {
			this.#space();
			if (this.#text[this.#at] !== '"') throw new RequestFault("JSON: a field name was expected");
			const name = this.#string();
			if (fields.has(name)) throw new RequestFault(`JSON: field "${name}" given twice`);
			if (fields.size === MOST_FIELDS) throw new RequestFault("JSON: too many fields");
			this.#space();
			if (this.#text[this.#at++] !== ":") throw new RequestFault("JSON: ':' was expected");
			fields.set(name, this.value());
		} while (this.#more("}"));
		return fields;
	}

	#closes(close: string): boolean {
		this.#space();
		if (this.#text[this.#at] !== close) return false;
		this.#at++;
		return true;
	}

	#more(close: string): boolean {
		if (this.#closes(close)) return false;
		if (this.#text[this.#at] !== ",")
			throw new RequestFault(`JSON: ',' or '${close}' was expected`);
		this.#at++;
		return true;
	}

	#string(): string {
		STRING.lastIndex = this.#at;
		const found = STRING.exec(this.#text);
		if (!found) throw new RequestFault(`JSON: a broken text at ${this.#at}`);
		this.#at = STRING.lastIndex;
		const [quoted] = found;
		if (!quoted.includes("\\")) return quoted.slice(1, -1);
		const text = JSON.parse(quoted) as string;
		if (text.includes("\0") || /[\ud800-\udfff]/u.test(text))
			throw new RequestFault("JSON: a character that is not allowed");
		return text;
	}

	#number(): number | bigint {
		NUMBER.lastIndex = this.#at;
		const found = NUMBER.exec(this.#text);
		if (!found || /^-?0\d/.test(found[0]))
			throw new RequestFault(`JSON: a bad number at ${this.#at}`);
		this.#at = NUMBER.lastIndex;
		const [digits] = found;
		const value = Number(digits);
		if (Number.isSafeInteger(value) || /[.eE]/.test(digits)) return value;
		const exact = BigInt(digits);
		return exact >= 0 && exact <= LARGEST ? exact : Number.NaN;
	}
}

const WORDS = [
	["true", true],
	["false", false],
	["null", null],
] as const;
const SPACE = /[ \t\r\n]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON excludes them from texts.
const STRING = /"(?:[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
