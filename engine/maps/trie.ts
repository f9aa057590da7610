// lpm_trie: longest-prefix match. A binary trie with path compression, as Documentation/bpf/map_lpm_trie.rst describes the
// key: u32 prefix length in bits, then the data, most significant bit first. Intermediate nodes carry no value.

import { copyBytes, readU32 } from "./bytes.ts";
import type { KindContext, MapKind } from "./kind.ts";
import * as n from "./numbers.ts";
import { Table } from "./table.ts";

const DATA = 4;
const NONE = -1;

/** Undefined when guest memory is exhausted. */
export function trieMap(context: KindContext): MapKind | undefined {
	const { memory, spec } = context;
	const table = Table.create(memory, {
		name: spec.name,
		keySize: spec.keySize,
		valueSize: spec.valueSize,
		slots: 1,
		nodes: 2 * spec.maxEntries + 1,
		entries: 1,
		seed: 0,
		writable: (spec.flags & n.BPF_F_RDONLY_PROG) === 0,
	});
	return table && new TrieKind(context, table);
}

interface TrieNode {
	/** The table's node that holds key and value. */
	readonly store: number;
	readonly length: number;
	intermediate: boolean;
	/** Left and right child, NONE where there is none. */
	readonly child: [number, number];
}

interface TrieState {
	readonly nodes: readonly (TrieNode | undefined)[];
	readonly root: number;
	readonly count: number;
	readonly table: readonly [number, number];
}

class TrieKind implements MapKind {
	readonly batch = { lookup: true, take: false, update: true, delete: true };
	readonly #context: KindContext;
	readonly #table: Table;
	/** By the table's node. */
	#nodes: (TrieNode | undefined)[] = [];
	#root = NONE;
	#count = 0;
	readonly #maxLength: number;

	constructor(context: KindContext, table: Table) {
		this.#context = context;
		this.#table = table;
		this.#maxLength = (context.spec.keySize - DATA) * 8;
	}

