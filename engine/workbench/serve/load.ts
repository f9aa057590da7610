// BPF_PROG_LOAD from a request: what bpf(2) refuses by itself, the verifier's verdict and log, the program made ready to run.

import { errno, programTypes, progType } from "../../abi/index.ts";
import { utf8, view } from "../../base/index.ts";
import { decode, INSN_SIZE } from "../../isa/index.ts";
import type { Executor } from "../../machine/index.ts";
import type { BpfMap } from "../../maps/index.ts";
import type { LoadRequest, MapSpec } from "../../object/index.ts";
import { asTarget, type Report, type Stats, verify } from "../../verifier/index.ts";
import { type Answer, done, failed } from "./answer.ts";
import { checkBtf } from "./btf/check.ts";
import { Fields } from "./fields.ts";
import { RequestFault } from "./json.ts";
import { timeLimit } from "./limit.ts";
import { fitLog, type LogRoom } from "./log.ts";
import { MAP_FIELDS, type MadeMap, makeMap, truncated } from "./makemap.ts";
import type { Session } from "./session.ts";
import { programTag } from "./tag.ts";

const MOST_MAPS = 256;
const MOST_BYTES = 256 << 20;
const MOST_DATA = 16 << 20;
const MOST_LOG = 64 << 20;
const MOST_INSNS = 1_000_000;
const ALL_LOG_BITS = 15;
const BPF_F_RDONLY_PROG = 0x80;
const BPF_F_SLEEPABLE = 0x10;
/** Maps of one program. */
const MOST_BOUND = 64;
/** BPF_F_STRICT_ALIGNMENT … BPF_F_TEST_REG_INVARIANTS; others are EINVAL. */
const LOAD_FLAGS = 0xff;

const FIELDS = [
	"op",
	"id",
	"type",
	"expected_attach",
	"insns",
	"license",
	"log_level",
	"log_size",
	"flags",
	"maps",
	"btf",
	"btf_handle",
	"func_info",
	"func_info_rec_size",
	"line_info",
	"line_info_rec_size",
	"core_relos",
	"core_relo_rec_size",
	"attach_btf_id",
	"attach_prog",
	"name",
	"keep",
	"xlated",
	"jited",
	"fd_array",
	"fd_array_cnt",
	"kern_version",
	"timeout_ms",
];

/** Program types by other names than the kernel's. */
const ALIASES: Readonly<Record<string, string>> = {
	tc: "sched_cls",
	socket: "socket_filter",
	raw_tp: "raw_tracepoint",
};

/** The request as it was understood. */
interface Asked {
	readonly request: Omit<LoadRequest, "maps">;
	readonly insns: Uint8Array;
	readonly log: LogRoom;
	readonly timeout: number;
	readonly keep: string | undefined;
	/** What Skep lacks to answer it. */
	readonly unsupported: readonly string[];
	/** Fields of the answer that were asked for and that Skep does not have. */
	readonly missing: readonly string[];
}

export function load(session: Session, request: Fields): Answer {
	const fields = request.only(FIELDS);
	const asked = readAsked(session, fields);
	const own = fields.has("btf") && asked.request.btf;
	const verdict = own ? checkBtf(own) : undefined;
	if (verdict?.errno)
		return failed(verdict.errno, "btf", { error: "BPF_BTF_LOAD failed", log: verdict.log });
	const maps = makeMaps(session, fields, asked.request.btf);
	let kept = false;
	try {
		const answer = judgeAndLoad(session, asked, maps);
		kept = answer["ok"] === true && asked.keep !== undefined;
		return answer;
	} finally {
		if (!kept) for (const { map, made } of maps) if (made) session.handles.discard(map);
	}
}

interface LoadMap extends MadeMap {
	/** Made by this request. */
	readonly made: boolean;
	/** The handle of one that was there. */
	readonly handle?: string;
}

