// Instruction selection: one SSA function → machine code over virtual registers, out of SSA form. Phis become copies at the ends of
// predecessors, in blocks of their own where an edge is critical.

import { unreachable } from "../base/index.ts";
import type * as ssa from "../ssa/index.ts";
import { reversePostorder } from "../ssa/index.ts";
import { binary, convert, isBinary } from "./arith.ts";
import { call } from "./calls.ts";
import { Context, type Cpu, type PlacedDiagnostic } from "./context.ts";
import { branch, condition, select as selectValue, switchOn, truth } from "./control.ts";
import { findFacts } from "./facts.ts";
import { inlineAsm } from "./inline.ts";
import { type Block, EXIT, type Func, Insn, LIFETIME } from "./machine.ts";
import { atomic, copyMemory, load, ordered, pointerAdd, setMemory, store } from "./memory.ts";
import { Order } from "./sink.ts";

/** Assembly behind which nothing is run: it leaves, or ends in bytes that nobody looks into. */
const leaving =
	/\bexit\b|\bgotol?\b|\bja\b[^;\n]*;?\s*$|\.(byte|long|[48]byte|quad)\b[^;\n]*;?\s*$/;

/** Selects instructions for a function with blocks. */
export function select(
	module: ssa.Module,
	source: ssa.Func,
	cpu: Cpu,
): { func: Func; diagnostics: readonly PlacedDiagnostic[] } {
	const c = new Context(module, source, cpu);
	if (source.params.length > 5)
		c.problem(
			"too-many-arguments",
			`'${source.name}' has ${source.params.length} parameters, eBPF has registers for 5`,
		);
	findFacts(c);
	new Selection(c).run();
	return { func: c.func, diagnostics: c.diagnostics };
}

class Selection {
	readonly #c: Context;
	/** Where a source block begins. */
	readonly #heads = new Map<ssa.Block, Block>();

	/** The function returns in several places, by way of one block. */
	#many = false;
	#exit: { block: Block; result: number } | undefined;

	constructor(c: Context) {
		this.#c = c;
	}

	run(): void {
		const c = this.#c;
		const order = reversePostorder(c.source);
		const entry = c.func.block();
		for (const block of order) this.#heads.set(block, c.func.block());
		c.enter(entry);
		c.place = c.source.place;
		c.source.params.forEach((_, at) => {
			const r = c.copyOf(at + 1, this.#paramName(at));
			if (c.clearedParams.has(at)) c.zeroExtend(r, r);
			c.params.push(r);
		});
		this.#slots(order);
		const first = order[0];
		if (first) c.goto(this.#head(first));
		this.#many = order.filter((b) => b.terminator.op === "ret").length > 1;
		const within = new Order(c);
		for (const block of order) this.#block(block, within);
	}

	#paramName(at: number): string | undefined {
		for (const node of this.#c.users.keys())
			if (node.op === "param" && node.index === at && node.name !== undefined) return node.name;
		return undefined;
	}

	#head(block: ssa.Block): Block {
		const head = this.#heads.get(block);
		if (!head) throw new Error("an edge to a block that is not reached");
		return head;
	}

	#slots(order: readonly ssa.Block[]): void {
		const c = this.#c;
		for (const block of order)
			for (const node of block.body) {
				if (node.op !== "alloca") continue;
				const uses = c.usersOf(node);
				if (uses.every((u) => u.op === "lifetime")) continue;
				const slot = c.func.slot(node.size, Math.max(node.align, 1), node.name ?? "");
				const made = c.func.slots[slot];
				if (made) made.marked = uses.some((u) => u.op === "lifetime" && u.start);
				c.slots.set(node, slot);
			}
	}

	#block(block: ssa.Block, order: Order): void {
		const c = this.#c;
		c.enter(this.#head(block));
		for (const phi of block.phis) c.named(c.define(phi), phi.name);
		for (const node of order.of(block)) {
			if (c.folded.has(node)) continue;
			c.place = node.place ?? c.place;
			const before = c.current.insns.length;
			this.#node(node);
			if (c.cleared.has(node)) c.clear(node);
			if (node.name !== undefined) c.labelFrom(before, node);
		}
		c.place = block.terminator.place ?? c.place;
		this.#terminator(block, block.terminator);
	}

