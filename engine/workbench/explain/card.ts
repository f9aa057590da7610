// The "Why not?" card: one plain sentence, Linux's own words, what was known, what was needed, what usually mends it, the path that leads there.

import type { RegView, Report, StateView } from "../../verifier/index.ts";
import type { BuiltProgram } from "../programs.ts";
import type { RejectionCard } from "../protocol.ts";
import { mend } from "./mend.ts";
import { lastPath, pathSteps } from "./path.ts";
import { type Place, placeOf } from "./place.ts";
import { reasonText } from "./texts.ts";

export interface CardParts {
	readonly report: Report;
	readonly program: BuiltProgram;
	/** The state before the rejected instruction. */
	readonly state?: StateView | undefined;
	/** What happened on the way, where the report does not hold it. */
	readonly trace?: Report["trace"] | undefined;
	/** Text of a source file of the project. */
	readonly source?: ((file: string) => string | undefined) | undefined;
}

export function rejectionCard({ report, program, state, trace, source }: CardParts): RejectionCard {
	const frame = state?.frames[state.frames.length - 1];
	const registers = new Map<number, RegView>(frame?.regs.map((r) => [r.index, r]));
	const path = upTo(lastPath(report.trace ?? trace), report);
	const stack = frame?.stack ?? [];
	const at = placeOf({ report, program, registers, stack, path, source });
	const text = reasonText(report, at);
	const fix = mend(report, at);
	return {
		id: report.reason ?? "other",
		...placed(at, report.pc),
		reason: text.reason,
		kernel: report.messages.length ? report.messages : report.message ? [report.message] : [],
		known: text.known,
		needed: text.needed,
		usually: text.usually,
		path: pathSteps(path, at.code, program),
		...(text.range ? { range: text.range } : {}),
		...(fix ? { fix } : {}),
	};
}

/** The card of a program that libbpf does not hand to the kernel. */
export function faultCard(fault: string, program: BuiltProgram): RejectionCard {
	const report = { message: fault, messages: [fault] };
	const at = placeOf({ report, program, registers: new Map(), stack: [], path: [] });
	const text = reasonText({ reason: "elf/refused" }, at);
	return { id: "elf/refused", ...text, kernel: [`libbpf: ${fault}`], path: [] };
}

/** What is noticed before the instruction is visited once more. */
const UNSEEN = /^(limit|loop)\//;

/** What is looked at before the walk, or after it: no path leads there. */
const AFTER = /^(stack\/(too-deep|tail-call)|program|attach|load|exception|call\/prototype)\b/;

/** The path to the rejected instruction, which was not visited where a limit was met; what is rejected after the walk has none. */
function upTo(path: number[], { pc, reason }: Report): readonly number[] {
	if (pc === undefined || (reason && AFTER.test(reason))) return [];
	if (path.at(-1) === pc) return path;
	return reason && UNSEEN.test(reason) ? [...path, pc] : [];
}

function placed({ program, source }: Place, pc: number | undefined) {
	const place = pc === undefined ? undefined : program.places[pc];
	const text = place && (place.text ?? source?.line(place.line))?.trim();
	return {
		...(pc === undefined ? {} : { pc }),
		...(place ? { file: place.file, line: place.line } : {}),
		...(text ? { text } : {}),
	};
}
