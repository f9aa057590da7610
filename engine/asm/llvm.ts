// Statements in LLVM's syntax and in the verifier's log → items: `r0 = *(u32 *)(r1 + 4)`, `if w1 s> 5 goto out`.

import {
	ALU_OPERATORS,
	BPF_ALU,
	BPF_ALU64,
	BPF_END,
	BPF_JA,
	BPF_JCOND,
	BPF_JMP,
	BPF_JMP32,
	BPF_K,
	BPF_MOV,
	BPF_NEG,
	BPF_X,
	instruction,
	JUMP_OPERATORS,
	SIGNED_OPERATORS,
} from "../isa/index.ts";
import { accessOf, store, storeRelease } from "./access.ts";
import type { Cursor, Register } from "./cursor.ts";
import { isFunction } from "./expr.ts";
import type { Item } from "./item.ts";
import { callee, immediate64, jumpTarget, newItem, number, wideNumber } from "./operand.ts";

const assignments: ReadonlyMap<string, { code: number; off: number }> = new Map<
	string,
	{ code: number; off: number }
>([
	...ALU_OPERATORS.map((o) => [o.text, { code: o.code, off: 0 }] as const),
	...SIGNED_OPERATORS.map((o) => [o.text, { code: o.code, off: 1 }] as const),
]);
const comparisons: ReadonlyMap<string, number> = new Map(
	JUMP_OPERATORS.map((o) => [o.text, o.code]),
);

/** True when a statement beginning with this word is of this dialect, registers aside. */
export function isKeyword(word: string): boolean {
	return keywords.has(word);
}

type Statement = (c: Cursor) => Item;

const keywords: ReadonlyMap<string, Statement> = new Map<string, Statement>([
	["if", conditional],
	["goto", (c) => jumpTarget(c, newItem(BPF_JMP | BPF_JA), "off")],
	["gotol", (c) => jumpTarget(c, newItem(BPF_JMP32 | BPF_JA), "imm")],
	["may_goto", (c) => jumpTarget(c, newItem(BPF_JMP | BPF_JCOND), "off")],
	["goto_or_nop", (c) => jumpTarget(c, newItem(BPF_JMP | BPF_JCOND, { src: 1 }), "off")],
	["call", callee],
	["callx", (c) => indirect(c, "callx")],
	["gotox", (c) => indirect(c, "gotox")],
	["exit", () => newItem(instruction("exit")?.opcode ?? 0)],
	["lock", (c) => store(c, true)],
	["store_release", storeRelease],
]);

export const keywordNames: readonly string[] = [...keywords.keys()];

/** Parses one statement; the caller has seen that it begins as one of this dialect does. `log`: from a log line. */
export function parseLlvm(c: Cursor, log: number | undefined): Item {
	if (c.peek.text === "*") return store(c, false);
	if (c.atRegister()) return assignment(c, log);
	const statement = keywords.get(c.next().text);
	return statement ? statement(c) : newItem(0);
}

function indirect(c: Cursor, id: string): Item {
	return newItem(instruction(id)?.opcode ?? 0, { dst: c.registerOf(true).number });
}

/** An operator, those of signed operations included, which are two tokens: `s` and the rest. */
function operator(c: Cursor): string {
	const token = c.peek;
	if (token.text !== "s") return token.text;
	const rest = c.ahead(1);
	return rest.kind === "mark" && rest.start === token.end ? `s${rest.text}` : "s";
}

function takeOperator(c: Cursor, text: string): void {
	c.next();
	if (text.length > 1 && text.startsWith("s")) c.next();
}

function assignment(c: Cursor, log: number | undefined): Item {
	const dst = c.register();
	const text = operator(c);
	const how = assignments.get(text);
	if (!how) {
		const hint = text === "==" ? ["="] : [];
		c.fail(
			"asm/syntax",
			`expected an operator such as = or += after ${dst.token.text}, found ${c.found()}`,
			c.peek,
			c.peek,
			hint[0],
		);
		return newItem(0);
	}
	takeOperator(c, text);
	if (text === "=") return move(c, dst, log);
	const opcode = (dst.wide ? BPF_ALU64 : BPF_ALU) | how.code;
	const item = newItem(opcode, { dst: dst.number, off: how.off });
	return source(c, item, dst.wide);
}

/** The second operand of arithmetic or of a comparison. */
function source(c: Cursor, item: Item, wide: boolean): Item {
	if (!c.atRegister()) return number(c, { ...item, opcode: item.opcode | BPF_K }, "imm", wide);
	const src = c.registerOf(wide);
	return { ...item, opcode: item.opcode | BPF_X, src: src.number };
}

function move(c: Cursor, dst: Register, log: number | undefined): Item {
	const token = c.peek;
	if (token.text === "-" && c.ahead(1).kind === "name" && /^[rRwW]\d+$/.test(c.ahead(1).text))
		return negate(c, dst);
	if (token.text === "(" && /^s\d/.test(c.ahead(1).text) && c.ahead(2).text === ")")
		return signExtend(c, dst);
	if (token.text === "*") return accessOf(c, dst);
	if (token.kind === "name" && !c.atRegister()) {
		const item = named(c, dst, token.text);
		if (item) return item;
	}
	const opcode = (dst.wide ? BPF_ALU64 : BPF_ALU) | BPF_MOV;
	const item = newItem(opcode, { dst: dst.number });
	if (c.atRegister()) return source(c, item, dst.wide);
	return moveNumber(c, dst, item, log);
}

