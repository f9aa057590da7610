// bpf_skb_adjust_room: room between the link and the network header for tunnel headers, and taking it back.

import { errno } from "../../abi/index.ts";
import type { Machine } from "../machine.ts";
import type { Skb } from "../skb.ts";
import { skbOf } from "./context.ts";
import type { Implementations } from "./implementation.ts";
import { flagsOf } from "./implementation.ts";
import { SKB_LIMIT } from "./skb.ts";

const FIXED_GSO = 1;
const ENCAP_L3_IPV4 = 2;
const ENCAP_L3_IPV6 = 4;
const ENCAP_L4_GRE = 8;
const ENCAP_L4_UDP = 16;
const NO_CSUM_RESET = 32;
const ENCAP_L2_ETH = 64;
const DECAP_L3_IPV4 = 128;
const DECAP_L3_IPV6 = 256;
const LOW_FLAGS = 511;
/** Bits 56 to 63: length of an inner link header. */
const L2_SHIFT_HIGH = 24;
const ENCAP_L3 = ENCAP_L3_IPV4 | ENCAP_L3_IPV6;
const DECAP_L3 = DECAP_L3_IPV4 | DECAP_L3_IPV6;
const IPV4 = 0x0800;
const IPV6 = 0x86dd;

export function roomHelpers(machine: Machine): Implementations {
	return {
		skb_adjust_room: (call, _r1, _h1, r2, _h2, r3, _h3, r4, h4) => {
			const inner = h4 >>> L2_SHIFT_HIGH;
			const unknown = h4 & 0xffffff;
			if (unknown !== 0 || r4 >>> 0 > LOW_FLAGS) return -errno.EINVAL;
			return adjust(skbOf(machine, call), r2, r3 >>> 0, flagsOf(r4, 0), inner);
		},
	};
}

function adjust(skb: Skb, difference: number, mode: number, flags: number, inner: number): number {
	const size = Math.abs(difference);
	const shrink = difference < 0;
	const { packet } = skb.space;
	const { protocol } = skb;
	if (size > 0xfff) return -errno.EFAULT;
	if (protocol !== IPV4 && protocol !== IPV6) return -errno.ENOTSUPP;
	const base = protocol === IPV4 ? 20 : 40;
	if (mode > 1) return -errno.ENOTSUPP;
	const offset = skb.networkOffset - skb.macOffset + (mode === 0 ? base : 0);
	let least = base;
	if (flags & DECAP_L3) {
		if (!shrink) return -errno.EINVAL;
		if ((flags & DECAP_L3) === DECAP_L3) return -errno.EINVAL;
		least = flags & DECAP_L3_IPV4 ? 20 : 40;
	}
	const network = packet.end - skb.networkOffset;
	if (shrink && (size >= network || network - size < least)) return -errno.ENOTSUPP;
	if (!shrink && packet.length + size > SKB_LIMIT) return -errno.ENOTSUPP;
	const error = shrink
		? takeBack(skb, offset, size, flags)
		: makeRoom(skb, offset, size, flags, inner);
	if (error === 0 && !(flags & NO_CSUM_RESET) && skb.checksum.kind === "unnecessary")
		Object.assign(skb.checksum, { kind: "none", level: 0 });
	return error;
}

function makeRoom(skb: Skb, offset: number, size: number, flags: number, inner: number): number {
	if ((flags & ENCAP_L3) !== 0) {
		if ((flags & ENCAP_L3) === ENCAP_L3) return -errno.EINVAL;
		if (flags & ENCAP_L4_GRE && flags & ENCAP_L4_UDP) return -errno.EINVAL;
		if (flags & ENCAP_L2_ETH && inner < 14) return -errno.EINVAL;
		if (skb.encapsulated) return -errno.EALREADY;
	}
	skb.space.packet.openGap(offset, size);
	skb.macOffset -= size;
	skb.networkOffset -= size;
	if ((flags & ENCAP_L3) !== 0) {
		skb.encapsulated = true;
		skb.protocol = flags & ENCAP_L3_IPV6 ? IPV6 : IPV4;
	}
	skb.publish();
	return 0;
}

function takeBack(skb: Skb, offset: number, size: number, flags: number): number {
	if (flags & ~(FIXED_GSO | DECAP_L3 | NO_CSUM_RESET)) return -errno.EINVAL;
	const { packet } = skb.space;
	if (offset + size > packet.length) return -errno.ENOMEM;
	packet.closeGap(offset, size);
	skb.macOffset += size;
	skb.networkOffset += size;
	if (flags & DECAP_L3) skb.protocol = flags & DECAP_L3_IPV6 ? IPV6 : IPV4;
	skb.publish();
	return 0;
}
