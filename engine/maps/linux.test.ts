// The same random operations put to a map here and to one in Linux; every answer is compared. Hash order differs by seed
// and LRU eviction by design, so those are compared as sets or not at all, as said below. Maps
// without keys are compared by the kernel's helper cases.
import { afterAll, beforeAll, expect, test } from "vitest";
import { errno } from "../abi/index.ts";
import { Random, toHex } from "../base/index.ts";
import { GuestMemory } from "../machine/index.ts";
import { Linux } from "../testing/index.ts";
import type { BpfMap, MapEnvironment } from "./index.ts";
import { createMap } from "./index.ts";

const OPERATIONS = 1500;
const possibleCpus = 2;

interface Kind {
	readonly name: string;
	readonly type: number;
	readonly key: readonly number[];
	readonly value: readonly number[];
	readonly entries: readonly number[];
	readonly flags: readonly number[];
	/** Keys are indexes. */
	readonly indexed?: boolean;
	/** Iteration follows a hash: order is the seed's. */
	readonly hashed?: boolean;
	/** Elements vanish by rules of their own. */
	readonly lru?: boolean;
	/** First words of values that mean something. */
	readonly words?: readonly number[];
}

const plain = [0, 0, 0, 8, 16];
const kinds: readonly Kind[] = [
	{
		name: "hash",
		type: 1,
		key: [1, 3, 4, 8, 13],
		value: [1, 4, 8, 17, 100],
		entries: [1, 2, 5, 40],
		flags: [0, 1, 8, 16],
		hashed: true,
	},
	{
		name: "percpu_hash",
		type: 5,
		key: [1, 4, 8],
		value: [1, 8, 12],
		entries: [1, 5, 40],
		flags: [0, 1],
		hashed: true,
	},
	{
		name: "lru_hash",
		type: 9,
		key: [4, 8],
		value: [4, 8],
		entries: [16, 64],
		flags: [0, 2],
		hashed: true,
		lru: true,
	},
	{
		name: "lru_percpu_hash",
		type: 10,
		key: [4],
		value: [8],
		entries: [16],
		flags: [0],
		hashed: true,
		lru: true,
	},
	{
		name: "array",
		type: 2,
		key: [4],
		value: [1, 4, 8, 12],
		entries: [1, 3, 7],
		flags: plain,
		indexed: true,
	},
	{
		name: "percpu_array",
		type: 6,
		key: [4],
		value: [1, 8, 12],
		entries: [1, 7],
		flags: plain,
		indexed: true,
	},
	{
		name: "lpm_trie",
		type: 11,
		key: [5, 6, 8, 20],
		value: [1, 4, 9],
		entries: [1, 3, 10, 50],
		flags: [1],
	},
	{
		name: "devmap",
		type: 14,
		key: [4],
		value: [4, 8],
		entries: [1, 4],
		flags: plain,
		indexed: true,
		words: [0, 1, 1, 99999],
	},
	{
		name: "devmap_hash",
		type: 25,
		key: [4],
		value: [4, 8],
		entries: [1, 4],
		flags: plain,
		indexed: true,
		words: [0, 1, 1, 99999],
	},
	{
		name: "cpumap",
		type: 16,
		key: [4],
		value: [4, 8],
		entries: [1, 4],
		flags: [0],
		indexed: true,
		words: [0, 1, 192, 16384, 16385],
	},
	{
		name: "xskmap",
		type: 17,
		key: [4],
		value: [4],
		entries: [1, 4],
		flags: [0],
		indexed: true,
		words: [0xffffffff, 99999],
	},
	{
		name: "prog_array",
		type: 3,
		key: [4],
		value: [4],
		entries: [1, 4],
		flags: [0],
		indexed: true,
		words: [0xffffffff],
	},
	{
		name: "perf_event_array",
		type: 4,
		key: [4],
		value: [4],
		entries: [1, 4],
		flags: [0],
		indexed: true,
		words: [0xffffffff],
	},
];

const environment: MapEnvironment = {
	cpus: possibleCpus,
	cpu: 0,
	random: new Random(7),
	program: () => -errno.EBADF,
	map: () => -errno.EBADF,
	device: (ifindex) => ifindex === 1,
};

let linux: Linux | undefined;
let closed = "";
beforeAll(async () => {
	const opened = await Linux.open();
	if ("linux" in opened) linux = opened.linux;
	else closed = opened.reason;
});
afterAll(() => linux?.end());

function pick<T>(random: Random, list: readonly T[]): T {
	return list[random.below(list.length)] as T;
}

function randomBytes(random: Random, size: number): Uint8Array {
	return Uint8Array.from({ length: size }, () => random.below(256));
}

function randomKey(random: Random, kind: Kind, size: number, entries: number): Uint8Array {
	const key = randomBytes(random, size);
	const data = new DataView(key.buffer);
	if (kind.indexed) data.setUint32(0, random.below(entries + 3), true);
	if (kind.type !== 11) return key;
	data.setUint32(0, random.below((size - 4) * 8 + 2), true);
	for (let i = 4; i < size; i++) key[i] = pick(random, [0, 0, 128, 192, 255, 1]);
	return key;
}

