// Programs of an object → code sections: each entry in the section it is named after, each subprogram once in `.text`, references by
// symbol. Function and line records move along.

import { concatBytes, view } from "../base/index.ts";
import type { ExtRecords } from "../btf/index.ts";
import {
	BPF_CALL,
	BPF_JMP,
	BPF_PSEUDO_CALL,
	BPF_PSEUDO_FUNC,
	type Code,
	decode,
	encode,
	INSN_SIZE,
	LD_IMM64,
} from "../isa/index.ts";
import type { FunctionSpec, MapSpec, ProgramSpec } from "../object/index.ts";

const R_BPF_64_64 = 1;
const R_BPF_64_32 = 10;
const TEXT = ".text";
const CALL = BPF_JMP | BPF_CALL;

/** What a word of code refers to: a symbol by name, or the start of a section. */
export type Reference =
	| { readonly kind: "symbol"; readonly name: string }
	| { readonly kind: "section"; readonly name: string };

export interface CodeSection {
	readonly name: string;
	readonly bytes: Uint8Array;
	readonly references: readonly {
		readonly offset: number;
		readonly type: number;
		readonly to: Reference;
	}[];
	readonly functions: readonly PlacedFunction[];
}

export interface PlacedFunction {
	readonly name: string;
	/** Byte offset and size in its section. */
	readonly value: number;
	readonly size: number;
	/** Not an entry. */
	readonly isSub: boolean;
	/** Id that the program gives it, 0 for none. */
	readonly typeId: number;
	readonly lines: NonNullable<ExtRecords["lines"]>;
}

/** What the writer knows of programs' surroundings. */
interface CodeSource {
	readonly maps: readonly MapSpec[];
	/** What an ld_imm64 of the map refers to. */
	readonly mapReference: (map: MapSpec, kind: "map" | "map-value") => Reference;
	/** Line records of a program, by its own instructions; none when they are not complete. */
	readonly lines: (program: ProgramSpec) => NonNullable<ExtRecords["lines"]>;
}

interface Draft {
	readonly name: string;
	readonly parts: Uint8Array[];
	length: number;
	readonly references: CodeSection["references"][number][];
	readonly functions: PlacedFunction[];
}

/** Lays the programs out; `.text` comes first when there are subprograms. */
export function codeSections(programs: readonly ProgramSpec[], source: CodeSource): CodeSection[] {
	const writer = new CodeWriter(source);
	for (const program of programs) writer.program(program);
	return writer.sections();
}

class CodeWriter {
	readonly #source: CodeSource;
	readonly #drafts = new Map<string, Draft>();
	/** Subprograms already in `.text`, by name, with what tells two apart. */
	readonly #texts = new Map<string, string>();

	constructor(source: CodeSource) {
		this.#source = source;
	}

	sections(): CodeSection[] {
		return [...this.#drafts.values()].map(({ name, parts, references, functions }) => {
			const bytes = concatBytes(parts);
			return {
				name,
				bytes,
				functions,
				references: references.map((r) => this.#resolved(r, bytes)),
			};
		});
	}

