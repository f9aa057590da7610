import { expect, test, vi } from "vitest";
import { Random } from "../base/index.ts";
import type { Insn } from "../isa/index.ts";
import { codeOf } from "../isa/index.ts";
import type { HelperTable } from "../machine/index.ts";
import {
	insn,
	newGuest,
	programOf,
	randomPacket,
	randomProgram,
	setPacket,
} from "../testing/index.ts";
import type { Session, Vm } from "../vm/index.ts";
import { createVm } from "../vm/index.ts";
import type { HostState } from "./index.ts";
import { Debugger } from "./index.ts";

vi.setConfig({ testTimeout: 60000 });

function open(insns: readonly Insn[], helpers?: HelperTable) {
	let vm: Vm | undefined;
	const guest = newGuest((memory) => {
		vm = createVm(memory);
		return vm;
	});
	setPacket(guest, new Uint8Array(64));
	if (!vm) throw new Error("no executor");
	const program = programOf(codeOf(insns), helpers ? { helpers } : {});
	const { session } = vm.open(program, guest.context);
	return { session, guest };
}

function digest(words: Int32Array): number {
	let sum = 0;
	for (const word of words) sum = Math.imul(sum ^ word, 0x01000193);
	return sum;
}

const look = (s: Session) => ({
	pc: s.pc,
	steps: s.steps,
	depth: s.depth,
	lo: [...s.lo],
	hi: [...s.hi],
	result: s.result,
	bytes: digest(s.memory.i32.subarray(0, s.memory.used >> 2)),
});

/** r6 = packet; 20 turns of { packet[turn] = helper(); call f }. */
const looping: Insn[] = [
	insn(0x61, 6, 1, 0),
	insn(0xb7, 7, 0, 0, 20),
	insn(0x85, 0, 0, 0, 7),
	insn(0x73, 6, 0, 0),
	insn(0x85, 0, 1, 0, 5),
	insn(0x07, 6, 0, 0, 1),
	insn(0x17, 7, 0, 0, 1),
	insn(0x55, 7, 0, -6, 0),
	insn(0xb7, 0, 0, 0, 2),
	insn(0x95, 0),
	insn(0x7a, 10, 0, -8, 5),
	insn(0x95, 0),
];

function counting(): { helpers: HelperTable; host: HostState } {
	let state = 1;
	const run = () => {
		state = (state * 5 + 3) & 0xff;
		return state;
	};
	return {
		helpers: new Map([[7, { name: "get_prandom_u32", args: 0, run }]]),
		host: {
			save: () => state,
			restore: (s) => {
				state = s as number;
			},
		},
	};
}

test("every step comes back exactly, from any checkpoint spacing", () => {
	for (const interval of [1, 7, 50, 1000]) {
		const { helpers, host } = counting();
		const { session } = open(looping, helpers);
		const seen = [look(session)];
		const debug = new Debugger(session, host, { interval });
		for (;;) {
			const stop = debug.move({ kind: "step" });
			seen.push(look(session));
			if (stop?.kind === "end") break;
		}
		for (const at of [0, 1, 5, 60, 30, 31, seen.length - 1, 17, 2]) {
			debug.goTo(at);
			expect(look(session)).toEqual(seen[at]);
		}
		debug.goTo(40);
		expect(debug.back()).toEqual({ kind: "moved" });
		expect(look(session)).toEqual(seen[39]);
	}
});

test("random programs are replayed with bounded memory", () => {
	for (let seed = 0; seed < 15; seed++) {
		const random = new Random(seed);
		const insns = randomProgram(random, { length: 40, subprograms: true, loops: true });
		const { session, guest } = open(insns);
		setPacket(guest, randomPacket(random));
		const debug = new Debugger(session, undefined, { interval: 3, limit: 16 * 4096 });
		const seen = [look(session)];
		while (debug.move({ kind: "step" })?.kind !== "end") seen.push(look(session));
		for (let i = 0; i < 10; i++) {
			const at = random.below(seen.length);
			debug.goTo(at);
			expect(look(session), `seed ${seed}`).toEqual(seen[at]);
		}
	}
});

