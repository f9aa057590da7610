// The spec of a packet: its layers with their fields as plain JSON. Types, and the bytes of what varies in length.
import { concatBytes, type Diagnostic, equalBytes, fromHex, toHex, utf8 } from "../base/index.ts";
import { formatIpv6, parseIpv6 } from "./address.ts";
import { bigEndian, u32 } from "./bits.ts";
import { type DnsEntry, dnsEntryBytes, readDnsBody } from "./dns.ts";
import type { FieldKind, FieldRow, HeaderLayout, headers } from "./headers.ts";
import { type OptionStyle, readOptions, writeOption } from "./option.ts";
import { hasNdOptions, type LayerId } from "./protocol.ts";

/** An option as its kind and its data in hexadecimal. */
export interface OptionSpec {
	readonly kind: number;
	readonly data?: string;
}

/** A TCP option by name; those without a name as kind and data. */
export type TcpOptionSpec =
	| { readonly kind: "mss"; readonly size: number }
	| { readonly kind: "windowScale"; readonly shift: number }
	| { readonly kind: "sackPermitted" | "noOperation" | "endOfList" }
	| { readonly kind: "sack"; readonly edges: readonly number[] }
	| { readonly kind: "timestamps"; readonly value: number; readonly echo: number }
	| { readonly kind: "fastOpen"; readonly cookie: string }
	| OptionSpec;

type ValueOf<K extends FieldKind> = K extends "mac" | "ipv4" | "ipv6" | "bytes" | "name"
	? string
	: K extends "tcpFlags"
		? number | string
		: number;

type RowsOf<H> = H extends HeaderLayout<infer R> ? R : never;
type FieldsOf<R extends FieldRow> = { readonly [F in R as F["name"]]?: ValueOf<F["kind"]> };
type Part<Names extends keyof typeof headers> = FieldsOf<
	{ [N in Names]: RowsOf<(typeof headers)[N]> }[Names]
>;

/** Bytes of the part that varies, verbatim, in place of the options and so on. */
interface Tail {
	readonly tail?: string;
}
interface OptionList extends Tail {
	readonly options?: readonly OptionSpec[];
}

interface Specs {
	eth: Part<"ethernet">;
	vlan: Part<"vlan">;
	ieee8021ad: Part<"serviceVlan">;
	llc: Part<"llc" | "snap">;
	sll: Part<"sll">;
	/** The family is written little-endian unless `bigEndian`. */
	null: Part<"loopback"> & { readonly bigEndian?: boolean };
	arp: Part<"arp" | "arpAddresses">;
	mpls: Part<"mpls">;
	ip: Part<"ipv4"> & OptionList;
	ipv6: Part<"ipv6">;
	"ipv6.hopopts": Part<"hopByHop"> & OptionList;
	"ipv6.dstopts": Part<"destination"> & OptionList;
	"ipv6.routing": Part<"routing" | "segmentRouting" | "routingReserved" | "mobileRouting"> &
		Tail & { readonly addresses?: readonly string[] };
	"ipv6.fraghdr": Part<"fragment">;
	ah: Part<"authentication"> & Tail;
	mip6: Part<"mobility"> & Tail;
	tcp: Part<"tcp"> & Tail & { readonly options?: readonly TcpOptionSpec[] };
	udp: Part<"udp">;
	icmp: Part<
		| "icmp"
		| "icmpEcho"
		| "icmpTimestamps"
		| "icmpError"
		| "icmpTooBig"
		| "icmpRedirect"
		| "icmpPointer"
	>;
	icmpv6: Part<
		| "icmpv6"
		| "icmpv6Echo"
		| "icmpv6Reserved"
		| "icmpv6TooBig"
		| "icmpv6Pointer"
		| "routerAdvertisement"
		| "neighborSolicitation"
		| "neighborAdvertisement"
		| "redirect"
	> &
		OptionList;
	gre: Part<"gre" | "greChecksum" | "greKey" | "greSequence">;
	vxlan: Part<"vxlan">;
	dns: Part<"dns"> &
		Tail & { readonly questions?: readonly DnsEntry[]; readonly answers?: readonly DnsEntry[] };
	/** Hexadecimal or UTF-8 text. */
	data: { readonly hex?: string; readonly text?: string };
}

/** One layer: its id and the fields that matter; what is left out gets a usual value or is computed. */
export type LayerSpec = { [Id in LayerId]: { readonly layer: Id } & Specs[Id] }[LayerId];

/** A whole packet, outermost layer first. */
export interface PacketSpec {
	readonly layers: readonly LayerSpec[];
	/** Hexadecimal bytes after the packet (Ethernet padding); no length counts them. */
	readonly trailer?: string;
}

/** The fields of a layer without their types, as JSON brings them. */
export type Loose = Readonly<Record<string, unknown>>;

/** Collects what is wrong with a spec. */
export interface Faults {
	readonly path: string;
	readonly list: Diagnostic[];
}

