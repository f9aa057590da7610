// Time of compiled programs against the running kernel's, in one run: nanoseconds a packet inside the batch driver, and
// the kernel's own mean of a long test run. Results and packets of both are compared first.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assemble } from "../asm/index.ts";
import { toHex } from "../base/index.ts";
import { Kernel } from "../kernel/index.ts";
import type { LoadRequest, MapEntry } from "../object/index.ts";
import { loadRequest } from "../object/index.ts";
import { Linux } from "../testing/index.ts";
import { createVm } from "../vm/index.ts";
import { createJit } from "./index.ts";

const PROGRAMS = ["pass", "parse", "count", "flows", "mix", "siphash", "sum", "rewrite"];
const ROUNDS = 5;
const folder = join(process.cwd(), "engine/testdata/jit");

/** A TCP packet from 10.0.0.1:1234 to 10.0.0.2:80, 1514 bytes. */
function packet(): Uint8Array {
	const bytes = new Uint8Array(1514);
	for (let i = 54; i < bytes.length; i++) bytes[i] = (i * 31) & 0xff;
	bytes.set([
		2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0, 0x45, 0, 5, 0xdc, 0, 0, 0, 0, 64, 6, 0x61, 0x10,
	]);
	bytes.set([10, 0, 0, 1, 10, 0, 0, 2, 4, 0xd2, 0, 80], 26);
	bytes[46] = 0x50;
	return bytes;
}

/** 1024 flows, the packet's among them. */
function flows(): MapEntry[] {
	return Array.from({ length: 1024 }, (_, i) => {
		const key = new Uint8Array(16);
		key.set(packet().subarray(26, 38));
		key[12] = 6;
		key[1] = i >> 5;
		key[2] = (i & 31) << 3;
		return { key, value: new Uint8Array(16) };
	});
}

function request(name: string): LoadRequest {
	const { value, diagnostics } = assemble(readFileSync(join(folder, `${name}.s`), "utf8"), name);
	const program = value?.programs[0];
	if (!value || !program) throw new Error(`${name}: ${diagnostics[0]?.message}`);
	const loaded = loadRequest(value, program, 6);
	if (name !== "flows") return loaded;
	return { ...loaded, maps: loaded.maps.map((map) => ({ ...map, init: flows() })) };
}

const median = (numbers: number[]) =>
	numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;

function cpu(): number {
	const { user, system } = process.cpuUsage();
	return user + system;
}

/** Compiled programs of one guest; nanoseconds of CPU time a packet. */
class Subject {
	readonly #runMany: (count: number) => number;
	readonly result: string;
	#count = 64;

	constructor(name: string, kind: "jit" | "vm") {
		const kernel = new Kernel();
		const executor = kind === "jit" ? createJit(kernel.memory) : createVm(kernel.memory);
		const loading = kernel.loadProgram(request(name), executor);
		if (!("program" in loading)) throw new Error(`${name}: ${JSON.stringify(loading.failure)}`);
		const { program } = loading;
		const answer = kernel.testRun(program, { data: packet() });
		this.result = `${answer.retval} ${toHex(answer.dataOut ?? new Uint8Array())}`;
		const prepared = kernel.prepareRun(program, { data: packet() });
		if (!("context" in prepared)) throw new Error(`${name}: no run`);
		this.#runMany = (count) => {
			const start = cpu();
			const result = program.runner.runMany?.(prepared.context, count);
			if (result?.kind !== "exit") throw new Error(`${name}: ${JSON.stringify(result)}`);
			return cpu() - start;
		};
		for (let i = 0; i < 60; i++) this.measure(3000);
	}

	/** Runs slices until `us` microseconds went by. */
	measure(us: number): number {
		let spent = 0;
		let runs = 0;
		while (spent < us) {
			const slice = this.#runMany(this.#count);
			if (slice < 1000) this.#count *= 2;
			spent += slice;
			runs += this.#count;
			if (slice < 1000) {
				spent = 0;
				runs = 0;
			}
		}
		return (spent * 1000) / runs;
	}
}

async function compare(linux: Linux, name: string, repeat: number): Promise<number[]> {
	const loaded = await linux.load(request(name));
	if (!loaded.ok) throw new Error(`${name}: errno ${loaded.errno}`);
	const single = await linux.run(loaded.fd, { data: packet() });
	const expected = `${single.retval} ${toHex(single.data)}`;
	const jit = new Subject(name, "jit");
	const vm = new Subject(name, "vm");
	for (const subject of [jit, vm])
		if (subject.result !== expected) throw new Error(`${name}: another result than Linux's`);
	const rows: number[][] = [[], [], [], []];
	for (let round = 0; round < ROUNDS; round++) {
		const { durationNs } = await linux.run(loaded.fd, { data: packet(), repeat });
		const compiled = jit.measure(60000);
		rows[0]?.push(durationNs);
		rows[1]?.push(compiled);
		rows[2]?.push(compiled / durationNs);
		rows[3]?.push(vm.measure(20000));
	}
	await linux.close(loaded);
	return rows.map(median);
}

/** One line a program. */
export async function run(): Promise<string[]> {
	// The kernel's child process does not keep this one alive.
	const alive = setInterval(() => {}, 1000);
	try {
		return await measure();
	} finally {
		clearInterval(alive);
	}
}

async function measure(): Promise<string[]> {
	const opened = await Linux.open();
	if (!("linux" in opened)) return [`skipped: ${opened.reason}`];
	const lines = ["ns per packet     Linux      JIT    ratio   interpreter"];
	const ratios: number[] = [];
	for (const name of PROGRAMS) {
		const heavy = ["mix", "siphash", "sum"].includes(name);
		const [linux = 0, jit = 0, ratio = 0, vm = 0] = await compare(
			opened.linux,
			name,
			name === "mix" ? 5000 : heavy ? 100000 : 2000000,
		);
		const cells = [linux.toFixed(1), jit.toFixed(1), ratio.toFixed(3), vm.toFixed(0)];
		lines.push(`${name.padEnd(12)}${cells.map((c) => c.padStart(9)).join("")}`);
		if (name !== "pass") ratios.push(ratio);
	}
	const mean = Math.exp(ratios.reduce((sum, r) => sum + Math.log(r), 0) / ratios.length);
	lines.push(`geometric mean without pass: ${mean.toFixed(3)}`);
	opened.linux.end();
	return lines;
}
