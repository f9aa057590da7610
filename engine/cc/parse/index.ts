// Tokens → the checked tree.

import type { Diagnostic } from "../../base/index.ts";
import type { Unit } from "../ast/index.ts";
import { Context, type Settings } from "../check/index.ts";
import type { Tokens } from "../token.ts";
import { Points, type Resume, takeUp } from "./resume.ts";
import { Parser } from "./unit.ts";

export type { Probe, Settings, Target } from "../check/index.ts";
export type { Resume } from "./resume.ts";

export interface Parsed {
	readonly unit: Unit;
	/** In the order of discovery; with an error among them the unit is not fit for lowering. */
	readonly diagnostics: readonly Diagnostic[];
	/** For the next parse of nearly the same text; see `parse`. */
	readonly resume: Resume;
}

/**
 * Parses and checks one translation unit (C11 with the GNU pieces that eBPF uses). Never throws, whatever the tokens.
 *
 * `earlier` comes from a parse with the same `names`: where the tokens begin alike, places included, what the included headers
 * declared is taken over and not read again. The unit of that earlier parse must not be used any more: declarations are shared.
 */
export function parse(tokens: Tokens, settings: Settings, earlier?: Resume): Parsed {
	const ctx = new Context(settings);
	const parser = new Parser(ctx, tokens);
	const kept = takeUp(parser, ctx, earlier);
	if (kept.length === 0) parser.jump(0);
	const points = new Points(parser, ctx, kept);
	const unit = parser.unit((index) => points.before(index));
	return { unit, diagnostics: ctx.reports.diagnostics, resume: points.resume() };
}
