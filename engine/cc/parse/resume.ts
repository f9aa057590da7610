// Where a parse can be taken up again: what was known before a declaration of the main file that headers precede. The next parse
// of tokens that begin alike goes on from there, so that a header of a hundred thousand lines is read once.

import type { Diagnostic } from "../../base/index.ts";
import type { AsmStatement, CFunction, EnumTag, RecordTag, Variable } from "../ast/index.ts";
import type { Context, SavedScopes, Target } from "../check/index.ts";
import type { Location, Names, Tokens } from "../token.ts";
import type { SavedPragmas } from "./pragma.ts";
import type { Parser } from "./unit.ts";

/** What the next `parse` may start from. Made with one `Names`, of use only with it. */
export interface Resume {
	readonly names: Names;
	readonly tokens: Tokens;
	/** Ascending. */
	readonly points: readonly Point[];
}

/** All that was known before the token at `index`. */
interface Point {
	readonly index: number;
	readonly scopes: SavedScopes;
	readonly pragmas: SavedPragmas;
	readonly diagnostics: readonly Diagnostic[];
	readonly errors: number;
	readonly functions: readonly Saved<CFunction>[];
	readonly variables: readonly Saved<Variable>[];
	readonly records: readonly RecordTag[];
	/** Tags that were incomplete then: they may have been completed since. */
	readonly incomplete: readonly Saved<RecordTag | EnumTag>[];
	readonly asm: readonly AsmStatement[];
	readonly linked: ReadonlyMap<number, CFunction | Variable>;
	readonly firstUse: ReadonlyMap<CFunction, Location>;
	readonly tentative: readonly Variable[];
	readonly references: readonly { readonly at: Location; readonly target: Target }[] | undefined;
}

/** A thing that later declarations change, and its fields as they were. */
interface Saved<T> {
	readonly thing: T;
	readonly fields: T;
}

const most = 3;
/** Below this many tokens it is quicker to read again. */
const worthwhile = 2000;

/** Notes the places of one parse where the next may start. */
export class Points {
	readonly #parser: Parser;
	readonly #ctx: Context;
	readonly #end: number;
	#points: Point[] = [];
	#inMain = true;

	constructor(parser: Parser, ctx: Context, kept: readonly Point[]) {
		this.#parser = parser;
		this.#ctx = ctx;
		const main = ctx.settings.locations.files[0];
		this.#end = main ? main.base + main.text.length : 0;
		this.#points = [...kept];
	}

	/** Called before each declaration. */
	before(index: number): void {
		const at = this.#ctx.settings.locations.used(this.#parser.at);
		const inMain = at <= this.#end;
		const returns = inMain && !this.#inMain;
		this.#inMain = inMain;
		if (!returns || index < worthwhile) return;
		const last = this.#points[this.#points.length - 1];
		if (last && index <= last.index) return;
		if (this.#points.length === most) this.#points.splice(most - 2, 1);
		this.#points.push(take(this.#parser, this.#ctx, index));
	}

	resume(): Resume {
		return { names: this.#ctx.names, tokens: this.#parser.tokens, points: this.#points };
	}
}

function take(parser: Parser, ctx: Context, index: number): Point {
	const visible = ctx.scopes.save();
	const tags = visible.tags.flatMap((t) => (t && !t.tag.complete ? [t.tag] : []));
	return {
		index,
		scopes: visible,
		pragmas: parser.pragmas.save(),
		diagnostics: ctx.reports.diagnostics.slice(),
		errors: ctx.reports.errors,
		functions: ctx.functions.map(saved),
		variables: ctx.variables.map(saved),
		records: ctx.records.slice(),
		incomplete: tags.map(saved),
		asm: ctx.asm.slice(),
		linked: new Map(ctx.linked),
		firstUse: new Map(ctx.firstUse),
		tentative: parser.tentative.slice(),
		references: ctx.settings.references?.slice(),
	};
}

function saved<T extends object>(thing: T): Saved<T> {
	return { thing, fields: { ...thing } };
}

function restored<T extends object>({ thing, fields }: Saved<T>): T {
	for (const key of Object.keys(thing)) if (!(key in fields)) Reflect.deleteProperty(thing, key);
	return Object.assign(thing, fields);
}

/** Takes up an earlier parse as far as the tokens are the same; gives the points that are still good. */
export function takeUp(
	parser: Parser,
	ctx: Context,
	earlier: Resume | undefined,
): readonly Point[] {
	if (!earlier || earlier.names !== ctx.names) return [];
	const last = earlier.points[earlier.points.length - 1];
	if (!last) return [];
	const alike = commonPrefix(earlier.tokens, parser.tokens, last.index);
	const kept = earlier.points.filter((p) => p.index <= alike);
	const point = kept[kept.length - 1];
	const wanted = ctx.settings.references !== undefined;
	if (!point || (wanted && !point.references)) return [];
	ctx.scopes.restore(point.scopes);
	parser.pragmas.restore(point.pragmas);
	ctx.reports.restore(point.diagnostics, point.errors);
	ctx.functions = point.functions.map(restored);
	ctx.variables = point.variables.map(restored);
	ctx.records = point.records.slice();
	for (const tag of point.incomplete) restored(tag);
	ctx.asm = point.asm.slice();
	for (const [id, thing] of point.linked) ctx.linked.set(id, thing);
	for (const [f, at] of point.firstUse) ctx.firstUse.set(f, at);
	for (const variable of point.tentative) parser.tentative.push(variable);
	for (const reference of point.references ?? []) ctx.settings.references?.push(reference);
	parser.jump(point.index);
	return kept;
}

/** How many tokens two runs have alike, places too; at most `limit`. */
function commonPrefix(a: Tokens, b: Tokens, limit: number): number {
	const end = Math.min(limit, a.length, b.length);
	for (let i = 0; i < end; i++)
		if (a.text[i] !== b.text[i] || a.at[i] !== b.at[i] || a.kind[i] !== b.kind[i]) return i;
	return end;
}
