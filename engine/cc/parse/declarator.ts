// Declarators (C11 6.7.6, 6.7.7): pointers, arrays, functions around a name, and type names. Gives the type that a base becomes.

import {
	type Attributes,
	alignOf,
	type CType,
	canonical,
	type Expression,
	elementType,
	errorType,
	intType,
	isComplete,
	isInteger,
	numberOf,
	qualify,
	quoteType,
	sizeOf,
	type Variable,
} from "../ast/index.ts";
import {
	type Attribute,
	attributedType,
	declarationAttributes,
	declareLocal,
	noAttributes,
	rvalue,
} from "../check/index.ts";
import type { Location } from "../token.ts";
import { T } from "./code.ts";
import { deepest } from "./cursor.ts";
import type { Declarator, Specifiers } from "./specifier.ts";
import { TagParser } from "./tag.ts";

/** One layer of a declarator, the one nearest to the name first. */
type Layer =
	| {
			readonly kind: "pointer";
			readonly const: boolean;
			readonly volatile: boolean;
			readonly restrict: boolean;
			readonly attributes: readonly Attribute[];
	  }
	| {
			readonly kind: "array";
			readonly length: number | undefined;
			readonly at: Location;
			readonly quals: { const: boolean; volatile: boolean; restrict: boolean };
	  }
	| {
			readonly kind: "function";
			readonly params: Variable[];
			readonly variadic: boolean;
			readonly prototype: boolean;
	  };

interface Named {
	id: number;
	at: Location;
}

export abstract class DeclaratorParser extends TagParser {
	/** Inside `sizeof`: lengths of arrays that are not known. */
	sizing: Expression[] | undefined;
	/** Parameters of the function declarator nearest to the name last read. */
	params: Variable[] | undefined;

	override typeName(): CType {
		const specifiers = this.specifiers();
		if (!specifiers.some) {
			if (this.is(T.identifier)) return this.unknownType();
			this.ctx.reports.error("expected", this.at, "expected a type");
			return errorType;
		}
		if (this.is(T.rparen) || this.is(T.comma) || this.is(T.colon)) return specifiers.type;
		return this.declarator(specifiers.type, true, []).type;
	}

	/** Reads a declarator; attributes in it and behind it are added to the list. */
	override declarator(base: CType, abstract: boolean, attributes: Attribute[]): Declarator {
		this.params = undefined;
		if (this.is(T.identifier)) {
			const after = this.peek();
			if (after !== T.lbracket && after !== T.lparen && after !== T.attribute) {
				const { id, at } = this;
				this.next();
				return { id, at, type: base };
			}
		}
		const named: Named = { id: -1, at: this.at };
		const layers: Layer[] = [];
		this.nested(
			() => this.#layers(layers, named, abstract, attributes),
			() => undefined,
		);
		if (this.is(T.attribute)) this.attributes(attributes);
		const nearest = layers[0];
		if (nearest?.kind === "function") this.params = nearest.params;
		let type = base;
		for (let i = layers.length - 1; i >= 0; i--) {
			const layer = layers[i];
			if (layer) type = this.#apply(type, layer, named);
		}
		return { id: named.id, at: named.at, type };
	}

	#layers(out: Layer[], named: Named, abstract: boolean, attributes: Attribute[]): void {
		const pointers: Layer[] = [];
		for (;;) {
			if (this.is(T.star)) {
				if (pointers.length === deepest)
					this.ctx.reports.error(
						"nesting",
						this.at,
						`more than ${deepest} pointers in a declarator`,
					);
				const pointer = this.#pointer();
				if (pointers.length < deepest) pointers.push(pointer);
			} else if (this.is(T.caret)) {
				this.ctx.reports.unsupported("blocks", this.at, "blocks are not part of eBPF C");
				this.next();
			} else break;
		}
		if (this.is(T.attribute)) this.attributes(attributes);
		if (this.is(T.identifier)) {
			named.id = this.id;
			named.at = this.at;
			this.next();
			if (this.is(T.lbracket) && this.peek() === T.lbracket) this.attributes(attributes);
		} else if (this.is(T.lparen) && !(abstract && this.#isParameters())) {
			const open = this.at;
			this.next();
			if (this.is(T.attribute)) this.attributes(attributes);
			this.nested(
				() => this.#layers(out, named, abstract, attributes),
				() => undefined,
			);
			this.close(T.rparen, ")", open, "(");
		} else if (!abstract) {
			if (!this.is(T.colon))
				this.ctx.reports.error("expected", this.at, "expected identifier or '('");
			named.at = this.at;
		} else named.at = this.at;
		this.#suffixes(out, named);
		for (let i = pointers.length - 1; i >= 0; i--) {
			const pointer = pointers[i];
			if (pointer) out.push(pointer);
		}
	}

