// What both executors must do the same, beyond arithmetic: calls, helpers, callbacks, tail calls, lookups, limits, faults.

import { describe, expect, test, vi } from "vitest";
import { fromHex } from "../base/index.ts";
import type { Insn } from "../isa/index.ts";
import { codeOf } from "../isa/index.ts";
import type {
	Executor,
	GuestMemory,
	Helper,
	HelperTable,
	Program,
	RunResult,
} from "../machine/index.ts";
import { insn, newGuest, programOf, setPacket } from "../testing/index.ts";
import { createVm } from "../vm/index.ts";
import { createJit } from "./index.ts";

vi.setConfig({ testTimeout: 60000 });

const executors: readonly [string, (memory: GuestMemory) => Executor][] = [
	["vm", (memory) => createVm(memory)],
	["jit", (memory) => createJit(memory)],
	["jit with fuel", (memory) => createJit(memory, { fuel: 1 << 30 })],
];

const mov = (dst: number, imm: number) => insn(0xb7, dst, 0, 0, imm);
const copy = (dst: number, src: number) => insn(0xbf, dst, src);
const call = (id: number) => insn(0x85, 0, 0, 0, id);
const callAt = (distance: number) => insn(0x85, 0, 1, 0, distance);
const address = (dst: number, distance: number) => [insn(0x18, dst, 4, 0, distance), insn(0, 0)];
const wide = (dst: number, lo: number, hi = 0) => [insn(0x18, dst, 0, 0, lo), insn(0, 0, 0, 0, hi)];
const exit = insn(0x95, 0);

