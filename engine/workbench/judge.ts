// One program of an object before the verifier: the answer in the fields that the command line and the page show.

import { errnoName, programTypes, progType } from "../abi/index.ts";
import type { Btf } from "../btf/index.ts";
import {
	type AttachTarget,
	type LoadRequest,
	loadRequest,
	type ObjectFile,
	type ProgramSpec,
} from "../object/index.ts";
import { asTarget, type Report, verify } from "../verifier/index.ts";
import { withAcceptedBtf } from "./acceptedbtf.ts";
import { type Attachment, attached } from "./target.ts";

export interface JudgeOptions {
	/** BPF_PROG_TYPE_* that takes the place of the program's own. */
	readonly type?: number;
	/** Bits of Linux's log_level: 1, 2, 4. */
	readonly logLevel: number;
	/** The kernel's types to judge against. */
	readonly kernel?: Btf;
	/** The program that it is attached to. */
	readonly attachment?: Attachment;
}

/** The verdict on one program. When `unsupported` is there, nothing is said of Linux. */
export interface Judgement {
	readonly ok: boolean;
	/** Positive errno of bpf(2) and its name; 0 and "" when there is none. */
	readonly errno: number;
	readonly err: string;
	/** Kernel name of the program type, `unspec` when it is not known. */
	readonly typeName: string;
	/** Last line of the verifier's words. */
	readonly message: string;
	readonly log: string;
	readonly insnsProcessed: number;
	readonly totalStates: number;
	readonly peakStates: number;
	readonly timeUs: number;
	readonly unsupported?: string;
	readonly report?: Report;
	/** What was put to the verifier. */
	readonly request?: LoadRequest;
}

/** Verifies `program` of `object`. */
export function judge(object: ObjectFile, program: ProgramSpec, options: JudgeOptions): Judgement {
	const type = options.type ?? program.type;
	const typeName = (type === undefined ? undefined : progType(type)?.name) ?? "unspec";
	if (program.unsupported !== undefined) return undecided(typeName, program.unsupported);
	const { attachment } = options;
	if (program.fault !== undefined && !(attachment && program.needsTarget))
		return refused(typeName, program.fault);
	if (type === undefined) {
		const guess = program.typeGuess === undefined ? undefined : progType(program.typeGuess)?.name;
		return undecided(
			typeName,
			`section ${program.section || "(none)"} does not name a program type: choose one${guess ? ` (${guess}?)` : ""}`,
		);
	}
	const plain = withAcceptedBtf(loadRequest(object, program, type));
	const request = attachment ? attached(plain, program, attachment) : plain;
	if (typeof request === "string") return refused(typeName, request);
	const started = performance.now();
	const report = verify(request, {
		logLevel: options.logLevel,
		...(options.kernel ? { kernel: options.kernel } : {}),
	});
	const timeUs = Math.round((performance.now() - started) * 1000);
	const { stats } = report;
	return {
		ok: report.ok,
		errno: report.errno,
		err: report.errno === 0 ? "" : (errnoName(report.errno) ?? `${report.errno}`),
		typeName,
		message: report.message,
		log: report.log,
		insnsProcessed: stats.insnsProcessed,
		totalStates: stats.totalStates,
		peakStates: stats.peakStates,
		timeUs,
		...(report.unsupported === undefined ? {} : { unsupported: report.unsupported }),
		report,
		request,
	};
}

/** What an accepted program is to another that is attached to it; undefined when it was not accepted. */
export function targetOfJudgement({ ok, request, report }: Judgement): AttachTarget | undefined {
	return ok && request && report ? asTarget(request, report) : undefined;
}

function undecided(typeName: string, unsupported: string): Judgement {
	return { ...refused(typeName, ""), unsupported };
}

/** libbpf gives up before the kernel is asked. */
function refused(typeName: string, message: string): Judgement {
	return {
		ok: false,
		errno: 0,
		err: "",
		typeName,
		message,
		log: message ? `libbpf: ${message}\n` : "",
		insnsProcessed: 0,
		totalStates: 0,
		peakStates: 0,
		timeUs: 0,
	};
}

/** BPF_PROG_TYPE_* of a kernel name (`xdp`, `sched_cls`), a usual short one (`tc`, `socket`) or a number. */
export function programTypeNumber(text: string): number | undefined {
	const short: Record<string, string> = {
		tc: "sched_cls",
		socket: "socket_filter",
		raw_tp: "raw_tracepoint",
	};
	if (/^\d+$/.test(text))
		return programTypes.some((t) => t.id === Number(text)) ? Number(text) : undefined;
	return progType(short[text] ?? text)?.id;
}
