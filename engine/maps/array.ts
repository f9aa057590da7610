// Arrays: array and percpu_array. Element i is at `base + i * stride`; a per-CPU element has one such slot a CPU.

import type { ArrayLayout, Region } from "../machine/index.ts";
import { copyBytes, readU32, roundUp8, writeU32 } from "./bytes.ts";
import type { KindContext, MapKind } from "./kind.ts";
import * as n from "./numbers.ts";

const batch = { lookup: true, take: false, update: true, delete: false };

/** Undefined when guest memory is exhausted. */
export function arrayMap(context: KindContext): MapKind | undefined {
	const { memory, spec } = context;
	const stride = roundUp8(spec.valueSize);
	const region = memory.allocate("map", `map ${spec.name}`, stride * spec.maxEntries, {
		stride,
		elementSize: spec.valueSize,
		writable: (spec.flags & n.BPF_F_RDONLY_PROG) === 0,
	});
	return region && new ArrayKind(context, region, stride);
}

/** Undefined when guest memory is exhausted. */
export function perCpuArrayMap(context: KindContext): MapKind | undefined {
	const { memory, spec, environment } = context;
	const stride = roundUp8(spec.valueSize);
	const size = stride * environment.cpus * spec.maxEntries;
	const region = memory.allocate("map", `map ${spec.name}`, size, {
		stride,
		elementSize: spec.valueSize,
		writable: (spec.flags & n.BPF_F_RDONLY_PROG) === 0,
	});
	return region && new PerCpuArrayKind(context, region, stride);
}

/** The key after a u32 index, as all maps that are indexed answer it. */
export function nextIndex(context: KindContext, key: number, out: number): number {
	const count = context.spec.maxEntries;
	const index = key === 0 ? count : readU32(context.memory, key);
	if (index === count - 1) return -n.ENOENT;
	writeU32(context.memory, out, index >= count ? 0 : index + 1);
	return 0;
}

class ArrayKind implements MapKind {
	readonly layout: ArrayLayout;
	readonly batch = batch;
	readonly #context: KindContext;
	readonly #region: Region;
	readonly #keys: Region | undefined;

	constructor(context: KindContext, region: Region, stride: number) {
		this.#context = context;
		this.#region = region;
		this.#keys = context.memory.allocate("map", `key of ${context.spec.name}`, 4);
		this.layout = { base: region.start, stride, maxEntries: context.spec.maxEntries };
	}

	lookup(key: number): number {
		const index = readU32(this.#context.memory, key);
		return index < this.layout.maxEntries ? this.layout.base + index * this.layout.stride : 0;
	}

	update(key: number, value: number, flags: number): number {
		const plain = flags > 0xffffffff ? flags : (flags & ~n.BPF_F_LOCK) >>> 0;
		if (plain > n.BPF_EXIST) return -n.EINVAL;
		const address = this.lookup(key);
		if (address === 0) return -n.E2BIG;
		if (flags & n.BPF_NOEXIST) return -n.EEXIST;
		if (flags & n.BPF_F_LOCK) return -n.EINVAL;
		copyBytes(this.#context.memory, address, value, this.#context.spec.valueSize);
		return 0;
	}

	delete(): number {
		return -n.EINVAL;
	}

	nextKey(key: number, out: number): number {
		return nextIndex(this.#context, key, out);
	}

	walk(visit: (key: number, value: number) => number): number {
		const { base, stride, maxEntries } = this.layout;
		const key = this.#keys?.start ?? 0;
		for (let i = 0; i < maxEntries; i++) {
			writeU32(this.#context.memory, key, i);
			if (visit(key, base + i * stride) !== 0) return i + 1;
		}
		return maxEntries;
	}

	release(): void {
		this.#context.memory.release(this.#region);
		if (this.#keys) this.#context.memory.release(this.#keys);
	}
}

class PerCpuArrayKind implements MapKind {
	readonly batch = batch;
	readonly userValueSize: number;
	readonly #context: KindContext;
	readonly #region: Region;
	readonly #keys: Region | undefined;
	readonly #stride: number;
	readonly #cpus: number;

	constructor(context: KindContext, region: Region, stride: number) {
		this.#context = context;
		this.#region = region;
		this.#stride = stride;
		this.#cpus = context.environment.cpus;
		this.#keys = context.memory.allocate("map", `key of ${context.spec.name}`, 4);
		this.userValueSize = stride * this.#cpus;
	}

	lookup(key: number): number {
		return this.lookupPerCpu(key, this.#context.environment.cpu);
	}

	lookupPerCpu(key: number, cpu: number): number {
		const index = readU32(this.#context.memory, key);
		if (index >= this.#context.spec.maxEntries || cpu >= this.#cpus) return 0;
		return this.#region.start + (index * this.#cpus + cpu) * this.#stride;
	}

	update(key: number, value: number, flags: number): number {
		const plain = flags > 0xffffffff ? flags : (flags & ~n.BPF_F_LOCK) >>> 0;
		if (plain > n.BPF_EXIST) return -n.EINVAL;
		const address = this.lookup(key);
		if (address === 0) return -n.E2BIG;
		if (flags & n.BPF_NOEXIST) return -n.EEXIST;
		if (flags & n.BPF_F_LOCK) return -n.EINVAL;
		copyBytes(this.#context.memory, address, value, this.#context.spec.valueSize);
		return 0;
	}

	write(key: number, value: number, flags: number): number {
		if (flags > n.BPF_EXIST) return -n.EINVAL;
		const address = this.lookupPerCpu(key, 0);
		if (address === 0) return -n.E2BIG;
		if (flags === n.BPF_NOEXIST) return -n.EEXIST;
		copyBytes(this.#context.memory, address, value, this.userValueSize);
		return 0;
	}

	read(key: number, out: number): number {
		const address = this.lookupPerCpu(key, 0);
		if (address === 0) return -n.ENOENT;
		copyBytes(this.#context.memory, out, address, this.userValueSize);
		return 0;
	}

	delete(): number {
		return -n.EINVAL;
	}

	nextKey(key: number, out: number): number {
		return nextIndex(this.#context, key, out);
	}

	walk(visit: (key: number, value: number) => number): number {
		const key = this.#keys?.start ?? 0;
		const count = this.#context.spec.maxEntries;
		for (let i = 0; i < count; i++) {
			writeU32(this.#context.memory, key, i);
			if (visit(key, this.lookup(key)) !== 0) return i + 1;
		}
		return count;
	}

	release(): void {
		this.#context.memory.release(this.#region);
		if (this.#keys) this.#context.memory.release(this.#keys);
	}
}
