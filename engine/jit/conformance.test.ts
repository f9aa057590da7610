// The corpus of case files, each program through both executors and the running Linux. A case is `== title`, lines
// `key: value`, and assembly. Without a `.section` of its own the assembly is the middle of an XDP program: r6 is the
// packet, r2 to r5 are its first four words (`in`), r0 goes to word 4 and is the return value. `out` are words 4 and 5,
// `ret` the return value, as Linux gave them: with BLESS=1 in the environment they are asked for and written.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { assemble } from "../asm/index.ts";
import { toHex } from "../base/index.ts";
import { INSTRUCTIONS, rowAt } from "../isa/index.ts";
import { Kernel } from "../kernel/index.ts";
import type { Executor, GuestMemory } from "../machine/index.ts";
import type { LoadRequest } from "../object/index.ts";
import { loadRequest } from "../object/index.ts";
import { Linux } from "../testing/index.ts";
import { createVm } from "../vm/index.ts";
import { createJit } from "./index.ts";

vi.setConfig({ testTimeout: 60000 });

interface Case {
	readonly file: string;
	readonly title: string;
	readonly keys: Map<string, string>;
	readonly source: string;
}

interface Outcome {
	readonly ret: number;
	readonly packet: Uint8Array;
}

const folder = join(import.meta.dirname, "../testdata/conformance");
const files = readdirSync(folder).filter((f) => f.endsWith(".txt"));
const PACKET = 64;
const keyLine = /^(in|out|ret|linux|unsupported): (.*)$/;

function readCases(file: string): Case[] {
	const [, ...parts] = readFileSync(join(folder, file), "utf8").split(/^== /m);
	return parts.map((part) => {
		const [title = "", ...lines] = part.split("\n");
		const keys = new Map<string, string>();
		for (const line of lines) {
			const [, key, value] = keyLine.exec(line) ?? [];
			if (key && value !== undefined) keys.set(key, value);
		}
		const source = lines.filter((line) => !keyLine.test(line)).join("\n");
		return { file, title, keys, source };
	});
}

const PROLOGUE = `.section xdp
	r6 = *(u32 *)(r1 + 0)
	r7 = *(u32 *)(r1 + 4)
	r1 = r6
	r1 += ${PACKET}
	if r1 > r7 goto short
	r2 = *(u64 *)(r6 + 0)
	r3 = *(u64 *)(r6 + 8)
	r4 = *(u64 *)(r6 + 16)
	r5 = *(u64 *)(r6 + 24)
`;
const EPILOGUE = `
	*(u64 *)(r6 + 32) = r0
	exit
short:
	r0 = 0
	exit
`;

function requestOf(c: Case): LoadRequest {
	const whole = /^\s*\.section/m.test(c.source);
	const text = whole ? c.source : PROLOGUE + c.source + EPILOGUE;
	const { value, diagnostics } = assemble(text, "case.s");
	const program = value?.programs[0];
	if (!value || !program) throw new Error(`${c.title}: ${JSON.stringify(diagnostics[0])}`);
	return loadRequest(value, program);
}

/** The packet: the words of `in`, zeros behind. A socket filter sees what follows 14 bytes of Ethernet header. */
function packetOf(c: Case, type: number): Uint8Array {
	const head = type === 1 ? 14 : 0;
	const packet = new Uint8Array(head + PACKET);
	const data = new DataView(packet.buffer);
	const words = (c.keys.get("in") ?? "").split(" ").filter((w) => w !== "");
	words.forEach((w, i) => {
		data.setBigUint64(head + 8 * i, BigInt.asUintN(64, BigInt(w)), true);
	});
	return packet;
}

function onSkep(create: (memory: GuestMemory) => Executor, c: Case): Outcome | string {
	const kernel = new Kernel();
	const request = requestOf(c);
	const loading = kernel.loadProgram(request, create(kernel.memory));
	if (!("program" in loading))
		return loading.failure.unsupported ?? `errno ${loading.failure.errno}`;
	const answer = kernel.testRun(loading.program, { data: packetOf(c, request.type) });
	if (answer.trap) return answer.trap.unsupported ?? answer.trap.message;
	return { ret: answer.retval ?? 0, packet: answer.dataOut ?? new Uint8Array() };
}

