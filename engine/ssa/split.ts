// Scalar replacement: allocas whose address does not escape are cut into the pieces that the program accesses; pieces of at most 8 bytes
// become values (promote.ts), others smaller allocas. Copies and fills of whole structures are cut with them.

import { alignAt, Edits, type Edits as EditsType, isSize, type Users, usersOf } from "./edit.ts";
import type { Func, Instruction, Node, Size, Type } from "./ir.ts";
import { promote } from "./promote.ts";

/** Bytes of copied but never otherwise accessed structure that are carried in values. */
const carried = 64;

/** One access of an alloca; memcpy and memset can be cut, loads and stores cannot. */
interface Slice {
	readonly from: number;
	readonly to: number;
	readonly node: Instruction;
	/** For memcpy: whether this alloca is the source. */
	readonly source: boolean;
}

interface Piece {
	readonly from: number;
	to: number;
	/** The value's type if it becomes one. */
	type?: Type;
	alloca?: Node;
}

/** Splits and promotes what it can; says whether anything changed. Structures that are only copied come last: by then the other sides
 *  of their copies say where to cut. */
export function splitAllocas(func: Func): boolean {
	const variables = new Map<Node, Type>();
	let changed = false;
	for (let round = 0; round < 3; round++) {
		if (!splitRound(func, variables, false)) break;
		changed = true;
	}
	if (splitRound(func, variables, true)) changed = true;
	promote(func, variables);
	return changed;
}

function splitRound(func: Func, variables: Map<Node, Type>, copied: boolean): boolean {
	let changed = false;
	let users = usersOf(func);
	let edits = new Edits(func);
	const apply = () => {
		if (!edits.apply()) return;
		edits = new Edits(func);
		users = usersOf(func);
		changed = true;
	};
	for (const node of [...(func.blocks[0]?.body ?? [])]) {
		if (node.op !== "alloca" || variables.has(node)) continue;
		const slices = slicesOf(node, users);
		if (!slices || (!copied && isCopiedOnly(node, slices))) continue;
		const pieces = piecesOf(node, slices);
		const only = pieces[0];
		if (
			pieces.length === 1 &&
			only &&
			!only.type &&
			only.from < node.align &&
			only.to === node.size
		)
			continue;
		new Splitter(edits, node, pieces, variables).rewrite(slices, users);
		// What is done to one alloca shows at another only by a copy between them.
		if (slices.some((s) => s.node.op === "memcpy")) apply();
	}
	apply();
	return changed;
}

/** Whether a stretch of more than one byte is read by copies alone. */
function isCopiedOnly(alloca: Instruction & { op: "alloca" }, slices: readonly Slice[]): boolean {
	const covered = new Uint8Array(alloca.size);
	for (const s of slices) if (isWhole(s)) covered.fill(1, s.from, s.to);
	return slices.some((s) => s.node.op === "memcpy" && covered.subarray(s.from, s.to).includes(0));
}

/** All accesses; undefined if the address escapes or an access is not understood. */
function slicesOf(alloca: Instruction & { op: "alloca" }, users: Users): Slice[] | undefined {
	const slices: Slice[] = [];
	const work: { node: Node; offset: number }[] = [{ node: alloca, offset: 0 }];
	for (let at = work.pop(); at; at = work.pop()) {
		const { node, offset } = at;
		for (const user of users[node.id] ?? []) {
			const size = sliceSize(user, node);
			if (size === undefined) {
				const bytes = user.args[1];
				if (user.op === "lifetime") continue;
				if (user.op !== "ptradd" || bytes?.op !== "const") return undefined;
				work.push({ node: user, offset: offset + Number(bytes.value) });
				continue;
			}
			if (offset < 0 || offset + size > alloca.size) return undefined;
			if (user.op !== "load" && user.op !== "store" && user.op !== "memcpy" && user.op !== "memset")
				return undefined;
			const source = user.op === "memcpy" && user.args[1] === node;
			slices.push({ from: offset, to: offset + size, node: user, source });
		}
	}
	const copies = slices.filter((s) => s.node.op === "memcpy").map((s) => s.node);
	return new Set(copies).size === copies.length ? slices : undefined;
}

