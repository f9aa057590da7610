// The kernel's instruction macros (include/linux/filter.h) → items: `BPF_MOV64_IMM(BPF_REG_0, 2)`, one or several a line,
// commas between them. Read only: nothing prints them.

import { highHalf, lowHalf } from "../base/index.ts";
import * as B from "../isa/index.ts";
import { constant } from "./constants.ts";
import type { Cursor } from "./cursor.ts";
import { evaluate, isFault, parseExpr } from "./expr.ts";
import type { Item } from "./item.ts";
import { newItem, wait } from "./operand.ts";
import { nearest } from "./suggest.ts";
import type { Token } from "./token.ts";

/** One argument: its number, or the name of a map. */
interface Argument {
	readonly value: bigint;
	readonly map?: Token;
	readonly token: Token;
}

interface Macro {
	/** Parameters in their order; the names are those of the instruction's fields, or of what `make` takes. */
	readonly parameters: readonly string[];
	readonly make: (n: (parameter: string) => number, a: readonly Argument[]) => Item;
}

const alu =
	(base: number, source: number): Macro["make"] =>
	(n) =>
		newItem(base | (n("op") & 0xf0) | source, {
			dst: n("dst"),
			src: source ? n("src") : 0,
			off: n("off"),
			imm: source ? 0 : n("imm"),
		});
const fixed =
	(opcode: number): Macro["make"] =>
	(n) =>
		newItem(opcode, { dst: n("dst"), src: n("src"), off: n("off"), imm: n("imm") });
const sized =
	(base: number): Macro["make"] =>
	(n) =>
		newItem(base | (n("size") & 0x18), {
			dst: n("dst"),
			src: n("src"),
			off: n("off"),
			imm: n("imm"),
		});
const moved =
	(base: number): Macro["make"] =>
	(n) =>
		newItem(base | B.BPF_MOV | (n("type") & 8), { dst: n("dst"), src: n("src"), imm: n("imm") });
const wide = (item: Item, value: bigint): Item => ({
	...item,
	imm: lowHalf(value),
	next: highHalf(value),
});

const { BPF_ALU, BPF_ALU64, BPF_JMP, BPF_JMP32, BPF_K, BPF_MOV, BPF_X } = B;

