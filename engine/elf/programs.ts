// Code sections of an object → programs made whole: entry instructions, then the subprograms that they call in the order in
// which libbpf appends them, with relocations, function and line records moved along.

import type { Btf, ExtSection } from "../btf/index.ts";
import {
	BPF_CALL,
	BPF_JMP,
	BPF_PSEUDO_BTF_ID,
	BPF_PSEUDO_CALL,
	BPF_PSEUDO_FUNC,
	BPF_PSEUDO_KFUNC_CALL,
	type Code,
	decode,
	encode,
	INSN_SIZE,
	LD_IMM64,
	newCode,
} from "../isa/index.ts";
import type {
	FunctionSpec,
	KernelFunction,
	LineSpec,
	Relocatable,
	Relocation,
	SymbolData,
} from "../object/index.ts";
import { apply, resolve, type Target } from "./core/relocate.ts";
import type { Externs, Resolved } from "./externs.ts";
import { type ElfFunction, exceptionCallback, recordsOf } from "./functions.ts";
import type { MapPlaces } from "./maps.ts";

/** What an object knows that programs are cut from. */
export interface Source {
	readonly object: Relocatable;
	readonly functions: ReadonlyMap<number, readonly ElfFunction[]>;
	readonly maps: MapPlaces;
	readonly externs: Externs;
	readonly btf: Btf | undefined;
	readonly ext: ReadonlyMap<string, ExtSection>;
	/** The kernel's types that CO-RE relocations are resolved against. */
	readonly target?: Target;
}

/** A program with everything it calls. `fault`: why libbpf would give up; `unsupported`: what Skep lacks. */
export interface Assembled {
	readonly insns: Uint8Array;
	readonly relocations: readonly Relocation[];
	readonly functions: readonly FunctionSpec[];
	readonly lines: readonly LineSpec[];
	readonly kfuncs?: readonly KernelFunction[];
	readonly fault?: string;
	readonly unsupported?: string;
	/** What libbpf would not take, but can be done. */
	readonly warnings: readonly string[];
}

/** Puts `entry` and the subprograms it reaches together, at most `room` instruction slots. */
export function assemble(entry: ElfFunction, source: Source, room: number): Assembled {
	const work = new Assembly(source, room);
	work.append(entry);
	work.appendCallback(entry);
	return work.finish();
}

const WEAK_KFUNC_POISON = 2002000000;

interface Placed {
	readonly function: ElfFunction;
	/** Where it begins in the program. */
	readonly at: number;
	readonly code: Code;
}

class Assembly {
	readonly #source: Source;
	readonly #placed: Placed[] = [];
	readonly #room: number;
	#length = 0;
	#relocations: Relocation[] = [];
	#fault: string | undefined;
	#unsupported: string | undefined;
	#warnings = new Set<string>();
	readonly #kfuncs = new Map<number, string>();

	constructor(source: Source, room: number) {
		this.#source = source;
		this.#room = room;
	}

	/** Appends a function, then depth first what it calls; returns where it begins. */
	append(f: ElfFunction): number {
		const known = this.#placed.find(
			(p) => p.function.section === f.section && p.function.start === f.start,
		);
		if (known) return known.at;
		const size = f.end - f.start;
		if (this.#length + size > this.#room) {
			this.#refuse(`${f.name}: more than ${this.#room} instructions with what it calls`);
			return 0;
		}
		const section = this.#source.object.sections[f.section];
		const bytes = section?.bytes.subarray(f.start * INSN_SIZE, f.end * INSN_SIZE);
		const placed = { function: f, at: this.#length, code: decode(bytes ?? new Uint8Array()) };
		this.#placed.push(placed);
		this.#length += size;
		const symbols = this.#symbols(f);
		for (let pc = 0; pc < placed.code.length; pc++) {
			this.#insn(placed, pc, symbols.get(pc));
			if (placed.code.opcode[pc] === LD_IMM64) pc++;
		}
		return placed.at;
	}

