// Link-level dissectors: Ethernet II and 802.3, VLAN tags, LLC and SNAP, MPLS, ARP, Linux cooked, BSD loopback.
import { u8 } from "./bits.ts";
import { arpOperations, etherTypes, nullFamilies } from "./names.ts";
import { byEtherType } from "./protocol.ts";
import {
	type Draft,
	type Next,
	numberIn,
	openLayer,
	type Parts,
	readParts,
	textIn,
	type Walk,
} from "./walk.ts";

/** What follows a type field: an ethertype, or below 1536 the length of an LLC frame. */
function afterType(layer: Draft, parts: Parts, end: number): Next | undefined {
	if (!parts.whole) return undefined;
	const type = numberIn(parts, "type");
	if (type >= 1536) return { id: byEtherType(type), at: parts.at, end };
	if (type > 1500) {
		layer.problem = `type ${type} is neither an ethertype nor a length`;
		return { id: "data", at: parts.at, end };
	}
	if (parts.at + type > end) layer.truncated = true;
	return { id: "llc", at: parts.at, end: parts.at + type };
}

export function ethernet(walk: Walk, at: number, end: number): Next | undefined {
	const layer = openLayer(walk, "eth", at);
	const parts = readParts(walk, layer, end);
	if (parts.whole && numberIn(parts, "type") < 1536) relabelLength(layer);
	const type = numberIn(parts, "type");
	const name =
		etherTypes[type] ?? (type < 1536 ? "802.3" : `0x${type.toString(16).padStart(4, "0")}`);
	layer.summary = `${textIn(parts, "src")} → ${textIn(parts, "dst")}, ${name}`;
	const next = afterType(layer, parts, end);
	if (next?.id === "llc") walk.end ??= next.end;
	return next;
}

function relabelLength(layer: Draft): void {
	const field = layer.fields.pop();
	if (field)
		layer.fields.push({
			...field,
			id: "eth.len",
			label: "Length",
			kind: "dec",
			text: String(field.value),
		});
}

export function vlan(walk: Walk, at: number, end: number): Next | undefined {
	return tag(walk, openLayer(walk, "vlan", at), end);
}

export function serviceVlan(walk: Walk, at: number, end: number): Next | undefined {
	return tag(walk, openLayer(walk, "ieee8021ad", at), end);
}

function tag(walk: Walk, layer: Draft, end: number): Next | undefined {
	const parts = readParts(walk, layer, end);
	layer.summary = `VLAN ${numberIn(parts, "id")}, priority ${numberIn(parts, "priority")}`;
	return afterType(layer, parts, end);
}

export function llc(walk: Walk, at: number, end: number): Next | undefined {
	const layer = openLayer(walk, "llc", at);
	const parts = readParts(walk, layer, end);
	if (!parts.whole) return undefined;
	const type = numberIn(parts, "type");
	const oui = numberIn(parts, "oui");
	const known = parts.values["type"] !== undefined && (oui === 0 || oui === 0xf8) && type >= 1536;
	return { id: known ? byEtherType(type) : "data", at: parts.at, end };
}

export function mpls(walk: Walk, at: number, end: number): Next | undefined {
	const layer = openLayer(walk, "mpls", at);
	const parts = readParts(walk, layer, end);
	layer.summary = `Label ${numberIn(parts, "label")}, TTL ${numberIn(parts, "ttl")}`;
	if (!parts.whole) return undefined;
	if (numberIn(parts, "bottom") === 0) return { id: "mpls", at: parts.at, end };
	const nibble = u8(walk.bytes, parts.at) >> 4;
	return { id: nibble === 4 ? "ip" : nibble === 6 ? "ipv6" : "data", at: parts.at, end };
}

export function arp(walk: Walk, at: number, end: number): Next | undefined {
	const layer = openLayer(walk, "arp", at);
	const parts = readParts(walk, layer, end);
	const operation = numberIn(parts, "operation");
	layer.summary = arpOperations[operation] ?? `operation ${operation}`;
	if (!parts.whole) return undefined;
	if (parts.values["senderIp"] === undefined) return { id: "data", at: parts.at, end };
	walk.end ??= parts.at;
	return undefined;
}

export function sll(walk: Walk, at: number, end: number): Next | undefined {
	const layer = openLayer(walk, "sll", at);
	const parts = readParts(walk, layer, end);
	layer.summary = `from ${textIn(parts, "src")}`;
	if (!parts.whole) return undefined;
	const type = numberIn(parts, "type");
	return { id: type >= 1536 ? byEtherType(type) : "data", at: parts.at, end };
}

/** The family is in the byte order of the machine that captured: small either way round. */
export function loopback(walk: Walk, at: number, end: number): Next | undefined {
	const layer = openLayer(walk, "null", at);
	const parts = readParts(walk, layer, end);
	if (!parts.whole) return undefined;
	const big = numberIn(parts, "family");
	const little = u8(walk.bytes, at) + u8(walk.bytes, at + 1) * 256;
	const family = big > 0xffff ? little : big;
	const name = nullFamilies[family];
	const field = layer.fields.pop();
	if (field) {
		const text = name ? `${name} (${family})` : String(family);
		layer.fields.push({
			...field,
			value: family,
			text,
			...(big > 0xffff ? { littleEndian: true } : {}),
		});
	}
	layer.summary = name ?? `family ${family}`;
	return { id: name === "IPv4" ? "ip" : name === "IPv6" ? "ipv6" : "data", at: parts.at, end };
}
