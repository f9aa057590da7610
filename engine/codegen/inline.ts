// Selection of inline assembly: operands get registers or texts; the text itself is assembled once registers are known.

import type { Asm, Node } from "../ssa/index.ts";
import { cut } from "./calls.ts";
import type { Context } from "./context.ts";
import { ASM, type AsmBody, Insn } from "./machine.ts";

type Operand = AsmBody["operands"][number];

/** Emits the assembly; `results` are the registers of its outputs, by number. */
export function inlineAsm(c: Context, asm: Asm, node: Node, results: readonly number[]): Insn {
	const i = new Insn(ASM, 0, 0, 0, 0);
	const uses: number[] = [];
	const operands: Operand[] = asm.outputs.map((_, at) => ({ kind: "def", at }));
	asm.inputs.forEach((input, at) => {
		const value = node.args[at];
		if (!value) return;
		operands.push(operand(c, input.constraint, value, results, uses, node));
	});
	i.uses = uses;
	i.defs = [...results];
	i.early = asm.outputs.some((o) => o.constraint.includes("&"));
	i.clobbers = clobbers(c, asm, node);
	i.asm = { asm, operands };
	i.volatile = true;
	i.place = node.place ?? c.place;
	if (i.clobbers !== 0) c.forget();
	return i;
}

function operand(
	c: Context,
	constraint: string,
	value: Node,
	results: readonly number[],
	uses: number[],
	node: Node,
): Operand {
	const register = (r: number): Operand => ({ kind: "use", at: uses.push(r) - 1 });
	const letters = constraint.replace(/[%&*#!?]/g, "");
	if (/^\d+$/.test(letters)) {
		const tied = results[Number(letters)];
		if (tied !== undefined) c.into(tied, value);
		uses.push(tied ?? c.use(value));
		return { kind: "def", at: Number(letters) };
	}
	if (/[inX]/.test(letters) && value.op === "const")
		return { kind: "text", text: `${value.value}` };
	if (/[isn]/.test(letters) && value.op === "global") {
		const more = value.offset === 0 ? "" : `+${value.offset}`;
		return { kind: "text", text: `${value.symbol}${more}` };
	}
	if (/[rwpgmX]/.test(letters)) return register(whole(c, value));
	c.problem("asm", `invalid operand for inline asm constraint '${constraint}'`, node);
	return { kind: "text", text: "0" };
}

/** The value with nothing of a wider one above it. */
function whole(c: Context, value: Node): number {
	const r = c.use(value);
	if (!cut(value) || !c.alu32 || c.zeroUpper.has(value)) return r;
	const d = c.fresh();
	c.zeroExtend(d, r);
	return d;
}

function clobbers(c: Context, asm: Asm, node: Node): number {
	let mask = 0;
	for (const name of asm.clobbers) {
		const register = /^[rw](\d)$/.exec(name)?.[1];
		if (register !== undefined) mask |= 1 << Number(register);
		else if (!/^(memory|cc|[rw]10|)$/.test(name))
			c.problem("asm", `unknown register name '${name}' in asm`, node);
	}
	return mask;
}
