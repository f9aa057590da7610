// Warnings about locals that are read before anything was put there: on every way to the use, or on those that a condition decides.
// What may or may not happen inside loops is not reported.

import { canonical, type Statement, type Variable } from "../ast/index.ts";
import type { Location } from "../token.ts";
import { type Context, shownName } from "./context.ts";
import { type Block, type Event, pathsOf, type Terminator } from "./paths.ts";

// Sets of ways: none yet, set, not set; both bits for "it depends".
const unset = 2;

interface Branch {
	readonly terminator: Terminator | { readonly word: string; readonly at: Location };
	/** Which way. */
	readonly output: number;
}

interface Use {
	readonly at: Location;
	readonly rank: "maybe" | "sometimes" | "declared" | "called" | "always";
	readonly lent: boolean;
	readonly branches: readonly Branch[];
}

const ranks = ["maybe", "sometimes", "declared", "called", "always"];

/** Warns of the uses of uninitialised locals in a function's body. */
export function warnUninitialized(ctx: Context, body: Statement, name: string): void {
	if (!ctx.shown.any("uninitialized", "sometimes-uninitialized", "uninitialized-const-pointer"))
		return;
	const blocks = pathsOf(body);
	const tracked = new Map<Variable, number>();
	for (const block of blocks)
		for (const { kind, variable } of block.events)
			if (kind === "declare" && isTracked(variable) && !tracked.has(variable))
				tracked.set(variable, tracked.size);
	selfInitialised(ctx, body);
	if (tracked.size === 0 || tracked.size * blocks.length > 4_000_000) return;
	const analysis = new Analysis(blocks, tracked);
	for (const variable of tracked.keys()) report(ctx, variable, analysis.uses(variable), name);
}

function isTracked(v: Variable): boolean {
	const { kind } = canonical(v.type);
	return v.storage === "auto" && kind !== "array" && kind !== "void" && kind !== "function";
}

class Analysis {
	readonly #blocks: readonly Block[];
	readonly #tracked: ReadonlyMap<Variable, number>;
	/** Per block id, what holds at its end. */
	readonly #out: Uint8Array[] = [];

	constructor(blocks: readonly Block[], tracked: ReadonlyMap<Variable, number>) {
		this.#blocks = blocks;
		this.#tracked = tracked;
		for (const { id } of blocks) this.#out[id] = new Uint8Array(tracked.size);
		const reached = new Set<Block>();
		const first = blocks[0];
		// In the order in which blocks came, each once.
		const work = new Set(first ? [first] : []);
		for (const block of work) {
			work.delete(block);
			const out = this.#flow(block);
			const known = this.#out[block.id] ?? out;
			const same = reached.has(block) && out.every((v, i) => v === known[i]);
			if (same) continue;
			reached.add(block);
			this.#out[block.id] = out;
			for (const next of block.next) if (next) work.add(next);
		}
	}

