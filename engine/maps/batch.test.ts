// Batch operations put to maps here and in Linux. Arrays and tries are compared element by element; a hash goes bucket by bucket in an
// order that its seed decides, so whole walks are compared as sets.
import { afterAll, beforeAll, expect, test } from "vitest";
import { errno } from "../abi/index.ts";
import { Random, toHex } from "../base/index.ts";
import { GuestMemory } from "../machine/index.ts";
import { Linux, type LinuxBatched } from "../testing/index.ts";
import { type BatchResult, type BpfMap, createMap, type MapEnvironment } from "./index.ts";

const ROUNDS = 60;
const kinds = [
	{ name: "hash", type: 1, key: 4, value: 8, flags: 0, hashed: true },
	{ name: "hash without preallocation", type: 1, key: 7, value: 4, flags: 1, hashed: true },
	{ name: "percpu_hash", type: 5, key: 4, value: 4, flags: 0, hashed: true },
	{ name: "lru_hash", type: 9, key: 4, value: 8, flags: 0, hashed: true },
	{ name: "array", type: 2, key: 4, value: 8, flags: 0, hashed: false },
	{ name: "percpu_array", type: 6, key: 4, value: 4, flags: 0, hashed: false },
	{ name: "lpm_trie", type: 11, key: 8, value: 4, flags: 1, hashed: false },
	{ name: "queue", type: 22, key: 0, value: 4, flags: 0, hashed: false },
	{ name: "prog_array", type: 3, key: 4, value: 4, flags: 0, hashed: false },
	{ name: "devmap", type: 14, key: 4, value: 4, flags: 0, hashed: false },
] as const;
type Kind = (typeof kinds)[number];

const environment: MapEnvironment = {
	cpus: 2,
	cpu: 0,
	random: new Random(7),
	program: () => -errno.EBADF,
	map: () => -errno.EBADF,
	device: () => false,
};

let linux: Linux | undefined;
let closed = "";
beforeAll(async () => {
	const opened = await Linux.open();
	if ("linux" in opened) linux = opened.linux;
	else closed = opened.reason;
});
afterAll(() => linux?.end());

const joined = (parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((p) => [...p]));

function parts(bytes: Uint8Array, size: number, count: number): string[] {
	return Array.from({ length: count }, (_, i) => toHex(bytes.subarray(i * size, (i + 1) * size)));
}

function randomKey(random: Random, kind: Kind, entries: number): Uint8Array {
	const key = new Uint8Array(kind.key);
	if (kind.key >= 4)
		new DataView(key.buffer).setUint32(0, random.below(entries + (entries >> 2)), true);
	if (kind.type === 11) {
		key[0] = 8 + random.below(16);
		key[4] = random.below(4);
		key[5] = 128 * random.below(2);
	}
	return key;
}

/** A walk through the whole map by calls of `count` elements: what was read and how each call ended. */
async function walk(
	count: number,
	read: (from?: Uint8Array) => Promise<{ error: number; elements: string[]; next: Uint8Array }>,
): Promise<{ elements: string[]; errors: number[] }> {
	const elements: string[] = [];
	const errors: number[] = [];
	let from: Uint8Array | undefined;
	for (let i = 0; i < 200; i++) {
		const got = await read(from);
		elements.push(...got.elements);
		errors.push(got.error);
		if (got.error !== 0 || (got.elements.length === 0 && count > 0)) break;
		from = got.next;
	}
	return { elements, errors };
}

const pairs = (keys: readonly string[], values: readonly string[]) =>
	keys.map((key, i) => `${key} ${values[i]}`);

const ofLinux = (map: BpfMap, r: LinuxBatched) => ({
	error: r.error,
	next: r.next,
	elements:
		r.error === -524
			? []
			: pairs(
					parts(r.keys, map.spec.keySize, r.count),
					parts(r.values, map.userValueSize, r.count),
				),
});

const ofSkep = (r: BatchResult) => ({
	error: r.error,
	next: r.next ?? new Uint8Array(),
	elements: pairs(r.keys.map(toHex), r.values.map(toHex)),
});

async function round(kind: Kind, random: Random, on: Linux, faults: string[]): Promise<number> {
	const entries = 1 + random.below(40);
	const spec = {
		name: "m",
		type: kind.type,
		keySize: kind.key,
		valueSize: kind.value,
		maxEntries: kind.type === 9 ? entries * 4 + 64 : entries,
		flags: kind.flags,
	};
	const made = createMap(new GuestMemory(), spec, environment, 1);
	const fd = await on.createMap(spec);
	if (!("map" in made)) throw new Error(`${JSON.stringify(made)}, linux ${fd}`);
	const { map } = made;
	const sizes = { keySize: kind.key, valueSize: map.userValueSize };
	const differ = (what: string, theirs: unknown, ours: unknown) => {
		const [a, b] = [JSON.stringify(theirs), JSON.stringify(ours)];
		if (a !== b) faults.push(`${kind.name} of ${entries}: ${what}: linux ${a}, skep ${b}`);
	};
	let compared = 0;
	for (const operation of ["update", "delete", "update"] as const) {
		const keys = Array.from({ length: 1 + random.below(entries) }, () =>
			randomKey(random, kind, entries),
		);
		const values = keys.map(() =>
			Uint8Array.from({ length: map.userValueSize }, () => random.below(256)),
		);
		const flags = random.below(8) === 0 ? 1 : 0;
		const ours =
			operation === "update" ? map.updateBatch(keys, values, flags) : map.deleteBatch(keys, flags);
		const theirs = await on.batch(fd, operation, {
			...sizes,
			count: keys.length,
			keys: joined(keys),
			values: joined(values),
			elementFlags: flags,
		});
		if (theirs.error === -524 || theirs.error === -errno.EINVAL)
			differ(operation, theirs.error, ours.error);
		else differ(operation, [theirs.error, theirs.count], [ours.error, ours.count]);
		compared++;
	}
	for (const operation of ["lookup", "take", "lookup"] as const) {
		const count = kind.hashed ? entries * 4 + 64 : random.below(entries + 3);
		const theirs = await walk(count, async (from) =>
			ofLinux(map, await on.batch(fd, operation, { ...sizes, count, ...(from ? { from } : {}) })),
		);
		const ours = await walk(count, async (from) =>
			ofSkep(map.lookupBatch(count, from, 0, operation === "take")),
		);
		if (kind.hashed) for (const side of [theirs, ours]) side.elements.sort();
		differ(`${operation} by ${count}`, theirs, ours);
		compared++;
	}
	await on.closeFd(fd);
	map.release();
	return compared;
}

test.for(kinds)("batches of $name end as in Linux", { timeout: 60_000 }, async (kind, context) => {
	if (!linux) return context.skip(`Linux cannot be asked: ${closed}`);
	const random = new Random(kind.type + kind.flags);
	const faults: string[] = [];
	let compared = 0;
	for (let i = 0; i < ROUNDS; i++) compared += await round(kind, random, linux, faults);
	expect(faults.slice(0, 8)).toEqual([]);
	expect(compared).toBe(6 * ROUNDS);
});
