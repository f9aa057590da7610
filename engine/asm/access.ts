// Memory in LLVM's syntax: loads, stores, packet loads and atomic operations.

import {
	ATOMIC_OPERATORS,
	BPF_ABS,
	BPF_ATOMIC,
	BPF_CMPXCHG,
	BPF_FETCH,
	BPF_IND,
	BPF_LD,
	BPF_LDX,
	BPF_LOAD_ACQ,
	BPF_MEM,
	BPF_MEMSX,
	BPF_ST,
	BPF_STORE_REL,
	BPF_STX,
	BPF_XCHG,
	SIZES,
} from "../isa/index.ts";
import type { Cursor, Register } from "./cursor.ts";
import type { Item } from "./item.ts";
import { newItem, number } from "./operand.ts";
import { nearest } from "./suggest.ts";

interface Width {
	readonly bits: number;
	readonly size: number;
	readonly signed: boolean;
}

const widths: ReadonlyMap<string, Width> = new Map<string, Width>(
	SIZES.flatMap(({ bits, code }): [string, Width][] => [
		[`u${bits}`, { bits, size: code, signed: false }],
		...(bits < 64 ? [[`s${bits}`, { bits, size: code, signed: true }] as [string, Width]] : []),
	]),
);
const noWidth: Width = { bits: 64, size: 0, signed: false };

/** `(u32 *)`. */
function pointerType(c: Cursor): Width {
	c.need("(");
	const token = c.peek;
	const width = token.kind === "name" ? widths.get(token.text) : undefined;
	if (!width) {
		const names = [...widths.keys()].join(", ");
		c.fail("asm/syntax", `expected a type, one of ${names}, found ${c.found()}`);
		return noWidth;
	}
	c.next();
	c.need("*");
	c.need(")");
	return width;
}

/** `r1 + 4` up to the closing bracket; the base comes back, the offset goes into the item. */
function address(c: Cursor, item: Item): number {
	const base = c.registerOf(true, "a base register");
	if (c.peek.text === "+" && c.ahead(1).text !== "-") c.next();
	if (c.peek.text !== ")" && c.peek.text !== ",") number(c, item, "off");
	return base.number;
}

/** A register that holds a value of `bits`: the log calls it r, LLVM w. */
function valueRegister(c: Cursor, bits: number): Register {
	return bits === 64 ? c.registerOf(true) : c.register();
}

/** What can stand to the right of `dst =` and touches memory. */
export function accessOf(c: Cursor, dst: Register): Item {
	if (c.peek.text === "*") return load(c, dst);
	const token = c.next();
	const atomic = atomicOf(token.text);
	if (!atomic) {
		const fix = nearest(token.text, operationNames);
		const hint = fix === undefined ? "" : `; did you mean ${fix}?`;
		const message = `there is no operation ${token.text}(...)${hint}`;
		c.fail("asm/unknown-instruction", message, token, token, fix);
		return newItem(0);
	}
	if (atomic.imm === BPF_LOAD_ACQ) return loadAcquire(c, dst);
	return fetch(c, dst, atomic);
}

function load(c: Cursor, dst: Register): Item {
	c.next();
	const width = pointerType(c);
	if (c.word("skb")) return packetLoad(c, dst, width);
	if (!dst.wide && (width.bits === 64 || width.signed))
		c.fail(
			"asm/register-width",
			`this load fills the whole register: expected r${dst.number}`,
			dst.token,
			dst.token,
			`r${dst.number}`,
		);
	const mode = width.signed ? BPF_MEMSX : BPF_MEM;
	const item = newItem(BPF_LDX | mode | width.size, { dst: dst.number });
	c.need("(");
	item.src = address(c, item);
	c.need(")");
	return item;
}

function packetLoad(c: Cursor, dst: Register, width: Width): Item {
	if (dst.number !== 0)
		c.fail("asm/syntax", "packet loads give their result in r0", dst.token, dst.token, "r0");
	if (width.bits === 64 || width.signed)
		c.fail("asm/syntax", "packet loads are of u8, u16 or u32", dst.token);
	const item = newItem(BPF_LD | BPF_ABS | width.size);
	c.need("[");
	if (c.atRegister()) {
		item.opcode = BPF_LD | BPF_IND | width.size;
		item.src = c.registerOf(true).number;
		if (c.peek.text !== "]") number(c, item, "imm");
	} else number(c, item, "imm");
	c.need("]");
	return item;
}

