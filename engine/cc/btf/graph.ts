// C types → BTF types as clang makes them. A struct that is reached only through a pointer inside of another struct stays a forward
// declaration; everything else is described whole. Knows nothing of functions' bodies.

import type { BtfMember, BtfType } from "../../btf/index.ts";
import type { CType, EnumTag, FunctionType, RecordTag } from "../ast/index.ts";

type Reference =
	| { readonly kind: "ptr" | "const" | "volatile" | "restrict" }
	| { readonly kind: "typedef"; readonly name: string }
	| { readonly kind: "type_tag"; readonly name: string; readonly attribute: false };

/** What a reference points to: a type that has its number, or a record that may get one. */
type Target = number | RecordTag;

interface Open {
	readonly made: Reference;
	readonly tag: RecordTag;
}

/** Where a type stands: inside of a record (`member`), and behind a pointer there (`behind`). */
interface Way {
	readonly member: boolean;
	readonly behind: boolean;
}

const free: Way = { member: false, behind: false };

export class TypeGraph {
	/** Index 0 is void. */
	readonly types: BtfType[] = [{ kind: "void" }];
	readonly #open = new Map<number, Open>();
	readonly #records = new Map<RecordTag, number>();
	readonly #enums = new Map<EnumTag, number>();
	readonly #known = new Map<string, number>();
	readonly #tags = new Map<RecordTag, number>();
	/** References whose target was described whole. */
	readonly #deep = new Set<number>();
	#arrayIndex = 0;

	/** The id of a type, described whole. */
	type(type: CType): number {
		const target = this.#target(type, free);
		return typeof target === "number" ? target : this.#record(target);
	}

	add(type: BtfType): number {
		this.types.push(type);
		return this.types.length - 1;
	}

	/** The id of a function's prototype; `names` are its parameters' in the definition. */
	prototype(type: FunctionType, names?: readonly string[]): number {
		for (const p of names ? type.params : []) this.type(p.type);
		return this.#prototype(type, names);
	}

	/** Of a map's definition: keys and values behind pointers are described whole. */
	mapDefinition(type: CType): void {
		let t = type;
		while (t.kind !== "record") {
			if (t.kind === "typedef") t = t.typedef.type;
			else if (t.kind === "qualified" || t.kind === "tagged" || t.kind === "space") t = t.type;
			else return;
		}
		for (const m of t.tag.members) {
			this.type(m.type);
			const inner = arrayOfPointers(m.type);
			if (inner) this.mapDefinition(inner);
		}
	}

	/** Settles the references to records that were never described: forward declarations. */
	finish(): void {
		const forwards = new Map<RecordTag, number>();
		const byName = new Map<string, number>();
		for (const [tag, id] of this.#records)
			if (tag.name && !byName.has(tag.name)) byName.set(tag.name, id);
		for (const [id, { made, tag }] of this.#open) {
			const known = this.#records.get(tag) ?? (tag.name ? byName.get(tag.name) : undefined);
			const target = known ?? forwards.get(tag) ?? this.#forward(tag);
			if (known === undefined) forwards.set(tag, target);
			this.types[id] = { ...made, type: target };
		}
		this.#open.clear();
	}

	#forward(tag: RecordTag): number {
		return this.add({ kind: "fwd", name: tag.name, union: tag.union });
	}

