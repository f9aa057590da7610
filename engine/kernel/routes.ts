// Routes and neighbours for bpf_fib_lookup and bpf_redirect_neigh: a short list, longest prefix wins. A model: one table,
// no rules, no metrics.

import { equalBytes } from "../base/index.ts";

/** A route; addresses are 4 bytes (IPv4) or 16 (IPv6). */
export interface Route {
	readonly prefix: Uint8Array;
	readonly length: number;
	readonly ifindex: number;
	/** Next hop; absent when the destination is on the link. */
	readonly via?: Uint8Array;
	readonly kind?: "unicast" | "local" | "blackhole" | "unreachable" | "prohibit";
}

export interface Neighbour {
	readonly address: Uint8Array;
	readonly mac: Uint8Array;
	readonly ifindex: number;
}

export class Routes {
	readonly routes: Route[] = [];
	readonly neighbours: Neighbour[] = [];

	/** The most specific route to an address. */
	find(address: Uint8Array): Route | undefined {
		let best: Route | undefined;
		for (const route of this.routes) {
			if (route.prefix.length !== address.length) continue;
			if (best && best.length >= route.length) continue;
			if (samePrefix(route.prefix, address, route.length)) best = route;
		}
		return best;
	}

	neighbour(address: Uint8Array, ifindex: number): Neighbour | undefined {
		return this.neighbours.find(
			(entry) => entry.ifindex === ifindex && equalBytes(entry.address, address),
		);
	}
}

function samePrefix(a: Uint8Array, b: Uint8Array, bits: number): boolean {
	const whole = bits >> 3;
	for (let i = 0; i < whole; i++) if (a[i] !== b[i]) return false;
	const rest = bits & 7;
	return rest === 0 || ((a[whole] ?? 0) ^ (b[whole] ?? 0)) >> (8 - rest) === 0;
}
