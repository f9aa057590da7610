// The fixed parts of every header, as one table: dissecting, building and editing all read it. Field ids are those of
// Wireshark's display filters, struct names those of the kernel's UAPI headers. No code that walks packets.
import * as names from "./names.ts";

/** How a field's bits read: which value a program sees and how people see it. */
export type FieldKind =
	| "dec"
	| "hex"
	| "flag"
	| "tcpFlags"
	| "mac"
	| "ipv4"
	| "ipv6"
	| "bytes"
	| "name";

interface Traits {
	/** The value is the bits times this (header lengths in words, fragment offsets in 8 bytes). */
	readonly scale?: number;
	readonly names?: names.Names;
	/** What a new header gets when a spec leaves the field out; zero otherwise. */
	readonly init?: number | string;
	/** Computed when a spec leaves the field out: lengths, checksums, next protocols. */
	readonly auto?: true;
}

export interface FieldRow<N extends string = string, K extends FieldKind = FieldKind>
	extends Traits {
	readonly name: N;
	readonly id: string;
	readonly label: string;
	readonly bits: number;
	readonly kind: K;
}

/** One field of a header: `at` counts bits from the header's first. */
export interface FieldLayout extends FieldRow {
	readonly at: number;
}

/** One fixed part of a header: its fields and its size, in the order of the wire. */
export interface HeaderLayout<R extends FieldRow = FieldRow> {
	/** The struct of the kernel's UAPI that has this layout. */
	readonly struct?: string;
	/** Bytes. */
	readonly size: number;
	/** In wire order, without gaps. */
	readonly fields: readonly FieldLayout[];
	/** Fields that overlap those above; shown, never part of a spec. */
	readonly views: readonly FieldLayout[];
	/** Only for the types of specs. */
	readonly rows: readonly R[];
}

function row<const N extends string, const K extends FieldKind>(
	name: N,
	id: string,
	label: string,
	bits: number,
	kind: K,
	traits: Traits = {},
): FieldRow<N, K> {
	return { name, id, label, bits, kind, ...traits };
}

function header<R extends FieldRow>(
	struct: string | undefined,
	rows: readonly R[],
	views: readonly FieldLayout[] = [],
): HeaderLayout<R> {
	let at = 0;
	const fields = rows.map((r) => {
		const field: FieldLayout = { ...r, at };
		at += r.bits;
		return field;
	});
	return { ...(struct ? { struct } : {}), size: at / 8, fields, views, rows };
}

function view(id: string, label: string, at: number, bits: number, kind: FieldKind): FieldLayout {
	return { name: id, id, label, at, bits, kind };
}

const auto = { auto: true } as const;
const next = { auto: true, names: names.ipProtocols } as const;
const etherType = { auto: true, names: names.etherTypes } as const;

const ethernet = header("ethhdr", [
	row("dst", "eth.dst", "Destination", 48, "mac", { init: "02:00:00:00:00:02" }),
	row("src", "eth.src", "Source", 48, "mac", { init: "02:00:00:00:00:01" }),
	row("type", "eth.type", "Type", 16, "hex", etherType),
]);

const vlan = header("vlan_hdr", [
	row("priority", "vlan.priority", "Priority", 3, "dec"),
	row("dei", "vlan.dei", "Drop eligible", 1, "flag"),
	row("id", "vlan.id", "VLAN", 12, "dec", { init: 1 }),
	row("type", "vlan.etype", "Type", 16, "hex", etherType),
]);

const serviceVlan = header("vlan_hdr", [
	row("priority", "ieee8021ad.priority", "Priority", 3, "dec"),
	row("dei", "ieee8021ad.dei", "Drop eligible", 1, "flag"),
	row("id", "ieee8021ad.id", "VLAN", 12, "dec", { init: 1 }),
	row("type", "ieee8021ah.etype", "Type", 16, "hex", etherType),
]);

