import { expect, test } from "vitest";
import { Random } from "../base/index.ts";
import { codeOf, type Insn } from "../isa/index.ts";
import { components, dominates, findLoops, functionEntries, functionGraph } from "./index.ts";

const i = (opcode: number, off = 0, imm = 0, src = 0): Insn => ({ opcode, dst: 0, src, off, imm });
const mov = i(0xb7);
const jeq = (off: number) => i(0x15, off);
const ja = (off: number) => i(0x05, off);
const exit = i(0x95);

test("a diamond has four blocks, its join dominated by its head", () => {
	const graph = functionGraph(codeOf([jeq(2), mov, ja(1), mov, mov, exit]), 0);
	expect(graph.blocks.map((b) => [b.start, b.end, b.successors])).toEqual([
		[0, 1, [1, 2]],
		[1, 3, [3]],
		[3, 4, [3]],
		[4, 6, []],
	]);
	expect([...graph.dominator]).toEqual([0, 0, 0, 0]);
	expect(graph.blocks[3]?.predecessors).toEqual([1, 2]);
	expect(findLoops(graph)).toEqual({ loops: [], reducible: true });
});

test("nested loops know their parents", () => {
	const graph = functionGraph(codeOf([mov, mov, mov, jeq(-2), jeq(-4), exit]), 0);
	const { loops, reducible } = findLoops(graph);
	expect(reducible).toBe(true);
	expect(loops.map((l) => [l.header, l.latches, l.blocks, l.parent])).toEqual([
		[1, [3], [1, 2, 3], -1],
		[2, [2], [2], 0],
	]);
	expect([...components(graph)]).toEqual([0, 1, 1, 1, 0]);
});

test("a loop with two entries is irreducible", () => {
	const graph = functionGraph(codeOf([jeq(2), mov, mov, mov, jeq(-3), exit]), 0);
	expect(findLoops(graph).reducible).toBe(false);
	expect([...components(graph)].filter((c) => c > 0)).toHaveLength(2);
});

test("control that leaves the code is marked, dead code is in no block", () => {
	const graph = functionGraph(codeOf([jeq(100), ja(1), mov, mov]), 0);
	expect(graph.blocks.map((b) => b.successors)).toEqual([[1, -1], [2], [-1]]);
});

test("functions are found by calls and by function addresses", () => {
	const code = codeOf([i(0x85, 0, 3, 1), i(0x18, 0, 4, 4), i(0), exit, exit, mov, exit]);
	expect(functionEntries(code)).toEqual([0, 4, 6]);
});

test("dominators agree with their definition on random graphs", () => {
	for (let seed = 0; seed < 200; seed++) {
		const random = new Random(seed);
		const n = 4 + random.below(20);
		const insns = Array.from({ length: n }, (_, pc) =>
			random.below(2) === 0 ? jeq(random.below(n) - pc - 1) : random.below(9) === 0 ? exit : mov,
		);
		const graph = functionGraph(codeOf([...insns, exit]), 0);
		for (let a = 0; a < graph.blocks.length; a++) {
			const reached = reachable(graph, a);
			for (let b = 0; b < graph.blocks.length; b++)
				expect(dominates(graph, a, b), `seed ${seed}`).toBe(a === b || !reached.has(b));
		}
	}
});

function reachable(graph: ReturnType<typeof functionGraph>, without: number): Set<number> {
	const seen = new Set<number>();
	const open = graph.root === without ? [] : [graph.root];
	for (let block = open.pop(); block !== undefined; block = open.pop()) {
		if (seen.has(block)) continue;
		seen.add(block);
		for (const to of graph.blocks[block]?.successors ?? [])
			if (to >= 0 && to !== without) open.push(to);
	}
	return seen;
}
