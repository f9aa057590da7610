// What instruction selection wants to know of a function beforehand: who uses what, which nodes become parts of their users, which
// 32-bit values have a zero upper half. Reads SSA, emits nothing.

import type { Block, Func, Node } from "../ssa/index.ts";
import { type Context, fits16 } from "./context.ts";

/** Fills `users`, `folded` and `zeroUpper`. */
export function findFacts(c: Context): void {
	findUsers(c);
	for (const block of c.source.blocks)
		for (const node of block.body) if (folds(c, node)) c.folded.add(node);
	c.zeroUpper = zeroUppers(c);
	if (c.alu32) {
		for (const node of c.users.keys())
			if (isQuotient(node) && c.usersOf(node).some((u) => isWidened(c, u))) c.cleared.add(node);
		if (c.cleared.size > 0) c.zeroUpper = zeroUppers(c);
		return;
	}
	for (const node of c.users.keys()) {
		if (node.type !== "i32" || c.zeroUpper.has(node) || !wantsClear(c, node)) continue;
		if (node.op === "param") c.clearedParams.add(node.index);
		else if (!/^(phi|select|const|undef|core)$/.test(node.op)) c.cleared.add(node);
	}
	c.zeroUpper = zeroUppers(c);
}

function isQuotient({ op, type }: Node): boolean {
	return type === "i32" && (op === "udiv" || op === "urem" || op === "sdiv" || op === "srem");
}

/** Whether a node widens its operand, or chooses what is widened then. */
function isWidened(c: Context, node: Node, depth = 0): boolean {
	if (node.op === "zext") return true;
	if ((node.op !== "phi" && node.op !== "select") || depth > 4) return false;
	return c.usersOf(node).some((u) => isWidened(c, u, depth + 1));
}

/** Some user reads all 64 bits of the register as the unsigned value. */
function wantsClear(c: Context, node: Node): boolean {
	return c.usersOf(node).some((u) => {
		if (u.op === "icmp") return !u.predicate.startsWith("s");
		return u.op === "zext" || u.op === "udiv" || u.op === "urem" || u.op === "lshr";
	});
}

function eachNode(func: Func, f: (node: Node, block: Block) => void): void {
	for (const block of func.blocks) {
		for (const phi of block.phis) f(phi, block);
		for (const node of block.body) f(node, block);
		f(block.terminator, block);
	}
}

function findUsers(c: Context): void {
	eachNode(c.source, (user) => {
		c.positions.set(user, c.positions.size);
		for (const arg of user.args) {
			const list = c.users.get(arg);
			if (list) list.push(user);
			else c.users.set(arg, [user]);
		}
	});
}

function folds(c: Context, node: Node): boolean {
	if (node.op === "icmp")
		return c.usersOf(node).every((u) => (u.op === "condbr" || u.op === "select") && only(u, node));
	if (node.op === "ptradd") return !needsRegister(c, node);
	if (node.op === "and") return testsBits(c, node);
	return node.op === "isconst";
}

/** The user takes the node as condition, and nothing else. */
function only(user: Node, node: Node): boolean {
	return user.args[0] === node && user.args[1] !== node && user.args[2] !== node;
}

/** `x & y` that is only compared with 0 for branches becomes a jset. */
function testsBits(c: Context, node: Node): boolean {
	const users = c.usersOf(node);
	if (users.length !== 1) return false;
	const user = users[0];
	if (!user) return false;
	if (user.op === "condbr") return true;
	if (user.op === "select") return only(user, node);
	if (user.op !== "icmp" || (user.predicate !== "eq" && user.predicate !== "ne")) return false;
	const zero = user.args[1];
	return zero?.op === "const" && zero.value === 0n && folds(c, user);
}

