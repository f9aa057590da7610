// Construction of modules, functions and instructions. Takes the front end's wishes one by one, gives well-typed nodes; does not
// simplify what it is asked for.

import { assert } from "../base/index.ts";
import type {
	Asm,
	AtomicOp,
	BinaryOp,
	Block,
	Callee,
	Func,
	Instruction,
	Leaf,
	Module,
	Node,
	Phi,
	Place,
	Predicate,
	Size,
	Terminator,
	Type,
} from "./ir.ts";
import { makeNode } from "./node.ts";

/** An empty module; `types[0]` is void. */
export function newModule(): Module {
	return {
		files: [],
		functions: [],
		globals: [],
		externs: [],
		core: [],
		types: [{ kind: "void" }],
	};
}

/** What `newFunction` needs beside the name. */
export type FuncOptions = Partial<
	Pick<Func, "section" | "linkage" | "hidden" | "inline" | "noreturn" | "used" | "btf" | "place">
>;

/** A function without blocks (a declaration until the first `newBlock`), appended to the module. `returns` absent: void. */
export function newFunction(
	module: Module,
	name: string,
	params: readonly Type[],
	returns?: Type,
	options: FuncOptions = {},
): Func {
	const func: Func = {
		name,
		params: [...params],
		blocks: [],
		section: ".text",
		linkage: "global",
		inline: "may",
		nextNode: 0,
		nextBlock: 0,
		...options,
	};
	if (returns) func.returns = returns;
	module.functions.push(func);
	return func;
}

/** A block at the function's end, ending in `unreachable` until a terminator is set. */
export function newBlock(func: Func): Block {
	const block = detachedBlock(func);
	func.blocks.push(block);
	return block;
}

/** As `newBlock`, but the caller places it. */
export function detachedBlock(func: Func): Block {
	const terminator = makeNode<Terminator>(func.nextNode++, { op: "unreachable", args: [] });
	const block: Block = { id: func.nextBlock++, phis: [], body: [], terminator, preds: [] };
	terminator.block = block;
	return block;
}

function intern<L extends Leaf>(func: Func, key: string, make: (id: number) => L): Leaf {
	func.leaves ??= new Map();
	let leaf = func.leaves.get(key);
	if (!leaf) {
		leaf = make(func.nextNode++);
		func.leaves.set(key, leaf);
	}
	return leaf;
}

/** Cuts a number to the signed range in which constants of `type` are kept. */
export function wrap(type: Type, value: bigint): bigint {
	return BigInt.asIntN(type === "i32" ? 32 : 64, value);
}

/** The constant of a type, the same node for the same value; `value` is wrapped to the type. */
export function constant(func: Func, type: Type, value: bigint | number): Leaf {
	const v = wrap(type, BigInt(value));
	return intern(func, `${type} ${v}`, (id) =>
		makeNode<Leaf>(id, { op: "const", type, args: [], value: v }),
	);
}

/** The undefined value of a type. */
export function undef(func: Func, type: Type): Leaf {
	return intern(func, `undef ${type}`, (id) => makeNode<Leaf>(id, { op: "undef", type, args: [] }));
}

/** Parameter number `index`, counted from 0. */
export function param(func: Func, index: number): Leaf {
	const type = func.params[index];
	assert(type !== undefined, `parameter ${index} of ${func.name}`);
	return intern(func, `$${index}`, (id) =>
		makeNode<Leaf>(id, { op: "param", type, args: [], index }),
	);
}

/** The address of a symbol plus `offset` bytes. */
export function address(func: Func, symbol: string, offset = 0): Leaf {
	return intern(func, `@${symbol}+${offset}`, (id) =>
		makeNode<Leaf>(id, { op: "global", type: "ptr", args: [], symbol, offset }),
	);
}

/** The number of CO-RE record `record` (index into Module.core). */
export function coreValue(func: Func, type: Type, record: number): Leaf {
	return intern(func, `core${record} ${type}`, (id) =>
		makeNode<Leaf>(id, { op: "core", type, args: [], record }),
	);
}

type Made<T> = T extends Node ? Omit<T, "id" | "block"> : never;

