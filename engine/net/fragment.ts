// Cutting an Ethernet frame's IP packet into fragments, as a sender does (RFC 791 section 3.2, RFC 8200 section 4.5).
import { concatBytes } from "../base/index.ts";
import { setU16, u8, u16 } from "./bits.ts";
import { internetChecksum } from "./checksum.ts";

const link = 14;

/** The fragments of an IPv4 packet without options, none of its IP packets longer than `mtu` bytes. */
export function fragmentIpv4(frame: Uint8Array, mtu: number): Uint8Array[] {
	const payload = frame.subarray(link + 20, link + u16(frame, link + 2));
	const step = Math.floor((mtu - 20) / 8) * 8;
	const out: Uint8Array[] = [];
	for (let at = 0; at < payload.length; at += step) {
		const piece = payload.subarray(at, at + step);
		const more = at + step < payload.length ? 0x2000 : 0;
		const bytes = concatBytes([frame.subarray(0, link + 20), piece]);
		setU16(bytes, link + 2, 20 + piece.length);
		setU16(bytes, link + 6, more | (at / 8));
		setU16(bytes, link + 10, 0);
		setU16(bytes, link + 10, internetChecksum(bytes, link, link + 20));
		out.push(bytes);
	}
	return out;
}

/** The fragments of an IPv6 packet without extension headers, none of its IP packets longer than `mtu` bytes. */
export function fragmentIpv6(frame: Uint8Array, mtu: number, ident: number): Uint8Array[] {
	const payload = frame.subarray(link + 40, link + 40 + u16(frame, link + 4));
	const step = Math.floor((mtu - 48) / 8) * 8;
	const out: Uint8Array[] = [];
	for (let at = 0; at < payload.length; at += step) {
		const piece = payload.subarray(at, at + step);
		const more = at + step < payload.length ? 1 : 0;
		const header = Uint8Array.of(u8(frame, link + 6), 0, 0, 0, 0, 0, 0, 0);
		setU16(header, 2, at | more);
		setU16(header, 4, (ident >>> 16) & 0xffff);
		setU16(header, 6, ident & 0xffff);
		const bytes = concatBytes([frame.subarray(0, link + 40), header, piece]);
		setU16(bytes, link + 4, 8 + piece.length);
		bytes[link + 6] = 44;
		out.push(bytes);
	}
	return out;
}
