// Seeded random numbers (xoshiro128**): every random choice of the engine comes from a scenario's seed.

/** A generator of unsigned 32-bit integers whose sequence depends on the seed alone. */
export class Random {
	#a: number;
	#b: number;
	#c: number;
	#d: number;

	constructor(seed: number) {
		let state = seed | 0;
		const mix = () => {
			state = (state + 0x9e3779b9) | 0;
			let z = state;
			z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
			z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
			return z ^ (z >>> 16);
		};
		this.#a = mix();
		this.#b = mix();
		this.#c = mix();
		this.#d = mix() | 1;
	}

	/** The next integer, 0 to 2^32 - 1. */
	u32(): number {
		const x = Math.imul(this.#b, 5);
		const result = Math.imul((x << 7) | (x >>> 25), 9) >>> 0;
		const t = this.#b << 9;
		this.#c ^= this.#a;
		this.#d ^= this.#b;
		this.#b ^= this.#c;
		this.#a ^= this.#d;
		this.#c ^= t;
		this.#d = (this.#d << 11) | (this.#d >>> 21);
		return result;
	}

	/** An integer from 0 to `bound` - 1. */
	below(bound: number): number {
		return Math.floor((this.u32() / 2 ** 32) * bound);
	}

	/** The four words of the state, for checkpoints. */
	save(): readonly [number, number, number, number] {
		return [this.#a, this.#b, this.#c, this.#d];
	}

	restore(state: readonly [number, number, number, number]): void {
		[this.#a, this.#b, this.#c, this.#d] = state;
	}
}
