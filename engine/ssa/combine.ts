// The walk that tries rewriting rules on every instruction until none fits: constant folding, identities, canonical forms. Local: looks
// at a value and what it is made of, and at known bits. Never moves, adds or removes memory accesses with effects.

import { combineBinary, combinePointer } from "./arith.ts";
import { constant } from "./build.ts";
import { combineCompare, combineSelect } from "./compare.ts";
import { foldLoad } from "./constants.ts";
import {
	combineCast,
	combineSext,
	combineSpace,
	combineSwap,
	combineTrunc,
	combineZext,
	narrowable,
} from "./convert.ts";
import { removeDead } from "./dead.ts";
import { strip } from "./demand.ts";
import { alignAt, countUses, type Draft, isSize, locate } from "./edit.ts";
import { replaceUses, resolve, reversePostorder } from "./graph.ts";
import type { Block, Func, Instruction, Leaf, Module, Node, Phi, Terminator, Type } from "./ir.ts";
import { KnownBits } from "./known.ts";
import { globalOf } from "./named.ts";
import { makeNode } from "./node.ts";
import { type Context, compare, literal } from "./rule.ts";

const rounds = 4;

/** Rewrites until nothing changes (four rounds at most), without touching the control flow graph. `module` for constant globals. */
export function combine(func: Func, module?: Module): boolean {
	let changed = false;
	for (let i = 0; i < rounds; i++) {
		const once = new Walk(func, module).run();
		removeDead(func);
		changed ||= once;
		if (!once) break;
	}
	return changed;
}

class Walk implements Context {
	readonly func: Func;
	readonly module: Module | undefined;
	readonly known = new KnownBits();
	private readonly by = new Map<Node, Node>();
	private readonly uses: number[] = [];
	private block: Block | undefined;
	private body: Instruction[] = [];
	private current: Node | undefined;
	private depth = 0;
	private changed = false;

	constructor(func: Func, module: Module | undefined) {
		this.func = func;
		this.module = module;
		for (const count of countUses(func)) this.uses.push(count);
	}

	run(): boolean {
		for (const block of reversePostorder(this.func)) {
			this.block = block;
			this.body = [];
			this.phis(block);
			for (const node of block.body) this.visit(node);
			this.current = block.terminator;
			this.settle(block.terminator);
			combineTerminator(block.terminator, this);
			block.body = this.body;
		}
		replaceUses(this.func, this.by);
		return this.changed;
	}

	const(type: Type, value: bigint | number): Leaf {
		return constant(this.func, type, value);
	}

	single(node: Node): boolean {
		return (this.uses[node.id] ?? 0) <= 1;
	}

	use(node: Node): void {
		this.uses[node.id] = (this.uses[node.id] ?? 0) + 1;
	}

	drop(node: Node): void {
		this.uses[node.id] = (this.uses[node.id] ?? 1) - 1;
	}

	/** Use counts never are too low: a rule that needs a single use may change what it uses in place. */
	private count(node: Node, by: number): void {
		for (const { id } of node.args) this.uses[id] = (this.uses[id] ?? 0) + by;
	}

	make(draft: Draft): Node {
		const node = makeNode<Instruction>(this.func.nextNode++, draft, this.block);
		if (this.current?.place) node.place = this.current.place;
		this.count(node, 1);
		const better = this.depth < 20 ? this.simplify(node) : undefined;
		if (better && better !== node) {
			this.count(node, -1);
			return better;
		}
		this.body.push(node);
		return node;
	}

	private phis(block: Block): void {
		for (const phi of block.phis) {
			this.settle(phi);
			const value = uniform(phi);
			if (!value) continue;
			this.by.set(phi, value);
			this.uses[value.id] = (this.uses[value.id] ?? 0) + (this.uses[phi.id] ?? 0);
			this.changed = true;
		}
		block.phis = block.phis.filter((p) => !this.by.has(p));
	}

	private settle(node: Node): void {
		for (let i = 0; i < node.args.length; i++) {
			const arg = node.args[i];
			if (arg && this.by.has(arg)) node.args[i] = resolve(this.by, arg);
		}
	}

	private visit(node: Instruction): void {
		this.current = node;
		this.settle(node);
		const better = this.simplify(node);
		if (!better || better === node) {
			this.body.push(node);
			return;
		}
		this.changed = true;
		this.count(node, -1);
		if (better === gone) return;
		this.uses[better.id] = (this.uses[better.id] ?? 0) + (this.uses[node.id] ?? 0);
		if (node.name !== undefined && better.block) better.name ??= node.name;
		this.by.set(node, better);
	}

	private simplify(node: Instruction): Node | undefined {
		this.depth++;
		let result: Node | undefined;
		for (let i = 0; i < 8; i++) {
			const next = combineNode(node, this);
			if (!next) break;
			result = next;
			if (next !== node) break;
			this.changed = true;
		}
		this.depth--;
		return result;
	}
}

/** Stands for "takes no place any more" where an instruction has no value. */
const gone: Node = { id: -1, op: "undef", type: "i32", args: [] };

/** The one value that a phi can have. */
function uniform(phi: Phi): Node | undefined {
	let value: Node | undefined;
	for (const arg of phi.args) {
		if (arg === phi || arg === value) continue;
		if (value) return undefined;
		value = arg;
	}
	return value;
}

