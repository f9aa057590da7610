// struct xdp_md in guest memory and the frame behind it. Offsets of include/uapi/linux/bpf.h, limits of the generic frame
// that a test run gives a program: one page, 256 bytes of headroom, 320 bytes of tailroom.

import type { PacketSpace } from "./packet.ts";

export const XDP_MD_SIZE = 24;
export const XDP_HEADROOM = 256;
export const FRAME_SIZE = 4096;
/** sizeof(struct skb_shared_info), cache-aligned. */
export const TAILROOM = 320;
/** sizeof(struct xdp_frame): the head of the frame is not the program's. */
export const FRAME_HEAD = 40;

export const XDP_ACTION = { ABORTED: 0, DROP: 1, PASS: 2, TX: 3, REDIRECT: 4 } as const;

export interface XdpOrigin {
	readonly ingressIfindex: number;
	readonly rxQueueIndex: number;
	readonly egressIfindex: number;
}

export class XdpFrame {
	readonly space: PacketSpace;
	readonly origin: XdpOrigin;

	/** Puts `bytes` (metadata first, `meta` bytes of it) into the packet; `linear` of them directly readable. */
	constructor(space: PacketSpace, bytes: Uint8Array, origin: XdpOrigin, linear: number, meta = 0) {
		this.space = space;
		this.origin = origin;
		space.packet.load(bytes, XDP_HEADROOM - meta, linear, meta);
		const { data } = space.memory;
		space.contextRegion.length = XDP_MD_SIZE;
		const context = this.context;
		data.setUint32(context + 12, origin.ingressIfindex, true);
		data.setUint32(context + 16, origin.rxQueueIndex, true);
		data.setUint32(context + 20, origin.egressIfindex, true);
		this.publish();
	}

	get context(): number {
		return this.space.contextRegion.start;
	}

	/** Writes the packet's positions into the context. To be called after they change. */
	publish(): void {
		const { packet, memory } = this.space;
		packet.publish();
		memory.data.setUint32(this.context, packet.at(packet.data), true);
		memory.data.setUint32(this.context + 4, packet.at(packet.tail), true);
		memory.data.setUint32(this.context + 8, packet.at(packet.meta), true);
	}
}
