// `asm` statements → the asm instructions of SSA.

import type { Asm, Node } from "../../ssa/index.ts";
import type { AsmOperand, AsmStatement, Expression } from "../ast/tree.ts";
import type { CType } from "../ast/type.ts";
import { evaluate } from "./constant.ts";
import type { Context, Place } from "./context.ts";
import { convert, toI64 } from "./convert.ts";
import { read, write } from "./scalar.ts";
import { isBool, isSigned, sizeOf, valueClass } from "./types.ts";

const i64: CType = { kind: "int", name: "long", size: 8, signed: true, rank: 4 };
const i32: CType = { kind: "int", name: "int", size: 4, signed: true, rank: 3 };

interface Named {
	readonly constraint: string;
	readonly name?: string;
}

export function assembly(c: Context, s: AsmStatement): void {
	const outputs: Named[] = [];
	const inputs: Named[] = [];
	const args: Node[] = [];
	const places: Place[] = [];
	const tied: { index: number; place: Place; half: boolean }[] = [];
	for (const operand of s.outputs) output(c, operand, { outputs, inputs, args, places, tied });
	for (const operand of s.inputs) {
		inputs.push(named(operand, operand.constraint));
		args.push(input(c, operand, s));
	}
	for (const { index, place, half } of tied) {
		inputs.push({ constraint: String(index) });
		args.push(inRegister(c, read(c, place), place.type, half));
	}
	c.symbols.mention(s.template);
	c.at(s.at);
	let asm: Asm = {
		template: s.template,
		volatile: s.volatile || s.outputs.length === 0,
		outputs,
		inputs,
		clobbers: s.clobbers.filter((x) => x !== "cc"),
	};
	if (s.labels.length > 0 && outputs.length === 0) {
		asm = { ...asm, template: numberedLabels(s, outputs.length + inputs.length) };
		jump(c, asm, args, s);
		return;
	}
	if (s.labels.length > 0) {
		const chosen: Named = { constraint: "=&r", name: CHOSEN };
		asm = { ...asm, template: choosing(s), outputs: [...outputs, chosen] };
	}
	const types = asm.outputs.map((o) =>
		isHalf(o.constraint) ? ("i32" as const) : ("i64" as const),
	);
	const node = c.b.asm(asm, args, types[0]);
	places.forEach((place, i) => {
		const value = i === 0 ? node : c.b.asmout(node, i, types[i] ?? "i64");
		write(c, place, convert(c, value, value.type === "i32" ? i32 : i64, place.type));
	});
	if (s.labels.length > 0) choose(c, c.b.asmout(node, outputs.length, "i64"), s);
}

/** The output that says which label assembly with outputs has gone to, counted from 1. */
const CHOSEN = "skep.chosen";

/** Text that ends in one place, with the number of its label: outputs are values behind it on every way. */
function choosing(s: AsmStatement): string {
	const count = s.outputs.length + s.inputs.length;
	const both = s.outputs.filter((o) => o.constraint.startsWith("+")).length;
	const own = renumbered(s.template, s.outputs.length).replace(
		/%l(?:\[([\w.]+)\]|(\d+))/g,
		(whole, name: string | undefined, number: string | undefined) => {
			// The output that is added stands before the inputs.
			const at = name === undefined ? Number(number) - count - both : labelIndex(s, name);
			return at < 0 || at >= s.labels.length ? whole : `.Lleave${at}`;
		},
	);
	const last = s.labels.length - 1;
	const ways = s.labels.map(
		(_, at) => `.Lleave${at}: %[${CHOSEN}] = ${at + 1}${at < last ? "\ngoto .Lleft" : ""}`,
	);
	return `${own}\n%[${CHOSEN}] = 0\ngoto .Lleft\n${ways.join("\n")}\n.Lleft:`;
}

/** Inputs by number, when one more output stands before them. */
function renumbered(template: string, outputs: number): string {
	return template.replace(/%(%|([wP]?)(\d+))/g, (whole, _, modifier: string, number: string) =>
		number === undefined || Number(number) < outputs ? whole : `%${modifier}${Number(number) + 1}`,
	);
}

