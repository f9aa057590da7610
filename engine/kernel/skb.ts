// struct __sk_buff in guest memory and the buffer behind it. Fields that programs may write live in guest memory only and
// are read back from there; what helpers keep about the packet beyond it lives here.

import type { PacketSpace } from "./packet.ts";

export const SKB_CONTEXT_SIZE = 192;
/** Offsets in struct __sk_buff of include/uapi/linux/bpf.h. */
export const SKB = {
	len: 0,
	pktType: 4,
	mark: 8,
	queueMapping: 12,
	protocol: 16,
	vlanPresent: 20,
	vlanTci: 24,
	vlanProto: 28,
	priority: 32,
	ingressIfindex: 36,
	ifindex: 40,
	tcIndex: 44,
	cb: 48,
	hash: 68,
	tcClassid: 72,
	data: 76,
	dataEnd: 80,
	napiId: 84,
	dataMeta: 140,
	flowKeys: 144,
	tstamp: 152,
	wireLen: 160,
	gsoSegs: 164,
	sk: 168,
	gsoSize: 176,
	tstampType: 180,
	hwtstamp: 184,
} as const;

/**
 * Room before the data. Linux gives a test run 64 bytes in its page and makes more when a program asks for it; here more is
 * there from the start, and the data begin 64 bytes into a page too, since programs can see the low bits of pointers.
 */
const SKB_HEADROOM = 4096 + 64;
const ETH_HLEN = 14;
const AF_INET = 2;
const AF_INET6 = 10;
const TCP_CLOSE = 7;

export const PACKET_TYPE = { HOST: 0, BROADCAST: 1, MULTICAST: 2, OTHERHOST: 3 } as const;

/** A VLAN tag kept beside the packet; protocol in host order. */
export interface VlanTag {
	readonly proto: number;
	readonly tci: number;
}

/** A tunnel key as bpf_skb_set_tunnel_key keeps it: the bytes of struct bpf_tunnel_key. */
export interface TunnelKey {
	readonly bytes: Uint8Array;
	/** BPF_F_* flags it was set with. */
	readonly flags: number;
	readonly options?: Uint8Array;
}

/** CHECKSUM_NONE, CHECKSUM_UNNECESSARY with its level, CHECKSUM_COMPLETE with the sum. */
export interface SkbChecksum {
	kind: "none" | "unnecessary" | "complete";
	level: number;
	sum: number;
}

export interface SkbOrigin {
	/** Frame with its Ethernet header. */
	readonly frame: Uint8Array;
	readonly ifindex: number;
	readonly ingressIfindex: number;
	/** Whether the program sees the Ethernet header: TC does, socket filters and cgroups do not. */
	readonly link: boolean;
	/** Address and broadcast address of the device, for the packet type. */
	readonly mac: Uint8Array;
	readonly broadcast: Uint8Array;
	readonly vlan?: VlanTag;
	/** Metadata that an XDP program left in front of the frame. */
	readonly meta?: Uint8Array;
	readonly socket?: boolean;
}

/** What helpers may change about a packet outside guest memory. */
export interface SkbState {
	readonly macOffset: number;
	readonly networkOffset: number;
	readonly vlan: VlanTag | undefined;
	readonly encapsulated: boolean;
	readonly hashed: boolean;
	readonly tunnel: TunnelKey | undefined;
	readonly checksum: SkbChecksum;
}

export class Skb {
	readonly space: PacketSpace;
	readonly link: boolean;
	/** Offset in the packet region of the Ethernet and the network header. */
	macOffset: number;
	networkOffset: number;
	vlan: VlanTag | undefined;
	/** Set once bpf_skb_adjust_room has pushed a tunnel header. */
	encapsulated = false;
	hashed = false;
	tunnel: TunnelKey | undefined;
	readonly checksum: SkbChecksum = { kind: "none", level: 0, sum: 0 };

	constructor(space: PacketSpace, origin: SkbOrigin) {
		this.space = space;
		this.link = origin.link;
		this.vlan = origin.vlan;
		const { packet, memory, contextRegion } = space;
		packet.load(origin.frame, SKB_HEADROOM);
		this.macOffset = packet.data;
		this.networkOffset = packet.data + ETH_HLEN;
		if (!origin.link) {
			packet.data += ETH_HLEN;
			packet.meta = packet.data;
		}
		if (origin.meta) {
			packet.meta = packet.data - origin.meta.length;
			memory.u8.set(origin.meta, packet.at(packet.meta));
		}
		contextRegion.length = SKB_CONTEXT_SIZE;
		memory.u8.fill(0, this.context, this.context + SKB_CONTEXT_SIZE);
		this.set(SKB.pktType, packetType(origin));
		this.set(SKB.protocol, protocolField(protocolOf(origin.frame)));
		this.set(SKB.ifindex, origin.ifindex);
		this.set(SKB.ingressIfindex, origin.ingressIfindex);
		if (origin.socket) this.#describeSocket(origin.frame);
		this.publish();
	}

