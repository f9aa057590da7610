// Declaration specifiers (C11 6.7.1 to 6.7.6): the words before a declarator, to one type and one storage class. Knows nothing of
// the bodies of tags.

import {
	alignOf,
	boolType,
	type CType,
	charType,
	doubleType,
	errorType,
	floatType,
	int128Type,
	intType,
	longDoubleType,
	longLongType,
	longType,
	numberOf,
	qualify,
	shortType,
	signedCharType,
	unqualified,
	unsignedCharType,
	unsignedInt128Type,
	unsignedLongLongType,
	unsignedLongType,
	unsignedShortType,
	unsignedType,
	voidType,
} from "../ast/index.ts";
import {
	type Attribute,
	attributedType,
	headerNote,
	placeOfEntity,
	rvalue,
	type StorageClass,
	suggest,
	type TagEntity,
	type TagKind,
} from "../check/index.ts";
import type { Location } from "../token.ts";
import { AttributeParser } from "./attribute.ts";
import { isSpecifier, T } from "./code.ts";

/** What stands before the declarators. */
export interface Specifiers {
	type: CType;
	storage: StorageClass;
	inline: boolean;
	/** `__auto_type`: the initialiser decides. */
	auto: boolean;
	constexpr: boolean;
	attributes: Attribute[];
	readonly at: Location;
	/** The tag that stands here, for `struct s;`. */
	tag: TagEntity | undefined;
	/** Whether any word was there. */
	some: boolean;
	/** A `;` was missing behind a tag's body: nothing more belongs to this declaration. */
	ended: boolean;
}

/** A declarator: its name and the type it makes of a base. Made by the next stage. */
export interface Declarator {
	/** Id of the name, -1 without. */
	readonly id: number;
	readonly at: Location;
	readonly type: CType;
}

// How often each word of a basic type was seen, two bits each where it may repeat.
const bit = {
	void: 1,
	char: 2,
	short: 4,
	int: 8,
	long: 16,
	longLong: 32,
	float: 64,
	double: 128,
	signed: 256,
	unsigned: 512,
	bool: 1024,
	int128: 2048,
	complex: 4096,
};

const basic = new Map<number, CType>([
	[bit.void, voidType],
	[bit.bool, boolType],
	[bit.char, charType],
	[bit.char | bit.signed, signedCharType],
	[bit.char | bit.unsigned, unsignedCharType],
	[bit.float, floatType],
	[bit.double, doubleType],
	[bit.long | bit.double, longDoubleType],
	[bit.signed, intType],
	[bit.unsigned, unsignedType],
]);
for (const [word, signed, unsigned] of [
	[bit.short, shortType, unsignedShortType],
	[bit.long, longType, unsignedLongType],
	[bit.long | bit.longLong, longLongType, unsignedLongLongType],
	[bit.int128, int128Type, unsignedInt128Type],
	[0, intType, unsignedType],
] as const) {
	const int = word === bit.int128 ? 0 : bit.int;
	for (const words of [word, word | int]) {
		if (words === 0) continue;
		basic.set(words, signed);
		basic.set(words | bit.signed, signed);
		basic.set(words | bit.unsigned, unsigned);
	}
}

const words = new Map<number, number>([
	[T.void, bit.void],
	[T.char, bit.char],
	[T.short, bit.short],
	[T.int, bit.int],
	[T.float, bit.float],
	[T.double, bit.double],
	[T.signed, bit.signed],
	[T.unsigned, bit.unsigned],
	[T.bool, bit.bool],
	[T.int128, bit.int128],
	[T.complex, bit.complex],
]);

const storages = new Map<number, StorageClass>([
	[T.typedef, "typedef"],
	[T.extern, "extern"],
	[T.static, "static"],
	[T.auto, "auto"],
	[T.register, "register"],
]);

export abstract class SpecifierParser extends AttributeParser {
	abstract declarator(base: CType, abstract: boolean, attributes: Attribute[]): Declarator;
	abstract staticAssert(): void;
	abstract recordSpecifier(kind: TagKind, out: Specifiers): TagEntity | undefined;
	abstract enumSpecifier(): TagEntity | undefined;

