// What the loading rules make of an object against what libbpf hands to Linux: instructions, maps, types, records. The recording is of
// libbpf 1.5; the libbpf that is installed is asked too.
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { toHex } from "../base/index.ts";
import { loadRequest, type MapSpec, type ObjectFile, type ProgramSpec } from "../object/index.ts";
import { askLibbpf, type LibbpfRow } from "../testing/index.ts";
import {
	type KernelProfile,
	parseConfig,
	parseSymbols,
	readObject,
	readRelocatable,
	simulatedKernel,
	targetOf,
} from "./index.ts";

const folder = join(import.meta.dirname, "../testdata/elf");
const read = (name: string) => new Uint8Array(readFileSync(join(folder, name)));
const objects = ["firewall", "globals", "maps", "core", "externs", "ops", "gcc"];
/** Of the machine that the recording was made on. */
const RECORDED_CPUS = 2;
const recording = join(folder, "libbpf.jsonl");

/** `cpus`: the size of a perf event array that names none. */
function profile(cpus: number): KernelProfile {
	const text = (name: string) => readFileSync(join(folder, name), "utf8");
	const { config } = parseConfig(text("kernel.config"));
	const symbols = parseSymbols(text("kernel.symbols"));
	return { ...simulatedKernel, version: 0x061200, config, symbols, cpus };
}

function possibleCpus(): number {
	try {
		const text = readFileSync("/sys/devices/system/cpu/possible", "utf8").trim();
		return Number(/(\d+)$/.exec(text)?.[1] ?? 0) + 1;
	} catch {
		return 1;
	}
}

const target = targetOf(read("kernel.o")).value;

function loaded(name: string, cpus: number): ObjectFile {
	const options = { kernel: profile(cpus), ...(target ? { target } : {}) };
	const { value } = readObject(read(`${name}.o`), name, options);
	if (!value) throw new Error(`${name}.o cannot be read`);
	return value;
}

/** Our instructions with maps by their place in libbpf's list, as the tool prints them. */
function instructions(object: ObjectFile, program: ProgramSpec, maps: readonly string[]): string {
	const bytes = program.insns.slice();
	const data = new DataView(bytes.buffer);
	for (const r of program.relocations) {
		const at = r.insn * 8;
		const name = object.maps[r.map]?.name ?? "";
		const whole = maps.indexOf(name);
		const index = whole >= 0 ? whole : maps.findIndex((m) => m.slice(0, 15) === name);
		bytes[at + 1] = ((bytes[at + 1] ?? 0) & 15) | ((r.kind === "map" ? 1 : 2) << 4);
		data.setInt32(at + 4, index, true);
		if (r.kind === "map-value") data.setInt32(at + 12, r.offset, true);
	}
	return toHex(bytes);
}

function words(rows: readonly (readonly number[])[]): string {
	return toHex(new Uint8Array(Uint32Array.from(rows.flat()).buffer));
}

function expectProgram(object: ObjectFile, row: LibbpfRow): void {
	const program = object.programs.find((p) => p.name === row.prog);
	expect(program?.name).toBe(row.prog);
	if (!program) return;
	expect([program.name, program.fault, program.unsupported]).toEqual([
		row.prog,
		undefined,
		undefined,
	]);
	expect([program.type, program.expectedAttachType, program.flags]).toEqual([
		row.type,
		row.attach,
		row.flags,
	]);
	expect([program.attachBtfId ?? 0, object.license]).toEqual([row.attach_btf_id, row.license]);
	expect([row.prog, instructions(object, program, row.maps ?? [])]).toEqual([row.prog, row.insns]);
	const { functions } = loadRequest(object, program);
	expect(words(functions.map((f) => [f.insn, f.typeId]))).toBe(row.func_info);
	const lines = program.lines.map((l) => [l.insn, l.fileNameOff, l.lineOff, l.lineCol]);
	expect(words(lines)).toBe(row.line_info);
}

const PROG_ARRAY = 3;

function attributes(map: MapSpec): object {
	//   the kernel refuses types for prog arrays, libbpf learns that by trying
	const typed = map.type !== PROG_ARRAY;
	return {
		type: map.type,
		key: map.keySize,
		value: map.valueSize,
		max: map.maxEntries,
		flags: map.flags,
		extra: map.extra ?? 0,
		btf_key: typed ? (map.btfKeyTypeId ?? 0) : undefined,
		btf_value: typed ? (map.btfValueTypeId ?? 0) : undefined,
		btf_vmlinux_value: map.btfVmlinuxValueTypeId ?? 0,
		numa: map.numaNode ?? 0,
	};
}

