// A whole module → Relocatable: every function through selection, allocation, layout and emission, then sections, symbols and types.

import type { Outcome } from "../base/index.ts";
import type { Relocatable } from "../object/index.ts";
import {
	describeFunction,
	type Memo,
	type Module,
	type Place,
	placesFrom,
	type Func as Source,
	Surroundings,
} from "../ssa/index.ts";
import { allocate } from "./allocate.ts";
import { estimate, rotate, simplify } from "./blocks.ts";
import type { Cpu, PlacedDiagnostic } from "./context.ts";
import { crowd } from "./crowd.ts";
import { type Emitted, emitCode, noCode } from "./emit.ts";
import { layFrame } from "./frame.ts";
import { decideBranches } from "./known.ts";
import { layOut } from "./layout.ts";
import { assembleObject, relocatable } from "./object.ts";
import { select } from "./select.ts";
import { mergeTails } from "./tails.ts";
import { encodeTypes } from "./types.ts";
import { rangesOf, trackNames, type Variable } from "./variables.ts";

const STACK = 512;

export interface Options {
	readonly cpu: Cpu;
	/** BTF, line information and names of variables. */
	readonly debug: boolean;
	readonly name: string;
	/** Texts of Module.files, for the lines in `.BTF.ext`. */
	readonly sources?: readonly (string | undefined)[];
	/** Code of functions that was made before: it is taken from here, and put here. */
	readonly memo?: Memo<KeptCode>;
}

/** The code of a function, with the places that it had. */
export interface KeptCode {
	readonly places: readonly Place[];
	readonly made: Made;
}

interface Made {
	readonly code: Emitted;
	readonly stack: number;
	readonly variables: readonly Variable[];
	readonly diagnostics: readonly PlacedDiagnostic[];
}

/** Where a function's code is, and what it has to do with the source. Slots count from the function's first. */
export interface GeneratedFunction {
	readonly name: string;
	readonly section: string;
	/** First slot in its section. */
	readonly start: number;
	/** Slots. */
	readonly length: number;
	/** Bytes of stack. */
	readonly stack: number;
	readonly places: readonly (Place | undefined)[];
	readonly variables: readonly Variable[];
}

export interface Generated {
	readonly object: Relocatable;
	readonly functions: readonly GeneratedFunction[];
}

/** An Outcome whose problems know their place. */
export interface GenerateOutcome extends Outcome<Generated> {
	readonly diagnostics: readonly PlacedDiagnostic[];
}

/**
 * Generates code for every function with blocks. `diagnostics` carry the `place` of the node that they are about; with an
 * error there is no value. `module` is left as it is.
 */
export function generate(module: Module, options: Options): GenerateOutcome {
	const diagnostics: PlacedDiagnostic[] = [];
	const symbols = new Set(
		[...module.functions, ...module.globals, ...module.externs].map((x) => x.name),
	);
	const around = new Surroundings(module);
	const once = (func: Source) => codeOf(module, func, options, symbols, around);
	const made = module.functions
		.filter((f) => f.blocks.length > 0)
		.map((func) => ({ func, ...once(func) }));
	for (const { diagnostics: found } of made) diagnostics.push(...found);
	if (diagnostics.some((d) => d.severity === "error")) return { diagnostics };
	const object = assembleObject(module, made);
	const types = options.debug ? encodeTypes(module, object, options.sources ?? []) : undefined;
	const functions = object.functions.map(({ func, code, start }, at) => ({
		name: func.name,
		section: func.section,
		start,
		length: code.slots.length,
		stack: made[at]?.stack ?? 0,
		places: code.places,
		variables: made[at]?.variables ?? [],
	}));
	return {
		value: { object: relocatable(object, types?.btf, types?.btfExt), functions },
		diagnostics,
	};
}

/** The code that `memo` has of an equal function, with the places of this one; else made and kept. */
function codeOf(
	module: Module,
	source: Source,
	options: Options,
	symbols: ReadonlySet<string>,
	around: Surroundings,
): Made {
	const { memo, cpu, debug } = options;
	const now = memo && describeFunction(source, around);
	if (!now) return one(module, source, options, symbols);
	const names = hasAssembly(source) ? [...symbols].join() : "";
	const key = `${cpu} ${debug} ${names}\n${now.text}`;
	const known = memo.get(key);
	if (known) return withPlaces(known.made, placesFrom(known.places, now.places));
	const made = one(module, source, options, symbols);
	// Nobody reads the origins any more, and they hold on to a lot.
	memo.set(key, { places: now.places, made: { ...made, code: { ...made.code, origins: [] } } });
	return made;
}

function hasAssembly({ blocks }: Source): boolean {
	return blocks.some((b) => b.terminator.op === "asmgoto" || b.body.some((n) => n.op === "asm"));
}

function withPlaces(made: Made, map: ReadonlyMap<Place, Place>): Made {
	const moved = (place: Place | undefined) => place && (map.get(place) ?? place);
	const diagnostics = made.diagnostics.map(({ place, ...d }) => {
		const there = moved(place);
		return { ...d, ...(there ? { place: there } : {}) };
	});
	const code = { ...made.code, places: made.code.places.map(moved) };
	return { ...made, code, diagnostics };
}

function overflow(source: Source, found: string): PlacedDiagnostic {
	return {
		severity: "error",
		id: "codegen/stack",
		message: `the stack of '${source.name}' ${found}, eBPF has ${STACK}: move large variables to a map`,
		...(source.place ? { place: source.place } : {}),
	};
}

function one(module: Module, source: Source, options: Options, symbols: ReadonlySet<string>): Made {
	const { func, diagnostics: found } = select(module, source, options.cpu);
	const diagnostics = [...found];
	simplify(func);
	estimate(func);
	const many = crowd(func);
	if (many !== undefined) {
		diagnostics.push(overflow(source, `would hold most of ${many} values alive at once`));
		return { code: noCode(), stack: 0, variables: [], diagnostics };
	}
	allocate(func);
	const stack = layFrame(func);
	if (stack > STACK) diagnostics.push(overflow(source, `takes ${stack} bytes`));
	simplify(func);
	mergeTails(func);
	simplify(func);
	estimate(func);
	rotate(func);
	simplify(func);
	if (decideBranches(func)) simplify(func);
	estimate(func);
	const names = options.debug ? trackNames(func) : undefined;
	const code = emitCode(layOut(func), options.cpu, symbols);
	diagnostics.push(...code.diagnostics);
	return { code, stack, variables: names ? rangesOf(code.origins, names) : [], diagnostics };
}
