// Random XDP programs in the running Linux: what it accepts from clang it accepts from Skep, and they do the same.
// CGEN_ACCEPT=first:count runs others, and prints what was counted.

import { afterAll, expect, test } from "vitest";
import { Random, toHex } from "../base/index.ts";
import type { Cpu } from "../cc/index.ts";
import { loadRequest, type ObjectFile } from "../object/index.ts";
import { clangForBpf, clangObject } from "./cclinux.ts";
import { build } from "./ccrun.ts";
import { randomPackets, randomXdp } from "./cgenaccept.ts";
import { Linux } from "./linux.ts";

const chosen = process.env["CGEN_ACCEPT"];
const [first = 0, count = 12] = (chosen ?? "0:12").split(":").map(Number);
const opened = await Linux.open();
const linux = "linux" in opened ? opened.linux : undefined;
afterAll(() => linux?.end());
const clang = clangForBpf();
const missing = linux ? (clang ? "" : "no clang for BPF") : "Linux cannot be asked";

interface Verdict {
	readonly ok: boolean;
	/** What every packet became, or the last words of the log. */
	readonly said: string;
}

async function verdict(kernel: Linux, object: ObjectFile, data: Uint8Array[]): Promise<Verdict> {
	const program = object.programs.find((p) => p.name === "prog");
	if (!program) return { ok: false, said: "no program" };
	const loaded = await kernel.load(loadRequest(object, program), { logLevel: 1 });
	if (!loaded.ok) {
		const words = loaded.log.trim().split("\n").slice(-4).join(" / ");
		return { ok: false, said: `${loaded.stage} ${loaded.errno}: ${words}` };
	}
	let said = "";
	for (const bytes of data) {
		const { retval, data: out } = await kernel.run(loaded.fd, { data: bytes });
		said += `${retval} ${toHex(out)} `;
	}
	await kernel.close(loaded);
	return { ok: true, said };
}

test.skipIf(missing !== "")(
	`${count} programs accepted from clang${missing ? ` (skipped: ${missing})` : ""}`,
	{ timeout: 36_000_000 },
	async () => {
		const wrong: string[] = [];
		let compared = 0;
		for (let seed = first; linux && seed < first + count; seed++) {
			const random = new Random(seed);
			const text = randomXdp(random);
			const cpu: Cpu = seed % 2 ? 4 : 3;
			const data = randomPackets(random, 4);
			const theirs = clangObject(clang ?? "clang", text, cpu);
			if (typeof theirs === "string") throw new Error(`${seed}: ${theirs}`);
			const wanted = await verdict(linux, theirs, data);
			if (!wanted.ok) continue;
			compared++;
			const made = build(text, { cpu, level: 2 });
			const got = "failure" in made ? made.failure : await verdict(linux, made.object, data);
			if (typeof got === "string" || got.said !== wanted.said)
				wrong.push(`${seed}: ${typeof got === "string" ? got : got.said}`);
		}
		if (chosen) process.stdout.write(`${compared} accepted, ${wrong.length} wrong\n`);
		expect(wrong).toEqual([]);
		expect(compared).toBeGreaterThan(count / 2);
	},
);
