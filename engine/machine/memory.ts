// Guest memory: one linear memory that holds contexts, stacks, packets, map values and ring buffers. Both executors run
// on it, panels read windows of it. An address is an offset in it; the first page stays unused so that 0 is NULL.
// Regions are separated by guard gaps, so that a checked access that leaves its region is always caught.

import { assert } from "../base/index.ts";

export type RegionKind = "ctx" | "stack" | "packet" | "map" | "handle" | "buffer" | "object";

/** A stretch of guest memory that accesses are checked against. `start` and `length` are in bytes. */
export interface Region {
	readonly kind: RegionKind;
	/** For people, e.g. `map counts`, `packet`, `stack`. */
	readonly name: string;
	readonly start: number;
	/** First byte that accesses may touch now, as an offset from `start`; moves with a packet's head. */
	lower: number;
	/** End of the bytes that accesses may touch now, as an offset from `start`; at most `capacity`. Moves with a packet's tail. */
	length: number;
	readonly capacity: number;
	readonly writable: boolean;
	/** For regions of equal elements (map values): distance of two elements and accessible bytes of each. */
	readonly stride?: number;
	readonly elementSize?: number;
}

/** The table of regions at one moment; see GuestMemory.saveLayout. */
export interface MemoryLayout {
	readonly regions: readonly Region[];
	/** `lower` and `length` of each region. */
	readonly bounds: readonly (readonly [number, number])[];
	readonly free: readonly { readonly start: number; readonly size: number }[];
	readonly end: number;
}

const PAGE = 65536;
const GUARD = 4096;
const LIMIT_PAGES = 32768;

export class GuestMemory {
	readonly memory: WebAssembly.Memory;
	/** Views of the whole memory; replaced when it grows, so read them anew after any allocation. */
	u8: Uint8Array;
	i32: Int32Array;
	data: DataView;
	#regions: Region[] = [];
	#free: { start: number; size: number }[] = [];
	#end = PAGE;

	constructor(initialPages = 16) {
		this.memory = new WebAssembly.Memory({ initial: initialPages, maximum: LIMIT_PAGES });
		this.u8 = new Uint8Array(this.memory.buffer);
		this.i32 = new Int32Array(this.memory.buffer);
		this.data = new DataView(this.memory.buffer);
	}

	/** Regions in ascending order of address. */
	get regions(): readonly Region[] {
		return this.#regions;
	}

	/** Allocates a zeroed region, 16-byte aligned. Undefined when guest memory is exhausted (the caller answers ENOMEM). */
	allocate(
		kind: RegionKind,
		name: string,
		capacity: number,
		options: { writable?: boolean; length?: number; stride?: number; elementSize?: number } = {},
	): Region | undefined {
		const size = (Math.max(capacity, 1) + GUARD + 15) & ~15;
		const start = this.#take(size);
		if (start === undefined) return undefined;
		this.u8.fill(0, start, start + capacity);
		const region: Region = {
			kind,
			name,
			start,
			lower: 0,
			length: options.length ?? capacity,
			capacity,
			writable: options.writable ?? true,
			...(options.stride === undefined ? {} : { stride: options.stride }),
			...(options.elementSize === undefined ? {} : { elementSize: options.elementSize }),
		};
		this.#regions.splice(this.#lowerBound(start), 0, region);
		return region;
	}

	/** Gives a region back. Its length becomes 0, so that whoever still holds it finds nothing accessible. */
	release(region: Region): void {
		const at = this.#regions.indexOf(region);
		assert(at >= 0, "release of a region that is not there");
		this.#regions.splice(at, 1);
		region.length = 0;
		region.lower = 0;
		this.#free.push({
			start: region.start,
			size: (Math.max(region.capacity, 1) + GUARD + 15) & ~15,
		});
	}

	/** The region that `address` (unsigned) lies in, with its guard gap behind it; undefined outside all. */
	find(address: number): Region | undefined {
		const region = this.#regions[this.#lowerBound(address + 1) - 1];
		return region && address < region.start + region.capacity + GUARD ? region : undefined;
	}

	/** Bytes from 0 up to the end of the last region ever allocated; nothing beyond was written. */
	get used(): number {
		return this.#end;
	}

	/** The regions and their bounds, for checkpoints; the bytes are the caller's to copy. */
	saveLayout(): MemoryLayout {
		return {
			regions: [...this.#regions],
			bounds: this.#regions.map((r) => [r.lower, r.length]),
			free: [...this.#free],
			end: this.#end,
		};
	}

	/** Puts the regions back as they were; the same Region objects come back to life. Memory never shrinks. */
	restoreLayout(layout: MemoryLayout): void {
		for (const region of this.#regions) region.length = 0;
		this.#regions = [...layout.regions];
		layout.bounds.forEach(([lower, length], i) => {
			const region = this.#regions[i];
			if (!region) return;
			region.lower = lower;
			region.length = length;
		});
		this.#free = [...layout.free];
		this.#end = layout.end;
	}

	#lowerBound(address: number): number {
		let low = 0;
		let high = this.#regions.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.#regions[middle]?.start ?? 0) < address) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	#take(size: number): number | undefined {
		const at = this.#free.findIndex((f) => f.size === size);
		const reused = this.#free[at];
		if (reused) {
			this.#free.splice(at, 1);
			return reused.start;
		}
		const start = this.#end;
		const missing = start + size - this.u8.length;
		if (missing > 0 && !this.#grow(Math.max(missing, this.u8.length >> 1), missing))
			return undefined;
		this.#end += size;
		return start;
	}

	#grow(wanted: number, needed: number): boolean {
		for (const bytes of [wanted, needed]) {
			const pages = Math.ceil(bytes / PAGE);
			if (this.u8.length / PAGE + pages > LIMIT_PAGES) continue;
			try {
				this.memory.grow(pages);
			} catch {
				continue;
			}
			this.u8 = new Uint8Array(this.memory.buffer);
			this.i32 = new Int32Array(this.memory.buffer);
			this.data = new DataView(this.memory.buffer);
			return true;
		}
		return false;
	}
}
