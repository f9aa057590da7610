// Helpers of XDP programs: moving head and tail, reading and writing bytes anywhere in the frame.

import { errno } from "../../abi/index.ts";
import type { Machine } from "../machine.ts";
import type { XdpFrame } from "../xdp.ts";
import { FRAME_HEAD, FRAME_SIZE, TAILROOM } from "../xdp.ts";
import { xdpOf } from "./context.ts";
import type { Implementations } from "./implementation.ts";

const ETH_HLEN = 14;
const LARGEST_META = 252;
const PAGE = 4096;

export function xdpHelpers(machine: Machine): Implementations {
	const { memory } = machine;
	const range = (frame: XdpFrame, offset: number, size: number) => {
		if (offset > 0xffff || size > 0xffff) return -errno.EFAULT;
		return offset + size > frame.space.packet.length ? -errno.EINVAL : 0;
	};
	return {
		xdp_adjust_head: (call, _r1, _h1, r2) => adjustHead(xdpOf(machine, call), r2),
		xdp_adjust_tail: (call, _r1, _h1, r2) => adjustTail(xdpOf(machine, call), r2),
		xdp_adjust_meta: (call, _r1, _h1, r2) => adjustMeta(xdpOf(machine, call), r2),
		xdp_get_buff_len: (call) => xdpOf(machine, call).space.packet.length,
		xdp_load_bytes: (call, _r1, _h1, r2, _h2, r3, _h3, r4) => {
			machine.guard(call, r3, r4, true);
			const frame = xdpOf(machine, call);
			const error = range(frame, r2 >>> 0, r4 >>> 0);
			if (error !== 0) return error;
			const from = frame.space.packet.at(frame.space.packet.data) + r2;
			memory.u8.copyWithin(r3 >>> 0, from, from + r4);
			return 0;
		},
		xdp_store_bytes: (call, _r1, _h1, r2, _h2, r3, _h3, r4) => {
			machine.guard(call, r3, r4, false);
			const frame = xdpOf(machine, call);
			const error = range(frame, r2 >>> 0, r4 >>> 0);
			if (error !== 0) return error;
			const to = frame.space.packet.at(frame.space.packet.data) + r2;
			memory.u8.copyWithin(to, r3 >>> 0, (r3 >>> 0) + r4);
			return 0;
		},
	};
}

/** Moves the start of the packet; metadata moves with it. */
function adjustHead(frame: XdpFrame, offset: number): number {
	const { packet } = frame.space;
	const meta = packet.data - packet.meta;
	const data = packet.data + offset;
	if (data < FRAME_HEAD + meta || data > packet.tail - ETH_HLEN) return -errno.EINVAL;
	const from = packet.at(packet.meta);
	if (meta > 0) frame.space.memory.u8.copyWithin(from + offset, from, from + meta);
	packet.meta += offset;
	packet.data = data;
	frame.publish();
	return 0;
}

function adjustMeta(frame: XdpFrame, offset: number): number {
	const { packet } = frame.space;
	const meta = packet.meta + offset;
	if (meta < FRAME_HEAD || meta > packet.data) return -errno.EINVAL;
	const size = packet.data - meta;
	if (size % 4 !== 0 || size > LARGEST_META) return -errno.EACCES;
	packet.meta = meta;
	frame.publish();
	return 0;
}

function adjustTail(frame: XdpFrame, offset: number): number {
	const { packet, memory } = frame.space;
	if (packet.end > packet.tail) return adjustLastPage(frame, offset);
	const end = packet.end + offset;
	if (end > FRAME_SIZE - TAILROOM || end < packet.data + ETH_HLEN) return -errno.EINVAL;
	if (offset > 0) memory.u8.fill(0, packet.at(packet.end), packet.at(end));
	packet.end = end;
	packet.tail = end;
	frame.publish();
	return 0;
}

/** A frame of several buffers: behind the first one they are pages, of which the last can grow to its end. */
function adjustLastPage(frame: XdpFrame, offset: number): number {
	const { packet, memory } = frame.space;
	if (offset < 0) {
		if (-offset > packet.length - ETH_HLEN) return -errno.EINVAL;
		packet.end += offset;
		packet.tail = Math.min(packet.tail, packet.end);
		frame.publish();
		return 0;
	}
	const used = ((packet.end - packet.tail - 1) % PAGE) + 1;
	if (offset > PAGE - used) return -errno.EINVAL;
	memory.u8.fill(0, packet.at(packet.end), packet.at(packet.end + offset));
	packet.end += offset;
	return 0;
}
