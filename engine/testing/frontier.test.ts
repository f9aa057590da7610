// Generated programs against the running Linux, by fixed seeds. FRONTIER=first:count and WILD=first:count choose others, and print
// what was counted.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readObject, targetOf } from "../elf/index.ts";
import { type LoadRequest, loadRequest } from "../object/index.ts";
import { broken } from "./broken.ts";
import { summary } from "./conformance.ts";
import { frontier } from "./frontier.ts";
import { judgeWith } from "./judge.ts";
import { Linux } from "./linux.ts";
import { listsVariables, runningKernel } from "./machine.ts";
import { compareMany } from "./many.ts";
import { mutant, poolOf } from "./mutant.ts";
import { rawRequest } from "./rawcase.ts";
import { holding, resourcesOf } from "./resources.ts";
import { kfuncIds, wild } from "./wild.ts";

const PATIENCE = 6000;
const opened = await Linux.open();
const why = "reason" in opened ? ` (skipped: ${opened.reason})` : "";
const chosen = process.env["FRONTIER"];
const [first = 0, count = 20_000] = (chosen ?? "0:20000").split(":").map(Number);

function generated(seed: number) {
	const raw = frontier(seed);
	const request = rawRequest(raw);
	if (typeof request === "string") throw new Error(request);
	return { descr: raw.descr, request };
}

test.skipIf("reason" in opened)(
	`${count} programs of the frontier${why}`,
	{ timeout: 3_600_000 },
	async () => {
		if ("reason" in opened) return;
		const judge = judgeWith(undefined, { insnLimit: PATIENCE + 1 });
		const options = { first, count, logEvery: 40, patience: PATIENCE };
		const { findings, counts } = await compareMany(generated, opened.linux, judge, options);
		if (chosen) process.stdout.write(`${JSON.stringify(counts)}\n${summary(findings)}\n`);
		expect(findings).toEqual([]);
		expect(counts.accepted).toBeGreaterThan(count / 10);
		expect(counts.rejected).toBeGreaterThan(count / 10);
	},
);

const running = "/sys/kernel/btf/vmlinux";
const target = existsSync(running)
	? targetOf(new Uint8Array(readFileSync(running))).value
	: undefined;
const kernel = target?.btf;
const ids = kernel && kfuncIds(kernel);
const machine = runningKernel();
const folder = join(import.meta.dirname, "../testdata/verifier/objects");

/** The programs of the compiled test objects that can be put to the kernel. */
function compiled(): LoadRequest[] {
	const options = { kernel: machine, ...(target ? { target } : {}) };
	return readdirSync(folder)
		.filter((file) => file.endsWith(".o"))
		.flatMap((file) => {
			const bytes = new Uint8Array(readFileSync(join(folder, file)));
			const object = readObject(bytes, file.slice(0, -2), options).value;
			return (object?.programs ?? []).flatMap((program) => {
				const { type, fault, unsupported } = program;
				if (!object || type === undefined || fault || unsupported) return [];
				return [loadRequest(object, program, type)];
			});
		});
}

test.skipIf("reason" in opened || !ids)(
	`compiled programs with a slip in each${why}`,
	{ timeout: 600_000 },
	async () => {
		if ("reason" in opened || !ids) return;
		const bases = compiled();
		expect(bases.length).toBeGreaterThan(20);
		const dataSymbols = listsVariables(machine);
		const judge = judgeWith(kernel, { insnLimit: PATIENCE + 1, dataSymbols });
		const options = { first: 0, count: 240, logEvery: 3, patience: PATIENCE };
		const pool = poolOf(bases, kernel);
		const make = (seed: number) => {
			const base = bases[seed % bases.length] as LoadRequest;
			return { descr: `${base.name} slip ${seed}`, request: mutant(base, seed, { kernel, pool }) };
		};
		const { findings, counts } = await compareMany(make, opened.linux, judge, options);
		expect(findings).toEqual([]);
		expect(counts.rejected).toBeGreaterThan(80);
	},
);

const other = process.env["WILD"];
const [from = 0, many = 2000] = (other ?? "0:2000").split(":").map(Number);

test.skipIf("reason" in opened || !ids)(
	`${many} programs with callbacks, iterators, locks, any helper${why}`,
	{ timeout: 3_600_000 },
	async () => {
		if ("reason" in opened || !ids) return;
		const judge = judgeWith(kernel, { insnLimit: PATIENCE + 1 });
		const options = { first: from, count: many, logEvery: 10, patience: PATIENCE };
		const make = (seed: number) => wild(seed, ids);
		const { findings, counts } = await compareMany(make, opened.linux, judge, options);
		// Seeds that showed a difference once.
		for (const seed of other ? [] : [617, 117, 129200, 162401, 187742, 233110, 251215]) {
			const one = { ...options, first: seed, count: 1, logEvery: 1 };
			findings.push(...(await compareMany(make, opened.linux, judge, one)).findings);
		}
		if (other) process.stdout.write(`${JSON.stringify(counts)}\n${summary(findings)}\n`);
		expect(findings).toEqual([]);
		expect(counts.accepted).toBeGreaterThan(many / 10);
		expect(counts.rejected).toBeGreaterThan(many / 10);
	},
);

test.skipIf("reason" in opened || !ids)(
	`programs, records and BTF that are broken${why}`,
	{ timeout: 600_000 },
	async () => {
		if ("reason" in opened || !ids) return;
		const judge = judgeWith(kernel, { insnLimit: PATIENCE + 1 });
		const options = { first: 0, count: 1000, logEvery: 4, patience: PATIENCE };
		const make = (seed: number) => broken(seed, ids);
		const { findings, counts } = await compareMany(make, opened.linux, judge, options);
		expect(findings).toEqual([]);
		expect(counts.rejected).toBeGreaterThan(400);
	},
);

const held = process.env["HOLDING"];
const [start, amount] = (held ?? "0:150").split(":").map(Number) as [number, number];

test.skipIf("reason" in opened || !kernel)(
	`${amount} programs that hold resources${why}`,
	{ timeout: 3_600_000 },
	async () => {
		if ("reason" in opened || !kernel) return;
		const resources = resourcesOf(kernel);
		const judge = judgeWith(kernel, { insnLimit: PATIENCE + 1 });
		const options = { first: start, count: amount, logEvery: 2, patience: PATIENCE };
		const make = (seed: number) => holding(seed, resources);
		const { findings, counts } = await compareMany(make, opened.linux, judge, options);
		// Seeds that showed a difference once.
		for (const seed of held ? [] : [748, 10026, 10911, 11178, 11230, 11540, 12654]) {
			const one = { ...options, first: seed, count: 1, logEvery: 1 };
			findings.push(...(await compareMany(make, opened.linux, judge, one)).findings);
		}
		if (held) process.stdout.write(`${JSON.stringify(counts)}\n${summary(findings)}\n`);
		expect(findings).toEqual([]);
		expect(counts.accepted).toBeGreaterThan(amount / 20);
	},
);
