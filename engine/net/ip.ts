// Dissectors of IPv4 and IPv6 with options and extension headers (RFC 791, 8200, 4302, 8754).
import { pseudoHeaderSum } from "./checksum.ts";
import { ipOptions, ipProtocols, ipv6Options } from "./names.ts";
import { readOptions } from "./option.ts";
import { byIpProtocol } from "./protocol.ts";
import {
	addField,
	type Draft,
	judgeChecksum,
	leaveChecksum,
	type Next,
	numberIn,
	openLayer,
	type Parts,
	readParts,
	settleLength,
	textIn,
	type Walk,
} from "./walk.ts";

function protocolName(protocol: number): string {
	return ipProtocols[protocol] ?? `protocol ${protocol}`;
}

export function ipv4(walk: Walk, at: number, end: number): Next | undefined {
	const layer = openLayer(walk, "ip", at);
	const parts = readParts(walk, layer, end);
	const protocol = numberIn(parts, "protocol");
	layer.summary = `${textIn(parts, "src")} → ${textIn(parts, "dst")}, ${protocolName(protocol)}`;
	if (!parts.whole) return undefined;
	const header = numberIn(parts, "headerLength");
	if (numberIn(parts, "version") !== 4) layer.problem = `version is ${numberIn(parts, "version")}`;
	else if (header < 20) layer.problem = `header length ${header} is less than 20`;
	if (layer.problem) return { id: "data", at: parts.at, end };
	const { stop: headerEnd, whole } = settleLength(walk, layer, header, end);
	const problem = ipv4Options(walk, layer, parts.at, headerEnd);
	if (whole && problem) layer.problem = problem;
	judgeChecksum(walk, layer, { id: "ip.checksum", at: at + 10, start: at, end: at + header });
	if (!whole) return undefined;
	walk.source = walk.bytes.subarray(at + 12, at + 16);
	walk.destination = walk.bytes.subarray(at + 16, at + 20);
	const stop = ipv4End(walk, layer, numberIn(parts, "length"), end);
	const offset = numberIn(parts, "fragmentOffset");
	if (offset > 0 || numberIn(parts, "moreFragments") === 1) {
		layer.summary += `, fragment at ${offset}`;
		return { id: "data", at: headerEnd, end: stop };
	}
	return { id: byIpProtocol(protocol), at: headerEnd, end: stop };
}

/** Where the total length says the packet ends. Zero stands for a packet too long for the field (offload). */
function ipv4End(walk: Walk, layer: Draft, total: number, end: number): number {
	const stop = total === 0 ? end : layer.offset + total;
	if (total !== 0 && total < layer.length) {
		layer.problem = `total length ${total} is less than the header's ${layer.length}`;
		return end;
	}
	if (stop > end && !layer.quoted) layer.truncated = true;
	if (!layer.quoted) walk.end ??= stop;
	return stop;
}

/** Adds the fields of the options; gives what is wrong with them. */
function ipv4Options(walk: Walk, layer: Draft, at: number, end: number): string | undefined {
	const { options, problem } = readOptions(walk.bytes, at, end, "ip");
	for (const o of options) {
		addField(walk, layer, {
			id: "ip.opt.type",
			label: "Option",
			kind: "dec",
			offset: o.offset,
			length: 1,
			names: ipOptions,
		});
		if (o.length < 2) continue;
		addField(walk, layer, {
			id: "ip.opt.len",
			label: "Option length",
			kind: "dec",
			offset: o.offset + 1,
			length: 1,
		});
		if (o.kind === 148 && o.dataLength === 2)
			addField(walk, layer, {
				id: "ip.opt.ra",
				label: "Router alert",
				kind: "dec",
				offset: o.data,
				length: 2,
			});
		else if (o.dataLength > 0)
			addField(walk, layer, {
				id: "ip.opt.data",
				label: "Option data",
				kind: "bytes",
				offset: o.data,
				length: o.dataLength,
			});
	}
	return problem;
}

