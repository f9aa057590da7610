// Helper arguments against the running kernel: how many, null or not, read-only memory, packet memory, size zero, alignment.
// Only helpers whose arguments can be made from constants, the stack, the context and a plain map are asked.

import { afterAll, describe, expect, test } from "vitest";
import { decode } from "../isa/index.ts";
import { Linux } from "../testing/index.ts";
import type { Arg, Helper, Proto } from "./index.ts";
import { helpers, helperTakesMap, mapType, progNames, programTypes, protoFor } from "./index.ts";

const opened = await Linux.open();
const closed = "reason" in opened ? opened.reason : "";
if (closed) console.warn(`skipped, the kernel cannot be asked: ${closed}`);
const linux = "linux" in opened ? opened.linux : undefined;
afterAll(() => linux?.end());

/** [opcode, dst, src, off, imm] */
type Slot = readonly [number, number, number, number, number];
const EXIT: Slot = [0x95, 0, 0, 0, 0];
const mov = (dst: number, imm: number): Slot => [0xb7, dst, 0, 0, imm];
const copy = (dst: number, src: number): Slot => [0xbf, dst, src, 0, 0];
const call = (id: number): Slot => [0x85, 0, 0, 0, id];
const stack = (reg: number, off: number): Slot[] => [copy(reg, 10), [0x07, reg, 0, 0, off]];

function bytes(slots: readonly Slot[]): Uint8Array {
	const out = new Uint8Array(8 * slots.length);
	const data = new DataView(out.buffer);
	for (const [i, [opcode, dst, src, off, imm]] of slots.entries()) {
		out[8 * i] = opcode;
		out[8 * i + 1] = (src << 4) | dst;
		data.setInt16(8 * i + 2, off, true);
		data.setInt32(8 * i + 4, imm, true);
	}
	return out;
}

/** Puts a fit value into the argument's register; undefined where that takes more than a few instructions. */
function put(arg: Arg, i: number): Slot[] | undefined {
	const reg = i + 1;
	switch (arg.kind) {
		case "ARG_CONST_MAP_PTR":
			return [
				[0x18, reg, 1, 0, 0],
				[0, 0, 0, 0, 0],
			];
		case "ARG_PTR_TO_CTX":
			return [copy(reg, 6)];
		case "ARG_PTR_TO_MAP_KEY":
		case "ARG_PTR_TO_MAP_VALUE":
		case "ARG_PTR_TO_MEM":
			return stack(reg, -64 - 64 * i);
		case "ARG_CONST_SIZE":
		case "ARG_CONST_SIZE_OR_ZERO":
		case "ARG_CONST_ALLOC_SIZE_OR_ZERO":
			return [mov(reg, 8)];
		case "ARG_ANYTHING":
		case "ARG_PTR_TO_STACK":
			return [mov(reg, 0)];
		default:
			return undefined;
	}
}

interface Case {
	readonly helper: Helper;
	readonly proto: Proto;
	readonly type: number;
	readonly attach: number;
	readonly mapType: number;
}

const mapChoices = [1, 27, 31, 3, 4, 7, 8, 14, 15, 18, 20, 19, 22, 5];

function caseFor(helper: Helper, proto: Proto, type: number): Case | undefined {
	const row = programTypes[type];
	const name = progNames[type];
	if (!row || !name || row.attachBtf || row.needs || helper.needs) return undefined;
	if (proto.mightSleep && row.sleepable !== "must") return undefined;
	const attach = proto.attach?.[name]?.[0] ?? row.attachTypes?.[0] ?? 0;
	if (protoFor(helper.id, type, attach) !== proto) return undefined;
	if (proto.args.some((arg, i) => put(arg, i) === undefined)) return undefined;
	const map = mapChoices.find((id) => helperTakesMap(helper.id, id, type, attach));
	const takesMap = proto.args.some((arg) => arg.kind === "ARG_CONST_MAP_PTR");
	if (map === undefined && takesMap) return undefined;
	return { helper, proto, type, attach, mapType: map ?? 1 };
}

/** One program type a prototype, besides tc and XDP, where packets can be passed too. */
const cases = helpers.flatMap((helper) =>
	helper.protos.flatMap((proto) => {
		const types = proto.types.map((name) => progNames.indexOf(name));
		const first = types.find((type) => caseFor(helper, proto, type));
		const asked = new Set([first ?? -1, ...types.filter((type) => type === 3 || type === 6)]);
		return [...asked].map((type) => caseFor(helper, proto, type)).filter((c) => c !== undefined);
	}),
);

