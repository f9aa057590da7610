// BPF_PROG_TEST_RUN from a request, with a time limit between repeats.

import { errno } from "../../abi/index.ts";
import { toHex } from "../../base/index.ts";
import type { LoadedProgram, TestRunResult } from "../../kernel/index.ts";
import type { RunResult } from "../../machine/index.ts";
import { type Answer, done, failed } from "./answer.ts";
import type { Fields } from "./fields.ts";
import { RequestFault } from "./json.ts";
import { timeLimit } from "./limit.ts";
import type { Session } from "./session.ts";

const MOST_DATA = 16 << 20;
const ROOM = 65536;
const LEAST_CONTEXT_OUT = 512;
const MOST_REPEATS = 100_000_000;
const LIVE_FRAMES = 2;
/** Runs between two looks at the clock. */
const SLICE = 64;
const MOST_CPUS = 1024;

const SYSCALL = 31;
/** raw_tracepoint, raw_tracepoint_writable, syscall: no data, context only. */
const CONTEXT_ONLY: ReadonlySet<number> = new Set([17, 24, SYSCALL]);

/** Sizes of contexts that are made when only their output is asked for: struct xdp_md, struct __sk_buff. */
const CONTEXT_SIZE: ReadonlyMap<number, number> = new Map([
	[6, 24],
	...[1, 3, 4, 8, 10, 11, 12].map((type) => [type, 192] as const),
]);

const FIELDS = [
	"op",
	"id",
	"prog",
	"data",
	"ctx",
	"repeat",
	"flags",
	"data_out_size",
	"ctx_out_size",
	"cpu",
	"batch_size",
	"pin",
	"timeout_ms",
];

interface Asked {
	readonly data: Uint8Array | undefined;
	readonly context: Uint8Array | undefined;
	readonly dataOut: number;
	readonly contextOut: number;
	readonly repeat: number;
	readonly timeout: number;
}

export function run(session: Session, request: Fields): Answer {
	const fields = request.only(FIELDS);
	const program = session.handles.program(fields.text("prog"), "prog");
	const asked = readAsked(fields, program.type);
	if (fields.number("flags", 0) & LIVE_FRAMES)
		throw new RequestFault('"flags": live frames leave the test run');
	const pin = fields.maybe("pin", MOST_CPUS - 1) ?? 0;
	if (CONTEXT_ONLY.has(program.type)) {
		const least = session.contexts.get(program) ?? 0;
		if ((asked.context?.length ?? 0) < least) return failed(errno.EINVAL, "run", { wall_us: 0 });
	}
	if (pin >= session.cpus) throw new RequestFault('"pin": cannot run on that CPU');
	const { environment } = session.kernel.machine;
	const started = performance.now();
	const before = environment.cpu;
	environment.cpu = fields.number("flags", 0) & 1 ? fields.number("cpu", 0) % session.cpus : pin;
	const outcome = testRun(session, program, fields, asked);
	environment.cpu = before;
	const wall = Math.round((performance.now() - started) * 1000);
	return answerOf(outcome, asked, program.type, wall);
}

function readAsked(fields: Fields, type: number): Asked {
	const data = fields.hex("data", MOST_DATA);
	const context = fields.hex("ctx", MOST_DATA);
	const bare = CONTEXT_ONLY.has(type);
	const room = context && !bare ? Math.max(context.length, LEAST_CONTEXT_OUT) : 0;
	return {
		data,
		context,
		repeat: fields.number("repeat", 0, MOST_REPEATS),
		dataOut: fields.number(
			"data_out_size",
			data && !bare ? data.length + ROOM : 0,
			MOST_DATA + ROOM,
		),
		contextOut: fields.number("ctx_out_size", room, MOST_DATA),
		timeout: timeLimit(fields),
	};
}

interface Outcome {
	readonly result: TestRunResult;
	readonly timedOut: boolean;
}

function testRun(session: Session, program: LoadedProgram, fields: Fields, asked: Asked): Outcome {
	const made = asked.contextOut > 0 && !asked.context ? CONTEXT_SIZE.get(program.type) : undefined;
	const context = asked.context ?? (made === undefined ? undefined : new Uint8Array(made));
	const optional = (name: string) => fields.number(name, 0);
	const prepared = session.kernel.prepareRun(program, {
		...(asked.data ? { data: asked.data } : {}),
		...(context ? { context } : {}),
		...(asked.contextOut > 0 ? { contextOutSize: asked.contextOut } : {}),
		dataOutSize: asked.dataOut,
		repeat: asked.repeat,
		flags: optional("flags"),
		cpu: optional("cpu"),
		batchSize: optional("batch_size"),
	});
	if ("errno" in prepared) return { result: prepared, timedOut: false };
	const count = Math.max(1, asked.repeat);
	const start = performance.now();
	let last: RunResult = program.runner.run(prepared.context);
	let runs = 1;
	let late = false;
	for (; runs < count && last.kind === "exit" && !late; runs++) {
		last = program.runner.run(prepared.context);
		late = runs % SLICE === 0 && performance.now() - start > asked.timeout;
	}
	const mean = Math.round(((performance.now() - start) * 1e6) / runs);
	return { result: prepared.finish(last, mean), timedOut: late && runs < count };
}

function answerOf(outcome: Outcome, asked: Asked, type: number, wall_us: number): Answer {
	const { result, timedOut } = outcome;
	if (timedOut) return failed(errno.EINTR, "run", { timed_out: true, wall_us });
	if (result.trap) {
		const { message, unsupported } = result.trap;
		return failed(0, "run", { error: message, ...(unsupported ? { unsupported } : {}), wall_us });
	}
	const { errno: number } = result;
	if (number !== 0 && number !== errno.ENOSPC) return failed(number, "run", { wall_us });
	const out = { wall_us, retval: result.retval ?? 0, duration_ns: result.durationNs ?? 0 };
	const answer = { ...out, ...dataOf(result, asked), ...contextOf(result, asked, type) };
	return number === 0 ? { ...done, ...answer } : failed(number, "run", answer);
}

function dataOf(result: TestRunResult, asked: Asked): Answer {
	if (asked.dataOut === 0) return {};
	const { dataOut, dataSizeOut = asked.dataOut } = result;
	return { data_size_out: dataSizeOut, data_out: toHex(dataOut ?? new Uint8Array(asked.dataOut)) };
}

function contextOf(result: TestRunResult, asked: Asked, type: number): Answer {
	const { contextOut } = result;
	if (asked.contextOut > 0)
		return { ctx_out: toHex(contextOut ?? new Uint8Array(asked.contextOut)) };
	if (!asked.context || type !== SYSCALL) return {};
	return { ctx_out: toHex(contextOut ?? asked.context) };
}
