// The whole of a verification: what BPF_PROG_LOAD does with a program before it is run (bpf_check of the kernel).

import { acceptsAttach } from "../abi/index.ts";
import type { Btf } from "../btf/index.ts";
import { decodeBtf, resolveType } from "../btf/index.ts";
import type { LoadRequest, MapSpec, TargetFunction } from "../object/index.ts";
import { assumeArguments } from "./args.ts";
import { attachesByBtf, checkAttach } from "./attach.ts";
import { checkBtfInfo, checkFunctionRecords } from "./btfinfo.ts";
import { setFramePointer } from "./call.ts";
import { walk } from "./check.ts";
import { addRewriteStack, checkStackDepth, dropFastcalls, markFastcalls } from "./depth.ts";
import { COMPLEXITY_LIMIT, E2BIG, EINVAL, Env, type Subprog } from "./env.ts";
import { Equality } from "./equal.ts";
import { checkCallbackArguments } from "./exception.ts";
import {
	checkGraph,
	computePostorder,
	computeScc,
	linkPredecessors,
	linkSuccessors,
} from "./graph.ts";
import { callsKfunc } from "./kfuncs.ts";
import { computeLiveRegs } from "./liveregs.ts";
import { LiveStack } from "./livestack.ts";
import { Log } from "./log.ts";
import { BPF_F_RDONLY_PROG, BPF_F_WRONLY_PROG, mapFacts } from "./maps.ts";
import { Precision } from "./precision.ts";
import { makePrinter } from "./printer.ts";
import { functionArguments } from "./prototype.ts";
import { resolveMaps } from "./pseudo.ts";
import {
	hasTypesOfSize,
	mapFieldsError,
	parseFields,
	type StructTable,
	structTable,
} from "./record.ts";
import { PTR_TO_CTX, setKnown } from "./reg.ts";
import type { Report } from "./report.ts";
import { type Frame, initFrame, MAIN_CALL, regOf } from "./state.ts";
import type { Tools } from "./step.ts";
import { checkSubprogs, findSubprogs, isKfuncCall } from "./subprogs.ts";
import { Trace } from "./trace.ts";

export interface VerifyOptions {
	/** Bits 1 (the failing path), 2 (everything), 4 (statistics); 0 and absent: only messages. */
	readonly logLevel?: number;
	/** Instructions to look at before giving up; the kernel's million when absent. */
	readonly insnLimit?: number;
	/** The kernel's types: kfuncs, kernel structs and attach targets are judged by them. */
	readonly kernel?: Btf;
	/** The kernel lists its variables among its symbols (CONFIG_KALLSYMS_ALL), as most do; true when absent. */
	readonly dataSymbols?: boolean;
	/** Asked every thousand steps; true ends the verification. */
	readonly shouldStop?: () => boolean;
	/** Record what happens at each step. */
	readonly trace?: boolean;
	/** Keep the whole state before these steps (with or without `trace`). */
	readonly statesAt?: (step: number, pc: number) => boolean;
}

/** Judges the program as Linux 6.18 does for a privileged user. */
export function verify(asked: LoadRequest, options: VerifyOptions = {}): Report {
	const { request, btf, structs } = readBtf(asked, options.kernel);
	const level = options.logLevel ?? 0;
	const env = new Env(
		request,
		{
			logLevel: level,
			insnLimit: options.insnLimit ?? COMPLEXITY_LIMIT,
			shouldStop: options.shouldStop,
		},
		makePrinter(request, btf, options.kernel),
		btf,
	);
	env.kernel = options.kernel;
	env.structs = structs;
	env.dataSymbols = options.dataSymbols ?? true;
	const early = refuseEarly(env);
	if (early < 0) return report(env, early);
	if (level !== 0) env.log = new Log(level, env);
	if (options.trace || options.statesAt) env.trace = new Trace(options.statesAt);
	addMaps(env);
	const result = run(env);
	return report(env, result);
}

interface Read {
	readonly request: LoadRequest;
	readonly btf: Btf | undefined;
	readonly structs?: StructTable;
}

