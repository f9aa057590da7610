// The hash table under all hash maps, in guest memory: buckets of chained nodes, keys and values in regions of their own,
// so that a node's index gives every address and values never move. It knows no flags and no errnos.
//
//   buckets  i32 a bucket: index of the first node + 1, 0 for none
//   links    i32 next (index + 1) and i32 hash, a node
//   keys     key size rounded up to 8, a node
//   values   `slots` values of `stride` bytes, a node
//
// Nodes come in chunks: one chunk for small tables, further chunks on demand for large ones.

import { assert } from "../base/index.ts";
import type { GuestMemory, HashLayout, Region } from "../machine/index.ts";
import { hashKey } from "../machine/index.ts";
import { copyBytes, powerOfTwo, roundUp8, sameBytes } from "./bytes.ts";

interface Chunk {
	readonly links: Region;
	readonly keys: Region;
	readonly values: Region;
}

interface TableShape {
	readonly name: string;
	readonly keySize: number;
	readonly valueSize: number;
	/** Values a node: 1, or one a CPU. */
	readonly slots: number;
	/** Most nodes that are ever in use at once. */
	readonly nodes: number;
	/** Entries the buckets are sized for. */
	readonly entries: number;
	readonly seed: number;
	readonly writable: boolean;
}

/** Nodes of a chunk: about this many bytes, at least 64 nodes. */
const CHUNK_BYTES = 1 << 20;

export class Table {
	readonly bucketCount: number;
	readonly valueStride: number;
	readonly shape: TableShape;
	readonly #memory: GuestMemory;
	readonly #buckets: Region;
	readonly #keyStride: number;
	readonly #shift: number;
	readonly #chunks: Chunk[] = [];
	/** First free node + 1, chained by the links; nodes from #fresh on were never used. */
	#free = 0;
	#fresh = 0;

	private constructor(memory: GuestMemory, shape: TableShape, buckets: Region) {
		this.#memory = memory;
		this.shape = shape;
		this.#buckets = buckets;
		this.bucketCount = powerOfTwo(shape.entries);
		this.#keyStride = roundUp8(shape.keySize);
		this.valueStride = roundUp8(shape.valueSize);
		const bytes = this.valueStride * shape.slots + this.#keyStride;
		const perChunk = Math.max(64, Math.floor(CHUNK_BYTES / bytes));
		this.#shift = Math.min(30, Math.log2(powerOfTwo(Math.min(shape.nodes, perChunk))));
	}

