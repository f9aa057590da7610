// Declarations of kernel types, one a line → BTF types. It takes the project's own text and throws on a fault in it. Offsets and
// sizes that C's layout gives are left out of the text and computed here.
//
//   int NAME SIZE[:BITS] [s][c][b]      NAME with - for a space; signed, char, bool
//   float NAME SIZE
//   typedef NAME TYPE
//   enum NAME SIZE[s][w] A,B=7,C        signed, wide (enum64); a value is the one before plus one
//   struct NAME[=SIZE] MEMBER,MEMBER    MEMBER is NAME[:BITS][@OFFSET] TYPE, offset in bits
//   union NAME[=SIZE] MEMBER,MEMBER
//   var NAME TYPE                       per CPU
//   func NAME TYPE [TAG]...
//
//   TYPE:  *T pointer  !T const  ~T volatile  ^T restrict  <TAG>T type tag  [N]T array  (NAME T,NAME T)T function
//          +NAME struct  %NAME union  &NAME enum  NAME typedef, int or float  . void
//          +[=SIZE]{MEMBERS} %[=SIZE]{MEMBERS} &{SIZE A,B} without a name
//
// A struct, union or enum that no line declares is a forward declaration. NAME#2 is another type of the same name.

import { assert } from "../../base/index.ts";
import type { BtfMember, EncodableType } from "../../btf/index.ts";

type Composite = Extract<EncodableType, { kind: "struct" | "union" }>;

interface DraftMember extends BtfMember {
	readonly placed: boolean;
}

/** The BTF types of the declarations; the first has id 1. */
export function parseKernelTypes(text: string): EncodableType[] {
	return new Parser(text).types();
}

class Parser {
	readonly #text: string;
	#at = 0;
	readonly #out: EncodableType[] = [];
	/** Mark and name → id. */
	readonly #ids = new Map<string, number>();
	/** Text of a type expression → id: equal expressions are one type. */
	readonly #expressions = new Map<string, number>();
	readonly #drafts = new Map<number, { members: DraftMember[]; size: number | undefined }>();
	readonly #aligns = new Map<number, number>();
	readonly #vars: number[] = [];

	constructor(text: string) {
		this.#text = text;
	}

	types(): EncodableType[] {
		while (this.#at < this.#text.length) {
			const end = this.#text.indexOf("\n", this.#at);
			if (end !== this.#at) this.#line();
			this.#at = (end < 0 ? this.#text.length : end) + 1;
		}
		for (const id of this.#drafts.keys()) this.#layOut(id);
		this.#section();
		return this.#out;
	}

	#add(type: EncodableType): number {
		return this.#out.push(type);
	}

	/** Id of a named type; until a line declares it, it is a forward declaration. */
	#named(mark: string, name: string): number {
		const key = mark + name;
		const known = this.#ids.get(key);
		if (known !== undefined) return known;
		const plain = plainName(name);
		const forward: EncodableType =
			mark === "&"
				? { kind: "enum", name: plain, size: 4, signed: false, values: [] }
				: { kind: "fwd", name: plain, union: mark === "%" };
		const id = this.#add(forward);
		this.#ids.set(key, id);
		return id;
	}

