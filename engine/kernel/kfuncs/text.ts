// Kernel functions on texts that end with a zero byte.

import { errno } from "../../abi/index.ts";
import type { Machine } from "../machine.ts";
import type { Kfuncs } from "./kfunc.ts";

/** XATTR_SIZE_MAX: longer texts are none. */
const LONGEST = 65536;

/** Carries a negated errno out of a loop over bytes. */
class Unreadable {
	readonly error: number;
	constructor(error: number) {
		this.error = error;
	}
}

type Read = (index: number) => number;

export function textKfuncs(machine: Machine): Kfuncs {
	const text = (low: number, high: number): Read => {
		if (high === 0 && low >>> 0 < 65536) throw new Unreadable(-errno.ERANGE);
		const region = high === 0 ? machine.memory.find(low >>> 0) : undefined;
		const end = region ? region.start + region.length : 0;
		return (index) => {
			const at = (low >>> 0) + index;
			if (at >= end) throw new Unreadable(-errno.EFAULT);
			return machine.memory.u8[at] ?? 0;
		};
	};
	const guarded = (work: () => number): number => {
		try {
			return work();
		} catch (problem) {
			if (problem instanceof Unreadable) return problem.error;
			throw problem;
		}
	};
	return {
		bpf_strcmp: [
			2,
			(_c, r1, h1, r2, h2) => guarded(() => compare(text(r1, h1), text(r2, h2), same)),
		],
		bpf_strcasecmp: [
			2,
			(_c, r1, h1, r2, h2) => guarded(() => compare(text(r1, h1), text(r2, h2), lower)),
		],
		bpf_strlen: [1, (_c, r1, h1) => guarded(() => length(text(r1, h1), LONGEST + 1))],
		bpf_strnlen: [2, (_c, r1, h1, r2, h2) => guarded(() => length(text(r1, h1), limit(r2, h2)))],
		bpf_strchr: [2, (_c, r1, h1, r2) => guarded(() => find(text(r1, h1), LONGEST + 1, r2 & 0xff))],
		bpf_strnchr: [
			3,
			(_c, r1, h1, r2, h2, r3) => guarded(() => find(text(r1, h1), limit(r2, h2), r3 & 0xff)),
		],
		bpf_strchrnul: [2, (_c, r1, h1, r2) => guarded(() => findOrEnd(text(r1, h1), r2 & 0xff))],
		bpf_strrchr: [2, (_c, r1, h1, r2) => guarded(() => findLast(text(r1, h1), r2))],
		bpf_strspn: [2, (_c, r1, h1, r2, h2) => guarded(() => span(text(r1, h1), text(r2, h2), true))],
		bpf_strcspn: [
			2,
			(_c, r1, h1, r2, h2) => guarded(() => span(text(r1, h1), text(r2, h2), false)),
		],
		bpf_strstr: [
			2,
			(_c, r1, h1, r2, h2) => guarded(() => search(text(r1, h1), text(r2, h2), LONGEST)),
		],
		bpf_strnstr: [
			3,
			(_c, r1, h1, r2, h2, r3, h3) =>
				guarded(() => search(text(r1, h1), text(r2, h2), limit(r3, h3))),
		],
	};
}

const limit = (low: number, high: number) => (high === 0 ? low >>> 0 : 2 ** 32);
const same = (byte: number) => byte;
const lower = (byte: number) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte);

function compare(a: Read, b: Read, form: (byte: number) => number): number {
	for (let i = 0; i < LONGEST; i++) {
		const [x, y] = [form(a(i)), form(b(i))];
		if (x !== y) return x < y ? -1 : 1;
		if (x === 0) return 0;
	}
	return -errno.E2BIG;
}

function length(s: Read, count: number): number {
	const most = Math.min(count, LONGEST);
	for (let i = 0; i < most; i++) if (s(i) === 0) return i;
	return most === LONGEST ? -errno.E2BIG : most;
}

function find(s: Read, count: number, wanted: number): number {
	const most = Math.min(count, LONGEST);
	for (let i = 0; i < most; i++) {
		const byte = s(i);
		if (byte === wanted) return i;
		if (byte === 0) return -errno.ENOENT;
	}
	return most === LONGEST ? -errno.E2BIG : -errno.ENOENT;
}

function findOrEnd(s: Read, wanted: number): number {
	for (let i = 0; i < LONGEST; i++) {
		const byte = s(i);
		if (byte === 0 || byte === wanted) return i;
	}
	return -errno.E2BIG;
}

/** `wanted` is an int that bytes are compared with as signed characters. */
function findLast(s: Read, wanted: number): number {
	let last = -errno.ENOENT;
	for (let i = 0; i < LONGEST; i++) {
		const byte = (s(i) << 24) >> 24;
		if (byte === wanted) last = i;
		if (byte === 0) return last;
	}
	return -errno.E2BIG;
}

/** Length of the part at the start whose bytes all are in `set`, or all are not. */
function span(s: Read, set: Read, wanted: boolean): number {
	for (let i = 0; i < LONGEST; i++) {
		const byte = s(i);
		if (byte === 0 || (findOrEndIs(set, byte) && byte !== 0) !== wanted) return i;
	}
	return -errno.E2BIG;
}

function findOrEndIs(set: Read, byte: number): boolean {
	const at = findOrEnd(set, byte);
	if (at < 0) throw new Unreadable(at);
	return set(at) === byte;
}

function search(s: Read, wanted: Read, most: number): number {
	for (let i = 0; i < LONGEST; i++) {
		let j = 0;
		for (; i + j <= most && j < LONGEST; j++) {
			const letter = wanted(j);
			if (letter === 0) return i;
			if (i + j === most) break;
			const byte = s(i + j);
			if (byte === 0) return -errno.ENOENT;
			if (byte !== letter) break;
		}
		if (j === LONGEST) return -errno.E2BIG;
		if (i + j === most) return -errno.ENOENT;
	}
	return -errno.E2BIG;
}
