// The driver: text of a C file → object. Preprocess, parse and check, lower, optimise, generate; each step's problems end it.

import type { Diagnostic, Outcome } from "../base/index.ts";
import { type Generated, generate, type PlacedDiagnostic } from "../codegen/index.ts";
import type { Relocatable } from "../object/index.ts";
import { type Module, optimise, type Place } from "../ssa/index.ts";
import type { Unit } from "./ast/index.ts";
import { attachTypes, withoutTypes } from "./btf/index.ts";
import { isImplemented } from "./check/index.ts";
import { Shown } from "./groups.ts";
import { type Files, headerSearch, type SearchPath } from "./include.ts";
import { abilities, type Preprocessed, preprocess, type SourceText } from "./lex/index.ts";
import { Locations } from "./location.ts";
import { type Alias, type Lowered, lower } from "./lower/index.ts";
import type { CompilerMemory } from "./memory.ts";
import { type Parsed, parse, type Settings } from "./parse/index.ts";
import { tokensToText } from "./text.ts";
import { Names } from "./token.ts";

export type Cpu = 1 | 2 | 3 | 4;

export interface CompileOptions extends Files {
	readonly cpu?: Cpu;
	/** C23, as for -std=gnu23; C17 otherwise. */
	readonly modern?: boolean;
	/** 0: as written; 1: small; 2: for the verifier, unrolled. */
	readonly level?: 0 | 1 | 2;
	/** BTF, lines and CO-RE; on unless false. */
	readonly debug?: boolean;
	readonly search?: Partial<SearchPath>;
	readonly defines?: readonly { readonly name: string; readonly value: string }[];
	readonly undefines?: readonly string[];
	/** -include */
	readonly forced?: readonly string[];
	/** Show warnings (-w takes them away). */
	readonly warnings?: boolean;
	/** The words behind `-W`, in their order: `all`, `no-unused`, `error`, `error=format`. */
	readonly groups?: readonly string[];
	/** Taken from an earlier compilation and left for the next. */
	readonly memory?: CompilerMemory;
	/** Collects each use of a declared name, for editors. */
	readonly references?: Settings["references"];
	/** A name at which an editor asks what could stand there. */
	readonly probe?: Settings["probe"];
}

/** What the front end found, for editors and for the steps after it. */
export interface Checked {
	readonly locations: Locations;
	readonly names: Names;
	readonly preprocessed: Preprocessed;
	readonly unit: Unit;
	readonly diagnostics: readonly Diagnostic[];
	/** No errors: the unit may be lowered. */
	readonly ok: boolean;
}

const hasError = (list: readonly Diagnostic[]) => list.some((d) => d.severity === "error");

/** Preprocesses, parses and checks one file; gives what could be understood even when there are errors. */
export function checkSource(main: SourceText, options: CompileOptions): Checked {
	const locations = new Locations();
	const own = options.modern ? ["no-c23-extensions"] : [];
	const shown = new Shown([...(options.groups ?? []), ...own], options.warnings === false);
	const { memory } = options;
	const names = memory?.names ?? new Names();
	const preprocessed = preprocessSource(main, options, locations, names);
	const settings: Settings = {
		locations,
		names,
		cpu: `v${options.cpu ?? 3}`,
		shown,
		...(options.modern ? { modern: true } : {}),
		...(options.references ? { references: options.references } : {}),
		...(options.probe ? { probe: options.probe } : {}),
	};
	const parsed = parse(preprocessed.tokens, settings, memory?.resume);
	if (memory) memory.resume = parsed.resume;
	const found = preprocessed.fatal ? [] : parsed.diagnostics;
	const diagnostics = [...visible(preprocessed.diagnostics, locations, parsed), ...found];
	return {
		locations,
		names,
		preprocessed,
		unit: parsed.unit,
		diagnostics,
		ok: !hasError(diagnostics) && !preprocessed.fatal,
	};
}

/** Only the preprocessor's work (-E). */
function preprocessSource(
	main: SourceText,
	options: CompileOptions,
	locations: Locations,
	names: Names,
): Preprocessed {
	const { search = {}, defines, undefines, forced, memory } = options;
	const include = headerSearch(options, {
		user: search.user ?? [],
		system: search.system ?? [],
		after: search.after ?? [],
		bare: search.bare ?? false,
	});
	return preprocess(main, {
		locations,
		names,
		include,
		abilities: { ...abilities, builtin: isImplemented },
		target: { cpu: options.cpu ?? 3, ...(options.modern ? { modern: true } : {}) },
		...(memory?.names === names ? { lexer: memory.lexer, checkpoints: memory.checkpoints } : {}),
		...(defines ? { defines } : {}),
		...(undefines ? { undefines } : {}),
		...(forced ? { forced } : {}),
	});
}

/** The preprocessed text of a file. */
export function preprocessText(
	main: SourceText,
	options: CompileOptions,
): { readonly text: string; readonly diagnostics: readonly Diagnostic[] } {
	const locations = new Locations();
	const names = new Names();
	const { tokens, diagnostics } = preprocessSource(main, options, locations, names);
	return { text: tokensToText(tokens, locations, names), diagnostics };
}

