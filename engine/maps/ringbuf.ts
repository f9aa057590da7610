// ringbuf: records reserved in order, submitted or discarded in any order, read in order.
// Documentation/bpf/ringbuf.rst. The data area is twice the ring, so that a record that starts near the end stays in one
// piece; the kernel maps its pages twice to the same end.
//
//   record   u32 length | BUSY | DISCARD, u32 reserved, then the data, padded to 8 bytes

import type { GuestMemory, Region } from "../machine/index.ts";
import { copyBytes, readU32, writeU32 } from "./bytes.ts";
import type { KindContext, MapKind } from "./kind.ts";
import * as n from "./numbers.ts";

const HEADER = 8;
const BUSY = 0x80000000;
const DISCARD = 0x40000000;
const LARGEST = 0x3fffffff;
/** Flags of bpf_ringbuf_output, submit and discard: BPF_RB_NO_WAKEUP | BPF_RB_FORCE_WAKEUP. */
const WAKEUP_FLAGS = 3;

/** Undefined when guest memory is exhausted. */
export function ringbufMap(context: KindContext): RingbufKind | undefined {
	const { memory, spec } = context;
	const region = memory.allocate("buffer", `map ${spec.name}`, 2 * spec.maxEntries);
	return region && new RingbufKind(context, region);
}

/** What a reader finds: the records in order, how many were discarded, what stays (behind a record still reserved). */
export interface RingbufRecords {
	readonly records: readonly Uint8Array[];
	readonly discarded: number;
	readonly leftBytes: number;
}

/** Ends a reservation; the record is then readable, or skipped when `discard`. */
export function commitSample(memory: GuestMemory, sample: number, discard: boolean): void {
	const header = sample - HEADER;
	const length = readU32(memory, header) & LARGEST;
	writeU32(memory, header, discard ? (length | DISCARD) >>> 0 : length);
}

export class RingbufKind implements MapKind {
	readonly #context: KindContext;
	readonly #region: Region;
	readonly #size: number;
	#consumer = 0;
	#producer = 0;
	/** Where the oldest record starts that may still be reserved. */
	#pending = 0;

	constructor(context: KindContext, region: Region) {
		this.#context = context;
		this.#region = region;
		this.#size = context.spec.maxEntries;
	}

	lookup(): number {
		return -n.ENOTSUPP;
	}

	update(): number {
		return -n.ENOTSUPP;
	}

	delete(): number {
		return -n.ENOTSUPP;
	}

	nextKey(): number {
		return -n.ENOTSUPP;
	}

	/** Address of `size` bytes to fill in, 0 when there is no room. */
	reserve(size: number): number {
		const length = Math.ceil((size + HEADER) / 8) * 8;
		if (size > LARGEST || length > this.#size) return 0;
		this.#advancePending();
		const end = this.#producer + length;
		if (end - this.#consumer > this.#size - 1 || end - this.#pending > this.#size - 1) return 0;
		const header = this.#at(this.#producer);
		writeU32(this.#context.memory, header, (size | BUSY) >>> 0);
		writeU32(this.#context.memory, header + 4, header - this.#region.start);
		this.#producer = end;
		return header + HEADER;
	}

	output(data: number, size: number, flags: number): number {
		if (flags > WAKEUP_FLAGS) return -n.EINVAL;
		const sample = this.reserve(size);
		if (sample === 0) return -n.EAGAIN;
		copyBytes(this.#context.memory, sample, data, size);
		commitSample(this.#context.memory, sample, false);
		return 0;
	}

	/** BPF_RB_AVAIL_DATA (0), RING_SIZE (1), CONS_POS (2), PROD_POS (3). */
	query(what: number): number {
		if (what === 0) return this.#producer - this.#consumer;
		if (what === 1) return this.#size;
		if (what === 2) return this.#consumer;
		return what === 3 ? this.#producer : 0;
	}

	/** Reads and consumes up to `limit` records. */
	consume(limit: number): RingbufRecords {
		const memory = this.#context.memory;
		const records: Uint8Array[] = [];
		let discarded = 0;
		while (records.length < limit && this.#consumer < this.#producer) {
			const header = this.#at(this.#consumer);
			const word = readU32(memory, header);
			if (word >= BUSY) break;
			const size = word & LARGEST;
			if (word & DISCARD) discarded++;
			else records.push(memory.u8.slice(header + HEADER, header + HEADER + size));
			this.#consumer += Math.ceil((size + HEADER) / 8) * 8;
		}
		return { records, discarded, leftBytes: this.#producer - this.#consumer };
	}

	save(): readonly [number, number, number] {
		return [this.#consumer, this.#producer, this.#pending];
	}

	restore(state: unknown): void {
		[this.#consumer, this.#producer, this.#pending] = state as readonly [number, number, number];
	}

	release(): void {
		this.#context.memory.release(this.#region);
	}

	#at(position: number): number {
		return this.#region.start + (position % this.#size);
	}

	#advancePending(): void {
		while (this.#pending < this.#producer) {
			const word = readU32(this.#context.memory, this.#at(this.#pending));
			if (word >= BUSY) return;
			this.#pending += Math.ceil(((word & LARGEST) + HEADER) / 8) * 8;
		}
	}
}
