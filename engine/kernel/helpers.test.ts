// The cases of testdata/kernel/helpers.txt in the interpreter, the JIT and Linux: results of every call, return value,
// packet and context must agree.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { helperByName } from "../abi/index.ts";
import { fromHex, toHex } from "../base/index.ts";
import type { Insn } from "../isa/index.ts";
import { codeOf } from "../isa/index.ts";
import { createJit } from "../jit/index.ts";
import type { LoadRequest, MapSpec } from "../object/index.ts";
import { Linux } from "../testing/index.ts";
import { createVm } from "../vm/index.ts";
import { Kernel } from "./index.ts";

const RESULTS = 1024;
const types: Record<string, number> = { socket_filter: 1, tc: 3, xdp: 6, cgroup_skb: 8 };
const u32 = (value: number) => new Uint8Array(Uint32Array.of(value).buffer);

function map(type: number, keySize: number, valueSize: number, maxEntries: number): MapSpec {
	return { name: "m", type, keySize, valueSize, maxEntries, flags: 0 };
}

const maps: Record<string, MapSpec> = {
	results: map(2, 4, RESULTS, 1),
	hash: map(1, 8, 8, 2),
	array: map(2, 4, 8, 4),
	lru: map(9, 4, 8, 40),
	percpu: map(6, 4, 8, 4),
	queue: map(22, 0, 8, 2),
	stack: map(23, 0, 8, 2),
	ring: map(27, 0, 0, 4096),
	events: map(4, 4, 4, 2),
	devices: { ...map(14, 4, 4, 4), init: [{ key: u32(0), value: u32(1) }] },
	cpus: { ...map(16, 4, 4, 4), init: [{ key: u32(0), value: u32(16) }] },
};

const skbFields: Record<string, number> = {
	len: 0,
	pkt_type: 4,
	mark: 8,
	queue_mapping: 12,
	protocol: 16,
	vlan_present: 20,
	vlan_tci: 24,
	vlan_proto: 28,
	priority: 32,
	ingress_ifindex: 36,
	ifindex: 40,
	tc_index: 44,
	hash: 68,
	tc_classid: 72,
	napi_id: 84,
	wire_len: 160,
	gso_segs: 164,
	gso_size: 176,
};

const ipv4 =
	"4500002800010000400600" + "00c0a80001c0a80002" + "1f90005000000001000000005002ffff00000000";
const macs = "020000000001020000000002";
const packets = [
	`${macs}0800${ipv4}`,
	`${macs}86dd600000000014064020010db800000000000000000000000120010db80000000000000000000000021f90005000000001000000005002ffff00000000`,
	"ffffffffffff02000000000208060001080006040001020000000002c0a80002000000000000c0a80001",
	`${macs}810000640800${ipv4}`,
	`${macs}88a80007810000640800${ipv4}`,
	`${macs}0800${ipv4}${"61".repeat(1000)}`,
].map((hex) => fromHex(hex) ?? new Uint8Array());

const insn = (opcode: number, dst = 0, src = 0, off = 0, imm = 0): Insn => ({
	opcode,
	dst,
	src,
	off,
	imm,
});
const move = (dst: number, src: number) => insn(0xbf, dst, src);
const constant = (dst: number, imm: number) => insn(0xb7, dst, 0, 0, imm);
const add = (dst: number, imm: number) => insn(0x07, dst, 0, 0, imm);
const call = (id: number) => insn(0x85, 0, 0, 0, id);
const mapReference = (dst: number, index: number) => [insn(0x18, dst, 1, 0, index), insn(0)];
const exit = insn(0x95);

interface Case {
	readonly text: string;
	readonly request: LoadRequest;
}

/** All cases of a line: every choice of its alternatives, the same choice for the same alternatives. */
function expand(line: string): string[] {
	const group = /\{([^{}]*)\}/.exec(line);
	if (!group) return [line];
	return (group[1] ?? "").split("|").flatMap((choice) => expand(line.replaceAll(group[0], choice)));
}

function compile(text: string): Case {
	const [typeName = "", body = ""] = text.split(/:\s*/, 2);
	const type = types[typeName] ?? 0;
	const used = [
		"results",
		...Object.keys(maps).filter(
			(name) => body.includes(`(${name}, `) || body.includes(`, ${name}, `),
		),
	];
	const insns: Insn[] = [move(6, 1), insn(0x62, 10, 0, -4, 0), move(2, 10), add(2, -4)];
	insns.push(...mapReference(1, 0), call(1), insn(0x55, 0, 0, 2), constant(0, 0), exit, move(7, 0));
	let slot = 0;
	for (const statement of body.split(/;\s*/)) {
		const made = compileStatement(statement, used, type);
		insns.push(...made.insns);
		if (made.result) insns.push(insn(0x7b, 7, 0, 8 * slot++));
	}
	insns.push(constant(0, 1), exit);
	const request = {
		name: "case",
		type,
		expectedAttachType: 0,
		flags: 0,
		license: "GPL",
		code: codeOf(insns),
		maps: used.map((name) => maps[name] as MapSpec),
		functions: [],
		lines: [],
		attachBtfId: 0,
	};
	return { text, request };
}

