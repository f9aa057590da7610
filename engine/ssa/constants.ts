// Loads from memory whose contents are known: globals that the program never writes. Takes an address, gives a number or another address.

import { address, constant } from "./build.ts";
import { locate } from "./edit.ts";
import type { Func, Global, Instruction, Module, Node } from "./ir.ts";
import { globalOf } from "./named.ts";

/** The value of a load from a constant global; undefined if it is not known. */
export function foldLoad(
	load: Instruction & { op: "load" },
	func: Func,
	module: Module,
): Node | undefined {
	const [pointer] = load.args;
	if (!pointer || load.volatile) return undefined;
	const { base, offset } = locate(pointer);
	if (base.op !== "global") return undefined;
	const global = globalOf(module, base.symbol);
	if (!global?.constant || offset < 0 || offset + load.size > global.size) return undefined;
	const relocated = global.addresses.find(
		(a) => a.offset < offset + load.size && offset < a.offset + 8,
	);
	if (relocated) {
		if (relocated.offset !== offset || load.type !== "ptr") return undefined;
		return address(func, relocated.symbol, relocated.addend);
	}
	return constant(func, load.type, read(global, offset, load.size, load.signed));
}

/** Bytes of a global's initial contents as a number. */
function read(global: Global, offset: number, size: number, signed: boolean): bigint {
	let value = 0n;
	for (let i = size - 1; i >= 0; i--)
		value = (value << 8n) | BigInt(global.bytes?.[offset + i] ?? 0);
	return signed ? BigInt.asIntN(size * 8, value) : value;
}
