// The programs of a BPF object before Linux and before the verifier, one at a time, under equal conditions: the same flags, the
// same sizes of maps. For tests only.

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { type LoadOptions, readObject } from "../elf/index.ts";
import {
	type LoadRequest,
	loadRequest,
	type MapSpec,
	type ObjectFile,
	type ProgramSpec,
} from "../object/index.ts";
import { withAcceptedBtf } from "../workbench/acceptedbtf.ts";
import {
	type Apart,
	compare,
	type Difference,
	type Finding,
	type Judge,
	lastWords,
	processedOf,
} from "./conformance.ts";
import type { ObjectAsk, ObjectLinux, ObjectLoad } from "./objectlinux.ts";
import { type Expectation, expectations, missingMessage } from "./tags.ts";

interface ObjectOptions {
	readonly load: LoadOptions;
	/** Programs that take more instructions are compared without their logs. */
	readonly patience: number;
	/** Log level of the comparison, 6 when absent. */
	readonly level?: number;
	/** BPF_F_* flags besides those of the programs. */
	readonly flags?: number;
	/** Hears of each program that Linux judged, with its request. */
	readonly onJudged?: (finding: Finding, request: LoadRequest) => void;
	/** Only programs whose `file/program` contains this. */
	readonly only?: string;
}

const LOG_SIZE = 1 << 28;
const EPERM = 1;

/** Findings of one object file. */
export async function conformObject(
	file: string,
	linux: ObjectLinux,
	judge: Judge,
	options: ObjectOptions,
): Promise<Finding[]> {
	const base = basename(file, ".o");
	const findings: Finding[] = [];
	let object: ObjectFile | undefined;
	let failure = "";
	try {
		const read = readObject(new Uint8Array(readFileSync(file)), base, options.load);
		object = read.value;
		failure = read.diagnostics[0]?.message ?? "";
	} catch (error) {
		failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
	}
	const expected = expectations(object?.btf);
	for (const { name } of await linux.programs(file)) {
		const descr = `${base}/${name}`;
		if (options.only && !descr.includes(options.only)) continue;
		const program = object?.programs.find((p) => p.name === name);
		const expectation = withFlags(expected.get(name), options.flags);
		const companions = [...expected]
			.filter(([other, e]) => e.auxiliary && other !== name && expectation?.verdict)
			.map(([other]) => other);
		const { set = 0, clear = 0 } = expectation ?? {};
		const ask = { set, clear, companions };
		const theirs = await askLinux(linux, file, name, ask, options);
		const raw = { descr, type: theirs.load.type };
		if (!object || !program) {
			const stage = skippedStage(theirs.load);
			const words = failure || "no such program";
			const detail = stage ?? `object reader: ${words}`;
			const apart: Apart = { by: keptBy(theirs.load), skep: "refuses", words };
			findings.push({
				raw,
				detail,
				...(stage ? { difference: "skipped", apart } : { difference: "unsupported" }),
			});
			continue;
		}
		const finding = { raw, ...answer(object, program, theirs, expectation, judge) };
		findings.push(finding);
		if (!finding.refused && finding.difference !== "skipped")
			options.onJudged?.(finding, equalRequest(object, program, raw.type, expectation));
	}
	return findings;
}

/** What the program's author expects, with more flags. */
function withFlags(
	expectation: Expectation | undefined,
	flags: number | undefined,
): Expectation | undefined {
	if (!flags) return expectation;
	const base = { messages: [], logLevel: 1, set: 0, clear: 0, auxiliary: false };
	const { set } = expectation ?? base;
	return { ...base, ...expectation, set: set | flags };
}

interface Asked {
	readonly load: ObjectLoad;
	readonly level: number;
}

async function askLinux(
	linux: ObjectLinux,
	file: string,
	name: string,
	ask: Pick<ObjectAsk, "set" | "clear" | "companions">,
	{ patience, level = 6 }: ObjectOptions,
): Promise<Asked> {
	const brief = await linux.load(file, name, { ...ask, logLevel: 4, logSize: 1 << 20 });
	const processed = processedOf(brief.log);
	if (processed < 0 || processed > patience) return { load: brief, level: 4 };
	const whole = await linux.load(file, name, { ...ask, logLevel: level, logSize: LOG_SIZE });
	return whole.errno === 28 ? { load: brief, level: 4 } : { load: whole, level };
}

/** Marks of what libbpf could not do; older ones leave more of them to the verifier. */
const notOurs = new RegExp(
	[
		"<invalid CO-RE relocation>",
		"<invalid kfunc call>",
		"<missing map",
		"invalid kernel function call not eliminated in verifier pass",
		"exception callback type id not found in func_info",
		"attach_btf_id 0 is not a supported struct",
	].join("|"),
);

/** Types that a kernel can be built without: lirc_mode2. */
const absent = new Set([20]);

/** Why Linux did not judge the program. */
function skippedStage({ stage, errno, words, log, type }: ObjectLoad): string | undefined {
	if (stage === "crash") return "the loader ended";
	if (type === 0) return "no program type";
	if (absent.has(type) && errno === 22 && log === "")
		return "the running kernel is built without this program type";
	if (stage === "prog" && notOurs.test(log)) return `libbpf: ${notOurs.exec(log)?.[0]}`;
	if (stage === "ok" || (stage === "prog" && (log !== "" || errno !== EPERM))) return undefined;
	return `Linux did not verify (${stage}, errno ${errno}): ${words.split("\n")[0]}`;
}

