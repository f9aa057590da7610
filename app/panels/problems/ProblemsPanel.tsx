// Everything that is wrong, one row each; a row goes to its place.

import { openPlace } from "../../commands/header.ts";
import { useEngine } from "../../stores/engine.ts";
import { setText, textOf, useProject, workspace } from "../../stores/workspace.ts";
import { Button, Empty, Icon, placed, text } from "../../ui/index.ts";
import css from "./problems.module.css";
import { type Note, type Problem, problems } from "./select.ts";

export function ProblemsPanel() {
	const diagnostics = useEngine((s) => s.build?.diagnostics);
	const verdicts = useEngine((s) => s.verdicts);
	const entry = useProject((p) => p.entry);
	const list = problems(diagnostics ?? [], verdicts);
	if (list.length === 0)
		return (
			<Empty
				icon="accept"
				title="No problems"
				text="What the compiler, the assembler or the verifier objects to appears here, and under the text itself."
			/>
		);
	return (
		<ul className={css.list}>
			{placed(list).map(({ item: p, place }) => (
				<li key={place}>
					<Row problem={p} entry={entry} />
					{placed(p.notes ?? []).map(({ item: n, place }) => (
						<button
							key={place}
							type="button"
							className={`${css.row} ${css.note}`}
							onClick={() => void openPlace(n.file ?? entry, n.line)}
						>
							<Icon name="info" size={14} className={text.mid} />
							<span className={text.mid}>Note</span>
							<span className={`${text.cut} ${css.message}`}>{n.message}</span>
							<span />
							<span className={css.place}>{placeOf(n, entry)}</span>
						</button>
					))}
					{p.fix && (
						<div className={css.fix}>
							<Button small icon="check" onClick={() => p.fix && mend(p.fix)}>
								{p.fix.title}
							</Button>
						</div>
					)}
				</li>
			))}
		</ul>
	);
}

function Row({ problem: p, entry }: { readonly problem: Problem; readonly entry: string }) {
	return (
		<button
			type="button"
			className={css.row}
			title={p.message}
			onClick={() => void openPlace(p.file ?? entry, p.line)}
		>
			<Icon name={p.tone === "none" ? "info" : p.tone} size={14} className={text[p.tone]} />
			<span className={text[p.tone]}>{p.word}</span>
			<span className={`${text.cut} ${css.message}`}>{p.message}</span>
			<span className={`${text.mono} ${text.cut} ${text.mid}`}>{p.id}</span>
			<span className={css.place}>{placeOf(p, entry)}</span>
		</button>
	);
}

function placeOf({ file, line }: Note, entry: string): string {
	const name = (file ?? entry).replace(/^<built-in>\//, "");
	return line === undefined ? "" : `${name}:${line}`;
}

/** Makes the edits of a mend in the project's text; the editor can undo them. */
function mend({ edits }: NonNullable<Problem["fix"]>): void {
	const last = [...edits].sort((a, b) => b.span.start - a.span.start);
	for (const { span, text } of last) {
		const before = textOf(workspace.getState().project, span.file);
		if (before !== undefined)
			setText(span.file, before.slice(0, span.start) + text + before.slice(span.end));
	}
}