function compileStatement(text: string, used: string[], type: number) {
	const store = /^fp(-\d+) = (\S+)$/.exec(text);
	if (store)
		return { insns: [insn(0x7a, 10, 0, Number(store[1]), Number(store[2]))], result: false };
	const field = type === 6 ? undefined : skbFields[text];
	if (field !== undefined) return { insns: [insn(0x61, 0, 6, field)], result: true };
	if (/^fp-\d+$/.test(text))
		return { insns: [insn(0x79, 0, 10, Number(text.slice(2)))], result: true };
	const span = { size: [4, 0], meta: [0, 8] }[text];
	if (span) {
		const [end = 0, start = 0] = span;
		return {
			insns: [insn(0x61, 0, 6, end), insn(0x61, 2, 6, start), insn(0x1f, 0, 2)],
			result: true,
		};
	}
	const found = /^(?:do )?(\w+)\((.*)\)$/.exec(text);
	const helper = found && helperByName(found[1] ?? "");
	if (!found || !helper) throw new Error(`not a statement: ${text}`);
	const insns = (found[2] ? found[2].split(/,\s*/) : []).flatMap((argument, i) => {
		if (argument === "ctx") return [move(i + 1, 6)];
		if (argument === "value") return [move(i + 1, 7), add(i + 1, RESULTS / 2)];
		if (argument.startsWith("fp-")) return [move(i + 1, 10), add(i + 1, Number(argument.slice(2)))];
		const index = used.indexOf(argument);
		return index > 0 ? mapReference(i + 1, index) : [constant(i + 1, Number(argument))];
	});
	return { insns: [...insns, call(helper.id)], result: !text.startsWith("do ") };
}

const file = join(import.meta.dirname, "../testdata/kernel/helpers.txt");
const cases = readFileSync(file, "utf8")
	.split("\n")
	.filter((line) => line && !line.startsWith("#"))
	.flatMap(expand)
	.map(compile);

let linux: Linux | undefined;
let closed = "";

beforeAll(async () => {
	const opened = await Linux.open();
	if ("linux" in opened) linux = opened.linux;
	else closed = opened.reason;
});
afterAll(() => linux?.end());

const kernels = { vm: new Kernel(), jit: new Kernel() };
const executors = {
	vm: createVm(kernels.vm.memory),
	jit: createJit(kernels.jit.memory),
};

function runHere({ request, text }: Case, engine: "vm" | "jit"): string[] {
	const kernel = kernels[engine];
	const loading = kernel.loadProgram(request, executors[engine], { unverified: engine === "vm" });
	if ("failure" in loading) throw new Error(`${text}: ${JSON.stringify(loading.failure)}`);
	const { program } = loading;
	const answers = packets.map((data) => {
		const answer = kernel.testRun(program, { data });
		if (answer.trap) return `trap ${answer.trap.message}`;
		const results = program.maps[0]?.lookup(u32(0));
		return summary(answer.errno, answer.retval, answer.dataOut, results);
	});
	kernel.closeProgram(program);
	for (const map of program.maps) kernel.closeMap(map);
	return answers;
}

async function runLinux({ request }: Case, on: Linux): Promise<string[] | string> {
	const load = await on.load(request, { logLevel: 1 });
	if (!load.ok) return load.log.trim().split("\n").slice(-2).join(" ");
	const out: string[] = [];
	for (const data of packets) {
		const answer = await on.run(load.fd, { data });
		const results = await on.lookupElem(load.maps[0] as number, u32(0), RESULTS);
		out.push(summary(answer.errno, answer.retval, answer.data, results));
	}
	await on.close(load);
	return out;
}

function summary(
	errno: number,
	retval: number | undefined,
	data: Uint8Array | undefined,
	results: Uint8Array | number | undefined,
): string {
	if (errno !== 0) return `errno ${errno}`;
	if (!(results instanceof Uint8Array)) return `no results: ${results}`;
	const numbers = [...new BigInt64Array(results.slice().buffer)];
	while (numbers.at(-1) === 0n) numbers.pop();
	return `${retval} [${numbers.join(" ")}] ${data ? toHex(data) : ""}`;
}

test("vm and jit agree on every helper case", () => {
	const wrong = cases.flatMap((one) => {
		const [vm, jit] = [runHere(one, "vm").join("\n"), runHere(one, "jit").join("\n")];
		return vm === jit ? [] : [`${one.text}:\n vm  ${vm}\n jit ${jit}`];
	});
	expect(wrong.slice(0, 20)).toEqual([]);
	expect(cases.length).toBeGreaterThan(900);
}, 120_000);

test("Linux agrees on every helper case", async (context) => {
	if (!linux) return context.skip(`Linux cannot be asked: ${closed}`);
	const wrong: string[] = [];
	let refused = 0;
	for (const one of cases) {
		const theirs = await runLinux(one, linux);
		if (typeof theirs === "string") {
			refused++;
			wrong.push(`${one.text}: not loaded: ${theirs}`);
			continue;
		}
		const ours = runHere(one, "vm");
		for (const [i, text] of theirs.entries())
			if (ours[i] !== text)
				wrong.push(`${one.text}, packet ${i}:\n linux ${text}\n skep  ${ours[i]}`);
	}
	expect(wrong.slice(0, 20)).toEqual([]);
	expect(refused).toBe(0);
}, 120_000);
