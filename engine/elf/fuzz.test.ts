// Hostile files: whatever is read, linked to a kernel's types or written again, there is a value or an error, soon, in little memory.
// FUZZ_RUNS, FUZZ_SEED and FUZZ_OBJECTS (a directory) make it longer, other, and of other objects.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Random } from "../base/index.ts";
import { decodeBtf } from "../btf/index.ts";
import { spoil } from "../testing/index.ts";
import { readObject, readRelocatable, targetOf, writeObject, writeRelocatable } from "./index.ts";

const runs = Number(process.env["FUZZ_RUNS"] ?? 1500);
const seed = Number(process.env["FUZZ_SEED"] ?? 1);
const own = join(import.meta.dirname, "../testdata/elf");
const folder = process.env["FUZZ_OBJECTS"] ?? own;
const LARGEST = 200_000;

const seeds = readdirSync(folder)
	.filter((name) => name.endsWith(".o"))
	.map((name) => new Uint8Array(readFileSync(join(folder, name))))
	.filter((bytes) => bytes.length <= LARGEST);
const kernel = new Uint8Array(readFileSync(join(own, "kernel.o")));
const whole = targetOf(kernel).value;

const MOST_BYTES = 256 << 20;
const MOST_MS = 5000;

/** What one reading comes to: a value, a refusal, or nothing at all, which is a fault. */
function read(bytes: Uint8Array, random: Random): "value" | "refused" | "nothing" {
	const target = random.below(4) === 0 ? targetOf(spoil(kernel, random)).value : whole;
	const { value, diagnostics } = readObject(bytes, "x", target ? { target } : {});
	if (!value) return diagnostics.length ? "refused" : "nothing";
	if (value.btf && !decodeBtf(value.btf).value) return "nothing";
	if (random.below(4) === 0) writeObject(value);
	const plain = readRelocatable(bytes).value;
	if (plain && random.below(4) === 0 && !readRelocatable(writeRelocatable(plain)).value)
		return "nothing";
	return "value";
}

test(`${runs} damaged objects give an error or a value`, { timeout: 3_600_000 }, () => {
	const counts = { value: 0, refused: 0, nothing: 0 };
	let most = 0;
	let slowest = 0;
	for (let run = 0; run < runs; run++) {
		const random = new Random(seed * 1_000_003 + run);
		const bytes = spoil(seeds[random.below(seeds.length)] ?? kernel, random);
		const cpu = process.cpuUsage();
		const before = process.memoryUsage();
		try {
			counts[read(bytes, random)]++;
		} catch (error) {
			throw new Error(`run ${run} of seed ${seed} throws`, { cause: error });
		}
		const after = process.memoryUsage();
		const { user, system } = process.cpuUsage(cpu);
		slowest = Math.max(slowest, (user + system) / 1000);
		most = Math.max(
			most,
			after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers,
		);
	}
	if (process.env["FUZZ_RUNS"])
		console.log({ ...counts, mostBytes: most, slowestMs: Math.round(slowest) });
	expect(counts.nothing).toBe(0);
	expect(counts.value).toBeGreaterThan(runs / 10);
	expect(counts.refused).toBeGreaterThan(runs / 50);
	expect(most).toBeLessThan(MOST_BYTES);
	if (slowest > MOST_MS) console.warn(`the slowest reading took ${Math.round(slowest)} ms`);
});