/** A program whose BTF the kernel refuses for its special fields is loaded without, as libbpf does. */
function readBtf(request: LoadRequest, kernel: Btf | undefined): Read {
	const btf = request.btf ? decodeBtf(request.btf).value : undefined;
	const structs = btf && structTable(btf, kernel);
	if (typeof structs !== "number") return { request, btf, ...(structs ? { structs } : {}) };
	const { btf: _refused, ...rest } = request;
	const maps = rest.maps.map(withoutBtf);
	return { request: { ...rest, maps, functions: [], lines: [] }, btf: undefined };
}

/** BPF_F_STRICT_ALIGNMENT to BPF_F_TEST_REG_INVARIANTS. */
const KNOWN_FLAGS = 0xff;
/** Place of what is refused before any instruction is looked at. */
const NOWHERE = -1;
/** BTF_MAX_TYPE. */
const MOST_TYPES = 0xfffff;

/** What bpf(2) answers before the verifier looks, with an empty log. */
function refuseEarly(env: Env): number {
	const { request } = env;
	const refuse = (errno: number, reason: string): number => {
		env.failure = { errno, reason, pc: NOWHERE };
		return -errno;
	};
	if (request.code.length === 0 || request.code.length > 1_000_000)
		return refuse(E2BIG, "load/size");
	if ((request.flags & ~KNOWN_FLAGS) !== 0) return refuse(EINVAL, "load/flags");
	const { type, attachBtfId = 0, attachTarget, expectedAttachType } = request;
	const byBtf = attachesByBtf(type);
	if (attachBtfId > MOST_TYPES || (attachBtfId !== 0 && !byBtf))
		return refuse(EINVAL, "load/attach-id");
	if (attachTarget && type !== TRACING && type !== EXT) return refuse(EINVAL, "load/attach-id");
	// What BTF attaches is looked at later, with words.
	if ((!byBtf || type === EXT) && !acceptsAttach(type, expectedAttachType))
		return refuse(EINVAL, "load/attach-type");
	return 0;
}

function addMaps(env: Env): void {
	const { maps } = env.request;
	const inner: number[] = [];
	let next = maps.length + 1;
	for (const spec of maps) inner.push(spec.inner ? next++ : 0);
	for (const [i, spec] of maps.entries()) addMap(env, spec, inner[i] ?? 0);
	for (const spec of maps) if (spec.inner) addMap(env, { ...spec.inner, name: "" }, 0);
}

const GUARDED = BPF_F_RDONLY_PROG | BPF_F_WRONLY_PROG;

/** A map whose fields do not fit it is made without BTF, as libbpf does after the kernel has refused. */
function addMap(env: Env, spec: MapSpec, inner: number): void {
	const { btf, kernel } = env;
	const value = btf && resolveType(btf, spec.btfValueTypeId ?? 0)?.id;
	const found = btf && value ? parseFields(btf, value, false, kernel) : [];
	const fields = typeof found === "number" ? [] : found;
	const guarded = (spec.flags & GUARDED) !== 0;
	const refused =
		btf &&
		(!hasTypesOfSize(btf, spec) || mapFieldsError(btf, fields, spec.type, guarded, kernel) < 0);
	env.maps.push(refused ? mapFacts(withoutBtf(spec), inner, []) : mapFacts(spec, inner, fields));
}

function withoutBtf({ btfKeyTypeId: _key, btfValueTypeId: _value, ...spec }: MapSpec): MapSpec {
	return spec;
}

function run(env: Env): number {
	const error =
		checkFunctionRecords(env) ||
		findSubprogs(env) ||
		checkSubprogs(env) ||
		checkBtfInfo(env) ||
		resolveMaps(env) ||
		checkGraph(env);
	if (error < 0) return error;
	linkSuccessors(env);
	linkPredecessors(env);
	computePostorder(env);
	const sleep = checkSleepable(env) || checkAttach(env);
	if (sleep < 0) return sleep;
	computeScc(env);
	computeLiveRegs(env);
	markFastcalls(env);
	const walked = walkAll(env);
	if (walked < 0) return walked;
	dropFastcalls(env);
	const depth = checkStackDepth(env) || checkKfuncZero(env);
	if (depth === 0) addRewriteStack(env);
	return depth;
}