export function fault(faults: Faults, field: string, message: string): void {
	faults.list.push({
		severity: "error",
		id: "net/packet-spec",
		message: `${faults.path}.${field}: ${message}`,
	});
}

function hexOf(faults: Faults, field: string, value: unknown): Uint8Array {
	const bytes = typeof value === "string" ? fromHex(value) : undefined;
	if (!bytes) fault(faults, field, "expected whole bytes in hexadecimal");
	return bytes ?? new Uint8Array(0);
}

function listOf(faults: Faults, field: string, value: unknown): readonly Loose[] {
	if (value === undefined) return [];
	const list: readonly unknown[] = Array.isArray(value) ? value : [];
	if (!Array.isArray(value) || !list.every((v) => typeof v === "object" && v !== null))
		fault(faults, field, "expected a list of objects");
	return list.filter((v): v is Loose => typeof v === "object" && v !== null);
}

const extensions: readonly LayerId[] = [
	"ipv6.hopopts",
	"ipv6.dstopts",
	"ipv6.routing",
	"ah",
	"mip6",
];

/** The fields of a spec, besides those of the header table, that a layer knows. */
export const tailFields: Readonly<Partial<Record<LayerId, readonly string[]>>> = {
	null: ["bigEndian"],
	ip: ["options", "tail"],
	"ipv6.hopopts": ["options", "tail"],
	"ipv6.dstopts": ["options", "tail"],
	"ipv6.routing": ["addresses", "tail"],
	ah: ["tail"],
	mip6: ["tail"],
	tcp: ["options", "tail"],
	icmpv6: ["options", "tail"],
	dns: ["questions", "answers", "tail"],
	data: ["hex", "text"],
};

/** The bytes after the fixed parts: options, addresses, records, data. Wrong input is noted and left out. */
export function tailBytes(id: LayerId, spec: Loose, faults: Faults): Uint8Array {
	if (spec["tail"] !== undefined) return hexOf(faults, "tail", spec["tail"]);
	switch (id) {
		case "ip":
			return padded(optionBytes(faults, spec["options"], "ip"), 4, 0);
		case "tcp":
			return padded(tcpOptionBytes(faults, spec["options"]), 4, 0);
		case "icmpv6":
			return optionBytes(faults, spec["options"], "nd");
		case "ipv6.hopopts":
		case "ipv6.dstopts":
			return ipv6Padded(optionBytes(faults, spec["options"], "ipv6"));
		case "ipv6.routing":
			return addressBytes(faults, spec["addresses"]);
		case "mip6":
			return new Uint8Array(2);
		case "dns":
			return dnsBytes(faults, spec);
		case "data":
			if (typeof spec["text"] === "string") return utf8(spec["text"]);
			return spec["hex"] === undefined ? new Uint8Array(0) : hexOf(faults, "hex", spec["hex"]);
		default:
			return new Uint8Array(0);
	}
}

function padded(bytes: Uint8Array, unit: number, lead: number): Uint8Array {
	const out = new Uint8Array(Math.ceil((bytes.length + lead) / unit) * unit - lead);
	out.set(bytes);
	return out;
}

/** Pads options after the two bytes of next header and length to whole units of eight, with Pad1 or PadN. */
function ipv6Padded(bytes: Uint8Array): Uint8Array {
	const out = padded(bytes, 8, 2);
	const gap = out.length - bytes.length;
	if (gap > 1) out.set([1, gap - 2], bytes.length);
	return out;
}

function optionBytes(faults: Faults, value: unknown, style: OptionStyle): Uint8Array {
	return concatBytes(
		listOf(faults, "options", value).map((option, i) => {
			const field = `options[${i}]`;
			const kind = option["kind"];
			const data =
				option["data"] === undefined ? new Uint8Array(0) : hexOf(faults, field, option["data"]);
			if (typeof kind === "number" && kind >= 0 && kind <= 255 && data.length <= 253)
				return writeOption(kind, data, style);
			fault(faults, field, "expected a kind from 0 to 255 and at most 253 bytes of data");
			return new Uint8Array(0);
		}),
	);
}

function word(value: unknown, bytes: number): Uint8Array {
	return bigEndian(typeof value === "number" ? value : 0, bytes);
}

const bareTcpOptions: Readonly<Record<string, number>> = {
	endOfList: 0,
	noOperation: 1,
	sackPermitted: 4,
};

function tcpOptionBytes(faults: Faults, value: unknown): Uint8Array {
	const one = (option: Loose, field: string): Uint8Array => {
		const kind = option["kind"];
		switch (kind) {
			case "mss":
				return writeOption(2, word(option["size"], 2), "ip");
			case "windowScale":
				return writeOption(3, word(option["shift"], 1), "ip");
			case "sack": {
				const edges: readonly unknown[] = Array.isArray(option["edges"]) ? option["edges"] : [];
				return writeOption(5, concatBytes(edges.map((e) => word(e, 4))), "ip");
			}
			case "timestamps":
				return writeOption(
					8,
					concatBytes([word(option["value"], 4), word(option["echo"], 4)]),
					"ip",
				);
			case "fastOpen":
				return writeOption(34, hexOf(faults, field, option["cookie"] ?? ""), "ip");
			default: {
				const bare = typeof kind === "string" ? bareTcpOptions[kind] : undefined;
				if (bare !== undefined) return writeOption(bare, new Uint8Array(0), "ip");
				return optionBytes(faults, [option], "ip");
			}
		}
	};
	return concatBytes(listOf(faults, "options", value).map((o, i) => one(o, `options[${i}]`)));
}

