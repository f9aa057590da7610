// The module under construction, as the lowering of one unit sees it: which functions and variables are needed, string literals,
// CO-RE records, problems. What nothing asks for is not made.

import type { Diagnostic } from "../../base/index.ts";
import type { CoreRecord, Extern, Global, Module, Place } from "../../ssa/index.ts";
import type { CFunction, Expression, Variable } from "../ast/tree.ts";
import type { CType } from "../ast/type.ts";
import type { Locations } from "../location.ts";
import type { Location } from "../token.ts";
import { isConst, isVolatile, sizeOf, spaceOf } from "./types.ts";

/** A CO-RE record whose root type has no number yet. */
export interface CoreUse extends Omit<CoreRecord, "type"> {
	readonly root: CType;
}

export interface LowerOptions {
	/** Make CO-RE records (clang does only with -g). */
	readonly debug: boolean;
	/** v1 … v4 */
	readonly cpu: number;
}

/** Sections that libbpf gives to the symbols of the kernel. */
const externSections = new Set([".ksyms", ".kconfig"]);

export class Symbols {
	readonly module: Module;
	readonly locations: Locations;
	readonly options: LowerOptions;
	readonly diagnostics: Diagnostic[] = [];
	readonly functions = new Map<string, CFunction>();
	readonly variables = new Map<string, Variable>();
	readonly core: CoreUse[] = [];
	/** Needed, and not lowered yet. */
	readonly pendingFunctions: CFunction[] = [];
	readonly pendingVariables: { variable: Variable; symbol: string }[] = [];
	/** Functions that inline assembly names. */
	readonly mentioned = new Set<string>();
	/** Names whose address inline assembly takes. */
	readonly #addressed = new Set<string>();
	readonly #names = new Map<Variable, string>();
	readonly #taken = new Set<string>();
	readonly #strings = new Map<string, string>();
	readonly #coreKeys = new Map<CType | object, Map<string, number>>();
	readonly #definitions = new Map<string, Variable>();
	readonly #bodies = new Map<string, CFunction>();
	#files = new Map<string, number>();

	readonly aliases: Alias[] = [];

