// What has to be known of a whole text before its tokens are laid out one by one: which brackets belong together, which names are
// types, which macros look at the blanks of their arguments.

import type { Piece } from "./scan.ts";
import { isComment } from "./scan.ts";

export interface Facts {
	/** The other bracket, or -1 for a bracket without one. */
	readonly partner: Int32Array;
	/** The next piece that is neither comment nor directive. */
	readonly next: Int32Array;
	/** Names that the text makes types of. */
	readonly types: ReadonlySet<string>;
	/** Macros that make a string of an argument. */
	readonly literal: ReadonlySet<string>;
	/** Which part of a conditional group begins at a directive. */
	readonly branch: ReadonlyMap<number, Branch>;
}

export type Branch = "if" | "else" | "endif";

/** Deeper ones are laid out without looking at conditional groups. */
const mostSaved = 200;

export function gather(pieces: readonly Piece[]): Facts {
	const next = new Int32Array(pieces.length).fill(pieces.length);
	for (let i = pieces.length - 1, after = pieces.length; i >= 0; i--) {
		next[i] = after;
		const piece = pieces[i];
		if (piece && piece.kind !== "directive" && !isComment(piece)) after = i;
	}
	const branch = branches(pieces);
	return {
		partner: partners(pieces, branch),
		next,
		types: typeNames(pieces),
		literal: stringMakers(pieces),
		branch,
	};
}

function branches(pieces: readonly Piece[]): Map<number, Branch> {
	const found = new Map<number, Branch>();
	pieces.forEach((piece, i) => {
		if (piece.kind !== "directive") return;
		const name = /^(?:#|%:)\s*(\w+)/.exec(piece.text)?.[1] ?? "";
		if (/^if(?:n?def)?$/.test(name)) found.set(i, "if");
		else if (/^el(?:se|if|ifn?def)$/.test(name)) found.set(i, "else");
		else if (name === "endif") found.set(i, "endif");
	});
	return found;
}

/** Something that each branch of a conditional group finds as the one before it found it. After the group it is as the first left it. */
export class Branches<T> {
	readonly #groups: { readonly before: T; first: T | undefined }[] = [];
	readonly #copy: (state: T) => T;
	readonly #size: (state: T) => number;

	constructor(copy: (state: T) => T, size: (state: T) => number) {
		this.#copy = copy;
		this.#size = size;
	}

	/** The state with which to go on behind a directive. */
	at(branch: Branch, state: T): T {
		if (branch === "if") {
			if (this.#size(state) > mostSaved) return state;
			this.#groups.push({ before: this.#copy(state), first: undefined });
			return state;
		}
		const group = this.#groups.at(-1);
		if (!group) return state;
		if (branch === "else") {
			group.first ??= this.#copy(state);
			return this.#copy(group.before);
		}
		this.#groups.pop();
		return group.first ?? state;
	}
}

const closing: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

function partners(pieces: readonly Piece[], branch: ReadonlyMap<number, Branch>): Int32Array {
	const partner = new Int32Array(pieces.length).fill(-1);
	const saved = new Branches<number[]>(
		(s) => [...s],
		(s) => s.length,
	);
	let open: number[] = [];
	const kind = (at: number) => pieces[at]?.text ?? "";
	for (let i = 0; i < pieces.length; i++) {
		const piece = pieces[i];
		const part = branch.get(i);
		if (part) open = saved.at(part, open);
		if (piece?.kind !== "punctuator") continue;
		const { text } = piece;
		if (text === "(" || text === "[" || text === "{") open.push(i);
		const wanted = closing[text];
		if (wanted === undefined) continue;
		let at = open.length - 1;
		// A parenthesis does not reach over the brace around it; a brace ends the parentheses left open in it.
		while (
			at >= 0 &&
			kind(open[at] ?? 0) !== wanted &&
			(text === "}" || kind(open[at] ?? 0) !== "{")
		)
			at--;
		const other = open[at];
		if (other === undefined || kind(other) !== wanted) continue;
		open.length = at;
		partner[i] = other;
		partner[other] = i;
	}
	return partner;
}

function typeNames(pieces: readonly Piece[]): Set<string> {
	const names = new Set<string>();
	for (let i = 0; i < pieces.length; i++) {
		if (pieces[i]?.kind !== "word" || pieces[i]?.text !== "typedef") continue;
		let depth = 0;
		let last = "";
		for (i++; i < pieces.length; i++) {
			const { kind = "other", text = "" } = pieces[i] ?? {};
			if (kind === "word" && depth === 0) last = text;
			if (kind !== "punctuator") continue;
			if (text === "{" || text === "(") depth++;
			else if (text === "}" || text === ")") depth--;
			else if (text === ";" && depth <= 0) break;
		}
		if (last !== "") names.add(last);
	}
	return names;
}

function stringMakers(pieces: readonly Piece[]): Set<string> {
	const makers = new Set(["__stringify", "__stringify_1", "_Pragma"]);
	const bodies: { readonly name: string; readonly body: string }[] = [];
	for (const { kind, text } of pieces) {
		if (kind !== "directive") continue;
		const found = /^(?:#|%:)\s*define\s+(\w+)\([^)]*\)([\s\S]*)/.exec(text);
		if (found?.[1]) bodies.push({ name: found[1], body: found[2] ?? "" });
	}
	for (const { name, body } of bodies) if (/(?:^|[^#])#(?!#)\s*\w/.test(body)) makers.add(name);
	if (bodies.length > 2000) return makers;
	for (let grew = true; grew; ) {
		grew = false;
		for (const { name, body } of bodies) {
			if (makers.has(name)) continue;
			if (!body.match(/\w+(?=\s*\()/g)?.some((word) => makers.has(word))) continue;
			makers.add(name);
			grew = true;
		}
	}
	return makers;
}
