// What names mean: one table from name to its innermost meaning, undone when a scope ends. Knows nothing of syntax.

import type { CFunction, CType, EnumTag, RecordTag, TypedefName, Variable } from "../ast/index.ts";
import type { Location } from "../token.ts";

/** An enumeration constant. */
export interface Enumerator {
	readonly name: string;
	readonly value: bigint;
	/** Set for good when the enum is complete. */
	type: CType;
	readonly at: Location;
}

/** The meaning of an ordinary identifier, and how deep it was declared: 0 is the file. */
export type Entity =
	| {
			readonly kind: "typedef";
			readonly level: number;
			readonly typedef: TypedefName;
			readonly type: CType;
	  }
	| { readonly kind: "variable"; readonly level: number; readonly variable: Variable }
	| { readonly kind: "function"; readonly level: number; readonly function: CFunction }
	| { readonly kind: "enumerator"; readonly level: number; readonly enumerator: Enumerator };

/** The meaning of a name after `struct`, `union` or `enum`. */
export type TagEntity =
	| {
			readonly kind: "record";
			readonly level: number;
			readonly tag: RecordTag;
			readonly type: CType;
	  }
	| { readonly kind: "enum"; readonly level: number; readonly tag: EnumTag; readonly type: CType };

export class Scopes {
	readonly #ordinary: (Entity | undefined)[];
	readonly #tags: (TagEntity | undefined)[];
	/** Names of this and outer scopes with the meaning they had before; negative ids less one are tags. */
	#shadowed: { readonly id: number; readonly entity: Entity | TagEntity | undefined }[] = [];
	#marks: number[] = [];

	/** `names` is how many there are; later ones fit too. Whole from the start: arrays with holes are slow. */
	constructor(names: number) {
		this.#ordinary = new Array<Entity | undefined>(names).fill(undefined);
		this.#tags = new Array<TagEntity | undefined>(names).fill(undefined);
	}

	/** 0 in the file, 1 in a function's parameters, and so on. */
	get level(): number {
		return this.#marks.length;
	}

	enter(): void {
		this.#marks.push(this.#shadowed.length);
	}

	leave(): void {
		const mark = this.#marks.pop() ?? 0;
		while (this.#shadowed.length > mark) {
			const last = this.#shadowed.pop();
			if (!last) break;
			if (last.id < 0) this.#tags[-last.id - 1] = asTag(last.entity);
			else this.#ordinary[last.id] = asOrdinary(last.entity);
		}
	}

	find(id: number): Entity | undefined {
		return this.#ordinary[id];
	}

	findTag(id: number): TagEntity | undefined {
		return this.#tags[id];
	}

	/** The meaning given in the innermost scope itself. */
	findHere(id: number): Entity | undefined {
		const entity = this.#ordinary[id];
		return entity && entity.level === this.level ? entity : undefined;
	}

	declare(id: number, entity: Entity): void {
		if (this.#marks.length > 0) this.#shadowed.push({ id, entity: this.#ordinary[id] });
		this.#ordinary[id] = entity;
	}

	declareTag(id: number, entity: TagEntity): void {
		if (this.#marks.length > 0) this.#shadowed.push({ id: -id - 1, entity: this.#tags[id] });
		this.#tags[id] = entity;
	}

	/** All meanings that are visible now, by name id. */
	visible(): {
		readonly ordinary: readonly (Entity | undefined)[];
		readonly tags: readonly (TagEntity | undefined)[];
	} {
		return { ordinary: this.#ordinary, tags: this.#tags };
	}

	/** The meanings at file scope, to go on from later. */
	save(): SavedScopes {
		return { ordinary: this.#ordinary.slice(), tags: this.#tags.slice() };
	}

	restore(saved: SavedScopes): void {
		putBack(this.#ordinary, saved.ordinary);
		putBack(this.#tags, saved.tags);
		this.#shadowed = [];
		this.#marks = [];
	}
}

export interface SavedScopes {
	readonly ordinary: (Entity | undefined)[];
	readonly tags: (TagEntity | undefined)[];
}

/** Makes the table what it was; names that came later mean nothing. */
function putBack<T>(table: (T | undefined)[], saved: readonly (T | undefined)[]): void {
	for (let i = 0; i < saved.length; i++) table[i] = saved[i];
	table.fill(undefined, saved.length);
}

function asTag(entity: Entity | TagEntity | undefined): TagEntity | undefined {
	return entity?.kind === "record" || entity?.kind === "enum" ? entity : undefined;
}

function asOrdinary(entity: Entity | TagEntity | undefined): Entity | undefined {
	return entity?.kind === "record" || entity?.kind === "enum" ? undefined : entity;
}
