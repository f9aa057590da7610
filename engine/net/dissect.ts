// Bytes of one packet to layers of fields. Total: any bytes give a dissection, in work bounded by their number.

import { dns } from "./dns.ts";
import { icmp, icmpv6 } from "./icmp.ts";
import {
	authentication,
	destinationOptions,
	fragment,
	hopByHop,
	ipv4,
	ipv6,
	mobility,
	routing,
} from "./ip.ts";
import type { Dissection } from "./layer.ts";
import { arp, ethernet, llc, loopback, mpls, serviceVlan, sll, vlan } from "./link.ts";
import { LinkType } from "./names.ts";
import { byLinkType, type LayerId } from "./protocol.ts";
import { summarize } from "./summary.ts";
import { gre, tcp, udp, vxlan } from "./transport.ts";
import { addField, type Dissector, type Next, openLayer, type Walk } from "./walk.ts";

/** Headers nested deeper than this are shown as data. */
const layerLimit = 64;

const dissectors: Readonly<Record<LayerId, Dissector>> = {
	eth: ethernet,
	vlan,
	ieee8021ad: serviceVlan,
	llc,
	sll,
	null: loopback,
	arp,
	mpls,
	ip: ipv4,
	ipv6,
	"ipv6.hopopts": hopByHop,
	"ipv6.routing": routing,
	"ipv6.fraghdr": fragment,
	"ipv6.dstopts": destinationOptions,
	ah: authentication,
	mip6: mobility,
	tcp,
	udp,
	icmp,
	icmpv6,
	gre,
	vxlan,
	dns,
	data,
};

function data(walk: Walk, at: number, end: number): undefined {
	const limit = Math.min(end, walk.bytes.length);
	const layer = openLayer(walk, "data", at);
	layer.length = limit - at;
	layer.summary = `${limit - at} bytes`;
	if (end > walk.bytes.length && !walk.quoted) layer.truncated = true;
	addField(walk, layer, {
		id: "data.data",
		label: "Data",
		kind: "bytes",
		offset: at,
		length: limit - at,
	});
}

function trailer(walk: Walk): void {
	const [first] = walk.layers;
	const at = walk.end;
	if (first?.id !== "eth" || at === undefined || at >= walk.bytes.length) return;
	const zero = walk.bytes.subarray(at).every((byte) => byte === 0);
	const padding = zero && walk.bytes.length <= 60;
	addField(walk, first, {
		id: padding ? "eth.padding" : "eth.trailer",
		label: padding ? "Padding" : "Trailer",
		kind: "bytes",
		offset: at,
		length: walk.bytes.length - at,
	});
}

/**
 * Dissects a packet captured with a link type (Ethernet unless given; see `linkTypes` for those known, others are data).
 * Never throws; what the capture cut off is marked `truncated`, what is malformed has a `problem`.
 */
export function dissect(bytes: Uint8Array, linkType: number = LinkType.ethernet): Dissection {
	const none = new Uint8Array(0);
	const walk: Walk = {
		bytes,
		layers: [],
		source: none,
		destination: none,
		quoted: false,
		end: undefined,
	};
	const id = byLinkType(linkType, bytes[0] ?? 0) ?? "data";
	let next: Next | undefined = { id, at: 0, end: bytes.length };
	while (next) {
		const { at, end }: Next = next;
		if (walk.layers.length > 0 && at >= Math.min(end, bytes.length)) break;
		const step: LayerId = walk.layers.length < layerLimit ? next.id : "data";
		next = dissectors[step](walk, at, end);
	}
	trailer(walk);
	const { layers } = walk;
	return {
		layers,
		summary: summarize(layers),
		truncated: layers.some((l) => l.truncated === true && l.quoted !== true),
	};
}
