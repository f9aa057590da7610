// A function as a text that is equal for functions of which the same code is made: all of it but the places in the source, which are listed
// beside. With it what was made of a function can be used again after its lines have moved.

import type {
	Block,
	Func,
	Global,
	Instruction,
	Leaf,
	Module,
	Node,
	Phi,
	Place,
	Terminator,
} from "./ir.ts";

export interface Description {
	readonly text: string;
	/** In the order of the text, which names them by their position here. */
	readonly places: readonly Place[];
}

/** What functions may know of their module. Of use while the contents of its globals stay. */
export class Surroundings {
	readonly module: Module;
	readonly #functions: ReadonlySet<string>;
	readonly #globals: ReadonlyMap<string, Global>;
	readonly #texts = new Map<Global, string>();

	constructor(module: Module) {
		this.module = module;
		this.#functions = new Set(module.functions.map((f) => f.name));
		this.#globals = new Map(module.globals.map((g) => [g.name, g]));
	}

	defines(name: string): boolean {
		return this.#functions.has(name);
	}

	/** The variables that are reached from symbols, whose contents may be folded. */
	contents(symbols: ReadonlySet<string>, func: Func): string {
		const reached = new Set(symbols);
		let text = "";
		for (const symbol of reached) {
			const global = this.#globals.get(symbol);
			if (!global) continue;
			for (const a of global.addresses) reached.add(a.symbol);
			text += `${symbol} ${func.apart?.has(symbol) ? "apart " : ""}${this.#text(global)}\n`;
		}
		return text;
	}

	#text(global: Global): string {
		let text = this.#texts.get(global);
		if (text === undefined) {
			const { section, linkage, size, align, constant, bytes, addresses, used = false } = global;
			const fields = [section, linkage, size, align, constant, used, addresses.length];
			text = `${fields.join(" ")} ${addresses.map((a) => `${a.offset}:${a.symbol}+${a.addend}`).join()}`;
			// Of what may be written nothing is folded.
			if (constant && bytes) text += ` ${bytes.join()}`;
			this.#texts.set(global, text);
		}
		return text;
	}
}

/** Undefined for a function that is not well-formed. */
export function describeFunction(func: Func, around: Surroundings): Description | undefined {
	return new Describer(around).run(func);
}

class Describer {
	readonly #around: Surroundings;
	readonly #parts: string[] = [];
	readonly #places: Place[] = [];
	readonly #numbers = new Map<Place, number>();
	readonly #symbols = new Set<string>();
	readonly #nodes: (Node | undefined)[] = [];
	#faulty = false;

	constructor(around: Surroundings) {
		this.#around = around;
	}

	run(func: Func): Description | undefined {
		const parts = this.#parts;
		const { name, params, returns, section, linkage, hidden, inline, noreturn, used } = func;
		const head = [name, section, linkage, hidden, inline, noreturn, used, returns];
		parts.push(`${head.join(" ")} (${params.join()}) ${func.nextNode} ${func.nextBlock}`);
		parts.push(this.#place(func.place));
		for (const block of func.blocks) this.#block(block);
		for (const leaf of func.leaves?.values() ?? []) parts.push(this.#value(leaf));
		if (this.#faulty) return undefined;
		parts.push(this.#around.contents(this.#symbols, func));
		return { text: parts.join("\n"), places: this.#places };
	}

	#place(place: Place | undefined): string {
		if (!place) return "";
		let number = this.#numbers.get(place);
		if (number === undefined) {
			number = this.#places.length;
			this.#places.push(place);
			this.#numbers.set(place, number);
		}
		return `!${number}`;
	}

	/** Numbers stand for nodes: they must be their own. */
	#claim(node: Node): boolean {
		const known = this.#nodes[node.id];
		if (known === undefined) this.#nodes[node.id] = node;
		else if (known !== node) this.#faulty = true;
		return known === undefined;
	}

	/** An argument: its number, and what it is where it belongs to no block and was not seen. */
	#value(node: Node): string {
		if (!this.#claim(node) || node.block) return `%${node.id}`;
		return `%${node.id}=${this.#leaf(node)}${this.#rest(node)}`;
	}

	#rest(node: Node): string {
		const name = node.name === undefined ? "" : ` '${node.name}'`;
		return `${name}${this.#place(node.place)}`;
	}

	#block(block: Block): void {
		this.#parts.push(`bb${block.id} ${block.unroll ?? ""} ${block.preds.map((b) => b.id).join()}`);
		for (const phi of block.phis) this.#node(phi);
		for (const node of block.body) this.#node(node);
		this.#node(block.terminator);
	}

	#node(node: Phi | Instruction | Terminator): void {
		this.#claim(node);
		let text = `%${node.id} ${node.type ?? ""} ${node.op}`;
		for (const arg of node.args) text += ` ${this.#value(arg)}`;
		this.#parts.push(`${text}|${this.#own(node)}${this.#rest(node)}`);
	}

