// Test runs held against Linux: which requests are refused, what comes back, and programs whose outcome depends on the
// kernel around them (tail calls, callbacks, legacy packet loads, formatted output).
import { afterAll, beforeAll, expect, test } from "vitest";
import { errno } from "../abi/index.ts";
import { assemble } from "../asm/index.ts";
import { fromHex, Random, toHex } from "../base/index.ts";
import { encode } from "../isa/index.ts";
import { createJit } from "../jit/index.ts";
import type { LoadRequest } from "../object/index.ts";
import { loadRequest } from "../object/index.ts";
import { BpfRequests, Linux } from "../testing/index.ts";
import { createVm } from "../vm/index.ts";
import type { TestRunRequest } from "./index.ts";
import { Kernel } from "./index.ts";

let linux: Linux | undefined;
let closed = "";
beforeAll(async () => {
	const opened = await Linux.open();
	if ("linux" in opened) linux = opened.linux;
	else closed = opened.reason;
});
afterAll(() => linux?.end());

/** Asks with all fields of the call; after `Linux` could be opened. */
function openRequests(): BpfRequests {
	const opened = BpfRequests.open(2);
	if ("reason" in opened) throw new Error(opened.reason);
	return opened;
}

function request(source: string, flags = 0): LoadRequest {
	const outcome = assemble(source, "test.s");
	const [program] = outcome.value?.programs ?? [];
	if (!outcome.value || !program) throw new Error(JSON.stringify(outcome.diagnostics));
	return { ...loadRequest(outcome.value, program), flags };
}

function load(kernel: Kernel, source: LoadRequest, engine: "vm" | "jit" = "vm") {
	const executor = engine === "vm" ? createVm(kernel.memory) : createJit(kernel.memory);
	const loading = kernel.loadProgram(source, executor);
	if ("failure" in loading) throw new Error(JSON.stringify(loading.failure));
	return loading.program;
}

const packet = (type: string, size: number) => {
	const bytes = new Uint8Array(size).fill(0x45);
	bytes.set((fromHex(`020000000001020000000002${type}`) ?? bytes).subarray(0, size));
	return bytes;
};

function pick<T>(random: Random, list: readonly T[]): T {
	return list[random.below(list.length)] as T;
}

const sizes = [0, 1, 13, 14, 15, 20, 33, 34, 35, 53, 54, 60, 100, 1500];
const skbFields = [
	0, 8, 12, 16, 32, 36, 40, 44, 48, 64, 68, 76, 80, 140, 152, 156, 160, 164, 168, 176, 180, 184,
];
const fieldValues = [0, 1, 1, 14, 40, 54, 60, 99999, 65535, 65536, 65537];

function randomContext(random: Random, fields: readonly number[], size: number) {
	if (random.below(3) === 0) return undefined;
	const context = new Uint8Array(pick(random, [size, size, size, size + 4, size - 8, 1]));
	const data = new DataView(context.buffer);
	for (let i = random.below(4); i > 0; i--) {
		const field = pick(random, fields);
		if (field + 4 <= context.length) data.setUint32(field, pick(random, fieldValues), true);
	}
	if (random.below(10) === 0) context[context.length - 1] = 1;
	return context;
}

function randomXdpContext(random: Random, length: number) {
	if (random.below(3) === 0) return undefined;
	const context = new Uint8Array(24);
	const data = new DataView(context.buffer);
	data.setUint32(0, pick(random, [0, 0, 4, 8, 3, 32, 36, 48, 100, 252, 256]), true);
	data.setUint32(4, pick(random, [length, length, length - 1, 20, 0, length + 1]), true);
	for (const field of [8, 12, 16, 20])
		if (random.below(6) === 0) data.setUint32(field, pick(random, [1, 1, 99999]), true);
	return context;
}

const programs: Record<string, string> = {
	socket_filter: ".section socket\nr0 = *(u32 *)(r1 + 0)\nexit",
	tc: ".section tc\nr0 = *(u32 *)(r1 + 160)\nr2 = *(u32 *)(r1 + 164)\nr0 += r2\nr2 = 77\n*(u32 *)(r1 + 8) = r2\n*(u32 *)(r1 + 52) = r2\n*(u32 *)(r1 + 32) = r2\nexit",
	cgroup_skb: ".section cgroup_skb/ingress\nr0 = 1\n*(u32 *)(r1 + 8) = r0\nexit",
	lwt_xmit: ".section lwt_xmit\nr0 = *(u32 *)(r1 + 16)\nexit",
	xdp: ".section xdp\nr0 = *(u32 *)(r1 + 4)\nr2 = *(u32 *)(r1 + 0)\nr3 = *(u32 *)(r1 + 8)\nr0 -= r2\nr2 -= r3\nr2 <<= 16\nr0 += r2\nr1 = *(u32 *)(r1 + 12)\nr1 <<= 24\nr0 += r1\nexit",
};

