// What dissecting gives: layers of fields, each with its place in the bytes. Plain data.
import type { FieldKind } from "./headers.ts";
import type { LayerId } from "./protocol.ts";

/**
 * `absent`: UDP over IPv4 sent without one. `unverified`: the bytes it covers are not all there.
 */
export type ChecksumStatus = "correct" | "wrong" | "absent" | "unverified";

/** One field: where it lies, its value, and what a checksum field is worth. */
export interface Field {
	/** The field's name in Wireshark's display filters, e.g. `ip.ttl`. */
	readonly id: string;
	readonly label: string;
	readonly kind: FieldKind;
	/** Bytes from the start of the packet; the first byte that holds a bit of the field. */
	readonly offset: number;
	/** Bytes that hold bits of the field. */
	readonly length: number;
	/** Where the field does not fill its bytes: bits to skip from the highest bit of the byte at `offset`. */
	readonly bitOffset?: number;
	readonly bitLength?: number;
	/** Addresses and names as text, byte strings as hexadecimal of the first 64 bytes, all else as numbers. */
	readonly value: number | string;
	/** The value for people. */
	readonly text: string;
	/** The value is the number in the packet times this. */
	readonly scale?: number;
	/** In the byte order of the capturing machine, here little-endian. */
	readonly littleEndian?: true;
	readonly valid?: ChecksumStatus;
	/** The checksum that would be right, where `valid` is `correct` or `wrong`. */
	readonly expected?: number;
}

/** One header, or the data after the last one. */
export interface Layer {
	readonly id: LayerId;
	readonly title: string;
	/** Bytes from the start of the packet. */
	readonly offset: number;
	/** Bytes of the header with its options, without what it carries. */
	readonly length: number;
	readonly summary: string;
	readonly fields: readonly Field[];
	/** Inside a packet that an ICMP error quotes. */
	readonly quoted?: true;
	/** The capture ends before the header does, or before what the header says it carries. */
	readonly truncated?: true;
	/** What is wrong with the header, in words; dissecting goes no further than it makes sense. */
	readonly problem?: string;
}

/** One line of a packet list. */
export interface Summary {
	/** Sender: address, with the port where there is one. Empty when unknown. */
	readonly from: string;
	readonly to: string;
	/** The innermost protocol, e.g. `TCP`. */
	readonly protocol: string;
	readonly info: string;
}

/** A dissected packet, outermost layer first. */
export interface Dissection {
	readonly layers: readonly Layer[];
	readonly summary: Summary;
	/** Some layer says that there were more bytes than the capture has. */
	readonly truncated: boolean;
}