function moveNumber(c: Cursor, dst: Register, item: Item, log: number | undefined): Item {
	const from = c.peek;
	const wide = dst.wide;
	const short = number(c, item, "imm", wide);
	const to = c.previous;
	const ll = c.word("ll");
	if (!ll && log !== 0x18) return short;
	if (!wide) {
		c.fail(
			"asm/register-width",
			`a 64-bit immediate needs the whole register r${dst.number}`,
			dst.token,
			dst.token,
			`r${dst.number}`,
		);
		return short;
	}
	const long = newItem(0x18, { dst: dst.number, next: 0 });
	const waiting = short.pending?.[0];
	if (waiting?.kind === "value") return wideNumber(long, waiting.expr, from, to);
	return wideNumber(long, { kind: "number", value: BigInt(short.imm) }, from, to);
}

function negate(c: Cursor, dst: Register): Item {
	c.next();
	const src = c.registerOf(dst.wide);
	if (!c.error && src.number !== dst.number)
		c.fail(
			"asm/syntax",
			`expected ${dst.token.text}: negation works in place`,
			src.token,
			src.token,
			dst.token.text,
		);
	return newItem((dst.wide ? BPF_ALU64 : BPF_ALU) | BPF_NEG, { dst: dst.number });
}

function signExtend(c: Cursor, dst: Register): Item {
	c.next();
	const type = c.next();
	c.next();
	const bits = Number(type.text.slice(1));
	const fits = bits === 8 || bits === 16 || (bits === 32 && dst.wide);
	if (!fits)
		c.fail(
			"asm/syntax",
			`expected (s8), (s16)${dst.wide ? " or (s32)" : ""}, found (${type.text})`,
			type,
		);
	const src = c.registerOf(dst.wide);
	return newItem((dst.wide ? BPF_ALU64 : BPF_ALU) | BPF_MOV | BPF_X, {
		dst: dst.number,
		src: src.number,
		off: bits,
	});
}

/** `dst = name ...` where the name is an operation; undefined when it is not, then it is a symbol. */
function named(c: Cursor, dst: Register, word: string): Item | undefined {
	const swap = /^(le|be|bswap)(\d+)$/.exec(word);
	if (swap) return swapBytes(c, dst, swap[1] ?? "", Number(swap[2]));
	const next = c.ahead(1).text;
	if (word === "addr_space_cast" && next === "(") return addressSpaceCast(c, dst);
	if (next === "[" && (word === "map" || word === "btf" || word === "func")) {
		const item = immediate64(c, dst.number);
		c.word("ll");
		return item;
	}
	return next === "(" && !isFunction(word) ? accessOf(c, dst) : undefined;
}

function swapBytes(c: Cursor, dst: Register, order: string, bits: number): Item {
	const operation = c.next();
	if (bits !== 16 && bits !== 32 && bits !== 64)
		c.fail("asm/syntax", `expected ${order}16, ${order}32 or ${order}64`, operation);
	if (!dst.wide)
		c.fail(
			"asm/register-width",
			`byte swaps work on the whole register: expected r${dst.number}`,
			dst.token,
			dst.token,
			`r${dst.number}`,
		);
	const src = c.registerOf(true);
	if (!c.error && src.number !== dst.number)
		c.fail(
			"asm/syntax",
			`expected ${dst.token.text}: byte swaps work in place`,
			src.token,
			src.token,
			dst.token.text,
		);
	const opcode =
		order === "bswap" ? BPF_ALU64 | BPF_END : BPF_ALU | BPF_END | (order === "be" ? BPF_X : BPF_K);
	return newItem(opcode, { dst: dst.number, imm: bits });
}

function addressSpaceCast(c: Cursor, dst: Register): Item {
	c.next();
	c.next();
	const src = c.registerOf(true);
	c.need(",");
	const from = newItem(0);
	number(c, from, "imm");
	c.need(",");
	const into = newItem(0);
	number(c, into, "imm");
	c.need(")");
	const wrong = [from, into].some((s) => s.pending || s.imm < 0 || s.imm > 0xffff);
	if (wrong) c.fail("asm/out-of-range", "an address space is a number from 0 to 65535", src.token);
	return newItem(BPF_ALU64 | BPF_MOV | BPF_X, {
		dst: dst.number,
		src: src.number,
		off: 1,
		imm: (from.imm << 16) | into.imm,
	});
}

function conditional(c: Cursor): Item {
	const dst = c.register();
	const text = operator(c);
	const code = comparisons.get(text);
	if (code === undefined) {
		const fix = text === "=" ? "==" : undefined;
		c.fail(
			"asm/syntax",
			`expected a comparison such as == or s< after ${dst.token.text}, found ${c.found()}`,
			c.peek,
			c.peek,
			fix,
		);
		return newItem(0);
	}
	takeOperator(c, text);
	const opcode = (dst.wide ? BPF_JMP : BPF_JMP32) | code;
	const item = source(c, newItem(opcode, { dst: dst.number }), dst.wide);
	c.need("goto");
	return jumpTarget(c, item, "off");
}