function readAsked(session: Session, fields: Fields): Asked {
	const type = typeNumber(fields);
	const insns = fields.hex("insns", MOST_BYTES);
	if (!insns) throw new RequestFault('"insns" is missing');
	if (insns.length % INSN_SIZE !== 0)
		throw new RequestFault(`"insns": ${insns.length} bytes is not a multiple of ${INSN_SIZE}`);
	const functions = infoRecords(fields, "func_info", 8);
	const lines = infoRecords(fields, "line_info", 16);
	const relocations = infoRecords(fields, "core_relos", 16, "core_relo_rec_size");
	const btf = fields.hex("btf", MOST_DATA) ?? keptBtf(session, fields);
	const attachTarget = fields.has("attach_prog")
		? session.targets.get(session.handles.program(fields.text("attach_prog"), "attach_prog"))
		: undefined;
	const maps = fields.list("maps").length;
	if (maps > MOST_MAPS) throw new RequestFault(`"maps": more than ${MOST_MAPS}`);
	const keep = fields.has("keep") ? fields.text("keep") : undefined;
	session.handles.check(keep, maps);
	fields.number("kern_version", 0);
	fields.flag("fd_array");
	const unsupported = [
		...(relocations.rows.length ? ["core_relos: relocations that the kernel applies"] : []),
		...[functions, lines].flatMap((r) => (r.odd === undefined ? [] : [r.odd])),
		...boundMaps(fields, fields.number("fd_array_cnt", 0, maps)),
	];
	return {
		request: {
			name: truncated(fields.text("name", "")),
			type,
			expectedAttachType: fields.number("expected_attach", 0),
			flags: fields.number("flags", 0),
			license: fields.text("license", "GPL"),
			code: decode(insns),
			...(btf ? { btf } : {}),
			functions: functions.rows.map(([insn = 0, typeId = 0]) => ({ insn, name: "", typeId })),
			lines: lines.rows.map(([insn = 0, fileNameOff = 0, lineOff = 0, lineCol = 0]) => ({
				insn,
				fileNameOff,
				lineOff,
				lineCol,
			})),
			attachBtfId: fields.number("attach_btf_id", 0),
			...(attachTarget ? { attachTarget } : {}),
		},
		insns,
		log: {
			level: fields.number("log_level", 0),
			size: fields.number("log_size", MOST_LOG, MOST_LOG),
		},
		timeout: timeLimit(fields),
		keep,
		unsupported,
		missing: ["xlated", "jited"].filter((name) => fields.flag(name)),
	};
}

/**
 * Maps that are bound by fd_array_cnt without being used are judged too. That matters for sleepable programs, for values with
 * special fields and for the number of maps; otherwise it changes nothing.
 */
function boundMaps(fields: Fields, count: number): string[] {
	if (count === 0) return [];
	const odd =
		fields.number("flags", 0) & BPF_F_SLEEPABLE || fields.has("btf_handle") || fields.has("btf");
	return odd || count > MOST_BOUND ? ["fd_array_cnt: maps bound without being used"] : [];
}

function typeNumber(fields: Fields): number {
	const given = fields.get("type");
	if (given === undefined) throw new RequestFault('"type" is missing');
	if (typeof given !== "string" || /^\d/.test(given)) return fields.number("type", 0);
	const name = ALIASES[given] ?? given;
	const found = progType(name)?.id ?? programTypes.find((t) => t.name === name)?.id;
	if (found === undefined && name !== "unspec")
		throw new RequestFault(`"type": "${given}" is not known`);
	return found ?? 0;
}

function keptBtf(session: Session, fields: Fields): Uint8Array | undefined {
	if (!fields.has("btf_handle")) return undefined;
	return session.handles.btf(fields.text("btf_handle"), "btf_handle");
}

/** Records of 32-bit words; `odd` says so when they are of another size than Skep reads. */
function infoRecords(
	fields: Fields,
	name: string,
	usual: number,
	sizeName = `${name}_rec_size`,
): { rows: number[][]; odd?: string } {
	const bytes = fields.hex(name, MOST_DATA);
	const size = fields.number(sizeName, usual);
	if (!bytes) return { rows: [] };
	if (size === 0 || bytes.length % size !== 0)
		throw new RequestFault(`"${name}": not a whole number of records`);
	if (size !== usual) return { rows: [], odd: `${name} records of ${size} bytes` };
	const data = view(bytes);
	const rows: number[][] = [];
	for (let at = 0; at < bytes.length; at += size)
		rows.push(Array.from({ length: size / 4 }, (_, i) => data.getUint32(at + 4 * i, true)));
	return { rows };
}

function makeMaps(session: Session, fields: Fields, btf: Uint8Array | undefined): LoadMap[] {
	const maps: LoadMap[] = [];
	try {
		for (const [index, given] of fields.list("maps").entries()) {
			const one = new Fields(given, 'an entry of "maps"');
			if (one.has("map")) {
				const handle = one.only(["map"]).text("map");
				maps.push({ map: session.handles.map(handle, "map"), bytes: 0, made: false, handle });
				continue;
			}
			const around = { earlier: maps, index, ...(btf ? { btf } : {}) };
			maps.push({ ...makeMap(session, one.only(MAP_FIELDS), around), made: true });
		}
	} catch (error) {
		for (const { map, made } of maps.reverse()) if (made) session.handles.discard(map);
		throw error;
	}
	return maps;
}

/** errno of bpf(2) before the verifier is asked; 0 when it is asked. */
function refusal({ request, log }: Asked): number {
	if (request.flags & ~LOAD_FLAGS) return errno.EINVAL;
	const count = request.code.length;
	if (count === 0 || count > MOST_INSNS) return errno.E2BIG;
	if (!/^[A-Za-z0-9_.]*$/.test(request.name)) return errno.EINVAL;
	return log.level > ALL_LOG_BITS ? errno.EINVAL : 0;
}

