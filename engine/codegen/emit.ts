// Placed instructions → instruction slots: branch distances, 64-bit immediates, inline assembly. Gives the code of one function with
// what has to be relocated and recorded by slot.

import {
	BPF_JA,
	BPF_JMP,
	BPF_JMP32,
	BPF_PSEUDO_CALL,
	type Insn as IsaInsn,
	LD_IMM64,
} from "../isa/index.ts";
import type { Place } from "../ssa/index.ts";
import { type AsmText, assembleInline, isLong } from "./asmtext.ts";
import type { Cpu, PlacedDiagnostic } from "./context.ts";
import type { Placed } from "./layout.ts";
import { ASM, CALL, GOTO, type Insn, NONE } from "./machine.ts";
import { FAR, relax } from "./relax.ts";

/** One function's code. */
export interface Emitted {
	readonly slots: IsaInsn[];
	/** The instruction behind each slot. */
	readonly origins: (Insn | undefined)[];
	readonly places: (Place | undefined)[];
	/** Slots that name a symbol; ld_imm64 have their addend. */
	readonly references: {
		readonly slot: number;
		readonly symbol: string;
		readonly addend: bigint;
	}[];
	readonly core: { readonly slot: number; readonly record: number }[];
	readonly diagnostics: PlacedDiagnostic[];
}

/** Code without an instruction. */
export function noCode(): Emitted {
	return { slots: [], origins: [], places: [], references: [], core: [], diagnostics: [] };
}

/** `symbols`: names that inline assembly may refer to. */
export function emitCode(
	placed: readonly Placed[],
	cpu: Cpu,
	symbols: ReadonlySet<string>,
): Emitted {
	const out = noCode();
	const texts = new Map<Insn, AsmText>();
	for (const p of placed) if (p.insn.op === ASM) texts.set(p.insn, text(p, out, symbols));
	const slotsOf = (p: Placed) =>
		texts.get(p.insn)?.slots.length ?? (p.insn.op === LD_IMM64 ? 2 : 1);
	const list = cpu >= 4 ? relax(placed, slotsOf) : placed;
	const starts: number[] = [];
	let at = 0;
	for (const p of list) {
		starts.push(at);
		at += slotsOf(p);
	}
	starts.push(at);
	for (const p of list) {
		const made = texts.get(p.insn);
		const here = out.slots.length;
		if (made) put(made, p.targets ?? [], starts, out);
		else one(p, here, starts[p.target] ?? 0, out, cpu);
		while (out.places.length < out.slots.length) {
			out.places.push(p.insn.place);
			out.origins.push(p.insn);
		}
	}
	return out;
}

function one(p: Placed, here: number, target: number, out: Emitted, cpu: Cpu): void {
	const i = p.insn;
	if (i.core !== NONE) out.core.push({ slot: here, record: i.core });
	if (i.op === LD_IMM64) {
		const value = BigInt.asUintN(64, i.wide ?? 0n);
		if (i.symbol !== undefined)
			out.references.push({ slot: here, symbol: i.symbol, addend: i.wide ?? 0n });
		const low = Number(BigInt.asIntN(32, value));
		const high = Number(BigInt.asIntN(32, value >> 32n));
		out.slots.push({ opcode: LD_IMM64, dst: i.d, src: 0, off: 0, imm: low });
		out.slots.push({ opcode: 0, dst: 0, src: 0, off: 0, imm: high });
		return;
	}
	if (i.op === CALL) {
		if (i.symbol !== undefined) out.references.push({ slot: here, symbol: i.symbol, addend: 0n });
		const src = i.symbol === undefined ? 0 : BPF_PSEUDO_CALL;
		out.slots.push({ opcode: CALL, dst: 0, src, off: 0, imm: i.imm });
		return;
	}
	const jumps = p.target >= 0;
	const distance = target - here - 1;
	if (jumps && (distance > FAR || distance < -FAR)) {
		far(i, distance, out, cpu);
		return;
	}
	out.slots.push({
		opcode: i.op,
		dst: Math.max(i.d, 0),
		src: Math.max(i.s, 0),
		off: jumps ? distance : i.off,
		imm: i.imm,
	});
}

function far(i: Insn, distance: number, out: Emitted, cpu: Cpu): void {
	if (i.op === GOTO && cpu >= 4)
		out.slots.push({ opcode: BPF_JMP32 | BPF_JA, dst: 0, src: 0, off: 0, imm: distance });
	else {
		out.slots.push({ opcode: BPF_JMP | BPF_JA, dst: 0, src: 0, off: 0, imm: 0 });
		out.diagnostics.push({
			severity: "error",
			id: "codegen/branch-too-far",
			message: `branch over ${Math.abs(distance)} instructions, the encoding reaches ${FAR}`,
			...(i.place ? { place: i.place } : {}),
		});
	}
}

/** Inline assembly's slots; undefined, with a diagnostic, when it is not understood. */
function text(p: Placed, out: Emitted, symbols: ReadonlySet<string>): AsmText {
	const made = assembleInline(p.insn, p.targets?.length ?? 0, symbols);
	if (made.problem !== undefined)
		out.diagnostics.push({
			severity: "error",
			id: "codegen/asm",
			message: `inline assembly: ${made.problem}`,
			...(p.insn.place ? { place: p.insn.place } : {}),
		});
	return made;
}

function put(
	made: AsmText,
	targets: readonly number[],
	starts: readonly number[],
	out: Emitted,
): void {
	const here = out.slots.length;
	for (const r of made.references) out.references.push({ ...r, slot: r.slot + here });
	made.slots.forEach((slot, at) => {
		const jump = made.jumps.get(at);
		const target = jump === undefined ? undefined : targets[jump];
		if (target === undefined) out.slots.push(slot);
		else {
			const distance = (starts[target] ?? 0) - (here + at) - 1;
			out.slots.push({ ...slot, [isLong(slot) ? "imm" : "off"]: distance });
		}
	});
}