describe.each(executors)("%s", (_, create) => {
	const run = (
		insns: readonly Insn[],
		options: Parameters<typeof programOf>[1] = {},
		packet = new Uint8Array(64),
	) => {
		const guest = newGuest(create);
		setPacket(guest, packet);
		const runner = guest.executor.load(programOf(codeOf(insns), options));
		const first = runner.run(guest.context);
		const again = runner.run(guest.context);
		expect(outcome(again), "the second run").toEqual(outcome(first));
		return { guest, runner, result: outcome(first) };
	};
	const value = (insns: readonly Insn[], options: Parameters<typeof programOf>[1] = {}) => {
		const { result } = run(insns, options);
		expect(result.kind).toBe("exit");
		return result.kind === "exit" ? [result.hi, result.lo] : [];
	};

	test("a helper gets pairs of halves, and may set the high half of its result", () => {
		const seen: number[][] = [];
		const helpers: HelperTable = new Map([
			[
				5,
				{
					name: "wide",
					args: 3,
					run: ((c, a, ah, b, bh, d, dh) => {
						seen.push([a, ah, b, bh, d, dh]);
						c.setHigh(7);
						return -1;
					}) satisfies Helper,
				},
			],
			[6, { name: "narrow", args: 0, run: () => -22 }],
		]);
		const insns = [...wide(1, 1, -2), mov(2, -3), mov(3, 4), call(5), copy(6, 0), call(6)];
		expect(value([...insns, exit], { helpers })).toEqual([-1, -22]);
		expect(seen[0]).toEqual([1, -2, -3, -1, 4, 0]);
		expect(value([...insns, copy(0, 6), exit], { helpers })).toEqual([7, -1]);
	});

	test("a helper that fails ends the run, naming what is not supported", () => {
		const helpers: HelperTable = new Map([
			[5, { name: "h", args: 0, run: (c) => c.fail("no such thing", "such thing") }],
		]);
		const { result } = run([call(5), exit], { helpers });
		expect(result).toMatchObject({
			kind: "trap",
			trap: { kind: "helper", message: "no such thing", unsupported: "such thing" },
		});
	});

	test("what is not there is named", () => {
		expect(run([call(77), exit]).result).toMatchObject({
			trap: { kind: "helper", unsupported: "helper #77" },
		});
		expect(run([insn(0x85, 0, 2, 0, 1234), exit]).result).toMatchObject({
			trap: { unsupported: "kfunc #1234" },
		});
	});

	test("subprograms keep r6 to r9 and have a stack of their own", () => {
		const insns = [
			mov(6, 11),
			insn(0x7a, 10, 0, -8, 100),
			mov(1, 5),
			callAt(3),
			insn(0x0f, 0, 6),
			insn(0x79, 1, 10, -8),
			insn(0x05, 0, 0, 5),
			mov(6, 99),
			insn(0x7a, 10, 0, -8, 200),
			copy(0, 1),
			insn(0x07, 0, 0, 0, 1),
			exit,
			insn(0x0f, 0, 1),
			exit,
		];
		expect(value(insns)).toEqual([0, 6 + 11 + 100]);
	});

	test("a callee writes its caller's stack through a pointer", () => {
		const insns = [
			copy(1, 10),
			callAt(2),
			insn(0x79, 0, 10, -16),
			exit,
			mov(0, 0),
			insn(0x7a, 1, 0, -16, 42),
			exit,
		];
		expect(value(insns)).toEqual([0, 42]);
	});

	test("bpf_loop turns until the callback says stop, and refuses as Linux does", () => {
		const loop = (turns: number, flags: number, stopAt: number) => [
			insn(0x7a, 10, 0, -8, 0),
			...wide(1, turns),
			...address(2, 8),
			copy(3, 10),
			mov(4, flags),
			call(181),
			insn(0x79, 1, 10, -8),
			insn(0x67, 1, 0, 0, 32),
			insn(0x4f, 0, 1),
			exit,
			mov(0, 0),
			insn(0x79, 3, 2, -8),
			insn(0x0f, 3, 1),
			insn(0x7b, 2, 3, -8),
			insn(0x55, 1, 0, 1, stopAt),
			mov(0, 1),
			exit,
		];
		// Linux is asked for these figures in the conformance cases.
		expect(value(loop(5, 0, 99))).toEqual([0 + 1 + 2 + 3 + 4, 5]);
		expect(value(loop(5, 0, 2))).toEqual([0 + 1 + 2, 3]);
		expect(value(loop(0, 0, 2))).toEqual([0, 0]);
		expect(value(loop(5, 1, 2))[1]).toBe(-22);
		expect(value(loop((8 << 20) + 1, 0, 2))[1]).toBe(-7);
	});

	test("bpf_loop through a register that holds one of two functions", () => {
		const insns = [
			mov(1, 3),
			insn(0x61, 7, 1, 0),
			...address(2, 9),
			insn(0x15, 7, 0, 2, 12345),
			...address(2, 8),
			mov(1, 3),
			mov(3, 0),
			mov(4, 0),
			call(181),
			exit,
			mov(0, 0),
			exit,
			mov(0, 1),
			exit,
		];
		insns[1] = mov(7, 1);
		expect(value(insns)).toEqual([0, 1]);
	});

	test("helpers call back, nested", () => {
		const helpers: HelperTable = new Map([
			[
				9,
				{
					name: "each",
					args: 2,
					run: (c, f, _h, count) => {
						let sum = 0;
						for (let i = 0; i < count; i++) sum += c.callback(f, i, -1, 0, 0, 0);
						return sum;
					},
				},
			],
		]);
		const insns = [
			insn(0x7a, 10, 0, -8, 1000),
			...address(1, 6),
			mov(2, 3),
			call(9),
			insn(0x79, 1, 10, -8),
			insn(0x0f, 0, 1),
			exit,
			// outer(i): each(inner, 2) + i, with a stack slot of its own
			insn(0x7b, 10, 1, -8),
			...address(1, 6),
			mov(2, 2),
			call(9),
			insn(0x79, 1, 10, -8),
			insn(0x0f, 0, 1),
			exit,
			// inner(i) = 10 * i, clearing its slot
			insn(0x7a, 10, 0, -8, 0),
			copy(0, 1),
			insn(0x27, 0, 0, 0, 10),
			exit,
		];
		expect(value(insns, { helpers })).toEqual([0, 1000 + 3 * 10 + 0 + 1 + 2]);
	});

	test("a callback that faults ends the run", () => {
		const helpers: HelperTable = new Map([
			[9, { name: "each", args: 1, run: (c, f) => c.callback(f, 0, 0, 0, 0, 0) }],
		]);
		const { result } = run([...address(1, 3), call(9), exit, call(55), exit], { helpers });
		expect(result).toMatchObject({ kind: "trap", trap: { unsupported: "helper #55" } });
	});

	test("may_goto leaves after 8 388 608 turns", () => {
		const insns = [
			mov(0, 0),
			insn(0xe5, 0, 0, 2),
			insn(0x07, 0, 0, 0, 1),
			insn(0x05, 0, 0, -3),
			exit,
		];
		expect(value(insns)).toEqual([0, 8 << 20]);
	});

	test("tail calls go 33 deep, keep the stack, and fall through after", () => {
		const next = [
			insn(0x79, 2, 10, -8),
			insn(0x07, 2, 0, 0, 1),
			insn(0x7b, 10, 2, -8),
			mov(2, 64),
			mov(3, 1),
			call(12),
			insn(0x79, 0, 10, -8),
			exit,
		];
		const target: { program?: Program } = {};
		const tailCall = (handle: number, index: number) =>
			handle === 64 && index === 1 ? target.program : undefined;
		target.program = programOf(codeOf(next), { tailCall });
		const first = [insn(0x7a, 10, 0, -8, 0), mov(2, 64), mov(3, 1), call(12), mov(0, 5), exit];
		expect(value(first, { tailCall })).toEqual([0, 33]);
		const missing = [mov(2, 64), mov(3, 7), call(12), mov(0, 5), exit];
		expect(value(missing, { tailCall })).toEqual([0, 5]);
	});

	test("a tail call in a subprogram comes back to the caller", () => {
		const other = programOf(codeOf([mov(0, 40), mov(6, 1), exit]));
		const insns = [
			mov(6, 2),
			callAt(2),
			insn(0x0f, 0, 6),
			exit,
			mov(2, 64),
			mov(3, 0),
			call(12),
			mov(0, 9),
			exit,
		];
		expect(value(insns, { tailCall: () => other })).toEqual([0, 42]);
	});

	test("array lookups answer addresses in bounds and null beyond", () => {
		const guest = newGuest(create);
		const region = guest.memory.allocate("map", "m", 64, { stride: 16, elementSize: 8 });
		if (!region) throw new Error("no memory");
		const layout = { base: region.start, stride: 16, maxEntries: 4 };
		const arrays = new Map([[0x5000, layout]]);
		const lookup: HelperTable = new Map([
			[
				1,
				{
					name: "map_lookup_elem",
					args: 2,
					run: (c, map, _h, key) => {
						const i = c.memory.data.getUint32(key, true);
						return map === 0x5000 && i < 4 ? region.start + 16 * i : 0;
					},
				},
			],
		]);
		const program = (key: number) => [
			insn(0x62, 10, 0, -4, key),
			copy(2, 10),
			insn(0x07, 2, 0, 0, -4),
			...wide(1, 0x5000),
			call(1),
			insn(0x55, 0, 0, 2, 0),
			mov(0, -1),
			exit,
			mov(1, 3),
			insn(0xdb, 0, 1, 0, 1),
			insn(0x79, 0, 0, 0),
			exit,
		];
		const result = (key: number) => {
			const p = programOf(codeOf(program(key)), { arrays, helpers: lookup });
			return guest.executor.load(p).run(guest.context);
		};
		expect(result(3)).toMatchObject({ kind: "exit", lo: 3, hi: 0 });
		expect(result(3)).toMatchObject({ kind: "exit", lo: 6, hi: 0 });
		expect(result(4)).toMatchObject({ kind: "exit", lo: -1, hi: -1 });
		expect(result(-1)).toMatchObject({ kind: "exit", lo: -1, hi: -1 });
		expect(guest.memory.data.getInt32(region.start + 48, true)).toBe(6);
	});

	test("packet loads are big-endian values of the host, and leave with 0 when out of range", () => {
		const packet = fromHex("0102030405060708") ?? new Uint8Array();
		const loadPacket = (_: number, offset: number, size: 1 | 2 | 4) => {
			if (offset < 0 || offset + size > packet.length) return undefined;
			const data = new DataView(packet.buffer);
			return size === 1
				? data.getUint8(offset)
				: size === 2
					? data.getUint16(offset)
					: data.getUint32(offset);
		};
		const load = (opcode: number, offset: number, base = 0) => [
			copy(6, 1),
			mov(7, base),
			mov(0, 9),
			insn(opcode, 0, opcode & 0x40 ? 7 : 0, 0, offset),
			insn(0x07, 0, 0, 0, 1),
			exit,
		];
		expect(value(load(0x20, 1), { loadPacket })).toEqual([0, 0x02030405 + 1]);
		expect(value(load(0x28, 6), { loadPacket })).toEqual([0, 0x0708 + 1]);
		expect(value(load(0x30, 7), { loadPacket })).toEqual([0, 8 + 1]);
		expect(value(load(0x30, 8), { loadPacket })).toEqual([0, 0]);
		expect(value(load(0x50, 9, -5), { loadPacket })).toEqual([0, 5 + 1]);
	});

	test("a program may run inside a helper of another", () => {
		const guest = newGuest(create);
		setPacket(guest, new Uint8Array(64));
		const inner = guest.executor.load(
			programOf(codeOf([insn(0x7a, 10, 0, -8, 9), insn(0x79, 0, 10, -8), exit])),
		);
		const helpers: HelperTable = new Map([
			[
				5,
				{
					name: "nest",
					args: 0,
					run: () => {
						const result = inner.run(guest.context);
						return result.kind === "exit" ? result.lo : -1;
					},
				},
			],
		]);
		const outer = programOf(
			codeOf([insn(0x7a, 10, 0, -8, 5), call(5), insn(0x79, 1, 10, -8), insn(0x0f, 0, 1), exit]),
			{ helpers },
		);
		expect(guest.executor.load(outer).run(guest.context)).toMatchObject({ kind: "exit", lo: 14 });
	});

	test("later callbacks are called by their first instruction", () => {
		const insns = [...address(1, 4), mov(0, 0), exit, exit, copy(0, 1), insn(0x1f, 0, 2), exit];
		const { runner } = run(insns);
		expect(outcome(runner.call(5, [50, 8]))).toEqual({ kind: "exit", lo: 42, hi: 0 });
	});

	test("runMany adds up", () => {
		const { runner, guest } = run(
			[insn(0x61, 2, 1, 0), insn(0x71, 0, 2, 3), exit],
			{},
			new Uint8Array(64).fill(7),
		);
		expect(runner.runMany?.(guest.context, 10)).toMatchObject({ kind: "exit", lo: 70 });
		const loops = run([mov(0, 3), insn(0x17, 0, 0, 0, 1), insn(0x55, 0, 0, -2, 1), exit]);
		expect(loops.runner.runMany?.(loops.guest.context, 5)).toMatchObject({ kind: "exit", lo: 5 });
	});

	test("loops of two entries", () => {
		const insns = (start: number) => [
			mov(0, 0),
			mov(1, start),
			insn(0x15, 1, 0, 2, 0),
			insn(0x07, 0, 0, 0, 1),
			insn(0x07, 1, 0, 0, 1),
			insn(0x07, 0, 0, 0, 16),
			insn(0x07, 1, 0, 0, 1),
			insn(0x35, 1, 0, 1, 9),
			insn(0x05, 0, 0, -6),
			exit,
		];
		expect(value(insns(0))).toEqual([0, 16 * 5 + 4]);
		expect(value(insns(1))).toEqual([0, 16 * 4 + 4]);
	});

	test("long chains of branches compile", () => {
		const insns: Insn[] = [mov(0, 0), mov(1, 1)];
		for (let i = 0; i < 20000; i++) insns.push(insn(0x15, 1, 0, 1, i & 3), insn(0x07, 0, 0, 0, 1));
		insns.push(exit);
		expect(value(insns)).toEqual([0, 15000]);
	});

	test("running off the end, unknown opcodes and wild jumps are faults", () => {
		for (const insns of [
			[mov(0, 0)],
			[insn(0x05, 0, 0, 100)],
			[insn(0xff, 0), exit],
			[insn(0x05, 0, 0, -9)],
		])
			expect(run(insns).result).toMatchObject({ kind: "trap", trap: { kind: "instruction" } });
	});

	test("an address far outside is a fault", () => {
		const { result } = run([...wide(1, 0x7fffff00), insn(0x79, 0, 1, 0), exit]);
		expect(result).toMatchObject({ kind: "trap", trap: { kind: "memory" } });
	});
});

