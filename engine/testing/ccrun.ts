// C functions `unsigned long fN(unsigned long a, unsigned long b)` before the compiler and the checked interpreter, and before the
// host's compiler, for comparison. For tests only.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Random } from "../base/index.ts";
import { type Cpu, compile } from "../cc/index.ts";
import { loadRelocatable } from "../elf/index.ts";
import type { GuestMemory } from "../machine/index.ts";
import { loadRequest, type MapSpec, type ObjectFile } from "../object/index.ts";
import { createVm } from "../vm/index.ts";
import { newGuest, packetBytes, programOf, setPacket } from "./guest.ts";

const FUEL = 3_000_000;

/** An XDP program around function `f${id}`: inputs from the packet's first 16 bytes, the result into the next 8. */
export function wrapper(id: number | string): string {
	return `
struct cc_ctx { unsigned int data, data_end, data_meta, a, b, c; };
__attribute__((section("xdp"), used)) int cc_entry(struct cc_ctx *ctx)
{
	unsigned char *p = (unsigned char *)(long)ctx->data;
	unsigned char *end = (unsigned char *)(long)ctx->data_end;
	if (p + 64 > end)
		return 1;
	*(unsigned long *)(p + 16) = f${id}(*(unsigned long *)p, *(unsigned long *)(p + 8));
	return 2;
}
char cc_license[] __attribute__((section("license"), used)) = "GPL";
`;
}

export interface Build {
	readonly cpu: Cpu;
	readonly level: 0 | 1 | 2;
}

export type Compiled = { object: ObjectFile } | { failure: string };

/** The object, or the first error. */
export function build(text: string, how: Build): Compiled {
	const made = compile(
		{ name: "random.c", text },
		{ ...how, read: () => undefined, builtin: () => undefined },
	);
	if (!made.value)
		return {
			failure: made.diagnostics.find((d) => d.severity === "error")?.message ?? "no object",
		};
	const { value: object, diagnostics } = loadRelocatable(made.value, "random");
	return object ? { object } : { failure: diagnostics[0]?.message ?? "not loaded" };
}

export function packetOf([a, b]: readonly [bigint, bigint]): Uint8Array {
	const bytes = new Uint8Array(64);
	const data = new DataView(bytes.buffer);
	data.setBigUint64(0, a, true);
	data.setBigUint64(8, b, true);
	return bytes;
}

export const resultOf = (bytes: Uint8Array) =>
	new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(16, true);

function placeMap(memory: GuestMemory, map: MapSpec): number {
	const region = memory.allocate("map", map.name, map.valueSize);
	if (!region) throw new Error("no guest memory");
	memory.u8.fill(0, region.start, region.start + map.valueSize);
	const value = map.init?.[0]?.value;
	if (value) memory.u8.set(value, region.start);
	return region.start;
}

/** Runs the program of `wrapper` in the checked interpreter; a trap's words end the list. */
export function runInVm(
	object: ObjectFile,
	inputs: readonly [bigint, bigint][],
): (bigint | string)[] {
	const program = object.programs.find((p) => p.name === "cc_entry");
	if (!program) return ["no program"];
	if (program.fault ?? program.unsupported) return [`${program.fault ?? program.unsupported}`];
	const guest = newGuest((memory) => createVm(memory, { fuel: FUEL }));
	const request = loadRequest(object, program);
	const { code } = request;
	const places = request.maps.map((map) => placeMap(guest.memory, map));
	for (const r of program.relocations) {
		if (r.kind !== "map-value") return ["a map that is no data"];
		code.src[r.insn] = 0;
		code.imm[r.insn] = (places[r.map] ?? 0) + r.offset;
		code.imm[r.insn + 1] = 0;
	}
	const functions = program.functions.map((f) => f.insn);
	const runner = guest.executor.load(programOf(code, { functions }));
	const out: (bigint | string)[] = [];
	for (const input of inputs) {
		setPacket(guest, packetOf(input));
		const result = runner.run(guest.context);
		if (result.kind === "trap") return [...out, `trap: ${result.trap.message}`];
		out.push(resultOf(packetBytes(guest, 64)));
	}
	return out;
}

/** The host's compiler, or undefined. */
export function hostCompiler(): string | undefined {
	const name = process.env["HOST_CC"] ?? "cc";
	return spawnSync(name, ["--version"]).status === 0 ? name : undefined;
}

export interface HostCase {
	readonly id: number;
	readonly text: string;
	readonly inputs: readonly [bigint, bigint][];
}

/** What the functions give when the host's compiler has compiled them, all in one file. */
export function runOnHost(compiler: string, cases: readonly HostCase[]): Map<number, bigint[]> {
	const folder = mkdtempSync(join(tmpdir(), "skep-cc-"));
	try {
		const calls = cases.flatMap(({ id, inputs }) =>
			inputs.map(([a, b]) => `\tprintf("${id} %lu\\n", f${id}(${a}ul, ${b}ul));`),
		);
		const text = `${cases.map((c) => c.text).join("\n")}\nint printf(const char *, ...);\nint main(void)\n{\n${calls.join("\n")}\n\treturn 0;\n}\n`;
		writeFileSync(join(folder, "a.c"), text);
		const flags = [
			"-w",
			process.env["HOST_LEVEL"] ?? "-O1",
			"-fwrapv",
			"-fno-strict-aliasing",
			"-fno-builtin-printf",
			"-o",
			"a",
			"a.c",
		];
		execFileSync(compiler, flags, { cwd: folder, stdio: "pipe" });
		execFileSync("sh", ["-c", "./a > out"], { cwd: folder, stdio: "pipe" });
		const out = new Map<number, bigint[]>();
		for (const line of readFileSync(join(folder, "out"), "latin1").split("\n")) {
			const [id, value] = line.split(" ");
			if (value === undefined) continue;
			const list = out.get(Number(id)) ?? [];
			list.push(BigInt(value));
			out.set(Number(id), list);
		}
		return out;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Inputs to call a program with, in turn; state in globals goes from one call to the next. */
export function randomInputs(random: Random, count: number): [bigint, bigint][] {
	const word = () => {
		const wide = (BigInt(random.u32()) << 32n) | BigInt(random.u32());
		return random.below(3)
			? wide
			: random.below(2)
				? BigInt(random.below(300))
				: ~(wide >> 50n) & ((1n << 64n) - 1n);
	};
	return Array.from({ length: count }, () => [word(), word()]);
}
