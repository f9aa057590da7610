// Helpers on text: printing to trace_pipe, snprintf, numbers from strings, comparison.

import { errno } from "../../abi/index.ts";
import type { HelperCall } from "../../machine/index.ts";
import type { FormatArgument } from "../format.ts";
import { formatMessage } from "../format.ts";
import type { Machine } from "../machine.ts";
import type { Implementations } from "./implementation.ts";

/** Most arguments of trace_vprintk and snprintf. */
const MOST_ARGUMENTS = 12;
const MESSAGE_LIMIT = 1024;
const NUMBER_LIMIT = 63;

export function textHelpers(machine: Machine): Implementations {
	const { memory } = machine;
	return {
		trace_printk: (call, r1, _h1, r2, _h2, r3, h3, r4, h4, r5, h5) => {
			const text = formatString(machine, call, r1 >>> 0, r2 >>> 0);
			if (text === undefined) return -errno.EINVAL;
			const args = [
				{ lo: r3, hi: h3 },
				{ lo: r4, hi: h4 },
				{ lo: r5, hi: h5 },
			];
			return print(machine, formatMessage(memory, text, args));
		},
		trace_vprintk: (call, r1, _h1, r2, _h2, r3, _h3, r4) => {
			const args = wideArguments(machine, call, r3 >>> 0, r4 >>> 0);
			const text = formatString(machine, call, r1 >>> 0, r2 >>> 0);
			if (!args || text === undefined) return -errno.EINVAL;
			return print(machine, formatMessage(memory, text, args));
		},
		snprintf: (call, r1, _h1, r2, _h2, r3, _h3, r4, _h4, r5) => {
			const args = wideArguments(machine, call, r4 >>> 0, r5 >>> 0);
			if (!args) return -errno.EINVAL;
			machine.guard(call, r1, r2, true);
			const region = memory.find(r3 >>> 0);
			const room = region ? region.start + region.length - (r3 >>> 0) : 0;
			const text = formatString(machine, call, r3 >>> 0, Math.min(room, 4096));
			if (text === undefined) return -errno.EINVAL;
			const message = formatMessage(memory, text, args);
			if (typeof message === "number") return message;
			store(machine, r1 >>> 0, r2 >>> 0, message);
			return message.length + 1;
		},
		strtol: (call, r1, _h1, r2, h2, r3, h3, r4) =>
			parseNumber(
				machine,
				call,
				r1 >>> 0,
				r2 >>> 0,
				h3 === 0 && h2 === 0 ? r3 : -1,
				r4 >>> 0,
				true,
			),
		strtoul: (call, r1, _h1, r2, h2, r3, h3, r4) =>
			parseNumber(
				machine,
				call,
				r1 >>> 0,
				r2 >>> 0,
				h3 === 0 && h2 === 0 ? r3 : -1,
				r4 >>> 0,
				false,
			),
		strncmp: (call, r1, _h1, r2, _h2, r3) => {
			machine.guard(call, r1, r2, false);
			const { u8 } = memory;
			for (let i = 0; i < r2 >>> 0; i++) {
				const a = u8[(r1 >>> 0) + i] as number;
				const b = u8[(r3 >>> 0) + i] as number;
				if (a !== b) return a < b ? -1 : 1;
				if (a === 0) break;
			}
			return 0;
		},
		get_current_task: (call) => call.fail("there are no tasks", "helper bpf_get_current_task"),
	};
}

/** The format up to its NUL; undefined when there is none. */
function formatString(
	machine: Machine,
	call: HelperCall,
	at: number,
	size: number,
): string | undefined {
	machine.guard(call, at, size, false);
	const bytes = machine.memory.u8.subarray(at, at + size);
	const end = bytes.indexOf(0);
	return end < 0 ? undefined : String.fromCharCode(...bytes.subarray(0, end));
}

function wideArguments(
	machine: Machine,
	call: HelperCall,
	at: number,
	size: number,
): FormatArgument[] | undefined {
	if (size % 8 !== 0 || size > MOST_ARGUMENTS * 8 || (size > 0 && at === 0)) return undefined;
	machine.guard(call, at, size, false);
	const { data } = machine.memory;
	return Array.from({ length: size / 8 }, (_, i) => ({
		lo: data.getInt32(at + 8 * i, true),
		hi: data.getInt32(at + 8 * i + 4, true),
	}));
}

/** Adds a line to trace_pipe in the format of trace_pipe; returns the message's length. */
function print(machine: Machine, message: string | number): number {
	if (typeof message === "number") return message;
	const { task, cpu, clock, trace } = machine;
	const name = `${task.comm.slice(0, 15)}-${task.pid}`.padStart(23 - 7).padEnd(24);
	const where = `[${String(cpu).padStart(3, "0")}] ...11`;
	const micros = Math.floor(clock.now / 1000);
	const seconds = String(Math.floor(micros / 1e6)).padStart(6);
	const stamp = `${seconds}.${String(micros % 1e6).padStart(6, "0")}`;
	const text = message.slice(0, MESSAGE_LIMIT - 1);
	for (const line of text.replace(/\n$/, "").split("\n"))
		trace.push(`${name}${where} ${stamp}: bpf_trace_printk: ${line}`);
	return message.length;
}

/** Copies text with its NUL, cut to the size. */
function store(machine: Machine, at: number, size: number, text: string): void {
	if (size === 0) return;
	const { u8 } = machine.memory;
	const length = Math.min(text.length, size - 1);
	for (let i = 0; i < length; i++) u8[at + i] = text.charCodeAt(i);
	u8[at + length] = 0;
}

/** bpf_strtol and bpf_strtoul: returns how many bytes were read and stores 8 bytes. */
function parseNumber(
	machine: Machine,
	call: HelperCall,
	at: number,
	size: number,
	base: number,
	result: number,
	signed: boolean,
): number {
	machine.guard(call, at, size, false);
	machine.guard(call, result, 8, true);
	machine.memory.data.setBigUint64(result, 0n, true);
	if (size === 0 || ![0, 8, 10, 16].includes(base)) return -errno.EINVAL;
	const text = String.fromCharCode(...machine.memory.u8.subarray(at, at + size));
	const lead = /^[\t\n\v\f\r \xa0]*(-?)/.exec(text);
	const start = lead?.[0].length ?? 0;
	const negative = lead?.[1] === "-";
	if (start === size) return -errno.EINVAL;
	const digits = text.slice(start, start + NUMBER_LIMIT).toLowerCase();
	const guessed = /^0x[0-9a-f]/.test(digits) ? 16 : digits.startsWith("0") ? 8 : 10;
	const radix = base !== 0 ? base : guessed;
	const prefixed = radix === 16 && digits.startsWith("0x");
	const pattern = radix === 16 ? /^[0-9a-f]+/ : radix === 8 ? /^[0-7]+/ : /^[0-9]+/;
	const found = pattern.exec(prefixed ? digits.slice(2) : digits)?.[0];
	if (found === undefined) return -errno.EINVAL;
	const value = BigInt(radix === 16 ? `0x${found}` : radix === 8 ? `0o${found}` : found);
	if (value > 2n ** 64n - 1n) return -errno.ERANGE;
	if (negative && !signed) return -errno.EINVAL;
	const limit = signed ? 2n ** 63n - (negative ? 0n : 1n) : 2n ** 64n - 1n;
	if (value > limit) return -errno.ERANGE;
	machine.memory.data.setBigUint64(result, BigInt.asUintN(64, negative ? -value : value), true);
	return start + found.length + (prefixed ? 2 : 0);
}