function answer(
	object: ObjectFile,
	program: ProgramSpec,
	{ load, level }: Asked,
	expectation: Expectation | undefined,
	judge: Judge,
): Omit<Finding, "raw"> {
	const { type, stage, errno, log } = load;
	const refused = stage === "prog" && errno === EPERM && log === "";
	const skipped = skippedStage(load);
	if (skipped && !(refused && expectation?.verdict)) {
		const apart = unasked(object, program, load, judge);
		return { difference: "skipped", detail: skipped, apart };
	}
	if (program.fault !== undefined)
		return { difference: "strict", detail: `object reader: ${program.fault}`, refused };
	if (program.unsupported !== undefined)
		return { difference: "unsupported", detail: program.unsupported, refused };
	const equal = equalRequest(object, program, type, expectation);
	try {
		if (refused && expectation)
			return { ...annotated(judge(equal, expectation.logLevel | 2), expectation), refused };
		const theirs = { ok: stage === "ok", errno, log, processed: processedOf(log) };
		return compare(theirs, judge(equal, level));
	} catch (error) {
		const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
		return { difference: "crash", detail: text, refused };
	}
}

/** The request that Linux got, with the sizes that the loader gives. */
export function equalRequest(
	object: ObjectFile,
	program: ProgramSpec,
	type: number,
	expectation?: Expectation,
): LoadRequest {
	const request = withAcceptedBtf(loadRequest(object, program, type));
	const { set = 0, clear = 0 } = expectation ?? {};
	const flags = (request.flags | set) & ~clear;
	return { ...request, flags, maps: request.maps.map(sized) };
}

function keptBy({ stage, type, errno, log }: ObjectLoad): Apart["by"] {
	if (stage === "crash" || type === 0) return "loader";
	return stage === "prog" && errno === EPERM && log === "" ? "policy" : "libbpf";
}

/** Skep's answer to a program that did not reach Linux's verifier. */
function unasked(object: ObjectFile, program: ProgramSpec, load: ObjectLoad, judge: Judge): Apart {
	const by = keptBy(load);
	const { fault, unsupported } = program;
	if (fault !== undefined) return { by, skep: "refuses", words: fault };
	if (unsupported !== undefined) return { by, skep: "lacks", words: unsupported };
	if (load.type === 0) return { by, skep: "refuses", words: "no program type" };
	try {
		const skep = judge(equalRequest(object, program, load.type, undefined), 1);
		if (skep.unsupported !== undefined) return { by, skep: "lacks", words: skep.unsupported };
		return { by, skep: skep.ok ? "accepts" : "rejects", words: lastWords(skep.log) };
	} catch (error) {
		return { by, skep: "refuses", words: String(error) };
	}
}

/** The verifier's answer beside what the program's author expects of Linux. */
function annotated(
	skep: ReturnType<Judge>,
	expectation: Expectation,
): { difference: Difference; detail: string } {
	if (skep.unsupported !== undefined)
		return { difference: "unsupported", detail: skep.unsupported };
	const want = expectation.verdict === "success";
	const last = skep.log.trim().split("\n").slice(-4).join(" | ");
	if (skep.ok !== want) return { difference: skep.ok ? "lax" : "strict", detail: last };
	const missing = missingMessage(skep.log, expectation.messages);
	if (missing !== undefined)
		return { difference: "words", detail: `expected ${missing}\n  skep  ${last}` };
	return { difference: "same", detail: "" };
}

const HUGE = 256 << 20;
const tables = new Set([1, 2, 5, 6, 9, 10]);
const unsized = new Set([4, 19, 21, 24, 26, 28, 29, 32]);
const STACK_TRACE = 7;
const rings = new Set([27, 31]);

/** The inner map of maps that user space would choose. */
const inner: MapSpec = {
	name: "inner",
	type: 2,
	keySize: 4,
	valueSize: 65536,
	maxEntries: 1,
	flags: 0,
};

/** An inner ring buffer gets a size, other inner maps stay. */
function sizedInner(map: MapSpec): MapSpec {
	return rings.has(map.type) && map.maxEntries === 0 ? { ...sized(map), name: "inner" } : map;
}

/** The map with the sizes that the loader gives to what user space would size. */
function sized(map: MapSpec): MapSpec {
	const { type, keySize } = map;
	const valueSize = type === STACK_TRACE ? map.valueSize || 127 * 8 : map.valueSize;
	let { maxEntries } = map;
	if (!unsized.has(type) && maxEntries === 0) maxEntries = rings.has(type) ? 4096 : 1;
	if (tables.has(type) && (keySize + valueSize + 64) * maxEntries > HUGE) maxEntries = 1024;
	const outer = type === 12 || type === 13;
	const within = outer ? { inner: map.inner ? sizedInner(map.inner) : inner } : {};
	const arena = type === 33 && !map.extra ? { extra: 2 ** 44 } : {};
	const ring = rings.has(type) ? { keySize: 0, valueSize: 0 } : {};
	return { ...map, valueSize, maxEntries, ...ring, ...within, ...arena };
}