/** The displacement of a `ptradd` that memory instructions can carry themselves. */
export function displacement(c: Context, node: Node): { off: number; core: number } | undefined {
	const by = node.op === "ptradd" ? node.args[1] : undefined;
	if (by?.op === "const" && by.value >= -0x8000n && by.value < 0x8000n)
		return { off: Number(by.value), core: -1 };
	if (by?.op !== "core") return undefined;
	const record = c.module.core[by.record];
	if (!record || record.wide || !fits16(Number(record.value))) return undefined;
	return { off: Number(record.value), core: by.record };
}

/** The pointer of a memory access that takes displacements. */
function addressOf(user: Node): Node | undefined {
	switch (user.op) {
		case "load":
		case "store":
		case "loadacquire":
		case "storerelease":
		case "atomic":
			return user.args[0];
		default:
			return undefined;
	}
}

function needsRegister(c: Context, node: Node, depth = 0): boolean {
	const by = displacement(c, node);
	if (!by || depth > 32) return true;
	return !c.usersOf(node).every((u) => {
		if (addressOf(u) === node) return u.args[1] !== node && u.args[2] !== node;
		if (u.op !== "ptradd" || u.args[0] !== node) return false;
		const more = displacement(c, u);
		if (!more || more.core >= 0 || by.core >= 0 || !fits16(by.off + more.off)) return false;
		return !needsRegister(c, u, depth + 1);
	});
}

/** Greatest fixed point: a phi has a zero upper half unless one of its arguments says otherwise. */
function zeroUppers(c: Context): Set<Node> {
	const zero = new Set<Node>();
	const all: Node[] = [];
	eachNode(c.source, (node) => {
		if (node.type !== "i32") return;
		all.push(node);
		zero.add(node);
	});
	for (let changed = true; changed; ) {
		changed = false;
		for (const node of all) {
			if (!zero.has(node) || staysZero(c, node, zero)) continue;
			zero.delete(node);
			changed = true;
		}
	}
	return zero;
}

/** Whether a value of any kind, leaves included, has its upper half clear in the register that holds it. */
export function clearAbove(c: Context, node: Node, zero = c.zeroUpper): boolean {
	if (node.op === "const") return c.alu32 || node.value >= 0n;
	if (node.op === "undef") return true;
	if (node.op === "core") return c.alu32 && c.module.core[node.record]?.wide === false;
	return node.op === "param" ? c.clearedParams.has(node.index) : zero.has(node);
}

function staysZero(c: Context, node: Node, zero: ReadonlySet<Node>): boolean {
	const clear = (n: Node | undefined) => n !== undefined && clearAbove(c, n, zero);
	if (c.cleared.has(node)) return true;
	switch (node.op) {
		case "phi":
			return node.args.every(clear);
		case "select":
			return clear(node.args[1]) && clear(node.args[2]);
		case "icmp":
		case "isconst":
		case "loadacquire":
			return true;
		case "bswap":
			return true;
		case "load":
			return !node.signed || node.size === 4 || (c.alu32 && c.cpu < 4);
		case "atomic":
			return true;
		case "and":
			return c.alu32 || node.args.some(clear);
		case "or":
		case "xor":
			return c.alu32 || node.args.every(clear);
		case "lshr":
			return true;
		// Linux's verifier makes nothing of these instructions, not even that the upper half is 0.
		case "udiv":
		case "urem":
			return !c.alu32;
		case "sdiv":
		case "srem":
			return false;
		case "add":
		case "sub":
		case "mul":
		case "shl":
		case "ashr":
			return c.alu32;
		case "sext":
			return c.alu32;
		case "trunc":
			return truncated(node.args[0]);
		default:
			return false;
	}
}

/** The low half of a 64-bit value whose upper half is known to be 0. */
function truncated(from: Node | undefined): boolean {
	if (!from) return false;
	if (from.op === "load") return from.size < 8 && !from.signed;
	if (from.op === "bswap") return from.bits < 64;
	if (from.op === "and") {
		const mask = from.args[1];
		return mask?.op === "const" && mask.value >= 0n && mask.value < 0x100000000n;
	}
	if (from.op === "lshr") {
		const by = from.args[1];
		return by?.op === "const" && by.value >= 32n && by.value < 64n;
	}
	return false;
}
