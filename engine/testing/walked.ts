// The tree of paths that a verification walked, from its record: each visit with the state before it, what follows it, and where a
// checkpoint covered what would have followed. For tests only.

import {
	EVENT_COVERED,
	EVENT_PUSH,
	EVENT_VISIT,
	type Report,
	type StateView,
} from "../verifier/index.ts";

export interface Visit {
	readonly pc: number;
	readonly state: StateView;
	/** Numbers of the visits that may come next. */
	readonly next: number[];
	/** Instructions at which a path that went on from here was covered. */
	readonly covered: number[];
}

const EXIT = 0x95;

/** The visits in their order; the record must hold every state. */
export function walkedTree(report: Report, opcodes: Uint8Array): Visit[] {
	const { trace } = report;
	if (!trace) return [];
	const visits: Visit[] = [];
	const branches: number[] = [];
	let at = -1;
	let ended = false;
	for (let i = 0; i < trace.events.length; i += 3) {
		const kind = trace.events[i];
		const pc = trace.events[i + 1] as number;
		if (kind === EVENT_PUSH) branches.push(at);
		if (kind !== EVENT_VISIT && kind !== EVENT_COVERED) continue;
		const from = ended ? (branches.pop() ?? -1) : at;
		ended = false;
		if (kind === EVENT_COVERED) {
			visits[from]?.covered.push(pc);
			ended = true;
			continue;
		}
		const state = trace.states[visits.length];
		if (!state || state.pc !== pc)
			throw new Error(`the record has no state of visit ${visits.length}`);
		at = visits.length;
		visits[from]?.next.push(at);
		visits.push({ pc, state, next: [], covered: [] });
		ended = opcodes[pc] === EXIT && state.frames.length === 1;
	}
	return visits;
}

/** The visits at `pc` that may follow these, and whether a path there was covered. */
export function following(
	visits: readonly Visit[],
	from: Iterable<number>,
	pc: number,
): { next: Set<number>; covered: boolean } {
	const next = new Set<number>();
	let covered = false;
	const work = [...from];
	while (work.length > 0) {
		const visit = visits[work.pop() as number];
		if (!visit) continue;
		covered ||= visit.covered.includes(pc);
		for (const n of visit.next) {
			if (visits[n]?.pc !== pc || next.has(n)) continue;
			next.add(n);
			// A value is split by looking at the same instruction again.
			work.push(n);
		}
	}
	return { next, covered };
}
