// For each class of rejection: the reason in one plain sentence, what the verifier knew, what it needed. The kernel's own line stands
// beside it on the card; nothing here reads that line.

import { insnAt } from "../../isa/index.ts";
import { PTR_TO_PACKET, type RegView, type Report } from "../../verifier/index.ts";
import type { RejectionCard } from "../protocol.ts";
import { callTexts } from "./calls.ts";
import { controlTexts } from "./control.ts";
import { memoryTexts } from "./memory.ts";
import { access, fill, type Place, register, type Texts } from "./place.ts";

export interface ReasonText {
	readonly reason: string;
	readonly known: string;
	readonly needed: string;
	readonly range?: NonNullable<RejectionCard["range"]>;
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

function stackRead(place: Place): ReasonText {
	const { pointer, offset, size } = access(place);
	const at = (place.registers.get(pointer)?.off ?? 0) + offset;
	return {
		reason: `Reads ${size === 1 ? "a byte" : `${size} bytes`} of stack at fp${at} that hold no plain data.`,
		known: "They belong to a dynptr or an iterator, or to a pointer that was partly overwritten.",
		needed: "Another place on the stack, or the helpers of that object.",
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
		reason: `${verb(load)} ${size === 1 ? "a byte" : `${size} bytes`} that may lie outside the map's value.`,
		known: `r${pointer} is ${register(place, pointer)}; vs is the size of the value.`,
		needed: "An offset whose bounds, plus the size of the access, stay within the value.",
	};
}

function notPointer(place: Place): ReasonText {
	const { pointer } = access(place);
	return {
		reason: `r${pointer} is not a pointer that may be used here.`,
		known: `r${pointer} is ${register(place, pointer)}.`,
		needed: "A pointer to the context, the stack, the packet or a map's value.",
	};
}

const computed: Readonly<Record<string, (place: Place) => ReasonText>> = {
	"packet/invalid-access": packetAccess,
	"memory/not-a-pointer": notPointer,
	"memory/invalid-access": mapBounds,
	"map/invalid-value-access": mapBounds,
	"stack/invalid-read": stackRead,
	"stack/out-of-bounds": stackBounds,
	"stack/variable-offset": stackBounds,
};

const written: Texts = { ...memoryTexts, ...controlTexts, ...callTexts };

/** The classes that have a text of their own, sorted. */
export const explainedReasons: readonly string[] = [
	...new Set([...Object.keys(computed), ...Object.keys(written)]),
].sort();

/** The text for a rejection; classes without one of their own get the instruction and the registers it uses. */
export function reasonText(report: Pick<Report, "reason">, place: Place): ReasonText {
	const own = computed[report.reason ?? ""];
	if (own) return own(place);
	const text = written[report.reason ?? ""];
	if (text) {
		const [reason, known, needed] = text.map((t) => fill(t, place));
		return { reason: reason ?? "", known: known ?? "", needed: needed ?? "" };
	}
	const insn = insnAt(place.code, place.pc);
	const used = [...new Set([insn.dst, insn.src])].filter((r) => place.registers.has(r));
	return {
		reason: `The instruction at ${place.pc} does not pass the verifier.`,
		known: used.length
			? `${used.map((r) => `r${r} is ${register(place, r)}`).join(", ")}.`
			: "See the log of the failing path.",
		needed: "What Linux's own words below say.",
	};
}