function addressBytes(faults: Faults, value: unknown): Uint8Array {
	const list: readonly unknown[] = Array.isArray(value) ? value : [];
	return concatBytes(
		list.map((text, i) => {
			const parsed = parseIpv6(String(text));
			if (!parsed.value) fault(faults, `addresses[${i}]`, parsed.diagnostics[0]?.message ?? "");
			return parsed.value ?? new Uint8Array(0);
		}),
	);
}

function dnsBytes(faults: Faults, spec: Loose): Uint8Array {
	const part = (field: "questions" | "answers") =>
		listOf(faults, field, spec[field]).map((entry, i) => {
			const bytes = dnsEntryBytes({ name: "", ...entry }, field === "answers");
			if (typeof bytes !== "string") return bytes;
			fault(faults, `${field}[${i}]`, bytes);
			return new Uint8Array(0);
		});
	return concatBytes([...part("questions"), ...part("answers")]);
}

/** The spec fields whose `tailBytes` are `bytes[at..end)`; `start` is the layer's first byte. */
export function tailSpec(
	id: LayerId,
	bytes: Uint8Array,
	start: number,
	at: number,
	end: number,
): Loose {
	const raw = bytes.slice(at, end);
	if (id === "data") return raw.length > 0 ? { hex: toHex(raw) } : {};
	if (raw.length === 0 && !extensions.includes(id)) return {};
	const tried = structured(id, bytes, start, at, end);
	const faults: Faults = { path: "", list: [] };
	const same = tried && equalBytes(tailBytes(id, tried, faults), raw) && faults.list.length === 0;
	return same ? tried : { tail: toHex(raw) };
}

function structured(
	id: LayerId,
	bytes: Uint8Array,
	start: number,
	at: number,
	end: number,
): Loose | undefined {
	switch (id) {
		case "ip":
			return { options: plainOptions(bytes, at, end, "ip") };
		case "tcp":
			return { options: tcpOptionSpecs(bytes, at, end) };
		case "icmpv6":
			return hasNdOptions(bytes[start] ?? 0)
				? { options: plainOptions(bytes, at, end, "nd") }
				: undefined;
		case "ipv6.hopopts":
		case "ipv6.dstopts": {
			const options = plainOptions(bytes, at, end, "ipv6");
			const last = options.at(-1);
			return { options: last && last.kind < 2 ? options.slice(0, -1) : options };
		}
		case "ipv6.routing": {
			const addresses: string[] = [];
			for (let i = at; i + 16 <= end; i += 16) addresses.push(formatIpv6(bytes, i));
			return { addresses };
		}
		case "dns": {
			const counts = u32(bytes, start + 4);
			const body = readDnsBody(bytes, start, end, Math.floor(counts / 0x10000), counts % 0x10000);
			return body && { ...body };
		}
		default:
			return undefined;
	}
}

function plainOptions(
	bytes: Uint8Array,
	at: number,
	end: number,
	style: OptionStyle,
): OptionSpec[] {
	return readOptions(bytes, at, end, style).options.map((o) => {
		const data = toHex(bytes.subarray(o.data, o.data + o.dataLength));
		return data === "" ? { kind: o.kind } : { kind: o.kind, data };
	});
}

function tcpOptionSpecs(bytes: Uint8Array, at: number, end: number): TcpOptionSpec[] {
	const { options } = readOptions(bytes, at, end, "ip");
	return options.map((o) => {
		const data = bytes.subarray(o.data, o.data + o.dataLength);
		const length = o.dataLength;
		if (o.kind === 0) return { kind: "endOfList" };
		if (o.kind === 1) return { kind: "noOperation" };
		if (o.kind === 2 && length === 2) return { kind: "mss", size: u32(bytes, o.data) >>> 16 };
		if (o.kind === 3 && length === 1) return { kind: "windowScale", shift: data[0] ?? 0 };
		if (o.kind === 4 && length === 0) return { kind: "sackPermitted" };
		if (o.kind === 5 && length % 4 === 0)
			return {
				kind: "sack",
				edges: Array.from({ length: length / 4 }, (_, i) => u32(data, 4 * i)),
			};
		if (o.kind === 8 && length === 8)
			return { kind: "timestamps", value: u32(data, 0), echo: u32(data, 4) };
		if (o.kind === 34) return { kind: "fastOpen", cookie: toHex(data) };
		return length > 0 ? { kind: o.kind, data: toHex(data) } : { kind: o.kind };
	});
}
