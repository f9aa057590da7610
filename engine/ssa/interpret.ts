// The reference interpreter: runs a function of a module over byte memory. It is slow and plain on purpose, the oracle that optimised
// code is compared with. Inline assembly is not run.

import { wrap } from "./build.ts";
import {
	evaluateAtomic,
	evaluateBinary,
	evaluateCompare,
	evaluateSwap,
	unsigned,
	widthOf,
} from "./evaluate.ts";
import type { Block, Func, Instruction, Module, Node } from "./ir.ts";

/** Bytes at addresses, little-endian. */
export interface Memory {
	/** Unsigned; undefined outside of all regions. */
	read(address: bigint, size: number): bigint | undefined;
	/** False outside of all regions. */
	write(address: bigint, size: number, value: bigint): boolean;
}

/** What surrounds the interpreted function. */
export interface Host {
	/** Memory beside stack and globals; `base` below 2^32 is free, as is everything from 2^48. */
	readonly regions?: readonly { readonly base: bigint; readonly bytes: Uint8Array }[];
	/** Calls of helpers; arguments and result as signed 64-bit numbers. */
	helper?(id: number, args: readonly bigint[], memory: Memory): bigint;
	/** Calls of externs and of functions without blocks. */
	extern?(name: string, args: readonly bigint[], memory: Memory): bigint;
	/** Instructions until it gives up; a million unless told. */
	readonly steps?: number;
}

/** How the run ended. */
export interface Ending {
	/** Absent for functions without a result and after a fault. */
	readonly value?: bigint;
	/** Why it stopped early. */
	readonly fault?: string;
	/** Instructions executed. */
	readonly steps: number;
}

const globalBase = 1n << 32n;
const stackBase = 1n << 40n;

class Fault extends Error {}

class Regions implements Memory {
	private readonly list: { readonly base: bigint; readonly bytes: Uint8Array }[];

	constructor(list: readonly { readonly base: bigint; readonly bytes: Uint8Array }[]) {
		this.list = [...list];
	}

	push(base: bigint, size: number): void {
		this.list.push({ base, bytes: new Uint8Array(size) });
	}

	pop(): void {
		this.list.pop();
	}

	get count(): number {
		return this.list.length;
	}

	private find(address: bigint, size: number): { bytes: Uint8Array; at: number } | undefined {
		for (const { base, bytes } of this.list)
			if (address >= base && address + BigInt(size) <= base + BigInt(bytes.length))
				return { bytes, at: Number(address - base) };
		return undefined;
	}

	read(address: bigint, size: number): bigint | undefined {
		const found = this.find(address, size);
		if (!found) return undefined;
		let value = 0n;
		for (let i = size - 1; i >= 0; i--)
			value = (value << 8n) | BigInt(found.bytes[found.at + i] ?? 0);
		return value;
	}

	write(address: bigint, size: number, value: bigint): boolean {
		const found = this.find(address, size);
		if (!found) return false;
		let rest = value;
		for (let i = 0; i < size; i++) {
			found.bytes[found.at + i] = Number(rest & 255n);
			rest >>= 8n;
		}
		return true;
	}
}

/** Runs function `name`. Reading `undef` and fresh stack gives 0. */
export function interpret(
	module: Module,
	name: string,
	args: readonly bigint[],
	host: Host = {},
): Ending {
	const machine = new Machine(module, host);
	try {
		const value = machine.call(name, args);
		return value === undefined ? { steps: machine.steps } : { value, steps: machine.steps };
	} catch (error) {
		if (error instanceof Fault) return { fault: error.message, steps: machine.steps };
		throw error;
	}
}

class Machine {
	steps = 0;
	private readonly module: Module;
	private readonly host: Host;
	private readonly memory: Regions;
	private readonly symbols = new Map<string, bigint>();
	private readonly named = new Map<bigint, string>();
	private stackTop = stackBase;
	private readonly limit: number;

	constructor(module: Module, host: Host) {
		this.module = module;
		this.host = host;
		this.limit = host.steps ?? 1_000_000;
		this.memory = new Regions(host.regions ?? []);
		this.placeSymbols();
	}