function randomValue(random: Random, kind: Kind, size: number): Uint8Array {
	const value = randomBytes(random, size);
	if (!kind.words) return value;
	const data = new DataView(value.buffer);
	data.setUint32(0, pick(random, kind.words), true);
	if (size >= 8) data.setInt32(4, pick(random, [0, 0, -1, 99999]), true);
	return value;
}

const text = (answer: Uint8Array | number) =>
	typeof answer === "number" ? `${answer + 0}` : toHex(answer);

/** One operation on both; undefined when they agree. */
async function step(
	random: Random,
	kind: Kind,
	map: BpfMap,
	fd: number,
	keys: Uint8Array[],
	on: Linux,
) {
	const key = pick(random, keys);
	const flags = pick(random, [0, 0, 0, 0, 1, 2, 3, 4, 5, 8]);
	const value = randomValue(random, kind, map.userValueSize);
	const size = map.userValueSize;
	let ours: Uint8Array | number;
	let theirs: Uint8Array | number;
	const operation = pick(random, ["lookup", "update", "update", "delete", "next", "take"]);
	switch (operation) {
		case "update":
			ours = map.update(key, value, flags);
			theirs = await on.updateElem(fd, key, value, flags);
			break;
		case "delete":
			ours = map.delete(key);
			theirs = await on.deleteElem(fd, key);
			break;
		case "next": {
			const from = random.below(3) === 0 ? undefined : key;
			ours = map.nextKey(from);
			theirs = await on.nextKey(fd, from, map.spec.keySize);
			if (kind.hashed && typeof ours !== "number" && typeof theirs !== "number") return undefined;
			if (kind.hashed && [ours, theirs].includes(-errno.ENOENT)) return undefined;
			break;
		}
		default: {
			const remove = operation === "take";
			ours = remove ? map.lookupAndDelete(key, flags & 4) : map.lookup(key, flags & 5);
			theirs = await on.lookupElem(fd, key, size, { flags: flags & (remove ? 4 : 5), remove });
		}
	}
	const gone = (answer: Uint8Array | number) =>
		answer === -errno.ENOENT || answer === -errno.EEXIST;
	if (kind.lru && (gone(ours) || gone(theirs))) return undefined;
	if (text(ours) === text(theirs)) return undefined;
	return `${kind.name} ${operation} flags ${flags} key ${toHex(key)}: linux ${text(theirs)}, skep ${text(ours)}`;
}

test.for(kinds)("$name answers as Linux does", { timeout: 60_000 }, async (kind, context) => {
	if (!linux) return context.skip(`Linux cannot be asked: ${closed}`);
	const random = new Random(kind.type);
	const faults: string[] = [];
	let done = 0;
	for (let round = 0; done < OPERATIONS; round++) {
		const spec = {
			name: "m",
			type: kind.type,
			keySize: pick(random, kind.key),
			valueSize: pick(random, kind.value),
			maxEntries: pick(random, kind.entries),
			flags: pick(random, kind.flags),
		};
		const made = createMap(new GuestMemory(), spec, environment, 1);
		const fd = await linux.createMap(spec);
		if (!("map" in made)) throw new Error(`${JSON.stringify(made)}, linux ${fd}`);
		const count = kind.lru ? Math.floor(spec.maxEntries / 2) : spec.maxEntries + 4;
		const keys = Array.from({ length: count }, () =>
			randomKey(random, kind, spec.keySize, spec.maxEntries),
		);
		for (let i = 0; i < 250; i++, done++) {
			const fault = await step(random, kind, made.map, fd, keys, linux);
			if (fault) faults.push(`round ${round}: ${fault}`);
		}
		await linux.closeFd(fd);
	}
	expect(faults.slice(0, 10)).toEqual([]);
});

test("creation is refused as Linux refuses it", { timeout: 60_000 }, async (context) => {
	if (!linux) return context.skip(`Linux cannot be asked: ${closed}`);
	const random = new Random(3);
	const memory = new GuestMemory();
	const faults: string[] = [];
	for (let i = 0; i < 2500; i++) {
		const spec = {
			name: "m",
			type: pick(random, [...kinds.map((kind) => kind.type), 17, 30, 99]),
			keySize: pick(random, [0, 1, 4, 4, 4, 8, 5, 16, 260, 261]),
			valueSize: pick(random, [0, 0, 1, 4, 4, 8, 8, 12, 33000]),
			maxEntries: pick(random, [0, 1, 2, 3, 4, 16, 64, 4096, 8192, 5000]),
			flags: pick(
				random,
				[0, 0, 0, 0, 1, 2, 8, 16, 24, 0x40, 0x80, 0x100, 0x180, 0x400, 0x800, 0x1000],
			),
			extra: pick(random, [0, 0, 0, 3, 16]),
		};
		const made = createMap(memory, spec, environment, i + 1);
		const fd = await linux.createMap(spec);
		const ours = "map" in made ? 0 : "errno" in made ? made.errno : Number.NaN;
		if (ours !== Math.min(fd, 0)) faults.push(`${JSON.stringify(spec)}: linux ${fd}, skep ${ours}`);
		if ("map" in made) made.map.release();
		if (fd >= 0) await linux.closeFd(fd);
	}
	expect(faults.slice(0, 10)).toEqual([]);
});
