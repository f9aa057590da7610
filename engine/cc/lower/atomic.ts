// `__sync_*` and `__atomic_*`: eBPF's atomic instructions on 4 and 8 bytes, plain volatile accesses where no order is asked for.

import type { AtomicOp, Node } from "../../ssa/index.ts";
import type { Expression } from "../ast/tree.ts";
import type { CType } from "../ast/type.ts";
import { evaluate } from "./constant.ts";
import type { Context } from "./context.ts";
import { accessSize, convert, loadScalar, storeScalar } from "./convert.ts";
import { alignOf, isSigned, pointee, sizeOf, spaceOf, valueClass } from "./types.ts";

type Builtin = Extract<Expression, { kind: "builtin" }>;

const RELAXED = 0n;
const RELEASE = 3n;
const SEQUENTIAL = 5n;

interface Site {
	readonly e: Builtin;
	readonly name: string;
	/** What the first argument points to. */
	readonly type: CType;
	readonly pointer: Node;
}

/** The value of an atomic builtin (absent for void); undefined for other builtins. */
export function atomicBuiltin(c: Context, e: Builtin, used = true): { value?: Node } | undefined {
	const name = e.name
		.replace(/^__c11_atomic_/, "__atomic_")
		.replace(/^(__sync_.*)_(?:1|2|4|8|16)$/, "$1");
	if (/^__sync_synchronize$|_fence$/.test(name)) return fence(c, e);
	if (!/^__(sync|atomic)_/.test(name)) return undefined;
	const [first] = e.args;
	if (!first) return undefined;
	const site = { e, name, type: pointee(first.type), pointer: target(c, first) };
	const size = sizeOf(site.type);
	c.at(e.at);
	if (/_load(_n)?$/.test(name)) return load(c, site);
	if (/_store(_n)?$|_init$|_clear$|_lock_release$/.test(name)) return store(c, site);
	if (size !== 4 && size !== 8) {
		c.symbols.error(
			"cc/atomic-size",
			`unsupported atomic operation on ${size} bytes: eBPF has them for 4 and 8`,
			e.at,
		);
		return { value: c.b.undef("i64") };
	}
	return update(c, site, size, used);
}

/** The address to work on; an arena's is cast to the kernel's. */
function target(c: Context, pointer: Expression): Node {
	const space = spaceOf(pointee(pointer.type));
	const value = c.scalar(pointer);
	return space === 0 ? value : c.b.spacecast(value, space, 0);
}

function fence(c: Context, e: Builtin): { value?: Node } {
	const order = e.args[0] && evaluate(c.symbols, e.args[0])?.value;
	if (order !== RELAXED && !e.name.includes("signal"))
		c.symbols.error("cc/fence", `eBPF has no instruction for the fence of '${e.name}'`, e.at);
	return {};
}

function operand(c: Context, site: Site, index: number): Node {
	const arg = site.e.args[index];
	const held = valueClass(site.type);
	if (!arg) return c.b.const(held === "i32" ? "i32" : "i64", 0);
	return convert(c, c.scalar(arg), arg.type, site.type);
}

function update(c: Context, site: Site, size: 4 | 8, used: boolean): { value?: Node } {
	const { name } = site;
	const match =
		/^__(?:sync|atomic)_(?:fetch_and_|fetch_)?(add|sub|and|or|xor|nand)(?:_and_fetch|_fetch)?$/.exec(
			name,
		);
	if (match) return fetching(c, site, size, match[1] ?? "", /_fetch$/.test(name), used);
	if (/compare_and_swap$/.test(name)) return swapIf(c, site, size);
	if (/compare_exchange/.test(name)) return exchangeIf(c, site, size);
	if (/(lock_test_and_set|__sync_swap|_exchange(_n)?)$/.test(name)) {
		const generic = name === "__atomic_exchange" && site.e.args.length === 4;
		if (generic) return exchange(c, site, size);
		return { value: c.b.atomic("xchg", size, true, site.pointer, number(c, operand(c, site, 1))) };
	}
	return { value: noInstruction(c, site, size) };
}

function noInstruction(c: Context, { e }: Site, size: 4 | 8): Node {
	c.symbols.error("cc/atomic", `eBPF has no instruction for '${e.name}'`, e.at);
	return c.b.undef(size === 8 ? "i64" : "i32");
}

function number(c: Context, value: Node): Node {
	return value.type === "ptr" ? c.b.ptrtoint(value) : value;
}

function back(c: Context, site: Site, value: Node): Node {
	return valueClass(site.type) === "ptr" && value.type === "i64" ? c.b.inttoptr(value) : value;
}

function at(site: Site, pointer: Node) {
	return { pointer, type: site.type, volatile: true, align: alignOf(site.type) };
}

