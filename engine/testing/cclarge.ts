// The large C programs of engine/testdata/cc/large: compiled by Skep and by clang, run on packets in Linux and in the simulated
// kernel, with the contents of maps afterwards. For tests only.

import { spawnSync } from "node:child_process";
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { attachType } from "../abi/index.ts";
import { fromHex, renderDiagnostic, toHex } from "../base/index.ts";
import { builtinHeaderNames, builtinHeaders, compile } from "../cc/index.ts";
import { readObject, type Target, writeRelocatable } from "../elf/index.ts";
import { loadRequest, type MapSpec, type ObjectFile, type ProgramSpec } from "../object/index.ts";
import { Installation } from "../workbench/index.ts";
import type { Linux, LinuxLoad } from "./linux.ts";

const beside = join(import.meta.dirname, "../testdata/cc/large");
export const largeFolder = existsSync(beside)
	? beside
	: join(process.cwd(), "engine/testdata/cc/large");
const examples = join(largeFolder, "../../../../public/examples");
/** Beside the sources: what an example of the gallery says of itself here. */
const EXAMPLE = ".example";

/** The sources by their names: those of the folder, and the examples that it has something to say of. */
export function largeSources(): string[] {
	const names = readdirSync(largeFolder).map((f) =>
		f.endsWith(EXAMPLE) ? `${f.slice(0, -EXAMPLE.length)}.c` : f,
	);
	return names.filter((f) => f.endsWith(".c")).sort();
}

/** What a source says of itself in its first lines. */
export interface Source {
	readonly path: string;
	readonly text: string;
	/** `// fill MAP KEY = VALUE`, in hexadecimal; `// fill MAP FIRST-LAST/STEP = VALUE` for numbers as keys. */
	readonly fills: readonly { readonly map: string; readonly key: string; readonly value: string }[];
	/** `// differs: MAP…`: maps whose contents tell the time or hold addresses of the kernel. */
	readonly differs: ReadonlySet<string>;
	/** `// not run: why`. */
	readonly notRun: boolean;
}

export function sourceOf(file: string): Source {
	const said = join(largeFolder, file.replace(/\.c$/, EXAMPLE));
	const path = existsSync(said) ? join(examples, file) : join(largeFolder, file);
	const text = readFileSync(path, "utf8");
	const head = existsSync(said) ? readFileSync(said, "utf8") : text;
	const fills = [...head.matchAll(/^\/\/ fill (\w+) (\S+) = ([0-9a-f]+)$/gm)].flatMap(
		([, map = "", keys = "", value = ""]) => keysOf(keys).map((key) => ({ map, key, value })),
	);
	const differs = new Set((/^\/\/ differs:(.*)$/m.exec(head)?.[1] ?? "").trim().split(/\s+/));
	return { path, text, fills, differs, notRun: /^\/\/ not run: /m.test(head) };
}

function keysOf(text: string): string[] {
	const range = /^(\d+)-(\d+)\/(\d+)$/.exec(text);
	if (!range) return [text];
	const [first = 0, last = 0, step = 1] = range.slice(1).map(Number);
	const count = Math.floor((last - first) / step) + 1;
	return Array.from({ length: count }, (_, i) => toHex(u32(first + i * step)));
}

const builtin = builtinHeaders();

export function bySkep({ path, text }: Source, kernel: Target | undefined): ObjectFile | string {
	const made = compile(
		{ name: path, text },
		{
			read: (p) => (existsSync(p) ? readFileSync(p, "utf8") : undefined),
			builtin,
			cpu: 3,
			warnings: false,
		},
	);
	if (!made.value || made.diagnostics.length > 0)
		return made.diagnostics.map((d) => renderDiagnostic(d)).join("\n") || "no object";
	return opened(writeRelocatable(made.value), kernel);
}

