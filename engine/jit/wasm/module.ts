// A WebAssembly module put together from types, imports, functions, one table and exports, written out as bytes. Layout:
// WebAssembly core specification, section 5.5.

import type { Body } from "./body.ts";
import { Bytes } from "./bytes.ts";
import { OP } from "./opcode.ts";

export interface FunctionType {
	readonly parameters: readonly number[];
	readonly results: readonly number[];
}

interface Import {
	readonly name: string;
	readonly write: (out: Bytes) => void;
}

/** A function of the module: its type and body. */
interface Definition {
	readonly type: number;
	readonly body: Body;
}

export class ModuleWriter {
	readonly #types: FunctionType[] = [];
	readonly #imports: Import[] = [];
	readonly #functions: Definition[] = [];
	readonly #exports: { name: string; index: number }[] = [];
	readonly #elements: { table: number; offset: number; index: number }[] = [];
	#importedFunctions = 0;
	#importedTables = 0;
	#tableSize: number | undefined;

	/** Index of a function type, the same for equal types. */
	type(parameters: readonly number[], results: readonly number[]): number {
		const key = `${parameters}:${results}`;
		const at = this.#types.findIndex((t) => `${t.parameters}:${t.results}` === key);
		if (at >= 0) return at;
		this.#types.push({ parameters, results });
		return this.#types.length - 1;
	}

	importMemory(name: string, minimumPages: number, maximumPages: number): void {
		this.#imports.push({
			name,
			write: (out) => {
				out.u8(2);
				out.u8(1);
				out.u32(minimumPages);
				out.u32(maximumPages);
			},
		});
	}

	/** Index of an imported table of functions. Import tables before defining one. */
	importTable(name: string): number {
		this.#imports.push({
			name,
			write: (out) => {
				out.u8(1);
				out.u8(0x70);
				out.u8(0);
				out.u32(0);
			},
		});
		return this.#importedTables++;
	}

	/** Index of an imported function. Import functions before defining any. */
	importFunction(name: string, type: number): number {
		this.#imports.push({
			name,
			write: (out) => {
				out.u8(0);
				out.u32(type);
			},
		});
		return this.#importedFunctions++;
	}

	/** Index of the module's own table of functions, with room for `size`. */
	table(size: number): number {
		this.#tableSize = size;
		return this.#importedTables;
	}

	element(table: number, offset: number, functionIndex: number): void {
		this.#elements.push({ table, offset, index: functionIndex });
	}

	/** Index of a function whose body may still be empty. */
	define(type: number, body: Body): number {
		this.#functions.push({ type, body });
		return this.#importedFunctions + this.#functions.length - 1;
	}

	export(name: string, functionIndex: number): void {
		this.#exports.push({ name, index: functionIndex });
	}

	bytes(): Uint8Array<ArrayBuffer> {
		const out = new Bytes();
		out.append(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
		vector(out, 1, this.#types, (to, type) => {
			to.u8(0x60);
			for (const side of [type.parameters, type.results]) to.sized(new Uint8Array(side));
		});
		vector(out, 2, this.#imports, (to, entry) => {
			to.text("skep");
			to.text(entry.name);
			entry.write(to);
		});
		vector(out, 3, this.#functions, (to, f) => to.u32(f.type));
		const tables = this.#tableSize === undefined ? [] : [this.#tableSize];
		vector(out, 4, tables, (to, size) => {
			to.u8(0x70);
			to.u8(0);
			to.u32(size);
		});
		vector(out, 7, this.#exports, (to, entry) => {
			to.text(entry.name);
			to.u8(0);
			to.u32(entry.index);
		});
		vector(out, 9, this.#elements, (to, e) => {
			to.u32(2);
			to.u32(e.table);
			to.u8(OP.const32);
			to.s32(e.offset);
			to.u8(OP.end);
			to.u8(0);
			to.u32(1);
			to.u32(e.index);
		});
		vector(out, 10, this.#functions, (to, f) => to.sized(functionBytes(f.body)));
		return out.view.slice();
	}
}

function vector<T>(
	out: Bytes,
	section: number,
	items: readonly T[],
	write: (to: Bytes, item: T) => void,
): void {
	if (items.length === 0) return;
	const content = new Bytes();
	content.u32(items.length);
	for (const item of items) write(content, item);
	out.u8(section);
	out.sized(content.view);
}

function functionBytes(body: Body): Uint8Array {
	const out = new Bytes();
	const runs: { type: number; count: number }[] = [];
	for (const type of body.locals) {
		const last = runs.at(-1);
		if (last?.type === type) last.count++;
		else runs.push({ type, count: 1 });
	}
	out.u32(runs.length);
	for (const run of runs) {
		out.u32(run.count);
		out.u8(run.type);
	}
	out.append(body.code.view);
	out.u8(OP.end);
	return out.view;
}
