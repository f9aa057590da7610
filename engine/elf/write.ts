// ObjectFile → ELF relocatable that libbpf loads: code sections with relocations, `.text` for subprograms, `.maps` with BTF, global
// data, licence. Types, lines and debug information are not written.

import { type Diagnostic, type Outcome, utf8 } from "../base/index.ts";
import {
	BPF_PSEUDO_CALL,
	BPF_PSEUDO_FUNC,
	type Code,
	decode,
	encode,
	INSN_SIZE,
	LD_IMM64,
	newCode,
} from "../isa/index.ts";
import type { FunctionSpec, MapSpec, ObjectFile, ProgramSpec } from "../object/index.ts";
import { ElfImage } from "./image.ts";
import { mapSection } from "./writemaps.ts";

const R_BPF_64_64 = 1;
const R_BPF_64_ABS64 = 2;
const R_BPF_64_32 = 10;
const CALL = 0x85;

const dataName = /\.(data|rodata|bss)(\.[A-Za-z0-9_.]+)?$/;

/** Writes an object. What ELF cannot say (start contents of maps) is a warning that names it. */
export function writeObject(object: ObjectFile): Outcome<Uint8Array> {
	const writer = new Writer(object);
	return { value: writer.write(), diagnostics: writer.diagnostics };
}

/** Instructions of one function, with what has to be resolved. */
interface Body {
	readonly code: Code;
	readonly references: readonly {
		readonly insn: number;
		readonly symbol: string;
		readonly type: number;
	}[];
}

class Writer {
	readonly diagnostics: Diagnostic[] = [];
	readonly #object: ObjectFile;
	readonly #image = new ElfImage();
	/** Subprograms already in `.text`, by name, with their bytes. */
	readonly #texts = new Map<string, string>();

	constructor(object: ObjectFile) {
		this.#object = object;
	}

	write(): Uint8Array {
		const { license, programs } = this.#object;
		this.#maps();
		for (const program of programs) this.#program(program);
		this.#image.section("license", utf8(`${license}\0`), { write: true });
		this.#image.symbol({
			name: "_license",
			section: "license",
			value: 0,
			size: license.length + 1,
			kind: "object",
		});
		return this.#image.bytes();
	}

	#maps(): void {
		const declared = this.#object.maps.filter((m) => !isData(m));
		for (const map of this.#object.maps) {
			if (isData(map)) this.#data(map);
			else if (map.init?.length) this.#lost(`start contents of map ${map.name}`);
		}
		if (declared.length === 0) return;
		const { bytes, btf, places, slots } = mapSection(declared);
		this.#image.section(".maps", bytes, { write: true });
		this.#image.section(".BTF", btf, {});
		for (const { name, offset, size } of places)
			this.#image.symbol({ name, section: ".maps", value: offset, size, kind: "object" });
		for (const { offset, target } of slots)
			this.#image.relocate(".maps", offset, target, R_BPF_64_ABS64);
	}

	#data(map: MapSpec): void {
		const name = dataName.exec(map.name)?.[0] ?? ".data";
		const value = map.init?.[0]?.value ?? new Uint8Array(map.valueSize);
		this.#image.section(name, value, { write: !name.startsWith(".rodata") });
		this.#image.symbol({ name, section: name, value: 0, size: value.length, kind: "section" });
	}

	#lost(what: string): void {
		this.diagnostics.push({
			severity: "warning",
			id: "elf/lost",
			message: `${what} cannot be written to an object`,
		});
	}

	#program(program: ProgramSpec): void {
		const [entry, ...rest] = [...program.functions].sort((a, b) => a.insn - b.insn);
		const names = new Map(rest.map((f) => [f.insn, this.#subprogram(program, f)]));
		const body = this.#body(
			program,
			entry?.insn ?? 0,
			rest[0]?.insn ?? program.insns.length / INSN_SIZE,
			names,
		);
		this.#place(program.section || "prog", program.name, body, true);
	}

	/** Puts a subprogram into `.text` unless the same one is there; two different ones of a name are told apart. */
	#subprogram(program: ProgramSpec, f: FunctionSpec): string {
		const next = program.functions.map((g) => g.insn).filter((insn) => insn > f.insn);
		const end = Math.min(...next, program.insns.length / INSN_SIZE);
		const bytes = program.insns.subarray(f.insn * INSN_SIZE, end * INSN_SIZE).join();
		let name = f.name;
		for (let i = 1; this.#texts.has(name) && this.#texts.get(name) !== bytes; i++)
			name = `${f.name}_${i}`;
		if (this.#texts.has(name)) return name;
		this.#texts.set(name, bytes);
		const names = new Map(program.functions.map((g) => [g.insn, g.name]));
		this.#place(".text", name, this.#body(program, f.insn, end, names), false);
		return name;
	}

	#body(
		program: ProgramSpec,
		start: number,
		end: number,
		names: ReadonlyMap<number, string>,
	): Body {
		const all = decode(program.insns.subarray(start * INSN_SIZE, end * INSN_SIZE));
		const code = copyOf(all);
		const references: { insn: number; symbol: string; type: number }[] = [];
		for (const r of program.relocations) {
			if (r.insn < start || r.insn >= end) continue;
			const map = this.#object.maps[r.map];
			if (!map) continue;
			const at = r.insn - start;
			const symbol = isData(map) ? (dataName.exec(map.name)?.[0] ?? ".data") : map.name;
			code.src[at] = 0;
			code.imm[at] = r.kind === "map-value" ? r.offset : 0;
			code.imm[at + 1] = 0;
			references.push({ insn: at, symbol, type: R_BPF_64_64 });
		}
		for (let pc = 0; pc < code.length; pc++) {
			const target = names.get(start + pc + 1 + (code.imm[pc] ?? 0));
			const call = code.opcode[pc] === CALL && code.src[pc] === BPF_PSEUDO_CALL;
			const address = code.opcode[pc] === LD_IMM64 && code.src[pc] === BPF_PSEUDO_FUNC;
			if (target !== undefined && (call || address)) {
				code.imm[pc] = call ? -1 : 0;
				references.push({ insn: pc, symbol: target, type: call ? R_BPF_64_32 : R_BPF_64_64 });
			}
			if (code.opcode[pc] === LD_IMM64) pc++;
		}
		return { code, references };
	}

	#place(section: string, name: string, { code, references }: Body, global: boolean): void {
		const bytes = encode(code);
		const at = this.#image.append(section, bytes);
		this.#image.symbol({
			name,
			section,
			value: at,
			size: bytes.length,
			kind: "function",
			local: !global,
		});
		for (const { insn, symbol, type } of references)
			this.#image.relocate(section, at + insn * INSN_SIZE, symbol, type);
	}
}

function isData(map: MapSpec): boolean {
	return dataName.test(map.name) && map.maxEntries === 1 && map.init !== undefined;
}

function copyOf(code: Code): Code {
	const copy = newCode(code.length);
	copy.opcode.set(code.opcode);
	copy.dst.set(code.dst);
	copy.src.set(code.src);
	copy.off.set(code.off);
	copy.imm.set(code.imm);
	return copy;
}
