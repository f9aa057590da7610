// For each class of rejection: the reason in one plain sentence, what the verifier knew, what it needed, what usually mends it. A class whose
// messages say different things has a text for each; the kernel's line is read for what only it says, and stands beside the text on the card.

import { insnAt } from "../../isa/index.ts";
import { PTR_TO_PACKET, type RegView, type Report } from "../../verifier/index.ts";
import type { RejectionCard } from "../protocol.ts";
import { callTexts } from "./calls.ts";
import { controlTexts } from "./control.ts";
import { fill, type Texts } from "./fill.ts";
import { kernelTexts } from "./kernelside.ts";
import { loadTexts } from "./load.ts";
import { callText, lostPointer } from "./lost.ts";
import { mapTexts } from "./mapside.ts";
import { memoryTexts } from "./memory.ts";
import { isText, nameOf, originText } from "./names.ts";
import { access, isCall, namedRegister, type Place } from "./place.ts";

export interface ReasonText {
	readonly reason: string;
	readonly known: string;
	readonly needed: string;
	readonly usually: string;
	readonly range?: NonNullable<RejectionCard["range"]>;
}

function span(from: number, size: number): string {
	return size === 1 ? `byte ${from}` : `bytes ${from} to ${from + size - 1}`;
}

/** Bytes behind the pointer that are proven readable; the kernel's `r=`. */
function provenRange(view: RegView | undefined): number {
	return view?.type === PTR_TO_PACKET ? view.range : 0;
}

/** A load or store of packet bytes: which are needed, which are proven. */
function packetAccess(place: Place): ReasonText {
	const { load, pointer, offset, size } = access(place);
	const view = place.registers.get(pointer);
	const variable = view !== undefined && (view.mask[0] !== 0 || view.mask[1] !== 0);
	const proven = provenRange(view);
	const from = offset + (view?.off ?? 0);
	const text =
		proven === 0
			? "nothing is proven to be there"
			: `only ${span(0, proven)} are proven to be there`;
	const behind = variable ? ` behind ${nameOf(place, pointer)}'s variable part` : " of the packet";
	return {
		reason: `${load ? "Reads" : "Writes"} ${span(from, size)}${behind}, but ${text}.`,
		known: `${isText(place, pointer)}.`,
		needed: `On the path that leads here, a comparison with data_end which proves at least ${from + size} bytes behind the same pointer (r ≥ ${from + size}).`,
		usually: `A check such as \`if (${variable ? "p" : "data"} + ${from + size} > data_end) return ...;\` before the access. The pointer that is compared must be the one that is read, or a constant away from it.`,
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

/** A number that was a pointer before: what became of it says more than what it is. */
function lostText(place: Place): ReasonText | undefined {
	const lost = lostPointer(place);
	if (!lost) return undefined;
	const name = nameOf(place, lost.register);
	const subject = name.charAt(0).toUpperCase() + name.slice(1);
	const known = `${fill("{bad is}", place)}.${originText(place, lost.register)}`;
	if (lost.kind === "null")
		return {
			reason: `${subject} is NULL on this path, and is used as an address.`,
			known,
			needed: "Another value than NULL, or a path that does not lead here with it.",
			usually:
				"Leave (`return`) in the branch where it is NULL; or look it up again after the element was made, and check again.",
		};
	const call = callText(place, lost.pc ?? 0);
	if (lost.kind === "released")
		return {
			reason: `${subject} is used after ${call} has given it back.`,
			known,
			needed: "A reference that is still held.",
			usually: "Move the use before the release, or remove the second release.",
		};
	return {
		reason: `${subject} is used after ${call}, which may move the packet.`,
		known,
		needed: "A packet pointer that was read after that call, and compared with data_end again.",
		usually:
			"After the call, read data and data_end again from the context, compute the pointer again and repeat the comparison.",
	};
}

const mayBeLost = new Set(["memory/not-a-pointer", "helper/argument-type"]);

const written: Texts = {
	...memoryTexts,
	...mapTexts,
	...controlTexts,
	...callTexts,
	...kernelTexts,
	...loadTexts,
};

/** The classes that have a text of their own, sorted. */
export const explainedReasons: readonly string[] = Object.keys(written).sort();

/** The text for a rejection; classes without one of their own get the instruction and the registers it uses. */
export function reasonText(report: Pick<Report, "reason">, place: Place): ReasonText {
	if (report.reason === "packet/invalid-access" && !isCall(place)) return packetAccess(place);
	const lost = mayBeLost.has(report.reason ?? "") ? lostText(place) : undefined;
	if (lost) return lost;
	const entry = written[classOf(report.reason)];
	if (!entry) return bare(place);
	const [reason, known, needed, usually, variants = []] = entry;
	const own = variants.find(([words]) => place.messages.some((m) => words.test(m)));
	const line = own && place.messages.find((m) => own[0].test(m));
	const says = own?.[1] ?? {};
	const words = own && line !== undefined ? (own[0].exec(line) ?? undefined) : undefined;
	const say = (text: string) => fill(text, place, words);
	return {
		reason: say(says.reason ?? reason),
		known: say(says.known ?? known),
		needed: say(says.needed ?? needed),
		usually: say(says.usually ?? usually),
	};
}

/** Whether the words have a text, of their class or of their own. */
export function isExplained(reason: string | undefined): boolean {
	return written[classOf(reason)] !== undefined;
}

/** What the verifier says of its own faults is one class to people. */
function classOf(reason = ""): string {
	return reason.startsWith("internal/") ? "internal/invariants" : reason;
}

function bare(place: Place): ReasonText {
	const insn = insnAt(place.code, place.pc);
	const used = [...new Set([namedRegister(place) ?? insn.dst, insn.dst, insn.src])];
	const known = used.filter((r) => place.registers.has(r)).map((r) => isText(place, r));
	return {
		reason: `The instruction at ${place.pc} does not pass the verifier.`,
		known: known.length ? `${known.join("; ")}.` : "See the log of the failing path.",
		needed: "What Linux's own words say.",
		usually: "The log of the failing path shows what the verifier knew at each step.",
	};
}