test.for(Object.entries(programs))(
	"requests to %s programs",
	{ timeout: 60_000 },
	async ([name, source], context) => {
		if (!linux) return context.skip(`Linux cannot be asked: ${closed}`);
		const random = new Random(name.length);
		const asked = request(source);
		const kernel = new Kernel();
		const here = load(kernel, asked);
		const there = await linux.load(asked, { logLevel: 1 });
		expect(there.ok, there.log).toBe(true);
		const faults: string[] = [];
		for (let i = 0; i < 600; i++) {
			const data = packet(
				pick(random, ["0800", "86dd", "0806", "8100", "0004"]),
				pick(random, sizes),
			);
			const ctx =
				name === "xdp"
					? randomXdpContext(random, data.length)
					: randomContext(random, skbFields, 192);
			const flags = random.below(8) === 0 ? pick(random, [1, 4, 8]) : 0;
			const cpu = random.below(12) === 0 ? 1 : 0;
			const run: TestRunRequest = { data, flags, cpu, ...(ctx ? { context: ctx } : {}) };
			const ours = kernel.testRun(here, run);
			const theirs = await linux.run(there.fd, { data, flags, cpu, ...(ctx ? { ctx } : {}) });
			const us = ours.errno
				? `${ours.errno}`
				: `${ours.retval} ${toHex(ours.dataOut ?? data)} ${toHex(ours.contextOut ?? new Uint8Array())}`;
			const them = theirs.ok
				? `${theirs.retval} ${toHex(theirs.data)} ${toHex(theirs.ctx)}`
				: `${theirs.errno}`;
			if (us !== them)
				faults.push(
					`${data.length} bytes ${toHex(data.subarray(12, 14))} flags ${flags} cpu ${cpu} ctx ${ctx && toHex(ctx)}:\n linux ${them}\n skep  ${us}`,
				);
		}
		await linux.close(there);
		expect(faults.slice(0, 5)).toEqual([]);
	},
);

const wholePrograms: Record<string, string> = {
	"legacy loads from the packet":
		".section socket\nr6 = r1\nr0 = *(u16 *)skb[0]\nr7 = r0\nr0 = *(u32 *)skb[12]\nr7 += r0\nr2 = 3\nr0 = *(u8 *)skb[r2 + 1]\nr0 += r7\nexit",
	"legacy loads from headers":
		".section socket\nr6 = r1\nr0 = *(u16 *)skb[-2097140]\nr7 = r0\nr0 = *(u8 *)skb[-1048576]\nr0 += r7\nexit",
	"legacy loads behind the end": ".section socket\nr6 = r1\nr0 = *(u32 *)skb[4000]\nr0 = 5\nexit",
	"legacy loads in TC": ".section tc\nr6 = r1\nr0 = *(u16 *)skb[12]\nexit",
};

test.for(Object.entries(wholePrograms))("%s", async ([name, source], context) => {
	if (!linux) return context.skip(`Linux cannot be asked: ${closed}`);
	let asked: LoadRequest;
	try {
		asked = request(source);
	} catch (error) {
		throw new Error(`${name}: ${error}`);
	}
	const there = await linux.load(asked, { logLevel: 1 });
	expect(there.ok, there.log).toBe(true);
	for (const data of [packet("0800", 60), packet("0806", 20)]) {
		const theirs = await linux.run(there.fd, { data });
		for (const engine of ["vm", "jit"] as const) {
			const kernel = new Kernel();
			const ours = kernel.testRun(load(kernel, asked, engine), { data });
			expect({ engine, retval: ours.retval, data: toHex(ours.dataOut ?? data) }).toEqual({
				engine,
				retval: theirs.retval,
				data: toHex(theirs.data),
			});
		}
	}
	await linux.close(there);
});

const longFrames = [3519, 3520, 3521, 4000, 65536, 65537, 73152, 73153, 73184, 73185, 200_000];
const endings: readonly (readonly [number, number])[] = [
	[0, 100],
	[0, 3520],
	[32, 3520],
	[32, 3552],
	[32, 4000],
];