function combineNode(node: Instruction, c: Walk): Node | undefined {
	switch (node.op) {
		case "ptradd":
			return combinePointer(node, c);
		case "icmp":
			return combineCompare(node, c);
		case "select":
			return combineSelect(node, c);
		case "zext":
			return combineZext(node, c);
		case "sext":
			return combineSext(node, c);
		case "trunc":
			return combineTrunc(node, c);
		case "bswap":
			return combineSwap(node, c);
		case "ptrtoint":
		case "inttoptr":
			return combineCast(node, c);
		case "spacecast":
			return combineSpace(node, c);
		case "isconst":
			return node.args[0]?.op === "const" ? c.const("i32", 1) : undefined;
		case "load":
			return combineLoad(node, c);
		case "store":
			return combineStore(node, c);
		case "memcpy":
		case "memset":
			return combineBlock(node, c);
		case "call":
			return combineCall(node);
		case "alloca":
		case "lifetime":
		case "atomic":
		case "loadacquire":
		case "storerelease":
		case "asm":
		case "asmout":
			return undefined;
		default:
			return combineBinary(node, c);
	}
}

/** What is known of the alignment of an address. */
function alignOf(pointer: Node, c: Context): number {
	const { base, offset } = locate(pointer);
	if (base.op === "alloca") return alignAt(base.align, offset);
	if (base.op !== "global") return 1;
	const global = c.module && globalOf(c.module, base.symbol);
	return global ? alignAt(global.align, offset) : 1;
}

function combineLoad(node: Instruction & { op: "load" }, c: Context): Node | undefined {
	const [pointer] = node.args;
	if (!pointer) return undefined;
	if (node.align < node.size) node.align = Math.max(node.align, alignOf(pointer, c));
	return c.module && foldLoad(node, c.func, c.module);
}

function combineStore(node: Instruction & { op: "store" }, c: Context): Node | undefined {
	const [pointer, value] = node.args;
	if (!pointer || !value) return undefined;
	if (node.align < node.size) node.align = Math.max(node.align, alignOf(pointer, c));
	if (value.op === "const" && node.size < 8) {
		const cut = BigInt.asIntN(node.size * 8, value.value);
		if (cut !== value.value) node.args[1] = c.const(value.type, cut);
		return undefined;
	}
	if (value.type === "i64" && node.size <= 4 && value.op !== "load" && narrowable(value, c, 0)) {
		c.drop(value);
		const low = c.make({ op: "trunc", type: "i32", args: [value] });
		node.args[1] = low;
		c.use(low);
		return undefined;
	}
	const mask = (1n << BigInt(node.size * 8)) - 1n;
	const less = strip(value, mask, c, true);
	if (less === value || less.type === "ptr") return undefined;
	node.args[1] = less;
	c.use(less);
	return undefined;
}

/** Small copies and fills are single accesses. */
function combineBlock(
	node: Instruction & { op: "memcpy" | "memset" },
	c: Context,
): Node | undefined {
	const [to, from] = node.args;
	if (!to || !from) return undefined;
	const { size } = node;
	if (size === 0 || (node.op === "memcpy" && to === from)) return gone;
	const align = Math.max(node.align, alignOf(to, c));
	if (!isSize(size) || align < size) return undefined;
	const access = { size, volatile: false, align } as const;
	const type = size === 8 ? "i64" : "i32";
	// A structure that may yet be split is copied part by part.
	if (size === 8 && (isLocal(to) || isLocal(from))) return undefined;
	if (node.op === "memset") {
		if (from.op !== "const") return undefined;
		const value = BigInt.asUintN(8, from.value) * BigInt(`0x${"01".repeat(size)}`);
		c.make({ op: "store", ...access, args: [to, c.const(type, value)] });
		return gone;
	}
	if (Math.max(node.align, alignOf(from, c)) < size) return undefined;
	const value = c.make({ op: "load", type, signed: false, ...access, args: [from] });
	c.make({ op: "store", ...access, args: [to, value] });
	return gone;
}

function isLocal(pointer: Node): boolean {
	let root: Node | undefined = pointer;
	while (root?.op === "ptradd") root = root.args[0];
	return root?.op === "alloca";
}

/** A call of a constant address is a helper, of a function's address the function. */
function combineCall(node: Instruction & { op: "call" }): Node | undefined {
	if (node.callee.kind !== "indirect") return undefined;
	const [target] = node.args;
	if (target?.op === "const") node.callee = { kind: "helper", id: Number(target.value) };
	else if (target?.op === "global" && target.offset === 0)
		node.callee = { kind: "function", name: target.symbol };
	else return undefined;
	node.args = node.args.slice(1);
	return node;
}

function combineTerminator(t: Terminator, c: Context): void {
	if (t.op !== "condbr") return;
	for (let i = 0; i < 8; i++) {
		const [condition] = t.args;
		if (!condition) return;
		const [x, y] = condition.args;
		const flips = condition.op === "xor" && literal(y) === 1n && x && c.known.max(x) <= 1n;
		const zero = condition.op === "icmp" && literal(y) === 0n && x?.type === "i32";
		if (x) c.use(x);
		if (zero && condition.predicate === "ne" && x.op === "icmp") t.args = [x];
		else if (flips || (zero && condition.predicate === "eq" && x.op === "icmp")) {
			if (!x) return;
			t.args = [x];
			[t.then, t.otherwise] = [t.otherwise, t.then];
			if (t.likely !== undefined) t.likely = !t.likely;
		} else if (condition.op !== "icmp" && condition.op !== "const") {
			t.args = [compare(c, "ne", condition, c.const("i32", 0))];
			if (t.args[0] === condition || t.args[0]?.op === "icmp") return;
		} else return;
	}
}
