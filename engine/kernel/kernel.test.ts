import { expect, test } from "vitest";
import { errno, helpers } from "../abi/index.ts";
import { assemble } from "../asm/index.ts";
import { createJit } from "../jit/index.ts";
import { RingbufKind } from "../maps/index.ts";
import type { LoadRequest, MapSpec } from "../object/index.ts";
import { loadRequest } from "../object/index.ts";
import { createVm } from "../vm/index.ts";
import type { LoadedProgram, LoadOptions } from "./index.ts";
import { Kernel } from "./index.ts";

const engines = ["vm", "jit"] as const;
const packet = new Uint8Array(64).fill(7);
const u32 = (...values: number[]) => new Uint8Array(Uint32Array.from(values).buffer);

function request(source: string): LoadRequest {
	const outcome = assemble(source, "test.s");
	const [program] = outcome.value?.programs ?? [];
	if (!outcome.value || !program) throw new Error(JSON.stringify(outcome.diagnostics));
	return loadRequest(outcome.value, program);
}

function load(
	kernel: Kernel,
	source: string | LoadRequest,
	options: LoadOptions & { engine?: "vm" | "jit" } = {},
): LoadedProgram {
	const make = options.engine === "jit" ? createJit : createVm;
	const asked = typeof source === "string" ? request(source) : source;
	const loading = kernel.loadProgram(asked, make(kernel.memory), options);
	if ("failure" in loading) throw new Error(JSON.stringify(loading.failure));
	return loading.program;
}

function newMap(kernel: Kernel, spec: Partial<MapSpec> & Pick<MapSpec, "type">) {
	const whole = { name: "m", keySize: 4, valueSize: 4, maxEntries: 4, flags: 0, ...spec };
	const made = kernel.createMap(whole);
	if ("failure" in made) throw new Error(JSON.stringify(made.failure));
	return made.map;
}

test.each([
	[
		"a map that Linux refuses",
		".map m, type=array, key=8, value=4, max_entries=1",
		"map",
		errno.EINVAL,
	],
	["a map that Skep lacks", ".map m, type=sockmap, key=4, value=4, max_entries=1", "map", 0],
])("loading fails at %s", (_name, map, stage, number) => {
	const kernel = new Kernel();
	const asked = request(`${map}\n.section xdp\nr1 = m ll\nr0 = 0\nexit`);
	const loading = kernel.loadProgram(asked, createVm(kernel.memory));
	expect(loading).toMatchObject({ failure: { stage, errno: number, mapIndex: 0 } });
});

test("a helper that is not there ends the run by name", () => {
	const kernel = new Kernel();
	const program = load(kernel, ".section xdp\ncall 35\nexit");
	expect(kernel.testRun(program, { data: packet }).trap).toMatchObject({
		unsupported: "helper bpf_get_current_task",
	});
	const there = [...kernel.helpers.keys()];
	expect(helpers.map((h) => h.id).filter((id) => id !== 12 && !there.includes(id))).toEqual([]);
});

test.each(engines)("%s: map values, global data and counters", (engine) => {
	const kernel = new Kernel();
	const program = load(
		kernel,
		`.map hits, type=hash, key=4, value=8, max_entries=8
.section xdp
r1 = 5
*(u32 *)(r10 - 4) = r1
r1 = hits ll
r2 = r10
r2 += -4
call bpf_map_lookup_elem
if r0 == 0 goto new
r1 = 1
lock *(u64 *)(r0 + 0) += r1
r0 = 2
exit
new:
r1 = 1
*(u64 *)(r10 - 16) = r1
r1 = hits ll
r2 = r10
r2 += -4
r3 = r10
r3 += -16
r4 = 0
call bpf_map_update_elem
r0 = 1
exit`,
		{ engine },
	);
	expect(kernel.testRun(program, { data: packet, repeat: 5 }).retval).toBe(2);
	expect(program.maps[0]?.lookup(u32(5))).toEqual(u32(5, 0));
});

test.each(engines)("%s: tail calls go where the slot points", (engine) => {
	const kernel = new Kernel();
	const jumps = newMap(kernel, { type: 3, maxEntries: 2 });
	const target = load(kernel, ".section xdp\nr0 = 33\nexit", { engine });
	const caller = load(
		kernel,
		".map jumps, type=prog_array, key=4, value=4, max_entries=2\n.section xdp\nr2 = jumps ll\nr3 = 1\ncall bpf_tail_call\nr0 = 1\nexit",
		{ engine, maps: [jumps] },
	);
	const run = () => kernel.testRun(caller, { data: packet }).retval;
	expect(run()).toBe(1);
	expect(jumps.update(u32(1), u32(99))).toBe(-errno.EBADF);
	expect(jumps.update(u32(1), u32(target.id))).toBe(0);
	expect(run()).toBe(33);
	expect(jumps.lookup(u32(1))).toEqual(u32(target.id));
	expect(jumps.delete(u32(1))).toBe(0);
	expect(run()).toBe(1);
});

