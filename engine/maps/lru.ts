// lru_hash and lru_percpu_hash: hash maps that make room by themselves. Linux approximates LRU with per-CPU lists; here one
// list with a reference bit each (second chance), so eviction is the same in every run. Lookups by programs set the bit,
// lookups by bpf(2) do not.

import { copyBytes } from "./bytes.ts";
import { checkPresence, forEachNode, hashTable, nextInTable, tableBuckets } from "./hash.ts";
import type { Buckets, KindContext, MapKind } from "./kind.ts";
import * as n from "./numbers.ts";
import type { Table } from "./table.ts";

const batch = { lookup: true, take: true, update: true, delete: true };

/** `perCpu` for lru_percpu_hash. Undefined when guest memory is exhausted. */
export function lruHashMap(context: KindContext, perCpu: boolean): MapKind | undefined {
	const slots = perCpu ? context.environment.cpus : 1;
	const table = hashTable(context, slots, context.spec.maxEntries);
	return table && new LruHashKind(context, table, perCpu);
}

/** Nodes in order of use, newest first: a ring through node 0 of the arrays, node i at place i + 1. */
class UseOrder {
	#previous: Int32Array;
	#next: Int32Array;
	#referenced: Uint8Array;

	constructor(nodes: number) {
		this.#previous = new Int32Array(nodes + 1);
		this.#next = new Int32Array(nodes + 1);
		this.#referenced = new Uint8Array(nodes + 1);
	}

	add(node: number, referenced: boolean): void {
		const place = node + 1;
		const first = this.#next[0] as number;
		this.#next[0] = place;
		this.#previous[place] = 0;
		this.#next[place] = first;
		this.#previous[first] = place;
		this.#referenced[place] = referenced ? 1 : 0;
	}

	remove(node: number): void {
		const place = node + 1;
		const before = this.#previous[place] as number;
		const after = this.#next[place] as number;
		this.#next[before] = after;
		this.#previous[after] = before;
	}

	touch(node: number): void {
		this.#referenced[node + 1] = 1;
	}

	/** The node to evict: the oldest that was not used since it was last passed over. */
	victim(): number {
		for (;;) {
			const node = (this.#previous[0] as number) - 1;
			if (this.#referenced[node + 1] === 0) return node;
			this.remove(node);
			this.add(node, false);
		}
	}

	save(): readonly [Int32Array, Int32Array, Uint8Array] {
		return [this.#previous.slice(), this.#next.slice(), this.#referenced.slice()];
	}

	restore(state: readonly [Int32Array, Int32Array, Uint8Array]): void {
		this.#previous = state[0].slice();
		this.#next = state[1].slice();
		this.#referenced = state[2].slice();
	}
}

interface LruState {
	readonly count: number;
	readonly table: readonly [number, number];
	readonly order: readonly [Int32Array, Int32Array, Uint8Array];
}

class LruHashKind implements MapKind {
	readonly batch = batch;
	readonly buckets: Buckets;
	readonly userValueSize: number;
	readonly #context: KindContext;
	readonly #table: Table;
	readonly #order: UseOrder;
	readonly #perCpu: boolean;
	readonly #capacity: number;
	#count = 0;

	constructor(context: KindContext, table: Table, perCpu: boolean) {
		const { spec, environment } = context;
		this.#context = context;
		this.#table = table;
		this.#perCpu = perCpu;
		this.#order = new UseOrder(table.shape.nodes);
		this.buckets = tableBuckets(table);
		this.userValueSize = perCpu ? table.valueStride * environment.cpus : spec.valueSize;
		this.#capacity = spec.maxEntries;
	}

	lookup(key: number): number {
		return this.lookupPerCpu(key, this.#perCpu ? this.#context.environment.cpu : 0);
	}

	lookupPerCpu(key: number, cpu: number): number {
		if (cpu >= this.#table.shape.slots) return 0;
		const node = this.#find(key);
		if (node < 0) return 0;
		this.#order.touch(node);
		return this.#table.value(node, cpu);
	}

	update(key: number, value: number, flags: number): number {
		return this.#store(key, value, flags, false);
	}

	write(key: number, value: number, flags: number): number {
		return this.#store(key, value, flags, true);
	}

	delete(key: number): number {
		const node = this.#find(key);
		if (node < 0) return -n.ENOENT;
		this.#drop(node);
		return 0;
	}

	read(key: number, out: number): number {
		const node = this.#find(key);
		if (node < 0) return -n.ENOENT;
		copyBytes(this.#context.memory, out, this.#table.value(node), this.userValueSize);
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
		return forEachNode(this.#table, this.#perCpu ? this.#context.environment.cpu : 0, visit);
	}

	save(): LruState {
		return { count: this.#count, table: this.#table.save(), order: this.#order.save() };
	}

	restore(state: unknown): void {
		const saved = state as LruState;
		this.#count = saved.count;
		this.#table.restore(saved.table);
		this.#order.restore(saved.order);
	}

	release(): void {
		this.#table.release();
	}

	#find(key: number): number {
		return this.#table.find(key, this.#table.hash(key));
	}

	/** As in Linux the node is taken before the key is looked up: a full map gives up an element even when it replaces one. */
	#store(key: number, value: number, flags: number, everywhere: boolean): number {
		if (flags > n.BPF_EXIST) return -n.EINVAL;
		const table = this.#table;
		const hash = table.hash(key);
		const inPlace = this.#perCpu && flags === n.BPF_EXIST;
		if (!inPlace && this.#count >= this.#capacity) this.#drop(this.#order.victim());
		const old = table.find(key, hash);
		const error = checkPresence(old >= 0, flags);
		if (error !== 0) return error;
		if (old >= 0 && this.#perCpu) {
			this.#order.touch(old);
			this.#fill(old, value, everywhere);
			return 0;
		}
		const node = table.allocate();
		if (node < 0) return -n.ENOMEM;
		if (this.#perCpu) this.#clear(node);
		this.#fill(node, value, everywhere);
		table.insert(node, key, hash);
		this.#order.add(node, old >= 0);
		this.#count++;
		if (old >= 0) this.#drop(old);
		return 0;
	}

	#fill(node: number, value: number, everywhere: boolean): void {
		const { memory, spec, environment } = this.#context;
		const slot = this.#perCpu && !everywhere ? environment.cpu : 0;
		const size = everywhere ? this.userValueSize : spec.valueSize;
		copyBytes(memory, this.#table.value(node, slot), value, size);
	}

	#clear(node: number): void {
		const start = this.#table.value(node);
		this.#context.memory.u8.fill(0, start, start + this.userValueSize);
	}

	#drop(node: number): void {
		this.#table.remove(node);
		this.#table.free(node);
		this.#order.remove(node);
		this.#count--;
	}
}