	/** Undefined when guest memory is exhausted. */
	static create(memory: GuestMemory, shape: TableShape): Table | undefined {
		const size = powerOfTwo(shape.entries) * 4;
		const buckets = memory.allocate("object", `buckets of ${shape.name}`, size, {
			writable: false,
		});
		if (!buckets) return undefined;
		const table = new Table(memory, shape, buckets);
		if (table.#grow()) return table;
		table.release();
		return undefined;
	}

	/** Where everything is, for compiled lookups; undefined for tables that may grow. */
	get layout(): HashLayout | undefined {
		const [chunk] = this.#chunks;
		if (!chunk || this.shape.nodes > 1 << this.#shift) return undefined;
		return {
			keySize: this.shape.keySize,
			seed: this.shape.seed,
			buckets: this.#buckets.start,
			mask: this.bucketCount - 1,
			links: chunk.links.start,
			keys: chunk.keys.start,
			keyStride: this.#keyStride,
			values: chunk.values.start,
			valueStride: this.valueStride * this.shape.slots,
		};
	}

	hash(key: number): number {
		return hashKey(this.#memory, key, this.shape.keySize, this.shape.seed);
	}

	/** The node of a key, -1 when it is not there. */
	find(key: number, hash: number): number {
		const memory = this.#memory;
		const size = this.shape.keySize;
		let node = (memory.i32[this.#bucketSlot(hash)] as number) - 1;
		while (node >= 0) {
			const link = this.#link(node);
			if (memory.i32[link + 1] === hash && sameBytes(memory, this.key(node), key, size))
				return node;
			node = (memory.i32[link] as number) - 1;
		}
		return -1;
	}

	/** A node that is in no bucket, -1 when there is none left. */
	allocate(): number {
		if (this.#free !== 0) {
			const node = this.#free - 1;
			this.#free = this.#memory.i32[this.#link(node)] as number;
			return node;
		}
		if (this.#fresh >= this.shape.nodes) return -1;
		if (this.#fresh >> this.#shift >= this.#chunks.length && !this.#grow()) return -1;
		return this.#fresh++;
	}

	/** Gives a node back that is in no bucket. */
	free(node: number): void {
		this.#memory.i32[this.#link(node)] = this.#free;
		this.#free = node + 1;
	}

	/** Writes the key and puts the node first into its bucket. */
	insert(node: number, key: number, hash: number): void {
		copyBytes(this.#memory, this.key(node), key, this.shape.keySize);
		const i32 = this.#memory.i32;
		const slot = this.#bucketSlot(hash);
		const link = this.#link(node);
		i32[link] = i32[slot] as number;
		i32[link + 1] = hash;
		i32[slot] = node + 1;
	}

	/** Takes the node out of its bucket. */
	remove(node: number): void {
		const i32 = this.#memory.i32;
		const link = this.#link(node);
		let slot = this.#bucketSlot(i32[link + 1] as number);
		while (i32[slot] !== node + 1) {
			assert(i32[slot] !== 0, "removal of a hash node that is in no bucket");
			slot = this.#link((i32[slot] as number) - 1);
		}
		i32[slot] = i32[link] as number;
	}

	/** First node of the first non-empty bucket from `bucket` on, -1 at the end. */
	first(bucket = 0): number {
		const base = this.#buckets.start >>> 2;
		for (let i = bucket; i < this.bucketCount; i++) {
			const node = (this.#memory.i32[base + i] as number) - 1;
			if (node >= 0) return node;
		}
		return -1;
	}

	/** The node after `node` in iteration order, -1 at the end. */
	after(node: number): number {
		const link = this.#link(node);
		const next = (this.#memory.i32[link] as number) - 1;
		if (next >= 0) return next;
		const bucket = (this.#memory.i32[link + 1] as number) & (this.bucketCount - 1);
		return this.first(bucket + 1);
	}

	/** Nodes of one bucket. */
	bucket(index: number): number[] {
		const out: number[] = [];
		let node = (this.#memory.i32[(this.#buckets.start >>> 2) + index] as number) - 1;
		while (node >= 0) {
			out.push(node);
			node = (this.#memory.i32[this.#link(node)] as number) - 1;
		}
		return out;
	}

	key(node: number): number {
		const chunk = this.#chunks[node >> this.#shift] as Chunk;
		return chunk.keys.start + (node & ((1 << this.#shift) - 1)) * this.#keyStride;
	}

	/** Address of value `slot` of a node. */
	value(node: number, slot = 0): number {
		const chunk = this.#chunks[node >> this.#shift] as Chunk;
		const index = (node & ((1 << this.#shift) - 1)) * this.shape.slots + slot;
		return chunk.values.start + index * this.valueStride;
	}

	/** Free list and number of nodes ever used; everything else is in guest memory. */
	save(): readonly [number, number] {
		return [this.#free, this.#fresh];
	}

	restore(state: readonly [number, number]): void {
		[this.#free, this.#fresh] = state;
	}

	release(): void {
		this.#memory.release(this.#buckets);
		for (const chunk of this.#chunks)
			for (const region of [chunk.links, chunk.keys, chunk.values]) this.#memory.release(region);
		this.#chunks.length = 0;
	}

	#bucketSlot(hash: number): number {
		return (this.#buckets.start >>> 2) + (hash & (this.bucketCount - 1));
	}

	#link(node: number): number {
		const chunk = this.#chunks[node >> this.#shift] as Chunk;
		return (chunk.links.start >>> 2) + 2 * (node & ((1 << this.#shift) - 1));
	}

	#grow(): boolean {
		const { name, slots, nodes, valueSize, keySize, writable } = this.shape;
		const count = Math.min(1 << this.#shift, nodes - (this.#chunks.length << this.#shift));
		const memory = this.#memory;
		const links = memory.allocate("object", `links of ${name}`, count * 8, { writable: false });
		const keys = memory.allocate("map", `keys of map ${name}`, count * this.#keyStride, {
			writable: false,
			stride: this.#keyStride,
			elementSize: keySize,
		});
		const values = memory.allocate("map", `map ${name}`, count * slots * this.valueStride, {
			stride: this.valueStride,
			elementSize: valueSize,
			writable,
		});
		if (links && keys && values) {
			this.#chunks.push({ links, keys, values });
			return true;
		}
		for (const region of [links, keys, values]) if (region) memory.release(region);
		return false;
	}
}
