// BPF_PROG_TEST_RUN: one program on given bytes, with the checks, defaults and errnos of Linux 6.18 (net/bpf/test_run.c).
// It knows nothing of devices' hooks: a redirect is an answer here, nothing moves.

import { attachType, errno, progType } from "../abi/index.ts";
import { concatBytes } from "../base/index.ts";
import type { RunResult, Trap } from "../machine/index.ts";
import type { Machine, Redirect } from "./machine.ts";
import type { LoadedProgram } from "./program.ts";
import { protocolOf, SKB, SKB_CONTEXT_SIZE, Skb } from "./skb.ts";
import { FRAME_SIZE, TAILROOM, XDP_HEADROOM, XDP_MD_SIZE, XdpFrame } from "./xdp.ts";

/** Fields of bpf(2)'s test run; absent ones are zero. */
export interface TestRunRequest {
	readonly data?: Uint8Array;
	readonly context?: Uint8Array;
	/** Most bytes of data and of context to give back; all when absent. */
	readonly dataOutSize?: number;
	readonly contextOutSize?: number;
	readonly repeat?: number;
	readonly flags?: number;
	readonly cpu?: number;
	readonly batchSize?: number;
}

/** What came back. ENOSPC (28) still has the results, cut. */
export interface TestRunResult {
	/** 0 or a positive errno. */
	readonly errno: number;
	/** Unsigned. */
	readonly retval?: number;
	/** Mean of the runs, measured on the host; 0 when it is not measured. */
	readonly durationNs?: number;
	readonly dataSizeOut?: number;
	readonly dataOut?: Uint8Array;
	readonly contextOut?: Uint8Array;
	/** Bytes that the start of the packet moved to the end; negative when room was made in front. */
	readonly headDelta?: number;
	/** Where the program asked the packet to go, when its last run redirected it. */
	readonly redirect?: Redirect;
	/** The program faulted or called something that Skep lacks: not an answer of Linux. */
	readonly trap?: Trap;
}

const ETH_HLEN = 14;
const LONGEST_META = 252;
/** A socket buffer of a test run is one page with 64 bytes before the data. */
const SKB_LINEAR = FRAME_SIZE - 64 - TAILROOM;
/** What does not fit the first page of an XDP frame is in fragments of a page each. */
const MOST_FRAGMENTS = 17;
const TEST_SKB_CHECKSUM_COMPLETE = 4;
const RUN_ON_CPU = 1;
/** Bytes of the arguments of a raw tracepoint: twelve of eight bytes. */
const RAW_ARGUMENTS = 96;
const IPV4 = 0x0800;
const IPV6 = 0x86dd;

const TYPE = {
	SOCKET_FILTER: 1,
	SCHED_CLS: 3,
	SCHED_ACT: 4,
	XDP: 6,
	CGROUP_SKB: 8,
	LWT_IN: 10,
	LWT_OUT: 11,
	LWT_XMIT: 12,
	RAW_TRACEPOINT: 17,
	FLOW_DISSECTOR: 22,
	TRACING: 26,
	SK_LOOKUP: 30,
	SYSCALL: 31,
	NETFILTER: 32,
} as const;

const SKB_TYPES: ReadonlySet<number> = new Set([
	TYPE.SOCKET_FILTER,
	TYPE.SCHED_CLS,
	TYPE.SCHED_ACT,
	TYPE.CGROUP_SKB,
	TYPE.LWT_IN,
	TYPE.LWT_OUT,
	TYPE.LWT_XMIT,
]);
const LINK_TYPES: ReadonlySet<number> = new Set([TYPE.SCHED_CLS, TYPE.SCHED_ACT]);

/** Types that Linux runs and Skep does not. */
const LACKING: ReadonlySet<number> = new Set([
	TYPE.FLOW_DISSECTOR,
	TYPE.TRACING,
	TYPE.SK_LOOKUP,
	TYPE.NETFILTER,
]);

/** Programs of map entries have no test run. */
const IN_MAPS: ReadonlySet<number> = new Set([
	attachType.BPF_XDP_DEVMAP,
	attachType.BPF_XDP_CPUMAP,
]);

/** Milliseconds of the host, for durations. */
export type Stopwatch = () => number;

/** A run that is set up: the context is in guest memory, `finish` reads the answer once the program has ended. */
export interface PreparedRun {
	/** Guest address for r1. */
	readonly context: number;
	finish(result: RunResult, durationNs?: number): TestRunResult;
}