/** Appends an instruction to a block, or inserts it before position `at`. */
export function emit(
	func: Func,
	block: Block,
	made: Made<Instruction>,
	at = block.body.length,
): Instruction {
	const node = makeNode<Instruction>(func.nextNode++, made, block);
	if (at === block.body.length) block.body.push(node);
	else block.body.splice(at, 0, node);
	return node;
}

/** Replaces the terminator of a block. */
export function terminate(func: Func, block: Block, made: Made<Terminator>): Terminator {
	const node = makeNode<Terminator>(func.nextNode++, made, block);
	block.terminator = node;
	return node;
}

/** A phi without arguments, at the head of a block. */
export function addPhi(func: Func, block: Block, type: Type): Phi {
	const phi = makeNode<Phi>(func.nextNode++, { op: "phi", type, args: [], from: [] }, block);
	block.phis.push(phi);
	return phi;
}

/** Adds what a phi is when control comes from block `from`. */
export function addIncoming(phi: Phi, from: Block, value: Node): void {
	phi.from.push(from);
	phi.args.push(value);
}

/** Options of memory accesses; `align` absent means 1. */
export interface AccessOptions {
	readonly signed?: boolean;
	readonly volatile?: boolean;
	readonly align?: number;
	/** Of a load: the value is 0 or 1. */
	readonly truth?: boolean;
}

/** Appends instructions at an insertion point. After a terminator there is none: what is then appended goes to a fresh block that nothing
 *  reaches. */
export class Builder {
	readonly func: Func;
	/** Where instructions go; undefined after a terminator. */
	block: Block | undefined;
	/** Copied to every instruction made from now on. */
	place: Place | undefined;
	/** About how many allocas the entry block starts with. */
	private allocas = 0;

	constructor(func: Func, block: Block | undefined = func.blocks.at(-1)) {
		this.func = func;
		this.block = block;
	}

	/** A block at the function's end; the insertion point stays. */
	newBlock(): Block {
		return newBlock(this.func);
	}

	/** Moves the insertion point to the end of `block`. */
	at(block: Block): void {
		this.block = block;
	}

	/** Whether the current point can be reached by falling through (no terminator was made since `at`). */
	get open(): boolean {
		return this.block !== undefined;
	}

	private emit(made: Made<Instruction>): Instruction {
		this.block ??= this.newBlock();
		const node = emit(this.func, this.block, made);
		if (this.place) node.place = this.place;
		return node;
	}

	private end(made: Made<Terminator>): Terminator {
		this.block ??= this.newBlock();
		const node = terminate(this.func, this.block, made);
		if (this.place) node.place = this.place;
		this.block = undefined;
		return node;
	}

	const(type: Type, value: bigint | number): Leaf {
		return constant(this.func, type, value);
	}

	i32(value: bigint | number): Leaf {
		return constant(this.func, "i32", value);
	}

	i64(value: bigint | number): Leaf {
		return constant(this.func, "i64", value);
	}

	/** The null pointer. */
	null(): Leaf {
		return constant(this.func, "ptr", 0n);
	}

	undef(type: Type): Leaf {
		return undef(this.func, type);
	}

	param(index: number): Leaf {
		return param(this.func, index);
	}

	/** Address of a symbol. */
	global(symbol: string, offset = 0): Leaf {
		return address(this.func, symbol, offset);
	}

	core(type: Type, record: number): Leaf {
		return coreValue(this.func, type, record);
	}

	/** Arithmetic of two values of one type. */
	binary(op: BinaryOp, a: Node, b: Node): Instruction {
		const type = valueType(a);
		assert(type !== "ptr" && b.type === type, `${op} of ${a.type} and ${b.type}`);
		return this.emit({ op, type, args: [a, b] });
	}

	/** `offset` is an i64 value or a number of bytes. */
	ptradd(pointer: Node, offset: Node | number | bigint): Instruction {
		const bytes = typeof offset === "object" ? offset : this.i64(offset);
		assert(pointer.type === "ptr" && bytes.type === "i64", `ptradd of ${bytes.type}`);
		return this.emit({ op: "ptradd", type: "ptr", args: [pointer, bytes] });
	}

