// The protocols as layers: which header parts each has, what its number is, what comes after it. Knows no packet walk.
import { type HeaderLayout, headers } from "./headers.ts";
import { LinkType } from "./names.ts";

/** What a layer can be; the ids are Wireshark's protocol names where it has one. */
export type LayerId = keyof typeof protocols;

/** The values of fields read so far, by spec name. */
export type Values = Readonly<Record<string, number | string | undefined>>;

interface Protocol {
	readonly title: string;
	/** The part that every header of this kind starts with; none for plain data. */
	readonly base?: HeaderLayout;
	readonly etherType?: number;
	readonly ipProtocol?: number;
}

export const protocols = {
	eth: { title: "Ethernet", base: headers.ethernet, etherType: 0x6558 },
	vlan: { title: "802.1Q VLAN", base: headers.vlan, etherType: 0x8100 },
	ieee8021ad: { title: "802.1ad service VLAN", base: headers.serviceVlan, etherType: 0x88a8 },
	llc: { title: "Logical link control", base: headers.llc },
	sll: { title: "Linux cooked capture", base: headers.sll },
	null: { title: "Loopback", base: headers.loopback },
	arp: { title: "ARP", base: headers.arp, etherType: 0x0806 },
	mpls: { title: "MPLS", base: headers.mpls, etherType: 0x8847, ipProtocol: 137 },
	ip: { title: "IPv4", base: headers.ipv4, etherType: 0x0800, ipProtocol: 4 },
	ipv6: { title: "IPv6", base: headers.ipv6, etherType: 0x86dd, ipProtocol: 41 },
	"ipv6.hopopts": { title: "IPv6 hop-by-hop options", base: headers.hopByHop, ipProtocol: 0 },
	"ipv6.routing": { title: "IPv6 routing", base: headers.routing, ipProtocol: 43 },
	"ipv6.fraghdr": { title: "IPv6 fragment", base: headers.fragment, ipProtocol: 44 },
	"ipv6.dstopts": { title: "IPv6 destination options", base: headers.destination, ipProtocol: 60 },
	ah: { title: "Authentication header", base: headers.authentication, ipProtocol: 51 },
	mip6: { title: "Mobile IPv6", base: headers.mobility, ipProtocol: 135 },
	tcp: { title: "TCP", base: headers.tcp, ipProtocol: 6 },
	udp: { title: "UDP", base: headers.udp, ipProtocol: 17 },
	icmp: { title: "ICMP", base: headers.icmp, ipProtocol: 1 },
	icmpv6: { title: "ICMPv6", base: headers.icmpv6, ipProtocol: 58 },
	gre: { title: "GRE", base: headers.gre, ipProtocol: 47 },
	vxlan: { title: "VXLAN", base: headers.vxlan },
	dns: { title: "DNS", base: headers.dns },
	data: { title: "Data" },
} as const satisfies Record<string, Protocol>;

/** What the table says of a layer. */
export function protocolOf(id: LayerId): Protocol {
	return protocols[id];
}

const layerIds = Object.keys(protocols) as readonly LayerId[];

export function isLayerId(text: string): text is LayerId {
	return Object.hasOwn(protocols, text);
}

function inverse(key: "etherType" | "ipProtocol"): ReadonlyMap<number, LayerId> {
	const out = new Map<number, LayerId>();
	for (const id of layerIds) {
		const number = protocolOf(id)[key];
		if (number !== undefined) out.set(number, id);
	}
	return out;
}

const layerOfEtherType: ReadonlyMap<number, LayerId> = new Map([
	...inverse("etherType"),
	[0x8848, "mpls"],
]);
const layerOfIpProtocol = inverse("ipProtocol");

/** The layer that an ethertype announces; `data` when Skep does not dissect it. */
export function byEtherType(type: number): LayerId {
	return layerOfEtherType.get(type) ?? "data";
}

/** The layer that an IP protocol number announces; `data` when Skep does not dissect it. */
export function byIpProtocol(protocol: number): LayerId {
	return layerOfIpProtocol.get(protocol) ?? "data";
}

