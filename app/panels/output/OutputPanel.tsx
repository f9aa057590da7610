// What happened, with the time; the newest line stays in view.

import { useEngine } from "../../stores/engine.ts";
import { Empty, panel, Rows } from "../../ui/index.ts";
import css from "./output.module.css";

export function OutputPanel() {
	const lines = useEngine((s) => s.output);
	if (lines.length === 0)
		return (
			<Empty
				icon="output"
				title="Nothing yet"
				text="Builds, verdicts, runs and trace lines are noted here."
			/>
		);
	return (
		<div className={panel.panel}>
			<Rows
				label="Output"
				wide
				className={css.log}
				count={lines.length}
				rowHeight={20}
				marked={lines.length - 1}
				row={(index) => {
					const line = lines[index];
					return (
						line && (
							<div key={index} className={css.line}>
								<time>{line.time}</time> {line.text}
							</div>
						)
					);
				}}
			/>
		</div>
	);
}