	#line(): void {
		const kind = this.#word();
		const name = this.#word();
		switch (kind) {
			case "int":
			case "float":
				this.#out[this.#named("", name) - 1] = basic(kind, name, this.#rest());
				return;
			case "typedef": {
				const id = this.#named("", name);
				const type = this.#type();
				this.#out[id - 1] = { kind: "typedef", name: plainName(name), type };
				return;
			}
			case "enum":
				this.#out[this.#named("&", name) - 1] = enumeration(plainName(name), this.#rest());
				return;
			case "struct":
			case "union": {
				const [plain = "", size] = name.split("=");
				const id = this.#named(kind === "struct" ? "+" : "%", plain);
				this.#composite(id, kind, plainName(plain), size === undefined ? undefined : Number(size));
				return;
			}
			case "var":
				this.#vars.push(this.#add({ kind: "var", name, type: this.#type(), linkage: 1 }));
				return;
			case "func":
				this.#function(name);
				return;
			default:
				assert(false, `kernel types: ${kind} ${name}`);
		}
	}

	#function(name: string): void {
		const type = this.#type();
		const id = this.#add({ kind: "func", name, type, linkage: "static" });
		const tags = this.#rest().split(" ").filter(Boolean);
		for (const tag of tags)
			this.#add({ kind: "decl_tag", name: tag, type: id, component: -1, attribute: false });
	}

	/** The characters up to a space or the end of the line; the space is skipped. */
	#word(): string {
		const from = this.#at;
		while (!" \n".includes(this.#peek())) this.#at++;
		const word = this.#text.slice(from, this.#at);
		if (this.#peek() === " ") this.#at++;
		return word;
	}

	#rest(): string {
		const end = this.#text.indexOf("\n", this.#at);
		const rest = this.#text.slice(this.#at, end < 0 ? this.#text.length : end);
		this.#at += rest.length;
		return rest;
	}

	#peek(): string {
		return this.#text[this.#at] ?? "\n";
	}

	#skip(what: string): void {
		assert(this.#peek() === what, `kernel types: ${what} expected at ${this.#at}`);
		this.#at++;
	}

	#name(): string {
		const from = this.#at;
		while (/[\w#-]/.test(this.#peek())) this.#at++;
		return this.#text.slice(from, this.#at);
	}

	#number(): number {
		const from = this.#at;
		while (/[0-9]/.test(this.#peek())) this.#at++;
		return Number(this.#text.slice(from, this.#at));
	}

	/** Reads a type expression; gives its id. */
	#type(): number {
		const from = this.#at;
		const id = this.#expression();
		const text = this.#text.slice(from, this.#at);
		const known = this.#expressions.get(text);
		if (known !== undefined) {
			if (id === this.#out.length && known !== id) this.#out.pop();
			return known;
		}
		this.#expressions.set(text, id);
		return id;
	}

	#expression(): number {
		const mark = this.#peek();
		const modifier = modifiers[mark];
		if (modifier) {
			this.#at++;
			return this.#add({ kind: modifier, type: this.#type() });
		}
		switch (mark) {
			case ".":
				this.#at++;
				return 0;
			case "<": {
				const end = this.#text.indexOf(">", this.#at);
				const name = this.#text.slice(this.#at + 1, end);
				this.#at = end + 1;
				return this.#add({ kind: "type_tag", name, type: this.#type(), attribute: false });
			}
			case "[": {
				this.#at++;
				const length = this.#number();
				this.#skip("]");
				const index = this.#named("", "int");
				return this.#add({ kind: "array", type: this.#type(), index, length });
			}
			case "(":
				return this.#prototype();
			case "+":
			case "%":
			case "&":
				this.#at++;
				return this.#tagged(mark);
			default:
				return this.#named("", this.#name());
		}
	}

	#prototype(): number {
		this.#skip("(");
		const params: { name: string; type: number }[] = [];
		while (this.#peek() !== ")") {
			if (this.#peek() === ",") this.#at++;
			const name = this.#name();
			this.#skip(" ");
			params.push({ name, type: this.#type() });
		}
		this.#skip(")");
		return this.#add({ kind: "func_proto", returns: this.#type(), params });
	}

	#tagged(mark: "+" | "%" | "&"): number {
		if (this.#peek() !== "{" && this.#peek() !== "=") return this.#named(mark, this.#name());
		let size: number | undefined;
		if (this.#peek() === "=") {
			this.#at++;
			size = this.#number();
		}
		this.#skip("{");
		if (mark === "&") {
			const end = this.#text.indexOf("}", this.#at);
			const type = enumeration("", this.#text.slice(this.#at, end));
			this.#at = end + 1;
			return this.#add(type);
		}
		const kind = mark === "+" ? "struct" : "union";
		const id = this.#add({ kind, name: "", size: 0, members: [] });
		this.#composite(id, kind, "", size);
		this.#skip("}");
		return id;
	}

	#composite(id: number, kind: "struct" | "union", name: string, size: number | undefined): void {
		const members: DraftMember[] = [];
		while (!"}\n".includes(this.#peek())) {
			if (this.#peek() === ",") this.#at++;
			members.push(this.#member());
		}
		this.#out[id - 1] = { kind, name, size: 0, members };
		this.#drafts.set(id, { members, size });
	}

	#member(): DraftMember {
		const name = this.#name();
		let bitSize = 0;
		let bitOffset = 0;
		if (this.#peek() === ":") {
			this.#at++;
			bitSize = this.#number();
		}
		const placed = this.#peek() === "@";
		if (placed) {
			this.#at++;
			bitOffset = this.#number();
		}
		this.#skip(" ");
		return { name, type: this.#type(), bitOffset, bitSize, placed };
	}

	/** Gives a struct its offsets and size, after those that it holds. */
	#layOut(id: number): Composite | undefined {
		const type = this.#out[id - 1];
		if (type?.kind !== "struct" && type?.kind !== "union") return undefined;
		const draft = this.#drafts.get(id);
		if (!draft || this.#aligns.has(id)) return type;
		this.#aligns.set(id, 1);
		let end = 0;
		let most = 0;
		let align = 1;
		let packed = false;
		const members = draft.members.map(({ placed, ...m }) => {
			const own = this.#measure(m.type);
			const natural = type.kind === "union" ? 0 : placeAfter(end, m.bitSize, own);
			const bitOffset = placed ? m.bitOffset : natural;
			end = bitOffset + (m.bitSize || own.size * 8);
			most = Math.max(most, Math.ceil(end / 8));
			if (m.bitSize === 0 && bitOffset % (own.align * 8) !== 0) packed = true;
			align = Math.max(align, own.align);
			return { ...m, bitOffset };
		});
		if (packed || (draft.size ?? 0) % align !== 0) align = 1;
		const size = draft.size ?? Math.ceil(most / align) * align;
		this.#aligns.set(id, align);
		const done: Composite = { kind: type.kind, name: type.name, size, members };
		this.#out[id - 1] = done;
		return done;
	}

	/** Size and alignment of a type in bytes. */
	#measure(id: number): Measure {
		const type = this.#out[id - 1];
		switch (type?.kind) {
			case "int":
			case "float":
			case "enum":
			case "enum64":
				return { size: type.size, align: Math.min(type.size, 8) };
			case "ptr":
				return { size: 8, align: 8 };
			case "array": {
				const { size, align } = this.#measure(type.type);
				return { size: size * type.length, align };
			}
			case "struct":
			case "union":
				return { size: this.#layOut(id)?.size ?? 0, align: this.#aligns.get(id) ?? 1 };
			case "typedef":
			case "const":
			case "volatile":
			case "restrict":
			case "type_tag":
				return this.#measure(type.type);
			default:
				assert(false, `kernel types: ${type?.kind} ${id} has no size`);
		}
	}

	/** Variables stand in the section of those that each CPU has for itself. */
	#section(): void {
		let end = 0;
		const vars = this.#vars.map((type) => {
			const variable = this.#out[type - 1];
			const { size, align } = this.#measure(variable?.kind === "var" ? variable.type : 0);
			const offset = Math.ceil(end / align) * align;
			end = offset + size;
			return { type, offset, size };
		});
		if (vars.length > 0) this.#add({ kind: "datasec", name: ".data..percpu", size: end, vars });
	}
}

interface Measure {
	readonly size: number;
	readonly align: number;
}

/** Where C puts a member after `end` bits. */
function placeAfter(end: number, bits: number, { size, align }: Measure): number {
	const roundUp = (unit: number) => Math.ceil(end / unit) * unit;
	if (bits === 0) return roundUp(align * 8);
	const unit = size * 8;
	const crosses = Math.floor(end / unit) !== Math.floor((end + bits - 1) / unit);
	return crosses ? roundUp(unit) : end;
}

const modifiers: Readonly<Record<string, "ptr" | "const" | "volatile" | "restrict">> = {
	"*": "ptr",
	"!": "const",
	"~": "volatile",
	"^": "restrict",
};

function plainName(name: string): string {
	return name.replace(/#\d+$/, "");
}

function basic(kind: "int" | "float", name: string, rest: string): EncodableType {
	const [measures = "", flags = ""] = rest.split(" ");
	const [size = 0, bits] = measures.split(":").map(Number);
	const plain = name.replaceAll("-", " ");
	if (kind === "float") return { kind, name: plain, size };
	return {
		kind,
		name: plain,
		size,
		bits: bits ?? size * 8,
		bitOffset: 0,
		signed: flags.includes("s"),
		char: flags.includes("c"),
		bool: flags.includes("b"),
	};
}

function enumeration(name: string, rest: string): EncodableType {
	const [measures = "", list = ""] = rest.split(" ");
	const kind = measures.endsWith("w") ? "enum64" : "enum";
	let next = 0n;
	const values =
		list === ""
			? []
			: list.split(",").map((text) => {
					const [valueName = "", value] = text.split("=");
					if (value !== undefined) next = BigInt(value);
					return { name: valueName, value: next++ };
				});
	const signed = measures.includes("s");
	return { kind, name, size: Number.parseInt(measures, 10), signed, values };
}
