// Test runs held against Linux: which requests are refused, what comes back, and programs whose outcome depends on the
// kernel around them (tail calls, callbacks, legacy packet loads, formatted output).
import { afterAll, beforeAll, expect, test } from "vitest";
import { errno } from "../abi/index.ts";
import { assemble } from "../asm/index.ts";
import { fromHex, Random, toHex } from "../base/index.ts";
import { createJit } from "../jit/index.ts";
import type { LoadRequest } from "../object/index.ts";
import { loadRequest } from "../object/index.ts";
import { Linux } from "../testing/index.ts";
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

test("program types without a test run say so as Linux does", () => {
	const kernel = new Kernel();
	const program = load(kernel, { ...request(".section xdp\nr0 = 0\nexit"), type: 5 });
	expect(kernel.testRun(program, {})).toEqual({ errno: errno.ENOTSUPP });
});
