// Red-black trees in guest memory. Root and nodes are words that only the kernel looks into:
//
//   root: u64 node, u64 leftmost        node: u32 parent, u32 red, u64 right, u64 left, u64 owner

import type { GuestMemory } from "../machine/index.ts";

const RED = 4;
const RIGHT = 8;
const LEFT = 16;
const OWNER = 24;

type Side = typeof LEFT | typeof RIGHT;
const other = (side: Side): Side => (side === LEFT ? RIGHT : LEFT);

export class RedBlack {
	readonly #memory: GuestMemory;

	constructor(memory: GuestMemory) {
		this.#memory = memory;
	}

	top(root: number): number {
		return this.#get(root);
	}

	first(root: number): number {
		let node = this.#get(root);
		while (node !== 0 && this.left(node) !== 0) node = this.left(node);
		return node;
	}

	left(node: number): number {
		return this.#get(node + LEFT);
	}

	right(node: number): number {
		return this.#get(node + RIGHT);
	}

	owner(node: number): number {
		return this.#get(node + OWNER);
	}

	/** Puts a node in before the first that it is less than, among equals last. */
	add(root: number, node: number, less: (node: number, other: number) => boolean): void {
		let parent = 0;
		let side: Side = LEFT;
		for (let at = this.#get(root); at !== 0; at = this.#get(at + side)) {
			parent = at;
			side = less(node, at) ? LEFT : RIGHT;
		}
		this.#set(node, parent);
		this.#set(node + RED, 1);
		this.#set(node + LEFT, 0);
		this.#set(node + RIGHT, 0);
		this.#set(node + OWNER, root);
		this.#set(parent === 0 ? root : parent + side, node);
		this.#afterAdd(root, node);
	}

	remove(root: number, node: number): void {
		const [left, right] = [this.left(node), this.right(node)];
		let child: number;
		let parent: number;
		let black: boolean;
		if (left !== 0 && right !== 0) {
			let next = right;
			while (this.left(next) !== 0) next = this.left(next);
			black = !this.#red(next);
			child = this.right(next);
			parent = this.#parent(next) === node ? next : this.#parent(next);
			if (parent !== next) {
				this.#join(parent, LEFT, child);
				this.#join(next, RIGHT, right);
			}
			this.#replace(root, node, next);
			this.#join(next, LEFT, left);
			this.#paint(next, this.#red(node));
		} else {
			child = left || right;
			parent = this.#parent(node);
			black = !this.#red(node);
			this.#replace(root, node, child);
		}
		if (black) this.#afterRemove(root, child, parent);
		this.#set(node + OWNER, 0);
	}

	#afterAdd(root: number, start: number): void {
		let node = start;
		for (;;) {
			let parent = this.#parent(node);
			if (!this.#red(parent)) break;
			const grand = this.#parent(parent);
			const side: Side = this.left(grand) === parent ? LEFT : RIGHT;
			const uncle = this.#get(grand + other(side));
			if (this.#red(uncle)) {
				this.#paint(parent, false);
				this.#paint(uncle, false);
				this.#paint(grand, true);
				node = grand;
				continue;
			}
			if (this.#get(parent + other(side)) === node) {
				this.#rotate(root, parent, side);
				[node, parent] = [parent, node];
			}
			this.#paint(parent, false);
			this.#paint(grand, true);
			this.#rotate(root, grand, other(side));
			break;
		}
		this.#paint(this.#get(root), false);
	}

	/** Restores the number of black nodes on the paths through `start`, which may be 0. */
	#afterRemove(root: number, start: number, above: number): void {
		let node = start;
		let parent = above;
		while (parent !== 0 && !this.#red(node)) {
			const side: Side = this.left(parent) === node ? LEFT : RIGHT;
			let sibling = this.#get(parent + other(side));
			if (this.#red(sibling)) {
				this.#paint(sibling, false);
				this.#paint(parent, true);
				this.#rotate(root, parent, side);
				sibling = this.#get(parent + other(side));
			}
			if (!this.#red(this.left(sibling)) && !this.#red(this.right(sibling))) {
				this.#paint(sibling, true);
				node = parent;
				parent = this.#parent(node);
				continue;
			}
			if (!this.#red(this.#get(sibling + other(side)))) {
				this.#paint(this.#get(sibling + side), false);
				this.#paint(sibling, true);
				this.#rotate(root, sibling, other(side));
				sibling = this.#get(parent + other(side));
			}
			this.#paint(sibling, this.#red(parent));
			this.#paint(parent, false);
			this.#paint(this.#get(sibling + other(side)), false);
			this.#rotate(root, parent, side);
			node = this.#get(root);
			break;
		}
		this.#paint(node, false);
	}

	/** Moves `node` down to `side`; its child of the other side takes its place. */
	#rotate(root: number, node: number, side: Side): void {
		const up = this.#get(node + other(side));
		const inner = this.#get(up + side);
		this.#join(node, other(side), inner);
		this.#replace(root, node, up);
		this.#join(up, side, node);
	}

	#join(parent: number, side: Side, child: number): void {
		this.#set(parent + side, child);
		if (child !== 0) this.#set(child, parent);
	}

	#replace(root: number, node: number, by: number): void {
		const parent = this.#parent(node);
		if (parent === 0) this.#set(root, by);
		else this.#set(parent + (this.left(parent) === node ? LEFT : RIGHT), by);
		if (by !== 0) this.#set(by, parent);
	}

	#parent(node: number): number {
		return this.#get(node);
	}

	#red(node: number): boolean {
		return node !== 0 && this.#get(node + RED) !== 0;
	}

	#paint(node: number, red: boolean): void {
		if (node !== 0) this.#set(node + RED, red ? 1 : 0);
	}

	#get(at: number): number {
		return this.#memory.data.getUint32(at, true);
	}

	#set(at: number, value: number): void {
		this.#memory.data.setUint32(at, value, true);
	}
}
