// The old packet loads (BPF_ABS, BPF_IND): values in network order from the packet, negative offsets from its headers.

import type { Machine } from "./machine.ts";

/** SKF_NET_OFF and SKF_LL_OFF of include/uapi/linux/filter.h. */
const NETWORK = -0x100000;
const LINK = -0x200000;

/** Undefined when the load is out of range: the program then ends with 0. */
export function legacyLoad(machine: Machine, offset: number, size: 1 | 2 | 4): number | undefined {
	const { skb, packet, memory } = machine;
	if (!skb) return undefined;
	let from = packet.data + offset;
	if (offset < 0) {
		if (offset < LINK) return undefined;
		from = offset >= NETWORK ? skb.networkOffset + offset - NETWORK : skb.macOffset + offset - LINK;
	}
	const least = offset < 0 ? skb.macOffset : packet.data;
	if (from < least || from + size > packet.end) return undefined;
	const at = packet.at(from);
	if (size === 1) return memory.data.getUint8(at);
	return size === 2 ? memory.data.getUint16(at) : memory.data.getUint32(at);
}