	constructor(
		module: Module,
		locations: Locations,
		options: LowerOptions,
		known: { readonly functions: readonly CFunction[]; readonly variables: readonly Variable[] },
	) {
		this.module = module;
		this.locations = locations;
		this.options = options;
		for (const f of known.functions)
			if (f.body || !this.#bodies.has(symbolOf(f))) this.#bodies.set(symbolOf(f), f);
		for (const v of known.variables) {
			if (v.storage === "static") continue;
			const name = symbolOf(v);
			const before = this.#definitions.get(name);
			if (!before || v.init || (v.defined && !before.defined)) this.#definitions.set(name, v);
		}
		for (const name of [...this.#bodies.keys(), ...this.#definitions.keys()]) this.#taken.add(name);
	}

	/** The symbol of a variable with static storage; from now on it is needed. */
	variable(variable: Variable): string {
		const known = this.#names.get(variable);
		if (known !== undefined) return known;
		const { alias } = variable.attributes;
		const aliased = alias && this.#definitions.get(alias.of);
		if (aliased) return this.variable(aliased);
		const name = symbolOf(variable);
		const shared = variable.storage !== "static" ? this.#definitions.get(name) : undefined;
		const own = variable.storage === "static" || variable.name === "";
		const symbol = own ? this.fresh(name || ".compoundliteral") : name;
		this.#names.set(variable, symbol);
		if (shared && shared !== variable) this.variable(shared);
		else if (!this.variables.has(symbol)) {
			this.variables.set(symbol, variable);
			this.pendingVariables.push({ variable, symbol });
		}
		return symbol;
	}

	/** The symbol of a function; from now on it is needed. */
	function(name: CFunction): string {
		const { alias } = name.attributes;
		const symbol = alias?.of ?? symbolOf(name);
		const func = this.#bodies.get(symbol) ?? name;
		if (!this.functions.has(symbol)) {
			this.functions.set(symbol, func);
			this.pendingFunctions.push(func);
		}
		return symbol;
	}

	/** A further name for a function or variable of this unit, which is needed then. */
	alias(one: CFunction | Variable): void {
		const { attributes: a, storage } = one;
		if (!a.alias) return;
		const { of } = a.alias;
		const target = this.#bodies.get(of);
		const variable = this.#definitions.get(of);
		if (target?.body) this.function(target);
		else if (variable?.defined) this.variable(variable);
		else {
			const text = "alias must point to a defined variable or function";
			this.error("cc/alias", text, a.alias.at);
			return;
		}
		const linkage = storage === "static" ? "static" : a.weak ? "weak" : "global";
		this.aliases.push({ name: symbolOf(one), of, linkage, hidden: a.hidden === true });
		this.mentioned.add(of);
	}

	/** Symbols whose address inline assembly takes and nothing else declares are another object's, or the loader's. */
	declareMentioned(): void {
		const { functions, globals, externs } = this.module;
		const known = new Set([...functions, ...globals, ...externs].map((s) => s.name));
		for (const name of this.#addressed)
			if (!known.has(name))
				this.extern({ name, section: "", weak: false, function: false, size: 0 });
	}

	/** Inline assembly may name functions: they are needed. */
	mention(template: string): void {
		for (const [, name = ""] of template.matchAll(/=\s*([A-Za-z_$][\w$]*)\s+ll\b/g))
			this.#addressed.add(name);
		for (const [name] of template.matchAll(/[A-Za-z_$][\w$]*/g)) {
			const func = this.#bodies.get(name);
			if (!func || this.mentioned.has(name)) continue;
			this.mentioned.add(name);
			this.function(func);
			const made = this.module.functions.find((f) => f.name === name);
			if (made) made.used = true;
		}
	}

	/** A name that no symbol has. */
	fresh(name: string): string {
		let free = name;
		for (let i = 1; this.#taken.has(free); i++) free = `${name}.${i}`;
		this.#taken.add(free);
		return free;
	}

	/** The symbol of a string literal; equal ones share it. */
	string(bytes: Uint8Array): string {
		const key = String.fromCharCode(...bytes);
		const known = this.#strings.get(key);
		if (known !== undefined) return known;
		const plain = bytes.indexOf(0) === bytes.length - 1;
		const symbol = this.fresh(".L.str");
		this.#strings.set(key, symbol);
		this.constantData(symbol, bytes, 1, plain ? ".rodata.str1.1" : ".rodata");
		return symbol;
	}

	/** Read-only bytes without BTF. */
	constantData(symbol: string, bytes: Uint8Array, align: number, section = ".rodata"): void {
		this.module.globals.push({
			name: symbol,
			section,
			linkage: "static",
			size: bytes.length,
			align,
			constant: true,
			bytes,
			addresses: [],
		});
	}

	global(global: Global): void {
		this.module.globals.push(global);
	}

	extern(extern: Extern): void {
		if (!this.module.externs.some((e) => e.name === extern.name)) this.module.externs.push(extern);
	}

	/** The kfunc that clang's `__builtin_trap` calls. */
	trap(): void {
		if (this.module.externs.some((e) => e.name === "__bpf_trap")) return;
		this.extern({ name: "__bpf_trap", section: ".ksyms", weak: true, function: true, size: 0 });
	}

	/** Index of a CO-RE record, the same for the same content. */
	coreRecord(use: CoreUse): number {
		let root = use.root;
		while (root.kind === "qualified" || root.kind === "tagged" || root.kind === "space")
			root = root.type;
		const tag =
			root.kind === "record" || root.kind === "enum"
				? root.tag
				: root.kind === "typedef"
					? root.typedef
					: use.root;
		const keys = this.#coreKeys.get(tag) ?? new Map<string, number>();
		this.#coreKeys.set(tag, keys);
		const key = `${use.kind} ${use.access} ${use.value}`;
		const known = keys.get(key);
		if (known !== undefined) return known;
		keys.set(key, this.core.length);
		this.core.push(use);
		return this.core.length - 1;
	}

	/** Where an instruction comes from. */
	place(at: Location): Place {
		const { file, line, column } = this.locations.position(at);
		return { file: this.file(file.name), line, column, location: at };
	}

	file(name: string): number {
		const known = this.#files.get(name);
		if (known !== undefined) return known;
		this.module.files.push(name);
		this.#files.set(name, this.module.files.length - 1);
		return this.module.files.length - 1;
	}

	/** What C means and this compiler does not do. */
	unsupported(what: string, at: Location): void {
		this.#report({
			severity: "error",
			id: "cc/unsupported",
			message: `not supported by Skep: ${what}`,
			unsupported: what,
			span: this.locations.span(at),
		});
	}

	error(id: string, message: string, at: Location): void {
		this.#report({ severity: "error", id, message, span: this.locations.span(at) });
	}

	warning(id: string, message: string, at: Location): void {
		this.#report({ severity: "warning", id, message, span: this.locations.span(at) });
	}

	#report(diagnostic: Diagnostic): void {
		const same = this.diagnostics.some(
			(d) => d.message === diagnostic.message && d.span?.start === diagnostic.span?.start,
		);
		if (!same) this.diagnostics.push(diagnostic);
	}
}

/** A name in the object that means the same as another. */
export interface Alias {
	readonly name: string;
	readonly of: string;
	readonly linkage: "static" | "weak" | "global";
	readonly hidden: boolean;
}

/** The name in the object: the one of `asm("…")` behind the declarator, when that is no intrinsic's. */
export function symbolOf(one: { readonly name: string; readonly asmName?: string }): string {
	return one.asmName === undefined || one.asmName.startsWith("llvm.") ? one.name : one.asmName;
}

export function isKernelSymbol(section: string | undefined): boolean {
	return section !== undefined && externSections.has(section);
}

/** The section clang puts a variable into that names none; `zero` when all its bytes are. */
export function sectionOf(variable: Variable, zero: boolean): string {
	if (variable.attributes.section !== undefined) return variable.attributes.section;
	const space = spaceOf(variable.type);
	if (space !== 0) return `.addr_space.${space}`;
	if (isConst(variable.type)) return ".rodata";
	return zero ? ".bss" : ".data";
}

/** Whether the contents may be folded into code. */
export function isFixed(variable: Variable): boolean {
	if (spaceOf(variable.type) !== 0) return false;
	return isConst(variable.type) && !isVolatile(variable.type) && sizeOf(variable.type) > 0;
}

/** The number that a variable always holds: a constant whose initialiser is a plain number, as helper prototypes are written. */
export function fixedNumber(variable: Variable): Expression | undefined {
	if (variable.attributes.weak || variable.storage === "auto" || !isFixed(variable))
		return undefined;
	const entry = variable.init?.entries[0];
	if (!entry || variable.init?.entries.length !== 1 || entry.offset !== 0) return undefined;
	return entry.value;
}
