// Counters of loops that are only ever read times a constant, and compared with constants: they count in those steps. One instruction
// less in each turn, and nothing else keeps the unscaled number alive.

import { constant, emit } from "./build.ts";
import { type Users, usersOf } from "./edit.ts";
import { predecessors, replaceUses } from "./graph.ts";
import { counterMax } from "./induction.ts";
import type { Func, Instruction, Node, Phi } from "./ir.ts";
import { makeNode } from "./node.ts";

/** Scaled bounds stay below this: comparisons mean the same, signed and unsigned, in 32 and 64 bits. */
const most = 1n << 30n;

/** How a counter is used. */
interface Reads {
	readonly compares: readonly (Instruction & { op: "icmp" })[];
	/** What the counter times the factor is now. */
	readonly products: readonly Node[];
	readonly factor: bigint;
}

/** Says whether there were any. */
export function scaleCounters(func: Func): boolean {
	predecessors(func);
	let users = usersOf(func);
	let changed = false;
	for (const block of func.blocks)
		for (const phi of [...block.phis]) {
			if (!scale(func, phi, users)) continue;
			users = usersOf(func);
			changed = true;
		}
	return changed;
}

function scale(func: Func, phi: Phi, users: Users): boolean {
	const max = counterMax(phi);
	const back = phi.args[0]?.op === "const" ? 1 : 0;
	const [start, next] = [phi.args[1 - back], phi.args[back]];
	if (max === undefined || start?.op !== "const" || next?.op !== "add") return false;
	const step = next.args[1];
	const reads = readsOf(phi, next, users);
	if (!reads || step?.op !== "const" || !next.block || !phi.block) return false;
	const { factor, compares, products } = reads;
	if ((max + step.value) * factor >= most || compares.some((c) => bound(c) * factor >= most))
		return false;
	const number = (value: bigint) => constant(func, "i64", value * factor);
	const fields = { op: "phi" as const, type: "i64" as const, args: [], from: [...phi.from] };
	const scaled = makeNode<Phi>(func.nextNode++, fields, phi.block);
	phi.block.phis.push(scaled);
	const sum = { op: "add" as const, type: "i64" as const, args: [scaled, number(step.value)] };
	const more = emit(func, next.block, sum, next.block.body.indexOf(next));
	scaled.args = back === 1 ? [number(start.value), more] : [more, number(start.value)];
	for (const compare of compares)
		compare.args = [compare.args[0] === next ? more : scaled, number(bound(compare))];
	replaceUses(func, new Map(products.map((product) => [product, scaled])));
	return true;
}

function bound(compare: Node): bigint {
	const [, k] = compare.args;
	return k?.op === "const" ? k.value : -1n;
}

/** All reads of a counter and of its next value; undefined when some are neither comparisons nor products with one factor. */
function readsOf(phi: Phi, next: Node, users: Users): Reads | undefined {
	const compares: (Instruction & { op: "icmp" })[] = [];
	const products: Node[] = [];
	let factor: bigint | undefined;
	const work: Node[] = [phi, next];
	for (let value = work.pop(); value; value = work.pop())
		for (const user of users[value.id] ?? []) {
			if (user === next || (user === phi && value === next)) continue;
			if (user.op === "icmp" && user.args[0] === value && bound(user) >= 0n) {
				if (value === phi || value === next) compares.push(user);
				else return undefined;
				continue;
			}
			if (value !== next && user.op === "zext") {
				work.push(user);
				continue;
			}
			const by = value === next || user.type !== "i64" ? undefined : times(user, value);
			if (by === undefined || (factor !== undefined && factor !== by)) return undefined;
			factor = by;
			products.push(user);
		}
	return factor === undefined ? undefined : { compares, products, factor };
}

function times(user: Node, value: Node): bigint | undefined {
	const [x, k] = user.args;
	if (x !== value || k?.op !== "const" || k.value <= 0n) return undefined;
	if (user.op === "shl") return k.value < 20n ? 1n << k.value : undefined;
	return user.op === "mul" && k.value > 1n && k.value < most ? k.value : undefined;
}