const llc = header(undefined, [
	row("dsap", "llc.dsap", "DSAP", 8, "hex", { init: 0xaa, names: names.sapNames }),
	row("ssap", "llc.ssap", "SSAP", 8, "hex", { init: 0xaa }),
	row("control", "llc.control", "Control", 8, "hex", { init: 3 }),
]);

const snap = header(undefined, [
	row("oui", "llc.oui", "Organization code", 24, "hex"),
	row("type", "llc.type", "Type", 16, "hex", etherType),
]);

const sll = header(undefined, [
	row("packetType", "sll.pkttype", "Packet type", 16, "dec", { names: names.sllPacketTypes }),
	row("hardwareType", "sll.hatype", "Link-layer address type", 16, "dec", {
		init: 1,
		names: names.arpHardware,
	}),
	row("addressLength", "sll.halen", "Link-layer address length", 16, "dec", { init: 6 }),
	row("src", "sll.src.eth", "Source", 48, "mac", { init: "02:00:00:00:00:01" }),
	row("unused", "sll.unused", "Unused", 16, "hex"),
	row("type", "sll.etype", "Protocol", 16, "hex", etherType),
]);

const loopback = header(undefined, [
	row("family", "null.family", "Family", 32, "dec", { auto: true, names: names.nullFamilies }),
]);

const arp = header("arphdr", [
	row("hardwareType", "arp.hw.type", "Hardware type", 16, "dec", {
		init: 1,
		names: names.arpHardware,
	}),
	row("protocolType", "arp.proto.type", "Protocol type", 16, "hex", {
		init: 0x0800,
		names: names.etherTypes,
	}),
	row("hardwareSize", "arp.hw.size", "Hardware size", 8, "dec", { init: 6 }),
	row("protocolSize", "arp.proto.size", "Protocol size", 8, "dec", { init: 4 }),
	row("operation", "arp.opcode", "Operation", 16, "dec", { init: 1, names: names.arpOperations }),
]);

const arpAddresses = header(undefined, [
	row("senderMac", "arp.src.hw_mac", "Sender MAC", 48, "mac", { init: "02:00:00:00:00:01" }),
	row("senderIp", "arp.src.proto_ipv4", "Sender IP", 32, "ipv4", { init: "10.0.0.1" }),
	row("targetMac", "arp.dst.hw_mac", "Target MAC", 48, "mac", { init: "00:00:00:00:00:00" }),
	row("targetIp", "arp.dst.proto_ipv4", "Target IP", 32, "ipv4", { init: "10.0.0.2" }),
]);

const mpls = header(undefined, [
	row("label", "mpls.label", "Label", 20, "dec", { init: 16 }),
	row("exp", "mpls.exp", "Traffic class", 3, "dec"),
	row("bottom", "mpls.bottom", "Bottom of stack", 1, "flag", auto),
	row("ttl", "mpls.ttl", "Time to live", 8, "dec", { init: 64 }),
]);

const ipv4 = header(
	"iphdr",
	[
		row("version", "ip.version", "Version", 4, "dec", { init: 4 }),
		row("headerLength", "ip.hdr_len", "Header length", 4, "dec", { scale: 4, auto: true }),
		row("dscp", "ip.dsfield.dscp", "DSCP", 6, "dec", { names: names.dscpNames }),
		row("ecn", "ip.dsfield.ecn", "ECN", 2, "dec", { names: names.ecnNames }),
		row("length", "ip.len", "Total length", 16, "dec", auto),
		row("ident", "ip.id", "Identification", 16, "hex"),
		row("reserved", "ip.flags.rb", "Reserved bit", 1, "flag"),
		row("dontFragment", "ip.flags.df", "Don't fragment", 1, "flag"),
		row("moreFragments", "ip.flags.mf", "More fragments", 1, "flag"),
		row("fragmentOffset", "ip.frag_offset", "Fragment offset", 13, "dec", { scale: 8 }),
		row("ttl", "ip.ttl", "Time to live", 8, "dec", { init: 64 }),
		row("protocol", "ip.proto", "Protocol", 8, "dec", next),
		row("checksum", "ip.checksum", "Header checksum", 16, "hex", auto),
		row("src", "ip.src", "Source", 32, "ipv4", { init: "10.0.0.1" }),
		row("dst", "ip.dst", "Destination", 32, "ipv4", { init: "10.0.0.2" }),
	],
	[view("ip.dsfield", "Type of service", 8, 8, "hex"), view("ip.flags", "Flags", 48, 3, "hex")],
);