test.each(engines)("%s: callbacks of bpf_loop and bpf_for_each_map_elem", (engine) => {
	const kernel = new Kernel();
	const program = load(
		kernel,
		`.map sums, type=array, key=4, value=8, max_entries=4
.section xdp
r1 = 0
*(u64 *)(r10 - 8) = r1
r1 = 10
r2 = turn ll
r3 = r10
r3 += -8
r4 = 0
call bpf_loop
r6 = r0
r1 = sums ll
r2 = each ll
r3 = r10
r3 += -8
r4 = 0
call bpf_for_each_map_elem
r6 <<= 8
r0 += r6
r0 <<= 16
r1 = *(u64 *)(r10 - 8)
r0 += r1
exit
turn:
r3 = *(u64 *)(r2 + 0)
r3 += r1
*(u64 *)(r2 + 0) = r3
r0 = 0
if r1 != 6 goto +1
r0 = 1
exit
each:
r5 = *(u32 *)(r2 + 0)
*(u64 *)(r3 + 0) = r5
r5 = *(u64 *)(r4 + 0)
r5 += 100
*(u64 *)(r4 + 0) = r5
r0 = 0
exit`,
		{ engine },
	);
	expect(kernel.testRun(program, { data: packet }).retval).toBe(((7 << 8) + 4) * 65536 + 421);
	expect(program.maps[0]?.lookup(u32(3))).toEqual(u32(3, 0));
});

test("trace_pipe has the lines of Linux", () => {
	const kernel = new Kernel();
	const text = [..."n=%d x=%x\n\0"].map((c) => c.charCodeAt(0));
	const words = u32(0, 0, 0);
	words.set(text);
	const [a, b, c] = new Uint32Array(words.buffer);
	const program = load(
		kernel,
		`.section xdp\nr1 = ${a}\n*(u32 *)(r10 - 16) = r1\nr1 = ${b}\n*(u32 *)(r10 - 12) = r1\nr1 = ${c}\n*(u32 *)(r10 - 8) = r1\nr1 = r10\nr1 += -16\nr2 = 11\nr3 = -5\nr4 = 255\ncall bpf_trace_printk\nexit`,
	);
	expect(kernel.testRun(program, { data: packet }).retval).toBe(10);
	expect(kernel.machine.trace).toEqual([
		expect.stringMatching(
			/^ +skep-1234 +\[000\] \.\.\.11 +10\.\d{6}: bpf_trace_printk: n=-5 x=ff$/,
		),
	]);
});

test.each(engines)("%s: records for readers in user space", (engine) => {
	const kernel = new Kernel();
	const program = load(
		kernel,
		`.map ring, type=ringbuf, key=0, value=0, max_entries=4096
.map events, type=perf_event_array, key=4, value=4, max_entries=2
.section xdp
r6 = r1
r1 = 42
*(u64 *)(r10 - 8) = r1
r1 = ring ll
r2 = r10
r2 += -8
r3 = 8
r4 = 0
call bpf_ringbuf_output
r1 = r6
r2 = events ll
r3 = 0x3ffffffff ll
r4 = r10
r4 += -8
r5 = 8
call bpf_perf_event_output
exit`,
		{ engine },
	);
	const [ring, events] = program.maps;
	if (!ring || !events) throw new Error("no maps");
	const run = () => (kernel.testRun(program, { data: packet }).retval ?? 0) | 0;
	expect(run()).toBe(-errno.ENOENT);
	kernel.openPerfEvents(events);
	expect(run()).toBe(0);
	expect(kernel.machine.perf.map((r) => [r.cpu, r.data])).toEqual([
		[0, Uint8Array.of(42, 0, 0, 0, 0, 0, 0, 0, 7, 7, 7)],
	]);
	if (!(ring.kind instanceof RingbufKind)) throw new Error("not a ring buffer");
	expect(ring.kind.consume(9).records).toEqual([u32(42, 0), u32(42, 0)]);
});

test("clock, random numbers and hash order follow the seed", () => {
	const outcome = (seed: number) => {
		const kernel = new Kernel({ seed });
		const map = newMap(kernel, { type: 1, maxEntries: 64 });
		for (let i = 0; i < 20; i++) map.update(u32(i), u32(i));
		const program = load(
			kernel,
			".section xdp\ncall bpf_get_prandom_u32\nr6 = r0\ncall bpf_ktime_get_ns\nr0 ^= r6\nexit",
		);
		const retvals = [1, 2, 3].map(() => kernel.testRun(program, { data: packet }).retval);
		return JSON.stringify([retvals, map.entries(99).map((e) => e.key[0])]);
	};
	expect(outcome(1)).toBe(outcome(1));
	expect(outcome(1)).not.toBe(outcome(2));
});

