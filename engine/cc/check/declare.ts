// Declarations (C11 6.7): what a declarator makes known, and how it goes together with an earlier one of the same name.

import {
	type Attributes,
	type CFunction,
	type CType,
	canonical,
	compatible,
	composite,
	type FunctionType,
	isComplete,
	isVoid,
	quoteType,
	type TypedefName,
	type Variable,
} from "../ast/index.ts";
import type { Location } from "../token.ts";
import {
	type Attribute,
	alignedOf,
	declarationAttributes,
	declTagsOf,
	mergeAttributes,
} from "./attribute.ts";
import type { Context } from "./context.ts";
import { hugeObject, isHuge } from "./initial.ts";
import type { Entity } from "./scope.ts";

export type StorageClass = "none" | "typedef" | "extern" | "static" | "auto" | "register";

/** A declarator with what its specifiers said. */
export interface Declared {
	/** Id of the name. */
	readonly id: number;
	readonly at: Location;
	readonly type: CType;
	readonly storage: StorageClass;
	readonly inline: boolean;
	readonly attributes: readonly Attribute[];
	/** Of `asm("…")` behind the declarator. */
	readonly label?: string;
	/** Parameters of a function declarator. */
	readonly params?: Variable[];
}

export function placeOfEntity(entity: Entity): Location {
	switch (entity.kind) {
		case "typedef":
			return entity.typedef.at;
		case "variable":
			return entity.variable.at;
		case "function":
			return entity.function.at;
		case "enumerator":
			return entity.enumerator.at;
	}
}

function clash(ctx: Context, d: Declared, earlier: Entity, text: string): void {
	ctx.reports.error("redefinition", d.at, text, {
		notes: [{ message: "previous definition is here", at: placeOfEntity(earlier) }],
	});
}

/** `typedef`. */
export function declareTypedef(ctx: Context, d: Declared): TypedefName {
	const name = ctx.names.text(d.id);
	const aligned = alignedOf(ctx, d.attributes);
	const typedef: TypedefName = {
		name,
		type: d.type,
		declTags: declTagsOf(d.attributes),
		at: d.at,
		...(aligned > 0 ? { aligned } : {}),
	};
	const earlier = ctx.scopes.findHere(d.id);
	if (earlier?.kind === "typedef") {
		if (compatible(earlier.typedef.type, d.type)) return earlier.typedef;
		const text = `typedef redefinition with different types (${quoteType(d.type)} vs ${quoteType(earlier.typedef.type)})`;
		clash(ctx, d, earlier, text);
	} else if (earlier)
		clash(ctx, d, earlier, `redefinition of '${name}' as different kind of symbol`);
	const type: CType = { kind: "typedef", typedef };
	if (ctx.scopes.level > 0 && !d.attributes.some((a) => a.name === "unused"))
		ctx.localTypes.push(typedef);
	ctx.scopes.declare(d.id, { kind: "typedef", level: ctx.scopes.level, typedef, type });
	ctx.refer(d.at, typedef);
	return typedef;
}

/** A function's declaration, or the head of its definition. */
export function declareFunction(
	ctx: Context,
	d: Declared,
	type: FunctionType,
	definition: boolean,
): CFunction {
	const name = ctx.names.text(d.id);
	const attributes = declarationAttributes(ctx, d.attributes);
	const here = ctx.scopes.findHere(d.id);
	const linked = ctx.linked.get(d.id);
	if (here && here.kind !== "function")
		clash(ctx, d, here, `redefinition of '${name}' as different kind of symbol`);
	const earlier = linked && "params" in linked ? linked : undefined;
	if (earlier && (!here || here.kind === "function"))
		return redeclare(ctx, d, type, definition, earlier, attributes);
	const made: CFunction = {
		name,
		type: d.type,
		params: d.params ?? [],
		storage: d.storage === "static" ? "static" : "extern",
		inline: d.inline,
		shared: !d.inline || d.storage === "extern",
		attributes,
		at: d.at,
		uses: 0,
		...(d.label === undefined ? {} : { asmName: d.label }),
	};
	ctx.functions.push(made);
	if (!here || here.kind === "function") ctx.linked.set(d.id, made);
	ctx.scopes.declare(d.id, { kind: "function", level: ctx.scopes.level, function: made });
	ctx.refer(d.at, made);
	return made;
}