const ipv6 = header(
	"ipv6hdr",
	[
		row("version", "ipv6.version", "Version", 4, "dec", { init: 6 }),
		row("dscp", "ipv6.tclass.dscp", "DSCP", 6, "dec", { names: names.dscpNames }),
		row("ecn", "ipv6.tclass.ecn", "ECN", 2, "dec", { names: names.ecnNames }),
		row("flow", "ipv6.flow", "Flow label", 20, "hex"),
		row("payloadLength", "ipv6.plen", "Payload length", 16, "dec", auto),
		row("nextHeader", "ipv6.nxt", "Next header", 8, "dec", next),
		row("hopLimit", "ipv6.hlim", "Hop limit", 8, "dec", { init: 64 }),
		row("src", "ipv6.src", "Source", 128, "ipv6", { init: "2001:db8::1" }),
		row("dst", "ipv6.dst", "Destination", 128, "ipv6", { init: "2001:db8::2" }),
	],
	[view("ipv6.tclass", "Traffic class", 4, 8, "hex")],
);

const hopByHop = header("ipv6_opt_hdr", [
	row("nextHeader", "ipv6.hopopts.nxt", "Next header", 8, "dec", next),
	row("length", "ipv6.hopopts.len", "Length", 8, "dec", auto),
]);

const destination = header("ipv6_opt_hdr", [
	row("nextHeader", "ipv6.dstopts.nxt", "Next header", 8, "dec", next),
	row("length", "ipv6.dstopts.len", "Length", 8, "dec", auto),
]);

const routing = header("ipv6_rt_hdr", [
	row("nextHeader", "ipv6.routing.nxt", "Next header", 8, "dec", next),
	row("length", "ipv6.routing.len", "Length", 8, "dec", auto),
	row("type", "ipv6.routing.type", "Type", 8, "dec", { init: 4 }),
	row("segmentsLeft", "ipv6.routing.segleft", "Segments left", 8, "dec"),
]);

const segmentRouting = header(undefined, [
	row("lastEntry", "ipv6.routing.srh.last_entry", "Last entry", 8, "dec", auto),
	row("flags", "ipv6.routing.srh.flags", "Flags", 8, "hex"),
	row("tag", "ipv6.routing.srh.tag", "Tag", 16, "hex"),
]);

const routingReserved = header(undefined, [
	row("reserved", "ipv6.routing.src.reserved", "Reserved", 32, "hex"),
]);

const mobileRouting = header(undefined, [
	row("reserved", "ipv6.routing.mipv6.reserved", "Reserved", 32, "hex"),
]);

const fragment = header("frag_hdr", [
	row("nextHeader", "ipv6.fraghdr.nxt", "Next header", 8, "dec", next),
	row("reserved", "ipv6.fraghdr.reserved_octet", "Reserved", 8, "hex"),
	row("offset", "ipv6.fraghdr.offset", "Offset", 13, "dec", { scale: 8 }),
	row("reservedBits", "ipv6.fraghdr.reserved_bits", "Reserved bits", 2, "dec"),
	row("more", "ipv6.fraghdr.more", "More fragments", 1, "flag"),
	row("ident", "ipv6.fraghdr.ident", "Identification", 32, "hex"),
]);

