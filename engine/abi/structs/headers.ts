// Headers of packets: name, size and members (name, offset, size, type). As BTF of Linux 6.18 for x86-64 has them.

import type { StructRow } from "./row.ts";

export const headers: readonly StructRow[] = [
	[
		"ethhdr",
		14,
		[
			["h_dest", 0, 6, "unsigned char[6]"],
			["h_source", 6, 6, "unsigned char[6]"],
			["h_proto", 12, 2, "__be16"],
		],
	],
	[
		"vlan_hdr",
		4,
		[
			["h_vlan_TCI", 0, 2, "__be16"],
			["h_vlan_encapsulated_proto", 2, 2, "__be16"],
		],
	],
	[
		"iphdr",
		20,
		[
			["ihl", 0, 1, "__u8", [0, 4]],
			["version", 0, 1, "__u8", [4, 4]],
			["tos", 1, 1, "__u8"],
			["tot_len", 2, 2, "__be16"],
			["id", 4, 2, "__be16"],
			["frag_off", 6, 2, "__be16"],
			["ttl", 8, 1, "__u8"],
			["protocol", 9, 1, "__u8"],
			["check", 10, 2, "__sum16"],
			["saddr", 12, 4, "__be32"],
			["daddr", 16, 4, "__be32"],
			["addrs", 12, 8, "struct"],
		],
	],
	[
		"ipv6hdr",
		40,
		[
			["priority", 0, 1, "__u8", [0, 4]],
			["version", 0, 1, "__u8", [4, 4]],
			["flow_lbl", 1, 3, "__u8[3]"],
			["payload_len", 4, 2, "__be16"],
			["nexthdr", 6, 1, "__u8"],
			["hop_limit", 7, 1, "__u8"],
			["saddr", 8, 16, "struct in6_addr"],
			["daddr", 24, 16, "struct in6_addr"],
			["addrs", 8, 32, "struct"],
		],
	],
	[
		"tcphdr",
		20,
		[
			["source", 0, 2, "__be16"],
			["dest", 2, 2, "__be16"],
			["seq", 4, 4, "__be32"],
			["ack_seq", 8, 4, "__be32"],
			["ae", 12, 2, "__u16", [96, 1]],
			["res1", 12, 2, "__u16", [97, 3]],
			["doff", 12, 2, "__u16", [100, 4]],
			["fin", 13, 2, "__u16", [104, 1]],
			["syn", 13, 2, "__u16", [105, 1]],
			["rst", 13, 2, "__u16", [106, 1]],
			["psh", 13, 2, "__u16", [107, 1]],
			["ack", 13, 2, "__u16", [108, 1]],
			["urg", 13, 2, "__u16", [109, 1]],
			["ece", 13, 2, "__u16", [110, 1]],
			["cwr", 13, 2, "__u16", [111, 1]],
			["window", 14, 2, "__be16"],
			["check", 16, 2, "__sum16"],
			["urg_ptr", 18, 2, "__be16"],
		],
	],
	[
		"udphdr",
		8,
		[
			["source", 0, 2, "__be16"],
			["dest", 2, 2, "__be16"],
			["len", 4, 2, "__be16"],
			["check", 6, 2, "__sum16"],
		],
	],
	[
		"icmphdr",
		8,
		[
			["type", 0, 1, "__u8"],
			["code", 1, 1, "__u8"],
			["checksum", 2, 2, "__sum16"],
			["un", 4, 4, "union"],
		],
	],
	[
		"icmp6hdr",
		8,
		[
			["icmp6_type", 0, 1, "__u8"],
			["icmp6_code", 1, 1, "__u8"],
			["icmp6_cksum", 2, 2, "__sum16"],
			["icmp6_dataun", 4, 4, "union"],
		],
	],
	[
		"arphdr",
		8,
		[
			["ar_hrd", 0, 2, "__be16"],
			["ar_pro", 2, 2, "__be16"],
			["ar_hln", 4, 1, "unsigned char"],
			["ar_pln", 5, 1, "unsigned char"],
			["ar_op", 6, 2, "__be16"],
		],
	],
];
