// A map as the rest of the machine sees it: bpf(2)'s operations on bytes with their permission checks, on top of a kind.
// Helpers use `kind` directly with guest addresses.

import { assert } from "../base/index.ts";
import type { GuestMemory, Region } from "../machine/index.ts";
import type { MapAttributes, MapKind } from "./kind.ts";
import * as n from "./numbers.ts";
import type { Ownership, ProgramOwner } from "./owner.ts";

const T = n.BPF_MAP_TYPE;

/** Kinds whose bpf(2) update and lookup push and peek. */
const PUSHED: ReadonlySet<number> = new Set([T.QUEUE, T.STACK, T.BLOOM_FILTER]);
const HASHES: ReadonlySet<number> = new Set([T.HASH, T.PERCPU_HASH, T.LRU_HASH, T.LRU_PERCPU_HASH]);

const PROGRAMS: ReadonlySet<number> = new Set([T.PROG_ARRAY, T.DEVMAP, T.CPUMAP]);

interface MapParts {
	readonly kind: MapKind;
	readonly ownership: Ownership;
}

/** The outcome of an operation that gives bytes: them, or a negated errno. */
export type Bytes = Uint8Array | number;

/** The outcome of a batch operation: how many elements were done and the errno (negated) that ended it, 0 for none. */
export interface BatchResult {
	readonly error: number;
	readonly count: number;
	readonly keys: readonly Uint8Array[];
	readonly values: readonly Uint8Array[];
	/** Where the next call goes on; absent when nothing was read. */
	readonly next?: Uint8Array;
}

export class BpfMap {
	readonly id: number;
	readonly spec: MapAttributes;
	readonly kind: MapKind;
	/** Which programs a map of programs may hold and be used by. */
	readonly ownership: Ownership;
	/** Guest address that programs hold as their pointer to the map. */
	readonly handle: number;
	/** Bytes of a value as user space sees it: per-CPU values one after another. */
	readonly userValueSize: number;
	frozen = false;
	readonly #memory: GuestMemory;
	readonly #handleRegion: Region;
	/** A key, a next key and a value, for operations on bytes. */
	readonly #scratch: Region;

	private constructor(
		id: number,
		spec: MapAttributes,
		{ kind, ownership }: MapParts,
		memory: GuestMemory,
		regions: { readonly handle: Region; readonly scratch: Region },
	) {
		this.id = id;
		this.spec = spec;
		this.kind = kind;
		this.ownership = ownership;
		this.#memory = memory;
		this.#handleRegion = regions.handle;
		this.#scratch = regions.scratch;
		this.handle = regions.handle.start;
		this.userValueSize = kind.userValueSize ?? spec.valueSize;
		memory.i32[this.handle >>> 2] = id;
	}

	/** Undefined when guest memory is exhausted. */
	static over(
		id: number,
		spec: MapAttributes,
		parts: MapParts,
		memory: GuestMemory,
	): BpfMap | undefined {
		const handle = memory.allocate("handle", `handle of map ${spec.name}`, 16, {
			writable: false,
		});
		const size = 2 * keySpace(spec) + (parts.kind.userValueSize ?? spec.valueSize);
		const scratch = memory.allocate("object", `buffers of map ${spec.name}`, size, {
			writable: false,
		});
		if (handle && scratch) return new BpfMap(id, spec, parts, memory, { handle, scratch });
		for (const region of [handle, scratch]) if (region) memory.release(region);
		return undefined;
	}

	/** BPF_MAP_LOOKUP_ELEM. `value` is what a bloom filter is asked about. */
	lookup(key: Uint8Array, flags = 0, value?: Uint8Array): Bytes {
		if ((flags & ~n.BPF_F_LOCK) !== 0 || flags > 0xffffffff) return -n.EINVAL;
		if (this.spec.flags & n.BPF_F_WRONLY) return -n.EPERM;
		if (flags & n.BPF_F_LOCK) return -n.EINVAL;
		if (value) this.#put(this.#valueAt, value);
		return this.#read(this.#putKey(key));
	}

	/** BPF_MAP_UPDATE_ELEM: 0 or a negated errno. */
	update(key: Uint8Array, value: Uint8Array, flags = 0): number {
		const denied = this.#writeError();
		if (denied !== 0) return denied;
		if (flags & n.BPF_F_LOCK) return -n.EINVAL;
		this.#put(this.#valueAt, value);
		return this.#write(this.#putKey(key), flags);
	}