	get context(): number {
		return this.space.contextRegion.start;
	}

	/** Ethertype in host order. */
	get protocol(): number {
		const field = this.get(SKB.protocol);
		return ((field & 0xff) << 8) | (field >>> 8);
	}

	set protocol(value: number) {
		this.set(SKB.protocol, protocolField(value));
	}

	get(offset: number): number {
		return this.space.memory.data.getUint32(this.context + offset, true);
	}

	set(offset: number, value: number): void {
		this.space.memory.data.setUint32(this.context + offset, value, true);
	}

	/** Writes positions, length and VLAN tag into the context. To be called after they change. */
	publish(): void {
		const { packet } = this.space;
		packet.publish();
		this.set(SKB.len, packet.length);
		this.set(SKB.data, packet.at(packet.data));
		this.set(SKB.dataEnd, packet.at(packet.tail));
		this.set(SKB.dataMeta, packet.at(packet.meta));
		this.set(SKB.vlanPresent, this.vlan ? 1 : 0);
		this.set(SKB.vlanTci, this.vlan?.tci ?? 0);
		this.set(SKB.vlanProto, this.vlan ? protocolField(this.vlan.proto) : 0);
	}

	/** The frame as it would leave: with its Ethernet header and a VLAN tag that was kept beside it. */
	frame(): Uint8Array {
		const bytes = this.space.packet.bytes(this.link ? this.space.packet.data : this.macOffset);
		if (!this.vlan) return bytes;
		const tagged = new Uint8Array(bytes.length + 4);
		tagged.set(bytes.subarray(0, 12));
		new DataView(tagged.buffer).setUint16(12, this.vlan.proto);
		new DataView(tagged.buffer).setUint16(14, this.vlan.tci);
		tagged.set(bytes.subarray(12), 16);
		return tagged;
	}

	save(): SkbState {
		const { macOffset, networkOffset, vlan, encapsulated, hashed, tunnel } = this;
		return {
			macOffset,
			networkOffset,
			vlan,
			encapsulated,
			hashed,
			tunnel,
			checksum: { ...this.checksum },
		};
	}

	restore(state: SkbState): void {
		this.macOffset = state.macOffset;
		this.networkOffset = state.networkOffset;
		this.vlan = state.vlan;
		this.encapsulated = state.encapsulated;
		this.hashed = state.hashed;
		this.tunnel = state.tunnel;
		Object.assign(this.checksum, state.checksum);
	}

	/** struct bpf_sock of the socket that a test run hangs on the packet: addresses from the packet, no ports. */
	#describeSocket(frame: Uint8Array): void {
		const { socketRegion, memory } = this.space;
		const at = socketRegion.start;
		memory.u8.fill(0, at, at + socketRegion.capacity);
		memory.data.setUint32(at + 72, TCP_CLOSE, true);
		const protocol = protocolOf(frame);
		if (protocol === 0x0800) {
			memory.data.setUint32(at + 4, AF_INET, true);
			memory.u8.set(frame.subarray(26, 30), at + 24);
			memory.u8.set(frame.subarray(30, 34), at + 52);
		} else if (protocol === 0x86dd) {
			memory.data.setUint32(at + 4, AF_INET6, true);
			memory.u8.set(frame.subarray(22, 38), at + 28);
			memory.u8.set(frame.subarray(38, 54), at + 56);
		}
		this.set(SKB.sk, at);
	}
}

/** A value in network order as the u32 field of a little-endian machine. */
function protocolField(protocol: number): number {
	return ((protocol & 0xff) << 8) | (protocol >>> 8);
}

/** The Ethertype of a frame as eth_type_trans finds it: 802.3 and 802.2 frames get pseudo types. */
export function protocolOf(frame: Uint8Array): number {
	const type = ((frame[12] ?? 0) << 8) | (frame[13] ?? 0);
	if (type >= 0x600) return type;
	return frame[14] === 0xff && frame[15] === 0xff ? 0x0001 : 0x0004;
}

function packetType({ frame, mac, broadcast }: SkbOrigin): number {
	const destination = frame.subarray(0, 6);
	const same = (other: Uint8Array) => destination.every((byte, i) => byte === other[i]);
	if (same(mac)) return PACKET_TYPE.HOST;
	if (((destination[0] ?? 0) & 1) === 0) return PACKET_TYPE.OTHERHOST;
	return same(broadcast) ? PACKET_TYPE.BROADCAST : PACKET_TYPE.MULTICAST;
}
