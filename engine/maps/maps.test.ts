import fc from "fast-check";
import { expect, test } from "vitest";
import { errno } from "../abi/index.ts";
import { Random, toHex } from "../base/index.ts";
import { GuestMemory } from "../machine/index.ts";
import type { MapAttributes, MapEnvironment } from "./index.ts";
import { type BpfMap, commitSample, createMap, RingbufKind } from "./index.ts";

const environment = (): MapEnvironment => ({
	cpus: 2,
	cpu: 0,
	random: new Random(1),
	program: () => -errno.EBADF,
	map: () => -errno.EBADF,
	device: (ifindex) => ifindex === 1,
});

function spec(type: number, keySize: number, valueSize: number, maxEntries: number, flags = 0) {
	return { name: "m", type, keySize, valueSize, maxEntries, flags } satisfies MapAttributes;
}

function make(attributes: MapAttributes, memory = new GuestMemory(), env = environment()): BpfMap {
	const made = createMap(memory, attributes, env, 1);
	if (!("map" in made)) throw new Error(`no map: ${JSON.stringify(made)}`);
	return made.map;
}

const bytes = (...values: number[]) => Uint8Array.from(values);
const u32 = (...values: number[]) => new Uint8Array(Uint32Array.from(values).buffer);

test.each([
	["array", spec(2, 4, 8, 0), -errno.EINVAL],
	["array", spec(2, 8, 8, 1), -errno.EINVAL],
	["hash", spec(1, 4, 8, 4, 0x180), -errno.EINVAL],
	["hash with its own LRU lists", spec(1, 4, 8, 4, 2), -errno.EINVAL],
	["lru_hash without preallocation", spec(9, 4, 8, 4, 1), -errno.ENOTSUPP],
	["lpm_trie with preallocation", spec(11, 8, 8, 4, 0), -errno.EINVAL],
	["percpu_array", spec(6, 4, 33000, 4), -errno.E2BIG],
	["ringbuf", spec(27, 0, 0, 4097), -errno.EINVAL],
	["queue", spec(22, 4, 8, 4), -errno.EINVAL],
	["no such type", spec(99, 4, 8, 4), -errno.EINVAL],
	["readable and writable by nobody", spec(1, 4, 8, 4, 0x18), -errno.EINVAL],
	["array_of_maps without a template", spec(12, 4, 4, 4), -errno.EBADF],
])("creation refuses %s", (_name, attributes, expected) => {
	expect(createMap(new GuestMemory(), attributes, environment(), 1)).toEqual({ errno: expected });
});

test("a kind that is missing is named", () => {
	const made = createMap(new GuestMemory(), spec(15, 4, 4, 4), environment(), 1);
	expect(made).toEqual({ unsupported: "map type sockmap" });
});

const commands = fc.array(
	fc.record({
		op: fc.constantFrom("update", "lookup", "delete", "next", "take"),
		key: fc.nat(9),
		value: fc.nat(255),
		flags: fc.constantFrom(0, 0, 1, 2, 3),
	}),
	{ maxLength: 200 },
);

test.each([
	["hash", 1, 0],
	["hash without preallocation", 1, 1],
	["percpu_hash", 5, 0],
])("%s behaves as a bounded dictionary", (_name, type, flags) => {
	fc.assert(
		fc.property(commands, (list) => {
			const map = make(spec(type, 3, 4, 5, flags));
			const model = new Map<number, string>();
			for (const { op, key, value, flags: how } of list) {
				const k = bytes(key, 7, key);
				const v = new Uint8Array(map.userValueSize).fill(value);
				const known = model.has(key);
				if (op === "update") {
					let expected = 0;
					if (how > 2) expected = -errno.EINVAL;
					else if (how === 1 && known) expected = -errno.EEXIST;
					else if (how === 2 && !known) expected = -errno.ENOENT;
					else if (!known && model.size === 5) expected = -errno.E2BIG;
					else model.set(key, toHex(v));
					expect(map.update(k, v, how)).toBe(expected);
				} else if (op === "lookup" || op === "take") {
					const got = op === "take" ? map.lookupAndDelete(k) : map.lookup(k);
					if (typeof got === "number") expect([got, known]).toEqual([-errno.ENOENT, false]);
					else expect(toHex(got)).toBe(model.get(key));
					if (op === "take") model.delete(key);
				} else if (op === "delete") {
					expect(map.delete(k)).toBe(model.delete(key) ? 0 : -errno.ENOENT);
				}
			}
			const entries = map.entries(100).map((e) => [e.key[0], toHex(e.value as Uint8Array)]);
			expect(entries.sort()).toEqual([...model].sort());
		}),
		{ numRuns: 60 },
	);
});

