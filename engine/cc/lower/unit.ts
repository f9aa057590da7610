// A translation unit → an SSA module: every function and variable that others may see or that is asked for by those.

import type { Diagnostic } from "../../base/index.ts";
import { type Global, type Module, newModule } from "../../ssa/index.ts";
import type { CFunction, Unit, Variable } from "../ast/tree.ts";
import type { Locations } from "../location.ts";
import { imageOf, imageSize, isImage } from "./constant.ts";
import { isInlineOnly, lowerFunction } from "./function.ts";
import {
	type Alias,
	type CoreUse,
	isFixed,
	isKernelSymbol,
	type LowerOptions,
	Symbols,
	sectionOf,
	symbolOf,
} from "./symbols.ts";
import { alignOf, sizeOf } from "./types.ts";

/** A module, and what the names in it were in the source. */
export interface Lowered {
	readonly module: Module;
	readonly functions: ReadonlyMap<string, CFunction>;
	readonly variables: ReadonlyMap<string, Variable>;
	/** CO-RE records by the numbers that the code uses; Module.core is made of them when types have ids. */
	readonly core: readonly CoreUse[];
	readonly aliases: readonly Alias[];
	readonly diagnostics: readonly Diagnostic[];
}

/** Lowers a unit without errors in it. The module has no BTF types yet. */
export function lower(unit: Unit, locations: Locations, options: LowerOptions): Lowered {
	const module = newModule();
	const symbols = new Symbols(module, locations, options, unit);
	for (const s of unit.asm) symbols.unsupported("asm outside of functions", s.at);
	for (const v of unit.variables) if (isRoot(v)) symbols.variable(v);
	for (const f of unit.functions) if (f.body && isRootFunction(f)) symbols.function(f);
	for (const one of [...unit.functions, ...unit.variables]) symbols.alias(one);
	for (;;) {
		const f = symbols.pendingFunctions.shift();
		const v = f ? undefined : symbols.pendingVariables.shift();
		if (f) lowerSymbol(symbols, f);
		else if (v) lowerVariable(symbols, v.variable, v.symbol);
		else break;
	}
	symbols.declareMentioned();
	const { functions, variables, core, aliases, diagnostics } = symbols;
	return { module, functions, variables, core, aliases, diagnostics };
}

function isRoot(v: Variable): boolean {
	if (v.attributes.alias || v.storage === "extern" || (!v.defined && !v.init)) return false;
	return v.storage === "global" || v.attributes.used === true;
}

function isRootFunction(f: CFunction): boolean {
	if (f.attributes.used) return true;
	const kept = f.attributes.section !== undefined || f.attributes.weak === true;
	return f.storage === "extern" && (kept || !isInlineOnly(f));
}

function lowerSymbol(symbols: Symbols, f: CFunction): void {
	if (f.body) {
		lowerFunction(symbols, f);
		return;
	}
	symbols.extern({
		name: symbolOf(f),
		section: f.attributes.section ?? "",
		weak: f.attributes.weak === true,
		function: true,
		size: 0,
	});
}

function lowerVariable(symbols: Symbols, v: Variable, symbol: string): void {
	const { attributes: a } = v;
	const isExtern = isKernelSymbol(a.section) || (!v.init && (v.storage === "extern" || !v.defined));
	if (isExtern) {
		symbols.extern({
			name: symbol,
			section: a.section ?? "",
			weak: a.weak === true,
			function: false,
			size: sizeOf(v.type),
		});
		return;
	}
	const image = imageOf(symbols, v.type, v.init);
	if (!isImage(image)) {
		symbols.error(
			"cc/not-constant",
			"initializer element is not a compile-time constant",
			image.at,
		);
		return;
	}
	const zero = image.addresses.length === 0 && image.bytes.every((b) => b === 0);
	const section = sectionOf(v, zero);
	const global: Global = {
		name: symbol,
		section,
		linkage:
			v.storage === "static" || symbol.startsWith(".") ? "static" : a.weak ? "weak" : "global",
		size: Math.max(imageSize(v.type, v.init), image.bytes.length),
		align: Math.max(alignOf(v.type), a.aligned ?? 1),
		constant: isFixed(v) && a.weak !== true && !section.startsWith(".maps"),
		addresses: image.addresses,
		...(zero ? {} : { bytes: image.bytes }),
		...(a.hidden ? { hidden: true } : {}),
		...(a.used ? { used: true } : {}),
	};
	symbols.global(global);
}
