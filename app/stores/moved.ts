// What the engine said of an older text, with its places where they stand now. Places whose text is gone are dropped. Pure.

import type { Diagnostic, Span } from "../../engine/base/index.ts";
import type {
	BuildReply,
	DebugState,
	ListingRow,
	PathStep,
	ProgramInfo,
	RejectionCard,
	Verdict,
	VerifyReply,
} from "../../engine/workbench/protocol.ts";
import { type Change, lineAfter, offsetAfter, touched } from "../lib/drift.ts";

/** The changes of a file's text, in the order they were made. */
export type Changes = (path: string) => readonly Change[];

export function buildAfter(reply: BuildReply, changes: Changes): BuildReply {
	const diagnostics = each(reply.diagnostics, (d) => diagnosticAfter(d, changes));
	const programs = each(reply.programs, (p) => programAfter(p, changes));
	const same = diagnostics === reply.diagnostics && programs === reply.programs;
	return same ? reply : { ...reply, diagnostics, programs };
}

export function verdictAfter(reply: VerifyReply, changes: Changes): VerifyReply {
	const verdict = placeAfter(reply.verdict, changes);
	const hints = each(reply.hints, (hint) => lineMoved(hint, changes(hint.file))).filter(
		(hint) => hint.line !== undefined,
	);
	const card = reply.card && cardAfter(reply.card, changes);
	const same = verdict === reply.verdict && card === reply.card;
	if (
		same &&
		hints.every((hint, i) => hint === reply.hints[i]) &&
		hints.length === reply.hints.length
	)
		return reply;
	return { ...reply, verdict, hints, ...(card ? { card } : {}) };
}

export function debugAfter(state: DebugState, changes: Changes): DebugState {
	const { file } = state;
	if (file === undefined || changes(file).length === 0) return state;
	const frames = state.frames.map((f) => lineMoved(f, changes(file)));
	return { ...lineMoved(state, changes(file)), frames };
}

/** The same list when nothing in it became another. */
function each<T>(list: readonly T[], change: (item: T) => T): readonly T[] {
	const made = list.map(change);
	return made.some((item, i) => item !== list[i]) ? made : list;
}

function programAfter(program: ProgramInfo, changes: Changes): ProgramInfo {
	const listing = each(program.listing, (row) => rowAfter(row, changes));
	return listing === program.listing ? program : { ...program, listing };
}

function rowAfter(row: ListingRow, changes: Changes): ListingRow {
	return row.file === undefined ? row : lineMoved(row, changes(row.file));
}

function lineMoved<T extends { readonly line?: number }>(place: T, changes: readonly Change[]): T {
	const { line } = place;
	const now = line === undefined ? undefined : lineAfter(line, changes);
	if (now === line) return place;
	const { line: _gone, ...rest } = place;
	return { ...rest, ...(now === undefined ? {} : { line: now }) } as T;
}

function placeAfter(verdict: Verdict, changes: Changes): Verdict {
	return verdict.kind === "rejected" && verdict.file !== undefined
		? lineMoved(verdict, changes(verdict.file))
		: verdict;
}

function cardAfter(card: RejectionCard, changes: Changes): RejectionCard {
	const path = each(card.path, (step) => stepAfter(step, changes));
	const at = card.file === undefined ? card : lineMoved(card, changes(card.file));
	const placed = path === card.path ? at : { ...at, path };
	const moves = card.fix?.edits.some((e) => changes(e.span.file).length > 0);
	if (!card.fix || !moves) return placed;
	const { fix, ...rest } = placed;
	const moved = fix && fixAfter(fix, changes);
	return { ...rest, ...(moved ? { fix: moved } : {}) };
}

function stepAfter(step: PathStep, changes: Changes): PathStep {
	const { file, toLine } = step;
	if (file === undefined || changes(file).length === 0) return step;
	const moved = lineMoved(step, changes(file));
	const to = toLine === undefined ? undefined : lineAfter(toLine, changes(file));
	if (to === toLine) return moved;
	const { toLine: _gone, ...rest } = moved;
	return { ...rest, ...(to === undefined ? {} : { toLine: to }) };
}

export function diagnosticAfter(d: Diagnostic, changes: Changes): Diagnostic {
	const places = [d.span, ...(d.notes ?? []).map((n) => n.span)];
	const edited = (d.fix?.edits ?? []).map((e) => e.span);
	const moves = (span: Span | undefined) => span !== undefined && changes(span.file).length > 0;
	if (![...places, ...edited].some(moves)) return d;
	const { span, notes, fix, ...rest } = d;
	const moved = fix && fixAfter(fix, changes);
	return {
		...rest,
		...(span ? { span: spanAfter(span, changes) } : {}),
		...(notes
			? { notes: notes.map((n) => (n.span ? { ...n, span: spanAfter(n.span, changes) } : n)) }
			: {}),
		...(moved ? { fix: moved } : {}),
	};
}

type Fix = NonNullable<Diagnostic["fix"]>;

/** A mend of a text that was changed just there is none any more. */
function fixAfter(fix: Fix, changes: Changes): Fix | undefined {
	const spoilt = fix.edits.some(({ span }) => touched(span.start, span.end, changes(span.file)));
	if (spoilt) return undefined;
	return { ...fix, edits: fix.edits.map((e) => ({ ...e, span: spanAfter(e.span, changes) })) };
}

function spanAfter(span: Span, changes: Changes): Span {
	const made = changes(span.file);
	if (made.length === 0) return span;
	const start = offsetAfter(span.start, made, "start");
	const end = Math.max(start, offsetAfter(span.end, made, "end"));
	return { ...span, start, end, line: lineAfter(span.line, made) ?? span.line };
}
