// Type graph → the order in which C definitions have to stand, as libbpf's BTF-to-C conversion orders them: what is embedded comes
// before what embeds it; what is only pointed to may come later. It prints nothing.

import type { Btf, BtfType } from "./types.ts";

/** A graph that cannot be put in order; says why. */
export class Unordered {
	readonly reason: string;
	constructor(reason: string) {
		this.reason = reason;
	}
}

const DEPTH = 1000;
const STEPS = 20_000_000;

type Fault = Unordered | undefined;

/** Hands out definitions; each type is handed out once, however often it is asked for. */
export class DefinitionOrder {
	readonly #btf: Btf;
	readonly #state: Uint8Array;
	/** Types that another one refers to: anonymous enums among them are printed there, not on their own. */
	readonly #referenced: Uint8Array;
	#queue: number[] = [];
	#steps = 0;
	#fault: Fault;

	constructor(btf: Btf) {
		this.#btf = btf;
		this.#state = new Uint8Array(btf.types.length);
		this.#referenced = markReferenced(btf);
	}

	/** Ids of the definitions that `id` needs, itself included, less those handed out before. */
	definitions(id: number): readonly number[] | Unordered {
		this.#queue = [];
		this.#visit(id, false, 0);
		return this.#fault ?? this.#queue;
	}

	/** Visits a type; true when it has to be complete before what refers to it. */
	#visit(id: number, throughPointer: boolean, depth: number): boolean {
		if (this.#fault) return false;
		if (depth > DEPTH || ++this.#steps > STEPS) {
			this.#fault = new Unordered(`type ${id} is nested too deeply`);
			return false;
		}
		const type = this.#btf.types[id];
		if (!type || type.kind === "void") return false;
		if (this.#state[id] === DONE) return true;
		if (this.#state[id] === OPEN) {
			if (throughPointer && isComposite(type) && type.name !== "") return false;
			this.#fault = new Unordered(`type ${id} contains itself`);
			return false;
		}
		return this.#enter(id, type, throughPointer, depth + 1);
	}

	#enter(id: number, type: BtfType, throughPointer: boolean, depth: number): boolean {
		switch (type.kind) {
			case "ptr": {
				const strong = this.#visit(type.type, true, depth);
				this.#state[id] = DONE;
				return strong;
			}
			case "array":
				return this.#visit(type.type, false, depth);
			case "struct":
			case "union":
				return this.#composite(id, type, throughPointer, depth);
			case "enum":
			case "enum64":
			case "fwd":
				return this.#take(id, type.name !== "" || this.#referenced[id] === 0);
			case "typedef": {
				const strong = this.#visit(type.type, throughPointer, depth);
				return throughPointer && !strong ? false : this.#take(id, true);
			}
			case "volatile":
			case "const":
			case "restrict":
			case "type_tag":
				return this.#visit(type.type, throughPointer, depth);
			case "func_proto": {
				let strong = this.#visit(type.returns, throughPointer, depth);
				for (const p of type.params) strong = this.#visit(p.type, throughPointer, depth) || strong;
				return strong;
			}
			default:
				this.#state[id] = DONE;
				return false;
		}
	}

	#composite(
		id: number,
		type: BtfType & { kind: "struct" | "union" },
		throughPointer: boolean,
		depth: number,
	): boolean {
		if (throughPointer && type.name !== "") return false;
		this.#state[id] = OPEN;
		for (const m of type.members) this.#visit(m.type, false, depth);
		return this.#take(id, type.name !== "");
	}

	#take(id: number, define: boolean): boolean {
		if (define) this.#queue.push(id);
		this.#state[id] = DONE;
		return true;
	}
}

const OPEN = 1;
const DONE = 2;

function isComposite(type: BtfType): type is BtfType & { kind: "struct" | "union" } {
	return type.kind === "struct" || type.kind === "union";
}

/** Function prototypes, variables and sections are not looked through: their types are declared where they stand. */
function markReferenced(btf: Btf): Uint8Array {
	const marks = new Uint8Array(btf.types.length);
	for (const type of btf.types)
		switch (type.kind) {
			case "ptr":
			case "typedef":
			case "volatile":
			case "const":
			case "restrict":
			case "func":
			case "var":
			case "decl_tag":
			case "type_tag":
				marks[type.type] = 1;
				break;
			case "array":
				marks[type.type] = 1;
				marks[type.index] = 1;
				break;
			case "struct":
			case "union":
				for (const m of type.members) marks[m.type] = 1;
				break;
			case "func_proto":
				marks[type.returns] = 1;
				for (const p of type.params) marks[p.type] = 1;
				break;
			case "datasec":
				for (const v of type.vars) marks[v.type] = 1;
				break;
		}
	return marks;
}
