// What memory is known to hold: contents of earlier loads and stores until something may overwrite them.

import { addEscapes, mayOverlap, sameBase, type Touch, touch } from "./alias.ts";
import type { Edits } from "./edit.ts";
import type { Instruction, Node, Type } from "./ir.ts";

/** Known bytes. */
interface Entry {
	readonly touch: Touch;
	/** Holds them from `start` on in its low bits; what is above them is as in `exact`. */
	readonly value: Node;
	/** The offset of the value's lowest byte: below the touch's when something else was written there. */
	readonly start: number;
	/** Whether the value is exactly the zero- or sign-extended contents; a stored value may have more bits. */
	readonly exact: "zero" | "sign" | "no";
}

/** Bytes of a memset that are kept in mind. */
const mostFilled = 64;

/** Accesses that are kept in mind; beyond, older ones are forgotten. */
const mostKnown = 4096;

/** Whether an instruction may write memory or let an address out. */
export function hasEffect(node: Node): boolean {
	switch (node.op) {
		case "store":
		case "memcpy":
		case "memset":
		case "lifetime":
			return true;
		case "load":
		case "ptradd":
		case "spacecast":
		case "icmp":
			return false;
		default:
			return isBarrier(node) || node.args.some((a) => a.type === "ptr");
	}
}

/** Whether an instruction may write memory other than at its first argument. */
export function isBarrier(node: Node): boolean {
	switch (node.op) {
		case "call":
		case "atomic":
		case "loadacquire":
		case "storerelease":
			return true;
		case "asm":
		case "asmgoto":
			return (
				node.asm.clobbers.includes("memory") ||
				[...node.asm.inputs, ...node.asm.outputs].some((o) => /[mop]/.test(o.constraint))
			);
		default:
			return false;
	}
}

/** The bytes that an instruction writes directly. */
export function written(node: Node): Touch | undefined {
	const [to] = node.args;
	if (!to) return undefined;
	if (node.op === "store" || node.op === "memcpy" || node.op === "memset")
		return touch(to, node.size);
	return undefined;
}

export class MemoryState {
	/** Allocas whose address may be known elsewhere by now. */
	private escaped: Set<Node>;
	private entries: Entry[] = [];

	constructor(escaped: ReadonlySet<Node>) {
		this.escaped = new Set(escaped);
	}

	/** What has escaped on some way to here. */
	setEscaped(escaped: ReadonlySet<Node>): void {
		this.escaped = new Set(escaped);
	}

	copy(): MemoryState {
		const state = new MemoryState(this.escaped);
		state.entries = this.entries.slice();
		return state;
	}

	/** Drops what any of `nodes` may overwrite. */
	forgetBetween(nodes: readonly Node[], leader: (n: Node) => Node): void {
		if (this.empty) return;
		for (const node of nodes) addEscapes(node, this.escaped);
		for (const node of nodes) this.forget(node, leader);
	}

	/** Nothing is known. */
	get empty(): boolean {
		return this.entries.length === 0;
	}

	forgetAll(): void {
		this.entries = [];
	}

	private learn(entry: Entry): void {
		if (this.entries.length >= mostKnown) this.entries = this.entries.slice(mostKnown / 2);
		this.entries.push(entry);
	}

	private forget(node: Node, leader: (n: Node) => Node): void {
		if (isBarrier(node)) {
			this.entries = this.entries.filter(
				({ touch: t }) => t.root.op === "alloca" && !this.escaped.has(t.root),
			);
			return;
		}
		if (node.op === "lifetime") {
			this.entries = this.entries.filter((e) => e.touch.root !== node.args[0]);
			return;
		}
		const [to] = node.args;
		if (!to || (node.op !== "store" && node.op !== "memcpy" && node.op !== "memset")) return;
		const at = touch(leader(to), node.size);
		const kept: Entry[] = [];
		for (const entry of this.entries)
			if (!mayOverlap(entry.touch, at, this.escaped)) kept.push(entry);
			else if (sameBase(entry.touch.base, at.base)) kept.push(...around(entry, at));
		this.entries = kept;
	}

	/** Takes note of addresses that an instruction lets out; before `visit`, for every instruction and phi. */
	note(node: Node): void {
		addEscapes(node, this.escaped);
	}

	/** Steps over an instruction; a load whose contents are known is replaced. */
	visit(node: Instruction, edits: Edits): void {
		if (node.op === "load" && !node.volatile) {
			this.load(node, edits);
			return;
		}
		const [to, value] = node.args;
		if (node.op === "store" && !node.volatile && to && value) {
			const at = touch(to, node.size);
			const same = this.find(at);
			const holds =
				same &&
				sizesEqual(same.touch, at) &&
				same.start === at.offset &&
				(same.value === value || equalConstants(same.value, value, node.size));
			if (holds) {
				edits.remove(node);
				return;
			}
			this.forget(node, (n) => n);
			const exact = node.size === 8 ? "zero" : "no";
			this.learn({ touch: at, value, start: at.offset, exact });
			return;
		}
		this.forget(node, (n) => n);
		if (node.op === "memset" && to && value?.op === "const")
			this.fill(touch(to, node.size), value.value, edits);
	}