export function testRun(
	machine: Machine,
	program: LoadedProgram,
	request: TestRunRequest,
	stopwatch?: Stopwatch,
): TestRunResult {
	const prepared = prepareRun(machine, program, request);
	if ("errno" in prepared) return prepared;
	const count = Math.max(1, request.repeat ?? 1);
	const start = stopwatch?.() ?? 0;
	let result = program.runner.run(prepared.context);
	for (let i = 1; i < count && result.kind === "exit"; i++)
		result = program.runner.run(prepared.context);
	const elapsed = (stopwatch?.() ?? 0) - start;
	return prepared.finish(result, Math.round((elapsed * 1e6) / count));
}

/** Sets a run up, for executors that are stepped; or answers why Linux would refuse it. One run at a time. */
export function prepareRun(
	machine: Machine,
	program: LoadedProgram,
	request: TestRunRequest,
): PreparedRun | TestRunResult {
	machine.running = program;
	machine.redirect = undefined;
	machine.clones.length = 0;
	if (request.context?.length === 0) return invalid;
	if (program.type === TYPE.XDP)
		return IN_MAPS.has(program.expectedAttachType) ? invalid : prepareXdp(machine, request);
	if (SKB_TYPES.has(program.type)) return prepareSkb(machine, program, request);
	if (program.type === TYPE.RAW_TRACEPOINT) return prepareRawTracepoint(machine, request);
	if (program.type === TYPE.SYSCALL) return prepareSyscall(machine, request);
	return LACKING.has(program.type) ? lacking(program.type) : { errno: errno.ENOTSUPP };
}

/** Linux would run it: no errno of Linux is an answer. */
function lacking(type: number): TestRunResult {
	const unsupported = `test runs of ${progType(type)?.name ?? type} programs`;
	const message = `Skep has no ${unsupported}`;
	return { errno: 0, trap: { kind: "stopped", pc: -1, message, unsupported } };
}

/** Runs a program of a type that Linux gives no test run (tracepoint, kprobe, perf_event) on a context of these bytes, as if
 *  its event had happened: a model of its hook. */
export function trigger(
	machine: Machine,
	program: LoadedProgram,
	context: Uint8Array,
): TestRunResult {
	machine.running = program;
	placeContext(machine, context, context.length);
	const { start } = machine.contextRegion;
	const run = prepared(machine, {}, () => {
		const after = machine.memory.u8.slice(start, start + context.length);
		return { context: new DataView(after.buffer) };
	});
	return run.finish(program.runner.run(run.context));
}

const invalid: TestRunResult = { errno: errno.EINVAL };

function prepareXdp(machine: Machine, request: TestRunRequest): PreparedRun | TestRunResult {
	const data = request.data ?? new Uint8Array();
	if (request.flags || request.batchSize) return invalid;
	const context = readContext(request.context, XDP_MD_SIZE);
	if (typeof context === "number") return { errno: context };
	const meta = context?.getUint32(0, true) ?? 0;
	const end = context?.getUint32(4, true) ?? data.length;
	const ingressIfindex = context?.getUint32(12, true) ?? 0;
	const queue = context?.getUint32(16, true) ?? 0;
	if (context) {
		if (context.getUint32(8, true) !== 0 || end > data.length || meta > end) return invalid;
		if (meta % 4 !== 0 || meta > LONGEST_META || meta > data.length - ETH_HLEN) return invalid;
	}
	if (data.length < ETH_HLEN) return invalid;
	const linear = Math.min(end, FRAME_SIZE - (XDP_HEADROOM - meta) - TAILROOM);
	if (data.length - linear > MOST_FRAGMENTS * FRAME_SIZE) return { errno: errno.ENOMEM };
	if (context && (context.getUint32(20, true) !== 0 || queue !== 0)) return invalid;
	if (ingressIfindex !== 0 && !machine.devices.byIndex(ingressIfindex))
		return { errno: errno.ENODEV };
	const origin = {
		ingressIfindex: ingressIfindex || 1,
		rxQueueIndex: queue,
		egressIfindex: 0,
	};
	machine.xdp = new XdpFrame(machine, data, origin, linear, meta);
	const { packet } = machine;
	const head = packet.data;
	return prepared(machine, request, () => {
		if (context) {
			context.setUint32(0, packet.data - packet.meta, true);
			context.setUint32(4, packet.tail - packet.meta, true);
		}
		const fragments = packet.end - packet.tail;
		const bytes = packet.bytes(packet.meta);
		return { bytes, fragments, context, headDelta: packet.data - head };
	});
}

