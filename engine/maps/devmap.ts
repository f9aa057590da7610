// devmap, devmap_hash and cpumap: where XDP redirects go. Values are { ifindex, program } or { queue size, program };
// user space writes a program's descriptor there and reads its id.

import type { Region } from "../machine/index.ts";
import { nextIndex } from "./array.ts";
import { powerOfTwo, readU32, writeU32 } from "./bytes.ts";
import type { KindContext, MapKind, Reference } from "./kind.ts";
import * as n from "./numbers.ts";

const VALUE = 8;
/** Largest queue of a cpumap entry. */
const QUEUE_LIMIT = 16384;
/** Indexes that user space can see of CPUs that could exist. */
const CPU_BITS = 64;

/** What a redirect map says about a key. */
export interface Destination {
	/** ifindex, or the queue size of a CPU. */
	readonly target: number;
	readonly program?: Reference;
}

/** Undefined when guest memory is exhausted. */
export function devMap(context: KindContext): DestinationKind | undefined {
	return destinations(context, deviceDestination(context));
}

/** Undefined when guest memory is exhausted. */
export function cpuMap(context: KindContext): DestinationKind | undefined {
	return destinations(context, (key, target, fd) => {
		if (target > QUEUE_LIMIT) return -n.EOVERFLOW;
		if (key >= CPU_BITS || key >= context.environment.cpus) return -n.ENODEV;
		if (target === 0) return undefined;
		return withProgram(context, target, fd, "cpumap") ?? -n.ENOMEM;
	});
}

/** Undefined when guest memory is exhausted. */
export function devHashMap(context: KindContext): DestinationHashKind | undefined {
	const { memory, spec } = context;
	const region = memory.allocate("map", `map ${spec.name}`, VALUE * (spec.maxEntries + 1), {
		stride: VALUE,
		elementSize: spec.valueSize,
		writable: false,
	});
	return region && new DestinationHashKind(context, region, deviceDestination(context));
}

/** The destination that a written value means: undefined for none, a negated errno when it is refused. */
type Resolve = (key: number, target: number, fd: number) => Destination | undefined | number;

function deviceDestination(context: KindContext): Resolve {
	return (_key, target, fd) => {
		if (target === 0) return fd > 0 ? -n.EINVAL : undefined;
		if (!context.environment.device(target)) return -n.EINVAL;
		return withProgram(context, target, fd, "devmap") ?? -n.EINVAL;
	};
}

/** Undefined when the program cannot be had, for whatever reason. */
function withProgram(
	context: KindContext,
	target: number,
	fd: number,
	slot: "devmap" | "cpumap",
): Destination | undefined {
	if (fd <= 0) return { target };
	const program = context.environment.program(fd, context.ownership, slot);
	return typeof program === "number" ? undefined : { target, program };
}

function destinations(context: KindContext, resolve: Resolve): DestinationKind | undefined {
	const { memory, spec } = context;
	const region = memory.allocate("map", `map ${spec.name}`, VALUE * spec.maxEntries, {
		stride: VALUE,
		elementSize: spec.valueSize,
		writable: false,
	});
	return region && new DestinationKind(context, region, resolve);
}

function readFd(context: KindContext, value: number): number {
	return context.spec.valueSize === VALUE ? context.memory.data.getInt32(value + 4, true) : 0;
}

export class DestinationKind implements MapKind {
	readonly #context: KindContext;
	readonly #region: Region;
	readonly #resolve: Resolve;
	#entries: (Destination | undefined)[] = [];

	constructor(context: KindContext, region: Region, resolve: Resolve) {
		this.#context = context;
		this.#region = region;
		this.#resolve = resolve;
	}

	destination(key: number): Destination | undefined {
		return this.#entries[key];
	}