test("an LRU map stays full and keeps what programs use", () => {
	const memory = new GuestMemory();
	const map = make(spec(9, 4, 4, 8), memory);
	const hot = memory.allocate("buffer", "key", 4);
	if (!hot) throw new Error("memory");
	for (let i = 0; i < 100; i++) {
		map.update(u32(i), u32(i));
		if (i > 0) expect(map.kind.lookup(hot.start)).not.toBe(0);
	}
	expect(map.entries(100)).toHaveLength(8);
});

test("lpm_trie answers as a scan over all prefixes", () => {
	const prefix = fc.record({ length: fc.nat(16), data: fc.constantFrom(0, 1, 0x80, 0xc0, 0xff) });
	const step = fc.record({ remove: fc.boolean(), a: prefix, b: fc.constantFrom(0, 0x40, 0xff) });
	const key = (length: number, a: number, b: number) => bytes(...u32(length), a, b);
	const masked = (length: number, a: number, b: number) =>
		length === 0 ? 0 : (((a << 8) | b) >> (16 - length)) << (16 - length);
	fc.assert(
		fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
			const map = make(spec(11, 6, 1, 20, 1));
			const model = new Map<string, { length: number; bits: number; value: number }>();
			steps.forEach(({ remove, a, b }, i) => {
				const bits = masked(a.length, a.data, b);
				const name = `${a.length}/${bits}`;
				const at = key(a.length, a.data, b);
				if (remove) {
					expect(map.delete(at)).toBe(model.delete(name) ? 0 : -errno.ENOENT);
					return;
				}
				const full = !model.has(name) && model.size === 20;
				expect(map.update(at, bytes(i))).toBe(full ? -errno.ENOSPC : 0);
				if (!full) model.set(name, { length: a.length, bits, value: i });
			});
			for (const probe of [0, 0x0140, 0x80ff, 0xc040, 0xffff, 0x4000]) {
				const best = [...model.values()]
					.filter((p) => masked(p.length, probe >> 8, probe & 255) === p.bits)
					.sort((x, y) => y.length - x.length)[0];
				const got = map.lookup(key(16, probe >> 8, probe & 255));
				expect(typeof got === "number" ? got : got[0]).toBe(best?.value ?? -errno.ENOENT);
			}
			expect(map.entries(100)).toHaveLength(model.size);
		}),
		{ numRuns: 80 },
	);
});

test("queue and stack", () => {
	for (const [type, order] of [
		[22, [2, 3]],
		[23, [3, 2]],
	] as const) {
		const map = make(spec(type, 0, 1, 2));
		const none = new Uint8Array();
		expect(map.update(none, bytes(1))).toBe(0);
		expect(map.update(none, bytes(2))).toBe(0);
		expect(map.update(none, bytes(3))).toBe(-errno.E2BIG);
		expect(map.update(none, bytes(3), 2)).toBe(0);
		expect(map.update(none, bytes(3), 1)).toBe(-errno.EINVAL);
		expect(order.map(() => map.lookupAndDelete(none))).toEqual(order.map((v) => bytes(v)));
		expect(map.lookupAndDelete(none)).toBe(-errno.ENOENT);
	}
});

test("ring buffer records come out in order of reservation, behind none that is still reserved", () => {
	const memory = new GuestMemory();
	const map = make(spec(27, 0, 0, 4096), memory);
	const ring = map.kind;
	if (!(ring instanceof RingbufKind)) throw new Error("not a ring buffer");
	for (let turn = 0; turn < 5; turn++) {
		const a = ring.reserve(1000);
		const b = ring.reserve(16);
		const c = ring.reserve(1);
		memory.u8.fill(turn + 1, a, a + 1000);
		commitSample(memory, c, true);
		commitSample(memory, b, false);
		expect(ring.consume(10).records).toEqual([]);
		commitSample(memory, a, false);
		const { records, discarded, leftBytes } = ring.consume(10);
		expect([records.map((r) => r.length), discarded, leftBytes]).toEqual([[1000, 16], 1, 0]);
		expect(records[0]?.every((v) => v === turn + 1)).toBe(true);
	}
	expect(ring.reserve(4096)).toBe(0);
	expect(ring.output(0, 0, 4)).toBe(-errno.EINVAL);
});

