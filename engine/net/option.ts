// Options as type, length and data: one bounded reader for IPv4, TCP, IPv6 and neighbor discovery, and a writer.
import { concatBytes } from "../base/index.ts";
import { u8 } from "./bits.ts";

/** Where one option lies. */
export interface Option {
	readonly kind: number;
	/** Of the kind byte, from the start of the packet. */
	readonly offset: number;
	/** All bytes of the option. */
	readonly length: number;
	readonly data: number;
	readonly dataLength: number;
}

/**
 * How lengths are written. `ip`: kinds 0 and 1 are single bytes, lengths count the option (IPv4 and TCP). `ipv6`: kind
 * 0 is a single byte, lengths count the data. `nd`: lengths count the option in units of 8 bytes.
 */
export type OptionStyle = "ip" | "ipv6" | "nd";

export interface Options {
	readonly options: readonly Option[];
	/** Why reading stopped early. */
	readonly problem?: string;
	/** The byte after the last option; after the end of an `ip` list, padding follows. */
	readonly at: number;
}

/** Reads the options in `bytes[at..end)`. */
export function readOptions(
	bytes: Uint8Array,
	at: number,
	end: number,
	style: OptionStyle,
): Options {
	const options: Option[] = [];
	let i = at;
	while (i < end) {
		const kind = u8(bytes, i);
		if (style !== "nd" && (kind === 0 || (kind === 1 && style === "ip"))) {
			options.push({ kind, offset: i, length: 1, data: i + 1, dataLength: 0 });
			i++;
			if (kind === 0 && style === "ip") break;
			continue;
		}
		if (i + 2 > end) return { options, problem: `option ${kind} has no length`, at: i };
		const written = u8(bytes, i + 1);
		const length = style === "ipv6" ? written + 2 : style === "nd" ? written * 8 : written;
		if (length < 2) return { options, problem: `option ${kind} has length ${written}`, at: i };
		if (i + length > end)
			return { options, problem: `option ${kind} of ${length} bytes does not fit`, at: i };
		options.push({ kind, offset: i, length, data: i + 2, dataLength: length - 2 });
		i += length;
	}
	return { options, at: i };
}

/** The bytes of one option; in style `nd` the data is padded with zeros to whole units. */
export function writeOption(kind: number, data: Uint8Array, style: OptionStyle): Uint8Array {
	if (style !== "nd" && (kind === 0 || (kind === 1 && style === "ip"))) return Uint8Array.of(kind);
	if (style === "ipv6") return concatBytes([Uint8Array.of(kind, data.length), data]);
	if (style === "ip") return concatBytes([Uint8Array.of(kind, data.length + 2), data]);
	const out = new Uint8Array(Math.ceil((data.length + 2) / 8) * 8);
	out.set([kind, out.length / 8]);
	out.set(data, 2);
	return out;
}
