// Dissectors of TCP with options, UDP, and the tunnels GRE and VXLAN (RFC 9293, 7323, 2018, 7413, 768, 2890, 7348).
import { u16 } from "./bits.ts";
import { judgeTransport } from "./ip.ts";
import { etherTypes, tcpOptions } from "./names.ts";
import { type Option, readOptions } from "./option.ts";
import { byEtherType, byUdpPort } from "./protocol.ts";
import { tcpFlagText } from "./value.ts";
import {
	addField,
	type Draft,
	judgeChecksum,
	leaveChecksum,
	type Next,
	numberIn,
	openLayer,
	readParts,
	settleLength,
	type Walk,
} from "./walk.ts";

export function tcp(walk: Walk, at: number, end: number): Next | undefined {
	const layer = openLayer(walk, "tcp", at);
	const parts = readParts(walk, layer, end);
	const flags = tcpFlagText(numberIn(parts, "flags"));
	layer.summary =
		`${numberIn(parts, "srcPort")} → ${numberIn(parts, "dstPort")} ${flags}`.trimEnd();
	if (!parts.whole) return undefined;
	const header = numberIn(parts, "headerLength");
	if (header < 20) {
		layer.problem = `header length ${header} is less than 20`;
		leaveChecksum(layer, "tcp.checksum");
		return { id: "data", at: parts.at, end };
	}
	const { stop, whole } = settleLength(walk, layer, header, end);
	const problem = tcpOptionFields(walk, layer, parts.at, stop);
	if (whole && problem) layer.problem = problem;
	judgeTransport(walk, layer, { id: "tcp.checksum", at: at + 16, protocol: 6, end });
	return whole ? { id: "data", at: stop, end } : undefined;
}

/** Adds the fields of the options; gives what is wrong with them. */
function tcpOptionFields(walk: Walk, layer: Draft, at: number, end: number): string | undefined {
	const { options, problem } = readOptions(walk.bytes, at, end, "ip");
	for (const o of options) {
		addField(walk, layer, {
			id: "tcp.option_kind",
			label: "Option",
			kind: "dec",
			offset: o.offset,
			length: 1,
			names: tcpOptions,
		});
		if (o.length < 2) continue;
		addField(walk, layer, {
			id: "tcp.option_len",
			label: "Option length",
			kind: "dec",
			offset: o.offset + 1,
			length: 1,
		});
		tcpOptionData(walk, layer, o);
	}
	return problem;
}

function tcpOptionData(walk: Walk, layer: Draft, o: Option): void {
	const number = (id: string, label: string, offset: number, length: number) =>
		addField(walk, layer, { id: `tcp.options.${id}`, label, kind: "dec", offset, length });
	const bytes = (id: string, label: string) => {
		if (o.dataLength > 0)
			addField(walk, layer, { id, label, kind: "bytes", offset: o.data, length: o.dataLength });
	};
	if (o.kind === 2 && o.dataLength === 2) number("mss_val", "Maximum segment size", o.data, 2);
	else if (o.kind === 3 && o.dataLength === 1) number("wscale.shift", "Window shift", o.data, 1);
	else if (o.kind === 5 && o.dataLength % 8 === 0)
		for (let i = o.data; i < o.data + o.dataLength; i += 8) {
			number("sack_le", "SACK left edge", i, 4);
			number("sack_re", "SACK right edge", i + 4, 4);
		}
	else if (o.kind === 8 && o.dataLength === 8) {
		number("timestamp.tsval", "Timestamp", o.data, 4);
		number("timestamp.tsecr", "Timestamp echo", o.data + 4, 4);
	} else if (o.kind === 34) bytes("tcp.options.tfo.cookie", "Fast open cookie");
	else bytes("tcp.options.unknown.payload", "Option data");
}

export function udp(walk: Walk, at: number, end: number): Next | undefined {
	const layer = openLayer(walk, "udp", at);
	const parts = readParts(walk, layer, end);
	const source = numberIn(parts, "srcPort");
	const destination = numberIn(parts, "dstPort");
	layer.summary = `${source} → ${destination}`;
	if (!parts.whole) return undefined;
	const length = numberIn(parts, "length");
	const stop = length === 0 ? end : at + length;
	if ((length !== 0 && length < 8) || stop > end) {
		layer.problem =
			length < 8
				? `length ${length} is less than 8`
				: `length ${length} goes past the packet's end`;
		leaveChecksum(layer, "udp.checksum");
		return { id: "data", at: parts.at, end };
	}
	const optional = walk.source.length === 4 ? "absent" : "forbidden";
	judgeTransport(walk, layer, {
		id: "udp.checksum",
		at: at + 6,
		protocol: 17,
		end: stop,
		optional,
	});
	return { id: byUdpPort(source, destination), at: parts.at, end: stop };
}

export function gre(walk: Walk, at: number, end: number): Next | undefined {
	const layer = openLayer(walk, "gre", at);
	const parts = readParts(walk, layer, end);
	const protocol = numberIn(parts, "protocol");
	layer.summary = etherTypes[protocol] ?? `protocol 0x${protocol.toString(16).padStart(4, "0")}`;
	if (!parts.whole) return undefined;
	const opaque = numberIn(parts, "version") !== 0 || numberIn(parts, "hasRouting") === 1;
	if (opaque) return { id: "data", at: parts.at, end };
	if (parts.values["checksum"] !== undefined)
		judgeChecksum(walk, layer, { id: "gre.checksum", at: at + 4, start: at, end });
	return { id: byEtherType(protocol), at: parts.at, end };
}

export function vxlan(walk: Walk, at: number, end: number): Next | undefined {
	const layer = openLayer(walk, "vxlan", at);
	const parts = readParts(walk, layer, end);
	layer.summary = `VNI ${numberIn(parts, "vni")}`;
	if (!parts.whole) return undefined;
	return { id: (u16(walk.bytes, at) & 0x0800) === 0 ? "data" : "eth", at: parts.at, end };
}
