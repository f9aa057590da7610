// Helpers that ask where packets go: routes, MTU, tunnel keys, and the socket behind a packet. Routes, neighbours and
// sockets are modelled.

import { errno } from "../../abi/index.ts";
import type { HelperCall } from "../../machine/index.ts";
import type { Device } from "../devices.ts";
import type { Machine } from "../machine.ts";
import type { Route } from "../routes.ts";
import type { Skb, TunnelKey } from "../skb.ts";
import { SKB } from "../skb.ts";
import { skbOf } from "./context.ts";
import type { Implementations } from "./implementation.ts";
import { flagsOf, wide } from "./implementation.ts";

const AF_INET = 2;
const AF_INET6 = 10;
/** struct bpf_fib_lookup: size and offsets. */
const FIB = {
	size: 64,
	totLen: 6,
	ifindex: 8,
	metric: 12,
	source: 16,
	destination: 32,
	vlan: 48,
	smac: 52,
	dmac: 58,
} as const;
const FIB_FLAGS = 0x3f;
const SKIP_NEIGH = 4;
const FIB_RESULT = {
	BLACKHOLE: 1,
	UNREACHABLE: 2,
	PROHIBIT: 3,
	NOT_FWDED: 4,
	FWD_DISABLED: 5,
	NO_NEIGH: 7,
	FRAG_NEEDED: 8,
} as const;
const ETH_HLEN = 14;
const SEGMENTS = 1;
const MTU_TOO_LARGE = 1;
/** struct bpf_tunnel_key: the sizes of its versions, offsets of the two addresses. */
const TUNNEL_KEY = 44;
const OLD_TUNNEL_KEYS: ReadonlySet<number> = new Set([8, 22, 24, 28]);
const TUNNEL_IPV6 = 1;
const TUNNEL_FLAGS = 16;

export function routeHelpers(machine: Machine): Implementations {
	const { memory } = machine;
	return {
		fib_lookup: (call, _r1, _h1, r2, _h2, r3, _h3, r4, h4) => {
			const size = r3 >>> 0;
			machine.guard(call, r2, size, true);
			const flags = flagsOf(r4, h4);
			if (size < FIB.size || flags > FIB_FLAGS) return -errno.EINVAL;
			return fibLookup(machine, r2 >>> 0, flags);
		},
		check_mtu: (call, _r1, _h1, r2, _h2, r3, _h3, r4, _h4, r5, h5) => {
			machine.guard(call, r3, 4, true);
			return checkMtu(machine, r2 >>> 0, r3 >>> 0, r4, flagsOf(r5, h5));
		},
		...tunnelHelpers(machine),
		get_socket_cookie: (call) => wide(call, machine.skb || machine.xdp ? 1 : 0),
		get_socket_uid: () => 0,
		skb_cgroup_id: (call) => wide(call, 1),
		skb_ecn_set_ce: (call) => {
			const skb = skbOf(machine, call);
			return setCongestion(memory.u8, skb.space.packet.at(skb.networkOffset), innerProtocol(skb));
		},
		skb_set_tstamp: (call, _r1, _h1, r2, h2, r3) => {
			const skb = skbOf(machine, call);
			const known = skb.protocol === 0x0800 || skb.protocol === 0x86dd;
			if (!known) return -errno.EOPNOTSUPP;
			const kind = r3 >>> 0;
			if (kind > 2) return -errno.EINVAL;
			if (kind > 0 && (r2 | h2) === 0) return -errno.EINVAL;
			skb.set(SKB.tstamp, r2);
			skb.set(SKB.tstamp + 4, h2);
			memory.u8[skb.context + SKB.tstampType] = kind;
			return 0;
		},
	};
}