function judgeAndLoad(session: Session, asked: Asked, maps: readonly LoadMap[]): Answer {
	const [lacking] = asked.unsupported;
	if (lacking !== undefined)
		return failed(0, "prog", { unsupported: lacking, load_us: 0, log: "" });
	const trueSize = asked.log.level ? { log_true_size: 0 } : {};
	const refused = refusal(asked);
	if (refused) return failed(refused, "prog", { load_us: 0, log: "", ...trueSize });
	const request: LoadRequest = { ...asked.request, maps: maps.map(({ map }) => specOf(map)) };
	const started = performance.now();
	const stopped = () => performance.now() - started > asked.timeout;
	const report = verify(request, { logLevel: asked.log.level, shouldStop: stopped });
	const load_us = Math.round((performance.now() - started) * 1000);
	const fitted = fitLog(report.log, asked.log, utf8(report.log), report.logPeak);
	const common = { load_us, ...fitted.fields, ...statsOf(report, asked.log, fitted.fields.log) };
	if (report.unsupported !== undefined)
		return failed(0, "prog", { ...common, unsupported: report.unsupported });
	if (report.stoppedAt !== undefined)
		return failed(errno.EAGAIN, "prog", { ...common, timed_out: true });
	if (fitted.cut) return failed(errno.ENOSPC, "prog", common);
	if (!report.ok) return failed(report.errno, "prog", common);
	return place(session, asked, request, maps, {
		common,
		facts: factsOf(report, asked),
		report,
	});
}

function factsOf(report: Report, asked: Asked): Answer {
	const { missing } = asked;
	return {
		verified_insns: report.stats.insnsProcessed,
		tag: programTag(asked.insns),
		...(missing.length ? { unsupported: missing.join(", ") } : {}),
	};
}

/** Makes no code: for programs that are judged and not kept. */
const nothing: Executor = {
	kind: "vm",
	load: () => ({ run: noCode, call: noCode }),
};

function noCode(): never {
	throw new Error("Skep bug: a program that was not kept is run");
}

/** Makes the program ready, and keeps it where the request says so. */
function place(
	session: Session,
	{ keep }: Asked,
	request: LoadRequest,
	maps: readonly LoadMap[],
	{
		common,
		facts,
		report,
	}: { readonly common: Answer; readonly facts: Answer; readonly report: Report },
): Answer {
	const { kernel, jit, handles } = session;
	const executor = keep === undefined ? nothing : jit;
	const loaded = kernel.loadProgram(request, executor, { maps: maps.map((m) => m.map) });
	if ("failure" in loaded) {
		const { errno: number, unsupported } = loaded.failure;
		return failed(number, "prog", { ...common, ...(unsupported ? { unsupported } : {}) });
	}
	if (keep === undefined) {
		kernel.closeProgram(loaded.program);
		return { ...done, ...common, ...facts };
	}
	handles.keepProgram(keep, loaded.program);
	session.contexts.set(loaded.program, report.maxCtxOffset);
	session.targets.set(loaded.program, asTarget(request, report));
	const names = maps.map(({ map, bytes, handle }, i) => {
		if (handle !== undefined) return handle;
		handles.keepMap(`${keep}.${i}`, map, bytes, keep);
		return `${keep}.${i}`;
	});
	return { ...done, ...common, ...facts, prog: keep, maps: names };
}

/** What the verifier may know of a map: read-only frozen ones with their contents. */
function specOf(map: BpfMap): MapSpec {
	const spec = map.spec as MapSpec;
	if (!map.frozen || !(spec.flags & BPF_F_RDONLY_PROG)) return { ...spec, frozen: map.frozen };
	const init = map
		.entries(spec.maxEntries)
		.flatMap(({ key, value }) => (typeof value === "number" ? [] : [{ key, value }]));
	return { ...spec, frozen: true, init };
}

/** The counters, where the log still has the lines that hold them. */
function statsOf(report: Report, { level }: LogRoom, log: string): Answer {
	if (level === 0 || !/^processed \d+ insns .*peak_states \d+/m.test(log.slice(-4096))) return {};
	const timed = /^stack depth ([\d+]*)$/m.test(log.slice(-4096));
	const more = timed ? { time_us: 0, stack_depth: report.stackDepths } : {};
	return { stats: { ...counters(report.stats), ...more } };
}

function counters(stats: Stats): Answer {
	return {
		insns_processed: stats.insnsProcessed,
		limit: MOST_INSNS,
		max_states_per_insn: stats.maxStatesPerInsn,
		total_states: stats.totalStates,
		peak_states: stats.peakStates,
		mark_read: stats.markRead,
	};
}
