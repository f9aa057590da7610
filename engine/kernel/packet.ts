// The bytes of one packet in guest memory, with room before and behind. Positions are offsets in the region; guest
// addresses are made by `at`. It knows no protocols.
//
//   0 ........ meta .... data ............ tail ............ end ........ capacity
//              metadata  directly readable  only by helpers

import type { GuestMemory, Region } from "../machine/index.ts";

/** Where a program finds its packet: the buffer, and the regions of its context and of the socket that the context names. */
export interface PacketSpace {
	readonly memory: GuestMemory;
	readonly packet: Packet;
	readonly contextRegion: Region;
	readonly socketRegion: Region;
}

export class Packet {
	readonly memory: GuestMemory;
	readonly region: Region;
	/** Start of the metadata; equal to `data` when there is none. */
	meta = 0;
	data = 0;
	/** End of what programs reach through pointers. */
	tail = 0;
	/** End of the packet. */
	end = 0;

	constructor(memory: GuestMemory, region: Region) {
		this.memory = memory;
		this.region = region;
	}

	/** Bytes without metadata. */
	get length(): number {
		return this.end - this.data;
	}

	/** Puts `bytes` at offset `data`; the first `linear` of them are directly readable, the first `meta` are metadata. */
	load(bytes: Uint8Array, data: number, linear = bytes.length, meta = 0): void {
		this.memory.u8.fill(0, this.region.start, this.region.start + data);
		this.memory.u8.set(bytes, this.region.start + data);
		const end = this.region.start + data + bytes.length;
		this.memory.u8.fill(0, end, Math.min(end + 4096, this.region.start + this.region.capacity));
		this.meta = data;
		this.data = data + meta;
		this.tail = data + linear;
		this.end = data + bytes.length;
		this.publish();
	}

	/** Tells checked accesses the new bounds. To be called after positions change. */
	publish(): void {
		this.region.lower = this.meta;
		this.region.length = this.tail;
	}

	/** The guest address of an offset. */
	at(offset: number): number {
		return this.region.start + offset;
	}

	/** A copy of the bytes from `from` to the end. */
	bytes(from = this.data): Uint8Array {
		return this.memory.u8.slice(this.region.start + from, this.region.start + this.end);
	}

	/** Opens a gap of `count` zero bytes `offset` bytes behind the start by moving what is before it forwards. */
	openGap(offset: number, count: number): void {
		const { u8 } = this.memory;
		const start = this.at(this.data);
		u8.copyWithin(start - count, start, start + offset);
		u8.fill(0, start - count + offset, start + offset);
		this.data -= count;
		this.meta = this.data;
	}

	/** Removes `count` bytes `offset` bytes behind the start by moving what is before them backwards. */
	closeGap(offset: number, count: number): void {
		const start = this.at(this.data);
		this.memory.u8.copyWithin(start + count, start, start + offset);
		this.data += count;
		this.meta = this.data;
	}

	save(): readonly [number, number, number, number] {
		return [this.meta, this.data, this.tail, this.end];
	}

	restore(state: readonly [number, number, number, number]): void {
		[this.meta, this.data, this.tail, this.end] = state;
		this.publish();
	}
}
