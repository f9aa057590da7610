// The part of a generated TypeScript module that does not depend on the object: codecs of C values, typed maps and sections.

/** Text of the module's beginning. `Maps` is what a host provides: byte strings by map name. */
export const runtime = `/** What runs the object: it looks up and changes byte strings by the name of a map. */
export interface Maps {
	lookup(map: string, key: Uint8Array): Promise<Uint8Array | undefined>;
	update(map: string, key: Uint8Array, value: Uint8Array): Promise<void>;
	remove(map: string, key: Uint8Array): Promise<boolean>;
}

/** How a value stands in memory, little-endian. */
export interface Codec<T> {
	readonly size: number;
	read(data: DataView, at: number): T;
	write(data: DataView, at: number, value: T): void;
}

export type Value<C> = C extends Codec<infer T> ? T : never;

const number = (size: number, get: (d: DataView, at: number) => number, set: (d: DataView, at: number, v: number) => void): Codec<number> => ({ size, read: get, write: set });
export const u8 = number(1, (d, at) => d.getUint8(at), (d, at, v) => d.setUint8(at, v));
export const s8 = number(1, (d, at) => d.getInt8(at), (d, at, v) => d.setInt8(at, v));
export const u16 = number(2, (d, at) => d.getUint16(at, true), (d, at, v) => d.setUint16(at, v, true));
export const s16 = number(2, (d, at) => d.getInt16(at, true), (d, at, v) => d.setInt16(at, v, true));
export const u32 = number(4, (d, at) => d.getUint32(at, true), (d, at, v) => d.setUint32(at, v, true));
export const s32 = number(4, (d, at) => d.getInt32(at, true), (d, at, v) => d.setInt32(at, v, true));
export const f32 = number(4, (d, at) => d.getFloat32(at, true), (d, at, v) => d.setFloat32(at, v, true));
export const f64 = number(8, (d, at) => d.getFloat64(at, true), (d, at, v) => d.setFloat64(at, v, true));
export const u64: Codec<bigint> = { size: 8, read: (d, at) => d.getBigUint64(at, true), write: (d, at, v) => d.setBigUint64(at, v, true) };
export const s64: Codec<bigint> = { size: 8, read: (d, at) => d.getBigInt64(at, true), write: (d, at, v) => d.setBigInt64(at, v, true) };
export const bool: Codec<boolean> = { size: 1, read: (d, at) => d.getUint8(at) !== 0, write: (d, at, v) => d.setUint8(at, v ? 1 : 0) };

/** Bytes as they are: unions, and what has no shape of its own. */
export const bytes = (size: number): Codec<Uint8Array> => ({
	size,
	read: (d, at) => new Uint8Array(d.buffer, d.byteOffset + at, size).slice(),
	write: (d, at, v) => new Uint8Array(d.buffer, d.byteOffset + at, size).set(v.subarray(0, size)),
});

export const array = <T>(of: Codec<T>, length: number): Codec<T[]> => ({
	size: of.size * length,
	read: (d, at) => Array.from({ length }, (_, i) => of.read(d, at + i * of.size)),
	write: (d, at, v) => v.slice(0, length).forEach((e, i) => of.write(d, at + i * of.size, e)),
});

/** A bit-field: \`start\` bits after its place, \`width\` bits wide. */
export const bits = (start: number, width: number, signed: boolean): Codec<bigint> => ({
	size: 0,
	read(d, at) {
		let v = 0n;
		for (let i = 0; i < width; i++)
			v |= BigInt((d.getUint8(at + ((start + i) >> 3)) >> ((start + i) & 7)) & 1) << BigInt(i);
		return signed ? BigInt.asIntN(width, v) : v;
	},
	write(d, at, value) {
		for (let i = 0; i < width; i++) {
			const place = at + ((start + i) >> 3);
			const mask = 1 << ((start + i) & 7);
			const one = (value >> BigInt(i)) & 1n;
			d.setUint8(place, one ? d.getUint8(place) | mask : d.getUint8(place) & ~mask);
		}
	},
});

/** A struct: each member's offset and codec. */
export const struct = <M extends Record<string, readonly [number, Codec<any>]>>(size: number, members: M): Codec<{ [K in keyof M]: Value<M[K][1]> }> => ({
	size,
	read: (d, at) => Object.fromEntries(Object.entries(members).map(([k, [o, c]]) => [k, c.read(d, at + o)])) as { [K in keyof M]: Value<M[K][1]> },
	write(d, at, v) {
		for (const [k, [o, c]] of Object.entries(members)) (c as Codec<unknown>).write(d, at + o, v[k as keyof M]);
	},
});

/** One value for each CPU, each in whole units of 8 bytes. */
export const perCpu = <T>(of: Codec<T>): Codec<T[]> => ({
	size: 0,
	read: (d) => Array.from({ length: Math.floor(d.byteLength / stride(of)) }, (_, i) => of.read(d, i * stride(of))),
	write: (d, _, v) => v.forEach((e, i) => of.write(d, i * stride(of), e)),
});
const stride = (of: { readonly size: number }) => Math.max(8, Math.ceil(of.size / 8) * 8);

function encode<T>(codec: Codec<T>, value: T, size = codec.size): Uint8Array {
	const out = new Uint8Array(size);
	codec.write(new DataView(out.buffer), 0, value);
	return out;
}

function decode<T>(codec: Codec<T>, data: Uint8Array): T {
	return codec.read(new DataView(data.buffer, data.byteOffset, data.byteLength), 0);
}

/** A map whose keys and values have types. */
export class TypedMap<K, V> {
	readonly #maps: Maps;
	readonly #name: string;
	readonly #key: Codec<K>;
	readonly #value: Codec<V>;
	constructor(maps: Maps, name: string, key: Codec<K>, value: Codec<V>) {
		this.#maps = maps;
		this.#name = name;
		this.#key = key;
		this.#value = value;
	}
	async lookup(key: K): Promise<V | undefined> {
		const found = await this.#maps.lookup(this.#name, encode(this.#key, key));
		return found && decode(this.#value, found);
	}
	async update(key: K, value: V): Promise<void> {
		const size = Array.isArray(value) && this.#value.size === 0 ? (await this.#maps.lookup(this.#name, encode(this.#key, key)))?.length : undefined;
		await this.#maps.update(this.#name, encode(this.#key, key), encode(this.#value, value, size));
	}
	remove(key: K): Promise<boolean> {
		return this.#maps.remove(this.#name, encode(this.#key, key));
	}
}

/** The global variables of one section, which live in the only value of its map. */
export class Section<T extends object> {
	readonly #maps: Maps;
	readonly #name: string;
	readonly #codec: Codec<T>;
	constructor(maps: Maps, name: string, codec: Codec<T>) {
		this.#maps = maps;
		this.#name = name;
		this.#codec = codec;
	}
	async #bytes(): Promise<Uint8Array> {
		return (await this.#maps.lookup(this.#name, new Uint8Array(4))) ?? new Uint8Array(this.#codec.size);
	}
	async read(): Promise<T> {
		return decode(this.#codec, await this.#bytes());
	}
	/** Changes the variables that are given; the others, and static ones, stay as they are. */
	async write(variables: Partial<T>): Promise<void> {
		const data = (await this.#bytes()).slice();
		const view = new DataView(data.buffer);
		this.#codec.write(view, 0, { ...this.#codec.read(view, 0), ...variables });
		await this.#maps.update(this.#name, new Uint8Array(4), data);
	}
}
`;
