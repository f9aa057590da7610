// Initialisers (C11 6.7.9): braces, designators and omitted braces flattened into entries by offset. Takes what the parser read,
// gives the entries and the type that they complete.

import {
	type CType,
	canonical,
	compatible,
	type Expression,
	elementType,
	errorType,
	findMember,
	foldedOf,
	type Initializer,
	isCharacter,
	isComplete,
	isScalar,
	type Member,
	quoteType,
	type RecordTag,
	recordOf,
	sizeOf,
	unqualified,
	wrap,
} from "../ast/index.ts";
import type { Location } from "../token.ts";
import { noMember } from "./access.ts";
import { assignTo } from "./assign.ts";
import { type Context, isBad } from "./context.ts";
import { rvalue } from "./convert.ts";
import { warnTruncated } from "./operator.ts";

/** An initialiser as written. */
export type Init =
	| { readonly kind: "value"; readonly value: Expression }
	| {
			readonly kind: "list";
			readonly items: readonly InitItem[];
			readonly at: Location;
			readonly end: Location;
	  };

export interface InitItem {
	readonly designators: readonly Designator[];
	readonly init: Init;
}

export type Designator =
	| { readonly kind: "member"; readonly name: string; readonly at: Location }
	/** `[low]` or GNU's `[low ... high]`. */
	| { readonly kind: "index"; readonly low: number; readonly high: number; readonly at: Location };

type Entry = Initializer["entries"][number];

/** A part of the object that is being filled, and what comes next in it. */
interface Frame {
	readonly type: CType;
	readonly offset: number;
	/** Members, or elements. */
	readonly count: number;
	next: number;
	/** Elements reached, for arrays of unknown length. */
	reached: number;
}

const mostElements = 1 << 20;
/** Larger objects are refused: an object file holds their bytes. */
const mostBytes = 1 << 26;

export function isHuge(type: CType): boolean {
	return sizeOf(type) > mostBytes;
}

export function hugeObject(ctx: Context, type: CType, at: Location): void {
	const text = `objects of ${sizeOf(type)} bytes are too large`;
	ctx.reports.unsupported("huge-object", at, text);
}

/** Fills an object of a type; in static storage every value must be constant. `nameAt`: where clang puts the caret. */
export function initialize(
	ctx: Context,
	type: CType,
	init: Init,
	isStatic: boolean,
	nameAt: Location | undefined,
): { readonly type: CType; readonly init: Initializer } {
	const filler = new Filler(ctx, isStatic, nameAt);
	const done = filler.object(type, init);
	return { type: done, init: { entries: filler.entries } };
}

class Filler {
	readonly entries: Entry[] = [];
	readonly #ctx: Context;
	readonly #static: boolean;
	readonly #nameAt: Location | undefined;
	/** A designator was seen: entries may come twice. */
	#designated = false;
	/** Where the entry lies that is farthest from the start. */
	#highest = -1;
	/** The member of each union that was initialised last, by the union's offset. */
	readonly #active = new Map<RecordTag, Map<number, number>>();

	constructor(ctx: Context, isStatic: boolean, nameAt: Location | undefined) {
		this.#ctx = ctx;
		this.#static = isStatic;
		this.#nameAt = nameAt;
	}

	/** The outermost object; the type comes back with its length. */
	object(type: CType, init: Init): CType {
		const core = canonical(type);
		if (type === errorType) return type;
		if (isComplete(type) && isHuge(type)) {
			hugeObject(this.#ctx, type, this.#nameAt ?? placeOf(init));
			return errorType;
		}
		if (init.kind === "value") return this.#outerValue(type, init.value);
		if (core.kind === "array") {
			const only = this.#bracedString(type, init);
			if (only) return this.#outerValue(type, only);
			const reached = this.#list(type, 0, init);
			return core.length === undefined ? withLength(type, reached) : type;
		}
		if (core.kind === "record") this.#list(type, 0, init);
		else this.#scalarList(type, 0, undefined, init);
		return type;
	}

	#outerValue(type: CType, value: Expression): CType {
		const core = canonical(type);
		if (core.kind === "array") {
			if (value.kind === "string" && fitsString(type, value)) {
				const done = core.length === undefined ? withLength(type, stringLength(value)) : type;
				this.#string(done, 0, value);
				return done;
			}
			if (
				value.kind === "literal" &&
				value.variable.init &&
				compatible(elementType(type), elementType(value.type), true)
			) {
				for (const entry of value.variable.init.entries) this.#add(entry);
				return core.length === undefined ? value.type : type;
			}
			if (!isBad(value)) this.#notArray(type, value);
			return type;
		}
		this.#value(type, 0, undefined, value, this.#nameAt);
		return type;
	}

