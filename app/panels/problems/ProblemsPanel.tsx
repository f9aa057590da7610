// Everything that is wrong, one row each; a row goes to its place.

import { openFile } from "../../commands/view.ts";
import { useEngine } from "../../stores/engine.ts";
import { useProject } from "../../stores/workspace.ts";
import { Empty, Icon, text } from "../../ui/index.ts";
import css from "./problems.module.css";
import { problems } from "./select.ts";

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
			{list.map((p, at) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: two problems may be equal in every word
				<li key={at}>
					<button
						type="button"
						className={css.row}
						title={p.message}
						onClick={() => openFile(p.file ?? entry, p.line)}
					>
						<Icon name={p.tone === "none" ? "info" : p.tone} size={14} className={text[p.tone]} />
						<span className={text[p.tone]}>{p.word}</span>
						<span className={`${text.cut} ${css.message}`}>{p.message}</span>
						<span className={`${text.mono} ${text.cut} ${text.mid}`}>{p.id}</span>
						<span className={css.place}>
							{p.line === undefined ? "" : `${p.file ?? entry}:${p.line}`}
						</span>
					</button>
				</li>
			))}
		</ul>
	);
}
