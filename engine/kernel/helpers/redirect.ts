// Helpers that send packets elsewhere: redirects by device and by map, clones. They only remember; hooks.ts moves packets
// once the program has ended.

import { errno } from "../../abi/index.ts";
import type { HelperCall } from "../../machine/index.ts";
import { DestinationHashKind, DestinationKind, SlotKind } from "../../maps/index.ts";
import type { Machine } from "../machine.ts";
import { XDP_ACTION } from "../xdp.ts";
import { skbOf } from "./context.ts";
import type { Implementations } from "./implementation.ts";
import { flagsOf } from "./implementation.ts";

const TC_ACT_SHOT = 2;
const TC_ACT_REDIRECT = 7;
const INGRESS = 1;
/** Low bits of bpf_redirect_map's flags: the action when there is no such entry. */
const ACTION_MASK = 3;
const BROADCAST = 8;
const EXCLUDE_INGRESS = 16;
/** sizeof(struct bpf_redir_neigh). */
const NEIGHBOUR_SIZE = 20;

export function redirectHelpers(machine: Machine): Implementations {
	return {
		redirect: (_call, r1, _h1, r2, h2) => {
			const flags = flagsOf(r2, h2);
			if (machine.xdp) {
				if (flags !== 0) return XDP_ACTION.ABORTED;
				machine.redirect = { ifindex: r1 >>> 0, ingress: false };
				return XDP_ACTION.REDIRECT;
			}
			if (flags > INGRESS) return TC_ACT_SHOT;
			machine.redirect = { ifindex: r1 >>> 0, ingress: flags === INGRESS };
			return TC_ACT_REDIRECT;
		},
		redirect_map: (call, r1, _h1, r2, h2, r3, h3) =>
			redirectMap(machine, call, r1, flagsOf(r2, h2), flagsOf(r3, h3)),
		redirect_neigh: (_call, r1, _h1, _r2, _h2, r3, _h3, r4, h4) => {
			const size = r3 >>> 0;
			if ((size > 0 && size < NEIGHBOUR_SIZE) || (r4 | h4) !== 0) return TC_ACT_SHOT;
			machine.redirect = { ifindex: r1 >>> 0, ingress: false };
			return TC_ACT_REDIRECT;
		},
		redirect_peer: (_call, r1, _h1, r2, h2) => {
			if ((r2 | h2) !== 0) return TC_ACT_SHOT;
			const peer = machine.devices.byIndex(r1 >>> 0)?.peer;
			machine.redirect = { ifindex: peer ?? 0, ingress: true };
			return TC_ACT_REDIRECT;
		},
		clone_redirect: (call, _r1, _h1, r2, _h2, r3, h3) => {
			const skb = skbOf(machine, call);
			const flags = flagsOf(r3, h3);
			if (flags > INGRESS || !machine.devices.byIndex(r2 >>> 0)) return -errno.EINVAL;
			const redirect = { ifindex: r2 >>> 0, ingress: flags === INGRESS };
			machine.clones.push({ redirect, bytes: skb.frame() });
			return 0;
		},
	};
}

function redirectMap(
	machine: Machine,
	call: HelperCall,
	handle: number,
	key: number,
	flags: number,
): number {
	const map = machine.map(call, handle);
	const { kind } = map;
	const devices =
		kind instanceof DestinationHashKind || (kind instanceof DestinationKind && !isCpuMap(map.spec));
	const known = ACTION_MASK | (devices ? BROADCAST | EXCLUDE_INGRESS : 0);
	if (flags > 0xffffffff || (flags & ~known) !== 0) return XDP_ACTION.ABORTED;
	if (devices && flags & BROADCAST) {
		const broadcast = { map: map.id, excludeIngress: (flags & EXCLUDE_INGRESS) !== 0 };
		machine.redirect = { ifindex: 0, ingress: false, broadcast };
		return XDP_ACTION.REDIRECT;
	}
	if (kind instanceof DestinationHashKind || kind instanceof DestinationKind) {
		const destination = kind.destination(key);
		if (!destination) return flags & ACTION_MASK;
		machine.redirect = devices
			? { ifindex: destination.target, ingress: false, destination }
			: { ifindex: 0, ingress: false, elsewhere: "cpu" };
		return XDP_ACTION.REDIRECT;
	}
	if (!(kind instanceof SlotKind) || !kind.slot(key)) return flags & ACTION_MASK;
	machine.redirect = { ifindex: 0, ingress: false, elsewhere: "socket" };
	return XDP_ACTION.REDIRECT;
}

const CPUMAP = 16;

function isCpuMap(spec: { readonly type: number }): boolean {
	return spec.type === CPUMAP;
}
