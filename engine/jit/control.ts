// From a graph of blocks to WebAssembly's nested control: each block is placed inside its immediate dominator, blocks with
// several forward ways in behind a `block` that those ways leave (Ramsey, "Beyond Relooper", 2022). A block that only
// follows a loop is placed behind the loop, so that the loop holds nothing but itself. Graphs with cycles of several
// entries become one loop around a jump table. Nesting is worked off from a list, not by recursion: programs are long.

import type { FunctionGraph, Loop } from "../cfg/index.ts";
import { findLoops, flowOf, OUTSIDE } from "../cfg/index.ts";
import { compileBlock } from "./block.ts";
import { pushCondition } from "./condition.ts";
import type { FunctionUnit } from "./unit.ts";
import { TRAP } from "./unit.ts";
import { I32, OP } from "./wasm/opcode.ts";

/** Writes the whole function; every path ends in a return or a trap. */
export function compileControl(f: FunctionUnit, graph: FunctionGraph): void {
	const { loops, reducible } = findLoops(graph);
	if (!reducible) {
		new Dispatcher(f, graph).run();
		return;
	}
	new Structure(f, graph, loops).run();
}

/** What a label stands for: the start of a loop, or the end of the `block` before a block's code. */
interface Label {
	readonly block: number;
}

class Structure {
	readonly #f: FunctionUnit;
	readonly #graph: FunctionGraph;
	/** Blocks of each loop, by its header. */
	readonly #loops: ReadonlyMap<number, ReadonlySet<number>>;
	/** Header of the innermost loop around each block, and of the loop around each loop; absent for none. */
	readonly #innermost = new Map<number, number>();
	readonly #around = new Map<number, number>();
	/** Blocks reached by branching: those placed behind a `block`. */
	readonly #behind: Uint8Array;
	/** Blocks placed directly under each block, by place in the order, last first. */
	readonly #children: number[][];
	readonly #labels: (Label | undefined)[] = [];
	/** Steps still to do, the next one last. */
	readonly #todo: (() => void)[] = [];

	constructor(f: FunctionUnit, graph: FunctionGraph, loops: readonly Loop[]) {
		this.#f = f;
		this.#graph = graph;
		this.#loops = new Map(loops.map((l) => [l.header, new Set(l.blocks)]));
		for (const loop of loops) {
			for (const block of loop.blocks) this.#innermost.set(block, loop.header);
			const outer = loops[loop.parent];
			if (outer) this.#around.set(loop.header, outer.header);
		}
		this.#behind = new Uint8Array(graph.blocks.length);
		this.#children = graph.blocks.map(() => []);
		for (const block of [...graph.order].reverse()) this.#place(block);
	}

	run(): void {
		this.#tree(this.#graph.root);
		for (let step = this.#todo.pop(); step; step = this.#todo.pop()) step();
		this.#f.body.op(OP.unreachable);
	}

	#forwardWaysIn(block: number): number {
		const { blocks, place } = this.#graph;
		let count = 0;
		for (const from of blocks[block]?.predecessors ?? []) {
			if ((place[from] ?? 0) >= (place[block] ?? 0)) continue;
			count += (blocks[from]?.successors ?? []).filter((s) => s === block).length;
		}
		return count;
	}

	#place(block: number): void {
		const { dominator, root } = this.#graph;
		if (block === root) return;
		let parent = dominator[block] ?? root;
		let left = false;
		let loop = this.#innermost.get(parent);
		while (loop !== undefined && !this.#loops.get(loop)?.has(block)) {
			parent = loop;
			left = true;
			loop = this.#around.get(loop);
		}
		if (!left && this.#forwardWaysIn(block) < 2) return;
		this.#behind[block] = 1;
		this.#children[parent]?.push(block);
	}

