// Counters of loops: a phi that starts at a constant and grows by a constant while it stays below another has bounds. Takes the phi
// alone and looks at the branches around it; needs no dominators.

import { successors } from "./graph.ts";
import type { Block, Node, Phi } from "./ir.ts";

/** Blocks that are looked at to find the body of a loop. */
const farthest = 64;

/** The largest value of a counter that is never negative; undefined if it is none. */
export function counterMax(phi: Phi): bigint | undefined {
	const [a, b] = phi.args;
	const head = phi.block;
	if (phi.args.length !== 2 || !a || !b || !head) return undefined;
	const back = a.op === "const" ? 1 : 0;
	const start = phi.args[1 - back];
	const next = phi.args[back];
	const latch = phi.from[back];
	if (start?.op !== "const" || start.value < 0n || next?.op !== "add" || !latch) return undefined;
	const step = next.args[1];
	if (next.args[0] !== phi || step?.op !== "const" || step.value <= 0n) return undefined;
	const [begin, by] = [start.value, step.value];
	const larger = (x: bigint) => (x > begin ? x : begin);
	const most = phi.type === "i32" ? 1n << 30n : 1n << 62n;
	const isSmall = (x: bigint) => x > 0n && x < most && by < most;
	const below = limit(head, phi, begin, by);
	if (below && isSmall(below.bound) && !reaches(below.leaving, latch, head))
		return larger(below.bound - 1n + by);
	const behind = limit(latch, next, begin, by);
	if (behind && isSmall(behind.bound) && behind.staying === head && behind.leaving !== head)
		return larger(behind.bound - 1n);
	return undefined;
}

/** What an extension to 64 bits was made of: below a positive bound both are the same number. */
function narrow(value: Node | undefined): Node | undefined {
	const isExtension = value?.op === "zext" || (value?.op === "sext" && value.bits === 32);
	return isExtension ? value.args[0] : value;
}

/** What a block's branch says: where control goes while `value` is below `bound`, and where else. */
function limit(block: Block, value: Node, begin: bigint, by: bigint) {
	const t = block.terminator;
	const [test] = t.args;
	if (t.op !== "condbr" || test?.op !== "icmp" || narrow(test.args[0]) !== value) return undefined;
	const k = test.args[1];
	if (k?.op !== "const") return undefined;
	const [then, otherwise] = [t.then, t.otherwise];
	const reachesIt = by === 1n && begin < k.value;
	switch (test.predicate) {
		case "slt":
		case "ult":
			return { bound: k.value, staying: then, leaving: otherwise };
		case "sgt":
		case "ugt":
			return { bound: k.value + 1n, staying: otherwise, leaving: then };
		case "ne":
			return reachesIt ? { bound: k.value, staying: then, leaving: otherwise } : undefined;
		case "eq":
			return reachesIt ? { bound: k.value, staying: otherwise, leaving: then } : undefined;
		default:
			return undefined;
	}
}

/** Whether control may come from `from` to `to` without passing `but`; yes when it is too far to say. */
function reaches(from: Block, to: Block, but: Block): boolean {
	const seen = new Set<Block>([but]);
	const work = [from];
	for (let at = work.pop(); at; at = work.pop()) {
		if (at === to || seen.size > farthest) return true;
		if (seen.has(at)) continue;
		seen.add(at);
		work.push(...successors(at));
	}
	return false;
}