function sliceSize(user: Node, pointer: Node): number | undefined {
	switch (user.op) {
		case "load":
			return user.volatile ? undefined : user.size;
		case "store":
			return user.volatile || user.args[1] === pointer ? undefined : user.size;
		case "memcpy":
			return user.size;
		case "memset":
			return user.size;
		default:
			return undefined;
	}
}

function isWhole(slice: Slice): boolean {
	return slice.node.op === "load" || slice.node.op === "store";
}

function piecesOf(alloca: Instruction & { op: "alloca" }, slices: readonly Slice[]): Piece[] {
	const pieces: Piece[] = [];
	for (const { from, to } of slices
		.filter(isWhole)
		.sort((a, b) => a.from - b.from || b.to - a.to)) {
		const last = pieces.at(-1);
		if (last && from < last.to) last.to = Math.max(last.to, to);
		else pieces.push({ from, to });
	}
	for (const gap of gapsOf(alloca.size, pieces, slices)) pieces.push(...chunks(gap, slices));
	pieces.sort((a, b) => a.from - b.from);
	for (const piece of pieces) {
		const type = typeOf(piece, slices);
		if (type) piece.type = type;
	}
	return pieces;
}

/** Stretches that only copies out read. */
function gapsOf(size: number, pieces: readonly Piece[], slices: readonly Slice[]): Piece[] {
	const gaps: Piece[] = [];
	let at = 0;
	for (const piece of [...pieces, { from: size, to: size }]) {
		const gap = { from: at, to: piece.from };
		at = Math.max(at, piece.to);
		const read = slices.filter((s) => s.source && s.from < gap.to && gap.from < s.to);
		if (gap.from >= gap.to || read.length === 0) continue;
		const from = Math.max(gap.from, Math.min(...read.map((s) => s.from)));
		gaps.push({ from, to: Math.min(gap.to, Math.max(...read.map((s) => s.to))) });
	}
	return gaps;
}

function chunks(gap: Piece, slices: readonly Slice[]): Piece[] {
	if (gap.to - gap.from > carried) return [gap];
	const edges = new Set<number>([gap.to]);
	for (const s of slices)
		for (const edge of [s.from, s.to]) if (edge > gap.from && edge < gap.to) edges.add(edge);
	const out: Piece[] = [];
	let at = gap.from;
	for (const edge of [...edges].sort((a, b) => a - b))
		while (at < edge) {
			let size = 8;
			while (size > edge - at || at % size !== 0) size /= 2;
			out.push({ from: at, to: at + size });
			at += size;
		}
	return out;
}

/** The type of a piece that can be a value. */
function typeOf(piece: Piece, slices: readonly Slice[]): Type | undefined {
	const size = piece.to - piece.from;
	if (!isSize(size)) return undefined;
	let pointers = 0;
	let others = 0;
	for (const slice of slices) {
		const from = Math.max(slice.from, piece.from);
		const to = Math.min(slice.to, piece.to);
		if (from >= to) continue;
		if (!isSize(to - from)) return undefined;
		const { node } = slice;
		const type =
			node.op === "load" ? node.type : node.op === "store" ? node.args[1]?.type : undefined;
		if (type === "ptr" && slice.to - slice.from !== 8) return undefined;
		if (type === "ptr") pointers++;
		else if (type) others++;
	}
	if (pointers > 0 && others === 0) return "ptr";
	return size === 8 ? "i64" : "i32";
}

class Splitter {
	private readonly edits: EditsType;
	private readonly alloca: Instruction & { op: "alloca" };
	private readonly pieces: readonly Piece[];

	constructor(
		edits: EditsType,
		alloca: Instruction & { op: "alloca" },
		pieces: readonly Piece[],
		variables: Map<Node, Type>,
	) {
		this.edits = edits;
		this.alloca = alloca;
		this.pieces = pieces;
		for (const piece of pieces) {
			const whole = piece.to - piece.from;
			const size =
				piece.type === undefined ? whole + this.lead(piece) : piece.type === "i32" ? 4 : 8;
			const align = piece.type === undefined ? alloca.align : size;
			piece.alloca = edits.insert(alloca, { op: "alloca", type: "ptr", size, align, args: [] });
			if (alloca.name !== undefined) piece.alloca.name = alloca.name;
			if (piece.type) variables.set(piece.alloca, piece.type);
		}
	}

