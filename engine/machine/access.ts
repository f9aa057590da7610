// The rule of guest accesses, for the checked interpreter and for helpers that check their own arguments: an access lies in
// one region, inside its present bounds, inside one element where the region has elements, and writes only where it may.

import type { GuestMemory, Region } from "./memory.ts";

/** True when `size` bytes at `address` (unsigned) lie inside `region` and may be read, or written when `write`. */
export function allows(region: Region, address: number, size: number, write: boolean): boolean {
	const offset = address - region.start;
	if (offset < region.lower || offset + size > region.length) return false;
	if (write && !region.writable) return false;
	return region.stride === undefined || insideElement(region, region.stride, offset, size);
}

function insideElement(region: Region, stride: number, offset: number, size: number): boolean {
	return (offset % stride) + size <= (region.elementSize ?? stride);
}

/** The region that the whole access lies in; undefined when it is not allowed. */
export function checkAccess(
	memory: GuestMemory,
	address: number,
	size: number,
	write: boolean,
): Region | undefined {
	const region = memory.find(address);
	return region && allows(region, address, size, write) ? region : undefined;
}

/** Why an access is not allowed, for people. `address` may be any number, negative too. */
export function explainAccess(
	memory: GuestMemory,
	address: number,
	size: number,
	write: boolean,
): string {
	const what = `${write ? "write" : "read"} of ${size} ${size === 1 ? "byte" : "bytes"}`;
	const region = address < 0 ? undefined : nearest(memory, address);
	if (!region) {
		const near = address >= 0 && address < 4096;
		if (near) return `${what} at NULL${address === 0 ? "" : `+${address}`}`;
		return `${what} at ${hex(address)}, which is no memory of the program`;
	}
	const offset = address - region.start;
	const place = `${region.name}${offset < 0 ? offset : `+${offset}`}`;
	if (offset < region.lower) return `${what} at ${place}, ${region.name} begins at ${region.lower}`;
	if (offset + size > region.length)
		return `${what} at ${place}, ${region.name} has ${region.length} bytes`;
	if (region.stride !== undefined && !insideElement(region, region.stride, offset, size)) {
		const inside = offset % region.stride;
		return `${what} at ${region.name}[${Math.floor(offset / region.stride)}]+${inside}, an element has ${region.elementSize ?? region.stride} bytes`;
	}
	return `${what} at ${place}, which is read-only`;
}

/** The region that `address` lies in or, in a gap, the nearer of its neighbours within a page. */
function nearest(memory: GuestMemory, address: number): Region | undefined {
	const before = memory.find(address);
	const past = before ? address - (before.start + before.capacity) : 4096;
	if (past < 0) return before;
	const after = memory.regions.find((r) => r.start > address);
	return after && after.start - address <= Math.min(past, 4096) ? after : before;
}

function hex(address: number): string {
	return address < 0 ? `-0x${(-address).toString(16)}` : `0x${address.toString(16)}`;
}