const authentication = header("ip_auth_hdr", [
	row("nextHeader", "ah.next_header", "Next header", 8, "dec", next),
	row("length", "ah.length", "Length", 8, "dec", auto),
	row("reserved", "ah.reserved", "Reserved", 16, "hex"),
	row("spi", "ah.spi", "SPI", 32, "hex"),
	row("sequence", "ah.sequence", "Sequence", 32, "dec"),
]);

const mobility = header(undefined, [
	row("nextHeader", "mip6.proto", "Payload protocol", 8, "dec", next),
	row("length", "mip6.hlen", "Header length", 8, "dec", auto),
	row("type", "mip6.mhtype", "Mobility header type", 8, "dec"),
	row("reserved", "mip6.reserved", "Reserved", 8, "hex"),
	row("checksum", "mip6.csum", "Checksum", 16, "hex", auto),
]);

const tcp = header(
	"tcphdr",
	[
		row("srcPort", "tcp.srcport", "Source port", 16, "dec", { init: 40000 }),
		row("dstPort", "tcp.dstport", "Destination port", 16, "dec", { init: 80 }),
		row("seq", "tcp.seq_raw", "Sequence number", 32, "dec"),
		row("ackSeq", "tcp.ack_raw", "Acknowledgment number", 32, "dec"),
		row("headerLength", "tcp.hdr_len", "Header length", 4, "dec", { scale: 4, auto: true }),
		row("flags", "tcp.flags", "Flags", 12, "tcpFlags", { init: 2 }),
		row("window", "tcp.window_size_value", "Window", 16, "dec", { init: 64240 }),
		row("checksum", "tcp.checksum", "Checksum", 16, "hex", auto),
		row("urgent", "tcp.urgent_pointer", "Urgent pointer", 16, "dec"),
	],
	[
		view("tcp.flags.res", "Reserved", 100, 3, "dec"),
		view("tcp.flags.ae", "AE", 103, 1, "flag"),
		view("tcp.flags.cwr", "CWR", 104, 1, "flag"),
		view("tcp.flags.ece", "ECE", 105, 1, "flag"),
		view("tcp.flags.urg", "URG", 106, 1, "flag"),
		view("tcp.flags.ack", "ACK", 107, 1, "flag"),
		view("tcp.flags.push", "PSH", 108, 1, "flag"),
		view("tcp.flags.reset", "RST", 109, 1, "flag"),
		view("tcp.flags.syn", "SYN", 110, 1, "flag"),
		view("tcp.flags.fin", "FIN", 111, 1, "flag"),
	],
);

const udp = header("udphdr", [
	row("srcPort", "udp.srcport", "Source port", 16, "dec", { init: 40000 }),
	row("dstPort", "udp.dstport", "Destination port", 16, "dec", auto),
	row("length", "udp.length", "Length", 16, "dec", auto),
	row("checksum", "udp.checksum", "Checksum", 16, "hex", auto),
]);

const icmp = header("icmphdr", [
	row("type", "icmp.type", "Type", 8, "dec", { init: 8, names: names.icmpTypes }),
	row("code", "icmp.code", "Code", 8, "dec"),
	row("checksum", "icmp.checksum", "Checksum", 16, "hex", auto),
]);

const icmpEcho = header(undefined, [
	row("ident", "icmp.ident", "Identifier", 16, "dec", { init: 1 }),
	row("seq", "icmp.seq", "Sequence", 16, "dec", { init: 1 }),
]);

const icmpTimestamps = header(undefined, [
	row("originate", "icmp.originate_timestamp", "Originate", 32, "dec"),
	row("receive", "icmp.receive_timestamp", "Receive", 32, "dec"),
	row("transmit", "icmp.transmit_timestamp", "Transmit", 32, "dec"),
]);

const icmpError = header(undefined, [row("unused", "icmp.unused", "Unused", 32, "hex")]);

const icmpTooBig = header(undefined, [
	row("unused", "icmp.unused", "Unused", 16, "hex"),
	row("mtu", "icmp.mtu", "MTU of next hop", 16, "dec", { init: 1400 }),
]);