function words(packet: Uint8Array): string[] {
	const data = new DataView(packet.buffer, packet.byteOffset);
	const all = [32, 40].map((at) => `0x${data.getBigUint64(at, true).toString(16)}`);
	return all[1] === "0x0" ? all.slice(0, 1) : all;
}

function expectedOf(c: Case, got: Outcome): Record<string, unknown> {
	const out = c.keys.get("out");
	return {
		...(out === undefined ? {} : { out: words(got.packet).join(" ") }),
		ret: String(got.ret),
	};
}

const executors: Record<string, (memory: GuestMemory) => Executor> = {
	vm: (memory) => createVm(memory, { checkInit: true }),
	jit: (memory) => createJit(memory),
};

for (const [kind, create] of Object.entries(executors))
	test.each(files)(`${kind}: %s`, (file) => {
		for (const c of readCases(file)) {
			const got = onSkep(create, c);
			const unsupported = c.keys.get("unsupported");
			if (unsupported !== undefined) {
				expect(got, c.title).toBe(unsupported);
				continue;
			}
			if (typeof got === "string") throw new Error(`${c.title}: ${got}`);
			const out = c.keys.get("out");
			const wanted = { ...(out === undefined ? {} : { out }), ret: c.keys.get("ret") };
			expect(expectedOf(c, got), c.title).toEqual(wanted);
		}
	});

const opened = await Linux.open();
const asked = "linux" in opened ? test : test.skip;
const why = "reason" in opened ? ` (skipped: ${opened.reason})` : "";

async function onLinux(linux: Linux, c: Case): Promise<Outcome> {
	const request = requestOf(c);
	const loaded = await linux.load(request, { logLevel: 1, logSize: 1 << 20 });
	if (!loaded.ok) throw new Error(`${c.file} ${c.title}: ${loaded.log.slice(-400)}`);
	const run = await linux.run(loaded.fd, { data: packetOf(c, request.type) });
	await linux.close(loaded);
	return { ret: run.retval, packet: run.data };
}

const askable = (c: Case) => !c.keys.has("linux") && !c.keys.has("unsupported");

asked(
	`Linux: every case${why}`,
	async () => {
		if (!("linux" in opened)) return;
		for (const file of files)
			for (const c of readCases(file).filter(askable)) {
				const theirs = await onLinux(opened.linux, c);
				if (process.env["BLESS"]) bless(c, theirs);
				const ours = onSkep(createVm, c);
				if (typeof ours === "string") throw new Error(`${c.title}: ${ours}`);
				expect({ ...ours, packet: toHex(ours.packet) }, c.title).toEqual({
					ret: theirs.ret,
					packet: toHex(theirs.packet),
				});
			}
	},
	60000,
);

/** Writes what Linux answered behind the case's source. */
function bless(c: Case, answer: Outcome): void {
	const path = join(folder, c.file);
	const parts = readFileSync(path, "utf8").split(/^== /m);
	const fresh = parts.map((part) => {
		if (!part.startsWith(`${c.title}\n`)) return part;
		const kept = part.split("\n").filter((line) => !/^(out|ret): /.test(line));
		const inner = !/^\s*\.section/m.test(part);
		const lines = [
			...(inner ? [`out: ${words(answer.packet).join(" ")}`] : []),
			`ret: ${answer.ret}`,
		];
		return `${kept.join("\n").trimEnd()}\n${lines.join("\n")}\n\n`;
	});
	writeFileSync(path, `${fresh.join("== ").trimEnd()}\n`);
}

test("every instruction that Linux accepts is in some case", () => {
	const seen = new Set<string>();
	for (const file of files)
		for (const c of readCases(file)) {
			const { code } = requestOf(c);
			for (let pc = 0; pc < code.length; pc++) {
				const row = rowAt(code, pc);
				if (row) seen.add(row.id);
			}
		}
	const missing = INSTRUCTIONS.filter((row) => row.since && !seen.has(row.id)).map((row) => row.id);
	expect(missing).toEqual([]);
});

test("titles are unique in each file", () => {
	for (const file of files) {
		const titles = readCases(file).map((c) => c.title);
		expect(new Set(titles).size).toBe(titles.length);
	}
});