function choose(c: Context, chosen: Node, s: AsmStatement): void {
	s.labels.forEach((name, at) => {
		const next = c.b.newBlock();
		c.b.condbr(c.b.icmp("eq", chosen, c.b.i64(at + 1)), labelled(c, name), next);
		c.b.at(next);
	});
}

interface Parts {
	readonly outputs: Named[];
	readonly inputs: Named[];
	readonly args: Node[];
	readonly places: Place[];
	readonly tied: { index: number; place: Place; half: boolean }[];
}

/** An output in a register is a result; one in memory is an input that is an address. */
function output(c: Context, operand: AsmOperand, parts: Parts): void {
	const place = c.ops.place(c, operand.value);
	if (/[moV]/.test(operand.constraint)) {
		parts.inputs.push(named(operand, "m"));
		parts.args.push(place.pointer);
		return;
	}
	const plus = operand.constraint.startsWith("+");
	const constraint = plus ? `=${operand.constraint.slice(1)}` : operand.constraint;
	if (plus) parts.tied.push({ index: parts.outputs.length, place, half: isHalf(constraint) });
	parts.outputs.push(named(operand, constraint));
	parts.places.push(place);
}

function named(operand: AsmOperand, constraint: string): Named {
	return operand.name === undefined ? { constraint } : { constraint, name: operand.name };
}

const isHalf = (constraint: string) => constraint.includes("w");

function inRegister(c: Context, value: Node, type: CType, half: boolean): Node {
	if (half) return value.type === "i32" ? value : c.b.trunc(toI64(c, value, type));
	if (value.type === "ptr") return value;
	return toI64(c, value, type);
}

function input(c: Context, operand: AsmOperand, s: AsmStatement): Node {
	const { constraint, value } = operand;
	if (/^[moV]+$/.test(constraint)) return c.ops.place(c, value).pointer;
	if (/[inpsX]/.test(constraint)) {
		const known = evaluate(c.symbols, value);
		if (known?.symbol !== undefined) return c.b.global(known.symbol, Number(known.value));
		if (known) return c.b.i64(isSigned(value.type) ? known.value : BigInt.asIntN(64, known.value));
		if (!constraint.includes("r")) {
			const node = c.scalar(value);
			if (node.op === "global" || node.op === "const" || node.op === "core") return node;
			return inRegister(c, node, value.type, false);
		}
	}
	const held = valueClass(value.type);
	if (held === "memory" || held === "wide" || held === "none") {
		c.symbols.error("cc/asm-operand", "asm operand must have a scalar type", s.at);
		return c.b.i64(0);
	}
	const half =
		isHalf(constraint) ||
		(/^\d+$/.test(constraint) && isHalf(s.outputs[Number(constraint)]?.constraint ?? ""));
	const whole = half ? value : uncut(value);
	return inRegister(c, c.scalar(whole), whole.type, half);
}

/** What a narrow operand was cut from: the upper bits of its register are open, and headers count on finding them there. */
function uncut(e: Expression): Expression {
	let at = e;
	while (at.kind === "cast" && isNumber(at.type) && isNumber(at.operand.type)) {
		if (sizeOf(at.type) >= sizeOf(at.operand.type)) break;
		at = at.operand;
	}
	return at;
}

function isNumber(type: CType): boolean {
	const held = valueClass(type);
	return (held === "i32" || held === "i64") && !isBool(type);
}

/** `%l[name]` → `%lN`; labels are counted behind the operands. A label of `__label__` has a name of its own behind the written one. */
function numberedLabels(s: AsmStatement, before: number): string {
	return s.template.replace(/%l\[([\w.]+)\]/g, (whole, name: string) => {
		const at = labelIndex(s, name);
		return at < 0 ? whole : `%l${before + at}`;
	});
}

function labelIndex(s: AsmStatement, name: string): number {
	return s.labels.findIndex((l) => l === name || l.replace(/\W.*$/, "") === name);
}

function labelled(c: Context, name: string) {
	const block = c.labels.get(name) ?? c.b.newBlock();
	c.labels.set(name, block);
	return block;
}

function jump(c: Context, asm: Asm, args: readonly Node[], s: AsmStatement): void {
	const next = c.b.newBlock();
	const targets = s.labels.map((name) => labelled(c, name));
	c.b.asmgoto(asm, args, targets, next);
	c.b.at(next);
}
