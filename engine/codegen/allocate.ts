// Register allocation: machine code over virtual registers → machine code over r0 to r9, with frame slots for what does not fit.

import { assert } from "../base/index.ts";
import { coalesce, removeDead, rename } from "./coalesce.ts";
import { colour, type Move } from "./colour.ts";
import { type Graph, interferences } from "./graph.ts";
import { hoistEdges, reuseConstants } from "./hoist.ts";
import { liveness } from "./liveness.ts";
import {
	eachDef,
	eachInsn,
	eachUse,
	FIRST_VIRTUAL,
	FP,
	type Func,
	isCopy,
	LIFETIME,
} from "./machine.ts";
import { constants, spillEverywhere } from "./spill.ts";

const ROUNDS = 60;
/** Rounds in which copies are joined; after that only colours count. */
const JOINING = 8;

/** Rewrites the function in place. */
export function allocate(func: Func): void {
	removeDead(func);
	func.link();
	coalesce(func);
	hoistEdges(func);
	reuseConstants(func);
	const born = new Set<number>();
	for (let round = 0; ; round++) {
		assert(round < ROUNDS, `no registers for ${func.name}`);
		func.link();
		const graph = interferences(func, liveness(func));
		const { moves, cost, used } = survey(func, born);
		const { colours, failed } = colour(graph, round < JOINING ? moves : [], cost, used);
		if (failed.length === 0) {
			for (const block of func.blocks) {
				eachInsn(block, (i) => {
					if (i.op !== LIFETIME) rename(i, (r) => (r < FIRST_VIRTUAL ? r : (colours[r] ?? 0)));
				});
				block.insns = block.insns.filter((i) => !(isCopy(i) && i.d === i.s));
			}
			return;
		}
		spillEverywhere(func, victims(failed, graph, born), born);
		removeDead(func);
	}
}

/** What is spilled for the registers without a colour: themselves, or, for those that are short already, a long-lived neighbour. */
function victims(failed: readonly number[], graph: Graph, born: ReadonlySet<number>): number[] {
	const out = new Set<number>();
	for (const r of failed) {
		if (!born.has(r)) {
			out.add(r);
			continue;
		}
		let best = r;
		for (const n of graph.neighbours[r] ?? [])
			if (n > FP && !born.has(n) && !out.has(n) && wider(graph, n, best, born)) best = n;
		out.add(best);
	}
	return [...out];
}

function wider(graph: Graph, n: number, best: number, born: ReadonlySet<number>): boolean {
	const count = (r: number) => graph.neighbours[r]?.length ?? 0;
	return born.has(best) || count(n) > count(best);
}

function survey(func: Func, born: ReadonlySet<number>) {
	const moves: Move[] = [];
	const cost = new Float64Array(func.registers);
	const used = new Uint8Array(func.registers);
	const constant = constants(func);
	for (const block of func.blocks) {
		const count = (r: number) => {
			used[r] = 1;
			cost[r] = (cost[r] ?? 0) + block.frequency * (constant[r] ? 0.5 : 1);
		};
		eachInsn(block, (i) => {
			eachUse(i, count);
			eachDef(i, count);
			if (isCopy(i) && i.d !== FP && i.s !== FP)
				moves.push({ a: i.d, b: i.s, weight: block.frequency });
		});
	}
	for (const r of born) cost[r] = (cost[r] ?? 0) * 1e6;
	return { moves, cost, used };
}