	rewrite(slices: readonly Slice[], users: Users): void {
		for (const slice of slices) {
			const { node } = slice;
			if (node.op === "load") this.load(slice, node);
			else if (node.op === "store") this.store(slice, node);
			else this.copy(slice);
		}
		const drop = (node: Node) => {
			for (const user of users[node.id] ?? [])
				if (user.op === "ptradd" || user.op === "lifetime") {
					drop(user);
					this.edits.remove(user);
				}
		};
		drop(this.alloca);
		this.edits.remove(this.alloca);
	}

	private pieceAt(offset: number): Piece & { alloca: Node } {
		const piece = this.pieces.find((p) => p.from <= offset && offset < p.to);
		if (!piece?.alloca) throw new Error("Skep bug: access outside of all pieces");
		return { ...piece, alloca: piece.alloca };
	}

	private pointer(at: Node, pointer: Node, offset: number): Node {
		if (offset === 0) return pointer;
		const bytes = this.edits.const("i64", offset);
		return this.edits.insert(at, { op: "ptradd", type: "ptr", args: [pointer, bytes] });
	}

	/** Bytes in front of a piece that remains memory, so that what is in it is aligned as it was. */
	private lead(piece: Piece): number {
		return piece.type === undefined ? piece.from % this.alloca.align : 0;
	}

	private within(at: Node, piece: Piece & { alloca: Node }, offset: number): Node {
		return this.pointer(at, piece.alloca, offset + this.lead(piece));
	}

	private load(slice: Slice, node: Instruction & { op: "load" }): void {
		const piece = this.pieceAt(slice.from);
		const offset = slice.from - piece.from;
		if (!piece.type) {
			node.args = [this.within(node, piece, offset)];
			return;
		}
		const raw = this.read(node, piece, offset, node.size);
		const cut = this.widen(node, raw, node.size, node.signed, node.type);
		this.edits.remove(node, cut);
	}

	/** The piece's value with the wanted bytes lowest; what is above them is left. */
	private read(at: Node, piece: Piece & { alloca: Node }, offset: number, size: number): Node {
		const type = piece.type ?? "i64";
		const bytes: Size = type === "i32" ? 4 : 8;
		const args = [piece.alloca];
		const raw = this.edits.insert(at, {
			op: "load",
			type,
			size: bytes,
			signed: false,
			volatile: false,
			align: bytes,
			args,
		});
		if (offset === 0 || size === 8) return raw;
		const count = this.edits.const(type, offset * 8);
		return this.edits.insert(at, { op: "lshr", type, args: [raw, count] });
	}

	/** Converts a raw value of `size` meaningful bytes to `type`. */
	private widen(at: Node, raw: Node, size: number, signed: boolean, type: Type): Node {
		const { edits } = this;
		if (size === 8) {
			if (raw.type === type) return raw;
			return type === "ptr"
				? edits.insert(at, { op: "inttoptr", type: "ptr", args: [raw] })
				: edits.insert(at, { op: "ptrtoint", type: "i64", args: [raw] });
		}
		const bits = size === 1 ? 8 : size === 2 ? 16 : 32;
		const to = type === "ptr" ? "i64" : type;
		if (signed && (bits < 32 || to === "i64"))
			return edits.insert(at, { op: "sext", type: to, bits, args: [raw] });
		let value = raw;
		if (raw.type === "i64" && (to === "i32" || bits <= 32))
			value = edits.insert(at, { op: "trunc", type: "i32", args: [raw] });
		if (bits < 32) {
			const mask = edits.const("i32", bits === 8 ? 255 : 65535);
			value = edits.insert(at, { op: "and", type: "i32", args: [value, mask] });
		}
		return to === "i64" ? edits.insert(at, { op: "zext", type: "i64", args: [value] }) : value;
	}

	private store(slice: Slice, node: Instruction & { op: "store" }): void {
		const piece = this.pieceAt(slice.from);
		const value = node.args[1];
		if (!value) return;
		const offset = slice.from - piece.from;
		if (!piece.type) {
			node.args = [this.within(node, piece, offset), value];
			return;
		}
		this.write(node, piece, offset, node.size, value);
		this.edits.remove(node);
	}

