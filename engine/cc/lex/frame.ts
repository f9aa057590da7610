// A file that is being read: how far, and which of its conditionals are open.

import type { SourceFile } from "../location.ts";
import type { Location } from "../token.ts";
import { type Lexed, lineStart, type Token } from "./raw.ts";

/** A conditional that has not met its `#endif`. */
export interface Conditional {
	readonly at: Location;
	/** A group has been taken: no later one may be. */
	taken: boolean;
	/** Where its `#else` stands. */
	otherwise: Location | undefined;
}

export class Frame {
	readonly file: SourceFile;
	readonly lexed: Lexed;
	/** Index of the next token. */
	next = 0;
	/** No token from here on is read: the end of the file, or of a directive's line. */
	limit: number;
	readonly conditionals: Conditional[] = [];
	/** What `#line` adds to line numbers, and the name that it gave. */
	shift = 0;
	/** A directive's line is being read. */
	inDirective = false;
	name: string;

	constructor(file: SourceFile, lexed: Lexed) {
		this.file = file;
		this.lexed = lexed;
		this.limit = lexed.length;
		this.name = file.name;
	}

	token(index: number): Token {
		const { kind, text, offset, flags } = this.lexed;
		return {
			kind: kind[index] ?? 0,
			text: text[index] ?? 0,
			at: this.file.base + (offset[index] ?? 0),
			flags: flags[index] ?? 0,
		};
	}

	at(index: number): Location {
		return this.file.base + (this.lexed.offset[index] ?? this.file.text.length);
	}

	/** Index after the last token of the line that `index` is on. */
	lineEnd(index: number): number {
		const { flags, length } = this.lexed;
		let end = index + 1;
		while (end < length && !((flags[end] ?? 0) & lineStart)) end++;
		return end;
	}

	/** The tokens left on the line of a directive, as they stand. Reads them. */
	rest(): Token[] {
		const out: Token[] = [];
		while (this.next < this.limit) out.push(this.token(this.next++));
		return out;
	}

	/** The end of the line that the last token read is on. */
	behind(): Location {
		const last = this.next - 1;
		const start = this.lexed.offset[last] ?? 0;
		const { text, base } = this.file;
		const end = text.indexOf("\n", start);
		return base + start + text.slice(start, end < 0 ? text.length : end).trimEnd().length;
	}

	/** The place behind the line of the directive being read. */
	lineBehind(): Location {
		const next = this.next;
		this.next = this.limit;
		const place = this.behind();
		this.next = next;
		return place;
	}

	/** Position in the list of directives of the first that is not read yet. */
	nextDirective(): number {
		const { directives } = this.lexed;
		let low = 0;
		let high = directives.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((directives[middle] ?? 0) < this.next) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}