	/** A named record behind a pointer in a record need not be described. */
	#target(type: CType, way: Way): Target {
		switch (type.kind) {
			case "void":
				return 0;
			case "record":
				if (way.member && way.behind && type.tag.name !== "") return type.tag;
				this.#record(type.tag);
				return type.tag;
			case "pointer":
				return this.#pointer(type, way);
			case "typedef":
				return this.#typedef(type, way);
			case "qualified":
				return this.#qualified(type, way);
			case "tagged":
			case "space":
				return this.#target(type.type, way);
			default:
				return this.#plain(type);
		}
	}

	#plain(type: CType): number {
		switch (type.kind) {
			case "bool":
				return this.#int("_Bool", 1, false, true);
			case "int":
				return this.#int(type.name, type.size, type.signed, false);
			case "float": {
				const { name, size } = type;
				return this.#once(`float ${name}`, () => this.add({ kind: "float", name, size }));
			}
			case "enum":
				return this.#enum(type.tag);
			case "array":
				return this.#array(type);
			case "function":
				return this.#prototype(type);
			default:
				return 0;
		}
	}

	#once(key: string, make: () => number): number {
		const known = this.#known.get(key);
		if (known !== undefined) return known;
		const id = make();
		this.#known.set(key, id);
		return id;
	}

	#int(name: string, size: number, signed: boolean, bool: boolean): number {
		return this.#once(`int ${name}`, () =>
			this.add({
				kind: "int",
				name,
				size,
				bits: 8 * size,
				bitOffset: 0,
				signed,
				char: false,
				bool,
			}),
		);
	}

	/** A reference to a type; it takes its number before the type, as clang has it. */
	#reference(key: string, made: Reference, to: CType, way: Way): number {
		const whole = `${key} ${this.#identity(to)}`;
		const known = this.#known.get(whole);
		const id = known ?? this.add({ ...made, type: 0 });
		this.#known.set(whole, id);
		const deep = !(way.member && way.behind);
		if (known !== undefined && (!deep || this.#deep.has(id))) return id;
		if (deep) this.#deep.add(id);
		const target = this.#target(to, way);
		if (typeof target === "number") this.types[id] = { ...made, type: target };
		else this.#open.set(id, { made, tag: target });
		return id;
	}

	/** The second pointer to a record by way of a qualifier or a typedef describes it. */
	#again(to: CType): void {
		let t = to;
		let named = false;
		for (;;) {
			if (t.kind === "record") {
				if (named) this.#record(t.tag);
				return;
			}
			named = t.kind === "qualified" || t.kind === "typedef";
			if (t.kind === "pointer") t = t.to;
			else if (t.kind === "typedef") t = t.typedef.type;
			else if (t.kind === "qualified" || t.kind === "tagged" || t.kind === "space") t = t.type;
			else return;
		}
	}

	/** A key that is the same for the same type however it is spelled in the tree. */
	#identity(type: CType): string {
		switch (type.kind) {
			case "record":
				return `r${this.#number(type.tag)}`;
			case "pointer":
				return `*${this.#identity(type.to)}`;
			case "typedef":
				return `t${type.typedef.name}@${type.typedef.at}`;
			case "qualified": {
				const { const: c, volatile: v, restrict: r } = type;
				return `${c ? "c" : ""}${v ? "v" : ""}${r ? "R" : ""}(${this.#identity(type.type)})`;
			}
			case "tagged":
				return `"${type.tag}"(${this.#identity(type.type)})`;
			case "space":
				return this.#identity(type.type);
			case "array":
				return `[${type.length ?? 0}]${this.#identity(type.of)}`;
			case "function":
				return `f(${type.params.map((p) => `${p.name}:${this.#identity(p.type)}`).join()})${isOpen(type)}${this.#identity(type.returns)}`;
			case "enum":
				return `e${type.tag.at}:${type.tag.name}`;
			case "int":
				return type.name;
			default:
				return type.kind;
		}
	}

	#number(tag: RecordTag): number {
		const known = this.#tags.get(tag);
		if (known !== undefined) return known;
		this.#tags.set(tag, this.#tags.size);
		return this.#tags.size - 1;
	}

	#pointer(type: CType & { kind: "pointer" }, way: Way): number {
		const tags: string[] = [];
		const to = withoutTags(type.to, tags);
		// What a tagged pointer points to is described: the verifier asks for the members of a kptr.
		const inside = way.member && tags.length === 0 ? { member: true, behind: true } : way;
		const isAgain = this.#known.has(`ptr ${this.#identity(to)}`);
		if (isAgain && way.member && !way.behind && tags.length === 0) this.#again(to);
		if (tags.length === 0) return this.#reference("ptr", { kind: "ptr" }, to, inside);
		const key = tags.map((t) => JSON.stringify(t)).join();
		let id = -1;
		tags.forEach((tag, i) => {
			const made: Reference = { kind: "type_tag", name: tag, attribute: false };
			if (i === 0) id = this.#reference(`tag ${JSON.stringify(tag)}`, made, to, inside);
			else {
				const before = id;
				const whole = tags
					.slice(0, i + 1)
					.map((t) => JSON.stringify(t))
					.join();
				id = this.#once(`tags ${whole} ${this.#identity(to)}`, () =>
					this.add({ ...made, type: before }),
				);
			}
		});
		return this.#once(`ptr ${key} ${this.#identity(to)}`, () =>
			this.add({ kind: "ptr", type: id }),
		);
	}

	#typedef(type: CType & { kind: "typedef" }, way: Way): number {
		const { name, declTags, at } = type.typedef;
		if (name === "__builtin_va_list") return 0;
		const known = this.#known.has(`typedef ${name}@${at} ${this.#identity(type.typedef.type)}`);
		const id = this.#reference(
			`typedef ${name}@${at}`,
			{ kind: "typedef", name },
			type.typedef.type,
			way,
		);
		if (!known) this.declTags(declTags, id, -1);
		return id;
	}

	#qualified(type: CType & { kind: "qualified" }, way: Way): Target {
		const kinds = [
			...(type.const ? ["const" as const] : []),
			...(type.volatile ? ["volatile" as const] : []),
			...(type.restrict ? ["restrict" as const] : []),
		];
		const [first, ...rest] = kinds;
		if (!first) return this.#target(type.type, way);
		const inner: CType =
			rest.length === 0
				? type.type
				: {
						kind: "qualified",
						type: type.type,
						const: false,
						volatile: rest.includes("volatile"),
						restrict: rest.includes("restrict"),
					};
		return this.#reference(first, { kind: first }, inner, way);
	}

	#enum(tag: EnumTag): number {
		const known = this.#enums.get(tag);
		if (known !== undefined) return known;
		const { name, size, signed } = tag;
		const values = tag.values.map((v) => ({ name: v.name, value: v.value }));
		const kind = size === 8 ? ("enum64" as const) : ("enum" as const);
		const id = this.add({ kind, name, size, signed, values });
		this.#enums.set(tag, id);
		return id;
	}

	#array(type: CType & { kind: "array" }): number {
		return this.#once(`array ${this.#identity(type)}`, () => {
			const id = this.add({ kind: "array", type: 0, index: 0, length: 0 });
			const of = this.type(type.of);
			if (this.#arrayIndex === 0)
				this.#arrayIndex = this.#int("__ARRAY_SIZE_TYPE__", 4, false, false);
			const length = type.length ?? 0;
			this.types[id] = { kind: "array", type: of, index: this.#arrayIndex, length };
			return id;
		});
	}

	#prototype(type: FunctionType, names?: readonly string[]): number {
		const key = names ? "" : `proto ${this.#identity(type)}`;
		const known = this.#known.get(key);
		if (key && known !== undefined) return known;
		const id = this.add({ kind: "func_proto", returns: 0, params: [] });
		if (key) this.#known.set(key, id);
		const returns = this.type(type.returns);
		const params = type.params.map((p, i) => ({ name: names?.[i] ?? "", type: this.type(p.type) }));
		if (names ? type.variadic : isOpen(type)) params.push({ name: "", type: 0 });
		this.types[id] = { kind: "func_proto", returns, params };
		return id;
	}

	#record(tag: RecordTag): number {
		const known = this.#records.get(tag);
		if (known !== undefined) return known;
		if (!tag.complete) {
			const id = this.#forward(tag);
			this.#records.set(tag, id);
			return id;
		}
		const kind = tag.union ? ("union" as const) : ("struct" as const);
		const { name, size } = tag;
		const id = this.add({ kind, name, size, members: [] });
		this.#records.set(tag, id);
		this.declTags(tag.declTags, id, -1);
		const members: BtfMember[] = [];
		for (const m of tag.members) {
			if (m.name === "" && m.bitSize !== undefined) continue;
			const target = this.#target(m.type, { member: true, behind: false });
			const type = typeof target === "number" ? target : this.#record(target);
			this.declTags(m.declTags, id, members.length);
			const bitOffset = m.bitSize === undefined ? 8 * m.offset : (m.bitOffset ?? 0);
			members.push({ name: m.name, type, bitOffset, bitSize: m.bitSize ?? 0 });
		}
		this.types[id] = { kind, name, size, members };
		return id;
	}

	declTags(tags: readonly string[], type: number, component: number): void {
		for (const name of tags)
			this.add({ kind: "decl_tag", name, type, component, attribute: false });
	}
}

/** Takes the tags off the top of what a pointer points to, typedefs kept. */
function withoutTags(type: CType, tags: string[]): CType {
	if (type.kind === "tagged") {
		const inner = withoutTags(type.type, tags);
		tags.push(type.tag);
		return inner;
	}
	if (type.kind === "qualified") {
		const inner = withoutTags(type.type, tags);
		return inner === type.type ? type : { ...type, type: inner };
	}
	return type.kind === "space" ? withoutTags(type.type, tags) : type;
}

/** The record that the values of a map of maps are: behind the pointers of an array. */
function arrayOfPointers(type: CType): CType | undefined {
	let t = type;
	while (t.kind === "qualified" || t.kind === "typedef")
		t = t.kind === "qualified" ? t.type : t.typedef.type;
	if (t.kind !== "array" || t.of.kind !== "pointer") return undefined;
	return t.of.to;
}

/** Whether more arguments may come; where nothing is said of parameters, they may. A definition says it by having none. */
function isOpen(type: FunctionType): boolean {
	return type.variadic || !type.prototype;
}
