// Mends of assembly sources, whose instructions know their place in the text: a check put before the instruction, a mask, a store, a release.

import { helperById } from "../../abi/index.ts";
import type { Span } from "../../base/index.ts";
import { BPF_ADD, BPF_ALU64, BPF_JMP, BPF_X, insnAt } from "../../isa/index.ts";
import { PTR_TO_CTX, PTR_TO_PACKET_END, PTR_TO_STACK, type RegView } from "../../verifier/index.ts";
import { CALL, EXIT, targetOf } from "../jumps.ts";
import {
	type Mend,
	type Mends,
	neutral,
	type Release,
	rangeOf,
	releaseOf,
	XDP,
} from "./mending.ts";
import { access, calleeAt, namedRegister, type Place } from "./place.ts";

/** By class of rejection. */
export const assemblyMends: Mends = {
	"pointer/maybe-null": (place) => leaveWhenNull(place, access(place).pointer),
	"pointer/arithmetic-on-null": (place) => leaveWhenNull(place, insnAt(place.code, place.pc).dst),
	"helper/maybe-null": (place) => {
		const named = namedRegister(place);
		const isNull = (r: number | undefined) => r !== undefined && place.registers.get(r)?.mayBeNull;
		const first = isNull(named) ? named : [1, 2, 3, 4, 5].find(isNull);
		return first === undefined ? undefined : leaveWhenNull(place, first);
	},
	"packet/invalid-access": provePacket,
	"map/invalid-value-access": maskOffset,
	"memory/invalid-access": maskOffset,
	"memory/unbounded": maskOffset,
	"memory/negative-offset": maskOffset,
	"register/uninitialized": setRegister,
	"reference/leak": release,
	"reference/not-held": dropCall,
	"dynptr/not-held": dropCall,
	"helper/gpl-only": relicense,
	"program/fall-through": addExit,
	"program/unreachable": removeLines,
	"return/out-of-range": maskReturn,
	"helper/unbounded-size": maskSize,
	"helper/negative-size": maskSize,
	"memory/zero-size": leaveWhenZero,
};

/** Lines put before the instruction at `pc`, indented as it is. */
function before(
	place: Place,
	pc: number,
	title: string,
	lines: readonly string[],
): Mend | undefined {
	const span = place.program.spec.spans?.[pc];
	if (!span) return undefined;
	const at: Span = { ...span, end: span.start };
	const text = lines.map((line) => (line.endsWith(":") ? `\n${line}\n\t` : `${line}\n\t`)).join("");
	return { title, edits: [{ span: at, text: text.replaceAll("\t\n", "\n") }] };
}

/** A label that stands nowhere yet, as far as the program's own functions tell. */
function label(place: Place): string {
	return `checked_${place.pc}`;
}

function leave(place: Place, condition: string): string[] {
	const next = label(place);
	return [`if ${condition} goto ${next}`, `r0 = ${neutral(place)}`, "exit", `${next}:`];
}

function leaveWhenNull(place: Place, index: number): Mend | undefined {
	const lines = leave(place, `r${index} != 0`);
	return before(place, place.pc, `Leave when r${index} is NULL`, lines);
}

function leaveWhenZero(place: Place): Mend | undefined {
	const size = namedRegister(place);
	if (size === undefined || insnAt(place.code, place.pc).opcode !== CALL) return undefined;
	return before(place, place.pc, `Leave when r${size} is 0`, leave(place, `r${size} != 0`));
}

function provePacket(place: Place): Mend | undefined {
	const { pointer, offset, size } = access(place);
	const view = place.registers.get(pointer);
	if (!view || insnAt(place.code, place.pc).opcode === CALL) return undefined;
	const free = [0, 1, 2, 3, 4, 5].filter((r) => !place.registers.has(r));
	const [sum, end] = free;
	const known = find(place, (r) => r.type === PTR_TO_PACKET_END);
	const context = find(place, (r) => r.type === PTR_TO_CTX && r.off === 0);
	const field = place.program.type === XDP ? 4 : 80;
	if (sum === undefined || offset + size <= 0) return undefined;
	const copy = [`r${sum} = r${pointer}`, `r${sum} += ${offset + size}`];
	const title = `Prove ${offset + size} bytes from r${pointer}`;
	if (known)
		return before(place, place.pc, title, [...copy, ...leave(place, `r${sum} <= r${known.index}`)]);
	if (!context || end === undefined) return undefined;
	return before(place, place.pc, title, [
		`r${end} = *(u32 *)(r${context.index} + ${field})`,
		...copy,
		...leave(place, `r${sum} <= r${end}`),
	]);
}

function find(place: Place, test: (view: RegView) => boolean): RegView | undefined {
	return [...place.registers.values()].find(test);
}

/** The mask that keeps a number, plus what follows, within `room` bytes; undefined when there is none. */
function maskFor(room: number): number | undefined {
	if (room < 1) return undefined;
	return 2 ** Math.floor(Math.log2(room)) - 1;
}