/** Calls of kfunc 0 that can be reached. */
function checkKfuncZero(env: Env): number {
	for (let pc = 0; pc < env.code.length; pc++)
		if (isKfuncCall(env, pc) && env.code.imm[pc] === 0 && env.facts.visits[pc] !== 0)
			return env.fail(
				EINVAL,
				"kfunc/invalid",
				"invalid kernel function call not eliminated in verifier pass",
			);
	return 0;
}

const SYSCALL = 31;
const KPROBE = 2;
const TRACING = 26;
const STRUCT_OPS = 27;
const EXT = 28;
const LSM = 29;
/** fentry, fexit, fmod_ret and iterators. */
const sleepingAttach = new Set([24, 25, 26, 28]);

function checkSleepable(env: Env): number {
	const { type } = env.request;
	if (type === SYSCALL && !env.sleepable)
		return env.fail(EINVAL, "program/sleepable", "Syscall programs can only be sleepable");
	const attach = env.request.expectedAttachType;
	const may =
		type === SYSCALL ||
		type === KPROBE ||
		type === LSM ||
		type === STRUCT_OPS ||
		(type === TRACING && sleepingAttach.has(attach));
	if (env.sleepable && !may)
		return env.fail(
			EINVAL,
			"program/sleepable",
			"Only fentry/fexit/fmod_ret, lsm, iter, uprobe, and struct_ops programs can be sleepable",
		);
	return 0;
}

/** The main program, then every global function that something verified calls. */
function walkAll(env: Env): number {
	const main = walkFunction(env, 0);
	if (main < 0) return main;
	const callback = env.subprogs[env.exceptionCallback];
	if (env.exceptionCallback !== 0 && callback) callback.called = true;
	const done = new Set<number>([0]);
	for (let again = true; again; ) {
		again = false;
		for (const [i, subprog] of env.subprogs.entries()) {
			if (done.has(i) || !subprog.isGlobal || !subprog.called) continue;
			done.add(i);
			const error = walkGlobal(env, subprog, i);
			if (error < 0) return error;
			again = true;
		}
	}
	return 0;
}

function walkGlobal(env: Env, subprog: Subprog, index: number): number {
	const error = walkFunction(env, index);
	if (error < 0) return error;
	if (env.log?.steps)
		env.log.write(
			`Func#${index} ('${subprog.name}') is safe for any args that match its prototype\n`,
		);
	return 0;
}

/** do_check_common: walks function `index` from its first instruction. */
function walkFunction(env: Env, index: number): number {
	const subprog = env.subprogs[index] as Subprog;
	const precision = new Precision(env);
	const tools: Tools = {
		precision,
		equality: new Equality(env),
		live: new LiveStack(env),
	};
	env.log?.forgetLine();
	env.explored.fill(undefined);
	for (const visits of env.loops) visits.length = 0;
	const state = env.takeState();
	env.cur = state;
	state.curframe = 0;
	state.branches = 1;
	state.inSleepable = env.sleepable;
	const frame = initFrame(state, 0, MAIN_CALL, 0, index);
	setFramePointer(frame);
	state.firstInsn = subprog.start;
	state.lastInsn = -1;
	env.scratchAll();
	const main = index === 0 && !env.isExtension;
	const error = main ? mainEntry(env, frame) : functionEntry(env, frame, index);
	if (error < 0) return error;
	env.pc = subprog.start;
	env.prevPc = -1;
	env.entrySubprog = index;
	const walked = walk(env, tools);
	if (walked === 0) env.log?.rewind(0);
	return walked;
}

