// Second look: what types refer to. References are followed with a stack, a struct or array up to pointers, a pointer up to
// structs, so that a struct may point to itself but not contain itself. Resolved types are not looked at again.

import { checkMember } from "./member.ts";
import {
	isModifier,
	isRegularInt,
	isSized,
	isSizeless,
	isSourceOnly,
	isStruct,
	KIND,
	needsResolving,
	type RawBtf,
	type RawType,
} from "./raw.ts";
import { BtfFault, type BtfLog } from "./text.ts";

const DEEPEST = 32;
const E2BIG = 7;
const EEXIST = 17;
const U32 = 2 ** 32 - 1;
const POINTER = 8;

/** How far references are followed: until something that needs no following, past pointers only, or past structs only. */
type Mode = "any" | "pointer" | "struct";
type Visit = undefined | "visited" | "resolved";

interface Vertex {
	readonly id: number;
	readonly type: RawType;
	/** Where a struct or section goes on. */
	next: number;
}

export class Resolver {
	readonly #btf: RawBtf;
	readonly #log: BtfLog;
	readonly #visits: Visit[] = [];
	/** What a reference leads to, and the size of an array. */
	readonly #targets: number[] = [];
	readonly #sizes: number[] = [];
	#stack: Vertex[] = [];
	#mode: Mode = "any";

	constructor(btf: RawBtf, log: BtfLog) {
		this.#btf = btf;
		this.#log = log;
	}

	all(): void {
		this.#log.resolving = true;
		for (const [id, type] of this.#btf.types.entries()) {
			if (id === 0) continue;
			this.#log.id = id;
			if (needsResolving(type) && !this.#resolved(id)) this.#resolve(id, type);
			if (type.kind === KIND.FUNC_PROTO) this.#prototype(type);
		}
	}

	/** The type that has the size of `id`, and that size; undefined when it has none. */
	sizeOf(id: number): { readonly id: number; readonly size: number } | undefined {
		const type = this.#type(id);
		if (isSizeless(type) || !type) return undefined;
		const own = this.#ownSize(id, type);
		if (own !== undefined) return { id, size: own };
		const target = this.#targets[id] ?? 0;
		const resolved = this.#type(target);
		if (isSizeless(resolved) || !resolved) return undefined;
		const size = this.#ownSize(target, resolved);
		return size === undefined ? undefined : { id: target, size };
	}

	#ownSize(id: number, type: RawType): number | undefined {
		if (isSized(type)) return type.size;
		if (type.kind === KIND.ARRAY) return this.#sizes[id] ?? 0;
		return type.kind === KIND.PTR ? POINTER : undefined;
	}

