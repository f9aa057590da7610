// Types of a kernel's BTF → the declarations that `engine/abi/kernelbtf` is made of. Takes names and gives lines of text; what is
// only pointed to and not asked for is left undeclared, and becomes a forward declaration.

import { alignOf, type Btf, type BtfMember, type BtfType, sizeOf } from "../btf/index.ts";

/** Declarations of the types `wanted` and of all that they hold by value, one a line, ordered by kind and name. */
export function declare(btf: Btf, wanted: Iterable<number>): string[] {
	const writer = new Writer(btf);
	for (const id of wanted) writer.want(id);
	return writer.lines();
}

const marks = { struct: "+", union: "%", enum: "&", enum64: "&" };

class Writer {
	readonly #btf: Btf;
	readonly #wanted = new Set<number>();
	readonly #queue: number[] = [];
	/** Kind and name → the ids that have them, to tell apart different types of one name. */
	readonly #twins = new Map<string, number[]>();
	readonly #aligns = new Map<number, number>();

	/** Function → its declaration tags, e.g. ` bpf_kfunc`. */
	readonly #tags = new Map<number, string>();

	constructor(btf: Btf) {
		this.#btf = btf;
		for (const type of btf.types)
			if (type.kind === "decl_tag" && type.component < 0)
				this.#tags.set(type.type, `${this.#tags.get(type.type) ?? ""} ${type.name}`);
	}

	/** Declares a type, whole. */
	want(id: number): void {
		if (id === 0 || this.#wanted.has(id)) return;
		this.#wanted.add(id);
		this.#queue.push(id);
	}

	lines(): string[] {
		const out: [string, string][] = [];
		for (let id = this.#queue.shift(); id !== undefined; id = this.#queue.shift()) {
			const type = this.#type(id);
			const text = this.#line(id, type);
			if (text !== undefined) out.push([`${order(type)} ${text}`, text]);
		}
		return out.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
	}

	#type(id: number): BtfType {
		return this.#btf.types[id] ?? { kind: "void" };
	}

