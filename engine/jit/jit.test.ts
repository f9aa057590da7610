import { expect, test } from "vitest";
import { Random, toHex } from "../base/index.ts";
import { codeOf } from "../isa/index.ts";
import type { RunResult } from "../machine/index.ts";
import { newGuest, programOf, randomPacket, randomProgram, runOn } from "../testing/index.ts";
import { createVm } from "../vm/index.ts";
import { createJit } from "./index.ts";

function withoutSteps({ steps: _, ...result }: RunResult & { steps?: number }) {
	return result;
}

test("random programs end as in the interpreter", () => {
	const vm = newGuest((memory) => createVm(memory));
	const jit = newGuest((memory) => createJit(memory));
	for (let seed = 0; seed < 1000; seed++) {
		const random = new Random(seed);
		const insns = randomProgram(random, {
			length: 10 + random.below(60),
			subprograms: seed % 2 === 0,
			loops: seed % 3 === 0,
		});
		const program = programOf(codeOf(insns));
		for (let i = 0; i < 3; i++) {
			const packet = randomPacket(random);
			const a = runOn(vm, program, packet);
			const b = runOn(jit, program, packet);
			expect(b.result, `seed ${seed}`).toEqual(withoutSteps(a.result));
			expect(toHex(b.bytes), `seed ${seed}`).toBe(toHex(a.bytes));
		}
	}
}, 60000);
