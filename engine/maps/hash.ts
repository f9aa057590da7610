// hash and percpu_hash: update puts a new node before the old one, so that a pointer that a program still holds keeps the
// old value, as with the kernel's spare elements; per-CPU values are written in place.

import type { HashLayout } from "../machine/index.ts";
import { copyBytes } from "./bytes.ts";
import type { Buckets, KindContext, MapKind } from "./kind.ts";
import * as n from "./numbers.ts";
import { Table } from "./table.ts";

const batch = { lookup: true, take: true, update: true, delete: true };

/** Undefined when guest memory is exhausted. */
export function hashMap(context: KindContext): MapKind | undefined {
	const table = hashTable(context, 1, context.spec.maxEntries + 1);
	return table && new HashKind(context, table);
}

/** Undefined when guest memory is exhausted. */
export function perCpuHashMap(context: KindContext): MapKind | undefined {
	const table = hashTable(context, context.environment.cpus, context.spec.maxEntries);
	return table && new PerCpuHashKind(context, table);
}

/** A table with the map's sizes and a seed of the scenario. */
export function hashTable(context: KindContext, slots: number, nodes: number): Table | undefined {
	const { memory, spec, environment } = context;
	return Table.create(memory, {
		name: spec.name,
		keySize: spec.keySize,
		valueSize: spec.valueSize,
		slots,
		nodes,
		entries: spec.maxEntries,
		seed: spec.flags & n.BPF_F_ZERO_SEED ? 0 : environment.random.u32() | 0,
		writable: (spec.flags & n.BPF_F_RDONLY_PROG) === 0,
	});
}

/** The key that follows in a table's iteration order. */
export function nextInTable(context: KindContext, table: Table, key: number, out: number): number {
	const node = key === 0 ? -1 : table.find(key, table.hash(key));
	const next = node < 0 ? table.first() : table.after(node);
	if (next < 0) return -n.ENOENT;
	copyBytes(context.memory, out, table.key(next), context.spec.keySize);
	return 0;
}

export function tableBuckets(table: Table): Buckets {
	return {
		count: table.bucketCount,
		keys: (bucket) => table.bucket(bucket).map((node) => table.key(node)),
	};
}

/** Whether an element may be written: 0 or the errno of BPF_NOEXIST and BPF_EXIST. */
export function checkPresence(present: boolean, flags: number): number {
	if (present && (flags & ~n.BPF_F_LOCK) === n.BPF_NOEXIST) return -n.EEXIST;
	if (!present && (flags & ~n.BPF_F_LOCK) === n.BPF_EXIST) return -n.ENOENT;
	return 0;
}

/** Visits every element of a table; `slot` picks the value. */
export function forEachNode(
	table: Table,
	slot: number,
	visit: (key: number, value: number) => number,
): number {
	let count = 0;
	for (let bucket = 0; bucket < table.bucketCount; bucket++) {
		for (const node of table.bucket(bucket)) {
			count++;
			if (visit(table.key(node), table.value(node, slot)) !== 0) return count;
		}
	}
	return count;
}

interface HashState {
	readonly count: number;
	readonly table: readonly [number, number];
}

class HashKind implements MapKind {
	readonly batch = batch;
	readonly hash: HashLayout | undefined;
	readonly buckets: Buckets;
	readonly #context: KindContext;
	readonly #table: Table;
	#count = 0;

	constructor(context: KindContext, table: Table) {
		this.#context = context;
		this.#table = table;
		this.hash = table.layout;
		this.buckets = tableBuckets(table);
	}

	lookup(key: number): number {
		const node = this.#table.find(key, this.#table.hash(key));
		return node < 0 ? 0 : this.#table.value(node);
	}

