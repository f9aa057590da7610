// Code of functions, globals and externs → Relocatable: sections, symbols, relocations as clang writes them (static ones by section,
// global ones by symbol). Knows no instruction selection.

import { view } from "../base/index.ts";
import { codeOf, encode, INSN_SIZE, type Insn } from "../isa/index.ts";
import type { Relocatable, SectionData, SymbolData, SymbolRelocation } from "../object/index.ts";
import type { Func, Global, Module } from "../ssa/index.ts";
import type { Emitted } from "./emit.ts";

const R_BPF_64_64 = 1;
const R_BPF_64_ABS64 = 2;
const R_BPF_64_32 = 10;
const CALL_OPCODE = 0x85;

export interface PlacedFunc {
	readonly func: Func;
	readonly code: Emitted;
	/** First slot in its section. */
	readonly start: number;
}

/** Where everything went, for BTF. */
export interface Assembled {
	readonly sections: readonly SectionData[];
	readonly symbols: readonly SymbolData[];
	readonly functions: readonly PlacedFunc[];
	/** Byte offset of each global in its section. */
	readonly offsets: ReadonlyMap<Global, number>;
	/** Externs that the code names. */
	readonly referenced: ReadonlySet<string>;
}

type Draft = Omit<SectionData, "relocations"> & { relocations: SymbolRelocation[] };

export function assembleObject(
	module: Module,
	codes: readonly { func: Func; code: Emitted }[],
): Assembled {
	return new Assembler(module, codes).run();
}

export function relocatable(a: Assembled, btf?: Uint8Array, btfExt?: Uint8Array): Relocatable {
	return {
		sections: a.sections,
		symbols: a.symbols,
		...(btf ? { btf } : {}),
		...(btfExt ? { btfExt } : {}),
	};
}

/** Of a data section, from its name. */
function kindOf(name: string): SectionData["kind"] {
	if (/^\.bss(\.|$)/.test(name)) return "bss";
	if (/^\.rodata\.str/.test(name)) return "strings";
	return /^\.rodata(\.|$)/.test(name) ? "readonly" : "data";
}

class Assembler {
	readonly #module: Module;
	readonly #functions: PlacedFunc[] = [];
	readonly #sections: Draft[] = [];
	readonly #symbols: SymbolData[] = [];
	readonly #sectionIndex = new Map<string, number>();
	readonly #sectionSymbol = new Map<string, number>();
	readonly #symbolIndex = new Map<string, number>();
	readonly #offsets = new Map<Global, number>();
	readonly #referenced = new Set<string>();
	readonly #funcByName = new Map<string, PlacedFunc>();
	readonly #globalByName = new Map<string, Global>();

	constructor(module: Module, codes: readonly { func: Func; code: Emitted }[]) {
		this.#module = module;
		const lengths = new Map<string, number>();
		for (const { func, code } of codes) {
			const start = lengths.get(func.section) ?? 0;
			lengths.set(func.section, start + code.slots.length);
			const placed = { func, code, start };
			this.#functions.push(placed);
			this.#funcByName.set(func.name, placed);
		}
		for (const g of module.globals) this.#globalByName.set(g.name, g);
	}

