// Colouring of the interference graph with ten registers, joining copies where that keeps the graph colourable (iterated register
// coalescing, George and Appel 1996). Gives a machine register for each virtual one, or those that found none.

import type { Graph } from "./graph.ts";
import { FIRST_VIRTUAL, FP } from "./machine.ts";

const COLOURS = 10;
/** Callee-saved registers last: they are what values that live across calls need. */
const ORDER = [1, 2, 3, 4, 5, 0, 6, 7, 8, 9];

export interface Move {
	readonly a: number;
	readonly b: number;
	readonly weight: number;
}

export interface Colouring {
	/** Machine register by register, -1 for those in `failed`. */
	readonly colours: Int8Array;
	readonly failed: readonly number[];
}

const SIMPLIFY = 1;
const FREEZE = 2;
const SPILL = 3;
const STACKED = 4;
const JOINED = 5;
const MACHINE = 6;

/** `cost` of leaving a register without colour; Infinity for those that must have one. `used`: which registers occur. */
export function colour(
	graph: Graph,
	moves: readonly Move[],
	cost: Float64Array,
	used: Uint8Array,
): Colouring {
	return new Colourer(graph, moves, cost, used).run();
}

class Colourer {
	readonly #graph: Graph;
	readonly #moves: readonly Move[];
	readonly #cost: Float64Array;
	readonly #used: Uint8Array;
	readonly #state: Uint8Array;
	readonly #degree: Int32Array;
	readonly #alias: Int32Array;
	readonly #movesOf: number[][];
	/** 0: not yet looked at or to be tried, 1: waits, 2: done (joined, constrained or given up). */
	readonly #moveState: Uint8Array;
	readonly #stack: number[] = [];
	#simplify: number[] = [];
	#freeze: number[] = [];
	#ready: number[] = [];

	constructor(graph: Graph, moves: readonly Move[], cost: Float64Array, used: Uint8Array) {
		this.#graph = graph;
		this.#moves = moves;
		this.#cost = cost;
		this.#used = used;
		this.#state = new Uint8Array(graph.size);
		this.#degree = new Int32Array(graph.size);
		this.#alias = Int32Array.from({ length: graph.size }, (_, r) => r);
		this.#movesOf = Array.from({ length: graph.size }, () => []);
		this.#moveState = new Uint8Array(moves.length);
	}