	/** Keys in use, ascending; for redirects to all. */
	keys(): number[] {
		return [...this.#entries.keys()].filter((key) => this.#entries[key]);
	}

	lookup(key: number): number {
		const index = readU32(this.#context.memory, key);
		return this.#entries[index] ? this.#region.start + index * VALUE : 0;
	}

	update(key: number, value: number, flags: number): number {
		const { memory, spec } = this.#context;
		const index = readU32(memory, key);
		if (flags > n.BPF_EXIST) return -n.EINVAL;
		if (index >= spec.maxEntries) return -n.E2BIG;
		if (flags === n.BPF_NOEXIST) return -n.EEXIST;
		const made = this.#resolve(index, readU32(memory, value), readFd(this.#context, value));
		if (typeof made === "number") return made;
		this.#entries[index] = made;
		writeU32(memory, this.#region.start + index * VALUE, made?.target ?? 0);
		writeU32(memory, this.#region.start + index * VALUE + 4, made?.program?.id ?? 0);
		return 0;
	}

	delete(key: number): number {
		const index = readU32(this.#context.memory, key);
		if (index >= this.#context.spec.maxEntries) return -n.EINVAL;
		this.#entries[index] = undefined;
		return 0;
	}

	nextKey(key: number, out: number): number {
		return nextIndex(this.#context, key, out);
	}

	save(): readonly (Destination | undefined)[] {
		return this.#entries.slice();
	}

	restore(state: unknown): void {
		this.#entries = (state as readonly (Destination | undefined)[]).slice();
	}

	release(): void {
		this.#context.memory.release(this.#region);
	}
}

interface HashEntry {
	readonly key: number;
	readonly place: number;
	readonly destination: Destination;
}

export class DestinationHashKind implements MapKind {
	readonly #context: KindContext;
	readonly #region: Region;
	readonly #resolve: Resolve;
	/** Entries by bucket (key modulo the bucket count), newest first. */
	#buckets: HashEntry[][];
	#free: number[];
	readonly #mask: number;

	constructor(context: KindContext, region: Region, resolve: Resolve) {
		this.#context = context;
		this.#region = region;
		this.#resolve = resolve;
		const count = powerOfTwo(context.spec.maxEntries);
		this.#mask = count - 1;
		this.#buckets = Array.from({ length: count }, () => []);
		this.#free = Array.from({ length: context.spec.maxEntries + 1 }, (_, i) => i);
	}

	destination(key: number): Destination | undefined {
		return this.#find(key)?.destination;
	}

	/** Keys in use in iteration order; for redirects to all. */
	keys(): number[] {
		return this.#buckets.flat().map((entry) => entry.key);
	}

	lookup(key: number): number {
		const entry = this.#find(readU32(this.#context.memory, key));
		return entry ? this.#region.start + entry.place * VALUE : 0;
	}

	update(key: number, value: number, flags: number): number {
		const { memory, spec } = this.#context;
		const index = readU32(memory, key);
		const target = readU32(memory, value);
		if (flags > n.BPF_EXIST || target === 0) return -n.EINVAL;
		const old = this.#find(index);
		if (old && flags & n.BPF_NOEXIST) return -n.EEXIST;
		const made = this.#resolve(index, target, readFd(this.#context, value));
		if (typeof made === "number") return made;
		if (made === undefined) return -n.EINVAL;
		if (!old && this.#free.length <= 1) return -n.E2BIG;
		if (old) this.#remove(old);
		const place = this.#free.pop() as number;
		this.#bucket(index).unshift({ key: index, place, destination: made });
		writeU32(memory, this.#region.start + place * VALUE, made.target);
		if (spec.valueSize === VALUE)
			writeU32(memory, this.#region.start + place * VALUE + 4, made.program?.id ?? 0);
		return 0;
	}

	delete(key: number): number {
		const entry = this.#find(readU32(this.#context.memory, key));
		if (!entry) return -n.ENOENT;
		this.#remove(entry);
		return 0;
	}

	nextKey(key: number, out: number): number {
		const memory = this.#context.memory;
		const entry = key === 0 ? undefined : this.#find(readU32(memory, key));
		let bucket = 0;
		if (entry) {
			const list = this.#bucket(entry.key);
			const next = list[list.indexOf(entry) + 1];
			if (next) {
				writeU32(memory, out, next.key);
				return 0;
			}
			bucket = (entry.key & this.#mask) + 1;
		}
		for (; bucket <= this.#mask; bucket++) {
			const first = this.#buckets[bucket]?.[0];
			if (!first) continue;
			writeU32(memory, out, first.key);
			return 0;
		}
		return -n.ENOENT;
	}

	save(): unknown {
		return [this.#buckets.map((list) => list.slice()), this.#free.slice()];
	}

	restore(state: unknown): void {
		const [buckets, free] = state as [HashEntry[][], number[]];
		this.#buckets = buckets.map((list) => list.slice());
		this.#free = free.slice();
	}

	release(): void {
		this.#context.memory.release(this.#region);
	}

	#bucket(key: number): HashEntry[] {
		return this.#buckets[(key & this.#mask) >>> 0] as HashEntry[];
	}

	#find(key: number): HashEntry | undefined {
		return this.#bucket(key).find((entry) => entry.key === key);
	}

	#remove(entry: HashEntry): void {
		const list = this.#bucket(entry.key);
		list.splice(list.indexOf(entry), 1);
		this.#free.push(entry.place);
	}
}
