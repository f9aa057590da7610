// Tokens → the checked tree.

import type { Diagnostic } from "../../base/index.ts";
import type { Unit } from "../ast/index.ts";
import { Context, type Settings } from "../check/index.ts";
import type { Tokens } from "../token.ts";
import { Parser } from "./unit.ts";

export type { Settings, Target } from "../check/index.ts";

export interface Parsed {
	readonly unit: Unit;
	/** In the order of discovery; with an error among them the unit is not fit for lowering. */
	readonly diagnostics: readonly Diagnostic[];
}

/** Parses and checks one translation unit (C11 with the GNU pieces that eBPF uses). */
export function parse(tokens: Tokens, settings: Settings): Parsed {
	const ctx = new Context(settings);
	const parser = new Parser(ctx, tokens);
	parser.jump(0);
	const unit = parser.unit(() => undefined);
	return { unit, diagnostics: ctx.reports.diagnostics };
}
