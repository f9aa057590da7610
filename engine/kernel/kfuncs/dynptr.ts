// Kernel functions on dynptrs: of packets, slices, moving their bounds, copying between them.

import { errno } from "../../abi/index.ts";
import type { HelperCall } from "../../machine/index.ts";
import { DYNPTR, Dynptrs, type DynptrTarget } from "../dynptr.ts";
import { skbOf, xdpOf } from "../helpers/context.ts";
import type { Machine } from "../machine.ts";
import type { Kfuncs } from "./kfunc.ts";

/** Program types that may write to the packet of a socket buffer: sched_cls, sched_act, lwt_xmit, sk_skb. */
const WRITERS: ReadonlySet<number> = new Set([3, 4, 12, 14]);

type Target = Required<DynptrTarget>;

export function dynptrKfuncs(machine: Machine): Kfuncs {
	const dynptrs = new Dynptrs(machine);
	return {
		...packetKfuncs(machine, dynptrs),
		...sliceKfuncs(machine, dynptrs),
		...boundKfuncs(dynptrs),
		...copyKfuncs(machine, dynptrs),
	};
}

function sliceKfuncs(machine: Machine, dynptrs: Dynptrs): Kfuncs {
	/** The address of a slice: in place, else copied to the buffer, 0 when neither can be. */
	const slice = (
		target: Target | undefined,
		offset: number,
		buffer: number,
		size: number,
	): number => {
		if (!target || dynptrs.check(target, offset, size) !== 0) return 0;
		const place = dynptrs.pointer(target, offset, size);
		if (place !== 0 || buffer === 0) return place;
		return dynptrs.read(target, offset, buffer, size) === 0 ? buffer : 0;
	};
	const writable = (target: Target | undefined) =>
		target && !target.readOnly ? target : undefined;
	return {
		bpf_dynptr_slice: [
			4,
			(call, r1, _h1, r2, _h2, r3, _h3, r4) => {
				if (r3 !== 0) machine.guard(call, r3, r4, true);
				return slice(dynptrs.get(call, r1), r2 >>> 0, r3 >>> 0, r4 >>> 0);
			},
		],
		bpf_dynptr_slice_rdwr: [
			4,
			(call, r1, _h1, r2, _h2, r3, _h3, r4) => {
				if (r3 !== 0) machine.guard(call, r3, r4, true);
				return slice(writable(dynptrs.get(call, r1)), r2 >>> 0, r3 >>> 0, r4 >>> 0);
			},
		],
	};
}

function packetKfuncs(machine: Machine, dynptrs: Dynptrs): Kfuncs {
	return {
		bpf_dynptr_from_skb: [
			3,
			(call, _r1, _h1, r2, h2, r3) => {
				const { packet } = skbOf(machine, call).space;
				const readOnly = !WRITERS.has(machine.running.type);
				const target = { address: packet.region.start, kind: DYNPTR.skb, size: packet.length };
				dynptrs.set(call, r3, (r2 | h2) === 0 ? { ...target, readOnly } : undefined);
				return (r2 | h2) === 0 ? 0 : -errno.EINVAL;
			},
		],
		bpf_dynptr_from_xdp: [
			3,
			(call, _r1, _h1, r2, h2, r3) => {
				const { packet } = xdpOf(machine, call).space;
				const target = { address: packet.region.start, kind: DYNPTR.xdp, size: packet.length };
				dynptrs.set(call, r3, (r2 | h2) === 0 ? target : undefined);
				return (r2 | h2) === 0 ? 0 : -errno.EINVAL;
			},
		],
	};
}

function boundKfuncs(dynptrs: Dynptrs): Kfuncs {
	return {
		bpf_dynptr_adjust: [
			3,
			(call, r1, _h1, r2, _h2, r3) => {
				const target = dynptrs.get(call, r1);
				const [start, end] = [r2 >>> 0, r3 >>> 0];
				if (!target || start > end) return -errno.EINVAL;
				if (end > target.size) return -errno.ERANGE;
				dynptrs.set(call, r1, { ...target, size: end - start, offset: target.offset + start });
				return 0;
			},
		],
		bpf_dynptr_is_null: [1, (call, r1) => (dynptrs.get(call, r1) ? 0 : 1)],
		bpf_dynptr_is_rdonly: [1, (call, r1) => (dynptrs.get(call, r1)?.readOnly ? 1 : 0)],
		bpf_dynptr_size: [
			1,
			(call, r1) => {
				const target = dynptrs.get(call, r1);
				if (!target) call.setHigh(0);
				return target ? target.size : -errno.EINVAL;
			},
		],
		bpf_dynptr_clone: [
			2,
			(call, r1, _h1, r2) => {
				const target = dynptrs.get(call, r1);
				dynptrs.set(call, r2, target);
				return target ? 0 : -errno.EINVAL;
			},
		],
	};
}

function copyKfuncs(machine: Machine, dynptrs: Dynptrs): Kfuncs {
	return {
		bpf_dynptr_copy: [
			5,
			(call, r1, _h1, r2, _h2, r3, _h3, r4, _h4, r5) =>
				copy(dynptrs, call, { to: r1, at: r2 >>> 0, from: r3, start: r4 >>> 0, size: r5 >>> 0 }),
		],
		bpf_dynptr_memset: [
			4,
			(call, r1, _h1, r2, _h2, r3, _h3, r4) => {
				const target = dynptrs.get(call, r1);
				if (!target || target.readOnly) return -errno.EINVAL;
				const [offset, size] = [r2 >>> 0, r3 >>> 0];
				const error = dynptrs.check(target, offset, size);
				if (error !== 0) return error;
				const at = dynptrs.pointer(target, offset, 0) || whole(machine, target, offset);
				machine.memory.u8.fill(r4 & 0xff, at, at + size);
				return 0;
			},
		],
	};
}

/** The place of bytes behind the directly readable part; in guest memory a packet is in one piece. */
function whole(machine: Machine, target: Target, offset: number): number {
	const { packet } = machine;
	return packet.at(packet.data) + target.offset + offset;
}

interface Copy {
	readonly to: number;
	readonly at: number;
	readonly from: number;
	readonly start: number;
	readonly size: number;
}

function copy(dynptrs: Dynptrs, call: HelperCall, { to, at, from, start, size }: Copy): number {
	const target = dynptrs.get(call, to);
	const source = dynptrs.get(call, from);
	if (!target || !source) return -errno.EINVAL;
	const error = dynptrs.check(target, at, size) || dynptrs.check(source, start, size);
	if (error !== 0) return error;
	const place = dynptrs.pointer(source, start, 0);
	return dynptrs.write(target, at, place, size, 0);
}