	/** The address of a function is its section's with the offset in the immediate: libbpf takes no local symbol for it. */
	#resolved(reference: CodeSection["references"][number], bytes: Uint8Array) {
		const { to, type, offset } = reference;
		if (type !== R_BPF_64_64 || to.kind !== "symbol") return reference;
		const target = this.#drafts.get(TEXT)?.functions.find((f) => f.name === to.name);
		if (!target) return reference;
		view(bytes).setUint32(offset + 4, target.value, true);
		return { offset, type, to: { kind: "section", name: TEXT } as const };
	}

	program(program: ProgramSpec): void {
		const functions = [...program.functions].sort((a, b) => a.insn - b.insn);
		const slots = program.insns.length / INSN_SIZE;
		const lines = this.#source.lines(program);
		const bodies = functions.map((f, i) =>
			this.#body(program, f, functions[i + 1]?.insn ?? slots, functions, lines),
		);
		const names = new Map<number, string>();
		for (const body of bodies.slice(1)) names.set(body.start, this.#nameFor(body));
		bodies.forEach((body, i) => {
			const name = i === 0 ? program.name : (names.get(body.start) ?? body.name);
			if (i > 0 && this.#texts.get(name) === body.key && this.#has(name)) return;
			this.#place(i === 0 ? program.section || "prog" : TEXT, name, body, i > 0, names);
		});
	}

	#has(name: string): boolean {
		return this.#drafts.get(TEXT)?.functions.some((f) => f.name === name && f.isSub) ?? false;
	}

	/** The same subprogram is written once; two different ones of a name are told apart. */
	#nameFor(body: Body): string {
		let { name } = body;
		for (let i = 1; this.#texts.has(name) && this.#texts.get(name) !== body.key; i++)
			name = `${body.name}_${i}`;
		this.#texts.set(name, body.key);
		return name;
	}

	#body(
		program: ProgramSpec,
		f: FunctionSpec,
		end: number,
		functions: readonly FunctionSpec[],
		lines: NonNullable<ExtRecords["lines"]>,
	): Body {
		const code = decode(program.insns.slice(f.insn * INSN_SIZE, end * INSN_SIZE));
		const references: Body["references"] = [];
		const calls = new Map<number, number>();
		for (const r of program.relocations) {
			const map = this.#source.maps[r.map];
			if (r.insn < f.insn || r.insn >= end || !map) continue;
			const at = r.insn - f.insn;
			const to = this.#source.mapReference(map, r.kind);
			code.src[at] = 0;
			code.imm[at] = r.kind === "map-value" ? r.offset : 0;
			code.imm[at + 1] = 0;
			references.push({ insn: at, to, type: R_BPF_64_64 });
		}
		for (let pc = 0; pc < code.length; pc++) {
			const target = f.insn + pc + 1 + (code.imm[pc] ?? 0);
			const call = code.opcode[pc] === CALL && code.src[pc] === BPF_PSEUDO_CALL;
			const address = code.opcode[pc] === LD_IMM64 && code.src[pc] === BPF_PSEUDO_FUNC;
			if ((call || address) && functions.some((g) => g.insn === target)) {
				code.imm[pc] = call ? -1 : 0;
				calls.set(pc, target);
			}
			if (code.opcode[pc] === LD_IMM64) pc++;
		}
		const own = lines
			.filter((l) => l.insn >= f.insn && l.insn < end)
			.map((l) => ({ ...l, insn: l.insn - f.insn }));
		const nameOf = (insn: number) => functions.find((g) => g.insn === insn)?.name;
		const key = [
			encode(code).join(),
			...references.map((r) => `${r.insn}:${r.to.name}`),
			...[...calls].map(([pc, insn]) => `${pc}>${nameOf(insn)}`),
		].join(" ");
		const { name, insn: start, typeId } = f;
		return { name, start, typeId, code, references, calls, lines: own, key };
	}

	#place(
		section: string,
		name: string,
		body: Body,
		isSub: boolean,
		names: ReadonlyMap<number, string>,
	): void {
		const draft = this.#drafts.get(section) ?? {
			name: section,
			parts: [],
			length: 0,
			references: [],
			functions: [],
		};
		this.#drafts.set(section, draft);
		const bytes = encode(body.code);
		const value = draft.length;
		draft.parts.push(bytes);
		draft.length += bytes.length;
		for (const { insn, to, type } of body.references)
			draft.references.push({ offset: value + insn * INSN_SIZE, type, to });
		for (const [pc, target] of body.calls) {
			const type = body.code.opcode[pc] === CALL ? R_BPF_64_32 : R_BPF_64_64;
			const to = { kind: "symbol", name: names.get(target) ?? name } as const;
			draft.references.push({ offset: value + pc * INSN_SIZE, type, to });
		}
		const { typeId, lines } = body;
		draft.functions.push({ name, value, size: bytes.length, isSub, typeId, lines });
	}
}

/** Instructions of one function, with what has to be resolved. */
interface Body {
	readonly name: string;
	/** Where it stood in the program. */
	readonly start: number;
	readonly typeId: number;
	readonly code: Code;
	readonly references: { insn: number; to: Reference; type: number }[];
	/** Functions of the program that it refers to, by where they stood. */
	readonly calls: ReadonlyMap<number, number>;
	readonly lines: NonNullable<ExtRecords["lines"]>;
	readonly key: string;
}
