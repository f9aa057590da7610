// Helpers on socket buffers: bytes, length, room for headers, VLAN tags, hash and type.

import { errno } from "../../abi/index.ts";
import type { HelperCall } from "../../machine/index.ts";
import type { Machine } from "../machine.ts";
import type { Skb } from "../skb.ts";
import { PACKET_TYPE, SKB } from "../skb.ts";
import { skbOf } from "./context.ts";
import type { Implementations } from "./implementation.ts";
import { flagsOf, unsigned } from "./implementation.ts";

const RECOMPUTE_CSUM = 1;
const INVALIDATE_HASH = 2;
const INT_MAX = 0x7fffffff;
/** Largest buffer that helpers make: four pages less the kernel's own part. */
export const SKB_LIMIT = 16064;
const VLAN_8021Q = 0x8100;
const VLAN_8021AD = 0x88a8;
const VLAN_HLEN = 4;
const MACS = 12;

export function skbHelpers(machine: Machine): Implementations {
	const skb = (call: HelperCall) => skbOf(machine, call);
	const { memory } = machine;
	return {
		skb_load_bytes: (call, _r1, _h1, r2, _h2, r3, _h3, r4) => {
			machine.guard(call, r3, r4, true);
			const { packet } = skb(call).space;
			return load(machine, packet.at(packet.data), r2 >>> 0, r3 >>> 0, r4 >>> 0, INT_MAX);
		},
		skb_load_bytes_relative: (call, _r1, _h1, r2, _h2, r3, _h3, r4, _h4, r5) => {
			machine.guard(call, r3, r4, true);
			const { space, macOffset, networkOffset } = skb(call);
			const start = r5 === 0 ? macOffset : r5 === 1 ? networkOffset : undefined;
			const [to, size] = [r3 >>> 0, r4 >>> 0];
			if (start !== undefined)
				return load(machine, space.packet.at(start), r2 >>> 0, to, size, 0xffff);
			memory.u8.fill(0, to, to + size);
			return -errno.EFAULT;
		},
		skb_store_bytes: (call, _r1, _h1, r2, _h2, r3, _h3, r4, _h4, r5, h5) => {
			const buffer = skb(call);
			const { packet } = buffer.space;
			const [offset, size, flags] = [r2 >>> 0, r4 >>> 0, flagsOf(r5, h5)];
			machine.guard(call, r3, size, false);
			if (flags > (RECOMPUTE_CSUM | INVALIDATE_HASH)) return -errno.EINVAL;
			if (offset > INT_MAX || offset + size > packet.length) return -errno.EFAULT;
			const to = packet.at(packet.data) + offset;
			memory.u8.copyWithin(to, r3 >>> 0, (r3 >>> 0) + size);
			if (flags & INVALIDATE_HASH) clearHash(buffer);
			return 0;
		},
		skb_pull_data: (call, _r1, _h1, r2) =>
			r2 >>> 0 > skb(call).space.packet.length ? -errno.ENOMEM : 0,
		skb_change_tail: (call, _r1, _h1, r2, _h2, r3, h3) =>
			changeTail(skb(call), r2 >>> 0, flagsOf(r3, h3)),
		skb_change_head: (call, _r1, _h1, r2, _h2, r3, h3) =>
			changeHead(skb(call), r2, flagsOf(r3, h3)),
		skb_change_proto: (call, _r1, _h1, r2, _h2, r3, h3) =>
			changeProtocol(skb(call), r2 & 0xffff, flagsOf(r3, h3)),
		skb_change_type: (call, _r1, _h1, r2) => {
			const buffer = skb(call);
			if (r2 >>> 0 > PACKET_TYPE.OTHERHOST) return -errno.EINVAL;
			if (buffer.get(SKB.pktType) > PACKET_TYPE.OTHERHOST) return -errno.EINVAL;
			buffer.set(SKB.pktType, r2);
			return 0;
		},
		skb_vlan_push: (call, _r1, _h1, r2, _h2, r3) => vlanPush(skb(call), r2 & 0xffff, r3 & 0xffff),
		skb_vlan_pop: (call) => vlanPop(skb(call)),
		get_hash_recalc: (call) => {
			const buffer = skb(call);
			if (!buffer.hashed) {
				buffer.set(SKB.hash, flowHash(buffer));
				buffer.hashed = true;
			}
			return unsigned(call, buffer.get(SKB.hash));
		},
		set_hash: (call, _r1, _h1, r2) => {
			const buffer = skb(call);
			buffer.set(SKB.hash, r2);
			buffer.hashed = true;
			return 0;
		},
		set_hash_invalid: (call) => {
			clearHash(skb(call));
			return 0;
		},
		get_cgroup_classid: () => 0,
		get_route_realm: () => 0,
		skb_under_cgroup: (call) => call.fail("there are no cgroups", "helper bpf_skb_under_cgroup"),
	};
}

function load(
	machine: Machine,
	start: number,
	offset: number,
	to: number,
	size: number,
	limit: number,
): number {
	const { memory, packet } = machine;
	if (offset <= limit && start + offset + size <= packet.at(packet.end)) {
		memory.u8.copyWithin(to, start + offset, start + offset + size);
		return 0;
	}
	memory.u8.fill(0, to, to + size);
	return -errno.EFAULT;
}

