// `switch` → the switch terminator: ranges without sign, so a range that crosses zero is two.

import type { Block } from "../../ssa/index.ts";
import type { Statement } from "../ast/tree.ts";
import type { Context } from "./context.ts";
import { toI64 } from "./convert.ts";
import { sizeOf } from "./types.ts";

interface Case {
	readonly low: bigint;
	readonly high: bigint;
	readonly target: Block;
}

export function switchStatement(c: Context, s: Extract<Statement, { kind: "switch" }>): void {
	const wide = sizeOf(s.value.type) > 8;
	if (wide) c.unsupported("switch on __int128", s.at);
	let value = wide ? c.b.i64(0) : c.scalar(s.value);
	if (value.type === "ptr") value = toI64(c, value, s.value.type);
	c.at(s.at);
	const bits = value.type === "i64" ? 64 : 32;
	const end = c.b.newBlock();
	let otherwise = end;
	const cases: Case[] = [];
	for (const label of s.cases) {
		const target = c.b.newBlock();
		c.cases.set(label, target);
		if (label.low === undefined) otherwise = target;
		else cases.push(...ranges(label.low, label.high ?? label.low, bits, target));
	}
	c.b.switch(value, cases, otherwise);
	const { breakTo } = c;
	c.breakTo = { target: end, depth: c.scopes.length };
	c.ops.statement(c, s.body);
	c.breakTo = breakTo;
	if (c.b.open) c.b.br(end);
	c.b.at(end);
}

function ranges(low: bigint, high: bigint, bits: number, target: Block): Case[] {
	if (high < low) return [];
	const unsigned = (v: bigint) => BigInt.asUintN(bits, v);
	if (low < 0n && high >= 0n)
		return [
			{ low: unsigned(low), high: unsigned(-1n), target },
			{ low: 0n, high, target },
		];
	return [{ low: unsigned(low), high: unsigned(high), target }];
}
