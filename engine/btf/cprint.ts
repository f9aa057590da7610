// Type graph → C definitions in the order they need each other, as `bpftool btf dump … format c` prints them. Bounded on hostile
// graphs: what is nested too deeply or grows too long ends with a diagnostic.

import type { Diagnostic, Outcome } from "../base/index.ts";
import { alignOf, isPacked, sizeOf } from "./layout.ts";
import { DefinitionOrder, Unordered } from "./order.ts";
import type { Btf, BtfType } from "./types.ts";

const DEPTH = 1000;
const STEPS = 20_000_000;
const MOST_TEXT = 1 << 26;
/** Lines that fill one hole. */
const MOST_PADS = 100_000;

type Composite = Extract<BtfType, { kind: "struct" | "union" }>;
type Enumeration = Extract<BtfType, { kind: "enum" | "enum64" }>;

/**
 * C definitions of the types `ids` (all of them when left out) and of what these need. Text as of libbpf 1.1; later versions mark
 * enums that are not 4 bytes wide with the attribute `mode`.
 */
export function printC(btf: Btf, ids?: readonly number[]): Outcome<string> {
	const printer = new CPrinter(btf);
	for (const id of ids ?? btf.types.keys()) {
		const fault = printer.define(id);
		if (fault) return { diagnostics: [fault] };
	}
	return { value: printer.text(), diagnostics: [] };
}

/** A declaration of `name` with the type `id`, e.g. `int (*name)[3]`; anonymous structs are written out, `indent` tabs deep. */
export function printDeclaration(btf: Btf, id: number, name: string, indent = 0): Outcome<string> {
	const printer = new CPrinter(btf);
	printer.declare(id, name, indent);
	return printer.outcome();
}

const missing: Readonly<Record<string, string>> = {
	__Poly8_t: "unsigned char",
	__Poly16_t: "unsigned short",
	__Poly64_t: "unsigned long long",
	__Poly128_t: "unsigned __int128",
};

const EMITTING = 1;
const EMITTED = 2;

/** Prints declarations and definitions into one text; keeps which names are taken and what has been defined. */
export class CPrinter {
	readonly #btf: Btf;
	readonly #parts: string[] = [];
	#length = 0;
	#steps = 0;
	#fault: string | undefined;
	readonly #order: DefinitionOrder;
	readonly #state: Uint8Array;
	readonly #forward: Uint8Array;
	/** Names of structs, unions and enums are one name space, typedefs and enumerators the other. */
	readonly #tags = new Names();
	readonly #idents = new Names();
	readonly #aligns = new Map<number, number>();
	readonly #stripModifiers: boolean;

	/** `stripModifiers` leaves out const, volatile, restrict and type tags of declarations. */
	constructor(btf: Btf, options: { readonly stripModifiers?: boolean } = {}) {
		this.#btf = btf;
		this.#stripModifiers = options.stripModifiers ?? false;
		this.#order = new DefinitionOrder(btf);
		this.#state = new Uint8Array(btf.types.length);
		this.#forward = new Uint8Array(btf.types.length);
	}

	text(): string {
		return this.#parts.join("");
	}

	/** The text so far, which is dropped; names stay taken. */
	take(): string {
		const text = this.text();
		this.#parts.length = 0;
		return text;
	}

