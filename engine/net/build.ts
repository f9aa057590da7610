// Specs to bytes: fixed parts from the header table, then lengths, next protocols and checksums where omitted.
import { assert, type Diagnostic, fromHex, type Outcome } from "../base/index.ts";
import { setU16, writeBits } from "./bits.ts";
import { internetChecksum, pseudoHeaderSum } from "./checksum.ts";
import type { FieldLayout, HeaderLayout } from "./headers.ts";
import { readOptions } from "./option.ts";
import { isLayerId, type LayerId, partAfter, protocolOf } from "./protocol.ts";
import {
	type Faults,
	fault,
	type LayerSpec,
	type Loose,
	type PacketSpec,
	tailBytes,
	tailFields,
} from "./spec.ts";
import { encodeValue } from "./value.ts";

/** A layer with its place in the packet. */
interface Placed {
	readonly id: LayerId;
	readonly spec: Loose;
	readonly values: Record<string, number | string>;
	readonly parts: readonly HeaderLayout[];
	readonly tail: Uint8Array;
	readonly faults: Faults;
	offset: number;
	/** Header with its tail. */
	size: number;
}

function given(spec: Loose, field: FieldLayout): number | string | undefined {
	const value = spec[field.name];
	return typeof value === "number" || typeof value === "string" ? value : undefined;
}

/** What a computed field is, as far as the layer alone decides it. */
function ownValue(
	id: LayerId,
	name: string,
	spec: Loose,
	fixed: number,
	tail: number,
): number | undefined {
	switch (`${id}.${name}`) {
		case "ip.headerLength":
		case "tcp.headerLength":
			return Math.ceil((fixed + tail) / 4) * 4;
		case "ipv6.hopopts.length":
		case "ipv6.dstopts.length":
		case "ipv6.routing.length":
		case "mip6.length":
			return Math.ceil((fixed + tail) / 8) - 1;
		case "ah.length":
			return Math.ceil((fixed + tail) / 4) - 2;
		case "ipv6.routing.lastEntry":
			return Math.max(0, Math.floor(tail / 16) - 1);
		case "gre.hasChecksum":
			return spec["checksum"] === undefined && spec["offset"] === undefined ? 0 : 1;
		case "gre.hasKey":
			return spec["key"] === undefined ? 0 : 1;
		case "gre.hasSequence":
			return spec["sequence"] === undefined ? 0 : 1;
		case "dns.questionCount":
			return Array.isArray(spec["questions"]) ? spec["questions"].length : 0;
		case "dns.answerCount":
			return Array.isArray(spec["answers"]) ? spec["answers"].length : 0;
		default:
			return undefined;
	}
}

function place(id: LayerId, spec: Loose, faults: Faults): Placed {
	const tail = tailBytes(id, spec, faults);
	const values: Record<string, number | string> = {};
	const parts: HeaderLayout[] = [];
	let fixed = 0;
	const known = new Set<string>(["layer", ...(tailFields[id] ?? [])]);
	for (let part = partAfter(id, 0, values); part; part = partAfter(id, parts.length, values)) {
		parts.push(part);
		fixed += part.size;
		for (const field of part.fields) {
			known.add(field.name);
			values[field.name] =
				given(spec, field) ?? ownValue(id, field.name, spec, 0, 0) ?? field.init ?? 0;
		}
	}
	for (const part of parts)
		for (const field of part.fields)
			if (given(spec, field) === undefined) {
				const own = ownValue(id, field.name, spec, fixed, tail.length);
				if (own !== undefined) values[field.name] = own;
			}
	for (const name of Object.keys(spec))
		if (!known.has(name))
			fault(faults, name, `no such field in this ${protocolOf(id).title} layer`);
	return { id, spec, values, parts, tail, faults, offset: 0, size: fixed + tail.length };
}

/** The ethertype or protocol number of the layer that follows. */
function numberOfNext(layer: Placed, next: Placed | undefined, name: string): number {
	const table = next && protocolOf(next.id);
	if (name === "nextHeader" || (layer.id === "ip" && name === "protocol"))
		return table?.ipProtocol ?? (layer.id === "ip" || next ? 253 : 59);
	if (layer.id === "mpls") return next?.id === "mpls" ? 0 : 1;
	if (layer.id === "null") return next?.id === "ipv6" ? 30 : 2;
	return table?.etherType ?? 0x88b5;
}

/** What a computed field is, given the layers around it and the end of the packet without trailer. */
function contextValue(layer: Placed, next: Placed | undefined, name: string, end: number): number {
	const rest = end - layer.offset;
	switch (`${layer.id}.${name}`) {
		case "ip.length":
		case "udp.length":
			return Math.min(rest, 0xffff);
		case "ipv6.payloadLength":
			return rest - layer.size > 0xffff ? 0 : rest - layer.size;
		case "udp.dstPort":
			return next?.id === "vxlan" ? 4789 : next?.id === "dns" ? 53 : 9;
		case "eth.type":
		case "vlan.type":
		case "ieee8021ad.type":
			if (next?.id === "llc") return Math.min(rest - layer.size, 1500);
			return numberOfNext(layer, next, name);
		default:
			return numberOfNext(layer, next, name);
	}
}

function isComputed(layer: Placed, field: FieldLayout): boolean {
	return field.auto === true && given(layer.spec, field) === undefined;
}