/** The preprocessor's problems as the options and pragmas show them. */
function visible(
	list: readonly Diagnostic[],
	locations: Locations,
	{ severity }: Pick<Parsed, "severity">,
): Diagnostic[] {
	const files = new Map(locations.files.map((f) => [f.name, f]));
	return list.flatMap((d) => {
		if (d.severity !== "warning") return [d];
		const file = d.span && files.get(d.span.file);
		const at = file && d.span ? file.base + d.span.start : 0;
		const shown = severity(d.id.replace(/^cc\//, ""), at);
		return shown === undefined || file?.system ? [] : [{ ...d, severity: shown }];
	});
}

/** An SSA module with everything that later steps want to know of its source. */
export interface Middle {
	readonly module: Module;
	readonly locations: Locations;
	readonly included: readonly string[];
	readonly aliases: readonly Alias[];
}

/** Source → optimised SSA with BTF. */
export function compileToSsa(main: SourceText, options: CompileOptions): Outcome<Middle> {
	const checked = checkSource(main, options);
	if (!checked.ok) return { diagnostics: checked.diagnostics };
	return middle(checked, options);
}

function middle(checked: Checked, options: CompileOptions): Outcome<Middle> {
	const { locations } = checked;
	const { cpu = 3, level = 2, debug = true } = options;
	const lowered = lower(checked.unit, locations, { debug, cpu });
	const diagnostics = [...checked.diagnostics, ...lowered.diagnostics];
	diagnostics.push(...hugeCopies(lowered, locations));
	if (hasError(diagnostics)) return { diagnostics };
	const { memory } = options;
	memory?.begin();
	optimise(lowered.module, { level, cpu, ...(memory ? { memo: memory.optimised } : {}) });
	diagnostics.push(...leftCalls(lowered, locations));
	if (hasError(diagnostics)) return { diagnostics };
	const module = debug
		? attachTypes(lowered.module, lowered)
		: withoutTypes(lowered.module, lowered);
	const { included } = checked.preprocessed;
	return { value: { module, locations, included, aliases: lowered.aliases }, diagnostics };
}

/** Calls of functions that are declared with `error("…")` and were not optimised away. */
function leftCalls(lowered: Lowered, locations: Locations): Diagnostic[] {
	const out: Diagnostic[] = [];
	for (const func of lowered.module.functions)
		for (const block of func.blocks)
			for (const node of block.body) {
				if (node.op !== "call" || node.callee.kind !== "function") continue;
				if (/^mem(cpy|set|move)$/.test(node.callee.name)) {
					out.push(builtinCall(node.callee.name, locations, node.place));
					continue;
				}
				const source = lowered.functions.get(node.callee.name);
				const text = source?.attributes.error;
				if (text === undefined || !source) continue;
				out.push({
					severity: "error",
					id: "cc/error-attribute",
					message: `call to '${source.name}' declared with 'error' attribute: ${text}`,
					...spanOf(locations, node.place),
				});
			}
	return out;
}

/** Larger copies would be as many instructions. */
const mostCopied = 1 << 13;

function hugeCopies(lowered: Lowered, locations: Locations): Diagnostic[] {
	const out: Diagnostic[] = [];
	for (const func of lowered.module.functions)
		for (const block of func.blocks)
			for (const node of block.body)
				if ((node.op === "memcpy" || node.op === "memset") && node.size > mostCopied)
					out.push({
						severity: "error",
						id: "cc/library-call",
						message: `'${node.op}' of ${node.size} bytes is too large to be made inline`,
						...spanOf(locations, node.place),
					});
	return out;
}

function builtinCall(name: string, locations: Locations, place: Place | undefined): Diagnostic {
	const message = `A call to built-in function '${name}' is not supported: its size is not a constant`;
	return { severity: "error", id: "cc/library-call", message, ...spanOf(locations, place) };
}

function spanOf(locations: Locations, place: Place | undefined) {
	return place ? { span: locations.span(place.location) } : {};
}

/** An object, and where its code comes from. */
export interface Compiled extends Generated, Middle {}

/** Source → object with all that is known of it. */
export function compileSource(main: SourceText, options: CompileOptions): Outcome<Compiled> {
	const { value, diagnostics } = compileToSsa(main, options);
	if (!value) return { diagnostics };
	return generateFrom(value, main.name, options, diagnostics);
}

function generateFrom(
	value: Middle,
	name: string,
	options: CompileOptions,
	before: readonly Diagnostic[],
): Outcome<Compiled> {
	const { module, locations } = value;
	const texts = new Map(locations.files.map((f) => [f.name, f.text]));
	const generated = generate(module, {
		cpu: options.cpu ?? 3,
		debug: options.debug ?? true,
		name,
		sources: module.files.map((file) => texts.get(file)),
		...(options.memory ? { memo: options.memory.generated } : {}),
	});
	const placed: readonly PlacedDiagnostic[] = generated.diagnostics;
	const diagnostics = [
		...before,
		...placed.map(({ place, ...d }) => ({ ...d, ...spanOf(locations, place) })),
	];
	if (!generated.value) return { diagnostics };
	const object = withAliases(generated.value.object, value.aliases);
	return { value: { ...value, ...generated.value, object }, diagnostics };
}

/** Further names for symbols that the object defines. */
function withAliases(object: Relocatable, aliases: readonly Alias[]): Relocatable {
	const made = aliases.flatMap(({ name, of, linkage, hidden }) => {
		const target = object.symbols.find((s) => s.name === of);
		const binding = linkage === "static" ? ("local" as const) : linkage;
		return target ? [{ ...target, name, binding, ...(hidden ? { hidden } : {}) }] : [];
	});
	return made.length === 0 ? object : { ...object, symbols: [...object.symbols, ...made] };
}

/** Compiles one C file. Problems are diagnostics with places; with an error among them there is no object. */
export function compile(main: SourceText, options: CompileOptions): Outcome<Relocatable> {
	const { value, diagnostics } = compileSource(main, options);
	return value ? { value: value.object, diagnostics } : { diagnostics };
}