export function ipv6(walk: Walk, at: number, end: number): Next | undefined {
	const layer = openLayer(walk, "ipv6", at);
	const parts = readParts(walk, layer, end);
	const protocol = numberIn(parts, "nextHeader");
	layer.summary = `${textIn(parts, "src")} → ${textIn(parts, "dst")}, ${protocolName(protocol)}`;
	if (!parts.whole) return undefined;
	if (numberIn(parts, "version") !== 6) {
		layer.problem = `version is ${numberIn(parts, "version")}`;
		return { id: "data", at: parts.at, end };
	}
	walk.source = walk.bytes.subarray(at + 8, at + 24);
	walk.destination = walk.bytes.subarray(at + 24, at + 40);
	const length = numberIn(parts, "payloadLength");
	const jumbo = length === 0 && protocol === 0;
	const stop = jumbo ? end : parts.at + length;
	if (stop > end && !layer.quoted) layer.truncated = true;
	if (!layer.quoted) walk.end ??= stop;
	return extensionNext(parts, stop);
}

function extensionNext(parts: Parts, end: number, at = parts.at): Next | undefined {
	const protocol = numberIn(parts, "nextHeader");
	if (protocol === 59 && at >= end) return undefined;
	return { id: byIpProtocol(protocol), at, end };
}

function optionHeader(walk: Walk, layer: Draft, end: number): Next | undefined {
	const parts = readParts(walk, layer, end);
	if (!parts.whole) return undefined;
	const { stop, whole } = settleLength(walk, layer, (numberIn(parts, "length") + 1) * 8, end);
	const { options, problem } = readOptions(walk.bytes, parts.at, stop, "ipv6");
	if (whole && problem) layer.problem = problem;
	const texts: string[] = [];
	for (const o of options) {
		const base = { kind: "dec", offset: o.offset, length: 1 } as const;
		addField(walk, layer, {
			...base,
			id: "ipv6.opt.type",
			label: "Option",
			kind: "hex",
			names: ipv6Options,
		});
		if (o.kind > 1) texts.push(ipv6Options[o.kind] ?? `option ${o.kind}`);
		if (o.length < 2) continue;
		addField(walk, layer, {
			...base,
			id: "ipv6.opt.length",
			label: "Option length",
			offset: o.offset + 1,
		});
		ipv6OptionData(walk, layer, o.kind, o.data, o.dataLength);
	}
	if (texts.length > 0) layer.summary = texts.join(", ");
	return whole ? extensionNext(parts, end, stop) : undefined;
}

function ipv6OptionData(
	walk: Walk,
	layer: Draft,
	kind: number,
	offset: number,
	length: number,
): void {
	if (length === 0) return;
	const place = { offset, length };
	if (kind === 5 && length === 2)
		addField(walk, layer, {
			...place,
			id: "ipv6.opt.router_alert",
			label: "Router alert",
			kind: "dec",
		});
	else if (kind === 4 && length === 1)
		addField(walk, layer, {
			...place,
			id: "ipv6.opt.tel",
			label: "Encapsulation limit",
			kind: "dec",
		});
	else if (kind === 201 && length === 16) {
		// Checksums count the home address as the source (RFC 6275 section 11.3.1).
		walk.source = walk.bytes.subarray(offset, offset + 16);
		addField(walk, layer, {
			...place,
			id: "ipv6.opt.mipv6.home_address",
			label: "Home address",
			kind: "ipv6",
		});
	} else if (kind === 1)
		addField(walk, layer, { ...place, id: "ipv6.opt.padn", label: "PadN", kind: "bytes" });
	else
		addField(walk, layer, {
			...place,
			id: "ipv6.opt.unknown",
			label: "Option data",
			kind: "bytes",
		});
}

export function hopByHop(walk: Walk, at: number, end: number): Next | undefined {
	return optionHeader(walk, openLayer(walk, "ipv6.hopopts", at), end);
}

export function destinationOptions(walk: Walk, at: number, end: number): Next | undefined {
	return optionHeader(walk, openLayer(walk, "ipv6.dstopts", at), end);
}

