// Code sections of an object → programs made whole: entry instructions, then the subprograms that they call in the order in
// which libbpf appends them, with relocations, function and line records moved along.

import type { Diagnostic } from "../base/index.ts";
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
import type { FunctionSpec, LineSpec, Relocation } from "../object/index.ts";
import { apply, idOf, resolve, type Target } from "./core/relocate.ts";
import type { ElfFile, ElfSection, ElfSymbol } from "./file.ts";

const SHN_UNDEF = 0;
const STB_WEAK = 2;
const STT_FUNC = 2;
const STT_SECTION = 3;

import type { MapPlaces } from "./maps.ts";

/** What a section knows that programs are cut from. */
export interface Source {
	readonly elf: ElfFile;
	readonly maps: MapPlaces;
	readonly btf: Btf | undefined;
	readonly ext: readonly ExtSection[];
	/** The kernel's types that CO-RE relocations are resolved against. */
	readonly target?: Target;
}

/** A function in a code section; `start` and `end` are instruction slots of the section. */
export interface ElfFunction {
	readonly name: string;
	readonly section: ElfSection;
	readonly start: number;
	readonly end: number;
}

/** A program with everything it calls. */
export interface Assembled {
	readonly insns: Uint8Array;
	readonly relocations: readonly Relocation[];
	readonly functions: readonly FunctionSpec[];
	readonly lines: readonly LineSpec[];
	readonly diagnostics: readonly Diagnostic[];
}

/** Functions of a code section, from its symbols. */
export function functionsOf(elf: ElfFile, section: ElfSection): ElfFunction[] {
	return elf.symbols
		.filter((s) => s.section === section.index && s.type === STT_FUNC)
		.map((s) => ({
			name: s.name,
			section,
			start: s.value / INSN_SIZE,
			end: Math.min((s.value + s.size) / INSN_SIZE, section.bytes.length / INSN_SIZE),
		}))
		.filter((f) => f.end > f.start && Number.isInteger(f.start))
		.sort((a, b) => a.start - b.start);
}

/** Puts `entry` and the subprograms it reaches together. */
export function assemble(entry: ElfFunction, source: Source): Assembled {
	const work = new Assembly(source);
	work.append(entry);
	return work.finish();
}

const WEAK_KFUNC_POISON = 2003000000;

type Relocations = ExtSection["relocations"];

class Assembly {
	#source: Source;
	/** Placed functions and where they begin, in order. */
	#placed: { function: ElfFunction; at: number; code: Code }[] = [];
	#length = 0;
	#relocations: Relocation[] = [];
	#diagnostics: Diagnostic[] = [];

	constructor(source: Source) {
		this.#source = source;
	}