	run(): Assembled {
		this.#codeSections();
		this.#dataSections();
		this.#define();
		for (const f of this.#functions) this.#relocateCode(f);
		for (const g of this.#module.globals) this.#relocateData(g);
		for (const s of this.#sections) s.relocations.sort((a, b) => a.offset - b.offset);
		return {
			sections: this.#sections,
			symbols: this.#symbols,
			functions: this.#functions,
			offsets: this.#offsets,
			referenced: this.#referenced,
		};
	}

	#section(name: string, kind: SectionData["kind"], align: number, bytes: Uint8Array): void {
		this.#sectionIndex.set(name, this.#sections.length);
		this.#sections.push({ name, kind, align, bytes, relocations: [] });
	}

	#codeSections(): void {
		const names = [...new Set(this.#functions.map((f) => f.func.section))];
		names.sort((a, b) => Number(b === ".text") - Number(a === ".text"));
		for (const name of names) {
			const slots = this.#functions
				.filter((f) => f.func.section === name)
				.flatMap((f): Insn[] => f.code.slots);
			this.#section(name, "code", INSN_SIZE, encode(codeOf(slots)));
		}
	}

	#dataSections(): void {
		const names = [...new Set(this.#module.globals.map((g) => g.section))];
		for (const name of names) {
			const list = this.#module.globals.filter((g) => g.section === name);
			let at = 0;
			let align = 1;
			for (const g of list) {
				const own = Math.max(g.align, 1);
				at = Math.ceil(at / own) * own;
				this.#offsets.set(g, at);
				at += g.size;
				align = Math.max(align, own);
			}
			const bytes = new Uint8Array(at);
			for (const g of list)
				if (g.bytes) bytes.set(g.bytes.subarray(0, g.size), this.#offsets.get(g));
			this.#section(name, kindOf(name), align, bytes);
		}
	}

	/** ELF wants local symbols first. */
	#define(): void {
		const drafts: SymbolData[] = [];
		for (const { func, code, start } of this.#functions)
			drafts.push({
				name: func.name,
				section: this.#sectionIndex.get(func.section) ?? 0,
				value: start * INSN_SIZE,
				size: code.slots.length * INSN_SIZE,
				kind: "function",
				binding: func.linkage === "static" ? "local" : func.linkage,
				...(func.hidden ? { hidden: true } : {}),
			});
		for (const [g, value] of this.#offsets)
			drafts.push({
				name: g.name,
				section: this.#sectionIndex.get(g.section) ?? 0,
				value,
				size: g.size,
				kind: "object",
				binding: g.linkage === "static" ? "local" : g.linkage,
				...(g.hidden ? { hidden: true } : {}),
			});
		this.#sections.forEach((s, section) => {
			this.#sectionSymbol.set(s.name, this.#symbols.length);
			this.#symbols.push({
				name: "",
				section,
				value: 0,
				size: 0,
				kind: "section",
				binding: "local",
			});
		});
		drafts.sort((a, b) => Number(b.binding === "local") - Number(a.binding === "local"));
		for (const d of drafts) {
			this.#symbolIndex.set(d.name, this.#symbols.length);
			this.#symbols.push(d);
		}
	}

	/** The symbol of something that another object or the kernel defines. */
	#undefined(name: string): number {
		this.#referenced.add(name);
		const known = this.#symbolIndex.get(name);
		if (known !== undefined) return known;
		const extern = this.#module.externs.find((e) => e.name === name);
		const at = this.#symbols.length;
		this.#symbolIndex.set(name, at);
		this.#symbols.push({
			name,
			value: 0,
			size: 0,
			kind: "none",
			binding: extern?.weak ? "weak" : "global",
		});
		return at;
	}

	#relocateCode(from: PlacedFunc): void {
		const section = this.#sections[this.#sectionIndex.get(from.func.section) ?? 0];
		if (!section) return;
		const data = view(section.bytes);
		for (const { slot, symbol, addend } of from.code.references) {
			const offset = (from.start + slot) * INSN_SIZE;
			const call = data.getUint8(offset) === CALL_OPCODE;
			const target = call ? this.#call(from, slot, symbol) : this.#address(symbol, addend);
			data.setInt32(offset + 4, Number(BigInt.asIntN(32, target.imm)), true);
			if (!call) data.setInt32(offset + 12, Number(BigInt.asIntN(32, target.imm >> 32n)), true);
			if (target.symbol === undefined) continue;
			const type = call ? R_BPF_64_32 : R_BPF_64_64;
			section.relocations.push({ offset, type, symbol: target.symbol });
		}
	}

	/** Calls within a section are resolved; others count instructions from the section's start, less one. */
	#call(from: PlacedFunc, slot: number, name: string): { imm: bigint; symbol?: number } {
		const to = this.#funcByName.get(name);
		if (!to) return { imm: -1n, symbol: this.#undefined(name) };
		if (to.func.linkage !== "static") return { imm: -1n, symbol: this.#symbolIndex.get(name) ?? 0 };
		if (to.func.section === from.func.section)
			return { imm: BigInt(to.start - from.start - slot - 1) };
		return {
			imm: BigInt(to.start - 1),
			symbol: this.#sectionSymbol.get(to.func.section) ?? 0,
		};
	}

	#address(name: string, addend: bigint): { imm: bigint; symbol: number } {
		const func = this.#funcByName.get(name);
		const global = this.#globalByName.get(name);
		const own = this.#symbolIndex.get(name);
		if (own === undefined || (!func && !global))
			return { imm: addend, symbol: this.#undefined(name) };
		const linkage = func?.func.linkage ?? global?.linkage;
		const section = func?.func.section ?? global?.section ?? "";
		// A loader looks a map up by the value of its symbol.
		if (linkage !== "static" || section === ".maps") return { imm: addend, symbol: own };
		const offset = func ? func.start * INSN_SIZE : ((global && this.#offsets.get(global)) ?? 0);
		return { imm: addend + BigInt(offset), symbol: this.#sectionSymbol.get(section) ?? 0 };
	}

	#relocateData(g: Global): void {
		const section = this.#sections[this.#sectionIndex.get(g.section) ?? 0];
		if (!section) return;
		const data = view(section.bytes);
		for (const { offset, symbol, addend } of g.addresses) {
			const at = (this.#offsets.get(g) ?? 0) + offset;
			data.setBigInt64(at, BigInt(addend), true);
			section.relocations.push({
				offset: at,
				type: R_BPF_64_ABS64,
				symbol: this.#symbolIndex.get(symbol) ?? this.#undefined(symbol),
			});
		}
	}
}
