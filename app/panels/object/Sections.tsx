// Sections of the object as a table.

import type { ObjectView } from "../../../engine/workbench/objectview.ts";
import { panel, placed, text } from "../../ui/index.ts";

export function Sections({ rows }: { readonly rows: ObjectView["sections"] }) {
	return (
		<div className={panel.scroll}>
			<table className={panel.table}>
				<thead>
					<tr>
						<th>Section</th>
						<th style={{ width: 68 }}>Kind</th>
						<th style={{ width: 64 }} className={panel.num}>
							Bytes
						</th>
						<th style={{ width: 56 }} className={panel.num}>
							Relocs
						</th>
						<th>Holds</th>
					</tr>
				</thead>
				<tbody>
					{placed(rows).map(({ item: s, place }) => (
						<tr key={place}>
							<td className={text.mono} title={`${s.name}, aligned to ${s.align}`}>
								{s.name}
							</td>
							<td>{s.kind}</td>
							<td className={`${panel.num} ${text.mono}`}>{s.size}</td>
							<td className={`${panel.num} ${text.mono}`}>{s.relocations || ""}</td>
							<td title={s.holds}>{s.holds}</td>
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}