function fibLookup(machine: Machine, at: number, flags: number): number {
	const { data, u8 } = machine.memory;
	const device = machine.devices.byIndex(data.getUint32(at + FIB.ifindex, true));
	const family = u8[at];
	if (family !== AF_INET && family !== AF_INET6) return -errno.EAFNOSUPPORT;
	if (!device) return -errno.ENODEV;
	if (machine.routes.routes.length === 0) return FIB_RESULT.FWD_DISABLED;
	const size = family === AF_INET ? 4 : 16;
	const destination = u8.slice(at + FIB.destination, at + FIB.destination + size);
	const route = machine.routes.find(destination);
	const out = route && machine.devices.byIndex(route.ifindex);
	if (!route || !out) return FIB_RESULT.NOT_FWDED;
	const refusal = refused(route);
	if (refusal !== 0) return refusal;
	if (data.getUint16(at + FIB.totLen, true) > out.mtu) {
		data.setUint16(at + FIB.totLen, out.mtu, true);
		return FIB_RESULT.FRAG_NEEDED;
	}
	data.setUint16(at + FIB.totLen, Math.min(out.mtu, 0xffff), true);
	data.setUint32(at + FIB.ifindex, out.ifindex, true);
	data.setUint32(at + FIB.metric, 0, true);
	const nextHop = route.via ?? destination;
	if (route.via) u8.set(route.via, at + FIB.destination);
	return flags & SKIP_NEIGH ? 0 : fillLink(machine, at, out, nextHop);
}

function refused(route: Route): number {
	switch (route.kind) {
		case "blackhole":
			return FIB_RESULT.BLACKHOLE;
		case "unreachable":
			return FIB_RESULT.UNREACHABLE;
		case "prohibit":
			return FIB_RESULT.PROHIBIT;
		case "local":
			return FIB_RESULT.NOT_FWDED;
		default:
			return 0;
	}
}

function fillLink(machine: Machine, at: number, out: Device, nextHop: Uint8Array): number {
	const neighbour = machine.routes.neighbour(nextHop, out.ifindex);
	if (!neighbour) return FIB_RESULT.NO_NEIGH;
	const { u8, data } = machine.memory;
	u8.set(neighbour.mac, at + FIB.dmac);
	u8.set(out.mac, at + FIB.smac);
	data.setUint32(at + FIB.vlan, 0, true);
	return 0;
}

function checkMtu(
	machine: Machine,
	ifindex: number,
	at: number,
	difference: number,
	flags: number,
): number {
	const { data } = machine.memory;
	const asked = data.getUint32(at, true);
	const { skb, packet } = machine;
	if (flags > (skb ? SEGMENTS : 0)) return -errno.EINVAL;
	if (flags & SEGMENTS && (difference !== 0 || asked !== 0)) return -errno.EINVAL;
	const own = skb?.get(SKB.ifindex) ?? machine.xdp?.origin.ingressIfindex ?? 0;
	const device = machine.devices.byIndex(ifindex === 0 ? own : ifindex);
	if (!device) return -errno.ENODEV;
	const length = (asked > 0 ? asked + ETH_HLEN : packet.length) + difference;
	data.setUint32(at, device.mtu, true);
	return length <= device.mtu + ETH_HLEN ? 0 : MTU_TOO_LARGE;
}

function tunnelHelpers(machine: Machine): Implementations {
	const { memory } = machine;
	const clear = (at: number, size: number, error: number) => {
		memory.u8.fill(0, at, at + size);
		return -error;
	};
	return {
		skb_get_tunnel_key: (call, _r1, _h1, r2, _h2, r3, _h3, r4, h4) => {
			const [at, size, flags] = [r2 >>> 0, r3 >>> 0, flagsOf(r4, h4)];
			machine.guard(call, at, size, true);
			const key = skbOf(machine, call).tunnel;
			if (!key || (flags & ~(TUNNEL_IPV6 | TUNNEL_FLAGS)) !== 0)
				return clear(at, size, errno.EINVAL);
			if ((key.flags & TUNNEL_IPV6) !== (flags & TUNNEL_IPV6)) return clear(at, size, errno.EPROTO);
			if (size !== TUNNEL_KEY && !OLD_TUNNEL_KEYS.has(size)) return clear(at, size, errno.EINVAL);
			memory.u8.set(received(key, (flags & TUNNEL_FLAGS) !== 0).subarray(0, size), at);
			return 0;
		},
		skb_set_tunnel_key: (call, _r1, _h1, r2, _h2, r3, _h3, r4, h4) => {
			const [at, size, flags] = [r2 >>> 0, r3 >>> 0, flagsOf(r4, h4)];
			machine.guard(call, at, size, false);
			if (flags > 0x3f || (flags & 0x20) !== 0) return -errno.EINVAL;
			if (size !== TUNNEL_KEY && !OLD_TUNNEL_KEYS.has(size)) return -errno.EINVAL;
			const bytes = new Uint8Array(TUNNEL_KEY);
			bytes.set(memory.u8.subarray(at, at + size));
			const extension = bytes[22] !== 0 || bytes[23] !== 0;
			const label = bytes.subarray(24, 28).some((byte) => byte !== 0);
			if (extension || (label && !(flags & TUNNEL_IPV6))) return -errno.EINVAL;
			skbOf(machine, call).tunnel = { bytes, flags };
			return 0;
		},
		skb_get_tunnel_opt: (call, _r1, _h1, r2, _h2, r3) => {
			const [at, size] = [r2 >>> 0, r3 >>> 0];
			machine.guard(call, at, size, true);
			const options = skbOf(machine, call).tunnel?.options;
			if (!options) return clear(at, size, errno.ENOENT);
			if (size < options.length) return clear(at, size, errno.ENOMEM);
			memory.u8.fill(0, at, at + size);
			memory.u8.set(options, at);
			return options.length;
		},
		skb_set_tunnel_opt: (call, _r1, _h1, r2, _h2, r3) => setOptions(machine, call, r2, r3 >>> 0),
	};
}

