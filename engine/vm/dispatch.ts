// The interpreter's loop: one switch over the operation numbers of decode.ts. Registers, constants and code are read into
// locals; whatever leaves the loop goes through the Core.

import { less, lessSigned, mulHigh, swap32 } from "./arith.ts";
import { atomic } from "./atomic.ts";
import type { Core } from "./core.ts";
import { HOST } from "./frame.ts";

/** Executes until `core.steps` is `stop`, the run ends or traps, or the frame that a host entered is left. */
export function dispatch(core: Core, stop: number): void {
	let { lo, hi } = core.bank;
	let { op, dst, src, off, aux, reads, writes } = core.bank.image;
	let data = core.memory.data;
	let pc = core.pc;
	let steps = core.steps;
	const strict = core.strict;
	run: while (steps < stop) {
		const at = pc;
		if (strict) {
			const missing = (reads[at] as number) & ~core.initialised;
			if (missing !== 0) {
				core.unread(at, missing);
				break;
			}
			core.initialised |= writes[at] as number;
		}
		steps++;
		pc = at + 1;
		switch (op[at]) {
			// add64
			case 0: {
				const d = dst[at] as number;
				const s = src[at] as number;
				const b = lo[s] as number;
				const low = ((lo[d] as number) + b) | 0;
				hi[d] = (hi[d] as number) + (hi[s] as number) + (low >>> 0 < b >>> 0 ? 1 : 0);
				lo[d] = low;
				break;
			}
			// sub64
			case 1: {
				const d = dst[at] as number;
				const s = src[at] as number;
				const a = lo[d] as number;
				const b = lo[s] as number;
				hi[d] = (hi[d] as number) - (hi[s] as number) - (a >>> 0 < b >>> 0 ? 1 : 0);
				lo[d] = a - b;
				break;
			}
			// mul64
			case 2: {
				const d = dst[at] as number;
				const s = src[at] as number;
				const a = lo[d] as number;
				const b = lo[s] as number;
				hi[d] = mulHigh(a, b) + Math.imul(hi[d] as number, b) + Math.imul(a, hi[s] as number);
				lo[d] = Math.imul(a, b);
				break;
			}
			// div64
			case 3: {
				const d = dst[at] as number;
				const s = src[at] as number;
				core.divide(d, s, false, false);
				break;
			}
			// or64
			case 4: {
				const d = dst[at] as number;
				const s = src[at] as number;
				lo[d] = (lo[d] as number) | (lo[s] as number);
				hi[d] = (hi[d] as number) | (hi[s] as number);
				break;
			}
			// and64
			case 5: {
				const d = dst[at] as number;
				const s = src[at] as number;
				lo[d] = (lo[d] as number) & (lo[s] as number);
				hi[d] = (hi[d] as number) & (hi[s] as number);
				break;
			}
			// lsh64
			case 6: {
				const d = dst[at] as number;
				const s = src[at] as number;
				const n = (lo[s] as number) & 63;
				const a = lo[d] as number;
				if (n >= 32) {
					hi[d] = a << (n - 32);
					lo[d] = 0;
				} else if (n !== 0) {
					hi[d] = ((hi[d] as number) << n) | (a >>> (32 - n));
					lo[d] = a << n;
				}
				break;
			}
			// rsh64
			case 7: {
				const d = dst[at] as number;
				const s = src[at] as number;
				const n = (lo[s] as number) & 63;
				const h = hi[d] as number;
				if (n >= 32) {
					lo[d] = h >>> (n - 32);
					hi[d] = 0;
				} else if (n !== 0) {
					lo[d] = ((lo[d] as number) >>> n) | (h << (32 - n));
					hi[d] = h >>> n;
				}
				break;
			}
			// neg64
			case 8: {
				const d = dst[at] as number;
				const a = lo[d] as number;
				hi[d] = ~(hi[d] as number) + (a === 0 ? 1 : 0);
				lo[d] = -a;
				break;
			}
			// mod64
			case 9: {
				const d = dst[at] as number;
				const s = src[at] as number;
				core.divide(d, s, false, true);
				break;
			}
			// xor64
			case 10: {
				const d = dst[at] as number;
				const s = src[at] as number;
				lo[d] = (lo[d] as number) ^ (lo[s] as number);
				hi[d] = (hi[d] as number) ^ (hi[s] as number);
				break;
			}
			// mov64
			case 11: {
				const d = dst[at] as number;
				const s = src[at] as number;
				lo[d] = lo[s] as number;
				hi[d] = hi[s] as number;
				break;
			}
			// arsh64
			case 12: {
				const d = dst[at] as number;
				const s = src[at] as number;
				const n = (lo[s] as number) & 63;
				const h = hi[d] as number;
				if (n >= 32) {
					lo[d] = h >> (n - 32);
					hi[d] = h >> 31;
				} else if (n !== 0) {
					lo[d] = ((lo[d] as number) >>> n) | (h << (32 - n));
					hi[d] = h >> n;
				}
				break;
			}
			// add32
			case 16: {
				const d = dst[at] as number;
				const s = src[at] as number;
				lo[d] = (lo[d] as number) + (lo[s] as number);
				hi[d] = 0;
				break;
			}
			// sub32
			case 17: {
				const d = dst[at] as number;
				const s = src[at] as number;
				lo[d] = (lo[d] as number) - (lo[s] as number);
				hi[d] = 0;
				break;
			}
			// mul32
			case 18: {
				const d = dst[at] as number;
				const s = src[at] as number;
				lo[d] = Math.imul(lo[d] as number, lo[s] as number);
				hi[d] = 0;
				break;
			}
			// div32
			case 19: {
				const d = dst[at] as number;
				const s = src[at] as number;
				const b = (lo[s] as number) >>> 0;
				lo[d] = b === 0 ? 0 : ((lo[d] as number) >>> 0) / b;
				hi[d] = 0;
				break;
			}
			// or32
			case 20: {
				const d = dst[at] as number;
				const s = src[at] as number;
				lo[d] = (lo[d] as number) | (lo[s] as number);
				hi[d] = 0;
				break;
			}
			// and32
			case 21: {
				const d = dst[at] as number;
				const s = src[at] as number;
				lo[d] = (lo[d] as number) & (lo[s] as number);
				hi[d] = 0;
				break;
			}
			// lsh32
			case 22: {
				const d = dst[at] as number;
				const s = src[at] as number;
				lo[d] = (lo[d] as number) << (lo[s] as number);
				hi[d] = 0;
				break;
			}
			// rsh32
			case 23: {
				const d = dst[at] as number;
				const s = src[at] as number;
				lo[d] = (lo[d] as number) >>> (lo[s] as number);
				hi[d] = 0;
				break;
			}
			// neg32
			case 24: {
				const d = dst[at] as number;
				lo[d] = -(lo[d] as number);
				hi[d] = 0;
				break;
			}
			// mod32
			case 25: {
				const d = dst[at] as number;
				const s = src[at] as number;
				const b = (lo[s] as number) >>> 0;
				if (b !== 0) lo[d] = ((lo[d] as number) >>> 0) % b;
				hi[d] = 0;
				break;
			}
			// xor32
			case 26: {
				const d = dst[at] as number;
				const s = src[at] as number;
				lo[d] = (lo[d] as number) ^ (lo[s] as number);
				hi[d] = 0;
				break;
			}
			// mov32
			case 27: {
				const d = dst[at] as number;
				const s = src[at] as number;
				lo[d] = lo[s] as number;
				hi[d] = 0;
				break;
			}
			// arsh32
			case 28: {
				const d = dst[at] as number;
				const s = src[at] as number;
				lo[d] = (lo[d] as number) >> (lo[s] as number);
				hi[d] = 0;
				break;
			}
			// ja, gotol
			case 32:
				pc = off[at] as number;
				break;
			// jeq64
			case 33: {
				const d = dst[at] as number;
				const s = src[at] as number;
				if (lo[d] === lo[s] && hi[d] === hi[s]) pc = off[at] as number;
				break;
			}
			// jgt64
			case 34: {
				const d = dst[at] as number;
				const s = src[at] as number;
				if (less(lo[s] as number, hi[s] as number, lo[d] as number, hi[d] as number))
					pc = off[at] as number;
				break;
			}
			// jge64
			case 35: {
				const d = dst[at] as number;
				const s = src[at] as number;
				if (!less(lo[d] as number, hi[d] as number, lo[s] as number, hi[s] as number))
					pc = off[at] as number;
				break;
			}
			// jset64
			case 36: {
				const d = dst[at] as number;
				const s = src[at] as number;
				if (
					((lo[d] as number) & (lo[s] as number)) !== 0 ||
					((hi[d] as number) & (hi[s] as number)) !== 0
				)
					pc = off[at] as number;
				break;
			}
			// jne64
			case 37: {
				const d = dst[at] as number;
				const s = src[at] as number;
				if (lo[d] !== lo[s] || hi[d] !== hi[s]) pc = off[at] as number;
				break;
			}
			// jsgt64
			case 38: {
				const d = dst[at] as number;
				const s = src[at] as number;
				if (lessSigned(lo[s] as number, hi[s] as number, lo[d] as number, hi[d] as number))
					pc = off[at] as number;
				break;
			}
			// jsge64
			case 39: {
				const d = dst[at] as number;
				const s = src[at] as number;
				if (!lessSigned(lo[d] as number, hi[d] as number, lo[s] as number, hi[s] as number))
					pc = off[at] as number;
				break;
			}
			// jlt64
			case 42: {
				const d = dst[at] as number;
				const s = src[at] as number;
				if (less(lo[d] as number, hi[d] as number, lo[s] as number, hi[s] as number))
					pc = off[at] as number;
				break;
			}
			// jle64
			case 43: {
				const d = dst[at] as number;
				const s = src[at] as number;
				if (!less(lo[s] as number, hi[s] as number, lo[d] as number, hi[d] as number))
					pc = off[at] as number;
				break;
			}
			// jslt64
			case 44: {
				const d = dst[at] as number;
				const s = src[at] as number;
				if (lessSigned(lo[d] as number, hi[d] as number, lo[s] as number, hi[s] as number))
					pc = off[at] as number;
				break;
			}
			// jsle64
			case 45: {
				const d = dst[at] as number;
				const s = src[at] as number;
				if (!lessSigned(lo[s] as number, hi[s] as number, lo[d] as number, hi[d] as number))
					pc = off[at] as number;
				break;
			}
			// may_goto
			case 46: {
				if (!core.mayGoto()) pc = off[at] as number;
				break;
			}
			// jeq32
			case 49: {
				const d = dst[at] as number;
				const s = src[at] as number;
				if (lo[d] === lo[s]) pc = off[at] as number;
				break;
			}
			// jgt32
			case 50: {
				const d = dst[at] as number;
				const s = src[at] as number;
				if ((lo[d] as number) >>> 0 > (lo[s] as number) >>> 0) pc = off[at] as number;
				break;
			}
			// jge32
			case 51: {
				const d = dst[at] as number;
				const s = src[at] as number;
				if ((lo[d] as number) >>> 0 >= (lo[s] as number) >>> 0) pc = off[at] as number;
				break;
			}
			// jset32
			case 52: {
				const d = dst[at] as number;
				const s = src[at] as number;
				if (((lo[d] as number) & (lo[s] as number)) !== 0) pc = off[at] as number;
				break;
			}
			// jne32
			case 53: {
				const d = dst[at] as number;
				const s = src[at] as number;
				if (lo[d] !== lo[s]) pc = off[at] as number;
				break;
			}
			// jsgt32
			case 54: {
				const d = dst[at] as number;
				const s = src[at] as number;
				if ((lo[d] as number) > (lo[s] as number)) pc = off[at] as number;
				break;
			}
			// jsge32
			case 55: {
				const d = dst[at] as number;
				const s = src[at] as number;
				if ((lo[d] as number) >= (lo[s] as number)) pc = off[at] as number;
				break;
			}
			// jlt32
			case 58: {
				const d = dst[at] as number;
				const s = src[at] as number;
				if ((lo[d] as number) >>> 0 < (lo[s] as number) >>> 0) pc = off[at] as number;
				break;
			}
			// jle32
			case 59: {
				const d = dst[at] as number;
				const s = src[at] as number;
				if ((lo[d] as number) >>> 0 <= (lo[s] as number) >>> 0) pc = off[at] as number;
				break;
			}
			// jslt32
			case 60: {
				const d = dst[at] as number;
				const s = src[at] as number;
				if ((lo[d] as number) < (lo[s] as number)) pc = off[at] as number;
				break;
			}
			// jsle32
			case 61: {
				const d = dst[at] as number;
				const s = src[at] as number;
				if ((lo[d] as number) <= (lo[s] as number)) pc = off[at] as number;
				break;
			}
			// sdiv64
			case 64: {
				const d = dst[at] as number;
				const s = src[at] as number;
				core.divide(d, s, true, false);
				break;
			}
			// smod64
			case 65: {
				const d = dst[at] as number;
				const s = src[at] as number;
				core.divide(d, s, true, true);
				break;
			}
			// sdiv32
			case 66: {
				const d = dst[at] as number;
				const s = src[at] as number;
				const b = lo[s] as number;
				lo[d] = b === 0 ? 0 : (lo[d] as number) / b;
				hi[d] = 0;
				break;
			}
			// smod32
			case 67: {
				const d = dst[at] as number;
				const s = src[at] as number;
				const b = lo[s] as number;
				if (b !== 0) lo[d] = (lo[d] as number) % b;
				hi[d] = 0;
				break;
			}
			// movsx 8 to 64
			case 68: {
				const d = dst[at] as number;
				const s = src[at] as number;
				const a = ((lo[s] as number) << 24) >> 24;
				lo[d] = a;
				hi[d] = a >> 31;
				break;
			}
			// movsx 16 to 64
			case 69: {
				const d = dst[at] as number;
				const s = src[at] as number;
				const a = ((lo[s] as number) << 16) >> 16;
				lo[d] = a;
				hi[d] = a >> 31;
				break;
			}
			// movsx 32 to 64
			case 70: {
				const d = dst[at] as number;
				const s = src[at] as number;
				const a = lo[s] as number;
				lo[d] = a;
				hi[d] = a >> 31;
				break;
			}
			// movsx 8 to 32
			case 71: {
				const d = dst[at] as number;
				const s = src[at] as number;
				lo[d] = ((lo[s] as number) << 24) >> 24;
				hi[d] = 0;
				break;
			}
			// movsx 16 to 32
			case 72: {
				const d = dst[at] as number;
				const s = src[at] as number;
				lo[d] = ((lo[s] as number) << 16) >> 16;
				hi[d] = 0;
				break;
			}
			// le16
			case 73: {
				const d = dst[at] as number;
				lo[d] = (lo[d] as number) & 0xffff;
				hi[d] = 0;
				break;
			}
			// bswap16
			case 76: {
				const d = dst[at] as number;
				lo[d] = swap32(lo[d] as number) >>> 16;
				hi[d] = 0;
				break;
			}
			// bswap32
			case 77: {
				const d = dst[at] as number;
				lo[d] = swap32(lo[d] as number);
				hi[d] = 0;
				break;
			}
			// bswap64
			case 78: {
				const d = dst[at] as number;
				const a = swap32(lo[d] as number);
				lo[d] = swap32(hi[d] as number);
				hi[d] = a;
				break;
			}
			// load u8
			case 88: {
				const address = core.reach(at, src[at] as number, 1, false);
				if (address < 0) {
					pc = at;
					break run;
				}
				const d = dst[at] as number;
				lo[d] = data.getUint8(address);
				hi[d] = 0;
				break;
			}
			// load u16
			case 89: {
				const address = core.reach(at, src[at] as number, 2, false);
				if (address < 0) {
					pc = at;
					break run;
				}
				const d = dst[at] as number;
				lo[d] = data.getUint16(address, true);
				hi[d] = 0;
				break;
			}
			// load u32
			case 90: {
				const address = core.reach(at, src[at] as number, 4, false);
				if (address < 0) {
					pc = at;
					break run;
				}
				const d = dst[at] as number;
				lo[d] = data.getInt32(address, true);
				hi[d] = 0;
				break;
			}
			// load u64
			case 91: {
				const address = core.reach(at, src[at] as number, 8, false);
				if (address < 0) {
					pc = at;
					break run;
				}
				const d = dst[at] as number;
				lo[d] = data.getInt32(address, true);
				hi[d] = data.getInt32(address + 4, true);
				break;
			}
			// load s8
			case 92: {
				const address = core.reach(at, src[at] as number, 1, false);
				if (address < 0) {
					pc = at;
					break run;
				}
				const d = dst[at] as number;
				const a = data.getInt8(address);
				lo[d] = a;
				hi[d] = a >> 31;
				break;
			}
			// load s16
			case 93: {
				const address = core.reach(at, src[at] as number, 2, false);
				if (address < 0) {
					pc = at;
					break run;
				}
				const d = dst[at] as number;
				const a = data.getInt16(address, true);
				lo[d] = a;
				hi[d] = a >> 31;
				break;
			}
			// load s32
			case 94: {
				const address = core.reach(at, src[at] as number, 4, false);
				if (address < 0) {
					pc = at;
					break run;
				}
				const d = dst[at] as number;
				const a = data.getInt32(address, true);
				lo[d] = a;
				hi[d] = a >> 31;
				break;
			}
			// store 8
			case 95: {
				const address = core.reach(at, dst[at] as number, 1, true);
				if (address < 0) {
					pc = at;
					break run;
				}
				const s = src[at] as number;
				data.setUint8(address, lo[s] as number);
				break;
			}
			// store 16
			case 96: {
				const address = core.reach(at, dst[at] as number, 2, true);
				if (address < 0) {
					pc = at;
					break run;
				}
				const s = src[at] as number;
				data.setUint16(address, lo[s] as number, true);
				break;
			}
			// store 32
			case 97: {
				const address = core.reach(at, dst[at] as number, 4, true);
				if (address < 0) {
					pc = at;
					break run;
				}
				const s = src[at] as number;
				data.setInt32(address, lo[s] as number, true);
				break;
			}
			// store 64
			case 98: {
				const address = core.reach(at, dst[at] as number, 8, true);
				if (address < 0) {
					pc = at;
					break run;
				}
				const s = src[at] as number;
				const high = hi[s] as number;
				data.setInt32(address, lo[s] as number, true);
				data.setInt32(address + 4, high, true);
				break;
			}
			// atomic
			case 99: {
				const address = core.reach(at, dst[at] as number, (aux[at] as number) >> 16, true);
				if (address < 0) {
					pc = at;
					break run;
				}
				const s = src[at] as number;
				atomic(data, address, aux[at] as number, s, core.bank);
				break;
			}
			// ld_imm64
			case 86: {
				const d = dst[at] as number;
				const s = src[at] as number;
				lo[d] = lo[s] as number;
				hi[d] = hi[s] as number;
				pc = at + 2;
				break;
			}
			// helper call, subprogram call, exit, tail call, bpf_loop, packet loads
			case 40:
			case 41:
			case 79:
			case 80:
			case 81:
			case 84:
			case 85:
				core.steps = steps;
				pc = core.leave(at, op[at] as number);
				if (pc === HOST) return;
				steps = core.steps;
				if (core.ended) break run;
				({ lo, hi } = core.bank);
				({ op, dst, src, off, aux, reads, writes } = core.bank.image);
				data = core.memory.data;
				break;
			default:
				core.refuse(at);
				steps--;
				pc = at;
				break run;
		}
	}
	core.pc = pc;
	core.steps = steps;
}