function fetching(
	c: Context,
	site: Site,
	size: 4 | 8,
	op: string,
	newValue: boolean,
	used: boolean,
): { value?: Node } {
	if (op === "nand") return { value: noInstruction(c, site, size) };
	let value = number(c, operand(c, site, 1));
	if (op === "sub")
		value =
			value.op === "const"
				? c.b.const(value.type, -value.value)
				: c.b.binary("sub", c.b.const(value.type ?? "i64", 0), value);
	const action = (op === "sub" ? "add" : op) as Exclude<AtomicOp, "xchg" | "cmpxchg">;
	const node = c.b.atomic(action, size, used, site.pointer, value);
	if (!used) return {};
	return { value: back(c, site, newValue ? c.b.binary(action, node, value) : node) };
}

function swapIf(c: Context, site: Site, size: 4 | 8): { value: Node } {
	const expected = number(c, operand(c, site, 1));
	const value = number(c, operand(c, site, 2));
	const old = c.b.atomic("cmpxchg", size, true, site.pointer, expected, value);
	if (site.name.includes("bool")) return { value: c.b.icmp("eq", old, expected) };
	return { value: back(c, site, old) };
}

/** `__atomic_compare_exchange(_n)`: the expected value stands in memory and is replaced by what was found. */
function exchangeIf(c: Context, site: Site, size: 4 | 8): { value: Node } {
	const held = site.e.args[1];
	if (!held) return { value: c.b.i32(0) };
	const known = at(site, c.scalar(held));
	const expected = number(c, loadScalar(c, { ...known, volatile: false }));
	const generic = !/_n$/.test(site.name) && !site.e.name.startsWith("__c11");
	const wanted = site.e.args[2];
	const value =
		generic && wanted
			? number(c, loadScalar(c, { ...at(site, c.scalar(wanted)), volatile: false }))
			: number(c, operand(c, site, 2));
	const old = c.b.atomic("cmpxchg", size, true, site.pointer, expected, value);
	storeScalar(c, { ...known, volatile: false }, back(c, site, old));
	return { value: c.b.icmp("eq", old, expected) };
}

function exchange(c: Context, site: Site, size: 4 | 8): { value?: Node } {
	const [, from, to] = site.e.args;
	if (!from || !to) return {};
	const value = number(c, loadScalar(c, { ...at(site, c.scalar(from)), volatile: false }));
	const old = c.b.atomic("xchg", size, true, site.pointer, value);
	storeScalar(c, { ...at(site, c.scalar(to)), volatile: false }, back(c, site, old));
	return {};
}

function orderOf(c: Context, e: Expression | undefined): bigint {
	const known = e && evaluate(c.symbols, e);
	return known?.symbol === undefined ? (known?.value ?? 5n) : 5n;
}

function load(c: Context, site: Site): { value?: Node } {
	const generic = /_load$/.test(site.name) && site.name === site.e.name;
	const order = orderOf(c, site.e.args.at(-1));
	const held = valueClass(site.type);
	let value: Node;
	if (order === RELAXED) value = loadScalar(c, at(site, site.pointer));
	else {
		ordered(c, site.e, order, "load-acquire");
		value = c.b.loadacquire(held === "i32" ? "i32" : "i64", accessSize(site.type), site.pointer);
		value = convert(c, value, unsignedLike(site.type), site.type);
	}
	if (!generic) return { value };
	const to = site.e.args[1];
	if (to) storeScalar(c, { ...at(site, c.scalar(to)), volatile: false }, value);
	return {};
}

/** What a load-acquire gives: the bytes without sign. */
function unsignedLike(type: CType): CType {
	const size = accessSize(type);
	return { kind: "int", name: "", size, signed: isSigned(type) && size >= 4, rank: 3 };
}

function store(c: Context, site: Site): { value?: Node } {
	const generic = /_store$/.test(site.name) && site.name === site.e.name;
	const from = site.e.args[1];
	const zero = /_(clear|lock_release)$/.test(site.name);
	const value =
		generic && from
			? loadScalar(c, { ...at(site, c.scalar(from)), volatile: false })
			: zero
				? c.b.const(valueClass(site.type) === "i32" ? "i32" : "i64", 0)
				: operand(c, site, 1);
	const order = storeOrder(c, site);
	if (order === RELAXED) storeScalar(c, at(site, site.pointer), value);
	else {
		ordered(c, site.e, order, "store-release");
		c.b.storerelease(accessSize(site.type), site.pointer, number(c, value));
	}
	return {};
}

function storeOrder(c: Context, { name, e }: Site): bigint {
	if (name.endsWith("_init")) return RELAXED;
	if (name.endsWith("_lock_release")) return RELEASE;
	return orderOf(c, e.args[name.endsWith("_clear") ? 1 : 2]);
}

function ordered(c: Context, e: Builtin, order: bigint, what: string): void {
	if (order === SEQUENTIAL)
		c.symbols.error(
			"cc/atomic",
			"sequentially consistent (seq_cst) atomic load/store is not supported",
			e.at,
		);
	else if (c.symbols.options.cpu < 4)
		c.symbols.error("cc/cpu", `${what} instructions need -mcpu=v4`, e.at);
}
