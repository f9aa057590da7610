// Any bytes at all: the interpreter ends or traps, the compiler makes a module that ends or traps, and where both end
// without touching memory that is not the program's they agree.

import { expect, test } from "vitest";
import { Random } from "../base/index.ts";
import type { Insn } from "../isa/index.ts";
import { codeOf, INSTRUCTIONS } from "../isa/index.ts";
import { insn, newGuest, programOf, runOn } from "../testing/index.ts";
import { createVm } from "../vm/index.ts";
import { createJit } from "./index.ts";

function anything(random: Random, length: number): Insn[] {
	return Array.from({ length }, () => {
		const row = INSTRUCTIONS[random.below(INSTRUCTIONS.length)];
		const wild = random.below(8) === 0;
		const near = random.below(2 * length) - length;
		return insn(
			wild || !row ? random.below(256) : row.opcode,
			random.below(wild ? 16 : 11),
			wild ? random.below(16) : (row?.match.src ?? random.below(11)),
			wild ? random.u32() >> 16 : (row?.match.off ?? (random.below(2) ? near : 0)),
			wild ? random.u32() | 0 : (row?.match.imm ?? (random.below(2) ? near : random.u32() | 0)),
		);
	}).map((i) => ({ ...i, off: (i.off << 16) >> 16 }));
}

test("random instructions end or trap", () => {
	const vm = newGuest((memory) => createVm(memory, { fuel: 10000 }));
	const jit = newGuest((memory) => createJit(memory, { fuel: 1000 }));
	let agreed = 0;
	let ended = 0;
	for (let seed = 0; seed < 3000; seed++) {
		const random = new Random(seed);
		const program = programOf(codeOf([...anything(random, 2 + random.below(12)), insn(0x95, 0)]));
		const packet = new Uint8Array(64);
		const a = runOn(vm, program, packet).result;
		const b = runOn(jit, program, packet).result;
		if (a.kind === "exit") {
			ended++;
			// A value that depends on where a stack lies differs between the two.
			expect(b.kind, `seed ${seed}`).toBe("exit");
			if (b.kind === "exit" && a.lo === b.lo && a.hi === b.hi) agreed++;
		}
	}
	expect(ended).toBeGreaterThan(100);
	expect(agreed / ended).toBeGreaterThan(0.9);
}, 60000);