	#line(id: number, type: BtfType): string | undefined {
		switch (type.kind) {
			case "int":
			case "float":
				return basic(type);
			case "typedef":
				return `typedef ${this.#name(id, type.name, "")} ${this.#expression(type.type)}`;
			case "struct":
			case "union":
				return `${type.kind} ${this.#name(id, type.name, marks[type.kind])}${this.#size(type)} ${this.#members(type)}`;
			case "enum":
			case "enum64":
				return `enum ${this.#name(id, type.name, "&")} ${enumeration(type)}`;
			case "func":
				return `func ${type.name} ${this.#expression(type.type)}${this.#tags.get(id) ?? ""}`;
			case "var":
				return `var ${type.name} ${this.#expression(type.type)}`;
			default:
				return undefined;
		}
	}

	/** A second type of the same kind and name is called `name#2`. */
	#name(id: number, name: string, mark: string): string {
		const key = mark + name;
		const twins = this.#twins.get(key) ?? [];
		this.#twins.set(key, twins);
		let at = twins.indexOf(id);
		if (at < 0) at = twins.push(id) - 1;
		return at === 0 ? name : `${name}#${at + 1}`;
	}

	#members(type: BtfType & { kind: "struct" | "union" }): string {
		let end = 0;
		return type.members
			.map((m) => {
				const natural = type.kind === "union" ? 0 : this.#natural(end, m);
				end = m.bitOffset + (m.bitSize || 8 * (sizeOf(this.#btf, m.type) ?? 0));
				const place = natural === m.bitOffset ? "" : `@${m.bitOffset}`;
				const width = m.bitSize ? `:${m.bitSize}` : "";
				return `${m.name}${width}${place} ${this.#value(m.type)}`;
			})
			.join(",");
	}

	#natural(end: number, m: BtfMember): number {
		const align = 8 * alignOf(this.#btf, m.type, this.#aligns);
		if (m.bitSize === 0) return Math.ceil(end / align) * align;
		const unit = 8 * (sizeOf(this.#btf, m.type) ?? 1);
		const crosses = Math.floor(end / unit) !== Math.floor((end + m.bitSize - 1) / unit);
		return crosses ? Math.ceil(end / unit) * unit : end;
	}

	/** The size where it is not the end of the last member, rounded up to the largest alignment among them. */
	#size(type: BtfType & { kind: "struct" | "union" }): string {
		let align = 1;
		let end = 0;
		for (const m of type.members) {
			align = Math.max(align, alignOf(this.#btf, m.type, this.#aligns));
			const bits = m.bitSize || 8 * (sizeOf(this.#btf, m.type) ?? 0);
			end = Math.max(end, Math.ceil((m.bitOffset + bits) / 8));
		}
		return Math.ceil(end / align) * align === type.size ? "" : `=${type.size}`;
	}

	/** The type of a member, which has to be known whole. */
	#value(id: number): string {
		let at = id;
		for (;;) {
			const type = this.#type(at);
			if (type.kind === "array" || isModifier(type)) at = type.type;
			else break;
		}
		const type = this.#type(at);
		if ("name" in type && type.name !== "") this.want(at);
		if (type.kind === "typedef") this.#value(type.type);
		return this.#expression(id);
	}

	/** The type of a parameter, which is passed by value. */
	#passed(id: number): string {
		return id === 0 ? "." : this.#value(id);
	}

	#expression(id: number): string {
		if (id === 0) return ".";
		const type = this.#type(id);
		switch (type.kind) {
			case "ptr":
				return `*${this.#expression(type.type)}`;
			case "const":
				return `!${this.#expression(type.type)}`;
			case "volatile":
				return `~${this.#expression(type.type)}`;
			case "restrict":
				return `^${this.#expression(type.type)}`;
			case "type_tag":
				return `<${type.name}>${this.#expression(type.type)}`;
			case "array":
				return `[${type.length}]${this.#value(type.type)}`;
			case "func_proto": {
				const params = type.params.map((p) => `${p.name} ${this.#passed(p.type)}`);
				return `(${params.join(",")})${this.#passed(type.returns)}`;
			}
			case "struct":
			case "union":
				return type.name === ""
					? `${marks[type.kind]}${this.#size(type)}{${this.#members(type)}}`
					: marks[type.kind] + this.#name(id, type.name, marks[type.kind]);
			case "fwd":
				return (type.union ? "%" : "+") + type.name;
			case "enum":
			case "enum64":
				return type.name === "" ? `&{${enumeration(type)}}` : `&${this.#name(id, type.name, "&")}`;
			case "typedef":
				this.want(id);
				return this.#name(id, type.name, "");
			default:
				this.want(id);
				return "name" in type ? basicName(type.name) : ".";
		}
	}
}

function isModifier(
	type: BtfType,
): type is Extract<BtfType, { kind: "const" | "volatile" | "restrict" | "type_tag" }> {
	return ["const", "volatile", "restrict", "type_tag"].includes(type.kind);
}

function basicName(name: string): string {
	return name.replaceAll(" ", "-");
}

function basic(type: BtfType & { kind: "int" | "float" }): string {
	const name = basicName(type.name);
	if (type.kind === "float") return `float ${name} ${type.size}`;
	const flags = (type.signed ? "s" : "") + (type.char ? "c" : "") + (type.bool ? "b" : "");
	const bits = type.bits === type.size * 8 ? "" : `:${type.bits}`;
	return `int ${name} ${type.size}${bits}${flags && ` ${flags}`}`;
}

/** `size`, `s` for signed, then the values; one that is the one before plus one is not written. */
function enumeration(type: BtfType & { kind: "enum" | "enum64" }): string {
	let next = 0n;
	const values = type.values.map(({ name, value }) => {
		const text = value === next ? name : `${name}=${value}`;
		next = value + 1n;
		return text;
	});
	const wide = type.kind === "enum64" ? "w" : "";
	return `${type.size}${type.signed ? "s" : ""}${wide} ${values.join(",")}`;
}

const kinds = ["int", "float", "typedef", "enum", "union", "struct", "var", "func"];

function order(type: BtfType): string {
	const kind = type.kind === "enum64" ? "enum" : type.kind;
	return String(kinds.indexOf(kind));
}