function write(bytes: Uint8Array, layer: Placed, next: Placed | undefined, end: number): void {
	let at = layer.offset;
	for (const part of layer.parts) {
		for (const field of part.fields) {
			const own = ownValue(layer.id, field.name, layer.spec, 0, 0) !== undefined;
			if (isComputed(layer, field) && !own && field.name !== "checksum")
				layer.values[field.name] = contextValue(layer, next, field.name, end);
			writeField(bytes, layer, field, at);
		}
		at += part.size;
	}
	bytes.set(layer.tail, at);
	if (layer.id === "null" && layer.spec["bigEndian"] !== true)
		bytes.subarray(layer.offset, layer.offset + 4).reverse();
}

function writeField(bytes: Uint8Array, layer: Placed, field: FieldLayout, at: number): void {
	const encoded = encodeValue(field, layer.values[field.name] ?? 0);
	if ("problem" in encoded) fault(layer.faults, field.name, encoded.problem);
	else if ("bytes" in encoded) bytes.set(encoded.bytes, at + (field.at >> 3));
	else writeBits(bytes, at * 8 + field.at, field.bits, encoded.number);
}

interface Ends {
	readonly source: Uint8Array;
	readonly destination: Uint8Array;
}

/**
 * The addresses that checksums count: of the IP header, but for a home address option the source, and for a route still
 * to be followed the last destination (RFC 8200 section 8.1, RFC 6275, RFC 8754).
 */
function pseudoEnds(bytes: Uint8Array, network: Placed, between: readonly Placed[]): Ends {
	const size = network.id === "ip" ? 4 : 16;
	const at = network.offset + (network.id === "ip" ? 12 : 8);
	let source = bytes.subarray(at, at + size);
	let destination = bytes.subarray(at + size, at + 2 * size);
	for (const { id, values, tail } of between) {
		if (id === "ipv6.dstopts") {
			const home = readOptions(tail, 0, tail.length, "ipv6").options.find((o) => o.kind === 201);
			if (home?.dataLength === 16) source = tail.subarray(home.data, home.data + 16);
		}
		if (id !== "ipv6.routing" || values["segmentsLeft"] === 0 || tail.length < 16) continue;
		destination = values["type"] === 4 ? tail.subarray(0, 16) : tail.subarray(tail.length - 16);
	}
	return { source, destination };
}

function pseudoSum(
	bytes: Uint8Array,
	layers: readonly Placed[],
	index: number,
	length: number,
): number {
	const from = layers.findLastIndex((l, i) => i < index && (l.id === "ip" || l.id === "ipv6"));
	const network = layers[from];
	const layer = layers[index];
	if (!network || !layer) return 0;
	const { source, destination } = pseudoEnds(bytes, network, layers.slice(from + 1, index));
	return pseudoHeaderSum(source, destination, protocolOf(layer.id).ipProtocol ?? 0, length);
}

/** Offset of the checksum in its layer. */
const checksumAt: Readonly<Partial<Record<LayerId, number>>> = {
	ip: 10,
	tcp: 16,
	udp: 6,
	icmp: 2,
	icmpv6: 2,
	mip6: 4,
	gre: 4,
};

function writeChecksum(
	bytes: Uint8Array,
	layers: readonly Placed[],
	index: number,
	end: number,
): void {
	const layer = layers[index];
	const skip = layer && checksumAt[layer.id];
	if (!layer || skip === undefined || layer.spec["checksum"] !== undefined) return;
	const { id, offset } = layer;
	if (id === "gre" && layer.values["hasChecksum"] !== 1) return;
	const stop = id === "ip" || id === "mip6" ? offset + layer.size : end;
	const plain = id === "ip" || id === "icmp" || id === "gre";
	const initial = plain ? 0 : pseudoSum(bytes, layers, index, stop - offset);
	const sum = internetChecksum(bytes, offset, stop, initial);
	setU16(bytes, offset + skip, id === "udp" && sum === 0 ? 0xffff : sum);
}

/**
 * The bytes of a packet. Fields given are written as they are, right or wrong; lengths, checksums, protocol numbers and
 * ethertypes left out are computed, all else gets a usual value. Errors (`net/packet-spec`) name the layer and field.
 */
export function build(spec: PacketSpec): Outcome<Uint8Array> {
	const list: Diagnostic[] = [];
	const layers: Placed[] = [];
	let end = 0;
	for (const [i, layer] of spec.layers.entries()) {
		const faults: Faults = { path: `layers[${i}]`, list };
		if (!isLayerId(layer.layer)) {
			fault(faults, "layer", `no such layer: ${JSON.stringify(layer.layer)}`);
			continue;
		}
		const placed = place(layer.layer, { ...layer }, faults);
		placed.offset = end;
		end += placed.size;
		layers.push(placed);
	}
	const trailer = fromHex(spec.trailer ?? "");
	if (!trailer) fault({ path: "packet", list }, "trailer", "expected whole bytes in hexadecimal");
	const bytes = new Uint8Array(end + (trailer?.length ?? 0));
	if (trailer) bytes.set(trailer, end);
	for (const [i, layer] of layers.entries()) write(bytes, layer, layers[i + 1], end);
	for (let i = layers.length - 1; i >= 0; i--) writeChecksum(bytes, layers, i, end);
	return list.length > 0 ? { diagnostics: list } : { value: bytes, diagnostics: [] };
}

/** The bytes of a spec that our own code wrote. */
export function mustBuild(layers: readonly LayerSpec[]): Uint8Array {
	const { value, diagnostics } = build({ layers });
	assert(value !== undefined, `packet spec: ${diagnostics[0]?.message}`);
	return value;
}
