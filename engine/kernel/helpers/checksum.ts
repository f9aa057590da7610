// Helpers on checksums: bpf_csum_diff, l3 and l4 replacement, the state of the packet's own checksum.

import { errno } from "../../abi/index.ts";
import {
	csumAdd,
	csumFold,
	csumPartial,
	csumReplace,
	csumReplaceByDifference,
	csumSub,
	fold16,
} from "../checksum.ts";
import type { Machine } from "../machine.ts";
import type { SkbChecksum } from "../skb.ts";
import { skbOf } from "./context.ts";
import type { Implementations } from "./implementation.ts";
import { flagsOf, unsigned } from "./implementation.ts";

const SIZE_MASK = 0xf;
const PSEUDO_HEADER = 0x10;
const MARK_MANGLED_0 = 0x20;
const MARK_ENFORCE = 0x40;
const IPV6 = 0x80;

export function checksumHelpers(machine: Machine): Implementations {
	const { memory } = machine;
	const bytes = (at: number, size: number) => memory.u8.subarray(at >>> 0, (at >>> 0) + size);
	return {
		csum_diff: (call, r1, _h1, r2, _h2, r3, _h3, r4, _h4, r5) => {
			const [from, to] = [r2 >>> 0, r4 >>> 0];
			machine.guard(call, r1, from, false);
			machine.guard(call, r3, to, false);
			const seed = r5 >>> 0;
			if (from > 0 && to > 0) {
				const sum = csumSub(csumPartial(bytes(r3, to), seed), csumPartial(bytes(r1, from), 0));
				return fold16(sum);
			}
			if (to > 0) return fold16(csumPartial(bytes(r3, to), seed));
			return from > 0 ? csumFold(csumPartial(bytes(r1, from), ~seed >>> 0)) : fold16(seed);
		},
		l3_csum_replace: (call, _r1, _h1, r2, _h2, r3, h3, r4, _h4, r5, h5) => {
			const { packet } = skbOf(machine, call).space;
			const flags = flagsOf(r5, h5);
			const offset = r2 >>> 0;
			if (flags > SIZE_MASK) return -errno.EINVAL;
			if (offset > 0xffff || offset & 1 || offset + 2 > packet.length) return -errno.EFAULT;
			const at = packet.at(packet.data) + offset;
			const field = memory.data.getUint16(at, true);
			const replaced = replace(field, flags, r3, h3, r4);
			if (replaced === undefined) return -errno.EINVAL;
			memory.data.setUint16(at, replaced, true);
			return 0;
		},
		l4_csum_replace: (call, _r1, _h1, r2, _h2, r3, h3, r4, _h4, r5, h5) => {
			const { packet } = skbOf(machine, call).space;
			const flags = flagsOf(r5, h5);
			const offset = r2 >>> 0;
			const known = SIZE_MASK | PSEUDO_HEADER | MARK_MANGLED_0 | MARK_ENFORCE | IPV6;
			if (flags > 0xff || flags & ~known) return -errno.EINVAL;
			if (offset > 0xffff || offset & 1 || offset + 2 > packet.length) return -errno.EFAULT;
			const at = packet.at(packet.data) + offset;
			const field = memory.data.getUint16(at, true);
			const mangledZero = (flags & MARK_MANGLED_0) !== 0;
			if (mangledZero && !(flags & MARK_ENFORCE) && field === 0) return 0;
			const replaced = replace(field, flags & SIZE_MASK, r3, h3, r4);
			if (replaced === undefined) return -errno.EINVAL;
			memory.data.setUint16(at, mangledZero && replaced === 0 ? 0xffff : replaced, true);
			return 0;
		},
		csum_update: (call, _r1, _h1, r2) => {
			const { checksum } = skbOf(machine, call);
			if (checksum.kind !== "complete") return -errno.ENOTSUPP;
			checksum.sum = csumAdd(checksum.sum, r2 >>> 0);
			return unsigned(call, checksum.sum);
		},
		csum_level: (call, _r1, _h1, r2, h2) =>
			changeLevel(skbOf(machine, call).checksum, flagsOf(r2, h2)),
	};
}

/** BPF_CSUM_LEVEL_QUERY (0), _INC, _DEC, _RESET: how many checksums are known to be right. */
function changeLevel(checksum: SkbChecksum, what: number): number {
	const known = checksum.kind === "unnecessary";
	switch (what) {
		case 0:
			return known ? checksum.level : -errno.EACCES;
		case 1:
			if (known) checksum.level = Math.min(3, checksum.level + 1);
			else if (checksum.kind === "none") checksum.kind = "unnecessary";
			return 0;
		case 2:
			if (known && checksum.level === 0) checksum.kind = "none";
			else if (known) checksum.level--;
			return 0;
		case 3:
			if (known) Object.assign(checksum, { kind: "none", level: 0 });
			return 0;
		default:
			return -errno.EINVAL;
	}
}

/** The new field, undefined for a size that there is not. */
function replace(
	field: number,
	size: number,
	from: number,
	fromHigh: number,
	to: number,
): number | undefined {
	if (size === 0) return (from | fromHigh) === 0 ? csumReplaceByDifference(field, to) : undefined;
	if (size === 2) return csumReplace(field, from & 0xffff, to & 0xffff);
	return size === 4 ? csumReplace(field, from, to) : undefined;
}
