// Open-coded iterators over numbers and bits. Their state is in the program's stack, in words that only the kernel looks into:
//
//   numbers: i32 current, i32 end
//   bits:    u64 copy of one word, or u32 guest address of more; u32 bits in all, i32 current bit

import { errno } from "../../abi/index.ts";
import { checkAccess } from "../../machine/index.ts";
import type { Machine } from "../machine.ts";
import type { Kfuncs } from "./kfunc.ts";

const MOST_TURNS = 1 << 23;
/** Words that bpf_iter_bits_new takes. */
const MOST_WORDS = 511;
const WORD = 8;

export function iteratorKfuncs(machine: Machine): Kfuncs {
	return { ...numberKfuncs(machine), ...bitKfuncs(machine) };
}

function numberKfuncs(machine: Machine): Kfuncs {
	const { memory } = machine;
	const set = (at: number, current: number, end: number) => {
		memory.data.setInt32(at, current, true);
		memory.data.setInt32(at + 4, end, true);
	};
	return {
		bpf_iter_num_new: [
			3,
			(call, r1, _h1, r2, _h2, r3) => {
				machine.guard(call, r1, WORD, true);
				const error = r2 > r3 ? -errno.EINVAL : r3 - r2 > MOST_TURNS ? -errno.E2BIG : 0;
				if (error !== 0) set(r1 >>> 0, 0, 0);
				else set(r1 >>> 0, (r2 - 1) | 0, r3);
				return error;
			},
		],
		bpf_iter_num_next: [
			1,
			(call, r1) => {
				machine.guard(call, r1, WORD, true);
				const at = r1 >>> 0;
				// The one before the least number wraps round, as in the kernel's 32 bits.
				const next = (memory.data.getInt32(at, true) + 1) | 0;
				if (next >= memory.data.getInt32(at + 4, true)) {
					set(at, 0, 0);
					return 0;
				}
				memory.data.setInt32(at, next, true);
				return at;
			},
		],
		bpf_iter_num_destroy: [
			1,
			(call, r1) => {
				machine.guard(call, r1, WORD, true);
				set(r1 >>> 0, 0, 0);
				return 0;
			},
		],
	};
}

function bitKfuncs(machine: Machine): Kfuncs {
	const { memory } = machine;
	const words = (at: number, bits: number) => (bits <= 64 ? at : memory.data.getUint32(at, true));
	return {
		bpf_iter_bits_new: [
			3,
			(call, r1, _h1, r2, h2, r3) => {
				machine.guard(call, r1, 2 * WORD, true);
				const [at, from, count] = [r1 >>> 0, r2 >>> 0, r3 >>> 0];
				memory.u8.fill(0, at, at + 12);
				memory.data.setInt32(at + 12, -1, true);
				if ((r2 | h2) === 0 || count === 0) return -errno.EINVAL;
				if (count > MOST_WORDS) return -errno.E2BIG;
				if (h2 !== 0 || !checkAccess(memory, from, count * WORD, false)) return -errno.EFAULT;
				if (count > 1) {
					const copy = machine.objects.allocate("bits", count * WORD);
					if (copy === 0) return -errno.ENOMEM;
					memory.u8.copyWithin(copy, from, from + count * WORD);
					memory.data.setUint32(at, copy, true);
				} else memory.u8.copyWithin(at, from, from + WORD);
				memory.data.setUint32(at + 8, count * 64, true);
				return 0;
			},
		],
		bpf_iter_bits_next: [
			1,
			(call, r1) => {
				machine.guard(call, r1, 2 * WORD, true);
				const at = r1 >>> 0;
				const count = memory.data.getUint32(at + 8, true);
				let bit = memory.data.getInt32(at + 12, true);
				if (count === 0 || bit >= count) return 0;
				const start = words(at, count);
				const isSet = (b: number) => ((memory.u8[start + (b >> 3)] ?? 0) >> (b & 7)) & 1;
				do bit++;
				while (bit < count && !isSet(bit));
				memory.data.setInt32(at + 12, bit, true);
				return bit < count ? at + 12 : 0;
			},
		],
		bpf_iter_bits_destroy: [
			1,
			(call, r1) => {
				machine.guard(call, r1, 2 * WORD, true);
				const at = r1 >>> 0;
				const count = memory.data.getUint32(at + 8, true);
				if (count > 64) machine.objects.drop(memory.data.getUint32(at, true));
				return 0;
			},
		],
	};
}