	/** The callback that a tag names, unless it is called and so is here already. */
	appendCallback(entry: ElfFunction): void {
		const { object, btf, functions } = this.#source;
		const name = exceptionCallback(btf, entry.name);
		if (name === undefined) return;
		const text = object.sections.findIndex((s) => s.name === ".text");
		const [callback, ...others] = (functions.get(text) ?? []).filter((f) => f.name === name);
		if (!callback) this.#refuse(`cannot find exception callback ${name}`);
		else if (others.length) this.#refuse(`there are several functions ${name}`);
		else if (callback.local || callback.hidden)
			this.#refuse(`exception callback ${name} must be a global function that is not hidden`);
		else this.append(callback);
	}

	/** The symbols that relocations name, by instruction of the function. */
	#symbols(f: ElfFunction): Map<number, number> {
		const found = new Map<number, number>();
		for (const r of this.#source.object.sections[f.section]?.relocations ?? [])
			if (r.offset >= f.start * INSN_SIZE && r.offset < f.end * INSN_SIZE)
				found.set(Math.floor(r.offset / INSN_SIZE) - f.start, r.symbol);
		return found;
	}

	#insn(placed: Placed, pc: number, index: number | undefined): void {
		const { code } = placed;
		const opcode = code.opcode[pc];
		const symbol = index === undefined ? undefined : this.#source.object.symbols[index];
		if (opcode === (BPF_JMP | BPF_CALL)) this.#call(placed, pc, index, symbol);
		else if (opcode === LD_IMM64 && symbol && index !== undefined)
			this.#load(placed, pc, index, symbol);
		else if (opcode === LD_IMM64 && code.src[pc] === BPF_PSEUDO_FUNC)
			this.#functionAddress(
				placed,
				pc,
				placed.function.section,
				placed.function.start + pc + (code.imm[pc] ?? 0) + 1,
			);
		else if (symbol)
			this.#refuse(`instruction ${pc} of ${placed.function.name} cannot refer to ${symbol.name}`);
	}

	#call(placed: Placed, pc: number, index: number | undefined, symbol?: SymbolData): void {
		const { code, function: caller } = placed;
		const imm = code.imm[pc] ?? 0;
		if (symbol && symbol.section === undefined) {
			this.#kfunc(code, pc, this.#extern(index));
			return;
		}
		if (!symbol && code.src[pc] !== BPF_PSEUDO_CALL) return;
		const section = symbol?.section ?? caller.section;
		//   a call against a section symbol has the target in its immediate, against a function it has -1
		const target = symbol ? symbol.value / INSN_SIZE + imm + 1 : caller.start + pc + imm + 1;
		const at = this.#function(section, target);
		if (at === undefined) {
			this.#refuse(`call at ${pc} of ${caller.name}: no function begins at its target`);
			return;
		}
		code.src[pc] = BPF_PSEUDO_CALL;
		code.imm[pc] = at - (placed.at + pc) - 1;
	}

	#function(section: number, start: number): number | undefined {
		const f = this.#source.functions.get(section)?.find((c) => c.start === start);
		const place = this.#source.object.sections[section]?.name ?? "";
		if (f && place !== ".text")
			this.#warnings.add(
				`${f.name} is in section ${place}: libbpf takes subprograms from .text alone`,
			);
		return f && this.append(f);
	}

	#extern(index: number | undefined): Resolved {
		const fault: Resolved = { kind: "fault", message: "a symbol has no name" };
		return this.#source.externs.bySymbol.get(index ?? -1) ?? fault;
	}

	/** A weak kfunc that the kernel lacks becomes libbpf's invalid call, rejected only where it is reached. */
	#kfunc(code: Code, pc: number, extern: Resolved): void {
		code.src[pc] = BPF_PSEUDO_KFUNC_CALL;
		if (extern.kind === "typed") {
			code.imm[pc] = extern.id;
			this.#kfuncs.set(extern.id, extern.name);
		} else if (extern.kind === "missing") {
			code.src[pc] = 0;
			code.dst[pc] = 0;
			code.off[pc] = 0;
			code.imm[pc] = WEAK_KFUNC_POISON + extern.number;
		} else this.#cannot(extern);
	}

	#cannot(extern: Resolved): void {
		if (extern.kind !== "fault") this.#refuse("a variable is called");
		else if (extern.unsupported !== undefined) this.#unsupported ??= extern.unsupported;
		else this.#refuse(extern.message);
	}

	#functionAddress(placed: Placed, pc: number, section: number, start: number): void {
		const at = this.#function(section, start);
		if (at === undefined) {
			this.#refuse(`no function begins at instruction ${start}`);
			return;
		}
		placed.code.src[pc] = BPF_PSEUDO_FUNC;
		placed.code.imm[pc] = at - (placed.at + pc) - 1;
	}

	#load(placed: Placed, pc: number, index: number, symbol: SymbolData): void {
		const { code } = placed;
		const insn = placed.at + pc;
		const imm = code.imm[pc] ?? 0;
		if (symbol.section === undefined) {
			this.#externData(placed, pc, this.#extern(index));
			return;
		}
		const { maps, object } = this.#source;
		const map = maps.byPlace.get(`${symbol.section}:${symbol.value}`);
		const data = maps.bySection.get(symbol.section);
		const section = object.sections[symbol.section];
		if (map !== undefined) this.#relocations.push({ kind: "map", insn, map });
		else if (data !== undefined)
			this.#relocations.push({ kind: "map-value", insn, map: data, offset: symbol.value + imm });
		else if (section?.kind === "code")
			this.#functionAddress(placed, pc, symbol.section, (symbol.value + imm) / INSN_SIZE);
		else
			this.#refuse(
				`instruction ${pc} of ${placed.function.name} refers to ${symbol.name || section?.name}, which is not a map`,
			);
	}

	/** A `.kconfig` value, or a variable or function of the kernel. */
	#externData({ at, code }: Placed, pc: number, extern: Resolved): void {
		const { kconfig } = this.#source.maps;
		if (extern.kind === "kconfig" && kconfig !== undefined) {
			const { offset } = extern;
			this.#relocations.push({ kind: "map-value", insn: at + pc, map: kconfig, offset });
			return;
		}
		if (extern.kind === "fault" || extern.kind === "kconfig") {
			this.#cannot(extern);
			return;
		}
		const value = extern.kind === "address" ? extern.value : 0n;
		code.src[pc] = extern.kind === "typed" ? BPF_PSEUDO_BTF_ID : 0;
		code.imm[pc] = extern.kind === "typed" ? extern.id : Number(BigInt.asIntN(32, value));
		code.imm[pc + 1] = extern.kind === "typed" ? 0 : Number(BigInt.asIntN(32, value >> 32n));
	}

	#refuse(fault: string): void {
		this.#fault ??= fault;
	}

	/** CO-RE relocations of one placed function. */
	#core({ function: f, at }: Placed, all: Code): void {
		const { btf, target, ext, object } = this.#source;
		for (const { record, number } of recordsOf(ext, object.sections[f.section], f, "relocations")) {
			if (!btf || !target) {
				this.#unsupported ??= "CO-RE relocations without a kernel's BTF";
				return;
			}
			const resolved = resolve(record, btf, target);
			const pc = at + record.insn - f.start;
			const fault = "fault" in resolved ? resolved.fault : apply(all, pc, resolved.change);
			if (fault !== undefined) this.#refuse(`CO-RE relocation ${number} of ${f.name}: ${fault}`);
		}
	}

	finish(): Assembled {
		const all = newCode(this.#length);
		const functions: FunctionSpec[] = [];
		const lines: LineSpec[] = [];
		const { ext, object } = this.#source;
		for (const placed of this.#placed) {
			const { function: f, at, code } = placed;
			all.opcode.set(code.opcode, at);
			all.dst.set(code.dst, at);
			all.src.set(code.src, at);
			all.off.set(code.off, at);
			all.imm.set(code.imm, at);
			const section = object.sections[f.section];
			const [own] = recordsOf(ext, section, { ...f, end: f.start + 1 }, "functions");
			functions.push({ insn: at, name: f.name, typeId: own?.record.typeId ?? 0 });
			for (const { record } of recordsOf(ext, section, f, "lines"))
				lines.push({ ...record, insn: at + record.insn - f.start });
			this.#core(placed, all);
		}
		return {
			insns: encode(all),
			relocations: this.#relocations,
			functions,
			lines,
			...(this.#kfuncs.size
				? { kfuncs: [...this.#kfuncs].map(([id, name]) => ({ id, name })) }
				: {}),
			...(this.#fault === undefined ? {} : { fault: this.#fault }),
			...(this.#unsupported === undefined ? {} : { unsupported: this.#unsupported }),
			warnings: [...this.#warnings],
		};
	}
}
