// Puts the marks on the editor: cursor line, rejection, heat, breakpoints, problems.

import type { Diagnostic } from "../../engine/base/index.ts";
import type { BuildReply, VerifyReply } from "../../engine/workbench/protocol.ts";
import { cursor } from "../stores/cursor.ts";
import { currentProgram, engineMirror } from "../stores/engine.ts";
import { workspace } from "../stores/workspace.ts";
import css from "./marks.module.css";
import { monaco } from "./monaco.ts";
import { causeLines, cursorLine, failingLine, lineMarks } from "./select.ts";

type Decoration = monaco.editor.IModelDeltaDecoration;
type Options = monaco.editor.IModelDecorationOptions;

const whole = (line: number, options: Options): Decoration => ({
	range: new monaco.Range(line, 1, line, 1),
	options: { isWholeLine: true, ...options },
});

const ruler = (token: string): monaco.editor.IModelDecorationOverviewRulerOptions => ({
	color: getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim(),
	position: monaco.editor.OverviewRulerLane.Full,
});

/** Everything drawn on the lines of a file now. */
export function decorations(file: string): Decoration[] {
	const { built, verdicts, debug } = engineMirror.getState();
	const { project } = workspace.getState();
	const program = currentProgram(built?.programs, project.program);
	const reply = program && verdicts[program.name];
	const found: Decoration[] = [];
	const at = cursorLine(cursor.getState(), debug, file);
	const bad = failingLine(reply, program, file);
	if (bad !== undefined) found.push(whole(bad, failing(reply)));
	else if (at) found.push(cursorMark(at));
	if (bad !== undefined && at && at.line !== bad) found.push(cursorMark(at));
	for (const line of causeLines(reply, program, file))
		if (line !== bad) found.push(whole(line, { marginClassName: css["because"] ?? null }));
	for (const { line, processed, heat, never } of lineMarks(program, reply, file)) {
		const tip = `${processed} instruction${processed === 1 ? "" : "s"} processed`;
		if (heat > 0)
			found.push(
				whole(line, {
					linesDecorationsClassName: `${css["heat"]} ${css[`heat${heat}`]}`,
					linesDecorationsTooltip: tip,
				}),
			);
		if (never) found.push(whole(line, { inlineClassName: css["never"] ?? null }));
	}
	for (const b of project.breakpoints.filter((b) => b.file === file))
		found.push(
			whole(b.line, {
				glyphMarginClassName: css["breakpoint"] ?? null,
				glyphMarginHoverMessage: { value: "Breakpoint" },
				overviewRuler: ruler("breakpoint"),
			}),
		);
	return found;
}

function cursorMark(at: { line: number; kind: "here" | "link" }): Decoration {
	return whole(at.line, {
		className: css[at.kind] ?? null,
		marginClassName: css[`${at.kind}Margin`] ?? null,
		lineNumberClassName: css["number"] ?? null,
		overviewRuler: ruler("accent-line"),
		zIndex: at.kind === "here" ? 2 : 1,
	});
}

function failing(reply: VerifyReply | undefined): Options {
	const rejected = reply?.verdict.kind === "rejected";
	return {
		className: css[rejected ? "bad" : "limit"] ?? null,
		marginClassName: css[rejected ? "badMargin" : "limitMargin"] ?? null,
		lineNumberClassName: css["number"] ?? null,
		overviewRuler: ruler(rejected ? "reject-line" : "unsupported-line"),
		zIndex: 3,
	};
}

/** Underlines the problems of a file. */
export function setMarkers(
	model: monaco.editor.ITextModel,
	file: string,
	build: BuildReply | undefined,
): void {
	const here = build?.diagnostics.filter((d) => d.span?.file === file) ?? [];
	monaco.editor.setModelMarkers(
		model,
		"skep",
		here.map((d) => marker(model, d)),
	);
}

const severities = {
	error: monaco.MarkerSeverity.Error,
	warning: monaco.MarkerSeverity.Warning,
	note: monaco.MarkerSeverity.Info,
};

function marker(model: monaco.editor.ITextModel, d: Diagnostic): monaco.editor.IMarkerData {
	const start = model.getPositionAt(d.span?.start ?? 0);
	const end = model.getPositionAt(Math.max(d.span?.end ?? 0, (d.span?.start ?? 0) + 1));
	const notes =
		d.notes
			?.map(({ message, span }) => {
				const place = span ? ` (${span.file}:${span.line})` : "";
				return `\n${message}${place}`;
			})
			.join("") ?? "";
	return {
		severity: severities[d.unsupported === undefined ? d.severity : "note"],
		message:
			(d.unsupported === undefined ? d.message : `Not supported by Skep: ${d.message}`) + notes,
		code: d.id,
		...(/^cc\/unused-(?:variable|function|parameter|const|local|label|but)/.test(d.id)
			? { tags: [monaco.MarkerTag.Unnecessary] }
			: {}),
		startLineNumber: start.lineNumber,
		startColumn: start.column,
		endLineNumber: end.lineNumber,
		endColumn: end.column,
	};
}
