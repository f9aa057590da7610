// What happened, with the time, the newest line in view; or the records that the last run sent through its maps.

import { useMemo } from "react";
import { useEngine } from "../../stores/engine.ts";
import { Empty, panel, Rows } from "../../ui/index.ts";
import css from "./output.module.css";
import { linesSince, recordRows } from "./select.ts";
import { useView } from "./store.ts";

const lineHeight = 20;

export function OutputPanel() {
	const part = useView((s) => s.part);
	return part === "log" ? <Log /> : <Records />;
}

function Log() {
	const output = useEngine((s) => s.output);
	const cleared = useView((s) => s.cleared);
	const lines = linesSince(output, cleared);
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
				rowHeight={lineHeight}
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

function Records() {
	const records = useEngine((s) => s.run?.records);
	const rows = useMemo(() => recordRows(records ?? []), [records]);
	if (rows.length === 0)
		return (
			<Empty
				icon="output"
				title="No records"
				text="What a run sends through ring buffers and perf event arrays appears here, byte by byte."
			/>
		);
	return (
		<div className={panel.panel}>
			<Rows
				label="Records"
				className={css.log}
				count={rows.length}
				rowHeight={lineHeight}
				row={(index) => {
					const row = rows[index];
					if (!row) return null;
					return row.kind === "head" ? (
						<div key={row.key} className={css.record}>
							<b>{row.text}</b> {row.note}
						</div>
					) : (
						<div key={row.key} className={css.line}>
							{row.text}
						</div>
					);
				}}
			/>
		</div>
	);
}