function expectMap(object: ObjectFile, row: LibbpfRow): void {
	const {
		file: _file,
		map: name,
		fd: _fd,
		inner: _inner,
		ifindex: _if,
		...rest
	} = {
		fd: 0,
		inner: 0,
		ifindex: 0,
		...row,
	};
	const all = object.maps.flatMap((m) => (m.inner ? [m, m.inner] : [m]));
	const found = all.find((m) => m.name.slice(0, 15) === name);
	const typed = found?.type !== PROG_ARRAY;
	const wanted = typed ? rest : { ...rest, btf_key: undefined, btf_value: undefined };
	expect([name, found && attributes(found)]).toEqual([name, wanted]);
}

/** What global data and the kernel's configuration are filled with. */
function expectContents(object: ObjectFile, row: LibbpfRow): void {
	const map = object.maps.find((m) => m.name === row.update?.slice(0, 15));
	const value = map?.init?.[0]?.value;
	expect([row.update, value && toHex(value)]).toEqual([row.update, row.value]);
}

function expectRows(rows: readonly LibbpfRow[], cpus: number): number {
	let compared = 0;
	for (const row of rows) {
		if (row.file === undefined || row.fail !== undefined) continue;
		const object = loaded(basename(row.file).replace(/\.o$/, ""), cpus);
		if (row.prog !== undefined) expectProgram(object, row);
		else if (row.update !== undefined) expectContents(object, row);
		else if (row.map !== undefined && !row.map.startsWith("libbpf_")) expectMap(object, row);
		else if (row.btf !== undefined)
			expect(digest(toHex(object.btf ?? new Uint8Array()))).toBe(row.btf);
		else continue;
		compared++;
	}
	return compared;
}

function digest(hex: string): string {
	return createHash("sha256").update(hex).digest("hex");
}

const asked = ask();

function ask(): { rows: LibbpfRow[] } | { reason: string } {
	const types = readRelocatable(read("kernel.o")).value?.btf;
	const place = mkdtempSync(join(tmpdir(), "skep-"));
	try {
		const btf = join(place, "kernel.btf");
		writeFileSync(btf, types ?? new Uint8Array());
		const [config, symbols] = [join(folder, "kernel.config"), join(folder, "kernel.symbols")];
		const answer = askLibbpf(
			objects.map((o) => join(folder, `${o}.o`)),
			{ btf, config, symbols },
		);
		if ("reason" in answer) return answer;
		return {
			rows: answer.rows.map((row) => ({
				...row,
				...(row.file === undefined ? {} : { file: basename(row.file) }),
				...(row.btf === undefined ? {} : { btf: digest(row.btf) }),
				...(row.fail === undefined ? {} : { fail: row.fail.replaceAll(`${folder}/`, "") }),
			})),
		};
	} finally {
		rmSync(place, { recursive: true, force: true });
	}
}

const version = "rows" in asked ? asked.rows[0]?.libbpf : undefined;
if (process.env["BLESS"] && "rows" in asked && version === "v1.5")
	writeFileSync(recording, asked.rows.map((row) => `${JSON.stringify(row)}\n`).join(""));

test("objects are loaded as libbpf 1.5 loads them", () => {
	const lines = readFileSync(recording, "utf8").split("\n").filter(Boolean);
	const rows = lines.map((line): LibbpfRow => JSON.parse(line));
	expect(new Set(rows.map((r) => r.file).filter(Boolean)).size).toBe(objects.length);
	expect(rows.filter((r) => r.fail !== undefined && !r.prog?.startsWith("unused"))).toEqual([]);
	expect(expectRows(rows, RECORDED_CPUS)).toBeGreaterThan(40);
});

//   what older versions lack: exception callbacks, flavours of kfuncs, sleepable struct_ops
const old = new Set(["globals.o", "externs.o", "ops.o"]);
const why = "reason" in asked ? ` (skipped: ${asked.reason})` : ` (${version})`;

test.skipIf("reason" in asked)(`objects are loaded as the installed libbpf does${why}`, () => {
	if (!("rows" in asked)) return;
	const minor = Number(/^v1\.(\d+)/.exec(version ?? "")?.[1] ?? 0);
	const rows = asked.rows.filter((r) => minor >= 5 || !old.has(r.file ?? ""));
	expect(expectRows(rows, possibleCpus())).toBeGreaterThan(15);
});