	lookup(key: number): number {
		const length = readU32(this.#context.memory, key);
		if (length > this.#maxLength) return 0;
		let found = NONE;
		for (let at = this.#root; at !== NONE; ) {
			const node = this.#node(at);
			const match = this.#match(node, key, length);
			if (match === this.#maxLength) return this.#table.value(node.store);
			if (match < node.length) break;
			if (!node.intermediate) found = at;
			at = node.child[this.#bit(key, node.length)] ?? NONE;
		}
		return found === NONE ? 0 : this.#table.value(found);
	}

	update(key: number, value: number, flags: number): number {
		if (flags > n.BPF_EXIST) return -n.EINVAL;
		const length = readU32(this.#context.memory, key);
		if (length > this.#maxLength) return -n.EINVAL;
		let parent = NONE;
		let at = this.#root;
		let match = 0;
		while (at !== NONE) {
			const node = this.#node(at);
			match = this.#match(node, key, length);
			if (node.length !== match || node.length === length) break;
			parent = at;
			at = node.child[this.#bit(key, node.length)] ?? NONE;
		}
		const old = at === NONE ? undefined : this.#node(at);
		const replaces = old !== undefined && old.length === match;
		if (replaces && !old.intermediate) {
			if (flags === n.BPF_NOEXIST) return -n.EEXIST;
		} else if (flags === n.BPF_EXIST) return -n.ENOENT;
		else if (this.#count === this.#context.spec.maxEntries) return -n.ENOSPC;
		else this.#count++;
		const made = this.#make(key, length, value);
		this.#attach(parent, at, old, made, match, key);
		return 0;
	}

	delete(key: number): number {
		const length = readU32(this.#context.memory, key);
		if (length > this.#maxLength) return -n.EINVAL;
		let grandparent = NONE;
		let parent = NONE;
		let at = this.#root;
		while (at !== NONE) {
			const node = this.#node(at);
			const match = this.#match(node, key, length);
			if (node.length !== match) return -n.ENOENT;
			if (node.length === length) break;
			grandparent = parent;
			parent = at;
			at = node.child[this.#bit(key, node.length)] ?? NONE;
		}
		if (at === NONE || this.#node(at).intermediate) return -n.ENOENT;
		this.#count--;
		this.#detach(grandparent, parent, at);
		return 0;
	}

	/** More specific prefixes before less specific ones, left before right. */
	nextKey(key: number, out: number): number {
		if (this.#root === NONE) return -n.ENOENT;
		const path = key === 0 ? undefined : this.#exactPath(key);
		const next = path ? this.#afterPath(path) : this.#leftmost(this.#root);
		if (next === NONE) return -n.ENOENT;
		copyBytes(this.#context.memory, out, this.#table.key(next), this.#context.spec.keySize);
		return 0;
	}

	save(): TrieState {
		return {
			nodes: this.#nodes.map((node) => node && { ...node, child: [...node.child] }),
			root: this.#root,
			count: this.#count,
			table: this.#table.save(),
		};
	}

	restore(state: unknown): void {
		const saved = state as TrieState;
		this.#nodes = saved.nodes.map((node) => node && { ...node, child: [...node.child] });
		this.#root = saved.root;
		this.#count = saved.count;
		this.#table.restore(saved.table);
	}

	release(): void {
		this.#table.release();
	}

	#node(at: number): TrieNode {
		return this.#nodes[at] as TrieNode;
	}

	/** Bit `index` of a key's data. */
	#bit(key: number, index: number): 0 | 1 {
		const byte = this.#context.memory.u8[key + DATA + (index >> 3)] as number;
		return ((byte >> (7 - (index & 7))) & 1) as 0 | 1;
	}

	/** Number of leading bits that the node's prefix and the key's share. */
	#match(node: TrieNode, key: number, length: number): number {
		const u8 = this.#context.memory.u8;
		const limit = Math.min(node.length, length);
		const own = this.#table.key(node.store) + DATA;
		for (let i = 0; i * 8 < limit; i++) {
			const difference = (u8[own + i] as number) ^ (u8[key + DATA + i] as number);
			if (difference !== 0) return Math.min(limit, i * 8 + Math.clz32(difference) - 24);
		}
		return limit;
	}

	#make(key: number, length: number, value: number): TrieNode {
		const store = this.#table.allocate();
		const { memory, spec } = this.#context;
		copyBytes(memory, this.#table.key(store), key, spec.keySize);
		if (value !== 0) copyBytes(memory, this.#table.value(store), value, spec.valueSize);
		const node: TrieNode = { store, length, intermediate: value === 0, child: [NONE, NONE] };
		this.#nodes[store] = node;
		return node;
	}

	#free(at: number): void {
		this.#nodes[at] = undefined;
		this.#table.free(at);
	}

	/** Puts `made` where `at` is: into the empty place, instead of it, above it, or beside it under a new node. */
	#attach(
		parent: number,
		at: number,
		old: TrieNode | undefined,
		made: TrieNode,
		match: number,
		key: number,
	): void {
		if (!old) {
			this.#replace(parent, at, made.store, key);
		} else if (old.length === match) {
			made.child[0] = old.child[0];
			made.child[1] = old.child[1];
			this.#replace(parent, at, made.store, key);
			this.#free(at);
		} else if (match === made.length) {
			made.child[this.#bit(this.#table.key(at), match)] = at;
			this.#replace(parent, at, made.store, key);
		} else {
			const between = this.#make(this.#table.key(at), match, 0);
			const side = this.#bit(key, match);
			between.child[side] = made.store;
			between.child[1 - side] = at;
			this.#replace(parent, at, between.store, key);
		}
	}

	#replace(parent: number, at: number, by: number, key: number): void {
		if (parent === NONE) {
			this.#root = by;
			return;
		}
		const node = this.#node(parent);
		const side = at === NONE ? this.#bit(key, node.length) : node.child[0] === at ? 0 : 1;
		node.child[side] = by;
	}

	#detach(grandparent: number, parent: number, at: number): void {
		const node = this.#node(at);
		if (node.child[0] !== NONE && node.child[1] !== NONE) {
			node.intermediate = true;
			return;
		}
		const key = this.#table.key(at);
		const only = node.child[0] !== NONE ? node.child[0] : node.child[1];
		const above = parent === NONE ? undefined : this.#node(parent);
		if (above?.intermediate && only === NONE) {
			const sibling = above.child[0] === at ? above.child[1] : above.child[0];
			this.#replace(grandparent, parent, sibling, key);
			this.#free(parent);
		} else {
			this.#replace(parent, at, only, key);
		}
		this.#free(at);
	}

	/** The nodes from the root to the one with exactly this prefix; undefined when it is not there. */
	#exactPath(key: number): number[] | undefined {
		const length = readU32(this.#context.memory, key);
		if (length > this.#maxLength) return undefined;
		const path: number[] = [];
		for (let at = this.#root; at !== NONE; ) {
			path.push(at);
			const node = this.#node(at);
			if (node.length !== this.#match(node, key, length)) return undefined;
			if (node.length === length) return node.intermediate ? undefined : path;
			at = node.child[this.#bit(key, node.length)] ?? NONE;
		}
		return undefined;
	}

	#afterPath(path: number[]): number {
		for (let i = path.length - 1; i > 0; i--) {
			const parent = this.#node(path[i - 1] as number);
			if (parent.child[0] === path[i] && parent.child[1] !== NONE)
				return this.#leftmost(parent.child[1]);
			if (!parent.intermediate) return parent.store;
		}
		return NONE;
	}

	/** First node with a value in the order of nextKey below `at`. */
	#leftmost(at: number): number {
		let next = at;
		for (let step = at; step !== NONE; ) {
			const node = this.#node(step);
			next = step;
			step = node.child[0] !== NONE ? node.child[0] : node.child[1];
		}
		return next;
	}
}
