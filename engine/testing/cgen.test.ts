// Random C programs: what the compiler makes of them does in the checked interpreter what the host's compiler makes of them does.
// CGEN=first:count runs others, and prints what was counted: `CGEN=0:50000 npx vitest run engine/testing/cgen.test.ts`.

import { expect, test } from "vitest";
import { Random } from "../base/index.ts";
import type { Cpu } from "../cc/index.ts";
import {
	build,
	type HostCase,
	hostCompiler,
	randomInputs,
	runInVm,
	runOnHost,
	wrapper,
} from "./ccrun.ts";
import { randomC } from "./cgenprogram.ts";

const chosen = process.env["CGEN"];
const [first = 0, count = 60] = (chosen ?? "0:60").split(":").map(Number);
const BATCH = 60;
const host = hostCompiler();
const cpus: readonly Cpu[] = [1, 2, 3, 3, 4, 4];

interface Case extends HostCase {
	readonly cpu: Cpu;
	readonly level: 0 | 2;
}

function caseOf(seed: number): Case {
	const random = new Random(seed);
	const cpu = cpus[seed % cpus.length] ?? 3;
	const text = randomC(random, {
		id: seed,
		division: cpu === 4,
		cpu,
		wide: seed % 5 === 0,
		size: 4 + random.below(14),
	});
	return { id: seed, text, inputs: randomInputs(random, 3), cpu, level: seed % 8 === 7 ? 0 : 2 };
}

/** `small`: it ran; `stack`: it needs more than there is. Anything else is said. */
function outcome({ id, text, inputs, cpu, level }: Case, expected: readonly bigint[]): string {
	const made = build(text + wrapper(id), { cpu, level });
	if ("failure" in made) return /stack/.test(made.failure) ? "stack" : `${id}: ${made.failure}`;
	const got = runInVm(made.object, inputs).join(" ");
	return got === expected.join(" ") ? "" : `${id}: ${got} instead of ${expected.join(" ")}`;
}

const name = `${count} random programs${host ? "" : " (skipped: no C compiler)"}`;

test.skipIf(!host)(name, { timeout: 36_000_000 }, () => {
	const wrong: string[] = [];
	let large = 0;
	for (let seed = first; seed < first + count; seed += BATCH) {
		const cases = Array.from({ length: Math.min(BATCH, first + count - seed) }, (_, i) =>
			caseOf(seed + i),
		);
		const expected = runOnHost(host ?? "cc", cases);
		for (const c of cases) {
			const said = outcome(c, expected.get(c.id) ?? []);
			if (said === "stack") large++;
			else if (said !== "") wrong.push(said);
		}
		if (chosen) process.stdout.write(`${seed}: ${wrong.length} wrong, ${large} too large\n`);
	}
	expect(wrong).toEqual([]);
	expect(large).toBeLessThan(count / 4);
});