function redeclare(
	ctx: Context,
	d: Declared,
	type: FunctionType,
	definition: boolean,
	earlier: CFunction,
	attributes: Attributes,
): CFunction {
	const notes = [{ message: "previous declaration is here", at: earlier.at }];
	ctx.refer(d.at, earlier);
	if (!ctx.scopes.findHere(d.id))
		ctx.scopes.declare(d.id, { kind: "function", level: ctx.scopes.level, function: earlier });
	if (!compatible(earlier.type, d.type)) {
		ctx.reports.error("conflicting-types", d.at, `conflicting types for '${earlier.name}'`, {
			notes,
		});
		if (!definition) return earlier;
	} else if (d.storage === "static" && earlier.storage !== "static")
		ctx.reports.error(
			"static-follows",
			d.at,
			`static declaration of '${earlier.name}' follows non-static declaration`,
			{ notes },
		);
	if (d.label !== undefined && earlier.asmName !== undefined && d.label !== earlier.asmName)
		ctx.reports.error("asm-label", d.at, "conflicting asm label", { notes });
	if (definition && earlier.body) {
		ctx.reports.error("redefinition", d.at, `redefinition of '${earlier.name}'`, {
			notes: [{ message: "previous definition is here", at: earlier.at }],
		});
	}
	if (d.label !== undefined) earlier.asmName ??= d.label;
	earlier.type = composite(earlier.type, d.type);
	earlier.attributes = mergeAttributes(earlier.attributes, attributes);
	earlier.inline ||= d.inline;
	earlier.shared ||= !d.inline || d.storage === "extern";
	if (definition || (type.prototype && !earlier.body))
		earlier.params = mergeParams(earlier.params, d.params ?? []);
	return earlier;
}

/** The newer parameters, with the tags that only the older declaration has. */
function mergeParams(older: readonly Variable[], newer: Variable[]): Variable[] {
	return newer.map((p, i) => {
		const before = older[i];
		if (!before || before.attributes.declTags.length === 0) return p;
		return { ...p, attributes: mergeAttributes(before.attributes, p.attributes) };
	});
}

/** A variable outside of functions, or one with linkage or static storage inside. */
export function declareVariable(ctx: Context, d: Declared, hasInit: boolean): Variable {
	const name = ctx.names.text(d.id);
	const level = ctx.scopes.level;
	const here = ctx.scopes.findHere(d.id);
	const isLinked = level === 0 || d.storage === "extern";
	checkObject(ctx, d, name, hasInit);
	if (here && here.kind !== "variable")
		clash(ctx, d, here, `redefinition of '${name}' as different kind of symbol`);
	if (isLinked) {
		const linked = ctx.linked.get(d.id);
		if (linked && !("params" in linked) && (!here || here.kind === "variable"))
			return again(ctx, d, linked, hasInit);
	} else if (here?.kind === "variable") clashLocal(ctx, d, here, name);
	const made = makeVariable(ctx, d, name, level, hasInit);
	if (isLinked && (!here || here.kind === "variable")) ctx.linked.set(d.id, made);
	if (made.storage !== "auto") ctx.variables.push(made);
	ctx.scopes.declare(d.id, { kind: "variable", level, variable: made });
	ctx.refer(d.at, made);
	return made;
}

function clashLocal(
	ctx: Context,
	d: Declared,
	here: Extract<Entity, { kind: "variable" }>,
	name: string,
): void {
	const { type } = here.variable;
	const differs = compatible(type, d.type)
		? ""
		: ` with a different type: ${quoteType(d.type)} vs ${quoteType(type)}`;
	clash(ctx, d, here, `redefinition of '${name}'${differs}`);
}

function makeVariable(
	ctx: Context,
	d: Declared,
	name: string,
	level: number,
	hasInit: boolean,
): Variable {
	const attributes = declarationAttributes(ctx, d.attributes);
	const local = level > 0 && d.storage === "static";
	const storage =
		d.storage === "static"
			? "static"
			: d.storage === "extern" && !hasInit
				? "extern"
				: level === 0 || d.storage === "extern"
					? "global"
					: "auto";
	return {
		name: local ? staticName(ctx, name) : name,
		type: d.type,
		storage,
		attributes,
		defined: storage !== "extern",
		at: d.at,
		uses: 0,
		...(d.label !== undefined && d.storage === "register" ? { register: d.label } : {}),
		...(d.label !== undefined && storage !== "auto" ? { asmName: d.label } : {}),
	};
}