const icmpRedirect = header(undefined, [
	row("gateway", "icmp.redir_gw", "Gateway", 32, "ipv4", { init: "10.0.0.1" }),
]);

const icmpPointer = header(undefined, [
	row("pointer", "icmp.pointer", "Pointer", 8, "dec"),
	row("unused", "icmp.unused", "Unused", 24, "hex"),
]);

const icmpv6 = header("icmp6hdr", [
	row("type", "icmpv6.type", "Type", 8, "dec", { init: 128, names: names.icmpv6Types }),
	row("code", "icmpv6.code", "Code", 8, "dec"),
	row("checksum", "icmpv6.checksum", "Checksum", 16, "hex", auto),
]);

const icmpv6Echo = header(undefined, [
	row("ident", "icmpv6.echo.identifier", "Identifier", 16, "dec", { init: 1 }),
	row("seq", "icmpv6.echo.sequence_number", "Sequence", 16, "dec", { init: 1 }),
]);

const icmpv6Reserved = header(undefined, [
	row("reserved", "icmpv6.reserved", "Reserved", 32, "hex"),
]);

const icmpv6TooBig = header(undefined, [
	row("mtu", "icmpv6.mtu", "MTU", 32, "dec", { init: 1280 }),
]);

const icmpv6Pointer = header(undefined, [row("pointer", "icmpv6.pointer", "Pointer", 32, "dec")]);

const routerAdvertisement = header("icmpv6_nd_ra", [
	row("hopLimit", "icmpv6.nd.ra.cur_hop_limit", "Hop limit", 8, "dec", { init: 64 }),
	row("managed", "icmpv6.nd.ra.flag.m", "Managed addresses", 1, "flag"),
	row("other", "icmpv6.nd.ra.flag.o", "Other configuration", 1, "flag"),
	row("homeAgent", "icmpv6.nd.ra.flag.h", "Home agent", 1, "flag"),
	row("preference", "icmpv6.nd.ra.flag.prf", "Router preference", 2, "dec"),
	row("proxy", "icmpv6.nd.ra.flag.p", "Proxied", 1, "flag"),
	row("reserved", "icmpv6.nd.ra.flag.rsv", "Reserved", 2, "dec"),
	row("lifetime", "icmpv6.nd.ra.router_lifetime", "Router lifetime (s)", 16, "dec", { init: 1800 }),
	row("reachable", "icmpv6.nd.ra.reachable_time", "Reachable time (ms)", 32, "dec"),
	row("retransmit", "icmpv6.nd.ra.retrans_timer", "Retransmit timer (ms)", 32, "dec"),
]);

const neighborSolicitation = header(undefined, [
	row("reserved", "icmpv6.reserved", "Reserved", 32, "hex"),
	row("target", "icmpv6.nd.ns.target_address", "Target", 128, "ipv6", { init: "2001:db8::1" }),
]);

const neighborAdvertisement = header(undefined, [
	row("router", "icmpv6.nd.na.flag.r", "Router", 1, "flag"),
	row("solicited", "icmpv6.nd.na.flag.s", "Solicited", 1, "flag"),
	row("override", "icmpv6.nd.na.flag.o", "Override", 1, "flag"),
	row("reserved", "icmpv6.nd.na.flag.rsv", "Reserved", 29, "hex"),
	row("target", "icmpv6.nd.na.target_address", "Target", 128, "ipv6", { init: "2001:db8::1" }),
]);

const redirect = header(undefined, [
	row("reserved", "icmpv6.reserved", "Reserved", 32, "hex"),
	row("target", "icmpv6.nd.rd.target_address", "Target", 128, "ipv6", { init: "fe80::1" }),
	row("destination", "icmpv6.rd.na.destination_address", "Destination", 128, "ipv6", {
		init: "2001:db8::1",
	}),
]);

