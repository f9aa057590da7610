// Finding entries by a few typed letters, and which letters to mark. Pure.

import type { ListingRow } from "../../engine/workbench/protocol.ts";

/** 0: no match; higher is better: whole, at the start, at a word's start, inside, letters in order. */
export function score(title: string, wanted: string): number {
	const t = title.toLowerCase();
	const w = wanted.trim().toLowerCase();
	if (w === "") return 1;
	if (t === w) return 100;
	if (t.startsWith(w)) return 80;
	if (t.includes(` ${w}`)) return 60;
	if (t.includes(w)) return 40;
	let at = 0;
	for (const c of t) if (c === w[at]) at++;
	return at === w.length ? 20 : 0;
}

export interface Part {
	readonly at: number;
	readonly text: string;
	readonly hit: boolean;
}

/** The title cut where the typed text stands in it. */
export function lettersOf(title: string, wanted: string): readonly Part[] {
	const w = wanted.trim().toLowerCase();
	const at = w === "" ? -1 : title.toLowerCase().indexOf(w);
	if (at < 0) return [{ at: 0, text: title, hit: false }];
	return [
		{ at: 0, text: title.slice(0, at), hit: false },
		{ at, text: title.slice(at, at + w.length), hit: true },
		{ at: at + w.length, text: title.slice(at + w.length), hit: false },
	].filter((p) => p.text !== "");
}

export type Jump =
	| { readonly kind: "insn"; readonly at: number; readonly text: string }
	| { readonly kind: "line"; readonly at: number };

/** Places that a typed number may mean. */
export function jumpTo(typed: string, listing: readonly ListingRow[]): readonly Jump[] {
	const n = Number.parseInt(typed, 10);
	if (!(n >= 0)) return [];
	const row = listing.find((r) => r.pc === n);
	const jumps: Jump[] = row ? [{ kind: "insn", at: n, text: row.text }] : [];
	return n > 0 ? [...jumps, { kind: "line", at: n }] : jumps;
}
