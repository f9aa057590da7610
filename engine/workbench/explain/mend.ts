// Mends that need no thought: a check put before the instruction, a mask, a store, a release. Made for assembly sources, whose instructions
// know their place in the text. Whether the program is accepted afterwards is for the verifier to say.

import { helperById, type ReturnRange, returnRange } from "../../abi/index.ts";
import type { Span, TextEdit } from "../../base/index.ts";
import { BPF_ADD, BPF_ALU64, BPF_JMP, BPF_X, insnAt } from "../../isa/index.ts";
import {
	PTR_TO_CTX,
	PTR_TO_MEM,
	PTR_TO_PACKET_END,
	PTR_TO_SOCKET,
	PTR_TO_STACK,
	type RegView,
	type Report,
} from "../../verifier/index.ts";
import { access, type Place } from "./place.ts";

export interface Mend {
	readonly title: string;
	readonly edits: readonly TextEdit[];
}

const XDP = 6;
const TC = [3, 4];
const EXIT = 0x95;
const CALL = 0x85;

/** Undefined where there is no mechanical mend, or no source text to put it into. */
export function mend(report: Pick<Report, "reason">, place: Place): Mend | undefined {
	return mends[report.reason ?? ""]?.(place);
}

const mends: Readonly<Record<string, (place: Place) => Mend | undefined>> = {
	"pointer/maybe-null": (place) => leaveWhenNull(place, access(place).pointer),
	"pointer/arithmetic-on-null": (place) => leaveWhenNull(place, insnAt(place.code, place.pc).dst),
	"helper/maybe-null": (place) => {
		const first = [1, 2, 3, 4, 5].find((r) => place.registers.get(r)?.mayBeNull);
		return first === undefined ? undefined : leaveWhenNull(place, first);
	},
	"packet/invalid-access": provePacket,
	"map/invalid-value-access": maskOffset,
	"memory/invalid-access": maskOffset,
	"memory/unbounded": maskOffset,
	"memory/negative-offset": maskOffset,
	"register/uninitialized": setRegister,
	"reference/leak": release,
	"return/out-of-range": maskReturn,
	"helper/unbounded-size": maskSize,
	"helper/negative-size": maskSize,
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

/** What a program of this type returns when it has nothing to say. */
function neutral(place: Place): number {
	const { type } = place.program;
	if (type === XDP) return 2;
	if (type !== undefined && TC.includes(type)) return 0;
	return rangeOf(place)?.max ?? 0;
}

function rangeOf({ program }: Place): ReturnRange | undefined {
	if (program.type === undefined) return undefined;
	return returnRange(program.type, program.spec.expectedAttachType);
}

function leave(place: Place, condition: string): string[] {
	const next = label(place);
	return [`if ${condition} goto ${next}`, `r0 = ${neutral(place)}`, "exit", `${next}:`];
}

function leaveWhenNull(place: Place, index: number): Mend | undefined {
	const lines = leave(place, `r${index} != 0`);
	return before(place, place.pc, `Leave when r${index} is NULL`, lines);
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
	const held = find(place, (r) => r.ref !== 0 && r.index >= 6);
	const free = [6, 7, 8, 9].find((r) => !place.registers.has(r));
	if (!held || held.mayBeNull || free === undefined) return undefined;
	const title = `Give back what r${held.index} holds`;
	const record = (held.type & 0xff) === PTR_TO_MEM;
	if (!record && (held.type & 0xff) !== PTR_TO_SOCKET) return undefined;
	const call = record ? ["r2 = 0", "call bpf_ringbuf_discard"] : ["call bpf_sk_release"];
	return before(place, place.pc, title, [
		`if r${held.index} == 0 goto ${label(place)}`,
		`r${free} = r0`,
		`r1 = r${held.index}`,
		...call,
		`r0 = r${free}`,
		`${label(place)}:`,
	]);
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
