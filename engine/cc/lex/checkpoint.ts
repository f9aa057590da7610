// What one run of the preprocessor leaves for the next: all that was known when an included header was left for the main file. A run
// of a text that begins alike, with headers that are the same, goes on from there. Never changed once taken; of use with one table of names.

import type { SavedLocations } from "../location.ts";
import type { Conditional, Frame } from "./frame.ts";
import type { Macro } from "./macro.ts";
import type { SavedOutput } from "./output.ts";
import { type Lexed, lineStart } from "./raw.ts";
import type { SavedState } from "./state.ts";

/** A search for a header, and what was found. */
export interface Asked {
	readonly name: string;
	readonly from: string;
	readonly angled: boolean;
	readonly next: boolean;
	readonly found:
		| { readonly name: string; readonly text: string; readonly system: boolean }
		| undefined;
}

export interface Checkpoint {
	/** Options of the run that texts do not show: they must be the same. */
	readonly given: string;
	/** Where the headers' places begin. */
	readonly base: number;
	readonly state: SavedState;
	readonly output: SavedOutput;
	readonly locations: SavedLocations;
	/** Of all searches of the run, how many came before. */
	readonly asked: { readonly list: readonly Asked[]; readonly count: number };
	readonly once: ReadonlySet<string>;
	readonly included: ReadonlySet<string>;
	readonly pushed: ReadonlyMap<string, readonly (Macro | undefined)[]>;
	readonly counter: number;
	/** Absent before the main file. */
	readonly main?: Progress;
}

/** How far the main file was read. */
interface Progress {
	/** The text up to the end of the line of the last `#include`. */
	readonly prefix: string;
	readonly lexed: Lexed;
	readonly next: number;
	readonly conditionals: readonly Conditional[];
	readonly shift: number;
	readonly name: string;
}

/** How many a run keeps: the first ones, and the last. */
const most = 4;

/** The checkpoints of the last run. */
export class Checkpoints {
	list: readonly Checkpoint[] = [];

	/** Those that a run may start from, each going on from the one before it. */
	fitting(
		given: string,
		base: number,
		main: Lexed,
		text: string,
		find: (asked: Asked) => Asked["found"],
	): Checkpoint[] {
		const out: Checkpoint[] = [];
		let right = 0;
		for (const point of this.list) {
			if (point.given !== given || point.base !== base) break;
			if (point.main && !beginsAlike(point.main, main, text)) break;
			const { list, count } = point.asked;
			while (right < count && isSame(list[right], find)) right++;
			if (right < count) break;
			out.push(point);
		}
		return out;
	}

	/** `kept` and one more. */
	static with(kept: readonly Checkpoint[], fresh: Checkpoint): readonly Checkpoint[] {
		return kept.length < most ? [...kept, fresh] : [...kept.slice(0, most - 1), fresh];
	}
}

function isSame(asked: Asked | undefined, find: (asked: Asked) => Asked["found"]): boolean {
	if (!asked) return false;
	const found = find(asked);
	const before = asked.found;
	return (
		found?.name === before?.name && found?.system === before?.system && found?.text === before?.text
	);
}

function beginsAlike(before: Progress, now: Lexed, text: string): boolean {
	const { lexed, next, prefix } = before;
	if (!text.startsWith(prefix) || next > now.length) return false;
	for (let i = 0; i < next; i++)
		if (
			lexed.text[i] !== now.text[i] ||
			lexed.kind[i] !== now.kind[i] ||
			lexed.offset[i] !== now.offset[i] ||
			lexed.flags[i] !== now.flags[i]
		)
			return false;
	return next >= now.length || startsLine(now, next);
}

const startsLine = (lexed: Lexed, at: number) => ((lexed.flags[at] ?? 0) & lineStart) !== 0;

/** How far a frame of the main file has come. */
export function progressOf(frame: Frame): Progress {
	const { next, lexed, shift, name } = frame;
	return {
		prefix: frame.file.text.slice(0, frame.behind() - frame.file.base),
		lexed,
		next,
		conditionals: frame.conditionals.map((c) => ({ ...c })),
		shift,
		name,
	};
}

/** Moves a frame of the main file on. */
export function advance(frame: Frame, to: Progress): void {
	frame.next = to.next;
	frame.conditionals.push(...to.conditionals.map((c) => ({ ...c })));
	frame.shift = to.shift;
	frame.name = to.name;
}