	/** Appends a function, then depth first what it calls; returns where it begins. */
	append(f: ElfFunction): number {
		const known = this.#placed.find(
			(p) => p.function.section === f.section && p.function.start === f.start,
		);
		if (known) return known.at;
		const bytes = f.section.bytes.subarray(f.start * INSN_SIZE, f.end * INSN_SIZE);
		const placed = { function: f, at: this.#length, code: decode(bytes) };
		this.#placed.push(placed);
		this.#length += placed.code.length;
		const relocations = new Map<number, ElfSymbol>();
		for (const r of this.#source.elf.relocations.get(f.section.index) ?? [])
			if (r.offset >= f.start * INSN_SIZE && r.offset < f.end * INSN_SIZE) {
				const symbol = this.#source.elf.symbols[r.symbol];
				if (symbol) relocations.set(Math.floor(r.offset / INSN_SIZE) - f.start, symbol);
			}
		for (let pc = 0; pc < placed.code.length; pc++) {
			this.#insn(placed, pc, relocations.get(pc));
			if (placed.code.opcode[pc] === LD_IMM64) pc++;
		}
		return placed.at;
	}

	#insn(
		placed: { function: ElfFunction; at: number; code: Code },
		pc: number,
		relocation?: ElfSymbol,
	): void {
		const { code } = placed;
		const opcode = code.opcode[pc];
		if (opcode === (BPF_JMP | BPF_CALL)) this.#call(placed, pc, relocation);
		else if (opcode === LD_IMM64 && relocation) this.#load(placed, pc, relocation);
		else if (opcode === LD_IMM64 && code.src[pc] === BPF_PSEUDO_FUNC)
			this.#functionAddress(
				placed,
				pc,
				placed.function.section,
				placed.function.start + pc + (code.imm[pc] ?? 0) + 1,
			);
		else if (relocation) this.#problem(relocation.name, `cannot relocate the instruction at ${pc}`);
	}

	#call(
		placed: { function: ElfFunction; at: number; code: Code },
		pc: number,
		relocation?: ElfSymbol,
	): void {
		const { code, function: caller } = placed;
		const imm = code.imm[pc] ?? 0;
		if (relocation && relocation.section === SHN_UNDEF) {
			this.#extern(code, pc, relocation);
			return;
		}
		if (!relocation && code.src[pc] !== BPF_PSEUDO_CALL) return;
		const section = relocation ? this.#source.elf.sections[relocation.section] : caller.section;
		const target = relocation ? callTarget(relocation, imm) : caller.start + pc + imm + 1;
		const at = section && this.#function(section, target);
		if (at === undefined) {
			this.#problem(
				relocation?.name ?? caller.name,
				`call at ${pc}: no function begins at its target`,
			);
			return;
		}
		code.src[pc] = BPF_PSEUDO_CALL;
		code.imm[pc] = at - (placed.at + pc) - 1;
	}

	#function(section: ElfSection, start: number): number | undefined {
		const f = functionsOf(this.#source.elf, section).find((c) => c.start === start);
		return f && this.append(f);
	}

	/** A kfunc, by its id in the kernel's BTF. A weak one that the kernel lacks becomes libbpf's invalid call, rejected only where
	 *  it is reached. */
	#extern(code: Code, pc: number, symbol: ElfSymbol): void {
		const { target } = this.#source;
		const id = target && idOf(target, symbol.name, "func");
		if (id === undefined && target && symbol.binding === STB_WEAK) {
			code.src[pc] = 0;
			code.imm[pc] = WEAK_KFUNC_POISON;
			return;
		}
		code.src[pc] = BPF_PSEUDO_KFUNC_CALL;
		if (id !== undefined) code.imm[pc] = id;
		else
			this.#problem(
				symbol.name,
				`kfunc ${symbol.name} needs a kernel's BTF that has it`,
				`kfunc ${symbol.name}`,
			);
	}

	#functionAddress(
		placed: { at: number; code: Code },
		pc: number,
		section: ElfSection,
		start: number,
	): void {
		const at = this.#function(section, start);
		if (at === undefined) {
			this.#problem(section.name, `no function begins at instruction ${start}`);
			return;
		}
		placed.code.src[pc] = BPF_PSEUDO_FUNC;
		placed.code.imm[pc] = at - (placed.at + pc) - 1;
	}

	#load(placed: { at: number; code: Code }, pc: number, symbol: ElfSymbol): void {
		const { code } = placed;
		const insn = placed.at + pc;
		const imm = code.imm[pc] ?? 0;
		const map = this.#source.maps.byPlace.get(`${symbol.section}:${symbol.value}`);
		const data = this.#source.maps.bySection.get(symbol.section);
		const section = this.#source.elf.sections[symbol.section];
		if (map !== undefined) this.#relocations.push({ kind: "map", insn, map });
		else if (data !== undefined)
			this.#relocations.push({ kind: "map-value", insn, map: data, offset: symbol.value + imm });
		else if (symbol.section === SHN_UNDEF) this.#externData(code, pc, symbol);
		else if (section && section.type === 1 && (section.flags & 4) !== 0)
			this.#functionAddress(placed, pc, section, (symbol.value + imm) / INSN_SIZE);
		else
			this.#problem(
				symbol.name,
				`instruction ${pc} refers to ${symbol.name || section?.name}, which is not a map`,
			);
	}

	/** A variable of the kernel, by its id in the kernel's BTF. */
	#externData(code: Code, pc: number, symbol: ElfSymbol): void {
		const { target } = this.#source;
		const id = target && idOf(target, symbol.name, "var");
		if (id === undefined && symbol.binding !== STB_WEAK) {
			this.#problem(
				symbol.name,
				`extern ${symbol.name} is not supported by Skep yet`,
				`extern ${symbol.name}`,
			);
			return;
		}
		code.src[pc] = id === undefined ? 0 : BPF_PSEUDO_BTF_ID;
		code.imm[pc] = id ?? 0;
		code.imm[pc + 1] = 0;
	}

	#problem(name: string, message: string, unsupported?: string): void {
		this.#diagnostics.push({
			severity: "error",
			id: unsupported ? "elf/unsupported" : "elf/relocation",
			message: unsupported ? message : `${name}: ${message}`,
			...(unsupported ? { unsupported } : {}),
		});
	}

	#core(
		f: ElfFunction,
		code: Code,
		pc: number,
		relocation: Relocations[number],
		number: number,
	): void {
		const { btf, target } = this.#source;
		if (!btf || !target) {
			this.#problem(
				f.name,
				"CO-RE relocations need a kernel's BTF",
				"CO-RE relocations without a kernel's BTF",
			);
			return;
		}
		const resolved = resolve(relocation, btf, target);
		const fault = "fault" in resolved ? resolved.fault : apply(code, pc, resolved.change, number);
		if (fault !== undefined) this.#problem(f.name, `CO-RE relocation ${number}: ${fault}`);
	}

	finish(): Assembled {
		const all = newCode(this.#length);
		const functions: FunctionSpec[] = [];
		const lines: LineSpec[] = [];
		for (const { function: f, at, code } of this.#placed) {
			all.opcode.set(code.opcode, at);
			all.dst.set(code.dst, at);
			all.src.set(code.src, at);
			all.off.set(code.off, at);
			all.imm.set(code.imm, at);
			const ext = this.#source.ext.find((e) => e.section === f.section.name);
			const inside = (insn: number) => insn >= f.start && insn < f.end;
			const typeId = ext?.functions.find((r) => r.insn === f.start)?.typeId ?? 0;
			functions.push({ insn: at, name: f.name, typeId });
			for (const line of ext?.lines ?? [])
				if (inside(line.insn)) lines.push({ ...line, insn: at + line.insn - f.start });
			ext?.relocations.forEach((r, number) => {
				if (inside(r.insn)) this.#core(f, all, at + r.insn - f.start, r, number);
			});
		}
		return {
			insns: encode(all),
			relocations: this.#relocations,
			functions,
			lines,
			diagnostics: this.#diagnostics,
		};
	}
}

/** A call against a section symbol carries the target in its immediate, one against a function does not. */
function callTarget(symbol: ElfSymbol, imm: number): number {
	return symbol.type === STT_SECTION ? imm + 1 : symbol.value / INSN_SIZE;
}