function clearHash(skb: Skb): void {
	skb.set(SKB.hash, 0);
	skb.hashed = false;
}

function changeTail(skb: Skb, length: number, flags: number): number {
	const { packet, memory } = skb.space;
	const least = skb.networkOffset - packet.data;
	if (flags !== 0 || length > SKB_LIMIT || length < least) return -errno.EINVAL;
	if (skb.encapsulated) return -errno.ENOTSUPP;
	const end = packet.data + length;
	if (end > packet.end) memory.u8.fill(0, packet.at(packet.end), packet.at(end));
	packet.end = end;
	packet.tail = end;
	skb.publish();
	return 0;
}

function changeHead(skb: Skb, room: number, flags: number): number {
	const { packet, memory } = skb.space;
	if (flags !== 0 || room < 0 || packet.length + room > SKB_LIMIT) return -errno.EINVAL;
	memory.u8.fill(0, packet.at(packet.data - room), packet.at(packet.data));
	packet.data -= room;
	packet.meta = packet.data;
	skb.macOffset = packet.data;
	skb.publish();
	return 0;
}

/** From IPv4 to IPv6 and back: only the room and the protocol change, the program writes the header. */
function changeProtocol(skb: Skb, field: number, flags: number): number {
	if (flags !== 0) return -errno.EINVAL;
	const wanted = ((field & 0xff) << 8) | (field >>> 8);
	const { packet } = skb.space;
	const difference = 20;
	const header = skb.networkOffset - skb.macOffset;
	if (skb.protocol === 0x0800 && wanted === 0x86dd) {
		packet.openGap(header, difference);
		skb.macOffset -= difference;
		skb.networkOffset -= difference;
	} else if (skb.protocol === 0x86dd && wanted === 0x0800) {
		if (packet.length < header + difference) return -errno.ENOMEM;
		packet.closeGap(header, difference);
		skb.macOffset += difference;
		skb.networkOffset += difference;
	} else {
		return -errno.ENOTSUPP;
	}
	skb.protocol = wanted;
	clearHash(skb);
	skb.publish();
	return 0;
}

/** The new tag is kept beside the packet; one that was there moves into it. */
function vlanPush(skb: Skb, field: number, tci: number): number {
	const asked = ((field & 0xff) << 8) | (field >>> 8);
	const proto = asked === VLAN_8021AD ? VLAN_8021AD : VLAN_8021Q;
	const { packet, memory } = skb.space;
	if (skb.vlan) {
		const { vlan } = skb;
		packet.openGap(MACS, VLAN_HLEN);
		skb.macOffset -= VLAN_HLEN;
		const at = packet.at(packet.data) + MACS;
		memory.data.setUint16(at, vlan.proto);
		memory.data.setUint16(at + 2, vlan.tci);
		skb.protocol = vlan.proto;
	}
	skb.vlan = { proto, tci };
	skb.publish();
	return 0;
}

/** Takes the outermost tag off; the next one then moves from the packet to beside it. */
function vlanPop(skb: Skb): number {
	if (skb.vlan) skb.vlan = undefined;
	else if (!isVlan(skb.protocol)) return 0;
	else if (!untag(skb)) return -errno.ENOMEM;
	if (isVlan(skb.protocol)) {
		const proto = skb.protocol;
		const { packet, memory } = skb.space;
		const tci = memory.data.getUint16(packet.at(packet.data) + MACS + 2);
		if (!untag(skb)) return -errno.ENOMEM;
		skb.vlan = { proto, tci };
	}
	skb.publish();
	return 0;
}

/** Removes the tag that lies in the packet. */
function untag(skb: Skb): boolean {
	const { packet, memory } = skb.space;
	if (packet.length < MACS + VLAN_HLEN + 2) return false;
	packet.closeGap(MACS, VLAN_HLEN);
	skb.macOffset += VLAN_HLEN;
	skb.networkOffset = Math.max(skb.networkOffset, skb.macOffset + MACS + 2);
	skb.protocol = memory.data.getUint16(packet.at(packet.data) + MACS);
	return true;
}

function isVlan(protocol: number): boolean {
	return protocol === VLAN_8021Q || protocol === VLAN_8021AD;
}

/** A hash of addresses, protocol and ports. Linux keys its own with a secret of each boot, so no two answers need agree. */
function flowHash(skb: Skb): number {
	const { memory, packet } = skb.space;
	const at = packet.at(skb.networkOffset);
	const v6 = skb.protocol === 0x86dd;
	if (!v6 && skb.protocol !== 0x0800) return 0;
	const header = v6 ? 40 : ((memory.u8[at] as number) & 15) * 4;
	const next = memory.u8[at + (v6 ? 6 : 9)] as number;
	let hash = 0x811c9dc5 ^ next;
	const mix = (from: number, size: number) => {
		for (let i = from; i < from + size; i++)
			hash = Math.imul(hash ^ (memory.u8[i] as number), 0x01000193);
	};
	mix(at + (v6 ? 8 : 12), v6 ? 32 : 8);
	if (next === 6 || next === 17) mix(at + header, 4);
	hash ^= hash >>> 15;
	return (hash >>> 0) | 1;
}