/** The main program finds its context in r1. Tracing programs rely on its BTF only when that says no more and no less. */
function mainEntry(env: Env, frame: Frame): number {
	const main = env.subprogs[0];
	if (main && env.btf && env.request.functions.length > 0) {
		const list = functionArguments(env, main);
		main.unreliable = typeof list === "number" || list.length !== 1 || list[0]?.kind !== "context";
	}
	const context = regOf(frame, 1);
	setKnown(context, 0, 0);
	context.type = PTR_TO_CTX;
	return 0;
}

/** A global function, and what replaces one, finds the arguments that its BTF tells. */
function functionEntry(env: Env, frame: Frame, index: number): number {
	const subprog = env.subprogs[index] as Subprog;
	env.log?.write(`Validating ${subprog.name}() func#${index}...\n`);
	const list = functionArguments(env, subprog);
	if (typeof list === "number") {
		env.failure ??= { errno: -list, reason: "call/prototype", pc: subprog.start };
		return list;
	}
	frame.inExceptionCallback = subprog.isExceptionCallback;
	return (
		(subprog.isExceptionCallback ? checkCallbackArguments(env, list) : 0) ||
		assumeArguments(env, frame, list)
	);
}

/** Whether the kernel adds a function of its own that takes what is thrown. */
function throws(env: Env): boolean {
	if (env.exceptionCallback !== 0) return false;
	const { visits } = env.facts;
	for (let pc = 0; pc < visits.length; pc++)
		if (visits[pc] !== 0 && callsKfunc(env, pc, "bpf_throw")) return true;
	return false;
}

function asFunction(subprog: Subprog): TargetFunction {
	const { name, typeId, unreliable, changesPacket, mightSleep } = subprog;
	const exceptionCallback = subprog.isExceptionCallback;
	return { name, typeId, unreliable, changesPacket, mightSleep, exceptionCallback };
}

function failed({ reason, pc }: NonNullable<Env["failure"]>): Pick<Report, "reason" | "pc"> {
	return pc === NOWHERE ? { reason } : { reason, pc };
}

function report(env: Env, result: number): Report {
	const text = env.messages.join("");
	const lines = text.split("\n").filter((line) => line !== "");
	// Functions that nothing reached are removed from a program that is accepted.
	const kept = env.subprogs.filter((s) => result < 0 || env.facts.visits[s.start] !== 0);
	const stackDepths = kept.map((s) => s.stackDepth);
	if (result === 0 && throws(env)) stackDepths.push(0);
	const processed = `processed ${env.insnProcessed} insns (limit 1000000) max_states_per_insn ${env.maxStatesPerInsn} total_states ${env.totalStates} peak_states ${env.peakStates} mark_read 0\n`;
	if (env.log && (env.log.level & 4) !== 0)
		env.log.write(`verification time 0 usec\nstack depth ${stackDepths.join("+")}\n`);
	env.log?.write(processed);
	const unsupported = env.unsupported;
	return {
		ok: result === 0,
		errno: unsupported !== undefined || env.stopped ? 0 : result === 0 ? 0 : -result,
		...(unsupported === undefined ? {} : { unsupported }),
		...(env.stopped ? { stoppedAt: env.insnProcessed } : {}),
		message: result === 0 ? "" : (lines[lines.length - 1] ?? ""),
		messages: result === 0 ? [] : lines,
		...(env.failure && result < 0 ? failed(env.failure) : {}),
		log: env.log?.text ?? "",
		logPeak: env.log?.peak ? env.log.peak + 1 : 0,
		maxCtxOffset: env.maxCtxOffset,
		stats: {
			insnsProcessed: env.insnProcessed,
			maxStatesPerInsn: env.maxStatesPerInsn,
			totalStates: env.totalStates,
			peakStates: env.peakStates,
			markRead: 0,
		},
		stackDepths,
		functions: result === 0 && env.request.functions.length > 0 ? kept.map(asFunction) : [],
		visits: env.facts.visits,
		...(env.trace
			? {
					trace: {
						events: env.trace.events.subarray(0, env.trace.count * 3),
						steps: env.trace.steps,
						states: env.trace.views,
					},
				}
			: {}),
	};
}