	#type(id: number): RawType | undefined {
		return this.#btf.types[id];
	}

	#resolved(id: number): boolean {
		return this.#visits[id] === "resolved";
	}

	#resolve(id: number, type: RawType): void {
		const log: BtfLog = this.#log;
		const before = log.id;
		this.#mode = "any";
		try {
			this.#push(id, type);
			for (let top = this.#stack.at(-1); top; top = this.#stack.at(-1)) {
				log.id = top.id;
				this.#step(top);
			}
			log.id = id;
		} catch (error) {
			log.id = id;
			if (error instanceof BtfFault && error.errno === E2BIG)
				log.type(type, `Exceeded max resolving depth:${DEEPEST}`);
			if (error instanceof BtfFault && error.errno === EEXIST) log.type(type, "Loop detected");
			throw error;
		}
		log.id = before;
	}

	#push(id: number, type: RawType): void {
		if (this.#stack.length === DEEPEST) throw new BtfFault(E2BIG);
		if (this.#visits[id] !== undefined) throw new BtfFault(EEXIST);
		this.#visits[id] = "visited";
		this.#stack.push({ id, type, next: 0 });
		if (this.#mode !== "any") return;
		if (type.kind === KIND.PTR) this.#mode = "pointer";
		else if (isStruct(type) || type.kind === KIND.ARRAY) this.#mode = "struct";
	}

	#pop(target: number, size: number): void {
		const id = this.#stack.pop()?.id ?? 0;
		this.#targets[id] = target;
		this.#sizes[id] = size;
		this.#visits[id] = "resolved";
	}

	/** Following ends here in the present mode. */
	#isSink(type: RawType): boolean {
		if (this.#mode === "any") return !needsResolving(type);
		if (isModifier(type)) return false;
		if (this.#mode === "pointer") return type.kind !== KIND.PTR;
		return type.kind !== KIND.ARRAY && !isStruct(type);
	}

	/** Goes to `id` first when it is not resolved; whether it did. */
	#descend(id: number, type: RawType): boolean {
		if (this.#isSink(type) || this.#resolved(id)) return false;
		this.#push(id, type);
		return true;
	}

	#step(vertex: Vertex): void {
		const { type } = vertex;
		if (isStruct(type)) this.#struct(vertex);
		else if (isModifier(type)) this.#modifier(type);
		else if (type.kind === KIND.PTR) this.#pointer(type);
		else if (type.kind === KIND.ARRAY) this.#array(type);
		else if (type.kind === KIND.VAR) this.#variable(type);
		else if (type.kind === KIND.DATASEC) this.#section(vertex);
		else if (type.kind === KIND.FUNC) this.#function(type);
		else this.#declTag(type);
	}

	/** The type that a reference names; it must be one that can be referred to. */
	#target(type: RawType): RawType {
		const next = this.#type(type.size);
		if (!next || isSourceOnly(next)) return this.#log.failType(type, "Invalid type_id");
		return next;
	}

	#modifier(type: RawType): void {
		const next = this.#target(type);
		if (!this.#descend(type.size, next)) this.#pop(this.#end(type, next), 0);
	}

	/** The sized type behind a reference, or void, a forward declaration or a prototype. */
	#end(type: RawType, next: RawType): number {
		const sized = this.sizeOf(type.size);
		if (sized) return sized.id;
		const id = this.#resolved(type.size) ? (this.#targets[type.size] ?? 0) : type.size;
		const end = this.#resolved(type.size) ? this.#type(id) : next;
		const kinds: readonly number[] = [KIND.UNKNOWN, KIND.FWD, KIND.FUNC_PROTO];
		if (!end || !kinds.includes(end.kind)) return this.#log.failType(type, "Invalid type_id");
		return id;
	}

	/** Goes on from the pointer that a modifier stopped at while a struct was followed; whether it did. */
	#beyond(id: number, next: RawType): boolean {
		if (!isModifier(next)) return false;
		const target = this.#targets[id] ?? 0;
		const type = this.#type(target);
		return type?.kind === KIND.PTR && this.#descend(target, type);
	}

	#pointer(type: RawType): void {
		const next = this.#target(type);
		if (this.#descend(type.size, next) || this.#beyond(type.size, next)) return;
		this.#pop(this.#end(type, next), 0);
	}

	#variable(type: RawType): void {
		const next = this.#target(type);
		if (this.#descend(type.size, next) || this.#beyond(type.size, next)) return;
		const sized = this.sizeOf(type.size) ?? this.#log.failType(type, "Invalid type_id");
		this.#pop(sized.id, 0);
	}

	#array(type: RawType): void {
		const [element = 0, index = 0, count = 0] = [0, 4, 8].map((o) => this.#btf.u32(type.body + o));
		const log: BtfLog = this.#log;
		const indexType = this.#type(index);
		if (!indexType || isSizeless(indexType) || isSourceOnly(indexType))
			log.failType(type, "Invalid index");
		if (this.#descend(index, indexType)) return;
		const sizedIndex = this.#type(this.sizeOf(index)?.id ?? 0);
		if (sizedIndex?.kind !== KIND.INT || !isRegularInt(this.#btf, sizedIndex))
			log.failType(type, "Invalid index");
		const elementType = this.#type(element);
		if (!elementType || isSizeless(elementType) || isSourceOnly(elementType))
			log.failType(type, "Invalid elem");
		if (this.#descend(element, elementType)) return;
		const sized = this.sizeOf(element) ?? log.failType(type, "Invalid elem");
		const end = this.#type(sized.id);
		if (end?.kind === KIND.INT && !isRegularInt(this.#btf, end))
			log.failType(type, "Invalid array of int");
		if (count > 0 && sized.size > Math.floor(U32 / count))
			log.failType(type, "Array size overflows U32_MAX");
		this.#pop(sized.id, sized.size * count);
	}

	#struct(vertex: Vertex): void {
		const { type } = vertex;
		if (vertex.next > 0) this.#member(type, vertex.next - 1);
		for (; vertex.next < type.vlen; ) {
			const m = this.#btf.member(type, vertex.next);
			const member = this.#type(m.type);
			if (!member || isSizeless(member) || isSourceOnly(member))
				this.#log.failMember(type, m, "Invalid member");
			vertex.next++;
			if (this.#descend(m.type, member)) return;
			this.#member(type, vertex.next - 1);
		}
		this.#pop(0, 0);
	}

	#member(type: RawType, index: number): void {
		const m = this.#btf.member(type, index);
		checkMember(this.#btf, this.#log, (id) => this.sizeOf(id), type, m);
	}

	#section(vertex: Vertex): void {
		const { type } = vertex;
		this.#mode = "any";
		for (; vertex.next < type.vlen; vertex.next++) {
			const at = type.body + 12 * vertex.next;
			const id = this.#btf.u32(at);
			const variable = this.#type(id);
			if (variable?.kind !== KIND.VAR) this.#log.failVariable(type, at, "Not a VAR kind member");
			if (!this.#resolved(id)) {
				vertex.next++;
				this.#push(id, variable);
				return;
			}
			const sized = this.sizeOf(variable.size);
			if (!sized) this.#log.failVariable(type, at, "Invalid type");
			if (this.#btf.u32(at + 8) < sized.size) this.#log.failVariable(type, at, "Invalid size");
		}
		this.#pop(0, 0);
	}

	#function(type: RawType): void {
		const proto = this.#type(type.size);
		if (proto?.kind !== KIND.FUNC_PROTO) this.#log.failType(type, "Invalid type_id");
		for (let i = 0; i < proto.vlen; i++) {
			const [name, id] = [0, 4].map((o) => this.#btf.u32(proto.body + 8 * i + o));
			if (name === 0 && id !== 0) this.#log.failType(type, `Invalid arg#${i + 1}`);
		}
		this.#pop(type.size, 0);
	}

	#declTag(type: RawType): void {
		const log: BtfLog = this.#log;
		const next = this.#type(type.size);
		const tagged: readonly number[] = [KIND.FUNC, KIND.VAR, KIND.TYPEDEF, KIND.STRUCT, KIND.UNION];
		if (!next || !tagged.includes(next.kind)) log.failType(type, "Invalid type_id");
		if (this.#descend(type.size, next)) return;
		const component = this.#btf.u32(type.body) | 0;
		if (component !== -1) {
			const list = isStruct(next) ? next : this.#type(next.size);
			const alone = next.kind === KIND.VAR || next.kind === KIND.TYPEDEF;
			if (alone || component >>> 0 >= (list?.vlen ?? 0))
				log.failType(type, "Invalid component_idx");
		}
		this.#pop(type.size, 0);
	}

	#prototype(type: RawType): void {
		if (type.size !== 0) this.#argument(type, type.size, "Invalid return type");
		for (let i = 0; i < type.vlen; i++) {
			const [name = 0, id = 0] = [0, 4].map((o) => this.#btf.u32(type.body + 8 * i + o));
			const what = `Invalid arg#${i + 1}`;
			if (id === 0 && i === type.vlen - 1) {
				if (name !== 0) this.#log.failType(type, what);
				return;
			}
			const there = this.#type(id);
			if (!there || isSourceOnly(there)) this.#log.failType(type, what);
			if (name !== 0 && !(this.#btf.nameExists(name) && this.#btf.isIdentifier(name)))
				this.#log.failType(type, what);
			this.#argument(type, id, what);
		}
	}

	#argument(type: RawType, id: number, what: string): void {
		const target = this.#type(id);
		if (!target || isSourceOnly(target)) this.#log.failType(type, what);
		if (needsResolving(target) && !this.#resolved(id)) this.#resolve(id, target);
		if (!this.sizeOf(id)) this.#log.failType(type, what);
	}
}