	/** Reads specifiers; without any type word the type is `int` and that is reported, unless nothing is there at all. */
	specifiers(): Specifiers {
		const out: Specifiers = {
			type: voidType,
			storage: "none",
			inline: false,
			auto: false,
			constexpr: false,
			attributes: [],
			at: this.at,
			tag: undefined,
			some: false,
			ended: false,
		};
		const state: State = {
			seen: 0,
			type: undefined,
			const: false,
			volatile: false,
			restrict: false,
			atomic: false,
		};
		while (this.#specifier(out, state)) out.some = true;
		if (!out.some && out.attributes.length === 0) return out;
		let type = this.#typeOf(out, state);
		if (out.attributes.length > 0) type = attributedType(this.ctx, type, out.attributes);
		if (state.const || state.volatile || state.restrict || state.atomic)
			type = qualify(type, state);
		out.type = type;
		return out;
	}

	/** Takes one specifier; false when the current token is none. */
	#specifier(out: Specifiers, state: State): boolean {
		const { code } = this;
		switch (code) {
			case T.identifier:
				return this.#typedefName(state);
			case T.const:
			case T.volatile:
			case T.restrict:
				this.#twice(state);
				if (code === T.const) state.const = true;
				else if (code === T.volatile) state.volatile = true;
				else state.restrict = true;
				this.next();
				return true;
			case T.long:
				if (state.seen & bit.longLong) this.#combine("long long");
				state.seen |= state.seen & bit.long ? bit.longLong : bit.long;
				this.next();
				return true;
			case T.struct:
			case T.union:
				if (this.#afterTag(out)) return false;
				out.tag = this.recordSpecifier(code === T.struct ? "struct" : "union", out);
				state.type = out.tag?.type ?? errorType;
				return true;
			case T.enum:
				if (this.#afterTag(out)) return false;
				out.tag = this.enumSpecifier();
				state.type = out.tag?.type ?? errorType;
				return true;
			case T.typeof:
			case T.typeofUnqual:
				state.type = this.#typeof(code === T.typeofUnqual);
				return true;
			case T.autoType:
				out.auto = true;
				state.type = errorType;
				this.next();
				return true;
			case T.attribute:
				this.attributes(out.attributes);
				return true;
			case T.lbracket:
				if (this.peek() !== T.lbracket || out.some) return false;
				this.attributes(out.attributes);
				return true;
			default:
				return this.#otherWord(out, state);
		}
	}

	#combine(previous: string): void {
		const text = `cannot combine with previous '${previous}' declaration specifier`;
		this.ctx.reports.error("specifier", this.at, text);
	}

	/** A qualifier that was there already. */
	#twice(state: State): void {
		const { code } = this;
		const known =
			code === T.const ? state.const : code === T.volatile ? state.volatile : state.restrict;
		if (!known) return;
		const text = `duplicate '${this.text}' declaration specifier`;
		this.ctx.reports.warning("duplicate-decl-specifier", this.at, text);
	}

