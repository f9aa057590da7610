// Numbers that the standards name, for people: ethertypes, IP protocols, ICMP types and so on. Tables only.

/** A number to its name. */
export type Names = Readonly<Record<number, string>>;

/** The link-layer types (LINKTYPE_ numbers) that Skep dissects. */
export const LinkType = { null: 0, ethernet: 1, raw: 101, linuxSll: 113 } as const;

/** libpcap's names of the link types that Skep dissects. */
export const linkTypes: Names = { 0: "NULL", 1: "EN10MB", 101: "RAW", 113: "LINUX_SLL" };

export const etherTypes: Names = {
	2048: "IPv4",
	2054: "ARP",
	25944: "Transparent Ethernet",
	33024: "802.1Q",
	34525: "IPv6",
	34887: "MPLS",
	34888: "MPLS multicast",
	34915: "PPPoE discovery",
	34916: "PPPoE session",
	34984: "802.1ad",
	34997: "local experimental",
	35020: "LLDP",
	35063: "PTP",
};

export const ipProtocols: Names = {
	0: "hop-by-hop",
	1: "ICMP",
	2: "IGMP",
	4: "IPIP",
	6: "TCP",
	17: "UDP",
	41: "IPv6",
	43: "routing",
	44: "fragment",
	47: "GRE",
	50: "ESP",
	51: "AH",
	58: "ICMPv6",
	59: "no next header",
	60: "destination options",
	89: "OSPF",
	112: "VRRP",
	132: "SCTP",
	135: "mobility",
	137: "MPLS in IP",
	253: "experimental",
	254: "experimental",
};

export const arpOperations: Names = {
	1: "request",
	2: "reply",
	3: "RARP request",
	4: "RARP reply",
};

export const icmpTypes: Names = {
	0: "echo reply",
	3: "destination unreachable",
	4: "source quench",
	5: "redirect",
	8: "echo request",
	9: "router advertisement",
	10: "router solicitation",
	11: "time exceeded",
	12: "parameter problem",
	13: "timestamp request",
	14: "timestamp reply",
};

export const icmpUnreachable: Names = {
	0: "network unreachable",
	1: "host unreachable",
	2: "protocol unreachable",
	3: "port unreachable",
	4: "fragmentation needed",
	5: "source route failed",
	9: "network prohibited",
	10: "host prohibited",
	13: "administratively prohibited",
};

export const icmpv6Types: Names = {
	1: "destination unreachable",
	2: "packet too big",
	3: "time exceeded",
	4: "parameter problem",
	128: "echo request",
	129: "echo reply",
	130: "multicast listener query",
	131: "multicast listener report",
	132: "multicast listener done",
	133: "router solicitation",
	134: "router advertisement",
	135: "neighbor solicitation",
	136: "neighbor advertisement",
	137: "redirect",
	143: "multicast listener report v2",
};

export const icmpv6Unreachable: Names = {
	0: "no route",
	1: "prohibited",
	2: "beyond scope",
	3: "address unreachable",
	4: "port unreachable",
	5: "source address failed policy",
	6: "reject route",
};

export const ndOptions: Names = {
	1: "source link-layer address",
	2: "target link-layer address",
	3: "prefix information",
	4: "redirected header",
	5: "MTU",
	14: "nonce",
	24: "route information",
	25: "recursive DNS server",
	31: "DNS search list",
};

export const ipOptions: Names = {
	0: "end of list",
	1: "no operation",
	7: "record route",
	68: "timestamp",
	130: "security",
	131: "loose source route",
	136: "stream identifier",
	137: "strict source route",
	148: "router alert",
};

export const ipv6Options: Names = {
	0: "Pad1",
	1: "PadN",
	4: "tunnel encapsulation limit",
	5: "router alert",
	194: "jumbo payload",
	201: "home address",
};

export const tcpOptions: Names = {
	0: "end of list",
	1: "no operation",
	2: "maximum segment size",
	3: "window scale",
	4: "SACK permitted",
	5: "SACK",
	8: "timestamps",
	19: "MD5 signature",
	28: "user timeout",
	29: "TCP-AO",
	30: "multipath TCP",
	34: "fast open",
	253: "experimental",
	254: "experimental",
};

export const dnsTypes: Names = {
	1: "A",
	2: "NS",
	5: "CNAME",
	6: "SOA",
	12: "PTR",
	15: "MX",
	16: "TXT",
	28: "AAAA",
	33: "SRV",
	41: "OPT",
	43: "DS",
	46: "RRSIG",
	48: "DNSKEY",
	64: "SVCB",
	65: "HTTPS",
	255: "ANY",
};

export const dnsClasses: Names = { 1: "IN", 3: "CH", 4: "HS", 254: "NONE", 255: "ANY" };

export const dnsOpcodes: Names = {
	0: "query",
	1: "inverse query",
	2: "status",
	4: "notify",
	5: "update",
};

export const dnsCodes: Names = {
	0: "no error",
	1: "format error",
	2: "server failure",
	3: "no such name",
	4: "not implemented",
	5: "refused",
};

export const arpHardware: Names = { 1: "Ethernet", 6: "IEEE 802" };

export const sllPacketTypes: Names = {
	0: "to us",
	1: "broadcast",
	2: "multicast",
	3: "to another host",
	4: "sent by us",
};

export const nullFamilies: Names = { 2: "IPv4", 10: "IPv6", 24: "IPv6", 28: "IPv6", 30: "IPv6" };

export const dscpNames: Names = {
	0: "CS0",
	8: "CS1",
	10: "AF11",
	18: "AF21",
	26: "AF31",
	34: "AF41",
	46: "EF",
	48: "CS6",
	56: "CS7",
};

export const ecnNames: Names = { 0: "not ECT", 1: "ECT(1)", 2: "ECT(0)", 3: "CE" };

export const sapNames: Names = {
	66: "spanning tree",
	126: "X.25",
	170: "SNAP",
	224: "IPX",
	254: "OSI",
};
