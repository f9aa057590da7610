// Attributes: from names and arguments to what they mean for a declaration, a record or a type. Unknown ones are warned of.

import { type Attributes, type CType, intOfSize, underlying } from "../ast/index.ts";
import type { Location } from "../token.ts";
import type { Context } from "./context.ts";

/** An attribute as written; the name without its underscores. */
export interface Attribute {
	readonly name: string;
	readonly at: Location;
	readonly strings: readonly string[];
	readonly numbers: readonly number[];
	/** A first argument that is a name. */
	readonly identifier?: string;
	readonly identifierAt?: Location;
	/** Written without arguments. */
	readonly empty?: boolean;
}

export const noAttributes: Attributes = { declTags: [] };

/** Taken note of elsewhere, or without meaning for eBPF. */
const silent = new Set(
	[
		"packed aligned preserve_access_index btf_type_tag address_space mode unavailable",
		"format format_arg nonnull returns_nonnull malloc alloc_size alloc_align assume_aligned sentinel leaf",
		"cold hot const nothrow artificial gnu_inline flatten no_instrument_function optnone optimize noclone",
		"fallthrough unused_result warn_unused_result may_alias transparent_union no_sanitize no_sanitize_address",
		"no_stack_protector noipa externally_visible visibility no_caller_saved_registers nomerge bpf_fastcall",
		"noderef force context nocast bitwise safe pass_object_size enable_if overloadable diagnose_if counted_by",
		"designated_init nonstring copy access fd_arg ifunc alias error warning uninitialized returns_twice",
		"maybe_unused nodiscard deprecated likely unlikely musttail convergent target no_reorder zero_call_used_regs",
		"preserve_static_offset btf_decl_tag section annotate model used unused weak retain always_inline noinline",
		"noreturn _Noreturn pure naked constructor destructor cleanup internal_linkage static bounded no_builtin",
		"availability disable_tail_calls not_tail_called minsize guarded_by nullability suppress tls_model",
		"disable_sanitizer_instrumentation no_profile_instrument_function patchable_function_entry enum_extensibility",
		"flag_enum vector_size ext_vector_type cf_check nocf_check no_split_stack strict_flex_array weakref unsafe_buffer_usage",
	].flatMap((line) => line.split(" ")),
);

/** Reports an attribute that nobody knows. */
export function checkKnown(ctx: Context, attribute: Attribute): void {
	if (silent.has(attribute.name)) return;
	ctx.reports.warning(
		"unknown-attributes",
		attribute.at,
		`unknown attribute '${attribute.name}' ignored`,
	);
}

type Draft = { -readonly [K in keyof Attributes]: Attributes[K] };

/** What attributes say of a variable or function. */
export function declarationAttributes(ctx: Context, list: readonly Attribute[]): Attributes {
	if (list.length === 0) return noAttributes;
	const out: Draft = { declTags: [] };
	for (const attribute of list) apply(ctx, out, attribute);
	return out;
}

function apply(ctx: Context, out: Draft, a: Attribute): void {
	const text = a.strings[0];
	switch (a.name) {
		case "section":
			if (text !== undefined) out.section = text;
			else ctx.reports.error("attribute", a.at, "'section' attribute requires a string");
			break;
		case "always_inline":
			out.alwaysInline = true;
			break;
		case "noinline":
			out.noinline = true;
			break;
		case "weak":
			out.weak = true;
			break;
		case "visibility":
			if (text === "hidden" || text === "internal") out.hidden = true;
			break;
		case "used":
		case "retain":
			out.used = true;
			break;
		case "unused":
		case "maybe_unused":
			out.unused = true;
			break;
		case "gnu_inline":
			out.gnuInline = true;
			break;
		case "alias":
			applyAlias(ctx, out, a);
			break;
		case "ifunc":
			ctx.reports.warning("unknown-attributes", a.at, "unknown attribute 'ifunc' ignored");
			break;
		case "aligned":
			out.aligned = Math.max(out.aligned ?? 0, alignmentOf(ctx, a));
			break;
		case "btf_decl_tag":
			if (text !== undefined) out.declTags = [...out.declTags, text];
			break;
		case "deprecated":
			out.deprecated = { text: text ?? "", at: a.at };
			break;
		case "error":
			out.error = text ?? "";
			break;
		case "format":
			applyFormat(ctx, out, a);
			break;
		case "cleanup":
			applyCleanup(ctx, out, a);
			break;
		default:
			applyFlag(out, a.name);
	}
}

function applyAlias(ctx: Context, out: Draft, a: Attribute): void {
	const of = a.strings[0];
	const text = a.empty
		? "'alias' attribute takes one argument"
		: "expected string literal as argument of 'alias' attribute";
	if (of === undefined) ctx.reports.error("attribute", a.at, text);
	else out.alias = { of, at: a.at };
}

