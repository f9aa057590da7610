// Large C programs: accepted by Linux from Skep's compiler where they are from clang's, and on every packet the same return value,
// packet and map contents from clang's object in Linux, from Skep's in Linux, in the interpreter and as WebAssembly. What clang's
// objects gave is in clang.json; with BLESS=1 this file records it anew.

import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type Target, targetOf } from "../elf/index.ts";
import { judge, simulatedTypes } from "../workbench/index.ts";
import {
	byClang,
	bySkep,
	compared,
	inSkep,
	largeFolder,
	largeSources,
	type OnLinux,
	type Outcome,
	onLinux,
	type Source,
	sourceOf,
} from "./cclarge.ts";
import { clangForBpf } from "./cclinux.ts";
import { largePackets } from "./ccpackets.ts";
import { Linux } from "./linux.ts";

interface Recorded {
	readonly [program: string]: {
		readonly ok: boolean;
		readonly insns: number;
		readonly processed: number;
	};
}
interface Golden {
	readonly [file: string]: { readonly programs: Recorded; readonly outcome?: string };
}

const goldenPath = join(largeFolder, "clang.json");
const golden: Golden = existsSync(goldenPath) ? JSON.parse(readFileSync(goldenPath, "utf8")) : {};
const only = process.env["LARGE"] ?? "";
const files = largeSources().filter((f) => f.includes(only));
const packets = largePackets();
const opened = await Linux.open();
const linux = "linux" in opened ? opened.linux : undefined;
afterAll(() => linux?.end());

const running = "/sys/kernel/btf/vmlinux";
const types: Target | undefined =
	linux && existsSync(running)
		? targetOf(new Uint8Array(readFileSync(running))).value
		: await simulatedTypes();
const cpus = linux ? possibleCpus() : 1;

function possibleCpus(): number {
	const text = readFileSync("/sys/devices/system/cpu/possible", "utf8").trim();
	return Number(text.split("-").at(-1)) + 1;
}

/** Maps that both compilers lay out alike: not the data sections. */
function digest({ packets: answers, maps }: Outcome): string {
	const named = Object.entries(maps).filter(([name]) => /^\w+$/.test(name));
	named.sort(([a], [b]) => (a < b ? -1 : 1));
	const text = JSON.stringify([answers, named]);
	return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

async function clangSide(source: Source): Promise<OnLinux | string> {
	const clang = clangForBpf();
	if (!clang || !linux) return "no clang, or Linux cannot be asked";
	const object = byClang(source, clang, types);
	return typeof object === "string" ? object : onLinux(linux, object, source, packets, cpus);
}

async function record(): Promise<void> {
	const all: Record<string, Golden[string]> = { ...golden };
	for (const file of files) {
		const side = await clangSide(sourceOf(file));
		if (typeof side === "string") throw new Error(`${file}: ${side}`);
		const programs = Object.fromEntries(
			[...side.verdicts].map(([name, { ok, judged, insns, processed, log }]) => {
				if (judged && !ok) console.log(`clang's ${file} ${name} is refused: ${log}`);
				return [name, { ok, insns, processed }];
			}),
		);
		all[file] = { programs, ...(side.outcome ? { outcome: digest(side.outcome) } : {}) };
	}
	const known = new Set(largeSources());
	for (const file of Object.keys(all)) if (!known.has(file)) delete all[file];
	const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
	writeFileSync(goldenPath, `${JSON.stringify(sorted, undefined, "\t")}\n`);
}

const size: number[] = [];
const work: number[] = [];
const mean = (list: readonly number[]) =>
	Math.exp(list.reduce((sum, ratio) => sum + Math.log(ratio), 0) / Math.max(1, list.length));

if (process.env["BLESS"])
	test("record what clang's objects give", { timeout: 300_000 }, () => record());
else
	describe.each(files)("%s", (file) => {
		const source = sourceOf(file);
		const object = bySkep(source, types);

		test("compiles", () => {
			expect(typeof object === "string" ? object : "").toBe("");
			expect(golden[file]).toBeDefined();
		});

		test("is accepted by Skep's verifier", () => {
			if (typeof object === "string") return;
			for (const program of object.programs) {
				const { ok, log, unsupported } = judge(object, program, {
					logLevel: 1,
					...(types ? { kernel: types.btf } : {}),
				});
				expect([program.name, unsupported, ok ? "" : log]).toEqual([program.name, undefined, ""]);
			}
		});

		test.skipIf(!linux || typeof object === "string")(
			"gives what clang's object gives",
			async () => {
				if (!linux || typeof object === "string") return;
				const real = await onLinux(linux, object, source, packets, cpus);
				if (typeof real === "string") throw new Error(real);
				for (const [name, theirs] of Object.entries(golden[file]?.programs ?? {})) {
					const ours = real.verdicts.get(name);
					if (theirs.ok) expect(ours?.ok ? "" : `${name}: ${ours?.log}`).toBe("");
					if (!ours || !theirs.ok) continue;
					size.push(ours.insns / theirs.insns);
					if (theirs.processed && ours.processed) work.push(ours.processed / theirs.processed);
					if (process.env["LARGE_SAY"])
						console.log(
							file,
							name,
							ours.insns,
							theirs.insns,
							ours.processed,
							theirs.processed,
							ours.ok,
							theirs.ok,
						);
				}
				if (!real.outcome) return;
				if (digest(real.outcome) !== golden[file]?.outcome) {
					const side = await clangSide(source);
					if (typeof side === "string") throw new Error(side);
					expect(real.outcome.packets).toEqual(side.outcome?.packets);
					const named = compared(object, source).filter((m) => /^\w+$/.test(m.name));
					for (const { name } of named)
						expect([name, real.outcome.maps[name]]).toEqual([name, side.outcome?.maps[name]]);
					throw new Error("clang.json is of another source: record it anew");
				}
				const accepted = new Set([...real.verdicts].filter(([, v]) => v.ok).map(([name]) => name));
				for (const engine of ["vm", "jit"] as const) {
					const simulated = inSkep(object, source, packets, engine, accepted);
					if (typeof simulated === "string") throw new Error(`${engine}: ${simulated}`);
					expect([engine, simulated.packets]).toEqual([engine, real.outcome.packets]);
					expect([engine, simulated.maps]).toEqual([engine, real.outcome.maps]);
				}
			},
		);
	});

test.skipIf(!linux || !!process.env["BLESS"])(
	"no longer and no harder to verify than clang's",
	() => {
		if (process.env["LARGE_SAY"])
			console.log(
				`${files.length} files, ${size.length} programs: insns ${mean(size)}, processed ${mean(work)}`,
			);
		expect(mean(size)).toBeLessThan(1.05);
		expect(mean(work)).toBeLessThan(1.1);
	},
);
