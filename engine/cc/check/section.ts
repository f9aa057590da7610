// What `section("…")` attributes put together: code, constants and variables each need a section of their own. Takes what a unit
// defines; knows no object files.

import { type CFunction, qualifiersOf, type Variable } from "../ast/index.ts";
import { type Context, shownName } from "./context.ts";

type Definition = CFunction | Variable;

/** Where variables go that name no section. */
const dataSection = /^\.(?:data|bss|rodata)(?:\.|$)/;

/** Reports each definition whose section holds something of another kind, as clang does; and code among data that name no section. */
export function checkSections(ctx: Context): void {
	const first = new Map<string, Definition>();
	const variables = ctx.variables.filter((v) => v.defined && v.attributes.section !== undefined);
	const settled: Definition[] = [
		...ctx.functions.filter((f) => f.body && f.attributes.section !== undefined),
		...variables.filter((v) => !isTentative(v)),
	];
	settled.sort((a, b) => a.at - b.at);
	for (const d of [...settled, ...variables.filter(isTentative)]) {
		const section = d.attributes.section ?? "";
		const owner = first.get(section);
		if (owner === undefined) first.set(section, d);
		else if (kindOf(owner) !== kindOf(d))
			ctx.reports.error(
				"section",
				d.at,
				`'${shownName(d)}' causes a section type conflict with '${shownName(owner)}'`,
				{ notes: [{ message: "declared here", at: owner.at }] },
			);
		const kind = kindOf(d);
		if (kind === "code" ? dataSection.test(section) : section === ".text")
			ctx.reports.unsupported(
				"section",
				d.at,
				`${kind} in section '${section}' ${kind === "code" ? "is" : "are"} not supported by Skep`,
			);
	}
}

/** Defined at the end of the unit only, when no other declaration has an initialiser. */
function isTentative(v: Variable): boolean {
	return v.init === undefined && !v.name.includes(".");
}

function kindOf(d: Definition): "code" | "constants" | "variables" {
	if ("params" in d) return "code";
	return qualifiersOf(d.type).const ? "constants" : "variables";
}
