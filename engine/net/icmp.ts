// Dissectors of ICMP and ICMPv6: echo, errors with the packet they quote, neighbor discovery (RFC 792, 4443, 4861).
import { u8 } from "./bits.ts";
import { judgeTransport } from "./ip.ts";
import {
	icmpTypes,
	icmpUnreachable,
	icmpv6Types,
	icmpv6Unreachable,
	type Names,
	ndOptions,
} from "./names.ts";
import { type Option, readOptions } from "./option.ts";
import { hasNdOptions, quotesPacket } from "./protocol.ts";
import {
	addField,
	type Draft,
	judgeChecksum,
	type Next,
	numberIn,
	openLayer,
	type Parts,
	readParts,
	textIn,
	type Walk,
} from "./walk.ts";

function messageText(
	parts: Parts,
	types: Names,
	unreachable: Names,
	unreachableType: number,
): string {
	const type = numberIn(parts, "type");
	const code = numberIn(parts, "code");
	const name = types[type] ?? `type ${type}`;
	if (type === unreachableType) return unreachable[code] ?? `${name}, code ${code}`;
	if (parts.values["seq"] !== undefined)
		return `${name} id ${numberIn(parts, "ident")} seq ${numberIn(parts, "seq")}`;
	const target = textIn(parts, "target");
	if (target !== "") return `${name} ${target}`;
	return code === 0 ? name : `${name}, code ${code}`;
}

export function icmp(walk: Walk, at: number, end: number): Next | undefined {
	const layer = openLayer(walk, "icmp", at);
	const parts = readParts(walk, layer, end);
	layer.summary = messageText(parts, icmpTypes, icmpUnreachable, 3);
	judgeChecksum(walk, layer, { id: "icmp.checksum", at: at + 2, start: at, end });
	if (!parts.whole) return undefined;
	if (!quotesPacket("icmp", numberIn(parts, "type")) || walk.quoted)
		return { id: "data", at: parts.at, end };
	walk.quoted = true;
	return { id: "ip", at: parts.at, end };
}

export function icmpv6(walk: Walk, at: number, end: number): Next | undefined {
	const layer = openLayer(walk, "icmpv6", at);
	const parts = readParts(walk, layer, end);
	layer.summary = messageText(parts, icmpv6Types, icmpv6Unreachable, 1);
	judgeTransport(walk, layer, { id: "icmpv6.checksum", at: at + 2, protocol: 58, end });
	if (!parts.whole) return undefined;
	const type = numberIn(parts, "type");
	if (hasNdOptions(type)) {
		const limit = Math.min(end, walk.bytes.length);
		ndFields(walk, layer, parts.at, limit);
		layer.length = Math.max(parts.at, limit) - at;
		return undefined;
	}
	if (!quotesPacket("icmpv6", type) || walk.quoted) return { id: "data", at: parts.at, end };
	walk.quoted = true;
	return { id: "ipv6", at: parts.at, end };
}

function ndFields(walk: Walk, layer: Draft, at: number, end: number): void {
	const { options, problem } = readOptions(walk.bytes, at, end, "nd");
	if (problem) layer.problem = problem;
	for (const o of options) {
		addField(walk, layer, {
			id: "icmpv6.opt.type",
			label: "Option",
			kind: "dec",
			offset: o.offset,
			length: 1,
			names: ndOptions,
		});
		addField(walk, layer, {
			id: "icmpv6.opt.length",
			label: "Option length",
			kind: "dec",
			offset: o.offset + 1,
			length: 1,
			text: `${u8(walk.bytes, o.offset + 1)} (${o.length} bytes)`,
		});
		ndData(walk, layer, o);
	}
}

function ndData(walk: Walk, layer: Draft, o: Option): void {
	const add = (
		id: string,
		label: string,
		kind: "dec" | "mac" | "ipv6" | "bytes",
		skip: number,
		length: number,
	) =>
		addField(walk, layer, { id: `icmpv6.opt.${id}`, label, kind, offset: o.offset + skip, length });
	if (o.kind === 1 && o.length === 8) add("src_linkaddr", "Source MAC", "mac", 2, 6);
	else if (o.kind === 2 && o.length === 8) add("target_linkaddr", "Target MAC", "mac", 2, 6);
	else if (o.kind === 3 && o.length === 32) {
		add("prefix.length", "Prefix length", "dec", 2, 1);
		add("prefix.valid_lifetime", "Valid lifetime (s)", "dec", 4, 4);
		add("prefix.preferred_lifetime", "Preferred lifetime (s)", "dec", 8, 4);
		add("prefix", "Prefix", "ipv6", 16, 16);
	} else if (o.kind === 5 && o.length === 8) add("mtu", "MTU", "dec", 4, 4);
	else if (o.kind === 25 && o.length >= 24) {
		add("rdnss.lifetime", "Lifetime (s)", "dec", 4, 4);
		for (let i = 8; i + 16 <= o.length; i += 16) add("rdnss", "DNS server", "ipv6", i, 16);
	} else add("data", "Option data", "bytes", 2, o.dataLength);
}