	update(key: number, value: number, flags: number): number {
		const plain = flags > 0xffffffff ? flags : (flags & ~n.BPF_F_LOCK) >>> 0;
		if (plain > n.BPF_EXIST || flags & n.BPF_F_LOCK) return -n.EINVAL;
		const table = this.#table;
		const hash = table.hash(key);
		const old = table.find(key, hash);
		const error = checkPresence(old >= 0, flags);
		if (error !== 0) return error;
		if (old < 0 && this.#count >= this.#context.spec.maxEntries) return -n.E2BIG;
		const node = table.allocate();
		if (node < 0) return -n.ENOMEM;
		copyBytes(this.#context.memory, table.value(node), value, this.#context.spec.valueSize);
		table.insert(node, key, hash);
		if (old < 0) this.#count++;
		else this.#drop(old);
		return 0;
	}

	delete(key: number): number {
		const node = this.#table.find(key, this.#table.hash(key));
		if (node < 0) return -n.ENOENT;
		this.#drop(node);
		this.#count--;
		return 0;
	}

	take(key: number, out: number): number {
		const address = this.lookup(key);
		if (address === 0) return -n.ENOENT;
		copyBytes(this.#context.memory, out, address, this.#context.spec.valueSize);
		return this.delete(key);
	}

	nextKey(key: number, out: number): number {
		return nextInTable(this.#context, this.#table, key, out);
	}

	walk(visit: (key: number, value: number) => number): number {
		return forEachNode(this.#table, 0, visit);
	}

	save(): HashState {
		return { count: this.#count, table: this.#table.save() };
	}

	restore(state: unknown): void {
		const saved = state as HashState;
		this.#count = saved.count;
		this.#table.restore(saved.table);
	}

	release(): void {
		this.#table.release();
	}

	#drop(node: number): void {
		this.#table.remove(node);
		this.#table.free(node);
	}
}

class PerCpuHashKind implements MapKind {
	readonly batch = batch;
	readonly userValueSize: number;
	readonly buckets: Buckets;
	readonly #context: KindContext;
	readonly #table: Table;

	constructor(context: KindContext, table: Table) {
		this.#context = context;
		this.#table = table;
		this.buckets = tableBuckets(table);
		this.userValueSize = table.valueStride * context.environment.cpus;
	}

	lookup(key: number): number {
		return this.lookupPerCpu(key, this.#context.environment.cpu);
	}

	lookupPerCpu(key: number, cpu: number): number {
		if (cpu >= this.#context.environment.cpus) return 0;
		const node = this.#table.find(key, this.#table.hash(key));
		return node < 0 ? 0 : this.#table.value(node, cpu);
	}

	update(key: number, value: number, flags: number): number {
		const { memory, spec, environment } = this.#context;
		const node = this.#prepare(key, flags);
		if (node < 0) return node;
		copyBytes(memory, this.#table.value(node, environment.cpu), value, spec.valueSize);
		return 0;
	}

	write(key: number, value: number, flags: number): number {
		const node = this.#prepare(key, flags);
		if (node < 0) return node;
		copyBytes(this.#context.memory, this.#table.value(node), value, this.userValueSize);
		return 0;
	}

	read(key: number, out: number): number {
		const address = this.lookupPerCpu(key, 0);
		if (address === 0) return -n.ENOENT;
		copyBytes(this.#context.memory, out, address, this.userValueSize);
		return 0;
	}

	delete(key: number): number {
		const node = this.#table.find(key, this.#table.hash(key));
		if (node < 0) return -n.ENOENT;
		this.#table.remove(node);
		this.#table.free(node);
		return 0;
	}

	take(key: number, out: number): number {
		const error = this.read(key, out);
		return error === 0 ? this.delete(key) : error;
	}

	nextKey(key: number, out: number): number {
		return nextInTable(this.#context, this.#table, key, out);
	}

	walk(visit: (key: number, value: number) => number): number {
		return forEachNode(this.#table, this.#context.environment.cpu, visit);
	}

	save(): readonly [number, number] {
		return this.#table.save();
	}

	restore(state: unknown): void {
		this.#table.restore(state as readonly [number, number]);
	}

	release(): void {
		this.#table.release();
	}

	/** The key's node, made with zeroed values when it is new; a negated errno when it may not be written. */
	#prepare(key: number, flags: number): number {
		if (flags > n.BPF_EXIST) return -n.EINVAL;
		const table = this.#table;
		const hash = table.hash(key);
		const old = table.find(key, hash);
		const error = checkPresence(old >= 0, flags);
		if (error !== 0 || old >= 0) return error !== 0 ? error : old;
		const node = table.allocate();
		if (node < 0) return -n.E2BIG;
		const start = table.value(node);
		this.#context.memory.u8.fill(0, start, start + this.userValueSize);
		table.insert(node, key, hash);
		return node;
	}
}