test("compiled loops and calls without end are stopped by fuel", () => {
	const guest = newGuest((memory) => createJit(memory, { fuel: 1000 }));
	const run = (insns: readonly Insn[]) =>
		outcome(guest.executor.load(programOf(codeOf(insns))).run(guest.context));
	expect(run([insn(0x05, 0, 0, -1)])).toMatchObject({ trap: { kind: "fuel", pc: 0 } });
	expect(run([callAt(-1), exit])).toMatchObject({ trap: { kind: "depth", pc: 0 } });
	const nested = [mov(6, 50), callAt(3), insn(0x17, 6, 0, 0, 1), insn(0x55, 6, 0, -3, 0), exit];
	const inner = [mov(7, 100), insn(0x17, 7, 0, 0, 1), insn(0x55, 7, 0, -2, 0), exit];
	expect(run([...nested, ...inner])).toMatchObject({ trap: { kind: "fuel" } });
});

test("the listing names the instruction that made each line", () => {
	const guest = newGuest((memory) => createJit(memory));
	const runner = createJit(guest.memory).load(
		programOf(codeOf([mov(0, 1), insn(0x15, 1, 0, 1, 5), insn(0x79, 0, 10, -8), exit])),
	);
	const [main] = runner.listing().functions;
	const of = (pc: number) => main?.lines.filter((l) => l.pc === pc).map((l) => l.text);
	expect(of(0)).toEqual(["i64.const 1", "local.set r0"]);
	expect(of(1)).toEqual(["local.get r1", "i64.const 5", "i64.eq", "br_if 0"]);
	expect(of(2)).toEqual(["local.get fp", "i64.load offset=504", "local.set r0", "br 0", "end"]);
	expect(of(3)?.slice(0, 2)).toEqual(["local.get r0", "return"]);
});

function outcome(result: RunResult): RunResult {
	return result.kind === "exit"
		? { kind: "exit", lo: result.lo, hi: result.hi }
		: { kind: "trap", trap: result.trap };
}
