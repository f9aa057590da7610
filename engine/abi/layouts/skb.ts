// struct __sk_buff as each kind of program sees it.

import type { AccessMode, ContextField, ContextLayout } from "../context.ts";
import { field, words } from "./field.ts";

const all: readonly ContextField[] = [
	field("len", 0, 4, "narrow"),
	field("pkt_type", 4, 4, "narrow"),
	field("mark", 8, 4, "narrow"),
	field("queue_mapping", 12, 4, "narrow"),
	field("protocol", 16, 4, "narrow"),
	field("vlan_present", 20, 4, "narrow"),
	field("vlan_tci", 24, 4, "narrow"),
	field("vlan_proto", 28, 4, "narrow"),
	field("priority", 32, 4, "narrow"),
	field("ingress_ifindex", 36, 4, "narrow"),
	field("ifindex", 40, 4, "narrow"),
	field("tc_index", 44, 4, "narrow"),
	words("cb", 48, 5, "any"),
	field("hash", 68, 4, "narrow"),
	field("tc_classid", 72, 4, "narrow"),
	field("data", 76, 4, "exact", { kind: "PTR_TO_PACKET" }),
	field("data_end", 80, 4, "exact", { kind: "PTR_TO_PACKET_END" }),
	field("napi_id", 84, 4, "narrow"),
	field("family", 88, 4, "narrow"),
	field("remote_ip4", 92, 4, "exact"),
	field("local_ip4", 96, 4, "exact"),
	words("remote_ip6", 100, 4, "exact"),
	words("local_ip6", 116, 4, "exact"),
	field("remote_port", 132, 4, "narrow"),
	field("local_port", 136, 4, "narrow"),
	field("data_meta", 140, 4, "exact", { kind: "PTR_TO_PACKET_META" }),
	field("flow_keys", 144, 8, "exact", { kind: "PTR_TO_FLOW_KEYS" }),
	field("tstamp", 152, 8, "exact"),
	field("wire_len", 160, 4, "narrow"),
	field("gso_segs", 164, 4, "narrow"),
	field("sk", 168, 8, "exact", { kind: "PTR_TO_SOCK_COMMON_OR_NULL" }),
	field("gso_size", 176, 4, "narrow"),
	field("tstamp_type", 180, 1, "exact"),
	field("hwtstamp", 184, 8, "exact"),
];

const socketFields = [
	"family",
	"remote_ip4",
	"local_ip4",
	"remote_ip6",
	"local_ip6",
	"remote_port",
	"local_port",
];

/** The struct without the fields `omit`; `write` may be stored to. */
function view(omit: readonly string[], write: Readonly<Record<string, AccessMode>>): ContextLayout {
	const fields = all
		.filter((f) => !omit.includes(f.name))
		.map((f): ContextField => {
			const mode = write[f.name];
			return mode === undefined ? f : { ...f, write: mode };
		});
	return { struct: "__sk_buff", byBtf: false, fields };
}

/** sched_cls and sched_act. */
export const tcLayout = view([...socketFields, "flow_keys"], {
	mark: "exact",
	queue_mapping: "exact",
	priority: "exact",
	tc_index: "exact",
	cb: "any",
	tc_classid: "exact",
	tstamp: "exact",
});

export const socketFilterLayout = view(
	[
		...socketFields,
		"tc_classid",
		"data",
		"data_end",
		"data_meta",
		"flow_keys",
		"tstamp",
		"wire_len",
		"tstamp_type",
		"hwtstamp",
	],
	{ cb: "any" },
);

export const cgroupSkbLayout = view(
	["tc_classid", "data_meta", "flow_keys", "wire_len", "tstamp_type"],
	{ mark: "exact", priority: "exact", cb: "any", tstamp: "exact" },
);

export const lwtLayout = view(
	[
		...socketFields,
		"tc_classid",
		"data_meta",
		"flow_keys",
		"tstamp",
		"wire_len",
		"tstamp_type",
		"hwtstamp",
	],
	{ mark: "exact", priority: "exact", cb: "any" },
);

export const skSkbLayout = view(
	["mark", "tc_classid", "data_meta", "flow_keys", "tstamp", "wire_len", "tstamp_type", "hwtstamp"],
	{ priority: "exact", tc_index: "exact" },
);

export const flowDissectorLayout: ContextLayout = {
	struct: "__sk_buff",
	byBtf: false,
	fields: all.filter((f) => ["data", "data_end", "flow_keys"].includes(f.name)),
};
