// The tables against the running kernel: who may call which helper, context accesses, return ranges, attach types.

import { afterAll, describe, expect, test } from "vitest";
import { decode } from "../isa/index.ts";
import { Linux } from "../testing/index.ts";
import {
	acceptsAttach,
	allowed,
	contextAccess,
	helpers,
	progNames,
	programTypes,
	protoFor,
	returnRange,
	socketAccess,
} from "./index.ts";

const opened = await Linux.open();
const closed = "reason" in opened ? opened.reason : "";
if (closed) console.warn(`skipped, the kernel cannot be asked: ${closed}`);
const linux = "linux" in opened ? opened.linux : undefined;
afterAll(() => linux?.end());

/** [opcode, dst, src, off, imm] */
type Slot = readonly [number, number, number, number, number];

function code(slots: readonly Slot[]) {
	const bytes = new Uint8Array(8 * slots.length);
	const data = new DataView(bytes.buffer);
	for (const [i, [opcode, dst, src, off, imm]] of slots.entries()) {
		bytes[8 * i] = opcode;
		bytes[8 * i + 1] = (src << 4) | dst;
		data.setInt16(8 * i + 2, off, true);
		data.setInt32(8 * i + 4, imm, true);
	}
	return decode(bytes);
}

const EXIT: Slot = [0x95, 0, 0, 0, 0];
const mov = (dst: number, imm: number): Slot => [0xb7, dst, 0, 0, imm];

/** Types whose programs the kernel judges without BTF, each with the attach types worth asking. */
const judged: readonly (readonly [number, readonly number[]])[] = programTypes
	.filter((type) => type.id > 0 && !type.attachBtf && !type.needs)
	.map((type) => [
		type.id,
		type.attachTypes ??
			{ 2: [0, 42, 48, 56, 57], 3: [0, 46, 54], 6: [0, 33, 35, 37] }[type.id] ?? [0],
	]);

async function verdict(type: number, attach: number, slots: readonly Slot[], license = "GPL") {
	if (!linux) throw new Error("no kernel");
	const load = await linux.load(
		{
			code: code(slots),
			type,
			maps: [],
			license,
			expectedAttachType: attach,
			flags: programTypes[type]?.sleepable === "must" ? 16 : 0,
		},
		{ logLevel: 1, logSize: 1 << 14 },
	);
	if (load.ok) await linux.close(load);
	return load;
}

/** Runs `ask` for all items, some at a time. */
async function each<T>(items: readonly T[], ask: (item: T) => Promise<void>): Promise<void> {
	for (let i = 0; i < items.length; i += 256) await Promise.all(items.slice(i, i + 256).map(ask));
}

