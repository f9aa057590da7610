// The functions of ccrun.ts in the running Linux, compiled by Skep and by clang: verdicts and results. For tests only.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cpu } from "../cc/index.ts";
import { readObject } from "../elf/index.ts";
import { loadRequest, type ObjectFile } from "../object/index.ts";
import { packetOf, resultOf } from "./ccrun.ts";
import type { Linux } from "./linux.ts";

/** clang with a BPF target, or undefined. */
export function clangForBpf(): string | undefined {
	const named = process.env["CLANG"];
	return [...(named ? [named] : []), "clang-22", "clang"].find((name) =>
		spawnSync(name, ["--print-targets"]).stdout?.toString().includes("bpf"),
	);
}

/** The object that clang makes, or its first words. */
export function clangObject(clang: string, text: string, cpu: Cpu): ObjectFile | string {
	const folder = mkdtempSync(join(tmpdir(), "skep-bpf-"));
	try {
		writeFileSync(join(folder, "a.c"), text);
		const flags = ["-target", "bpf", `-mcpu=v${cpu}`, "-O2", "-g", "-w", "-fwrapv"];
		const made = spawnSync(clang, [...flags, "-fno-strict-aliasing", "-c", "a.c"], { cwd: folder });
		if (made.status !== 0) return made.stderr.toString().slice(0, 300);
		const read = readObject(new Uint8Array(readFileSync(join(folder, "a.o"))), "a");
		return read.value ?? read.diagnostics[0]?.message ?? "not read";
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Results of the program `cc_entry`, or what Linux has against it. */
export async function runOnLinux(
	linux: Linux,
	object: ObjectFile,
	inputs: readonly [bigint, bigint][],
): Promise<bigint[] | string> {
	const program = object.programs.find((p) => p.name === "cc_entry");
	if (!program) return "no program";
	if (program.fault ?? program.unsupported) return `${program.fault ?? program.unsupported}`;
	const loaded = await linux.load(loadRequest(object, program), { logLevel: 1 });
	if (!loaded.ok) {
		const lines = loaded.log.trim().split("\n");
		return `${loaded.stage} ${loaded.errno}: ${lines.slice(-4).join(" / ")}`;
	}
	const out: bigint[] = [];
	for (const input of inputs) {
		const { ok, data } = await linux.run(loaded.fd, { data: packetOf(input) });
		out.push(ok ? resultOf(data) : -1n);
	}
	await linux.close(loaded);
	return out;
}