/** Masks the number that was last added to the pointer, before it is added. */
function maskOffset(place: Place): Mend | undefined {
	const { pointer, offset, size } = access(place);
	const view = place.registers.get(pointer);
	if (!view || view.size === 0) return undefined;
	const mask = maskFor(view.size - view.off - offset - size + 1);
	if (mask === undefined) return undefined;
	for (let pc = place.pc - 1; pc >= 0; pc--) {
		const insn = insnAt(place.code, pc);
		if ((insn.opcode & 7) === (BPF_JMP & 7)) return undefined;
		if (insn.dst !== pointer) continue;
		if (insn.opcode !== (BPF_ALU64 | BPF_ADD | BPF_X)) return undefined;
		return before(place, pc, `Keep r${insn.src} within the value: & ${mask}`, [
			`r${insn.src} &= ${mask}`,
		]);
	}
	return undefined;
}

function setRegister(place: Place): Mend | undefined {
	const insn = insnAt(place.code, place.pc);
	const missing =
		insn.opcode === EXIT ? 0 : [insn.src, insn.dst].find((r) => !place.registers.has(r));
	if (missing === undefined || insn.opcode === CALL) return undefined;
	const value = insn.opcode === EXIT ? neutral(place) : 0;
	return before(place, place.pc, `Set r${missing} to ${value}`, [`r${missing} = ${value}`]);
}

/** Gives back what a register still holds; the return value is kept meanwhile. */
function release(place: Place): Mend | undefined {
	const pc = Number(/alloc_insn=(\d+)/.exec(place.messages.join("\n"))?.[1]);
	const held = find(place, (r) => r.ref !== 0 && r.index >= 6);
	const free = [6, 7, 8, 9].find((r) => !place.registers.has(r));
	const by = Number.isNaN(pc) ? undefined : releaseOf(calleeAt(place, pc));
	if (!held || held.mayBeNull || free === undefined || !by || by.byAddress) return undefined;
	return before(place, place.pc, `Give back what r${held.index} holds`, [
		`if r${held.index} == 0 goto ${label(place)}`,
		`r${free} = r0`,
		`r1 = r${held.index}`,
		...releaseLines(by),
		`r0 = r${free}`,
		`${label(place)}:`,
	]);
}

function releaseLines({ name, flags }: Release): string[] {
	return [...(flags ? ["r2 = 0"] : []), `call ${name}`];
}

/** Takes the call out: what it would give back is not held. */
function dropCall(place: Place): Mend | undefined {
	const span = place.program.spec.spans?.[place.pc];
	if (!span || insnAt(place.code, place.pc).opcode !== CALL) return undefined;
	return { title: `Remove this ${calleeAt(place, place.pc)}`, edits: [{ span, text: "" }] };
}

function relicense(place: Place): Mend | undefined {
	const { source } = place;
	const found = source && /^([ \t]*\.license[ \t]+)"[^"\n]*"/m.exec(source.text);
	if (!source || !found) return undefined;
	const start = found.index + (found[1] ?? "").length;
	const edit = source.edit(start, found.index + found[0].length, '"GPL"');
	return { title: "License the program under the GPL", edits: [edit] };
}

function addExit(place: Place): Mend | undefined {
	const span = place.program.spec.spans?.[place.pc];
	if (!span) return undefined;
	return {
		title: "End with exit",
		edits: [{ span: { ...span, start: span.end }, text: "\n\texit" }],
	};
}

/** The instruction and those behind it, up to the next one that something jumps to. */
function removeLines({ code, pc, program }: Place): Mend | undefined {
	const { spans, functions } = program.spec;
	const starts = new Set(functions.map((f) => f.insn));
	for (let at = 0; at < code.length; at++) starts.add(targetOf(code, at) ?? -1);
	let end = pc + 1;
	while (end < code.length && !starts.has(end)) end++;
	const edits = (spans ?? []).slice(pc, end).flatMap((span) => (span ? [{ span, text: "" }] : []));
	const one = edits.length === 1;
	return edits.length
		? { title: `Remove the instruction${one ? "" : "s"} that nothing reaches`, edits }
		: undefined;
}

function maskReturn(place: Place): Mend | undefined {
	const range = rangeOf(place);
	const max = range?.min === 0 ? range.max : undefined;
	if (max === undefined || (max & (max + 1)) !== 0) return undefined;
	return before(place, place.pc, `Return 0 to ${max} only`, [`r0 &= ${max}`]);
}

/** Masks the size that goes with stack memory or memory of known size in the register before. */
function maskSize(place: Place): Mend | undefined {
	const helper = helperById(insnAt(place.code, place.pc).imm);
	if (!helper) return undefined;
	for (let r = 2; r <= 5; r++) {
		const memory = place.registers.get(r - 1);
		const size = place.registers.get(r);
		if (!memory || !size || (size.umax[0] === 0 && size.umax[1] >= 0)) continue;
		const room = memory.type === PTR_TO_STACK ? -memory.off : memory.size - memory.off;
		const mask = maskFor(room);
		if (mask === undefined) continue;
		return before(place, place.pc, `Keep r${r} up to ${mask}: & ${mask}`, [`r${r} &= ${mask}`]);
	}
	return undefined;
}
