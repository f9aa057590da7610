// `npm run bench -- verifier`: the verifier's CPU time on programs that make it work, beside Linux's time for the same load in the
// same run. Linux is timed by the clock around the call, which favours it on an idle machine and Skep on a busy one. CORPUS=DIRECTORY
// adds the landmarks among the kernel's own test programs, with Linux's own measure of its verifier's time, and memory.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { assemble } from "../asm/index.ts";
import { readObject, targetOf } from "../elf/index.ts";
import { loadRequest } from "../object/index.ts";
import { Linux, ObjectLinux } from "../testing/index.ts";
import { verify } from "./index.ts";

const exit = "\tw0 = 0\n\texit\n";

const programs: Readonly<Record<string, string>> = {
	"loop of 48,000 turns": `\tr6 = 0\nnext:\n${"\tr1 = r6\n\tr1 += 7\n\tr1 &= 255\n\tr2 = r1\n\tr2 <<= 3\n\tr3 = r2\n".repeat(3)}\tr6 += 1\n\tif r6 < 48000 goto next\n${exit}`,
	"100,000 straight instructions": `\tr1 = 1\n${"\tr1 += 3\n\tr1 ^= 5\n".repeat(50_000)}${exit}`,
	"17 diamonds (2^17 paths)": `\tr6 = *(u32 *)(r1 + 0)\n\tr7 = 0\n${Array.from(
		{ length: 17 },
		(_, i) => `\tr2 = r6\n\tr2 &= ${1 << i}\n\tif r2 == 0 goto d${i}\n\tr7 += ${1 << i}\nd${i}:\n`,
	).join("")}\tif r7 > 200000 goto out\nout:\n${exit}`,
};

async function linuxMs(linux: Linux, request: Parameters<Linux["load"]>[0]): Promise<number> {
	const started = performance.now();
	await linux.close(await linux.load(request));
	return performance.now() - started;
}

function cpuMs(work: () => void): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

/** Of the whole process, all programs so far among it. */
const mostMemory = () =>
	`the process took ${(process.resourceUsage().maxRSS / 1000).toFixed(0)} MB at most`;

const median = (all: readonly number[]) => [...all].sort((a, b) => a - b)[all.length >> 1] ?? 0;

const landmarks = [
	["test_verif_scale3", "balancer_ingress"],
	["pyperf100", "on_event"],
	["pyperf50", "on_event"],
	["iters_task_vma", "iter_task_vma_for_each"],
	["access_map_in_map", "access_map_in_array"],
	["loop3", "while_true"],
	["strobemeta", "on_event"],
] as const;

const KERNEL = "/sys/kernel/btf/vmlinux";

/** Linux's own measure in milliseconds, the best of three. */
async function verifierMs(objects: ObjectLinux, file: string, name: string): Promise<number> {
	const ask = { logLevel: 4, logSize: 1 << 20, set: 0, clear: 0, companions: [] };
	const times: number[] = [];
	for (let i = 0; i < 3; i++) {
		const { log } = await objects.load(file, name, ask);
		times.push(Number(/^verification time (\d+) usec/m.exec(log)?.[1] ?? Number.NaN) / 1000);
	}
	return Math.min(...times);
}

async function landmarkRows(folder: string): Promise<string[]> {
	const target = existsSync(KERNEL)
		? targetOf(new Uint8Array(readFileSync(KERNEL))).value
		: undefined;
	const opened = ObjectLinux.open();
	const rows: string[] = [];
	for (const [base, name] of landmarks) {
		const file = join(folder, `${base}.o`);
		if (!existsSync(file)) continue;
		const bytes = new Uint8Array(readFileSync(file));
		const object = readObject(bytes, base, target ? { target } : {}).value;
		const program = object?.programs.find((p) => p.name === name);
		if (!object || !program) continue;
		const request = loadRequest(object, program);
		const options = { trace: true, ...(target ? { kernel: target.btf } : {}) };
		const report = verify(request, options);
		const ours = Math.min(...[1, 2, 3].map(() => cpuMs(() => verify(request, options))));
		const theirs = "objects" in opened ? await verifierMs(opened.objects, file, name) : Number.NaN;
		rows.push(
			`${base}/${name}: ${report.stats.insnsProcessed} processed in ${ours.toFixed(0)} ms, ${(ours / theirs).toFixed(2)} of Linux's ${theirs.toFixed(0)} ms; ${mostMemory()}`,
		);
	}
	if ("objects" in opened) opened.objects.end();
	return rows;
}

export async function run(): Promise<string[]> {
	const opened = await Linux.open();
	const rows: string[] = [];
	for (const [name, text] of Object.entries(programs)) {
		const { value: object } = assemble(
			`\t.section socket\n\t.globl bench\nbench:\n${text}`,
			"bench.s",
		);
		const program = object?.programs[0];
		if (!object || !program) throw new Error(`${name} does not assemble`);
		const request = loadRequest(object, program);
		const report = verify(request);
		const rounds = Array.from({ length: 5 });
		const ours = median(rounds.map(() => cpuMs(() => verify(request))));
		const theirs: number[] = [];
		if ("linux" in opened)
			for (const _ of rounds) theirs.push(await linuxMs(opened.linux, request));
		const traced = cpuMs(() => verify(request, { trace: true }));
		const processed = report.stats.insnsProcessed;
		const rate = (processed / ours / 1000).toFixed(2);
		const ratio = theirs.length
			? `, ${(ours / median(theirs)).toFixed(2)} of Linux's ${median(theirs).toFixed(0)} ms`
			: "";
		rows.push(
			`${name}: ${processed} processed in ${ours.toFixed(0)} ms (${rate} M insn/s)${ratio}; ${traced.toFixed(0)} ms with the trace kept, ${mostMemory()}`,
		);
	}
	const corpus = process.env["CORPUS"];
	return corpus ? [...rows, ...(await landmarkRows(corpus))] : rows;
}