const macros: Readonly<Record<string, Macro>> = {
	BPF_ALU64_REG: { parameters: ["op", "dst", "src"], make: alu(BPF_ALU64, BPF_X) },
	BPF_ALU32_REG: { parameters: ["op", "dst", "src"], make: alu(BPF_ALU, BPF_X) },
	BPF_ALU64_IMM: { parameters: ["op", "dst", "imm"], make: alu(BPF_ALU64, BPF_K) },
	BPF_ALU32_IMM: { parameters: ["op", "dst", "imm"], make: alu(BPF_ALU, BPF_K) },
	BPF_ALU64_REG_OFF: { parameters: ["op", "dst", "src", "off"], make: alu(BPF_ALU64, BPF_X) },
	BPF_ALU32_REG_OFF: { parameters: ["op", "dst", "src", "off"], make: alu(BPF_ALU, BPF_X) },
	BPF_ALU64_IMM_OFF: { parameters: ["op", "dst", "imm", "off"], make: alu(BPF_ALU64, BPF_K) },
	BPF_ALU32_IMM_OFF: { parameters: ["op", "dst", "imm", "off"], make: alu(BPF_ALU, BPF_K) },
	BPF_ENDIAN: {
		parameters: ["type", "dst", "imm"],
		make: (n) => newItem(BPF_ALU | B.BPF_END | (n("type") & 8), { dst: n("dst"), imm: n("imm") }),
	},
	BPF_BSWAP: { parameters: ["dst", "imm"], make: fixed(BPF_ALU64 | B.BPF_END) },
	BPF_MOV64_REG: { parameters: ["dst", "src"], make: fixed(BPF_ALU64 | BPF_MOV | BPF_X) },
	BPF_MOV32_REG: { parameters: ["dst", "src"], make: fixed(BPF_ALU | BPF_MOV | BPF_X) },
	BPF_MOV64_IMM: { parameters: ["dst", "imm"], make: fixed(BPF_ALU64 | BPF_MOV) },
	BPF_MOV32_IMM: { parameters: ["dst", "imm"], make: fixed(BPF_ALU | BPF_MOV) },
	BPF_MOVSX64_REG: { parameters: ["dst", "src", "off"], make: fixed(BPF_ALU64 | BPF_MOV | BPF_X) },
	BPF_MOVSX32_REG: { parameters: ["dst", "src", "off"], make: fixed(BPF_ALU | BPF_MOV | BPF_X) },
	BPF_MOV64_RAW: { parameters: ["type", "dst", "src", "imm"], make: moved(BPF_ALU64) },
	BPF_MOV32_RAW: { parameters: ["type", "dst", "src", "imm"], make: moved(BPF_ALU) },
	BPF_ZEXT_REG: {
		parameters: ["dst"],
		make: (n) => newItem(BPF_ALU | BPF_MOV | BPF_X, { dst: n("dst"), src: n("dst"), imm: 1 }),
	},
	BPF_LD_ABS: { parameters: ["size", "imm"], make: sized(B.BPF_LD | B.BPF_ABS) },
	BPF_LD_IND: { parameters: ["size", "src", "imm"], make: sized(B.BPF_LD | B.BPF_IND) },
	BPF_LDX_MEM: { parameters: ["size", "dst", "src", "off"], make: sized(B.BPF_LDX | B.BPF_MEM) },
	BPF_LDX_MEMSX: {
		parameters: ["size", "dst", "src", "off"],
		make: sized(B.BPF_LDX | B.BPF_MEMSX),
	},
	BPF_STX_MEM: { parameters: ["size", "dst", "src", "off"], make: sized(B.BPF_STX | B.BPF_MEM) },
	BPF_ST_MEM: { parameters: ["size", "dst", "off", "imm"], make: sized(B.BPF_ST | B.BPF_MEM) },
	BPF_ATOMIC_OP: {
		parameters: ["size", "imm", "dst", "src", "off"],
		make: sized(B.BPF_STX | B.BPF_ATOMIC),
	},
	BPF_STX_XADD: {
		parameters: ["size", "dst", "src", "off"],
		make: sized(B.BPF_STX | B.BPF_ATOMIC),
	},
	BPF_JMP_REG: { parameters: ["op", "dst", "src", "off"], make: alu(BPF_JMP, BPF_X) },
	BPF_JMP32_REG: { parameters: ["op", "dst", "src", "off"], make: alu(BPF_JMP32, BPF_X) },
	BPF_JMP_IMM: { parameters: ["op", "dst", "imm", "off"], make: alu(BPF_JMP, BPF_K) },
	BPF_JMP32_IMM: { parameters: ["op", "dst", "imm", "off"], make: alu(BPF_JMP32, BPF_K) },
	BPF_JMP_A: { parameters: ["off"], make: fixed(BPF_JMP | B.BPF_JA) },
	BPF_JMP32_A: { parameters: ["imm"], make: fixed(BPF_JMP32 | B.BPF_JA) },
	BPF_EMIT_CALL: { parameters: ["imm"], make: fixed(BPF_JMP | B.BPF_CALL) },
	BPF_CALL_REL: {
		parameters: ["imm"],
		make: (n) => newItem(BPF_JMP | B.BPF_CALL, { src: B.BPF_PSEUDO_CALL, imm: n("imm") }),
	},
	BPF_CALL_KFUNC: {
		parameters: ["off", "imm"],
		make: (n) =>
			newItem(BPF_JMP | B.BPF_CALL, {
				src: B.BPF_PSEUDO_KFUNC_CALL,
				off: n("off"),
				imm: n("imm"),
			}),
	},
	BPF_EXIT_INSN: { parameters: [], make: fixed(BPF_JMP | B.BPF_EXIT) },
	BPF_RAW_INSN: {
		parameters: ["code", "dst", "src", "off", "imm"],
		make: (n) =>
			newItem(n("code") & 255, { dst: n("dst"), src: n("src"), off: n("off"), imm: n("imm") }),
	},
	BPF_LD_IMM64: {
		parameters: ["dst", "imm"],
		make: (n, a) => wide(newItem(B.LD_IMM64, { dst: n("dst") }), a[1]?.value ?? 0n),
	},
	BPF_LD_IMM64_RAW: {
		parameters: ["dst", "src", "imm"],
		make: (n, a) => wide(newItem(B.LD_IMM64, { dst: n("dst"), src: n("src") }), a[2]?.value ?? 0n),
	},
	BPF_LD_IMM64_RAW_FULL: {
		parameters: ["dst", "src", "off", "off2", "imm", "next"],
		make: (n) =>
			newItem(B.LD_IMM64, {
				dst: n("dst"),
				src: n("src"),
				off: n("off"),
				imm: n("imm"),
				next: n("next"),
			}),
	},
	BPF_LD_MAP_FD: { parameters: ["dst", "map"], make: (n, a) => mapLoad(n("dst"), a[1], undefined) },
	BPF_LD_MAP_VALUE: {
		parameters: ["dst", "map", "offset"],
		make: (n, a) => mapLoad(n("dst"), a[1], n("offset")),
	},
};

