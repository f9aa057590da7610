// One list of everything that is wrong: what the assembler says, and every verdict that is not "accepted". Pure.

import type { Diagnostic } from "../../../engine/base/index.ts";
import type { VerifyReply } from "../../../engine/workbench/protocol.ts";

export interface Problem {
	readonly tone: "reject" | "unsupported" | "warning" | "bug" | "none";
	readonly word: string;
	readonly message: string;
	readonly id: string;
	readonly file?: string | undefined;
	readonly line?: number | undefined;
	readonly column?: number | undefined;
	/** What explains it: where a macro was expanded, where a name was declared. */
	readonly notes?: readonly Note[];
	readonly fix?: Diagnostic["fix"] | undefined;
}

export interface Note {
	readonly message: string;
	readonly file?: string | undefined;
	readonly line?: number | undefined;
}

export function problems(
	diagnostics: readonly Diagnostic[],
	verdicts: Readonly<Record<string, VerifyReply>>,
): readonly Problem[] {
	// What was judged before is not what stands there now.
	const failed = diagnostics.some((d) => d.severity === "error");
	const judged = failed ? [] : Object.values(verdicts).flatMap(ofVerdict);
	return [...diagnostics.map(ofDiagnostic), ...judged];
}

function ofDiagnostic(d: Diagnostic): Problem {
	const place = { file: d.span?.file, line: d.span?.line, column: d.span?.column };
	const notes = (d.notes ?? []).map(({ message, span }) => ({
		message,
		file: span?.file,
		line: span?.line,
	}));
	const base = { message: d.message, id: d.id, ...place, notes, fix: d.fix };
	if (d.unsupported !== undefined) return { tone: "unsupported", word: "Not supported", ...base };
	if (d.severity === "error") return { tone: "reject", word: "Error", ...base };
	if (d.severity === "warning") return { tone: "warning", word: "Warning", ...base };
	return { tone: "none", word: "Note", ...base };
}

function ofVerdict({ program, verdict: v, card }: VerifyReply): readonly Problem[] {
	switch (v.kind) {
		case "accepted":
			return [];
		case "rejected":
			return [
				{
					tone: "reject",
					word: "Rejected",
					message: `${program}: ${card?.reason ?? v.message}`,
					id: v.reason,
					file: v.file ?? card?.file,
					line: v.line ?? card?.line,
				},
			];
		case "unsupported":
			return [
				{
					tone: "unsupported",
					word: "Not supported",
					message: `${program}: ${v.what}`,
					id: "skep/unsupported",
					line: v.line,
				},
			];
		case "bug":
			return [
				{
					tone: "bug",
					word: "Skep has a bug",
					message: `${program}: ${v.message}`,
					id: "skep/bug",
				},
			];
	}
}