	run(): Colouring {
		this.#prepare();
		for (;;) {
			const next = this.#simplify.pop();
			if (next !== undefined) this.#simplifyNode(next);
			else if (this.#ready.length > 0) this.#coalesce(this.#ready.pop() ?? 0);
			else if (!this.#freezeOne() && !this.#chooseSpill()) break;
		}
		return this.#assign();
	}

	#prepare(): void {
		for (let r = 0; r <= FP; r++) this.#state[r] = MACHINE;
		this.#moves.forEach((m, at) => {
			this.#movesOf[m.a]?.push(at);
			this.#movesOf[m.b]?.push(at);
		});
		const order = this.#moves.map((_, at) => at);
		order.sort((x, y) => (this.#moves[x]?.weight ?? 0) - (this.#moves[y]?.weight ?? 0));
		this.#ready = order;
		for (let r = 0; r <= FP; r++) this.#degree[r] = 1 << 28;
		for (let r = FIRST_VIRTUAL; r < this.#graph.size; r++) {
			if (!this.#used[r]) continue;
			this.#degree[r] = this.#graph.neighbours[r]?.length ?? 0;
			this.#classify(r);
		}
	}

	#classify(r: number): void {
		if (this.#deg(r) >= COLOURS) this.#state[r] = SPILL;
		else if (this.#hasMoves(r)) {
			this.#state[r] = FREEZE;
			this.#freeze.push(r);
		} else {
			this.#state[r] = SIMPLIFY;
			this.#simplify.push(r);
		}
	}

	#deg(r: number): number {
		return this.#degree[r] ?? 0;
	}

	#hasMoves(r: number): boolean {
		const list = this.#movesOf[r] ?? [];
		return list.some((m) => (this.#moveState[m] ?? 2) < 2);
	}

	#each(r: number, f: (n: number) => void): void {
		for (const n of this.#graph.neighbours[r] ?? []) {
			const s = this.#state[n];
			if (s !== STACKED && s !== JOINED) f(n);
		}
	}

	#simplifyNode(r: number): void {
		if (this.#state[r] !== SIMPLIFY) return;
		this.#state[r] = STACKED;
		this.#stack.push(r);
		this.#each(r, (n) => this.#lower(n));
	}

	#lower(n: number): void {
		if (this.#state[n] === MACHINE) return;
		const d = this.#deg(n);
		this.#degree[n] = d - 1;
		if (d !== COLOURS) return;
		this.#wake(n);
		this.#each(n, (m) => this.#wake(m));
		if (this.#state[n] === SPILL) this.#classify(n);
	}

	/** Copies of `n` that waited may be joined now. */
	#wake(n: number): void {
		for (const m of this.#movesOf[n] ?? [])
			if (this.#moveState[m] === 1) {
				this.#moveState[m] = 0;
				this.#ready.push(m);
			}
	}

	#find(r: number): number {
		let at = r;
		while (this.#state[at] === JOINED) at = this.#alias[at] ?? at;
		return at;
	}

	#coalesce(m: number): void {
		const move = this.#moves[m];
		if (!move || this.#moveState[m] !== 0) return;
		let [u, v] = [this.#find(move.a), this.#find(move.b)];
		if (v < FIRST_VIRTUAL) [u, v] = [v, u];
		if (u === v) {
			this.#moveState[m] = 2;
			this.#settle(u);
		} else if (v < FIRST_VIRTUAL || this.#graph.interfere(u, v)) {
			this.#moveState[m] = 2;
			this.#settle(u);
			this.#settle(v);
		} else if (this.#state[u] === STACKED || this.#state[v] === STACKED) this.#moveState[m] = 2;
		else if (u < FIRST_VIRTUAL ? this.#george(u, v) : this.#briggs(u, v)) {
			this.#moveState[m] = 2;
			this.#join(u, v);
			this.#settle(u);
		} else this.#moveState[m] = 1;
	}

	/** With nothing left to join it can be simplified. */
	#settle(r: number): void {
		if (this.#state[r] !== FREEZE || this.#deg(r) >= COLOURS || this.#hasMoves(r)) return;
		this.#state[r] = SIMPLIFY;
		this.#simplify.push(r);
	}

	#george(u: number, v: number): boolean {
		let fine = true;
		this.#each(v, (t) => {
			if (fine && this.#state[t] !== MACHINE && this.#deg(t) >= COLOURS)
				fine = this.#graph.interfere(t, u);
		});
		return fine;
	}

	#briggs(u: number, v: number): boolean {
		let significant = 0;
		this.#each(u, (t) => {
			const shared = this.#state[t] !== MACHINE && this.#graph.interfere(t, v) ? 1 : 0;
			if (this.#deg(t) - shared >= COLOURS) significant++;
		});
		this.#each(v, (t) => {
			if (!this.#graph.interfere(t, u) && this.#deg(t) >= COLOURS) significant++;
		});
		return significant < COLOURS;
	}

	#join(u: number, v: number): void {
		this.#state[v] = JOINED;
		this.#alias[v] = u;
		for (const m of this.#movesOf[v] ?? []) this.#movesOf[u]?.push(m);
		if (u > FP) this.#cost[u] = (this.#cost[u] ?? 0) + (this.#cost[v] ?? 0);
		this.#wake(v);
		this.#each(v, (t) => {
			if (this.#graph.add(t, u)) {
				if (u > FP) this.#degree[u] = this.#deg(u) + 1;
				// t gains u and loses v.
			} else this.#lower(t);
		});
		if (u > FP && this.#deg(u) >= COLOURS && this.#state[u] === FREEZE) this.#state[u] = SPILL;
	}

	#freezeOne(): boolean {
		for (let r = this.#freeze.pop(); r !== undefined; r = this.#freeze.pop()) {
			if (this.#state[r] !== FREEZE) continue;
			this.#state[r] = SIMPLIFY;
			this.#simplify.push(r);
			this.#giveUp(r);
			return true;
		}
		return false;
	}

	#giveUp(r: number): void {
		for (const m of this.#movesOf[r] ?? []) {
			if (this.#moveState[m] === 2) continue;
			this.#moveState[m] = 2;
			const move = this.#moves[m];
			if (!move) continue;
			const other = this.#find(move.a) === r ? this.#find(move.b) : this.#find(move.a);
			this.#settle(other);
		}
	}

	#chooseSpill(): boolean {
		let best = -1;
		let least = Number.POSITIVE_INFINITY;
		for (let r = FIRST_VIRTUAL; r < this.#graph.size; r++) {
			if (this.#state[r] !== SPILL) continue;
			const price = (this.#cost[r] ?? 0) / (this.#deg(r) + 1);
			if (best >= 0 && price >= least) continue;
			best = r;
			least = price;
		}
		if (best < 0) return false;
		this.#state[best] = SIMPLIFY;
		this.#simplify.push(best);
		this.#giveUp(best);
		return true;
	}

	#assign(): Colouring {
		const colours = new Int8Array(this.#graph.size).fill(-1);
		for (let r = 0; r < COLOURS; r++) colours[r] = r;
		const failed: number[] = [];
		for (let r = this.#stack.pop(); r !== undefined; r = this.#stack.pop()) {
			const c = this.#pick(r, colours);
			if (c < 0) failed.push(r);
			else colours[r] = c;
		}
		for (let r = FIRST_VIRTUAL; r < this.#graph.size; r++)
			if (this.#state[r] === JOINED) {
				const c = colours[this.#find(r)] ?? -1;
				colours[r] = c;
				if (c < 0 && this.#used[r]) failed.push(r);
			}
		return { colours, failed };
	}

	#pick(r: number, colours: Int8Array): number {
		let taken = 0;
		for (const n of this.#graph.neighbours[r] ?? []) {
			const c = colours[this.#find(n)] ?? -1;
			if (c >= 0) taken |= 1 << c;
		}
		for (const m of this.#movesOf[r] ?? []) {
			const move = this.#moves[m];
			if (!move) continue;
			const other = this.#find(move.a) === r ? this.#find(move.b) : this.#find(move.a);
			const c = colours[other] ?? -1;
			if (c >= 0 && !((taken >> c) & 1)) return c;
		}
		return ORDER.find((c) => !((taken >> c) & 1)) ?? -1;
	}
}