	#leaf(node: Node): string {
		switch (node.op) {
			case "const":
				return `${node.type} ${node.value}`;
			case "undef":
				return `${node.type}?`;
			case "param":
				return `${node.type} $${node.index}`;
			case "global":
				this.#symbols.add(node.symbol);
				return `@${node.symbol}+${node.offset}${node.apart ? " apart" : ""}`;
			case "core": {
				const { value = 0n, wide = false } = this.#around.module.core[node.record] ?? {};
				return `${node.type} core${node.record}=${value}${wide ? " wide" : ""}`;
			}
			default:
				// Taken out of its block, yet used.
				this.#faulty = true;
				return "";
		}
	}

	/** What a node has beside arguments and type. */
	#own(node: Phi | Instruction | Terminator): string {
		switch (node.op) {
			case "phi":
				return node.from.map((b) => b.id).join();
			case "icmp":
				return node.predicate;
			case "sext":
			case "bswap":
				return `${node.bits}`;
			case "spacecast":
				return `${node.from}>${node.into}`;
			case "alloca":
				return `${node.size} ${node.align}`;
			case "lifetime":
				return `${node.start}`;
			case "load":
				return `${node.size} ${node.signed} ${node.volatile} ${node.align} ${node.truth ?? false}`;
			case "store":
				return `${node.size} ${node.volatile} ${node.align}`;
			case "memcpy":
				return `${node.size} ${node.align} ${node.move}`;
			case "memset":
				return `${node.size} ${node.align}`;
			case "atomic":
				return `${node.action} ${node.size} ${node.fetch}`;
			case "loadacquire":
			case "storerelease":
				return `${node.size}`;
			case "call":
				return this.#callee(node);
			case "asm":
				return JSON.stringify(node.asm);
			case "asmout":
				return `${node.index}`;
			case "br":
				return `${node.target.id}`;
			case "condbr":
				return `${node.then.id} ${node.otherwise.id} ${node.likely ?? ""}`;
			case "switch":
				return `${node.otherwise.id} ${node.cases.map((c) => `${c.low}-${c.high}:${c.target.id}`).join()}`;
			case "asmgoto":
				return `${node.next.id} ${node.targets.map((b) => b.id).join()} ${JSON.stringify(node.asm)}`;
			default:
				return "";
		}
	}

	#callee(node: Instruction & { op: "call" }): string {
		const { callee } = node;
		if (callee.kind === "indirect") return "indirect";
		if (callee.kind === "helper") return `helper ${callee.id}`;
		return `${this.#around.defines(callee.name) ? "own" : "other"} ${callee.name}`;
	}
}

type Fields<T> = T extends unknown ? keyof T : never;

/** Every field that a node can have: one that is new must be described above. */
export const described: Readonly<Record<Fields<Phi | Instruction | Terminator | Leaf>, true>> = {
	id: true,
	op: true,
	type: true,
	args: true,
	block: true,
	place: true,
	name: true,
	value: true,
	index: true,
	symbol: true,
	offset: true,
	apart: true,
	record: true,
	predicate: true,
	bits: true,
	from: true,
	into: true,
	size: true,
	align: true,
	start: true,
	signed: true,
	volatile: true,
	truth: true,
	move: true,
	action: true,
	fetch: true,
	callee: true,
	asm: true,
	target: true,
	then: true,
	otherwise: true,
	likely: true,
	cases: true,
	targets: true,
	next: true,
};