	/** A second type behind a tag's body: the `;` was forgotten. */
	#afterTag(out: Specifiers): boolean {
		if (!out.tag?.tag.complete) return false;
		const word = out.tag.kind === "enum" ? "enum" : out.tag.tag.union ? "union" : "struct";
		this.missing(";", ` after ${word}`);
		out.ended = true;
		return true;
	}

	#otherWord(out: Specifiers, state: State): boolean {
		const { code, at } = this;
		if (code >= T.void && code <= T.double && this.#afterTag(out)) return false;
		const word = words.get(code);
		if (word !== undefined) {
			const rival = word === bit.signed ? bit.unsigned : word === bit.unsigned ? bit.signed : 0;
			if (state.seen & rival) {
				this.#combine(rival === bit.signed ? "signed" : "unsigned");
				this.next();
				return true;
			}
			if (state.seen & word && word !== bit.signed && word !== bit.unsigned)
				this.#combine(this.text);
			state.seen |= word;
			this.next();
			return true;
		}
		const storage = storages.get(code);
		if (storage !== undefined) {
			if (out.storage !== "none" && out.storage !== storage)
				this.ctx.reports.error(
					"specifier",
					at,
					`cannot combine with previous '${out.storage}' declaration specifier`,
				);
			out.storage = storage;
			this.next();
			return true;
		}
		switch (code) {
			case T.inline:
				out.inline = true;
				break;
			case T.noreturn:
				out.attributes.push({ name: "noreturn", at, strings: [], numbers: [] });
				break;
			case T.threadLocal:
				this.ctx.reports.error(
					"thread-local",
					at,
					"thread-local storage is not supported for the current target",
				);
				break;
			case T.constexpr:
				out.constexpr = true;
				state.const = true;
				break;
			case T.extension:
				break;
			case T.bitInt:
				this.#bitInt(state);
				return true;
			case T.alignas:
				out.attributes.push(this.#alignas());
				return true;
			case T.atomic:
				this.#atomic(state);
				return true;
			default:
				return false;
		}
		this.next();
		return true;
	}

	#typedefName(state: State): boolean {
		if (state.type !== undefined || state.seen !== 0) return false;
		const entity = this.ctx.scopes.find(this.id);
		if (entity?.kind !== "typedef") return false;
		if (this.ctx.settings.references) this.ctx.refer(this.at, entity.typedef);
		if (entity.level > 0) this.ctx.usedTypes.add(entity.typedef);
		state.type = entity.type;
		this.next();
		return true;
	}

	#typeOf(out: Specifiers, state: State): CType {
		if (state.type !== undefined) {
			if (state.seen !== 0)
				this.ctx.reports.error("specifier", out.at, "cannot combine with previous type specifier");
			return state.type;
		}
		if (state.seen & bit.complex) {
			this.ctx.reports.unsupported("float", out.at, "complex numbers are not part of eBPF C");
			return errorType;
		}
		if (state.seen !== 0) {
			const type = basic.get(state.seen);
			if (type) return type;
			this.ctx.reports.error("specifier", out.at, `'${wordsOf(state.seen)}' is invalid`);
			return intType;
		}
		return this.#noType(out);
	}

	#noType(out: Specifiers): CType {
		if (this.ctx.settings.modern && (out.storage === "auto" || out.constexpr)) {
			out.auto = true;
			return errorType;
		}
		if (this.is(T.identifier) && this.looksLikeType()) return this.unknownType();
		const text =
			"type specifier missing, defaults to 'int'; ISO C99 and later do not support implicit int";
		this.ctx.reports.error("implicit-int", this.is(T.end) ? out.at : this.at, text);
		return intType;
	}

	/** An unknown name where only a type makes sense of what follows. */
	looksLikeType(): boolean {
		const after = this.peek();
		return (
			after === T.identifier ||
			isSpecifier(after) ||
			(after === T.star && this.peek(2) === T.identifier && this.peek(3) !== T.lparen) ||
			after === T.star
		);
	}

	/** Reports and passes over a name that should be a type. */
	unknownType(): CType {
		const { at, text, ctx } = this;
		ctx.probeNames(text);
		const names: string[] = [];
		ctx.scopes.visible().ordinary.forEach((entity, id) => {
			if (entity?.kind === "typedef") names.push(ctx.names.text(id));
		});
		const tag = ctx.scopes.findTag(this.id);
		this.next();
		if (tag) {
			const word = tag.kind === "enum" ? "enum" : tag.tag.union ? "union" : "struct";
			const fix = { title: `insert '${word}'`, edits: [ctx.reports.insertBefore(at, `${word} `)] };
			ctx.reports.error("unknown-type", at, `must use '${word}' tag to refer to type '${text}'`, {
				fix,
			});
			return tag.type;
		}
		const guess = suggest(text, names);
		const entity = guess === undefined ? undefined : ctx.scopes.find(ctx.names.id(guess));
		if (guess === undefined || entity?.kind !== "typedef") {
			const note = headerNote(text);
			const notes = note === undefined ? [] : [{ message: note, at }];
			ctx.reports.error("unknown-type", at, `unknown type name '${text}'`, { notes });
			return errorType;
		}
		ctx.reports.error("unknown-type", at, `unknown type name '${text}'; did you mean '${guess}'?`, {
			fix: { title: `change to '${guess}'`, edits: [ctx.reports.replace(at, guess)] },
			notes: [{ message: `'${guess}' declared here`, at: placeOfEntity(entity) }],
		});
		return entity.type;
	}

	#typeof(bare: boolean): CType {
		this.next();
		const open = this.at;
		if (!this.expect(T.lparen, "(", " after 'typeof'")) return errorType;
		this.ctx.unevaluated++;
		const type = this.startsType() ? this.typeName() : this.expression().type;
		this.ctx.unevaluated--;
		this.close(T.rparen, ")", open, "(");
		return bare ? unqualified(type) : type;
	}

	#alignas(): Attribute {
		const { at } = this;
		this.next();
		const open = this.at;
		this.expect(T.lparen, "(", " after '_Alignas'");
		let value: number | undefined;
		if (this.startsType()) value = alignOf(this.typeName());
		else {
			const constant = numberOf(rvalue(this.conditionalExpression()));
			value = constant === undefined ? 1 : Number(constant);
		}
		this.close(T.rparen, ")", open, "(");
		return { name: "aligned", at, strings: [], numbers: value === 0 ? [1] : [value] };
	}

	#bitInt(state: State): void {
		this.ctx.reports.error("bit-int", this.at, "_BitInt is not supported on this target");
		this.next();
		if (this.is(T.lparen)) this.skipBracket();
		state.type = errorType;
		state.seen = 0;
	}

	#atomic(state: State): void {
		this.next();
		state.atomic = true;
		if (!this.is(T.lparen)) return;
		const open = this.at;
		this.next();
		state.type = this.typeName();
		this.close(T.rparen, ")", open, "(");
	}
}

/** The words of a basic type, for a message. */
function wordsOf(seen: number): string {
	const names = Object.entries(bit).filter(([, value]) => seen & value);
	return names
		.map(([name]) => (name === "bool" ? "_Bool" : name === "longLong" ? "long" : name))
		.join(" ");
}

interface State {
	/** Bits of the words of basic types. */
	seen: number;
	type: CType | undefined;
	const: boolean;
	volatile: boolean;
	restrict: boolean;
	atomic: boolean;
}
