// Network devices as data: names, addresses, programs at their hooks. What happens to packets is in hooks.ts.

import type { LoadedProgram } from "./program.ts";

/** A network device. */
export interface Device {
	readonly ifindex: number;
	readonly name: string;
	readonly mac: Uint8Array;
	readonly mtu: number;
	/** IPv4 addresses of 4 bytes, IPv6 addresses of 16. */
	readonly addresses: readonly Uint8Array[];
	/** ifindex of the other end, when what leaves here arrives there. */
	readonly peer?: number;
	/** What leaves comes back in at once. */
	readonly loopback?: boolean;
	/** Program at each hook; TC hooks run theirs in order. */
	xdp: LoadedProgram | undefined;
	readonly tcIngress: LoadedProgram[];
	readonly tcEgress: LoadedProgram[];
}

export type DeviceSpec = Pick<Device, "name" | "mac" | "mtu" | "addresses" | "peer">;

export class Devices {
	readonly #devices = new Map<number, Device>();

	/** A machine starts with `lo`, ifindex 1. */
	constructor() {
		this.#put(1, { name: "lo", mac: new Uint8Array(6), mtu: 65536, addresses: [] }, true);
	}

	/** Adds a device with the next free ifindex. */
	add(spec: DeviceSpec): Device {
		return this.#put(Math.max(...this.#devices.keys()) + 1, spec, false);
	}

	byIndex(ifindex: number): Device | undefined {
		return this.#devices.get(ifindex);
	}

	byName(name: string): Device | undefined {
		return this.all().find((device) => device.name === name);
	}

	/** In order of ifindex. */
	all(): Device[] {
		return [...this.#devices.values()];
	}

	remove(ifindex: number): void {
		this.#devices.delete(ifindex);
	}

	#put(ifindex: number, spec: DeviceSpec, loopback: boolean): Device {
		const device: Device = {
			...spec,
			ifindex,
			...(loopback ? { loopback } : {}),
			xdp: undefined,
			tcIngress: [],
			tcEgress: [],
		};
		this.#devices.set(ifindex, device);
		return device;
	}
}