function setOptions(machine: Machine, call: HelperCall, at: number, size: number): number {
	machine.guard(call, at, size, false);
	const skb = skbOf(machine, call);
	if (!skb.tunnel || size % 4 !== 0) return -errno.EINVAL;
	if (size > 255) return -errno.ENOMEM;
	const options = machine.memory.u8.slice(at >>> 0, (at >>> 0) + size);
	skb.tunnel = { ...skb.tunnel, options };
	return 0;
}

/** A key as a receiver reads it: what was the local address is now the remote one. */
function received(key: TunnelKey, withFlags: boolean): Uint8Array {
	const out = key.bytes.slice();
	out.set(key.bytes.subarray(28, 44), 4);
	out.set(key.bytes.subarray(4, 20), 28);
	if (withFlags) new DataView(out.buffer).setUint16(22, tunnelFlags(key));
	return out;
}

/** TUNNEL_* bits of include/uapi/linux/if_tunnel.h for the flags that a key was set with. */
function tunnelFlags({ flags, options }: TunnelKey): number {
	const checksum = flags & 2 ? 0 : 0x0001;
	const id = flags & 16 ? 0 : 0x0004;
	const sequence = flags & 8 ? 0x0008 : 0;
	const fragment = flags & 4 ? 0x0100 : 0;
	const noCache = 0x2000;
	return checksum | id | sequence | fragment | noCache | (options ? 0xd800 : 0);
}

/** The protocol behind the VLAN tags that lie in the packet. */
function innerProtocol(skb: Skb): number {
	const { packet, memory } = skb.space;
	let { protocol } = skb;
	let at = skb.macOffset + ETH_HLEN;
	while ((protocol === 0x8100 || protocol === 0x88a8) && at + 4 <= packet.end) {
		protocol = memory.data.getUint16(packet.at(at) + 2);
		at += 4;
	}
	return protocol;
}

/** Marks congestion in an IP header: 1 when the mark is there afterwards, 0 when the packet cannot carry it. */
function setCongestion(u8: Uint8Array, at: number, protocol: number): number {
	if (protocol === 0x86dd) {
		const bits = ((u8[at + 1] as number) >> 4) & 3;
		if (bits === 0) return 0;
		u8[at + 1] = (u8[at + 1] as number) | 0x30;
		return 1;
	}
	if (protocol !== 0x0800) return 0;
	const ecn = (u8[at + 1] as number) & 3;
	if (ecn === 0) return 0;
	if (ecn === 3) return 1;
	u8[at + 1] = (u8[at + 1] as number) | 3;
	const sum = (u8[at + 10] as number) * 256 + (u8[at + 11] as number) + 0xffff - (3 - ecn);
	const folded = (sum & 0xffff) + (sum >> 16);
	u8[at + 10] = folded >> 8;
	u8[at + 11] = folded & 0xff;
	return 1;
}
