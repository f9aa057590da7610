// Dynptrs: bounded stretches of memory or of a packet whose bounds the program does not know. One is 16 bytes of the program's
// stack that only the kernel looks into:
//
//   u32 guest address (0: invalid), u32 kind and read-only bit, u32 size, u32 offset

import { errno } from "../abi/index.ts";
import type { HelperCall } from "../machine/index.ts";
import type { Machine } from "./machine.ts";

export const LARGEST_DYNPTR = 0xffffff;
export const DYNPTR_SIZE = 16;
export const DYNPTR = { memory: 0, skb: 1, xdp: 2 } as const;

const READ_ONLY = 0x80000000;
const STORE_FLAGS = 3;
/** What helpers on XDP frames take at most as offset and size. */
const XDP_LIMIT = 0xffff;

export interface DynptrTarget {
	readonly address: number;
	readonly kind: number;
	readonly size: number;
	readonly offset?: number;
	readonly readOnly?: boolean;
}

export class Dynptrs {
	readonly #machine: Machine;

	constructor(machine: Machine) {
		this.#machine = machine;
	}

	/** Fills the 16 bytes at `at`; without a target it becomes invalid. */
	set(call: HelperCall, at: number, target?: DynptrTarget): void {
		this.#machine.guard(call, at, DYNPTR_SIZE, true);
		const { data } = this.#machine.memory;
		const kind = (target?.kind ?? 0) | (target?.readOnly ? READ_ONLY : 0);
		data.setUint32(at >>> 0, target?.address ?? 0, true);
		data.setUint32((at >>> 0) + 4, kind >>> 0, true);
		data.setUint32((at >>> 0) + 8, target?.size ?? 0, true);
		data.setUint32((at >>> 0) + 12, target?.offset ?? 0, true);
	}

	/** What the dynptr at `at` is about; undefined when it is invalid. */
	get(call: HelperCall, at: number): Required<DynptrTarget> | undefined {
		this.#machine.guard(call, at, DYNPTR_SIZE, false);
		const { data } = this.#machine.memory;
		const address = data.getUint32(at >>> 0, true);
		const kind = data.getUint32((at >>> 0) + 4, true);
		if (address === 0) return undefined;
		return {
			address,
			kind: kind & ~READ_ONLY,
			readOnly: (kind & READ_ONLY) !== 0,
			size: data.getUint32((at >>> 0) + 8, true),
			offset: data.getUint32((at >>> 0) + 12, true),
		};
	}

	/** 0, or the negated errno of a stretch that is not inside. Numbers are unsigned. */
	check(target: DynptrTarget, offset: number, size: number): number {
		return size > target.size || offset > target.size - size ? -errno.E2BIG : 0;
	}

	/** The guest address of a stretch that lies in one piece, 0 when it does not. */
	pointer(target: Required<DynptrTarget>, offset: number, size: number): number {
		const at = target.offset + offset;
		if (target.kind === DYNPTR.memory) return target.address + at;
		const { packet } = this.#machine;
		return packet.data + at + size <= packet.tail ? packet.at(packet.data) + at : 0;
	}

	read(target: Required<DynptrTarget>, offset: number, to: number, size: number): number {
		const error = this.check(target, offset, size);
		if (error !== 0) return error;
		const from = this.#place(target, offset, size);
		if (from < 0) return from;
		this.#machine.memory.u8.copyWithin(to, from, from + size);
		return 0;
	}

	write(
		target: Required<DynptrTarget>,
		offset: number,
		from: number,
		size: number,
		flags: number,
	): number {
		if (target.readOnly) return -errno.EINVAL;
		const error = this.check(target, offset, size);
		if (error !== 0) return error;
		if (target.kind === DYNPTR.skb ? flags > STORE_FLAGS : flags !== 0) return -errno.EINVAL;
		const to = this.#place(target, offset, size);
		if (to < 0) return to;
		this.#machine.memory.u8.copyWithin(to, from, from + size);
		return 0;
	}

	/** Where the bytes are, wherever in the packet; negated errno when the packet has shrunk since. */
	#place(target: Required<DynptrTarget>, offset: number, size: number): number {
		const at = target.offset + offset;
		if (target.kind === DYNPTR.memory) return target.address + at;
		const { packet } = this.#machine;
		if (target.kind === DYNPTR.xdp && (at > XDP_LIMIT || size > XDP_LIMIT)) return -errno.EFAULT;
		if (at + size > packet.length)
			return target.kind === DYNPTR.xdp ? -errno.EINVAL : -errno.EFAULT;
		return packet.at(packet.data) + at;
	}
}