	private convert(at: Node, value: Node, type: Type): Node {
		const { edits } = this;
		if (value.type === type) return value;
		if (value.op === "const") return edits.const(type, value.value);
		if (type === "ptr")
			return edits.insert(at, { op: "inttoptr", type, args: [this.convert(at, value, "i64")] });
		if (value.type === "ptr") {
			const number = edits.insert(at, { op: "ptrtoint", type: "i64", args: [value] });
			return this.convert(at, number, type);
		}
		return type === "i32"
			? edits.insert(at, { op: "trunc", type, args: [value] })
			: edits.insert(at, { op: "zext", type, args: [value] });
	}

	private write(
		at: Node,
		piece: Piece & { alloca: Node },
		offset: number,
		size: number,
		stored: Node,
	): void {
		const { edits } = this;
		const type = piece.type ?? "i64";
		let value = this.convert(at, stored, type);
		if (size < piece.to - piece.from) {
			const ones = (1n << BigInt(size * 8)) - 1n;
			const shift = BigInt(offset * 8);
			const old = this.read(at, piece, 0, size);
			const keep = edits.const(type, ~(ones << shift));
			const kept = edits.insert(at, { op: "and", type, args: [old, keep] });
			const cut = edits.insert(at, { op: "and", type, args: [value, edits.const(type, ones)] });
			const count = edits.const(type, shift);
			const moved = edits.insert(at, { op: "shl", type, args: [cut, count] });
			value = edits.insert(at, { op: "or", type, args: [kept, moved] });
		}
		const bytes: Size = type === "i32" ? 4 : 8;
		const args = [piece.alloca, value];
		edits.insert(at, { op: "store", size: bytes, volatile: false, align: bytes, args });
	}

	/** Cuts a memcpy or memset along the pieces. */
	private copy(slice: Slice): void {
		const { node } = slice;
		this.edits.remove(node);
		for (const piece of this.pieces) {
			const from = Math.max(slice.from, piece.from);
			const size = Math.min(slice.to, piece.to) - from;
			if (size <= 0 || !piece.alloca) continue;
			const own = { ...piece, alloca: piece.alloca };
			if (node.op === "memset") this.fillPiece(node, own, from, size);
			else if (node.op === "memcpy") this.copyPiece(slice, node, own, from, size);
		}
	}

	private fillPiece(
		node: Instruction & { op: "memset" },
		piece: Piece & { alloca: Node },
		from: number,
		size: number,
	): void {
		const { edits } = this;
		const byte = node.args[1];
		if (!byte) return;
		const offset = from - piece.from;
		if (!piece.type) {
			const to = this.within(node, piece, offset);
			const align = alignAt(this.alloca.align, from);
			edits.insert(node, { op: "memset", size, align, args: [to, byte] });
			return;
		}
		const ones = BigInt(`0x${"01".repeat(size)}`);
		const type = size === 8 ? "i64" : "i32";
		if (byte.op === "const") {
			const value = edits.const(type, BigInt.asUintN(8, byte.value) * ones);
			this.write(node, piece, offset, size, value);
			return;
		}
		const low = edits.insert(node, {
			op: "and",
			type: "i32",
			args: [byte, edits.const("i32", 255)],
		});
		const wide = type === "i64" ? edits.insert(node, { op: "zext", type, args: [low] }) : low;
		const value = edits.insert(node, { op: "mul", type, args: [wide, edits.const(type, ones)] });
		this.write(node, piece, offset, size, value);
	}

	private copyPiece(
		slice: Slice,
		node: Instruction & { op: "memcpy" },
		piece: Piece & { alloca: Node },
		from: number,
		size: number,
	): void {
		const { edits } = this;
		const other = node.args[slice.source ? 0 : 1];
		if (!other) return;
		const far = this.pointer(node, other, from - slice.from);
		const align = alignAt(node.align, from - slice.from);
		const offset = from - piece.from;
		if (!piece.type || !isSize(size)) {
			const near = this.within(node, piece, offset);
			const args = slice.source ? [far, near] : [near, far];
			edits.insert(node, { op: "memcpy", size, align, move: node.move, args });
			return;
		}
		if (slice.source) {
			const value = this.read(node, piece, offset, size);
			edits.insert(node, { op: "store", size, volatile: false, align, args: [far, value] });
			return;
		}
		const type = piece.type === "ptr" && size < 8 ? "i64" : piece.type;
		const value = edits.insert(node, {
			op: "load",
			type: size < 8 && type === "ptr" ? "i64" : type,
			size,
			signed: false,
			volatile: false,
			align,
			args: [far],
		});
		this.write(node, piece, offset, size, value);
	}
}
