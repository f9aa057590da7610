// Symbols of the object as a table.

import type { ObjectView } from "../../../engine/workbench/objectview.ts";
import { panel, placed, text } from "../../ui/index.ts";

export function Symbols({ rows }: { readonly rows: ObjectView["symbols"] }) {
	return (
		<div className={panel.scroll}>
			<table className={panel.table}>
				<thead>
					<tr>
						<th>Symbol</th>
						<th>Section</th>
						<th style={{ width: 64 }} className={panel.num}>
							Offset
						</th>
						<th style={{ width: 56 }} className={panel.num}>
							Bytes
						</th>
						<th style={{ width: 72 }}>Binding</th>
					</tr>
				</thead>
				<tbody>
					{placed(rows).map(({ item: s, place }) => (
						<tr key={place}>
							<td className={text.mono} title={`${s.name}, ${s.kind}`}>
								{s.name}
							</td>
							<td className={text.mono}>{s.section}</td>
							<td className={`${panel.num} ${text.mono}`}>{s.value}</td>
							<td className={`${panel.num} ${text.mono}`}>{s.size}</td>
							<td title={s.binding}>{s.binding}</td>
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}