/** The layer that follows UDP between these ports. */
export function byUdpPort(source: number, destination: number): LayerId {
	if (destination === 4789) return "vxlan";
	if (source === 53 || destination === 53) return "dns";
	return "data";
}

/** The first layer of a link type; undefined when Skep does not dissect it. RAW depends on the first byte. */
export function byLinkType(linkType: number, first: number): LayerId | undefined {
	switch (linkType) {
		case LinkType.ethernet:
			return "eth";
		case LinkType.linuxSll:
			return "sll";
		case LinkType.null:
			return "null";
		case LinkType.raw:
			return first >> 4 === 6 ? "ipv6" : "ip";
		default:
			return undefined;
	}
}

/** The part that follows the ones read so far, given their values; undefined when the fixed parts are complete. */
export function partAfter(id: LayerId, count: number, values: Values): HeaderLayout | undefined {
	if (count === 0) return protocolOf(id).base;
	if (id === "gre") return grePart(count, values);
	if (count > 1) return id === "icmp" && count === 2 ? icmpSecond(values) : undefined;
	switch (id) {
		case "llc":
			return values["dsap"] === 0xaa && values["ssap"] === 0xaa ? headers.snap : undefined;
		case "arp":
			return values["hardwareSize"] === 6 && values["protocolSize"] === 4
				? headers.arpAddresses
				: undefined;
		case "icmp":
			return icmpPart(values);
		case "icmpv6":
			return icmpv6Part(values["type"]);
		case "ipv6.routing":
			return routingPart(values["type"]);
		default:
			return undefined;
	}
}

function grePart(count: number, values: Values): HeaderLayout | undefined {
	if (values["version"] !== 0) return undefined;
	const parts: HeaderLayout[] = [];
	if (values["hasChecksum"] === 1 || values["hasRouting"] === 1) parts.push(headers.greChecksum);
	if (values["hasKey"] === 1) parts.push(headers.greKey);
	if (values["hasSequence"] === 1) parts.push(headers.greSequence);
	return parts[count - 1];
}

function routingPart(type: number | string | undefined): HeaderLayout | undefined {
	if (type === 4) return headers.segmentRouting;
	if (type === 2) return headers.mobileRouting;
	return type === 0 ? headers.routingReserved : undefined;
}

function icmpPart(values: Values): HeaderLayout | undefined {
	switch (values["type"]) {
		case 0:
		case 8:
		case 13:
		case 14:
			return headers.icmpEcho;
		case 3:
			return values["code"] === 4 ? headers.icmpTooBig : headers.icmpError;
		case 4:
		case 11:
			return headers.icmpError;
		case 5:
			return headers.icmpRedirect;
		case 12:
			return headers.icmpPointer;
		default:
			return undefined;
	}
}

function icmpSecond(values: Values): HeaderLayout | undefined {
	return values["type"] === 13 || values["type"] === 14 ? headers.icmpTimestamps : undefined;
}

function icmpv6Part(type: number | string | undefined): HeaderLayout | undefined {
	switch (type) {
		case 1:
		case 3:
		case 133:
			return headers.icmpv6Reserved;
		case 2:
			return headers.icmpv6TooBig;
		case 4:
			return headers.icmpv6Pointer;
		case 128:
		case 129:
			return headers.icmpv6Echo;
		case 134:
			return headers.routerAdvertisement;
		case 135:
			return headers.neighborSolicitation;
		case 136:
			return headers.neighborAdvertisement;
		case 137:
			return headers.redirect;
		default:
			return undefined;
	}
}

/** Whether an ICMP message of this type quotes the packet that caused it. */
export function quotesPacket(id: "icmp" | "icmpv6", type: number): boolean {
	if (id === "icmpv6") return type >= 1 && type <= 4;
	return type === 3 || type === 4 || type === 5 || type === 11 || type === 12;
}

/** Whether options of neighbor discovery (RFC 4861) follow an ICMPv6 message of this type. */
export function hasNdOptions(type: number): boolean {
	return type >= 133 && type <= 137;
}