const routeIds: Readonly<Record<number, string>> = {
	0: "ipv6.routing.src.addr",
	2: "ipv6.routing.mipv6.home_address",
	4: "ipv6.routing.srh.addr",
};

/** Addresses of routing headers of types 0 and 2 (source routes) and 4 (segments, last one first). */
export function routing(walk: Walk, at: number, end: number): Next | undefined {
	const layer = openLayer(walk, "ipv6.routing", at);
	const parts = readParts(walk, layer, end);
	if (!parts.whole) return undefined;
	const type = numberIn(parts, "type");
	const left = numberIn(parts, "segmentsLeft");
	layer.summary = `type ${type}, ${left} segments left`;
	const { stop, whole } = settleLength(walk, layer, (numberIn(parts, "length") + 1) * 8, end);
	const segments = type === 4;
	if (segments || type === 0 || type === 2) {
		const count = segments ? Math.min(numberIn(parts, "lastEntry") + 1, 127) : 127;
		const id = routeIds[type] ?? "";
		let i = parts.at;
		let read = 0;
		for (; read < count && i + 16 <= stop; read++, i += 16)
			addField(walk, layer, { id, label: "Address", kind: "ipv6", offset: i, length: 16 });
		const last = segments ? parts.at : i - 16;
		if (left > 0 && read > 0) walk.destination = walk.bytes.subarray(last, last + 16);
	} else if (stop > parts.at)
		addField(walk, layer, {
			id: "ipv6.routing.unknown_data",
			label: "Type-specific data",
			kind: "bytes",
			offset: parts.at,
			length: stop - parts.at,
		});
	return whole ? extensionNext(parts, end, stop) : undefined;
}

export function fragment(walk: Walk, at: number, end: number): Next | undefined {
	const layer = openLayer(walk, "ipv6.fraghdr", at);
	const parts = readParts(walk, layer, end);
	if (!parts.whole) return undefined;
	const offset = numberIn(parts, "offset");
	const whole = offset === 0 && numberIn(parts, "more") === 0;
	layer.summary = whole ? "atomic fragment" : `fragment at ${offset}`;
	return whole ? extensionNext(parts, end) : { id: "data", at: parts.at, end };
}

export function authentication(walk: Walk, at: number, end: number): Next | undefined {
	const layer = openLayer(walk, "ah", at);
	const parts = readParts(walk, layer, end);
	if (!parts.whole) return undefined;
	const length = (numberIn(parts, "length") + 2) * 4;
	if (length < 12) layer.problem = `length ${length} is less than the header's 12`;
	const { stop, whole } = settleLength(walk, layer, Math.max(12, length), end);
	if (stop > parts.at)
		addField(walk, layer, {
			id: "ah.icv",
			label: "Integrity check value",
			kind: "bytes",
			offset: parts.at,
			length: stop - parts.at,
		});
	return whole ? extensionNext(parts, end, stop) : undefined;
}

export function mobility(walk: Walk, at: number, end: number): Next | undefined {
	const layer = openLayer(walk, "mip6", at);
	const parts = readParts(walk, layer, end);
	if (!parts.whole) return undefined;
	const { stop, whole } = settleLength(walk, layer, (numberIn(parts, "length") + 1) * 8, end);
	judgeTransport(walk, layer, { id: "mip6.csum", at: at + 4, protocol: 135, end: stop });
	return whole ? extensionNext(parts, end, stop) : undefined;
}

interface Transport {
	readonly id: string;
	readonly at: number;
	readonly protocol: number;
	readonly end: number;
	readonly optional?: "absent" | "forbidden";
}

/** Judges a checksum that covers the layer up to `end` and the pseudo header. */
export function judgeTransport(walk: Walk, layer: Draft, t: Transport): void {
	if (walk.source.length === 0) {
		leaveChecksum(layer, t.id);
		return;
	}
	const length = t.end - layer.offset;
	judgeChecksum(walk, layer, {
		id: t.id,
		at: t.at,
		start: layer.offset,
		end: t.end,
		initial: pseudoHeaderSum(walk.source, walk.destination, t.protocol, length),
		...(t.optional ? { optional: t.optional } : {}),
	});
}
