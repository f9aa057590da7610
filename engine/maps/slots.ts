// Arrays of references: prog_array, perf_event_array, xskmap, array_of_maps. User space writes file descriptors and reads
// ids; programs use what is behind them.

import type { Region } from "../machine/index.ts";
import { nextIndex } from "./array.ts";
import { readU32, writeU32 } from "./bytes.ts";
import type { KindContext, MapKind, Reference } from "./kind.ts";
import * as n from "./numbers.ts";

/** How a kind of slots turns a descriptor into a reference, and what programs and user space read. */
interface SlotRules {
	/** The reference behind a descriptor, or a negated errno. */
	resolve(fd: number): Reference | number;
	/** What a program's lookup returns; slots without it answer with `lookupError`. */
	readonly address?: (reference: Reference) => number;
	/** errno (negated) of bpf(2)'s lookup when ids cannot be read. */
	readonly readError?: number;
	/** Update knows BPF_NOEXIST and BPF_EXIST, looked at behind the descriptor. */
	readonly replaces?: boolean;
	/** Emptied when user space closes its last descriptor, so that programs in it do not keep it alive. */
	readonly userOwned?: boolean;
	/** errno (negated) of deleting an index that is out of range. */
	readonly rangeError: number;
	/** errno (negated) of deleting an empty slot, 0 when that is no error. */
	readonly emptyError: number;
	readonly batch?: { lookup: boolean; take: boolean; update: boolean; delete: boolean };
}

/** Slots of references. Undefined when guest memory is exhausted. */
export function slotMap(context: KindContext, rules: SlotRules): SlotKind {
	return new SlotKind(context, rules);
}

export class SlotKind implements MapKind {
	readonly batch?: { lookup: boolean; take: boolean; update: boolean; delete: boolean };
	readonly #context: KindContext;
	readonly #rules: SlotRules;
	#slots: (Reference | undefined)[] = [];

	constructor(context: KindContext, rules: SlotRules) {
		this.#context = context;
		this.#rules = rules;
		if (rules.batch) this.batch = rules.batch;
	}

	/** What is in a slot; undefined when it is empty or out of range. */
	slot(index: number): Reference | undefined {
		return this.#slots[index];
	}

	/** Fills a slot without a descriptor, as the machine does for events and sockets it opens itself. */
	set(index: number, reference: Reference | undefined): void {
		this.#slots[index] = reference;
	}

	lookup(key: number): number {
		const reference = this.#slots[readU32(this.#context.memory, key)];
		return reference && this.#rules.address ? this.#rules.address(reference) : 0;
	}

	read(key: number, out: number): number {
		if (this.#rules.readError) return this.#rules.readError;
		const reference = this.#slots[readU32(this.#context.memory, key)];
		if (!reference) return -n.ENOENT;
		writeU32(this.#context.memory, out, reference.id);
		return 0;
	}

	/** Programs may not write slots: the verifier refuses it. */
	update(): number {
		return -n.EINVAL;
	}

	write(key: number, value: number, flags: number): number {
		if (flags > (this.#rules.replaces ? n.BPF_EXIST : 0)) return -n.EINVAL;
		const { memory, spec } = this.#context;
		const index = readU32(memory, key);
		if (index >= spec.maxEntries) return -n.E2BIG;
		const reference = this.#rules.resolve(memory.data.getInt32(value, true));
		if (typeof reference === "number") return reference;
		if (flags === n.BPF_NOEXIST && this.#slots[index]) return -n.EEXIST;
		if (flags === n.BPF_EXIST && !this.#slots[index]) return -n.ENOENT;
		this.#slots[index] = reference;
		return 0;
	}

	userReleased(): void {
		if (this.#rules.userOwned) this.#slots = [];
	}

	delete(key: number): number {
		const index = readU32(this.#context.memory, key);
		if (index >= this.#context.spec.maxEntries) return this.#rules.rangeError;
		if (!this.#slots[index]) return this.#rules.emptyError;
		this.#slots[index] = undefined;
		return 0;
	}

	nextKey(key: number, out: number): number {
		return nextIndex(this.#context, key, out);
	}

	save(): readonly (Reference | undefined)[] {
		return this.#slots.slice();
	}

	restore(state: unknown): void {
		this.#slots = (state as readonly (Reference | undefined)[]).slice();
	}

	release(): void {
		this.#slots = [];
	}
}

/** hash_of_maps: a hash whose values are maps; user space writes descriptors and reads ids. */
export class HashOfMapsKind implements MapKind {
	readonly batch = { lookup: true, take: true, update: true, delete: true };
	readonly #context: KindContext;
	/** A hash map of u32 ids under it. */
	readonly #ids: MapKind;
	readonly #resolve: (fd: number) => Reference | number;
	readonly #address: (reference: Reference) => number;
	readonly #scratch: Region;
	#references = new Map<number, Reference>();

	constructor(
		context: KindContext,
		ids: MapKind,
		scratch: Region,
		rules: Pick<SlotRules, "resolve"> & { address(reference: Reference): number },
	) {
		this.#context = context;
		this.#ids = ids;
		this.#scratch = scratch;
		this.#resolve = rules.resolve;
		this.#address = rules.address;
	}

	get buckets() {
		return this.#ids.buckets as NonNullable<MapKind["buckets"]>;
	}

	lookup(key: number): number {
		const at = this.#ids.lookup(key);
		if (at === 0) return 0;
		const reference = this.#references.get(readU32(this.#context.memory, at));
		return reference ? this.#address(reference) : 0;
	}

	update(): number {
		return -n.EINVAL;
	}

	read(key: number, out: number): number {
		const at = this.#ids.lookup(key);
		if (at === 0) return -n.ENOENT;
		writeU32(this.#context.memory, out, readU32(this.#context.memory, at));
		return 0;
	}

	write(key: number, value: number, flags: number): number {
		const { memory } = this.#context;
		const reference = this.#resolve(memory.data.getInt32(value, true));
		if (typeof reference === "number") return reference;
		writeU32(memory, this.#scratch.start, reference.id);
		const error = this.#ids.update(key, this.#scratch.start, flags);
		if (error === 0) this.#references.set(reference.id, reference);
		return error;
	}

	delete(key: number): number {
		return this.#ids.delete(key);
	}

	nextKey(key: number, out: number): number {
		return this.#ids.nextKey(key, out);
	}

	save(): unknown {
		return [this.#ids.save?.(), new Map(this.#references)];
	}

	restore(state: unknown): void {
		const [ids, references] = state as [unknown, Map<number, Reference>];
		this.#ids.restore?.(ids);
		this.#references = new Map(references);
	}

	release(): void {
		this.#ids.release();
		this.#context.memory.release(this.#scratch);
	}
}
