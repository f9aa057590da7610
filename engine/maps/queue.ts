// queue and stack: a ring of values without keys. Pushing into a full one with BPF_EXIST drops the oldest.

import type { Region } from "../machine/index.ts";
import { copyBytes } from "./bytes.ts";
import type { KindContext, MapKind } from "./kind.ts";
import * as n from "./numbers.ts";

/** `newestFirst` for a stack. Undefined when guest memory is exhausted. */
export function queueMap(context: KindContext, newestFirst: boolean): MapKind | undefined {
	const { memory, spec } = context;
	const size = (spec.maxEntries + 1) * spec.valueSize;
	const region = memory.allocate("map", `map ${spec.name}`, size, {
		stride: spec.valueSize,
		elementSize: spec.valueSize,
	});
	return region && new QueueKind(context, region, newestFirst);
}

class QueueKind implements MapKind {
	readonly #context: KindContext;
	readonly #region: Region;
	readonly #newestFirst: boolean;
	/** Where the next value goes, and the oldest one; the ring has one place more than it has values. */
	#head = 0;
	#tail = 0;

	constructor(context: KindContext, region: Region, newestFirst: boolean) {
		this.#context = context;
		this.#region = region;
		this.#newestFirst = newestFirst;
	}

	lookup(): number {
		return 0;
	}

	update(): number {
		return -n.EINVAL;
	}

	delete(): number {
		return -n.EINVAL;
	}

	nextKey(): number {
		return -n.EINVAL;
	}

	push(value: number, flags: number): number {
		if (flags & n.BPF_NOEXIST || flags > n.BPF_EXIST) return -n.EINVAL;
		const following = this.#step(this.#head);
		if (following === this.#tail) {
			if (!(flags & n.BPF_EXIST)) return -n.E2BIG;
			this.#tail = this.#step(this.#tail);
		}
		copyBytes(this.#context.memory, this.#place(this.#head), value, this.#size);
		this.#head = following;
		return 0;
	}

	pop(value: number): number {
		const at = this.#peekAt(value);
		if (at < 0) return -n.ENOENT;
		if (this.#newestFirst) this.#head = at;
		else this.#tail = this.#step(at);
		return 0;
	}

	peek(value: number): number {
		return this.#peekAt(value) < 0 ? -n.ENOENT : 0;
	}

	save(): readonly [number, number] {
		return [this.#head, this.#tail];
	}

	restore(state: unknown): void {
		[this.#head, this.#tail] = state as readonly [number, number];
	}

	release(): void {
		this.#context.memory.release(this.#region);
	}

	get #size(): number {
		return this.#context.spec.valueSize;
	}

	#step(at: number): number {
		return at === this.#context.spec.maxEntries ? 0 : at + 1;
	}

	#place(at: number): number {
		return this.#region.start + at * this.#size;
	}

	/** Copies the next value out and returns its place; zeroes the output and returns -1 when there is none. */
	#peekAt(value: number): number {
		const memory = this.#context.memory;
		if (this.#head === this.#tail) {
			memory.u8.fill(0, value, value + this.#size);
			return -1;
		}
		const last = this.#head === 0 ? this.#context.spec.maxEntries : this.#head - 1;
		const at = this.#newestFirst ? last : this.#tail;
		copyBytes(memory, value, this.#place(at), this.#size);
		return at;
	}
}
