// Statements in uBPF's mnemonics → items: `ldxw r0, [r1+4]`. The instruction table says what each mnemonic takes.

import type { InsnRow } from "../isa/index.ts";
import type { Cursor } from "./cursor.ts";
import type { Item } from "./item.ts";
import { rowsOf } from "./mnemonic.ts";
import { callee, immediate64, jumpTarget, newItem, number } from "./operand.ts";

/** Parses one statement whose first word is a mnemonic (`lock` and `call` take more words). */
export function parseUbpf(c: Cursor): Item {
	const mnemonic = takeMnemonic(c);
	const rows = rowsOf(mnemonic);
	const row = rows[0];
	if (!row) {
		c.fail("asm/unknown-instruction", `there is no instruction ${mnemonic}`);
		return newItem(0);
	}
	if (mnemonic === "lddw") {
		const dst = c.register();
		c.need(",");
		return immediate64(c, dst.number);
	}
	return operands(c, row, rows);
}

function takeMnemonic(c: Cursor): string {
	let mnemonic = c.next().text;
	if (mnemonic === "lock") {
		if (c.word("fetch")) mnemonic += " fetch";
		mnemonic += ` ${c.next().text}`;
	} else if (mnemonic === "call" && isMode(c)) mnemonic += ` ${c.next().text}`;
	return mnemonic;
}

/** `call local f`, not a call of something named local. */
function isMode(c: Cursor): boolean {
	return ["local", "runtime", "helper"].includes(c.peek.text) && c.ahead(1).kind !== "end";
}

/** True when this call is in uBPF's words. */
export function isUbpfCall(c: Cursor): boolean {
	return ["local", "runtime", "helper"].includes(c.ahead(1).text) && c.ahead(2).kind !== "end";
}

function fixed(row: InsnRow): Item {
	const { src, off, imm } = row.match;
	return newItem(row.opcode, { src: src ?? 0, off: off ?? 0, imm: imm ?? 0 });
}

function operands(c: Cursor, row: InsnRow, rows: readonly InsnRow[]): Item {
	const item = fixed(row);
	switch (row.shape) {
		case "alu-reg":
		case "alu-imm":
		case "jump-reg":
		case "jump-imm":
			return binary(c, rows);
		case "movsx":
			item.dst = c.register().number;
			c.need(",");
			item.src = c.register().number;
			return item;
		case "neg":
		case "swap":
		case "call-reg":
			item.dst = c.register().number;
			return item;
		case "cast":
			return cast(c, item);
		case "goto":
		case "may-goto":
			return jumpTarget(c, item, "off");
		case "gotol":
			return jumpTarget(c, item, "imm");
		case "call":
			return row.id === "call-helper"
				? callee(c)
				: row.id === "call-kfunc"
					? number(c, item, "imm")
					: jumpTarget(c, item, "imm");
		case "packet-abs":
			return number(c, item, "imm");
		case "packet-ind":
			item.src = c.register().number;
			c.need(",");
			return number(c, item, "imm");
		default:
			return access(c, row, item);
	}
}

function binary(c: Cursor, rows: readonly InsnRow[]): Item {
	const dst = c.register();
	c.need(",");
	const withRegister = c.atRegister();
	const row = rows.find((r) => r.shape.endsWith(withRegister ? "-reg" : "-imm"));
	const item = row ? fixed(row) : newItem(0);
	item.dst = dst.number;
	if (withRegister) item.src = c.register().number;
	else number(c, item, "imm", row?.bits === 64);
	if (!row?.shape.startsWith("jump")) return item;
	c.need(",");
	return jumpTarget(c, item, "off");
}

function cast(c: Cursor, item: Item): Item {
	item.dst = c.register().number;
	c.need(",");
	item.src = c.register().number;
	const spaces = [newItem(0), newItem(0)];
	for (const space of spaces) {
		c.need(",");
		number(c, space, "imm");
		if (space.pending || space.imm < 0 || space.imm > 0xffff)
			c.fail("asm/out-of-range", "an address space is a number from 0 to 65535");
	}
	item.imm = ((spaces[0]?.imm ?? 0) << 16) | (spaces[1]?.imm ?? 0);
	return item;
}

/** `[r1+4]`: the base comes back, the offset goes into the item. */
function cell(c: Cursor, item: Item): number {
	c.need("[");
	const base = c.register("a base register");
	if (c.peek.text !== "]") number(c, item, "off");
	c.need("]");
	return base.number;
}

function access(c: Cursor, row: InsnRow, item: Item): Item {
	if (row.shape === "exit") return item;
	if (row.shape === "load" || row.shape === "load-acquire") {
		item.dst = c.register().number;
		c.need(",");
		item.src = cell(c, item);
		return item;
	}
	item.dst = cell(c, item);
	c.need(",");
	if (row.shape === "store-imm") return number(c, item, "imm", row.bits === 64);
	item.src = c.register().number;
	return item;
}