	private placeSymbols(): void {
		let at = globalBase;
		const place = (name: string, size: number) => {
			this.symbols.set(name, at);
			this.named.set(at, name);
			at += BigInt((size + 71) & ~63);
		};
		for (const g of this.module.globals) place(g.name, g.size);
		for (const f of this.module.functions) place(f.name, 8);
		for (const e of this.module.externs) place(e.name, e.size);
		for (const e of this.module.externs) this.memory.push(this.address(e.name), e.size);
		for (const g of this.module.globals) {
			const base = this.address(g.name);
			this.memory.push(base, g.size);
			g.bytes?.forEach((byte, i) => void this.memory.write(base + BigInt(i), 1, BigInt(byte)));
			for (const a of g.addresses)
				this.memory.write(base + BigInt(a.offset), 8, this.address(a.symbol) + BigInt(a.addend));
		}
	}

	private address(symbol: string): bigint {
		const found = this.symbols.get(symbol);
		if (found === undefined) throw new Fault(`no symbol ${symbol}`);
		return found;
	}

	call(name: string, args: readonly bigint[]): bigint | undefined {
		const func = this.module.functions.find((f) => f.name === name);
		if (!func || func.blocks.length === 0) {
			if (!this.host.extern) throw new Fault(`call of ${name}`);
			return this.host.extern(name, args, this.memory);
		}
		const [regions, top] = [this.memory.count, this.stackTop];
		const value = this.run(func, args);
		while (this.memory.count > regions) this.memory.pop();
		this.stackTop = top;
		return value;
	}

	private run(func: Func, args: readonly bigint[]): bigint | undefined {
		const frame = new Map<Node, bigint>();
		let block = func.blocks[0];
		let from: Block | undefined;
		while (block) {
			const values = block.phis.map((phi) => {
				const arg = phi.args[from ? phi.from.indexOf(from) : -1];
				if (!arg) throw new Fault("phi without an argument for the edge");
				return this.value(frame, args, arg);
			});
			for (const [i, phi] of block.phis.entries()) frame.set(phi, values[i] ?? 0n);
			for (const node of block.body) {
				if (++this.steps > this.limit) throw new Fault("too many steps");
				const result = this.execute(node, frame, args);
				if (node.type) frame.set(node, wrap(node.type, result ?? 0n));
			}
			if (++this.steps > this.limit) throw new Fault("too many steps");
			const t = block.terminator;
			if (t.op === "ret") return t.args[0] && this.value(frame, args, t.args[0]);
			from = block;
			block = this.next(block, (n) => this.value(frame, args, n));
		}
		return undefined;
	}

	private next(block: Block, value: (n: Node) => bigint): Block {
		const t = block.terminator;
		const [arg] = t.args;
		switch (t.op) {
			case "br":
				return t.target;
			case "condbr":
				return arg && value(arg) !== 0n ? t.then : t.otherwise;
			case "switch": {
				const v = arg ? unsigned(arg.type, value(arg)) : 0n;
				return t.cases.find((c) => c.low <= v && v <= c.high)?.target ?? t.otherwise;
			}
			case "asmgoto":
				throw new Fault("inline assembly");
			default:
				throw new Fault("unreachable");
		}
	}

	private value(frame: ReadonlyMap<Node, bigint>, args: readonly bigint[], node: Node): bigint {
		switch (node.op) {
			case "const":
				return node.value;
			case "undef":
				return 0n;
			case "param":
				return wrap(node.type, args[node.index] ?? 0n);
			case "global":
				return this.address(node.symbol) + BigInt(node.offset);
			case "core":
				return wrap(node.type, this.module.core[node.record]?.value ?? 0n);
			default: {
				const found = frame.get(node);
				if (found === undefined) throw new Fault(`%${node.id} has no value yet`);
				return found;
			}
		}
	}