	/** Whether the bracket here holds parameters rather than an inner declarator. */
	#isParameters(): boolean {
		const after = this.peek();
		if (after === T.rparen || after === T.ellipsis) return true;
		if (after === T.identifier) {
			const { index } = this;
			this.jump(index + 1);
			const type = this.startsType();
			this.jump(index);
			return type;
		}
		return after >= T.void && after < T.attribute;
	}

	#pointer(): Layer {
		this.next();
		const layer = {
			kind: "pointer" as const,
			const: false,
			volatile: false,
			restrict: false,
			attributes: none,
		};
		for (;;) {
			if (this.is(T.const)) layer.const = true;
			else if (this.is(T.volatile)) layer.volatile = true;
			else if (this.is(T.restrict)) layer.restrict = true;
			else if (this.is(T.attribute)) {
				layer.attributes = layer.attributes.slice();
				this.attributes(layer.attributes);
				continue;
			} else if (!this.is(T.atomic) && !this.is(T.extension)) return layer;
			this.next();
		}
	}

	#suffixes(out: Layer[], named: Named): void {
		for (;;) {
			if (out.length > deepest) {
				const text = `more than ${deepest} arrays and functions in a declarator`;
				this.ctx.reports.error("nesting", this.at, text);
				out.length = 0;
			}
			if (this.is(T.lbracket)) {
				if (this.peek() === T.lbracket) return;
				out.push(this.#array(named));
			} else if (this.is(T.lparen)) out.push(this.#function(named));
			else return;
		}
	}

	#array(named: Named): Layer {
		const { at } = this;
		this.next();
		const quals = { const: false, volatile: false, restrict: false };
		while (this.is(T.static) || this.is(T.const) || this.is(T.volatile) || this.is(T.restrict)) {
			if (this.is(T.const)) quals.const = true;
			else if (this.is(T.volatile)) quals.volatile = true;
			else if (this.is(T.restrict)) quals.restrict = true;
			this.next();
		}
		let length: number | undefined;
		if (this.is(T.star) && this.peek() === T.rbracket) this.next();
		else if (!this.is(T.rbracket)) length = this.#length(rvalue(this.assignment()), named);
		this.close(T.rbracket, "]", at, "[");
		return { kind: "array", length, at, quals };
	}

	#length(e: Expression, named: Named): number | undefined {
		if (e.type === errorType) return 1;
		if (!isInteger(e.type)) {
			this.ctx.reports.error(
				"array-size",
				e.at,
				`size of array has non-integer type ${quoteType(e.type)}`,
				{ end: e.end },
			);
			return 1;
		}
		const value = numberOf(e) ?? constantVariable(e);
		if (value === undefined && this.ctx.prototypes > 0) return undefined;
		if (value === undefined && this.sizing) {
			this.sizing.push(e);
			return 1;
		}
		if (value === undefined && this.ctx.current === undefined) {
			const text =
				this.depthOfRecords > 0
					? "fields must have a constant size: 'variable length array in structure' extension will never be supported"
					: "variable length array declaration not allowed at file scope";
			this.ctx.reports.error("array-size", named.at, text);
			return 1;
		}
		if (value === undefined) {
			this.ctx.reports.unsupported("vla", e.at, "variable-length arrays are not part of eBPF C", {
				end: e.end,
			});
			return 1;
		}
		if (value < 0n) {
			const what =
				named.id < 0
					? "array size is negative"
					: `'${this.ctx.names.text(named.id)}' declared as an array with a negative size`;
			this.ctx.reports.error("array-size", e.at, what, { end: e.end });
			return 1;
		}
		if (value >= 1n << 40n) {
			this.ctx.reports.error("array-size", e.at, `array is too large (${value} elements)`, {
				end: e.end,
			});
			return 1;
		}
		return Number(value);
	}

	#function(named: Named): Layer {
		const open = this.at;
		this.next();
		if (this.is(T.rparen)) {
			this.next();
			const prototype = this.ctx.settings.modern === true;
			return { kind: "function", params: [], variadic: false, prototype };
		}
		if (this.is(T.identifier) && !this.startsType() && this.#onlyNames())
			return this.#oldStyle(open, named);
		const params: Variable[] = [];
		let variadic = false;
		this.ctx.scopes.enter();
		this.ctx.prototypes++;
		if (this.is(T.void) && this.peek() === T.rparen) this.next();
		else
			for (;;) {
				if (this.accept(T.ellipsis)) {
					variadic = true;
					break;
				}
				if (!this.#parameter(params)) break;
				if (!this.accept(T.comma)) break;
			}
		this.ctx.prototypes--;
		this.ctx.scopes.leave();
		this.close(T.rparen, ")", open, "(");
		return { kind: "function", params, variadic, prototype: true };
	}

	/** Whether a parenthesis holds names alone, as parameters had them before C89. */
	#onlyNames(): boolean {
		const { index } = this;
		while (this.is(T.identifier) && !this.startsType()) {
			this.next();
			if (!this.accept(T.comma)) break;
		}
		const names = this.is(T.rparen);
		this.next();
		const declares = names && (this.startsType() || this.is(T.lbrace));
		this.jump(index);
		return declares;
	}

	/** `int f(a, b) int a, b; {`. */
	#oldStyle(open: Location, named: Named): Layer {
		const names: { readonly name: string; readonly at: Location }[] = [];
		for (; this.is(T.identifier); this.accept(T.comma)) {
			names.push({ name: this.text, at: this.at });
			this.next();
		}
		this.close(T.rparen, ")", open, "(");
		const declared = new Map<string, Variable>();
		while (this.startsType()) {
			const start = this.index;
			this.#oldParameters(names, declared);
			if (this.index === start) this.next();
		}
		const params = names.map(({ name, at }) => {
			const known = declared.get(name);
			if (known) return known;
			const text = `parameter '${name}' was not declared, defaults to 'int'; ISO C99 and later do not support implicit int`;
			this.ctx.reports.strict("implicit-int", at, text);
			return parameter(name, intType, noAttributes, at);
		});
		const text =
			"a function definition without a prototype is deprecated in all versions of C and is not supported in C23";
		this.ctx.reports.warning("deprecated-non-prototype", named.at, text);
		return { kind: "function", params, variadic: false, prototype: false };
	}

	/** One declaration between the names and the body. */
	#oldParameters(
		names: readonly { readonly name: string }[],
		declared: Map<string, Variable>,
	): void {
		const specifiers = this.specifiers();
		do {
			const attributes = specifiers.attributes.slice();
			const d = this.declarator(specifiers.type, false, attributes);
			if (d.id < 0) break;
			const name = this.ctx.names.text(d.id);
			const given =
				attributes.length > 0 ? declarationAttributes(this.ctx, attributes) : noAttributes;
			if (names.some((n) => n.name === name))
				declared.set(name, parameter(name, d.type, given, d.at));
			else {
				const text = `parameter named '${name}' is missing`;
				this.ctx.reports.error("parameter", d.at, text);
			}
		} while (this.accept(T.comma));
		if (!this.accept(T.semicolon)) this.missing(";", " at end of declaration");
	}

	#parameter(params: Variable[]): boolean {
		const specifiers = this.specifiers();
		if (!specifiers.some) {
			if (!this.is(T.identifier)) {
				this.ctx.reports.error("expected", this.at, "expected parameter declarator");
				return false;
			}
			const after = this.peek();
			if (after === T.comma || after === T.rparen) this.#implicit(specifiers);
			else specifiers.type = this.unknownType();
		}
		const attributes = specifiers.attributes.slice();
		const outer = this.params;
		const d = this.#parameterDeclarator(specifiers, attributes);
		this.params = outer;
		const given =
			attributes.length > 0 ? declarationAttributes(this.ctx, attributes) : noAttributes;
		const name = d.id < 0 ? "" : this.ctx.names.text(d.id);
		const variable = parameter(name, d.type, given, d.at);
		if (variable.type !== errorType && canonical(variable.type).kind === "void")
			this.ctx.reports.error(
				"parameter",
				d.at,
				d.id < 0
					? "'void' must be the first and only parameter if specified"
					: "argument may not have 'void' type",
			);
		if (canonical(variable.type).kind === "void") variable.type = errorType;
		declareLocal(this.ctx, variable);
		params.push(variable);
		return true;
	}

	#implicit(specifiers: Specifiers): void {
		const text =
			"type specifier missing, defaults to 'int'; ISO C99 and later do not support implicit int";
		this.ctx.reports.error("implicit-int", this.at, text);
		specifiers.type = errorType;
	}

	#parameterDeclarator(specifiers: Specifiers, attributes: Attribute[]): Declarator {
		if (this.is(T.comma) || this.is(T.rparen))
			return { id: -1, at: this.at, type: specifiers.type };
		return this.declarator(specifiers.type, true, attributes);
	}

	#apply(type: CType, layer: Layer, named: Named): CType {
		if (type === errorType && layer.kind !== "function") return type;
		switch (layer.kind) {
			case "pointer": {
				let out: CType = { kind: "pointer", to: type };
				if (layer.attributes.length > 0) out = attributedType(this.ctx, out, layer.attributes);
				return layer.const || layer.volatile || layer.restrict ? qualify(out, layer) : out;
			}
			case "array": {
				const core = canonical(type);
				const at = named.id < 0 ? layer.at : named.at;
				const name = named.id < 0 ? "array" : `'${this.ctx.names.text(named.id)}'`;
				if (core.kind === "function" || core.kind === "void") {
					const what =
						core.kind === "void"
							? `incomplete element type ${quoteType(type)}`
							: `array of functions of type ${quoteType(type)}`;
					this.ctx.reports.error(
						"array-element",
						at,
						core.kind === "void" ? `array has ${what}` : `${name} declared as ${what}`,
					);
					return errorType;
				}
				if (
					!isComplete(type) &&
					!(core.kind === "record" && !core.tag.complete && layer.length === undefined)
				) {
					this.ctx.reports.error(
						"array-element",
						at,
						`array has incomplete element type ${quoteType(type)}`,
					);
					return errorType;
				}
				if (sizeOf(type) % alignOf(type) !== 0) {
					const text = `size of array element of type ${quoteType(type)} (${sizeOf(type)} bytes) isn't a multiple of its alignment (${alignOf(type)} bytes)`;
					this.ctx.reports.error("array-element", at, text);
					return errorType;
				}
				if (layer.length === undefined) return { kind: "array", of: type };
				return { kind: "array", of: type, length: layer.length };
			}
			case "function": {
				const core = canonical(type);
				if (core.kind === "array" || core.kind === "function")
					this.ctx.reports.error(
						"function-return",
						named.at,
						`function cannot return ${core.kind} type ${quoteType(type)}`,
					);
				const params = layer.params.map((p) => ({ name: p.name, type: p.type }));
				return {
					kind: "function",
					returns: type,
					params,
					variadic: layer.variadic,
					prototype: layer.prototype,
				};
			}
		}
	}
}

const none: Attribute[] = [];

function parameter(name: string, type: CType, attributes: Attributes, at: Location): Variable {
	return {
		name,
		type: adjusted(type),
		storage: "parameter",
		attributes,
		defined: true,
		at,
		uses: 0,
		...(canonical(type).kind === "array" ? { written: type } : {}),
	};
}

/** Arrays and functions as parameters are pointers. */
function adjusted(type: CType): CType {
	const core = canonical(type);
	if (core.kind === "array") return { kind: "pointer", to: elementType(type) };
	return core.kind === "function" ? { kind: "pointer", to: type } : type;
}

/** The value of a `const` variable with a constant initialiser: clang folds such array sizes. */
function constantVariable(e: Expression): bigint | undefined {
	const place =
		e.kind === "load"
			? e.operand
			: e.kind === "cast" && e.operand.kind === "load"
				? e.operand.operand
				: undefined;
	if (place?.kind !== "variable") return undefined;
	const { variable } = place;
	const only =
		variable.type.kind === "qualified" && variable.type.const
			? variable.init?.entries[0]
			: undefined;
	return only && variable.init?.entries.length === 1 ? numberOf(only.value) : undefined;
}