test("over, out, cursor and their ways back", () => {
	const { helpers, host } = counting();
	const { session } = open(looping, helpers);
	const debug = new Debugger(session, host, { interval: 10 });
	expect(debug.move({ kind: "cursor", pc: 4 })).toEqual({ kind: "cursor" });
	debug.move({ kind: "over" });
	expect([session.pc, session.depth]).toEqual([5, 0]);
	debug.backOver();
	expect([session.pc, session.depth]).toEqual([4, 0]);
	debug.move({ kind: "step" });
	expect([session.pc, session.depth]).toEqual([10, 1]);
	expect(session.frames().map((f) => f.pc)).toEqual([4, 10]);
	debug.move({ kind: "step" });
	debug.move({ kind: "out" });
	expect([session.pc, session.depth]).toEqual([5, 0]);
	debug.back();
	expect(session.depth).toBe(1);
	debug.backOut();
	expect([session.pc, session.depth]).toEqual([4, 0]);
	expect(debug.move({ kind: "continue" })).toMatchObject({ kind: "end", result: { lo: 2 } });
	debug.goTo(0);
	expect(debug.back()).toEqual({ kind: "start" });
});

test("breakpoints with conditions, forwards and back", () => {
	const { helpers, host } = counting();
	const { session } = open(looping, helpers);
	const debug = new Debugger(session, host);
	const { id } = debug.addBreakpoint(6, {
		condition: { register: 7, comparison: "<=", lo: 10, hi: 0 },
	});
	expect(debug.move({ kind: "continue" })).toEqual({ kind: "breakpoint", id });
	expect(session.lo[7]).toBe(10);
	debug.move({ kind: "continue" });
	expect(session.lo[7]).toBe(9);
	expect(debug.backToBreakpoint()).toEqual({ kind: "breakpoint", id });
	expect(session.lo[7]).toBe(10);
	expect(debug.backToBreakpoint()).toEqual({ kind: "start" });
	debug.enable(id, false);
	expect(debug.move({ kind: "continue" })?.kind).toBe("end");
});

test("watchpoints on registers and memory", () => {
	const { helpers, host } = counting();
	const { session, guest } = open(looping, helpers);
	const debug = new Debugger(session, host);
	const memory = { kind: "memory", address: guest.packet + 3, size: 1, on: "write" } as const;
	const { id } = debug.addWatchpoint(memory);
	expect(debug.move({ kind: "continue" })).toEqual({ kind: "watchpoint", id, pc: 3 });
	expect(session.lo[7]).toBe(17);
	debug.remove(id);
	const other = debug.addWatchpoint({ kind: "register", register: 7 });
	expect(debug.move({ kind: "continue" })).toEqual({ kind: "watchpoint", id: other.id, pc: 6 });
	debug.remove(other.id);
	debug.addWatchpoint({ ...memory, on: "read" });
	expect(debug.move({ kind: "continue" })?.kind).toBe("end");
});

test("each byte names the instruction that wrote it, helpers too", () => {
	const run: HelperTable = new Map([
		[
			7,
			{
				name: "store",
				args: 1,
				run: (call, at) => {
					call.memory.u8[at] = 9;
					return 0;
				},
			},
		],
	]);
	const { session, guest } = open(
		[
			insn(0x61, 6, 1, 0),
			insn(0x6a, 6, 0, 2, 0x102),
			insn(0xbf, 1, 6),
			insn(0x85, 0, 0, 0, 7),
			insn(0x72, 6, 0, 3, 5),
			insn(0x95, 0),
		],
		run,
	);
	const debug = new Debugger(session);
	debug.move({ kind: "continue" });
	const { pc, step } = debug.writers(guest.packet, 5);
	expect([...pc]).toEqual([3, -1, 1, 4, -1]);
	expect([...step]).toEqual([3, -1, 1, 4, -1]);
	expect(session.result?.kind).toBe("exit");
});

test("a register changed by hand makes another future", () => {
	const { helpers, host } = counting();
	const { session } = open(looping, helpers);
	const debug = new Debugger(session, host, { interval: 5 });
	debug.move({ kind: "continue" });
	debug.goTo(12);
	debug.setRegister(7, 1, 0);
	const end = debug.move({ kind: "continue" });
	expect(end?.kind === "end" && end.result.steps).toBeLessThan(30);
	debug.goTo(12);
	expect(session.lo[7]).toBe(1);
});