	#node(node: ssa.Instruction): void {
		const c = this.#c;
		if (isBinary(node)) {
			binary(c, node);
			return;
		}
		switch (node.op) {
			case "ptradd":
				pointerAdd(c, node);
				return;
			case "icmp":
				truth(c, node);
				return;
			case "select":
				selectValue(c, node);
				return;
			case "zext":
			case "sext":
			case "trunc":
			case "ptrtoint":
			case "inttoptr":
			case "spacecast":
			case "bswap":
				convert(c, node);
				return;
			case "isconst":
				return;
			case "alloca":
				return;
			case "lifetime":
				this.#lifetime(node);
				return;
			case "load":
				load(c, node);
				return;
			case "store":
				store(c, node);
				return;
			case "memcpy":
				copyMemory(c, node);
				return;
			case "memset":
				setMemory(c, node);
				return;
			case "atomic":
				atomic(c, node);
				return;
			case "loadacquire":
			case "storerelease":
				ordered(c, node);
				return;
			case "call":
				call(c, node);
				return;
			case "asm":
				this.#asm(node);
				return;
			case "asmout":
				c.define(node);
				return;
		}
	}

	#lifetime(node: ssa.Node & { op: "lifetime" }): void {
		const slot = node.args[0] && this.#c.slots.get(node.args[0]);
		if (slot === undefined) return;
		const i = new Insn(LIFETIME, 0, 0, 0, node.start ? 1 : 0);
		i.slot = slot;
		this.#c.emit(i);
	}

	#asm(node: ssa.Instruction & { op: "asm" }): void {
		const c = this.#c;
		const results = node.asm.outputs.map((_, at) => {
			if (at === 0) return c.define(node);
			const out = c.usersOf(node).find((u) => u.op === "asmout" && u.index === at);
			return out ? c.define(out) : c.fresh();
		});
		c.emit(inlineAsm(c, node.asm, node, results));
	}

	/** The block to jump to for the edge between two source blocks; it carries the phis' copies. */
	#edge(from: ssa.Block, to: ssa.Block): Block {
		const c = this.#c;
		if (to.phis.length === 0) return this.#head(to);
		const back = c.current;
		const edge = c.split();
		edge.edge = true;
		c.enter(edge);
		this.#copies(from, to);
		c.goto(this.#head(to));
		c.enter(back);
		return edge;
	}

	/** Copies in parallel, put in sequence: a register is written once nobody reads its old value any more. */
	#copies(from: ssa.Block, to: ssa.Block): void {
		const c = this.#c;
		const pending: { d: number; s: number; name: string | undefined }[] = [];
		const leaves: { d: number; node: ssa.Node; name: string | undefined }[] = [];
		for (const phi of to.phis) {
			const source = phi.args[phi.from.indexOf(from)];
			if (!source || c.usersOf(phi).length === 0) continue;
			const d = c.define(phi);
			const { name } = phi;
			if (/^(const|global|core|alloca|undef)$/.test(source.op))
				leaves.push({ d, node: source, name });
			else if (c.use(source) !== d) pending.push({ d, s: c.use(source), name });
		}
		while (pending.length > 0) {
			const at = pending.findIndex((p) => !pending.some((q) => q !== p && q.s === p.d));
			const next = pending[Math.max(at, 0)];
			if (!next) break;
			if (at < 0) {
				const saved = c.fresh();
				c.copy(saved, next.d);
				for (const p of pending) if (p.s === next.d) p.s = saved;
			}
			c.copy(next.d, next.s).name = next.name;
			pending.splice(Math.max(at, 0), 1);
		}
		for (const { d, node, name } of leaves) {
			c.into(d, node);
			c.named(d, name);
		}
	}

	#terminator(block: ssa.Block, t: ssa.Terminator): void {
		const c = this.#c;
		switch (t.op) {
			case "br":
				this.#copies(block, t.target);
				c.goto(this.#head(t.target));
				return;
			case "condbr":
				this.#condbr(block, t);
				return;
			case "switch": {
				const edges = new Map<ssa.Block, Block>();
				const edge = (to: ssa.Block) => {
					const made = edges.get(to) ?? this.#edge(block, to);
					edges.set(to, made);
					return made;
				};
				switchOn(c, t, (s, at) => edge(s.cases[at]?.target ?? s.otherwise));
				return;
			}
			case "ret":
				this.#ret(t);
				return;
			case "unreachable":
				this.#unreachable();
				return;
			case "asmgoto": {
				const i = inlineAsm(c, t.asm, t, []);
				c.current.term = i;
				c.current.succs = [...t.targets, t.next].map((b) => this.#edge(block, b));
				return;
			}
			default:
				unreachable(t);
		}
	}

	#condbr(block: ssa.Block, t: ssa.Terminator & { op: "condbr" }): void {
		const c = this.#c;
		const test = t.args[0];
		if (!test) return;
		if (t.then === t.otherwise) {
			this.#copies(block, t.then);
			c.goto(this.#head(t.then));
			return;
		}
		const cond = condition(c, test);
		const from = c.current;
		const then = this.#edge(block, t.then);
		const otherwise = this.#edge(block, t.otherwise);
		branch(c, cond, then, otherwise);
		if (t.likely !== undefined) from.likely = cond.negated ? !t.likely : t.likely;
	}

	#ret(t: ssa.Node): void {
		const c = this.#c;
		const value = t.args[0];
		if (!this.#many) {
			if (value) c.into(0, value);
			this.#leave(value !== undefined);
			return;
		}
		if (!this.#exit) {
			const from = c.current;
			this.#exit = { block: c.split(), result: c.fresh() };
			c.enter(this.#exit.block);
			if (value) c.copy(0, this.#exit.result);
			this.#leave(value !== undefined);
			c.enter(from);
		}
		if (value) c.into(this.#exit.result, value);
		c.goto(this.#exit.block);
	}

	#leave(value: boolean): void {
		const c = this.#c;
		const i = new Insn(EXIT, 0, 0, 0, 0);
		if (value) i.uses = [0];
		i.place = c.place;
		c.current.term = i;
		c.current.succs = [];
	}

	/** Nothing follows assembly that leaves by itself; elsewhere the code must not run on into what comes next. */
	#unreachable(): void {
		const c = this.#c;
		const last = c.current.insns.at(-1);
		const leaves = last?.asm && leaving.test(last.asm.asm.template);
		if (!leaves) {
			const i = new Insn(EXIT, 0, 0, 0, 0);
			i.place = c.place;
			c.current.term = i;
		}
		c.current.succs = [];
	}
}
