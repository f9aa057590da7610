// For each class of rejection: the reason in one plain sentence, what the verifier knew, what it needed. The kernel's own line stands
// beside it on the card; nothing here reads that line.

import { helperById } from "../abi/index.ts";
import { BPF_LDX, type Code, decode, insnAt } from "../isa/index.ts";
import { PTR_TO_PACKET, type RegView, type Report } from "../verifier/index.ts";
import type { BuiltProgram } from "./programs.ts";
import type { RejectionCard } from "./protocol.ts";

export interface ReasonText {
	readonly reason: string;
	readonly known: string;
	readonly needed: string;
	readonly range?: NonNullable<RejectionCard["range"]>;
}

interface Place {
	readonly code: Code;
	readonly pc: number;
	readonly registers: ReadonlyMap<number, RegView>;
}

const BYTES = [4, 2, 1, 8] as const;

/** The access of a load or store: pointer register, offset, size. */
function access({ code, pc }: Place) {
	const insn = insnAt(code, pc);
	const load = (insn.opcode & 7) === BPF_LDX;
	return {
		load,
		pointer: load ? insn.src : insn.dst,
		offset: insn.off,
		size: BYTES[(insn.opcode >> 3) & 3] ?? 8,
	};
}

function register(place: Place, index: number): string {
	return place.registers.get(index)?.text ?? "not init";
}

function verb(load: boolean): string {
	return load ? "Reads" : "Writes";
}

function span(from: number, size: number): string {
	return size === 1 ? `byte ${from}` : `bytes ${from} to ${from + size - 1}`;
}

/** Bytes behind the pointer that are proven readable; the kernel's `r=`. */
function provenRange(view: RegView | undefined): number {
	return view?.type === PTR_TO_PACKET ? view.range : 0;
}

function packetAccess(place: Place): ReasonText {
	const { load, pointer, offset, size } = access(place);
	const view = place.registers.get(pointer);
	const proven = provenRange(view);
	const from = offset + (view?.off ?? 0);
	const text =
		proven === 0
			? "nothing is proven to be there"
			: `only ${span(0, proven)} are proven to be there`;
	return {
		reason: `${verb(load)} ${span(from, size)} of the packet, but ${text}.`,
		known: `r${pointer} is ${register(place, pointer)}.`,
		needed: `A comparison with data_end, on the path that leads here, which proves at least ${from + size} bytes: r ≥ ${from + size}.`,
		...(from >= 0
			? {
					range: {
						label: "bytes from the start of the pointer",
						proven,
						neededFrom: Math.max(from, proven),
						neededTo: from + size,
					},
				}
			: {}),
	};
}

function nullPointer(place: Place): ReasonText {
	const { pointer } = access(place);
	return {
		reason: `r${pointer} may be NULL here, and is used as an address.`,
		known: `r${pointer} is ${register(place, pointer)}.`,
		needed: `A comparison of r${pointer} with 0 that leaves this path when it is NULL.`,
	};
}

function stackRead(place: Place): ReasonText {
	const { pointer, offset, size } = access(place);
	const at = (place.registers.get(pointer)?.off ?? 0) + offset;
	return {
		reason: `Reads ${size === 1 ? "a byte" : `${size} bytes`} of stack at fp${at} that were not all written before.`,
		known: "The stack holds nothing when a function begins.",
		needed: "A store to every byte that is read, on every path that leads here.",
	};
}

function stackBounds(place: Place): ReasonText {
	const { pointer } = access(place);
	return {
		reason: "Leaves the stack: a function has the 512 bytes below r10.",
		known: `r${pointer} is ${register(place, pointer)}.`,
		needed: "An offset from fp-512 up to fp-1, known at this instruction.",
	};
}

function mapBounds(place: Place): ReasonText {
	const { load, pointer, size } = access(place);
	return {
		reason: `${verb(load)} ${size} bytes that may lie outside the map's value.`,
		known: `r${pointer} is ${register(place, pointer)}; vs is the size of the value.`,
		needed: "An offset whose bounds, plus the size of the access, stay within the value.",
	};
}

function helperArgument(place: Place): ReasonText {
	const name = helperById(insnAt(place.code, place.pc).imm)?.name ?? "the helper";
	const registers = [1, 2, 3, 4, 5]
		.filter((r) => place.registers.has(r))
		.map((r) => `r${r} ${register(place, r)}`);
	return {
		reason: `An argument of ${name} is not what it takes.`,
		known: `${registers.join(", ") || "no argument is set"}.`,
		needed: `Arguments as the prototype of ${name} asks for them.`,
	};
}

