// Helpers of ring buffers and perf event arrays: how programs talk to user space.

import { errno } from "../../abi/index.ts";
import type { HelperCall } from "../../machine/index.ts";
import { commitSample, RingbufKind, SlotKind } from "../../maps/index.ts";
import type { Machine } from "../machine.ts";
import type { Implementations } from "./implementation.ts";
import { flagsOf, wide } from "./implementation.ts";

/** Index of bpf_perf_event_output that stands for the CPU that runs. */
const CURRENT_CPU = 0xffffffff;
/** Bits 32 to 51 of its flags: how many bytes of the packet follow the data. */
const CONTEXT_LENGTH = 0xfffff;

export function ringbufHelpers(machine: Machine): Implementations {
	const ring = (call: HelperCall, handle: number) => {
		const { kind } = machine.map(call, handle);
		return kind instanceof RingbufKind ? kind : call.fail("not a ring buffer");
	};
	return {
		ringbuf_reserve: (call, r1, _h1, r2, h2, r3, h3) => {
			const kind = ring(call, r1);
			return (r3 | h3) !== 0 || h2 !== 0 ? 0 : kind.reserve(r2 >>> 0);
		},
		ringbuf_submit: (call, r1) => {
			machine.guard(call, r1, 1, true);
			commitSample(machine.memory, r1 >>> 0, false);
			return 0;
		},
		ringbuf_discard: (call, r1) => {
			machine.guard(call, r1, 1, true);
			commitSample(machine.memory, r1 >>> 0, true);
			return 0;
		},
		ringbuf_output: (call, r1, _h1, r2, _h2, r3, _h3, r4, h4) => {
			machine.guard(call, r2, r3, false);
			return ring(call, r1).output(r2 >>> 0, r3 >>> 0, flagsOf(r4, h4));
		},
		ringbuf_query: (call, r1, _h1, r2, h2) => wide(call, ring(call, r1).query(flagsOf(r2, h2))),
		perf_event_output: (call, _r1, _h1, r2, _h2, r3, h3, r4, _h4, r5) =>
			perfOutput(machine, call, r2, r3 >>> 0, h3, r4 >>> 0, r5 >>> 0),
	};
}

function perfOutput(
	machine: Machine,
	call: HelperCall,
	handle: number,
	index: number,
	high: number,
	data: number,
	size: number,
): number {
	machine.guard(call, data, size, false);
	const map = machine.map(call, handle);
	const { packet } = machine;
	const hasPacket = machine.xdp !== undefined || machine.skb !== undefined;
	if ((high & ~CONTEXT_LENGTH) !== 0 || (!hasPacket && high !== 0)) return -errno.EINVAL;
	const taken = high & CONTEXT_LENGTH;
	if (hasPacket && taken > packet.length) return -errno.EFAULT;
	const slot = index === CURRENT_CPU ? machine.cpu : index;
	if (slot >= map.spec.maxEntries) return -errno.E2BIG;
	if (!(map.kind instanceof SlotKind)) return call.fail("not a perf event array");
	if (!map.kind.slot(slot)) return -errno.ENOENT;
	if (slot !== machine.cpu) return -errno.EOPNOTSUPP;
	const record = new Uint8Array(size + taken);
	record.set(machine.memory.u8.subarray(data, data + size));
	if (taken > 0) record.set(packet.bytes().subarray(0, taken), size);
	machine.perf.push({ map: map.id, cpu: slot, time: machine.clock.now, data: record });
	return 0;
}
