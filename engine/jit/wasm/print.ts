// A function body as text, in the manner of the WebAssembly text format, one line an instruction.

import type { Body } from "./body.ts";
import { WASM } from "./opcode.ts";

/** One instruction: where it came from, how deep it is nested, its text. */
export interface Line {
	readonly source: number;
	readonly depth: number;
	readonly text: string;
}

/** Names for locals and functions instead of numbers. */
export interface Names {
	local(index: number): string;
	function(index: number): string;
}

/** The instructions of `body`. Source position -1 stands before the first mark. */
export function printBody(body: Body, names: Names): Line[] {
	return new Printer(body.code.view, names).lines(body.marks);
}

class Printer {
	readonly #bytes: Uint8Array;
	readonly #names: Names;
	#at = 0;

	constructor(bytes: Uint8Array, names: Names) {
		this.#bytes = bytes;
		this.#names = names;
	}

	lines(marks: readonly { at: number; source: number }[]): Line[] {
		const lines: Line[] = [];
		let depth = 0;
		let mark = 0;
		while (this.#at < this.#bytes.length) {
			while ((marks[mark]?.at ?? Number.POSITIVE_INFINITY) <= this.#at) mark++;
			const source = marks[mark - 1]?.source ?? -1;
			const code = this.#byte();
			const row = WASM.get(code);
			const name = row?.name ?? `0x${code.toString(16)}`;
			if (name === "end" || name === "else") depth--;
			const operand = this.#operand(row?.immediate ?? "none");
			lines.push({ source, depth, text: operand === "" ? name : `${name} ${operand}` });
			if (row?.immediate === "block" || name === "else") depth++;
		}
		return lines;
	}

	#operand(immediate: string): string {
		switch (immediate) {
			case "block":
				return this.#byte() === 0x40 ? "" : "(result)";
			case "label":
				return `${this.#u32()}`;
			case "labels": {
				const labels = Array.from({ length: this.#u32() + 1 }, () => this.#u32());
				return labels.join(" ");
			}
			case "indirect":
				return `type ${this.#u32()} table ${this.#u32()}`;
			case "memory": {
				this.#u32();
				const offset = this.#u32();
				return offset === 0 ? "" : `offset=${offset}`;
			}
			case "i32":
			case "i64":
				return this.#signed();
			case "index":
				return this.#index();
			default:
				return "";
		}
	}

	#index(): string {
		const call = this.#bytes[this.#at - 1] === 0x10;
		const index = this.#u32();
		return call ? this.#names.function(index) : this.#names.local(index);
	}

	#byte(): number {
		return this.#bytes[this.#at++] ?? 0;
	}

	#u32(): number {
		let value = 0;
		for (let shift = 0; ; shift += 7) {
			const byte = this.#byte();
			value |= (byte & 127) << shift;
			if (byte < 128) return value >>> 0;
		}
	}

	#signed(): string {
		let value = 0n;
		for (let shift = 0n; ; shift += 7n) {
			const byte = this.#byte();
			value |= BigInt(byte & 127) << shift;
			if (byte >= 128) continue;
			const bits = shift + 7n;
			return String(bits < 64n ? BigInt.asIntN(Number(bits), value) : BigInt.asIntN(64, value));
		}
	}
}