	/** Takes note of equal bytes, in words of at most 8. */
	private fill(at: Touch, byte: bigint, edits: Edits): void {
		if (at.size > mostFilled) return;
		const value = edits.const("i64", BigInt.asUintN(8, byte) * 0x0101010101010101n);
		const end = at.offset + at.size;
		for (let from = at.offset; from < end; ) {
			const to = Math.min(end, (Math.floor(from / 8) + 1) * 8);
			const exact = to - from === 8 ? "zero" : "no";
			this.learn({ touch: { ...at, offset: from, size: to - from }, value, start: from, exact });
			from = to;
		}
	}

	private find(at: Touch): Entry | undefined {
		for (let i = this.entries.length - 1; i >= 0; i--) {
			const entry = this.entries[i];
			if (!entry || !sameBase(entry.touch.base, at.base)) continue;
			const { offset, size } = entry.touch;
			if (offset <= at.offset && at.offset + at.size <= offset + size) return entry;
		}
		return undefined;
	}

	private load(node: Instruction & { op: "load" }, edits: Edits): void {
		const [pointer] = node.args;
		if (!pointer) return;
		const at = touch(pointer, node.size);
		const entry = this.find(at);
		const value = entry && extract(entry, at, node, edits);
		if (value) {
			edits.remove(node, value);
			return;
		}
		const exact = node.signed ? "sign" : "zero";
		this.learn({ touch: at, value: node, start: at.offset, exact });
	}
}

/** What is still known of an entry when some of its bytes are overwritten. */
function around(entry: Entry, at: Touch): Entry[] {
	const { touch: known } = entry;
	const [end, over] = [known.offset + known.size, at.offset + at.size];
	const part = (from: number, to: number): Entry[] =>
		from < to
			? [{ ...entry, touch: { ...known, offset: from, size: to - from }, exact: "no" }]
			: [];
	return [...part(known.offset, at.offset), ...part(over, end)];
}

function sizesEqual(a: Touch, b: Touch): boolean {
	return a.offset === b.offset && a.size === b.size;
}

function equalConstants(a: Node, b: Node, size: number): boolean {
	if (a.op !== "const" || b.op !== "const") return false;
	return BigInt.asUintN(size * 8, a.value) === BigInt.asUintN(size * 8, b.value);
}

/** The value that a load gives, from known bytes that cover it. */
function extract(
	entry: Entry,
	at: Touch,
	node: Instruction & { op: "load" },
	edits: Edits,
): Node | undefined {
	const { value, touch: known, start } = entry;
	const shift = (at.offset - start) * 8;
	if (value.type === "ptr" || node.type === "ptr") {
		if (at.size !== 8 || known.size !== 8) return undefined;
		if (value.type === node.type) return value;
		return node.type === "ptr"
			? edits.insert(node, { op: "inttoptr", type: "ptr", args: [value] })
			: edits.insert(node, { op: "ptrtoint", type: "i64", args: [value] });
	}
	const isExact = entry.exact === (node.signed ? "sign" : "zero") && sizesEqual(known, at);
	if (isExact && value.type === node.type) return value;
	if (value.op === "const" && value.type) {
		const bits = BigInt.asUintN(64, value.value) >> BigInt(shift);
		const cut = node.signed ? BigInt.asIntN(at.size * 8, bits) : BigInt.asUintN(at.size * 8, bits);
		return edits.const(node.type, cut);
	}
	let low: Node = value;
	if (shift > 0) {
		const type = value.type === "i32" ? "i32" : "i64";
		low = edits.insert(node, { op: "lshr", type, args: [value, edits.const(type, shift)] });
	}
	return widen(low, at.size, node, edits);
}

function widen(raw: Node, size: number, node: Instruction & { op: "load" }, edits: Edits): Node {
	const type: Type = node.type;
	if (size === 8) return raw;
	const bits = size === 1 ? 8 : size === 2 ? 16 : 32;
	if (node.signed && (bits < 32 || type === "i64")) {
		const low =
			type === "i32" && raw.type === "i64"
				? edits.insert(node, { op: "trunc", type: "i32", args: [raw] })
				: raw;
		return edits.insert(node, { op: "sext", type, bits, args: [low] });
	}
	let low =
		raw.type === "i64" ? edits.insert(node, { op: "trunc", type: "i32", args: [raw] }) : raw;
	if (bits < 32) {
		const mask = edits.const("i32", bits === 8 ? 255 : 65535);
		low = edits.insert(node, { op: "and", type: "i32", args: [low, mask] });
	}
	return type === "i64" ? edits.insert(node, { op: "zext", type: "i64", args: [low] }) : low;
}