	/** BPF_MAP_DELETE_ELEM: 0 or a negated errno. */
	delete(key: Uint8Array): number {
		const denied = this.#writeError();
		return denied !== 0 ? denied : this.kind.delete(this.#putKey(key));
	}

	/** BPF_MAP_GET_NEXT_KEY; without `key` the first one. */
	nextKey(key?: Uint8Array): Bytes {
		if (this.spec.flags & n.BPF_F_WRONLY) return -n.EPERM;
		return this.#next(key ? this.#putKey(key) : 0);
	}

	/** BPF_MAP_LOOKUP_AND_DELETE_ELEM; pops a queue or stack. */
	lookupAndDelete(key: Uint8Array, flags = 0): Bytes {
		if ((flags & ~n.BPF_F_LOCK) !== 0 || flags > 0xffffffff) return -n.EINVAL;
		const denied = this.spec.flags & n.BPF_F_WRONLY ? -n.EPERM : this.#writeError();
		if (denied !== 0) return denied;
		if (flags !== 0) return -n.EINVAL;
		const out = this.#valueAt;
		const { type } = this.spec;
		let error: number = -n.ENOTSUPP;
		if (type === T.QUEUE || type === T.STACK) error = this.kind.pop?.(out) ?? error;
		else if (HASHES.has(type)) error = this.kind.take?.(this.#putKey(key), out) ?? error;
		return error !== 0 ? error : this.#bytes(out, this.userValueSize);
	}

	/** BPF_MAP_FREEZE: 0 or a negated errno. */
	freeze(): number {
		if (this.spec.flags & n.BPF_F_RDONLY) return -n.EPERM;
		if (this.frozen) return -n.EPERM;
		this.frozen = true;
		return 0;
	}

	/** BPF_MAP_LOOKUP_BATCH, or BPF_MAP_LOOKUP_AND_DELETE_BATCH with `take`. `from` is the `next` of the call before. */
	lookupBatch(count: number, from?: Uint8Array, flags = 0, take = false): BatchResult {
		if (this.spec.flags & n.BPF_F_WRONLY) return failed(-n.EPERM);
		const denied = take ? this.#writeError() : 0;
		if (denied !== 0) return failed(denied);
		const batch = this.kind.batch;
		if (!(take ? batch?.take : batch?.lookup)) return failed(-n.ENOTSUPP);
		if (flags !== 0) return failed(-n.EINVAL);
		if (count === 0) return failed(0);
		return this.kind.buckets ? this.#bucketBatch(count, from, take) : this.#keyBatch(count, from);
	}

	/** BPF_MAP_UPDATE_BATCH. */
	updateBatch(keys: readonly Uint8Array[], values: readonly Uint8Array[], flags = 0): BatchResult {
		const denied = this.#writeError();
		if (denied !== 0) return failed(denied);
		if (!this.kind.batch?.update) return failed(-n.ENOTSUPP);
		if (flags !== 0) return failed(-n.EINVAL);
		return each(keys, (key, i) => {
			this.#put(this.#valueAt, values[i] ?? new Uint8Array());
			return this.#write(this.#putKey(key), flags);
		});
	}

	/** BPF_MAP_DELETE_BATCH. */
	deleteBatch(keys: readonly Uint8Array[], flags = 0): BatchResult {
		const denied = this.#writeError();
		if (denied !== 0) return failed(denied);
		if (!this.kind.batch?.delete) return failed(-n.ENOTSUPP);
		if (flags !== 0) return failed(-n.EINVAL);
		return each(keys, (key) => this.kind.delete(this.#putKey(key)));
	}

	/** Keys and values for display, up to `limit`, read without permission checks and without touching LRU order. */
	entries(limit: number): { key: Uint8Array; value: Bytes }[] {
		const out: { key: Uint8Array; value: Bytes }[] = [];
		let key = this.#next(0);
		while (typeof key !== "number" && out.length < limit) {
			const at = this.#putKey(key);
			out.push({ key, value: this.#read(at) });
			key = this.#next(at);
		}
		return out;
	}

	/** State outside guest memory, as plain data. */
	save(): unknown {
		return { frozen: this.frozen, kind: this.kind.save?.(), owner: this.ownership.save() };
	}

	restore(state: unknown): void {
		const saved = state as { frozen: boolean; kind: unknown; owner?: ProgramOwner };
		this.frozen = saved.frozen;
		this.kind.restore?.(saved.kind);
		this.ownership.restore(saved.owner);
	}

	/** Whether this is a map of programs whose users must be like what it holds. */
	get containsPrograms(): boolean {
		return PROGRAMS.has(this.spec.type);
	}

	/** User space closed its last descriptor: a prog array is emptied. */
	userReleased(): void {
		this.kind.userReleased?.();
	}

	/** Gives the guest memory back. Programs may not hold the map any more. */
	release(): void {
		this.kind.release();
		this.#memory.release(this.#handleRegion);
		this.#memory.release(this.#scratch);
	}

	get #valueAt(): number {
		return this.#scratch.start + 2 * keySpace(this.spec);
	}

	#writeError(): number {
		return this.spec.flags & n.BPF_F_RDONLY || this.frozen ? -n.EPERM : 0;
	}

	#putKey(key: Uint8Array): number {
		return this.#put(this.#scratch.start, key);
	}

	#put(at: number, bytes: Uint8Array): number {
		assert(at + bytes.length <= this.#scratch.start + this.#scratch.capacity, "map bytes fit");
		this.#memory.u8.set(bytes, at);
		return at;
	}

	#bytes(at: number, size: number): Uint8Array {
		return this.#memory.u8.slice(at, at + size);
	}

	#next(key: number): Bytes {
		const out = this.#scratch.start + keySpace(this.spec);
		const error = this.kind.nextKey(key, out);
		return error !== 0 ? error : this.#bytes(out, this.spec.keySize);
	}

	#read(key: number): Bytes {
		const out = this.#valueAt;
		const { kind } = this;
		if (PUSHED.has(this.spec.type)) {
			const error = kind.peek?.(out) ?? -n.ENOTSUPP;
			return error !== 0 ? error : this.#bytes(out, this.userValueSize);
		}
		if (kind.read) {
			const error = kind.read(key, out);
			return error !== 0 ? error : this.#bytes(out, this.userValueSize);
		}
		const address = kind.lookup(key);
		if (address <= 0) return address === 0 ? -n.ENOENT : address;
		return this.#bytes(address, this.spec.valueSize);
	}