function prepareSkb(
	machine: Machine,
	program: LoadedProgram,
	request: TestRunRequest,
): PreparedRun | TestRunResult {
	const data = request.data ?? new Uint8Array();
	if ((request.flags ?? 0) & ~TEST_SKB_CHECKSUM_COMPLETE || request.cpu || request.batchSize)
		return invalid;
	if (data.length < ETH_HLEN || data.length > SKB_LINEAR) return invalid;
	const context = readContext(request.context, SKB_CONTEXT_SIZE);
	if (typeof context === "number") return { errno: context };
	const ifindex = context?.getUint32(SKB.ifindex, true) || 1;
	if (ifindex > 1 && !machine.devices.byIndex(ifindex)) return { errno: errno.ENODEV };
	const protocol = protocolOf(data);
	const least = protocol === IPV4 ? 20 : protocol === IPV6 ? 40 : 0;
	const link = LINK_TYPES.has(program.type);
	if (data.length - ETH_HLEN < least) return invalid;
	const length = link ? data.length : data.length - ETH_HLEN;
	if (context && !contextAllowed(context, length)) return invalid;
	const skb = new Skb(machine, {
		frame: data,
		ifindex,
		ingressIfindex: 0,
		link,
		mac: machine.devices.byIndex(ifindex)?.mac ?? new Uint8Array(6),
		broadcast: ifindex === 1 ? new Uint8Array(6) : new Uint8Array(6).fill(0xff),
		socket: true,
	});
	if (context) copyIn(skb, context);
	machine.skb = skb;
	const { packet } = machine;
	const head = packet.data;
	return prepared(machine, request, () => {
		if (context) copyOut(skb, context);
		const bytes = packet.bytes();
		const whole = link ? bytes : concatBytes([new Uint8Array(ETH_HLEN), bytes]);
		return { bytes: whole, context, headDelta: packet.data - head };
	});
}

/** Ranges of struct __sk_buff that a caller may set: offset and length. */
const SETTABLE: readonly (readonly [number, number])[] = [
	[SKB.mark, 4],
	[SKB.priority, 4],
	[SKB.ingressIfindex, 4],
	[SKB.ifindex, 4],
	[SKB.cb, 20],
	[SKB.tstamp, 8],
	[SKB.wireLen, 4],
	[SKB.gsoSegs, 4],
	[SKB.gsoSize, 4],
	[SKB.hwtstamp, 8],
];
/** Of these, what comes back. */
const RETURNED = SETTABLE.filter(([offset]) => offset !== SKB.gsoSize);
const LARGEST_WIRE_LENGTH = 65536;
const MOST_SEGMENTS = 65535;

function contextAllowed(context: DataView, length: number): boolean {
	const settable = (at: number) =>
		SETTABLE.some(([start, size]) => at >= start && at < start + size);
	for (let at = 0; at < SKB_CONTEXT_SIZE; at++)
		if (context.getUint8(at) !== 0 && !settable(at)) return false;
	const wire = context.getUint32(SKB.wireLen, true);
	if (wire !== 0 && (wire < length || wire > LARGEST_WIRE_LENGTH)) return false;
	return context.getUint32(SKB.gsoSegs, true) <= MOST_SEGMENTS;
}

function copyIn(skb: Skb, context: DataView): void {
	const { u8 } = skb.space.memory;
	for (const [offset, size] of SETTABLE)
		for (let i = offset; i < offset + size; i++) u8[skb.context + i] = context.getUint8(i);
	if (context.getUint32(SKB.wireLen, true) === 0) skb.set(SKB.wireLen, skb.space.packet.length);
	if (context.getUint32(SKB.ifindex, true) === 0) skb.set(SKB.ifindex, 1);
}

function copyOut(skb: Skb, context: DataView): void {
	const { u8 } = skb.space.memory;
	for (const [offset, size] of RETURNED)
		for (let i = offset; i < offset + size; i++) context.setUint8(i, u8[skb.context + i] as number);
}