	outcome(): Outcome<string> {
		return this.#fault
			? { diagnostics: [problem(this.#fault)] }
			: { value: this.text(), diagnostics: [] };
	}

	/** Appends the definition of a type, those it needs first, and not again what stands there already. */
	define(id: number): Diagnostic | undefined {
		const ids = this.#order.definitions(id);
		if (ids instanceof Unordered) return problem(ids.reason);
		for (const next of ids) this.#emit(next, 0, 0);
		return this.#fault ? problem(this.#fault) : undefined;
	}

	/** Appends a declaration, without the semicolon. */
	declare(id: number, name: string, indent: number): void {
		this.#declare(id, name, indent, 0);
	}

	#print(text: string): void {
		this.#parts.push(text);
		this.#length += text.length;
		if (this.#length > MOST_TEXT) this.#fault ??= "the C text grows past 64 MiB";
	}

	/** False when printing has to end. */
	#go(depth: number): boolean {
		if (depth > DEPTH) this.#fault ??= "types are nested too deeply";
		if (++this.#steps > STEPS) this.#fault ??= "types refer to each other too often";
		return this.#fault === undefined;
	}

	/** Defines `id`, or what a member of `container` with this type needs to be declared before. */
	#emit(id: number, container: number, depth: number): void {
		const type = this.#btf.types[id];
		if (!type || this.#state[id] === EMITTED || !this.#go(depth)) return;
		if (this.#state[id] === EMITTING) {
			this.#emitAgain(id, type, container);
			return;
		}
		const inner = (to: number) => this.#emit(to, container, depth + 1);
		switch (type.kind) {
			case "int":
				this.#alias(type.name);
				this.#state[id] = EMITTED;
				return;
			case "enum":
			case "enum64":
				if (container === 0) {
					this.#enumeration(id, type, 0);
					this.#print(";\n\n");
				}
				this.#state[id] = EMITTED;
				return;
			case "fwd":
				this.#print(`${forwardTag(type)} ${this.#tags.of(id, type.name)};\n\n`);
				this.#state[id] = EMITTED;
				return;
			case "ptr":
			case "volatile":
			case "const":
			case "restrict":
			case "type_tag":
			case "array":
				inner(type.type);
				return;
			case "typedef":
				this.#state[id] = EMITTING;
				this.#emit(type.type, id, depth + 1);
				this.#typedef(id, type);
				this.#state[id] = EMITTED;
				return;
			case "struct":
			case "union":
				this.#emitComposite(id, type, container, depth);
				return;
			case "func_proto":
				inner(type.returns);
				for (const p of type.params) inner(p.type);
		}
	}

	/** A type that is being defined is met again: a forward declaration does, where it is not the container itself. */
	#emitAgain(id: number, type: BtfType, container: number): void {
		if (this.#forward[id]) return;
		if (type.kind === "typedef") this.#typedef(id, type);
		else if (isComposite(type) && id !== container && type.name !== "") this.#declareTag(id, type);
	}

	#emitComposite(id: number, type: Composite, container: number, depth: number): void {
		this.#state[id] = EMITTING;
		if (container === 0 || type.name === "") {
			const within = type.name === "" ? container : id;
			for (const m of type.members) this.#emit(m.type, within, depth + 1);
		} else if (!this.#forward[id] && id !== container) this.#declareTag(id, type);
		if (container === 0) {
			this.#composite(id, type, 0, depth);
			this.#print(";\n\n");
		}
		this.#state[id] = container === 0 ? EMITTED : 0;
	}

	#declareTag(id: number, type: Composite): void {
		this.#print(`${type.kind} ${this.#tags.of(id, type.name)};\n\n`);
		this.#forward[id] = 1;
	}

	#typedef(id: number, type: BtfType & { kind: "typedef" }): void {
		if (this.#forward[id]) return;
		this.#forward[id] = 1;
		if (type.name === "__builtin_va_list") return;
		const name = this.#idents.of(id, type.name);
		if (type.type === 0 && name === "__gnuc_va_list")
			this.#print("typedef __builtin_va_list __gnuc_va_list;\n\n");
		else {
			this.#print("typedef ");
			this.#declare(type.type, name, 0, 0);
			this.#print(";\n\n");
		}
	}

	/** GCC's vector element types have no definition in BTF. */
	#alias(name: string): void {
		const of = Object.hasOwn(missing, name) ? missing[name] : undefined;
		if (of) this.#print(`typedef ${of} ${name};\n\n`);
	}

	#composite(id: number, type: Composite, indent: number, depth: number): void {
		const packed = type.kind === "struct" && isPacked(this.#btf, type, this.#aligns);
		const name = this.#tags.of(id, type.name);
		this.#print(`${type.kind}${name ? ` ${name}` : ""} {`);
		const alignment = (of: number) => (packed ? 1 : alignOf(this.#btf, of, this.#aligns));
		let at = 0;
		let inBits = false;
		for (const m of type.members) {
			if (this.#fault) return;
			const bits = inBits && m.bitSize > 0;
			this.#pad(at, m.bitOffset, { align: alignment(m.type), bits, indent: indent + 1 });
			this.#print(`\n${tabs(indent + 1)}`);
			this.#declare(m.type, m.name, indent + 1, depth + 1);
			inBits = m.bitSize > 0;
			if (inBits) this.#print(`: ${m.bitSize}`);
			at = m.bitOffset + (m.bitSize || 8 * (sizeOf(this.#btf, m.type) ?? 0));
			this.#print(";");
		}
		if (type.kind === "struct")
			this.#pad(at, type.size * 8, { align: alignment(id), bits: false, indent: indent + 1 });
		this.#print(type.members.length || type.size ? `\n${tabs(indent)}}` : "}");
		if (packed) this.#print(" __attribute__((packed))");
	}

	/** Fills a hole that the compiler would not leave by itself, from bit `at` to `next`. */
	#pad(at: number, next: number, hole: Hole): void {
		if (at >= next) return;
		const line = (name: string, width: number) =>
			this.#print(`\n${tabs(hole.indent)}${name}: ${width};`);
		const { name, bits } = pads.find((p) => roundUp(at, p.bits) <= next) ?? smallestPad;
		const aligned = roundUp(at, bits);
		let from = at;
		if (aligned > at && aligned <= next) {
			const natural = aligned === next && roundUp(at, hole.align * 8) === aligned;
			const swallowed = aligned !== next && next - aligned <= aligned - at;
			if (hole.bits) line(name, aligned - at);
			else if ((aligned === next && !natural) || swallowed) line(name, 0);
			from = aligned;
		}
		if (next - from > MOST_PADS * bits) this.#fault ??= `a hole of ${(next - from) / 8} bytes`;
		for (; next - from >= bits && this.#go(0); from += bits) line(name, bits);
		if (from < next && this.#fault === undefined) {
			const fits = [...pads].reverse().find((p) => p.bits >= next - from) ?? smallestPad;
			line(fits.name, next - from);
		}
	}

	#enumeration(id: number, type: Enumeration, indent: number): void {
		const name = this.#tags.of(id, type.name);
		this.#print(`enum${name ? ` ${name}` : ""}`);
		if (type.values.length > 0) {
			const suffix = type.kind === "enum" ? "" : type.signed ? "LL" : "ULL";
			const rows = type.values.map(
				(v) => `\n${tabs(indent + 1)}${this.#idents.take(v.name)} = ${v.value}${suffix},`,
			);
			this.#print(` {${rows.join("")}\n${tabs(indent)}}`);
		}
	}

	/** Prints `id` as the type of `name`, inside out: the chain of declarators from the base type to the name. */
	#declare(id: number, name: string, indent: number, depth: number): void {
		const chain: number[] = [];
		for (let at = id; this.#go(chain.length); ) {
			const type = this.#btf.types[at];
			if (!this.#stripModifiers || !(isModifier(type?.kind) || type?.kind === "type_tag"))
				chain.push(at);
			if (chain.length > DEPTH) this.#fault ??= "types are nested too deeply";
			if (type && isDeclarator(type)) at = type.kind === "func_proto" ? type.returns : type.type;
			else break;
		}
		this.#chain(chain, name, indent, depth);
	}

	#chain(chain: number[], name: string, indent: number, depth: number): void {
		let afterPointer = true;
		for (let id = chain.pop(); id !== undefined; id = chain.pop()) {
			if (!this.#go(depth)) return;
			const type = this.#btf.types[id] ?? { kind: "void" };
			switch (type.kind) {
				case "ptr":
					this.#print(afterPointer ? "*" : " *");
					break;
				case "volatile":
				case "const":
				case "restrict":
					this.#print(` ${type.kind}`);
					break;
				case "type_tag":
					this.#modifiers(chain);
					this.#print(` __attribute__((btf_type_tag("${type.name}")))`);
					break;
				case "array":
					this.#array(type, { chain, name, indent, depth, afterPointer });
					return;
				case "func_proto":
					this.#prototype(type, { chain, name, indent, depth, afterPointer });
					return;
				default:
					this.#modifiers(chain);
					this.#specifier(id, type, indent, depth);
			}
			afterPointer = type.kind === "ptr";
		}
		this.#name(name, afterPointer);
	}

	#name(name: string, afterPointer: boolean): void {
		this.#print(name && !afterPointer ? ` ${name}` : name);
	}

	/** Qualifiers of a base type go before it. */
	#modifiers(chain: number[]): void {
		for (let kind = this.#last(chain)?.kind; isModifier(kind); kind = this.#last(chain)?.kind) {
			this.#print(`${kind} `);
			chain.pop();
		}
	}

	/** GCC repeats qualifiers on arrays and functions, where they say nothing. */
	#dropModifiers(chain: number[]): void {
		while (isModifier(this.#last(chain)?.kind)) chain.pop();
	}

	#last(chain: readonly number[]): BtfType | undefined {
		const id = chain[chain.length - 1];
		return id === undefined ? undefined : this.#btf.types[id];
	}

	#specifier(id: number, type: BtfType, indent: number, depth: number): void {
		switch (type.kind) {
			case "void":
				this.#print("void");
				return;
			case "int":
			case "float":
				this.#print(type.name);
				return;
			case "struct":
			case "union":
				if (type.name === "") this.#composite(id, type, indent, depth + 1);
				else this.#print(`${type.kind} ${this.#tags.of(id, type.name)}`);
				return;
			case "enum":
			case "enum64":
				if (type.name === "") this.#enumeration(id, type, indent);
				else this.#print(`enum ${this.#tags.of(id, type.name)}`);
				return;
			case "fwd":
				this.#print(`${forwardTag(type)} ${this.#tags.of(id, type.name)}`);
				return;
			case "typedef":
				this.#print(this.#idents.of(id, type.name));
				return;
			default:
				this.#fault ??= `type ${id}, ${type.kind}, is no type of a declaration`;
		}
	}

	#array(type: BtfType & { kind: "array" }, at: Declarator): void {
		const { chain, name, indent, depth, afterPointer } = at;
		this.#dropModifiers(chain);
		if (chain.length === 0) this.#name(name, afterPointer);
		else {
			if (name && !afterPointer) this.#print(" ");
			const nested = this.#last(chain)?.kind === "array";
			if (!nested) this.#print("(");
			this.#chain(chain, name, indent, depth + 1);
			if (!nested) this.#print(")");
		}
		this.#print(`[${type.length}]`);
	}

	#prototype(type: BtfType & { kind: "func_proto" }, at: Declarator): void {
		const { chain, name, indent, depth, afterPointer } = at;
		this.#dropModifiers(chain);
		if (chain.length === 0) this.#name(name, afterPointer);
		else {
			this.#print(" (");
			this.#chain(chain, name, indent, depth + 1);
			this.#print(")");
		}
		const { params } = type;
		if (params.length === 0 || (params.length === 1 && params[0]?.type === 0)) {
			this.#print("(void)");
			return;
		}
		this.#print("(");
		params.forEach((p, i) => {
			if (i > 0) this.#print(", ");
			if (p.type === 0 && i === params.length - 1) this.#print("...");
			else this.#declare(p.type, p.name, indent, depth + 1);
		});
		this.#print(")");
	}
}

interface Hole {
	/** Of what comes after the hole, in bytes. */
	readonly align: number;
	/** Between two bit-fields. */
	readonly bits: boolean;
	readonly indent: number;
}

interface Declarator {
	readonly chain: number[];
	readonly name: string;
	readonly indent: number;
	readonly depth: number;
	readonly afterPointer: boolean;
}

const smallestPad = { name: "char", bits: 8 };
const pads = [
	{ name: "long", bits: 64 },
	{ name: "int", bits: 32 },
	{ name: "short", bits: 16 },
	smallestPad,
];

/** Names of one name space: the second type called `x` becomes `x___2`. */
class Names {
	readonly #used = new Map<string, number>();
	readonly #given = new Map<number, string>();