	#later(steps: readonly (() => void)[]): void {
		for (let i = steps.length - 1; i >= 0; i--) this.#todo.push(steps[i] as () => void);
	}

	#open(code: number, label: Label | undefined): void {
		this.#f.body.open(code);
		this.#labels.push(label);
		this.#f.labels++;
	}

	#close(): void {
		this.#f.body.op(OP.end);
		this.#labels.pop();
		this.#f.labels--;
	}

	/** The block with everything placed under it. */
	#tree(block: number): void {
		const children = this.#children[block] ?? [];
		const loop = this.#loops.get(block);
		const outside = loop ? children.filter((c) => !loop.has(c)) : [];
		const within = loop ? children.filter((c) => loop.has(c)) : children;
		const opening = (list: readonly number[]) =>
			list.map((c) => () => this.#open(OP.block, { block: c }));
		const closing = (list: readonly number[]) =>
			list.toReversed().map((c) => () => {
				this.#close();
				this.#tree(c);
			});
		this.#later([
			...opening(outside),
			...(loop ? [() => this.#loop(block)] : []),
			...opening(within),
			() => this.#node(block),
			...closing(within),
			...(loop ? [() => this.#close()] : []),
			...closing(outside),
		]);
	}

	#loop(block: number): void {
		this.#open(OP.loop, { block });
		burnFuel(this.#f, this.#graph.blocks[block]?.start ?? 0);
	}

	#node(index: number): void {
		const f = this.#f;
		const block = this.#graph.blocks[index];
		if (!block) return;
		const flow = flowOf(f.unit.code, block.last);
		compileBlock(f, block.start, flow === "next" ? block.end : block.last);
		f.body.mark(block.last);
		const [first, second] = block.successors;
		if (flow === "exit") f.leave();
		else if (flow !== "branch") this.#goto(index, first ?? OUTSIDE, block.last);
		else if (pushCondition(f, block.last))
			this.#branch(index, first ?? OUTSIDE, second ?? OUTSIDE, block.last);
		else f.trap(block.last, TRAP.instruction);
	}

	/** The label to branch to for going from block `from` to `to`; undefined when `to` is written in place. */
	#label(from: number, to: number): number | undefined {
		const { place } = this.#graph;
		const back = (place[to] ?? 0) <= (place[from] ?? 0);
		if (!back && this.#behind[to] === 0) return undefined;
		const at = this.#labels.findLastIndex((l) => l?.block === to);
		return this.#labels.length - 1 - at;
	}

	#goto(from: number, to: number, pc: number): void {
		if (to === OUTSIDE) {
			this.#f.trap(pc, TRAP.instruction);
			return;
		}
		const label = this.#label(from, to);
		if (label === undefined) this.#tree(to);
		else this.#f.body.branch(OP.br, label);
	}

	/** Two ways, the condition on the stack. */
	#branch(from: number, next: number, target: number, pc: number): void {
		const { body } = this.#f;
		const taken = target === OUTSIDE ? undefined : this.#label(from, target);
		const fallen = next === OUTSIDE ? undefined : this.#label(from, next);
		if (taken !== undefined) {
			body.branch(OP.brIf, taken);
			this.#goto(from, next, pc);
			return;
		}
		if (fallen !== undefined) {
			body.op(OP.eqz32);
			body.branch(OP.brIf, fallen);
			this.#goto(from, target, pc);
			return;
		}
		this.#open(OP.if, undefined);
		this.#later([
			() => this.#goto(from, target, pc),
			() => {
				body.op(OP.else);
				body.mark(pc);
			},
			() => this.#goto(from, next, pc),
			() => this.#close(),
		]);
	}
}

/** One turn less; traps when none is left. */
function burnFuel(f: FunctionUnit, pc: number): void {
	if (!f.unit.fuel) return;
	const { body } = f;
	body.get(f.fuelLocal);
	body.op(OP.eqz32);
	body.open(OP.if);
	f.trap(pc, TRAP.fuel);
	body.op(OP.end);
	body.get(f.fuelLocal);
	body.const32(1);
	body.op(OP.sub32);
	body.set(f.fuelLocal);
}

/** One loop around a jump table over all blocks. */
class Dispatcher {
	readonly #f: FunctionUnit;
	readonly #graph: FunctionGraph;
	readonly #state: number;

	constructor(f: FunctionUnit, graph: FunctionGraph) {
		this.#f = f;
		this.#graph = graph;
		this.#state = f.body.local(I32);
	}

	run(): void {
		const { body } = this.#f;
		const count = this.#graph.blocks.length;
		body.const32(this.#graph.root);
		body.set(this.#state);
		this.#open(OP.loop);
		burnFuel(this.#f, this.#graph.entry);
		for (let i = 0; i < count; i++) this.#open(OP.block);
		body.get(this.#state);
		const labels = Array.from({ length: count }, (_, i) => i);
		body.brTable(labels.slice(0, -1), count - 1);
		for (let i = 0; i < count; i++) {
			body.op(OP.end);
			this.#f.labels--;
			this.#block(i);
		}
		body.op(OP.end);
		this.#f.labels--;
		body.op(OP.unreachable);
	}

	#open(code: number): void {
		this.#f.body.open(code);
		this.#f.labels++;
	}

	#block(index: number): void {
		const f = this.#f;
		const block = this.#graph.blocks[index];
		if (!block) return;
		const flow = flowOf(f.unit.code, block.last);
		compileBlock(f, block.start, flow === "next" ? block.end : block.last);
		f.body.mark(block.last);
		const [first, second] = block.successors;
		// Labels open here: the blocks still to come, and the loop around them.
		const loop = this.#graph.blocks.length - 1 - index;
		if (flow === "exit") {
			f.leave();
			return;
		}
		if (flow === "branch") {
			if (!pushCondition(f, block.last)) {
				f.trap(block.last, TRAP.instruction);
				return;
			}
			f.body.open(OP.if);
			this.#to(second ?? OUTSIDE, loop + 1, block.last);
			f.body.op(OP.end);
		}
		this.#to(first ?? OUTSIDE, loop, block.last);
	}

	#to(block: number, loop: number, pc: number): void {
		const { body } = this.#f;
		if (block === OUTSIDE) {
			this.#f.trap(pc, TRAP.instruction);
			return;
		}
		body.const32(block);
		body.set(this.#state);
		body.branch(OP.br, loop);
	}
}
