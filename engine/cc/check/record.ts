// Structs, unions and enums: tags made known, bodies completed with layout and values (C11 6.7.2.1, 6.7.2.2).

import {
	type CType,
	canonical,
	type EnumTag,
	type Field,
	type IntType,
	intType,
	isComplete,
	isInteger,
	layout,
	longType,
	quoteType,
	type RecordTag,
	recordOf,
	sizeOf,
	unsignedLongType,
	unsignedType,
} from "../ast/index.ts";
import type { Location } from "../token.ts";
import { type Attribute, alignedOf, declTagsOf, has } from "./attribute.ts";
import type { Context } from "./context.ts";
import type { Enumerator, TagEntity } from "./scope.ts";

export type TagKind = "struct" | "union" | "enum";

function kindOf(entity: TagEntity): TagKind {
	return entity.kind === "enum" ? "enum" : entity.tag.union ? "union" : "struct";
}

/** A tag that is mentioned, defined or forward-declared; `id` is negative for an anonymous one. */
export function declareTag(
	ctx: Context,
	kind: TagKind,
	id: number,
	at: Location,
	defines: boolean,
	alone: boolean,
	keyword: Location,
): TagEntity | undefined {
	const level = ctx.scopes.level;
	const known = id < 0 ? undefined : ctx.scopes.findTag(id);
	if (known && (known.level === level || !(defines || alone))) {
		if (kindOf(known) === kind) {
			const complete = known.tag.complete;
			if (defines && complete)
				ctx.reports.error("redefinition", at, `redefinition of '${ctx.names.text(id)}'`, {
					notes: [{ message: "previous definition is here", at: known.tag.at }],
				});
			if (!defines || !complete) {
				if (defines) known.tag.at = at;
				ctx.refer(at, known.tag);
				return known;
			}
		} else {
			const text = `use of '${ctx.names.text(id)}' with tag type that does not match previous declaration`;
			ctx.reports.error("tag-mismatch", keyword, text, {
				notes: [{ message: "previous use is here", at: known.tag.at }],
			});
			return undefined;
		}
	}
	const entity = makeTag(kind, id < 0 ? "" : ctx.names.text(id), at, level);
	if (entity.kind === "record") ctx.records.push(entity.tag);
	if (ctx.prototypes > 0 && id >= 0) {
		const text = `declaration of '${kind} ${ctx.names.text(id)}' will not be visible outside of this function`;
		ctx.reports.warning("visibility", at, text);
	}
	if (id >= 0) ctx.scopes.declareTag(id, entity);
	ctx.refer(at, entity.tag);
	return entity;
}

function makeTag(kind: TagKind, name: string, at: Location, level: number): TagEntity {
	if (kind === "enum") {
		const tag: EnumTag = {
			name,
			complete: false,
			values: [],
			size: 4,
			signed: false,
			preserve: false,
			at,
		};
		return { kind: "enum", level, tag, type: { kind: "enum", tag } };
	}
	const tag: RecordTag = {
		union: kind === "union",
		name,
		complete: false,
		members: [],
		size: 0,
		align: 1,
		preserve: false,
		declTags: [],
		at,
	};
	return { kind: "record", level, tag, type: { kind: "record", tag } };
}

/** Gives a record its members. */
export function completeRecord(
	ctx: Context,
	tag: RecordTag,
	fields: readonly Field[],
	attributes: readonly Attribute[],
	pack: number,
	preserve: boolean,
): void {
	const laid = layout(fields, {
		union: tag.union,
		packed: has(attributes, "packed"),
		aligned: alignedOf(ctx, attributes),
		pack,
	});
	tag.members = laid.members;
	tag.size = laid.size;
	tag.align = laid.align;
	tag.complete = true;
	tag.preserve = preserve || has(attributes, "preserve_access_index");
	if (tag.preserve) spread(tag);
	const tags = declTagsOf(attributes);
	if (tags.length > 0) tag.declTags = [...tag.declTags, ...tags];
}

/** Records inside a relocated one are relocated with it. */
function spread(tag: RecordTag): void {
	for (const m of tag.members) {
		const inner = m.name === "" ? recordOf(m.type) : undefined;
		if (!inner || inner.preserve || inner.name !== "") continue;
		inner.preserve = true;
		spread(inner);
	}
}