const gre = header("gre_base_hdr", [
	row("hasChecksum", "gre.flags.checksum", "Checksum present", 1, "flag", auto),
	row("hasRouting", "gre.flags.routing", "Routing present", 1, "flag"),
	row("hasKey", "gre.flags.key", "Key present", 1, "flag", auto),
	row("hasSequence", "gre.flags.sequence_number", "Sequence number present", 1, "flag", auto),
	row("strict", "gre.flags.strict_source_route", "Strict source route", 1, "flag"),
	row("recursion", "gre.flags.recursion_control", "Recursion control", 3, "dec"),
	row("reserved", "gre.flags.reserved", "Reserved", 5, "dec"),
	row("version", "gre.flags.version", "Version", 3, "dec"),
	row("protocol", "gre.proto", "Protocol", 16, "hex", etherType),
]);

const greChecksum = header(undefined, [
	row("checksum", "gre.checksum", "Checksum", 16, "hex", auto),
	row("offset", "gre.offset", "Offset", 16, "dec"),
]);

const greKey = header(undefined, [row("key", "gre.key", "Key", 32, "hex")]);

const greSequence = header(undefined, [
	row("sequence", "gre.sequence_number", "Sequence number", 32, "dec"),
]);

const vxlan = header("vxlanhdr", [
	row("flags", "vxlan.flags", "Flags", 16, "hex", { init: 0x0800 }),
	row("policy", "vxlan.gbp", "Group policy", 16, "dec"),
	row("vni", "vxlan.vni", "VNI", 24, "dec", { init: 1 }),
	row("reserved", "vxlan.reserved8", "Reserved", 8, "dec"),
]);

const dns = header(undefined, [
	row("ident", "dns.id", "Transaction", 16, "hex"),
	row("response", "dns.flags.response", "Response", 1, "flag"),
	row("opcode", "dns.flags.opcode", "Opcode", 4, "dec", { names: names.dnsOpcodes }),
	row("authoritative", "dns.flags.authoritative", "Authoritative", 1, "flag"),
	row("truncated", "dns.flags.truncated", "Truncated", 1, "flag"),
	row("recursionDesired", "dns.flags.recdesired", "Recursion desired", 1, "flag", { init: 1 }),
	row("recursionAvailable", "dns.flags.recavail", "Recursion available", 1, "flag"),
	row("zero", "dns.flags.z", "Zero", 1, "flag"),
	row("authentic", "dns.flags.authenticated", "Authentic data", 1, "flag"),
	row("checkingDisabled", "dns.flags.checkdisable", "Checking disabled", 1, "flag"),
	row("code", "dns.flags.rcode", "Reply code", 4, "dec", { names: names.dnsCodes }),
	row("questionCount", "dns.count.queries", "Questions", 16, "dec", auto),
	row("answerCount", "dns.count.answers", "Answers", 16, "dec", auto),
	row("authorityCount", "dns.count.auth_rr", "Authority records", 16, "dec"),
	row("additionalCount", "dns.count.add_rr", "Additional records", 16, "dec"),
]);

/** Every header layout; the layers and the parts that follow a layer's first one depending on its values. */
export const headers = {
	ethernet,
	vlan,
	serviceVlan,
	llc,
	snap,
	sll,
	loopback,
	arp,
	arpAddresses,
	mpls,
	ipv4,
	ipv6,
	hopByHop,
	destination,
	routing,
	segmentRouting,
	routingReserved,
	mobileRouting,
	fragment,
	authentication,
	mobility,
	tcp,
	udp,
	icmp,
	icmpEcho,
	icmpTimestamps,
	icmpError,
	icmpTooBig,
	icmpRedirect,
	icmpPointer,
	icmpv6,
	icmpv6Echo,
	icmpv6Reserved,
	icmpv6TooBig,
	icmpv6Pointer,
	routerAdvertisement,
	neighborSolicitation,
	neighborAdvertisement,
	redirect,
	gre,
	greChecksum,
	greKey,
	greSequence,
	vxlan,
	dns,
} as const;
