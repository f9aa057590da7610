// What was made of functions, kept for the next compilation of nearly the same text. Takes functions by their descriptions; knows nothing
// of passes.

import { type Description, describeFunction, type Surroundings } from "./describe.ts";
import type { Block, Func, Leaf, Node, Place } from "./ir.ts";

/** Compilations for which something is kept that none of them asked for. */
const PATIENCE = 4;

/** Things by their descriptions; what nobody asks for any more is forgotten. */
export class Memo<T> {
	readonly #entries = new Map<string, { readonly value: T; used: number }>();
	#now = 0;
	#last = 0;

	/** To be called where a compilation begins. */
	begin(): void {
		this.#now++;
		for (const [key, entry] of this.#entries)
			if (entry.used < this.#now - PATIENCE) this.#entries.delete(key);
	}

	/** How many things are kept. */
	get size(): number {
		return this.#entries.size;
	}

	/** A number that was never given before. */
	next(): number {
		return ++this.#last;
	}

	get(key: string): T | undefined {
		const entry = this.#entries.get(key);
		if (entry) entry.used = this.#now;
		return entry?.value;
	}

	set(key: string, value: T): void {
		this.#entries.set(key, { value, used: this.#now });
	}
}

/** A body, with the places that it had when it was described. */
export interface KeptBody {
	readonly places: readonly Place[];
	readonly body: Body;
	/** Its own: steps that follow know what they begin with by it. */
	readonly id: number;
}

type Body = Pick<Func, "blocks" | "leaves" | "nextNode" | "nextBlock">;

/** Which kept body a function is now, with its own places. */
type Stamp = Pick<KeptBody, "id" | "places">;

/** The steps of one compilation, each function's one after another. */
export class Steps {
	readonly #memo: Memo<KeptBody>;
	readonly #around: Surroundings;
	readonly #stamps = new Map<Func, Stamp>();

	constructor(memo: Memo<KeptBody>, around: Surroundings) {
		this.#memo = memo;
		this.#around = around;
	}

	/** To be told of a function that something other than a step has changed. */
	changed(func: Func): void {
		this.#stamps.delete(func);
	}

	/** Does `work` to `func`, or puts in what it made of an equal function. `name` tells the work from others. */
	run(func: Func, name: string, work: () => void): void {
		const now = this.#now(func);
		if (!now) {
			this.changed(func);
			work();
			return;
		}
		const { places } = now;
		const key = `${name}\n${now.text}`;
		const known = this.#memo.get(key);
		const body = known && copyBody(known.body, placesFrom(known.places, places));
		if (known && body) {
			putBody(func, body);
			this.#stamps.set(func, { id: known.id, places });
			return;
		}
		work();
		const made = copyBody(func, new Map(places.map((p) => [p, p])));
		if (!made) {
			this.changed(func);
			return;
		}
		const id = this.#memo.next();
		this.#memo.set(key, { places, body: made, id });
		this.#stamps.set(func, { id, places });
	}

	/** What is known of the function is told by the step before, or by a look at all of it. */
	#now(func: Func): Description | undefined {
		const stamp = this.#stamps.get(func);
		if (!stamp) return describeFunction(func, this.#around);
		const { id, places } = stamp;
		return { text: `#${id} ${[...(func.apart ?? [])].join()}`, places };
	}
}

/** Former places → those of a function with the same text. */
export function placesFrom(
	former: readonly Place[],
	places: readonly Place[],
): ReadonlyMap<Place, Place> {
	const map = new Map<Place, Place>();
	for (const [i, place] of former.entries()) map.set(place, places[i] ?? place);
	return map;
}

function putBody(func: Func, { blocks, leaves, nextNode, nextBlock }: Body): void {
	func.blocks = blocks;
	if (leaves) func.leaves = leaves;
	else delete func.leaves;
	func.nextNode = nextNode;
	func.nextBlock = nextBlock;
}

/** Undefined when the body names what it does not hold: then it is nothing to be kept. */
function copyBody(from: Body, places: ReadonlyMap<Place, Place>): Body | undefined {
	return new Copier(places).run(from);
}

class Copier {
	readonly #places: ReadonlyMap<Place, Place>;
	readonly #blocks = new Map<Block, Block>();
	readonly #nodes = new Map<Node, Node>();
	#faulty = false;

	constructor(places: ReadonlyMap<Place, Place>) {
		this.#places = places;
	}

	run({ blocks, leaves, nextNode, nextBlock }: Body): Body | undefined {
		const copies = blocks.map((block) => {
			const copy: Block = { ...block };
			this.#blocks.set(block, copy);
			return copy;
		});
		for (const copy of copies) {
			copy.phis = copy.phis.map((n) => this.#node(n, copy));
			copy.body = copy.body.map((n) => this.#node(n, copy));
			copy.terminator = this.#node(copy.terminator, copy);
		}
		for (const copy of copies) {
			copy.preds = copy.preds.flatMap((b) => this.#blocks.get(b) ?? []);
			for (const phi of copy.phis) {
				phi.from = phi.from.map((b) => this.#block(b));
				this.#arguments(phi);
			}
			for (const node of copy.body) this.#arguments(node);
			this.#arguments(copy.terminator);
			this.#targets(copy);
		}
		const own = leaves && new Map([...leaves].map(([key, leaf]) => [key, this.#leaf(leaf)]));
		if (this.#faulty) return undefined;
		return { blocks: copies, ...(own ? { leaves: own } : {}), nextNode, nextBlock };
	}

	#node<T extends Node>(node: T, block?: Block): T {
		const copy: T = { ...node };
		if (block) copy.block = block;
		const { place } = node;
		if (place) {
			const there = this.#places.get(place);
			if (there) copy.place = there;
			else this.#faulty = true;
		}
		this.#nodes.set(node, copy);
		return copy;
	}

	#leaf(leaf: Leaf): Leaf {
		const known = this.#nodes.get(leaf);
		return known && isLeaf(known) ? known : this.#node(leaf);
	}

	#arguments(node: Node): void {
		const args: Node[] = [];
		for (const arg of node.args) {
			const known = this.#nodes.get(arg);
			if (known) args.push(known);
			else if (isLeaf(arg)) args.push(this.#node(arg));
			else this.#faulty = true;
		}
		node.args = args;
	}

	#block(block: Block): Block {
		const copy = this.#blocks.get(block);
		if (!copy) this.#faulty = true;
		return copy ?? block;
	}

	#targets({ terminator: t }: Block): void {
		switch (t.op) {
			case "br":
				t.target = this.#block(t.target);
				break;
			case "condbr":
				t.then = this.#block(t.then);
				t.otherwise = this.#block(t.otherwise);
				break;
			case "switch":
				t.cases = t.cases.map((c) => ({ ...c, target: this.#block(c.target) }));
				t.otherwise = this.#block(t.otherwise);
				break;
			case "asmgoto":
				t.targets = t.targets.map((b) => this.#block(b));
				t.next = this.#block(t.next);
				break;
			default:
		}
	}
}

function isLeaf(node: Node): node is Leaf {
	switch (node.op) {
		case "const":
		case "undef":
		case "param":
		case "global":
		case "core":
			return true;
		default:
			return false;
	}
}
