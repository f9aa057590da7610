// Structs, unions and enums with their bodies (C11 6.7.2.1, 6.7.2.2). The checks place members and give enumerators their types.

import {
	type CType,
	canonical,
	errorType,
	type Field,
	type IntType,
	intType,
	numberOf,
	quoteType,
	underlying,
} from "../ast/index.ts";
import {
	type Attribute,
	alignedOf,
	attributedType,
	checkField,
	completeEnum,
	completeRecord,
	declareTag,
	declTagsOf,
	type Enumerator,
	enumeratorType,
	has,
	placeOfEntity,
	rvalue,
	type TagEntity,
	type TagKind,
} from "../check/index.ts";
import type { Location } from "../token.ts";
import { T } from "./code.ts";
import { SpecifierParser, type Specifiers } from "./specifier.ts";

const noTags: readonly string[] = [];

export abstract class TagParser extends SpecifierParser {
	/** `struct`, `union`: a reference, a declaration or a definition. */
	override recordSpecifier(kind: TagKind, out: Specifiers): TagEntity | undefined {
		const keyword = this.at;
		this.next();
		const attributes: Attribute[] = [];
		if (!this.is(T.identifier) && !this.is(T.lbrace)) this.attributes(attributes);
		const named = this.is(T.identifier);
		const id = named ? this.id : -1;
		const at = named ? this.at : keyword;
		if (named) this.ctx.probeNames(this.text, true);
		if (named) this.next();
		const defines = this.is(T.lbrace);
		if (!named && !defines) {
			this.ctx.reports.error(
				"expected",
				this.at,
				`declaration of anonymous ${kind} must be a definition`,
			);
			return undefined;
		}
		const entity = declareTag(
			this.ctx,
			kind,
			id,
			at,
			defines,
			this.is(T.semicolon) && out.storage === "none",
			keyword,
		);
		if (!defines || entity?.kind !== "record") return entity;
		return this.nested(
			() => this.#body(entity, attributes),
			() => entity,
		);
	}

	/** Above 0 inside the members of a record. */
	depthOfRecords = 0;