/** Attributes without arguments. */
function applyFlag(out: Draft, name: string): void {
	switch (name) {
		case "naked":
			out.naked = true;
			break;
		case "noreturn":
		case "_Noreturn":
			out.noreturn = true;
			break;
		case "pure":
		case "const":
			out.pure = true;
			out.effectless = name;
			break;
		case "warn_unused_result":
		case "nodiscard":
			out.resultUsed = true;
			break;
		case "cold":
		case "hot":
			out.called = name;
			break;
	}
}

function applyFormat(ctx: Context, out: Draft, a: Attribute): void {
	const kind = a.identifier?.replace(/^__(.*)__$/, "$1");
	const [string, first] = a.numbers;
	if (a.identifier === undefined || string === undefined || first === undefined) {
		ctx.reports.error("attribute", a.at, "'format' attribute requires exactly 3 arguments");
		return;
	}
	if (!/^(printf|gnu_printf|scanf|strftime|strfmon|kprintf|NSString|os_log)$/.test(kind ?? "")) {
		const text = `'format' attribute argument not supported: ${a.identifier}`;
		ctx.reports.warning("ignored-attributes", a.at, text);
		return;
	}
	if (string < 1) {
		ctx.reports.error("attribute", a.at, "'format' attribute parameter 2 is out of bounds");
		return;
	}
	if (kind === "printf" || kind === "gnu_printf")
		out.format = { string: string - 1, first: first - 1 };
}

function applyCleanup(ctx: Context, out: Draft, a: Attribute): void {
	const at = a.identifierAt ?? a.at;
	const entity =
		a.identifier === undefined ? undefined : ctx.scopes.find(ctx.names.id(a.identifier));
	if (!entity) {
		ctx.reports.error("undeclared", at, `use of undeclared identifier '${a.identifier ?? ""}'`);
		return;
	}
	if (entity.kind !== "function") {
		ctx.reports.error("attribute", at, "'cleanup' argument is not a function");
		return;
	}
	entity.function.uses++;
	ctx.refer(at, entity.function);
	out.cleanup = entity.function;
}

/** Bytes of `aligned` or `aligned(n)`. */
function alignmentOf(ctx: Context, a: Attribute): number {
	const value = a.numbers[0];
	if (value === undefined) return 16;
	if (value > 0 && Number.isInteger(Math.log2(value)) && value <= 1 << 28) return value;
	ctx.reports.error("attribute", a.at, "requested alignment is not a power of 2");
	return 1;
}

/** The largest alignment that a list asks for, 0 without. */
export function alignedOf(ctx: Context, list: readonly Attribute[]): number {
	let out = 0;
	for (const a of list) if (a.name === "aligned") out = Math.max(out, alignmentOf(ctx, a));
	return out;
}

export function has(list: readonly Attribute[], name: string): boolean {
	return list.some((a) => a.name === name);
}

export function declTagsOf(list: readonly Attribute[]): string[] {
	return list.flatMap((a) =>
		a.name === "btf_decl_tag" && a.strings[0] !== undefined ? [a.strings[0]] : [],
	);
}

/** A type with the sugar that attributes put around it. */
export function attributedType(ctx: Context, type: CType, list: readonly Attribute[]): CType {
	let out = type;
	for (const a of list) {
		const text = a.strings[0];
		const number = a.numbers[0];
		if (a.name === "btf_type_tag" && text !== undefined)
			out = { kind: "tagged", type: out, tag: text };
		else if (a.name === "address_space" && number !== undefined)
			out = number === 0 ? out : { kind: "space", type: out, space: number };
		else if (a.name === "mode") out = modeType(ctx, out, a);
		else if (a.name === "vector_size" || a.name === "ext_vector_type")
			ctx.reports.unsupported("vector", a.at, "vector types are not supported by Skep");
	}
	return out;
}

const modes: Record<string, 1 | 2 | 4 | 8 | 16> = {
	QI: 1,
	byte: 1,
	HI: 2,
	SI: 4,
	DI: 8,
	word: 8,
	pointer: 8,
	TI: 16,
};

const floatModes = /^(HF|SF|DF|XF|TF|KF|[SDXT]C)$/;

/** `mode(DI)`: the type of that width with the same sign. */
function modeType(ctx: Context, type: CType, a: Attribute): CType {
	const mode = a.identifier?.replace(/^__(.*)__$/, "$1");
	const size = mode === undefined ? undefined : modes[mode];
	const int = underlying(type);
	if (size !== undefined && int) return intOfSize(size, int.signed);
	const text = a.empty
		? "'mode' attribute takes one argument"
		: mode === undefined
			? "'mode' attribute requires an identifier"
			: size === undefined && !floatModes.test(mode)
				? `unknown machine mode '${a.identifier}'`
				: int
					? "type of machine mode does not match type of base type"
					: "mode attribute only supported for integer and floating-point types";
	ctx.reports.error("attribute", a.at, text);
	return type;
}

/** The attributes of two declarations of one thing. */
export function mergeAttributes(older: Attributes, newer: Attributes): Attributes {
	if (older === noAttributes) return newer;
	if (newer === noAttributes) return older;
	const tags = newer.declTags.filter((t) => !older.declTags.includes(t));
	return { ...older, ...newer, declTags: [...older.declTags, ...tags] };
}