	#notArray(type: CType, value: Expression): void {
		const text = isCharacter(elementType(type))
			? "array initializer must be an initializer list or string literal"
			: "array initializer must be an initializer list";
		this.#ctx.reports.error("array-initializer", this.#nameAt ?? value.at, text);
	}

	/** `{ "text" }` for a character array. */
	#bracedString(type: CType, init: Extract<Init, { kind: "list" }>): Expression | undefined {
		const only = init.items.length === 1 ? init.items[0] : undefined;
		if (!only || only.designators.length > 0 || only.init.kind !== "value") return undefined;
		const { value } = only.init;
		return value.kind === "string" && fitsString(type, value) ? value : undefined;
	}

	#scalarList(
		type: CType,
		offset: number,
		member: Member | undefined,
		init: Extract<Init, { kind: "list" }>,
	): void {
		const first = init.items[0];
		if (!first) return;
		if (first.designators.length > 0)
			this.#ctx.reports.error(
				"designator",
				init.at,
				`designator in initializer for scalar type ${quoteType(type)}`,
			);
		const second = init.items[1];
		if (second)
			this.#ctx.reports.warning(
				"excess-initializers",
				placeOf(second.init),
				"excess elements in scalar initializer",
			);
		if (first.init.kind === "list") this.#scalarList(type, offset, member, first.init);
		else this.#value(type, offset, member, first.init.value, undefined);
	}

	#value(
		type: CType,
		offset: number,
		member: Member | undefined,
		written: Expression,
		nameAt: Location | undefined,
	): void {
		const tag = recordOf(type);
		if (
			tag &&
			this.#static &&
			written.kind === "literal" &&
			written.variable.init &&
			recordOf(written.type) === tag
		) {
			for (const entry of written.variable.init.entries)
				this.#add({ ...entry, offset: entry.offset + offset });
			return;
		}
		const purpose = {
			kind: "initializing" as const,
			...(nameAt === undefined ? {} : { at: nameAt }),
		};
		let value = assignTo(this.#ctx, written, type, purpose);
		if (member?.bitSize !== undefined)
			warnTruncated(this.#ctx, member, rvalue(written), written.at);
		if (isBad(value)) return;
		if (this.#static) {
			const constant = foldedOf(value);
			if (!constant) {
				const text = "initializer element is not a compile-time constant";
				this.#ctx.reports.error("not-constant", written.at, text, { end: written.end });
				return;
			}
			if (constant.base === undefined && value.kind !== "number" && isScalar(value.type))
				value = {
					kind: "number",
					type: value.type,
					value: wrap(constant.offset, value.type),
					at: value.at,
					end: value.end,
				};
		}
		this.#add(member?.bitSize === undefined ? { offset, value } : { offset, member, value });
	}

	#string(type: CType, offset: number, value: Extract<Expression, { kind: "string" }>): void {
		const size = sizeOf(type);
		if (value.bytes.length - sizeOf(elementType(value.type)) > size)
			this.#ctx.reports.warning(
				"excess-initializers",
				value.at,
				"initializer-string for char array is too long",
			);
		const bytes = new Uint8Array(size);
		bytes.set(value.bytes.subarray(0, size));
		this.#add({ offset, value: { ...value, type: unqualified(type), bytes } });
	}

	/** A braced list for an aggregate; gives the elements reached. */
	#list(type: CType, offset: number, init: Extract<Init, { kind: "list" }>): number {
		const bottom = frame(type, offset);
		// That the variable's type is incomplete is said where it is declared.
		if (!isComplete(type) && canonical(type).kind !== "array") {
			if (offset > 0)
				this.#ctx.reports.error(
					"incomplete-type",
					init.at,
					`initialization of incomplete type ${quoteType(type)}`,
				);
			return 0;
		}
		let stack = [bottom];
		for (const item of init.items) {
			if (item.designators.length === 0) {
				if (this.#place(stack, item.init)) continue;
				this.#excess(type, item.init);
				break;
			}
			this.#designated = true;
			for (const path of this.#spread(item.designators)) {
				stack = [bottom];
				if (!this.#walk(stack, path)) break;
				this.#place(stack, item.init);
			}
		}
		return bottom.reached;
	}

	/** Like clang, nothing behind the excess element counts. */
	#excess(type: CType, init: Init): void {
		const array = canonical(type).kind === "array";
		const what = array ? "array" : recordOf(type)?.union ? "union" : "struct";
		const text = `excess elements in ${what} initializer`;
		this.#ctx.reports.warning("excess-initializers", placeOf(init), text);
	}

	/** Ranges as one path for each element. */
	#spread(designators: readonly Designator[]): Designator[][] {
		let paths: Designator[][] = [[]];
		for (const d of designators) {
			if (d.kind === "member" || d.low === d.high) {
				for (const path of paths) path.push(d);
				continue;
			}
			const many = (d.high - d.low + 1) * paths.length;
			if (many > mostElements || many < 1) {
				if (d.high < d.low)
					this.#ctx.reports.error(
						"designator",
						d.at,
						`array designator range [${d.low}, ${d.high}] is empty`,
					);
				else
					this.#ctx.reports.unsupported(
						"huge-range",
						d.at,
						`designator range of ${many} elements is too large`,
					);
				return [];
			}
			const next: Designator[][] = [];
			for (const path of paths)
				for (let i = d.low; i <= d.high; i++) next.push([...path, { ...d, low: i, high: i }]);
			paths = next;
		}
		return paths;
	}

	/** Makes the designated place the next one to be filled. */
	#walk(stack: Frame[], path: readonly Designator[]): boolean {
		for (const [i, d] of path.entries()) {
			const top = stack[stack.length - 1];
			if (!top) return false;
			if (i > 0) {
				const part = partOf(top);
				if (!part || !aggregate(part.type)) {
					this.#ctx.reports.error("designator", d.at, "designator in initializer for scalar type");
					return false;
				}
				advance(top);
				stack.push(frame(part.type, part.offset));
			}
			if (!this.#select(stack, d)) return false;
		}
		return true;
	}

	#select(stack: Frame[], d: Designator): boolean {
		const top = stack[stack.length - 1];
		if (!top) return false;
		const tag = recordOf(top.type);
		if (d.kind === "index") {
			if (canonical(top.type).kind !== "array") {
				this.#ctx.reports.error(
					"designator",
					d.at,
					`array designator cannot initialize non-array type ${quoteType(top.type)}`,
				);
				return false;
			}
			if (d.low >= top.count || d.low < 0) {
				this.#ctx.reports.error(
					"designator",
					d.at,
					`array designator index (${d.low}) exceeds array bounds (${top.count})`,
				);
				return false;
			}
			if (d.low >= mostBytes) {
				const text = `array designator index (${d.low}) is too large`;
				this.#ctx.reports.unsupported("huge-range", d.at, text);
				return false;
			}
			top.next = d.low;
			return true;
		}
		if (!tag) {
			const text = `field designator cannot initialize a non-struct, non-union type ${quoteType(top.type)}`;
			this.#ctx.reports.error("designator", d.at, text);
			return false;
		}
		return this.#selectMember(stack, top, tag, d.name, d.at);
	}

	#selectMember(stack: Frame[], top: Frame, tag: RecordTag, name: string, at: Location): boolean {
		const chain = findMember(tag, name);
		this.#ctx.probeMembers(name, tag);
		if (!chain) {
			this.#noField(tag, top.type, name, at);
			return false;
		}
		let current = top;
		for (const [i, m] of chain.entries()) {
			if (i > 0) {
				const part = partOf(current);
				if (!part) return false;
				advance(current);
				current = frame(part.type, part.offset);
				stack.push(current);
			}
			const { union } = recordOf(current.type) ?? { union: false };
			if (union) this.#activate(current, m.index);
			current.next = m.index;
		}
		const last = chain[chain.length - 1];
		if (last) this.#ctx.refer(at, last);
		return true;
	}

	#noField(tag: RecordTag, type: CType, name: string, at: Location): void {
		noMember(
			this.#ctx,
			tag,
			type,
			name,
			at,
			`field designator '${name}' does not refer to any field in type ${quoteType(type)}`,
		);
	}

	/** Puts an initialiser at the next place, opening aggregates whose braces are omitted. False when there is no room. */
	#place(stack: Frame[], init: Init): boolean {
		for (let guard = 0; guard < 1000; guard++) {
			const top = stack[stack.length - 1];
			if (!top) return false;
			const part = partOf(top);
			if (!part) {
				if (stack.length === 1) return false;
				stack.pop();
				continue;
			}
			if (recordOf(top.type)?.union) this.#activate(top, top.next);
			if (!this.#fill(part, init)) {
				advance(top);
				stack.push(frame(part.type, part.offset));
				continue;
			}
			advance(top);
			return true;
		}
		return false;
	}

	/** Another member of a union takes the place of the one before. */
	#activate(union: Frame, member: number): void {
		const tag = recordOf(union.type);
		if (!tag) return;
		const places = this.#active.get(tag) ?? new Map<number, number>();
		this.#active.set(tag, places);
		const before = places.get(union.offset);
		places.set(union.offset, member);
		if (before !== undefined && before !== member) this.#forget(union.offset, tag.size);
	}

	#add(entry: Entry): void {
		this.entries.push(entry);
		this.#highest = Math.max(this.#highest, firstByte(entry));
	}

	#forget(offset: number, size: number): void {
		const inside = (e: Entry) => firstByte(e) >= offset && firstByte(e) < offset + size;
		if (offset > this.#highest || !this.entries.some(inside)) return;
		const kept = this.entries.filter((e) => !inside(e));
		this.entries.length = 0;
		for (const entry of kept) this.entries.push(entry);
	}

	/** A whole aggregate that is initialised again forgets what was said of its parts. */
	#override({ type, offset }: Part, init: Init): void {
		const whole = init.kind === "list" || canonical(init.value.type).kind === canonical(type).kind;
		if (whole) this.#forget(offset, sizeOf(type));
	}

	/** False when the part is an aggregate that the value is only the first piece of. */
	#fill(part: Part, init: Init): boolean {
		const { type, offset, member } = part;
		if (this.#designated && aggregate(type)) this.#override(part, init);
		if (init.kind === "list") {
			const only = canonical(type).kind === "array" ? this.#bracedString(type, init) : undefined;
			if (only?.kind === "string")
				this.#string(part.flexible ? withLength(type, stringLength(only)) : type, offset, only);
			else if (aggregate(type)) this.#list(type, offset, init);
			else this.#scalarList(type, offset, member, init);
			return true;
		}
		const { value } = init;
		if (isBad(value)) return true;
		if (canonical(type).kind === "array") {
			if (value.kind !== "string" || !fitsString(type, value)) return false;
			this.#string(part.flexible ? withLength(type, stringLength(value)) : type, offset, value);
			return true;
		}
		const tag = recordOf(type);
		if (tag && recordOf(rvalue(value).type) !== tag) {
			if (tag.members.length > 0) return false;
		}
		this.#value(type, offset, member, value, undefined);
		return true;
	}
}

