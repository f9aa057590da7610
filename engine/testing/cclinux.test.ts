// Random C programs in the running Linux: what Skep makes of them is accepted and gives what clang's object gives.

import { afterAll, expect, test } from "vitest";
import { Random } from "../base/index.ts";
import { clangForBpf, clangObject, runOnLinux } from "./cclinux.ts";
import { build, randomInputs, wrapper } from "./ccrun.ts";
import { randomC } from "./cgenprogram.ts";
import { Linux } from "./linux.ts";

const opened = await Linux.open();
const linux = "linux" in opened ? opened.linux : undefined;
afterAll(() => linux?.end());
const clang = clangForBpf();
const missing = linux ? (clang ? "" : "no clang for BPF") : "Linux cannot be asked";

test.skipIf(missing !== "")(
	`random programs of Skep and of clang${missing ? ` (skipped: ${missing})` : ""}`,
	{ timeout: 60_000 },
	async () => {
		let compared = 0;
		for (let seed = 0; seed < 10; seed++) {
			const random = new Random(seed);
			const text = randomC(random, { id: seed, division: true, cpu: 4, size: 5 }) + wrapper(seed);
			const inputs = randomInputs(random, 3);
			const made = build(text, { cpu: 4, level: 2 });
			const theirs = clang ? clangObject(clang, text, 4) : "";
			if (!linux || "failure" in made || typeof theirs === "string") continue;
			const wanted = await runOnLinux(linux, theirs, inputs);
			if (typeof wanted === "string") continue;
			expect(await runOnLinux(linux, made.object, inputs), `seed ${seed}`).toEqual(wanted);
			compared++;
		}
		expect(compared).toBeGreaterThan(3);
	},
);