	#write(key: number, flags: number): number {
		const value = this.#valueAt;
		const { kind } = this;
		if (PUSHED.has(this.spec.type)) return kind.push?.(value, flags) ?? -n.ENOTSUPP;
		return kind.write ? kind.write(key, value, flags) : kind.update(key, value, flags);
	}

	/** Key by key: `next` is the last key read. */
	#keyBatch(count: number, from: Uint8Array | undefined): BatchResult {
		const keys: Uint8Array[] = [];
		const values: Uint8Array[] = [];
		let last = from;
		let error = 0;
		while (keys.length < count) {
			const key = this.#next(last ? this.#putKey(last) : 0);
			if (typeof key === "number") {
				error = key;
				break;
			}
			last = key;
			const value = this.#read(this.#putKey(key));
			if (value === -n.ENOENT) continue;
			if (typeof value === "number") return failed(value);
			keys.push(key);
			values.push(value);
		}
		return {
			error,
			count: keys.length,
			keys,
			values,
			...(keys.length && last ? { next: last } : {}),
		};
	}

	/** Whole buckets: `next` is the u32 number of the bucket to go on with. */
	#bucketBatch(count: number, from: Uint8Array | undefined, take: boolean): BatchResult {
		const buckets = this.kind.buckets;
		assert(buckets !== undefined, "bucket batch of a map with buckets");
		let bucket = from ? new DataView(from.buffer, from.byteOffset, 4).getUint32(0, true) : 0;
		if (bucket >= buckets.count) return failed(-n.ENOENT);
		const keys: Uint8Array[] = [];
		const values: Uint8Array[] = [];
		let error = 0;
		for (; bucket < buckets.count; bucket++) {
			const found = buckets.keys(bucket).map((at) => this.#bytes(at, this.spec.keySize));
			if (keys.length + found.length > count) {
				if (keys.length === 0) error = -n.ENOSPC;
				break;
			}
			for (const key of found) {
				const value = this.#read(this.#putKey(key));
				if (typeof value === "number") continue;
				keys.push(key);
				values.push(value);
				if (take) this.kind.delete(this.#putKey(key));
			}
		}
		if (bucket >= buckets.count) error = -n.ENOENT;
		const next = new Uint8Array(4);
		new DataView(next.buffer).setUint32(0, bucket, true);
		return { error, count: keys.length, keys, values, next };
	}
}

function keySpace(spec: MapAttributes): number {
	return Math.max(8, Math.ceil(spec.keySize / 8) * 8);
}

function failed(error: number): BatchResult {
	return { error, count: 0, keys: [], values: [] };
}

function each(
	keys: readonly Uint8Array[],
	act: (key: Uint8Array, i: number) => number,
): BatchResult {
	let count = 0;
	for (const key of keys) {
		const error = act(key, count);
		if (error !== 0) return { error, count, keys: [], values: [] };
		count++;
	}
	return { error: 0, count, keys: [], values: [] };
}

/** The bytes that user space updates an element with: a value for one CPU stands for all of a per-CPU map. */
export function allCpus(map: BpfMap, value: Uint8Array = new Uint8Array()): Uint8Array {
	if (value.length === 0 || value.length >= map.userValueSize) return value;
	const out = new Uint8Array(map.userValueSize);
	const stride = Math.ceil(map.spec.valueSize / 8) * 8;
	for (let at = 0; at + value.length <= out.length; at += stride) out.set(value, at);
	return out;
}
