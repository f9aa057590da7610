// Global variables by name and type. Those of .rodata are set before load, and the verifier sees them; the others while running too.

import { useState } from "react";
import type { ObjectView } from "../../../engine/workbench/objectview.ts";
import { ask, refreshMaps } from "../../commands/session.ts";
import { toast } from "../../stores/toasts.ts";
import { editScenario } from "../../stores/workspace.ts";
import { InPlace, panel, text } from "../../ui/index.ts";
import css from "./object.module.css";

type Row = ObjectView["globals"][number];

export function Globals({ rows }: { readonly rows: readonly Row[] }) {
	if (rows.length === 0)
		return <p className={panel.note}>This object has no global variables that BTF describes.</p>;
	return (
		<div className={panel.scroll}>
			<table className={panel.table}>
				<thead>
					<tr>
						<th>Variable</th>
						<th>Type</th>
						<th>Value</th>
						<th>Section</th>
					</tr>
				</thead>
				<tbody>
					{rows.map((g) => (
						<tr key={`${g.map}:${g.name}`}>
							<td className={text.mono} title={`${g.name}, ${g.size} bytes at ${g.offset}`}>
								{g.name}
							</td>
							<td className={text.mono} title={g.type}>
								{g.type}
							</td>
							<td className={text.mono}>
								<Value row={g} />
							</td>
							<td className={text.mono} title={g.frozen ? "Read-only once loaded" : undefined}>
								{g.map}
							</td>
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

function Value({ row }: { readonly row: Row }) {
	const [editing, setEditing] = useState(false);
	if (!editing)
		return (
			<button
				type="button"
				className={css.value}
				title={`${row.value}. Click to change it.`}
				onClick={() => setEditing(true)}
			>
				{row.value}
			</button>
		);
	return (
		<InPlace
			className={css.input}
			aria-label={`Value of ${row.name}`}
			value={row.value}
			onDone={(typed) => {
				setEditing(false);
				if (typed !== undefined && typed !== row.value) void set(row, typed);
			}}
		/>
	);
}

/** The project starts with the new value from now on; a variable that is not frozen changes at once, too. */
async function set(row: Row, typed: string): Promise<void> {
	const made = await ask((e) => e.globalValue(row.map, row.name, typed));
	if (!made) return;
	if ("error" in made) return void toast("warning", made.error);
	const key = "00000000";
	if (!row.frozen) await ask((e) => e.mapUpdate(row.map, key, made.value));
	editScenario((s) => ({ ...s, maps: { ...s.maps, [row.map]: [{ key, value: made.value }] } }));
	await refreshMaps();
}