test("batch operations walk a hash bucket by bucket", () => {
	const map = make(spec(1, 4, 4, 64));
	for (let i = 0; i < 40; i++) map.update(u32(i), u32(i * 3));
	const keys: string[] = [];
	let from: Uint8Array | undefined;
	for (let turn = 0; turn < 100; turn++) {
		const got = map.lookupBatch(16, from);
		keys.push(...got.keys.map(toHex));
		from = got.next;
		if (got.error === -errno.ENOENT) break;
		expect(got.error).toBe(0);
	}
	expect(new Set(keys).size).toBe(40);
	expect(keys).toHaveLength(40);
	expect(map.deleteBatch([u32(1), u32(2), u32(99), u32(3)])).toMatchObject({
		error: -errno.ENOENT,
		count: 2,
	});
	expect(map.lookupBatch(64, undefined, 0, true).count).toBe(38);
	expect(map.entries(100)).toEqual([]);
	expect(make(spec(22, 0, 4, 4)).lookupBatch(1).error).toBe(-errno.ENOTSUPP);
});

test("permissions of user space and freezing", () => {
	const key = u32(0);
	expect(make(spec(2, 4, 4, 1, 8)).update(key, key)).toBe(-errno.EPERM);
	expect(make(spec(2, 4, 4, 1, 16)).lookup(key)).toBe(-errno.EPERM);
	const map = make(spec(2, 4, 4, 1));
	expect(map.update(key, u32(5))).toBe(0);
	expect(map.freeze()).toBe(0);
	expect(map.freeze()).toBe(-errno.EPERM);
	expect(map.update(key, key)).toBe(-errno.EPERM);
	expect(map.lookup(key)).toEqual(u32(5));
});

test("a prog array is emptied when user space lets go of it, other maps of programs are not", () => {
	const program = { id: 3, target: "program" };
	const holding = { ...environment(), program: () => program };
	const array = make(spec(3, 4, 4, 2), new GuestMemory(), holding);
	const devices = make(spec(14, 4, 8, 2), new GuestMemory(), holding);
	expect(array.update(u32(1), u32(9))).toBe(0);
	expect(devices.update(u32(1), u32(1, 9))).toBe(0);
	for (const map of [array, devices]) map.userReleased();
	expect(array.lookup(u32(1))).toBe(-errno.ENOENT);
	expect(devices.lookup(u32(1))).toEqual(u32(1, 3));
});

test("values keep their addresses and old pointers their values", () => {
	const memory = new GuestMemory();
	const map = make(spec(1, 4, 8, 100), memory);
	const key = memory.allocate("buffer", "key", 4)?.start ?? 0;
	memory.i32[key >>> 2] = 7;
	map.update(u32(7), new Uint8Array(8).fill(1));
	const before = map.kind.lookup(key);
	map.update(u32(7), new Uint8Array(8).fill(2));
	expect(memory.u8[before]).toBe(1);
	expect(memory.u8[map.kind.lookup(key)]).toBe(2);
	for (let i = 100; i < 190; i++) map.update(u32(i), new Uint8Array(8));
	expect(memory.u8[map.kind.lookup(key)]).toBe(2);
});

test("saved state and guest memory bring a map back", () => {
	const memory = new GuestMemory();
	const map = make(spec(9, 4, 4, 4), memory);
	for (let i = 0; i < 6; i++) map.update(u32(i), u32(i));
	const state = map.save();
	const copy = memory.u8.slice();
	const before = map.entries(9);
	for (let i = 0; i < 6; i++) map.update(u32(i + 50), u32(i));
	memory.u8.set(copy);
	map.restore(state);
	expect(map.entries(9)).toEqual(before);
	map.update(u32(90), u32(1));
	expect(map.entries(9)).toHaveLength(4);
});
