// bloom_filter: a set that may answer "perhaps" for what was never pushed. Peek is the membership test.

import type { Region } from "../machine/index.ts";
import { hashKey } from "../machine/index.ts";
import { powerOfTwo } from "./bytes.ts";
import type { KindContext, MapKind } from "./kind.ts";
import * as n from "./numbers.ts";

const DEFAULT_HASHES = 5;

/** Undefined when guest memory is exhausted. */
export function bloomMap(context: KindContext): MapKind | undefined {
	const { memory, spec } = context;
	const hashes = spec.extra || DEFAULT_HASHES;
	const wanted = Math.floor((spec.maxEntries * hashes) / 5) * 7;
	const bits = powerOfTwo(Math.max(64, Math.min(wanted, 2 ** 31)));
	const region = memory.allocate("object", `map ${spec.name}`, bits / 8, { writable: false });
	return region && new BloomKind(context, region, bits, hashes);
}

class BloomKind implements MapKind {
	readonly #context: KindContext;
	readonly #region: Region;
	readonly #mask: number;
	readonly #hashes: number;
	readonly #seed: number;

	constructor(context: KindContext, region: Region, bits: number, hashes: number) {
		this.#context = context;
		this.#region = region;
		this.#mask = bits - 1;
		this.#hashes = hashes;
		const { spec, environment } = context;
		this.#seed = spec.flags & n.BPF_F_ZERO_SEED ? 0 : environment.random.u32() | 0;
	}

	lookup(): number {
		return 0;
	}

	update(): number {
		return -n.EINVAL;
	}

	delete(): number {
		return -n.EOPNOTSUPP;
	}

	nextKey(): number {
		return -n.EOPNOTSUPP;
	}

	push(value: number, flags: number): number {
		if (flags !== 0) return -n.EINVAL;
		const u8 = this.#context.memory.u8;
		for (let i = 0; i < this.#hashes; i++) {
			const bit = this.#bit(value, i);
			const at = this.#region.start + (bit >>> 3);
			u8[at] = (u8[at] as number) | (1 << (bit & 7));
		}
		return 0;
	}

	peek(value: number): number {
		const u8 = this.#context.memory.u8;
		for (let i = 0; i < this.#hashes; i++) {
			const bit = this.#bit(value, i);
			const byte = u8[this.#region.start + (bit >>> 3)] as number;
			if ((byte & (1 << (bit & 7))) === 0) return -n.ENOENT;
		}
		return 0;
	}

	release(): void {
		this.#context.memory.release(this.#region);
	}

	#bit(value: number, index: number): number {
		const { memory, spec } = this.#context;
		return (hashKey(memory, value, spec.valueSize, this.#seed + index) & this.#mask) >>> 0;
	}
}
