import { describe, expect, test } from "vitest";
import { Random } from "../base/index.ts";
import type { Insn } from "../isa/index.ts";
import { codeOf } from "../isa/index.ts";
import type { Program } from "../machine/index.ts";
import { checkAccess } from "../machine/index.ts";
import {
	insn,
	newGuest,
	programOf,
	randomPacket,
	randomProgram,
	setPacket,
} from "../testing/index.ts";
import type { SessionOptions, Vm } from "./index.ts";
import { createVm } from "./index.ts";

const mov = (dst: number, imm: number) => insn(0xb7, dst, 0, 0, imm);
const callAt = (distance: number) => insn(0x85, 0, 1, 0, distance);
const exit = insn(0x95, 0);
const wide = (dst: number, lo: number, hi = 0) => [insn(0x18, dst, 0, 0, lo), insn(0, 0, 0, 0, hi)];

function setUp() {
	let vm: Vm | undefined;
	const guest = newGuest((memory) => {
		vm = createVm(memory);
		return vm;
	});
	setPacket(guest, new Uint8Array(14));
	const open = (insns: readonly Insn[], options: SessionOptions = {}, program?: Program) => {
		if (!vm) throw new Error("no executor");
		return vm.open(program ?? programOf(codeOf(insns)), guest.context, options).session;
	};
	const trap = (insns: readonly Insn[], options?: SessionOptions) => {
		const result = open(insns, options).runFor(100000);
		if (result?.kind !== "trap") throw new Error(`no trap: ${JSON.stringify(result)}`);
		return result.trap;
	};
	return { guest, open, trap };
}

describe("what an access may not do is said", () => {
	const { guest, trap } = setUp();
	const map = guest.memory.allocate("map", "map counts", 64, { stride: 16, elementSize: 12 });
	const frozen = guest.memory.allocate("map", "map table", 16, { writable: false });
	if (!map || !frozen) throw new Error("no memory");
	const inPacket = insn(0x61, 2, 1, 0);
	test.each<[string, Insn[], number]>([
		["read of 4 bytes at packet+14, packet has 14 bytes", [inPacket, insn(0x61, 0, 2, 14)], 1],
		["read of 4 bytes at packet+12, packet has 14 bytes", [inPacket, insn(0x61, 0, 2, 12)], 1],
		["write of 1 byte at packet-1, packet begins at 0", [inPacket, insn(0x73, 2, 1, -1)], 1],
		["read of 8 bytes at NULL", [mov(2, 0), insn(0x79, 0, 2, 0)], 1],
		["read of 2 bytes at NULL+6", [mov(2, 0), insn(0x69, 0, 2, 6)], 1],
		["write of 4 bytes at ctx+0, which is read-only", [insn(0x62, 1, 0, 0, 1)], 0],
		["write of 8 bytes at stack+512, stack has 512 bytes", [insn(0x7b, 10, 1, 0)], 0],
		["write of 8 bytes at stack-8, stack begins at 0", [insn(0x7b, 10, 1, -520)], 0],
		[
			"read of 8 bytes at map counts[1]+8, an element has 12 bytes",
			[...wide(2, map.start + 16), insn(0x79, 0, 2, 8)],
			2,
		],
		[
			"write of 8 bytes at map table+0, which is read-only",
			[...wide(2, frozen.start), insn(0x7b, 2, 1, 0)],
			2,
		],
		[
			"read of 1 byte at 0x100000000, which is no memory of the program",
			[...wide(2, 0, 1), insn(0x71, 0, 2, 0)],
			2,
		],
	])("%s", (message, insns, pc) => {
		expect(trap([...insns, exit])).toMatchObject({ kind: "memory", message, pc });
	});
	test("an element may be used up to its end", () => {
		expect(checkAccess(guest.memory, map.start + 20, 8, true)).toBe(map);
		expect(checkAccess(guest.memory, map.start + 24, 8, true)).toBeUndefined();
	});
});