/** `*(u32 *)(r1 + 4) = ...`; after `lock` an atomic operation. */
export function store(c: Cursor, locked: boolean): Item {
	c.need("*");
	const width = pointerType(c);
	const item = newItem(BPF_STX | BPF_MEM | width.size);
	if (width.signed) c.fail("asm/syntax", "stores are of u8, u16, u32 or u64", c.peek);
	c.need("(");
	item.dst = address(c, item);
	c.need(")");
	if (locked) return atomic(c, item, width);
	c.need("=");
	if (c.atRegister()) return { ...item, src: valueRegister(c, width.bits).number };
	return number(c, { ...item, opcode: BPF_ST | BPF_MEM | width.size }, "imm", width.bits === 64);
}

function atomic(c: Cursor, item: Item, width: Width): Item {
	const operator = ATOMIC_OPERATORS.find((o) => o.text === c.peek.text);
	if (!operator) {
		c.fail("asm/syntax", `expected +=, |=, &= or ^= after lock, found ${c.found()}`);
		return item;
	}
	if (width.bits < 32) c.fail("asm/syntax", "atomic operations are of u32 or u64", c.peek);
	c.next();
	const src = valueRegister(c, width.bits);
	return {
		...item,
		opcode: BPF_STX | BPF_ATOMIC | width.size,
		src: src.number,
		imm: operator.code,
	};
}

/** An atomic operation written as a function. `bits` where the name says it, as LLVM's xchg does. */
interface AtomicName {
	readonly imm: number;
	readonly bits?: number;
}

const operationNames: readonly string[] = [
	...ATOMIC_OPERATORS.map((o) => `atomic_fetch_${o.name}`),
	"xchg_64",
	"xchg32_32",
	"cmpxchg_64",
	"cmpxchg32_32",
	"load_acquire",
	"addr_space_cast",
];

function atomicOf(word: string): AtomicName | undefined {
	if (word === "load_acquire") return { imm: BPF_LOAD_ACQ };
	const fetched = /^atomic(64)?_fetch_(add|or|and|xor)$/.exec(word);
	if (fetched) {
		const operator = ATOMIC_OPERATORS.find((o) => o.name === fetched[2]);
		return { imm: (operator?.code ?? 0) | BPF_FETCH };
	}
	const exchange = /^(?:atomic(64)?_)?(xchg|cmpxchg)(_64|32_32|_32)?$/.exec(word);
	if (!exchange) return undefined;
	const bits = exchange[3] === undefined ? {} : { bits: exchange[3] === "_64" ? 64 : 32 };
	return { imm: exchange[2] === "xchg" ? BPF_XCHG : BPF_CMPXCHG, ...bits };
}

/** `(u64 *)(r1 + 0)`, or LLVM's bare `r1 + 0` where the name says the width. */
function cell(c: Cursor, item: Item, bits: number | undefined): { width: Width; base: number } {
	let width = widths.get(`u${bits ?? 64}`) ?? noWidth;
	const typed = c.peek.text === "(";
	if (typed) {
		width = pointerType(c);
		c.need("(");
	}
	const base = address(c, item);
	if (typed) c.need(")");
	return { width, base };
}

function fetch(c: Cursor, dst: Register, name: AtomicName): Item {
	const item = newItem(0, { imm: name.imm });
	c.need("(");
	const { width, base } = cell(c, item, name.bits);
	if (width.bits < 32 || width.signed) c.fail("asm/syntax", "atomic operations are of u32 or u64");
	c.need(",");
	item.opcode = BPF_STX | BPF_ATOMIC | width.size;
	item.dst = base;
	if (name.imm === BPF_CMPXCHG) {
		if (dst.number !== 0)
			c.fail("asm/syntax", "cmpxchg gives its result in r0", dst.token, dst.token, "r0");
		const expected = valueRegister(c, width.bits);
		if (expected.number !== 0)
			c.fail("asm/syntax", "cmpxchg compares with r0", expected.token, expected.token, "r0");
		c.need(",");
	}
	const src = valueRegister(c, width.bits);
	if (name.imm !== BPF_CMPXCHG && src.number !== dst.number)
		c.fail(
			"asm/syntax",
			`expected ${dst.token.text}: the old value replaces the operand`,
			src.token,
			src.token,
			dst.token.text,
		);
	c.need(")");
	item.src = src.number;
	return item;
}

function loadAcquire(c: Cursor, dst: Register): Item {
	const item = newItem(0, { dst: dst.number, imm: BPF_LOAD_ACQ });
	c.need("(");
	const { width, base } = cell(c, item, undefined);
	c.need(")");
	item.opcode = BPF_STX | BPF_ATOMIC | width.size;
	item.src = base;
	return item;
}

export function storeRelease(c: Cursor): Item {
	const item = newItem(0, { imm: BPF_STORE_REL });
	c.need("(");
	const { width, base } = cell(c, item, undefined);
	c.need(",");
	item.opcode = BPF_STX | BPF_ATOMIC | width.size;
	item.dst = base;
	item.src = valueRegister(c, width.bits).number;
	c.need(")");
	return item;
}
