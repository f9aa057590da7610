// Loads, stores and atomic operations as WebAssembly. One guest runs at a time, so an atomic operation is a load, an
// operation and a store. Returns false for encodings that are no instruction.

import {
	BPF_ATOMIC,
	BPF_CMPXCHG,
	BPF_FETCH,
	BPF_LOAD_ACQ,
	BPF_MEM,
	BPF_MEMSX,
	BPF_ST,
	BPF_STORE_REL,
	BPF_XCHG,
} from "../isa/index.ts";
import type { FunctionUnit } from "./unit.ts";
import { OP } from "./wasm/opcode.ts";

/** By the opcode's size bits: 32, 16, 8, 64. */
const LOADS = [0x35, 0x33, 0x31, 0x29] as const;
const SIGNED_LOADS = [0x34, 0x32, 0x30, undefined] as const;
const STORES = [0x3e, 0x3d, 0x3c, 0x37] as const;
const COMBINE: ReadonlyMap<number, number> = new Map([
	[0x00, 0x7c],
	[0x40, 0x84],
	[0x50, 0x83],
	[0xa0, 0x85],
]);

export function compileLoad(f: FunctionUnit, pc: number): boolean {
	const { code } = f.unit;
	const opcode = code.opcode[pc] ?? 0;
	const size = (opcode >> 3) & 3;
	const mode = opcode & 0xe0;
	const load = mode === BPF_MEM ? LOADS[size] : mode === BPF_MEMSX ? SIGNED_LOADS[size] : undefined;
	const d = code.dst[pc] ?? 0;
	if (load === undefined || d >= 10) return false;
	const offset = f.pushAddress(code.src[pc] ?? 0, code.off[pc] ?? 0);
	f.body.memory(load, offset);
	f.pop64(d);
	return true;
}

export function compileStore(f: FunctionUnit, pc: number): boolean {
	const { code } = f.unit;
	const opcode = code.opcode[pc] ?? 0;
	const mode = opcode & 0xe0;
	const immediate = (opcode & 7) === BPF_ST;
	if (mode === BPF_ATOMIC && !immediate) return compileAtomic(f, pc);
	if (mode !== BPF_MEM) return false;
	const offset = f.pushAddress(code.dst[pc] ?? 0, code.off[pc] ?? 0);
	const imm = code.imm[pc] ?? 0;
	if (immediate) f.body.const64(imm, imm >> 31);
	else f.push64(code.src[pc] ?? 0);
	f.body.memory(STORES[(opcode >> 3) & 3] ?? OP.store64, offset);
	return true;
}

function compileAtomic(f: FunctionUnit, pc: number): boolean {
	const { code } = f.unit;
	const { body } = f;
	const size = ((code.opcode[pc] ?? 0) >> 3) & 3;
	const operation = code.imm[pc] ?? 0;
	const load = LOADS[size] ?? OP.load64;
	const store = STORES[size] ?? OP.store64;
	const d = code.dst[pc] ?? 0;
	const s = code.src[pc] ?? 0;
	const off = code.off[pc] ?? 0;
	if (operation === BPF_LOAD_ACQ) {
		if (d >= 10) return false;
		const offset = f.pushAddress(s, off);
		body.memory(load, offset);
		f.pop64(d);
		return true;
	}
	if (operation === BPF_STORE_REL) {
		const offset = f.pushAddress(d, off);
		f.push64(s);
		body.memory(store, offset);
		return true;
	}
	if (size === 1 || size === 2) return false;
	const combine = COMBINE.get(operation & ~BPF_FETCH);
	const exchange = operation === BPF_XCHG || operation === BPF_CMPXCHG;
	if (combine === undefined && !exchange) return false;
	const fetches = exchange || (operation & BPF_FETCH) !== 0;
	if (fetches && operation !== BPF_CMPXCHG && s >= 10) return false;
	const address = f.temporary32(0);
	const old = f.temporary64(0);
	const offset = f.pushAddress(d, off);
	body.tee(address);
	body.memory(load, offset);
	body.set(old);
	if (operation === BPF_CMPXCHG) {
		compareExchange(f, size === 0, s, address, offset, store);
		return true;
	}
	body.get(address);
	if (combine === undefined) f.push64(s);
	else {
		body.get(old);
		f.push64(s);
		body.op(combine);
	}
	body.memory(store, offset);
	if (!fetches) return true;
	body.get(old);
	f.pop64(s);
	return true;
}

function compareExchange(
	f: FunctionUnit,
	narrow: boolean,
	s: number,
	address: number,
	offset: number,
	store: number,
): void {
	const { body } = f;
	const old = f.temporary64(0);
	body.get(old);
	f.push64(0);
	if (narrow) {
		body.const64(-1, 0);
		body.op(OP.and64);
	}
	body.op(OP.eq64);
	body.open(OP.if);
	body.get(address);
	f.push64(s);
	body.memory(store, offset);
	body.op(OP.end);
	body.get(old);
	f.pop64(0);
}