interface Part {
	readonly type: CType;
	readonly offset: number;
	readonly member?: Member;
	/** An array without a length of its own. */
	readonly flexible: boolean;
}

/** Where an entry's bits begin; a bit-field's storage unit may begin before. */
function firstByte({ offset, member }: Entry): number {
	if (member?.bitOffset === undefined) return offset;
	return offset + Math.floor((member.bitOffset - member.offset * 8) / 8);
}

function frame(type: CType, offset: number): Frame {
	const core = canonical(type);
	if (core.kind === "array")
		return { type, offset, count: core.length ?? Number.POSITIVE_INFINITY, next: 0, reached: 0 };
	const count = core.kind === "record" ? core.tag.members.length : 0;
	return { type, offset, count, next: 0, reached: 0 };
}

/** The next part of an aggregate that can be initialised. */
function partOf(top: Frame): Part | undefined {
	const core = canonical(top.type);
	if (core.kind === "array") {
		if (top.next >= top.count) return undefined;
		const type = elementType(top.type);
		return { type, offset: top.offset + top.next * sizeOf(type), flexible: false };
	}
	if (core.kind !== "record") return undefined;
	for (;;) {
		const m = core.tag.members[top.next];
		if (!m) return undefined;
		if (m.name === "" && m.bitSize !== undefined) {
			top.next++;
			continue;
		}
		const inner = canonical(m.type);
		const flexible = inner.kind === "array" && inner.length === undefined;
		return { type: m.type, offset: top.offset + m.offset, member: m, flexible };
	}
}

function advance(top: Frame): void {
	const core = canonical(top.type);
	if (core.kind === "record" && core.tag.union) top.next = core.tag.members.length;
	else top.next++;
	if (top.next > top.reached) top.reached = top.next;
}

function aggregate(type: CType): boolean {
	const kind = canonical(type).kind;
	return kind === "array" || kind === "record";
}

function fitsString(type: CType, value: Extract<Expression, { kind: "string" }>): boolean {
	const element = canonical(elementType(type));
	const unit = canonical(elementType(value.type));
	if (element.kind !== "int" || unit.kind !== "int") return false;
	return isCharacter(unit)
		? isCharacter(element)
		: element.size === unit.size && element.rank === unit.rank;
}

function stringLength(value: Expression): number {
	const core = canonical(value.type);
	return core.kind === "array" ? (core.length ?? 0) : 0;
}

function withLength(type: CType, length: number): CType {
	return { kind: "array", of: elementType(type), length };
}

function placeOf(init: Init): Location {
	return init.kind === "list" ? init.at : init.value.at;
}
