// Divisions of small numbers by constants whose results become parts of addresses, as a multiplication and a shift: Linux's verifier knows
// nothing of what BPF_DIV and BPF_MOD give, not even of constants, but follows these.

import { type Draft, Edits, type Users, usersOf } from "./edit.ts";
import type { Func, Instruction, Node } from "./ir.ts";
import { KnownBits } from "./known.ts";

/** Below this, x * ceil(2^32 / n) >> 32 is x / n: the error, x times less than n, stays below 2^32. */
const small = 0x10000n;
const scale = 32n;

/** Values between a division and an address that are looked at. */
const farthest = 6;

/** Expands them; says whether there were any. */
export function lowerDivisions(func: Func): boolean {
	const edits = new Edits(func);
	const known = new KnownBits();
	let users: Users | undefined;
	for (const block of func.blocks)
		for (const node of block.body) {
			if (node.op !== "udiv" && node.op !== "urem") continue;
			const [x, y] = node.args;
			if (!x || y?.op !== "const" || y.value <= 1n || y.value >= small) continue;
			if (known.max(x) >= small) continue;
			users ??= usersOf(func);
			if (isAddress(node, users, 0)) edits.remove(node, expand(node, x, y.value, edits));
		}
	return edits.apply();
}

/** Whether a value is added to a pointer, as it is or times a constant. */
function isAddress(node: Node, users: Users, depth: number): boolean {
	if (depth > farthest) return false;
	return (users[node.id] ?? []).some((user) => {
		switch (user.op) {
			case "ptradd":
				return user.args[1] === node;
			case "zext":
			case "sext":
			case "trunc":
			case "add":
			case "sub":
			case "and":
				return isAddress(user, users, depth + 1);
			case "mul":
			case "shl":
				return user.args[1]?.op === "const" && isAddress(user, users, depth + 1);
			default:
				return false;
		}
	});
}

function expand(node: Instruction, x: Node, n: bigint, edits: Edits): Node {
	const wide = (op: "mul" | "lshr" | "sub" | "and", a: Node, b: Node) =>
		edits.insert(node, { op, type: "i64", args: [a, b] });
	const number = (value: bigint) => edits.const("i64", value);
	const narrow = (value: Node) => {
		if (node.type !== "i32") return value;
		const cut: Draft = { op: "trunc", type: "i32", args: [value] };
		return edits.insert(node, cut);
	};
	const whole = x.type === "i32" ? edits.insert(node, { op: "zext", type: "i64", args: [x] }) : x;
	const product = wide("mul", whole, number(((1n << scale) + n - 1n) / n));
	const quotient = wide("lshr", product, number(scale));
	if (node.op === "udiv") return narrow(quotient);
	const rest = wide("sub", whole, wide("mul", quotient, number(n)));
	// It is below n; the mask says as much of that as bits can.
	const mask = (1n << BigInt((n - 1n).toString(2).length)) - 1n;
	return narrow(wide("and", rest, number(mask)));
}