function simple(reason: string, known: string, needed: string): () => ReasonText {
	return () => ({ reason, known, needed });
}

const texts: Readonly<Record<string, (place: Place) => ReasonText>> = {
	"packet/invalid-access": packetAccess,
	"pointer/maybe-null": nullPointer,
	"memory/not-a-pointer": (place) => {
		const { pointer } = access(place);
		return {
			reason: `r${pointer} is not a pointer that may be used here.`,
			known: `r${pointer} is ${register(place, pointer)}.`,
			needed: "A pointer to the context, the stack, the packet or a map's value.",
		};
	},
	"memory/invalid-access": mapBounds,
	"map/invalid-value-access": mapBounds,
	"register/uninitialized": simple(
		"Reads a register that was never written on this path.",
		"A register holds nothing until an instruction writes it; a call clears r1 to r5.",
		"A value in the register on every path that leads here.",
	),
	"stack/invalid-read": stackRead,
	"stack/out-of-bounds": stackBounds,
	"stack/variable-offset": stackBounds,
	"helper/argument-type": helperArgument,
	"helper/maybe-null": (place) => ({
		...helperArgument(place),
		reason: "Passes a pointer that may be NULL to a helper that needs a valid one.",
		needed: "A comparison with 0 before the call.",
	}),
	"reference/leak": simple(
		"Ends without giving back what a helper handed out.",
		"A reserved record or a looked-up socket is still held on this path.",
		"On every path: bpf_ringbuf_submit or bpf_ringbuf_discard, or bpf_sk_release, before the end.",
	),
	"limit/jumps": simple(
		"Never comes to an end that the verifier can see.",
		"It walked this path turn by turn until more branches waited than it keeps.",
		"A loop whose counter has a bound, or fewer branches.",
	),
	"limit/instructions": simple(
		"Takes more steps to verify than the verifier's million.",
		"Every path, and every turn of a loop, is walked until a state is covered by an earlier one.",
		"Fewer or shorter paths: smaller loop bounds, or functions that are verified on their own.",
	),
	"loop/infinite": simple(
		"A loop comes back to this instruction with nothing changed.",
		"The state is the same as at an earlier visit, so the loop cannot end.",
		"A counter or pointer that changes with each turn, and a condition on it.",
	),
	"return/out-of-range": simple(
		"Returns a value that this program type does not have.",
		"r0 at exit is not within the values of the type.",
		"r0 set to one of the named return values on every path.",
	),
	"context/invalid-access": simple(
		"Accesses the context where its struct has no such field.",
		"Offset and size must be those of a field, and some fields are read-only or not there for this program type.",
		"An offset and size from the struct of the context.",
	),
	"helper/not-allowed": (place) => ({
		reason: `${helperById(insnAt(place.code, place.pc).imm)?.name ?? "This helper"} may not be called by this program type.`,
		known: "Each program type has its own set of helpers.",
		needed: "A helper of this program type, or another program type.",
	}),
	"helper/gpl-only": simple(
		"Calls a helper that only GPL-compatible programs may use.",
		"The program's licence is not compatible with the GPL.",
		"A compatible licence, e.g. GPL or Dual MIT/GPL, or another helper.",
	),
	"alu/division-by-zero": simple(
		"Divides by the constant 0.",
		"A register divisor of 0 gives 0 at run time; a constant 0 is refused.",
		"Another divisor.",
	),
	"program/unreachable": simple(
		"Holds instructions that no path reaches.",
		"Nothing jumps or falls through to them.",
		"Their removal, or a jump to them.",
	),
	"pointer/arithmetic": simple(
		"Does arithmetic that this pointer does not allow.",
		"Pointers can be moved by bounded numbers; other operations make them useless.",
		"Addition or subtraction of a number, on a pointer that may be moved.",
	),
};

/** The text for a rejection; classes without one of their own get the instruction and the registers it uses. */
export function reasonText(
	report: Report,
	program: BuiltProgram,
	pc: number,
	registers: ReadonlyMap<number, RegView>,
): ReasonText {
	const place = { code: decode(program.spec.insns), pc, registers };
	const own = texts[report.reason ?? ""];
	if (own) return own(place);
	const insn = insnAt(place.code, pc);
	const used = [...new Set([insn.dst, insn.src])].filter((r) => registers.has(r));
	return {
		reason: `The instruction at ${pc} does not pass the verifier.`,
		known: used.length
			? `${used.map((r) => `r${r} is ${register(place, r)}`).join(", ")}.`
			: "See the log of the failing path.",
		needed: "What Linux's own words below say.",
	};
}
