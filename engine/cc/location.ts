// Where tokens come from. One number says it: a position in the concatenation of all files that were read (0 and up), or, when
// negative, a token that a macro made.

import { assert, type Span } from "../base/index.ts";
import type { Location } from "./token.ts";

/** A file that was read. `base` is the location of its first character. */
export interface SourceFile {
	readonly name: string;
	readonly text: string;
	readonly base: number;
	/** Built-in or system header: warnings in it are not shown. */
	readonly system: boolean;
	/** Offsets at which lines start. */
	readonly lines: Int32Array;
}

/** What one compilation knew of places at some time; the first `2 * count` of `expansions` do not change. */
export interface SavedLocations {
	readonly files: readonly SourceFile[];
	readonly next: Location;
	readonly expansions: Int32Array;
	readonly count: number;
}

/** Files and macro expansions of one compilation. */
export class Locations {
	readonly files: SourceFile[] = [];
	#next = 0;
	/** Two numbers an expansion: where the token is spelled, and where the macro was used (again a location). */
	#expansions = new Int32Array(1024);
	#count = 0;

	add(name: string, text: string, system = false): SourceFile {
		const file = { name, text, base: this.#next, system, lines: lineStarts(text) };
		this.files.push(file);
		this.#next += text.length + 1;
		return file;
	}

	/** Leaves `count` places free. */
	reserve(count: number): void {
		this.#next += count;
	}

	/** Where the next file begins. */
	get end(): Location {
		return this.#next;
	}

	/** The files and expansions so far but the first `skipped` files, to go on from later. */
	save(skipped: number): SavedLocations {
		return {
			files: this.files.slice(skipped),
			next: this.#next,
			expansions: this.#expansions,
			count: this.#count,
		};
	}

	/** Goes on from where an earlier compilation was. */
	restore({ files, next, expansions, count }: SavedLocations): void {
		this.files.push(...files);
		this.#next = next;
		const room = Math.max(1024, 2 * count + 1024);
		this.#expansions = new Int32Array(room);
		this.#expansions.set(expansions.subarray(0, 2 * count));
		this.#count = count;
	}

	/** The location of a token that a macro made; `spelled` is in a file, `used` may itself be made by a macro. */
	expanded(spelled: Location, used: Location): Location {
		if (2 * this.#count + 2 > this.#expansions.length) {
			const more = new Int32Array(this.#expansions.length * 2);
			more.set(this.#expansions);
			this.#expansions = more;
		}
		this.#expansions[2 * this.#count] = spelled;
		this.#expansions[2 * this.#count + 1] = used;
		this.#count++;
		return -this.#count;
	}

	/** Where the text of a token stands: in a file, inside a macro's definition perhaps. */
	spelled(at: Location): Location {
		let place = at;
		while (place < 0) place = this.#expansions[2 * (-place - 1)] ?? 0;
		return place;
	}

	/** Where the user sees the token: the outermost use of the macro, or the token itself. */
	used(at: Location): Location {
		let place = at;
		while (place < 0) place = this.#expansions[2 * (-place - 1) + 1] ?? 0;
		return place;
	}

	/** The uses of macros that led to a token, innermost first; empty for a token in a file. */
	uses(at: Location): Location[] {
		const out: Location[] = [];
		for (let place = at; place < 0; ) {
			place = this.#expansions[2 * (-place - 1) + 1] ?? 0;
			out.push(place);
		}
		return out;
	}

	/** The file of a location, by its outermost use. */
	file(at: Location): SourceFile {
		const place = this.used(at);
		let low = 0;
		let high = this.files.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((this.files[middle]?.base ?? 0) <= place) low = middle;
			else high = middle - 1;
		}
		const file = this.files[low];
		assert(file !== undefined, "a location outside of every file");
		return file;
	}

	/** 1-based line and column of a location, by its outermost use. */
	position(at: Location): { file: SourceFile; line: number; column: number } {
		const file = this.file(at);
		const offset = this.used(at) - file.base;
		let low = 0;
		let high = file.lines.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((file.lines[middle] ?? 0) <= offset) low = middle;
			else high = middle - 1;
		}
		return { file, line: low + 1, column: offset - (file.lines[low] ?? 0) + 1 };
	}

	/** The span of `length` characters from a location, by its outermost use. */
	span(at: Location, length = 1): Span {
		const { file, line, column } = this.position(at);
		const start = this.used(at) - file.base;
		return { file: file.name, start, end: start + length, line, column };
	}
}

function lineStarts(text: string): Int32Array {
	const starts = [0];
	for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
	return Int32Array.from(starts);
}
