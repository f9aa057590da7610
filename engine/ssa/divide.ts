// Divisions of small numbers by constants whose results become parts of addresses, as a multiplication and a shift: Linux's verifier knows
// nothing of what BPF_DIV and BPF_MOD give, not even of constants, but follows these.

import { type Draft, Edits, type Users, usersOf } from "./edit.ts";
import type { Func, Instruction, Node } from "./ir.ts";
import { KnownBits } from "./known.ts";

const scale = 32n;
/** Where x * n stays below this, x * ceil(2^32 / n) is x / n in units of 2^-32, with an error of less than one n-th. */
const one = 1n << scale;

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
			if (!x || y?.op !== "const" || y.value <= 1n) continue;
			if (known.max(x) * y.value >= one) continue;
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
	const put = (draft: Draft) => edits.insert(node, draft);
	const times = (one + n - 1n) / n;
	const wide = (value: Node) =>
		value.type === "i32" ? put({ op: "zext", type: "i64", args: [value] }) : value;
	const high = (value: Node, factor: bigint) => {
		const product = put({ op: "mul", type: "i64", args: [value, edits.const("i64", factor)] });
		const whole = put({ op: "lshr", type: "i64", args: [product, edits.const("i64", scale)] });
		return node.type === "i32" ? put({ op: "trunc", type: "i32", args: [whole] }) : whole;
	};
	if (node.op === "udiv") return high(wide(x), times);
	// The fraction of the quotient, times n: what the verifier makes of that is less than n (Lemire, Kaser and Kurz 2019).
	const narrow = x.type === "i64" ? put({ op: "trunc", type: "i32", args: [x] }) : x;
	const factor = edits.const("i32", BigInt.asIntN(32, times));
	return high(wide(put({ op: "mul", type: "i32", args: [narrow, factor] })), n);
}
