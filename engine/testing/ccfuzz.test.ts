// Any text: diagnostics or an object, never a throw, and never without an end.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Random } from "../base/index.ts";
import { builtinHeaders, type Cpu, compile } from "../cc/index.ts";
import { mutatedC } from "./ccfuzz.ts";

const data = join(import.meta.dirname, "../testdata/cc");
const common = readFileSync(join(data, "programs/common.h"), "utf8");
const seeds = ["torture", "programs"].flatMap((folder) =>
	readdirSync(join(data, folder))
		.filter((f) => f.endsWith(".c"))
		.map((f) => readFileSync(join(data, folder, f), "utf8")),
);
const builtin = builtinHeaders();

test("mutated programs end in diagnostics or an object", { timeout: 60_000 }, () => {
	const random = new Random(5);
	const ends = { object: 0, refused: 0 };
	for (let i = 0; i < 150; i++) {
		const text = mutatedC(random, seeds);
		const cpu = (1 + random.below(4)) as Cpu;
		const { value, diagnostics } = compile(
			{ name: "a.c", text },
			{ read: (path) => (path.endsWith("common.h") ? common : undefined), builtin, cpu },
		);
		if (value) ends.object++;
		else ends.refused++;
		expect(value !== undefined || diagnostics.some((d) => d.severity === "error"), text).toBe(true);
	}
	expect(ends.refused).toBeGreaterThan(40);
	expect(ends.object).toBeGreaterThan(3);
});
