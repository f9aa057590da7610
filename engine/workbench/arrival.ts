// A packet put before a program: frame and context as the hook of the program's type gives them, ready to run; afterwards
// what became of it.

import { fromHex } from "../base/index.ts";
import { type Device, type Kernel, Skb, XdpFrame } from "../kernel/index.ts";
import type { PacketInput } from "./project.ts";

const TYPE = { SOCKET_FILTER: 1, SCHED_CLS: 3, SCHED_ACT: 4, XDP: 6, CGROUP_SKB: 8 } as const;
const SKB_TYPES: ReadonlySet<number> = new Set([1, 3, 4, 8, 10, 11, 12, 19]);

/** Devices of every scenario besides `lo`. */
const devices = [
	{ name: "eth0", mac: "0242ac110002", address: "0a000001" },
	{ name: "eth1", mac: "0242ac110003", address: "0a000101" },
	{ name: "eth2", mac: "0242ac110004", address: "0a000201" },
] as const;

/** Adds the devices that packets arrive on and leave by. */
export function addDevices(kernel: Kernel): void {
	for (const { name, mac, address } of devices)
		kernel.machine.devices.add({
			name,
			mac: fromHex(mac) ?? new Uint8Array(6),
			mtu: 1500,
			addresses: [fromHex(address) ?? new Uint8Array(4)],
		});
}

/** Whether programs of this type are run on packets. */
export function takesPackets(type: number): boolean {
	return type === TYPE.XDP || SKB_TYPES.has(type);
}

/** A packet in guest memory. */
export interface Arrival {
	/** Guest address of the context: r1. */
	readonly context: number;
	/** Guest address where the packet began. */
	readonly start: number;
	/** The packet as it is now, from its link-layer header on. */
	bytes(): Uint8Array;
	/** Guest address where it begins now. */
	now(): number;
}

/** Loads `packet` for a program of `type`; a text says why it cannot arrive. */
export function arrive(kernel: Kernel, type: number, packet: PacketInput): Arrival | string {
	const bytes = fromHex(packet.data) ?? new Uint8Array();
	const { machine } = kernel;
	const device = machine.devices.byName(packet.device ?? "eth0");
	if (!device) return `there is no device ${packet.device}`;
	if (bytes.length < 14)
		return `a packet has at least the 14 bytes of an Ethernet header, this one has ${bytes.length}`;
	if (bytes.length > 65535) return `a packet has at most 65535 bytes, this one has ${bytes.length}`;
	machine.redirect = undefined;
	machine.clones.length = 0;
	machine.xdp = undefined;
	machine.skb = undefined;
	return type === TYPE.XDP
		? arriveXdp(kernel, bytes, device)
		: arriveSkb(kernel, type, bytes, device);
}

function arriveXdp({ machine }: Kernel, bytes: Uint8Array, device: Device): Arrival {
	const origin = { ingressIfindex: device.ifindex, rxQueueIndex: 0, egressIfindex: 0 };
	const frame = new XdpFrame(machine, bytes, origin, bytes.length);
	machine.xdp = frame;
	const { packet } = machine;
	return {
		context: frame.context,
		start: packet.at(packet.data),
		bytes: () => packet.bytes(),
		now: () => packet.at(packet.data),
	};
}

function arriveSkb({ machine }: Kernel, type: number, bytes: Uint8Array, device: Device): Arrival {
	const link = type === TYPE.SCHED_CLS || type === TYPE.SCHED_ACT;
	const skb = new Skb(machine, {
		frame: bytes,
		ifindex: device.ifindex,
		ingressIfindex: device.ifindex,
		link,
		mac: device.mac,
		broadcast: new Uint8Array(6).fill(0xff),
	});
	machine.skb = skb;
	const { packet } = machine;
	const begin = () => packet.at(link ? packet.data : skb.macOffset);
	return { context: skb.context, start: begin(), bytes: () => skb.frame(), now: begin };
}
