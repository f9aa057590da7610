// Placed instructions → instruction slots: branch distances, 64-bit immediates, inline assembly. Gives the code of one function with
// what has to be relocated and recorded by slot.

import { assemble } from "../asm/index.ts";
import {
	BPF_JA,
	BPF_JMP,
	BPF_JMP32,
	BPF_PSEUDO_CALL,
	decode,
	type Insn as IsaInsn,
	insnAt,
	LD_IMM64,
} from "../isa/index.ts";
import type { Place } from "../ssa/index.ts";
import type { Cpu, PlacedDiagnostic } from "./context.ts";
import type { Placed } from "./layout.ts";
import { ASM, CALL, GOTO, type Insn, NONE } from "./machine.ts";

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

const FAR = 0x7fff;

export function emitCode(placed: readonly Placed[], cpu: Cpu): Emitted {
	const out: Emitted = {
		slots: [],
		origins: [],
		places: [],
		references: [],
		core: [],
		diagnostics: [],
	};
	const texts = placed.map((p) => (p.insn.op === ASM ? inline(p, out) : undefined));
	const starts: number[] = [];
	let at = 0;
	placed.forEach((p, n) => {
		starts.push(at);
		at += texts[n]?.slots.length ?? (p.insn.op === LD_IMM64 ? 2 : 1);
	});
	starts.push(at);
	placed.forEach((p, n) => {
		const text = texts[n];
		const here = out.slots.length;
		if (text) text.put(here, starts);
		else one(p, here, starts[p.target] ?? 0, out, cpu);
		while (out.places.length < out.slots.length) {
			out.places.push(p.insn.place);
			out.origins.push(p.insn);
		}
	});
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

/** Assembles the text of inline assembly with its registers in place. */
function inline(p: Placed, out: Emitted) {
	const { insn } = p;
	const body = insn.asm;
	const targets = p.targets ?? [];
	const none = { slots: [] as IsaInsn[], put: () => undefined };
	if (!body || body.asm.template.trim() === "") return none;
	const text = fill(insn);
	const labels = targets.map((_, at) => `.Ltarget${at}: exit`).join("\n");
	const source = `.section asm\n${text}\n.Lend: exit\n${labels}\n`;
	const { value, diagnostics } = assemble(source, "asm");
	const bytes = value?.programs[0]?.insns;
	if (!bytes) {
		const message = diagnostics.find((d) => d.severity === "error")?.message ?? "not understood";
		out.diagnostics.push({
			severity: "error",
			id: "codegen/asm",
			message: `inline assembly: ${message}`,
			...(insn.place ? { place: insn.place } : {}),
		});
		return none;
	}
	const code = decode(bytes);
	const length = code.length - 1 - targets.length;
	const slots = Array.from({ length }, (_, at) => insnAt(code, at));
	const put = (here: number, starts: readonly number[]) => {
		slots.forEach((slot, at) => {
			const to = jumpTarget(slot, at);
			const beyond = to === undefined ? -1 : to - length - 1;
			const target = targets[beyond];
			if (beyond >= 0 && target !== undefined)
				out.slots.push({ ...slot, off: (starts[target] ?? 0) - (here + at) - 1 });
			else out.slots.push(slot);
		});
	};
	return { slots, put };
}

function jumpTarget(slot: IsaInsn, at: number): number | undefined {
	const kind = slot.opcode & 7;
	const op = slot.opcode & 0xf0;
	if ((kind !== BPF_JMP && kind !== BPF_JMP32) || op === 0x80 || op === 0x90) return undefined;
	return at + 1 + slot.off;
}

/** Replaces %0, %w0, %[name], %w[name], %l0, %l[name] and %%. */
function fill(insn: Insn): string {
	const body = insn.asm;
	if (!body) return "";
	const { asm, operands } = body;
	const all = [...asm.outputs, ...asm.inputs];
	const shown = (n: number, modifier: string): string => {
		const o = operands[n];
		if (!o) return "";
		if (o.kind === "text") return o.text;
		const r = (o.kind === "def" ? insn.defs : insn.uses)?.[o.at] ?? 0;
		const constraint = all[n]?.constraint ?? "";
		if (constraint.includes("m")) return `(r${r} + 0)`;
		return `${modifier === "w" || constraint.includes("w") ? "w" : "r"}${r}`;
	};
	return asm.template.replace(
		/%(%|l\[(\w+)\]|l(\d+)|([wP]?)\[(\w+)\]|([wP]?)(\d+))/g,
		(whole, kind, label, number, m1, name, m2, at) => {
			if (kind === "%") return "%";
			if (number !== undefined) {
				const at = Number(number);
				return `.Ltarget${at >= all.length ? at - all.length : at}`;
			}
			if (label !== undefined) return whole;
			if (name !== undefined) {
				const n = all.findIndex((o) => o.name === name);
				return n < 0 ? whole : shown(n, m1);
			}
			return shown(Number(at), m2);
		},
	);
}