function staticName(ctx: Context, name: string): string {
	const base = `${ctx.current?.name ?? ""}.${name}`;
	const before = ctx.statics.get(base) ?? 0;
	ctx.statics.set(base, before + 1);
	return before === 0 ? base : `${base}.${before}`;
}

function checkObject(ctx: Context, d: Declared, name: string, hasInit: boolean): void {
	if (!hasInit && d.storage !== "extern" && isComplete(d.type) && isHuge(d.type))
		hugeObject(ctx, d.type, d.at);
	if (isVoid(d.type) && d.storage !== "extern")
		ctx.reports.error("incomplete-type", d.at, `variable has incomplete type ${quoteType(d.type)}`);
	if (ctx.scopes.level > 0 && d.storage === "extern" && name === "") return;
}

function again(ctx: Context, d: Declared, earlier: Variable, hasInit: boolean): Variable {
	ctx.refer(d.at, earlier);
	const notes = [
		{
			message: `previous ${earlier.defined ? "definition" : "declaration"} is here`,
			at: earlier.at,
		},
	];
	if (!ctx.scopes.findHere(d.id))
		ctx.scopes.declare(d.id, { kind: "variable", level: ctx.scopes.level, variable: earlier });
	if (!compatible(earlier.type, d.type)) {
		const text = `redefinition of '${earlier.name}' with a different type: ${quoteType(d.type)} vs ${quoteType(earlier.type)}`;
		ctx.reports.error("redefinition", d.at, text, { notes });
		return earlier;
	}
	if (d.storage === "static" && earlier.storage !== "static")
		ctx.reports.error(
			"static-follows",
			d.at,
			`static declaration of '${earlier.name}' follows non-static declaration`,
			{ notes },
		);
	else if (d.storage === "none" && earlier.storage === "static")
		ctx.reports.error(
			"static-follows",
			d.at,
			`non-static declaration of '${earlier.name}' follows static declaration`,
			{ notes },
		);
	if (hasInit && earlier.init) {
		ctx.reports.error("redefinition", d.at, `redefinition of '${earlier.name}'`, {
			notes: [{ message: "previous definition is here", at: earlier.at }],
		});
	}
	earlier.type = composite(earlier.type, d.type);
	earlier.attributes = mergeAttributes(
		earlier.attributes,
		declarationAttributes(ctx, d.attributes),
	);
	if (d.storage !== "extern" || hasInit) {
		earlier.defined = true;
		if (earlier.storage === "extern") earlier.storage = "global";
	}
	return earlier;
}

/** A parameter or an automatic variable that was made elsewhere becomes visible. */
export function declareLocal(ctx: Context, variable: Variable): void {
	if (variable.name === "") return;
	const id = ctx.names.id(variable.name);
	const here = ctx.scopes.findHere(id);
	if (here) {
		const text = `redefinition of parameter '${variable.name}'`;
		ctx.reports.error("redefinition", variable.at, text, {
			notes: [{ message: "previous declaration is here", at: placeOfEntity(here) }],
		});
	}
	ctx.scopes.declare(id, { kind: "variable", level: ctx.scopes.level, variable });
	ctx.refer(variable.at, variable);
}

/** Reports a variable whose type is never completed. */
export function requireComplete(ctx: Context, variable: Variable, at: Location): boolean {
	const core = canonical(variable.type);
	if (isComplete(variable.type) || core.kind === "void") return true;
	if (core.kind === "array" && core.length === undefined && variable.storage !== "auto")
		return true;
	const text =
		core.kind === "array" && core.length === undefined
			? "definition of variable with array type needs an explicit size or an initializer"
			: variable.storage === "auto" || variable.storage === "static"
				? `variable has incomplete type ${quoteType(variable.type)}`
				: `tentative definition has type ${quoteType(variable.type)} that is never completed`;
	const notes =
		core.kind === "record"
			? [{ message: `forward declaration of ${quoteType(core)}`, at: core.tag.at }]
			: [];
	ctx.reports.error("incomplete-type", at, text, { notes });
	return false;
}
