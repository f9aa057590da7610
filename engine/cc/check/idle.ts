// Warnings about what a program declares and does not use: locals, labels, types, static functions and variables.

import {
	type CFunction,
	canonical,
	type Expression,
	errorType,
	qualifiersOf,
	type Variable,
} from "../ast/index.ts";
import type { Location } from "../token.ts";
import { type Context, shownName } from "./context.ts";

/** Notes that a statement only changes a variable: the variable is not read there. */
export function noteSet(e: Expression): void {
	if (e.kind !== "assign" && e.kind !== "compound" && e.kind !== "increment") return;
	if (e.target.kind !== "variable") return;
	const { variable } = e.target;
	if (!qualifiersOf(variable.type).volatile) variable.sets = (variable.sets ?? 0) + 1;
}

/** Locals of a function that was read. */
export function warnNeverUsed(ctx: Context, locals: readonly Variable[]): void {
	const { reports, shown } = ctx;
	const { localTypes, usedTypes } = ctx;
	for (const type of localTypes.splice(0))
		if (!usedTypes.has(type))
			reports.warning("unused-local-typedef", type.at, `unused typedef '${type.name}'`);
	usedTypes.clear();
	if (reports.errors > 0 || !shown.any("unused-variable", "unused-but-set-variable")) return;
	for (const v of locals) {
		if (v.attributes.unused || v.attributes.cleanup || v.type === errorType) continue;
		const name = shownName(v);
		if (v.uses === 0) reports.warning("unused-variable", v.at, `unused variable '${name}'`);
		else if (v.sets === v.uses && v.storage === "auto" && canonical(v.type).kind !== "record")
			reports.warning("unused-but-set-variable", v.at, `variable '${name}' set but not used`);
	}
}

/** -Wextra: parameters of a function that was read. */
export function warnParameters(ctx: Context, f: CFunction): void {
	if (!ctx.shown.any("unused-parameter")) return;
	for (const p of f.params)
		if (p.uses === 0 && p.name !== "" && !p.attributes.unused)
			ctx.reports.warning("unused-parameter", p.at, `unused parameter '${p.name}'`);
}

/** Labels of a function without a jump to them. */
export function warnLabels(
	ctx: Context,
	labels: ReadonlyMap<string, Location>,
	used: ReadonlySet<string>,
): void {
	// Behind an error they would mostly be noise.
	if (ctx.reports.errors > 0) return;
	for (const [name, at] of labels)
		if (!used.has(name))
			ctx.reports.warning("unused-label", at, `unused label '${name.replace(/\.\d+$/, "")}'`);
}

/** Static functions and variables of the main file, at its end. */
export function warnStatics(ctx: Context): void {
	const { reports, shown, settings } = ctx;
	if (!shown.any("unused-function", "unused-variable", "unused-const-variable")) return;
	if (reports.errors > 0 || settings.locations.files.length === 0) return;
	const main = settings.locations.files[0];
	const own = (at: Location) => settings.locations.file(at) === main;
	for (const f of ctx.functions) {
		const { used, unused } = f.attributes;
		if (f.storage === "static" && f.uses === 0 && !used && !unused && own(f.at))
			reports.warning("unused-function", f.at, `unused function '${f.name}'`);
	}
	for (const v of ctx.variables) {
		const { used, unused } = v.attributes;
		if (v.storage !== "static" || v.uses > 0 || used || unused || v.name.includes(".")) continue;
		if (v.type === errorType || !own(v.at)) continue;
		const group = qualifiersOf(v.type).const ? "unused-const-variable" : "unused-variable";
		reports.warning(group, v.at, `unused variable '${v.name}'`);
	}
}