test("a frame is gone when its function returned", () => {
	const { trap } = setUp();
	const insns = [
		callAt(2),
		insn(0x79, 0, 0, -8),
		exit,
		insn(0x7a, 10, 0, -8, 1),
		insn(0xbf, 0, 10),
		exit,
	];
	expect(trap(insns).message).toBe(
		"read of 8 bytes at stack of frame 1+504, stack of frame 1 has 0 bytes",
	);
});

test("limits: frames, instructions, the read-only frame pointer", () => {
	const { trap } = setUp();
	expect(trap([callAt(-1), exit])).toMatchObject({ kind: "depth", message: "more than 8 frames" });
	expect(trap([insn(0x05, 0, 0, -1)], { fuel: 1000 })).toMatchObject({ kind: "fuel" });
	expect(trap([mov(10, 0), exit])).toMatchObject({ kind: "instruction" });
});

test("registers that were never written are found on request", () => {
	const { trap, open } = setUp();
	const strict = { checkInit: true };
	expect(trap([insn(0xbf, 0, 2), exit], strict).message).toBe("r2 was never written");
	expect(trap([exit], strict).message).toBe("r0 was never written");
	const keeps = [mov(6, 1), mov(1, 2), callAt(2), insn(0x0f, 0, 6), exit, insn(0xbf, 0, 1), exit];
	expect(open(keeps, strict).runFor(99)).toMatchObject({ kind: "exit", lo: 3 });
	const lost = [mov(1, 2), callAt(2), insn(0xbf, 0, 1), exit, mov(0, 0), exit];
	expect(trap(lost, strict).message).toBe("r1 was never written");
	const callee = [mov(6, 1), callAt(1), exit, insn(0xbf, 0, 6), exit];
	expect(trap(callee, strict).message).toBe("r6 was never written");
	expect(open([insn(0xbf, 0, 2), exit]).runFor(9)).toMatchObject({ kind: "exit" });
});

test("slices of any length end as one run, and saved states go on the same", () => {
	const { guest, open } = setUp();
	for (let seed = 0; seed < 30; seed++) {
		const random = new Random(seed);
		const insns = randomProgram(random, { length: 30, subprograms: true, loops: true });
		const packet = randomPacket(random);
		setPacket(guest, packet);
		const whole = open(insns).runFor(Number.POSITIVE_INFINITY);
		const bytes = guest.memory.u8.slice(guest.packet, guest.packet + packet.length);
		setPacket(guest, packet);
		const session = open(insns);
		while (!session.result) {
			session.runFor(1 + random.below(5));
			session.restore(session.save());
		}
		expect(session.result).toEqual(whole);
		expect(guest.memory.u8.slice(guest.packet, guest.packet + packet.length)).toEqual(bytes);
	}
});

test("a run can be stopped from outside, and accesses be followed", () => {
	const { guest, open } = setUp();
	const session = open([insn(0x61, 2, 1, 0), insn(0x73, 2, 2, 3), insn(0x05, 0, 0, -1)]);
	const seen: unknown[] = [];
	session.onAccess = (address, size, write, pc) => seen.push([address, size, write, pc]);
	expect(session.runFor(50)).toBeUndefined();
	expect([session.steps, session.pc, session.depth]).toEqual([50, 2, 0]);
	expect(seen).toEqual([
		[guest.context, 4, false, 0],
		[guest.packet + 3, 1, true, 1],
	]);
	session.stop();
	expect(session.runFor(50)).toMatchObject({ kind: "trap", trap: { kind: "stopped" }, steps: 50 });
});

test("frames show where each function stands", () => {
	const { open } = setUp();
	const insns = [mov(6, 7), callAt(1), exit, mov(6, 8), mov(0, 0), exit];
	const session = open(insns);
	session.runFor(3);
	expect(session.frames().map((f) => [f.pc, f.lo[0], f.stack.name])).toEqual([
		[1, 7, "stack"],
		[4, 8, "stack of frame 1"],
	]);
});