test("long XDP frames, and too little room for what comes out", async (context) => {
	if (!linux) return context.skip(`Linux cannot be asked: ${closed}`);
	const requests = openRequests();
	const kernel = new Kernel();
	const asked = request(".section xdp\nr0 = 2\nexit");
	const here = load(kernel, asked);
	const insns = toHex(encode(asked.code));
	await requests.ask({ op: "load", type: "xdp", insns, keep: "x" });
	const faults: string[] = [];
	for (const size of longFrames)
		for (const ending of [undefined, ...endings])
			for (const room of [1, size - 3521, size - 3520, size - 3519, size - 1, size]) {
				if (room < 1) continue;
				const data = Uint8Array.from({ length: size }, (_, i) => i * 7);
				const ctx = ending && new Uint8Array(Uint32Array.of(...ending, 0, 0, 0, 0).buffer);
				const ours = kernel.testRun(here, {
					data,
					dataOutSize: room,
					...(ctx ? { context: ctx } : {}),
				});
				const theirs = await requests.ask({
					op: "run",
					prog: "x",
					data: toHex(data),
					data_out_size: room,
					...(ctx ? { ctx: toHex(ctx), ctx_out_size: 24 } : {}),
				});
				const none = { dataSizeOut: room, dataOut: new Uint8Array(room), ...ours };
				const refused = ours.errno !== 0 && ours.errno !== errno.ENOSPC;
				const us = refused
					? `${ours.errno}`
					: `${ours.errno} ${ours.retval ?? 0} ${none.dataSizeOut} ${toHex(none.dataOut)} ${ctx && toHex(ours.contextOut ?? new Uint8Array(24))}`;
				const them = refused
					? `${theirs?.["errno"]}`
					: `${theirs?.["errno"]} ${theirs?.["retval"]} ${theirs?.["data_size_out"]} ${theirs?.["data_out"]} ${theirs?.["ctx_out"]}`;
				if (us !== them)
					faults.push(`${size} ${ending} ${room}: ${us.slice(0, 99)} | ${them.slice(0, 99)}`);
			}
	requests.end();
	expect(faults.slice(0, 5)).toEqual([]);
});

test("what test runs of the other types take", async (context) => {
	if (!linux) return context.skip(`Linux cannot be asked: ${closed}`);
	const requests = openRequests();
	const faults: string[] = [];
	const given: readonly TestRunRequest[] = [
		{},
		{ context: new Uint8Array() },
		{ context: new Uint8Array(8) },
		{ context: new Uint8Array(8), contextOutSize: 8 },
		{ context: new Uint8Array(8), cpu: 1 },
		{ context: new Uint8Array(8), cpu: 9 },
		{ context: new Uint8Array(8), batchSize: 1 },
		{ data: packet("0800", 60) },
	];
	const asked = request(".section xdp\nr0 = 0\nexit");
	for (const type of [2, 5, 7, 14, 15, 16, 17, 19, 22, 24, 30, 31, 32]) {
		const kernel = new Kernel();
		const expectedAttachType = type === 30 ? 36 : type === 32 ? 45 : 0;
		const flags = type === 31 ? 16 : 0;
		const here = load(kernel, { ...asked, type, expectedAttachType, flags });
		const loaded = await requests.ask({
			op: "load",
			type,
			expected_attach: expectedAttachType,
			flags,
			insns: toHex(encode(asked.code)),
			keep: "p",
		});
		expect(loaded?.["ok"], `${type}: ${JSON.stringify(loaded)}`).toBe(true);
		for (const run of given) {
			const ours = kernel.testRun(here, run);
			const theirs = await requests.ask({
				op: "run",
				prog: "p",
				...(run.data ? { data: toHex(run.data), data_out_size: 0 } : {}),
				...(run.context ? { ctx: toHex(run.context) } : {}),
				ctx_out_size: run.contextOutSize ?? 0,
				cpu: run.cpu ?? 0,
				batch_size: run.batchSize ?? 0,
			});
			if (ours.trap?.unsupported || theirs === undefined) continue;
			const us = `${ours.errno}`;
			if (us !== `${theirs["errno"]}`)
				faults.push(`type ${type} ${JSON.stringify(run)}: ${us} | ${theirs["errno"]}`);
		}
		await requests.ask({ op: "close", prog: "p" });
	}
	requests.end();
	expect(faults).toEqual([]);
});

test.each([22, 26, 30, 32])("test runs of type %d are said to be missing", (type) => {
	const kernel = new Kernel();
	const program = load(kernel, { ...request(".section xdp\nr0 = 0\nexit"), type });
	expect(kernel.testRun(program, {}).trap?.unsupported).toMatch(/^test runs of [a-z_]+ programs$/);
	expect(kernel.testRun(program, { context: new Uint8Array() }).errno).toBe(errno.EINVAL);
});

test("program types without a test run say so as Linux does", () => {
	const kernel = new Kernel();
	const program = load(kernel, { ...request(".section xdp\nr0 = 0\nexit"), type: 5 });
	expect(kernel.testRun(program, {})).toEqual({ errno: errno.ENOTSUPP });
});
