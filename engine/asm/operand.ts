// Operands that the dialects share: numbers that must fit a field, jump targets, callees, 64-bit immediates.

import { helperByName } from "../abi/index.ts";
import { highHalf, lowHalf } from "../base/index.ts";
import {
	BPF_CALL,
	BPF_JMP,
	BPF_PSEUDO_BTF_ID,
	BPF_PSEUDO_CALL,
	BPF_PSEUDO_FUNC,
	BPF_PSEUDO_KFUNC_CALL,
	BPF_PSEUDO_MAP_FD,
	BPF_PSEUDO_MAP_IDX,
	BPF_PSEUDO_MAP_IDX_VALUE,
	BPF_PSEUDO_MAP_VALUE,
	LD_IMM64,
} from "../isa/index.ts";
import { constant } from "./constants.ts";
import type { Cursor } from "./cursor.ts";
import { type Expr, evaluate, isFault, parseExpr } from "./expr.ts";
import type { Item, Pending } from "./item.ts";
import type { Token } from "./token.ts";

const nowhere = { file: "", start: 0, end: 0, line: 1, column: 1 };

export function newItem(opcode: number, fields: Partial<Item> = {}): Item {
	return { opcode, dst: 0, src: 0, off: 0, imm: 0, span: nowhere, ...fields };
}

export function wait(item: Item, pending: Pending): Item {
	if (item.pending) item.pending.push(pending);
	else item.pending = [pending];
	return item;
}

/** Parses an expression into `field`; `sign` when a 64-bit operation extends its sign. */
export function number(c: Cursor, item: Item, field: "off" | "imm", sign = false): Item {
	const from = c.peek;
	const expr = parseExpr(c);
	if (c.error) return item;
	const limit = field === "off" ? 0x7fffn : 0x7fffffffn;
	if (expr.kind === "number" && expr.value <= limit && expr.value >= -limit) {
		item[field] = Number(expr.value);
		return item;
	}
	return wait(item, { kind: "value", field, expr, sign, from, to: c.previous });
}

/** A jump target: label, numeric label, `+3`, `pc+3`. */
export function jumpTarget(c: Cursor, item: Item, field: "off" | "imm"): Item {
	const token = c.peek;
	if (token.kind === "local") {
		c.next();
		return wait(item, { kind: "jump", field, target: { kind: "local", token } });
	}
	if (token.kind === "name" && !isDistance(c)) {
		c.next();
		return wait(item, { kind: "jump", field, target: { kind: "label", token } });
	}
	if (token.text === "pc") c.next();
	if (!["+", "-", "("].includes(c.peek.text) && c.peek.kind !== "number")
		c.fail("asm/syntax", `expected a label or a distance such as +3, found ${c.found()}`);
	number(c, item, field);
	return item;
}

/** `pc+3`, the kernel's way. */
function isDistance(c: Cursor): boolean {
	return c.peek.text === "pc" && ["+", "-"].includes(c.ahead(1).text);
}

/** The operand of `call`: helper name or number, label, `pc+3`, `kfunc(5)`, the kernel's `name#1`. */
export function callee(c: Cursor): Item {
	const item = newItem(BPF_JMP | BPF_CALL);
	const token = c.peek;
	if (token.kind === "local") return jumpTarget(c, { ...item, src: BPF_PSEUDO_CALL }, "imm");
	if (isDistance(c)) return jumpTarget(c, { ...item, src: BPF_PSEUDO_CALL }, "imm");
	if (c.done) c.fail("asm/syntax", "expected a helper, a function or a number after call");
	if (token.kind !== "name") return number(c, item, "imm");
	if (token.text === "kfunc" && c.ahead(1).text === "(") {
		c.next();
		c.next();
		number(c, item, "imm");
		c.need(")");
		return { ...item, src: BPF_PSEUDO_KFUNC_CALL };
	}
	c.next();
	if (c.mark("#")) return numbered(c, item, token);
	return wait(item, { kind: "jump", field: "imm", target: { kind: "label", token } });
}

/** `name#imm`: a helper when the number is its own, otherwise a kfunc by BTF id. */
function numbered(c: Cursor, item: Item, token: Token): Item {
	number(c, item, "imm");
	const helper = helperByName(token.text);
	if (token.text !== "unknown" && helper?.id !== item.imm) item.src = BPF_PSEUDO_KFUNC_CALL;
	return item;
}

/** A 64-bit immediate: number, label, map; `map[...]`, `btf[...]`, `func[...]` as the printers write them. */
export function immediate64(c: Cursor, dst: number): Item {
	const item = newItem(LD_IMM64, { dst, next: 0 });
	const word = c.peek.kind === "name" ? c.peek.text : "";
	if (c.ahead(1).text === "[") {
		if (word === "map") return mapOperand(c, item);
		if (word === "btf") return btfOperand(c, item);
		if (word === "func") return funcOperand(c, item);
	}
	if (word === "map" && c.ahead(1).kind === "name") {
		c.next();
		return wait(item, { kind: "map", token: c.next() });
	}
	const from = c.peek;
	const expr = parseExpr(c);
	return wideNumber(item, expr, from, c.previous);
}

export function wideNumber(item: Item, expr: Expr, from: Token, to: Token): Item {
	if (expr.kind !== "number") return wait(item, { kind: "wide", expr, from, to });
	if (expr.value >= 1n << 64n || expr.value < -(1n << 63n))
		return wait(item, { kind: "wide", expr, from, to });
	item.imm = lowHalf(expr.value);
	item.next = highHalf(expr.value);
	return item;
}

function mapOperand(c: Cursor, item: Item): Item {
	c.next();
	c.next();
	const kind = c.ahead(1).text === ":" ? c.peek.text : "";
	if (kind === "fd" || kind === "idx") {
		c.next();
		c.next();
		number(c, item, "imm");
	} else if (c.peek.kind === "name") wait(item, { kind: "map", token: c.next() });
	else c.fail("asm/syntax", `expected the name of a map, found ${c.found()}`);
	c.need("]");
	const value = c.mark("[");
	if (value) {
		if (c.peek.value !== 0n) c.fail("asm/syntax", `expected [0], found ${c.found()}`);
		c.next();
		c.need("]");
	}
	if (kind === "idx") item.src = value ? BPF_PSEUDO_MAP_IDX_VALUE : BPF_PSEUDO_MAP_IDX;
	else item.src = value ? BPF_PSEUDO_MAP_VALUE : BPF_PSEUDO_MAP_FD;
	if (value && (c.peek.text === "+" || c.peek.text === "-")) {
		const offset = settled(c);
		item.next = lowHalf(offset);
	}
	return item;
}

/** An expression that must have its value at once. */
function settled(c: Cursor): bigint {
	const from = c.peek;
	const value = evaluate(parseExpr(c), (token) => {
		const found = constant(token.text);
		return found === undefined ? undefined : { value: found };
	});
	if (!isFault(value)) return value.value;
	c.fail("asm/syntax", `expected a number: ${value.message}`, from);
	return 0n;
}

function btfOperand(c: Cursor, item: Item): Item {
	c.next();
	c.next();
	number(c, item, "imm");
	if (c.mark(",")) item.next = lowHalf(settled(c));
	c.need("]");
	return { ...item, src: BPF_PSEUDO_BTF_ID };
}

function funcOperand(c: Cursor, item: Item): Item {
	c.next();
	c.next();
	jumpTarget(c, item, "imm");
	c.need("]");
	return { ...item, src: BPF_PSEUDO_FUNC };
}