	#flow(block: Block): Uint8Array {
		const values = this.#in(block);
		for (const event of block.events) this.#apply(values, event);
		return values;
	}

	#in(block: Block): Uint8Array {
		const values = new Uint8Array(this.#tracked.size);
		for (const { id } of block.before)
			this.#out[id]?.forEach((v, i) => {
				values[i] = (values[i] ?? 0) | v;
			});
		return values;
	}

	#apply(values: Uint8Array, { kind, variable }: Event): void {
		const at = this.#tracked.get(variable);
		if (at === undefined) return;
		if (kind === "declare") values[at] = unset;
		else if (kind === "set") values[at] = 1;
	}

	/** Uses of a variable that may come before it is set. */
	uses(variable: Variable): Use[] {
		const at = this.#tracked.get(variable) ?? 0;
		const found: Use[] = [];
		for (const block of this.#blocks) {
			if (!block.events.some((e) => e.variable === variable && isUse(e))) continue;
			const values = this.#in(block);
			for (const event of block.events) {
				const value = values[at] ?? 0;
				if (event.variable === variable && isUse(event) && value >= unset)
					found.push(this.#use(event, value, block, at));
				this.#apply(values, event);
			}
		}
		return found;
	}

	#use(event: Event, value: number, block: Block, at: number): Use {
		const { at: place, kind } = event;
		const lent = kind === "lend";
		if (value === unset) return { at: place, rank: "always", lent, branches: [] };
		const visited = new Map<Block, number>([[block, block.next.length]]);
		let rank: Use["rank"] = "maybe";
		const queue = [block];
		for (let b = queue.pop(); b; b = queue.pop()) {
			if (b === this.#blocks[0]) rank = "called";
			for (const pred of b.before) {
				const left = this.#out[pred.id]?.[at] ?? 0;
				if (left === 1 || left === 0) continue;
				if (left === 3 && this.#out[b.id]?.[at] === unset) {
					if (rank !== "called") rank = "declared";
					continue;
				}
				const seen = visited.get(pred) ?? pred.next.filter((n) => n === undefined).length;
				visited.set(pred, seen + 1);
				if (seen + 1 === pred.next.length) queue.push(pred);
			}
		}
		const branches = this.#branches(visited, at);
		if (rank === "maybe" && branches.length > 0) rank = "sometimes";
		return { at: place, rank, lent, branches };
	}

	/** Conditions that decide between setting the variable and the use. */
	#branches(visited: ReadonlyMap<Block, number>, at: number): Branch[] {
		const out: Branch[] = [];
		for (const block of [...this.#blocks].reverse()) {
			const seen = visited.get(block) ?? 0;
			const { terminator } = block;
			if (seen === 0 || seen >= block.next.length || !terminator) continue;
			if (this.#out[block.id]?.[at] !== unset) continue;
			block.next.forEach((next, output) => {
				if (!next || (visited.get(next) ?? -1) < next.next.length) return;
				if (terminator.word !== "switch") out.push({ terminator, output });
				else if (next.label) out.push({ terminator: next.label, output });
			});
		}
		return out;
	}
}

function isUse(e: Event): boolean {
	return e.kind === "use" || e.kind === "lend";
}

function report(ctx: Context, variable: Variable, uses: readonly Use[], name: string): void {
	const use = [...uses].sort(
		(a, b) =>
			Number(a.lent) - Number(b.lent) ||
			ranks.indexOf(b.rank) - ranks.indexOf(a.rank) ||
			a.at - b.at,
	)[0];
	if (!use || use.rank === "maybe") return;
	const { reports } = ctx;
	const shown = shownName(variable);
	const last = lastNote(ctx, variable, shown);
	if (use.rank === "always") {
		const how = use.lent ? "passed as a const pointer argument" : "used";
		const group = use.lent ? "uninitialized-const-pointer" : "uninitialized";
		const text = `variable '${shown}' is uninitialized when ${how} here`;
		reports.warning(group, use.at, text, use.lent ? { skip: 1 } : last);
		return;
	}
	const group = "sometimes-uninitialized";
	const head = `variable '${shown}' is used uninitialized whenever`;
	const here = { message: "uninitialized use occurs here", at: use.at };
	if (use.rank !== "sometimes") {
		const when =
			use.rank === "called" ? `function '${name}' is called` : "its declaration is reached";
		reports.warning(group, variable.at, `${head} ${when}`, {
			...last,
			notes: [here, ...last.notes],
		});
		return;
	}
	use.branches.forEach((branch, i) => {
		const final = i === use.branches.length - 1;
		const { terminator } = branch;
		const [when, cure] = words(terminator.word, branch.output === 0);
		const at = "from" in terminator ? terminator.from : terminator.at;
		const notes = [here];
		if (cure) notes.push({ message: cure, at: terminator.at });
		reports.warning(group, at, `${head} ${when}`, {
			...("to" in terminator ? { end: terminator.to } : {}),
			...(final ? last : {}),
			notes: final ? [...notes, ...last.notes] : notes,
		});
	});
}

/** When the variable is not set, and what to do if that never happens. */
function words(word: string, taken: boolean): [string, string | undefined] {
	if (word === "case" || word === "default") return [`switch ${word} is taken`, undefined];
	if (word === "for" || word === "while")
		return [
			`'${word}' loop ${taken ? "is entered" : "exits because its condition is false"}`,
			taken
				? `remove the '${word}' if its condition is always false`
				: `remove the condition if it is always true`,
		];
	if (word === "do")
		return [
			`'do' loop ${taken ? "condition is true" : "exits because its condition is false"}`,
			`remove the condition if it is always ${taken ? "false" : "true"}`,
		];
	return [
		`'${word}' condition is ${taken}`,
		`remove the '${word}' if its condition is always ${!taken}`,
	];
}

function lastNote(ctx: Context, variable: Variable, shown: string) {
	const core = canonical(variable.type);
	const { reports } = ctx;
	if (core.kind === "record" || core.kind === "enum")
		return { notes: [{ message: `variable '${shown}' is declared here`, at: variable.at }] };
	const isChar = core.kind === "int" && /char$/.test(core.name);
	const edits = [reports.insertAfter(variable.at, isChar ? " = '\\0'" : " = 0")];
	const message = `initialize the variable '${shown}' to silence this warning`;
	const behind = reports.placeBehind(variable.at);
	return {
		notes: [{ message, ...(behind ? { span: behind } : { at: variable.at }) }],
		fix: { title: `initialize the variable '${shown}'`, edits },
	};
}

/** `int x = x;` */
function selfInitialised(ctx: Context, s: Statement): void {
	if (s.kind === "block") for (const item of s.items) selfInitialised(ctx, item);
	if (s.kind !== "declare") return;
	for (const v of s.variables) {
		const first = v.init?.entries[0]?.value;
		if (first?.kind !== "load" || first.operand.kind !== "variable") continue;
		if (first.operand.variable !== v || v.uses < 2) continue;
		const text = `variable '${shownName(v)}' is uninitialized when used within its own initialization`;
		ctx.reports.warning("uninitialized", first.at, text);
	}
}
