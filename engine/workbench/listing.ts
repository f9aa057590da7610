// A program's instructions as rows for people: bytes, text, labels, the line each came from.

import { helperById } from "../abi/index.ts";
import { toHex } from "../base/index.ts";
import type { Btf } from "../btf/index.ts";
import { type Code, decode, INSN_SIZE, LD_IMM64, printLlvm, type TextNames } from "../isa/index.ts";
import type { ObjectFile, ProgramSpec } from "../object/index.ts";
import { targetOf } from "./jumps.ts";
import type { ListingRow } from "./protocol.ts";

/** Source place of an instruction. */
export interface Place {
	readonly file: string;
	readonly line: number;
	/** The line itself, where the types of a compiled program hold it. */
	readonly text?: string;
}

/** The rows of `program`, in kernel syntax with labels at jump targets. */
export function listing(
	object: ObjectFile,
	program: ProgramSpec,
	places: readonly (Place | undefined)[],
): ListingRow[] {
	const code = decode(program.insns);
	const labels = labelsOf(code, program);
	const names = namesOf(object, program, labels);
	const rows: ListingRow[] = [];
	let before: Place | undefined;
	for (let pc = 0; pc < code.length; pc++) {
		const slots = code.opcode[pc] === LD_IMM64 ? 2 : 1;
		const target = targetOf(code, pc);
		const label = labels.get(pc);
		const place = places[pc];
		rows.push({
			pc,
			slots,
			bytes: toHex(program.insns.subarray(pc * INSN_SIZE, (pc + slots) * INSN_SIZE)),
			text: printLlvm(code, pc, names),
			...(label === undefined ? {} : { label }),
			...(target === undefined ? {} : { target }),
			...(place ? { file: place.file, line: place.line } : {}),
			...(place?.text === undefined || samePlace(place, before) ? {} : { source: place.text }),
		});
		before = place ?? before;
		pc += slots - 1;
	}
	return rows;
}

export function samePlace(a: Place | undefined, b: Place | undefined): boolean {
	return a?.line === b?.line && a?.file === b?.file;
}

function labelsOf(code: Code, program: ProgramSpec): Map<number, string> {
	const labels = new Map<number, string>();
	for (let pc = 0; pc < code.length; pc++) {
		const target = targetOf(code, pc);
		if (target !== undefined && target >= 0 && target < code.length)
			labels.set(target, `L${target}`);
	}
	for (const f of program.functions) labels.set(f.insn, f.name);
	return labels;
}

function namesOf(
	object: ObjectFile,
	program: ProgramSpec,
	labels: ReadonlyMap<number, string>,
): TextNames {
	const references = new Map(program.relocations.map((r) => [r.insn, r]));
	return {
		decimal: true,
		helper: (id) => helperById(id)?.name,
		label: (pc) => labels.get(pc),
		imm64: (_code, pc) => {
			const reference = references.get(pc);
			if (!reference) return undefined;
			const map = object.maps[reference.map]?.name ?? `${reference.map}`;
			return reference.kind === "map" ? `map[${map}]` : `map[${map}] + ${reference.offset}`;
		},
	};
}

/** Where each slot came from: the assembler's spans, or BTF line information (file name without directories, for objects from
 *  elsewhere). */
export function placesOf(program: ProgramSpec, btf: Btf | undefined): (Place | undefined)[] {
	if (program.spans) return program.spans.map((s) => s && { file: s.file, line: s.line });
	const length = program.insns.length / INSN_SIZE;
	const places: (Place | undefined)[] = Array.from({ length }, () => undefined);
	if (!btf) return places;
	program.lines.forEach((line, i) => {
		const end = program.lines[i + 1]?.insn ?? length;
		const path = btf.string(line.fileNameOff);
		const place = {
			file: program.variables ? path : path.replace(/^.*\//, ""),
			line: line.lineCol >>> 10,
			text: btf.string(line.lineOff),
		};
		for (let pc = line.insn; pc < end; pc++) places[pc] = place;
	});
	return places;
}
