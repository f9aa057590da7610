// ObjectFile → assembly text with labels, in each dialect, such that assembling it gives the same programs. What has no
// text (reserved fields set, no instruction at all) is listed as raw `.quad` slots.

import { helperById, mapType } from "../abi/index.ts";
import { hex64, view } from "../base/index.ts";
import {
	type Code,
	decode,
	INSN_SIZE,
	isExact,
	LD_IMM64,
	OPERANDS,
	printImm64,
	printInsn,
	printLlvm,
	printUbpf,
	rowAt,
	type TextNames,
} from "../isa/index.ts";
import type { MapSpec, ObjectFile, ProgramSpec, Relocation } from "../object/index.ts";

export interface ListingOptions {
	/** `llvm` is the default; `kernel` prints as the verifier's log does, with distances for labels. */
	readonly dialect?: "llvm" | "kernel" | "ubpf";
	/** Decimal numbers in LLVM's syntax, which has hexadecimal ones. */
	readonly decimal?: boolean;
}

/** The whole object as text. */
export function listing(object: ObjectFile, options: ListingOptions = {}): string {
	const names = new Names();
	const lines = [`.license "${object.license}"`];
	const maps: MapText[] = [];
	for (const map of object.maps) maps.push(mapText(map, names, maps));
	for (const map of maps) lines.push(...map.lines);
	let section = "";
	for (const program of object.programs) {
		if (program.section !== section) lines.push("", sectionLine(program.section));
		section = program.section;
		lines.push(...new ProgramListing(program, options, names, maps).lines());
	}
	return `${lines.join("\n")}\n`;
}

function sectionLine(name: string): string {
	return /^[A-Za-z0-9_./?+-]+$/.test(name) && !name.includes("//")
		? `.section ${name}`
		: `.section "${name}"`;
}

/** Names given so far; a second use of one gets a number. */
class Names {
	readonly #taken = new Set<string>();

	give(wanted: string): string {
		const base = wanted.replace(/[^A-Za-z0-9_.]/g, "_").replace(/^(?=[0-9]|$)/, "_");
		let name = isSafe(base) ? base : `${base}_`;
		for (let i = 2; this.#taken.has(name); i++) name = `${base}_${i}`;
		this.#taken.add(name);
		return name;
	}
}

/** Names that the assembler would not read as a label, or that mean something else. */
function isSafe(name: string): boolean {
	return !/^([rRwW]\d+|pc|skb|map|btf|func|kfunc|local|helper|runtime|ll|s|\..*)$/.test(name);
}

interface MapText {
	readonly lines: readonly string[];
	readonly name: string;
	/** Global data: what refers to it is an address in it. */
	readonly data: boolean;
}

function mapText(map: MapSpec, names: Names, above: readonly MapText[]): MapText {
	const section = /\.(?:data|rodata|bss)(?:\..*)?$/.exec(map.name)?.[0];
	const value = map.init?.[0]?.value;
	if (section !== undefined && value && map.maxEntries === 1) {
		const name = names.give(section.slice(1));
		const bytes = section.startsWith(".bss") ? [`\t.zero ${value.length}`] : byteLines(value);
		return { name, data: true, lines: ["", sectionLine(section), `${name}:`, ...bytes] };
	}
	const name = names.give(map.name);
	const type = mapType(map.type)?.name ?? `${map.type}`;
	// A template that is no map of the object becomes one: text has no other place for it.
	const template = above.find((m) => m.name === map.inner?.name);
	const inner = template ?? (map.inner ? mapText(map.inner, names, above) : undefined);
	const fields = [
		`type=${type}`,
		`key=${map.keySize}`,
		`value=${map.valueSize}`,
		`max_entries=${map.maxEntries}`,
		...(map.flags ? [`flags=0x${map.flags.toString(16)}`] : []),
		...(map.extra ? [`map_extra=${map.extra}`] : []),
		...(inner ? [`inner=${inner.name}`] : []),
	];
	const entries = (map.init ?? []).map(
		({ key, value }) => `.entry ${name}, ${literal(key)}, ${literal(value)}`,
	);
	const slots = (map.slots ?? []).map(({ key, target }) => `.entry ${name}, ${key}, ${target}`);
	const declaration = `.map ${name}, ${fields.join(", ")}`;
	return {
		name,
		data: false,
		lines: [...(template ? [] : (inner?.lines ?? [])), declaration, ...entries, ...slots],
	};
}

/** Bytes as a little-endian number, or as a text of escapes where they are more than eight. */
function literal(bytes: Uint8Array): string {
	if (bytes.length > 8) return `"${[...bytes].map((b) => `\\x${hexByte(b)}`).join("")}"`;
	return `0x${[...bytes].reverse().map(hexByte).join("") || "0"}`;
}

function hexByte(byte: number): string {
	return byte.toString(16).padStart(2, "0");
}

function byteLines(bytes: Uint8Array): string[] {
	const lines: string[] = [];
	for (let i = 0; i < bytes.length; i += 16)
		lines.push(
			`\t.byte ${[...bytes.subarray(i, i + 16)].map((b) => `0x${b.toString(16)}`).join(", ")}`,
		);
	return lines;
}

class ProgramListing {
	readonly #program: ProgramSpec;
	readonly #code: Code;
	readonly #options: ListingOptions;
	readonly #maps: readonly MapText[];
	readonly #relocations: ReadonlyMap<number, Relocation>;
	/** By slot; the entry's and those that something refers to. */
	readonly #labels: ReadonlyMap<number, string>;
	readonly #names: TextNames;