	icmp(predicate: Predicate, a: Node, b: Node): Instruction {
		assert(a.type !== undefined && a.type === b.type, `icmp of ${a.type} and ${b.type}`);
		return this.emit({ op: "icmp", type: "i32", predicate, args: [a, b] });
	}

	select(condition: Node, then: Node, otherwise: Node): Instruction {
		assert(condition.type === "i32" && then.type === otherwise.type, "types of select");
		return this.emit({ op: "select", type: valueType(then), args: [condition, then, otherwise] });
	}

	zext(value: Node): Instruction {
		assert(value.type === "i32", "zext of i32");
		return this.emit({ op: "zext", type: "i64", args: [value] });
	}

	/** `bits` 32 needs an i32 or i64 and gives i64. */
	sext(type: "i32" | "i64", bits: 8 | 16 | 32, value: Node): Instruction {
		assert(value.type !== "ptr" && (bits < 32 || type === "i64"), "types of sext");
		return this.emit({ op: "sext", type, bits, args: [value] });
	}

	trunc(value: Node): Instruction {
		assert(value.type === "i64", "trunc of i64");
		return this.emit({ op: "trunc", type: "i32", args: [value] });
	}

	ptrtoint(value: Node): Instruction {
		assert(value.type === "ptr", "ptrtoint of ptr");
		return this.emit({ op: "ptrtoint", type: "i64", args: [value] });
	}

	inttoptr(value: Node): Instruction {
		assert(value.type === "i64", "inttoptr of i64");
		return this.emit({ op: "inttoptr", type: "ptr", args: [value] });
	}

	spacecast(pointer: Node, from: number, into: number): Instruction {
		assert(pointer.type === "ptr", "spacecast of ptr");
		return this.emit({ op: "spacecast", type: "ptr", from, into, args: [pointer] });
	}

	/** The type of the result is that of `value`; `bits` 64 needs i64. */
	bswap(bits: 16 | 32 | 64, value: Node): Instruction {
		const type = valueType(value);
		assert(type === "i64" || (type === "i32" && bits < 64), "types of bswap");
		return this.emit({ op: "bswap", type, bits, args: [value] });
	}

	isconst(value: Node): Instruction {
		return this.emit({ op: "isconst", type: "i32", args: [value] });
	}

	/** Goes to the entry block, behind the allocas there, whatever the insertion point. */
	alloca(size: number, align: number, name?: string): Instruction {
		const entry = this.func.blocks[0] ?? this.newBlock();
		let at = Math.min(this.allocas, entry.body.length);
		while (at > 0 && entry.body[at - 1]?.op !== "alloca") at--;
		while (entry.body[at]?.op === "alloca") at++;
		this.allocas = at + 1;
		const node = emit(this.func, entry, { op: "alloca", type: "ptr", size, align, args: [] }, at);
		if (this.place) node.place = this.place;
		if (name !== undefined) node.name = name;
		return node;
	}

	lifetime(start: boolean, alloca: Node): Instruction {
		return this.emit({ op: "lifetime", start, args: [alloca] });
	}

	/** Reads `size` bytes, widened to `type` (zeroes unless `signed`). */
	load(type: Type, size: Size, pointer: Node, options: AccessOptions = {}): Instruction {
		const { signed = false, volatile = false, align = 1, truth = false } = options;
		assert(
			pointer.type === "ptr" && (type !== "i32" || size <= 4),
			`load ${type} of ${size} bytes`,
		);
		const fields = { type, size, signed, volatile, align, args: [pointer] };
		return this.emit({ op: "load", ...fields, ...(truth ? { truth } : {}) });
	}

	/** Writes the low `size` bytes of `value`. */
	store(size: Size, pointer: Node, value: Node, options: AccessOptions = {}): Instruction {
		const { volatile = false, align = 1 } = options;
		assert(pointer.type === "ptr" && value.type !== undefined, "types of store");
		assert(value.type !== "i32" || size <= 4, `store of ${size} bytes`);
		return this.emit({ op: "store", size, volatile, align, args: [pointer, value] });
	}

