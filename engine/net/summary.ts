// The one line of a packet list: from, to, protocol, info; made from the layers, not from the bytes.
import type { Field, Layer, Summary } from "./layer.ts";
import { ipProtocols } from "./names.ts";
import type { LayerId } from "./protocol.ts";
import { tcpFlagText } from "./value.ts";

function fieldOf(layer: Layer | undefined, id: string): Field | undefined {
	return layer?.fields.find((f) => f.id === id);
}

function number(layer: Layer, id: string): number | undefined {
	const value = fieldOf(layer, id)?.value;
	return typeof value === "number" ? value : undefined;
}

function text(layer: Layer | undefined, id: string): string {
	return String(fieldOf(layer, id)?.value ?? "");
}

const protocolNames: Readonly<Partial<Record<LayerId, string>>> = {
	eth: "Ethernet",
	vlan: "VLAN",
	ieee8021ad: "VLAN",
	llc: "LLC",
	arp: "ARP",
	mpls: "MPLS",
	ip: "IPv4",
	ipv6: "IPv6",
	tcp: "TCP",
	udp: "UDP",
	icmp: "ICMP",
	icmpv6: "ICMPv6",
	gre: "GRE",
	vxlan: "VXLAN",
	dns: "DNS",
	sll: "SLL",
	null: "Loopback",
	ah: "AH",
	mip6: "MIPv6",
};

function withPort(address: string, port: string): string {
	if (port === "") return address;
	return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

function ends(layers: readonly Layer[]): { readonly from: string; readonly to: string } {
	const network = layers.findLast((l) => l.id === "ip" || l.id === "ipv6" || l.id === "arp");
	if (network?.id === "arp")
		return { from: text(network, "arp.src.proto_ipv4"), to: text(network, "arp.dst.proto_ipv4") };
	if (network) {
		const after = layers.slice(layers.indexOf(network));
		const transport = after.find((l) => l.id === "tcp" || l.id === "udp");
		const port = (end: string) => (transport ? text(transport, `${transport.id}.${end}port`) : "");
		return {
			from: withPort(text(network, `${network.id}.src`), port("src")),
			to: withPort(text(network, `${network.id}.dst`), port("dst")),
		};
	}
	const link = layers.findLast((l) => l.id === "eth" || l.id === "sll");
	return { from: text(link, "eth.src") || text(link, "sll.src.eth"), to: text(link, "eth.dst") };
}

/** The summary of dissected layers; layers quoted by an ICMP error do not count. */
export function summarize(layers: readonly Layer[]): Summary {
	const own = layers.filter((l) => !l.quoted);
	const last = own.findLast((l) => l.id !== "data");
	if (!last) return { from: "", to: "", protocol: "Data", info: `${own[0]?.length ?? 0} bytes` };
	const payload = own.at(-1)?.id === "data" ? own.at(-1) : undefined;
	const info = infoOf(last, payload);
	const cut = own.some((l) => l.truncated) ? " (truncated)" : "";
	return { ...ends(own), protocol: protocolFor(last), info: info + cut };
}

function protocolFor(last: Layer): string {
	if (last.id === "ip" || last.id.startsWith("ipv6")) {
		const nextField = last.fields.find((f) => f.id === "ip.proto" || f.id.endsWith(".nxt"));
		const next = nextField ? ipProtocols[Number(nextField.value)] : undefined;
		if (next && next !== "no next header" && next !== "experimental") return next;
	}
	return protocolNames[last.id] ?? "IPv6";
}

function infoOf(last: Layer, payload: Layer | undefined): string {
	const size = payload ? `${payload.length} bytes` : "";
	if (last.problem) return last.problem;
	switch (last.id) {
		case "tcp":
			return tcpInfo(last, payload);
		case "arp":
			return arpInfo(last);
		case "ip":
			return ipInfo(last, size);
		case "icmp":
		case "icmpv6":
		case "dns":
			return last.summary;
		case "udp":
			return size || "0 bytes";
		default:
			return size ? `${last.summary}, ${size}` : last.summary;
	}
}

function ipInfo(layer: Layer, size: string): string {
	const offset = number(layer, "ip.frag_offset") ?? 0;
	const more = number(layer, "ip.flags.mf") === 1;
	if (offset === 0 && !more) return size;
	return `fragment ${text(layer, "ip.id")} at ${offset}${more ? "" : ", last"}, ${size || "0 bytes"}`;
}

function tcpInfo(layer: Layer, payload: Layer | undefined): string {
	const flags = number(layer, "tcp.flags");
	if (flags === undefined) return "";
	const words = tcpFlagText(flags) || "no flags";
	const parts = [words, `seq ${number(layer, "tcp.seq_raw")}`];
	if (flags & 0x10) parts.push(`ack ${number(layer, "tcp.ack_raw")}`);
	parts.push(payload ? `${payload.length} bytes` : `win ${number(layer, "tcp.window_size_value")}`);
	return parts.join(", ");
}

function arpInfo(layer: Layer): string {
	const sender = text(layer, "arp.src.proto_ipv4");
	const target = text(layer, "arp.dst.proto_ipv4");
	if (sender === "") return layer.summary;
	switch (number(layer, "arp.opcode")) {
		case 1:
			return sender === target ? `announces ${sender}` : `who has ${target}? tell ${sender}`;
		case 2:
			return `${sender} is at ${text(layer, "arp.src.hw_mac")}`;
		default:
			return layer.summary;
	}
}

/** `10.0.0.21:49812 → 10.0.0.1:443 TCP SYN, seq 1, win 64240`. */
export function summaryLine(summary: Summary): string {
	const ends = summary.from || summary.to ? `${summary.from} → ${summary.to} ` : "";
	return `${ends}${summary.protocol} ${summary.info}`.trimEnd();
}
