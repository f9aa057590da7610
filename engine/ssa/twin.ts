// Values that are computed a second time in the other width: a narrow variable that was compared as i32 and is then used as an index. The
// second use takes the compared value, so that the verifier knows its bounds. Takes a node and what was computed before it, gives the old value.

import { constant } from "./build.ts";
import type { Func, Instruction, Node, Type } from "./ir.ts";

type Found = (key: string) => Node | undefined;

const keyOfPair = (op: string, a: Node, b: Node) =>
	a.id > b.id ? `${op} ${b.id},${a.id}` : `${op} ${a.id},${b.id}`;

/** The i32 whose extension a 64-bit mask or sign extension is, or the i64 whose low half a 32-bit mask is. */
export function twinOf(node: Instruction, func: Func, found: Found): Node | undefined {
	const [x, k] = node.args;
	if (!x) return undefined;
	if (node.op === "sext" && node.type === "i64" && node.bits < 32) {
		const low = lowOf(x, found);
		return low && found(`sext${node.bits} i32 ${low.id}`);
	}
	if (node.op !== "and" || k?.op !== "const") return undefined;
	if (k.value < 0n || k.value > 0x7fffffffn) return undefined;
	const mask = (type: Type) => constant(func, type, k.value);
	if (node.type === "i64") {
		const low = lowOf(x, found);
		return low && found(keyOfPair("and", low, mask("i32")));
	}
	const wide = x.op === "trunc" ? x.args[0] : undefined;
	return wide && found(keyOfPair("and", wide, mask("i64")));
}

/** The low half as it was taken before. */
function lowOf(node: Node, found: Found): Node | undefined {
	return node.type === "i32" ? node : found(`trunc ${node.id}`);
}