/** The same source and the same headers through clang. */
export function byClang({ path }: Source, clang: string, kernel: Target | undefined) {
	const folder = mkdtempSync(join(tmpdir(), "skep-large-"));
	try {
		for (const name of builtinHeaderNames()) {
			mkdirSync(dirname(join(folder, name)), { recursive: true });
			writeFileSync(join(folder, name), builtin(name) ?? "");
		}
		const out = join(folder, "large.o");
		const flags = ["--target=bpf", "-mcpu=v3", "-O2", "-g", "-w", "-nostdinc", "-isystem", folder];
		const { status, stderr } = spawnSync(clang, [...flags, "-c", path, "-o", out], {
			encoding: "utf8",
		});
		if (status !== 0) return stderr.slice(0, 2000);
		return opened(new Uint8Array(readFileSync(out)), kernel);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function opened(bytes: Uint8Array, kernel: Target | undefined): ObjectFile | string {
	const read = readObject(bytes, "large", kernel ? { target: kernel } : {});
	const errors = read.diagnostics.filter((d) => d.severity === "error");
	if (!read.value || errors.length > 0)
		return errors.map((d) => d.message).join("\n") || "no object";
	return read.value;
}

/** What a program made of the packets, in turn: `retval bytes`, `refused`; and every map at the end, by name. */
export interface Outcome {
	readonly packets: readonly string[];
	readonly maps: Readonly<Record<string, readonly string[]>>;
}

export interface Verdict {
	readonly ok: boolean;
	/** False when Linux gave no verdict: the type cannot be loaded here. */
	readonly judged: boolean;
	readonly log: string;
	readonly insns: number;
	readonly processed: number;
}

export interface OnLinux {
	readonly verdicts: ReadonlyMap<string, Verdict>;
	readonly outcome?: Outcome;
}

const RUN: ReadonlySet<number> = new Set([1, 3, 4, 6, 8]);
/** Programs of map entries have no test run. */
const IN_MAPS: readonly number[] = [attachType.BPF_XDP_DEVMAP, attachType.BPF_XDP_CPUMAP];
const runs = ({ type, expectedAttachType }: ProgramSpec) =>
	RUN.has(type ?? 0) && !(type === 6 && IN_MAPS.includes(expectedAttachType));

/** Map types whose entries can be compared: hash, array, their per-CPU and LRU kinds, LPM trie. */
const COMPARED: ReadonlySet<number> = new Set([1, 2, 5, 6, 9, 10, 11]);
const PER_CPU: ReadonlySet<number> = new Set([5, 6, 10]);
const PROG_ARRAY = 3;

const PERF_EVENT_ARRAY = 4;

const STRUCT_OPS = 26;

/** As libbpf makes a perf event array of no size. Programs do not refer to the map of their struct_ops: any map takes its place. */
function asLoaded(map: MapSpec, cpus: number): MapSpec {
	if (map.type === PERF_EVENT_ARRAY && map.maxEntries === 0) return { ...map, maxEntries: cpus };
	if (map.type !== STRUCT_OPS) return map;
	return { name: "ops", type: 2, keySize: 4, valueSize: 4, maxEntries: 1, flags: 0 };
}

const u32 = (value: number) => new Uint8Array(Uint32Array.of(value).buffer);

export function compared(object: ObjectFile, source: Source): readonly MapSpec[] {
	return object.maps.filter(
		(m) => COMPARED.has(m.type) && !m.frozen && !source.differs.has(m.name) && m.maxEntries > 0,
	);
}

/** An entry as text; of a per-CPU map the 64-bit words added up over the CPUs. */
function entryText(map: MapSpec, key: Uint8Array, value: Uint8Array): string {
	if (!PER_CPU.has(map.type)) return `${toHex(key)} ${toHex(value)}`;
	const size = (map.valueSize + 7) & ~7;
	const sums = new BigUint64Array(size / 8);
	const data = new DataView(value.buffer, value.byteOffset, value.length);
	for (let at = 0; at + 8 <= value.length; at += 8) {
		const i = (at % size) / 8;
		sums[i] = (sums[i] ?? 0n) + data.getBigUint64(at, true);
	}
	return `${toHex(key)} ${[...sums].join(" ")}`;
}

const isZero = (bytes: Uint8Array) => bytes.every((b) => b === 0);

/** Entries of arrays that are zero say nothing. */
const kept = (map: MapSpec, value: Uint8Array) =>
	(map.type !== 2 && map.type !== 6) || !isZero(value);

const BATCH = 512;

async function contents(linux: Linux, fd: number, map: MapSpec, cpus: number): Promise<string[]> {
	const out: string[] = [];
	const valueSize = PER_CPU.has(map.type) ? ((map.valueSize + 7) & ~7) * cpus : map.valueSize;
	let key = await linux.nextKey(fd, undefined, map.keySize);
	if (map.type === 2 || map.type === 6) {
		const count = Math.min(map.maxEntries, BATCH * 8);
		const read = await linux.batch(fd, "lookup", { count, keySize: map.keySize, valueSize });
		for (let i = 0; i < read.count; i++) {
			const value = read.values.subarray(i * valueSize, (i + 1) * valueSize);
			if (kept(map, value)) out.push(entryText(map, u32(i), value));
		}
		return out;
	}
	while (typeof key !== "number") {
		const value = await linux.lookupElem(fd, key, valueSize);
		if (typeof value !== "number") out.push(entryText(map, key, value));
		key = await linux.nextKey(fd, key, map.keySize);
	}
	return out.sort();
}

function processedOf(log: string): number {
	return Number(/processed (\d+) insns/.exec(log)?.[1] ?? 0);
}

/** Loads all programs of an object over one set of maps, and runs those that take packets on each packet in turn. */
export async function onLinux(
	linux: Linux,
	object: ObjectFile,
	source: Source,
	packets: readonly Uint8Array[],
	cpus: number,
): Promise<OnLinux | string> {
	const specs = object.maps.map((m) => asLoaded(m, cpus));
	const made = await linux.createMaps(specs, object.btf);
	if (typeof made === "number") return `maps: errno ${made}`;
	const { maps: fds } = made;
	for (const { map, key, value } of source.fills) {
		const at = object.maps.findIndex((m) => m.name === map);
		const k = fromHex(key) ?? new Uint8Array();
		const error = await linux.updateElem(fds[at] ?? -1, k, fromHex(value) ?? new Uint8Array());
		if (error !== 0) return `fill ${map}: ${error}`;
	}
	const loads = new Map<string, LinuxLoad>();
	const verdicts = new Map<string, Verdict>();
	for (const program of object.programs) {
		const request = loadRequest(object, program);
		const options = { logLevel: 1, logSize: 1 << 22, made };
		const loaded = await linux.load(request, options);
		const words = program.fault ?? program.unsupported;
		verdicts.set(program.name, {
			ok: loaded.ok,
			judged: words === undefined && (loaded.ok || loaded.log !== ""),
			log: words ?? `${loaded.stage} ${loaded.errno} ${loaded.log.slice(-1500)}`,
			insns: program.insns.length / 8,
			processed: processedOf(loaded.log),
		});
		if (loaded.ok) loads.set(program.name, loaded);
	}
	for (const [index, map] of object.maps.entries())
		for (const { key, target } of map.slots ?? []) {
			const fd = loads.get(target)?.fd;
			if (map.type === PROG_ARRAY && fd !== undefined)
				await linux.updateElem(fds[index] ?? -1, u32(key), u32(fd));
		}
	const chosen = object.programs.filter((p) => runs(p) && loads.has(p.name));
	// The requests are answered in order; nobody waits for one before the next is put.
	const asked = (source.notRun ? [] : packets).flatMap((data) =>
		chosen.map(async ({ name }) => {
			const { ok, retval, data: out } = await linux.run(loads.get(name)?.fd ?? -1, { data });
			return ok ? `${name} ${retval} ${toHex(out)}` : `${name} refused`;
		}),
	);
	const answers = await Promise.all(asked);
	const maps: Record<string, string[]> = {};
	for (const map of answers.length > 0 ? compared(object, source) : [])
		maps[map.name] = await contents(linux, fds[object.maps.indexOf(map)] ?? -1, map, cpus);
	for (const { fd } of loads.values()) await linux.closeFd(fd);
	for (const fd of [...fds, made.btf]) if (fd > 0) await linux.closeFd(fd);
	return { verdicts, ...(answers.length > 0 ? { outcome: { packets: answers, maps } } : {}) };
}

/** The same in the simulated kernel; a trap is an answer of its own. */
export function inSkep(
	object: ObjectFile,
	source: Source,
	packets: readonly Uint8Array[],
	engine: "vm" | "jit",
	only: ReadonlySet<string>,
): Outcome | string {
	const filled: Record<string, { key: string; value: string }[]> = {};
	for (const { map, key, value } of source.fills) {
		filled[map] ??= [];
		filled[map].push({ key, value });
	}
	const installation = Installation.of(object, { seed: 1, cpus: 1, contents: filled });
	if (!(installation instanceof Installation)) return installation.message;
	const answers: string[] = [];
	const chosen = object.programs.filter((p) => runs(p) && only.has(p.name));
	const loads = chosen.map((p) => installation.load(p.name, engine));
	for (const data of packets)
		for (const load of loads) {
			if (!("id" in load)) return load.message;
			const { errno, retval, dataOut, trap } = installation.kernel.testRun(load, { data });
			if (trap) answers.push(`${load.name} trap: ${trap.message}`);
			else if (errno !== 0) answers.push(`${load.name} refused`);
			else answers.push(`${load.name} ${retval} ${toHex(dataOut ?? new Uint8Array())}`);
		}
	const maps: Record<string, string[]> = {};
	for (const spec of compared(object, source)) maps[spec.name] = held(installation, spec);
	return { packets: answers, maps };
}

function held(installation: Installation, spec: MapSpec): string[] {
	const map = installation.map(spec.name);
	const out: string[] = [];
	let key = map?.nextKey();
	while (map && key && typeof key !== "number") {
		const value = map.lookup(key);
		if (typeof value !== "number" && kept(spec, value)) out.push(entryText(spec, key, value));
		key = map.nextKey(key);
	}
	return spec.type === 2 || spec.type === 6 ? out : out.sort();
}