	private execute(
		node: Instruction,
		frame: ReadonlyMap<Node, bigint>,
		args: readonly bigint[],
	): bigint | undefined {
		const at = (i: number) => {
			const arg = node.args[i];
			return arg ? this.value(frame, args, arg) : 0n;
		};
		const argType = node.args[0]?.type ?? "i64";
		switch (node.op) {
			case "ptradd":
				return at(0) + at(1);
			case "icmp":
				return evaluateCompare(node.predicate, argType, at(0), at(1)) ? 1n : 0n;
			case "select":
				return at(0) !== 0n ? at(1) : at(2);
			case "zext":
				return BigInt.asUintN(32, at(0));
			case "sext":
				return BigInt.asIntN(node.bits, at(0));
			case "trunc":
			case "ptrtoint":
			case "inttoptr":
			case "spacecast":
				return at(0);
			case "bswap":
				return evaluateSwap(node.bits, node.type, at(0));
			case "isconst":
				return node.args[0]?.op === "const" ? 1n : 0n;
			case "alloca":
				return this.allocate(node.size, node.align);
			case "lifetime":
				return undefined;
			case "call":
				return this.callNode(node, at);
			case "asm":
			case "asmout":
				throw new Fault("inline assembly");
			case "load":
			case "store":
			case "memcpy":
			case "memset":
			case "atomic":
			case "loadacquire":
			case "storerelease":
				return this.access(node, at);
			default:
				return evaluateBinary(node.op, node.type, at(0), at(1));
		}
	}

	private allocate(size: number, align: number): bigint {
		const unit = BigInt(Math.max(align, 1));
		const base = ((this.stackTop + unit - 1n) / unit) * unit;
		this.memory.push(base, size);
		this.stackTop = base + BigInt(size) + 64n;
		return base;
	}

	private callNode(
		node: Instruction & { op: "call" },
		at: (i: number) => bigint,
	): bigint | undefined {
		const args = node.args.map((_, i) => at(i));
		const { callee } = node;
		if (callee.kind === "function") return this.call(callee.name, args);
		if (callee.kind === "helper") return this.helper(callee.id, args);
		const target = args.shift() ?? 0n;
		const name = this.named.get(target);
		return name === undefined ? this.helper(Number(target), args) : this.call(name, args);
	}

	private helper(id: number, args: readonly bigint[]): bigint {
		if (!this.host.helper) throw new Fault(`call of helper ${id}`);
		return this.host.helper(id, args, this.memory);
	}

	private read(address: bigint, size: number): bigint {
		const found = this.memory.read(BigInt.asUintN(64, address), size);
		if (found === undefined) throw new Fault("read outside of memory");
		return found;
	}

	private write(address: bigint, size: number, value: bigint): void {
		if (!this.memory.write(BigInt.asUintN(64, address), size, value))
			throw new Fault("write outside of memory");
	}

	private access(
		node: Instruction & {
			op: "load" | "store" | "memcpy" | "memset" | "atomic" | "loadacquire" | "storerelease";
		},
		at: (i: number) => bigint,
	): bigint | undefined {
		switch (node.op) {
			case "load": {
				const value = this.read(at(0), node.size);
				return node.signed ? BigInt.asIntN(node.size * 8, value) : value;
			}
			case "loadacquire":
				return this.read(at(0), node.size);
			case "store":
			case "storerelease":
				this.write(at(0), node.size, at(1));
				return undefined;
			case "memcpy": {
				const [to, from] = [at(0), at(1)];
				const bytes: bigint[] = [];
				for (let i = 0; i < node.size; i++) bytes.push(this.read(from + BigInt(i), 1));
				for (const [i, byte] of bytes.entries()) this.write(to + BigInt(i), 1, byte);
				return undefined;
			}
			case "memset":
				for (let i = 0; i < node.size; i++) this.write(at(0) + BigInt(i), 1, at(1));
				return undefined;
			default: {
				const old = this.read(at(0), node.size);
				const expected = BigInt.asUintN(node.size * 8, at(1));
				const operand = node.action === "cmpxchg" ? at(2) : at(1);
				this.write(at(0), node.size, evaluateAtomic(node.action, old, operand, expected));
				return widthOf(node.type) === 32 || node.fetch ? old : undefined;
			}
		}
	}
}