/** Arguments of a raw tracepoint are the context's bytes; only the return value comes back. */
function prepareRawTracepoint(
	machine: Machine,
	request: TestRunRequest,
): PreparedRun | TestRunResult {
	const { context, data, repeat, batchSize, flags = 0, cpu = 0 } = request;
	if (data?.length || request.dataOutSize || request.contextOutSize || repeat || batchSize)
		return invalid;
	if ((context?.length ?? 0) > RAW_ARGUMENTS) return invalid;
	if (flags & ~RUN_ON_CPU || (!(flags & RUN_ON_CPU) && cpu !== 0)) return invalid;
	if (cpu >= machine.environment.cpus) return { errno: errno.ENXIO };
	placeContext(machine, context ?? new Uint8Array(), RAW_ARGUMENTS);
	return prepared(machine, request, () => ({}));
}

function prepareSyscall(machine: Machine, request: TestRunRequest): PreparedRun | TestRunResult {
	const { context, data, repeat, batchSize, flags } = request;
	if (data?.length || request.dataOutSize || request.contextOutSize) return invalid;
	if (repeat || batchSize || flags) return invalid;
	if ((context?.length ?? 0) > 65535) return invalid;
	const size = context?.length ?? 0;
	placeContext(machine, context ?? new Uint8Array(), size);
	return prepared(machine, request, () => {
		const { start } = machine.contextRegion;
		const after = machine.memory.u8.slice(start, start + size);
		return context ? { context: new DataView(after.buffer) } : {};
	});
}

function placeContext(machine: Machine, bytes: Uint8Array, size: number): void {
	const { contextRegion, memory } = machine;
	contextRegion.length = size;
	memory.u8.fill(0, contextRegion.start, contextRegion.start + size);
	memory.u8.set(bytes, contextRegion.start);
}

/** The context padded to its struct, undefined when none was given, a positive errno when it cannot be taken. */
function readContext(bytes: Uint8Array | undefined, size: number): DataView | undefined | number {
	if (bytes === undefined) return undefined;
	for (let i = size; i < bytes.length; i++) if (bytes[i] !== 0) return errno.E2BIG;
	const padded = new Uint8Array(size);
	padded.set(bytes.subarray(0, size));
	return new DataView(padded.buffer);
}

/** What a kind of run gives back beside the return value. */
interface Output {
	readonly bytes?: Uint8Array;
	/** How many of the bytes, at their end, are in fragments. */
	readonly fragments?: number;
	readonly context?: DataView | undefined;
	readonly headDelta?: number;
}

function prepared(machine: Machine, request: TestRunRequest, output: () => Output): PreparedRun {
	return {
		context: machine.contextRegion.start,
		finish: (result, durationNs = 0) => {
			const { redirect } = machine;
			const out: Output = result.kind === "exit" ? output() : {};
			machine.xdp = undefined;
			machine.skb = undefined;
			machine.clones.length = 0;
			if (result.kind === "trap") return { errno: 0, trap: result.trap };
			const dataOut = out.bytes && cutData(out.bytes, out.fragments ?? 0, request.dataOutSize);
			if (out.bytes && !dataOut) return { errno: errno.ENOSPC };
			const answer = { retval: result.lo >>> 0, durationNs, ...(redirect ? { redirect } : {}) };
			return { ...answer, ...cutOutput(out, dataOut, request) };
		},
	};
}

/**
 * As much of the packet as there is room for (bpf_test_finish): fragments first, then what is left of the room for the bytes
 * before them. Undefined when the fragments do not fit: Linux then answers nothing at all.
 */
function cutData(bytes: Uint8Array, fragments: number, room = 0): Uint8Array | undefined {
	if (room === 0 || room >= bytes.length) return bytes;
	if (room < fragments) return undefined;
	const head = bytes.subarray(0, room - fragments);
	return concatBytes([head, bytes.subarray(bytes.length - fragments)]);
}

/** Data and context as far as the caller has room for them; ENOSPC when something is cut, and no context behind cut data. */
function cutOutput(
	{ bytes, context, headDelta = 0 }: Output,
	dataOut: Uint8Array | undefined,
	request: TestRunRequest,
): Pick<TestRunResult, "errno" | "dataOut" | "dataSizeOut" | "contextOut" | "headDelta"> {
	const data = bytes && dataOut ? { dataSizeOut: bytes.length, dataOut, headDelta } : {};
	if (bytes && dataOut && dataOut.length < bytes.length) return { errno: errno.ENOSPC, ...data };
	const whole = context && new Uint8Array(context.buffer);
	const contextOut = whole?.subarray(0, request.contextOutSize ?? whole.length);
	const cut = whole && contextOut && contextOut.length < whole.length;
	return {
		errno: cut ? errno.ENOSPC : 0,
		...data,
		...(contextOut ? { contextOut } : {}),
	};
}