/** Checks a member before it is placed; undefined when it cannot be one. */
export function checkField(
	ctx: Context,
	field: Field,
	last: boolean,
	tag: RecordTag,
): Field | undefined {
	const core = canonical(field.type);
	if (field.bits !== undefined) return checkBits(ctx, field, field.bits);
	if (core.kind === "function") {
		ctx.reports.error("member-type", field.at, `field '${field.name}' declared as a function`);
		return undefined;
	}
	if (isComplete(field.type)) return field;
	if (core.kind === "array" && core.length === undefined && isComplete(core.of)) {
		if (last || tag.union) return field;
		const text = `flexible array member '${field.name}' with type ${quoteType(field.type)} is not at the end of ${tag.union ? "union" : "struct"}`;
		ctx.reports.error("flexible-member", field.at, text);
		return undefined;
	}
	const notes =
		core.kind === "record"
			? [
					{
						message: `${core.tag === tag ? "definition of" : "forward declaration of"} ${quoteType(core)}${core.tag === tag ? " is not complete until the closing '}'" : ""}`,
						at: core.tag.at,
					},
				]
			: [];
	ctx.reports.error(
		"incomplete-type",
		field.at,
		`field has incomplete type ${quoteType(field.type)}`,
		{ notes },
	);
	return undefined;
}

function checkBits(ctx: Context, field: Field, bits: number): Field | undefined {
	const name = field.name === "" ? "anonymous bit-field" : `bit-field '${field.name}'`;
	if (!isInteger(field.type)) {
		ctx.reports.error(
			"bit-field",
			field.at,
			`${name} has non-integral type ${quoteType(field.type)}`,
		);
		return undefined;
	}
	const width = canonical(field.type).kind === "bool" ? 1 : sizeOf(field.type) * 8;
	if (bits < 0) ctx.reports.error("bit-field", field.at, `${name} has negative width (${bits})`);
	else if (bits > width) {
		const unit = canonical(field.type).kind === "bool" ? 1 : width;
		ctx.reports.error(
			"bit-field",
			field.at,
			`width of ${name} (${bits} bits) exceeds the width of its type (${unit} bit${unit === 1 ? "" : "s"})`,
		);
	} else if (bits === 0 && field.name !== "")
		ctx.reports.error("bit-field", field.at, `named ${name} has zero width`);
	else return field;
	return undefined;
}

const intMin = -(1n << 31n);
const intMax = (1n << 31n) - 1n;

/** Gives an enum its size and its enumerators their types, as clang does before C23. */
export function completeEnum(
	ctx: Context,
	tag: EnumTag,
	made: readonly Enumerator[],
	packed: boolean,
	fixed: IntType | undefined,
): void {
	tag.values = made.map((e) => ({ name: e.name, value: e.value, at: e.at }));
	tag.complete = true;
	let low = 0n;
	let high = 0n;
	for (const { value } of made) {
		if (value < low) low = value;
		if (value > high) high = value;
	}
	if (fixed) {
		tag.size = fixed.size;
		tag.signed = fixed.signed;
	} else {
		tag.signed = low < 0n;
		tag.size = enumSize(low, high, packed);
		if (high >= 1n << 64n || (low < 0n && high >= 1n << 63n))
			ctx.reports.warning(
				"enum-too-large",
				tag.at,
				"enumeration values exceed range of largest integer",
			);
	}
	const wide =
		fixed ??
		(tag.size <= 4
			? tag.signed
				? intType
				: unsignedType
			: tag.signed
				? longType
				: unsignedLongType);
	for (const e of made) e.type = !fixed && e.value >= intMin && e.value <= intMax ? intType : wide;
}

function enumSize(low: bigint, high: bigint, packed: boolean): number {
	for (const size of packed ? [1, 2, 4] : [4]) {
		const bits = BigInt(size * 8);
		const fits =
			low < 0n ? low >= -(1n << (bits - 1n)) && high < 1n << (bits - 1n) : high < 1n << bits;
		if (fits) return size;
	}
	return 8;
}

/** The type an enumerator has until its enum is complete. */
export function enumeratorType(value: bigint): CType {
	if (value >= intMin && value <= intMax) return intType;
	if (value >= 0n && value < 1n << 32n) return unsignedType;
	return value < 1n << 63n ? longType : unsignedLongType;
}