	#body(entity: Extract<TagEntity, { kind: "record" }>, attributes: Attribute[]): TagEntity {
		this.depthOfRecords++;
		const open = this.at;
		const pack = this.pragmas.pack;
		this.next();
		const fields: Field[] = [];
		while (!this.is(T.rbrace) && !this.is(T.end)) {
			const start = this.index;
			this.#members(fields);
			if (this.index === start) this.next();
		}
		this.close(T.rbrace, "}", open, "{");
		this.depthOfRecords--;
		if (this.is(T.attribute)) this.attributes(attributes);
		const all = this.pragmas.attributesFor("record");
		const preserve = has(all, "preserve_access_index");
		const checked: Field[] = [];
		for (let i = 0; i < fields.length; i++) {
			const field = fields[i];
			const good = field && checkField(this.ctx, field, i === fields.length - 1, entity.tag);
			if (good) checked.push(good);
		}
		this.#sameNames(checked);
		completeRecord(this.ctx, entity.tag, checked, attributes, pack, preserve);
		return entity;
	}

	#sameNames(fields: readonly Field[]): void {
		const seen = new Set<string>();
		for (const field of fields) {
			if (field.name === "") continue;
			if (seen.has(field.name)) {
				const first = fields.find((f) => f.name === field.name);
				this.ctx.reports.error("duplicate-member", field.at, `duplicate member '${field.name}'`, {
					notes: first ? [{ message: "previous declaration is here", at: first.at }] : [],
				});
			}
			seen.add(field.name);
		}
	}

	#members(fields: Field[]): void {
		if (this.accept(T.semicolon)) return;
		if (this.is(T.staticAssert)) {
			this.staticAssert();
			return;
		}
		const specifiers = this.specifiers();
		if (!specifiers.some) {
			this.#strangeMember();
			return;
		}
		if (specifiers.storage !== "none")
			this.ctx.reports.error(
				"specifier",
				specifiers.at,
				"type name does not allow storage class to be specified",
			);
		if (this.is(T.semicolon)) {
			this.#unnamed(specifiers, fields);
			this.next();
			return;
		}
		for (;;) {
			const field = this.#member(specifiers);
			if (field) fields.push(field);
			if (!this.accept(T.comma)) break;
		}
		if (!this.accept(T.semicolon)) {
			this.missing(";", " at end of declaration list");
			if (!this.is(T.rbrace) && !this.startsType()) {
				this.skipTo(T.semicolon);
				this.accept(T.semicolon);
			}
		}
	}

	#strangeMember(): void {
		if (this.is(T.identifier) && this.looksLikeType()) {
			const type = this.unknownType();
			this.declarator(type, false, []);
			if (this.accept(T.colon)) this.conditionalExpression();
		} else
			this.ctx.reports.error("expected", this.at, "type name requires a specifier or qualifier");
		this.skipTo(T.semicolon);
		this.accept(T.semicolon);
	}

	#unnamed(specifiers: Specifiers, fields: Field[]): void {
		const core = canonical(specifiers.type);
		if (core.kind === "record" && core.tag.name === "") {
			// Qualifiers before an unnamed record say nothing of its members.
			fields.push(this.#field("", core, specifiers.attributes, specifiers.at));
		} else if (core.kind !== "enum")
			this.ctx.reports.warning(
				"missing-declarations",
				specifiers.at,
				"declaration does not declare anything",
			);
	}

	#field(
		name: string,
		type: CType,
		attributes: readonly Attribute[],
		at: Location,
		bits?: number,
	): Field {
		if (attributes.length === 0 && bits === undefined)
			return { name, type, packed: false, aligned: 0, declTags: noTags, at };
		return {
			name,
			type,
			packed: has(attributes, "packed"),
			aligned: alignedOf(this.ctx, attributes),
			declTags: declTagsOf(attributes),
			at,
			...(bits === undefined ? {} : { bits }),
		};
	}

	#member(specifiers: Specifiers): Field | undefined {
		const attributes = specifiers.attributes.length > 0 ? specifiers.attributes.slice() : [];
		let name = "";
		let { at } = this;
		let type = specifiers.type;
		if (!this.is(T.colon)) {
			const d = this.declarator(specifiers.type, false, attributes);
			if (d.id >= 0) name = this.ctx.names.text(d.id);
			at = d.at;
			type = d.type;
			if (d.id < 0 && !this.is(T.colon)) return undefined;
		}
		let bits: number | undefined;
		if (this.accept(T.colon)) {
			const width = rvalue(this.conditionalExpression());
			const value = numberOf(width);
			if (value === undefined) {
				if (width.type !== errorType)
					this.ctx.reports.error("bit-field", width.at, "integer constant expression expected", {
						end: width.end,
					});
				return undefined;
			}
			bits = Number(value);
			this.attributes(attributes);
		}
		if (type === errorType) return undefined;
		return this.#field(name, type, attributes, at, bits);
	}

	override enumSpecifier(): TagEntity | undefined {
		const keyword = this.at;
		this.next();
		const attributes: Attribute[] = [];
		this.attributes(attributes);
		const named = this.is(T.identifier);
		const id = named ? this.id : -1;
		const at = named ? this.at : keyword;
		if (named) this.next();
		let fixed: IntType | undefined;
		if (this.is(T.colon) && (this.peek() === T.identifier || this.peek() >= T.void)) {
			this.next();
			fixed = underlying(this.specifiers().type);
		}
		const defines = this.is(T.lbrace);
		if (!named && !defines) {
			this.ctx.reports.error("expected", this.at, "expected identifier or '{'");
			return undefined;
		}
		const entity = declareTag(this.ctx, "enum", id, at, defines, this.is(T.semicolon), keyword);
		if (!defines || entity?.kind !== "enum") return entity;
		const open = this.at;
		this.next();
		const made = this.#enumerators();
		this.close(T.rbrace, "}", open, "{");
		this.attributes(attributes);
		completeEnum(this.ctx, entity.tag, made, has(attributes, "packed"), fixed);
		const mode = attributes.find((a) => a.name === "mode");
		const wide = mode && underlying(attributedType(this.ctx, intType, [mode]));
		if (wide) entity.tag.size = wide.size;
		const preserved =
			has(attributes, "preserve_access_index") ||
			has(this.pragmas.attributesFor("enum"), "preserve_access_index");
		if (preserved) entity.tag.preserve = true;
		return entity;
	}

	#enumerators(): Enumerator[] {
		const made: Enumerator[] = [];
		let value = 0n;
		if (this.is(T.rbrace)) this.ctx.reports.error("empty-enum", this.at, "use of empty enum");
		while (this.is(T.identifier)) {
			const { id, at } = this;
			this.next();
			if (this.is(T.attribute) || this.is(T.lbracket)) this.attributes([]);
			if (this.accept(T.assign)) value = this.#enumValue() ?? value;
			const enumerator: Enumerator = {
				name: this.ctx.names.text(id),
				value,
				type: enumeratorType(value),
				at,
			};
			this.#declareEnumerator(id, enumerator);
			made.push(enumerator);
			value += 1n;
			if (this.accept(T.comma)) continue;
			if (!this.is(T.identifier)) break;
			const edit = this.ctx.reports.insertAfter(this.before, ",");
			this.ctx.reports.errorBehind("expected", this.before, "missing ',' between enumerators", {
				fix: { title: "insert ','", edits: [edit] },
			});
		}
		if (!this.is(T.rbrace)) {
			this.ctx.reports.error(
				"expected",
				this.at,
				made.length > 0 ? "expected ',' or '}' after enumerator" : "expected identifier",
			);
			this.skipTo(T.rbrace);
		}
		return made;
	}

	#enumValue(): bigint | undefined {
		const e = rvalue(this.conditionalExpression());
		const value = numberOf(e);
		if (value === undefined && e.type !== errorType) {
			const text = underlying(e.type)
				? "expression is not an integer constant expression"
				: `integer constant expression must have integer type, not ${quoteType(e.type)}`;
			this.ctx.reports.error("not-constant", e.at, text, { end: e.end });
		}
		return value;
	}

	#declareEnumerator(id: number, enumerator: Enumerator): void {
		const { scopes, reports } = this.ctx;
		const here = scopes.findHere(id);
		if (here) {
			const text =
				here.kind === "enumerator"
					? `redefinition of enumerator '${enumerator.name}'`
					: `redefinition of '${enumerator.name}' as different kind of symbol`;
			reports.error("redefinition", enumerator.at, text, {
				notes: [{ message: "previous definition is here", at: placeOfEntity(here) }],
			});
		}
		scopes.declare(id, { kind: "enumerator", level: scopes.level, enumerator });
		this.ctx.refer(enumerator.at, enumerator);
	}
}