	constructor(
		program: ProgramSpec,
		options: ListingOptions,
		names: Names,
		maps: readonly MapText[],
	) {
		this.#program = program;
		this.#code = decode(program.insns);
		this.#options = options;
		this.#maps = maps;
		this.#relocations = new Map(program.relocations.map((r) => [r.insn, r]));
		this.#labels = this.#giveLabels(names);
		const byLabel = options.dialect !== "kernel";
		this.#names = {
			...(byLabel ? { label: (pc: number) => this.#labels.get(pc) } : {}),
			helper: (id) => helperById(id)?.name,
			imm64: (_, pc) => this.#reference(pc),
			...(options.decimal ? { decimal: true } : {}),
		};
	}

	lines(): string[] {
		const code = this.#code;
		const out = [`.globl ${this.#labels.get(0) ?? ""}`];
		for (let pc = 0; pc < code.length; pc++) {
			const label = this.#labels.get(pc);
			if (label !== undefined) out.push(`${label}:`);
			const row = rowAt(code, pc);
			const text =
				row && isExact(code, pc, row) ? this.#text(pc, row.since !== undefined) : undefined;
			if (text === undefined) out.push(`\t${this.#raw(pc)}`);
			else {
				out.push(`\t${text}`);
				if (code.opcode[pc] === LD_IMM64) pc++;
			}
		}
		return out;
	}

	/** Undefined when the dialect has no text for it. */
	#text(pc: number, inLinux: boolean): string | undefined {
		const code = this.#code;
		if (this.#options.dialect === "ubpf") return printUbpf(code, pc, this.#names);
		if (this.#options.dialect !== "kernel") return printLlvm(code, pc, this.#names);
		if (!inLinux) return undefined;
		return printInsn(code, pc, {
			helper: (id) => helperById(id)?.name,
			kfunc: () => "kfunc",
			imm64: () => printImm64(code, pc, this.#names, true),
		});
	}

	#raw(pc: number): string {
		const data = view(this.#program.insns);
		const low = data.getInt32(pc * INSN_SIZE, true);
		return `.quad ${hex64(data.getInt32(pc * INSN_SIZE + 4, true), low)}`;
	}

	/** A relocated 64-bit immediate by the name of what it refers to. */
	#reference(pc: number): string | undefined {
		const relocation = this.#relocations.get(pc);
		const map = relocation && this.#maps[relocation.map];
		if (!relocation || !map) return undefined;
		if (relocation.kind === "map") return `map[${map.name}]`;
		const { offset } = relocation;
		if (!map.data) return `map[${map.name}][0]${offset === 0 ? "" : `+${offset}`}`;
		return offset === 0 ? map.name : `${map.name} + ${offset}`;
	}

	#giveLabels(names: Names): Map<number, string> {
		const code = this.#code;
		const targets = new Set<number>();
		const starts = new Set<number>();
		for (let pc = 0; pc < code.length; pc++) {
			starts.add(pc);
			const to = targetOf(code, pc);
			if (to !== undefined) targets.add(to);
			const row = rowAt(code, pc);
			if (row?.shape === "imm64" && isExact(code, pc, row)) pc++;
		}
		const labels = new Map<number, string>([[0, names.give(this.#program.name)]]);
		for (const { insn, name } of this.#program.functions)
			if (insn > 0 && starts.has(insn) && targets.has(insn)) labels.set(insn, names.give(name));
		for (const pc of [...targets].sort((a, b) => a - b))
			if (starts.has(pc) && !labels.has(pc)) labels.set(pc, names.give(`L${pc}`));
		return labels;
	}
}

/** The slot that the instruction at `pc` can go to or takes the address of, beside the next. */
function targetOf(code: Code, pc: number): number | undefined {
	const row = rowAt(code, pc);
	if (!row || !isExact(code, pc, row)) return undefined;
	const byImm = row.shape === "gotol" || row.id === "call-subprog" || row.id === "ld-imm64-func";
	if (byImm) return pc + 1 + (code.imm[pc] ?? 0);
	const jump = row.shape.startsWith("jump") || row.shape === "goto" || row.shape === "may-goto";
	return jump && OPERANDS[row.shape].off ? pc + 1 + (code.off[pc] ?? 0) : undefined;
}