	memcpy(to: Node, from: Node, size: number, align = 1, move = false): Instruction {
		return this.emit({ op: "memcpy", size, align, move, args: [to, from] });
	}

	/** `byte` is an i32 value or a number. */
	memset(to: Node, byte: Node | number, size: number, align = 1): Instruction {
		const value = typeof byte === "number" ? this.i32(byte) : byte;
		return this.emit({ op: "memset", size, align, args: [to, value] });
	}

	/** `operands`: [value], or [expected, value] for cmpxchg, which always fetches, as xchg does. */
	atomic(
		action: AtomicOp,
		size: 4 | 8,
		fetch: boolean,
		pointer: Node,
		...operands: Node[]
	): Instruction {
		const type: Type = operands.at(-1)?.type ?? "i64";
		const node = { op: "atomic" as const, action, size, fetch, args: [pointer, ...operands] };
		return this.emit(fetch ? { ...node, type } : node);
	}

	loadacquire(type: Type, size: Size, pointer: Node): Instruction {
		return this.emit({ op: "loadacquire", type, size, args: [pointer] });
	}

	storerelease(size: Size, pointer: Node, value: Node): Instruction {
		return this.emit({ op: "storerelease", size, args: [pointer, value] });
	}

	/** `returns` absent: nothing is given back. */
	call(callee: Callee, args: readonly Node[], returns?: Type): Instruction {
		const node = { op: "call" as const, callee, args: [...args] };
		return this.emit(returns ? { ...node, type: returns } : node);
	}

	callHelper(id: number, args: readonly Node[], returns: Type | undefined = "i64"): Instruction {
		return this.call({ kind: "helper", id }, args, returns);
	}

	callFunction(name: string, args: readonly Node[], returns?: Type): Instruction {
		return this.call({ kind: "function", name }, args, returns);
	}

	callIndirect(pointer: Node, args: readonly Node[], returns?: Type): Instruction {
		return this.call({ kind: "indirect" }, [pointer, ...args], returns);
	}

	/** `type` is that of the first output; absent without outputs. */
	asm(asm: Asm, args: readonly Node[], type?: Type): Instruction {
		const node = { op: "asm" as const, asm, args: [...args] };
		return this.emit(type ? { ...node, type } : node);
	}

	/** Output number `index` (from 1) of an `asm`. */
	asmout(asm: Node, index: number, type: Type): Instruction {
		return this.emit({ op: "asmout", type, index, args: [asm] });
	}

	/** An empty phi in the current block; see `addIncoming`. */
	phi(type: Type): Phi {
		this.block ??= this.newBlock();
		const phi = addPhi(this.func, this.block, type);
		if (this.place) phi.place = this.place;
		return phi;
	}

	br(target: Block): Terminator {
		return this.end({ op: "br", target, args: [] });
	}

	condbr(condition: Node, then: Block, otherwise: Block, likely?: boolean): Terminator {
		assert(condition.type === "i32", "condbr of i32");
		const node = { op: "condbr" as const, then, otherwise, args: [condition] };
		return this.end(likely === undefined ? node : { ...node, likely });
	}

	/** Bounds are unsigned in the value's type and inclusive. */
	switch(
		value: Node,
		cases: readonly { readonly low: bigint; readonly high: bigint; readonly target: Block }[],
		otherwise: Block,
	): Terminator {
		return this.end({
			op: "switch",
			cases: cases.map((c) => ({ ...c })),
			otherwise,
			args: [value],
		});
	}

	ret(value?: Node): Terminator {
		return this.end({ op: "ret", args: value ? [value] : [] });
	}

	unreachable(): Terminator {
		return this.end({ op: "unreachable", args: [] });
	}

	asmgoto(asm: Asm, args: readonly Node[], targets: readonly Block[], next: Block): Terminator {
		return this.end({ op: "asmgoto", asm, args: [...args], targets: [...targets], next });
	}
}

function valueType(node: Node): Type {
	assert(node.type !== undefined, `${node.op} has no value`);
	return node.type;
}
