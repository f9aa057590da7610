// The last step: what the machine has no instruction for becomes plain loads, stores, arithmetic and branches. Afterwards there is no memcpy,
// memset, isconst or switch, and every load and store is aligned to its size.

import { alignAt, type Draft, Edits, isSize, locate } from "./edit.ts";
import type { Func, Instruction, Module, Node, Size } from "./ir.ts";
import { globalOf } from "./named.ts";

/** `isconst` of what is not constant by now is 0. Says whether there was any. */
export function resolveIsConst(func: Func): boolean {
	const edits = new Edits(func);
	for (const block of func.blocks)
		for (const node of block.body) {
			if (node.op !== "isconst") continue;
			const [arg] = node.args;
			edits.remove(node, edits.const("i32", arg?.op === "const" || arg?.op === "core" ? 1 : 0));
		}
	return edits.apply();
}

/** Expands memcpy, memset and accesses that are not aligned to their size. */
export function lowerMemory(func: Func, module: Module): boolean {
	const edits = new Edits(func);
	for (const block of func.blocks)
		for (const node of block.body)
			switch (node.op) {
				case "memcpy":
					copy(node, edits, module);
					break;
				case "memset":
					fill(node, edits, module);
					break;
				case "load":
					if (node.align < node.size) splitLoad(node, edits);
					break;
				case "store":
					if (node.align < node.size) splitStore(node, edits);
					break;
				default:
			}
	return edits.apply();
}

function alignOf(pointer: Node, known: number, module: Module): number {
	const { base, offset } = locate(pointer);
	if (base.op === "alloca") {
		// The stack is ours: what is copied in whole words is worth a whole word's alignment.
		if (base.size >= 8 && base.align < 8) base.align = 8;
		return Math.max(known, alignAt(base.align, offset));
	}
	if (base.op !== "global") return known;
	const global = globalOf(module, base.symbol);
	return Math.max(known, global ? alignAt(global.align, offset) : 1);
}

function pointerAt(edits: Edits, at: Node, pointer: Node, offset: number): Node {
	if (offset === 0) return pointer;
	let base = pointer;
	let total = BigInt(offset);
	for (;;) {
		const [from, bytes] = base.op === "ptradd" ? base.args : [];
		if (!from || bytes?.op !== "const") break;
		total += bytes.value;
		base = from;
	}
	const args = [base, edits.const("i64", total)];
	return edits.insert(at, { op: "ptradd", type: "ptr", args });
}

/** Offsets and sizes of the accesses that cover `size` bytes with the alignment that is known. */
function pieces(size: number, align: number): { offset: number; size: Size }[] {
	const list: { offset: number; size: Size }[] = [];
	let offset = 0;
	while (offset < size) {
		let step = Math.min(8, align);
		while (step > size - offset) step /= 2;
		list.push({ offset, size: isSize(step) ? step : 1 });
		offset += step;
	}
	return list;
}

function load(edits: Edits, at: Node, pointer: Node, size: Size): Instruction {
	const type = size === 8 ? "i64" : "i32";
	const access = { size, signed: false, volatile: false, align: size } as const;
	return edits.insert(at, { op: "load", type, ...access, args: [pointer] });
}

function store(edits: Edits, at: Node, pointer: Node, size: Size, value: Node): void {
	const draft: Draft = { op: "store", size, volatile: false, align: size, args: [pointer, value] };
	edits.insert(at, draft);
}

function copy(node: Instruction & { op: "memcpy" }, edits: Edits, module: Module): void {
	const [to, from] = node.args;
	if (!to || !from) return;
	const align = Math.min(alignOf(to, node.align, module), alignOf(from, node.align, module));
	const values: Node[] = [];
	const parts = pieces(node.size, align);
	const put = (i: number) => {
		const part = parts[i];
		const value = values[i];
		if (part && value)
			store(edits, node, pointerAt(edits, node, to, part.offset), part.size, value);
	};
	parts.forEach((part, i) => {
		values.push(load(edits, node, pointerAt(edits, node, from, part.offset), part.size));
		if (!node.move) put(i);
	});
	if (node.move) for (let i = 0; i < parts.length; i++) put(i);
	edits.remove(node);
}

function fill(node: Instruction & { op: "memset" }, edits: Edits, module: Module): void {
	const [to, byte] = node.args;
	if (!to || !byte) return;
	const align = alignOf(to, node.align, module);
	let wide: Node | undefined;
	for (const { offset, size } of pieces(node.size, align)) {
		const ones = BigInt(`0x${"01".repeat(size)}`);
		const type = size === 8 ? "i64" : "i32";
		let value: Node;
		if (byte.op === "const") value = edits.const(type, BigInt.asUintN(8, byte.value) * ones);
		else {
			wide ??= spread(node, byte, edits);
			value = wide;
		}
		store(edits, node, pointerAt(edits, node, to, offset), size, value);
	}
	edits.remove(node);
}

/** A byte in all eight places. */
function spread(at: Node, byte: Node, edits: Edits): Node {
	const low = edits.insert(at, { op: "and", type: "i32", args: [byte, edits.const("i32", 255)] });
	const wide = edits.insert(at, { op: "zext", type: "i64", args: [low] });
	return edits.insert(at, {
		op: "mul",
		type: "i64",
		args: [wide, edits.const("i64", 0x0101010101010101n)],
	});
}

function splitLoad(node: Instruction & { op: "load" }, edits: Edits): void {
	const [pointer] = node.args;
	if (!pointer) return;
	const step: Size = node.align >= 4 ? 4 : node.align >= 2 ? 2 : 1;
	const type = node.size === 8 ? "i64" : "i32";
	let value: Node | undefined;
	for (let offset = 0; offset < node.size; offset += step) {
		const last = offset + step === node.size;
		const at = pointerAt(edits, node, pointer, offset);
		const part = edits.insert(node, {
			op: "load",
			type,
			size: step,
			signed: node.signed && last,
			volatile: node.volatile,
			align: step,
			args: [at],
		});
		const count = edits.const(type, offset * 8);
		const moved =
			offset === 0 ? part : edits.insert(node, { op: "shl", type, args: [part, count] });
		value = value ? edits.insert(node, { op: "or", type, args: [value, moved] }) : moved;
	}
	if (!value) return;
	if (node.type === "ptr")
		value = edits.insert(node, { op: "inttoptr", type: "ptr", args: [value] });
	else if (node.type === "i64" && type === "i32")
		value = edits.insert(
			node,
			node.signed
				? { op: "sext", type: "i64", bits: node.size === 2 ? 16 : 32, args: [value] }
				: { op: "zext", type: "i64", args: [value] },
		);
	edits.remove(node, value);
}

function splitStore(node: Instruction & { op: "store" }, edits: Edits): void {
	const [pointer, stored] = node.args;
	if (!pointer || !stored) return;
	const step: Size = node.align >= 4 ? 4 : node.align >= 2 ? 2 : 1;
	const value =
		stored.type === "ptr"
			? edits.insert(node, { op: "ptrtoint", type: "i64", args: [stored] })
			: stored;
	const type = value.type === "i32" ? "i32" : "i64";
	for (let offset = 0; offset < node.size; offset += step) {
		const at = pointerAt(edits, node, pointer, offset);
		const count = edits.const(type, offset * 8);
		const part =
			offset === 0
				? value
				: value.op === "const"
					? edits.const(type, value.value >> BigInt(offset * 8))
					: edits.insert(node, { op: "lshr", type, args: [value, count] });
		edits.insert(node, {
			op: "store",
			size: step,
			volatile: node.volatile,
			align: step,
			args: [at, part],
		});
	}
	edits.remove(node);
}
