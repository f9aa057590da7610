// Tokens → the checked tree.

import type { Diagnostic } from "../../base/index.ts";
import type { Unit } from "../ast/index.ts";
import { Context, type Settings } from "../check/index.ts";
import type { Location, Tokens } from "../token.ts";
import { Points, type Resume, takeUp } from "./resume.ts";
import { Parser } from "./unit.ts";

export type { Probe, Settings, Target } from "../check/index.ts";
export type { Resume } from "./resume.ts";

export interface Parsed {
	readonly unit: Unit;
	/** In the order of discovery; with an error among them the unit is not fit for lowering. */
	readonly diagnostics: readonly Diagnostic[];
	/** How a warning of a group is shown at a place, as options and pragmas have it; undefined for not at all. */
	readonly severity: (group: string, at: Location) => "warning" | "error" | undefined;
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
	const { reports } = ctx;
	const severity = (group: string, at: Location) => reports.severity(group, at);
	return { unit, diagnostics: reports.diagnostics, severity, resume: points.resume() };
}