function mapLoad(dst: number, map: Argument | undefined, offset: number | undefined): Item {
	const src = offset === undefined ? B.BPF_PSEUDO_MAP_FD : B.BPF_PSEUDO_MAP_VALUE;
	const item = newItem(B.LD_IMM64, { dst, src, next: offset ?? 0 });
	if (map?.map) return wait(item, { kind: "map", token: map.map });
	return { ...item, imm: lowHalf(map?.value ?? 0n) };
}

export const macroNames: readonly string[] = Object.keys(macros);

export function isMacro(word: string): boolean {
	return Object.hasOwn(macros, word);
}

/** Parses the macros of one statement. */
export function parseMacros(c: Cursor): Item[] {
	const items: Item[] = [];
	while (!c.done && !c.error) {
		const token = c.next();
		const macro = Object.hasOwn(macros, token.text) ? macros[token.text] : undefined;
		if (!macro) {
			const fix = nearest(token.text, macroNames);
			const hint = fix === undefined ? "" : `; did you mean ${fix}?`;
			const message = `there is no instruction macro ${token.text}${hint}`;
			c.fail("asm/unknown-instruction", message, token, token, fix);
			break;
		}
		items.push(call(c, token, macro));
		if (!c.mark(",") && !c.done)
			c.fail("asm/syntax", `expected a comma or the end of the line, found ${c.found()}`);
	}
	return items;
}

function call(c: Cursor, name: Token, macro: Macro): Item {
	const args: Argument[] = [];
	c.need("(");
	while (!c.error && c.peek.text !== ")") {
		args.push(argument(c, macro.parameters[args.length] === "map"));
		if (c.peek.text !== ")") c.need(",");
	}
	c.need(")");
	const { parameters } = macro;
	if (!c.error && args.length !== parameters.length)
		c.fail(
			"asm/syntax",
			`${name.text} takes ${parameters.length} arguments (${parameters.join(", ")}), found ${args.length}`,
			name,
		);
	if (c.error) return newItem(0);
	parameters.forEach((parameter, i) => {
		checkRange(c, parameter, args[i]);
	});
	const n = (parameter: string) =>
		Number(BigInt.asIntN(32, args[parameters.indexOf(parameter)]?.value ?? 0n));
	return macro.make(n, args);
}

function checkRange(c: Cursor, parameter: string, arg: Argument | undefined): void {
	if (!arg) return;
	const { value, token } = arg;
	if ((parameter === "dst" || parameter === "src") && (value < 0n || value > 15n))
		c.fail("asm/unknown-register", `there is no register ${value}`, token);
	if (
		parameter.startsWith("off") &&
		parameter !== "offset" &&
		(value < -0x8000n || value > 0x7fffn)
	)
		c.fail("asm/out-of-range", `${value} does not fit the 16 bits of an offset`, token);
}

function argument(c: Cursor, mayBeMap: boolean): Argument {
	const token = c.peek;
	if (mayBeMap && token.kind === "name" && constant(token.text) === undefined)
		return { value: 0n, map: c.next(), token };
	const value = evaluate(parseExpr(c), (t) => {
		const found = constant(t.text);
		return found === undefined ? undefined : { value: found };
	});
	if (!isFault(value)) return { value: value.value, token };
	c.fail("asm/undefined-symbol", value.message, value.token ?? token);
	return { value: 0n, token };
}