/** What the verifier says to a call whose arguments are as given; "" when it takes them. */
async function complaint(
	c: Case,
	args: readonly Slot[],
	before: readonly Slot[] = [],
): Promise<string> {
	if (!linux) throw new Error("no kernel");
	const row = mapType(c.mapType);
	const only = (rule: { only?: readonly number[]; pages?: boolean } | undefined, usual: number) =>
		rule?.pages ? 4096 : rule?.only && !rule.only.includes(usual) ? (rule.only[0] ?? 0) : usual;
	const plain = {
		name: "m",
		type: c.mapType,
		keySize: only(row?.keySize, 4),
		valueSize: only(row?.valueSize, 8),
		maxEntries: only(row?.maxEntries, 4),
		flags: 0,
	};
	const constant = {
		name: "r",
		type: 2,
		keySize: 4,
		valueSize: 128,
		maxEntries: 1,
		flags: 128,
		frozen: true,
	};
	const slots = [copy(6, 1), ...before, call(7), ...args, call(c.helper.id), mov(0, 1), EXIT];
	const load = await linux.load(
		{
			code: decode(bytes(slots)),
			type: c.type,
			maps: [plain, constant],
			license: "GPL",
			expectedAttachType: c.attach,
			flags: programTypes[c.type]?.sleepable === "must" ? 16 : 0,
		},
		{ logLevel: 1, logSize: 1 << 15 },
	);
	if (load.ok) await linux.close(load);
	// Complaints about what comes after the arguments.
	if (load.ok || /Unreleased|doesn't support non-zero flags/.test(load.log)) return "";
	return load.log;
}

function build(c: Case, change: number, by: readonly Slot[]): Slot[] {
	return c.proto.args.flatMap((arg, i) => (i === change ? [...by] : (put(arg, i) ?? [])));
}

const faults: string[] = [];
async function agree(
	c: Case,
	i: number,
	what: string,
	ours: boolean,
	args: readonly Slot[],
	before?: readonly Slot[],
) {
	const said = await complaint(c, args, before);
	if ((said === "") !== ours) {
		const last = said.split("\n").filter((line) => line && !/^processed|^\d+: /.test(line));
		faults.push(
			`${c.helper.name} in ${progNames[c.type]}, argument ${i + 1} ${what}: kernel ${last.join("; ") || "takes it"}`,
		);
	}
}

const memory = /^ARG_PTR_TO_(MEM|MAP_KEY|MAP_VALUE)$/;

async function askMemory(c: Case, arg: Arg, i: number): Promise<void> {
	const reg = i + 1;
	const next = c.proto.args[i + 1];
	// A null pointer must come with size 0 where a size follows.
	const zero = next?.kind.startsWith("ARG_CONST_SIZE");
	const nulled = c.proto.args.flatMap((a, j) =>
		j === i || (zero && j === i + 1) ? [mov(j + 1, 0)] : (put(a, j) ?? []),
	);
	await agree(c, i, "null", arg.orNull ?? false, nulled);
	const constant: Slot[] = [
		[0x18, reg, 2, 0, 1],
		[0, 0, 0, 0, 0],
	];
	await agree(c, i, "read-only", !arg.write, build(c, i, constant));
	if (arg.size !== undefined) {
		await agree(c, i, "too short", false, build(c, i, stack(reg, 1 - arg.size)));
		await agree(c, i, "unaligned", !arg.aligned, build(c, i, stack(reg, -65)));
	}
	if (c.type !== 3 && c.type !== 6) return;
	const [data, end] = c.type === 3 ? [76, 80] : [0, 4];
	// r7 to the packet, of which 128 bytes are checked.
	const before: Slot[] = [
		[0x61, 7, 6, data, 0],
		[0x61, 8, 6, end, 0],
		copy(9, 7),
		[0x07, 9, 0, 0, 128],
		[0xbd, 9, 8, 2, 0],
		mov(0, 1),
		EXIT,
	];
	await agree(c, i, "packet", c.proto.pktAccess ?? false, build(c, i, [copy(reg, 7)]), before);
}

describe.skipIf(!linux)(
	`arguments against the running kernel ${closed}`,
	{ timeout: 120_000 },
	() => {
		test("number of arguments", async () => {
			for (const c of cases) {
				for (let n = 0; n < c.proto.args.length; n++) {
					const some = c.proto.args.slice(0, n).flatMap((arg, i) => put(arg, i) ?? []);
					const said = await complaint(c, some);
					expect(said, `${c.helper.name} with ${n}`).toMatch(new RegExp(`R${n + 1} !read_ok`));
				}
				expect(await complaint(c, build(c, -1, [])), c.helper.name).toBe("");
			}
			expect(cases.length).toBeGreaterThan(200);
			expect(new Set(cases.map((c) => c.helper)).size).toBeGreaterThan(130);
		});

		test("kinds and flags of arguments", async () => {
			for (const c of cases)
				for (const [i, arg] of c.proto.args.entries()) {
					const reg = i + 1;
					if (memory.test(arg.kind)) await askMemory(c, arg, i);
					else if (arg.kind === "ARG_PTR_TO_CTX")
						await agree(c, i, "null", arg.orNull ?? false, build(c, i, [mov(reg, 0)]));
					else if (arg.kind.startsWith("ARG_CONST_SIZE")) {
						const mayZero = arg.kind.endsWith("OR_ZERO");
						await agree(c, i, "zero", mayZero, build(c, i, [mov(reg, 0)]));
						await agree(c, i, "negative", false, build(c, i, [mov(reg, -1)]));
					}
				}
			expect(faults).toEqual([]);
		});
	},
);
