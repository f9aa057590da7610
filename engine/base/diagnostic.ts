// Problems in the user's input, as data: producers return them, renderers decide how they look.

/** A half-open range of characters in one file; `line` and `column` are 1-based, `start` and `end` 0-based offsets. */
export interface Span {
	readonly file: string;
	readonly start: number;
	readonly end: number;
	readonly line: number;
	readonly column: number;
}

export type Severity = "error" | "warning" | "note";

/** A replacement of the text of `span` by `text`. */
export interface TextEdit {
	readonly span: Span;
	readonly text: string;
}

export interface Diagnostic {
	readonly severity: Severity;
	/** Stable identifier, `area/what`, e.g. `asm/unknown-instruction`. */
	readonly id: string;
	readonly message: string;
	readonly span?: Span;
	/** What "not supported by Skep" names; such a problem says nothing about what Linux would answer. */
	readonly unsupported?: string;
	readonly notes?: readonly { readonly message: string; readonly span?: Span }[];
	readonly fix?: { readonly title: string; readonly edits: readonly TextEdit[] };
}

/** A value, or the problems that kept it from being made. `diagnostics` may hold warnings beside a value. */
export interface Outcome<T> {
	readonly value?: T;
	readonly diagnostics: readonly Diagnostic[];
}

/** Renders `file:line:column: severity: message` with the source line and a caret, as compilers do. */
export function renderDiagnostic(d: Diagnostic, source?: string): string {
	const at = d.span ? `${d.span.file}:${d.span.line}:${d.span.column}: ` : "";
	const out = [`${at}${d.severity}: ${d.message}`];
	if (d.span && source !== undefined) out.push(...excerpt(d.span, source));
	for (const note of d.notes ?? []) {
		const place = note.span ? `${note.span.file}:${note.span.line}:${note.span.column}: ` : "";
		out.push(`${place}note: ${note.message}`);
	}
	return out.join("\n");
}

function excerpt(span: Span, source: string): string[] {
	const line = source.split("\n")[span.line - 1];
	if (line === undefined) return [];
	const lead = line.slice(0, span.column - 1).replace(/[^\t]/g, " ");
	const length = Math.max(1, Math.min(span.end - span.start, line.length - span.column + 1));
	return [`    ${line}`, `    ${lead}^${"~".repeat(length - 1)}`];
}
