// A growing run of bytes and the variable-length integers of the WebAssembly binary format.

export class Bytes {
	#data: Uint8Array<ArrayBuffer> = new Uint8Array(256);
	length = 0;

	/** The bytes so far; a view that the next write may outdate. */
	get view(): Uint8Array {
		return this.#data.subarray(0, this.length);
	}

	u8(value: number): void {
		if (this.length === this.#data.length) this.#grow(1);
		this.#data[this.length++] = value;
	}

	/** Unsigned LEB128 of a number below 2^32. */
	u32(value: number): void {
		let rest = value >>> 0;
		while (rest > 127) {
			this.u8((rest & 127) | 128);
			rest >>>= 7;
		}
		this.u8(rest);
	}

	/** Signed LEB128 of an int32. */
	s32(value: number): void {
		this.s64(value, value >> 31);
	}

	/** Signed LEB128 of a 64-bit number in two halves. */
	s64(low: number, high: number): void {
		let lo = low | 0;
		let hi = high | 0;
		for (;;) {
			const byte = lo & 127;
			lo = (lo >>> 7) | (hi << 25);
			hi >>= 7;
			const last = (byte & 64) === 0 ? lo === 0 && hi === 0 : lo === -1 && hi === -1;
			this.u8(last ? byte : byte | 128);
			if (last) return;
		}
	}

	append(bytes: Uint8Array): void {
		if (this.length + bytes.length > this.#data.length) this.#grow(bytes.length);
		this.#data.set(bytes, this.length);
		this.length += bytes.length;
	}

	/** Length first, then the bytes. */
	sized(bytes: Uint8Array): void {
		this.u32(bytes.length);
		this.append(bytes);
	}

	text(value: string): void {
		this.sized(new TextEncoder().encode(value));
	}

	#grow(by: number): void {
		const bigger = new Uint8Array(Math.max(this.#data.length * 2, this.length + by));
		bigger.set(this.#data);
		this.#data = bigger;
	}
}
