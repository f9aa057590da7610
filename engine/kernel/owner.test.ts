// Maps of programs and the programs that may be in them or use them: random requests put to this kernel and to Linux.
import { afterAll, beforeAll, expect, test } from "vitest";
import { assemble } from "../asm/index.ts";
import { Random, toHex } from "../base/index.ts";
import { encode } from "../isa/index.ts";
import { loadRequest } from "../object/index.ts";
import { BpfRequests } from "../testing/index.ts";
import { createVm } from "../vm/index.ts";
import { Kernel } from "./index.ts";

const CPUS = 2;
let linux: BpfRequests | undefined;
let closed = "";
beforeAll(async () => {
	const opened = BpfRequests.open(CPUS);
	if ("reason" in opened) closed = opened.reason;
	else if ((await opened.ask({ op: "map_create", ...arrays.prog_array, max: 1 }))?.["ok"])
		linux = opened;
	else closed = "bpf(2) is closed";
});
afterAll(() => linux?.end());

const arrays = {
	prog_array: { type: "prog_array", key: 4, value: 4 },
	devmap: { type: "devmap", key: 4, value: 8 },
	devmap_hash: { type: "devmap_hash", key: 4, value: 8 },
	cpumap: { type: "cpumap", key: 4, value: 8 },
} as const;
const numbers = { prog_array: 3, devmap: 14, devmap_hash: 25, cpumap: 16 } as const;
type Name = keyof typeof arrays;

const XDP = 6;
const FRAGS = 32;
/** Type, expected attach type, flags. */
const kinds: readonly (readonly [number, number, number])[] = [
	[XDP, 0, 0],
	[XDP, 0, FRAGS],
	[XDP, 35, 0],
	[XDP, 38, 0],
	[XDP, 35, FRAGS],
	[XDP, 38, FRAGS],
	[XDP, 37, 0],
	[3, 0, 0],
	[1, 0, 0],
	[8, 0, 0],
	[8, 1, 0],
];

/** A program that has the map in an instruction, or not. */
function source(uses: boolean): string {
	const body = uses ? "r1 = m ll\n" : "";
	return `.map m, type=array, key=4, value=4, max_entries=2\n.section xdp\n${body}r0 = 1\nexit`;
}

function pick<T>(random: Random, list: readonly T[]): T {
	return list[random.below(list.length)] as T;
}

const names: readonly Name[] = ["prog_array", "prog_array", "devmap", "devmap_hash", "cpumap"];

/** One map, and programs that use it or are put into it in turn; both answers to each step. */
async function round(random: Random, name: Name, on: BpfRequests): Promise<string[]> {
	const kernel = new Kernel({ cpus: CPUS });
	const executor = createVm(kernel.memory);
	const [keySize, valueSize] = [4, arrays[name].value];
	const attributes = {
		name: "m",
		type: numbers[name],
		keySize,
		valueSize,
		maxEntries: 2,
		flags: 0,
	};
	const made = kernel.createMap(attributes);
	if (!("map" in made)) throw new Error(JSON.stringify(made));
	await on.ask({ op: "map_create", ...arrays[name], max: 2, keep: "m" });
	const steps: string[] = [];
	for (let step = 0; step < 4; step++) {
		const [type, expectedAttachType, flags] = pick(random, kinds);
		const uses = random.below(2) === 0;
		const object = assemble(source(uses), "t.s").value;
		const [program] = object?.programs ?? [];
		if (!object || !program) throw new Error("source");
		const request = { ...loadRequest(object, program), type, expectedAttachType, flags };
		const ours = kernel.loadProgram(request, executor, { maps: [made.map] });
		const keep = `p${step}`;
		const insns = toHex(encode(request.code));
		const maps = [{ map: "m" }];
		const asked = {
			op: "load",
			type,
			expected_attach: expectedAttachType,
			flags,
			insns,
			maps,
			keep,
		};
		const theirs = await on.ask(asked);
		const errno = "failure" in ours ? ours.failure.errno : 0;
		const what = `${name} ${type}/${expectedAttachType}/${flags}${uses ? " uses it" : ""}`;
		steps.push(`${what}, load: ${errno}|${theirs?.["errno"]}`);
		if ("failure" in ours || theirs?.["ok"] !== true) continue;
		steps.push(`${what}, ${await put(name, made.map, ours.program.id, keep, on)}`);
	}
	await on.ask({ op: "close", all: true });
	return steps;
}

type Made = Extract<ReturnType<Kernel["createMap"]>, { map: unknown }>["map"];

/** The program into slot 0 of the map, on both sides. */
async function put(name: Name, map: Made, id: number, keep: string, on: BpfRequests) {
	const words = name === "prog_array" ? [id] : [name === "cpumap" ? 64 : 1, id];
	const ours = -map.update(new Uint8Array(4), new Uint8Array(Uint32Array.from(words).buffer));
	const fd = on.descriptor(keep);
	const value = toHex(new Uint8Array(Uint32Array.from([...words.slice(0, -1), fd]).buffer));
	const theirs = await on.ask({ op: "map_update", map: "m", key: 0, value });
	return `update: ${ours}|${theirs?.["errno"]}`;
}

test("programs that share a map are alike", { timeout: 60_000 }, async (context) => {
	if (!linux) return context.skip(`Linux cannot be asked: ${closed}`);
	const random = new Random(5);
	const steps: string[] = [];
	for (let i = 0; i < 120; i++) steps.push(...(await round(random, pick(random, names), linux)));
	const differ = steps.filter((step) => !/: (\d+)\|\1$/.test(step));
	expect(differ.slice(0, 10)).toEqual([]);
	expect(steps.filter((step) => step.endsWith(": 22|22")).length).toBeGreaterThan(50);
});