	/** The name of a type, the same each time; "" for an anonymous one. */
	of(id: number, name: string): string {
		if (name === "") return "";
		const known = this.#given.get(id);
		if (known !== undefined) return known;
		const unique = this.take(name);
		this.#given.set(id, unique);
		return unique;
	}

	take(name: string): string {
		const count = (this.#used.get(name) ?? 0) + 1;
		this.#used.set(name, count);
		return count > 1 ? `${name}___${count}` : name;
	}
}

function problem(message: string): Diagnostic {
	return { severity: "error", id: "btf/unprintable", message: `BTF: ${message}` };
}

function tabs(count: number): string {
	return "\t".repeat(count);
}

function roundUp(value: number, unit: number): number {
	return Math.ceil(value / unit) * unit;
}

function forwardTag(type: BtfType & { kind: "fwd" }): string {
	return type.union ? "union" : "struct";
}

function isComposite(type: BtfType): type is Composite {
	return type.kind === "struct" || type.kind === "union";
}

function isModifier(kind: BtfType["kind"] | undefined): boolean {
	return kind === "volatile" || kind === "const" || kind === "restrict";
}

type DeclaratorType = Extract<
	BtfType,
	{ kind: "ptr" | "volatile" | "const" | "restrict" | "type_tag" | "array" | "func_proto" }
>;

function isDeclarator(type: BtfType): type is DeclaratorType {
	return (
		isModifier(type.kind) ||
		type.kind === "ptr" ||
		type.kind === "type_tag" ||
		type.kind === "array" ||
		type.kind === "func_proto"
	);
}
