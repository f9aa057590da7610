// Programs in C, compiled and put before Skep's verifier, its machine and the running Linux: accepted by both, equal results.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { renderDiagnostic, toHex } from "../base/index.ts";
import { builtinHeaders, type CompileOptions, compile } from "../cc/index.ts";
import { readObject, writeRelocatable } from "../elf/index.ts";
import { loadRequest, type ObjectFile, type ProgramSpec } from "../object/index.ts";
import { judge, runFile } from "../workbench/index.ts";
import { Linux } from "./linux.ts";

const folder = join(import.meta.dirname, "../testdata/cc/programs");
const files = readdirSync(folder).filter((f) => f.endsWith(".c"));
const builtin = builtinHeaders();
const opened = await Linux.open();
const linux = "linux" in opened ? opened.linux : undefined;
afterAll(() => linux?.end());

const packets = [
	Uint8Array.from({ length: 64 }, (_, i) => (i * 7) & 0xff),
	Uint8Array.from({ length: 96 }, (_, i) => (i * i * 31 + 200) & 0xff),
	new Uint8Array(64).fill(0xff),
];

function optionsOf(source: string): CompileOptions {
	return {
		read: (path) => (existsSync(path) ? readFileSync(path, "utf8") : undefined),
		builtin,
		cpu: source.includes("needs v4") ? 4 : 3,
		warnings: false,
	};
}

function objectOf(file: string): ObjectFile {
	const name = join(folder, file);
	const text = readFileSync(name, "utf8");
	const { value, diagnostics } = compile({ name, text }, optionsOf(text));
	expect(diagnostics.map((d) => renderDiagnostic(d))).toEqual([]);
	const read = value && readObject(writeRelocatable(value), file);
	expect(read?.diagnostics.filter((d) => d.severity === "error")).toEqual([]);
	if (!read?.value) throw new Error(`${file}: no object`);
	return read.value;
}

/** What Linux answers on each packet; undefined when it cannot be asked for this program. */
async function onLinux(object: ObjectFile, program: ProgramSpec) {
	if (!linux) return undefined;
	const loaded = await linux.load(loadRequest(object, program));
	if (loaded.stage === "map" || loaded.stage === "btf" || (!loaded.ok && loaded.log === ""))
		return undefined;
	expect(loaded.ok ? "" : loaded.log.slice(-1500)).toBe("");
	const results: string[] = [];
	for (const data of packets) {
		const { ok, retval, data: out } = await linux.run(loaded.fd, { data });
		results.push(ok ? `${retval} ${toHex(out)}` : "refused");
	}
	await linux.close(loaded);
	return results;
}

test.each(files)("%s", async (file) => {
	const object = objectOf(file);
	expect(object.programs.length).toBeGreaterThan(0);
	for (const program of object.programs) {
		const verdict = judge(object, program, { logLevel: 1 });
		if (verdict.unsupported === undefined) expect(verdict.ok ? "" : verdict.log).toBe("");
		const { type } = program;
		const real = await onLinux(object, program);
		if (!real || type === undefined || !/^(xdp|tc)$/.test(program.section)) continue;
		if (readFileSync(join(folder, file), "utf8").includes("not repeatable")) continue;
		const run = { program: program.name, type, engine: "vm" as const, packets, repeat: 1 };
		const answer = runFile(object, run);
		if (!("packets" in answer)) continue;
		expect(answer.packets.map((p) => `${p.retval} ${toHex(p.data)}`)).toEqual(real);
	}
});
