// What the editor marks on each line of a file, from the engine's mirror and the cursor. Pure.

import type { DebugState, ProgramInfo, VerifyReply } from "../../engine/workbench/protocol.ts";
import type { Cursor } from "../stores/cursor.ts";

export interface LineMarks {
	readonly line: number;
	/** Instructions processed for this line over all paths. */
	readonly processed: number;
	/** 0 to 4, the width of the heat mark. */
	readonly heat: number;
	/** It has instructions, and none was ever verified. */
	readonly never: boolean;
}

/** 1–2, 3–5, 6–9, 10 and more; above 100 the steps are powers of ten. */
export function heatOf(processed: number, most: number): number {
	const steps = most > 100 ? [1, 10, 100, 1000] : [1, 3, 6, 10];
	return steps.filter((s) => processed >= s).length;
}

export function lineMarks(
	program: ProgramInfo | undefined,
	reply: VerifyReply | undefined,
	file: string,
): readonly LineMarks[] {
	if (!program || !reply) return [];
	const processed = new Map<number, number>();
	for (const row of program.listing) {
		if (row.file !== file || row.line === undefined) continue;
		processed.set(row.line, (processed.get(row.line) ?? 0) + (reply.visits[row.pc] ?? 0));
	}
	const most = Math.max(0, ...processed.values());
	const ran = reply.visits.some((n) => n > 0);
	return [...processed].map(([line, n]) => ({
		line,
		processed: n,
		heat: heatOf(n, most),
		never: ran && n === 0,
	}));
}

/** The line that the cursor stands on in a file, and how it is drawn. */
export function cursorLine(
	cursor: Cursor,
	debug: DebugState | undefined,
	file: string,
): { readonly line: number; readonly kind: "here" | "link" } | undefined {
	if (debug && (debug.file === undefined || debug.file === file) && debug.line !== undefined)
		return { line: debug.line, kind: "here" };
	if (cursor.file !== file || cursor.line === undefined) return undefined;
	return { line: cursor.line, kind: "link" };
}

/** The line that a rejection, or a limit of Skep, names. */
export function failingLine(
	reply: VerifyReply | undefined,
	program: ProgramInfo | undefined,
	file: string,
): number | undefined {
	const v = reply?.verdict;
	if (!v || v.kind === "accepted" || v.kind === "bug") return undefined;
	const row = v.pc === undefined ? undefined : program?.listing.find((r) => r.pc === v.pc);
	const named = v.kind === "rejected" ? v.file : row?.file;
	if ((named ?? row?.file ?? file) !== file) return undefined;
	return v.line ?? row?.line;
}

/** Lines of the branches and calls on the path to a rejection's cause. */
export function causeLines(
	reply: VerifyReply | undefined,
	program: ProgramInfo | undefined,
	file: string,
): readonly number[] {
	const path = reply?.card?.path ?? [];
	const lines = path.flatMap(({ pc }) => {
		const row = program?.listing.find((r) => r.pc === pc);
		return row?.file === file && row.line !== undefined ? [row.line] : [];
	});
	return [...new Set(lines)];
}
