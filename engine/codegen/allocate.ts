// Register allocation: machine code over virtual registers → machine code over r0 to r9, with frame slots for what does not fit.

import { assert } from "../base/index.ts";
import { splitAtCalls } from "./callsplit.ts";
import { coalesce, countDefs, removeDead, rename } from "./coalesce.ts";
import { colour, type Move } from "./colour.ts";
import { evict } from "./evict.ts";
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
import { repair } from "./peephole.ts";
import { shareAddresses } from "./share.ts";
import { constants, type Life, spillEverywhere } from "./spill.ts";
import { splitWebs, storeSpilled } from "./webs.ts";

const ROUNDS = 60;
/** Rounds in which copies are joined; after that only colours count. */
const JOINING = 8;

/** Rewrites the function in place. */
export function allocate(func: Func): void {
	removeDead(func);
	func.link();
	shareAddresses(func);
	coalesce(func);
	hoistEdges(func);
	reuseConstants(func);
	relieve(func);
	const born = new Map<number, Life>();
	const tried = new Set<number>();
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
			repair(func);
			return;
		}
		const fresh = failed.filter((r) => !born.has(r) && !tried.has(r));
		for (const r of fresh) tried.add(r);
		if (fresh.length > 0 && splitAtCalls(func, fresh)) continue;
		spillEverywhere(func, victims(failed, graph, born), born);
		removeDead(func);
	}
}

/** Brings the number of values that are alive at once down to that of registers, as far as counting can. */
function relieve(func: Func): void {
	func.link();
	const before = func.registers;
	const slots = evict(func);
	const again = new Set(slots.keys());
	const counts = countDefs(func);
	const constant = constants(func);
	for (let r = FIRST_VIRTUAL; r < before; r++)
		if (constant[r] && (counts[r] ?? 0) > 1) again.add(r);
	if (again.size === 0) return;
	storeSpilled(func, slots);
	func.link();
	splitWebs(func, again);
	removeDead(func);
	func.link();
}

/** What is spilled for the registers without a colour: themselves, or, for those that are short already, a long-lived neighbour. */
function victims(
	failed: readonly number[],
	graph: Graph,
	born: ReadonlyMap<number, Life>,
): number[] {
	const out = new Set<number>();
	for (const r of failed) {
		if (born.get(r) !== "short") {
			out.add(r);
			continue;
		}
		let best = r;
		for (const n of graph.neighbours[r] ?? [])
			if (n > FP && born.get(n) !== "short" && !out.has(n) && wider(graph, n, best, born)) best = n;
		out.add(best);
	}
	return [...out];
}

function wider(graph: Graph, n: number, best: number, born: ReadonlyMap<number, Life>): boolean {
	const count = (r: number) => graph.neighbours[r]?.length ?? 0;
	return born.get(best) === "short" || count(n) > count(best);
}

function survey(func: Func, born: ReadonlyMap<number, Life>) {
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
	for (const [r, life] of born) cost[r] = (cost[r] ?? 0) * (life === "short" ? 1e9 : 4);
	return { moves, cost, used };
}