describe.skipIf(!linux)(`tables against the running kernel ${closed}`, { timeout: 120_000 }, () => {
	test("which program type may call which helper", async () => {
		const faults: string[] = [];
		const cases = judged.flatMap(([type, attaches]) =>
			attaches.flatMap((attach) => helpers.map((helper) => ({ type, attach, helper }))),
		);
		await each(cases, async ({ type, attach, helper }) => {
			const slots: Slot[] = [mov(0, 1), [0x85, 0, 0, 0, helper.id], mov(0, 1), EXIT];
			const { log } = await verdict(type, attach, slots);
			const kernel = !/program of this type cannot use helper|invalid func/.test(log);
			if (kernel !== allowed(helper.id, type, attach))
				faults.push(`${helper.name} in ${progNames[type]}:${attach}, kernel: ${kernel}`);
		});
		expect(faults).toEqual([]);
		expect(cases.length).toBeGreaterThan(5000);
	});

	test("which helper needs a GPL-compatible licence", async () => {
		const faults: string[] = [];
		const cases = judged.flatMap(([type, attaches]) =>
			attaches.flatMap((attach) =>
				helpers
					.filter((helper) => allowed(helper.id, type, attach))
					.map((helper) => ({ type, attach, helper })),
			),
		);
		await each(cases, async ({ type, attach, helper }) => {
			const slots: Slot[] = [mov(0, 1), [0x85, 0, 0, 0, helper.id], mov(0, 1), EXIT];
			const { log } = await verdict(type, attach, slots, "Proprietary");
			const kernel = /cannot call GPL-restricted function/.test(log);
			if (kernel !== (protoFor(helper.id, type, attach)?.gplOnly ?? false))
				faults.push(`${helper.name} in ${progNames[type]}:${attach}, kernel: ${kernel}`);
		});
		expect(faults).toEqual([]);
	});

	test("loads from and stores to the context, every offset and size", async () => {
		const faults: string[] = [];
		const opcodes = {
			1: [0x71, 0x73, 0x91],
			2: [0x69, 0x6b, 0x89],
			4: [0x61, 0x63, 0x81],
			8: [0x79, 0x7b],
		};
		const cases = judged.flatMap(([type, attaches]) => {
			const fields = programTypes[type]?.context.fields ?? [];
			const end = Math.min(Math.max(...fields.map((f) => f.offset + f.size), 0) + 8, 232);
			const offsets = Array.from({ length: end + 8 }, (_, i) => i - 8);
			if (type === 5) offsets.push(-32768, -32765, 8176, 8184, 8188, 8190, 8191, 8192);
			// One attach type is enough where none of the rules asks for it.
			const asks = fields.some((f) => f.attach || f.writeAttach);
			return (asks ? attaches : attaches.slice(0, 1)).flatMap((attach) =>
				offsets.flatMap((off) =>
					Object.entries(opcodes).flatMap(([size, ops]) =>
						ops.map((opcode, way) => ({ type, attach, off, size: Number(size), opcode, way })),
					),
				),
			);
		});
		await each(cases, async ({ type, attach, off, size, opcode, way }) => {
			const access: Slot[] =
				way === 1 ? [mov(2, 0), [opcode, 1, 2, off, 0]] : [[opcode, 2, 1, off, 0]];
			const { ok } = await verdict(type, attach, [...access, mov(0, 1), EXIT]);
			const ours = contextAccess(type, attach, off, size, way === 1, way === 2).ok;
			if (ok !== ours)
				faults.push(
					`${progNames[type]}:${attach} ${["load", "store", "signed load"][way]} off=${off} size=${size}, kernel: ${ok}`,
				);
		});
		expect(faults).toEqual([]);
		expect(cases.length).toBeGreaterThan(20_000);
	});

	test("what a load from the context gives", async () => {
		const printed = {
			SCALAR_VALUE: /scalar\(/,
			PTR_TO_PACKET: /pkt\(/,
			PTR_TO_PACKET_META: /pkt_meta\(/,
			PTR_TO_PACKET_END: /pkt_end\(/,
			PTR_TO_SOCKET: /\bsock\(/,
			PTR_TO_SOCKET_OR_NULL: /sock_or_null\(/,
			PTR_TO_SOCK_COMMON: /sock_common\(/,
			PTR_TO_SOCK_COMMON_OR_NULL: /sock_common_or_null\(/,
			PTR_TO_FLOW_KEYS: /flow_keys\(/,
			PTR_TO_TP_BUFFER: /tp_buffer\(/,
			PTR_TO_BTF_ID: /trusted_ptr_(nf_hook_state|sk_buff)\(/,
		};
		const cases = judged.flatMap(([type, attaches]) =>
			attaches.flatMap((attach) =>
				(programTypes[type]?.context.fields ?? [])
					.filter((f) => f.read && (!f.attach || f.attach.includes(attach)))
					.filter((f) => f.offset >= 0)
					.map((f) => ({ type, attach, f })),
			),
		);
		await each(cases, async ({ type, attach, f }) => {
			const size = f.unit;
			const opcode = { 1: 0x71, 2: 0x69, 4: 0x61, 8: 0x79 }[size] ?? 0;
			const access = contextAccess(type, attach, f.offset, size, false);
			// The bad access at the end makes the log show the registers.
			const slots: Slot[] = [[opcode, 2, 1, f.offset, 0], [0x71, 3, 10, 0, 0], EXIT];
			const { log } = await verdict(type, attach, slots);
			const register = /R2=(\S+)/.exec(log)?.[1] ?? log;
			expect(access.ok, `${progNames[type]}.${f.name}`).toBe(true);
			if (access.ok) expect(register, `${progNames[type]}.${f.name}`).toMatch(printed[access.kind]);
		});
	});

	test("stores to the packet", async () => {
		let asked = 0;
		for (const [type, attaches] of judged) {
			const fields = programTypes[type]?.context.fields ?? [];
			const data = fields.find((f) => f.kind === "PTR_TO_PACKET");
			const end = fields.find((f) => f.kind === "PTR_TO_PACKET_END");
			if (!data || !end) continue;
			asked++;
			const opcode = data.size === 4 ? 0x61 : 0x79;
			const { ok, log } = await verdict(type, attaches[0] ?? 0, [
				[opcode, 2, 1, data.offset, 0],
				[opcode, 3, 1, end.offset, 0],
				[0xbf, 4, 2, 0, 0],
				[0x07, 4, 0, 0, 8],
				[0x2d, 4, 3, 1, 0],
				[0x72, 2, 0, 0, 0],
				mov(0, 1),
				EXIT,
			]);
			expect(ok, `${progNames[type]} ${log}`).toBe(programTypes[type]?.packetWrite ?? false);
		}
		expect(asked).toBeGreaterThan(10);
	});

	test("legacy packet loads", async () => {
		for (const [type, attaches] of judged) {
			const { ok } = await verdict(type, attaches[0] ?? 0, [
				[0xbf, 6, 1, 0, 0],
				[0x30, 0, 0, 0, 0],
				mov(0, 1),
				EXIT,
			]);
			expect(ok, progNames[type]).toBe(programTypes[type]?.legacyLoads ?? false);
		}
	});

	test("which types may be sleepable", async () => {
		if (!linux) return;
		for (const [type, attaches] of judged)
			for (const flags of [0, 16]) {
				const load = await linux.load({
					code: code([mov(0, 1), EXIT]),
					type,
					maps: [],
					license: "GPL",
					expectedAttachType: attaches[0] ?? 0,
					flags,
				});
				if (load.ok) await linux.close(load);
				const rule = programTypes[type]?.sleepable;
				expect(load.ok, `${progNames[type]} ${flags}`).toBe(
					flags ? rule !== undefined : rule !== "must",
				);
			}
	});

	test("loads through socket pointers, every offset and size", async () => {
		if (!linux) return;
		const notNull = (r: number): Slot[] => [[0x55, r, 0, 2, 0], mov(0, 1), EXIT];
		const sk: Slot[] = [[0x79, 1, 1, 168, 0], ...notNull(1)];
		const via = (helper: number): Slot[] => [
			...sk,
			[0x85, 0, 0, 0, helper],
			...notNull(0),
			[0xbf, 1, 0, 0, 0],
		];
		const ways = {
			PTR_TO_SOCK_COMMON: sk,
			PTR_TO_SOCKET: via(95),
			PTR_TO_TCP_SOCK: via(96),
		} as const;
		const faults: string[] = [];
		for (const kind of ["PTR_TO_SOCK_COMMON", "PTR_TO_SOCKET", "PTR_TO_TCP_SOCK"] as const)
			for (const [size, opcode] of Object.entries({ 1: 0x71, 2: 0x69, 4: 0x61, 8: 0x79 }))
				await each(
					Array.from({ length: 120 }, (_, i) => i - 4),
					async (off) => {
						const slots: Slot[] = [...ways[kind], [opcode, 2, 1, off, 0], mov(0, 1), EXIT];
						const { ok } = await verdict(3, 0, slots);
						if (ok !== socketAccess(kind, off, Number(size)).ok)
							faults.push(`${kind} off=${off} size=${size}, kernel: ${ok}`);
					},
				);
		expect(faults).toEqual([]);
	});

	test("expected attach types and return ranges", async () => {
		const faults: string[] = [];
		const cases = programTypes
			.filter((type) => type.id > 0 && !type.attachBtf && !type.needs)
			.flatMap(({ id }) => Array.from({ length: 60 }, (_, attach) => ({ id, attach })));
		await each(cases, async ({ id, attach }) => {
			const { ok, log } = await verdict(id, attach, [mov(0, 77777), EXIT]);
			const range = /should have been in \[(-?\d+), (-?\d+)\]/.exec(log);
			const kernel = range ? `${range[1]}..${range[2]}` : ok ? "any" : "refused";
			const own = returnRange(id, attach);
			const ours = !acceptsAttach(id, attach) ? "refused" : own ? `${own.min}..${own.max}` : "any";
			if (kernel !== ours) faults.push(`${progNames[id]}:${attach} kernel ${kernel}, ours ${ours}`);
		});
		expect(faults).toEqual([]);
	});
});
