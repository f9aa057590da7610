// The "Why not?" card: one plain sentence, Linux's own words, what was known, what was needed, the path that leads there.

import {
	EVENT_PUSH,
	EVENT_VISIT,
	type RegView,
	type Report,
	type StateView,
} from "../../verifier/index.ts";
import type { BuiltProgram } from "../programs.ts";
import type { RejectionCard } from "../protocol.ts";
import { mend } from "./mend.ts";
import { placeOf } from "./place.ts";
import { reasonText } from "./texts.ts";

/** Undefined when the rejection names no instruction. */
export function rejectionCard(
	report: Report,
	program: BuiltProgram,
	state: StateView | undefined,
): RejectionCard | undefined {
	const pc = report.pc ?? 0;
	const place = program.places[pc];
	const at = placeOf(program, pc, registersOf(state));
	const text = reasonText(report, at);
	const fix = mend(report, at);
	return {
		pc,
		...(place ? { file: place.file, line: place.line } : {}),
		reason: text.reason,
		kernel: report.messages.length ? report.messages : [report.message],
		known: text.known,
		needed: text.needed,
		path: pathTo(report, pc),
		...(text.range ? { range: text.range } : {}),
		...(fix ? { fix } : {}),
	};
}

function registersOf(state: StateView | undefined): ReadonlyMap<number, RegView> {
	const frame = state?.frames[state.frames.length - 1];
	return new Map(frame?.regs.map((r) => [r.index, r]));
}

/** Stretches of consecutive instructions on the last path that was walked, first and last pc of each; the latest ones. */
function pathTo(report: Report, pc: number): RejectionCard["path"] {
	const stretches: { from: number; to: number }[] = [];
	for (const at of lastPath(report)) {
		const last = stretches[stretches.length - 1];
		if (last && (at === last.to + 1 || at === last.to + 2)) last.to = at;
		else stretches.push({ from: at, to: at });
	}
	return stretches.length ? stretches.slice(-8) : [{ from: pc, to: pc }];
}

/** Instructions from the start of the program to the end of the walk, by the branch that each path came from. */
function lastPath(report: Report): number[] {
	const events = report.trace?.events;
	const path: number[] = [];
	const pending: { length: number; to: number }[] = [];
	if (!events) return path;
	for (let i = 0; i < events.length; i += 3) {
		const [kind, pc, argument] = [events[i], events[i + 1] ?? 0, events[i + 2] ?? 0];
		if (kind === EVENT_PUSH) pending.push({ length: path.length, to: argument });
		else if (kind === EVENT_VISIT) {
			const resumed = pending[pending.length - 1];
			const previous = path[path.length - 1];
			const fork = resumed && argument !== previous && resumed.to === pc;
			if (fork) {
				path.length = resumed.length;
				pending.pop();
			}
			path.push(pc);
		}
	}
	return path;
}