test("saved state with guest memory goes back in time", () => {
	const kernel = new Kernel();
	const map = newMap(kernel, { type: 1, maxEntries: 64 });
	const program = load(kernel, ".section xdp\ncall bpf_get_prandom_u32\nexit");
	map.update(u32(1), u32(1));
	const state = kernel.save();
	const memory = kernel.memory.u8.slice();
	const next = () => kernel.testRun(program, { data: packet }).retval;
	const first = [next(), next()];
	map.update(u32(2), u32(2));
	kernel.memory.u8.set(memory);
	kernel.restore(state);
	expect([next(), next()]).toEqual(first);
	expect(map.entries(9)).toEqual([{ key: u32(1), value: u32(1) }]);
});

test.each([
	["hash_of_maps", 13],
	["array_of_maps", 12],
])("%s leads to the map inside", (name, type) => {
	const kernel = new Kernel();
	const inner = { name: "in", type: 2, keySize: 4, valueSize: 8, maxEntries: 1, flags: 0 };
	const outer = newMap(kernel, { type, inner });
	const other = newMap(kernel, { ...inner, valueSize: 4 });
	const inside = newMap(kernel, inner);
	expect(outer.update(u32(2), u32(other.id))).toBe(-errno.EINVAL);
	expect(outer.update(u32(2), u32(inside.id))).toBe(0);
	expect(outer.lookup(u32(2))).toEqual(u32(inside.id));
	const program = load(
		kernel,
		`.map outer, type=hash, key=4, value=4, max_entries=4
.section xdp
r1 = 2
*(u32 *)(r10 - 4) = r1
r1 = outer ll
r2 = r10
r2 += -4
call bpf_map_lookup_elem
if r0 == 0 goto out
r1 = 0
*(u32 *)(r10 - 4) = r1
r1 = r0
r2 = r10
r2 += -4
call bpf_map_lookup_elem
if r0 == 0 goto out
r1 = 9
*(u64 *)(r0 + 0) = r1
r0 = 1
out:
exit`,
		{ maps: [outer] },
	);
	expect([name, kernel.testRun(program, { data: packet }).retval]).toEqual([name, 1]);
	expect(inside.lookup(u32(0))).toEqual(u32(9, 0));
});

test("routes answer bpf_fib_lookup", () => {
	const kernel = new Kernel();
	const { devices, routes } = kernel.machine;
	const mac = (last: number) => Uint8Array.of(2, 0, 0, 0, 0, last);
	const eth0 = devices.add({ name: "eth0", mac: mac(1), mtu: 1500, addresses: [] });
	const eth1 = devices.add({ name: "eth1", mac: mac(2), mtu: 1400, addresses: [] });
	const net = (length: number, ...prefix: number[]) => ({
		prefix: Uint8Array.from(prefix),
		length,
	});
	routes.routes.push({
		...net(0, 0, 0, 0, 0),
		ifindex: eth1.ifindex,
		via: Uint8Array.of(10, 0, 1, 1),
	});
	routes.routes.push({ ...net(8, 127, 0, 0, 0), ifindex: 1, kind: "blackhole" });
	routes.neighbours.push({
		address: Uint8Array.of(10, 0, 1, 1),
		mac: mac(9),
		ifindex: eth1.ifindex,
	});
	const program = load(
		kernel,
		`.section xdp
r6 = *(u32 *)(r1 + 0)
r2 = r6
r3 = 64
r4 = 0
call bpf_fib_lookup
exit`,
	);
	const ask = (...destination: number[]) => {
		const params = new Uint8Array(64);
		params[0] = 2;
		params[8] = eth0.ifindex;
		params.set(destination, 32);
		const { retval, dataOut = params } = kernel.testRun(program, { data: params });
		return { retval, ifindex: dataOut[8], smac: dataOut[57], dmac: dataOut[63], next: dataOut[35] };
	};
	expect(ask(9, 9, 9, 9)).toEqual({ retval: 0, ifindex: eth1.ifindex, smac: 2, dmac: 9, next: 1 });
	expect(ask(127, 0, 0, 1).retval).toBe(1);
	routes.neighbours.length = 0;
	expect(ask(9, 9, 9, 9).retval).toBe(7);
});

test("an event's context is the program's bytes", () => {
	const kernel = new Kernel();
	const program = load(kernel, ".section tracepoint/x/y\nr0 = *(u64 *)(r1 + 8)\nexit");
	expect(kernel.trigger(program, u32(1, 2, 3, 0)).retval).toBe(3);
});

test("an unverified program's helper arguments are checked", () => {
	const kernel = new Kernel();
	const source = `.map m, type=hash, key=4, value=4, max_entries=4
.section xdp
r1 = m ll
r2 = 5000000
call bpf_map_lookup_elem
exit`;
	const program = load(kernel, source, { unverified: true });
	expect(kernel.testRun(program, { data: packet }).trap?.message).toMatch(/read of 4 bytes/);
	const handle = load(
		kernel,
		".section xdp\nr1 = 7\nr2 = r10\nr2 += -4\ncall bpf_map_lookup_elem\nexit",
		{
			unverified: true,
		},
	);
	expect(kernel.testRun(handle, { data: packet }).trap?.message).toMatch(/is not a map/);
});
